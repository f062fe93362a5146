"""What one value may be, as data: each field reads a node and can be described to an editor."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Protocol

from geo.read.common.names import find_mixed_script
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.fields.table_context import TableContext

__all__ = [
    "NOTHING", "SHAPES", "Choice", "Field", "Flag", "Id", "Line", "Pattern", "Prose", "find_invisible", "read_text",
]  # fmt: skip

NOTHING = {"", "~", "null", "Null", "NULL"}
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
JOINERS = "\u200c\u200d\u200e\u200f\u061c"
"""Invisible and meant: spelling and the direction of writing need them."""

BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
SHAPES = {Text: "text", List: "a list", Map: "a mapping"}


class Field(Protocol):
    """Reads a value; notes an error and gives None where it is not what it should be."""

    def read(self, node: Node, reading: TableContext) -> Any:
        """Turn a node into a value."""


def read_text(node: Node, reading: TableContext, expected: str) -> str | None:
    """Read any text that is not empty; None with an error noted for anything else."""
    if type(node) is not Text:
        reading.error(node, f"{SHAPES[type(node)]} where text belongs", expected)
        return None
    text = node.text
    if text.isascii() and (stripped := text.strip()) and text not in NOTHING:  # what most texts are
        return stripped
    if node.plain and node.text in NOTHING:
        hint = "; text that begins with # needs quotes" if not node.text else ""
        reading.error(node, "nothing stands here", f"{expected}, or leave the key out{hint}")
    elif not node.text.strip():
        reading.error(node, "an empty text", f"{expected}, or leave the key out")
    elif not node.text.isascii() and (match := BIDI.search(node.text)):
        reading.error(node, f"the hidden direction control U+{ord(match[0]):04X}", "text without it; delete it")
    elif not node.text.isascii() and is_invisible(node.text):
        reading.error(node, "a text without a visible character", f"{expected}, or leave the key out")
    else:
        return node.text.strip()
    return None


def find_invisible(text: str) -> str | None:
    """Find a character that nobody sees, by which two names that look alike may differ.

    Examples
    --------
    >>> find_invisible("Al\u200b-Qaeda"), find_invisible("می\u200cشود"), find_invisible("Kabul")
    ('U+200B', None, None)
    """
    if text.isascii():
        return None
    hidden = (sign for sign in text if unicodedata.category(sign) in ("Cf", "Cn", "Co", "Cs") and sign not in JOINERS)
    return next((f"U+{ord(sign):04X}" for sign in hidden), None)


def is_invisible(text: str) -> bool:
    r"""Tell whether nothing of a text can be seen: a name of blanks and joiners would be no name on a map.

    Examples
    --------
    >>> is_invisible("\u200b\u3164 "), is_invisible("a\u200b")
    (True, False)
    """
    return all(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Zs") or sign in BLANK_LETTERS for sign in text)


@dataclass(frozen=True)
class Prose:
    """Text of any length and any number of lines."""

    expected: str = "text"

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the text."""
        return read_text(node, reading, self.expected)


@dataclass(frozen=True)
class Line:
    """A name: text on one line, each word in one script; of at most so many letters where ``most`` says so."""

    expected: str = "a name on one line"
    most: int = 0

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the name."""
        text = read_text(node, reading, self.expected)
        if text is None:
            return None
        if "\n" in text or "\r" in text:
            reading.error(node, "a line break in a name", self.expected)
        elif odd := find_invisible(text):
            reading.error(node, f"the invisible character {odd} in a name", "the name without it; delete it")
        elif odd := find_mixed_script(text):
            reading.error(node, f"{quote(text)} mixes scripts: {odd}", "all letters of a word from one script")
        elif self.most and len(text) > self.most:
            reading.error(node, f"a text of {len(text)} letters: {quote(text)}", self.expected)
        else:
            return text
        return None


@dataclass(frozen=True)
class Pattern:
    """Text of a fixed form, given as a regular expression; blanks around it do not fit."""

    pattern: str
    expected: str

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the text."""
        text = read_text(node, reading, self.expected)
        if text is None or not isinstance(node, Text):
            return None
        if not re.fullmatch(self.pattern, node.text):
            reading.error(node, quote(node.text), self.expected)
            return None
        return node.text


@dataclass(frozen=True)
class Id:
    """An id: like a name it is in one script, so that no two ids look the same."""

    form: Pattern = Pattern(r"[^\W_][\w.-]{0,63}", "an id of letters, digits, -, _ and . only")

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the id."""
        text = self.form.read(node, reading)
        if text is not None and (odd := find_mixed_script(text)):
            reading.error(node, f"{quote(text)} mixes scripts: {odd}", "all letters of an id from one script")
            return None
        return text


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the word."""
        expected = f"{', '.join(self.options[:-1])} or {self.options[-1]}"
        text = read_text(node, reading, expected)
        if text is not None and text not in self.options:
            reading.error(node, quote(text), expected, reading.suggest(text, lambda: self.options))
            return None
        return text


@dataclass(frozen=True)
class Flag:
    """The word true, or the word false where that is what a key is for; with ``is_either`` the other may stand too."""

    word: str = "true"
    is_either: bool = False

    def read(self, node: Node, reading: TableContext) -> bool | None:
        """Read the word."""
        text = read_text(node, reading, self.word)
        words = ("true", "false") if self.is_either else (self.word,)
        if text is not None and text not in words:
            reading.error(node, quote(text), f"{' or '.join(words)}, or leave the key out")
        return text == "true" if text in words else None
