"""The class that each unit falls into in a view: a value, which nobody has to take apart, and its key.

The key stands for the class where texts stand: in columns of a frame and in the data block of a page.

====================  ============================================================================
key                   meaning
====================  ============================================================================
``a+b*+c~+d!``        `Combination`: group a is named here, group b only by its own claim, group c only through a
                      region, group d only by records that are out of date (slot order)
``many:5``            `ManyGroups`: five groups are named or covered here
``shade:5``           `GroupShade`: of more groups than bands tell apart five are named here; chips say which
``n:2``               `GroupCount`: two groups are named here
``level:cells``       `GroupLevel`: one group's strongest ranked level here that others report, else an unranked one
``level:cells*``      the same where the group is named here only by its own claim
``gap:region``        `Gap`: named only as part of a region
``gap:stale``         named, or part of a region, only in records that are out of date
``gap:absent``        looked and not found, and nothing else
``gap:inconclusive``  looked without a result
``gap:capability``    a record says what a group shown can do there, and none that it is there
``gap:other``         a record names or covers the unit, but nothing that this view shows
``gap:na``            the table's question does not apply here
``gap:none``          no record names the unit, nor a region that holds it
====================  ============================================================================

No id of a group holds a colon, so a group may be called "none" or "other".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from geo.join.footprints import Footprint
from geo.model import Table

__all__ = [
    "CLAIMED", "GAPS", "MOST_BANDS", "NAMED", "REGION", "STALE", "STANDINGS", "UNNAMED",
    "Combination",
    "Gap",
    "GroupCount",
    "GroupLevel",
    "GroupShade",
    "ManyGroups",
    "UnitClass",
    "class_by_count", "class_by_group", "class_by_level", "class_by_shade", "class_excluded_units",
    "group_by_class",
]  # fmt: skip

NAMED, CLAIMED, REGION, STALE = "named", "claimed", "region", "stale"
"""How a group stands in a unit: named there, only by its own claim, through a region, by records out of date."""

_MARKS = {NAMED: "", CLAIMED: "*", REGION: "~", STALE: "!"}

STANDINGS = tuple(_MARKS)
"""Every way to stand in a unit, in the order of a legend."""


@dataclass(frozen=True)
class Combination:
    """The groups of a unit, each with how it stands there, in slot order.

    Examples
    --------
    >>> Combination((("haqqani", NAMED), ("let", REGION), ("isis-k", STALE))).key
    'haqqani+let~+isis-k!'
    """

    standings: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """What stands for it in a text."""
        return "+".join(f"{group}{_MARKS[standing]}" for group, standing in self.standings)

    @property
    def is_vague(self) -> bool:
        """Whether no group is named there by a record that is not out of date."""
        return all(standing in (REGION, STALE) for _, standing in self.standings)


@dataclass(frozen=True)
class ManyGroups:
    """So many groups in a unit that only their number is shown."""

    number: int

    @property
    def key(self) -> str:
        """What stands for it in a text."""
        return f"many:{self.number}"


@dataclass(frozen=True)
class GroupShade:
    """The number of groups named in a unit in which any stands, where the map shows more than bands tell apart."""

    number: int

    @property
    def key(self) -> str:
        """What stands for it in a text."""
        return f"shade:{self.number}"


@dataclass(frozen=True)
class GroupCount:
    """The number of groups named in a unit."""

    number: int

    @property
    def key(self) -> str:
        """What stands for it in a text."""
        return f"n:{self.number}"


@dataclass(frozen=True)
class GroupLevel:
    """The level of one group in a unit, by id; ``claimed`` where only the group itself claims to be there.

    Examples
    --------
    >>> GroupLevel("cells").key, GroupLevel("cells", claimed=True).key
    ('level:cells', 'level:cells*')
    """

    level: str
    claimed: bool = False

    @property
    def key(self) -> str:
        """What stands for it in a text."""
        return f"level:{self.level}{_MARKS[CLAIMED] if self.claimed else ''}"


@dataclass(frozen=True)
class Gap:
    """Why a view shows nothing in a unit."""

    kind: str

    @property
    def key(self) -> str:
        """What stands for it in a text."""
        return f"gap:{self.kind}"


UnitClass = Combination | ManyGroups | GroupShade | GroupCount | GroupLevel | Gap

GAPS = tuple(map(Gap, ("region", "stale", "other", "capability", "absent", "inconclusive", "na", "none")))
"""As a legend lists them, after all else."""

UNNAMED = Gap("none")
Class = TypeVar("Class")
NOTHING: Mapping[str, Gap] = MappingProxyType({})

MOST_BANDS = 4
"""Above this many groups in one unit equal bands are no longer told apart: the unit shows their number."""


def class_by_group(
    units: Iterable[str],
    footprints: Mapping[str, Footprint],
    shown: Iterable[str],
    besides: Mapping[str, Gap] = NOTHING,
    most: int = MOST_BANDS,
) -> dict[str, UnitClass]:
    """Class units by the combination of groups shown (the overlay), given in slot order; all by code.

    ``besides`` says what a unit is that nothing named in ``footprints`` touches, where that is another gap than
    `UNNAMED`; it comes from `class_excluded_units`. Of more groups in a unit than ``most`` only the number is told.

    Examples
    --------
    >>> both = {"a": Footprint(named=frozenset({"AF-KAB"})), "b": Footprint(region=frozenset({"AF-KAB"}))}
    >>> {code: each.key for code, each in class_by_group(["AF-KAB", "AF-GHO"], both, ["a", "b"]).items()}
    {'AF-KAB': 'a+b~', 'AF-GHO': 'gap:none'}
    """
    order = [group for group in shown if group in footprints]

    def find_shown(unit: str) -> UnitClass | None:
        parts = [(group, standing) for group in order if (standing := _find_standing(unit, footprints[group]))]
        return ManyGroups(len(parts)) if len(parts) > most else Combination(tuple(parts)) if parts else None

    return _class_units(units, footprints, order, find_shown, besides)


def _find_standing(unit: str, footprint: Footprint) -> str:
    """Return how a group stands in a unit; nothing where it is not drawn."""
    states = (
        (CLAIMED, footprint.claimed), (NAMED, footprint.named), (REGION, footprint.region), (STALE, footprint.stale),
    )  # fmt: skip
    return next((standing for standing, units in states if unit in units), "")


def class_by_shade(
    units: Iterable[str],
    footprints: Mapping[str, Footprint],
    shown: Iterable[str],
    counted: Collection[str],
    besides: Mapping[str, Gap] = NOTHING,
) -> dict[str, UnitClass]:
    """Class units by how many of the groups shown are named there, of those counted; 0 where one stands otherwise.

    For more groups than bands tell apart. A coalition or a population is not one group more.

    Examples
    --------
    >>> both = {"a": Footprint(named=frozenset({"x"})), "b": Footprint(named=frozenset({"x"}), region=frozenset({"y"}))}
    >>> {code: each.key for code, each in class_by_shade("xyz", both, ["a", "b"], ["a", "b"]).items()}
    {'x': 'shade:2', 'y': 'shade:0', 'z': 'gap:none'}
    """
    order = [group for group in shown if group in footprints]

    def find_shown(unit: str) -> UnitClass | None:
        if not any(_find_standing(unit, footprints[group]) for group in order):
            return None
        return GroupShade(sum(unit in footprints[group].named for group in order if group in counted))

    return _class_units(units, footprints, order, find_shown, besides)


def class_by_count(
    units: Iterable[str],
    footprints: Mapping[str, Footprint],
    shown: Iterable[str],
    besides: Mapping[str, Gap] = NOTHING,
) -> dict[str, UnitClass]:
    """Class units by the number of groups named there (the choropleth).

    Pass in ``shown`` only groups of ``kind: group``: a coalition or a population is not one group more.

    Examples
    --------
    >>> class_by_count(["AF-KAB"], {"a": Footprint(named=frozenset({"AF-KAB"}))}, ["a"])
    {'AF-KAB': GroupCount(number=1)}
    """
    order = [group for group in shown if group in footprints]

    def find_shown(unit: str) -> UnitClass | None:
        count = sum(unit in footprints[group].named for group in order)
        return GroupCount(count) if count else _find_gap(unit, [footprints[group] for group in order])

    return _class_units(units, footprints, order, find_shown, besides)


def _find_gap(unit: str, footprints: Iterable[Footprint]) -> Gap | None:
    prints = list(footprints)
    if any(unit in each.region for each in prints):
        return Gap(REGION)
    return Gap(STALE) if any(unit in each.stale for each in prints) else None


def class_by_level(
    units: Iterable[str], footprints: Mapping[str, Footprint], group: str, besides: Mapping[str, Gap] = NOTHING
) -> dict[str, UnitClass]:
    """Class units by the strongest level of one group there, before its own claims; other groups' do not show.

    Examples
    --------
    >>> one = Footprint(named=frozenset({"AF-KAB"}), levels={"AF-KAB": ("operational", "cells")})
    >>> class_by_level(["AF-KAB"], {"a": one}, "a")
    {'AF-KAB': GroupLevel(level='operational', claimed=False)}
    """
    footprint = footprints.get(group, Footprint())

    def find_shown(unit: str) -> UnitClass | None:
        if unit not in footprint.named:
            return _find_gap(unit, [footprint])
        return GroupLevel(footprint.levels[unit][0], claimed=unit in footprint.claimed)

    return _class_units(units, {group: footprint}, [group], find_shown, besides)


def class_excluded_units(table: Table, left_out: Collection[str] = ()) -> dict[str, Gap]:
    """Class units that no counting record touches and of which it is not so that no record names them.

    Examples
    --------
    >>> class_excluded_units(Table("t", {}, {}, {}, (), (), not_applicable=("a", "b")), ["b"])
    {'a': Gap(kind='na'), 'b': Gap(kind='other')}
    """
    return dict.fromkeys(table.not_applicable, Gap("na")) | dict.fromkeys(sorted(left_out), Gap("other"))


def group_by_class(classes: Mapping[str, Class]) -> dict[Class, tuple[str, ...]]:
    """Turn unit -> class into class -> units, in the order of the units.

    Examples
    --------
    >>> group_by_class({"AF-KAB": GroupCount(1), "AF-GHO": UNNAMED, "AF-LOG": GroupCount(1)})
    {GroupCount(number=1): ('AF-KAB', 'AF-LOG'), Gap(kind='none'): ('AF-GHO',)}
    """
    found: dict[Class, tuple[str, ...]] = {}
    for unit, each in classes.items():
        found[each] = (*found.get(each, ()), unit)
    return found


def _class_units(
    units: Iterable[str],
    footprints: Mapping[str, Footprint],
    shown: list[str],
    find_shown: Callable[[str], UnitClass | None],
    besides: Mapping[str, Gap],
) -> dict[str, UnitClass]:
    def find_class(unit: str) -> UnitClass:
        found = find_shown(unit) or _class_unshown(unit, footprints, shown)
        return besides.get(unit, UNNAMED) if found == UNNAMED else found

    return {unit: find_class(unit) for unit in units}


def _class_unshown(unit: str, footprints: Mapping[str, Footprint], shown: list[str]) -> Gap:
    if any(unit in each.touched for each in footprints.values()):
        return Gap("other")
    if any(unit in footprints[group].capabilities for group in shown):
        return Gap("capability")
    if any(unit in footprints[group].inconclusive for group in shown):
        return Gap("inconclusive")
    if any(unit in footprints[group].absent for group in shown):
        return Gap("absent")
    return Gap("other") if any(unit in each.covered for each in footprints.values()) else UNNAMED
