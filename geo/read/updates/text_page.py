"""A text by its lines, whatever ends them, and the values in it by where they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from geo.read.updates.extents import Extent, read_extents

__all__ = ["LINE_END", "TextPage"]

LINE_END = re.compile("\r\n|\r|\n")


class TextPage:
    r"""The text of a table, which is YAML, or of which nothing is said yet.

    Examples
    --------
    >>> page = TextPage("title: T # x\r\nas_of: 2020")
    >>> page.end_line(2), page.start_line(16), page.line_end, page.root.values["as_of"].start
    (12, 14, '\r\n', 21)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        found = LINE_END.search(text)
        self.line_end = found[0] if found else "\n"

    @cached_property
    def root(self) -> Extent:
        """All of it; a text without a value is a `ValueError`."""
        return read_extents(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in LINE_END.finditer(self.text))]

    @property
    def is_json(self) -> bool:
        """Whether what is new is written as JSON."""
        return self.root.flow and self.root.is_quoted

    def start_line(self, place: int) -> int:
        """Give the start of the line that a place is in."""
        return self.starts[bisect_right(self.starts, place) - 1]

    def end_line(self, place: int) -> int:
        """Give the end of the line that a place is in, without the sign that ends it."""
        found = LINE_END.search(self.text, place)
        return found.start() if found else len(self.text)

    def end_lines(self, value: Extent) -> int:
        """Give the end of the last line of a value."""
        last = value.last
        return last.end if last.keeps else self.end_line(last.end)

    def cut_lines(self, start: int, end: int) -> tuple[int, int]:
        """Give what goes where all lines from one place to another are taken out."""
        last = self.end_line(end)
        found = LINE_END.match(self.text, last)
        return self.start_line(start), found.end() if found else last
