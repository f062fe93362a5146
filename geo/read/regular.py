"""A path that somebody named is looked at before it is opened: a pipe would block for ever, a device need not end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

__all__ = ["FOLDER", "IrregularError", "check_regular", "open_regular", "read_regular"]

FOLDER = "this is a folder"
IRREGULAR = "this is not a regular file"


class IrregularError(OSError):
    """A folder, pipe, device or socket where a file is wanted; its ``strerror`` says which of the two."""


def check_regular(status: os.stat_result) -> None:
    """Raise an `IrregularError` unless this is the state of a regular file.

    Examples
    --------
    >>> check_regular(os.stat("."))
    Traceback (most recent call last):
    geo.read.regular.IrregularError: [Errno 22] this is a folder
    """
    if not stat.S_ISREG(status.st_mode):
        raise IrregularError(errno.EINVAL, FOLDER if stat.S_ISDIR(status.st_mode) else IRREGULAR)


def open_regular(path: Path | str) -> BinaryIO:
    """Open a regular file for reading.

    Asked twice: before it is opened, since opening is enough to wake a device; and of what is open, since another may
    have taken its place, which must not block either.

    Raises
    ------
    IrregularError
        Where the path leads to anything else.
    OSError, ValueError
        Where it leads nowhere, may not be read or is none.

    Examples
    --------
    >>> with open_regular(__file__) as file:
    ...     file.read(3)
    b'\"\"\"'
    """
    check_regular(os.stat(path))  # noqa: PTH116  # a name in a stream may be a text
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        check_regular(os.fstat(descriptor))
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path | str, largest: int) -> bytes:
    """Read a regular file; what is larger gives one byte more than ``largest``, and nothing of it is read for more.

    Raises
    ------
    IrregularError, OSError, ValueError
        As `open_regular`.

    Examples
    --------
    >>> len(read_regular(__file__, 9))
    10
    """
    with open_regular(path) as file:
        return file.read(largest + 1)
