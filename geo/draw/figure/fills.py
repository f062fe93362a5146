"""Fills as shapes: equal bands, dots and hatches cut to the unit, so that every format shows the same as the page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.draw.marks.legend import LAST_CLASSES, split_key
from geo.draw.marks.palette import GREY, INK, MANY, PAPER, Slot
from geo.draw.marks.textures import BAND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["paint_class"]

Inks = list[tuple[BaseGeometry, str]]
Origin = tuple[float, float]

NONE_PAPER, NONE_LINE, NA_LINE, OTHER, CROSS = "#f6f6f3", "#d4d4ce", "#9aa0a6", "#dfe1e3", "#6b7177"
FLAT = {
    "gap:stale": PAPER, "gap:na": PAPER,
    "gap:other": OTHER, "gap:absent": PAPER, "gap:none": NONE_PAPER, "gap:region": PAPER, "gap:inconclusive": PAPER,
}  # fmt: skip


def paint_class(
    key: str,
    area: BaseGeometry,
    scale: float,
    colours: Mapping[str, str],
    slots: Mapping[str, Slot],
    origin: Origin = (0.0, 0.0),
) -> Inks:
    """Return what to paint, in this order, to fill an area with the look of a class.

    Parameters
    ----------
    key : str
        Of :mod:`geo.join.classes`.
    area : shapely geometry
        In points, y downwards.
    scale : float
        Points for one pixel of the page's patterns (:mod:`geo.draw.marks.textures`).
    colours : mapping of str to str
        Key of class to ``#rrggbb`` where it has one colour.
    slots : mapping of str to Slot
    origin : (float, float)
        Where the pattern starts.

    Examples
    --------
    >>> square = shapely.box(0, 0, 10, 10)
    >>> [colour for _, colour in paint_class("n:1", square, 1, {"n:1": "#b38180"}, {})]
    ['#b38180']
    >>> bands = paint_class("a+b", square, 1, {}, {"a": Slot("a", 0, "#0072b2"), "b": Slot("b", 1, "#d55e00")})
    >>> [colour for _, colour in bands], bands[1][0].area < bands[0][0].area == 100
    (['#0072b2', '#d55e00'], True)
    """
    if ":" in key and key in colours:
        return [(area, colours[key])]
    if key.startswith("many:"):
        return [(area, MANY)]
    if key in LAST_CLASSES:
        return [(area, FLAT[key]), *_draw_texture(key, area, scale, origin)]
    return _draw_bands(split_key(key), area, scale, slots, origin)


def _draw_texture(key: str, area: BaseGeometry, scale: float, origin: Origin) -> Inks:
    if key == "gap:none":
        return [(_cut(_make_stripes(area, 45, 7 * scale, (0, scale), origin), area), NONE_LINE)]
    if key == "gap:na":
        return [(_cut(_make_stripes(area, -45, 7 * scale, (0, scale), origin), area), NA_LINE)]
    if key == "gap:stale":
        at = _make_grid(area, 0, (10 * scale, 10 * scale), (3.5 * scale, 5 * scale), origin)
        reach = np.array((2.5 * scale, 0))
        dashes = shapely.linestrings(np.stack([at - reach, at + reach], 1))
        return [(_cut(shapely.buffer(dashes, 0.8 * scale, cap_style="flat"), area), GREY)]
    if key == "gap:region":
        at = _make_grid(area, 45, (8 * scale, 8 * scale), (4 * scale, 4 * scale), origin)
        return [(_cut(shapely.buffer(shapely.points(at), 1.7 * scale, quad_segs=3), area), INK)]
    if key == "gap:inconclusive":
        at = _make_grid(area, 0, (12 * scale, 12 * scale), (6 * scale, 6 * scale), origin)
        half = 2.5 * scale
        ends = np.array([(half, half), (half, -half)])
        arms = [shapely.linestrings(np.stack([at - end, at + end], 1)) for end in ends]
        return [(_cut(shapely.buffer(np.concatenate(arms), scale / 2, cap_style="flat"), area), CROSS)]
    return []


def _draw_bands(
    parts: list[tuple[str, str]], area: BaseGeometry, scale: float, slots: Mapping[str, Slot], origin: Origin
) -> Inks:
    """Paint each band to the end of the period: the next covers its rest, so that no gap shows between two."""
    band, period = BAND * scale, BAND * scale * len(parts)
    inks: Inks = []
    for place, (group, mark) in enumerate(parts):
        colour = slots[group].colour
        stripes = area if not place else _cut(_make_stripes(area, -45, period, (place * band, period), origin), area)
        inks.append((stripes, PAPER if mark else colour))
        if mark == "!":
            start = place * band + 2.5 * scale
            lines = _make_stripes(area, -45, period, (start, start + 2 * scale), origin)
            inks.append((_cut(lines, area), colour))
        if mark == "~":
            at = _make_grid(area, -45, (band, period), (band / 2, (place + 0.5) * band), origin)
            inks.append((_cut(shapely.buffer(shapely.points(at), 2 * scale, quad_segs=3), area), colour))
    return inks


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
