"""Where two sources differ: what each says of a group in a unit, side by side, never merged.

A source counts where it is a record's own ``source``; where a record quotes it (``via``), the claim is that of the
source which quotes. Silence is no denial: a source without a record of a group in a unit says nothing about it.

=================  ================================================================================
kind of a cell     meaning
=================  ================================================================================
``contradict``     one says present, the other looked and did not find
``levels``         both say present, at different levels
``inconclusive``   one looked without a result, the other has one
``region``         one names the unit, the other only a region that holds it, or what the group can do there
``first``          only the first source names it, with whatever finding
``second``         only the second source names it
``first-region``   only the first source, and only by a region
``second-region``  only the second source, and only by a region
``agree``          the same finding at the same levels
``capability``     either says no more than what the group can do there
=================  ================================================================================
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from geo.join.footprints import find_root
from geo.model import Level, Record, Table
from geo.source_documents import name_documents

__all__ = ["CLASSES", "ClaimPair", "Quote", "SourceComparison", "compare_sources", "list_record_sources"]

CLASSES = (
    "contradict", "levels", "inconclusive", "region", "each", "first", "second", "agree", "capability", "region-only",
    "neither",
)  # fmt: skip
"""Of units: the first that fits any group there. ``each``: either source names a group that the other does not."""


@dataclass(frozen=True)
class ClaimPair:
    """One group in one unit, of which at least one of two sources speaks; the module says what each ``kind`` is.

    ``first`` and ``second`` are the indexes of the records of each source that speak of it.
    """

    group: str
    unit: str
    kind: str
    first: tuple[int, ...] = ()
    second: tuple[int, ...] = ()


@dataclass(frozen=True)
class Quote:
    """Records of one source that quote another: one of the two compared, or one that both of them quote."""

    source: str
    via: str
    records: tuple[int, ...]


@dataclass(frozen=True)
class SourceComparison:
    """Two sources side by side, by their ids."""

    first: str
    second: str
    cells: tuple[ClaimPair, ...]
    """By group in the table's order, then by unit."""
    classes: Mapping[str, str]
    """For each unit its class, one of `CLASSES`."""
    off_map: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    """For each of the two the indexes of its records that fill nothing."""
    quotes: tuple[Quote, ...] = ()
    """What is not counted as the claim of who is quoted."""
    is_one_document: bool = False
    """Whether the titles of both name one document."""

    def list_units(self, *sides: str) -> list[str]:
        """List the units that each of the sides, ``"first"`` or ``"second"``, names or covers for any group."""
        found = [{cell.unit for cell in self.cells if getattr(cell, side)} for side in sides]
        return [unit for unit in self.classes if all(unit in units for units in found)]


@dataclass
class _Side:
    """What one source says of one group in one unit."""

    records: list[int] = field(default_factory=list)
    findings: set[str] = field(default_factory=set)
    levels: set[str] = field(default_factory=set)
    regions: set[tuple[str, str]] = field(default_factory=set)

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing of presence."""
        return not (self.findings or self.regions)

    def add(self, index: int, record: Record, level: Level) -> None:
        self.records.append(index)
        if level.is_capability:
            return
        if record.place.kind == "region":
            self.regions.add((record.finding, record.level))
            return
        self.findings.add(record.finding)
        if record.finding == "present":
            self.levels.add(record.level)


def compare_sources(
    table: Table,
    units: Iterable[str],
    first: str,
    second: str,
    *,
    groups: Collection[str] | None = None,
    roll_up: bool = False,
) -> SourceComparison:
    """Put what two sources say of all units beside each other, for some groups or all.

    ``roll_up`` takes a group for the one that it is part of, all the way up.

    Examples
    --------
    >>> compare_sources(Table("empty", {}, {}, {}, (), ()), ["AF-KAB"], "a", "b").classes
    {'AF-KAB': 'neither'}
    """

    def name(group: str) -> str:
        return find_root(table, group) if roll_up else group

    wanted = None if groups is None else {name(group) for group in groups}
    sides: dict[tuple[str, str], dict[str, _Side]] = {}
    off_map: dict[str, dict[int, None]] = {first: {}, second: {}}
    for claim in table.claims:
        record, group = table.records[claim.record], name(claim.group)
        source = record.evidence.source
        if source not in off_map or (wanted is not None and group not in wanted):
            continue
        if claim.unit is None:
            off_map[source][claim.record] = None
            continue
        cell = sides.setdefault((group, claim.unit), {first: _Side(), second: _Side()})
        if claim.record not in cell[source].records:  # a record may name two parts of one group
            cell[source].add(claim.record, record, table.levels[record.level])
    order = {unit: place for place, unit in enumerate(units)}
    places = {group: place for place, group in enumerate(table.groups)}
    keys = sorted(sides, key=lambda key: (places[key[0]], order[key[1]]))
    cells = tuple(
        ClaimPair(group, unit, _compare(sides[group, unit][first], sides[group, unit][second]),
             tuple(sides[group, unit][first].records), tuple(sides[group, unit][second].records))
        for group, unit in keys
    )  # fmt: skip
    return SourceComparison(
        first, second, cells, _class_units(order, cells), (tuple(off_map[first]), tuple(off_map[second])),
        tuple(_list_quotes(table, {first, second})), _is_one_document(table, first, second),
    )  # fmt: skip


def _is_one_document(table: Table, first: str, second: str) -> bool:
    named = name_documents(table.sources.values())
    return first in named and named[first] == named.get(second)


def _compare(one: _Side, other: _Side) -> str:
    if any(side.records and side.is_silent for side in (one, other)):
        return "region" if one.findings or other.findings else "capability"
    for here, there, only in ((one, other, "first"), (other, one, "second")):
        if not there.records:
            return only if here.findings else f"{only}-region"
    if not (one.findings and other.findings):
        if one.findings or other.findings or {each for each, _ in one.regions} != {each for each, _ in other.regions}:
            return "region"
        return "agree" if one.regions == other.regions else "levels"
    return _compare_named(one, other)


def _compare_named(one: _Side, other: _Side) -> str:
    if any("present" in here.findings and "absent" in there.findings for here, there in ((one, other), (other, one))):
        return "contradict"
    if one.levels and other.levels and one.levels != other.levels:
        return "levels"
    return "agree" if one.findings == other.findings else "inconclusive"


def _class_units(units: Iterable[str], cells: Iterable[ClaimPair]) -> dict[str, str]:
    found: dict[str, set[str]] = {unit: set() for unit in units}
    for cell in cells:
        found[cell.unit].add("region-only" if cell.kind.endswith("-region") else cell.kind)
    for kinds in found.values():
        if {"first", "second"} <= kinds:
            kinds.add("each")
    return {unit: next((each for each in CLASSES if each in kinds), "neither") for unit, kinds in found.items()}


def _list_quotes(table: Table, pair: set[str]) -> Iterable[Quote]:
    found: dict[tuple[str, str], list[int]] = {}
    for index, record in enumerate(table.records):
        if record.evidence.source and record.evidence.via:
            found.setdefault((record.evidence.source, record.evidence.via), []).append(index)
    for (source, via), records in found.items():
        if via in pair or (source in pair and all((each, via) in found for each in pair)):
            yield Quote(source, via, tuple(records))


def list_record_sources(table: Table) -> list[str]:
    """List the sources that are any record's own, in the table's order.

    Examples
    --------
    >>> list_record_sources(Table("empty", {}, {}, {}, (), ()))
    []
    """
    carriers = {record.evidence.source for record in table.records}
    return [source for source in table.sources if source in carriers]
