"""A text folded so that only its letters count: blanks, hyphens at ends of lines, quotation marks and ligatures.

Every other letter stays as it is, case too. What stands between two letters is kept apart from them, as all that it may
mean: a hyphen that ends a line may part a word, or be one of its own.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

__all__ = ["FoldedText", "fold_text"]

HYPHENS = "\u2010\u2011-"
SOFT = "\u00ad"
TOKEN = re.compile(rf"[^\s{SOFT}{HYPHENS}]+")
BROKEN = re.compile(rf"([{SOFT}{HYPHENS}]+)([^\S\n]*\n\s*)?")
MARKS = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\uff02", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u2035\u02bc\u0060\u00b4\uff07", "'"),
    }
)
LIGATURE = re.compile("[\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]")
DASHES = "\u2013\u2014/\u2026"
"""Behind one of these a line may end where there is no blank."""

JOINED, BLANK = ("",), (" ",)
Means = tuple[str, ...]
"""All that may stand between two letters."""


class FoldedText:
    """The letters of a text in a row, what stands between two of them, and where each stands in the text.

    Parameters
    ----------
    text : str
        As it was given.
    key : str
        Its letters alone.
    gaps : dict of int to tuple of str
        By the place in ``key`` of the letter behind: what may stand before it, where that is anything.
    starts : sequence of int
        Those places in order, from 0.
    """

    __slots__ = ("_maps", "_origins", "gaps", "key", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.gaps: dict[int, Means] = {}
        self.starts: list[int] = []
        self._origins: list[int] = []
        self._maps: dict[int, Sequence[int]] = {}
        parts: list[str] = []
        size, end = 0, 0
        for found in TOKEN.finditer(text):
            token = found[0].translate(MARKS)
            if not token.isascii() and (places := _fold_letters(token)):
                token, self._maps[len(self.starts)] = "".join(each for each, _ in places), [at for _, at in places]
            if parts:
                self.gaps[size] = _read_gap(text[end : found.start()], parts[-1][-1], token[0])
            self.starts.append(size)
            self._origins.append(found.start())
            parts.append(token)
            size, end = size + len(token), found.end()
        self.key = "".join(parts)

    def locate(self, place: int) -> int:
        """Say where in the text a letter of the key stands."""
        token = bisect_right(self.starts, place) - 1
        inside = place - self.starts[token]
        return self._origins[token] + (self._maps[token][inside] if token in self._maps else inside)

    def place(self, offset: int) -> int:
        """Say which letter of the key is the first of the token that stands at an offset of the text, or behind it."""
        token = max(bisect_right(self._origins, offset) - 1, 0)
        if token + 1 < len(self._origins) and offset > self._origins[token]:
            ends = self.locate(self.starts[token + 1] - 1)
            token += offset > ends
        return self.starts[token]

    def list_gaps(self, first: int, last: int) -> Iterator[tuple[int, Means]]:
        """List what may stand before letters of a stretch of the key, but for its first one."""
        for at in range(bisect_right(self.starts, first), bisect_left(self.starts, last)):
            yield self.starts[at], self.gaps[self.starts[at]]

    def is_apart(self, place: int) -> bool:
        """Tell whether a word can begin at a place of the key, or end before it."""
        if place in (0, len(self.key)) or place in self.gaps:
            return True
        before, behind = self.key[place - 1], self.key[place]
        if before.isalnum() and behind.isalnum():
            return False
        # Within a number or a word: 1,500 and don't are one each.
        inner = ".,':" if before.isalnum() else ""
        if behind in inner and self._continues(place + 1):
            return False
        return not (before in ".,':" and behind.isalnum() and place > 1 and self._continues(place - 1, back=True))

    def _continues(self, place: int, *, back: bool = False) -> bool:
        """Tell whether a letter or figure follows in the same word, or stands before."""
        if back:
            return place not in self.gaps and self.key[place - 1].isalnum()
        return place < len(self.key) and place not in self.gaps and self.key[place].isalnum()


def _fold_letters(token: str) -> list[tuple[str, int]]:
    """Part ligatures, and join letters with their marks; nothing where that leaves all as it is."""
    if unicodedata.is_normalized("NFC", token) and not LIGATURE.search(token):
        return []
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(token):
        end = at + 1
        while end < len(token) and unicodedata.combining(token[end]):
            end += 1
        part = token[at:end]
        plain = unicodedata.normalize("NFKC", part) if LIGATURE.match(part) else unicodedata.normalize("NFC", part)
        found += [(each, at) for each in plain if not each.isspace()]
        at = end
    return found


def _read_gap(raw: str, before: str, behind: str) -> Means:
    """Say what may stand between two letters, of what stands there in the text."""
    if raw == " ":
        return BLANK
    broken = BROKEN.fullmatch(raw)
    if broken is None:
        plain = "".join("-" if sign in HYPHENS else " " if sign.isspace() else sign for sign in raw if sign != SOFT)
        joined = re.sub(" +", " ", plain)
        if joined == " " and "\n" in raw and (before in DASHES or behind in DASHES):
            return ("", " ")
        return (joined,)
    hyphens, is_end = broken[1].strip(SOFT), broken[2] is not None
    if SOFT in broken[1]:
        return ("", "-", "- ", " ") if is_end else ("", "-")
    if is_end and len(hyphens) == 1:
        return ("", "-", "- ")
    return ("-" * len(hyphens) + " " * is_end,)


def fold_text(text: str) -> FoldedText:
    r"""Fold a text.

    Examples
    --------
    >>> folded = fold_text("The \u201cﬁghters\u201d of Nan-\ngarhar")
    >>> folded.key, folded.gaps[15]
    ('The"fighters"ofNangarhar', (' ',))
    >>> folded.gaps[18], folded.text[folded.locate(18) :]
    (('', '-', '- '), 'garhar')
    """
    return FoldedText(text)
