"""Whose events count for which group: the user's own list of actors, matched as a whole and never in part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from geo.errors import Problem, TableError
from geo.model import Gazetteer
from geo.read.common.file_text import Wanted
from geo.read.common.names import fold_case, fold_name
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.fields.scalars import Id, Line
from geo.read.fields.table_context import TableContext
from geo.read.yaml.parse import parse_tree, read_tree

__all__ = ["Actors", "parse_actors", "read_actors"]

EXPECTED = "actors by group: {groups: {taliban: [Taliban, Taleban]}}"
KEYS = {"groups": "actors by group", "ignore": "a list of actors"}
A_LIST = Wanted("a list of actors", "groups.yaml")
TAKEN = ("any",)
GROUP_KEYS = {"name": "the group's name", "actors": "a list of actors", "internal": "anything"}


@dataclass(frozen=True)
class Actors:
    """Which group each actor of event data is, and the groups' names.

    ``actors`` maps an actor, as event data write it, to the id of its group, or to None where it is to be ignored;
    ``doubts`` are what is doubtful in the list.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str | None] = field(default_factory=dict)
    doubts: tuple[Problem, ...] = ()

    @cached_property
    def _folded(self) -> Mapping[str, str | None]:
        """Folded actors; those that fold to one, and that mean different groups, are left out."""
        folded: dict[str, str | None] = {}
        clashing = set()
        for actor, group in self.actors.items():
            key = fold_name(actor)
            if folded.setdefault(key, group) != group:
                clashing.add(key)
        return {key: group for key, group in folded.items() if key not in clashing}

    def find(self, actor: str) -> str | None:
        """Find the group of an actor: by its name as it is, then folded as names of units are, never by a part of it.

        An actor that the list does not name is a `KeyError`.

        Examples
        --------
        >>> actors = Actors({"t": "T"}, {"Taliban": "t", "Civilians": None})
        >>> actors.find("TALIBAN"), actors.find("Civilians")
        ('t', None)
        """
        return self.actors[actor] if actor in self.actors else self._folded[fold_name(actor)]


def read_actors(path: Path | str) -> Actors:
    """Read a list of actors from a YAML file, or standard input where the path is ``-``, as `parse_actors` does.

    Examples
    --------
    >>> read_actors("no/such.yaml")
    Traceback (most recent call last):
    geo.errors.TableError: no/such.yaml: there is no such file; expected the path of a list of actors
    """
    cuts: list[Problem] = []
    source = "standard input" if str(path) == "-" else str(path)
    return _check_actors(read_tree(path, cuts, A_LIST), cuts, source)


def parse_actors(data: bytes, source: str) -> Actors:
    """Check the bytes of a list of actors; ``source`` is its name, for messages.

    A `TableError` holds every error found: an unknown key, a group without an actor, an actor of two groups.

    Examples
    --------
    >>> found = parse_actors(b"groups: {taliban: {name: Taliban, actors: [Taleban]}, is: [IS]}", "map.yaml")
    >>> found.groups, found.find("taleban")
    ({'taliban': 'Taliban', 'is': 'is'}, 'taliban')
    """
    cuts: list[Problem] = []
    return _check_actors(parse_tree(data, source, cuts), cuts, source)


def _check_actors(root: Node, cuts: list[Problem], source: str) -> Actors:
    reading = TableContext(source, Gazetteer({}, {}, ""))
    groups: dict[str, str] = {}
    named: dict[str, str] = {}
    actors: dict[str, str | None] = {}
    written: dict[str, Text] = {}
    for key, node in _list_items(root, KEYS, reading):
        if key == "ignore":
            _take_actors(node, None, actors, written, reading)
        elif not isinstance(node, Map) or not node.values:
            reading.error(node, "no group", EXPECTED)
        else:
            for id_, value in node.values.items():
                if id_ in TAKEN:
                    reading.error(node.keys[id_], f"the group {quote(id_)}", "another id: tables say so of any group")
                elif Id().read(node.keys[id_], reading):
                    groups[id_] = _take_group(id_, value, actors, written, reading)
                    if (other := named.setdefault(fold_case(groups[id_]), id_)) != id_:
                        found = f"{quote(groups[id_])} for {quote(id_)}, which is the name of {quote(other)}"
                        reading.error(node.keys[id_], found, "one of these groups, or names that tell them apart")
    if not groups and not reading.problems:
        reading.error(root, "no group", EXPECTED)
    if reading.problems:
        raise TableError(sorted(reading.problems, key=_sort_key))
    return Actors(groups, actors, tuple(cuts))


def _sort_key(problem: Problem) -> tuple[int, int]:
    return (problem.position.line, problem.position.column) if problem.position else (0, 0)


def _list_items(node: Node, known: Mapping[str, str], reading: TableContext) -> list[tuple[str, Node]]:
    if not isinstance(node, Map):
        reading.error(node, "no mapping", EXPECTED)
        return []
    for key in node.values:
        if key not in known:
            near = reading.suggest(key, lambda: known)
            reading.error(node.keys[key], f"unknown key {quote(key)}", f"one of {', '.join(known)}", near)
    return [(key, value) for key, value in node.values.items() if key in known]


def _take_group(
    id_: str, node: Node, actors: dict[str, str | None], written: dict[str, Text], reading: TableContext
) -> str:
    """Take a group: a list of actors, or a mapping with its name."""
    if not isinstance(node, Map):
        _take_actors(node, id_, actors, written, reading)
        return id_
    items = dict(_list_items(node, GROUP_KEYS, reading))
    if "actors" in items:
        _take_actors(items["actors"], id_, actors, written, reading)
    else:
        reading.error(node, f"the group {quote(id_)} without `actors`", GROUP_KEYS["actors"])
    return (Line().read(items["name"], reading) if "name" in items else None) or id_


def _take_actors(
    node: Node, group: str | None, actors: dict[str, str | None], written: dict[str, Text], reading: TableContext
) -> None:
    items = node.items if isinstance(node, List) else [node]
    if not items:
        reading.error(node, "no actor", "a list of actors, as the event data write them")
    for item in items:
        if not isinstance(item, Text) or not item.text.strip():
            reading.error(item, "no actor", "a name as the event data write it")
        elif (before := written.get(item.text)) is not None and actors[item.text] != group:
            found = f"{quote(item.text)} stands for another group on line {before.line}"
            reading.error(item, found, "one group for each actor; for two that are not told apart, a group of its own")
        else:
            actors[item.text] = group
            written[item.text] = item
