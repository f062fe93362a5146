"""An entry of a table's text with the comments that are its own: moved past its neighbour, or without them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from geo.errors import Problem, TableError
from geo.read.common.file_text import MARK, decode_text
from geo.read.updates.extents import Extent
from geo.read.updates.splice_change import read_plain
from geo.read.updates.splice_entries import BY_HAND
from geo.read.updates.text_page import LINE_END, TextPage
from geo.read.yaml.tidy import Edit, apply

__all__ = ["drop_comments", "list_comments", "move_entry"]

COMMA = re.compile(r"[ \t]*,")
TAIL = re.compile(r"[ \t]*#[^\r\n]*")


@dataclass(frozen=True)
class _Block:
    """Where an entry stands: its comments above it, its text, those behind it; each a start and an end.

    In brackets a comma stands between text and tail, which is no part of either.
    """

    lead: tuple[int, int]
    text: tuple[int, int]
    tail: tuple[int, int]
    in_flow: bool

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """What changes places: all at once where nothing stands between."""
        return (self.lead, self.text, self.tail) if self.in_flow else ((self.lead[0], self.tail[1]),)


def move_entry(data: bytes, source: str, part: str, number: int, by: int) -> bytes:
    r"""Let an entry and the next one, or the one before with ``by`` -1, change places, each with its own comments.

    What stands between them stays where it is, and so does every other byte. Of a mapping ``number`` counts its keys.

    Examples
    --------
    >>> print(move_entry(b"presence:\n  # one\n  - a # 1\n\n  - b # 2", "t", "presence", 0, 1).decode())
    presence:
      - b # 2
    <BLANKLINE>
      # one
      - a # 1
    """
    first = min(number, number + by)
    text, mark = decode_text(data, source), MARK if data.startswith(MARK) else b""
    before = read_plain(data, source)
    entries = [*_list_entries(before.get(part))]
    if abs(by) != 1 or not 0 <= first < len(entries) - 1:
        raise ValueError("a move that leads nowhere")
    entries[first : first + 2] = entries[first + 1], entries[first]
    one, other = (_find_block(text, part, at) for at in (first, first + 1))
    edits: list[Edit] = []
    for (start, end), (start_2, end_2) in zip(one.spans, other.spans, strict=True):
        edits += [(start, end, text[start_2:end_2]), (start_2, end_2, text[start:end])]
    moved = mark + apply(text, edits).encode()
    after = _read(moved, source)
    if [*_list_entries(after.get(part))] != entries or {**after, part: 0} != {**before, part: 0}:
        raise TableError([Problem(source, "a table whose text leaves no room for this move", BY_HAND)])
    return moved


def list_comments(data: bytes, source: str, part: str, number: int) -> tuple[str, ...]:
    r"""List the comments of an entry's own that stand on lines beside it, or behind its comma.

    Examples
    --------
    >>> list_comments(b"groups:\n  # the first\n  a: {name: A}  # one\n    # short: B\n  b: {}", "t", "groups", 0)
    ('# the first', '# short: B')
    """
    text = decode_text(data, source)
    block = _find_block(text, part, number)
    return tuple(
        line.strip()
        for start, end in (block.lead, block.tail)
        for line in LINE_END.split(text[start:end])
        if line.strip()
    )


def drop_comments(data: bytes, source: str, part: str, number: int) -> bytes:
    r"""Take out the comments of an entry's own that stand on lines beside it, or behind its comma.

    Examples
    --------
    >>> print(drop_comments(b"groups:\n  # the first\n  a: {name: A}  # one\n  b: {}", "t", "groups", 0).decode())
    groups:
      a: {name: A}  # one
      b: {}
    """
    text, mark = decode_text(data, source), MARK if data.startswith(MARK) else b""
    block = _find_block(text, part, number)
    left = mark + apply(text, [(*block.lead, ""), (*block.tail, "")]).encode()
    if _read(left, source) != read_plain(data, source):
        raise TableError([Problem(source, "a table whose comments cannot be told from what it says", BY_HAND)])
    return left


def _list_entries(part: object) -> Iterator[object]:
    yield from part.items() if isinstance(part, dict) else part if isinstance(part, list) else ()


def _read(data: bytes, source: str) -> dict[str, object]:
    try:
        return read_plain(data, source)
    except TableError:
        return {}


class _Lines(TextPage):
    """A text whose lines go by number."""

    def find(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def end(self, line: int) -> int:
        return self.end_line(self.starts[line])

    def is_comment(self, line: int) -> bool:
        return line < len(self.starts) and self.text[self.starts[line] : self.end(line)].lstrip().startswith("#")

    def indent(self, line: int) -> int:
        told = self.text[self.starts[line] : self.end(line)]
        return len(told) - len(told.lstrip())


def _find_block(text: str, part: str, number: int) -> _Block:
    lines = _Lines(text)
    place = lines.root.values[part]
    item = place.inner[number]
    start = item.start if place.kind == "list" else [*place.keys.values()][number].start
    before = lines.find(lines.root.keys[part].start if not number else _find_last(lines, place, number - 1))
    first = lines.find(start)
    if place.flow:
        comma = COMMA.match(text, item.end)
        after = comma.end() if comma else item.end
        tail = TAIL.match(text, after)
        is_first = not text[lines.starts[first] : start].strip()
        lead = _find_lead(lines, first, before) if is_first else first
        span = (lines.starts[lead], lines.starts[first]) if is_first else (start, start)
        return _Block(span, (start, item.end), (after, tail.end() if tail else after), True)
    while place.kind == "list" and text[lines.starts[first] : lines.starts[first] + place.column + 1].strip() != "-":
        first -= 1
    lead, last = _find_lead(lines, first, before), lines.find(item.last.end)
    tail_end = max(lines.end(lines.find(_find_last(lines, place, number))), item.last.end)
    middle = item.last.end if item.last.keeps else lines.end(last)
    start = lines.starts[first]
    return _Block((lines.starts[lead], start), (start, middle), (middle, tail_end), False)


def _find_lead(lines: _Lines, first: int, before: int) -> int:
    """Find the first of the comments straight above a line, below a line that is another's."""
    while first - 1 > before and lines.is_comment(first - 1):
        first -= 1
    return first


def _find_last(lines: _Lines, place: Extent, number: int) -> int:
    """Find the start of the last line of an entry: comments below it that stand deeper are its own."""
    last = place.inner[number].last
    line = lines.find(last.end)
    while not place.flow and not last.keeps and lines.is_comment(line + 1) and lines.indent(line + 1) > place.column:
        line += 1
    return max(lines.starts[line], last.end)
