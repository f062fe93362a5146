"""The projection of pages and figures: Lambert's azimuthal one, which keeps areas, centred on the units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.draw.topology.arcs import decode_arcs
from geo.geodesic_areas import find_height
from geo.model import Topology

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

__all__ = ["EqualArea", "centre_on", "list_corners"]

PLACES = 2
"""Decimals of the centre, so that no thinning moves it."""
HIGH = 45
"""Degrees of latitude; a country that is farther from the equator and goes half around the Earth lies around a pole."""
POLE = float(find_height(np.array(90.0)))


@dataclass(frozen=True)
class EqualArea:
    """A map around a centre in degrees (J. P. Snyder, 1987, chapter 24), on the sphere that is as large as the Earth.

    Latitudes become authalic ones first (chapter 3), so that areas are those of the ellipsoid everywhere. The same
    formula stands in ``projection.js``; a test compares the two.

    Examples
    --------
    >>> EqualArea(67, 34).project([(67, 34), (68, 34)]).round(4).tolist()
    [[0.0, 0.0], [0.0145, 0.0001]]
    """

    lon: float
    lat: float

    def project(self, degrees: ArrayLike) -> Numbers:
        """Return x (to the east) and y (to the north) of points, of shape (n, 2), in radii of that sphere."""
        lon, lat = np.asarray(degrees, dtype=float).reshape(-1, 2).T
        sine, cosine = _find_sines(lat)
        middle_sine, middle_cosine = _find_sines(np.array(self.lat))
        turn = np.radians(lon - self.lon)
        ahead = cosine * np.cos(turn)
        # Opposite the centre, where the map ends in a circle, any of its points will do.
        reach = np.sqrt(2 / np.maximum(1 + middle_sine * sine + middle_cosine * ahead, 1e-12))
        across = reach * cosine * np.sin(turn)
        return np.column_stack([across, reach * (middle_cosine * sine - middle_sine * ahead)])


def _find_sines(lat: Numbers) -> tuple[Numbers, Numbers]:
    """Return sine and cosine of the authalic latitudes."""
    sine = np.clip(find_height(lat) / POLE, -1, 1)
    return sine, np.sqrt(1 - sine**2)


def centre_on(topology: Topology) -> EqualArea:
    """Return the projection that all pictures of these units share.

    Examples
    --------
    >>> from geo.model import Shape
    >>> border = (0, 0), (0, 2), (2, 0), (0, -2), (-2, 0)
    >>> centre_on(Topology((1, 1), (60, 30), (border,), (Shape("A", (((0,),),), (61, 31)),)))
    EqualArea(lon=61.0, lat=31.0)
    """
    corners = list_corners(topology)
    (west, south), (east, north) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    lat = (south + north) / 2
    if east - west > 180 and abs(lat) > HIGH:
        lat = 90.0 if lat > 0 else -90.0
    return EqualArea(round((west + east) / 2, PLACES), round(lat, PLACES))


def list_corners(topology: Topology) -> Numbers:
    """List the corners of all units in degrees, of shape (n, 2); of one that was thinned away its label point."""
    arcs = decode_arcs(topology)
    used = {max(arc, ~arc) for shape in topology.units for rings in shape.polygons for ring in rings for arc in ring}
    lost = [shape.label for shape in topology.units if not shape.polygons]
    return np.concatenate([np.empty((0, 2)), *(arcs[arc] for arc in sorted(used)), *map(np.atleast_2d, lost)])
