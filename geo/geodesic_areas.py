"""Areas on the ellipsoid, of shapes in degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

__all__ = ["find_height", "measure_areas"]

EARTH = pyproj.Geod(ellps="WGS84")
NODES, WEIGHTS = np.polynomial.legendre.leggauss(3)


def measure_areas(shapes: NDArray[np.object_]) -> Numbers:
    """Measure polygons in square kilometres: what lies between each edge and the equator, added up ring by ring.

    On a map of equal areas an edge that is straight in degrees is bent, so its height there is averaged along it (Gauss
    and Legendre's rule). To project whole shapes would need corners in between, and tear them at 180. They are in
    degrees, on either side of 180 or across it, and their edges straight however long.

    Examples
    --------
    >>> measure_areas(np.array([shapely.box(66, 33, 67, 34), shapely.box(178, -1, 182, 1)])).round(-1).tolist()
    [10310.0, 98470.0]
    """
    parts, owner_of = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    corners, ring_of = shapely.get_coordinates(rings, return_index=True)
    edges = np.flatnonzero(np.diff(ring_of) == 0)
    lat, (east, north) = corners[edges, 1], np.diff(corners, axis=0)[edges].T
    heights = find_height(lat[:, None] + north[:, None] * (NODES + 1) / 2) @ WEIGHTS / 2
    # Outer rings run against the clock, holes with it.
    between = -EARTH.a * np.radians(east) * heights
    return np.bincount(owner_of[part_of[ring_of[edges]]], between, minlength=len(shapes)).astype(float) / 1e6


def find_height(lat: Numbers) -> Numbers:
    """Find how far from the equator a latitude lies on a cylindrical map of equal areas: J. P. Snyder (1987), 10-15.

    In metres; as a share of that of the pole it is the sine of the authalic latitude.

    Examples
    --------
    >>> find_height(np.array([0, 90])).round().tolist()
    [0.0, 6363885.0]
    """
    flat, eccentric = EARTH.es, EARTH.es**0.5
    sine = np.sin(np.radians(lat))
    height: Numbers = (
        EARTH.a * (1 - flat) / 2 * (sine / (1 - flat * sine**2) + np.arctanh(eccentric * sine) / eccentric)
    )
    return height
