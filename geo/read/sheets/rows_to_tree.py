"""Rows become a tree: mappings, lists and texts as the definitions ask for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from geo.read.common.names import nearest_names
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.fields.containers import Either, Items, UnitName
from geo.read.fields.dates import Date
from geo.read.fields.mappings import INTERNAL, Kind, Named
from geo.read.fields.numbers import Number
from geo.read.fields.scalars import Flag
from geo.read.sheets.cells import split_items, split_places
from geo.read.sheets.sheet_definitions import ID, NUMBER, SheetDefinition, is_leaf, list_sheet_definitions, open_field

__all__ = ["Note", "Row", "TreeBuilder"]

FORMS = {form.name: form for form in list_sheet_definitions()}
SERIAL = re.compile(r"[3-6][0-9]{4}(\.[0-9]+)?")
FIRST_DAY = date(1899, 12, 30)

Row = dict[str, Text]
Note = Callable[..., None]


@dataclass
class TreeBuilder:
    """Builds a tree of the rows of all sheets."""

    rows: Mapping[str, list[tuple[int, Row]]]
    """For each sheet its rows, each with its line, by the names of columns; building takes cells out of them."""
    starts: Mapping[str, int]
    """The column from which positions count on each sheet."""
    note: Note
    """Takes a place, what was found, what is expected and nearest names."""
    children: dict[tuple[str, tuple[str, ...]], list[tuple[int, Row]]] = field(default_factory=dict)

    def build_root(self, first: list[Node]) -> Map:
        """Build the whole table; ``first`` are records that come from elsewhere."""
        root = Map(False, 1, 1)
        _put(root, "version", Text("1", True, 1, 1))
        for form in list_sheet_definitions():
            if form.owners:
                self.sort_children(form)
        notes = self.build_keys(root)
        for form in list_sheet_definitions():
            if form.name in self.rows and form.shape != "keys" and not form.owners:
                self.build_section(form, root, notes, first if form.name == "presence" else [])
        for (name, owner), rows in self.children.items():
            place = self.place(*rows[0], FORMS[name])
            found = f"a row of {' '.join(map(quote, owner))}, which no sheet has"
            self.note(
                place, found, f"{' and '.join(f'`{each}`' for each in FORMS[name].owners)} of a row that is there"
            )
        return root

    def sort_children(self, form: SheetDefinition) -> None:
        """Put rows that belong to another row where that one finds them."""
        for line, row in self.rows.get(form.name, ()):
            owner = tuple(row[each].text if each in row else "" for each in form.owners)
            self.children.setdefault((form.name, owner), []).append((line, row))

    def build_keys(self, root: Map) -> dict[str, Text]:
        """Read the sheet of keys and values; what is internal to a section is given back by the section's name."""
        known = {column.name: column for column in FORMS["table"].columns}
        sections = {f"{each.name}.{INTERNAL}" for each in list_sheet_definitions() if each.shape == "named"}
        notes: dict[str, Text] = {}
        for line, row in self.rows.get("table", ()):
            key, value = row.get("key"), row.get("value")
            if key is None:
                self.note(value or Text("", False, line, 1), "a value without a key", "a key in the column `key`")
            elif key.text in sections:
                if value is not None:
                    notes[key.text.partition(".")[0]] = value
            elif key.text not in known and key.text != INTERNAL:
                near = nearest_names(key.text, known)
                self.note(key, f"unknown key {quote(key.text)}", f"one of {', '.join(known)}", near)
            elif key.text in root.values and key.text != "version":
                self.note(key, f"the key {quote(key.text)} a second time", "it once")
            elif value is not None:
                field = known[key.text].field if key.text in known else None
                _put(root, key.text, _build_list(field, value) if isinstance(field, Items) else value, key)
        return notes

    def build_section(self, form: SheetDefinition, root: Map, notes: Mapping[str, Text], first: list[Node]) -> None:
        """Build a part of the table from its rows."""
        rows = self.rows[form.name]
        start = self.starts[form.name]
        if form.shape == "list":
            items = List(1, 1 + start)
            items.items += first
            for line, row in rows:
                items.items.append(self.build_map(form.field.item, row, (), self.place(line, row, form), form, ()))
            if items.items or form.name == "presence":
                _put(root, form.name, items)
            return
        part = Map(False, 1, 1 + start)
        if form.name in notes:
            _put(part, INTERNAL, notes[form.name])
        for line, row in rows:
            id_ = row.pop(ID, None)
            place = self.place(line, row, form)
            if id_ is None:
                self.note(place, "a row without an id", f"an id in the column `{ID}`")
            elif id_.text in part.values:
                expected = f"it once; it already stands in row {part.keys[id_.text].line}"
                self.note(id_, f"the id {quote(id_.text)} a second time", expected)
            else:
                kind = form.field.field
                node = self.build_map(kind, row, (), id_, form, (id_.text,))
                _put(part, id_.text, node.values[kind.alone] if [*node.values] == [kind.alone] else node, id_)
        if part.values:
            _put(root, form.name, part)

    def place(self, line: int, row: Row, form: SheetDefinition) -> Text:
        """Give a node that stands for a row: at its first cell."""
        first = min((cell.column for cell in row.values()), default=1 + self.starts[form.name])
        return Text("", True, line, first)

    def build_map(
        self, kind: Kind, row: Row, path: tuple[str, ...], place: Any, form: SheetDefinition, owner: tuple[str, ...]
    ) -> Map:
        """Build a mapping from the columns under ``path``."""
        node = Map(False, place.line, place.column)
        for key in kind.keys:
            value = self.build_field(open_field(key.field), row, (*path, key.name), place, form, owner)
            if value is not None:
                _put(node, key.name, value)
        if (private := row.get(".".join((*path, INTERNAL)))) is not None:
            _put(node, INTERNAL, private)
        return node

    def build_field(
        self, each: Any, row: Row, path: tuple[str, ...], place: Any, form: SheetDefinition, owner: tuple[str, ...]
    ) -> Node | None:
        """Build what stands under one key; None where no cell says anything."""
        cell = row.get(".".join(path))
        inner = [name for name in row if name.startswith(".".join(path) + ".")]
        if is_leaf(each):
            return None if cell is None else self.build_text(each, cell)
        if isinstance(each, Items) and is_leaf(each.item):
            return None if cell is None else _build_list(each, cell)
        if isinstance(each, Items):
            return self.build_children(each, path, form, owner)
        if isinstance(each, Either):
            if cell is not None and inner:
                self.note(row[inner[0]], f"`{path[-1]}` beside `{inner[0]}`", "one of the two")
            if cell is not None:
                return self.build_text(each.text, cell)
            each = each.map
        if isinstance(each, Named):
            return self.build_named(each, row, path, place, form) if inner else None
        return self.build_inner(each, row, path, inner, form)

    def build_named(self, each: Named, row: Row, path: tuple[str, ...], place: Any, form: SheetDefinition) -> Map:
        """Build a mapping from names, each of which has a column of its own or several."""
        named, start = Map(False, place.line, place.column), ".".join(path) + "."
        columns = [column for column in row if column.startswith(start)]
        for column in columns:
            name = column[len(start) :]
            head = name.partition(".")[0]
            if head == name or not isinstance(each.field, Kind):
                _put(named, name, row[column])
                continue
            inner = [name for name in columns if name.startswith(f"{start}{head}.")]
            # A cell of the bare name is refused as the text that it is.
            if start + head not in columns and (built := self.build_inner(each.field, row, (*path, head), inner, form)):
                _put(named, head, built)
        return named

    def build_inner(
        self, kind: Any, row: Row, path: tuple[str, ...], inner: list[str], form: SheetDefinition
    ) -> Map | None:
        """Build a mapping inside a row, which stands where its first cell does."""
        if not inner:
            return None
        first = min((row[name] for name in inner), key=lambda cell: cell.column)
        return self.build_map(kind, row, path, first, form, ())

    def build_children(
        self, each: Items, path: tuple[str, ...], form: SheetDefinition, owner: tuple[str, ...]
    ) -> List | None:
        """Build a list whose items are rows of another sheet."""
        child = next(known for known in form.children if known.name == path[-1])
        rows = self.children.pop((child.name, owner), [])
        if not rows:
            return None
        items = List(rows[0][0], self.place(*rows[0], child).column)
        numbers: set[str] = set()
        for count, (line, row) in enumerate(rows, 1):
            inside = owner
            if NUMBER in child.heads:
                number = row.pop(NUMBER, Text(str(count), True, line, 1))
                if number.text in numbers:
                    self.note(number, f"the number {quote(number.text)} a second time", "each number once a group")
                numbers.add(number.text)
                inside = (*owner, number.text)
            part: Any = each.item
            items.items.append(self.build_map(part, row, (), self.place(line, row, child), child, inside))
        return items

    def build_text(self, each: Any, cell: Text) -> Text:
        """Give a cell as the definition reads it."""
        if isinstance(each, Date) and SERIAL.fullmatch(cell.text):
            day = FIRST_DAY + timedelta(days=int(float(cell.text)))
            found = f"the number {cell.text}, as which a spreadsheet stores the day {day}"
            self.note(cell, found, f"a date: format the column as text and write {day}")
        text = cell.text.lower() if isinstance(each, Flag) else cell.text
        return Text(text, isinstance(each, Number), cell.line, cell.column)


def _build_list(each: Items, cell: Text) -> Node:
    """Split a cell into items."""
    parts = split_places(cell.text) if isinstance(each.item, UnitName) else split_items(cell.text)
    texts: list[Node] = [Text(part, False, cell.line, cell.column) for part in parts]
    if len(texts) == 1 and each.or_one:
        return texts[0]
    items = List(cell.line, cell.column)
    items.items += texts
    return items


def _put(node: Map, name: str, value: Node, key: Text | None = None) -> None:
    node.values[name] = value
    node.keys[name] = Text(name, False, key.line if key else value.line, key.column if key else value.column)
