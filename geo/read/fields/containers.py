"""Fields that look something up or hold other fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geo.read.common.nodes import List, Map, Node, Text, cut, quote
from geo.read.fields.hints import show_list, split_list
from geo.read.fields.scalars import NOTHING, SHAPES, Field, read_text
from geo.read.fields.table_context import TableContext

__all__ = ["Either", "Items", "Ref", "UnitName"]


@dataclass(frozen=True)
class Ref:
    """The id of a group, source, level, region or record that the table defines."""

    kind: str

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the id."""
        if type(node) is Text and node.text in reading.ids.get(self.kind, ()) and node.text not in NOTHING:
            return node.text
        if read_text(node, reading, f"the id of a {self.kind}") is None or not isinstance(node, Text):
            return None
        return reading.find_id(self.kind, node)

    def identify(self, text: str, reading: TableContext) -> str | None:
        """Give a text that is such an id."""
        return text if text in reading.ids.get(self.kind, {}) else None


@dataclass(frozen=True)
class UnitName:
    """A unit by name, alias or code; other places go under keys of their own only in a record."""

    in_record: bool = True

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the name and give the unit's code."""
        if type(node) is Text and (code := reading.recall_unit(node.text)):
            return code
        if read_text(node, reading, reading.gazetteer.noun.forms["a_unit"]) is None or not isinstance(node, Text):
            return None
        return reading.find_unit(node, in_record=self.in_record)

    @staticmethod
    def identify(text: str, reading: TableContext) -> str | None:
        """Give the code of the unit that a text names, if it names one."""
        return reading.identify_unit(text)


@dataclass(frozen=True)
class Items:
    """A list of so many items; ``distinct`` names an item that may stand there once only.

    Words about units are filled in: ``{unit}``, ``{a_unit}``.

    With ``or_one`` a single text is a list of one.
    """

    item: Field
    expected: str
    at_least: int = 1
    at_most: int = 2_000_000
    distinct: str = ""
    or_one: bool = False

    def read(self, node: Node, reading: TableContext) -> tuple[Any, ...] | None:
        """Read all items."""
        if type(node) is Text and (self.or_one or self._find_parts(node.text, reading)):
            value = self._read_item(node, reading)
            return None if value is None else (value,)
        expected = reading.gazetteer.noun.fill(self.expected)
        if type(node) is not List:
            reading.error(node, f"{SHAPES[type(node)]} where a list belongs", expected)
            return None
        if len(node.items) < self.at_least:
            found = f"a list of {len(node.items)}" if node.items else "an empty list"
            reading.error(node, found, f"{expected}, at least {self.at_least}")
        if len(node.items) > self.at_most:
            reading.error(node, f"a list of {len(node.items):,}", f"{expected}, at most {self.at_most:,}")
            return ()
        values = [self._read_item(item, reading, node.items) for item in node.items]
        if reading.gazetteer.parts and isinstance(self.item, UnitName):
            return tuple(dict.fromkeys(value for value in values if value is not None))
        if self.distinct and len(values) > 1:
            self._refuse_repeats(node, values, reading)
        return tuple(value for value in values if value is not None)

    @property
    def finds(self) -> bool:
        """Whether items are names to be looked up, so that no comma can stand in one."""
        return isinstance(self.item, Ref | UnitName)

    def knows(self, text: str, reading: TableContext) -> bool:
        """Tell whether a text is the name of an item; of items that are free text none is."""
        return self._identify(text, reading) is not None

    def name_once(
        self, texts: Iterable[str], reading: TableContext, named: Iterable[str | None] = ()
    ) -> tuple[str, ...]:
        """Leave out texts that name what another, or one of those already ``named``, stands for: a list refuses it."""
        if not self.distinct or reading.gazetteer.parts:
            return tuple(texts)
        seen, kept = set(named), []
        for text in texts:
            key = self._identify(text, reading) or text
            kept += [text] if key not in seen else []
            seen.add(key)
        return tuple(kept)

    def _identify(self, text: str, reading: TableContext) -> str | None:
        return self.item.identify(text, reading) if isinstance(self.item, Ref | UnitName) else None

    def _read_item(self, node: Node, reading: TableContext, beside: Iterable[Node] = ()) -> Any:
        """Read one item; a text that holds several is told how to write them."""
        if type(node) is Text and (parts := self._find_parts(node.text, reading)):
            others = [self._identify(each.text, reading) for each in beside if type(each) is Text and each is not node]
            kept = self.name_once(parts, reading, others)
            expected = f"a list, such as {show_list(kept)}" if len(kept) > 1 else "".join(map(cut, kept))
            expected = expected or "a list without it, for what it names stands there already"
            reading.error(node, f"{quote(node.text)}, several in one text", expected)
            return None
        return self.item.read(node, reading)

    def _find_parts(self, text: str, reading: TableContext) -> tuple[str, ...]:
        """Split a text that is no item itself, but holds one between commas or the like."""
        if self.knows(text, reading):
            return ()
        parts = split_list(text)
        return parts if any(self.knows(part, reading) for part in parts) else ()

    def _refuse_repeats(self, node: List, values: list[Any], reading: TableContext) -> None:
        """Note each item that stands for the same as an earlier one, whatever its spelling."""
        first: dict[Any, Node] = {}
        for item, value in zip(node.items, values, strict=True):
            if value is not None and first.setdefault(value, item) is not item:
                shown = quote(item.text) if type(item) is Text else "an item"
                what = reading.gazetteer.noun.fill(self.distinct)
                reading.error(item, f"{shown} names the same {what} twice", f"each {what} once")


@dataclass(frozen=True)
class Either:
    """One field for text, another for a list, another for a mapping; None where that is not allowed."""

    expected: str
    text: Field | None = None
    items: Field | None = None
    map: Field | None = None

    def read(self, node: Node, reading: TableContext) -> Any:
        """Read by the shape of the node; ``expected`` is said of any other."""
        chosen = {Text: self.text, List: self.items, Map: self.map}[type(node)]
        if chosen is None and type(node) is Text and node.plain and node.text in NOTHING:
            expected = reading.gazetteer.noun.fill(self.expected)
            reading.error(node, "nothing stands here", f"{expected}, or leave the key out")
            return None
        if chosen is None:
            reading.error(node, SHAPES[type(node)], reading.gazetteer.noun.fill(self.expected))
            return None
        return chosen.read(node, reading)
