"""All parts become one count: each event once, however often its id stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.events.chunks import Part
from geo.events.counting import Rules, count_chunk
from geo.events.counts import Counts, add_counts, subtract_counts
from geo.events.engines import Engine, Tallied

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Totals", "count_all"]

AT_ONCE = 16
"""Counts of parts kept before they are added up."""


@dataclass(frozen=True)
class Totals:
    """What all events come to.

    ``repeats`` counts events that stood before, by the file of the first and that of the other; ``unnumbered`` are
    files without ids, in which what stands twice cannot be seen.
    """

    counts: Counts
    repeats: Mapping[tuple[str, str], int]
    unnumbered: tuple[str, ...]


def count_all(
    parts: Sequence[Part],
    rules: Rules,
    engine: Engine,
    *,
    known: Mapping[int, Tallied] | None = None,
    keep: Callable[[int, Tallied], None] | None = None,
) -> Totals:
    """Count all parts; an event whose id stands in several rows counts once, as its first row has it.

    Parameters
    ----------
    parts : sequence of Part
    rules : Rules
    engine : Engine
    known : mapping of int to Tallied, optional
        Parts that were counted before, by their place.
    keep : callable, optional
        Is given the place of each part and what it comes to.

    Returns
    -------
    Totals
    """
    known = known or {}
    counted = [each.counts for each in known.values()]
    ids = {place: each.ids for place, each in known.items()}
    left = [place for place in range(len(parts)) if place not in known]
    for turn, tallied in engine.count([parts[place] for place in left], rules):
        counted.append(tallied.counts)
        ids[left[turn]] = tallied.ids
        if keep:
            keep(left[turn], tallied)
        if len(counted) >= AT_ONCE:
            counted = [add_counts(counted)]
    counts = add_counts(counted)
    twice = _find_repeated(list(ids.values()))
    counts, repeats = _drop_repeats(counts, twice, ids, parts, rules, engine)
    unnumbered = dict.fromkeys(part.file.path for part in parts if "id" not in part.file.columns)
    return Totals(counts, repeats, tuple(unnumbered))


def _find_repeated(ids: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Find what stands more than once in some arrays."""
    found = np.concatenate([*ids, np.zeros(0, np.uint64)])
    found.sort()
    return np.unique(found[1:][found[1:] == found[:-1]])


def _drop_repeats(
    counts: Counts,
    twice: NDArray[np.uint64],
    ids: Mapping[int, NDArray[np.uint64]],
    parts: Sequence[Part],
    rules: Rules,
    engine: Engine,
) -> tuple[Counts, dict[tuple[str, str], int]]:
    """Read again the parts that hold ids which stand twice, and take all but the first of each out of the counts."""
    again = [place for place in sorted(ids) if len(twice) and np.isin(ids[place], twice).any()]
    first: dict[str, str] = {}
    repeats: Counter[tuple[str, str]] = Counter()
    extra = []
    rows = engine.take([parts[place] for place in again], rules, twice)
    for place, chunk in zip(again, rows, strict=True):
        path = parts[place].file.path
        names = [str(each) for each in chunk["id"]]
        stood = np.array([_is_known(name, path, first, repeats) for name in names], bool)
        extra.append(count_chunk(chunk[stood], parts[place].file.form, rules)[0])
    return (subtract_counts(counts, add_counts(extra)) if repeats else counts), dict(sorted(repeats.items()))


def _is_known(name: str, path: str, first: dict[str, str], repeats: Counter[tuple[str, str]]) -> bool:
    if name in first:
        repeats[first[name], path] += 1
        return True
    first[name] = path
    return False
