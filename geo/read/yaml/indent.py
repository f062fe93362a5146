"""How the lines of a YAML text are indented, and how they should be: found from its tokens, without a tree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yaml import tokens as yt

__all__ = ["Layout", "Source", "is_written"]

STEP = 2
BLOCK_HEAD = re.compile(r"[|>][+-]?([1-9])?")
OPENING = (yt.FlowMappingStartToken, yt.FlowSequenceStartToken)
CLOSING = (yt.FlowMappingEndToken, yt.FlowSequenceEndToken)
MARKERS = (yt.DocumentStartToken, yt.DocumentEndToken, yt.DirectiveToken)


class Source:
    """A text by lines, each with the place where it begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def find(self, mark: Any) -> int:
        """Give the place of a mark."""
        line: int = min(mark.line, len(self.lines))
        return min(self.starts[line] + int(mark.column), len(self.text))

    def measure(self, line: int) -> int:
        """Give the width of the blanks at the start of a line."""
        return len(self.lines[line]) - len(self.lines[line].lstrip(" \t"))


@dataclass
class Block:
    """A list or mapping that is open: its column now, and as it should be."""

    is_list: bool
    old: int
    new: int
    is_indentless: bool = False


def is_written(token: Any) -> bool:
    """Tell whether something of the text stands for a token, which is not so for a key without a question mark."""
    return bool(
        (token.start_mark.line, token.start_mark.column) != (token.end_mark.line, token.end_mark.column)
        and not isinstance(token, yt.BlockEndToken | yt.BlockMappingStartToken | yt.BlockSequenceStartToken)
    )


class Layout:
    """Takes tokens one by one and says for each line that they touch how far it should be indented.

    ``indents`` holds the new indentation by line; ``kept`` the lines whose end lies in a text, where a blank may mean
    something.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.flow = 0
        self.shift = 0
        self.indents: dict[int, int] = {}
        self.kept: set[int] = set()
        self.last = -1
        self.after_block = False
        self.is_key = False
        self.before: list[Block] | None = None

    @property
    def inner(self) -> int:
        """Where the content of the innermost block belongs."""
        return self.blocks[-1].new + STEP if self.blocks else 0

    def take(self, token: Any) -> None:
        """Follow a token, and place the line that it begins."""
        if self.before is None and token.start_mark.line > self.last:
            self.before = list(self.blocks)  # what comments above the token may be aligned with
        if not self.flow:
            self._follow(token)
        if is_written(token) or isinstance(token, yt.StreamEndToken):
            self._place(token, self.before or [])
            self.before = None
        if isinstance(token, yt.KeyToken):
            self.is_key = True
        elif is_written(token):
            self.is_key = False
        self.flow += isinstance(token, OPENING) - isinstance(token, CLOSING)

    def _follow(self, token: Any) -> None:
        """Open and close blocks; a list that stands under its key without indentation has no token of its own."""
        column = token.start_mark.column
        top = self.blocks[-1] if self.blocks else None
        if isinstance(token, yt.BlockMappingStartToken | yt.BlockSequenceStartToken):
            self.blocks.append(Block(isinstance(token, yt.BlockSequenceStartToken), column, self.inner))
        elif isinstance(token, yt.BlockEntryToken) and top and not top.is_list:
            self.blocks.append(Block(True, top.old, self.inner, is_indentless=True))
        elif isinstance(token, yt.KeyToken | yt.BlockEndToken) and top and top.is_indentless:
            self.blocks.pop()
        if isinstance(token, yt.BlockEndToken) and self.blocks:
            self.blocks.pop()

    def _place(self, token: Any, before: list[Block]) -> None:
        line, end = token.start_mark.line, token.end_mark.line
        if line > self.last and not isinstance(token, yt.StreamEndToken):
            self.indents[line] = self._choose(token)
            self._place_comments(range(self.last + 1, line), before, token.start_mark.column, self.indents[line])
        elif line > self.last:
            self._place_comments(range(self.last + 1, len(self.source.lines)), before, None, 0)
        if isinstance(token, OPENING) and not self.flow:
            self.shift = self.indents.get(line, self.source.measure(line)) - self.source.measure(line)
        self.after_block = isinstance(token, yt.ScalarToken) and token.style in ("|", ">")
        if self.after_block:
            end = self._place_block(token)
        elif isinstance(token, yt.ScalarToken):
            for each in range(line + 1, end + 1):
                self.indents[each] = max(self.source.measure(each) + self.shift, 0) if self.flow else self.inner
            self.kept |= set(range(line, end))
        self.last = max(self.last, end)

    def _choose(self, token: Any) -> int:
        """Say where a line belongs that begins with a token."""
        if isinstance(token, MARKERS):
            return 0
        if self.flow:
            return max(int(token.start_mark.column) + self.shift, 0)
        begins = isinstance(token, yt.BlockEntryToken | yt.KeyToken | yt.ValueToken) or self.is_key
        return self.blocks[-1].new if begins and self.blocks else self.inner

    def _place_block(self, token: Any) -> int:
        """Move the lines of a text after ``|`` or ``>`` as a whole; give the last of them."""
        lines, line = self.source.lines, int(token.start_mark.line)
        first = line + 1
        head = BLOCK_HEAD.match(lines[line][token.start_mark.column :])
        base = next((block.old for block in reversed(self.blocks) if not block.is_indentless), -1)
        widths = _measure_until_text(lines[first:])
        if head and head[1]:
            old, new = max(base, 0) + int(head[1]), self.inner - STEP + int(head[1])
        else:
            old, new = max(base + 1, 1, *widths), self.inner or STEP
        last = line
        for number, text in enumerate(lines[first:], first):
            width = len(text) - len(text.lstrip(" "))
            if width < old and text.strip(" "):
                break
            self.indents[number] = new + width - old if width > old or text.strip(" ") else 0
            self.kept.add(number)
            last = number
        return last

    def _place_comments(self, lines: Iterable[int], before: list[Block], old: int | None, new: int) -> None:
        """Let comments go with the line below, or with the block that they were aligned with."""
        for line in lines:
            if not self.source.lines[line].lstrip(" \t").startswith("#"):
                continue
            width = self.source.measure(line)
            if self.flow:
                self.indents[line] = max(width + self.shift, 0)
            else:
                self.indents[line] = new if width == old else self._align(width, before)

    def _align(self, width: int, before: list[Block]) -> int:
        """Say where a comment belongs that is aligned with nothing below it."""
        block = next((block for block in reversed(before) if block.old <= width), None)
        if block is None:
            return 0
        aligned = block.new if block.old == width else block.new + STEP
        # Deeper it would become a part of the text above.
        return min(aligned, before[-1].new) if self.after_block else aligned


def _measure_until_text(lines: Iterable[str]) -> list[int]:
    """Measure the blanks of lines up to and with the first that holds more."""
    widths = []
    for line in lines:
        widths.append(len(line) - len(line.lstrip(" ")))
        if line.strip(" "):
            break
    return widths
