"""Who took part in events: actors as the data name them, and the groups that the user's list makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.events.files.cells import Chunk
from geo.read.actor_list import Actors
from geo.read.sheets.null_words import is_blank_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

__all__ = ["Participants", "find_participants", "is_listed"]


@dataclass(frozen=True, eq=False)
class Participants:
    """Events, by their rows, and in each of ``actors`` one of those who took part in it, or -1; none of them twice.

    An actor is its place in ``names``.
    """

    rows: Integers
    actors: tuple[Integers, ...]
    names: tuple[str, ...]

    def count(self, events: Integers) -> dict[str, int]:
        """Count the events of each actor; ``events`` says how many each row is."""
        none = np.zeros(len(self.names) + 1)
        counts = sum((np.bincount(each + 1, events[self.rows], len(none)) for each in self.actors), none)
        return dict(zip(self.names, counts[1:].astype(np.int64).tolist(), strict=True))

    def pair_groups(self, actors: Actors) -> tuple[Integers, Integers]:
        """Pair events with groups, by their number in the list from 1; each pair stands once."""
        numbers = {group: number for number, group in enumerate(actors.groups)}
        group_of = np.array([*(numbers.get(_find(name, actors) or "", -1) for name in self.names), -1], np.int64)
        groups = _take_once([group_of[each] for each in self.actors])
        found = np.stack([*groups, np.full(len(self.rows), -1)])
        column, place = np.nonzero(found >= 0)
        return self.rows[place], found[column, place] + 1


def _take_once(columns: Iterable[Integers]) -> tuple[Integers, ...]:
    """Take of what stands in a row of some columns each number once; -1 is none."""
    found: list[Integers] = []
    for column in columns:
        is_known = np.logical_or.reduce([column == each for each in found] or [np.zeros(len(column), bool)])
        found.append(np.where(is_known, -1, column))
    return tuple(found)


def find_participants(chunk: Chunk, rows: Integers) -> Participants:
    """Find who took part in some events of a chunk, given by their rows.

    Each of its columns ``actor0`` and so on names one, each of ``list0`` and so on several, parted by semicolons.

    Examples
    --------
    >>> from geo.events.files.cells import Cells
    >>> cells = {"actor0": Cells(["A", "B"], "actor0"), "list0": Cells(["B; A;A", ""], "list0")}
    >>> find_participants(Chunk(np.arange(2), cells), np.array([0, 1])).count(np.array([1, 1]))
    {'A': 1, 'B': 2}
    """
    places: dict[str, int] = {}
    columns: list[Integers] = []
    for name, cells in chunk.columns.items():
        if not name.startswith(("actor", "list")):
            continue
        codes, known = pd.factorize(cells.codes[rows])
        split = [_split(cells.texts[place], several=name.startswith("list")) for place in known]
        for turn in range(max(map(len, split), default=0)):
            at = [places.setdefault(each[turn], len(places)) if turn < len(each) else -1 for each in split]
            columns.append(np.array(at, np.int64)[codes])
    return Participants(rows, _take_once(columns), tuple(places))


def _split(cell: str, *, several: bool) -> list[str]:
    parts = cell.split(";") if several else [cell]
    return [part.strip() for part in parts if part.strip() and not is_blank_word(part)]


def _find(actor: str, actors: Actors) -> str | None:
    try:
        return actors.find(actor)
    except KeyError:
        return None


def is_listed(actor: str, actors: Actors) -> bool:
    """Tell whether a list names an actor, be it to be ignored.

    Examples
    --------
    >>> is_listed("civilians", Actors({}, {"Civilians": None})), is_listed("Police", Actors())
    (True, False)
    """
    try:
        actors.find(actor)
    except KeyError:
        return False
    return True
