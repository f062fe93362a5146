"""Files are found: by a pattern, in a folder, in a store, or as what comes through standard input."""

from __future__ import annotations

import fnmatch
import hashlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, NoReturn

from geo.errors import EventsError, Problem
from geo.events.stores.addresses import Address, cut_secrets, is_stored
from geo.events.stores.remote_files import BLOCK, ask, connect, refuse_store
from geo.read.common.names import nearest_names

__all__ = ["ENDINGS", "MOST_FILES", "MOST_NAMES", "find_files", "has_pattern"]

MOST_FILES = 10_000
"""Files that are counted together: each is opened before the first is counted."""

MOST_NAMES = 100_000
"""Names that are looked through for them."""

MOST_TOLD = 3

ENDINGS = (
    ".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".geojson", ".xlsx", ".parquet", ".pq", ".gz", ".zip",
)  # fmt: skip
"""How files of events end; of a folder others are passed over."""

STDIN = "standard input"
PATTERN = re.compile(r"[*?[]")
NARROWER = "a folder or a pattern of fewer"

Tell = Callable[[str], None]


def has_pattern(name: str) -> bool:
    """Tell whether a name is a pattern; an address of the web is none, for there a question mark asks.

    Examples
    --------
    >>> has_pattern("data/*.csv"), has_pattern("https://example.org/?a=*")
    (True, False)
    """
    return bool(PATTERN.search(name)) and not name.lower().startswith(("http://", "https://"))


@contextmanager
def find_files(names: Iterable[Path | str], tell: Tell) -> Iterator[list[str]]:
    """Find the files that names mean, each name's sorted; what had to be copied here is gone afterwards.

    A name is a path, a folder, a pattern, ``-`` or an address; what is found is found again as itself. Without a file,
    or with too many, that is an `EventsError`. ``tell`` is told what takes time, and what is passed over.

    Examples
    --------
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("b.csv", "a.csv", "c.txt"):
    ...         _ = (Path(folder) / name).write_text("id")
    ...     with find_files([f"{folder}/*.csv"], print) as found:
    ...         [Path(file).name for file in found]
    ['a.csv', 'b.csv']
    """
    with ExitStack() as stack:
        found: list[str] = []
        for name in names:
            found += _find(os.fspath(name), tell, stack)
            if len(found) > MOST_FILES:
                told = f"more than {MOST_FILES:,} files"
                raise EventsError([Problem(cut_secrets(os.fspath(name)), told, NARROWER)])
        yield found


def _find(name: str, tell: Tell, stack: ExitStack) -> list[str]:
    if isinstance(name, Address):
        return [name]
    if name == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise EventsError([Problem("-", "nothing comes through standard input", "a file, or - behind a pipe")])
        return [_copy(sys.stdin.buffer, STDIN, stack)]
    if is_stored(name):
        return _find_stored(name, tell, stack)
    listing = _Listing(name, _list_folder, tell)
    if Path(name).is_dir():
        return _choose(name, listing.walk(name), tell)
    if has_pattern(name) and not os.path.lexists(name):
        return listing.match(name) or listing.refuse(name)
    return [name]


Entries = list[tuple[str, bool]]
"""What a folder holds: the path of each entry, and whether it is a folder too."""


def _list_folder(folder: str, _: int) -> Entries:
    try:
        with os.scandir(folder or ".") as entries:
            # A file called as standard input is would be taken for it.
            is_named = [(folder or entry.name == "-", entry) for entry in entries]
            return [(entry.path if whole else entry.name, entry.is_dir()) for whole, entry in is_named]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise EventsError([Problem(folder, f"the folder cannot be read: {error.strerror}", "one that can")]) from None


class _Listing:
    """Looks through the folders of one name, as long as what they hold is not too much.

    ``list_`` lists a folder, or so many of its entries where it holds more.
    """

    def __init__(self, name: str, list_: Callable[[str, int], Entries], tell: Tell) -> None:
        self._name, self._list, self._tell, self._seen = cut_secrets(name), list_, tell, 0

    def _look(self, folder: str) -> Entries:
        entries = self._list(folder, MOST_NAMES + 1 - self._seen)
        self._seen += len(entries)
        if self._seen > MOST_NAMES:
            raise EventsError([Problem(self._name, f"more than {MOST_NAMES:,} names to look through", NARROWER)])
        return sorted(entries)

    def walk(self, folder: str) -> Iterator[str]:
        """List the files of a folder and of those within, but for those that are hidden, or begin with a low line."""
        for path, is_folder in self._look(folder):
            if not path.rpartition("/")[2].startswith((".", "_")) and not (is_folder and Path(path).is_symlink()):
                yield from self.walk(path) if is_folder else [path]

    def match(self, pattern: str) -> list[str]:
        """List the files whose path is of some pattern; two stars are any number of folders."""
        root, parts = _split(pattern)
        return sorted({*self._match(root, parts)})

    def _match(self, folder: str, parts: list[str]) -> Iterator[str]:
        head, *rest = parts
        if head == "**":
            yield from self._match(folder, rest or ["*"])
        for path, is_folder in self._look(folder):
            name = path.rpartition("/")[2]
            if name.startswith(".") and not head.startswith("."):
                continue
            if head == "**" and is_folder and not Path(path).is_symlink():
                yield from self._match(path, parts)
            elif head != "**" and fnmatch.fnmatchcase(name, head) and is_folder == bool(rest):
                yield from self._match(path, rest) if rest else [path]

    def refuse(self, pattern: str) -> NoReturn:
        """Say that nothing is of a pattern, and what is there."""
        known = [cut_secrets(path.rpartition("/")[2]) for path, _ in self._look(_split(pattern)[0])]
        nearest = nearest_names(pattern.rpartition("/")[2], known) or tuple(known[:MOST_TOLD])
        found = "no file is of this pattern"
        raise EventsError([Problem(self._name, found, "a pattern of files that are there", nearest)])


