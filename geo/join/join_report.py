"""What matched, what did not, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from geo.join.filters import Choices, is_stale
from geo.join.footprints import Footprint, choose_groups
from geo.model import Table

__all__ = ["JoinReport", "report_join"]


@dataclass(frozen=True)
class JoinReport:
    """Where every record ended up; each is in at least one of these.

    Parameters
    ----------
    units : tuple of str
        All codes, in the order of the boundaries.
    named, region_only, uncounted, uncovered : tuple of str
        Codes: named and present for any group shown; covered only by a region; in a record, but only as absent
        or inconclusive, at no level asked for or for no group shown; in no record.
    nationwide, unlocated : tuple of int
        Indexes of records of a group shown that fill nothing.
    unplaced : tuple of str
        Codes that a record names and the boundaries do not have.
    hidden : mapping of str to int
        How many records the choices left out, by reason: those of ``geo.join.filters`` and, last, ``group`` (of
        none that is shown).
    stale : int
        How many records of a group shown are out of date.
    """

    units: tuple[str, ...]
    named: tuple[str, ...]
    region_only: tuple[str, ...]
    uncounted: tuple[str, ...]
    uncovered: tuple[str, ...]
    nationwide: tuple[int, ...]
    unlocated: tuple[int, ...]
    unplaced: tuple[str, ...]
    hidden: Mapping[str, int] = field(default_factory=dict)
    stale: int = 0


def report_join(
    table: Table,
    units: Iterable[str],
    footprints: Mapping[str, Footprint],
    shown: Iterable[str],
    choices: Choices | None = None,
    hidden: Mapping[str, int] | None = None,
    left_out: Collection[str] = (),
) -> JoinReport:
    """Sort units and records by what became of them.

    Examples
    --------
    >>> report_join(Table("empty", {}, {}, {}, (), ()), ["AF-KAB"], {}, []).uncovered
    ('AF-KAB',)
    """
    codes = tuple(units)
    visible = [footprints[group] for group in shown]
    named = frozenset().union(*(each.named for each in visible))
    region = frozenset().union(*(each.region for each in visible)) - named
    covered = frozenset(left_out).union(*(each.covered for each in footprints.values()))
    off_map: dict[str, list[int]] = {"nationwide": [], "unlocated": []}
    chosen = choices or Choices()
    wanted = [index for index, record in enumerate(table.records) if choose_groups(record, table, chosen)]
    for index in wanted:
        off_map.get(table.records[index].place.kind, []).append(index)
    others = len(table.records) - len(wanted)
    return JoinReport(
        units=codes,
        named=tuple(code for code in codes if code in named),
        region_only=tuple(code for code in codes if code in region),
        uncounted=tuple(code for code in codes if code in covered - named - region),
        uncovered=tuple(code for code in codes if code not in covered),
        nationwide=tuple(off_map["nationwide"]),
        unlocated=tuple(off_map["unlocated"]),
        unplaced=tuple(sorted(covered - set(codes))),
        hidden={**(hidden or {}), **({"group": others} if others else {})},
        stale=sum(is_stale(table.records[index], table) for index in wanted),
    )
