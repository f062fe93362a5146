"""Sheets as CSV: UTF-8 with a mark, without which Excel takes it for something else."""

from __future__ import annotations

import csv
import io

from geo.export.cell_texts import guard
from geo.model import Sheet

__all__ = ["write_separated"]


def write_separated(sheet: Sheet, *, encoding: str = "utf-8-sig") -> bytes:
    r"""Write a sheet as CSV; programs that are told the encoding take the mark of ``utf-8-sig`` for a letter.

    Examples
    --------
    >>> write_separated(Sheet("a", ("x", "y"), (("1", "=1"),))).decode("utf-8-sig")
    "x,y\r\n1,'=1\r\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    if sheet.tags:
        writer.writerow(sheet.tags)
    writer.writerows([guard(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode(encoding)
