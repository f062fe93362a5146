"""The folder of a build: what an earlier one left there goes, what a user changed stays, and both are told."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import Problem, WriteError
from geo.read.own_page import BLOCK
from geo.regular_files import hash_bytes
from geo.write.files import write_files
from geo.write.inventory import INVENTORY, Entry, hash_file, read_inventory, word_inventory
from geo.write.standard_output import OUTPUT

__all__ = ["LeftoverFiles", "MapsFolder", "write_folder", "write_pages"]

BUILD = "build"
ANOTHER = "another"
PAGES = (".html", ".htm")
MARK = f'id="{BLOCK}"'.encode()
LARGEST_PAGE = 100_000_000


@dataclass(frozen=True)
class MapsFolder:
    """Where a build goes, and what may become of what stands there.

    With all maps of a table wanted, others of an earlier build are of yesterday and go, but for ``keep``. ``force``
    replaces files that are no longer as they were written.
    """

    path: Path
    is_whole: bool = True
    keep: bool = False
    force: bool = False


@dataclass(frozen=True)
class LeftoverFiles:
    """What became of other files in the folder: those removed, and pages that are not of this run, each with why."""

    removed: tuple[Path, ...] = ()
    others: Mapping[Path, str] = field(default_factory=dict)


def write_folder(folder: MapsFolder, pages: Mapping[Path, bytes]) -> LeftoverFiles:
    """Write the pages of a build, and remove what an earlier one wrote that is unchanged and not written again.

    Where a page would replace what a user changed or another program made, nothing is written.
    """
    listed = read_inventory(folder.path)
    entries = listed or {}
    if not folder.force:
        _refuse_changed(listed, pages)
    names = {path.name for path in pages}
    past = {name: _is_same(folder.path / name, entry) for name, entry in entries.items()
            if entry.by == BUILD and name not in names and _stands(folder.path / name)}  # fmt: skip
    removed = [name for name, same in past.items() if same and folder.is_whole and not folder.keep]
    kept = {name: entry for name, entry in entries.items() if name not in removed and _stands(folder.path / name)}
    kept |= {path.name: Entry(BUILD, hash_bytes(data)) for path, data in pages.items()}
    gone = tuple(folder.path / name for name in removed)
    write_files({**pages, folder.path / INVENTORY: word_inventory(kept)}, remove=gone)
    whose = {name: "of an earlier run" if same else "changed since" for name, same in past.items()}
    others = {name: whose.get(name, "of another command") for name in sorted(_list_pages(folder.path) | set(whose))}
    return LeftoverFiles(
        gone, {folder.path / name: why for name, why in others.items() if name not in {*names, *removed}}
    )


def write_pages(pages: Mapping[Path, bytes]) -> None:
    """Write pages of other commands, and note them where a build keeps a list: they are not changed by hand."""
    files = dict(pages)
    for folder in dict.fromkeys(path.parent for path in pages if path != OUTPUT):
        if (entries := read_inventory(folder)) is not None:
            made = {path.name: Entry(ANOTHER, hash_bytes(data)) for path, data in pages.items()
                    if path.parent == folder}  # fmt: skip
            files[folder / INVENTORY] = word_inventory(entries | made)
    write_files(files)


def _refuse_changed(listed: Mapping[str, Entry] | None, pages: Mapping[Path, bytes]) -> None:
    """Refuse to replace what is not as it was written; without a list, what is no page of ours."""
    problems = []
    for path, data in pages.items():
        found, entry = hash_file(path), (listed or {}).get(path.name)
        if not path.is_file() or found == hash_bytes(data) or (entry and found == entry.sha256):
            continue
        if listed is not None or not _is_ours(path):
            what = "was changed since it was written here" if entry else "was not written by a build"
            problems.append(Problem(str(path), what, "--force to replace it, or -o with another folder"))
    if problems:
        raise WriteError(problems)


def _is_same(path: Path, entry: Entry) -> bool:
    """Tell whether a file is as it was written; a link was made by somebody else."""
    return not path.is_symlink() and hash_file(path) == entry.sha256


def _stands(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _list_pages(folder: Path) -> set[str]:
    """List the pages of ours in a folder by name."""
    return {path.name for path in _list_files(folder) if path.suffix.lower() in PAGES and _is_ours(path)}


def _list_files(folder: Path) -> Iterable[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return ()


def _is_ours(path: Path) -> bool:
    """Tell whether a page is a map of ours; what is no ordinary file is none."""
    try:
        status = path.stat()
        return stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_PAGE and MARK in path.read_bytes()
    except OSError:
        return False
