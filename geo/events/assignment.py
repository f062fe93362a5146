"""Points fall into units: each into the first that holds or touches it, so none on a border is lost or doubled."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.errors import EventsError, Problem

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int32]

__all__ = ["Units", "assign_points", "gather_units"]

BLOCK = 131_072
"""Points that are sorted together: more fall out of a processor's cache, and fewer make many units slow."""

_LOCK = threading.Lock()


@dataclass(frozen=True)
class Units:
    """Units in the order in which a point on a border falls to one of them; small, and fit to be sent to a worker.

    Parameters
    ----------
    codes : tuple of str
        Each once.
    shapes : tuple of bytes
        Polygons in degrees as WKB, one a code.
    """

    codes: tuple[str, ...]
    shapes: tuple[bytes, ...]


def gather_units(frame: GeoDataFrame) -> Units:
    """Take the shapes of a frame, in its order.

    Parameters
    ----------
    frame : GeoDataFrame
        Polygons in degrees, indexed by code.

    Raises
    ------
    EventsError
        If a code stands there twice: what falls in one could not be told from what falls in the other.

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
    """Find the unit of each point: the first in order that it is in, or on the border of.

    The points are sorted by longitude, so that each unit looks at those between its western and eastern end only: the
    time hardly grows with the number of units.

    Parameters
    ----------
    units : Units
    lon, lat : array of float
        Degrees; what is no number is in no unit.

    Returns
    -------
    array of int
        Place in ``units.codes`` of each point, -1 where no unit holds it.

    Examples
    --------
    >>> square = shapely.box(0, 0, 1, 1).wkb, shapely.box(1, 0, 2, 1).wkb
    >>> assign_points(Units(("A", "B"), square), np.array([0.5, 1.0, 1.5, 3.0]), np.full(4, 0.5)).tolist()
    [0, 0, 1, -1]
    """
    prepared = _prepare(units)
    blocks = [slice(begin, begin + BLOCK) for begin in range(0, len(lon), BLOCK)]
    found = [_assign_block(prepared, lon[block], lat[block]) for block in blocks]
    return np.concatenate(found) if found else np.zeros(0, np.int32)


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
