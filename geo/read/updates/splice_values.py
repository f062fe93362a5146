"""Values of a text put in, changed or taken out where they stand, as edits of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from geo.read.updates.extents import Extent, Key
from geo.read.updates.text_page import TextPage
from geo.read.yaml.tidy import Edit
from geo.yaml_words import Value, split_block, write_json, write_value, write_word

__all__ = ["ValueSplicer", "find_value"]

STEP = 2
COMMA = re.compile(r"[ \t]*,")


def find_value(value: Extent | None, path: Sequence[str | int]) -> Extent | None:
    r"""Find the value that keys, and numbers of items, lead to from another.

    Examples
    --------
    >>> page = TextPage("presence:\n  - {in: Kabul}")
    >>> found = find_value(page.root, ("presence", 0, "in"))
    >>> page.text[found.start : found.end], find_value(page.root, ("presence", 1))
    ('Kabul', None)
    """
    for name in path:
        if value is None:
            return None
        if isinstance(name, int):
            value = value.items[name] if name < len(value.items) else None
        else:
            value = value.values.get(name)
    return value


class ValueSplicer:
    """Lists the edits by which one value of a text becomes another."""

    def __init__(self, page: TextPage) -> None:
        self.page, self.text = page, page.text

    def replace(self, held: Extent, name: str, new: Value, *, in_flow: bool, renamed: str = "") -> Iterator[Edit]:
        """Put another value, and where it is renamed another key, in the place of those of a mapping."""
        key, old = held.keys[name], held.values[name]
        if renamed:
            yield key.start, key.end, self.word(renamed, key)
            name = renamed
        if old.kind == "list" and not old.flow and (edits := self.change_list(old, new)):
            yield from edits
            return
        is_block = old.kind != "text" and not old.flow
        is_plain = old.kind == "text" and old.start < old.end and self.text[old.start] not in "'\"|>"
        # A bare word in the place of a bare word, as its author writes them.
        bare = is_plain and isinstance(new, str) and write_word(new) == new and not self.page.is_json
        written = str(new) if bare else self.write(new, name, in_flow=in_flow, column=key.column)
        if is_block or old.end <= old.start:  # lines below the key, or nothing at all
            start = self.end_key(key)
            yield start, max(old.end, start), " " + written
        else:
            yield old.start, old.end, written

    def change_list(self, old: Extent, new: Value) -> list[Edit]:
        """Change a list of texts whose items stand on lines of their own; none if others than its items move."""
        wanted = [each for each in new if isinstance(each, str)] if not isinstance(new, str | Mapping) else []
        held = [self.read_text(item) for item in old.items]
        kept = [text for text in held if text in wanted]
        if not kept or [text for text in wanted if text in held] != kept or None in held:
            return []
        edits: list[Edit] = []
        for item, text in zip(old.items, held, strict=True):
            if text not in wanted:
                if self.text[self.page.start_line(item.start) : item.start].strip(" \t") != "-":
                    return []  # the first of a list in a list, which shares its line
                edits.append((*self.page.cut_lines(item.start, item.end), ""))
        after: Extent | None = None
        for text in wanted:
            if text in held:
                after = old.items[held.index(text)]
                continue
            line = " " * old.column + "- " + write_value(text)
            if after is None:
                place = self.page.start_line(old.start)
                edits.append((place, place, line + self.page.line_end))
            else:
                place = self.page.end_line(after.end)
                edits.append((place, place, self.page.line_end + line))
        return edits

    def read_text(self, item: Extent) -> str | None:
        """Read an item of a list; None if it is no text."""
        return item.text if item.kind == "text" else None

    def add_key(
        self, held: Extent, name: str, value: Value, order: Mapping[str, int], *, in_flow: bool
    ) -> Iterator[Edit]:
        """Put a key into a mapping, behind those that come before it in an order."""
        late = len(order)
        before = [key for key in held.values if order.get(key, late) < order.get(name, late)]
        last = max(before, key=lambda each: held.keys[each].start) if before else [*held.keys][-1]
        key, anchor = held.keys[last], held.values[last]
        if held.flow:
            pair = f"{self.word(name, key)}: {self.write(value, name, in_flow=True)}"
            yield anchor.end, anchor.end, f", {pair}"
            return
        column = next(iter(held.keys.values())).column
        place = self.page.end_line(self.end_key(key)) if anchor.end <= anchor.start else self.page.end_lines(anchor)
        written = self.write(value, name, in_flow=in_flow, column=column)
        yield place, place, f"{self.page.line_end}{' ' * column}{write_word(name)}: {written}"

    def remove_key(self, held: Extent, name: str) -> Iterator[Edit]:
        """Take a key out of a mapping, with its line, or with its comma."""
        names = [*held.keys]
        place = names.index(name)
        key, value = held.keys[name], held.values[name]
        following = held.keys[names[place + 1]] if place + 1 < len(names) else None
        end = max(value.end, key.end + 1)
        if len(names) == 1 and held.flow:
            yield key.start, end, ""
        elif held.flow and place:
            yield held.values[names[place - 1]].end, end, ""
        elif following and (held.flow or self.text[self.page.start_line(key.start) : key.start].strip(" ")):
            yield key.start, following.start, ""
        else:
            yield (*self.page.cut_lines(key.start, end), "")

    def remove_item(self, held: Extent, number: int) -> Iterator[Edit]:
        """Take an item out of a list, with its lines or with its comma."""
        item, following = held.items[number], held.items[number + 1 : number + 2]
        start, end = item.start, item.end
        if not held.flow:
            dash = self.text.rindex("-", 0, start)
            if self.text[self.page.start_line(dash) : dash].strip(" ") or self.text[dash + 1 : start].strip():
                raise ValueError("an item that shares its line")
            yield (*self.page.cut_lines(dash, end), "")
        elif number and "#" not in self.text[held.items[number - 1].end : start]:
            yield held.items[number - 1].end, end, ""
        elif following and "#" not in self.text[end : following[0].start]:
            yield start, following[0].start, ""
        else:
            comma = COMMA.match(self.text, end)
            yield start, comma.end() if comma else end, ""

    def end_key(self, key: Key) -> int:
        """Give where the sign behind a key ends."""
        return self.text.index(":", key.end) + 1

    def word(self, name: str, like: Key) -> str:
        """Write a key, in quotes where the one beside it is."""
        return write_json(name) if like.is_quoted else write_word(name)

    def write(self, value: Value, name: str, *, in_flow: bool, column: int = 0) -> str:
        """Write a value behind its key: of several lines below it, where the text can stand so."""
        if self.page.is_json:
            return write_json(value, name)
        if in_flow or not (lines := split_block(value)):
            return write_value(value, name)
        margin = self.page.line_end + " " * (column + STEP)
        return "|-" + "".join(margin + line if line else self.page.line_end for line in lines)
