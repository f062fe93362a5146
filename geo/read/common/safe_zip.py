"""A zip from anybody is looked at before it is opened: its list of contents says how large it would become."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import dataclass
from typing import NoReturn

from geo.read.common.file_text import refuse_file

__all__ = ["LARGEST_ARCHIVE", "MOST_ENTRIES", "STRONGEST_PACKING", "WORKBOOK", "Kind", "open_archive", "read_part"]

MOST_ENTRIES = 50
LARGEST_ARCHIVE = 200_000_000
STRONGEST_PACKING = 100
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others pack so well that no list of contents could be believed, and nobody uses them."""


@dataclass(frozen=True)
class Kind:
    """What an archive is to its reader, and what helps where it is unfit: to save it again, or to make it smaller."""

    name: str
    again: str
    smaller: str
    most: int = MOST_ENTRIES


WORKBOOK = Kind(
    "a workbook",
    "a workbook saved again as .xlsx",
    "the cells that matter copied into a new workbook, which leaves empty rows and styles behind",
)


def open_archive(data: bytes, source: str, kind: Kind = WORKBOOK) -> zipfile.ZipFile:
    """Open a zip whose list of contents promises nothing dangerous; nothing of it is unpacked here.

    If it is no zip, has too many entries, would become too large, is encrypted or packed in an unusual way, or has an
    entry twice, a link or one that leads out of it, that is a `TableError`, for which ``source`` is its name and
    ``kind`` what it should be.

    Examples
    --------
    >>> open_archive(b"PK", "t.xlsx")
    Traceback (most recent call last):
    geo.errors.TableError: t.xlsx: a damaged workbook; expected a workbook saved again as .xlsx
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        _stop_damaged(source, kind)
    entries = archive.infolist()
    whole = sum(entry.file_size for entry in entries)
    if len(entries) > kind.most:
        refuse_file(source, f"{kind.name} of {len(entries):,} parts", f"at most {kind.most:,}: {kind.smaller}")
    if whole > LARGEST_ARCHIVE:
        found = f"{kind.name} that unpacks to {whole / 1e6:,.0f} MB"
        refuse_file(source, found, f"at most {LARGEST_ARCHIVE // 1_000_000} MB: {kind.smaller}")
    if whole > STRONGEST_PACKING * max(len(data), 1):
        found = f"{kind.name} that unpacks to {whole / max(len(data), 1):,.0f} times its size"
        refuse_file(source, found, f"at most {STRONGEST_PACKING} times: {kind.smaller}")
    for entry in entries:
        _check_entry(entry, source, kind)
    if len({entry.filename for entry in entries}) < len(entries):
        refuse_file(source, f"{kind.name} with a part twice", kind.again)
    return archive


def _check_entry(entry: zipfile.ZipInfo, source: str, kind: Kind) -> None:
    parts = entry.filename.replace("\\", "/").split("/")
    leads_out = parts[0] == "" or ".." in parts or ":" in parts[0]
    if leads_out or stat.S_ISLNK(entry.external_attr >> 16):
        refuse_file(source, f"{kind.name} with a part that leads out of it", kind.again)
    if entry.flag_bits & 1:
        refuse_file(source, f"{kind.name} with a password", f"{kind.name} without one")
    if entry.compress_type not in PACKED:
        refuse_file(source, f"{kind.name} packed in an unusual way", kind.again)
    if entry.file_size > STRONGEST_PACKING * max(entry.compress_size, 1000):
        times = entry.file_size / max(entry.compress_size, 1)
        found = f"{kind.name} with a part that unpacks to {times:,.0f} times its size"
        refuse_file(source, found, f"at most {STRONGEST_PACKING} times: {kind.smaller}")


def read_part(archive: zipfile.ZipFile, name: str, source: str, kind: Kind = WORKBOOK) -> bytes:
    """Unpack a part as far as the list of contents says it goes; in truth it may go on without end.

    If it is damaged, or not as long as the list says, that is a `TableError`.

    Examples
    --------
    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("a", "text")
    >>> read_part(open_archive(packed.getvalue(), "t.xlsx"), "a", "t.xlsx")
    b'text'
    """
    size = archive.getinfo(name).file_size
    try:
        with archive.open(name) as part:
            data, rest = part.read(size), part.read(1)
    except Exception:  # noqa: BLE001  # zipfile and zlib each have errors of their own
        _stop_damaged(source, kind)
    if rest or len(data) != size:
        _stop_damaged(source, kind)
    return data


def _stop_damaged(source: str, kind: Kind) -> NoReturn:
    refuse_file(source, f"a damaged {kind.name.partition(' ')[2]}", kind.again)
