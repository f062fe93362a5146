"""Passages as a text for a terminal, or as Markdown for a report; texts stay texts, whatever marks they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo.export.markdown_tables import escape_markdown
from geo.model import Passage

__all__ = ["write_outline", "write_plain_outline"]

ISOLATES = {0x2068: None, 0x2069: None}
LIST = re.compile(r"^(\d*)([.)+-])(?=\s|$)")


def write_plain_outline(title: str, lead: Iterable[str], passages: Iterable[Passage]) -> str:
    r"""Write passages as indented lines, one a point and one a line under it.

    Examples
    --------
    >>> from geo.model import Point
    >>> print(write_plain_outline("T", ["a\nb"], [Passage("Newly named", "", (Point("A: Kabul", ("a record",)),))]))
    T
    a b
    <BLANKLINE>
    Newly named
      A: Kabul
        a record
    """
    blocks = ["\n".join(map(_join, (title, *lead)))]
    for passage in passages:
        lines = [passage.heading, *([f"  ({_join(passage.note)})"] if passage.note else [])]
        for point in passage.points:
            lines += [f"  {_join(point.said)}", *(f"    {_join(line)}" for line in point.lines)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def write_outline(title: str, lead: Iterable[str], passages: Iterable[Passage]) -> str:
    r"""Write passages as Markdown: a heading each, and lists.

    Examples
    --------
    >>> from geo.model import Point
    >>> print(write_outline("T", [], [Passage("Newly named", "", (Point("A*: Kabul", ("a record",)),))]))
    # T
    <BLANKLINE>
    ## Newly named
    <BLANKLINE>
    - A\*: Kabul
      - a record
    """
    blocks = [f"# {_mark(title)}", *map(_mark, lead)]
    for passage in passages:
        blocks += [f"## {_mark(passage.heading)}", *([_mark(passage.note)] if passage.note else [])]
        points = ["\n".join([f"- {_mark(each.said)}", *(f"  - {_mark(line)}" for line in each.lines)])
                  for each in passage.points]  # fmt: skip
        blocks.append("\n".join(points))
    return "\n\n".join(blocks)


def _join(text: str) -> str:
    """Put a text on one line: what a table holds must not look like a line of ours.

    The signs by which a page keeps a name apart from a line in the other direction mean nothing outside of it.
    """
    return " ".join(text.translate(ISOLATES).split())


def _mark(text: str) -> str:
    """Escape a text also where it would begin a list."""
    return LIST.sub(r"\1\\\2", escape_markdown(_join(text)))
