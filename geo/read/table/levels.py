"""The levels of presence, as a table defines them."""

from __future__ import annotations

from typing import Any

from geo.model import Level
from geo.read.common.nodes import Map
from geo.read.fields.dates import SPAN, SPAN_EXPECTED, read_span
from geo.read.fields.mappings import Key, Kind
from geo.read.fields.numbers import Number
from geo.read.fields.scalars import Flag, Line, Pattern, Prose
from geo.read.fields.table_context import TableContext
from geo.read.table.translations import NOTES, name_key, take_notes

__all__ = ["LEVEL"]


def _build_level(values: dict[str, Any], node: Map, reading: TableContext) -> Level:
    take_notes(values, node, reading)
    if "valid_for" in values:
        values["valid_for"] = read_span(values["valid_for"])
    return Level(**values)


LEVEL = Kind(
    "a level",
    (
        Key("name", Line(), required=True, help="The name in the legend."),
        name_key("Its"),
        Key("rank", Number(), help="A greater rank is stronger; a level without one is a kind of its own."),
        Key(
            "footprint",
            Flag("false"),
            help="false where a record of this level says what a group can do in a place, and not that it is there.",
        ),
        Key("note", Prose(), help="What the level means. It is published."),
        NOTES,
        Key(
            "valid_for",
            Pattern(SPAN, SPAN_EXPECTED),
            help="How long a record of this level stands, such as 18 months; after that it is drawn as stale.",
        ),
    ),
    _build_level,
)
