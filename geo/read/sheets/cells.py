"""What spreadsheets of any kind have in common: texts in cells, lists in one cell, and guards against formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.errors import Problem
from geo.model import FORMULA_SIGNS
from geo.read.common.nodes import Text

__all__ = [
    "FAR", "MOST_CELLS", "MOST_COLUMNS", "MOST_ROWS", "MOST_TEXT", "UNMERGED", "Area", "Grid", "Mark", "join_items",
    "split_items", "split_places", "unguard",
]  # fmt: skip

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CELLS = 2_000_000
MOST_TEXT = 64_000_000
"""Letters of all cells: a workbook keeps a text once that stands in many."""

UNMERGED = "each cell by itself: unmerge them and fill each"
FAR = 20_000
"""Columns of the second sheet count from here, of the third from twice this, so that a position names its sheet."""

GUARDED = re.compile(f"'+[{re.escape(FORMULA_SIGNS)}]")
COMMA = re.compile("[,،؛]")
Area = tuple[int, int, int, int]
"""First row and column, last row and column."""

ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^;\n]*))\s*(?:[;\n]|$)')


@dataclass(frozen=True)
class Mark:
    """What a cell shows beside its text: ``kind`` is ``"fill"``, ``"unseen"``, ``"raised"`` or ``"comment"``."""

    kind: str
    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet that hold something."""

    source: str
    name: str
    """Of the sheet; of a file that holds one only, the file's without its ending."""
    shown: str
    """The sheet in messages; empty where the file holds one only."""
    rows: Mapping[int, Mapping[int, Text]]
    """Cells by column for each row that is not empty, both counted from 1. A cell is a ``Text`` whose ``plain`` is True
    where the spreadsheet had no text but a number, a day or a truth value."""
    flaws: tuple[Problem, ...] = ()
    """Cells that cannot be taken; something stands for each in ``rows``, so that what follows from it is not told."""
    told: tuple[Problem, ...] = ()
    """Warnings of what is left out, or may mean more than its text."""
    merged: tuple[Area, ...] = ()
    marks: tuple[Mark, ...] = ()
    """Fills and comments."""


def unguard(text: str) -> str:
    """Take away the apostrophe that kept a text from being a formula.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'s-Hertogenbosch"), unguard("''=1")
    ('=1+1', "'s-Hertogenbosch", "'=1")
    """
    return text[1:] if GUARDED.match(text) else text


def split_items(text: str) -> tuple[str, ...]:
    """Split a cell that holds several texts, parted by semicolons; quotes keep one together.

    Examples
    --------
    >>> split_items('Kabul; Paktia;'), split_items('"a; b"; c'), split_items("")
    (('Kabul', 'Paktia'), ('a; b', 'c'), ())
    """
    items, at = [], 0
    while at < len(text):
        match = ITEM.match(text, at)
        if match is None:  # a quote that begins an item and does not end it
            end = min((place for place in (text.find(sign, at) for sign in ";\n") if place >= 0), default=len(text))
            items.append(text[at:end])
            at = end + 1
            continue
        items.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        at = max(match.end(), at + 1)
    return tuple(item.strip() for item in items if item.strip())


def split_places(text: str) -> tuple[str, ...]:
    """Split a cell that holds several places; commas part them as well, for none has one in its name.

    Examples
    --------
    >>> split_places("Kabul, Paktia; Khost")
    ('Kabul', 'Paktia', 'Khost')
    """
    return tuple(piece.strip() for part in split_items(text) for piece in COMMA.split(part) if piece.strip())


def join_items(items: Iterable[str]) -> str:
    """Write several texts into one cell so that `split_items` gives them again.

    Examples
    --------
    >>> join_items(["Kabul", "a; b", "c"]), join_items([])
    ('Kabul; "a; b"; c', '')
    """
    return "; ".join('"' + item.replace('"', '""') + '"' if re.search('^"|[;\n]', item) else item for item in items)
