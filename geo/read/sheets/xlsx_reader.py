"""XLSX as grids of texts, one a sheet: nothing is computed, followed or guessed.

openpyxl reads; before it does, the archive and its XML are looked at, for both can be made to swell.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any, NoReturn

from geo.errors import Problem, TableError
from geo.model import CellPosition
from geo.read.common.file_text import UNWANTED, refuse_file
from geo.read.common.names import nearest_names
from geo.read.common.nodes import Text, cut, quote
from geo.read.common.safe_zip import WORKBOOK, open_archive, read_part
from geo.read.sheets.cell_formatting import Styles, find_inline, has_raised, join_areas, join_numbers, list_comments
from geo.read.sheets.cells import MOST_CELLS, MOST_ROWS, MOST_TEXT, Grid, Mark, unguard
from geo.read.sheets.merged_cells import count_column
from geo.read.sheets.xlsx_checks import Hidden, look_at_sheet

__all__ = ["parse_workbook"]

FEW = 10
AGAIN = WORKBOOK.again
WHOLE = "a whole copy of the workbook"
STYLES = "xl/styles.xml"
"""Where openpyxl looks for them, wherever they stand."""
NOT_AVAILABLE = "#N/A"
"""An error that says no more than an empty cell."""

CODED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How XLSX writes characters that XML cannot hold, and an underscore that would look like one."""


def parse_workbook(
    data: bytes, source: str, *, only: str | None = None, hidden: bool = False, struck: bool = False
) -> tuple[Grid, ...]:
    """Turn the bytes of an XLSX workbook into grids, one for each sheet that holds something, in the workbook's order.

    ``only`` is the one sheet to take. Hidden sheets, rows and columns, and what is struck out, are left out and told,
    unless ``hidden`` or ``struck`` takes them. If the file is no workbook, has no such sheet or could be dangerous,
    that is a `TableError`. A formula, which is never evaluated, an error, a time of day and a control character are
    flaws of the grid.

    Examples
    --------
    >>> parse_workbook(b"PK", "t.xlsx")
    Traceback (most recent call last):
    geo.errors.TableError: t.xlsx: a damaged workbook; expected a workbook saved again as .xlsx
    """
    archive = open_archive(data, source)
    _check_parts(archive, source)
    from openpyxl.reader.excel import ExcelReader

    try:
        with warnings.catch_warnings():  # of parts that it does not know, none of which is a cell
            warnings.simplefilter("ignore")
            reader = ExcelReader(BytesIO(data), read_only=True, data_only=False, keep_links=False, rich_text=True)
            reader.read()
            _check_sheets(reader, source, only)
            pages, tally = _choose_sheets(reader.wb.worksheets, source, only), _Tally()
            grids = tuple(
                _SheetReader(page, source, archive, hidden, struck, only is not None, tally).read() for page in pages
            )
            reader.wb.close()
    except TableError:
        raise
    except Exception:  # noqa: BLE001  # openpyxl lets errors of every class out of a broken file
        refuse_file(source, "a damaged workbook", AGAIN)
    return tuple(grid for grid in grids if grid.rows or grid.told) or grids[:1]


