"""A spreadsheet, CSV or XLSX, becomes grids of texts: which of the two it is, its first bytes say."""

from __future__ import annotations

from pathlib import Path

from geo.read.common.file_text import OTHERS, Wanted, read_bytes, refuse_file
from geo.read.common.nodes import quote
from geo.read.sheets.cells import Grid
from geo.read.sheets.csv_reader import parse_separated
from geo.read.sheets.xlsx_reader import parse_workbook

__all__ = ["parse_spreadsheet", "read_spreadsheet"]

ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
A_SPREADSHEET = Wanted("a spreadsheet", "records.csv")


def read_spreadsheet(
    path: Path, *, separator: str = "comma", only: str | None = None, hidden: bool = False, struck: bool = False
) -> tuple[Grid, ...]:
    """Read the sheets of a file, or of standard input where the path is ``-``, as `parse_spreadsheet` does.

    Examples
    --------
    >>> read_spreadsheet(Path("no/such.csv"))
    Traceback (most recent call last):
    geo.errors.TableError: no/such.csv: there is no such file; expected the path of a spreadsheet
    """
    data = read_bytes(path, A_SPREADSHEET)
    source = "standard input" if str(path) == "-" else str(path)
    return parse_spreadsheet(data, source, separator=separator, only=only, hidden=hidden, struck=struck)


def parse_spreadsheet(
    data: bytes,
    source: str,
    *,
    separator: str = "comma",
    only: str | None = None,
    hidden: bool = False,
    struck: bool = False,
) -> tuple[Grid, ...]:
    r"""Turn the bytes of a spreadsheet into grids; ``source`` is the file's name, for messages.

    ``separator`` parts the cells of a CSV; ``only`` is the one sheet of a workbook to take; ``hidden`` and ``struck``
    take what it hides and what is struck out there as well. If the bytes are no spreadsheet, that is a `TableError`,
    like those of `parse_separated` and `parse_workbook`.

    Examples
    --------
    >>> parse_spreadsheet(b"%PDF-1.7", "t.xlsx")
    Traceback (most recent call last):
    geo.errors.TableError: t.xlsx: no spreadsheet but a PDF, a picture or the like; expected CSV or an .xlsx workbook
    """
    if data.startswith(OLD):
        refuse_file(
            source, "an old .xls workbook, or one with a password", "a workbook saved as .xlsx without a password"
        )
    if data.startswith(OTHERS) and not data.startswith(ZIP):
        refuse_file(source, "no spreadsheet but a PDF, a picture or the like", "CSV or an .xlsx workbook")
    if data.startswith(ZIP):
        return parse_workbook(data, source, only=only, hidden=hidden, struck=struck)
    if only is not None:
        refuse_file(source, f"a CSV, which has no sheet {quote(only)}", "--sheet with a workbook, or no --sheet")
    return (parse_separated(data, source, separator=separator),)
