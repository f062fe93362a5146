"""Whether a file of events is whole: a last line without its end, rows that nobody sees."""

from __future__ import annotations

import os

from geo.events.files.inspect_file import check_workbook, open_text

__all__ = ["count_hidden_rows", "is_ended"]

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
            raw.seek(max(raw.seek(0, os.SEEK_END) - LONGEST_END, 0))
        end = b""
        while block := file.read(BLOCK):
            end = (end + block[-LONGEST_END:])[-LONGEST_END:]
    return end.strip(b"\0 \t\x1a")[-1:] in (b"\n", b"\r", b"")


def count_hidden_rows(path: str) -> int:
    """Count the rows of a workbook's first sheet that are hidden, as those are that a filter leaves out."""
    return len(check_workbook(path).rows)
