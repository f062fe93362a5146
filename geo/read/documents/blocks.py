"""What a text is made of, with the place of each part of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Block", "join_lines"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, item of a list or row of a table; its text has one blank between words.

    ``starts`` are offsets in the text at which a line of the file begins, ``lines`` their numbers. A row has ``cells``,
    as offsets from and to, and its table's ``head``; ``depth`` is that of a heading or of an item.
    """

    kind: str
    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    page: int | None = None
    depth: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    head: tuple[str, ...] = ()

    def find_line(self, offset: int) -> int:
        """Say on which line of the file a letter stands.

        Examples
        --------
        >>> join_lines("paragraph", [(3, "Kabul and"), (4, "Kunar")]).find_line(10)
        4
        """
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)] if self.lines else 0


def join_lines(kind: str, lines: Iterable[tuple[int, str]], page: int | None = None, depth: int = 0) -> Block:
    """Make one block of lines, each with its number.

    Examples
    --------
    >>> join_lines("paragraph", [(3, " Kabul  and"), (4, "Kunar ")])
    Block(kind='paragraph', text='Kabul and Kunar', starts=(0, 10), lines=(3, 4), page=None, depth=0, cells=(), head=())
    """
    parts: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    size = 0
    for number, line in lines:
        if words := " ".join(line.split()):
            starts.append(size)
            numbers.append(number)
            parts.append(words)
            size += len(words) + 1
    return Block(kind, " ".join(parts), tuple(starts), tuple(numbers), page, depth)
