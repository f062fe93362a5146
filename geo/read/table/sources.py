"""Sources: what a claim rests on, for whom it speaks, and whether it is made of other sources."""

from __future__ import annotations

from typing import Any

from geo.model import Source
from geo.read.common.nodes import Map
from geo.read.fields.dates import Date
from geo.read.fields.mappings import Key, Kind
from geo.read.fields.scalars import Flag, Line, Pattern, Prose
from geo.read.fields.table_context import TableContext
from geo.read.table.evidence import UNSEEN
from geo.read.table.groups import GROUPS
from geo.read.table.translations import NOTES, take_notes

__all__ = ["SOURCE"]

# No @ before the path: in https://good.org@evil.org/ the host is not what one reads.
URL = Pattern(
    rf"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@<>\x22\x27`{{}}|\\^{UNSEEN}]+(?:[/?#][^\s<>\x22\x27`{{}}|\\^{UNSEEN}]*)?",
    "an address that begins with http:// or https:// and the name of a site",
)


def _build_source(values: dict[str, Any], node: Map, reading: TableContext) -> Source:
    take_notes(values, node, reading)
    source = Source(**values)
    reading.favours[source.id] = source.favours
    return source


SOURCE = Kind(
    "a source",
    (
        Key("title", Line("a title on one line"), required=True, help="What the source is called."),
        Key("author", Line(), help="Who wrote it."),
        Key("publisher", Line(), help="Who published it."),
        Key("date", Date(), help="When it appeared: YYYY, YYYY-MM or YYYY-MM-DD."),
        Key("url", URL, help="Where it can be read; http or https."),
        Key("archived", URL, help="A copy that stays."),
        Key(
            "grade",
            Pattern("[A-F]", "a letter from A to F; the digit 1 to 6 belongs to the record"),
            help="How reliable the source is, from A (reliable) to F (cannot be judged); the Admiralty letter.",
        ),
        Key(
            "favours",
            GROUPS,
            help="Groups it speaks for, as a newsletter of their own does; what it claims of them is `basis: claimed`, "
            "unless the record says otherwise.",
        ),
        Key(
            "derived",
            Flag(),
            help="true where it is a map or a compilation, made of other sources; `presence check` tells claims that "
            "rest on nothing else.",
        ),
        Key("note", Prose(), help="Anything to know about the source. It is published."),
        NOTES,
    ),
    _build_source,
)
