"""Who took part in events: actors as the data name them, and the groups that the user's list makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.read.actor_list import Actors
from geo.read.sheets.null_words import is_blank_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

__all__ = ["Participants", "find_participants", "is_listed"]


@dataclass(frozen=True, eq=False)
class Participants:
    """Pairs of event and actor, each once: the event's row, and the actor's place in ``names``."""

    rows: Integers
    actors: Integers
    names: tuple[str, ...]

    def count(self, events: Integers) -> dict[str, int]:
        """Count the events of each actor; ``events`` says how many each row is."""
        counts = np.bincount(self.actors, events[self.rows], len(self.names)).astype(np.int64).tolist()
        return dict(zip(self.names, counts, strict=True))

    def pair_groups(self, actors: Actors) -> tuple[Integers, Integers]:
        """Pair events with groups, by their number in the list from 1; each pair stands once."""
        numbers = {group: number for number, group in enumerate(actors.groups, 1)}
        group_of = [numbers.get(_find(name, actors) or "", 0) for name in self.names]
        groups = np.array(group_of, np.int64)[self.actors] if self.names else self.actors
        width = len(numbers) + 1
        found = np.unique(self.rows[groups > 0] * width + groups[groups > 0])
        return found // width, found % width


def find_participants(chunk: pd.DataFrame, rows: Integers) -> Participants:
    """Find who took part in some events of a chunk, given by their rows.

    Each of its columns ``actor0`` and so on names one, each of ``list0`` and so on several, parted by semicolons.

    Examples
    --------
    >>> chunk = pd.DataFrame({"actor0": ["A", "B"], "list0": ["B; A;A", ""]})
    >>> find_participants(chunk, np.array([0, 1])).count(np.array([1, 1]))
    {'A': 1, 'B': 2}
    """
    places: dict[str, int] = {}
    pairs = [np.zeros((0, 2), np.int64)]
    for name in (each for each in chunk if str(each).startswith(("actor", "list"))):
        codes, known = pd.factorize(chunk[name].iloc[rows])
        split = [_split(str(cell), several=str(name).startswith("list")) for cell in known]
        for turn in range(max(map(len, split), default=0)):
            at = [places.setdefault(each[turn], len(places)) if turn < len(each) else -1 for each in split]
            actors = np.array(at, np.int64)[codes]
            pairs.append(np.stack([rows[actors >= 0], actors[actors >= 0]], axis=1))
    width = max(len(places), 1)
    row, actor = np.concatenate(pairs).T
    found = np.unique(row * width + actor)
    return Participants(found // width, found % width, tuple(places))


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
