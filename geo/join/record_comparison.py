"""What records say, written out so that splitting, joining or moving one makes no difference; two that are the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import NamedTuple

from geo.join.filters import is_stale
from geo.model import Correction, Place, Record, Table

__all__ = ["Altered", "Fact", "compare_records", "number_ids", "write_facts"]


class Fact(NamedTuple):
    """One group in one place, with all that a reader is told of it."""

    group: str
    units: tuple[str, ...]
    place: Hashable
    said: Hashable


@dataclass(frozen=True)
class Altered:
    """A record that says otherwise in the newer table than in the older."""

    old: int | None
    """Its index in the older table; None where that does not hold it."""
    new: int | None
    """Its index in the newer one, likewise."""
    groups: tuple[str, ...]
    """Those of which either speaks."""
    units: tuple[str, ...]
    """Codes of the units of which they say otherwise, sorted."""
    id: str | None = None
    """By which it is known in both."""
    correction: Correction | None = None
    """Why, where the newer table says that the older was wrong."""


def write_facts(record: Record, table: Table) -> Iterator[Fact]:
    """Write a record out; that it was corrected is nothing that it says.

    Examples
    --------
    >>> from geo.model import Evidence, Level
    >>> record = Record(("a", "b"), Place("in", ("AF-KAB",)), "l", Evidence())
    >>> [fact[:2] for fact in write_facts(record, Table("t", {"l": Level("l", "L")}, {}, {}, (record,), ()))]
    [('a', ('AF-KAB',)), ('b', ('AF-KAB',))]
    """
    stale = is_stale(record, table)
    said = (record.level, record.finding, record.trend, record.as_written, record.open_list, record.evidence, stale)
    for group in record.groups:
        for units, place in _list_places(record.place):
            yield Fact(group, units, place, said)


def _list_places(place: Place) -> list[tuple[tuple[str, ...], Hashable]]:
    if place.kind == "in":
        written = tuple(sorted(place.written))
        return [((unit,), written) for unit in place.units]
    return [(tuple(sorted(place.units)), (place.kind, place.region, place.count))]


def number_ids(records: Iterable[Record]) -> Mapping[str, int]:
    """Give the index of each record that has an id."""
    return {record.id: index for index, record in enumerate(records) if record.id}


def compare_records(
    tables: tuple[Table, Table],
    places: tuple[int | None, int | None],
    groups: Sequence[str],
    correction: Correction | None = None,
) -> Altered | None:
    """Say where a record of an older and a newer table says otherwise; None where it speaks of none of the groups.

    ``places`` are its index in each.
    """
    held = [(table.records[place], table) for table, place in zip(tables, places, strict=True) if place is not None]
    facts = [{fact for fact in write_facts(*each) if fact.group in groups} for each in held]
    of = {fact.group for each in facts for fact in each}
    if not of:
        return None
    units = sorted({unit for fact in reduce(xor, facts) for unit in fact.units})
    return Altered(*places, tuple(each for each in groups if each in of), tuple(units), held[-1][0].id, correction)
