"""A thinned topology in points, fitted into a box."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.draw.figure.canvas import Box
from geo.draw.topology.arcs import decode_arcs, rebuild_polygons
from geo.draw.topology.projection import centre_on, list_corners
from geo.draw.topology.simplify import thin_topology
from geo.draw.topology.svg_paths import Frame, count_uses
from geo.draw.topology.topojson import SEA
from geo.model import Shape, Topology

__all__ = ["Land", "fit_land", "measure_width", "move_land"]

FINE = 0.25
"""Points; a corner that spans a triangle smaller than the square of this is dropped."""

SPECK = 1.0
"""Points; a unit whose area is smaller than this squared is drawn at least so far around its label point."""


@dataclass(frozen=True, eq=False)
class Land:
    """Shapes in points, y downwards, within ``box``."""

    box: Box
    units: Mapping[str, BaseGeometry]
    """By code."""
    points: Mapping[str, tuple[float, float]]
    """Where the label of a unit goes."""
    neighbours: tuple[tuple[str, BaseGeometry, tuple[float, float]], ...]
    """Name or "", shape cut to the box, and label point."""
    inner: BaseGeometry
    """Borders between units."""
    outer: BaseGeometry
    """The border around them all."""
    width: float
    """Of all units, in points."""

    @cached_property
    def whole(self) -> BaseGeometry:
        """All units as one."""
        return shapely.union_all(list(self.units.values()))


@lru_cache(maxsize=2)
def fit_land(topology: Topology, box: Box, margin: float) -> Land:
    """Fit all units into a box, with a margin around, projected as on the page.

    The last ones are kept: figures of several kinds in one language mostly leave the map the same room.
    """
    frame, width = _find_frame(topology, box, margin)
    thin = thin_topology(topology, math.degrees(FINE / frame.scale))

    def project(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
        return list(shapely.transform(list(shapes), frame.project))

    def project_label(shape: Shape) -> tuple[float, float]:
        ((x, y),) = frame.project(shape.label).tolist()
        return x, y

    points = {shape.key: project_label(shape) for shape in thin.units}
    drawn = zip(points, project(rebuild_polygons(thin)), strict=True)
    units = {code: _give_body(_make_valid(area), points[code]) for code, area in drawn}
    countries = [shape for shape in thin.neighbours if shape.key != SEA]
    around = project(rebuild_polygons(thin, countries))
    window = shapely.box(box.left, box.top, box.right, box.bottom)
    neighbours = tuple(
        (shape.name, shapely.make_valid(area).intersection(window), project_label(shape))
        for shape, area in zip(countries, around, strict=True)
    )
    inner, outer = (shapely.MultiLineString(project(_pick_lines(thin, shared))) for shared in (True, False))
    return Land(box, units, points, neighbours, inner, outer, width)


def move_land(land: Land, box: Box) -> Land:
    """Move land that was fitted into a box into another of the same size."""
    shift = np.array((box.left - land.box.left, box.top - land.box.top))

    def move(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
        return list(shapely.transform(list(shapes), lambda points: points + shift))

    def move_point(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] + float(shift[0]), point[1] + float(shift[1])

    inner, outer = move((land.inner, land.outer))
    names, areas, points = zip(*land.neighbours, strict=True) if land.neighbours else ((), (), ())
    return Land(
        box,
        dict(zip(land.units, move(land.units.values()), strict=True)),
        {code: move_point(point) for code, point in land.points.items()},
        tuple(zip(names, move(areas), map(move_point, points), strict=True)),
        inner,
        outer,
        land.width,
    )


def measure_width(topology: Topology, box: Box, margin: float) -> float:
    """Return how wide all units are, in points, in a box that they are fitted into."""
    return _find_frame(topology, box, margin)[1]


def _make_valid(area: BaseGeometry) -> BaseGeometry:
    """Repair what was not valid before it was thinned, such as units that overlap: an invalid shape cannot be cut."""
    if area.is_valid:
        return area
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(area, method="structure")))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _give_body(area: BaseGeometry, point: tuple[float, float]) -> BaseGeometry:
    """Draw a unit that nobody would see, or that was thinned away, as a speck: what is on the map is not left out."""
    return area if area.area > SPECK else area.union(shapely.Point(point).buffer(SPECK, quad_segs=2))


def _find_frame(topology: Topology, box: Box, margin: float) -> tuple[Frame, float]:
    projection = centre_on(topology)
    corners = projection.project(list_corners(topology))
    (left, bottom), (right, top) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    wide = right - left
    scale = min((box.width - 2 * margin) / wide, (box.height - 2 * margin) / (top - bottom))
    left = (left + right) / 2 - (box.left + box.right) / 2 / scale
    top = (top + bottom) / 2 + (box.top + box.bottom) / 2 / scale
    return Frame(projection, left, top, scale, round(box.width), round(box.height)), wide * scale


def _pick_lines(topology: Topology, shared: bool) -> list[BaseGeometry]:
    """Return the arcs that two units share, or those that one unit alone uses."""
    arcs = decode_arcs(topology)
    uses = count_uses(topology.units)
    return [shapely.LineString(arcs[arc]) for arc, count in uses.items() if (count > 1) == shared]
