"""The XML of a sheet, looked at before openpyxl reads it: it would drop rows and cells that stand in an odd place."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from geo.model import CellPosition
from geo.read.archive import WORKBOOK
from geo.read.cells import MOST_COLUMNS, MOST_ROWS, UNMERGED, Area
from geo.read.nodes import quote

__all__ = ["MOST_MERGED", "MOST_SPREAD", "SheetPart", "count_column", "look_at_sheet", "word_area"]

MOST_MERGED = 10_000
MOST_SPREAD = 50_000_000
"""Places up to the last cell of each row, empty ones as well: all of them are gone through."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
ROW, CELL, MERGED, DATA = (MAIN + name for name in ("row", "c", "mergeCell", "sheetData"))
NAME = re.compile(rb"[^\s/>]+")
NUMBER = re.compile(r"[1-9][0-9]*", re.ASCII)
ADDRESS = re.compile(r"([A-Z]+)([1-9][0-9]*)", re.ASCII)
AREA = re.compile(r"([A-Z]{0,3})([0-9]{0,7})(?::([A-Z]{0,3})([0-9]{0,7}))?", re.ASCII)

Stop = Callable[[int, int, str, str], NoReturn]
"""Refuses a sheet at a row and a column, for what was found, with what is expected."""


@dataclass(frozen=True)
class SheetPart:
    """What a sheet says up to its last row, as XML, and its merged cells, which openpyxl stumbles over.

    Areas have their first corner first; whole columns and rows go to the end of the sheet.
    """

    rows: bytes
    merged: tuple[Area, ...]


def look_at_sheet(part: bytes, stop: Stop) -> SheetPart:
    """Refuse a sheet whose rows and cells do not follow each other, or whose merged cells overlap.

    Parameters
    ----------
    part : bytes
        Its XML.
    stop : callable

    Returns
    -------
    SheetPart

    Examples
    --------
    >>> head = f'<x:worksheet xmlns:x="{MAIN.strip()}"><x:sheetData/>'.encode()
    >>> sheet = look_at_sheet(head + b'<x:mergeCell ref="B2:A1"/><x:mergeCell ref="D4"/></x:worksheet>', print)
    >>> sheet.merged, sheet.rows[-30:]
    (((1, 1, 2, 2),), b'"><x:sheetData/></x:worksheet>')
    """
    looker, parser = _Looker(stop), expat.ParserCreate(namespace_separator=" ")
    root, cut, is_past = 0, 0, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal root, cut, is_past
        root = root or parser.CurrentByteIndex + 1
        cut = 0 if tag == DATA else cut or (parser.CurrentByteIndex if is_past else 0)
        looker.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal is_past
        is_past = is_past or tag == DATA

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(part, True)
    _check_overlap(looker.merged, stop)
    name = NAME.match(part, root)
    rows = part[:cut] + b"</" + name[0] + b">" if cut and name else part
    return SheetPart(rows, tuple(looker.merged))


@dataclass
class _Looker:
    stop: Stop
    line: int = 0
    column: int = 0
    spread: int = 0
    merges: int = 0
    merged: list[Area] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Look at the beginning of an element."""
        if tag == CELL:
            self.start_cell(attributes.get("r"))
        elif tag == ROW:
            self.start_row(attributes.get("r"))
        elif tag == MERGED:
            self.merge(attributes.get("ref", ""))

    def start_row(self, written: str | None) -> None:
        """Look at a row; without a number it is the next one."""
        if written is not None and not NUMBER.fullmatch(written):
            self.stop(self.line or 1, 1, f"the row {quote(written)}, which is no number", WORKBOOK.again)
        line = int(written[:9]) if written else self.line + 1
        if line > MOST_ROWS:
            self.stop_far()
        if line <= self.line:
            found = f"row {line} a second time" if line == self.line else f"row {line} after row {self.line}"
            self.stop(line, 1, found, WORKBOOK.again)
        self.line, self.column = line, 0

    def start_cell(self, written: str | None) -> None:
        """Look at a cell; without an address it is the next one."""
        column = self.column + 1
        if written is not None:
            match = ADDRESS.fullmatch(written)
            if match is None:
                self.stop(self.line, 1, f"the cell {quote(written)}, which is no address", WORKBOOK.again)
            column = count_column(match[1])
            if len(match[2]) > 7 or int(match[2]) > MOST_ROWS:
                self.stop_far()
            if int(match[2]) != self.line:
                self.stop(self.line, 1, f"the cell {written} in row {self.line}", WORKBOOK.again)
        if column > MOST_COLUMNS:
            self.stop_far()
        if column <= self.column:
            name, last = (CellPosition(self.line, each) for each in (column, self.column))
            found = f"the cell {name} a second time" if column == self.column else f"the cell {name} after {last}"
            self.stop(self.line, column, found, WORKBOOK.again)
        self.spread += column - self.column
        self.column = column
        if self.spread > MOST_SPREAD:
            found = f"rows that reach over {MOST_SPREAD:,} places, most of them empty"
            self.stop(self.line, column, found, WORKBOOK.smaller)

    def stop_far(self) -> NoReturn:
        found = f"a cell beyond column XFD or row {MOST_ROWS:,}"
        self.stop(max(self.line, 1), 1, found, WORKBOOK.again)

    def merge(self, written: str) -> None:
        """Look at merged cells; one cell alone is merged with nothing."""
        self.merges += 1
        area = _read_area(written)
        if area is None:
            self.stop(1, 1, f"the merged cells {quote(written)}, which are no area", WORKBOOK.again)
        if self.merges > MOST_MERGED:
            self.stop(*area[:2], f"more than {MOST_MERGED:,} merged areas", UNMERGED)
        if area[:2] != area[2:]:
            self.merged.append(area)


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


def _read_area(written: str) -> Area | None:
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


def _check_overlap(areas: Iterable[Area], stop: Stop) -> None:
    """Refuse areas of which two share a cell, going down row by row: what stands beside each other is kept in order."""
    beside: list[tuple[int, int, int, int]] = []
    for area in sorted(areas):
        top, left, bottom, right = area
        at = max(bisect(beside, (left,)) - 1, 0)
        while at < len(beside) and beside[at][0] <= right:
            if beside[at][1] < left:
                at += 1
                continue
            if beside[at][2] >= top:
                other = (beside[at][3], beside[at][0], beside[at][2], beside[at][1])
                found = f"the merged cells {word_area(other)} and {word_area(area)}, which overlap"
                stop(top, left, found, UNMERGED)
            del beside[at]
        beside.insert(at, (left, right, bottom, top))


def word_area(area: Area) -> str:
    """Name an area by its corners.

    Examples
    --------
    >>> word_area((1, 1, 2, 2))
    'A1:B2'
    """
    return f"{CellPosition(*area[:2])}:{CellPosition(*area[2:])}"
