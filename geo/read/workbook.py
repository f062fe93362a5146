"""XLSX as grids of texts, one a sheet: nothing is computed, followed or guessed.

openpyxl reads; before it does, the archive and its XML are looked at, for both can be made to swell.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

from geo.errors import Problem, TableError
from geo.model import CellPosition
from geo.read.archive import WORKBOOK, open_archive, read_part
from geo.read.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid, stop_at, unguard
from geo.read.names import nearest_names
from geo.read.nodes import Text, cut, quote
from geo.read.source import UNWANTED

__all__ = ["parse_workbook"]

FEW = 10
AGAIN = WORKBOOK.again
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})[\"']")
FAR = re.compile(rb"\br=[\"'](?:[A-Z]*[0-9]{8,}|[A-Z]{4,}[0-9]+|(?:X[G-Z]|XF[E-Z]|[YZ][A-Z])[A-Z]?[0-9]+)[\"']")
CODED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How XLSX writes characters that XML cannot hold, and an underscore that would look like one."""


def parse_workbook(data: bytes, source: str, *, only: str | None = None) -> tuple[Grid, ...]:
    """Turn the bytes of an XLSX workbook into grids; formulas are refused, not evaluated.

    Parameters
    ----------
    data : bytes
    source : str
        The file's name, for messages.
    only : str, optional
        The one sheet to take.

    Returns
    -------
    tuple of Grid
        One for each sheet that holds something, in the order of the workbook.

    Raises
    ------
    TableError
        If the file is no workbook, has no such sheet or could be dangerous, and naming each merged cell, formula,
        error, time of day and control character.

    Examples
    --------
    >>> parse_workbook(b"PK", "t.xlsx")
    Traceback (most recent call last):
    geo.errors.TableError: t.xlsx: a damaged workbook; expected a workbook saved again as .xlsx
    """
    archive = open_archive(data, source)
    _check_parts(archive, source)
    import openpyxl

    problems: list[Problem] = []
    try:
        with warnings.catch_warnings():  # of parts that it does not know, none of which is a cell
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
            pages = _choose_sheets(book.worksheets, source, only)
            grids = tuple(_read_sheet(page, source, archive, problems) for page in pages)
            book.close()
    except TableError:
        raise
    except Exception:  # noqa: BLE001  # openpyxl lets errors of every class out of a broken file
        stop_at(source, "a damaged workbook", AGAIN)
    if problems:
        raise TableError(problems)
    return tuple(grid for grid in grids if grid.rows)


def _check_parts(archive: zipfile.ZipFile, source: str) -> None:
    """Refuse XML that defines entities, which can swell or point elsewhere, and what is no workbook."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names and not any(name.endswith("workbook.xml") for name in names):
        kind = "an OpenDocument spreadsheet" if "content.xml" in names else "an archive that is no workbook"
        stop_at(source, kind, "a workbook saved as .xlsx")
    for name in sorted(names):
        part = read_part(archive, name, source)  # all of them: openpyxl believes what the list of contents says
        if name.endswith((".xml", ".rels", ".vml")):
            coded = CODED.match(part)
            if b"\x00" in part[:4] or (coded and coded[1].lower() not in (b"utf-8", b"us-ascii")):
                stop_at(source, "a workbook whose XML is not UTF-8", AGAIN)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                stop_at(source, "a workbook whose XML defines entities, which can swell", AGAIN)


def _choose_sheets(pages: list[Any], source: str, only: str | None) -> list[Any]:
    names = [str(page.title) for page in pages]
    if only is not None and only not in names:
        shown = ", ".join(map(cut, names[:FEW]))
        found = f"no sheet {quote(only)}"
        raise TableError([Problem(source, found, f"one of {shown}", tuple(map(cut, nearest_names(only, names))))])
    return [page for page in pages if only in (None, str(page.title))]


def _read_sheet(sheet: Any, source: str, archive: zipfile.ZipFile, problems: list[Problem]) -> Grid:
    """Read the cells of a sheet that hold something."""
    name = cut(str(sheet.title))
    # openpyxl tells where a sheet's XML stands, and that cells are merged, by no public name in this mode.
    part = archive.read(sheet._worksheet_path)
    if FAR.search(part):
        stop_at(source, f"a cell beyond column XFD or row {MOST_ROWS:,}", AGAIN, CellPosition(1, 1, name))
    for match in MERGED.finditer(part):
        first = CellPosition(int(match[2]), _count_column(match[1].decode()), name)
        found = f"the merged cells {match[1].decode()}{match[2].decode()}:{match[3].decode()}"
        problems.append(Problem(source, found, "each cell by itself: unmerge them and fill each", position=first))
    del part
    sheet.reset_dimensions()  # they say what the writer of the file wanted, not what is there
    rows: dict[int, dict[int, Text]] = {}
    cells = 0
    for line, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS), 1):
        for column, cell in enumerate(row, 1):
            if cell.value is not None and (
                text := _read_cell(cell, CellPosition(line, column, name), source, problems)
            ):
                rows.setdefault(line, {})[column] = text
                cells += 1
        if cells > MOST_CELLS:
            stop_at(source, f"more than {MOST_CELLS:,} cells", "a smaller table", CellPosition(line, 1, name))
    return Grid(source, name, name, rows)


def _count_column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return min(number, MOST_COLUMNS)


def _read_cell(cell: Any, place: CellPosition, source: str, problems: list[Problem]) -> Text | None:
    """Turn what a cell holds into text; None where it is empty or a problem is noted."""
    value, fault = cell.value, ("", "")
    text, plain = "", True
    if cell.data_type == "f":
        fault = "a formula", "its value: copy the cells and paste them as values"
    elif cell.data_type == "e":
        fault = f"the error {str(value)[:20]}", "a value"
    elif isinstance(value, str):
        text, plain = unguard(_unescape(value)).strip(), False
        if match := UNWANTED.search(text):
            fault = f"the unprintable character U+{ord(match[0]):04X}", "text without it; delete it"
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, datetime | date):
        text = _word_day(value, str(cell.number_format))
        if not text:
            fault = f"the time of day {value}", "a day alone, without a time"
    elif isinstance(value, int | float):
        text = str(value) if isinstance(value, int) else f"{value:.15g}"
    else:
        fault = f"the time {value}", "text, a number or a day"
    if fault[0]:
        problems.append(Problem(source, *fault, position=place))
        return None
    return Text(text, plain, place.line, place.column) if text else None


def _unescape(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _word_day(value: date, form: str) -> str:
    """Write a day as precisely as the cell shows it: "2020-06", typed into a spreadsheet, becomes 1 June."""
    if isinstance(value, datetime) and (value.hour or value.minute or value.second or value.microsecond):
        return ""
    bare = re.sub(r'"[^"]*"|\\.|\[[^]]*]', "", form.lower())
    if "d" in bare:
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else str(value)
    return f"{value.year:04d}-{value.month:02d}" if "m" in bare else f"{value.year:04d}"
