"""Where text can be planted: found by walking the reader's own definitions along a table that uses all of them.

A key added to a definition is planted without a new line here; a class of field that is not known here is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from geo.read.fields.containers import Either, Items, Ref, UnitName
from geo.read.fields.dates import Date
from geo.read.fields.mappings import INTERNAL, Kind, Named
from geo.read.fields.numbers import Number
from geo.read.fields.scalars import Choice, Flag, Id, Line, Pattern, Prose
from geo.read.table.root import REGIONS, TABLE, Regions
from geo.read.table.shorthand import Shorthand

__all__ = [
    "CLOSED", "FREE", "Spot", "add_internal", "dump", "find_spots", "is_free", "list_definitions", "plant", "rename",
    "write_default",
]  # fmt: skip

FREE = (Line, Prose)
CLOSED = (Id, Pattern, Choice, Flag, Date, Number, Ref, UnitName)
LONGEST_KEY = 1000
"""Of those that YAML takes without a question mark before them."""

KEY = " (key)"
FORMS = ("1", "A", "fa", "x1", "18 months", "#336699", "https://example.org/a?b=1", "title")
"""One of these has the form of each pattern of the format."""


@dataclass(frozen=True)
class Spot:
    """A value, or a key, of a table; ``home`` is the definition it stands under, such as ``a record.note``."""

    path: tuple[str | int, ...]
    home: str
    field: Any
    is_key: bool = False

    @property
    def name(self) -> str:
        """Its path in words."""
        return ".".join(map(str, self.path)) + (KEY if self.is_key else "")

    @property
    def is_free(self) -> bool:
        """Whether any text may stand there."""
        return is_free(self.field)

    @property
    def is_translation(self) -> bool:
        """Whether it is shown in another language only, in place of what stands beside it."""
        return "translations" in self.path or (self.path[0] in ("levels", "regions") and "names" in self.path)


def is_free(field: Any) -> bool:
    """Tell whether a field takes any text, however long."""
    return isinstance(field, FREE) and not getattr(field, "most", 0)


def open_field(field: Any, value: Any = None) -> Any:
    """Give the definition that stands for a class of field without one, or for a value without its mapping."""
    if isinstance(field, Kind) and field.short and not isinstance(value, dict | None):
        return field.short
    return REGIONS if isinstance(field, Regions) else field


def find_spots(table: Any) -> list[Spot]:
    """Find every value and key of a table for which the reader has a field."""
    return list(_walk(TABLE, table, (), "a presence table"))


def _walk(field: Any, value: Any, path: tuple[str | int, ...], home: str) -> Iterator[Spot]:
    home = f"{field.label}.{field.alone}" if isinstance(field, Kind) and field.alone else home
    field = open_field(field, value)
    if isinstance(field, (*FREE, *CLOSED)):
        yield Spot(path, home, field)
    elif isinstance(field, Kind):
        for key in field.keys:
            if key.name in value:
                yield from _walk(key.field, value[key.name], (*path, key.name), f"{field.label}.{key.name}")
    elif isinstance(field, Named):
        for name, each in value.items():
            yield from (replace(spot, is_key=True) for spot in _walk(field.key, name, (*path, name), field.label + KEY))
            yield from _walk(field.field, each, (*path, name), field.label)
    elif isinstance(field, Items):
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for place, each in items:
            yield from _walk(field.item, each, path if place is None else (*path, place), home)
    elif isinstance(field, Either):
        yield from _walk(choose_part(field, value), value, path, home)
    elif isinstance(field, Shorthand):
        yield from (Spot((*path, name), f"the short form{KEY}", Line(), is_key=True) for name in value)
    else:
        raise TypeError(f"{home}: no way known to plant text in a field of class {type(field).__name__}")


def choose_part(field: Either, value: Any) -> Any:
    """Give the field of a choice that takes a value of this shape."""
    return field.items if isinstance(value, list) else field.map if isinstance(value, dict) else field.text


def list_definitions(field: Any = TABLE, home: str = "a presence table") -> dict[str, Any]:
    """List every field of the format that holds a text, by its home, whether a table uses it or not."""
    field = open_field(field)
    if isinstance(field, (*FREE, *CLOSED)):
        return {home: field}
    if isinstance(field, Kind):
        parts = [list_definitions(key.field, f"{field.label}.{key.name}") for key in field.keys]
    elif isinstance(field, Named):
        parts = [list_definitions(field.key, field.label + KEY), list_definitions(field.field, field.label)]
    elif isinstance(field, Items):
        parts = [list_definitions(field.item, home)]
    elif isinstance(field, Either):
        parts = [list_definitions(each, home) for each in (field.text, field.items, field.map) if each]
    elif isinstance(field, Shorthand):
        parts = [{f"the short form{KEY}": Line()}]
    else:
        raise TypeError(f"{home}: no way known to plant text in a field of class {type(field).__name__}")
    return {name: each for part in parts for name, each in part.items()}


def write_default(table: dict[str, Any], is_read: Callable[[Any], bool]) -> dict[str, Any]:
    """Fill a table: every mapping gets each key that may hold free text; what no mapping uses yet is made up.

    Keys of fixed form are added one by one, to the first mapping with which the table is read.
    """
    table = deepcopy(table)
    _fill(TABLE, table, {spot.home for spot in find_spots(table)})
    for home in list_definitions():
        if home not in {spot.home for spot in find_spots(table)}:
            table = next(filter(is_read, _add_somewhere(table, home)), table)
    for number, spot in enumerate(find_spots(table)):
        if spot.name.endswith(".quote"):  # A page shows the same words of a source once.
            _open(table, spot.path[:-1])["quote"] += f" {number}"
    return table


def _add_somewhere(table: dict[str, Any], home: str) -> Iterator[dict[str, Any]]:
    for kind, path in _find_mappings(TABLE, table, ()):
        for key in kind.keys:
            if home == f"{kind.label}.{key.name}" and key.name not in _open(table, path):
                wider = deepcopy(table)
                _open(wider, path)[key.name] = make_value(key.field)
                yield wider


def _find_mappings(field: Any, value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Kind, tuple[str | int, ...]]]:
    field = open_field(field, value)
    inner: list[tuple[Any, str | int]] = []
    if isinstance(field, Kind):
        yield field, path
        inner = [(key.field, key.name) for key in field.keys if key.name in value]
    elif isinstance(field, Named):
        inner = [(field.field, name) for name in value]
    elif isinstance(field, Items) and isinstance(value, list):
        inner = [(field.item, place) for place in range(len(value))]
    elif isinstance(field, Either):
        yield from _find_mappings(choose_part(field, value), value, path)
    for part, step in inner:
        yield from _find_mappings(part, value[step], (*path, step))


def _fill(field: Any, value: Any, present: set[str]) -> None:
    field = open_field(field, value)
    if isinstance(field, Kind):
        chosen = {name for names in field.one_of for name in names}
        for key in field.keys:
            if key.name in value:
                _fill(key.field, value[key.name], present)
            elif key.name not in chosen and is_wanted(key.field, f"{field.label}.{key.name}", present):
                value[key.name] = make_value(key.field)
    elif isinstance(field, Named):
        for each in value.values():
            _fill(field.field, each, present)
    elif isinstance(field, Items) and isinstance(value, list):
        for each in value:
            _fill(field.item, each, present)
    elif isinstance(field, Either):
        _fill(choose_part(field, value), value, present)


def is_wanted(field: Any, home: str, present: set[str]) -> bool:
    """Tell whether text may stand under a key: its own, or that of a part which the table uses nowhere else."""
    homes = {name for name, each in list_definitions(field, home).items() if is_free(each)}
    if homes - present:
        present |= homes
        return True
    return home in homes or (isinstance(field, Named) and is_free(field.field))


def make_value(field: Any) -> Any:
    """Make the smallest value that a field takes and that has all free text."""
    field = open_field(field)
    if isinstance(field, FREE):
        return "Words"
    if isinstance(field, Pattern):
        return next(form for form in FORMS if re.fullmatch(field.pattern, form))
    if isinstance(field, Choice):
        return field.options[0]
    if isinstance(field, Ref):
        return {"group": "a", "source": "s", "level": "low", "region": "Eastern", "record": "x1"}[field.kind]
    if isinstance(field, Items):
        return [make_value(field.item)] * max(field.at_least, 1)
    if isinstance(field, Named):
        return {make_value(field.key): make_value(field.field)}
    if isinstance(field, Either):
        return make_value(field.text or field.items or field.map)
    if isinstance(field, Kind):
        return {key.name: make_value(key.field) for key in field.keys if key.required or is_free(key.field)}
    if isinstance(field, Flag):
        return field.word
    simple: Mapping[type, Any] = {Id: "x1", Date: "2020", Number: 1, UnitName: "Kabul"}
    return simple[type(field)]


def plant(table: dict[str, Any], texts: Mapping[Spot, str]) -> dict[str, Any]:
    """Put texts where they belong; a key that is renamed is renamed wherever the table refers to it."""
    planted = deepcopy(table)
    for spot, text in texts.items():
        if not spot.is_key:
            _open(planted, spot.path[:-1])[spot.path[-1]] = text
    renamed = {spot: text for spot, text in texts.items() if spot.is_key}
    return rename(planted, renamed) if renamed else planted


def rename(table: dict[str, Any], names: Mapping[Spot, str]) -> dict[str, Any]:
    """Rename keys, and what refers to them."""
    spots = find_spots(table)
    renamed = deepcopy(table)
    for key, name in names.items():
        old = key.path[-1]
        for spot in spots:
            if (
                isinstance(spot.field, Ref)
                and key.home == f"{spot.field.kind}s{KEY}"
                and _open(table, spot.path) == old
            ):
                _open(renamed, spot.path[:-1])[spot.path[-1]] = name
    for key, name in sorted(names.items(), key=lambda item: -len(item[0].path)):
        parent, old = _open(renamed, key.path[:-1]), key.path[-1]
        pairs = [(name if each == old else each, value) for each, value in parent.items()]
        parent.clear()
        parent.update(pairs)
    return renamed


def _open(table: Any, path: Iterable[str | int]) -> Any:
    for step in path:
        table = table[step]
    return table


def add_internal(value: Any, write: Callable[[], str]) -> Any:
    """Put the analyst's key on every mapping, with what ``write`` gives."""
    if isinstance(value, list):
        return [add_internal(each, write) for each in value]
    if not isinstance(value, dict):
        return value
    return {INTERNAL: write()} | {key: add_internal(each, write) for key, each in value.items()}


def dump(table: Any) -> bytes:
    """Write a table as YAML: as JSON but for long keys; half a surrogate can only be written as an escape."""
    try:
        return _write(table, ascii_only=False).encode()
    except UnicodeEncodeError:
        return _write(table, ascii_only=True).encode()


def _write(value: Any, *, ascii_only: bool) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_write(each, ascii_only=ascii_only) for each in value)}]"
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=ascii_only)
    pairs = ((_write(key, ascii_only=ascii_only), _write(each, ascii_only=ascii_only)) for key, each in value.items())
    return "{" + ", ".join(("? " if len(key) > LONGEST_KEY else "") + f"{key}: {each}" for key, each in pairs) + "}"
