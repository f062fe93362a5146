"""A file that is for its owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from geo.write.files import write_files

__all__ = ["is_private_file", "write_private"]


def write_private(path: Path, data: bytes) -> None:
    """Write a file that others may not read, whole or not at all; a link in its place is not followed but replaced.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_private(Path(folder, "a"), b"x")
    ...     Path(folder, "a").read_bytes()
    b'x'
    """
    write_files({path: data}, is_private=True)


def is_private_file(path: Path) -> bool:
    """Tell whether a name stands for an ordinary file of whoever asks: no link, and nobody else's.

    Examples
    --------
    >>> is_private_file(Path("no/such/file"))
    False
    """
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and (os.name != "posix" or status.st_uid == os.geteuid())
