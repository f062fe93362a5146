"""The list that `presence build` keeps in its folder: what was written there, by which command, with which hash."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import Problem, WriteError
from geo.regular_files import hash_bytes

__all__ = ["INVENTORY", "Entry", "hash_file", "read_inventory", "word_inventory"]

INVENTORY = ".presence-maps.json"
VERSION = 1
LARGEST = 1_000_000
NAME = re.compile(r"[^/\\\0]{1,255}")
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Entry:
    """A file as it was written: by which command, and the SHA-256 of what stood in it."""

    by: str
    sha256: str


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file; "" of what is none or cannot be read.

    Examples
    --------
    >>> hash_file(Path("no such file"))
    ''
    """
    try:
        return hash_bytes(path.read_bytes()) if stat.S_ISREG(path.stat().st_mode) else ""
    except OSError:
        return ""


def read_inventory(folder: Path) -> dict[str, Entry] | None:
    """Read the list of a folder: None where there is none, or none that could be ours.

    If something else than a file goes by its name, that is a `WriteError`.

    Examples
    --------
    >>> read_inventory(Path("no such folder"))
    """
    path = folder / INVENTORY
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise WriteError([Problem(str(path), "is no file", "a file, or none: remove it")])
        found = json.loads(path.read_bytes() if status.st_size <= LARGEST else b"")
        if found["version"] != VERSION:
            return None
        entries = {name: Entry(str(each["by"]), str(each["sha256"])) for name, each in found["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    whole = all(NAME.fullmatch(name) and HASH.fullmatch(entry.sha256) for name, entry in entries.items())
    return entries if whole else None


def word_inventory(entries: Mapping[str, Entry]) -> bytes:
    r"""Write the list down, sorted by name.

    Examples
    --------
    >>> word_inventory({})
    b'{"files": {}, "version": 1}\n'
    """
    files = {name: {"by": entry.by, "sha256": entry.sha256} for name, entry in entries.items()}
    return (json.dumps({"files": files, "version": VERSION}, sort_keys=True) + "\n").encode()