def _check_parts(archive: zipfile.ZipFile, source: str) -> None:
    """Refuse XML that defines entities, which can swell or point elsewhere, and what is no workbook."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names and not any(name.endswith("workbook.xml") for name in names):
        kind = "an OpenDocument spreadsheet" if "content.xml" in names else "an archive that is no workbook"
        refuse_file(source, kind, "a workbook saved as .xlsx")
    for name in sorted(names):
        part = read_part(archive, name, source)  # all of them: openpyxl believes what the list of contents says
        if name.endswith((".xml", ".rels", ".vml")):
            coded = CODED.match(part)
            if b"\x00" in part[:4] or (coded and coded[1].lower() not in (b"utf-8", b"us-ascii")):
                refuse_file(source, "a workbook whose XML is not UTF-8", AGAIN)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                refuse_file(source, "a workbook whose XML defines entities, which can swell", AGAIN)


def _check_sheets(reader: Any, source: str, only: str | None) -> None:
    """Refuse what openpyxl would leave out without a word: sheets whose part is not there, and looks of cells."""
    links, parts, held = reader.parser.rels, set(reader.valid_files), dict[str, str]()
    for link in links.values():
        if link.Type.endswith("/styles") and link.target != STYLES:
            refuse_file(source, f"a workbook whose styles stand in {quote(link.target)}", AGAIN)
        if link.Type.endswith("/styles") and link.target not in parts:
            refuse_file(source, f"a workbook whose part {link.target} is missing", WHOLE)
    names = [str(sheet.name) for sheet in reader.parser.sheets]
    for name in names:
        if names.count(name) > 1:
            refuse_file(
                source, f"two sheets called {quote(name)}", "a workbook in which each sheet has a name of its own"
            )
    for sheet in reader.parser.sheets:
        name, link = str(sheet.name), links.get(sheet.id)
        target = link.target if link else ""
        if target not in parts and only in (None, name):
            missing = f"part {quote(target)} is missing" if target else "part is not named"
            found = f"the sheet {quote(name)}, whose {missing}"
            refuse_file(source, found, f"{WHOLE}, or --sheet NAME to take another alone")
        if target in held and only in (None, name):
            refuse_file(source, f"the sheets {quote(held[target])} and {quote(name)}, which are one part", AGAIN)
        held[target] = name


def _choose_sheets(pages: list[Any], source: str, only: str | None) -> list[Any]:
    names = [str(page.title) for page in pages]
    if only is not None and only not in names:
        shown = ", ".join(map(cut, names[:FEW]))
        found = f"no sheet {quote(only)}"
        raise TableError([Problem(source, found, f"one of {shown}", tuple(map(cut, nearest_names(only, names))))])
    return [page for page in pages if only in (None, str(page.title))]


@dataclass
class _Tally:
    """How many cells were read of all sheets, and how many letters in them."""

    cells: int = 0
    letters: int = 0


@dataclass
class _SheetReader:
    """Reads the cells of one sheet that hold something, or look as if they said something."""

    sheet: Any
    source: str
    archive: zipfile.ZipFile
    takes_hidden: bool
    takes_struck: bool
    is_chosen: bool
    tally: _Tally
    flaws: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    rows: dict[int, dict[int, Text]] = field(default_factory=dict)
    left: list[tuple[int, int]] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    inline: Mapping[str, Any] = field(default_factory=dict)
    styles: Styles = field(default_factory=Styles)

    @property
    def name(self) -> str:
        """Of the sheet."""
        return cut(str(self.sheet.title))

    def read(self) -> Grid:
        """Read the sheet."""
        # openpyxl tells where a sheet's XML stands, and takes another, by no public name in this mode.
        path = self.sheet._worksheet_path
        part = self.archive.read(path)
        looked = look_at_sheet(part, self.stop)
        self.sheet._get_source = lambda: BytesIO(looked.rows)
        unseen = Hidden() if self.takes_hidden else looked.hidden
        self.inline = find_inline(part)
        del part
        self.read_rows(unseen)
        self.marks += [mark for mark in list_comments(self.archive, path, count_column)
                       if mark.line not in unseen.rows and mark.column not in unseen.columns]  # fmt: skip
        self.tell_hidden(unseen)
        self.tell_struck()
        if self.sheet.sheet_state != "visible" and not self.takes_hidden and not self.is_chosen:
            found = f"the sheet {quote(self.name)} is hidden, and left out"
            self.tell(1, 1, found, "it deleted, or --hidden to take it")
            return Grid(self.source, self.name, self.name, {}, told=tuple(self.told[-1:]))
        return Grid(self.source, self.name, self.name, self.rows, tuple(self.flaws), tuple(self.told), looked.merged,
                    tuple(self.marks))  # fmt: skip

    def read_rows(self, unseen: Hidden) -> None:
        """Read all cells but those that nobody sees."""
        from openpyxl.cell.read_only import EMPTY_CELL

        self.sheet.reset_dimensions()  # they say what the writer of the file wanted, not what is there
        for line, row in enumerate(self.sheet.iter_rows(max_row=MOST_ROWS), 1):
            marks: list[Mark] = []
            for column, cell in enumerate(row, 1):
                if cell is EMPTY_CELL:
                    continue
                if line in unseen.rows or column in unseen.columns:
                    self.left += [(line, column)] if cell.value is not None else []
                    continue
                look = self.styles.find(cell)
                marks += [Mark("fill", look.fill, line, column)] if look.fill else []
                marks += [Mark("unseen", "", line, column)] if look.is_unseen and cell.value is not None else []
                if cell.value is not None and (text := self.read_cell(cell, line, column)):
                    self.rows.setdefault(line, {})[column] = text
                    self.tally.cells += 1
            self.marks += marks if line in self.rows else []
            if self.tally.cells > MOST_CELLS:
                self.stop(line, 1, f"more than {MOST_CELLS:,} cells", "a smaller table")

    def read_cell(self, cell: Any, line: int, column: int) -> Text | None:
        """Turn what a cell holds into text; a flaw is noted, and something stands for it."""
        name = str(CellPosition(line, column)) if self.inline else ""
        value, is_struck = self.inline.get(name, cell.value), False
        self.marks += [Mark("raised", "", line, column)] if has_raised(value) else []
        if not self.takes_struck:
            value, is_struck = self.styles.keep_unstruck(cell, value)
        self.struck += [(line, column)] if is_struck else []
        if value is None:
            return None
        self.tally.letters += sum(map(len, map(str, value))) if isinstance(value, list) else len(str(value))
        if self.tally.letters > MOST_TEXT:
            found = f"more than {MOST_TEXT:,} letters in all cells together"
            self.stop(line, column, found, "a smaller table, or shorter texts")
        text, plain, fault = _word_cell(cell, value)
        if fault:
            self.flaws.append(Problem(self.source, *fault, position=CellPosition(line, column, self.name)))
            text = UNWANTED.sub("\N{REPLACEMENT CHARACTER}", text) or "?"
        return Text(text, plain, line, column) if text else None

    def tell_hidden(self, unseen: Hidden) -> None:
        """Tell which hidden rows and columns hold something."""
        rows = {line for line, _ in self.left if line in unseen.rows}
        columns = {column for line, column in self.left if line not in unseen.rows}
        for start, end in join_numbers(rows):
            shown = f"row {start} is" if start == end else f"rows {start} to {end} are"
            place = start, min(column for line, column in self.left if line == start)
            self.tell(*place, f"{shown} hidden, and left out", "none hidden, or --hidden to take all")
        for start, end in join_numbers(columns):
            names = [str(CellPosition(1, number))[:-1] for number in (start, end)]
            shown = f"column {names[0]} is" if start == end else f"columns {names[0]} to {names[1]} are"
            place = min(line for line, column in self.left if column == start), start
            self.tell(*place, f"{shown} hidden, and left out", "none hidden, or --hidden to take all")

    def tell_struck(self) -> None:
        """Tell which cells are struck out, in whole or in part."""
        if self.struck:
            found = f"struck out, and left out: {join_areas(self.struck)}"
            self.tell(*self.struck[0], found, "nothing struck out, or --struck to take all")

    def stop(self, line: int, column: int, found: str, expected: str) -> NoReturn:
        """Refuse the sheet."""
        refuse_file(self.source, found, expected, CellPosition(line, column, self.name))

    def tell(self, line: int, column: int, found: str, expected: str) -> None:
        """Note a warning."""
        place = CellPosition(line, column, self.name)
        self.told.append(Problem(self.source, found, expected, (), place, "warning"))


def _word_cell(cell: Any, value: Any) -> tuple[str, bool, tuple[str, str] | None]:
    """Turn what a cell holds into text; tell whether it was none, and why it cannot be taken."""
    if cell.data_type == "f":
        return str(value), True, ("a formula", "its value: copy the cells and paste them as values")
    if cell.data_type == "e":
        fault = None if value == NOT_AVAILABLE else (f"the error {str(value)[:20]}", "a value")
        return str(value), False, fault
    if isinstance(value, str | list):  # a list is text of several fonts
        text = unguard(_decode(str(value))).strip()
        match = UNWANTED.search(text)
        fault = (f"the unprintable character U+{ord(match[0]):04X}", "text without it; delete it") if match else None
        return text, False, fault
    if isinstance(value, bool):
        return ("true" if value else "false"), True, None
    if isinstance(value, datetime | date):
        text = _word_day(value, str(cell.number_format))
        return text, True, None if text else (f"the time of day {value}", "a day alone, without a time")
    if isinstance(value, int | float):
        return (str(value) if isinstance(value, int) else f"{value:.15g}"), True, None
    return "", True, (f"the time {value}", "text, a number or a day")


def _decode(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _word_day(value: date, form: str) -> str:
    """Write a day as precisely as the cell shows it: "2020-06", typed into a spreadsheet, becomes 1 June."""
    if isinstance(value, datetime) and (value.hour or value.minute or value.second or value.microsecond):
        return ""
    bare = re.sub(r'"[^"]*"|\\.|\[[^]]*]', "", form.lower())
    if "d" in bare:
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else str(value)
    return f"{value.year:04d}-{value.month:02d}" if "m" in bare else f"{value.year:04d}"
