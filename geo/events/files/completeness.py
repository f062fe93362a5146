"""Whether a file of events is whole: rows that end early, a last line without its end, rows that nobody sees."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Literal

from geo.events.files.inspect_file import BOM, LONGEST_HEAD, EventFile, check_workbook, open_text

__all__ = ["count_hidden_rows", "find_short_row", "is_ended"]

BLOCK = 1_000_000
LONGEST_END = 4


def is_ended(path: str) -> bool:
    r"""Tell whether the last line of a text file has its end, in whatever encoding; without, it may have been cut.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     [file.write_text(text) and is_ended(str(file)) for text in ("id\n1", "id\n1\n")]
    [False, True]
    """
    with open_text(path) as (file, raw):
        if file is raw:
            raw.seek(-min(LONGEST_END, os.fstat(raw.fileno()).st_size), os.SEEK_END)
        end = b""
        while block := file.read(BLOCK):
            end = (end + block[-LONGEST_END:])[-LONGEST_END:]
    return end.strip(b"\0 \t\x1a")[-1:] in (b"\n", b"\r", b"")


def count_hidden_rows(path: str) -> int:
    """Count the rows of a workbook's first sheet that are hidden, as those are that a filter leaves out."""
    return len(check_workbook(path).rows)


def find_short_row(file: EventFile) -> tuple[int, int] | None:
    """Find the first row that has fewer cells than the header, with their number; a note of one cell is none.

    A last line without its end is one whatever it holds.
    """
    quoting: Literal[0, 3] = 0 if file.form.quoted else 3
    with open_text(file.path) as (unpacked, _), _allow_long_cells():
        text = io.TextIOWrapper(unpacked, file.encoding, newline="")
        lines = _skip_mark(text)
        rows = (
            row for row in csv.reader(lines, delimiter=file.separator, quoting=quoting) if any(row[:1]) or len(row) > 1
        )
        number, cells = 0, file.width
        for number, row in enumerate(islice(rows, bool(file.names), None), 1 + bool(file.names)):
            cells = len(row)
            if 1 < cells < file.width:
                return number, cells
        text.detach()
    return (number, cells) if cells < file.width and not is_ended(file.path) else None


def _skip_mark(lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line if number else line.removeprefix(BOM)


@contextmanager
def _allow_long_cells() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST_HEAD * 100)
    try:
        yield
    finally:
        csv.field_size_limit(before)
