"""What differs between two tables: for each group and unit, and for each record, with the records that say so.

Two tables are compared by what they say, not by how they are written: a record that is moved, split or joined with
another, its comments and its layout make no difference. A unit that the newer table does not name any more is silence
there, so a change never says more than which records stand on either side. What the newer table corrects is told
apart: the older is compared as it would be with the correction.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from geo.join.corrected_records import correct_table, find_corrections
from geo.join.definition_changes import DefinitionChange, find_definition_changes
from geo.join.filters import Choices, Selection, is_stale, select_records
from geo.join.footprints import Footprint, find_footprints, passes_level
from geo.join.record_comparison import Altered, compare_records, number_ids, write_facts
from geo.model import Moment, Record, Table

__all__ = ["KINDS", "MIRRORS", "Change", "Changes", "find_changes"]

MIRRORS = {
    "named": "unnamed", "absent": "absent-gone", "inconclusive": "inconclusive-gone", "level-up": "level-down",
    "level-new": "level-gone", "disputed": "disputed-gone", "region": "region-gone", "stale": "stale-gone",
    "trend": "trend-gone", "source": "source-gone",
}  # fmt: skip
KINDS = tuple(chain.from_iterable(MIRRORS.items()))
"""Kinds of change, each followed by what it is when the tables change places."""


@dataclass(frozen=True)
class Change:
    """One group in one or more units where the same records say the same of both tables."""

    kind: str
    """One of `KINDS`."""
    group: str
    units: tuple[str, ...]
    """Codes, sorted."""
    old: tuple[int, ...]
    """Indexes of the records of the older table that say so."""
    new: tuple[int, ...]
    """Indexes of those of the newer one."""
    was: tuple[str, ...] = ()
    """Ids of levels or of sources, or trends, that differ."""
    now: tuple[str, ...] = ()
    instead: str = ""
    """Of ``unnamed``: what the newer table says of the unit for that group: ``"nothing"``, ``"region"``, ``"absent"``,
    ``"inconclusive"``, ``"stale"`` (only out of date) or ``"other"``, which does not count here."""


@dataclass(frozen=True)
class Changes:
    """All that differs between two tables for whoever reads them."""

    units: tuple[Change, ...] = ()
    """By kind, then in the order of the groups: what happened, not what was corrected."""
    gone: tuple[int, ...] = ()
    """Indexes of records that the newer table does not hold as they are, but for those that both know by their ids."""
    added: tuple[int, ...] = ()
    """The other way round."""
    shifts: tuple[DefinitionChange, ...] = ()
    """What else is said otherwise: titles, levels, sources, groups, strengths, statements, ties."""
    corrections: tuple[Altered, ...] = ()
    """Records that the newer table corrects."""
    altered: tuple[Altered, ...] = ()
    """Other records that both know, and that do not say the same in both."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.units or self.gone or self.added or self.shifts or self.corrections or self.altered)

    @property
    def unexplained(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Those of ``gone`` and ``added`` that no change of a unit rests on: off the map, or said in other words."""
        old, new = self._cited
        return tuple(each for each in self.gone if each not in old), tuple(
            each for each in self.added if each not in new
        )

    @property
    def untold(self) -> tuple[Altered, ...]:
        """Those of ``altered`` that no change of a unit shows from both sides."""
        return tuple(each for each in self.altered if not set.intersection(*self._list_changes(each)))

    def find_told(self, altered: Altered) -> set[str]:
        """Find the units of which a change that rests on a record tells already."""
        return {unit for number in set.union(*self._list_changes(altered)) for unit in self.units[number].units}

    def _list_changes(self, altered: Altered) -> list[set[int]]:
        none: set[int] = set()
        places = zip(self._cited, (altered.old, altered.new), strict=True)
        return [none if place is None else cited.get(place, none) for cited, place in places]

    @cached_property
    def _cited(self) -> tuple[Mapping[int, set[int]], Mapping[int, set[int]]]:
        """For each record of either table the changes of units that rest on it."""
        cited: tuple[dict[int, set[int]], dict[int, set[int]]] = ({}, {})
        for number, change in enumerate(self.units):
            for side, indexes in zip(cited, (change.old, change.new), strict=True):
                for index in indexes:
                    side.setdefault(index, set()).add(number)
        return cited


@dataclass(frozen=True)
class Seen:
    """What one table says of one group in one unit."""

    records: tuple[int, ...] = ()
    marks: frozenset[str] = frozenset()
    strongest: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    trends: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    counted: frozenset[int] = field(default_factory=frozenset)


def find_changes(
    old: Table, new: Table, choices: Choices | None = None, days: tuple[Moment | None, Moment | None] = (None, None)
) -> Changes:
    """Compare two tables of the same units by what counts of both; both have the level, if one is chosen.

    ``days`` are as of which each is taken, in place of the day of the choices. Records are numbered as
    `geo.join.filters.select_records` leaves them.

    Examples
    --------
    >>> from geo.model import Claim, Evidence, Group, Level, Place
    >>> record = Record(("a",), Place("in", ("AF-KAB",)), "l", Evidence())
    >>> known = {"l": Level("l", "L")}, {}, {"a": Group("a", "A", "A")}
    >>> empty = Table("t", *known, (), ())
    >>> one = Table("t", *known, (record,), (Claim("a", "AF-KAB", 0),))
    >>> [(change.kind, change.units, change.new) for change in find_changes(empty, one).units]
    [('named', ('AF-KAB',), (0,))]
    >>> [(change.kind, change.instead) for change in find_changes(one, empty).units]
    [('unnamed', 'nothing')]
    >>> find_changes(one, one).is_empty
    True
    """
    choices = choices or Choices()
    earlier, later = (replace(choices, as_of=day or choices.as_of) for day in days)
    pairs = find_corrections(old, new)
    before, after = select_records(old, earlier), select_records(new, later)
    meant = select_records(correct_table(old, new, pairs), earlier) if pairs else before
    groups = dict.fromkeys((*new.groups, *old.groups))
    shown = tuple(group for group in groups if choices.groups is None or group in choices.groups)
    old_places, new_places = map(_number_places, (before, after))
    found = [
        compare_records((before.table, after.table), (old_places.get(one), new_places.get(other)), shown,
                        new.records[other].changed)
        for one, other in pairs
    ]  # fmt: skip
    corrections = tuple(filter(None, found))
    gone, added, altered = _compare_records((before.table, after.table), shown, corrections)
    shifts = find_definition_changes(before.table, after.table, shown)
    return Changes(
        units=_compare_units(meant, after, shown, choices, old_places),
        gone=gone,
        added=added,
        # Days that were asked for are no finding.
        shifts=tuple(shift for shift in shifts if shift.part != "as_of" or not any(days)),
        corrections=corrections,
        altered=altered,
    )


def _number_places(selection: Selection) -> dict[int | None, int]:
    """Give the number of each record that counts by its index in the whole table."""
    return {place: number for number, place in enumerate(selection.kept)}


def _compare_units(
    old: Selection, new: Selection, groups: Sequence[str], choices: Choices, places: dict[int | None, int]
) -> tuple[Change, ...]:
    """Compare unit by unit; ``places`` gives the number of an older record by its index in the whole table."""
    tables = old.table, new.table
    before, after = (_look(table, choices) for table in tables)
    numbers = [places.get(place) for place in old.kept]
    found: dict[tuple[object, ...], set[str]] = {}
    for group in groups:
        for unit in sorted(before.get(group, {}).keys() | after.get(group, {}).keys()):
            sides = before.get(group, {}).get(unit, Seen()), after.get(group, {}).get(unit, Seen())
            for kind, was, now in _compare(*sides, *tables):
                cited, citing = _cite(kind, sides, tables, was, now)
                known = tuple(number for index in cited if (number := numbers[index]) is not None)
                instead = _say_instead(sides[1], unit in new.left_out) if kind == "unnamed" else ""
                found.setdefault((kind, group, known, citing, was, now, instead), set()).add(unit)
    order = {kind: place for place, kind in enumerate(KINDS)}
    units = [
        Change(str(kind), str(group), tuple(sorted(codes)), *rest)  # type: ignore[arg-type]
        for (kind, group, *rest), codes in found.items()
    ]
    return tuple(sorted(units, key=lambda change: order[change.kind]))


def _compare_records(
    tables: tuple[Table, Table], groups: Sequence[str], corrections: Iterable[Altered]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[Altered, ...]]:
    """List the records that are gone, added and altered, without those that were corrected."""
    facts = [_list_facts(table, groups) for table in tables]
    gone = _list_missing(*facts) - {each.old for each in corrections}
    added = _list_missing(*reversed(facts)) - {each.new for each in corrections}
    ids = [number_ids(table.records) for table in tables]
    same = [(ids[0][id_], new) for id_, new in ids[1].items() if id_ in ids[0]]
    found = [compare_records(tables, pair, groups) for pair in same if pair[0] in gone or pair[1] in added]
    altered = tuple(filter(None, found))
    gone -= {each.old for each in altered}
    added -= {each.new for each in altered}
    return tuple(sorted(gone)), tuple(sorted(added)), altered


def _look(table: Table, choices: Choices) -> dict[str, dict[str, Seen]]:
    """Gather by group and unit what a table says."""
    footprints = find_footprints(table, choices)
    chosen = table.levels[choices.level] if choices.level else None
    counting = {level.id for level in table.levels.values() if passes_level(level, chosen) and not level.is_capability}
    by_unit: dict[str, dict[str, list[int]]] = {}
    for claim in table.claims:
        if claim.unit is not None:
            by_unit.setdefault(claim.group, {}).setdefault(claim.unit, []).append(claim.record)
    return {
        group: {
            unit: _see(table, footprints.get(group, Footprint()), unit, tuple(sorted(set(records))), counting)
            for unit, records in units.items()
        }
        for group, units in by_unit.items()
    }


def _see(table: Table, footprint: Footprint, unit: str, indexes: tuple[int, ...], counting: set[str]) -> Seen:
    sets = {
        "named": footprint.named, "region": footprint.region, "absent": footprint.absent,
        "inconclusive": footprint.inconclusive, "disputed": footprint.disputed, "stale": footprint.stale,
    }  # fmt: skip
    records = {index: table.records[index] for index in indexes}
    counted = frozenset(
        index for index, record in records.items()
        if unit in footprint.named and _is_named(record) and record.level in counting and not is_stale(record, table)
    )  # fmt: skip
    levels = footprint.levels.get(unit, ())
    ranks = [rank for level in levels if (rank := table.levels[level].rank) is not None]
    most = max(ranks, default=None)
    return Seen(
        records=indexes,
        marks=frozenset(mark for mark, units in sets.items() if unit in units),
        strongest=frozenset(level for level in levels if ranks and table.levels[level].rank == most),
        kinds=frozenset(level for level in levels if table.levels[level].rank is None),
        trends=frozenset(record.trend for record in records.values() if record.trend and record.place.kind == "in"),
        sources=frozenset(source for index in counted if (source := records[index].evidence.source)),
        counted=counted,
    )


def _is_named(record: Record) -> bool:
    return record.place.kind == "in" and record.finding == "present"


Named = tuple[str, tuple[str, ...], tuple[str, ...]]


def _compare(old: Seen, new: Seen, older: Table, newer: Table) -> Iterator[Named]:
    """Give each kind of change with what was and what is now."""
    is_named = "named" in old.marks, "named" in new.marks
    for mark in ("named", "absent", "inconclusive", "disputed", "region", "stale"):
        if mark in ("region", "stale") and any(is_named):  # a name says more
            continue
        was, now = mark in old.marks, mark in new.marks
        if was != now:
            yield (mark if now else MIRRORS[mark]), (), ()
    if all(is_named):
        yield from _compare_levels(old, new, older, newer)
        yield from _part("source", old.sources, new.sources)
    yield from _part("trend", old.trends, new.trends)


def _compare_levels(old: Seen, new: Seen, older: Table, newer: Table) -> Iterator[Named]:
    was, now = sorted(old.strongest), sorted(new.strongest)
    step = _rank(now[0], newer) - _rank(was[0], newer, older) if was and now else 0
    kinds = old.kinds, new.kinds
    if step:
        yield ("level-up" if step > 0 else "level-down"), tuple(was), tuple(now)
    else:
        kinds = old.kinds | old.strongest, new.kinds | new.strongest
    yield from _part("level-new", *kinds)


def _rank(level: str, *tables: Table) -> int:
    """Take a level's rank from the first table that ranks it: a scale may have been numbered anew."""
    known = (table.levels[level].rank for table in tables if level in table.levels)
    return next((rank for rank in known if rank is not None), 0)


def _part(kind: str, old: frozenset[str], new: frozenset[str]) -> Iterator[Named]:
    """Give what is new and what is gone of a set as two changes."""
    if new - old:
        yield kind, (), tuple(sorted(new - old))
    if old - new:
        yield MIRRORS[kind], tuple(sorted(old - new)), ()


def _cite(
    kind: str, sides: tuple[Seen, Seen], tables: tuple[Table, Table], was: tuple[str, ...], now: tuple[str, ...]
) -> list[tuple[int, ...]]:
    """List the records of each side that a change rests on."""
    stem = kind.removesuffix("-gone")
    cited = []
    for seen, table in zip(sides, tables, strict=True):
        records = {index: table.records[index] for index in seen.records}
        cited.append(tuple(i for i, each in records.items() if _speaks(stem, i, each, seen, {*was, *now})))
    return cited


def _speaks(stem: str, index: int, record: Record, seen: Seen, values: set[str]) -> bool:
    is_counted = index in seen.counted
    match stem:
        case "named" | "unnamed":
            return is_counted or not seen.counted
        case "level-up" | "level-down" | "source":
            return is_counted
        case "level-new" | "level":
            return is_counted and record.level in values
        case "region":
            return record.place.kind == "region" or "region" not in seen.marks
        case "stale":
            return True
        case "trend":
            return record.place.kind == "in" and record.trend is not None
        case _:
            return record.place.kind == "in"


def _say_instead(seen: Seen, is_left_out: bool) -> str:
    marks = ("absent", "inconclusive", "region", "stale")
    return next((mark for mark in marks if mark in seen.marks), "other" if seen.records or is_left_out else "nothing")


def _list_facts(table: Table, groups: Iterable[str]) -> Mapping[Hashable, int]:
    """Give by all that is said of a group in a place the record that says so."""
    wanted = set(groups)
    return {
        (fact, record.changed): index
        for index, record in enumerate(table.records)
        for fact in write_facts(record, table)
        if fact.group in wanted
    }


def _list_missing(facts: Mapping[Hashable, int], others: Mapping[Hashable, int]) -> set[int]:
    return {index for fact, index in facts.items() if fact not in others}
