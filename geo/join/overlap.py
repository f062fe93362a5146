"""How far the footprints of groups overlap: counts, indices, and shares by area and by population.

Everything is measured over *named* units. Beside it stands, for each figure, a what-if: what it would be if every
unit of the regions that a source names counted as well. That is no bound, only another question.

Jaccard index: P. Jaccard (1912), New Phytologist 11(2), 37-50. Overlap coefficient: D. Szymkiewicz (1934) and
G. G. Simpson (1960), the shared part of the smaller set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import geopandas as gpd
import pandas as pd

from geo.geodesic_areas import measure_areas
from geo.join.footprints import Footprint
from geo.model import Gazetteer, Unit

__all__ = [
    "Overlap", "are_of_others", "choose_pair", "combine_footprints", "compare_footprints", "compare_pairs",
    "is_peopled", "list_comparable", "measure_units",
]  # fmt: skip


@dataclass(frozen=True)
class Overlap:
    """Two or more footprints side by side; a share of nothing is None, "not defined".

    Parameters
    ----------
    groups : tuple of str
    shared : frozenset of str
        Codes of the units that are in all footprints.
    union : frozenset of str
        Codes of the units that are in any.
    only : mapping of str to frozenset of str
        For each group the units in its footprint and in no other.
    jaccard : float or None
        Shared units / units in any footprint.
    coefficient : float or None
        Shared units / units of the smallest footprint.
    area_share, population_share : float or None
        Shared part of the union by area and by settled population.
    """

    groups: tuple[str, ...]
    shared: frozenset[str]
    union: frozenset[str]
    only: Mapping[str, frozenset[str]]
    jaccard: float | None
    coefficient: float | None
    area_share: float | None
    population_share: float | None


def measure_units(units: gpd.GeoDataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Measure ``area`` in km² and settled ``population`` (2019-20, without nomads) of units given by code, in degrees.

    Areas are on EPSG:6933, an equal-area projection; an edge is straight in degrees, however long, and a unit may lie
    across 180. One that the gazetteer lacks has no population.

    Examples
    --------
    >>> from shapely import box
    >>> one = gpd.GeoDataFrame(geometry=[box(66, 33, 67, 34)], index=["X"], crs=4326)
    >>> measure_units(one, Gazetteer({}, {}, "")).round(-1).area.tolist()
    [10310.0]
    """
    known = gazetteer.units
    return pd.DataFrame(
        {
            "area": measure_areas(units.geometry.to_numpy()),
            "population": [_count_people(known.get(code)) for code in units.index],
        },
        index=units.index,
    )


def is_peopled(measures: pd.DataFrame) -> bool:
    """Tell whether the population of any unit is known; of a user's own units it is not.

    Examples
    --------
    >>> is_peopled(pd.DataFrame({"population": [float("nan"), 3.0]}))
    True
    """
    return bool(measures["population"].notna().any())


def _count_people(unit: Unit | None) -> float:
    return float("nan") if unit is None or unit.population is None else float(unit.population)


def compare_footprints(
    footprints: Mapping[str, Footprint],
    groups: Sequence[str],
    measures: pd.DataFrame,
    *,
    what_if: bool = False,
) -> Overlap:
    """Compare the footprints of some groups by what `measure_units` gives; a group without one has an empty one.

    ``what_if`` counts every unit of the claimed regions as if it were named.

    Examples
    --------
    >>> prints = {"a": Footprint(named=frozenset("KGL")), "b": Footprint(named=frozenset("K"))}
    >>> sizes = pd.DataFrame({"area": [1.0, 2.0, 1.0], "population": [3.0, 1.0, 2.0]}, index=list("KGL"))
    >>> found = compare_footprints(prints, ["a", "b"], sizes)
    >>> round(found.jaccard, 2), found.coefficient, found.area_share, found.population_share
    (0.33, 1.0, 0.25, 0.5)
    >>> compare_footprints({}, ["a", "b"], sizes).jaccard is None
    True
    """
    sets = {group: _take_units(footprints.get(group, Footprint()), what_if) for group in groups}
    shared = frozenset.intersection(*sets.values()) if sets else frozenset()
    union = frozenset().union(*sets.values())
    others = {group: frozenset().union(*(sets[each] for each in groups if each != group)) for group in groups}
    smallest = min(map(len, sets.values()), default=0)
    return Overlap(
        groups=tuple(groups),
        shared=shared,
        union=union,
        only={group: sets[group] - others[group] for group in groups},
        jaccard=_divide(len(shared), len(union)),
        coefficient=_divide(len(shared), smallest),
        area_share=_divide(_add_up(measures["area"], shared), _add_up(measures["area"], union)),
        population_share=_divide(_add_up(measures["population"], shared), _add_up(measures["population"], union)),
    )


