"""The class that each unit falls into in a view; the key of a class is also the key of its legend row.

====================  ============================================================================
key                   meaning
====================  ============================================================================
``a+b~``              overlay: group a is named here, group b only through a region (slot order)
``many:5``            overlay: five groups are named or covered here
``n:2``               choropleth: two groups are named here
``level:cells``       choropleth of one group: its strongest ranked level here, else an unranked one
``gap:region``        choropleth: named only as part of a region
``gap:absent``        looked and not found, and nothing else
``gap:inconclusive``  looked without a result
``gap:other``         a record names or covers the unit, but nothing that this view shows
``gap:none``          no record names the unit, nor a region that holds it
====================  ============================================================================

No id of a group holds a colon, so a group may be called "none" or "other".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from geo.join.footprints import Footprint

__all__ = ["MOST_BANDS", "class_by_count", "class_by_group", "class_by_level", "group_by_class"]

MOST_BANDS = 4
"""Above this many groups in one unit equal bands are no longer told apart: the unit shows their number."""


def class_by_group(units: Iterable[str], footprints: Mapping[str, Footprint], shown: Iterable[str]) -> dict[str, str]:
    """Class units by the combination of groups shown (the overlay).

    Parameters
    ----------
    units : iterable of str
        Codes.
    footprints : mapping of str to Footprint
    shown : iterable of str
        Ids of the groups shown, in slot order.

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
        parts = [
            group if unit in footprints[group].named else f"{group}~"
            for group in order
            if unit in footprints[group].named or unit in footprints[group].region
        ]
        return "+".join(parts) if len(parts) <= MOST_BANDS else f"many:{len(parts)}"

    return _class_units(units, footprints, order, find_key)


def class_by_count(units: Iterable[str], footprints: Mapping[str, Footprint], shown: Iterable[str]) -> dict[str, str]:
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
        return "gap:region" if any(unit in footprints[group].region for group in order) else None

    return _class_units(units, footprints, order, find_key)


def class_by_level(units: Iterable[str], footprints: Mapping[str, Footprint], group: str) -> dict[str, str]:
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
        return "gap:region" if unit in footprint.region else None

    return _class_units(units, {group: footprint}, [group], find_key)


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
) -> dict[str, str]:
    return {unit: find_key(unit) or _class_unshown(unit, footprints, shown) for unit in units}


def _class_unshown(unit: str, footprints: Mapping[str, Footprint], shown: list[str]) -> str:
    if any(unit in each.touched for each in footprints.values()):
        return "gap:other"
    if any(unit in footprints[group].inconclusive for group in shown):
        return "gap:inconclusive"
    if any(unit in footprints[group].absent for group in shown):
        return "gap:absent"
    return "gap:other" if any(unit in each.covered for each in footprints.values()) else "gap:none"
