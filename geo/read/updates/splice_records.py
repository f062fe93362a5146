"""The text of a table with what rows of a sheet change: spliced at known places, and no other letter moves."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yaml import nodes as yn
from yaml import tokens as yt

from geo.read.common.nodes import List, Node, Text
from geo.read.fields.mappings import INTERNAL
from geo.read.table.records import RECORD
from geo.read.updates.merge_rows import KeyChange, RowOutcome
from geo.read.yaml.indent import is_written
from geo.read.yaml.parse import LOADER
from geo.read.yaml.tidy import Edit, apply, scan

__all__ = ["TextPage", "Writers", "list_lost_comments", "splice_rows"]

LINE_END = re.compile("\r\n|\r|\n")
ORDER = {name: place for place, name in enumerate((*(key.name for key in RECORD.keys), INTERNAL))}
STEP = 2


@dataclass(frozen=True)
class Writers:
    """What writes values as YAML: one on a line, in brackets or not, and whole records below ``presence:``."""

    inline: Callable[[Any, bool], str]
    records: Callable[[Sequence[Mapping[str, Any]]], str]


def splice_rows(text: str, rows: Iterable[RowOutcome], write: Writers) -> str:
    r"""Write into the text of a table, which holds together, what rows of a sheet change.

    Line ends are those of the text, the first of them for what is new.
    """
    page = TextPage(text)
    root = page.compose()
    rows = tuple(rows)
    part = _find(root, "presence")
    edits: list[Edit] = []
    for row in rows:
        if row.record is None and row.changes and part is not None:
            edits += page.change_record(part.value[row.index], row.changes, write)
    added = [_strip(row.record) for row in rows if row.record is not None]
    if added:
        edits += page.add_records(root, part, added, write)
    return apply(text, _join_insertions(edits))


def list_lost_comments(before: str, after: str) -> tuple[str, ...]:
    r"""List the comments of a text that another has no more: those that stood within what was replaced.

    Examples
    --------
    >>> list_lost_comments("a: [b, # one\n c] # two", "a: d # two")
    ('# one',)
    """
    return tuple((Counter(_list_comments(before)) - Counter(_list_comments(after))).elements())


def _list_comments(text: str) -> Iterator[str]:
    """List the comments of a text: what stands between its tokens."""
    page, done = TextPage(text), 0
    for token in scan(text):
        if is_written(token) or isinstance(token, yt.StreamEndToken):
            gap = text[done : page.find(token.start_mark)]
            yield from (line[line.index("#") :].rstrip() for line in LINE_END.split(gap) if "#" in line)
            done = page.find(token.end_mark)
            if isinstance(token, yt.ScalarToken) and token.style in ("|", ">"):
                head = LINE_END.split(text[page.find(token.start_mark) : done])[0]
                yield from [head[head.index("#") :].rstrip()] if "#" in head else []


def _strip(node: Node) -> Any:
    if isinstance(node, Text):
        return node.text
    if isinstance(node, List):
        return [_strip(item) for item in node.items]
    return {name: _strip(value) for name, value in node.values.items()}


def _find(node: yn.MappingNode, name: str) -> Any:
    return next((value for key, value in node.value if key.value == name), None)


def _join_insertions(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Join what is put in at one place, in the order in which it was listed."""
    joined: dict[int, str] = {}
    for start, end, new in edits:
        if start == end:
            joined[start] = joined.get(start, "") + new
        else:
            yield start, end, new
    yield from ((start, start, new) for start, new in joined.items())


