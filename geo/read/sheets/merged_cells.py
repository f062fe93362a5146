"""Merged cells of a workbook: areas as they may be written, and two that overlap."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable

from geo.model import CellPosition
from geo.read.sheets.cells import MOST_COLUMNS, MOST_ROWS, Area

__all__ = ["count_column", "find_overlap", "read_area", "word_area"]

AREA = re.compile(r"([A-Z]{0,3})([0-9]{0,7})(?::([A-Z]{0,3})([0-9]{0,7}))?", re.ASCII)


def count_column(letters: str) -> int:
    """Count columns up to one, which is called by its letters.

    Examples
    --------
    >>> count_column("A"), count_column("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters[:5]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def read_area(written: str) -> Area | None:
    """Read what is merged, with its first corner first; whole columns and rows go to the end of the sheet.

    Examples
    --------
    >>> read_area("B2:A1"), read_area("$A:$A"), read_area("A1:"), read_area("7")
    ((1, 1, 2, 2), (1, 1, 1048576, 1), None, None)
    """
    match = AREA.fullmatch(written.replace("$", ""))
    if match is None:
        return None
    columns, rows = (match[1], match[1] if match[3] is None else match[3]), (match[2], match[4] or match[2])
    if match[3] is not None and (bool(match[3]) != bool(match[1]) or bool(match[4]) != bool(match[2])):
        return None
    if not any((*columns, *rows)) or (match[3] is None and not (match[1] and match[2])):
        return None
    left, right = sorted(map(count_column, columns)) if columns[0] else (1, MOST_COLUMNS)
    top, bottom = sorted(map(int, rows)) if rows[0] else (1, MOST_ROWS)
    return (top, left, bottom, right) if top and right <= MOST_COLUMNS and bottom <= MOST_ROWS else None


def find_overlap(areas: Iterable[Area]) -> tuple[Area, Area] | None:
    """Find two areas that share a cell, going down row by row: what stands beside each other is kept in order.

    Examples
    --------
    >>> find_overlap([(1, 1, 2, 2), (1, 3, 2, 4)])
    >>> find_overlap([(1, 1, 2, 2), (2, 2, 3, 3)])
    ((1, 1, 2, 2), (2, 2, 3, 3))
    """
    beside: list[tuple[int, int, int, int]] = []
    for area in sorted(areas):
        top, left, bottom, right = area
        at = max(bisect(beside, (left,)) - 1, 0)
        while at < len(beside) and beside[at][0] <= right:
            if beside[at][1] < left:
                at += 1
                continue
            if beside[at][2] >= top:
                return (beside[at][3], beside[at][0], beside[at][2], beside[at][1]), area
            del beside[at]
        beside.insert(at, (left, right, bottom, top))
    return None


def word_area(area: Area) -> str:
    """Name an area by its corners.

    Examples
    --------
    >>> word_area((1, 1, 2, 2))
    'A1:B2'
    """
    return f"{CellPosition(*area[:2])}:{CellPosition(*area[2:])}"
