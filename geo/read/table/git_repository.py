"""A repository of git, without what it may tell git to do.

git runs what the settings of a repository name: commands that fetch what is missing, filters, hooks, pagers, helpers.
Which of them one command of one version of git minds cannot be known, and what is forbidden by the environment an older
git does not understand. So git never sees that repository: it works in an empty one of ours, which borrows the store of
objects and holds a copy of the references. Settings, hooks and attributes stay behind.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from geo.errors import Problem, TableError
from geo.regular_files import read_regular

__all__ = ["Repository"]

LARGEST_NOTE = 1_000_000
LARGEST_LIST = 100_000_000
"""Bytes of a file that names another place or one commit, and of one that lists all references or all their changes."""

MOST = 100_000
"""References, each a file of its own."""

NOWHERE = "ref: refs/heads/none\n"
HEAD = re.compile(rb"(ref:\s*refs/[^\r\n\0]+|[0-9a-f]{40,64})\s*")
ALTERNATES = Path("info", "alternates")
"""Where a store of objects names those that it borrows from."""

DEEPEST = 5
"""Stores of objects that borrow one from the other, as in git."""


@dataclass(frozen=True)
class Repository:
    """Where a repository keeps what."""

    top: Path
    """The folder that its commits are of."""
    own: Path
    """What is of this working tree alone, such as its HEAD."""
    common: Path
    """What all working trees share: objects, branches, settings."""

    @property
    def is_partial(self) -> bool:
        """Whether its clone left objects at the server that it came from."""
        return any((self.common / "objects" / "pack").glob("*.promisor"))

    @property
    def is_table(self) -> bool:
        """Whether its references are kept in a form that only the newest git reads, and only where it is set."""
        return (self.common / "reftable").is_dir()

    @property
    def is_shallow(self) -> bool:
        """Whether its clone left older commits there."""
        return (self.common / "shallow").is_file()

    @classmethod
    def find(cls, folder: Path) -> Repository | None:
        """Find the repository that a folder belongs to, as git does, but asking nobody.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as parent:
        ...     (Path(parent) / ".git").write_text("gitdir: nowhere") and Repository.find(Path(parent))
        """
        if given := os.environ.get("GIT_DIR"):
            return _take(Path(os.environ.get("GIT_WORK_TREE") or ".").resolve(), Path(given))
        here = Path(os.path.realpath(folder))
        named = os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
        ceilings = {os.path.realpath(each) for each in named if each}
        for top in (here, *here.parents):
            if top != here and str(top) in ceilings:
                return None
            if os.path.lexists(top / ".git") and (
                found := _take(top, _point(top / ".git", b"gitdir:") or top / ".git")
            ):
                return found
        return None

    def borrow(self, folder: Path, *, with_logs: bool = False) -> None:
        """Make an empty folder a repository that has the objects and references of this one, and nothing else of it.

        ``with_logs`` also takes what each reference was before, for ``HEAD@{1}``. If its objects are to be looked for
        on another machine, that is a `TableError`.
        """
        (folder / "objects" / "info").mkdir(parents=True)
        (folder / "refs").mkdir()
        (folder / "HEAD").write_text(NOWHERE, "ascii")
        (folder / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n", "ascii")
        store = self.common / "objects"
        _refuse_far(store)
        (folder / "objects" / ALTERNATES).write_bytes(_quote_store(store))
        for name in ("packed-refs", "shallow"):
            _copy(self.common / name, folder / name, LARGEST_LIST)
        for kind in ("refs", "logs") if with_logs else ("refs",):
            for root in dict.fromkeys((self.common, self.own)):
                _copy_all(root, kind, folder)
        for file in self.own.glob("*HEAD"):
            if file.name != "HEAD" or HEAD.fullmatch(_read(file)):
                _copy(file, folder / file.name, LARGEST_NOTE)


def _take(top: Path, own: Path) -> Repository | None:
    common = _point(own / "commondir") or own
    is_one = os.path.lexists(own / "HEAD") and (common / "objects").is_dir()
    return Repository(top, own.absolute(), common.absolute()) if is_one else None


def _point(file: Path, word: bytes = b"") -> Path | None:
    """Read a file that names a folder; None where there is no such file, or it leads to another machine."""
    text = _read(file)
    if not text.startswith(word) or not (named := text.removeprefix(word).strip()) or _is_far(named):
        return None
    return file.parent / os.fsdecode(named)


def _read(file: Path) -> bytes:
    with suppress(OSError, ValueError):
        return read_regular(file, LARGEST_NOTE)
    return b""


def _is_far(path: bytes) -> bool:
    """Whether a path names another machine, which on Windows is enough to be asked for one's password there."""
    return path.replace(b"\\", b"/").startswith(b"//")


def _refuse_far(store: Path) -> None:
    """Refuse a store that borrows from one on another machine, in whatever number of steps git would go there."""
    seen, level = {store}, [store]
    for _ in range(DEEPEST):
        odd = [each for each in level if (each / ALTERNATES).exists() and not (each / ALTERNATES).is_file()]
        lines = {(each, line) for each in level for line in _read(each / ALTERNATES).splitlines() if line[:1] != b"#"}
        odd += sorted(each for each, line in lines if _is_far(line) or line[:1] == b'"')
        if odd:
            found = "objects are to be looked for on another machine, or where quotes hide"
            expected = "a clone that holds its objects itself, as 'git clone --no-local' makes one"
            raise TableError([Problem(str(odd[0] / ALTERNATES), found, expected)])
        level = [there for each, line in lines if line and (there := each / os.fsdecode(line)) not in seen]
        seen.update(level)


def _quote_store(store: Path) -> bytes:
    """Write a path as git reads it in a list of paths: an end of a line in it would end it."""
    path = os.fsencode(store)
    quoted = path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return (b'"%s"' % quoted if b"\n" in path else path) + b"\n"


def _copy_all(root: Path, kind: str, folder: Path) -> None:
    """Copy references, or what they were, each in a file of its own."""
    files = chain.from_iterable(_list_files(root / kind))
    for file, _ in zip(files, range(MOST), strict=False):
        _copy(file, folder / file.relative_to(root), LARGEST_LIST if kind == "logs" else LARGEST_NOTE)


def _list_files(folder: Path) -> Iterator[list[Path]]:
    for place, _, names in os.walk(folder):
        yield [Path(place) / name for name in names if not name.endswith(".lock")]


def _copy(source: Path, target: Path, largest: int) -> None:
    """Copy a regular file; what is none, is too large or may not be read, git is not shown."""
    with suppress(OSError, ValueError):
        data = read_regular(source, largest)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
