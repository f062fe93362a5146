"""Groups, sources and levels that sheets name and no sheet defines: made from their names, and told."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geo.errors import Problem
from geo.model import Position
from geo.read.columns import is_leaf, open_field
from geo.read.compound import Either, Items, Ref
from geo.read.names import find_mixed_script, fold_name
from geo.read.nodes import List, Map, Node, Text, quote
from geo.read.schema import Kind, Named
from geo.read.shorthand import make_id
from geo.read.table import TABLE

__all__ = ["Completed", "Made", "choose_id", "complete_tree"]

TITLES = {"level": "name", "source": "title", "group": "name"}
LONGEST_ID = 64


@dataclass(frozen=True)
class Made:
    """Something made up: its kind (level, source, group), id and the name it was made from."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True)
class Completed:
    """What was made, and what could not be."""

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]


def complete_tree(root: Map, given: Mapping[str, Any]) -> Completed:
    """Make the sections that no sheet brings, from the names that records give; the tree then refers to their ids.

    Parameters
    ----------
    root : Map
        The tree; gains sections.
    given : mapping
        The sheets that there are, by name: what a sheet defines is complete, and a name that it lacks is an error.

    Returns
    -------
    Completed

    Examples
    --------
    >>> from geo.read.tree import parse_tree
    >>> root = parse_tree(b"presence: [{group: Red Group, in: Kabul}]", "t")
    >>> complete_tree(root, {}).made, root.values["presence"].items[0].values["group"].text
    ((Made(kind='group', id='red-group', name='Red Group'),), 'red-group')
    """
    made: list[Made] = []
    problems: list[Problem] = []
    for kind, title in TITLES.items():
        if f"{kind}s" in given:
            continue
        section = Map(False, 1, 1)
        known: dict[str, str] = {}
        for node in list(_list_refs(TABLE, root, kind)):
            name = node.text
            if kind == "group" and "," in name and not name.startswith('"'):
                problems.append(_refuse(node, f"{quote(name)}, a comma in the name of a group",
                                        "; between groups, or a sheet of groups that defines it"))  # fmt: skip
                continue
            id_ = known.get(fold_name(name)) or choose_id(name, section.values, kind)
            if not id_:
                problems.append(_refuse(node, f"{quote(name)} without letters", f"a name of a {kind}"))
                continue
            node.text = id_
            if fold_name(name) not in known:
                known[fold_name(name)] = id_
                entry = Map(False, node.line, node.column)
                entry.keys[title] = Text(name, False, node.line, node.column)
                entry.values[title] = entry.keys[title]
                section.values[id_], section.keys[id_] = entry, Text(id_, False, node.line, node.column)
                made.append(Made(kind, id_, name))
        if section.values:
            root.values[f"{kind}s"], root.keys[f"{kind}s"] = section, Text(f"{kind}s", False, 1, 1)
    return Completed(tuple(made), tuple(problems))


def choose_id(name: str, taken: Container[str], kind: str) -> str:
    """Choose an id for a name: shortened where it is long, numbered where another has it or it fits no id.

    Examples
    --------
    >>> choose_id("Red Group", {"red-group"}, "group"), choose_id("Red Ред", (), "group"), choose_id("!", (), "group")
    ('red-group-2', 'group-1', '')
    """
    start, number = make_id(name)[:LONGEST_ID].strip("-"), 2
    if not start:
        return ""
    if start not in taken and not find_mixed_script(start):
        return start
    if find_mixed_script(start):
        start, number = kind, 1
    while (id_ := f"{start[: LONGEST_ID - len(str(number)) - 1]}-{number}") in taken:
        number += 1
    return id_


def _refuse(node: Text, found: str, expected: str) -> Problem:
    return Problem("", found, expected, (), Position(node.line, node.column))


def _list_refs(field: Any, node: Node | None, kind: str) -> Iterator[Text]:
    """List every text that refers to something of a kind, in the order of the tree."""
    field = open_field(field)
    if is_leaf(field):
        if isinstance(field, Ref) and field.kind == kind and isinstance(node, Text):
            yield node
    elif isinstance(field, Items):
        for item in node.items if isinstance(node, List) else [node]:
            yield from _list_refs(field.item, item, kind)
    elif isinstance(field, Either):
        yield from _list_refs(field.text, node, kind) if isinstance(node, Text) else ()
        yield from _list_refs(field.map, node, kind) if isinstance(node, Map) else ()
    elif isinstance(field, Kind) and isinstance(node, Map):
        for key in field.keys:
            yield from _list_refs(key.field, node.values.get(key.name), kind)
    elif isinstance(field, Named) and isinstance(node, Map):
        for value in node.values.values():
            yield from _list_refs(field.field, value, kind)
