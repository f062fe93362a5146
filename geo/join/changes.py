"""What differs between two tables: for each group and unit, and for each record, with the records that say so.

Two tables are compared by what they say, not by how they are written: a record that is moved, split or joined with
another, its comments and its layout make no difference. A unit that the newer table does not name any more is silence
there, so a change never says more than which records stand on either side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from geo.join.footprints import Footprint, find_footprints, passes_level
from geo.join.selection import Choices, is_stale
from geo.join.shifts import Shift, find_shifts
from geo.model import Record, Table

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
    """One group in one or more units where the same records say the same of both tables.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    group : str
    units : tuple of str
        Codes, sorted.
    old, new : tuple of int
        Indexes of the records of each table that say so.
    was, now : tuple of str
        Ids of levels or of sources, or trends, that differ.
    instead : str
        Of ``unnamed``: what the newer table says of the unit for that group: ``"nothing"``, ``"region"``,
        ``"absent"``, ``"inconclusive"``, ``"stale"`` (only out of date) or ``"other"``, which does not count here.
    """

    kind: str
    group: str
    units: tuple[str, ...]
    old: tuple[int, ...]
    new: tuple[int, ...]
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True)
class Changes:
    """All that differs between two tables for whoever reads them.

    Parameters
    ----------
    units : tuple of Change
        By kind, then in the order of the groups.
    gone, added : tuple of int
        Indexes of records of the older table that the newer one does not hold as they are, and the other way round.
    shifts : tuple of Shift
        What else is said otherwise: titles, levels, sources, groups, strengths, statements, ties.
    """

    units: tuple[Change, ...] = ()
    gone: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    shifts: tuple[Shift, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.units or self.gone or self.added or self.shifts)

    @property
    def unexplained(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Those of ``gone`` and ``added`` that no change of a unit rests on: off the map, or said in other words."""
        old = {index for change in self.units for index in change.old}
        new = {index for change in self.units for index in change.new}
        return tuple(each for each in self.gone if each not in old), tuple(
            each for each in self.added if each not in new
        )


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


def find_changes(old: Table, new: Table, choices: Choices | None = None) -> Changes:
    """Compare two tables.

    Parameters
    ----------
    old, new : Table
        Of the same units.
    choices : Choices, optional
        Which groups are compared, and the level at or above which a claim counts; both tables have it.

    Returns
    -------
    Changes

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
    groups = tuple(dict.fromkeys((*new.groups, *old.groups)))
    shown = groups if choices.groups is None else tuple(group for group in groups if group in choices.groups)
    before, after = _look(old, choices), _look(new, choices)
    found: dict[tuple[object, ...], set[str]] = {}
    for group in shown:
        for unit in sorted(before.get(group, {}).keys() | after.get(group, {}).keys()):
            sides = before.get(group, {}).get(unit, Seen()), after.get(group, {}).get(unit, Seen())
            for kind, was, now in _compare(*sides, old, new):
                key = (kind, group, *_cite(kind, sides, (old, new), was, now), was, now)
                instead = _say_instead(sides[1]) if kind == "unnamed" else ""
                found.setdefault((*key, instead), set()).add(unit)
    order = {kind: place for place, kind in enumerate(KINDS)}
    units = [
        Change(str(kind), str(group), tuple(sorted(codes)), *rest)  # type: ignore[arg-type]
        for (kind, group, *rest), codes in found.items()
    ]
    facts = _list_facts(old, shown), _list_facts(new, shown)
    return Changes(
        units=tuple(sorted(units, key=lambda change: order[change.kind])),
        gone=_list_missing(facts[0], facts[1]),
        added=_list_missing(facts[1], facts[0]),
        shifts=find_shifts(old, new, shown),
    )


def _look(table: Table, choices: Choices) -> dict[str, dict[str, Seen]]:
    """Gather by group and unit what a table says."""
    footprints = find_footprints(table, choices)
    chosen = table.levels[choices.level] if choices.level else None
    counting = {level.id for level in table.levels.values() if passes_level(level, chosen)}
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


def _say_instead(seen: Seen) -> str:
    marks = ("absent", "inconclusive", "region", "stale")
    return next((mark for mark in marks if mark in seen.marks), "other" if seen.records else "nothing")


def _list_facts(table: Table, groups: Iterable[str]) -> Mapping[tuple[object, ...], int]:
    """Write records out as what they say, so that splitting, joining or moving one makes no difference."""
    wanted = set(groups)
    said = {
        index: (record.level, record.finding, record.trend, record.as_written, record.evidence, is_stale(record, table))
        for index, record in enumerate(table.records)
    }
    return {
        (group, place, *said[index]): index
        for index, record in enumerate(table.records)
        for group in record.groups
        if group in wanted
        for place in _list_places(record)
    }


def _list_places(record: Record) -> list[tuple[object, ...]]:
    place = record.place
    if place.kind == "in":
        written = tuple(sorted(place.written))
        return [("in", unit, written) for unit in place.units]
    return [(place.kind, place.region, tuple(sorted(place.units)), place.count)]


def _list_missing(facts: Mapping[tuple[object, ...], int], others: Mapping[tuple[object, ...], int]) -> tuple[int, ...]:
    return tuple(sorted({index for fact, index in facts.items() if fact not in others}))
