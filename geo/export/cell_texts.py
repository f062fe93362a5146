"""What a text must look like in a spreadsheet's cell so that it stays a text."""

from __future__ import annotations

import re

from geo.model import FORMULA_SIGNS

__all__ = ["guard"]

FORMULA = re.compile(f"'*[{re.escape(FORMULA_SIGNS)}]")


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula; `geo.read.sheets.cells.unguard` takes it off.

    Examples
    --------
    >>> guard("=1+1"), guard("-5"), guard("Kabul"), guard("'=1")
    ("'=1+1", "'-5", 'Kabul', "''=1")
    """
    return f"'{text}" if FORMULA.match(text) else text
