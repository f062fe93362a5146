"""The XML of a sheet, looked at before openpyxl reads it: it would drop rows and cells that stand in an odd place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import IO, NoReturn
from xml.parsers import expat

from geo.model import CellPosition
from geo.read.common.nodes import quote
from geo.read.common.safe_zip import WORKBOOK
from geo.read.sheets.cells import MOST_COLUMNS, MOST_ROWS, UNMERGED, Area
from geo.read.sheets.merged_cells import count_column, find_overlap, read_area, word_area

__all__ = ["MOST_MERGED", "MOST_SPREAD", "Hidden", "SheetPart", "Stop", "check_sheet", "look_at_sheet"]

MOST_MERGED = 10_000
MOST_SPREAD = 50_000_000
"""Places up to the last cell of each row, empty ones as well: all of them are gone through."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
ROW, CELL, COLUMN, MERGED, DATA = (MAIN + name for name in ("row", "c", "col", "mergeCell", "sheetData"))
NAME = re.compile(rb"[^\s/>]+")
NUMBER = re.compile(r"[1-9][0-9]*", re.ASCII)
ADDRESS = re.compile(r"([A-Z]+)([1-9][0-9]*)", re.ASCII)

Stop = Callable[[int, int, str, str], NoReturn]
"""Refuses a sheet at a row and a column, for what was found, with what is expected."""


@dataclass(frozen=True)
class Hidden:
    """Rows and columns that nobody sees."""

    rows: Set[int] = frozenset()
    columns: Set[int] = frozenset()


@dataclass(frozen=True)
class SheetPart:
    """What a sheet says up to its last row, as XML, and its merged cells, which openpyxl stumbles over.

    Areas have their first corner first; whole columns and rows go to the end of the sheet.
    """

    rows: bytes
    merged: tuple[Area, ...]
    hidden: Hidden


def look_at_sheet(part: bytes, stop: Stop) -> SheetPart:
    """Refuse a sheet, given as XML, whose rows and cells do not follow each other, or whose merged cells overlap.

    Examples
    --------
    >>> head = f'<x:worksheet xmlns:x="{MAIN.strip()}"><x:cols><x:col min="2" max="3" width="0"/></x:cols>'
    >>> rest = '<x:sheetData/><x:mergeCell ref="B2:A1"/><x:mergeCell ref="D4"/></x:worksheet>'
    >>> sheet = look_at_sheet((head + rest).encode(), print)
    >>> sheet.merged, sorted(sheet.hidden.columns), sheet.rows[-30:]
    (((1, 1, 2, 2),), [2, 3], b's><x:sheetData/></x:worksheet>')
    """
    looker, parser = _Looker(stop), expat.ParserCreate(namespace_separator=" ")
    root, cut, is_past = 0, 0, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal root, cut, is_past
        root = root or parser.CurrentByteIndex + 1
        if tag in (DATA, ROW):
            cut, is_past = 0, False
        elif is_past:
            cut = cut or parser.CurrentByteIndex
        looker.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal is_past
        is_past = is_past or tag == DATA

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError):
        stop(max(looker.line, 1), 1, "a sheet whose XML is damaged", WORKBOOK.again)
    if overlap := find_overlap(looker.merged):
        found = f"the merged cells {' and '.join(map(word_area, overlap))}, which overlap"
        stop(overlap[1][0], overlap[1][1], found, UNMERGED)
    name = NAME.match(part, root)
    rows = part[:cut] + b"</" + name[0] + b">" if cut and name else part
    return SheetPart(rows, tuple(looker.merged), looker.hidden)


def check_sheet(part: IO[bytes], stop: Stop) -> Hidden:
    """Refuse a sheet whose rows and cells do not follow each other, and find what is hidden, by a filter too.

    Its XML is read in parts.

    Examples
    --------
    >>> from io import BytesIO
    >>> rows = f'<worksheet xmlns="{MAIN.strip()}"><row r="2" hidden = "1"/><row r="1"/></worksheet>'.encode()
    >>> check_sheet(BytesIO(rows), lambda line, column, found, expected: print(found)).rows
    row 1 after row 2
    {2}
    """
    looker, parser = _Looker(stop), expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = looker.start
    parser.ParseFile(part)
    return looker.hidden


@dataclass
class _Looker:
    stop: Stop
    line: int = 0
    column: int = 0
    spread: int = 0
    merges: int = 0
    merged: list[Area] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)

    @property
    def hidden(self) -> Hidden:
        """What nobody sees."""
        return Hidden(self.rows, self.columns)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Look at the beginning of an element."""
        if tag == CELL:
            self.start_cell(attributes.get("r"))
        elif tag == ROW:
            self.start_row(attributes.get("r"))
            if _is_unseen(attributes, "ht"):
                self.rows.add(self.line)
        elif tag == COLUMN and _is_unseen(attributes, "width"):
            bounds = (attributes.get(each, "0").strip() for each in ("min", "max"))
            first, last = (min(int(each), MOST_COLUMNS) for each in bounds)
            self.columns.update(range(first, last + 1))
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
        area = read_area(written)
        if area is None:
            self.stop(1, 1, f"the merged cells {quote(written)}, which are no area", WORKBOOK.again)
        if self.merges > MOST_MERGED:
            self.stop(area[0], area[1], f"more than {MOST_MERGED:,} merged areas", UNMERGED)
        if area[:2] != area[2:]:
            self.merged.append(area)


def _is_unseen(attributes: Mapping[str, str], size: str) -> bool:
    try:
        is_flat = float(attributes.get(size, "1")) == 0
    except ValueError:
        is_flat = False
    return is_flat or attributes.get("hidden", "").strip() in ("1", "true")
