"""What stands in a folder that anyone may have made, and change: no link is followed, no pipe waited for."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import NoReturn

from geo.errors import PresenceError, Problem
from geo.regular_files import IrregularError, check_regular

__all__ = ["A_FILE", "GIT", "OURS", "QUIET", "hash_still", "list_places", "read_start", "read_whole", "refuse_place"]

GIT = ".git"
"""What git keeps in a clone is git's, no part of what was published, and not looked at."""

MOST = 1_000_000
A_FILE, A_LINK, NO_FILE = "a file", "a link", "neither a file nor a folder"
OURS = "a folder that 'presence publish' wrote"
QUIET = "a folder that nobody writes to: copy it, then look at the copy"
FLAGS = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))


def list_places(folder: Path) -> dict[str, str]:
    """List what stands in a folder and in those within, by path with ``/``: whether it is `A_FILE`, or what else.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as made:
    ...     Path(made, "fa").mkdir()
    ...     Path(made, "fa", "a.html").touch()
    ...     Path(made, "b").symlink_to("fa")
    ...     list_places(Path(made))
    {'b': 'a link', 'fa/a.html': 'a file'}
    """
    found: dict[str, str] = {}
    inside = [""]
    folders = 0
    while inside:
        inner = inside.pop()
        folders += 1
        with _blame(folder / inner, "a folder that you may read"), os.scandir(folder / inner) as entries:
            for entry in entries:
                path = f"{inner}/{entry.name}" if inner else entry.name
                if path == GIT:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inside.append(path)
                else:
                    found[path] = _name_kind(entry)
                if len(found) + len(inside) + folders > MOST:
                    refuse_place(folder, f"holds more than {MOST:,} files and folders", OURS)
    return dict(sorted(found.items()))


def _name_kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return A_LINK
    return A_FILE if entry.is_file(follow_symlinks=False) else NO_FILE


def hash_still(place: Path, size: int) -> tuple[int, str]:
    """Return length and SHA-256 of a file, "" unless it is as long as expected.

    One that changes meanwhile, or has become another, is a `PresenceError`.

    Examples
    --------
    >>> hash_still(Path(__file__), 0)[1]
    ''
    """
    with _open(place) as file:
        before = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest() if before.st_size == size else ""
        after, there = os.fstat(file.fileno()), os.lstat(place)
    if _mark(before) != _mark(after) or not os.path.samestat(after, there):
        refuse_place(place, "changed while it was read", QUIET)
    return before.st_size, digest


def read_whole(place: Path, largest: int) -> bytes | None:
    """Read a file of at most so many bytes; None where nothing goes by that name.

    Examples
    --------
    >>> read_whole(Path("no such file"), 9)
    >>> read_whole(Path(__file__), 9)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    geo.errors.PresenceError: ...has more than 9 bytes; expected a folder that 'presence publish' wrote
    """
    data = read_start(place, largest + 1)
    if data is not None and len(data) > largest:
        refuse_place(place, f"has more than {largest:,} bytes", OURS)
    return data


def read_start(place: Path, most: int) -> bytes | None:
    """Read the first bytes of a file, or all of a shorter one; None where nothing goes by that name.

    Examples
    --------
    >>> read_start(Path(__file__), 3)
    b'\"\"\"'
    """
    if not os.path.lexists(place):
        return None
    with _open(place) as file:
        return file.read(most)


@contextmanager
def _open(place: Path) -> Iterator[BufferedReader]:
    """Open a regular file, asked of what is open too, since another may take its place."""
    with _blame(place, "a file that you may read"):
        check_regular(os.lstat(place))
        with os.fdopen(os.open(place, FLAGS), "rb") as file:
            check_regular(os.fstat(file.fileno()))
            yield file


@contextmanager
def _blame(place: Path, expected: str) -> Iterator[None]:
    """Say which place an error of the system is about; one that goes meanwhile is one that changes."""
    try:
        yield
    except IrregularError as error:
        refuse_place(place, "this is a link" if place.is_symlink() else error.found, "a regular file")
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            refuse_place(place, "changed while it was read", QUIET)
        refuse_place(place, f"cannot be read: {error.strerror or error}", expected)


def _mark(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def refuse_place(place: Path, found: str, expected: str) -> NoReturn:
    """Raise a `PresenceError` about a place, whose name need be in no encoding."""
    name = str(place).encode(errors="backslashreplace").decode()
    raise PresenceError([Problem(name, found, expected)]) from None
