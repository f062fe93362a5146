"""Which units a group is named in, covered in by a region only, or absent from: sets of codes made from claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geo.model import Level, Record, Table

__all__ = ["Choices", "Footprint", "find_footprints", "find_root", "find_shown", "passes_level"]


@dataclass(frozen=True)
class Choices:
    """What the user asked to see.

    Parameters
    ----------
    level : str, optional
        Id of a level: with a rank, claims at or above it count; without, only claims at that level.
    groups : tuple of str, optional
        Ids of the groups shown; None shows all.
    roll_up : bool
        Count a group's claims as those of the group it is part of, all the way up.
    language : str
        Of the page: ``"en"``, ``"fa"`` (Dari) or ``"ps"`` (Pashto).
    """

    level: str | None = None
    groups: tuple[str, ...] | None = None
    roll_up: bool = False
    language: str = "en"


@dataclass(frozen=True)
class Footprint:
    """The units of one group, as sets of codes.

    Parameters
    ----------
    named : frozenset of str
        Named and present, at or above the chosen level.
    region : frozenset of str
        Covered by a claimed region and not in ``named``.
    absent, inconclusive : frozenset of str
        Named with that finding, whatever the level.
    touched : frozenset of str
        Present there at any level, by name or by region, or looked for in a region that holds it.
    levels : mapping of str to tuple of str
        For each named unit the ids of its levels there, strongest rank first, then those without a rank.
    """

    named: frozenset[str] = frozenset()
    region: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    inconclusive: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def disputed(self) -> frozenset[str]:
        """Units that one claim calls present and another absent."""
        return self.named & self.absent

    @property
    def covered(self) -> frozenset[str]:
        """Units that any located claim of the group speaks of."""
        return self.named | self.region | self.touched | self.absent | self.inconclusive


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

    Parameters
    ----------
    table : Table
    choices : Choices, optional
        ``level`` and ``roll_up`` are honoured; which groups are shown is for the caller.

    Returns
    -------
    dict of str to Footprint
        Only groups with at least one located claim, of any finding and level.

    Examples
    --------
    >>> find_footprints(Table("empty", {}, {}, {}, (), ()))
    {}
    """
    choices = choices or Choices()
    chosen = table.levels[choices.level] if choices.level else None
    located: dict[str, list[tuple[str, Record]]] = {}
    for claim in table.claims:
        if claim.unit is not None:
            group = find_root(table, claim.group) if choices.roll_up else claim.group
            located.setdefault(group, []).append((claim.unit, table.records[claim.record]))
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
    if choices.groups is None:
        return tuple(footprints)
    wanted = {find_root(table, group) for group in choices.groups} if choices.roll_up else set(choices.groups)
    return tuple(group for group in footprints if group in wanted)


def _rank(level: Level) -> float:
    return float("-inf") if level.rank is None else level.rank


def _collect(pairs: Iterable[tuple[str, Record]], levels: Mapping[str, Level], chosen: Level | None) -> Footprint:
    named: dict[str, set[str]] = {}
    region: set[str] = set()
    looked: dict[str, set[str]] = {"absent": set(), "inconclusive": set()}
    touched: set[str] = set()
    for unit, record in pairs:
        if record.finding != "present" and record.place.kind == "in":
            looked[record.finding].add(unit)
            continue
        touched.add(unit)
        if record.finding == "present" and passes_level(levels[record.level], chosen):
            if record.place.kind == "in":
                named.setdefault(unit, set()).add(record.level)
            else:
                region.add(unit)
    order = sorted(levels, key=lambda level: -_rank(levels[level]))
    return Footprint(
        named=frozenset(named),
        region=frozenset(region - set(named)),
        absent=frozenset(looked["absent"]),
        inconclusive=frozenset(looked["inconclusive"]),
        touched=frozenset(touched),
        levels={unit: tuple(level for level in order if level in found) for unit, found in named.items()},
    )
