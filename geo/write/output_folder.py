"""The folder that files go to: made, locked against a second run, cleared of a killed run's leftovers."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from geo.errors import Problem, WriteError
from geo.write.interrupts import Hold

try:
    import fcntl
except ImportError:  # Windows has no such locks; there leftovers are told by their age.
    fcntl = None  # type: ignore[assignment]

__all__ = ["PREFIX", "open_folder", "sync_folder"]

PREFIX = ".presence-maps-"
TRIES = 10
ABANDONED_AFTER = 3600.0  # seconds; only counts where folders cannot be locked


def open_folder(folder: Path, always: ExitStack, hold: Hold, named: Path | None = None) -> int | None:
    """Make a folder ready for new files and hold it until ``always`` ends; it is made if its parent exists.

    While it is held no other run writes there, so every temporary file found is a killed run's and is removed.
    ``always`` also removes the folder if it was made here and stayed empty; ``hold`` lets signals through while another
    run is waited for; ``named`` is the folder as the user named it, for messages. The descriptor is for `sync_folder`,
    None where the system has none for folders. A folder that neither exists nor can be made is a `WriteError`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as parent, ExitStack() as always:
    ...     _ = open_folder(Path(parent) / "maps", always, Hold())
    ...     (Path(parent) / "maps").is_dir()
    True
    """
    for left in reversed(range(TRIES)):
        made = _make(folder, named or folder)
        descriptor, locked = _lock(folder, hold)
        if not left or _is_still(folder, descriptor):
            break  # Otherwise the run that was waited for had made the folder, failed, and removed it.
        _close(descriptor)  # It may be the same folder after all, for whose lock we would wait for ourselves.
    always.callback(_close, descriptor)
    if made:  # Registered last, so that it is removed while still locked and not from under another run.
        always.callback(_remove_if_empty, folder)
    _clear(folder, newest=float("inf") if locked else time.time() - ABANDONED_AFTER)
    return descriptor


def sync_folder(descriptor: int | None) -> None:
    """Bring the list of names of a folder, held by `open_folder`, to the disk, where the system knows how.

    Examples
    --------
    >>> sync_folder(None)
    """
    if descriptor is not None:
        with suppress(OSError):  # The files are in place already; some file systems cannot sync a folder.
            os.fsync(descriptor)


def _make(folder: Path, named: Path) -> bool:
    """Make a folder; False if it exists."""
    try:
        folder.mkdir()
    except FileExistsError:
        if folder.is_dir() or not os.path.lexists(folder):  # another run may just have removed it
            return False
        raise WriteError([Problem(str(named), "is a file", "a folder; remove the file or name another")]) from None
    except FileNotFoundError:
        expected = f"an existing folder to make it in; make {str(named.parent)!r} first"
        raise WriteError([Problem(str(named), "cannot be made", expected)]) from None
    except OSError as error:
        raise WriteError([Problem(str(named), f"cannot be made: {error.strerror}", "another folder")]) from error
    return True


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _lock(folder: Path, hold: Hold) -> tuple[int | None, bool]:
    """Open the folder and wait until no other run holds it; a killed run's lock ends with its process."""
    if fcntl is None:
        return None, False
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return None, False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _wait(descriptor, hold)
    except OSError:  # Some network file systems lock only what is open for writing.
        return descriptor, False
    return descriptor, True


def _wait(descriptor: int, hold: Hold) -> None:
    """Wait for the lock of a folder, and let go of the folder where a signal ends the wait."""
    try:
        with hold.pause():
            fcntl.flock(descriptor, fcntl.LOCK_EX)
    except BaseException:
        _close(descriptor)
        raise


def _is_still(folder: Path, descriptor: int | None) -> bool:
    """Whether the folder is there and, where it could be opened, the one that is open."""
    try:
        status = folder.stat()
        return descriptor is None or os.path.samestat(status, os.fstat(descriptor))
    except FileNotFoundError:
        return False
    except OSError:  # What is wrong will be told by what is written there.
        return True


def _close(descriptor: int | None) -> None:
    """Close a folder, and with that unlock it; nothing was written through this descriptor."""
    if descriptor is not None:
        with suppress(OSError):
            os.close(descriptor)


def _clear(folder: Path, newest: float) -> None:
    """Remove temporary files last written before ``newest`` (seconds since 1970)."""
    with suppress(OSError):
        for path in folder.glob(f"{PREFIX}*"):
            with suppress(OSError):
                if path.lstat().st_mtime < newest:
                    path.unlink()
