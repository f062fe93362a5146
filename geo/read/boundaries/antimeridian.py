"""Shapes across the antimeridian, torn or cut there by whoever wrote them, are put together in one range of longitudes.

RFC 7946 has shapes cut at 180°; others count on to 360, or leap from 179 to -179. All three become the same here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.longitude import cut_polygon, turn_longitude

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Geometries = NDArray[np.object_]

__all__ = ["is_on_earth", "join_across"]

AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
TOUCH = 1e-6
"""Degrees, 0.1 m; a cut that is written with as many decimals as is usual is still one."""

SEAMS = (-180.0, 0.0, 180.0)


def is_on_earth(bounds: Sequence[float] | Numbers) -> bool:
    """Tell whether bounds are those of places on Earth, in degrees; east may be counted on past 180, or west.

    They are of one shape, or a row for each: those of a file may be counted one so and one so.

    Examples
    --------
    >>> is_on_earth((177, -19, 182, -16)), is_on_earth((500_000, 0, 600_000, 10)), is_on_earth((-200, 0, 200, 1))
    (True, False, False)
    """
    west, south, east, north = np.atleast_2d(bounds).T
    is_within = (west >= -360 - TOUCH) & (east <= 360 + TOUCH) & (south >= -90 - TOUCH) & (north <= 90 + TOUCH)
    return bool((is_within & (east - west <= 360 + TOUCH)).all())


def join_across(shapes: Sequence[Any] | Geometries) -> Geometries:
    """Give shapes that fit into half of the world one range of longitudes, which begins between -180 and 180.

    A ring whose edge leaps over half of the world crosses 180° there, and is followed on. Pieces of one shape that meet
    where it was cut become one. Shapes that take up more of the world stay between -180 and 180; a ring around a pole,
    which has no inside on a flat map, is closed at the pole. What needs none of it, is no area or is not in degrees, is
    given back as it is.

    Examples
    --------
    >>> torn = shapely.Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])
    >>> cut = shapely.MultiPolygon([shapely.box(178, 1, 180, 2), shapely.box(-180, 1, -177, 2)])
    >>> [shape.bounds for shape in join_across([torn, cut])]
    [(179.0, 0.0, 181.0, 1.0), (178.0, 1.0, 183.0, 2.0)]
    """
    made = np.array(shapes, dtype=object)
    areas = np.flatnonzero(_are_areas(made))
    if not len(areas) or not _is_concerned(shapely.bounds(made[areas])):
        return made
    before, owners = shapely.get_parts(made[areas], return_index=True)
    parts = before.copy()
    for place in np.flatnonzero(_measure_widths(parts) > 180):
        parts[place] = _follow(parts[place])
    turns = _count_turns(shapely.bounds(parts))
    parts = _move(parts, turns) if turns is not None else _keep_within(parts)
    starts = np.flatnonzero(np.diff(owners)) + 1
    for place, old, new in zip(areas, np.split(before, starts), np.split(parts, starts), strict=True):
        is_changed = any(one is not other for one, other in zip(old, new, strict=True))
        pieces = _unite(shapely.get_parts(new))
        if is_changed or len(pieces) != len(old):
            made[place] = pieces[0] if len(pieces) == 1 else shapely.MultiPolygon(list(pieces))
    return made


def _are_areas(shapes: Geometries) -> NDArray[np.bool_]:
    kinds: NDArray[np.bool_] = np.isin(shapely.get_type_id(shapes), AREAS) & ~shapely.is_empty(shapes)
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    kinds[owners[~np.isfinite(coordinates).all(axis=1)]] = False
    return kinds


def _is_concerned(bounds: Numbers) -> bool:
    west, east = float(bounds[:, 0].min()), float(bounds[:, 2].max())
    is_plain = west >= -180 - TOUCH and east <= 180 + TOUCH and east - west <= 180
    return not is_plain and is_on_earth(bounds)


def _measure_widths(shapes: Geometries) -> Numbers:
    bounds = shapely.bounds(shapes)
    widths: Numbers = bounds[:, 2] - bounds[:, 0]
    return widths


def _follow(polygon: shapely.Polygon) -> Any:
    """Follow each ring on where it leaps; a ring that is nothing then was meant as it stood, all around the world."""
    before = [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]
    shell, *holes = map(_follow_ring, before)
    west, east = shell[:, 0].min(), shell[:, 0].max()
    if east == west or all(one is other for one, other in zip((shell, *holes), before, strict=True)):
        return polygon
    for hole in holes:
        beside = (hole[:, 0].min() + hole[:, 0].max()) / 2
        hole[:, 0] += turn_longitude(beside, (west + east) / 2) - beside
    made = shapely.Polygon(shell, holes)
    # A belt around a pole has two rings that are closed there, and neither is inside the other then.
    return made if len(shell) == len(before[0]) else shapely.make_valid(made, method="structure")


def _follow_ring(ring: Numbers) -> Numbers:
    turns = _find_leaps(ring)
    if not turns.any():
        return ring
    if turns[-1]:
        return _close_at_pole(ring)
    return np.column_stack([ring[:, 0] + 360 * turns, ring[:, 1]])


def _find_leaps(ring: Numbers) -> Numbers:
    """Count for each corner how often the ring has gone round by then."""
    turns: Numbers = np.concatenate([[0.0], -np.cumsum(np.rint(np.diff(ring[:, 0]) / 360))])
    return turns


def _close_at_pole(ring: Numbers) -> Numbers:
    """Lead a ring around a pole there and back from its corner nearest to it; one that is led there stays as it is."""
    nearest = int(np.abs(ring[:, 1]).argmax())
    pole = float(np.copysign(90, ring[nearest, 1]))
    if abs(ring[nearest, 1]) >= 90 - TOUCH:
        return ring
    turned = np.concatenate([ring[nearest:-1], ring[: nearest + 1]])
    turned[:, 0] += 360 * _find_leaps(turned)
    return np.concatenate([turned, [[turned[-1, 0], pole], [turned[0, 0], pole]], turned[:1]])


def _count_turns(bounds: Numbers) -> NDArray[np.int64] | None:
    """Find the turns that bring parts together beside the widest gap; none where they take up half of the world."""
    base = np.floor(bounds[:, 0] / 360)
    west, east = bounds[:, 0] - 360 * base, bounds[:, 2] - 360 * base
    order = np.argsort(west, kind="stable")
    reach = np.maximum.accumulate(np.append(east.max() - 360, east[order]))
    gaps = np.append(west[order], west.min() + 360) - reach
    widest = int(gaps.argmax())
    if gaps[widest] < 180:
        return None
    begin = west[order][widest % len(order)]
    turns: NDArray[np.int64] = np.rint((west < begin) - base - (begin >= 180 - TOUCH)).astype(np.int64)
    return turns


def _move(parts: Geometries, turns: NDArray[np.int64]) -> Geometries:
    moved = np.flatnonzero(turns)
    coordinates, owners = shapely.get_coordinates(parts[moved], return_index=True)
    coordinates[:, 0] += 360 * turns[moved][owners]
    parts[moved] = shapely.set_coordinates(parts[moved], coordinates)
    return parts


def _keep_within(parts: Geometries) -> Geometries:
    """Cut off what lies past 180° either way, and put it where maps of the world have it."""
    bounds = shapely.bounds(parts)
    for place in np.flatnonzero((bounds[:, 0] < -180 - TOUCH) | (bounds[:, 2] > 180 + TOUCH)):
        if shapely.is_valid(parts[place]):
            parts[place] = shapely.union_all(cut_polygon(parts[place]))
    return parts


def _unite(pieces: Geometries) -> Geometries:
    """Unite pieces that meet where a shape was cut."""
    for seam in SEAMS:
        sides = np.abs(shapely.bounds(pieces)[:, ::2] - seam) < TOUCH
        near = sides.any(axis=1)
        if sides.any(axis=0).all() and shapely.is_valid(pieces[near]).all():
            exact = shapely.get_parts(shapely.union_all(pieces[near]))
            whole = exact if len(exact) < near.sum() else _unite_close(pieces[near], seam)
            if len(whole) < near.sum():
                pieces = np.concatenate([pieces[~near], whole])
    return pieces


def _unite_close(pieces: Geometries, seam: float) -> Geometries:
    """Unite pieces whose edges are near the seam and not on it."""
    snapped = shapely.transform(pieces, lambda points: _snap(points, seam))
    return shapely.get_parts(shapely.union_all(snapped)) if shapely.is_valid(snapped).all() else pieces


def _snap(points: Numbers, seam: float) -> Numbers:
    points[np.abs(points[:, 0] - seam) < TOUCH, 0] = seam
    return points
