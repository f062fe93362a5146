"""Short codes and words of levels, so that no meaning hangs on hue: for grey print and for every eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import takewhile

from geo.model import Table

__all__ = ["list_level_codes", "list_level_words"]

LONGEST_CODE = 3
LONGEST_WORD = 11


def list_level_codes(table: Table) -> dict[str, str]:
    """Give each level the shortest beginning of its name that no other has, or "l" and its number.

    Examples
    --------
    >>> from geo.model import Level
    >>> levels = {each: Level(each, each) for each in ("camps", "cells", "reported")}
    >>> list_level_codes(Table("t", levels, {}, {}, (), ()))
    {'camps': 'Ca', 'cells': 'Ce', 'reported': 'R'}
    """
    return _shorten({level.id: level.name for level in table.levels.values()})


def list_level_words(table: Table) -> dict[str, str]:
    """Give each level its name or, where that is long, the word of it by which its author calls it or no other has.

    Examples
    --------
    >>> from geo.model import Level
    >>> names = {"cells": "Sleeper cells", "attacks": "Able to attack", "a": "Operational presence", "b": "Presence"}
    >>> list_level_words(Table("t", {key: Level(key, name) for key, name in names.items()}, {}, {}, (), ()))
    {'cells': 'Cells', 'attacks': 'Attack', 'a': 'Operational', 'b': 'Presence'}
    """
    names = {level.id: level.name for level in table.levels.values()}
    counts = Counter(word for name in names.values() for word in {*name.casefold().split()})
    words = {}
    for key, name in names.items():
        own = [word.strip("()[],;:،؛") for word in name.split() if counts[word.casefold()] == 1]
        alike = max(own, key=lambda word: _count_alike(word, key), default="")
        if _count_alike(alike, key) < LONGEST_CODE:
            alike = next((word for word in own if len(word) > LONGEST_CODE), "")
        is_whole = len(name) <= LONGEST_WORD or alike in ("", name)
        words[key] = name if is_whole else alike[:1].upper() + alike[1:]
    return words


def _count_alike(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _shorten(texts: Mapping[str, str]) -> dict[str, str]:
    names = {key: "".join(filter(str.isalnum, text))[:LONGEST_CODE] for key, text in texts.items()}
    starts = Counter(name[:size].casefold() for name in names.values() for size in range(1, len(name) + 1))
    codes = {}
    for place, (key, name) in enumerate(names.items(), 1):
        starting = (name[:size] for size in range(1, len(name) + 1))
        start = next((each for each in starting if starts[each.casefold()] == 1), "")
        codes[key] = start[:1].upper() + start[1:] or f"l{place}"
    return codes
