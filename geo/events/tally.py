"""Counts of a part of the events, which add up to the counts of all in whatever order and grouping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

__all__ = [
    "MOST_SAMPLES", "NOTES", "REASONS", "Counts", "Sample", "add_counts", "name_file", "subtract_counts",
]  # fmt: skip

REASONS = (
    "header", "uncounted", "incomplete", "no_coordinates", "bad_coordinates", "imprecise", "country_centre", "swapped",
    "outside", "undated", "far_year", "out_of_time", "unmapped", "duplicate",
)  # fmt: skip
"""Why an event is not counted, in the order in which it is asked."""

NOTES = ("no_id", "unread_deaths", "grouped_deaths", "nearby", "differing", "abroad")
"""What is told of events, whether they count or not."""

MOST_SAMPLES = 10

Sample = tuple[str, int, str]
"""File, row and cell."""

Row = tuple[str | None, int, int]
Place = tuple[int, int, str | None, int]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Counts:
    """What some events come to."""

    rows: Mapping[Row, tuple[int, int, int]] = field(default_factory=dict)
    """By group (None is any), place of the unit and number of the period: events, deaths stated (persons), and events
    that state them."""
    tally: Mapping[str, int] = field(default_factory=dict)
    """``read``, ``counted`` and those of `REASONS` that occur."""
    actors: Mapping[str, int] = field(default_factory=dict)
    """Actors, with their events, of events in units and in time; none where no list of actors is given."""
    places: Mapping[Place, int] = field(default_factory=dict)
    """By longitude and latitude (ten-thousandths of a degree), group and period: events. Empty unless asked for."""
    samples: Mapping[str, tuple[Sample, ...]] = field(default_factory=dict)
    """By reason or note, the first of the cells that are why."""
    notes: Mapping[str, int] = field(default_factory=dict)
    """Those of `NOTES` that occur."""


def add_counts(parts: Iterable[Counts]) -> Counts:
    """Add up counts of parts; holds one part at a time beside the sum.

    Examples
    --------
    >>> one = Counts({("a", 0, 1): (2, 3, 1)}, {"read": 2})
    >>> add_counts([one, one]).rows, add_counts([one, add_counts([])]) == one
    ({('a', 0, 1): (4, 6, 2)}, True)
    """
    rows: dict[Row, tuple[int, int, int]] = {}
    others: tuple[dict[str, int], dict[str, int], dict[Place, int]] = ({}, {}, {})
    notes: dict[str, int] = {}
    samples: dict[str, tuple[Sample, ...]] = {}
    for part in parts:
        for key, (events, deaths, stated) in part.rows.items():
            before = rows.get(key, (0, 0, 0))
            rows[key] = before[0] + events, before[1] + deaths, before[2] + stated
        _add(others[0], part.tally)
        _add(others[1], part.actors)
        _add(others[2], part.places)
        _add(notes, part.notes)
        for reason, cells in part.samples.items():
            samples[reason] = tuple(sorted({*samples.get(reason, ()), *cells})[:MOST_SAMPLES])
    return Counts(rows, *others, samples, notes)


def name_file(counts: Counts, path: str) -> Counts:
    """Say of which file the samples are: who counts a part may know it by another name.

    Examples
    --------
    >>> name_file(Counts(samples={"undated": (("", 2, "soon"),)}), "a.csv").samples
    {'undated': (('a.csv', 2, 'soon'),)}
    """
    samples = {key: tuple((path, row, cell) for _, row, cell in cells) for key, cells in counts.samples.items()}
    return replace(counts, samples=samples)


def _add(sums: dict[Key, int], part: Mapping[Key, int]) -> None:
    for key, number in part.items():
        sums[key] = sums.get(key, 0) + number


def subtract_counts(whole: Counts, part: Counts) -> Counts:
    """Take counts of events that stand in the whole a second time out of it again; they are tallied as duplicates.

    Examples
    --------
    >>> one = Counts({("a", 0, 1): (1, 0, 0)}, {"read": 1, "counted": 1})
    >>> subtract_counts(add_counts([one, one]), one)  # doctest: +ELLIPSIS
    Counts(rows={('a', 0, 1): (1, 0, 0)}, tally={'read': 2, 'counted': 1, 'duplicate': 1}, actors={}, places={}, ...
    """
    negative = Counts(
        {key: (-events, -deaths, -stated) for key, (events, deaths, stated) in part.rows.items()},
        {**{key: -number for key, number in part.tally.items()}, "read": 0, "duplicate": part.tally.get("read", 0)},
        {key: -number for key, number in part.actors.items()},
        {key: -number for key, number in part.places.items()},
        notes={key: -number for key, number in part.notes.items()},
    )
    found = add_counts([whole, negative])
    return Counts(
        {key: row for key, row in found.rows.items() if row[0]},
        {key: number for key, number in found.tally.items() if number},
        {key: number for key, number in found.actors.items() if number},
        {key: number for key, number in found.places.items() if number},
        found.samples,
        {key: number for key, number in found.notes.items() if number},
    )
