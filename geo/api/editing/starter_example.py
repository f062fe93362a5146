"""The made-up entries of the table that `presence init` writes: known as such, and taken out together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from geo.read.updates.splice_change import read_plain, splice_change

__all__ = ["has_example", "remove_example"]

PARTS = ("presence", "groups", "sources", "levels")
HEADS = ("title", "as_of")
KEPT = 2
"""Lines at the head of the starter that hold for any table."""


@cache
def _read_starter() -> tuple[bytes, dict[str, Any]]:
    data = resources.files("geo.read").joinpath("starter.yaml").read_bytes()
    return data, read_plain(data, "")


def has_example(table: Mapping[str, Any] | None) -> bool:
    """Tell whether a table holds the made-up source, by which its records are known.

    Examples
    --------
    >>> has_example(_read_starter()[1]), has_example({"sources": {}})
    (True, False)
    """
    held, made = (table or {}).get("sources"), _read_starter()[1]["sources"]
    return isinstance(held, dict) and any(held.get(name) == value for name, value in made.items())


def remove_example(data: bytes, source: str) -> bytes:
    r"""Take out what is as the starter has it and nothing else refers to, with the starter's own comments.

    Examples
    --------
    >>> print(remove_example(_read_starter()[0], "t").decode())
    # yaml-language-server: $schema=presence.schema.json
    # A presence table: who is reported where, at what level, by which source, and when.
    version: 1
    <BLANKLINE>
    """
    starter, made = _read_starter()
    for part in PARTS:
        plain = read_plain(data, source)
        held = plain.get(part) or {}
        keys = [*held] if isinstance(held, dict) else [*range(len(held))]
        for key in reversed(keys):
            example = made[part].get(key) if isinstance(made[part], dict) else held[key]
            others = [value for name, value in plain.items() if name != part]
            if example == held[key] and (key in made[part] or held[key] in made[part]) and not _names(others, key):
                data = splice_change(data, source, (part, key), None)
        if not read_plain(data, source).get(part):
            data = splice_change(data, source, (part,), None)
    for key in HEADS:
        if read_plain(data, source).get(key) == made[key]:
            data = splice_change(data, source, (key,), None)
    hints = {line.strip() for line in starter.splitlines()[KEPT:] if line.strip().startswith(b"#")}
    plain = read_plain(data, source)
    is_bare = not any(part in plain for part in PARTS)
    lines = [line for line in data.splitlines(keepends=True) if line.strip() not in hints]
    tidy = b"".join(line for line in lines if line.strip() or not is_bare)
    return tidy if read_plain(tidy, source) == plain else data


def _names(value: Any, id_: Any) -> bool:
    if isinstance(value, dict | list):
        return any(_names(each, id_) for each in (value.values() if isinstance(value, dict) else value))
    return bool(value == id_)
