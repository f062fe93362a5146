"""One value of a table's text put in, changed or taken out, by the keys that lead to it, and no other letter moves.

What is written is read again: a text that does not say just what was meant is never given back.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from yaml import YAMLError

from geo.errors import Problem, TableError
from geo.model import NewEntry
from geo.read.common.file_text import MARK, check_size, decode_text
from geo.read.common.nodes import List, Map, Node
from geo.read.common.plain_values import trim_value, word_node
from geo.read.updates.extents import Extent
from geo.read.updates.splice_entries import BY_HAND, EntrySplicer
from geo.read.updates.splice_values import ValueSplicer, find_value
from geo.read.updates.text_page import TextPage
from geo.read.yaml.parse import parse_tree
from geo.read.yaml.tidy import Edit, apply
from geo.yaml_words import Value, write_value

__all__ = ["Path", "Places", "list_places", "parse_once", "put_value", "read_plain", "splice_change"]

Path = tuple[str | int, ...]
"""Keys, and numbers of items of lists, that lead to a value of a table."""

KEY = re.compile(r"`([a-z_]+)`")


def splice_change(data: bytes, source: str, path: Path, value: Value | None) -> bytes:
    r"""Give the value that a path leads to; where there is none it is put in, and None takes out what is there.

    A path whose last number is the length of its list leads to a new item. Whatever of an entry stays as it was keeps
    its letters too. The table need not hold together, neither before nor after: but it is YAML.

    Examples
    --------
    >>> text = b"groups: {a: {name: A}} # all\npresence:\n  - {group: a, in: Kabul}  # one\n# end"
    >>> print(splice_change(text, "t", ("presence", 0, "in"), "Kunar").decode())
    groups: {a: {name: A}} # all
    presence:
      - {group: a, in: Kunar}  # one
    # end
    """
    before = read_plain(data, source)
    after = put_value(before, path, value)
    if after == before:
        return data
    text, mark = decode_text(data, source), MARK if data.startswith(MARK) else b""
    held = _find(before, path)
    fine = [*_list_steps(path, held, value)] if held is not None and value is not None else [_Step(path, value)]
    attempts = [fine, [_Step(path, value)]]
    if not before.get(str(path[0])):
        attempts.append([_Step(path[:1], after.get(str(path[0])))])
    if value is None and (left := _find(after, path[:-1])) in ([], {}):
        attempts += [[_Step(path, None, left=left)], [_Step(path[:-1], left)]]
    for steps in attempts:
        with suppress(TableError, YAMLError, ValueError, KeyError, IndexError, TypeError):
            changed = text
            for step in steps:
                changed = apply(changed, _list_edits(changed, source, step))
            spliced = mark + changed.encode()
            check_size(spliced, source, "the changed table")
            if read_plain(spliced, source) == after:
                return spliced
    raise TableError([Problem(source, "a table whose text leaves no room for this change", BY_HAND)])


@lru_cache(maxsize=2)
def parse_once(data: bytes, source: str) -> tuple[Node, tuple[Problem, ...]]:
    """Parse a text, and list where YAML cuts it; of a text that was asked for last it is known already.

    Examples
    --------
    >>> parse_once(b"title: T", "t") is parse_once(b"title: T", "t")
    True
    """
    cuts: list[Problem] = []
    return parse_tree(data, source, cuts), tuple(cuts)


def read_plain(data: bytes, source: str) -> dict[str, Any]:
    r"""Read a table as plain values; nothing but comments is a table that says nothing.

    Examples
    --------
    >>> read_plain(b"# nothing yet\n", "t"), read_plain(b"title: T", "t")
    ({}, {'title': 'T'})
    """
    if all(not line.strip() or line.lstrip().startswith("#") for line in decode_text(data, source).splitlines()):
        return {}
    plain = word_node(parse_once(data, source)[0])
    if not isinstance(plain, dict):
        raise TableError([Problem(source, "a text that is no mapping of keys", "the keys of a presence table")])
    return plain


def put_value(tree: Any, path: Path, value: Value | None) -> Any:
    """Give a plain tree in which a value stands where a path leads, or no longer does; a wrong path is an error.

    Examples
    --------
    >>> put_value({"a": ["x", "y"]}, ("a", 0), None), put_value({}, ("b", "c"), "z")
    ({'a': ['y']}, {'b': {'c': 'z'}})
    """
    if not path:
        return trim_value(value) if value is not None else None
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        items = [*tree] if isinstance(tree, list) else [] if tree in (None, "") else None
        if items is None or not 0 <= first <= len(items) or (first == len(items) and (rest or value is None)):
            raise ValueError("a path that leads nowhere")
        if value is None and not rest:
            return items[:first] + items[first + 1 :]
        new = put_value(items[first] if first < len(items) else None, rest, value)
        return [*items[:first], new, *items[first + 1 :]]
    if not isinstance(tree, Mapping) and tree not in (None, ""):
        raise ValueError("a path that leads nowhere")
    held = dict(tree or {})
    if value is None and not rest:
        held.pop(first, None)
        return held
    return {**held, first: put_value(held.get(first), rest, value)}


class Places:
    r"""The values of a tree by where they stand, listed once for however many are asked for.

    Examples
    --------
    >>> places = Places(parse_tree(b"presence:\n  - group: a\n    in: b", "t"))
    >>> places.find(3, 9), places.find(2, 5, "a record without `level`")
    (('presence', 0, 'in'), ('presence', 0, 'level'))
    """

    def __init__(self, root: Node) -> None:
        first: dict[tuple[int, int], tuple[Path, bool]] = {(0, 0): ((), False)}
        for place, path, node in _list_places(root, ()):
            first.setdefault(place, (path, isinstance(node, Map)))
        self.places = sorted(first)
        self.found = [first[place] for place in self.places]

    def find(self, line: int, column: int, message: str = "") -> Path:
        """Give the path of the value, or its key, that stands at a place; without one that of the last before it.

        A value that lacks a key stands at the same place as the first of its keys: what a message names in quotes
        tells.
        """
        path, has_keys = self.found[max(bisect_right(self.places, (line, column)) - 1, 0)]
        named = KEY.search(message) if has_keys and path else None
        return (*path, named[1]) if named else path


@lru_cache(maxsize=2)
def list_places(data: bytes, source: str) -> Places | None:
    """List the values of a text by where they stand, none of what is no YAML; one that was asked for last is known.

    Examples
    --------
    >>> list_places(b"a: [", "t") is None, list_places(b"a: b", "t") is list_places(b"a: b", "t")
    (True, True)
    """
    with suppress(TableError):
        return Places(parse_once(data, source)[0])
    return None


def _list_places(node: Node, path: Path) -> Iterator[tuple[tuple[int, int], Path, Node]]:
    yield (node.line, node.column), path, node
    if isinstance(node, Map):
        for name, value in node.values.items():
            key = node.keys[name]
            yield (key.line, key.column), (*path, name), value
            yield from _list_places(value, (*path, name))
    for number, item in enumerate(node.items if isinstance(node, List) else ()):
        yield from _list_places(item, (*path, number))


@dataclass(frozen=True)
class _Step:
    """One change that the text takes at once.

    ``renamed`` is the key that takes the place of the last of the path; ``left`` is what is written of a block of lines
    that the change takes the last entry of, as a key with nothing below it says nothing.
    """

    path: Path
    value: Any
    order: Mapping[str, int] | None = None
    renamed: str = ""
    left: Any = None


def _list_steps(path: Path, old: Any, new: Any) -> Iterator[_Step]:
    """List what has to change so that one value becomes another: what both say is left alone."""
    if trim_value(new) == old:
        return
    if isinstance(old, dict) and isinstance(new, Mapping) and old.keys() & new.keys():
        gone, added = [name for name in old if name not in new], [name for name in new if name not in old]
        order = {name: number for number, name in enumerate(new)}
        for name in old:
            if name in new:
                yield from _list_steps((*path, name), old[name], new[name])
        if len(gone) == len(added) == 1:
            yield _Step((*path, gone[0]), new[added[0]], renamed=added[0])
            return
        yield from (_Step((*path, name), new[name], order) for name in added)
        yield from (_Step((*path, name), None) for name in gone)
    elif isinstance(old, list) and isinstance(new, list) and any(isinstance(each, dict) for each in [*old, *new]):
        yield from _list_item_steps(path, old, new)
    else:
        yield _Step(path, new)


def _list_item_steps(path: Path, old: list[Any], new: list[Any]) -> Iterator[_Step]:
    """List what has to change of a list of entries: each by itself where none comes between others."""
    before, after = ([json.dumps(trim_value(each), sort_keys=True) for each in items] for items in (old, new))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    if any(kind == "insert" and first < len(old) for kind, first, *_ in codes) or not new:
        yield _Step(path, new)
        return
    for kind, first, last, at, end in reversed(codes):
        if kind in ("replace", "delete"):
            shared = min(last - first, end - at)
            if end - at > last - first and last < len(old):
                yield _Step(path, new)
                return
            yield from (_Step((*path, number), None) for number in reversed(range(first + shared, last)))
            for number in range(shared):
                yield from _list_steps((*path, first + number), old[first + number], new[at + number])
            at += shared
        if kind != "equal":
            yield from (_Step((*path, first + number), new[number]) for number in range(at, end))


def _list_edits(text: str, source: str, step: _Step) -> list[Edit]:
    """List what a step changes in a text."""
    page = TextPage(text)
    if not _has_root(page):
        return _begin(page, step)
    splicer = ValueSplicer(page)
    *under, last = step.path
    over, held = find_value(page.root, under[:-1]), find_value(page.root, under)
    if held is None or held.kind == "text":
        return [*EntrySplicer(page, source).list_edits(*_make_entry(step))]
    in_flow = any(each.flow for count in range(len(step.path)) if (each := find_value(page.root, under[:count])))
    if step.value is None:
        edits = [*(splicer.remove_key(held, last) if isinstance(last, str) else splicer.remove_item(held, last))]
        if step.left is not None:
            if over is None or over.kind != "map" or not under:
                raise ValueError("no key that could say nothing")
            place = splicer.end_key(over.keys[str(under[-1])])
            edits.append((place, place, f" {write_value(step.left)}"))
        return edits
    old = find_value(held, [last])
    if old is None:
        return _add(page, source, held, step, in_flow=in_flow)
    if isinstance(last, int):
        return [(old.start, old.end, splicer.write(step.value, "", in_flow=True))]
    in_flow = in_flow or bool(text[old.end : page.end_line(old.end)].strip())  # lines of text would take a comment in
    return [*splicer.replace(held, last, step.value, in_flow=in_flow, renamed=step.renamed)]


def _has_root(page: TextPage) -> bool:
    """Tell whether a text says anything yet."""
    with suppress(ValueError):
        return page.root.kind == "map"
    return False


def _make_entry(step: _Step) -> tuple[tuple[str, ...], list[NewEntry]]:
    *under, last = step.path
    names = tuple(str(each) for each in under)
    return names, [NewEntry(names, step.value, last if isinstance(last, str) else None)]


def _begin(page: TextPage, step: _Step) -> list[Edit]:
    """Put the first entry into a text that says nothing."""
    *under, last = step.path
    start = "" if page.text.endswith(("\n", "\r")) or not page.text else page.line_end
    start += f"{under[0]}:{page.line_end}  " if under else ""
    told = f"{last}:" if isinstance(last, str) else "-"
    return [(len(page.text), len(page.text), f"{start}{told} {write_value(step.value, str(last))}{page.line_end}")]


def _add(page: TextPage, source: str, held: Extent, step: _Step, *, in_flow: bool) -> list[Edit]:
    """Put a value behind others: an entry as the one before it is written."""
    *under, last = step.path
    is_named = bool(under) and all(isinstance(each, str) for each in under)
    takes_entries = not held.inner or held.kind == "list" or held.inner[-1].kind == "map"
    if isinstance(step.value, Mapping) and is_named and takes_entries:
        return [*EntrySplicer(page, source).list_edits(*_make_entry(step))]
    if held.kind == "map" and held.inner:
        order = step.order or dict.fromkeys(held.values, -1)
        return [*ValueSplicer(page).add_key(held, str(last), step.value, order, in_flow=in_flow)]
    raise ValueError("no place for a value")


def _find(tree: Any, path: Path) -> Any:
    for name in path:
        if isinstance(name, int):
            tree = tree[name] if isinstance(tree, list) and name < len(tree) else None
        else:
            tree = tree.get(name) if isinstance(tree, dict) else None
    return tree
