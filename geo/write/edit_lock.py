"""One editor of a file at a time: who comes second is told, and a lock ends with the process that held it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.errors import Problem, WriteError

try:
    import fcntl
except ImportError:  # Windows has no such locks; there the last to save is told of the others' changes.
    fcntl = None  # type: ignore[assignment]

__all__ = ["hold_file"]

TRIES = 10


@contextmanager
def hold_file(path: Path) -> Iterator[None]:
    """Hold a file for one editor, by an empty file beside it; where another holds it that is a `WriteError`.

    In a folder where nothing can be written there is no lock, and nothing that it would keep apart.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, hold_file(Path(folder, "t.yaml")):
    ...     [each.name for each in Path(folder).iterdir()]
    ['.t.yaml.edit.lock']
    """
    whole = Path(os.path.realpath(path))
    lock = whole.with_name(f".{whole.name}.edit.lock")
    descriptor = _open_lock(lock, path)
    try:
        yield
    finally:
        if descriptor is not None:
            with suppress(OSError):
                lock.unlink()
            os.close(descriptor)


def _open_lock(lock: Path, path: Path) -> int | None:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    for _ in range(TRIES if fcntl else 0):
        try:
            descriptor = os.open(lock, flags, 0o600)
        except OSError:
            if os.path.lexists(lock):  # another user's, or a link, which is none of ours
                found = f"is held by {lock.name}, which is not yours to open"
                raise WriteError(
                    [Problem(str(path), found, "the end of the editor that holds it, or that file's")]
                ) from None
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            found = "is open in another 'presence edit'"
            raise WriteError([Problem(str(path), found, "that page, or its end first")]) from None
        except OSError:  # Some network file systems have no locks.
            return descriptor
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), os.lstat(lock)):
                return descriptor
        os.close(descriptor)  # The editor before had just ended, and took its lock with it.
    return None
