"""Plain text and Markdown become blocks: both have headings, items and tables, Markdown its marks besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geo.read.documents.blocks import Block, join_lines

__all__ = ["make_row", "split_markdown", "split_text", "unmark_lines"]

HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
ITEM = re.compile(r"(\s*)(?:[-*+•▪–‣o]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s+(?=\S)")
RULE = re.compile(r"\s*([=\-*_])(?:\s*\1){2,}\s*$")
ROW = re.compile(r"\s*\|.*\|\s*$")
SEPARATOR = re.compile(r"[\s|:\-]+$")
FENCE = re.compile(r"\s{0,3}(```|~~~)")
QUOTED = re.compile(r"\s{0,3}(?:>\s?)+")
BOLD_LINE = re.compile(r"\s*(\*\*|__)[^*_].*\1:?\s*$")
LONGEST_HEADING = 90
MOST_WORDS = 8
LONGEST_ITEM = 120
"""A number before more than that counts a paragraph of a report, not an item of a list."""

ENDS = (".", "!", "?", ":", ";", ",", "؟", "۔", "…", "”", '"', ")")
MARKS = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[\^[^\]]*\]"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"\*\*"), ""),
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])"), r"\1"),
    (re.compile(r"<!--.*?-->"), ""),
    (re.compile(r"</?(?:b|i|em|strong|u|span|sup|sub|br)\b[^>]*>"), ""),
)
"""What Markdown marks and a reader does not see, and what is left of it."""


def split_text(text: str, page: int | None = None, first: int = 1) -> Iterator[Block]:
    r"""Part plain text: paragraphs at empty lines, headings, items and rows by their look.

    Examples
    --------
    >>> [(each.kind, each.text) for each in split_text("Kunar\n\nReds are\nhere.\n\n- Blues\n")]
    [('heading', 'Kunar'), ('paragraph', 'Reds are here.'), ('item', 'Blues')]
    """
    return _split(text.split("\n"), page, first, is_marked=False)


def split_markdown(text: str) -> Iterator[Block]:
    r"""Part Markdown, without its marks.

    Examples
    --------
    >>> text = "# A\n**Reds** [are](x) here\n\n| W | P |\n|--|--|\n| R | K |"
    >>> [(each.kind, each.text) for each in split_markdown(text)]
    [('heading', 'A'), ('paragraph', 'Reds are here'), ('row', 'R | K')]
    """
    return _split(text.split("\n"), None, 1, is_marked=True)


def unmark_lines(text: str) -> Iterator[str]:
    r"""Give the lines of Markdown as its reader sees them, whatever block they are of.

    Examples
    --------
    >>> list(unmark_lines("> the **Reds**\n> and `a*b*`\n```\na **b**\n```"))
    ['the Reds', 'and a*b*', '', 'a **b**', '']
    """
    is_fenced = False
    for line in text.split("\n"):
        if FENCE.match(line):
            is_fenced = not is_fenced
            yield ""
        else:
            yield line if is_fenced else strip_marks(QUOTED.sub("", line, count=1))


def _split(lines: Sequence[str], page: int | None, first: int, *, is_marked: bool) -> Iterator[Block]:
    splitter = _Splitter(page, is_marked)
    for at, line in enumerate(lines):
        yield from splitter.take(first + at, line, lines[at + 1] if at + 1 < len(lines) else "")
    yield from splitter.close()


class _Splitter:
    """Gathers lines until a block ends."""

    def __init__(self, page: int | None, is_marked: bool) -> None:
        self.page, self.is_marked = page, is_marked
        self.lines: list[tuple[int, str]] = []
        self.kind, self.depth = "paragraph", 0
        self.head: tuple[str, ...] = ()
        self.is_fenced = self.is_counted = self.is_bold = self.was_row = False

    def take(self, number: int, raw: str, following: str) -> Iterator[Block]:
        """Take a line, and give the blocks that it ends or is."""
        line = raw
        if self.is_marked:
            if FENCE.match(raw):
                self.is_fenced = not self.is_fenced
                return
            line = raw if self.is_fenced else strip_marks(QUOTED.sub("", raw, count=1))
        if ROW.match(line):
            yield from self._take_row(number, line, following)
            return
        self.was_row = False
        if not line.strip():
            yield from self.close()
        elif found := HEADING.match(line):
            yield from self.close()
            yield join_lines("heading", [(number, found[2])], self.page, len(found[1]))
        elif RULE.match(line):
            yield from self._underline(line)
        else:
            yield from self._take_line(number, line)
            self.is_bold = bool(BOLD_LINE.match(raw)) and len(self.lines) == 1

    def _take_line(self, number: int, line: str) -> Iterator[Block]:
        if found := ITEM.match(line):
            yield from self.close()
            self.kind, self.depth, self.is_counted = "item", len(found[1]), any(map(str.isalnum, found[0]))
            line = line[found.end() :]
        self.lines.append((number, line))

    def _take_row(self, number: int, line: str, following: str) -> Iterator[Block]:
        yield from self.close()
        cells = line.strip().strip("|").split("|")
        is_head = not self.was_row and "-" in following and SEPARATOR.match(following) is not None
        if not self.was_row:
            self.head = tuple(cell.strip() for cell in cells) if is_head else ()
        self.was_row = True
        if not is_head and not SEPARATOR.match(line):
            yield make_row(cells, number, self.page, self.head)

    def _underline(self, line: str) -> Iterator[Block]:
        """Take the line above for a heading, where there is one."""
        if len(self.lines) == 1 and self.kind == "paragraph" and line.strip()[0] in "=-":
            yield join_lines("heading", self.lines, self.page, 1 if "=" in line else 2)
            self.lines = []
        yield from self.close()

    def close(self) -> Iterator[Block]:
        """Give the block that was gathered."""
        block = join_lines(self.kind, self.lines, self.page, self.depth)
        if self.kind == "item" and self.is_counted and len(block.text) > LONGEST_ITEM:
            block = replace(block, kind="paragraph")
        is_alone = self.kind == "paragraph" and len(self.lines) == 1 and (self.is_bold or not self.is_marked)
        self.lines, self.kind, self.depth, self.is_bold = [], "paragraph", 0, False
        if block.text:
            yield _name_heading(block) if is_alone else block


def _name_heading(block: Block) -> Block:
    """Take a short line that stands alone and ends without a stop for a heading."""
    is_short = len(block.text) <= LONGEST_HEADING and len(block.text.split()) <= MOST_WORDS
    return replace(block, kind="heading", depth=3) if is_short and not block.text.endswith(ENDS) else block


def strip_marks(line: str) -> str:
    """Take out of a line of Markdown what its reader does not see.

    Examples
    --------
    >>> strip_marks("the **Reds** and [Blues](http://x) of _Kunar_")
    'the Reds and Blues of Kunar'
    """
    if not any(sign in line for sign in "*_[`\\<!"):
        return line
    for pattern, rest in MARKS:
        line = pattern.sub(rest, line)
    return line


def make_row(cells: Iterable[str], line: int, page: int | None, head: tuple[str, ...]) -> Block:
    """Make the block of a row: its cells with a bar between them.

    Examples
    --------
    >>> make_row([" Reds ", "Kunar"], 3, None, ("who", "where")).cells
    ((0, 4), (7, 12))
    """
    texts = [" ".join(cell.split()) for cell in cells]
    spans: list[tuple[int, int]] = []
    size = 0
    for text in texts:
        spans.append((size, size + len(text)))
        size += len(text) + 3
    return Block("row", " | ".join(texts), (0,), (line,), page, 0, tuple(spans), head)
