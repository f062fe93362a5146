"""SVG paths of a thinned topology for the static picture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.draw.topology.projection import EqualArea, list_corners
from geo.model import Shape, Topology

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

__all__ = ["Frame", "Points", "count_uses", "find_frame", "trace_outline", "trace_shapes"]

Points = list[tuple[int, int]]


@dataclass(frozen=True)
class Frame:
    """A window onto the map, scaled to ``width`` x ``height`` user units of an SVG."""

    projection: EqualArea
    left: float
    top: float
    scale: float
    width: int
    height: int

    def project(self, degrees: ArrayLike) -> Numbers:
        """Return x and y in the picture of points in degrees, of shape (n, 2)."""
        return (self.projection.project(degrees) - (self.left, self.top)) * (self.scale, -self.scale)


def find_frame(topology: Topology, projection: EqualArea, width: int = 1000, margin: int = 24) -> Frame:
    """Fit all units into a picture ``width`` user units wide, with a margin around."""
    corners = projection.project(list_corners(topology))
    (west, south), (east, north) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    scale = (width - 2 * margin) / (east - west)
    height = math.ceil((north - south) * scale) + 2 * margin
    return Frame(projection, west - margin / scale, north + margin / scale, scale, width, height)


def trace_shapes(shapes: Iterable[Shape], arcs: Sequence[Points]) -> Mapping[str, str]:
    """Return the path data of each shape by key, of arcs in whole user units: each border the same on both sides."""
    return {
        shape.key: "".join(_trace_ring(ring, arcs) for rings in shape.polygons for ring in rings) for shape in shapes
    }


def trace_outline(units: Iterable[Shape], arcs: Sequence[Points]) -> str:
    """Return the path data of the outer border: arcs that one unit alone uses."""
    return "".join(_trace_line(arcs[number]) for number, uses in count_uses(units).items() if uses == 1)


def count_uses(shapes: Iterable[Shape]) -> dict[int, int]:
    """Count the rings in which each arc stands, by its number.

    Examples
    --------
    >>> count_uses([Shape("A", (((0, 1),),), (0, 0)), Shape("B", (((~1, 2),),), (0, 0))])
    {0: 1, 1: 2, 2: 1}
    """
    uses: dict[int, int] = {}
    for arc in (arc for shape in shapes for rings in shape.polygons for ring in rings for arc in ring):
        bare = ~arc if arc < 0 else arc
        uses[bare] = uses.get(bare, 0) + 1
    return uses


def _trace_ring(ring: Sequence[int], arcs: Sequence[Points]) -> str:
    points: Points = []
    for arc in ring:
        points += (arcs[~arc][::-1] if arc < 0 else arcs[arc])[1 if points else 0 :]
    line = _trace_line(points)
    return line and f"{line}z"


def _trace_line(points: Points) -> str:
    (x, y), steps = points[0], []
    for (ax, ay), (bx, by) in pairwise(points):
        if (ax, ay) != (bx, by):
            steps.append(f"{bx - ax} {by - ay}".replace(" -", "-"))
    return f"M{x} {y}l{' '.join(steps).replace(' -', '-')}" if steps else ""  # too small for the picture's own grid
