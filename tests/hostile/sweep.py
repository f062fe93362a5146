"""Which texts are planted where: in so many turns every one in every field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.read.fields.scalars import Line
from tests.hostile.plant import Spot
from tests.hostile.strings import STRINGS, Fate, Hostile, list_shown

__all__ = ["SHOWN", "TURNS", "rotate", "takes", "turn"]

SHOWN = list_shown()
TURNS = range(len(SHOWN))
"""In so many turns every field has held every string: in each of them every field holds another one."""


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
