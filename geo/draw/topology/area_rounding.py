"""Corners in whole user units, rounded up or down so that each unit keeps its area.

To the nearest step of a picture a thousand steps wide, and thinned, a small province would be 3 % too small; finer
steps would take thousands of bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from geo.draw.topology.arcs import decode_arcs
from geo.draw.topology.svg_paths import Frame, Points
from geo.model import Shape, Topology

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

__all__ = ["round_arcs"]

CLOSE = 0.001
"""The part of its area by which a unit may be off before corners move."""
SWEEPS = 6
LEAST = 1.0
"""Square user units; a smaller unit is as important as one of this size, or it would bend all borders around it."""

Sides = list[list[tuple[int, int]]]
"""By arc: each unit that it bounds, and whether that lies on its left (1) or its right (-1)."""


def round_arcs(coarse: Topology, fine: Topology, frame: Frame) -> list[Points]:
    """Return the arcs of a thinned topology in whole user units; each unit has the area that it has in the finer one.

    Arcs have the same numbers in both, and outer rings run against the clock. A corner within an arc is rounded to one
    of the four points around it, the ends, where more than two units meet, to the nearest.

    Examples
    --------
    >>> from geo.draw.topology.projection import centre_on
    >>> from geo.draw.topology.svg_paths import find_frame
    >>> square = Shape("A", (((0,),),), (0.5, 0.5))
    >>> topology = Topology((1, 1), (0, 0), (((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1)),), (square,))
    >>> round_arcs(topology, topology, find_frame(topology, centre_on(topology), 9, 0))
    [[(0, 9), (9, 9), (9, 0), (0, 0), (0, 9)]]
    """
    exact, whole = (_project_arcs(each, frame) for each in (coarse, fine))
    arcs, lower = ([_list_points(near(arc)) for arc in exact] for near in (np.rint, np.floor))
    sides = _find_sides(coarse.units, len(arcs))
    wanted, drawn = (_add_up(sides, each, len(coarse.units)) for each in (whole, map(np.array, arcs)))
    excess = [here - there for here, there in zip(drawn, wanted, strict=True)]
    weights = [1 / max(area, LEAST) ** 2 for area in wanted]
    for _ in range(SWEEPS):
        moved = False
        for arc, corners, beside in zip(arcs, lower, sides, strict=True):
            if any(abs(excess[unit]) > CLOSE * wanted[unit] for unit, _ in beside):
                moved |= _settle(arc, corners, beside, excess, weights)
        if not moved:
            break
    return arcs


def _list_points(points: Numbers) -> Points:
    return [(x, y) for x, y in points.astype(np.int64).tolist()]


def _project_arcs(topology: Topology, frame: Frame) -> list[Numbers]:
    """Project all arcs at once, which takes half the time of one after the other."""
    arcs = decode_arcs(topology)
    if not arcs:
        return []
    ends = np.cumsum([len(arc) for arc in arcs])[:-1]
    return np.split(frame.project(np.concatenate(arcs)), ends)


def _find_sides(units: Sequence[Shape], number: int) -> Sides:
    sides: Sides = [[] for _ in range(number)]
    for place, unit in enumerate(units):
        for arc in (arc for rings in unit.polygons for ring in rings for arc in ring):
            sides[max(arc, ~arc)].append((place, 1 if arc >= 0 else -1))
    return sides


def _add_up(sides: Sides, arcs: Iterable[Numbers], number: int) -> list[float]:
    """Return the area of each unit, the sum of what its arcs sweep as seen from the corner of the picture."""
    areas = [0.0] * number
    for beside, arc in zip(sides, arcs, strict=True):
        x, y = arc.T
        swept = float(x[1:] @ y[:-1] - x[:-1] @ y[1:]) / 2
        for unit, sign in beside:
            areas[unit] += sign * swept
    return areas


def _settle(
    arc: Points, lower: Points, beside: Sequence[tuple[int, int]], excess: list[float], weights: Sequence[float]
) -> bool:
    """Round each corner of an arc as is best for the units beside it, and tell whether any moved.

    What the arc should gain on its left is the mean of what those units lack or have too much, the smaller ones first;
    of the four points around a corner, of which ``lower`` is one, that is taken which comes nearest.
    """
    weight, before = sum(weights[unit] for unit, _ in beside), list(arc)
    for place in range(1, len(arc) - 1):
        lack = sum(-sign * weights[unit] * excess[unit] for unit, sign in beside) / weight
        (ax, ay), (x, y), (bx, by), (left, top) = *arc[place - 1 : place + 2], lower[place]
        best, chosen = 0.0, (x, y)
        for u, v in ((left, top), (left + 1, top), (left, top + 1), (left + 1, top + 1)):
            gained = ((v - y) * (bx - ax) - (u - x) * (by - ay)) / 2
            if abs(gained - lack) < abs(best - lack):
                best, chosen = gained, (u, v)
        arc[place] = chosen
        for unit, sign in beside:
            excess[unit] += sign * best
    return arc != before
