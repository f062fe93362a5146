"""SVG paths of a thinned topology for the static picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from geo.model import Shape, Topology

__all__ = ["Frame", "find_frame", "trace_borders", "trace_shapes"]

Points = list[tuple[float, float]]

FARTHEST = 85.0511287798
"""Degrees north and south where Web Mercator ends, a square; the poles would be without end."""


@dataclass(frozen=True)
class Frame:
    """A window onto the map in Web Mercator, scaled to ``width`` x ``height`` user units of an SVG."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Return x and y in the picture for a point in degrees (spherical Web Mercator, EPSG:3857)."""
        return (lon - self.left) * self.scale, (self.top - _mercator(lat)) * self.scale


def _mercator(lat: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(max(-FARTHEST, min(FARTHEST, lat))))))


def decode_arcs(topology: Topology) -> list[Points]:
    """Return each arc's points as longitude, latitude in degrees."""
    (across, up), (left, bottom) = topology.scale, topology.translate
    decoded = []
    for arc in topology.arcs:
        xs, ys = accumulate(x for x, _ in arc), accumulate(y for _, y in arc)
        decoded.append([(x * across + left, y * up + bottom) for x, y in zip(xs, ys, strict=True)])
    return decoded


def find_frame(topology: Topology, width: int = 1000, margin: int = 24) -> Frame:
    """Fit all units into a picture ``width`` user units wide, with a margin around."""
    arcs = decode_arcs(topology)
    used = {_bare(arc) for shape in topology.units for rings in shape.polygons for ring in rings for arc in ring}
    points = [point for arc in used for point in arcs[arc]]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = _mercator(min(y for _, y in points)), _mercator(max(y for _, y in points))
    scale = (width - 2 * margin) / (east - west)
    height = math.ceil((north - south) * scale) + 2 * margin
    return Frame(west - margin / scale, north + margin / scale, scale, width, height)


def trace_shapes(topology: Topology, shapes: Sequence[Shape], frame: Frame) -> Mapping[str, str]:
    """Return the path data of each shape by key, in whole user units, each border the same on both sides."""
    arcs = [
        [(round(x), round(y)) for x, y in (frame.project(lon, lat) for lon, lat in arc)]
        for arc in decode_arcs(topology)
    ]
    return {
        shape.key: "".join(_trace_ring(ring, arcs) for rings in shape.polygons for ring in rings) for shape in shapes
    }


def trace_borders(topology: Topology, frame: Frame) -> tuple[str, str]:
    """Return the path data of the borders between units and of the outer border: arcs that one unit alone uses."""
    uses: dict[int, int] = {}
    for shape in topology.units:
        for arc in (arc for rings in shape.polygons for ring in rings for arc in ring):
            uses[_bare(arc)] = uses.get(_bare(arc), 0) + 1
    arcs = decode_arcs(topology)
    lines = {
        arc: _trace_line([(round(x), round(y)) for x, y in (frame.project(*point) for point in arcs[arc])])
        for arc in uses
    }
    inner, outer = (
        "".join(line for arc, line in lines.items() if (uses[arc] == 1) == wanted) for wanted in (False, True)
    )
    return inner, outer


def _bare(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _trace_ring(ring: Sequence[int], arcs: Sequence[Sequence[tuple[int, int]]]) -> str:
    points: list[tuple[int, int]] = []
    for arc in ring:
        points += (arcs[~arc][::-1] if arc < 0 else arcs[arc])[1 if points else 0 :]
    line = _trace_line(points)
    return line and f"{line}z"


def _trace_line(points: Sequence[tuple[int, int]]) -> str:
    (x, y), steps = points[0], []
    for (ax, ay), (bx, by) in pairwise(points):
        if (ax, ay) != (bx, by):
            steps.append(f"{bx - ax} {by - ay}".replace(" -", "-"))
    return f"M{x} {y}l{' '.join(steps).replace(' -', '-')}" if steps else ""  # too small for the picture's own grid
