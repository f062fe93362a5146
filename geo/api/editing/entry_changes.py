"""What two states of a table differ in, entry by entry: told in words, and put together with another's changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from geo.errors import TableError
from geo.read.updates.splice_change import read_plain, splice_change
from geo.read.updates.splice_records import list_lost_comments

__all__ = ["EntryChange", "list_changes", "merge_entries"]

ORDER = {"changed": 0, "dropped": 1, "added": 2}
AT_END = -1


@dataclass(frozen=True)
class EntryChange:
    """One entry that is ``added``, ``changed``, ``dropped``, ``moved`` or ``renamed``.

    ``was`` is its key or number before, ``key`` that now; both are None for a part that is one value.
    """

    part: str
    how: str
    was: str | int | None = None
    key: str | int | None = None


def list_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[EntryChange, ...]:
    """List what became of the entries of a table, part by part.

    Examples
    --------
    >>> old, new = {"title": "A", "presence": ["x", "y"]}, {"title": "B", "presence": ["y", "x", "z"]}
    >>> [(each.part, each.how, each.key) for each in list_changes(old, new)]
    [('title', 'changed', None), ('presence', 'moved', 0), ('presence', 'added', 2)]
    """
    parts = dict.fromkeys((*old, *new))
    changes = [change for part in parts for change in _compare(part, old.get(part), new.get(part))]
    ids = {each.was: each.key for each in changes if each.how == "renamed"}
    # What names an entry by its new id, and says nothing else, is no other.
    return list_changes(_put_ids(old, ids), new) if ids and _put_ids(old, ids) != old else tuple(changes)


def _put_ids(value: Any, ids: Mapping[Any, Any]) -> Any:
    if isinstance(value, Mapping):
        return {name: _put_ids(each, ids) for name, each in value.items()}
    if isinstance(value, list):
        return [_put_ids(each, ids) for each in value]
    return ids.get(value, value)


def _compare(part: str, old: Any, new: Any) -> Iterator[EntryChange]:
    if isinstance(old or new, dict) and {type(old), type(new)} <= {dict, type(None)}:
        yield from _compare_keys(part, old or {}, new or {})
    elif isinstance(old or new, list) and {type(old), type(new)} <= {list, type(None)}:
        yield from _compare_items(part, old or [], new or [])
    elif old != new:
        how = "added" if old is None else "dropped" if new is None else "changed"
        yield EntryChange(part, how)


def _compare_keys(part: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[EntryChange]:
    gone = [key for key in old if key not in new]
    for key in new:
        if key in old:
            if new[key] != old[key]:
                yield EntryChange(part, "changed", key, key)
        elif was := next((each for each in gone if old[each] == new[key]), None):
            gone.remove(was)
            yield EntryChange(part, "renamed", was, key)
        else:
            yield EntryChange(part, "added", None, key)
    yield from (EntryChange(part, "dropped", key) for key in gone)
    kept = [key for key in new if key in old]
    before = [key for key in old if key in new]
    yield from (EntryChange(part, "moved", key, key) for key in _list_moved(before, kept))


def _list_moved(old: list[str], new: list[str]) -> Iterator[str]:
    """List the fewest of the same names that have to move so that one order becomes the other."""
    for kind, first, last, *_ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from old[first:last] if kind in ("delete", "replace") else ()


def _compare_items(part: str, old: list[Any], new: list[Any]) -> Iterator[EntryChange]:
    before, after = ([json.dumps(each, sort_keys=True) for each in items] for items in (old, new))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    blocks = [([*range(one, two)], [*range(at, end)]) for kind, one, two, at, end in codes if kind != "equal"]
    for _, more in blocks:
        for key in [*more]:
            for gone, _ in blocks:
                if (was := next((each for each in gone if before[each] == after[key]), None)) is not None:
                    gone.remove(was)
                    more.remove(key)
                    yield EntryChange(part, "moved", was, key)
                    break
    for gone, more in blocks:
        shared = min(len(gone), len(more))
        yield from (EntryChange(part, "changed", *each) for each in zip(gone, more, strict=False))
        yield from (EntryChange(part, "added", None, key) for key in more[shared:])
        yield from (EntryChange(part, "dropped", was) for was in gone[shared:])


def merge_entries(base: bytes, mine: bytes, theirs: bytes, source: str) -> bytes | None:
    r"""Put what one changed entry by entry into what another made of the same table; None where both changed the same.

    Of two who both added at the end the other's entries stand before mine. Who moved an entry, gave it another id or
    wrote a comment has changed more than entries.

    Examples
    --------
    >>> texts = ("- {in: a}", "- {in: a}\n- {in: b}", "- {in: a}\n- {in: c}")
    >>> print(merge_entries(*(f"presence:\n{text}".encode() for text in texts), "t").decode())
    presence:
    - {in: a}
    - {in: c}
    - {in: b}
    """
    with suppress(TableError, ValueError):
        old, new, other = (read_plain(data, source) for data in (base, mine, theirs))
        changes, others = list_changes(old, new), list_changes(old, other)
        lost = (list_lost_comments(one.decode(), two.decode()) for one, two in ((base, mine), (mine, base)))
        if any(each.how in ("moved", "renamed") for each in changes) or any(lost):
            return None
        aims = [aim for each in changes if (aim := _aim(each, new, other, others))]
        for change, key in sorted(aims, key=lambda aim: (ORDER[aim[0].how], -aim[1] if type(aim[1]) is int else 0)):
            at: str | int | None = key
            if key == AT_END:
                at = len(read_plain(theirs, source).get(change.part) or ())
            value = None if change.how == "dropped" else _pick(new, change.part, change.key)
            path = (change.part,) if at is None else (change.part, at)
            theirs = splice_change(theirs, source, path, value)
        return theirs
    return None


def _aim(
    change: EntryChange, new: Mapping[str, Any], other: Mapping[str, Any], others: Sequence[EntryChange]
) -> tuple[EntryChange, str | int | None] | None:
    """Find where another's table takes a change, or None if it has it; of what another changed it is a `ValueError`."""
    part, key = change.part, change.key if change.was is None else change.was
    held = other.get(part)
    value = None if change.how == "dropped" else _pick(new, part, change.key)
    beside = [each for each in others if each.part == part]
    if key is None or any(each.was is None and each.key is None for each in beside):
        return _agree(change, key, held == new.get(part), bool(beside))
    if isinstance(key, str):
        is_touched = any(key in (each.was, each.key) for each in beside)
        same = held.get(key) == value if isinstance(held, dict) else False
        return _agree(change, key, same, is_touched)
    if change.how == "added":
        if any(each.how == "added" and _pick(other, part, each.key) == value for each in beside):
            return None
        return change, AT_END
    is_touched = any(key == each.was for each in beside)
    same = any(each.was == key and each.how == "dropped" == change.how for each in beside)
    at = _follow(key, len(held or ()), beside)
    same = same or (at is not None and change.how == "changed" and _pick(other, part, at) == value)
    return _agree(change, at, same, is_touched)


def _agree(
    change: EntryChange, key: str | int | None, is_same: bool, is_touched: bool
) -> tuple[EntryChange, str | int | None] | None:
    if is_same and is_touched:
        return None
    if is_touched:
        raise ValueError("both changed it")
    return change, key


def _follow(index: int, size: int, others: Sequence[EntryChange]) -> int | None:
    """Give the number that an item has in another's list, unless that has it no more."""
    gone = {each.was for each in others if each.how in ("dropped", "moved")}
    more = {each.key for each in others if each.how in ("added", "moved")}
    if index in gone:
        return next((each.key for each in others if each.how == "moved" and each.was == index), None)  # type: ignore[return-value]
    place = sum(each not in gone for each in range(index))
    return [each for each in range(size) if each not in more][place]


def _pick(table: Mapping[str, Any], part: str, key: str | int | None) -> Any:
    return table.get(part) if key is None else table[part][key]