def _take_units(footprint: Footprint, what_if: bool) -> frozenset[str]:
    return footprint.named | footprint.region if what_if else footprint.named


def _add_up(column: pd.Series[float], units: Iterable[str]) -> float:
    return float(column.loc[sorted(units)].sum(skipna=False))


def _divide(part: float, whole: float) -> float | None:
    share = part / whole if whole else None
    return share if share == share else None  # a sum with an unknown population is unknown


def compare_pairs(
    footprints: Mapping[str, Footprint], groups: Sequence[str], measures: pd.DataFrame, *, what_if: bool = False
) -> dict[tuple[str, str], Overlap]:
    """Compare each pair of groups once, in the order given.

    Examples
    --------
    >>> list(compare_pairs({}, ["a", "b", "c"], pd.DataFrame({"area": [], "population": []})))
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    return {
        (first, second): compare_footprints(footprints, (first, second), measures, what_if=what_if)
        for first, second in combinations(groups, 2)
    }


def list_comparable(footprints: Mapping[str, Footprint]) -> list[str]:
    """List the groups with at least one named unit, in slot order.

    Examples
    --------
    >>> list_comparable({"a": Footprint(named=frozenset("K")), "b": Footprint(region=frozenset("K"))})
    ['a']
    """
    return [group for group, footprint in footprints.items() if footprint.named]


def choose_pair(footprints: Mapping[str, Footprint]) -> tuple[str, ...]:
    """Choose the two groups that share most named units, the earlier ones where several do; none where fewer have any.

    Examples
    --------
    >>> prints = {group: Footprint(named=frozenset(units)) for group, units in {"a": "G", "b": "KL", "c": "K"}.items()}
    >>> choose_pair(prints), choose_pair({})
    (('b', 'c'), ())
    """

    def count_shared(pair: tuple[str, ...]) -> int:
        return len(footprints[pair[0]].named & footprints[pair[1]].named)

    return max(combinations(list_comparable(footprints), 2), key=count_shared, default=())


def combine_footprints(
    footprints: Mapping[str, Footprint], groups: Sequence[str]
) -> dict[tuple[str, ...], frozenset[str]]:
    """Sort named units by the exact combination of groups named there: what an UpSet plot shows.

    Only combinations that occur: those of the most groups first, of these the largest, then in the order given.

    Examples
    --------
    >>> prints = {"a": Footprint(named=frozenset("KG")), "b": Footprint(named=frozenset("K"))}
    >>> {"+".join(key): sorted(units) for key, units in combine_footprints(prints, ["a", "b"]).items()}
    {'a+b': ['K'], 'a': ['G']}
    """
    found: dict[tuple[str, ...], set[str]] = {}
    for unit in sorted(frozenset().union(*(footprints[group].named for group in groups if group in footprints))):
        key = tuple(group for group in groups if group in footprints and unit in footprints[group].named)
        found.setdefault(key, set()).add(unit)
    order = sorted(found, key=lambda key: (-len(key), -len(found[key]), [groups.index(group) for group in key]))
    return {key: frozenset(found[key]) for key in order}


def are_of_others(footprints: Mapping[str, Footprint], groups: Collection[str], units: Collection[str]) -> bool:
    """Tell whether claims speak of each of some units, and none of them of any of these groups.

    Examples
    --------
    >>> prints = {"a": Footprint(absent=frozenset("x")), "b": Footprint(named=frozenset("xy"))}
    >>> [are_of_others(prints, ["a"], units) for units in ("y", "xy", "yz", "")]
    [True, False, False, False]
    """
    own = frozenset[str]().union(*(footprints[group].covered for group in groups if group in footprints))
    spoken_of = frozenset[str]().union(*(each.covered for each in footprints.values()))
    return bool(units) and frozenset(units) <= spoken_of - own
