"""A file that is for its owner alone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from geo.write.files import write_files

__all__ = ["write_private"]

OWNER = 0o600


def write_private(path: Path, data: bytes) -> None:
    """Write a file that others may not read, whole or not at all; one that stands there keeps its permissions.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_private(Path(folder, "a"), b"x")
    ...     Path(folder, "a").read_bytes()
    b'x'
    """
    # What takes the place of a file has its permissions, so that it is there first; `write_files` says what is wrong.
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER))
    write_files({path: data})
