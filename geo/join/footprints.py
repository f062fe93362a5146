"""Which units a group is named in, covered in by a region only, or absent from: sets of codes made from claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geo.join.filters import Choices, is_stale
from geo.model import Level, Record, Table

__all__ = ["Footprint", "choose_groups", "find_chosen", "find_footprints", "find_root", "find_shown", "passes_level"]


@dataclass(frozen=True)
class Footprint:
    """The units of one group, as sets of codes.

    Parameters
    ----------
    named : frozenset of str
        Named and present, at or above the chosen level.
    claimed : frozenset of str
        Those of ``named`` that rest on the group's own claims alone.
    region : frozenset of str
        Covered by a claimed region and not in ``named``.
    stale : frozenset of str
        Claimed at or above the chosen level, by name or by region, but only by records that are out of date.
    absent, inconclusive : frozenset of str
        Named with that finding, whatever the level, by a record that is not out of date.
    touched : frozenset of str
        Present there at any level, by name or by region, or looked for in a region that holds it; or spoken of in
        another way than ``capabilities`` holds, at a level that is no presence.
    levels : mapping of str to tuple of str
        For each named unit the ids of its levels there, strongest rank first, then those without a rank; what only
        the group itself claims comes after all that others report.
    is_open : bool
        Whether a record that makes ``named`` has an open list: then the units are at least these.
    capabilities : mapping of str to tuple of str
        For each unit of which a record says what the group can do there, by name and not out of date, the ids of those
        levels, in the table's order. That is no presence, and in none of the other sets.
    """

    named: frozenset[str] = frozenset()
    claimed: frozenset[str] = frozenset()
    region: frozenset[str] = frozenset()
    stale: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    inconclusive: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    capabilities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_open: bool = False

    @property
    def disputed(self) -> frozenset[str]:
        """Units that one claim calls present and another absent."""
        return self.named & self.absent

    @property
    def covered(self) -> frozenset[str]:
        """Units that any located claim of the group speaks of."""
        looked = self.absent | self.inconclusive
        return self.named | self.region | self.stale | self.touched | looked | self.capabilities.keys()


def passes_level(level: Level, chosen: Level | None) -> bool:
    """Tell whether a claim at ``level`` counts when ``chosen`` is asked for.

    Examples
    --------
    >>> low, high, camps = Level("low", "Low", 1), Level("high", "High", 2), Level("camps", "Camps")
    >>> passes_level(high, low), passes_level(low, high), passes_level(camps, low), passes_level(camps, camps)
    (True, False, False, True)
    """
    if chosen is None:
        return True
    if chosen.rank is None:
        return level.id == chosen.id
    return level.rank is not None and level.rank >= chosen.rank


def find_root(table: Table, group: str) -> str:
    """Return the id of the group that ``group`` is part of, all the way up."""
    while part_of := table.groups[group].part_of:
        group = part_of.group
    return group


def find_footprints(table: Table, choices: Choices | None = None) -> dict[str, Footprint]:
    """Collect the footprint of each group that a claim names or a region covers, in the table's order of groups.

    Claims count whatever their finding. Of the choices, ``level`` and ``roll_up`` are honoured; which groups are shown
    is for the caller.

    Examples
    --------
    >>> find_footprints(Table("empty", {}, {}, {}, (), ()))
    {}
    """
    choices = choices or Choices()
    chosen = table.levels[choices.level] if choices.level else None
    stale = {index for index, record in enumerate(table.records) if is_stale(record, table)}
    located: dict[str, list[tuple[str, Record, bool]]] = {}
    for claim in table.claims:
        if claim.unit is not None:
            group = find_root(table, claim.group) if choices.roll_up else claim.group
            located.setdefault(group, []).append((claim.unit, table.records[claim.record], claim.record in stale))
    return {
        group: _collect(located[group], table.levels, chosen) for group in table.groups if group in located
    }  # the table's order, so that slots follow it


def find_shown(table: Table, footprints: Iterable[str], choices: Choices) -> tuple[str, ...]:
    """Return the ids of the located groups that the choices show, in the table's order.

    Examples
    --------
    >>> find_shown(Table("empty", {}, {}, {}, (), ()), ["a", "b"], Choices(groups=("b",)))
    ('b',)
    """
    chosen = find_chosen(table, choices)
    return tuple(group for group in footprints if chosen is None or group in chosen)


def find_chosen(table: Table, choices: Choices) -> frozenset[str] | None:
    """Return the ids of the groups that the choices show, as they are counted, on the map or off it; None for all.

    Examples
    --------
    >>> sorted(find_chosen(Table("empty", {}, {}, {}, (), ()), Choices(groups=("b", "a"))))
    ['a', 'b']
    """
    if choices.groups is None:
        return None
    return frozenset(find_root(table, group) if choices.roll_up else group for group in choices.groups)


def choose_groups(record: Record, table: Table, choices: Choices) -> tuple[str, ...]:
    """Return the groups of a record that the choices show.

    Examples
    --------
    >>> from geo.model import Evidence, Place
    >>> record = Record(("a", "b"), Place("nationwide"), "l", Evidence())
    >>> choose_groups(record, Table("empty", {}, {}, {}, (), ()), Choices(groups=("b",)))
    ('b',)
    """
    chosen = find_chosen(table, choices)
    if chosen is None:
        return record.groups
    return tuple(group for group in record.groups if (find_root(table, group) if choices.roll_up else group) in chosen)


def _rank(level: Level) -> float:
    return float("-inf") if level.rank is None else level.rank


def _collect(
    claims: Iterable[tuple[str, Record, bool]], levels: Mapping[str, Level], chosen: Level | None
) -> Footprint:
    named: dict[str, set[str]] = {}
    reported: dict[str, set[str]] = {}
    able: dict[str, set[str]] = {}
    old: set[str] = set()
    is_open = False
    found: dict[str, set[str]] = {key: set() for key in ("region", "stale", "touched", "absent", "inconclusive")}
    for unit, record, is_old in claims:
        by_name, level = record.place.kind == "in", levels[record.level]
        if level.is_capability:
            if by_name and not is_old and record.finding == "present" and passes_level(level, chosen):
                able.setdefault(unit, set()).add(level.id)
            else:
                (old if is_old else found["touched"]).add(unit)
            continue
        if record.finding != "present":
            found[record.finding if by_name and not is_old else "touched"].add(unit)
            continue
        old.add(unit) if is_old else found["touched"].add(unit)
        if passes_level(level, chosen):
            if is_old:
                found["stale"].add(unit)
            elif by_name:
                named.setdefault(unit, set()).add(record.level)
                is_open |= bool(record.open_list)
                if record.evidence.basis != "claimed":
                    reported.setdefault(unit, set()).add(record.level)
            else:
                found["region"].add(unit)
    order = sorted(levels, key=lambda level: -_rank(levels[level]))
    # Whoever has looked since then knows better than a record that is out of date.
    looked = found["absent"] | found["inconclusive"]
    found["touched"] |= old - looked
    found["region"] -= set(named)
    found["stale"] -= found["region"] | set(named) | looked
    return Footprint(
        named=frozenset(named),
        claimed=frozenset(named.keys() - reported.keys()),
        levels={
            unit: (*(level for level in order if level in told), *(level for level in order if level in here - told))
            for unit, here in named.items()
            for told in [reported.get(unit, set())]
        },
        capabilities={unit: tuple(level for level in levels if level in here) for unit, here in able.items()},
        is_open=is_open,
        **{key: frozenset(units) for key, units in found.items()},
    )