class TextPage:
    """A text by its lines, whatever ends them, in which nodes of YAML are found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in LINE_END.finditer(text))]
        first = LINE_END.search(text)
        self.line_end = first[0] if first else "\n"

    def compose(self) -> yn.MappingNode:
        """Give the nodes of the text with their places."""
        loader = LOADER(self.text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        if not isinstance(node, yn.MappingNode):
            raise TypeError("a checked table is a mapping")
        return node

    def find(self, mark: Any) -> int:
        """Give the place of a mark."""
        line = min(int(mark.line), len(self.starts) - 1)
        return min(self.starts[line] + int(mark.column), len(self.text))

    def start(self, node: yn.Node) -> int:
        """Give where a node begins."""
        return self.find(node.start_mark)

    def end(self, node: yn.Node) -> int:
        """Give where the last letter of a node ends: what follows a list, or a text after |, is none of it."""
        if isinstance(node, yn.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        start, end = self.start(node), self.find(node.end_mark)
        return start + len(self.text[start:end].rstrip())

    def end_line(self, place: int) -> int:
        """Give the end of the line that a place is in, without the sign that ends it."""
        match = LINE_END.search(self.text, place)
        return match.start() if match else len(self.text)

    def start_line(self, place: int) -> int:
        """Give the start of the line that a place is in."""
        return self.starts[bisect_right(self.starts, place) - 1]

    def change_record(self, record: yn.MappingNode, changes: Sequence[KeyChange], write: Writers) -> Iterator[Edit]:
        """Change keys of a record, and of mappings in it."""
        for change in changes:
            node, in_flow = record, bool(record.flow_style)
            for name in change.path[:-1]:
                node = _find(node, name)
                in_flow = in_flow or bool(node.flow_style)
            name, pairs = change.path[-1], {key.value: (key, value) for key, value in node.value}
            if change.value is None:
                yield from self.remove(node, name)
            elif change.was:
                key, value = pairs[change.was]
                start = self.start(key)
                yield start, self.find(key.end_mark), f'"{name}"' if _is_quoted(key) else name
                yield from self.replace(key, value, change.value, in_flow, write)
            elif name in pairs:
                yield from self.replace(*pairs[name], change.value, in_flow, write)
            else:
                yield from self.add_key(node, name, change.value, in_flow, write)

    def replace(self, key: yn.Node, old: yn.Node, new: Node, in_flow: bool, write: Writers) -> Iterator[Edit]:
        """Put another value in the place of one."""
        if isinstance(old, yn.SequenceNode) and not old.flow_style and (edits := self.change_list(old, new, write)):
            yield from edits
            return
        is_block = isinstance(old, yn.CollectionNode) and not old.flow_style
        end = self.end(old)
        if is_block or end <= self.start(old):  # lines below the key, or nothing at all
            start = self.text.index(":", self.find(key.end_mark)) + 1
            yield start, max(end, start), " " + self.write(new, in_flow, key, write)
        else:
            yield self.start(old), end, self.write(new, in_flow, key, write)

    def change_list(self, old: yn.SequenceNode, new: Node, write: Writers) -> list[Edit]:
        """Change a list of texts whose items stand on lines of their own; none if others than its items move."""
        wanted = [each.text for each in new.items if isinstance(each, Text)] if isinstance(new, List) else []
        held = [item.value if isinstance(item, yn.ScalarNode) else None for item in old.value]
        kept = [text for text in held if text in wanted]
        if not kept or [text for text in wanted if text in held] != kept or None in held:
            return []
        edits: list[Edit] = []
        for item, text in zip(old.value, held, strict=True):
            if text not in wanted:
                start, end = self.start_line(self.start(item)), self.end_line(self.end(item))
                if self.text[start : self.start(item)].strip(" \t") != "-":
                    return []  # the first of a list in a list, which shares its line
                edits.append((start, min(end + len(self.line_end), len(self.text)), ""))
        after: yn.Node | None = None
        dash = " " * old.start_mark.column + "- "
        for text in wanted:
            if text in held:
                after = old.value[held.index(text)]
                continue
            line = dash + write.inline(text, False)
            if after is None:
                place = self.start_line(self.start(old))
                edits.append((place, place, line + self.line_end))
            else:
                place = self.end_line(self.end(after))
                edits.append((place, place, self.line_end + line))
        return edits

    def add_key(
        self, node: yn.MappingNode, name: str, value: Node, in_flow: bool, write: Writers,
        order: Mapping[str, int] = ORDER,
    ) -> Iterator[Edit]:  # fmt: skip
        """Put a key into a mapping, behind those that come before it in the format, or in an order of the caller's."""
        late = len(order)
        before = [pair for pair in node.value if order.get(pair[0].value, late) < order.get(name, late)]
        key, anchor = max(before, key=lambda pair: self.start(pair[0])) if before else node.value[-1]
        end = self.end(anchor)
        if node.flow_style:
            yield end, end, f", {_write_pair(name, value, key, write)}"
            return
        end = max(end, self.text.index(":", self.find(key.end_mark)) + 1)
        head = node.value[0][0]
        place = self.end_line(end)
        yield place, place, f"{self.line_end}{' ' * self.indent(head)}{name}: {self.write(value, in_flow, head, write)}"

    def remove(self, node: yn.MappingNode, name: str) -> Iterator[Edit]:
        """Take a key out of a mapping, with its line, or with its comma."""
        place = next(index for index, (key, _) in enumerate(node.value) if key.value == name)
        key, value = node.value[place]
        start, following = self.start(key), node.value[place + 1 : place + 2]
        end = max(self.end(value), self.find(key.end_mark) + 1)
        line = self.start_line(start)
        if len(node.value) == 1 and node.flow_style:
            yield start, end, ""
        elif node.flow_style and place:
            yield self.end(node.value[place - 1][1]), end, ""
        elif following and (node.flow_style or self.text[line:start].strip(" ")):
            yield start, self.start(following[0][0]), ""
        else:
            yield line, min(self.end_line(end) + len(self.line_end), len(self.text)), ""

    def indent(self, key: yn.Node) -> int:
        """Give the column in which a key stands."""
        return int(key.start_mark.column)

    def write(self, value: Node, in_flow: bool, key: yn.Node, write: Writers) -> str:
        """Write a value behind its key: of several lines below it, where the text can stand so."""
        if in_flow and _is_quoted(key):
            return _write_json(_strip(value))
        text = value.text if isinstance(value, Text) else ""
        lines = text.split("\n")
        if in_flow or len(lines) < 2 or not _is_plain_block(text):
            return write.inline(_strip(value), in_flow)
        margin = self.line_end + " " * (self.indent(key) + STEP)
        return "|-" + "".join(margin + line if line else self.line_end for line in lines)

    def add_records(self, root: yn.MappingNode, part: Any, added: list[Any], write: Writers) -> Iterator[Edit]:
        """Put records behind the last one, in its way of writing."""
        if part is None:
            yield from self.add_section(root, added, write)
        elif part.flow_style or not part.value:
            items = ", ".join(_write_flow(each, part, write) for each in added)
            place = self.end(part.value[-1]) if part.value else self.find(part.end_mark) - 1
            yield place, place, f"{', ' if part.value else ''}{items}"
        else:
            last, place = part.value[-1], self.end_line(self.end(part.value[-1]))
            dash = " " * part.start_mark.column
            if last.flow_style:
                lines = [f"{dash}- {_write_flow(each, part, write)}" for each in added]
            else:
                lines = [_shift(line, part.start_mark.column - STEP) for line in write.records(added).splitlines()[1:]]
            yield place, place, "".join(self.line_end + line for line in lines)

    def add_section(self, root: yn.MappingNode, added: list[Any], write: Writers) -> Iterator[Edit]:
        """Put records into a table that has no place for them yet."""
        if root.flow_style:
            place = self.end(root.value[-1][1])
            items = ", ".join(write.inline(each, True) for each in added)
            yield place, place, f", presence: [{items}]"
            return
        place = self.end_line(self.end(root))
        lines = [_shift(line, root.start_mark.column) for line in write.records(added).splitlines()]
        yield place, place, "".join(self.line_end + line for line in ("", *lines))


