"""A table as read becomes sheets: the way back of `geo.read.sheets.grids_to_table`, along the same definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.model import Sheet, Table
from geo.read.common.nodes import List, Map, Node, Text
from geo.read.fields.containers import Either, Items
from geo.read.fields.mappings import INTERNAL, Kind, Named
from geo.read.fields.numbers import Number
from geo.read.sheets.cells import join_items
from geo.read.sheets.headers import make_tag
from geo.read.sheets.missing_definitions import choose_id
from geo.read.sheets.sheet_definitions import (
    ID,
    NUMBER,
    SheetDefinition,
    is_cell,
    is_leaf,
    list_sheet_definitions,
    open_field,
)
from geo.read.table.root import TABLE
from geo.read.table.sources import is_kept

__all__ = ["flatten_tree"]

Cells = dict[str, str]


def flatten_tree(root: Map, table: Table, *, with_internal: bool = False, with_tags: bool = False) -> tuple[Sheet, ...]:
    r"""Turn the tree of a checked table into sheets that hold all of it: always the same ones, some of them empty.

    The table gives records and groups where the tree has the short form. ``with_internal`` also writes what stands
    under ``internal`` and copies of sources that are kept and not to be published, ``with_tags`` gives the records HXL
    hashtags.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> from geo.read.table.reader import check_tree
    >>> from geo.read.yaml.parse import parse_tree
    >>> root = parse_tree(b"presence: [{group: a, in: Kabul}]\ngroups: {a: {name: A}}", "t.yaml")
    >>> sheets = flatten_tree(root, check_tree(root, "t.yaml", read_gazetteer(), False)[0])
    >>> sheets[0].name, sheets[0].columns[:2], sheets[0].rows[0][:2]
    ('presence', ('group', 'in'), ('a', 'Kabul'))
    """
    flat = _Flat(with_internal)
    parts = dict(root.values)
    short = parts.get("presence")
    if isinstance(short, Map):
        parts |= _spell_out(short, table, parts.get("groups"))
        if INTERNAL in short.values:
            parts[INTERNAL] = _join_notes(parts.get(INTERNAL), short.values[INTERNAL])
    for form in list_sheet_definitions():
        if form.shape != "keys" and not form.owners:
            flat.add_section(form, parts.get(form.name))
    flat.add_keys(parts)
    sheets = []
    for form in list_sheet_definitions():
        rows = flat.rows.get(form.name, [])
        columns = (*form.heads, *flat.list_columns(form, rows))
        tags = tuple(map(make_tag, columns)) if with_tags and form.name == "presence" else ()
        cells = tuple(tuple(row.get(column, "") for column in columns) for row in rows)
        sheets.append(Sheet(form.name, columns, cells, _list_numbers(form), tags))
    return tuple(sheets)


def _spell_out(short: Map, table: Table, defined: Node | None) -> dict[str, Node]:
    """Write the short form as records, and the groups that it defines as groups.

    It takes names whose id would be refused if it were written out; such a group gets another id.
    """
    groups = dict(defined.values) if isinstance(defined, Map) else {}
    ids = {id_: id_ for id_ in groups}
    if not groups.keys() - {INTERNAL}:
        for group in table.groups.values():
            ids[group.id] = choose_id(group.name, groups, "group")
            groups[ids[group.id]] = _make_map({"name": Text(group.name, False, 1, 1)})
    records = List(1, 1)
    names = [name for name in short.values if name != INTERNAL]
    for name, record in zip(names, table.records, strict=True):
        group_id = Text(ids[record.groups[0]], False, 1, 1)
        records.items.append(_make_map({"group": group_id, "in": short.values[name]}))
    return {"presence": records, "groups": _make_map(groups)}


def _make_map(values: Mapping[str, Node]) -> Map:
    node = Map(False, 1, 1)
    node.values = dict(values)
    node.keys = {name: Text(name, False, 1, 1) for name in values}
    return node


def _join_notes(one: Node | None, other: Node) -> Text:
    texts = [node.text.strip() for node in (one, other) if isinstance(node, Text)]
    return Text("\n".join(texts), False, 1, 1)


def _list_numbers(form: SheetDefinition) -> frozenset[str]:
    return frozenset(
        column.name for column in form.columns if isinstance(column.field, Number) and form.shape != "keys"
    )


class _Flat:
    """Collects rows, by sheet."""

    def __init__(self, with_internal: bool) -> None:
        self.with_internal = with_internal
        self.rows: dict[str, list[Cells]] = {}
        self.notes: Cells = {}

    def list_columns(self, form: SheetDefinition, rows: list[Cells]) -> list[str]:
        """List columns in the order of the definitions; open ones and internal ones only where a row has them."""
        used = {name for row in rows for name in row}
        names: list[str] = []
        for column in form.columns if form.shape != "keys" else ():
            if column.is_open:
                names += sorted(name for name in used if name.startswith(column.name + "."))
            elif column.path[-1] != INTERNAL or column.name in used:
                names.append(column.name)
        return names

    def add_section(self, form: SheetDefinition, node: Node | None) -> None:
        """Add the rows of a part of the table."""
        rows = self.rows.setdefault(form.name, [])
        if isinstance(node, List):
            for item in node.items:
                rows.append(self.fill(form.field.item, item, (), form, {}))
        elif isinstance(node, Map):
            for name, value in node.values.items():
                if name == INTERNAL:
                    self.add_note(f"{form.name}.{INTERNAL}", value)
                else:
                    rows.append({ID: name} | self.fill(form.field.field, value, (), form, {_name_owner(form): name}))

    def add_keys(self, parts: Mapping[str, Node]) -> None:
        """Add the sheet of keys and values; every key has a row, so that a value can be filled in."""
        keys = [key.name for key in TABLE.keys if is_cell(key.field)]
        self.rows["table"] = [{"key": key, "value": _word(parts[key]) if key in parts else ""} for key in keys]
        if INTERNAL in parts:
            self.add_note(INTERNAL, parts[INTERNAL])
        self.rows["table"] += [{"key": key, "value": text} for key, text in self.notes.items()]

    def add_note(self, name: str, value: Node) -> None:
        """Keep what is internal to a whole part."""
        if self.with_internal:
            self.notes[name] = _word(value)

    def fill(self, kind: Kind, node: Node, path: tuple[str, ...], form: SheetDefinition, owner: Cells) -> Cells:
        """Write a mapping into the columns under ``path``, and its lists of mappings into their sheets."""
        cells: Cells = {}
        node = kind.wrap(node)
        if not isinstance(node, Map):
            return cells
        for key in kind.keys:
            if key.name in node.values and (self.with_internal or not is_kept(kind, key.name, node)):
                cells |= self.fill_field(open_field(key.field), node.values[key.name], (*path, key.name), form, owner)
        if self.with_internal and INTERNAL in node.values:
            cells[".".join((*path, INTERNAL))] = _word(node.values[INTERNAL])
        return cells

    def fill_field(self, field: Any, node: Node, path: tuple[str, ...], form: SheetDefinition, owner: Cells) -> Cells:
        """Write what stands under one key."""
        if isinstance(field, Items) and not is_leaf(field.item):
            self.fill_children(field, node, path[-1], form, owner)
            return {}
        if isinstance(field, Either):
            field = field.map if isinstance(node, Map) else field.text
        if isinstance(field, Kind):
            return self.fill(field, node, path, form, {})
        if isinstance(field, Named) and isinstance(node, Map):
            return self.fill_named(field, node, path, form)
        is_list = isinstance(field, Items) and isinstance(node, Text)
        return {".".join(path): join_items([_word(node)]) if is_list else _word(node)}

    def fill_named(self, field: Named, node: Map, path: tuple[str, ...], form: SheetDefinition) -> Cells:
        """Write what stands under each name into columns of its own."""
        cells: Cells = {}
        for name, value in node.values.items():
            if name != INTERNAL and isinstance(field.field, Kind):
                cells |= self.fill(field.field, value, (*path, name), form, {})
            elif name != INTERNAL or self.with_internal:
                cells[".".join((*path, name))] = _word(value)
        return cells

    def fill_children(self, field: Items, node: Node, name: str, form: SheetDefinition, owner: Cells) -> None:
        """Write a list of mappings into a sheet of its own, where each row says what it belongs to."""
        child = next(each for each in form.children if each.name == name)
        for number, item in enumerate(node.items if isinstance(node, List) else [node], 1):
            counted = {NUMBER: str(number)} if NUMBER in child.heads else {}
            below = owner | {_name_owner(child): str(number)}
            row = owner | counted
            rows = self.rows.setdefault(child.name, [])
            rows.append(row)
            part: Any = field.item
            row |= self.fill(part, item, (), child, below)


def _name_owner(form: SheetDefinition) -> str:
    """Give the column by which other sheets refer to a row of this one."""
    return form.name.removesuffix("s")


def _word(node: Node) -> str:
    """Write a text, or a list of them, into one cell."""
    if isinstance(node, List):
        return join_items(item.text.strip() for item in node.items if isinstance(item, Text))
    return node.text.strip() if isinstance(node, Text) else ""
