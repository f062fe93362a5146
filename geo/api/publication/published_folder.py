"""The folder of a publication: an earlier one goes as a whole, what a user changed or put there is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from geo.errors import PresenceError, Problem, WriteError
from geo.regular_files import read_regular
from geo.write.files import write_files
from geo.write.inventory import hash_bytes, hash_file
from geo.write.manifest import LARGEST, MANIFEST, SIGNATURE, Manifest, parse_manifest

__all__ = ["replace_publication"]


def replace_publication(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> tuple[Path, ...]:
    """Write files, by their path in the folder, in place of an earlier publication; return what of that was removed.

    All are written or none. A file that is no longer as it was published, and one that no publication wrote where one
    of these goes, is refused unless ``force``; others in the folder stay. A signature goes with the list that it signs.
    """
    listed = {} if (past := _read_manifest(folder)) is None else {each.path: each.sha256 for each in past.files}
    gone = [path for path in (*listed, SIGNATURE) if path not in files and (folder / path).is_file()]
    if not force:
        _refuse_changed(folder, files, gone, listed)
    _check_folders(folder, files)
    removed = tuple(folder / path for path in gone)
    try:
        write_files({folder / path: data for path, data in files.items()}, remove=removed)
    finally:
        _remove_empty(folder, {*files, *gone})
    return removed


def _read_manifest(folder: Path) -> Manifest | None:
    """Read the list of an earlier publication; None where there is none that could be ours."""
    try:
        return parse_manifest(read_regular(folder / MANIFEST, LARGEST))
    except (OSError, PresenceError):
        return None


def _refuse_changed(folder: Path, files: Mapping[str, bytes], gone: Iterable[str], listed: Mapping[str, str]) -> None:
    problems = []
    for path in (*files, *gone):
        place = folder / path
        if not place.is_file() or (path in (MANIFEST, SIGNATURE) and listed):
            continue
        found = hash_file(place)
        if found == listed.get(path) or (path in files and found == hash_bytes(files[path])):
            continue
        what = "was changed since it was published" if path in listed else "was not written by a publication"
        problems.append(Problem(str(place), what, "--force to replace it, or -o with another folder"))
    if problems:
        raise WriteError(problems)


def _list_folders(paths: Iterable[str]) -> list[PurePosixPath]:
    """List the folders within that of a publication, outer ones first."""
    return sorted({parent for path in paths for parent in PurePosixPath(path).parents if parent.parts})


def _check_folders(folder: Path, files: Iterable[str]) -> None:
    """Refuse what stands where a folder of the publication goes; whoever writes makes them."""
    stand = [folder / inner for inner in _list_folders(files) if (folder / inner).is_file()]
    if stand:
        raise WriteError(
            [Problem(str(path), "is a file", "a folder; remove the file or name another") for path in stand]
        )


def _remove_empty(folder: Path, paths: Iterable[str]) -> None:
    """Remove folders of the publication that nothing stands in any more."""
    for inner in reversed(_list_folders(paths)):
        with suppress(OSError):
            (folder / inner).rmdir()
