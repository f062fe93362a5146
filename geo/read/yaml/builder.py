"""A tree grows event by event, without recursion, and refuses what YAML allows but a table must not hold."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from geo.errors import Problem
from geo.model import Position
from geo.read.common.file_text import UNWANTED
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.yaml.comments import find_comments, find_cut

__all__ = ["Builder"]

DEEPEST = 20
MOST_NODES = 2_000_000
UNCUT = "quotes around the text or, for a comment, a blank after the #"
UNFIT = ("", "<<")
"""Plain keys that are none."""

UNFITTING = "the same indentation for keys of one level, or quotes around text with { } or [ ]"

# What libyaml or PyYAML says, in part; what we say is found; what we say is expected.
SYNTAX = (
    ("mapping values are not allowed", "a colon where no key can stand", "quotes around text that holds ': '"),
    ("cannot start any token", "a character that cannot begin a value", "blanks for tabs, or quotes around the text"),
    (
        "',' or ']'",
        "a list in [ ] that goes wrong here",
        "a closing ], commas between items, quotes around text with [ ] { } or ,",
    ),
    (
        "',' or '}'",
        "a mapping in { } that goes wrong here",
        "a closing }, commas between keys, quotes around text with [ ] { } or ,",
    ),
    ("could not find expected ':'", "a line that is no key", "a colon and a blank after each key"),
    ("found unexpected end of stream", "a bracket that is never closed", "its end"),
    ("expected <block end>", "a line that does not fit its surroundings", UNFITTING),
    ("did not find expected", "a line that does not fit its surroundings", UNFITTING),
)

QUOTES = ("'", '"')
UNCLOSED = "while scanning a quoted scalar found unexpected"
"""The text, or one document of it, ends within a quote; what else is wrong in one, such as an escape, is said so."""


class _Stop(yaml.YAMLError):
    """Reading on makes no sense; the problem is already noted."""


class Builder:
    """Takes events one by one; ``stack`` holds the open lists and mappings with the key that led to each."""

    def __init__(self, source: str, text: str) -> None:
        self.source = source
        self.comments = find_comments(text)
        self.cuts: list[Problem] = []
        self.is_cut = False
        self.quoted: Any = None
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.stack: list[tuple[List | Map | None, Text | None]] = []
        self.parent: List | Map | None = None
        self.key: Text | None = None
        self.documents = 0
        self.nodes = 0

    def build(self, loader: Any) -> None:
        """Read all events of a loader."""
        get_event, add_text, take = loader.get_event, self.add_text, self.take
        try:
            while (event := get_event()) is not None:
                if type(event) is ScalarEvent:
                    add_text(event)
                else:
                    take(event)
        finally:
            loader.dispose()

    def add_text(self, event: Any) -> None:
        """Add a scalar; nine of ten events bring one, so what they need stands here without a further call."""
        mark, style = event.start_mark, event.style
        node = Text(event.value, not style, mark.line + 1, mark.column + 1)
        if event.tag is not None or event.anchor is not None:
            self.refuse_extra(event)
        if self.comments:
            self.note_cut(event)
        if style and style in QUOTES and mark.line != event.end_mark.line:
            self.quoted = event
        if style == '"' and UNWANTED.search(event.value):
            self.refuse(node, "an escape that gives an unprintable character", "text without it")
        if type(self.parent) is Map and self.key is None and self.nodes < MOST_NODES:
            self.nodes += 1
            self.key = node
        else:
            self.attach(node)

    def take(self, event: Any) -> None:
        """Add what an event other than a scalar brings."""
        kind = type(event)
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            self.open(event, kind is MappingStartEvent)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self.parent, self.key = self.stack.pop()[0], None
        elif kind is AliasEvent:
            self.give_up(event, "an alias (*)", "the value itself")
        elif kind is DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.give_up(event, "a second document (---)", "one table in one file")

    def open(self, event: Any, is_map: bool) -> None:
        """Begin a list or mapping inside the one that is open."""
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        node: List | Map = Map(bool(event.flow_style), line, column) if is_map else List(line, column)
        if event.tag is not None or event.anchor is not None:
            self.refuse_extra(event)
        if len(self.stack) >= DEEPEST:
            self.give_up(event, f"more than {DEEPEST} levels of nesting", "a flatter table")
        if isinstance(self.parent, Map) and self.key is None:
            self.give_up(event, "a key that is a list or a mapping", "text as a key, in quotes if it holds [ ] { }")
        self.stack.append((self.parent, self.key))
        self.attach(node)
        self.parent, self.key = node, None

    def attach(self, node: Node) -> None:
        """Put a node where it belongs: as root, item, key or value."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.give_up(node, f"more than {MOST_NODES:,} values", "a smaller table")
        parent = self.parent
        if parent is None:
            self.root = node
        elif type(parent) is List:
            parent.items.append(node)
        elif self.key is None:
            self.key = node  # type: ignore[assignment]  # open() refuses all but text
        else:
            key, self.key = self.key, None
            name = key.text
            if name in parent.keys or (key.plain and name in UNFIT):  # type: ignore[union-attr]  # a mapping it is
                self.refuse_key(parent, key)  # type: ignore[arg-type]
            else:
                parent.keys[name], parent.values[name] = key, node  # type: ignore[union-attr]

    def refuse_key(self, parent: Map, key: Text) -> None:
        """Say why a key cannot stand where it does."""
        name = key.text
        if name in parent.keys:
            first = parent.keys[name]
            shown = "this key" if self.is_private() or self.follows_private(parent) else f"the key {quote(name)}"
            self.refuse(key, f"{shown} stands here twice", f"it once; it already stands at line {first.line}")
        elif name:
            self.refuse(key, "a merge key (<<)", "the keys themselves")
        else:
            self.refuse(key, "a value without a key", "a key before the colon")

    def is_private(self) -> bool:
        """Whether the open mapping stands somewhere under ``internal``, whose text no message may show."""
        return any(key is not None and key.text == "internal" for _, key in self.stack)

    @staticmethod
    def follows_private(parent: Map) -> bool:
        """Whether a key in ``{ }`` may in truth be the rest of an ``internal`` text with a comma in it."""
        return parent.flow and "internal" in parent.keys

    def refuse_extra(self, event: Any) -> None:
        """Refuse an anchor or a tag; neither is quoted, for it may stand in an ``internal`` text."""
        if event.anchor is not None:
            self.refuse(event, "an anchor (&)", "the value alone, or quotes around text that begins with &")
        else:
            self.refuse(event, "a tag (!)", "the value alone, or quotes around text that begins with !")

    def note_cut(self, event: Any) -> None:
        """Warn where what YAML takes for a comment follows a text; under ``internal`` without showing it."""
        end, parent, key = event.end_mark, self.parent, self.key
        is_private = key.text == "internal" if key else isinstance(parent, Map) and self.follows_private(parent)
        found = None if event.style or not event.value else find_cut(self.comments.get(end.line, ""), end.column)
        if found:
            column, shown = found
            told = "text cut at ` #`" if is_private or self.is_private() else f"text cut at ` {shown}`"
            self.cuts.append(Problem(self.source, told, UNCUT, (), Position(end.line + 1, column + 1), "warning"))
        self.is_cut = found is not None

    def refuse(self, place: Any, found: str, expected: str) -> None:
        """Note a problem at a node or event, or at none."""
        mark = getattr(place, "start_mark", None)
        position = Position(mark.line + 1, mark.column + 1) if mark else place and Position(place.line, place.column)
        self.problems.append(Problem(self.source, found, expected, position=position))

    def give_up(self, place: Any, found: str, expected: str) -> None:
        """Note a problem after which nothing can be read."""
        self.refuse(place, found, expected)
        raise _Stop

    def note_syntax(self, error: yaml.YAMLError) -> None:
        """Say in our own words what the parser did not like; its words could quote an ``internal`` text."""
        if isinstance(error, _Stop):
            return
        words = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
        mark, opening = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        found, expected = next((s[1:] for s in SYNTAX if s[0] in words), ("no valid YAML here", "a key and its value"))
        if UNCLOSED in words:
            mark, found, expected = opening, "a quote that opens here and is never closed", "its end"
        elif self.quoted and mark and _follows(mark, self.quoted.end_mark):
            found = f"a quote that opens here and is closed in line {mark.line + 1}, where more text follows"
            mark, expected = self.quoted.start_mark, "its end where the text ends, and no other before"
        elif "while parsing a flow" in words and opening and mark and opening.line != mark.line:
            found += f", and opens in line {opening.line + 1}"
        position = Position(mark.line + 1, mark.column + 1) if mark else None
        self.problems += self.cuts[-1:] if self.is_cut else []  # what closes a list or a key went with the comment
        self.problems.append(Problem(self.source, found, expected, position=position))


def _follows(mark: Any, end: Any) -> bool:
    """Whether a place comes at once after another, or after one blank."""
    return bool(mark.line == end.line and 0 <= mark.column - end.column <= 1)
