"""Points fall into units: each into the first that holds or touches it, so none on a border is lost or doubled."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.errors import EventsError, Problem
from geo.longitude import turn_longitude

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int32]

__all__ = ["Units", "assign_points", "gather_units"]

BLOCK = 131_072
"""Points that are sorted together: more fall out of a processor's cache, and fewer make many units slow."""

MANY = 100_000
"""Points from which a grid over the units pays: it takes as long to make as these to be asked about."""

SIDE, LONG_SIDE, SEVERAL = 128, 256, 100
"""Cells of the grid, one way; and where units are more than several."""

MIXED = -2
MARGIN = 1e-6
NARROWEST = 1e-9
"""Degrees."""

_LOCK = threading.Lock()


@dataclass(frozen=True)
class Units:
    """Units in the order in which a point on a border falls to one of them; small, and fit to be sent to a worker."""

    codes: tuple[str, ...]
    """Each once."""
    shapes: tuple[bytes, ...]
    """Polygons in degrees as WKB, one a code."""


def gather_units(frame: GeoDataFrame) -> Units:
    """Take the shapes of a frame, polygons in degrees indexed by code, in its order.

    If a code stands there twice, what falls in one could not be told from what falls in the other: an `EventsError`.

    Examples
    --------
    >>> import geopandas
    >>> gather_units(geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(0, 0, 1, 1)], crs=4326)).codes
    ('A',)
    """
    codes = tuple(map(str, frame.index))
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise EventsError([Problem("boundaries", f"more than one unit {', '.join(twice)}", "each code once")])
    return Units(codes, tuple(frame.geometry.to_wkb()))


def assign_points(units: Units, lon: Numbers, lat: Numbers) -> Places:
    """Find the place of each point's unit: the first in order that it is in, or on the border of; -1 where none is.

    The points are sorted by longitude, so that each unit looks at those between its western and eastern end only: the
    time hardly grows with the number of units. Of many points only those are asked about whose cell of a grid some unit
    holds in part; the answer is the same. Coordinates are degrees; what is no number is in no unit. A unit may lie
    across 180: -179 is in it as 181 is.

    Examples
    --------
    >>> square = shapely.box(0, 0, 1, 1).wkb, shapely.box(1, 0, 2, 1).wkb
    >>> assign_points(Units(("A", "B"), square), np.array([0.5, 1.0, 1.5, 3.0]), np.full(4, 0.5)).tolist()
    [0, 0, 1, -1]
    """
    lon = turn_longitude(lon, _find_middle(units))
    if len(lon) < MANY:
        return _assign_blocks(units, lon, lat)
    cells = _find_cells(units, lon, lat)
    found = cells.copy()
    mixed = np.flatnonzero(cells == MIXED)
    found[mixed] = _assign_blocks(units, lon[mixed], lat[mixed])
    return found


def _find_middle(units: Units) -> float:
    """Find the longitude in the middle of all units."""
    ends = [end for each in _prepare(units) for end in (each.west, each.east)] or [0.0]
    return float(min(ends) + max(ends)) / 2


def _assign_blocks(units: Units, lon: Numbers, lat: Numbers) -> Places:
    prepared = _prepare(units)
    blocks = [slice(begin, begin + BLOCK) for begin in range(0, len(lon), BLOCK)]
    found = [_assign_block(prepared, lon[block], lat[block]) for block in blocks]
    return np.concatenate(found) if found else np.zeros(0, np.int32)


def _find_cells(units: Units, lon: Numbers, lat: Numbers) -> Places:
    """Find what the cell of each point says: the place of a unit, -1 for none, `MIXED` where the point has to ask."""
    with _LOCK:
        cells = _make_cells(units)
    found = np.full(len(lon), -1, np.int32)
    west, south, east, north = cells.bounds
    kept = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    column, row = (
        np.minimum(((degrees[kept] - low) / step).astype(np.int64), cells.side - 1)
        for degrees, low, step in ((lon, west, cells.wide), (lat, south, cells.high))
    )
    found[kept] = cells.answers[row * cells.side + column]
    return found


def _assign_block(prepared: tuple[_Prepared, ...], lon: Numbers, lat: Numbers) -> Places:
    found = np.full(len(lon), -1, np.int32)
    order = np.argsort(lon)
    x, y = lon[order], lat[order]
    free = np.full(len(lon), True)
    firsts = np.searchsorted(x, [each.west for each in prepared], "left").tolist()
    ends = np.searchsorted(x, [each.east for each in prepared], "right").tolist()
    for place, (each, first, end) in enumerate(zip(prepared, firsts, ends, strict=True)):
        north_south = y[first:end]
        near = np.flatnonzero(free[first:end] & (north_south >= each.south) & (north_south <= each.north))
        if len(near):
            near += first
            inside = near[shapely.intersects_xy(each.shape, x[near], y[near])]
            found[order[inside]] = place
            free[inside] = False
    return found


class _Prepared(NamedTuple):
    shape: Any
    west: float
    south: float
    east: float
    north: float


class _Cells(NamedTuple):
    side: int
    bounds: tuple[float, float, float, float]
    wide: float
    high: float
    answers: Places


@lru_cache(maxsize=4)
def _make_cells(units: Units) -> _Cells:
    """Lay a grid over the units, and give a cell an answer where all of its points have the same.

    The first unit in order that meets a cell decides: if it covers the cell, every point there is in it, and in no
    unit before. Cells are taken a little larger than they are, for the cell of a point is found by division.
    """
    prepared = _make(units)
    side = LONG_SIDE if len(prepared) > SEVERAL else SIDE
    boxes = np.array([each[1:] for each in prepared]).reshape(-1, 4)
    west, south = boxes[:, :2].min(axis=0, initial=np.inf).tolist()
    east, north = boxes[:, 2:].max(axis=0, initial=-np.inf).tolist()
    wide, high = (max((end - begin) / side, NARROWEST) for begin, end in ((west, east), (south, north)))
    column, row = np.tile(np.arange(side), side), np.repeat(np.arange(side), side)
    x, y = west + column * wide, south + row * high
    squares = shapely.box(x - wide * MARGIN, y - high * MARGIN, x + wide * (1 + MARGIN), y + high * (1 + MARGIN))
    answers = np.full(side * side, -1, np.int32)
    for place, each in enumerate(prepared):
        near = (x <= each.east + wide) & (x + 2 * wide >= each.west) & (y <= each.north + high)
        asked = np.flatnonzero(near & (y + 2 * high >= each.south) & (answers == -1))
        met = asked[shapely.intersects(each.shape, squares[asked])]
        answers[met] = np.where(shapely.covers(each.shape, squares[met]), place, MIXED)
    return _Cells(side, (west, south, east, north), wide, high, answers)


@lru_cache(maxsize=4)
def _make(units: Units) -> tuple[_Prepared, ...]:
    shapes = shapely.from_wkb(np.array(units.shapes, dtype=object))
    shapely.prepare(shapes)
    # A prepared shape builds its index at the first question, and threads that ask it first at once crash (GEOS 825).
    for shape in shapes:
        shapely.intersects_xy(shape, 0.0, 0.0)
    return tuple(_Prepared(shape, *box) for shape, box in zip(shapes, shapely.bounds(shapes).tolist(), strict=True))


def _prepare(units: Units) -> tuple[_Prepared, ...]:
    with _LOCK:
        return _make(units)
