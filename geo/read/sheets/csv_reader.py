"""CSV as a grid of texts, each with its cell."""

from __future__ import annotations

import csv
import io
import re
from pathlib import PurePath

from geo.errors import Problem
from geo.model import CellPosition
from geo.option_values import SEPARATORS
from geo.read.common.file_text import LARGEST_FILE, MARK, UNWANTED, UTF16, refuse_file
from geo.read.common.nodes import Text
from geo.read.sheets.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid, unguard

__all__ = ["parse_separated"]

UNREADABLE = re.compile(f"[\udc80-\udcff]|{UNWANTED.pattern}")
UTF8 = 'a file saved as "CSV UTF-8 (comma delimited)", or as .xlsx'


def parse_separated(data: bytes, source: str, *, separator: str = "comma") -> Grid:
    r"""Turn the bytes of a CSV file into a grid, which is named like the file ``source`` without folders and ending.

    The separator is one of `SEPARATORS`. Where the file is no CSV, that is a `TableError`; a cell that is not UTF-8 or
    holds a control character is a flaw of the grid.

    Examples
    --------
    >>> grid = parse_separated(b"group,in\r\nlet,Kunar\r\n", "presence.csv")
    >>> grid.name, grid.rows[2][1].text
    ('presence', 'let')
    """
    if data.startswith(UTF16) or b"\x00" in data[:4]:
        refuse_file(source, "the file is not UTF-8 but UTF-16 or no text at all", UTF8, CellPosition(1, 1))
    text = data.removeprefix(MARK).decode("utf-8", "surrogateescape")
    rows: dict[int, dict[int, Text]] = {}
    problems: list[Problem] = []
    cells = 0
    for line, row in enumerate(_split_rows(text, source, SEPARATORS[separator]), 1):
        if line > MOST_ROWS or len(row) > MOST_COLUMNS or cells > MOST_CELLS:
            found = f"more than {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns or {MOST_CELLS:,} cells"
            refuse_file(source, found, "a smaller table", CellPosition(line, 1))
        for column, cell in enumerate(row, 1):
            if cell.strip():
                if fault := _find_fault(cell, source, CellPosition(line, column)):
                    problems.append(fault)
                    cell = UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", cell)
                rows.setdefault(line, {})[column] = Text(unguard(cell).strip(), False, line, column)
        cells += len(rows.get(line, ()))
    _check_separator(rows, source, SEPARATORS[separator])
    return Grid(source, PurePath(source).stem, "", rows, tuple(problems))


def _split_rows(text: str, source: str, separator: str) -> list[list[str]]:
    """Split into rows and cells; a quote in the wrong place is an error, since it would swallow the rows after it."""
    before = csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        found = f"no CSV: a quote that is never closed, or one inside a cell, about line {reader.line_num:,}"
        refuse_file(source, found, 'cells with "quotes" whole in quotes and each quote in them doubled',
                CellPosition(len(rows) + 1, 1))  # fmt: skip
    finally:
        csv.field_size_limit(before)
    return rows


def _find_fault(cell: str, source: str, place: CellPosition) -> Problem | None:
    """Name a byte that is no UTF-8, or a character that nobody can see."""
    if match := re.search("[\udc80-\udcff]", cell):
        found = f"the byte 0x{ord(match[0]) - 0xDC00:02x} is not UTF-8"
        return Problem(source, found, UTF8, position=place)
    if match := UNWANTED.search(cell):
        found = f"the unprintable character U+{ord(match[0]):04X}"
        return Problem(source, found, "text without it; delete it", position=place)
    return None


def _check_separator(rows: dict[int, dict[int, Text]], source: str, separator: str) -> None:
    """Say so where every cell of the first row stands in one, parted by something else."""
    first = next(iter(rows.values()), {})
    if len(first) != 1:
        return
    head = next(iter(first.values()))
    for name, sign in SEPARATORS.items():
        if sign != separator and sign in head.text:
            found = f"one cell that holds the whole row, parted by {name}s"
            expected = f"cells parted by {separator!r}, or --separator {name}"
            refuse_file(source, found, expected, CellPosition(head.line, head.column))