def _split(pattern: str) -> tuple[str, list[str]]:
    """Split a pattern into the folder above it, and what its parts have to be."""
    end = PATTERN.split(pattern)[0].rfind("/") + 1
    return pattern[:end], [part for part in pattern[end:].split("/") if part]


def _choose(name: str, paths: Iterable[str], tell: Tell) -> list[str]:
    """Choose the files of a folder that can be of events, and tell of the others."""
    listed = sorted(paths)
    taken = [path for path in listed if path.lower().endswith(ENDINGS)]
    others = [cut_secrets(path.rpartition("/")[2]) for path in listed if not path.lower().endswith(ENDINGS)]
    shown = ", ".join(others[:MOST_TOLD]) + (f" and {len(others) - MOST_TOLD:,} more" if others[MOST_TOLD:] else "")
    if not taken:
        told = f"a folder without a file of events{f'; it holds {shown}' if shown else ''}"
        raise EventsError([Problem(cut_secrets(name), told, f"files that end in {', '.join(ENDINGS)}")])
    if others:
        tell(f"{cut_secrets(name)}: passed over, as by its ending no file of events: {shown}")
    return taken


def _find_stored(name: str, tell: Tell, stack: ExitStack) -> list[str]:
    """Find the files of an address: itself, where it is no folder and no pattern."""
    shown, (system, place) = cut_secrets(name), connect(name)
    if name.lower().startswith(("http://", "https://")):
        return [_reach(name, system, place, tell, stack)]
    listing = _Listing(name, lambda folder, most: ask(shown, lambda: _list_stored(system, folder, most)), tell)
    if has_pattern(name):
        tell(f"looking for the files of {shown}")
        found = listing.match(place) or listing.refuse(place)
    elif ask(shown, lambda: system.isdir(place)):
        tell(f"looking for the files of {shown}")
        found = _choose(shown, listing.walk(place.rstrip("/")), tell)
    else:
        found = [place]
    addresses = [_write_address(name, each) for each in found]
    return [Address(cut_secrets(each), each) for each in addresses]


def _write_address(name: str, found: str) -> str:
    """Write the address of what was found by a name, as the name is written.

    Examples
    --------
    >>> _write_address("abfs://box@account.dfs.core.windows.net/*.csv", "box/a.csv")
    'abfs://box@account.dfs.core.windows.net/a.csv'
    """
    scheme, _, rest = name.partition("://")
    host = rest.partition("/")[0]
    box, sign, _ = host.partition("@")
    path = found.lstrip("/")
    return f"{scheme}://{host}{path.removeprefix(box)}" if sign else f"{scheme}://{path}"


def _list_stored(system: Any, folder: str, most: int) -> Entries:
    listing = getattr(system, "_lsdir", None)
    if listing and "max_items" in inspect.signature(listing).parameters:  # of S3, where a folder may hold any number
        from fsspec.asyn import sync

        found = sync(system.loop, listing, folder.rstrip("/"), max_items=most)
    else:
        found = system.ls(folder, detail=True)
    entries = [(str(each["name"]).rstrip("/"), each["type"] == "directory") for each in found]
    return [each for each in entries if each[0] != folder.rstrip("/")]


def _reach(name: str, system: Any, place: str, tell: Tell, stack: ExitStack) -> str:
    """Reach a file of the web: where its server gives no parts of it, and tells no size, as a copy."""
    shown = cut_secrets(name)

    def try_part() -> bool:
        """Ask for the second byte."""
        size = system.info(place).get("size")
        try:
            return size is not None and (size < 2 or len(system.cat_file(place, start=1, end=2)) == 1)
        except ValueError:
            return False

    if ask(shown, try_part):
        return Address(shown, name)
    tell(f"fetching {shown} whole, for its server gives no parts")
    with ask(shown, lambda: system.open(place, block_size=0)) as source:
        return _copy(source, shown, stack)


def _copy(source: IO[bytes], name: str, stack: ExitStack) -> Address:
    """Copy what can be read once only."""
    folder = stack.enter_context(TemporaryDirectory(prefix="presence-", ignore_cleanup_errors=True))
    path, digest = Path(folder) / "copy", hashlib.sha256()
    try:
        with path.open("wb") as file:
            for block in iter(lambda: ask(name, lambda: source.read(BLOCK)), b""):
                digest.update(block)
                file.write(block)
    except OSError as error:
        told = f"it cannot be copied to {path.parent.parent}: {error.strerror}"
        refuse_store(name, told, "room there, or another folder in TMPDIR")
    return Address(name, str(path), digest.hexdigest())
