"""The nodes of a YAML tree: small, and each with its line and column from 1."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["List", "Map", "Node", "Text", "cut", "list_few", "quote"]

LONGEST_QUOTE = 80


class Text:
    """A scalar as written; ``plain`` is False where it stands in quotes or in a block."""

    __slots__ = ("column", "line", "plain", "text")

    def __init__(self, text: str, plain: bool, line: int, column: int) -> None:
        self.text, self.plain, self.line, self.column = text, plain, line, column


class List:
    """A list of nodes."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: list[Node] = []
        self.line, self.column = line, column


class Map:
    """A mapping from text to nodes; ``keys`` holds each key as written, ``flow`` is True for ``{a: b}``."""

    __slots__ = ("column", "flow", "keys", "line", "values")

    def __init__(self, flow: bool, line: int, column: int) -> None:
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Text] = {}
        self.flow, self.line, self.column = flow, line, column


Node = Text | List | Map


def list_few(names: Sequence[str], most: int = 5) -> str:
    """List the first names, and say how many there are more.

    Examples
    --------
    >>> list_few(["a", "b", "c"], 2), list_few(["a"])
    ('a, b and 1 more', 'a')
    """
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def quote(text: str) -> str:
    r"""Show a text from a file in a message, in quotes: one line, unprintable characters escaped, cut at 80.

    Examples
    --------
    >>> print(quote("Kabul\n"), quote(""), len(quote("x" * 200)))
    'Kabul\n' '' 80
    """
    shown = repr(text[:LONGEST_QUOTE])
    if len(text) <= LONGEST_QUOTE and len(shown) <= LONGEST_QUOTE:
        return shown
    return shown[: LONGEST_QUOTE - 2] + "…" + shown[0]


def cut(text: str) -> str:
    """Show a name in a message as it is, up to 80 letters: a table may call a region by a whole page.

    Examples
    --------
    >>> cut("Kabul"), len(cut("x" * 200))
    ('Kabul', 80)
    """
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
