"""Events just outside all units that their file says are inside, and events that lie elsewhere than it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.events.files.cells import Chunk
from geo.events.point_in_unit import Units, assign_points
from geo.longitude import turn_longitude
from geo.read.common.names import fold_name
from geo.read.fields.hints import trim_province

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int32]
    Flags = NDArray[np.bool_]

__all__ = ["FARTHEST", "UnitNames", "find_nearest", "find_said"]

FARTHEST = 3000.0
"""Metres: so far borders of one file lie from those of another, and no farther."""

MARGIN = 1.01
HIGHEST = 85.0
"""Degrees; nearer to a pole a kilometre is many degrees."""


@dataclass(frozen=True)
class UnitNames:
    """By which folded names files call units, by their place, and the whole of them."""

    names: tuple[tuple[str, int], ...] = ()
    whole: tuple[str, ...] = ()

    @cached_property
    def _by_name(self) -> Mapping[str, int]:
        return dict(self.names)

    def find(self, cell: str) -> int:
        """Find the unit that a cell names, -1 where it names none.

        Examples
        --------
        >>> [UnitNames((("kabul", 3),)).find(cell) for cell in ("Kabul province", "KABUL", "Kabul city")]
        [3, 3, -1]
        """
        return self._by_name.get(fold_name(cell), self._by_name.get(trim_province(cell), -1))


def find_said(chunk: Chunk, rows: Flags, claims: UnitNames) -> tuple[Places, Flags, Flags]:
    """Find where a file itself says that events were.

    For each row: the place of the unit, -1 where it names none; whether it says that the event was in the whole; and
    whether in another country.
    """
    named, inside, abroad = np.full(len(chunk), -1, np.int32), np.zeros(len(chunk), bool), np.zeros(len(chunk), bool)
    if "province" in chunk:
        named[rows] = chunk["province"].ask(claims.find, np.int32)[rows]
    if "country" in chunk and claims.whole:
        inside[rows] = chunk["country"].ask(lambda cell: fold_name(cell) in claims.whole, bool)[rows]
        abroad[rows] = chunk["country"].ask(lambda cell: _is_other(fold_name(cell), claims), bool)[rows]
    return named, (named >= 0) | inside, abroad


def _is_other(name: str, claims: UnitNames) -> bool:
    """Tell whether a text names another country; a code or a number may be any."""
    words = " ".join(["", *re.findall(r"[^\W_]+", name), ""])
    return len(name) > 3 and not any(map(str.isdigit, name)) and not any(f" {each} " in words for each in claims.whole)


class _Edges(NamedTuple):
    """Ends of all edges, in degrees; their bounds, one axis after the other; the place of the unit of each."""

    begins: Numbers
    ends: Numbers
    lows: Numbers
    highs: Numbers
    places: Places


def find_nearest(units: Units, lon: Numbers, lat: Numbers) -> Places:
    """Find the unit that is nearest to each point outside of all, -1 where none is near.

    Examples
    --------
    >>> square = Units(("A",), (shapely.box(0, 0, 1, 1).wkb,))
    >>> find_nearest(square, np.array([1.02, 1.04]), np.array([0.5, 0.5])).tolist()
    [0, -1]
    """
    edges = _list_edges(units)
    if not len(lon) or not len(edges.places):
        return np.full(len(lon), -1, np.int32)
    found = np.full(len(lon), -1, np.int32)
    asked = np.flatnonzero(assign_points(_widen(units), lon, lat) >= 0)
    turned = turn_longitude(lon[asked], float(edges.lows[0].min() + edges.highs[0].max()) / 2)
    points, which = np.unique(np.stack([turned, lat[asked]], axis=1), axis=0, return_inverse=True)
    nearest = np.array([_find_one(edges, point) for point in points], np.int32)
    found[asked] = nearest[which.reshape(-1)]
    return found


@lru_cache(maxsize=4)
def _widen(units: Units) -> Units:
    """Widen units by more than what is near: most points lie far from all, and need not be measured."""
    shapes = shapely.from_wkb(np.array(units.shapes, dtype=object))
    highest = float(np.abs(shapely.bounds(shapes)[:, [1, 3]]).max())
    reach = float((FARTHEST / _measure_degree(min(highest, HIGHEST))).max())
    wide = shapely.buffer(shapely.simplify(shapes, reach / 4, preserve_topology=False), reach * 1.5, quad_segs=2)
    return Units(units.codes, tuple(shapely.to_wkb(wide)))


def _find_one(edges: _Edges, point: Numbers) -> int:
    metres = _measure_degree(float(point[1]))
    reach = FARTHEST / metres * MARGIN
    near = np.arange(len(edges.places))
    for axis in (0, 1):
        low, high = edges.lows[axis][near], edges.highs[axis][near]
        near = near[(low <= point[axis] + reach[axis]) & (high >= point[axis] - reach[axis])]
    if not len(near):
        return -1
    begins, ends = ((each[near] - point) * metres for each in (edges.begins, edges.ends))
    along = ends - begins
    length = (along**2).sum(axis=1)
    part = np.clip(-(begins * along).sum(axis=1) / np.where(length > 0, length, 1), 0, 1)
    far = np.hypot(*(begins + part[:, None] * along).T)
    best = int(far.argmin())
    return int(edges.places[near[best]]) if far[best] <= FARTHEST else -1


def _measure_degree(lat: float) -> Numbers:
    """Return the metres of a degree of longitude and of latitude on the ellipsoid of WGS 84."""
    north = np.radians(lat)
    wide = 111412.84 * np.cos(north) - 93.5 * np.cos(3 * north) + 0.118 * np.cos(5 * north)
    high = 111132.92 - 559.82 * np.cos(2 * north) + 1.175 * np.cos(4 * north)
    return np.array([max(wide, 1.0), high])


@lru_cache(maxsize=4)
def _list_edges(units: Units) -> _Edges:
    parts, of_unit = shapely.get_parts(shapely.from_wkb(np.array(units.shapes, dtype=object)), return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    same = of_ring[1:] == of_ring[:-1]
    begins, ends = points[:-1][same], points[1:][same]
    places = of_unit[of_part[of_ring[:-1][same]]].astype(np.int32)
    return _Edges(begins, ends, np.minimum(begins, ends).T.copy(), np.maximum(begins, ends).T.copy(), places)
