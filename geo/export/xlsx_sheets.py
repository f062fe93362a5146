"""Sheets as an XLSX workbook: texts as texts, figures as figures, and the same bytes each time."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from geo.errors import Problem, TableError, WriteError
from geo.export.cell_texts import guard
from geo.model import Sheet

__all__ = ["LONGEST_CELL", "check_size", "fill_cell", "open_workbook", "pack_workbook", "write_workbook"]

LONGEST_CELL = 32_767
"""Letters, as UTF-16 counts them; Excel and openpyxl cut what is longer without a word."""

MOST_ROWS = 1_048_576
FIRST_TIME = (1980, 1, 1, 0, 0, 0)
TIME = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
FIGURE = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?")
UNSAFE = re.compile(r"\r|_(?=x[0-9A-Fa-f]{4}_)")
WIDEST, NARROWEST = 60, 9


def write_workbook(sheets: Sequence[Sheet], source: str) -> bytes:
    """Write sheets as a workbook; the first is the one that opens.

    A text longer than a cell can be, or more rows than a sheet can have, is a `TableError` of the table's file
    ``source``; no room for temporary files is a `WriteError`.

    Examples
    --------
    >>> write_workbook([Sheet("a", ("x",), (("1",),))], "t.yaml")[:2]
    b'PK'
    """
    check_size(sheets, source)
    book = open_workbook()
    for sheet in sheets:
        _fill_sheet(book.create_sheet(sheet.name), sheet)
    return pack_workbook(book)


def open_workbook() -> Any:
    """Begin a workbook without a sheet, and without the time at which that is done.

    Examples
    --------
    >>> open_workbook().sheetnames
    []
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "presence-maps"
    book.properties.created = datetime(*FIRST_TIME)
    return book


def pack_workbook(book: Any) -> bytes:
    """Write a workbook of `open_workbook` that has a sheet: the same bytes for the same cells.

    Examples
    --------
    >>> book = open_workbook()
    >>> _ = book.create_sheet("a")
    >>> pack_workbook(book)[:2]
    b'PK'
    """
    from openpyxl.writer.excel import ExcelWriter

    packed = io.BytesIO()
    try:
        ExcelWriter(book, _Archive(packed, "w", zipfile.ZIP_DEFLATED)).save()
    except OSError as error:  # openpyxl puts each sheet into a temporary file first
        found = f"cannot be written: {error.strerror or error}"
        expected = f"a disk and a limit on files that leave room for it in {tempfile.gettempdir()}"
        raise WriteError([Problem("the workbook", found, expected)]) from error
    return packed.getvalue()


def check_size(sheets: Sequence[Sheet], source: str) -> None:
    """Refuse texts and sheets that a workbook cannot hold."""
    problems = []
    for sheet in sheets:
        if len(sheet.rows) + 2 > MOST_ROWS:
            found = f"{len(sheet.rows):,} rows for the sheet {sheet.name}"
            problems.append(Problem(source, found, f"at most {MOST_ROWS - 2:,}, or --format csv"))
        for line, row in enumerate(sheet.rows, 2):
            for column, cell in zip(sheet.columns, row, strict=True):
                # One letter is at most two units of UTF-16, and seven where it is escaped.
                if len(cell) * 7 > LONGEST_CELL and len(_encode(guard(cell)).encode("utf-16-le")) // 2 > LONGEST_CELL:
                    found = f"a text of {len(cell):,} letters under `{column}`, row {line} of the sheet {sheet.name}"
                    problems.append(Problem(source, found, f"at most {LONGEST_CELL:,} in a workbook, or --format csv"))
    if problems:
        raise TableError(problems)


def _fill_sheet(page: Any, sheet: Sheet) -> None:
    """Fill a sheet: its header stays in view, and what is typed into it later stays text as well."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    heads = [sheet.columns, *([sheet.tags] if sheet.tags else [])]
    page.freeze_panes = f"A{len(heads) + 1}"
    for number, column in enumerate(sheet.columns, 1):
        longest = max((len(row[number - 1]) for row in sheet.rows), default=0)
        style = page.column_dimensions[get_column_letter(number)]
        style.width = max(NARROWEST, len(column) + 2, min(longest + 2, WIDEST))
        style.number_format = "General" if column in sheet.numbers else "@"
    for line, row in enumerate([*heads, *sheet.rows], 1):
        for number, text in enumerate(row, 1):
            if text:
                is_figure = line > len(heads) and sheet.columns[number - 1] in sheet.numbers
                fill_cell(page.cell(line, number), text, is_figure)
                if line <= len(heads):
                    page.cell(line, number).font = Font(bold=True)


def fill_cell(cell: Any, text: str, is_figure: bool = False) -> None:
    """Write a text as a text, whatever a spreadsheet would make of it, and a figure as one."""
    if is_figure and FIGURE.fullmatch(text):
        cell.value = float(text) if "." in text else int(text)
        return
    cell.value = _encode(guard(text))
    cell.data_type = "s"  # Otherwise "#N/A" would be an error.
    cell.number_format = "@"


def _encode(text: str) -> str:
    """Write as XLSX does what XML would lose, and an underscore that would look like that."""
    return UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


class _Archive(zipfile.ZipFile):
    """An archive without the time at which it was made, which may also be one that no archive can hold."""

    def write(self, filename: Any, arcname: Any = None, *rest: Any) -> None:  # noqa: ARG002  # zipfile's signature
        """Take in a file as it stands there."""
        self.writestr(str(arcname), Path(filename).read_bytes())

    def writestr(self, zinfo_or_arcname: Any, data: Any, *rest: Any) -> None:  # noqa: ARG002
        """Take in a part under a name."""
        part = data.encode() if isinstance(data, str) else bytes(data)
        if zinfo_or_arcname == "docProps/core.xml":
            part = TIME.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
        entry = zipfile.ZipInfo(zinfo_or_arcname, FIRST_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        entry.create_system = 3
        super().writestr(entry, part)
