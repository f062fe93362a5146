"""Which level of the table a clause has a word for."""

from __future__ import annotations

from collections.abc import Mapping

from geo.draft.sentences import list_words
from geo.draft.words.cue_words import read_words
from geo.model import Level

__all__ = ["find_level", "index_levels"]

VAGUE = read_words("level_words.vague")


SHORTEST = 3
PLAIN = (("presence",), ("present",), ("reported",))


def index_levels(levels: Mapping[str, Level]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """List the words of each level: its name and its id, one and several; a word that two levels share is none's.

    Examples
    --------
    >>> index_levels({"cells": Level("cells", "Sleeper cells")})
    {'cells': (('sleeper', 'cell'), ('cell',))}
    """
    phrases = {id_: _list_phrases(level) for id_, level in levels.items()}
    every = [phrase for each in phrases.values() for phrase in each]
    index = {id_: tuple(each for each in own if every.count(each) == 1) for id_, own in phrases.items()}
    plain = min((each for each in levels.values() if _is_plain(each)), key=lambda each: each.rank or 0, default=None)
    return index | ({plain.id: (*index[plain.id], *PLAIN)} if plain else {})


def _is_plain(level: Level) -> bool:
    """Tell a level that says no more than that somebody is there."""
    words = list_words(level.name)
    return bool(words) and words[-1] == "presence" and all(word in VAGUE for word in words)


def _list_phrases(level: Level) -> list[tuple[str, ...]]:
    names = (level.name, level.id, *level.names.values())
    phrases = [tuple(map(_cut_plural, list_words(name))) for name in names]
    phrases += [(phrase[-1],) for phrase in phrases if len(phrase) > 1] + [
        (phrase[0],) for phrase in phrases if phrase[1:]
    ]
    return [each for each in dict.fromkeys(phrases) if each and not _is_vague(each)]


def _is_vague(phrase: tuple[str, ...]) -> bool:
    """Tell a word that says nothing of a level by itself."""
    return len(phrase) == 1 and (phrase[0] in VAGUE or len(phrase[0]) < SHORTEST)


def _cut_plural(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def find_level(words: list[str], levels: Mapping[str, tuple[tuple[str, ...], ...]]) -> tuple[str, ...]:
    """Find the levels that words name, those with the longest name; several where that leaves a choice.

    Examples
    --------
    >>> find_level(["has", "sleeper", "cells"], {"cells": (("sleeper", "cell"),), "camps": (("camp",),)})
    ('cells',)
    """
    cut = list(map(_cut_plural, words))
    found: dict[str, int] = {}
    plain: list[str] = []
    for id_, phrases in levels.items():
        for phrase in phrases:
            size = len(phrase)
            if phrase in PLAIN:
                plain += [id_] if phrase[0] in cut else []
                continue
            if phrase[0] in cut and any(tuple(cut[at : at + size]) == phrase for at in range(len(cut) - size + 1)):
                found[id_] = max(found.get(id_, 0), size)
    return tuple(found) or tuple(dict.fromkeys(plain))
