"""Names that may be two spellings of one: told, never merged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from geo.read.common.names import fold_name

__all__ = ["find_alike", "fold_spelling"]

SHORTEST = 5
SHORT_WORD = 3
"""Words in which one letter makes no slip of the pen: ISIS-K, Group A."""

LONGEST = 120
MOST_NAMES = 2_000


def fold_spelling(text: str) -> str:
    """Fold a name as `fold_name` does, but for its diacritics: AB and ÅB may be two groups.

    Examples
    --------
    >>> fold_spelling("Red  group") == fold_spelling("red Group"), fold_spelling("AB") == fold_spelling("ÅB")
    (True, False)
    """
    marks = [sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) == "Mn"]
    return fold_name(text) + "".join(marks)


def find_alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Find names that differ by blanks, punctuation, diacritics or one letter: each with the first that is like it.

    Examples
    --------
    >>> list(find_alike(["Al-Qaida", "Red", "Al Qaeda", "Rad", "Brigade 55", "Brigade 56"]))
    [('Al Qaeda', 'Al-Qaida')]
    """
    seen: dict[str, str] = {}
    for number, name in enumerate(names):
        words = [word for word in re.findall(r"[^\W_]+", fold_name(name)) if word != "the"]
        keys = list(_list_keys(words)) if number < MOST_NAMES else ["".join(words)]
        first = next((seen[key] for key in keys if key in seen), None)
        if first is not None:
            yield name, first
        for key in keys:
            seen.setdefault(key, name)


def _list_keys(words: list[str]) -> Iterator[str]:
    """List a name and what is left of it without one letter: two names that differ by one share such a rest."""
    letters, place = "".join(words), 0
    if letters:
        yield letters
    for word in words if SHORTEST <= len(letters) <= LONGEST else ():
        for number, sign in enumerate(word, place):
            if len(word) >= SHORT_WORD and not sign.isdigit():
                yield letters[:number] + letters[number + 1 :]
        place += len(word)
