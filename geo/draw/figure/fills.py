"""Fills as shapes: equal bands, dots and hatches cut to the unit, so that every format shows the same as the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.draw.marks.map_classes import Bands, Fill, Net, Outline, SideBySide, Solid
from geo.draw.marks.palette import (
    GREY,
    INK,
    NOT_APPLICABLE,
    NOT_SHOWN,
    PAPER,
    UNNAMED_PAPER,
    UNSURE,
    Slot,
    mix_colours,
)
from geo.draw.marks.textures import BAND, MESH, QUESTION, TINT, WIRE, colour_net
from geo.join.classes import CLAIMED, NAMED, REGION, STALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["paint_fill"]

Inks = list[tuple[BaseGeometry, str]]
Origin = tuple[float, float]

GROUNDS = {"fill-other": NOT_SHOWN, "fill-none": UNNAMED_PAPER}


def paint_fill(fill: Fill, area: BaseGeometry, scale: float, origin: Origin = (0.0, 0.0)) -> Inks:
    """Return what to paint, in this order, to fill an area given in points, y downwards.

    ``scale`` is points for one pixel of the page's patterns (`geo.draw.marks.textures`), ``origin`` where the pattern
    starts.

    Examples
    --------
    >>> square = shapely.box(0, 0, 10, 10)
    >>> [colour for _, colour in paint_fill(Solid("#b38180"), square, 1)]
    ['#b38180']
    >>> a, b = Slot("a", 0, "#0072b2"), Slot("b", 1, "#d55e00")
    >>> bands = paint_fill(Bands(((a, "named"), (b, "named"))), square, 1)
    >>> [colour for _, colour in bands], bands[1][0].area < bands[0][0].area == 100
    (['#0072b2', '#d55e00'], True)
    """
    match fill:
        case Solid(colour):
            return [(area, colour)]
        case Bands(bands):
            return _draw_bands(bands, area, scale, origin)
        case Net():
            return _draw_net(fill, area, scale, origin)
        case Outline() | SideBySide():
            return []
        case texture:
            ground = (area, GROUNDS.get(texture.name, PAPER))
            return [ground, *_draw_texture(texture.name, area, scale, origin)]


def _draw_texture(name: str, area: BaseGeometry, scale: float, origin: Origin) -> Inks:
    if name == "fill-na":
        return [(_cut(_make_stripes(area, -45, 7 * scale, (0, scale), origin), area), NOT_APPLICABLE)]
    if name == "fill-stale":
        at = _make_grid(area, 0, (10 * scale, 10 * scale), (3.5 * scale, 5 * scale), origin)
        reach = np.array((2.5 * scale, 0))
        dashes = shapely.linestrings(np.stack([at - reach, at + reach], 1))
        return [(_cut(shapely.buffer(dashes, 0.8 * scale, cap_style="flat"), area), GREY)]
    if name == "fill-region":
        at = _make_grid(area, 45, (8 * scale, 8 * scale), (4 * scale, 4 * scale), origin)
        return [(_cut(shapely.buffer(shapely.points(at), 1.7 * scale, quad_segs=3), area), INK)]
    if name == "fill-capability":
        at = _make_grid(area, 0, (14 * scale, 14 * scale), (7 * scale, 7 * scale), origin)
        rings = shapely.buffer(shapely.boundary(shapely.buffer(shapely.points(at), 3 * scale)), scale / 2)
        return [(_cut(rings, area), INK)]
    if name == "fill-absent":
        at = _make_grid(area, 0, (12 * scale, 12 * scale), (6 * scale, 6 * scale), origin)
        half = 2.5 * scale
        ends = np.array([(half, half), (half, -half)])
        arms = [shapely.linestrings(np.stack([at - end, at + end], 1)) for end in ends]
        return [(_cut(shapely.buffer(np.concatenate(arms), scale / 2, cap_style="flat"), area), UNSURE)]
    if name == "fill-inconclusive":
        at = _make_grid(area, 0, (14 * scale, 14 * scale), (0, 0), origin)
        bows = shapely.buffer(shapely.linestrings(at[:, None] + np.array(QUESTION) * scale), scale / 2, quad_segs=2)
        points = shapely.buffer(shapely.points(at + np.array((6, 9.6)) * scale), 0.9 * scale, quad_segs=3)
        return [(_cut(np.concatenate([bows, points]), area), UNSURE)]
    return []


def _draw_bands(bands: tuple[tuple[Slot, str], ...], area: BaseGeometry, scale: float, origin: Origin) -> Inks:
    """Paint each band to the end of the period: the next covers its rest, so that no gap shows between two."""
    band, period = BAND * scale, BAND * scale * len(bands)
    inks: Inks = []
    for place, (slot, standing) in enumerate(bands):
        colour = slot.colour
        stripes = area if not place else _cut(_make_stripes(area, -45, period, (place * band, period), origin), area)
        grounds = {NAMED: colour, CLAIMED: mix_colours(colour, PAPER, TINT)}
        inks.append((stripes, grounds.get(standing, PAPER)))
        if standing == STALE:
            start = place * band + 2.5 * scale
            lines = _make_stripes(area, -45, period, (start, start + 2 * scale), origin)
            inks.append((_cut(lines, area), colour))
        if standing == REGION:
            at = _make_grid(area, -45, (band, period), (band / 2, (place + 0.5) * band), origin)
            inks.append((_cut(shapely.buffer(shapely.points(at), 2 * scale, quad_segs=3), area), colour))
    return inks


def _draw_net(net: Net, area: BaseGeometry, scale: float, origin: Origin) -> Inks:
    ground, line = colour_net(net)
    wires = [_make_stripes(area, turn, MESH * scale, (0, WIRE * scale), origin) for turn in (0, 90)]
    return [(area, ground), (_cut(np.array([shapely.union_all(np.concatenate(wires))]), area), line)]


def _cut(marks: NDArray[np.object_], area: BaseGeometry) -> BaseGeometry:
    """Keep of some marks what lies in an area."""
    shapely.prepare(area)
    near = marks[shapely.intersects(area, marks)]
    inside = shapely.contains_properly(area, near)
    return shapely.GeometryCollection(
        shapely.get_parts([*near[inside], *shapely.intersection(near[~inside], area)]).tolist()
    )


def _turn(points: Points, degrees: float) -> Points:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return np.stack(
        [points[..., 0] * cosine - points[..., 1] * sine, points[..., 0] * sine + points[..., 1] * cosine], -1
    )


def _find_extent(area: BaseGeometry, degrees: float, origin: Origin) -> tuple[Points, Points]:
    """Return the least and greatest coordinates of an area in a frame turned about the origin."""
    left, top, right, bottom = area.bounds
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)]) - origin
    turned = _turn(corners, -degrees)
    return turned.min(axis=0), turned.max(axis=0)


def _make_stripes(
    area: BaseGeometry, degrees: float, period: float, part: tuple[float, float], origin: Origin
) -> NDArray[np.object_]:
    """Return stripes over an area: of each period what lies between the two of ``part``."""
    low, high = _find_extent(area, degrees, origin)
    starts = np.arange(math.floor(low[1] / period), math.ceil(high[1] / period)) * period
    stripes = [
        [(low[0], start + part[0]), (high[0], start + part[0]), (high[0], start + part[1]), (low[0], start + part[1])]
        for start in starts
    ]
    stripes_at: NDArray[np.object_] = shapely.polygons(_turn(np.array(stripes), degrees) + origin)
    return stripes_at


def _make_grid(
    area: BaseGeometry, degrees: float, steps: tuple[float, float], first: tuple[float, float], origin: Origin
) -> Points:
    """Return points of a turned grid over an area and one step around it."""
    low, high = _find_extent(area, degrees, origin)
    across, down = (
        np.arange(math.floor(low[axis] / steps[axis]) - 1, math.ceil(high[axis] / steps[axis]) + 1) * steps[axis]
        + first[axis]
        for axis in (0, 1)
    )
    return _turn(np.stack(np.meshgrid(across, down), -1).reshape(-1, 2), degrees) + origin
