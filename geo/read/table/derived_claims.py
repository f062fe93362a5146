"""Claims that rest on maps and compilations alone: what those are made of would be a source of its own."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import astuple

from geo.errors import Problem
from geo.model import Evidence, Gazetteer, Level, Place, Record, Source
from geo.read.common.nodes import cut, list_few, quote

__all__ = ["find_derived_claims"]


def find_derived_claims(
    records: Iterable[Record],
    levels: Mapping[str, Level],
    sources: Mapping[str, Source],
    source: str,
    gazetteer: Gazetteer,
) -> Iterator[Problem]:
    """Find records of derived sources whose claims no record of another source supports: a warning each.

    Such a record names the same group in the same place, with the same finding; a region supports no claim about a unit
    of it, what a group can do no presence.

    Examples
    --------
    >>> from geo.model import Position
    >>> record = Record(("a",), Place("nationwide"), "l", Evidence("s"), position=Position(3, 5))
    >>> known = {"l": Level("l", "L")}, {"s": Source("s", "S", derived=True)}, "t.yaml", Gazetteer({}, {}, "")
    >>> print(next(find_derived_claims([record], *known)).found)
    a record that rests on 's' alone, which is made of other sources: a, nationwide
    """
    derived = {id_ for id_, each in sources.items() if each.derived}
    if not derived:
        return
    records = list(records)
    supported = {
        claim
        for record in records
        if record.evidence.source and not _list_derived(record.evidence, derived)
        for claim in _list_claims(record, levels)
    }
    for record in records:
        whose = _list_derived(record.evidence, derived)
        lone = [claim for claim in _list_claims(record, levels) if claim not in supported] if whose else []
        if lone:
            claims = list_few([f"{cut(group)}, {_describe(place, gazetteer)}" for group, place, *_ in lone], 3)
            found = f"a record that rests on {' and '.join(map(quote, whose))} alone, which is made of other sources"
            expected = "a record of what it is made of"
            yield Problem(source, f"{found}: {claims}", expected, (), record.position, "warning")


def _list_derived(evidence: Evidence, derived: set[str]) -> list[str]:
    return [each for each in (evidence.source, evidence.via) if each in derived]


Claims = list[tuple[str, tuple[str, Hashable], str, bool]]


def _list_claims(record: Record, levels: Mapping[str, Level]) -> Claims:
    known = record.finding, levels[record.level].is_capability
    return [(group, place, *known) for group in record.groups for place in _list_places(record.place)]


def _list_places(place: Place) -> list[tuple[str, Hashable]]:
    if place.kind == "in":
        return [("in", unit) for unit in place.units]
    return [(place.kind, place.region or (place.count and astuple(place.count)))]


def _describe(place: tuple[str, Hashable], gazetteer: Gazetteer) -> str:
    kind, value = place
    if kind == "in":
        unit = gazetteer.units.get(str(value))
        return unit.name if unit else str(value)
    return f"region {cut(str(value))}" if kind == "region" else kind
