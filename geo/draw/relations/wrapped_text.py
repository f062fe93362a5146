"""Text in a picture that no browser has measured: wrapped and sized by a cautious guess of each letter's width."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

__all__ = ["measure_lines", "measure_text", "wrap_text"]

NARROW = frozenset(" !'()*,.:;I[]`fijlrt|·–-")


def measure_text(text: str, size: int) -> int:
    """Return a width in pixels that a sans-serif text of a size in pixels hardly exceeds.

    Examples
    --------
    >>> measure_text("illicit", 10) < measure_text("MAMMOTH", 10), measure_text("", 12)
    (True, 0)
    """
    return sum(map(_weigh, text)) * size // 100


def _weigh(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 105
    return 40 if letter in NARROW else 95 if letter in "MW@%mw—…" else 76 if letter.isupper() else 62


def wrap_text(text: str, size: int, width: int) -> list[str]:
    """Break text into lines of at most a width, both in pixels; a word that is longer is broken too.

    Examples
    --------
    >>> wrap_text("al-Qaeda in the Indian Subcontinent", 14, 150)
    ['al-Qaeda in the', 'Indian Subcontinent']
    """
    lines: list[str] = []
    for piece in (piece for word in text.split() for piece in _chop(word, size, width)):
        if lines and measure_text(f"{lines[-1]} {piece}", size) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def _chop(word: str, size: int, width: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure_text(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def measure_lines(lines: Sequence[str], size: int) -> int:
    """Return the width in pixels of the longest line."""
    return max((measure_text(line, size) for line in lines), default=0)
