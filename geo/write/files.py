"""Bytes become files: all of them or none, as far as the file system allows."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from geo.errors import Problem, WriteError
from geo.write.interrupts import hold_interrupts
from geo.write.output_folder import PREFIX, open_folder, sync_folder
from geo.write.standard_output import OUTPUT, print_bytes

__all__ = ["write_files"]

OWNER = 0o600
NOTHING: Mapping[Path, bytes] = MappingProxyType({})
REMEDIES = {
    errno.ENOSPC: "free space on the disk",
    errno.EDQUOT: "free space in your quota",
    errno.EFBIG: "a disk and a limit that allow a file of this size",
    errno.EACCES: "a folder and file that you may write to",
    errno.EPERM: "a folder and file that you may write to",
    errno.EROFS: "a place that is not read-only",
    errno.ENAMETOOLONG: "a shorter file name",
}


def write_files(
    files: Mapping[Path, bytes], *, remove: Iterable[Path] = (), known: Mapping[Path, bytes] = NOTHING,
    is_private: bool = False,
) -> tuple[Path, ...]:  # fmt: skip
    """Write several files so that either all are new or all are as before; return them in the order given.

    Every byte is on the disk under a temporary name before the first file is replaced, and a replacement that fails
    puts back those already made. Ctrl-C and the like wait until it is over. A folder is made if its parent exists.
    Links are followed; the permissions of a file that is replaced stay. What ``-`` names goes to standard output when
    all else is in its place. ``remove`` are files beside them that go with the old ones; there links are not followed.
    A file whose old bytes are ``known`` is replaced only if it still holds them, which is looked at when all else is
    ready; between that look and the replacement lie microseconds. ``is_private`` is for files that nobody else may
    read, whatever stood there: of these no link is followed and no permission taken over. If one cannot be written or
    removed, none is, but for those that the `WriteError` names as new.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_files({Path(folder) / "a.html": b"new"})]
    ['a.html']
    >>> write_files({})
    ()
    """
    here = _find_here()
    find = _find_beside if is_private else os.path.realpath
    targets = {path: Path(find(here / path)) for path in files if path != OUTPUT}
    gone = {path: Path(_find_beside(here / path)) for path in remove}
    with hold_interrupts() as hold, ExitStack() as always:
        folders = [open_folder(folder, always, hold, named) for folder, named in _list_folders(targets)]
        temps = {
            path: _write_temporary(path, target, files[path], always, is_private) for path, target in targets.items()
        }
        _replace_all(temps, targets, gone, known, always)
        for folder in folders:
            sync_folder(folder)
    if OUTPUT in files:  # Only now that signals end the run again: a reader may take its time.
        print_bytes(files[OUTPUT])
    return tuple(files)


def _find_beside(path: Path) -> str:
    """Find where a name stands, without following a link that it may be."""
    return str(Path(os.path.realpath(path.parent), path.name))


def _find_here() -> Path:
    """Find where relative names start, once: were that folder moved meanwhile, a set would be torn apart."""
    try:
        return Path.cwd()
    except OSError:  # It is gone, which a set of absolute names need not mind.
        return Path()


def _list_folders(targets: Mapping[Path, Path]) -> list[tuple[Path, Path]]:
    """Return each folder once and as the user named it, sorted so that two runs lock in the same order."""
    return sorted({target.parent: path.parent for path, target in targets.items()}.items())


def _write_temporary(path: Path, target: Path, data: bytes, always: ExitStack, is_private: bool) -> Path:
    """Bring the bytes to the disk beside their target; the name is gone again when ``always`` ends."""
    temp = target.with_name(f"{PREFIX}{os.urandom(8).hex()}.tmp")
    with _blame(path):
        mode = None if is_private else _read_mode(path, target)
        always.callback(_remove, temp)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        # Closing reports a full disk as well, so it stands inside the try of _blame.
        with os.fdopen(os.open(temp, flags, OWNER if is_private else 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temp.chmod(mode)
    return temp


def _read_mode(path: Path, target: Path) -> int | None:
    """Return the permissions of the file that stands there, None where none does; refuse what is no file."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no ordinary file"
        raise WriteError([Problem(str(path), f"cannot be written: it is {kind}", "the name of a file")])
    return stat.S_IMODE(status.st_mode)


def _replace_all(
    temps: Mapping[Path, Path],
    targets: Mapping[Path, Path],
    gone: Mapping[Path, Path],
    known: Mapping[Path, bytes],
    always: ExitStack,
) -> None:
    """Put every temporary file in its target's place and remove what goes; where one fails, put the old ones back."""
    backups: dict[Path, Path | None] = {}
    try:
        for path, temp in temps.items():
            with _blame(path):
                backup = _keep_old(targets[path], always)
                if path in known and targets[path].read_bytes() != known[path]:
                    raise WriteError(
                        [Problem(str(path), "was changed by another meanwhile", "a look at it, and the command again")]
                    )
                temp.replace(targets[path])
                backups[path] = backup
        for path, target in gone.items():
            with _blame(path, "removed"):
                backup = _keep_old(target, always)
                target.unlink(missing_ok=True)
                backups[path] = backup
    except WriteError as error:
        places = {**targets, **gone}
        stuck = [problem for path in backups for problem in _put_back(path, places[path], backups[path])]
        raise WriteError([*error.problems, *stuck]) from error


def _keep_old(target: Path, always: ExitStack) -> Path | None:
    """Keep a target's old file under another name until ``always`` ends; None where there is none."""
    if not target.exists():
        return None
    backup = target.with_name(f"{PREFIX}{os.urandom(8).hex()}.old")
    always.callback(_remove, backup)
    _keep(target, backup)
    return backup


def _put_back(path: Path, target: Path, backup: Path | None) -> list[Problem]:
    """Undo a replacement; where the system refuses that as well, say which file is new now."""
    try:
        backup.replace(target) if backup else target.unlink(missing_ok=True)
    except OSError as error:
        found = f"is new already, and the old file cannot be put back: {error.strerror or error}"
        return [Problem(str(path), found, "the same command once more, when the cause is gone")]
    return []


def _keep(target: Path, backup: Path) -> None:
    """Give the old file a second name, or copy it where the file system has no hard links."""
    try:
        os.link(target, backup)
    except OSError:
        shutil.copy2(target, backup)


def _remove(path: Path) -> None:
    """Remove a file if that can be done; what made the run fail is the error to tell, not this."""
    with suppress(OSError):
        path.unlink()


@contextmanager
def _blame(path: Path, verb: str = "written") -> Iterator[None]:
    """Say which of the user's files an error of the system is about, and what would help."""
    try:
        yield
    except OSError as error:
        found = f"cannot be {verb}: {error.strerror or error}"
        raise WriteError([Problem(str(path), found, REMEDIES.get(error.errno or 0, ""))]) from error
