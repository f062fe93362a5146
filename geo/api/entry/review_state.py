"""What was decided of a text's proposals, kept beside the table so that a review goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.errors import Problem, TableError
from geo.model import NewEntry
from geo.read.common.file_text import Wanted, read_bytes
from geo.write.private_file import is_private_file, write_private

__all__ = ["ACCEPTED", "SKIPPED", "ReviewState", "hash_entry", "hash_text", "name_state", "read_state"]

FORM = "presence review 1"
ACCEPTED, SKIPPED = "accepted", "skipped"
DECISIONS = (ACCEPTED, SKIPPED)
STATE = Wanted("what 'presence draft --review' wrote", "presence.yaml.review.json", is_piped=False)
ANEW = "the file that 'presence draft --review' wrote, or none: move it away to be asked of everything anew"


@dataclass
class ReviewState:
    """Decisions by the text and the proposal, and what a person wrote that is in no table yet.

    ``sources`` are sources that were described and that the table does not have, by id; ``edited`` are proposals as
    they were changed before they were decided. ``named`` are the ids of the sources that texts are.
    """

    path: Path
    decided: dict[str, dict[str, str]] = field(default_factory=dict)
    edited: dict[str, dict[str, NewEntry]] = field(default_factory=dict)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def save(self) -> None:
        """Write all of it, whole or not at all, for nobody else to read."""
        edited = {
            text: {key: {"under": each.under, "values": each.values} for key, each in entries.items()}
            for text, entries in self.edited.items()
        }
        said = {"form": FORM, "decided": self.decided, "edited": edited, "sources": self.sources,
                "named": self.named}  # fmt: skip
        write_private(self.path, f"{json.dumps(said, ensure_ascii=True, indent=1)}\n".encode())


def name_state(table: Path) -> Path:
    """Name the file that holds what was decided for a table.

    Examples
    --------
    >>> name_state(Path("presence.yaml")).name
    'presence.yaml.review.json'
    """
    return table.with_name(f"{table.name}.review.json")


def read_state(table: Path) -> ReviewState:
    """Read what was decided for a table; nothing where there is no file, or an empty one.

    Examples
    --------
    >>> read_state(Path("no.yaml")).decided
    {}
    """
    path = name_state(table)
    if os.path.lexists(path) and not is_private_file(path):
        raise TableError([Problem(str(path), "no file of yours", ANEW)])
    data = read_bytes(path, STATE) if path.exists() else b""
    if not data.strip():
        return ReviewState(path)
    try:
        return _take_state(path, json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise TableError([Problem(str(path), "no review that could be gone on with", ANEW)]) from None


def _take_state(path: Path, said: Any) -> ReviewState:
    """Take decisions that have the form in which they are written, or raise."""
    if said["form"] != FORM:
        raise ValueError
    decided = {str(text): _take_texts(keys, DECISIONS) for text, keys in said["decided"].items()}
    edited = {
        str(text): {str(key): _take_entry(entry) for key, entry in entries.items()}
        for text, entries in said["edited"].items()
    }
    sources = {str(id_): _take_texts(values) for id_, values in said["sources"].items()}
    return ReviewState(path, decided, edited, sources, _take_texts(said["named"]))


def _take_texts(texts: Mapping[Any, Any], known: tuple[str, ...] = ()) -> dict[str, str]:
    if not all(isinstance(each, str) and (not known or each in known) for each in texts.values()):
        raise ValueError
    return dict(texts)


def _take_entry(said: Any) -> NewEntry:
    under, values = said["under"], said["values"]
    if not (isinstance(under, list) and under and all(isinstance(each, str) for each in under)):
        raise ValueError
    if not (isinstance(values, dict) and all(_is_value(each) for each in values.values())):
        raise ValueError
    return NewEntry(tuple(under), values)


def _is_value(value: object) -> bool:
    if isinstance(value, list):
        return all(map(_is_value, value))
    return all(map(_is_value, value.values())) if isinstance(value, dict) else isinstance(value, str)


def hash_text(blocks: tuple[str, ...]) -> str:
    """Tell a text by its words, whatever the file is called.

    Examples
    --------
    >>> hash_text(("Kabul",)) == hash_text(("Kabul ",))
    False
    """
    return hashlib.sha256("\n".join(blocks).encode("utf-8", "surrogatepass")).hexdigest()


def hash_entry(entry: NewEntry) -> str:
    """Tell a proposal by what it says, wherever in the text it stands; its source may be described later.

    Examples
    --------
    >>> first, second = (NewEntry(("presence",), {"group": "a", "source": each}) for each in ("s", "t"))
    >>> hash_entry(first) == hash_entry(second)
    True
    """
    said = {key: value for key, value in entry.values.items() if key != "source"}
    return hashlib.sha256(json.dumps([entry.under, said], sort_keys=True).encode()).hexdigest()
