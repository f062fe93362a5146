"""Kinds of mapping, as data: which keys may stand there, which must, what each holds and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from geo.read.common.nodes import Map, Node, Text, cut, quote
from geo.read.fields.containers import Items
from geo.read.fields.hints import find_meant_key, find_open_lists, show_list
from geo.read.fields.scalars import SHAPES, Field, Id
from geo.read.fields.table_context import TableContext

__all__ = ["IDENTIFIER", "INTERNAL", "Key", "Kind", "Named", "check_internal", "refuse_open_lists", "skip_internal"]

INTERNAL = "internal"
IDENTIFIER = Id()


@dataclass(frozen=True)
class Key:
    """One key of a mapping, the field under it, and what an editor says about it."""

    name: str
    field: Field
    required: bool = False
    help: str = ""


def _keep(values: dict[str, Any], _node: Map, _reading: TableContext) -> dict[str, Any]:
    return values


@dataclass(frozen=True)
class Kind:
    """A mapping with known keys, beside which ``internal`` may always stand."""

    label: str
    """What it is, for messages: "a record"."""
    keys: tuple[Key, ...]
    build: Callable[[dict[str, Any], Map, TableContext], Any] = _keep
    """Turns the values read, by key, into what the reader gives; not called where one of them is wrong."""
    one_of: tuple[tuple[str, ...], ...] = ()
    """Keys of which exactly one set must stand there, whole and without any of the others."""
    alone: str = ""
    """The key whose value may stand there by itself, without a mapping around it."""

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The field of each key."""
        return {key.name: key.field for key in self.keys}

    @property
    def short(self) -> Field | None:
        """What may stand there in place of the mapping."""
        return self.fields[self.alone] if self.alone else None

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The keys that must stand there."""
        return tuple(key.name for key in self.keys if key.required)

    def read(self, node: Node, reading: TableContext, **given: Any) -> Any:
        """Read all keys and build what they make; None with errors noted where something is wrong.

        ``given`` are values known from elsewhere, such as the id under which a mapping stands.
        """
        before = reading.errors
        node = self.wrap(node)
        values = given | self.read_values(node, reading)
        return self.build(values, node, reading) if reading.errors == before else None  # type: ignore[arg-type]

    def wrap(self, node: Node) -> Node:
        """Put the mapping around a value that stands by itself."""
        if not self.alone or type(node) is Map:
            return node
        wrapped = Map(False, node.line, node.column)
        wrapped.keys[self.alone], wrapped.values[self.alone] = Text(self.alone, True, node.line, node.column), node
        return wrapped

    def read_values(self, node: Node, reading: TableContext) -> dict[str, Any]:
        """Read all keys, in the order of the definition, and give what is under them."""
        if type(node) is not Map:
            reading.error(node, f"{SHAPES[type(node)]} where {self.label} belongs", self._list_keys())
            return {}
        found = node.values
        fields = self.fields
        values = {name: field.read(found[name], reading) for name, field in fields.items() if name in found}
        meant = self._refuse_keys(node, reading) if len(values) < len(found) else frozenset()
        for name in self.required:
            if name not in found and name not in meant:
                reading.error(node, f"{self.label} without `{name}`", f"`{name}`")
        if self.one_of and not any(name in meant for names in self.one_of for name in names):
            self._check_choice(node, reading)
        return values

    def _check_choice(self, node: Map, reading: TableContext) -> None:
        """Check that exactly one of the sets of keys stands there."""
        given = tuple(name for names in self.one_of for name in names if name in node.values)
        if given not in self.one_of:
            choices = [" and ".join(f"`{name}`" for name in names) for names in self.one_of]
            found = " and ".join(f"`{name}`" for name in given) or f"none of {', '.join(choices)}"
            expected = f"either {', '.join(choices[:-1])} or {choices[-1]}"
            reading.error(node, f"{found} in {self.label}", expected)

    def _list_keys(self) -> str:
        return "the keys " + ", ".join(self.fields)

    def _refuse_keys(self, node: Map, reading: TableContext) -> frozenset[str]:
        """Refuse unknown keys and give the known ones that are meant by them."""
        is_private = may_hold_internal(node)
        listed = refuse_open_lists(node, self.fields, self.label, reading)
        meant = set()
        for name in node.values:
            if name == INTERNAL:
                check_internal(node.values[name], reading)
            elif name not in self.fields and name not in listed:
                meant.add(self._refuse_key(node, name, is_private, reading))
        return frozenset(filter(None, meant))

    def _refuse_key(self, node: Map, name: str, is_private: bool, reading: TableContext) -> str | None:
        """Refuse an unknown key and give the known one that is meant by it, unless it is the rest of a text."""
        value, key = node.values[name], node.keys[name]
        shown = "" if is_private else f" {quote(name)}"
        if node.flow and type(value) is Text and value.plain and not value.text:
            found = f"the text{shown} after a comma, without a colon, in {self.label}"
            reading.error(key, found, "quotes around text that holds a comma")
            return None
        meant = None if is_private else find_meant_key(name, self.fields.keys() - node.values.keys())
        near = () if is_private or meant else reading.suggest(name, lambda: (*self.fields, INTERNAL))
        reading.error(key, f"unknown key{shown} in {self.label}", f"`{meant}`" if meant else self._list_keys(), near)
        return meant


@dataclass(frozen=True)
class Named:
    """A mapping from ids or names to values of one field, beside which ``internal`` may stand."""

    label: str
    field: Field
    key: Field = IDENTIFIER
    gives_id: bool = False

    def read(self, node: Node, reading: TableContext) -> dict[str, Any] | None:
        """Read all values; with ``gives_id`` each learns its key as its id."""
        if type(node) is not Map:
            reading.error(node, f"{SHAPES[type(node)]} where {self.label} should stand", "a mapping from ids or names")
            return None
        result: dict[str, Any] = {}
        item = self.field.short if isinstance(self.field, Kind) and self.field.short else self.field
        listed = refuse_open_lists(node, dict.fromkeys(node.values, item), self.label, reading, are_keys_free=True)
        for name, value in node.values.items():
            if name in listed or skip_internal(node, name, reading):
                continue
            self.key.read(node.keys[name], reading)
            if self.gives_id and isinstance(self.field, Kind):
                result[name] = self.field.read(value, reading, id=name)
            else:
                result[name] = self.field.read(value, reading)
        return result


def check_internal(node: Node, reading: TableContext) -> None:
    """Check that ``internal`` is text and drop it; no message ever shows what stands there."""
    if type(node) is not Text:
        reading.error(node, "`internal` is not text", "text; what stands there is not shown")


def may_hold_internal(node: Map) -> bool:
    """Tell whether a key may be the rest of an ``internal`` text with a comma in it, which no message may show."""
    return node.flow and any(name.strip().lower() == INTERNAL for name in node.keys)


def refuse_open_lists(
    node: Map, fields: Mapping[str, Field], label: str, reading: TableContext, *, are_keys_free: bool = False
) -> frozenset[str]:
    """Refuse lists without brackets in ``{ }``, and give the keys that are in truth their items.

    Where any key may stand (``are_keys_free``), only one that names an item is taken for one.
    """
    items: set[str] = set()
    lists = {} if may_hold_internal(node) else find_open_lists(node, () if are_keys_free else fields)
    for name, texts in lists.items():
        field, second = fields.get(name), texts[1]
        if isinstance(field, Items) and (not are_keys_free or any(field.knows(text, reading) for text in texts[1:])):
            items.update(texts[1:])
            kept = field.name_once(texts, reading)
            expected = f"brackets around a list: `{name}: {show_list(kept)}`"
            expected = expected if len(kept) > 1 else f"`{name}: {cut(kept[0])}`"
            expected += "" if field.finds else ", or quotes around text that holds a comma"
            found = f"the text {quote(second)} after a comma, without a colon, in {label}"
            reading.error(node.keys[second], found, expected)
    return frozenset(items)


def skip_internal(node: Map, name: str, reading: TableContext) -> bool:
    """Tell whether a key among names is ``internal``, in whatever case, and check it: it is nobody's name."""
    if name == INTERNAL:
        check_internal(node.values[name], reading)
    elif name.strip().lower() == INTERNAL:
        reading.error(node.keys[name], f"the key {quote(name)}", "`internal` in small letters")
    return name.strip().lower() == INTERNAL
