"""A file that is for its owner alone."""

from __future__ import annotations

from pathlib import Path

from geo.write.files import write_files

__all__ = ["write_private"]


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
