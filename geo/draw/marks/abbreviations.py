"""Short codes of groups and levels on the map, so that no meaning hangs on hue: for grey print and for every eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import count, takewhile

from geo.draw.marks.palette import assign_slots
from geo.draw.wording.localised_names import LocalisedTable
from geo.join.classes import CLAIMED, REGION, STALE, Combination, UnitClass
from geo.join.joined_table import JoinedTable
from geo.model import Table

__all__ = ["explain_codes", "find_carried", "list_level_codes", "list_level_words", "list_short_codes"]

LONGEST_CODE = 3
LONGEST_WORD = 11

CODES = {
    (False, False): "codes", (True, False): "codes_region", (False, True): "codes_stale",
    (True, True): "codes_region_stale",
}  # fmt: skip
"""What explains the codes on a map, by whether some stand for a region only, and some for outdated records only."""


def list_short_codes(joined: JoinedTable) -> dict[str, str]:
    """Give each group with a slot its letters, or the shortest beginning of its short name that no other has.

    Or else "g" and its number. So that a map printed in grey still tells groups apart; whatever is left out, and at
    every step in time, it is the same.
    """
    slots = assign_slots(joined.whole, roll_up=joined.choices.roll_up)
    groups = [joined.table.groups[slot.group] for slot in slots]
    own = {group.id: group.letters for group in groups if group.letters}
    return _shorten({group.id: group.short for group in groups}, "g", own)


def list_level_codes(table: Table) -> dict[str, str]:
    """Give each level a code in the same way, or "l" and its number.

    Examples
    --------
    >>> from geo.model import Level
    >>> levels = {each: Level(each, each) for each in ("camps", "cells", "reported")}
    >>> list_level_codes(Table("t", levels, {}, {}, (), ()))
    {'camps': 'Ca', 'cells': 'Ce', 'reported': 'R'}
    """
    return _shorten({level.id: level.name for level in table.levels.values()}, "l", {})


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


def _shorten(texts: Mapping[str, str], letter: str, own: Mapping[str, str]) -> dict[str, str]:
    """Shorten texts, but for those that have letters of their own, which no other may come to have."""
    names = {key: "".join(filter(str.isalnum, text))[:LONGEST_CODE] for key, text in texts.items()}
    starts = Counter(name[:size].casefold() for name in names.values() for size in range(1, len(name) + 1))
    taken = {letters.casefold() for letters in own.values()}
    codes = {}
    for place, (key, name) in enumerate(names.items(), 1):
        starting = (name[:size] for size in range(1, len(name) + 1))
        start = next((each for each in starting if starts[each.casefold()] == 1 and each.casefold() not in taken), "")
        numbered = (f"{letter}{number}" for number in count(place, len(names)))
        codes[key] = (
            own.get(key)
            or start[:1].upper() + start[1:]
            or next(each for each in numbered if each.casefold() not in taken)
        )
    return codes


def find_carried(classes: Iterable[UnitClass | None]) -> set[tuple[str, str]]:
    """Return the groups whose codes stand on a map, each with how it stands in a unit."""
    return {pair for each in classes if isinstance(each, Combination) for pair in each.standings}


def explain_codes(
    joined: LocalisedTable, carried: Iterable[tuple[str, str]], codes: Mapping[str, str], listed: str = ""
) -> str:
    """Say which code on the map is which group, and what its brackets mean; empty where the map carries none.

    Where the codes are ``listed`` is said instead of them.
    """
    phrases, pairs = joined.phrases, {*carried}
    groups, standings = {group for group, _ in pairs}, {standing for _, standing in pairs}
    said = [f"{codes[group]} {joined.table.groups[group].short}" for group in joined.shown if group in groups]
    key = CODES[REGION in standings, STALE in standings]
    explained = phrases.say(key, codes=listed or phrases.say("comma").join(said)) if said else ""
    return f"{explained} {phrases.say('codes_claimed')}" if said and CLAIMED in standings else explained
