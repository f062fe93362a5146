"""A zip from anybody is looked at before it is opened: its list of contents says how large it would become."""

from __future__ import annotations

import io
import stat
import zipfile

from geo.read.cells import stop_at

__all__ = ["LARGEST_ARCHIVE", "MOST_ENTRIES", "STRONGEST_PACKING", "open_archive"]

MOST_ENTRIES = 50
LARGEST_ARCHIVE = 200_000_000
STRONGEST_PACKING = 100
SMALLER = "the cells that matter copied into a new workbook, which leaves empty rows and styles behind"


def open_archive(data: bytes, source: str) -> zipfile.ZipFile:
    """Open a zip whose list of contents promises nothing dangerous; nothing of it is unpacked here.

    Parameters
    ----------
    data : bytes
        The file.
    source : str
        Its name, for messages.

    Returns
    -------
    ZipFile

    Raises
    ------
    TableError
        If it is no zip, has too many entries, would become too large, is encrypted, or has an entry twice, a link or
        one that leads out of it.

    Examples
    --------
    >>> open_archive(b"PK", "t.xlsx")
    Traceback (most recent call last):
    geo.errors.TableError: t.xlsx: a damaged workbook; expected a workbook saved again as .xlsx
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        stop_at(source, "a damaged workbook", "a workbook saved again as .xlsx")
    entries = archive.infolist()
    whole = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        stop_at(source, f"a workbook of {len(entries):,} parts", f"at most {MOST_ENTRIES}: {SMALLER}")
    if whole > LARGEST_ARCHIVE:
        found = f"a workbook that unpacks to {whole / 1e6:,.0f} MB"
        stop_at(source, found, f"at most {LARGEST_ARCHIVE // 1_000_000} MB: {SMALLER}")
    if whole > STRONGEST_PACKING * max(len(data), 1):
        found = f"a workbook that unpacks to {whole / max(len(data), 1):,.0f} times its size"
        stop_at(source, found, f"at most {STRONGEST_PACKING} times: {SMALLER}")
    for entry in entries:
        _check_entry(entry, source)
    if len({entry.filename for entry in entries}) < len(entries):
        stop_at(source, "a workbook with a part twice", "a workbook saved again as .xlsx")
    return archive


def _check_entry(entry: zipfile.ZipInfo, source: str) -> None:
    parts = entry.filename.replace("\\", "/").split("/")
    leads_out = parts[0] == "" or ".." in parts or ":" in parts[0]
    if leads_out or stat.S_ISLNK(entry.external_attr >> 16):
        stop_at(source, "a workbook with a part that leads out of it", "a workbook saved again as .xlsx")
    if entry.flag_bits & 1:
        stop_at(source, "a workbook with a password", "a workbook without one")
    if entry.file_size > STRONGEST_PACKING * max(entry.compress_size, 1000):
        times = entry.file_size / max(entry.compress_size, 1)
        found = f"a workbook with a part that unpacks to {times:,.0f} times its size"
        stop_at(source, found, f"at most {STRONGEST_PACKING} times: {SMALLER}")
