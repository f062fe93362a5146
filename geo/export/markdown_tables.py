"""Sheets as tables in Markdown, for a report or an issue; texts stay texts, whatever marks they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo.model import Sheet

__all__ = ["escape_markdown", "write_markdown"]

MARKS = re.compile(r"[\\`*_{}\[\]<>|#!~&]")


def write_markdown(title: str, sheets: Iterable[Sheet]) -> bytes:
    r"""Write sheets as Markdown; empty sheets and empty columns are left out.

    Examples
    --------
    >>> print(write_markdown("A", [Sheet("a", ("x", "y"), (("1|2", ""),))]).decode())
    # A
    <BLANKLINE>
    ## a
    <BLANKLINE>
    | x |
    |---|
    | 1\|2 |
    <BLANKLINE>
    """
    parts = [f"# {escape_markdown(title)}"]
    for sheet in sheets:
        if sheet.rows:
            kept = [place for place, _ in enumerate(sheet.columns) if any(row[place] for row in sheet.rows)]
            rows = [[escape_markdown(row[place]) for place in kept] for row in sheet.rows]
            lines = [f"## {sheet.name}", ""]
            lines += [
                "| " + " | ".join(escape_markdown(sheet.columns[place]) for place in kept) + " |",
                "|" + "---|" * len(kept),
            ]
            lines += ["| " + " | ".join(row) + " |" for row in rows]
            parts.append("\n".join(lines))
    return ("\n\n".join(parts) + "\n").encode()


def escape_markdown(text: str) -> str:
    r"""Write a text so that Markdown shows it as it is, on one line.

    Examples
    --------
    >>> escape_markdown("a*b")
    'a\\*b'
    """
    return re.sub(r"\r\n|\r|\n", "<br>", MARKS.sub(r"\\\g<0>", text))
