"""Counts of a part of the events, which add up to the counts of all in whatever order and grouping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

__all__ = [
    "MOST_SAMPLES", "NOTES", "REASONS", "Counts", "Sample", "add_counts", "name_file", "subtract_counts",
]  # fmt: skip

REASONS = (
    "header", "deleted", "uncounted", "incomplete", "no_coordinates", "bad_coordinates", "imprecise", "country_centre",
    "swapped", "outside", "undated", "far_year", "out_of_time", "other_type", "unmapped", "duplicate",
)  # fmt: skip
"""Why an event is not counted, in the order in which it is asked."""

NOTES = ("no_id", "unread_deaths", "grouped_deaths", "nearby", "differing", "abroad")
"""What is told of events, whether they count or not."""

MOST_SAMPLES = 10

Sample = tuple[str, int, str]
"""File, row and cell."""

Row = tuple[str | None, int, int]
Sums = tuple[int, int, int, int, int]
Place = tuple[int, int, str | None, int]
NO_SUMS: Sums = (0, 0, 0, 0, 0)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Counts:
    """What some events come to."""

    rows: Mapping[Row, Sums] = field(default_factory=dict)
    """By group (None is any), place of the unit and number of the period: events, deaths stated (persons), events that
    state them, and the lowest and the highest that they state."""
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
    left: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """By place of the unit and number of the period: events that lie there and do not count."""
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By file, the first and the last day of any event, counted or not, since 1 January 1970."""
    types: Mapping[str, int] = field(default_factory=dict)
    """Types, with their events, of events in units and in time; none where all types count."""


def add_counts(parts: Iterable[Counts]) -> Counts:
    """Add up counts of parts; holds one part at a time beside the sum.

    Examples
    --------
    >>> one = Counts({("a", 0, 1): (2, 3, 1, 2, 5)}, {"read": 2})
    >>> add_counts([one, one]).rows, add_counts([one, add_counts([])]) == one
    ({('a', 0, 1): (4, 6, 2, 4, 10)}, True)
    """
    rows: dict[Row, Sums] = {}
    others: tuple[dict[str, int], dict[str, int], dict[Place, int]] = ({}, {}, {})
    notes: dict[str, int] = {}
    left: dict[tuple[int, int], int] = {}
    samples: dict[str, tuple[Sample, ...]] = {}
    spans: dict[str, tuple[int, int]] = {}
    types: dict[str, int] = {}
    for part in parts:
        for key, (events, deaths, stated, low, high) in part.rows.items():
            old = rows.get(key, NO_SUMS)
            rows[key] = old[0] + events, old[1] + deaths, old[2] + stated, old[3] + low, old[4] + high
        _add(others[0], part.tally)
        _add(others[1], part.actors)
        _add(others[2], part.places)
        _add(notes, part.notes)
        _add(left, part.left)
        _add(types, part.types)
        for path, (first, last) in part.spans.items():
            known = spans.get(path, (first, last))
            spans[path] = min(known[0], first), max(known[1], last)
        for reason, cells in part.samples.items():
            samples[reason] = tuple(sorted({*samples.get(reason, ()), *cells})[:MOST_SAMPLES])
    return Counts(rows, *others, samples, notes, left, spans, types)


def name_file(counts: Counts, path: str) -> Counts:
    """Say of which file samples and days are: who counts a part may know it by another name.

    Examples
    --------
    >>> name_file(Counts(samples={"undated": (("", 2, "soon"),)}), "a.csv").samples
    {'undated': (('a.csv', 2, 'soon'),)}
    """
    days = next(iter(counts.spans.values()), None)
    samples = {key: tuple((path, row, cell) for _, row, cell in cells) for key, cells in counts.samples.items()}
    return replace(counts, samples=samples, spans={path: days} if days else {})


def _add(sums: dict[Key, int], part: Mapping[Key, int]) -> None:
    for key, number in part.items():
        sums[key] = sums.get(key, 0) + number


def subtract_counts(whole: Counts, part: Counts) -> Counts:
    """Take counts of events that stand in the whole a second time out of it again; they are tallied as duplicates.

    Examples
    --------
    >>> one = Counts({("a", 0, 1): (1, 0, 0, 0, 0)}, {"read": 1, "counted": 1})
    >>> found = subtract_counts(add_counts([one, one]), one)
    >>> found.rows, found.tally
    ({('a', 0, 1): (1, 0, 0, 0, 0)}, {'read': 2, 'counted': 1, 'duplicate': 1})
    """
    negative = Counts(
        {key: (-row[0], -row[1], -row[2], -row[3], -row[4]) for key, row in part.rows.items()},
        {**{key: -number for key, number in part.tally.items()}, "read": 0, "duplicate": part.tally.get("read", 0)},
        {key: -number for key, number in part.actors.items()},
        {key: -number for key, number in part.places.items()},
        notes={key: -number for key, number in part.notes.items()},
        left={key: -number for key, number in part.left.items()},
        types={key: -number for key, number in part.types.items()},
    )
    found = add_counts([whole, negative])
    return Counts(
        {key: row for key, row in found.rows.items() if row[0]},
        {key: number for key, number in found.tally.items() if number},
        {key: number for key, number in found.actors.items() if number},
        {key: number for key, number in found.places.items() if number},
        found.samples,
        {key: number for key, number in found.notes.items() if number},
        {key: number for key, number in found.left.items() if number},
        found.spans,
        {key: number for key, number in found.types.items() if number},
    )