def _shift(line: str, columns: int) -> str:
    """Move a line to the right, or to the left where blanks stand there; an empty one stays empty."""
    return (" " * columns + line if columns >= 0 else line[-columns:]) if line else line


def _is_quoted(key: yn.Node) -> bool:
    """Tell whether a key stands in quotes, as all of JSON do."""
    return isinstance(key, yn.ScalarNode) and key.style == '"'


def _write_pair(name: str, value: Node, like: yn.Node, write: Writers) -> str:
    """Write a key with its value in braces, in quotes where the key beside it is."""
    said = _strip(value)
    return f'"{name}": {_write_json(said)}' if _is_quoted(like) else f"{name}: {write.inline(said, True)}"


def _write_flow(record: Any, part: yn.SequenceNode, write: Writers) -> str:
    """Write a record in braces, as those of a list that hold it."""
    first = part.value[-1].value[0][0] if part.value else None
    return _write_json(record) if first is not None and _is_quoted(first) else write.inline(record, True)


def _write_json(value: Any) -> str:
    """Write a value as JSON does, which is YAML as well."""
    return json.dumps(value, ensure_ascii=False)


def _is_plain_block(text: str) -> bool:
    """Tell whether a text can stand below its key as it is: printable, without blanks at the edges of lines."""
    lines = text.split("\n")
    return (
        all(line == line.strip() for line in lines)
        and bool(lines[0] and lines[-1])
        and text.replace("\n", "").isprintable()
    )
