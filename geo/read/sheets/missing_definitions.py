"""Groups, sources and levels that sheets name and no sheet defines: made from their names, and told."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.errors import Problem
from geo.model import Position
from geo.read.common.names import find_mixed_script
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.common.similar_names import find_alike, fold_spelling
from geo.read.fields.containers import Either, Items, Ref
from geo.read.fields.hints import show_list, split_list
from geo.read.fields.mappings import Kind, Named
from geo.read.sheets.cells import split_items
from geo.read.sheets.column_choices import AS_IT_IS, ColumnChoices, quote_argument
from geo.read.sheets.sheet_definitions import is_leaf, open_field
from geo.read.table.root import TABLE
from geo.read.table.shorthand import make_id
from geo.source_documents import fold_title

__all__ = ["Completed", "Made", "choose_id", "complete_tree"]

TITLES = {"level": "name", "source": "title", "group": "name"}
LONGEST_ID = 64
RAISED = re.compile(r"\s*[²³¹⁰⁴-⁹]+$")


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
    told: tuple[Problem, ...] = ()


def complete_tree(root: Map, given: Mapping[str, Any], taking: ColumnChoices = AS_IT_IS) -> Completed:
    """Make the sections that no sheet brings, from the names that records give; the tree then refers to their ids.

    ``given`` are the sheets that there are, by name: what a sheet defines is complete, and a name that it lacks is an
    error. ``taking`` says which names are the same.

    Examples
    --------
    >>> from geo.read.yaml.parse import parse_tree
    >>> root = parse_tree(b"presence: [{group: Red Group, in: Kabul}]", "t")
    >>> complete_tree(root, {}).made, root.values["presence"].items[0].values["group"].text
    ((Made(kind='group', id='red-group', name='Red Group'),), 'red-group')
    """
    work = _Completion(root, taking)
    for kind in TITLES:
        nodes = list(_list_refs(TABLE, root, kind))
        work.rename(nodes)
        if f"{kind}s" in given:
            _find_defined(root, kind, nodes)
        else:
            work.make_section(kind, nodes)
    for name in taking.same.keys() - work.renamed.keys():
        expected = "--same with a name that stands in a cell, = and the name that is meant"
        work.problems.append(Problem("", f"no group, source or level {quote(name)}", expected))
    return Completed(tuple(work.made), tuple(work.problems), tuple(work.told))


@dataclass
class _Completion:
    """Makes sections, and keeps what is to be told."""

    root: Map
    taking: ColumnChoices
    made: list[Made] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)

    def rename(self, nodes: Iterable[Text]) -> None:
        """Write the name that is meant where the user says so."""
        meant = {fold_spelling(name): (name, other) for name, other in self.taking.same.items()}
        for node in nodes if meant else ():
            if fold_spelling(node.text) in meant:
                name, other = meant[fold_spelling(node.text)]
                self.renamed[name] = node.text
                node.text = other

    def make_section(self, kind: str, nodes: list[Text]) -> None:
        """Make the section of a kind."""
        section = Map(False, 1, 1)
        known: dict[str, str] = {}
        firsts: dict[str, Text] = {}
        names = {fold_spelling(part) for node in nodes for part in split_items(node.text)}
        for node in nodes:
            if fold_spelling(node.text) not in known and self.is_list(kind, node, names):
                continue
            name, folded = node.text, fold_spelling(node.text)
            id_ = known.get(folded) or choose_id(name, section.values, kind)
            if not id_:
                self.problems.append(_refuse(node, f"{quote(name)} without letters", f"a name of a {kind}"))
                continue
            node.text = id_
            if folded not in known:
                known[folded] = id_
                section.values[id_] = self.make_entry(kind, name, node)
                section.keys[id_] = Text(id_, False, node.line, node.column)
                firsts[name] = node
                self.made.append(Made(kind, id_, name))
                self.tell_raised(kind, name, node)
        self.tell_alike(kind, firsts)
        if section.values:
            self.root.values[f"{kind}s"], self.root.keys[f"{kind}s"] = section, Text(f"{kind}s", False, 1, 1)

    def make_entry(self, kind: str, name: str, node: Text) -> Map:
        """Make what stands under an id: the name, and of a group those that are meant to be the same."""
        entry = Map(False, node.line, node.column)
        entry.keys[TITLES[kind]] = entry.values[TITLES[kind]] = Text(name, False, node.line, node.column)
        others = [self.renamed[each] for each, other in self.taking.same.items()
                  if each in self.renamed and other == name and kind == "group"]  # fmt: skip
        if others:
            aliases = List(node.line, node.column)
            aliases.items += [Text(each, False, node.line, node.column) for each in others]
            entry.keys["aliases"], entry.values["aliases"] = Text("aliases", False, node.line, node.column), aliases
        return entry

    def is_list(self, kind: str, node: Text, names: Collection[str]) -> bool:
        """Refuse what must be several in one text; ask about what may be."""
        if kind != "group" and (whole := _unquote(node.text)):
            node.text = whole
            return False
        parts = split_list(node.text)
        known = [part for part in parts if fold_spelling(part) in names]
        return self.is_groups(node, parts, known) if kind == "group" else self.is_several(kind, node, parts, known)

    def is_groups(self, node: Text, parts: Sequence[str], known: Sequence[str]) -> bool:
        """Tell whether a text must be several groups, which a semicolon parts; one of them that is known is enough."""
        name = node.text
        if "," in name and not name.startswith('"'):
            found = f"{quote(name)}, a comma in the name of a group"
            self.problems.append(_refuse(node, found, "; between groups, or a sheet of groups that defines it"))
            return True
        if known:
            expected = f"a list, such as {show_list(parts)}; or a sheet of groups that defines it"
            self.problems.append(_refuse(node, f"{quote(name)}, several groups in one text", expected))
            return True
        if parts:
            expected = f"a list, such as {show_list(parts)}, if they are several"
            self.tell(node, f"{quote(name)}, taken for one group", expected)
        return False

    def is_several(self, kind: str, node: Text, parts: Sequence[str], known: Sequence[str]) -> bool:
        """Tell whether a text must be several sources or levels, of which a record has one; a title may hold "and"."""
        items = split_items(" ".join(node.text.split()))
        if len(items) > 1 or (parts and len(known) == len(parts)):
            each = ", ".join(map(quote, items if len(items) > 1 else parts))
            expected = f"a row for each of {each}; or the text in quotes if it is one"
            self.problems.append(_refuse(node, f"{quote(node.text)}, several {kind}s in one text", expected))
            return True
        if known and "," not in node.text:
            expected = f"a row for each of {', '.join(map(quote, parts))}, if they are several"
            self.tell(node, f"{quote(node.text)}, taken for one {kind}", expected)
        return False

    def tell_raised(self, kind: str, name: str, node: Text) -> None:
        """Tell a raised number at the end of a name, which folding takes for a number like any other."""
        bare = RAISED.sub("", name)
        if kind != "source" and bare and bare != name:
            expected = self.taking.offer(f"--same {quote_argument(f'{name}={bare}')}", otherwise="the name alone")
            self.tell(node, f"{quote(name)}, with a raised number, as of a footnote", expected)

    def tell_alike(self, kind: str, firsts: Mapping[str, Text]) -> None:
        """Tell names that may be two spellings of one."""
        for name, first in find_alike(firsts):
            if kind == "source" and fold_title(name) == fold_title(first):
                continue  # one document, which the table itself is warned of
            same = quote_argument(f"{name}={first}")
            expected = self.taking.offer(f"--same {same}", otherwise="one spelling if they are one")
            self.tell(firsts[name], f"the {kind} {quote(name)}, spelt much like {quote(first)}", expected)

    def tell(self, node: Text, found: str, expected: str) -> None:
        """Note a warning."""
        self.told.append(Problem("", found, expected, (), Position(node.line, node.column), "warning"))


def _find_defined(root: Map, kind: str, nodes: Iterable[Text]) -> None:
    """Write the id for each name or alias by which a sheet defines something."""
    section = root.values.get(f"{kind}s")
    defined = section.values if isinstance(section, Map) else {}
    index: dict[str, set[str]] = {}
    for id_, entry in defined.items():
        found = (
            [entry.values.get(key) for key in ("name", "title", "short", "aliases")] if isinstance(entry, Map) else []
        )
        for each in found:
            for item in each.items if isinstance(each, List) else [each]:
                if isinstance(item, Text):
                    index.setdefault(fold_spelling(item.text), set()).add(id_)
    for node in nodes:
        meant = index.get(fold_spelling(node.text), ())
        if node.text not in defined and len(meant) == 1:
            (node.text,) = meant


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


def _unquote(text: str) -> str:
    """Give a text that stands in quotes since it is no list; nothing where it is none or could be no list."""
    items = split_items(text)
    is_whole = text.startswith('"') and len(items) == 1 and items[0] != text
    return items[0] if is_whole and (";" in text or split_list(text)) else ""


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
