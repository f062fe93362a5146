"""A path that somebody named is looked at before it is opened: a pipe would block for ever, a device need not end."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

__all__ = ["FOLDER", "IrregularError", "LargeError", "check_regular", "hash_bytes", "open_regular", "read_regular"]

FOLDER = "this is a folder"
IRREGULAR = "this is not a regular file"


class IrregularError(OSError):
    """A folder, pipe, device or socket where a file is wanted."""

    def __init__(self, found: str) -> None:
        super().__init__(errno.EINVAL, found)
        self.found = found


class LargeError(OSError):
    """A file that is larger than what may be read of one."""


def check_regular(status: os.stat_result) -> None:
    """Raise an `IrregularError` unless this is the state of a regular file.

    Examples
    --------
    >>> check_regular(Path().stat())
    Traceback (most recent call last):
    geo.regular_files.IrregularError: [Errno 22] this is a folder
    """
    if not stat.S_ISREG(status.st_mode):
        raise IrregularError(FOLDER if stat.S_ISDIR(status.st_mode) else IRREGULAR)


def open_regular(path: Path | str) -> BinaryIO:
    """Open a regular file for reading; an `IrregularError` says where a path leads to anything else.

    Asked twice: before it is opened, since opening is enough to wake a device; and of what is open, since another may
    have taken its place, which must not block either. A path that leads nowhere or is none is an `OSError` or
    `ValueError`.

    Examples
    --------
    >>> with open_regular(__file__) as file:
    ...     file.read(3)
    b'\"\"\"'
    """
    check_regular(Path(path).stat())
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        check_regular(os.fstat(descriptor))
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path | str, largest: int) -> bytes:
    """Read a regular file of at most ``largest`` bytes, as `open_regular` does.

    One that is larger, or grows while it is read, is a `LargeError`.

    Examples
    --------
    >>> read_regular(__file__, 9)
    Traceback (most recent call last):
    geo.regular_files.LargeError: [Errno 27] File too large
    """
    with open_regular(path) as file:
        is_large = os.fstat(file.fileno()).st_size > largest
        data = b"" if is_large else file.read(largest + 1)
    if is_large or len(data) > largest:
        raise LargeError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes.

    Examples
    --------
    >>> hash_bytes(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()
