"""Where each value of a YAML text begins and ends, as places in the text."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from geo.read.yaml.parse import LOADER, pause_collector

__all__ = ["Extent", "Key", "read_extents"]

STARTS = {MappingStartEvent: "map", SequenceStartEvent: "list"}
ENDS = (MappingEndEvent, SequenceEndEvent)
LAST_END = re.compile(r"(?:\r\n|\r|\n)[ ]*\Z")
KEPT = re.compile(r"[|>][1-9]?\+")


class Key(NamedTuple):
    """A key of a mapping: where it begins and ends, and whether it stands in quotes."""

    start: int
    end: int
    column: int
    is_quoted: bool


class Extent:
    """A value from ``start`` to ``end``; ``column`` counts from 0.

    ``kind`` is text, list or map; ``flow`` is whether brackets stand around it. A text after ``|`` or ``>`` ends where
    its last line does, and ``keeps`` says that empty lines after it are part of it; ``text`` is what it says.
    """

    __slots__ = ("column", "end", "flow", "items", "keeps", "keys", "kind", "start", "text", "values")

    def __init__(self, kind: str, start: int, column: int, *, flow: bool) -> None:
        self.kind, self.start, self.column, self.flow = kind, start, column, flow
        self.end = start
        self.items: list[Extent] = []
        self.values: dict[str, Extent] = {}
        self.keys: dict[str, Key] = {}
        self.keeps = False
        self.text = ""

    @property
    def is_quoted(self) -> bool:
        """Whether its keys stand in quotes, as all of JSON do."""
        return any(key.is_quoted for key in self.keys.values())

    @property
    def inner(self) -> list[Extent]:
        """The values in it, in their order."""
        return self.items if self.kind == "list" else list(self.values.values())

    @property
    def last(self) -> Extent:
        """The value with which its text ends: itself, or the last in it that has no brackets."""
        found = self
        while not found.flow and (inner := found.inner):
            found = inner[-1]
        return found


def read_extents(text: str) -> Extent:
    r"""Read a text that is known to be the YAML of a table.

    Examples
    --------
    >>> text = "groups: {a: 1}\npresence:\n  - [x]  # y"
    >>> root = read_extents(text)
    >>> [text[each.start : each.end] for each in (root.values["groups"], root.values["presence"].items[0], root)]
    ['{a: 1}', '[x]', 'groups: {a: 1}\npresence:\n  - [x]']
    """
    with pause_collector():
        return _read(text)


def _read(text: str) -> Extent:
    loader: Any = LOADER(text)
    opened: list[tuple[Extent, str | None]] = []
    root: Extent | None = None
    key: str | None = None
    try:
        while (event := loader.get_event()) is not None:
            made = type(event)
            if made in ENDS:
                done, key = opened.pop()
                done.end = event.end_mark.index if done.flow else done.last.end
                _attach(opened, key, done)
                key = None
                root = done
            elif made in STARTS:
                kind = STARTS[made]
                mark = event.start_mark
                opened.append((Extent(kind, mark.index, mark.column, flow=bool(event.flow_style)), key))
                key = None
            elif made is ScalarEvent:
                if opened and opened[-1][0].kind == "map" and key is None:
                    key = event.value
                    start, end = event.start_mark, event.end_mark
                    opened[-1][0].keys[event.value] = Key(start.index, end.index, start.column, bool(event.style))
                else:
                    root = _make_text(event, text)
                    _attach(opened, key, root)
                    key = None
    finally:
        loader.dispose()
    if root is None:
        raise ValueError("a text without a value")
    return root


def _attach(opened: list[tuple[Extent, str | None]], key: str | None, value: Extent) -> None:
    if not opened:
        return
    parent = opened[-1][0]
    if parent.kind == "list":
        parent.items.append(value)
    elif key is not None:
        parent.values[key] = value


def _make_text(event: Any, text: str) -> Extent:
    made = Extent("text", event.start_mark.index, event.start_mark.column, flow=False)
    made.end, made.text = event.end_mark.index, event.value
    if event.style in ("|", ">"):
        made.keeps = KEPT.match(text, made.start) is not None
        written = text[made.start : made.end]
        # An end of line that is the text's own stays in front of what comes next.
        made.end = made.start + (
            len(re.sub(r"(?:\r\n|\r|\n)[ ]*\Z", "", written)) if made.keeps else len(written.rstrip())
        )
    return made
