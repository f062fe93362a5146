"""The list of a publication, ``manifest.json``: of which table it is, and each file with its length and SHA-256."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from unicodedata import normalize

from geo.errors import UNSAFE, PresenceError, Problem
from geo.regular_files import hash_bytes

__all__ = [
    "LARGEST", "MANIFEST", "SIGNATURE", "Manifest", "PublishedFile", "list_files", "parse_manifest", "say_why_outside",
    "word_manifest",
]  # fmt: skip

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
"""What ``ssh-keygen -Y sign`` makes of the list, by the name that it gives; it is of the list, so no list names it."""

TOOL = "presence-maps"
VERSION = 1
LARGEST = 1_000_000
"""Bytes of a list that is read: some six thousand files, where a publication has a hundred."""

HASH = re.compile(r"[0-9a-f]{64}")
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
OTHER_SYSTEMS = re.compile(r'[\\:*?"<>|]|[. ](/|$)')
"""What some system reads otherwise in a path, as another place or not at all."""
KEYS = {"version", "tool", "table", "files"}


@dataclass(frozen=True, order=True)
class PublishedFile:
    """A file as it was published: where in the folder, with ``/`` on every system, how long, and its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a publication is of, and its files in the order of their paths, all but the list itself and its signature.

    ``tool`` is the version of this program; ``hash`` is that of the table and its boundaries, as pages print it, and
    ``as_of`` the table's own date, "" where it has none.
    """

    tool: str
    hash: str
    as_of: str
    title: str
    files: tuple[PublishedFile, ...]


def list_files(files: Mapping[str, bytes]) -> tuple[PublishedFile, ...]:
    """List files by their path.

    Examples
    --------
    >>> [(file.path, file.size) for file in list_files({"fa/a.html": b"", "a.html": b"<p>"})]
    [('a.html', 3), ('fa/a.html', 0)]
    """
    return tuple(sorted(PublishedFile(path, len(data), hash_bytes(data)) for path, data in files.items()))


def word_manifest(manifest: Manifest) -> bytes:
    r"""Write the list down: the same bytes for the same values.

    Examples
    --------
    >>> word_manifest(Manifest("0.1.0", "0" * 64, "", "T", ())).splitlines()[:3]
    [b'{', b' "files": [],', b' "table": {']
    """
    told = {
        "version": VERSION,
        "tool": {"name": TOOL, "version": manifest.tool},
        "table": {"hash": manifest.hash, "as_of": manifest.as_of or None, "title": manifest.title},
        "files": [{"path": each.path, "bytes": each.size, "sha256": each.sha256} for each in sorted(manifest.files)],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def parse_manifest(data: bytes, source: str = MANIFEST) -> Manifest:
    """Read a list that anyone may have written; ``source`` is its name, for messages.

    What is no list of this version, leads out of its folder or names a file twice is a `PresenceError`.

    Examples
    --------
    >>> parse_manifest(word_manifest(Manifest("0.1.0", "0" * 64, "2020-06", "T", ()))).as_of
    '2020-06'
    >>> parse_manifest(b"[]")
    Traceback (most recent call last):
    geo.errors.PresenceError: manifest.json: is no list of a publication; expected one that 'presence publish' wrote
    """
    if len(data) > LARGEST:
        _refuse(source, f"has {len(data):,} bytes", f"at most {LARGEST:,}")
    try:
        found = json.loads(data.decode(), object_pairs_hook=_pair_once, parse_constant=_refuse_constant)
        return _read(found, source)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        expected = "one that 'presence publish' wrote"
        raise PresenceError([Problem(source, "is no list of a publication", expected)]) from error


def _read(found: Any, source: str) -> Manifest:
    version = found["version"]
    if type(version) is int and version != VERSION:
        _refuse(source, f"is a list of version {version}", f"version {VERSION}, or a newer presence-maps")
    tool, table = found["tool"], found["table"]
    if found.keys() != KEYS or type(version) is not int or tool["name"] != TOOL:
        raise ValueError
    as_of = "" if table["as_of"] is None else _take(table["as_of"], DATE)
    files = tuple(_read_file(each, source) for each in found["files"])
    _refuse_twice(files, source)
    return Manifest(_take(tool["version"]), _take(table["hash"], HASH), as_of, _take(table["title"]), files)


def _read_file(found: Any, source: str) -> PublishedFile:
    path, size = _take(found["path"]), found["bytes"]
    if found.keys() != {"path", "bytes", "sha256"} or type(size) is not int or size < 0:
        raise ValueError
    if why := say_why_outside(path):
        _refuse(source, f"names {path!r}, {why}", "paths of files in the folder, as 'fa/overlay.html'")
    return PublishedFile(path, size, _take(found["sha256"], HASH))


def say_why_outside(path: str) -> str:
    """Say why a path is none of a file in the folder of a publication, on any system; empty where it is one.

    Examples
    --------
    >>> [say_why_outside(path) for path in ("fa/overlay.html", ".gitattributes", "../a", "c:/a")]
    ['', '', 'which leads out of the folder', 'which some systems read otherwise']
    """
    parts = path.split("/")
    if ".." in parts or path.startswith("/"):
        return "which leads out of the folder"
    if not all(parts) or "." in parts or OTHER_SYSTEMS.search(path) or UNSAFE.search(path):
        return "which some systems read otherwise"
    return {MANIFEST: "which is the list itself", SIGNATURE: "which signs the list"}.get(path.casefold(), "")


def _refuse_twice(files: Iterable[PublishedFile], source: str) -> None:
    """Refuse a path that stands twice, also where only some systems take two for one."""
    seen: set[str] = set()
    for each in files:
        if (name := normalize("NFC", each.path).casefold()) in seen:
            _refuse(source, f"names {each.path!r} twice", "each file once")
        seen.add(name)


def _take(value: Any, form: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or (form and not form.fullmatch(value)):
        raise ValueError
    value.encode()  # half of a sign has no place in a name, nor on a terminal
    return value


def _pair_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a mapping; of a key that stands twice, programs would read one or the other."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError


def _refuse(source: str, found: str, expected: str) -> NoReturn:
    raise PresenceError([Problem(source, found, expected)])
