"""How much is run: a quick cut with every test run, the whole product with ``PRESENCE_SWEEP=1`` (`make matrix`)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TypeVar

from geo.read.fields.scalars import Line
from tests.hostile.plant import Spot
from tests.hostile.strings import STRINGS, Fate, Hostile, list_shown

__all__ = ["IS_WHOLE", "SHOWN", "TURNS", "choose", "rotate", "takes", "turn"]

IS_WHOLE = os.environ.get("PRESENCE_SWEEP") == "1"
SHOWN = list_shown()
TURNS = range(len(SHOWN))
"""In so many turns every field has held every string: in each of them every field holds another one."""

T = TypeVar("T")


def choose(whole: Sequence[T], *, quick: int) -> Sequence[T]:
    """Give all cases or, where it has to be quick, so many of them, evenly spread."""
    return whole if IS_WHOLE else whole[:: -(-len(whole) // quick)]


def rotate(numbers: Sequence[int], names: Sequence[str]) -> list[tuple[int, str]]:
    """Give each number one of the names, in rotation: where all pairs would be too many."""
    return [(number, names[number % len(names)]) for number in numbers]


def turn(spots: Iterable[Spot], number: int, names: Sequence[str] = SHOWN) -> dict[Spot, str]:
    """Give each field that takes text its string in a turn; a name that may not have it gets the next that it may."""
    return {spot: _pick(spot, number + place, names).label(spot.name) for place, spot in enumerate(spots)}


def _pick(spot: Spot, place: int, names: Sequence[str]) -> Hostile:
    hostile = STRINGS[names[place % len(names)]]
    return hostile if takes(spot, hostile) else _pick(spot, place + 1, names)


def takes(spot: Spot, hostile: Hostile) -> bool:
    """Tell whether a field of free text takes a string."""
    return hostile.fate is Fate.SHOWN or (hostile.fate is Fate.PROSE and not isinstance(spot.field, Line))
