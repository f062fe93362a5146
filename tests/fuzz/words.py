"""The words of the table's format, from its own definition: a key added later is known without a new line."""

from __future__ import annotations

from collections.abc import Iterator

from geo.read.fields.containers import Either, Items
from geo.read.fields.mappings import INTERNAL, Kind, Named
from geo.read.fields.scalars import Choice
from geo.read.table.root import REGIONS, TABLE, Regions

__all__ = ["list_words"]


def walk_fields(field: object = TABLE) -> Iterator[object]:
    """Give a field and every field within."""
    yield field
    inner: tuple[object, ...] = ()
    if isinstance(field, Kind):
        inner = tuple(key.field for key in field.keys)
    elif isinstance(field, Items):
        inner = (field.item,)
    elif isinstance(field, Named):
        inner = (field.field,)
    elif isinstance(field, Regions):
        inner = (REGIONS,)
    elif isinstance(field, Either):
        inner = (field.text, field.items, field.map)
    for each in inner:
        yield from walk_fields(each)


def list_words() -> set[str]:
    """List the keys of every kind of mapping, and the words that may stand under one."""
    fields = list(walk_fields())
    keys = {key.name for field in fields if isinstance(field, Kind) for key in field.keys}
    return {INTERNAL} | keys.union(*(field.options for field in fields if isinstance(field, Choice)))
