"""Under what a table is published: authors, licence, and the log of its corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.licences import find_meant_licence
from geo.model import LoggedChange
from geo.option_values import LOGGED, LOGGED_HEADS
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.fields.containers import Items, Ref
from geo.read.fields.dates import Date
from geo.read.fields.mappings import IDENTIFIER, Key, Kind
from geo.read.fields.scalars import Choice, Line, Pattern, Prose
from geo.read.fields.table_context import TableContext
from geo.read.table.translations import LANGUAGE

__all__ = ["AUTHORS", "CHANGES", "LICENCE", "WITHDRAWN", "list_withdrawn", "warn_of_standing"]

ADDED, WITHDRAWN = "added", "withdrawn"
OF_GROUP = ("part_of", "strength", "statements")
PART_EXPECTED = (
    "a part of the table, such as title, levels/ID, sources/ID, regions/NAME, groups/ID, groups/ID/strength, "
    "groups/ID/statements, groups/ID/part_of or relations/ID/ID"
)


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


@dataclass(frozen=True)
class Part(Pattern):
    """A part of the table by the keys that lead there; one that was withdrawn need not be in the table any more."""

    pattern: str = rf"(?:groups|levels|sources|regions|relations|translations)/\S(?:.*\S)?|{'|'.join(LOGGED_HEADS)}"
    expected: str = PART_EXPECTED

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the keys."""
        text = super().read(node, reading)
        if text is None or not isinstance(node, Text) or "/" not in text:
            return text
        section, _, rest = text.partition("/")
        kind = {"relations": "group"}.get(section, section.removesuffix("s"))
        names = rest.split("/") if section in ("groups", "relations") else [rest]
        below = names[1:] if section == "groups" else []
        if len(below) > 1 or not {*below} <= {*OF_GROUP} or (section == "relations" and len(names) < 2):
            reading.error(node, quote(text), self.expected)
            return None
        names = names[:1] if section == "groups" else names
        known = [self._find(kind, text, Text(name, node.plain, node.line, node.column), reading) for name in names]
        found = [name for name in known if name is not None]
        if len(found) < len(known):
            return None
        return "/".join([section, *(sorted(found) if section == "relations" else found), *below])

    @staticmethod
    def _find(kind: str, text: str, name: Text, reading: TableContext) -> str | None:
        """Find a name that the table defines or its log withdrew; note an error where neither does."""
        withdrawn = reading.ids.get("part", ())
        if kind == "translation":
            return LANGUAGE.read(name, reading)
        if text in withdrawn or f"{kind}s/{name.text}" in withdrawn or (kind == "group" and not reading.ids["group"]):
            return Line().read(name, reading) if kind == "region" else IDENTIFIER.read(name, reading)
        return reading.find_id(kind, name)


LICENCE = Licence()
AUTHORS = Items(Line(), "a list of names, such as [A. Author, The Desk]", distinct="author")


def _build_change(values: dict[str, Any], node: Map, reading: TableContext) -> LoggedChange:
    """Build an entry; the id of a withdrawn record stands nowhere else, so its form is looked at here."""
    for item in _list_texts(node.values.get("records")):
        if item.text not in reading.records:
            IDENTIFIER.read(item, reading)
    return LoggedChange(**values)


def list_withdrawn(node: Node | None, key: str = "records") -> dict[str, tuple[str, ...]]:
    """List what a log of corrections says was withdrawn, before it is read: other entries may name it too.

    Examples
    --------
    >>> list_withdrawn(None)
    {}
    """
    entries = [each.values for each in node.items if type(each) is Map] if type(node) is List else []
    kinds = ((each.get("type"), each.get(key)) for each in entries)
    named = [records for kind, records in kinds if type(kind) is Text and kind.text == WITHDRAWN]
    return {item.text: () for records in named for item in _list_texts(records)}


def _list_texts(node: Node | None) -> list[Text]:
    items = node.items if type(node) is List else [node]
    return [item for item in items if type(item) is Text]


def warn_of_standing(node: Node | None, changes: Sequence[LoggedChange], reading: TableContext) -> None:
    """Warn of what was withdrawn, as the log says, and stands in the table, unless it was added again since."""
    sections = {f"{kind}s": reading.ids[kind] for kind in ("group", "level", "source", "region")}
    standing = {f"{section}/{name}" for section, names in sections.items() for name in names} | reading.records.keys()
    again: dict[str, date] = {}
    for entry in changes:
        for name in (*entry.records, *entry.parts) if entry.type == ADDED else ():
            again[name] = max(entry.date.last, again.get(name, entry.date.last))
    for item, entry in zip(node.items if isinstance(node, List) else (), changes, strict=True):
        named = [item.values.get(key) for key in ("records", "parts")] if isinstance(item, Map) else []
        for each in [text for texts in named for text in _list_texts(texts)] if entry.type == WITHDRAWN else ():
            if each.text in standing and again.get(each.text, date.min) < entry.date.last:
                found = f"{quote(each.text)}, withdrawn as this says, and still in the table"
                reading.warn(each, found, "an entry of another type, or the table without it")


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
            Key(
                "parts",
                Items(Part(), "a list of parts of the table, such as [groups/red]", distinct="part", or_one=True),
                help="What else is concerned, by the keys that lead there: title, levels/ID, sources/ID, groups/ID, "
                "groups/ID/strength, groups/ID/statements, groups/ID/part_of, regions/NAME, relations/ID/ID.",
            ),
        ),
        _build_change,
    ),
    "a list of entries",
    at_least=0,
    at_most=100_000,
)
