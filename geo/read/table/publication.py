"""Under what a table is published: authors, licence, and the log of its corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo.licences import find_meant_licence
from geo.model import LoggedChange
from geo.option_values import LOGGED
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.fields.containers import Items, Ref
from geo.read.fields.dates import Date
from geo.read.fields.mappings import IDENTIFIER, Key, Kind
from geo.read.fields.scalars import Choice, Line, Prose
from geo.read.fields.table_context import TableContext

__all__ = ["AUTHORS", "CHANGES", "LICENCE", "WITHDRAWN", "list_withdrawn"]

WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Licence(Line):
    """A licence: any words, and a warning where they are all but an identifier that programs know."""

    expected: str = "a licence on one line, such as CC-BY-4.0"

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the licence."""
        text = super().read(node, reading)
        if text is not None and (meant := find_meant_licence(text)):
            reading.warn(node, f"{quote(text)}, which programs do not know", f"{meant}, its SPDX identifier")
        return text


LICENCE = Licence()
AUTHORS = Items(Line(), "a list of names, such as [A. Author, The Desk]", distinct="author")


def _build_change(values: dict[str, Any], node: Map, reading: TableContext) -> LoggedChange:
    """Build an entry; the id of a withdrawn record stands nowhere else, so its form is looked at here."""
    for item in _list_texts(node.values.get("records")):
        if item.text not in reading.records:
            IDENTIFIER.read(item, reading)
    return LoggedChange(**values)


def list_withdrawn(node: Node | None) -> dict[str, tuple[str, ...]]:
    """List the ids that a log of corrections says were withdrawn, before it is read: other entries may name them too.

    Examples
    --------
    >>> list_withdrawn(None)
    {}
    """
    entries = [each.values for each in node.items if type(each) is Map] if type(node) is List else []
    kinds = ((each.get("type"), each.get("records")) for each in entries)
    named = [records for kind, records in kinds if type(kind) is Text and kind.text == WITHDRAWN]
    return {item.text: () for records in named for item in _list_texts(records)}


def _list_texts(node: Node | None) -> list[Text]:
    items = node.items if type(node) is List else [node]
    return [item for item in items if type(item) is Text]


CHANGES = Items(
    Kind(
        "an entry of the log",
        (
            Key(
                "date",
                Date(may_follow=True),
                required=True,
                help="When the table was changed: YYYY, YYYY-MM or YYYY-MM-DD; it may be after as_of.",
            ),
            Key("type", Choice(LOGGED), required=True, help="added, corrected or withdrawn."),
            Key("what", Prose(), required=True, help="What was changed. It is published."),
            Key("why", Prose(), help="Why it was changed. It is published."),
            Key(
                "records",
                Items(Ref("record"), "a list of ids of records", distinct="record", or_one=True),
                help="Ids of the records concerned; one that was withdrawn need not be in the table any more.",
            ),
        ),
        _build_change,
    ),
    "a list of entries",
    at_least=0,
    at_most=100_000,
)
