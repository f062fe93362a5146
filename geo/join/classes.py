"""The class that each unit falls into in a view; the key of a class is also the key of its legend row.

====================  ============================================================================
key                   meaning
====================  ============================================================================
``a+b~+c!``           overlay: group a is named here, group b only through a region, group c only by records that
                      are out of date (slot order)
``many:5``            overlay: five groups are named or covered here
``n:2``               choropleth: two groups are named here
``level:cells``       choropleth of one group: its strongest ranked level here, else an unranked one
``between:levels``    two sources: one of the classes of ``geo.join.source_comparison``, such as ``levels``
``gap:region``        choropleth: named only as part of a region
``gap:stale``         choropleth: named, or part of a region, only in records that are out of date
``gap:absent``        looked and not found, and nothing else
``gap:inconclusive``  looked without a result
``gap:other``         a record names or covers the unit, but nothing that this view shows
``gap:na``            the table's question does not apply here
``gap:none``          no record names the unit, nor a region that holds it
====================  ============================================================================

No id of a group holds a colon, so a group may be called "none" or "other".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from geo.join.footprints import Footprint
from geo.model import Table

__all__ = ["MOST_BANDS", "class_by_count", "class_by_group", "class_by_level", "class_excluded_units", "group_by_class"]

NONE: Mapping[str, str] = MappingProxyType({})

MOST_BANDS = 4
"""Above this many groups in one unit equal bands are no longer told apart: the unit shows their number."""


def class_by_group(
    units: Iterable[str],
    footprints: Mapping[str, Footprint],
    shown: Iterable[str],
    besides: Mapping[str, str] = NONE,
    most: int = MOST_BANDS,
) -> dict[str, str]:
    """Class units by the combination of groups shown (the overlay).

    Parameters
    ----------
    units : iterable of str
        Codes.
    footprints : mapping of str to Footprint
    shown : iterable of str
        Ids of the groups shown, in slot order.
    besides : mapping of str to str
        Code to the class of a unit that nothing named in ``footprints`` touches, where it is another than
        ``gap:none``; from `class_excluded_units`.
    most : int
        Of more groups in a unit only the number is told.

    Returns
    -------
    dict of str to str
        Code to key of class.

    Examples
    --------
    >>> both = {"a": Footprint(named=frozenset({"AF-KAB"})), "b": Footprint(region=frozenset({"AF-KAB"}))}
    >>> class_by_group(["AF-KAB", "AF-GHO"], both, ["a", "b"])
    {'AF-KAB': 'a+b~', 'AF-GHO': 'gap:none'}
    """
    order = [group for group in shown if group in footprints]

    def find_key(unit: str) -> str | None:
        parts = [f"{group}{mark}" for group in order if (mark := _mark(unit, footprints[group])) is not None]
        return "+".join(parts) if len(parts) <= most else f"many:{len(parts)}"

    return _class_units(units, footprints, order, find_key, besides)


def _mark(unit: str, footprint: Footprint) -> str | None:
    """Return what follows a group in a key; None where the group is not drawn."""
    states = (("", footprint.named), ("~", footprint.region), ("!", footprint.stale))
    return next((mark for mark, units in states if unit in units), None)


def class_by_count(
    units: Iterable[str],
    footprints: Mapping[str, Footprint],
    shown: Iterable[str],
    besides: Mapping[str, str] = NONE,
) -> dict[str, str]:
    """Class units by the number of groups named there (the choropleth).

    Pass in ``shown`` only groups of ``kind: group``: a coalition or a population is not one group more.

    Examples
    --------
    >>> class_by_count(["AF-KAB"], {"a": Footprint(named=frozenset({"AF-KAB"}))}, ["a"])
    {'AF-KAB': 'n:1'}
    """
    order = [group for group in shown if group in footprints]

    def find_key(unit: str) -> str | None:
        count = sum(unit in footprints[group].named for group in order)
        if count:
            return f"n:{count}"
        return _find_gap(unit, [footprints[group] for group in order])

    return _class_units(units, footprints, order, find_key, besides)


def _find_gap(unit: str, footprints: Iterable[Footprint]) -> str | None:
    prints = list(footprints)
    if any(unit in each.region for each in prints):
        return "gap:region"
    return "gap:stale" if any(unit in each.stale for each in prints) else None


def class_by_level(
    units: Iterable[str], footprints: Mapping[str, Footprint], group: str, besides: Mapping[str, str] = NONE
) -> dict[str, str]:
    """Class units by the strongest level of one group there; other groups' claims do not show.

    Examples
    --------
    >>> one = Footprint(named=frozenset({"AF-KAB"}), levels={"AF-KAB": ("operational", "cells")})
    >>> class_by_level(["AF-KAB"], {"a": one}, "a")
    {'AF-KAB': 'level:operational'}
    """
    footprint = footprints.get(group, Footprint())

    def find_key(unit: str) -> str | None:
        if unit in footprint.named:
            return f"level:{footprint.levels[unit][0]}"
        return _find_gap(unit, [footprint])

    return _class_units(units, {group: footprint}, [group], find_key, besides)


def class_excluded_units(table: Table, left_out: Collection[str] = ()) -> dict[str, str]:
    """Class units that no counting record touches and of which it is not so that no record names them.

    Examples
    --------
    >>> class_excluded_units(Table("t", {}, {}, {}, (), (), not_applicable=("a", "b")), ["b"])
    {'a': 'gap:na', 'b': 'gap:other'}
    """
    return dict.fromkeys(table.not_applicable, "gap:na") | dict.fromkeys(sorted(left_out), "gap:other")


def group_by_class(classes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Turn unit -> key into key -> units, in the order of the units.

    Examples
    --------
    >>> group_by_class({"AF-KAB": "n:1", "AF-GHO": "gap:none", "AF-LOG": "n:1"})
    {'n:1': ('AF-KAB', 'AF-LOG'), 'gap:none': ('AF-GHO',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for unit, key in classes.items():
        found[key] = (*found.get(key, ()), unit)
    return found


def _class_units(
    units: Iterable[str],
    footprints: Mapping[str, Footprint],
    shown: list[str],
    find_key: Callable[[str], str | None],
    besides: Mapping[str, str],
) -> dict[str, str]:
    def find_class(unit: str) -> str:
        key = find_key(unit) or _class_unshown(unit, footprints, shown)
        return besides.get(unit, key) if key == "gap:none" else key

    return {unit: find_class(unit) for unit in units}


def _class_unshown(unit: str, footprints: Mapping[str, Footprint], shown: list[str]) -> str:
    if any(unit in each.touched for each in footprints.values()):
        return "gap:other"
    if any(unit in footprints[group].inconclusive for group in shown):
        return "gap:inconclusive"
    if any(unit in footprints[group].absent for group in shown):
        return "gap:absent"
    return "gap:other" if any(unit in each.covered for each in footprints.values()) else "gap:none"
