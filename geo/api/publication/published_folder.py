"""The folder of a publication: an earlier one goes as a whole, what a user changed or put there is refused."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path, PurePosixPath

from geo.errors import PresenceError, Problem, WriteError
from geo.model import Gazetteer, Table
from geo.option_values import PUBLISHED_TABLE
from geo.read.table.reader import parse_presence
from geo.regular_files import hash_bytes, read_regular
from geo.write.files import write_files
from geo.write.interrupts import Hold
from geo.write.inventory import hash_file
from geo.write.manifest import LARGEST, MANIFEST, SIGNATURE, Manifest, parse_manifest
from geo.write.output_folder import open_folder

__all__ = ["check_publication", "replace_publication"]

PAGE = ".html"


def check_publication(
    folder: Path, certain: Mapping[str, bytes | None], table: Table, gazetteer: Gazetteer, mark: bytes, *,
    force: bool = False,
) -> None:  # fmt: skip
    """Refuse a folder before anything is drawn for it: as `replace_publication` does, and where it is another table's.

    ``certain`` are files that will be written, with their bytes where these are known; of pages only the ``mark`` is
    that they will bear, so one that bears it may be of a run that was killed, and is looked at again once all is drawn.
    Without ``force`` a publication of another title, or of other groups altogether, is taken for one that somebody
    still wants.
    """
    with ExitStack() as always:
        open_folder(folder, always, Hold())
    if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
        raise WriteError([Problem(str(folder), "cannot be written to", "a folder that you may write to")])
    past = _read_manifest(folder)
    listed = _list_hashes(past)
    _check_places(folder, {*certain, SIGNATURE}, listed)
    if force:
        return
    known = {path: hash_bytes(data) for path, data in certain.items() if data is not None}
    pages = [path for path in {**certain, **listed} if path.endswith(PAGE) and not _bears(folder / path, mark)]
    _refuse_changed(folder, {*known, *pages, MANIFEST, SIGNATURE}, listed, known)
    if past:
        _refuse_another(folder, past, table, gazetteer)


def _bears(place: Path, mark: bytes) -> bool:
    return place.is_file() and mark in place.read_bytes()


def replace_publication(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> tuple[Path, ...]:
    """Write files, by their path in the folder, in place of an earlier publication; return what of that was removed.

    All are written or none. A file that is no longer as it was published, and one that no publication wrote where one
    of these goes, is refused unless ``force``; others in the folder stay. No link is followed. A signature goes
    with the list that it signs.
    """
    past = _read_manifest(folder)
    listed = _list_hashes(past)
    _check_places(folder, {*files, SIGNATURE}, listed)
    if not force:
        written = {path: hash_bytes(data) for path, data in files.items()}
        _refuse_changed(folder, {*files, *listed, SIGNATURE}, listed, written)
    gone = [path for path in (*listed, SIGNATURE) if path not in files and (folder / path).is_file()]
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


def _list_hashes(past: Manifest | None) -> dict[str, str]:
    return {each.path: each.sha256 for each in past.files} if past else {}


def _check_places(folder: Path, paths: Iterable[str], listed: Iterable[str]) -> None:
    _refuse_links(folder, {*paths, *listed})
    _check_folders(folder, paths)


def _refuse_links(folder: Path, paths: Iterable[str]) -> None:
    """Refuse links within the folder: behind one stands somebody's file, which ``--force`` must not reach either."""
    places = sorted({*_list_folders(paths), *map(PurePosixPath, paths)})
    links = [folder / place for place in places if (folder / place).is_symlink()]
    if links:
        found = "is a link, which may lead out of the folder"
        expected = "no link within the folder; remove it, or -o with another folder"
        raise WriteError([Problem(str(link), found, expected) for link in links])


def _refuse_changed(folder: Path, paths: Iterable[str], listed: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Refuse files that are neither as they were listed nor as they will be, as a run that was killed leaves some."""
    problems = []
    for path in sorted(paths):
        place = folder / path
        if not place.is_file() or (path in (MANIFEST, SIGNATURE) and listed):
            continue
        if hash_file(place) in (listed.get(path), new.get(path)):
            continue
        what = "was changed since it was published" if path in listed else "was not written by a publication"
        problems.append(Problem(str(place), what, "--force to replace it, or -o with another folder"))
    if problems:
        raise WriteError(problems)


def _refuse_another(folder: Path, past: Manifest, table: Table, gazetteer: Gazetteer) -> None:
    """Refuse the publication of another table; many have no title of their own, but hardly the same groups."""
    found = f"holds a publication of another table, {past.title!r}"
    if past.title == table.title:
        groups = _read_groups(folder, gazetteer)
        if not groups or not table.groups or groups & table.groups.keys():
            return
        found += " too, of which no group is in this one"
    raise WriteError([Problem(str(folder), found, "--force to replace all of it, or -o with another folder")])


def _read_groups(folder: Path, gazetteer: Gazetteer) -> set[str]:
    """Read which groups were published; none where the table cannot be read on these boundaries."""
    try:
        data = read_regular(folder / PUBLISHED_TABLE, LARGEST)
        return {*parse_presence(data, PUBLISHED_TABLE, gazetteer, allow_empty=True)[0].groups}
    except (OSError, PresenceError):
        return set()


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
