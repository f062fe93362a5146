"""Boundaries thinned for display: shared borders stay shared. Nothing is ever measured on the result."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.draw.topology.arcs import cut_arcs, decode_arc, encode_arc, rebuild_polygons
from geo.model import Shape, Topology

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Points = NDArray[np.int64]
    Geometries = NDArray[np.object_]

__all__ = ["find_label_points", "thin_arcs", "thin_topology", "thin_units"]

LABEL_PLACES = 3
FINEST = 1 / 1200


def thin_units(
    frame: GeoDataFrame,
    neighbours: GeoDataFrame | None = None,
    *,
    tolerance: float | None = None,
    steps: int = 10_000,
) -> Topology:
    """Thin and quantise boundaries, polygons in degrees by code, and store each shared border once.

    Corners are dropped by the Visvalingam-Whyatt rule on the whole coverage (``shapely.coverage_simplify``), the rest
    is rounded to a grid. Where rounding spoils a polygon that was valid, a grid ten times finer is tried. The grid has
    so many steps along the longer side of the units' extent. The tolerance is in degrees: a corner that spans a
    triangle smaller than its square is dropped. The default, a share of the longer side, was chosen by eye: at four
    times the width of a page no edge looks cut.

    Neighbours are indexed by key, with ``name`` ("" where there is none), ``lon`` and ``lat`` of the label; borders are
    shared with the units where the vertices are the same. Units are labelled at their poles of inaccessibility; outer
    rings run against the clock, so that two units use a shared arc in opposite directions.

    Examples
    --------
    >>> import geopandas
    >>> frame = geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(60, -1, 62, 1)], crs=4326)
    >>> [shape.key for shape in thin_units(frame).units], thin_units(frame).units[0].label
    (['A'], (61.0, 0.0))
    >>> thin_units(frame.iloc[:0]).units
    ()
    """
    if frame.empty:
        return Topology((1.0, 1.0), (0.0, 0.0), (), ())
    units = frame.geometry.to_numpy()
    bounds = shapely.total_bounds(units)
    if tolerance is None:
        tolerance = float(max(bounds[2] - bounds[0], bounds[3] - bounds[1])) * FINEST
    around = np.array([], dtype=object) if neighbours is None else neighbours.geometry.to_numpy()
    topology = _thin(np.concatenate([units, around]), bounds, tolerance, steps)
    shapes = topology.units[: len(units)]
    drawn = zip(shapes, frame.index, find_label_points(units), strict=True)
    named = tuple(replace(shape, key=str(key), label=label) for shape, key, label in drawn)
    return replace(topology, units=named, neighbours=_name_neighbours(topology.units[len(units) :], neighbours))


def _thin(polygons: Geometries, bounds: NDArray[np.float64], tolerance: float, steps: int) -> Topology:
    return _quantise(shapely.orient_polygons(shapely.coverage_simplify(polygons, tolerance)), bounds, steps)


def thin_topology(topology: Topology, tolerance: float, *, steps: int = 10_000) -> Topology:
    """Thin a topology further as a whole, so that no border crosses another and units can be cut and put together.

    Tolerance and steps are as in `thin_units`, and the grid is laid over the units anew. Shapes, keys and label points
    stay, arcs do not.

    Examples
    --------
    >>> arc = ((0, 0), (5, 0), (5, 1), (0, 9), (-10, 0), (0, -10))
    >>> square = Topology((0.1, 0.1), (60.0, 30.0), (arc,), (Shape("A", (((0,),),), (60.5, 30.5)),))
    >>> thin = thin_topology(square, 0.3)
    >>> [len(each.arcs[0]) for each in (square, thin)], thin.units[0].key
    ([6, 5], 'A')
    """
    if not topology.arcs:
        return topology
    shapes = (*topology.units, *topology.neighbours)
    polygons = np.array(rebuild_polygons(topology, shapes), dtype=object)
    bounds = shapely.total_bounds(polygons[: len(topology.units)])
    thin = _thin(polygons, bounds, tolerance, steps)
    kept = [replace(shape, polygons=each.polygons) for shape, each in zip(shapes, thin.units, strict=True)]
    number = len(topology.units)
    return replace(thin, units=tuple(kept[:number]), neighbours=tuple(kept[number:]))


def _name_neighbours(shapes: Sequence[Shape], frame: GeoDataFrame | None) -> tuple[Shape, ...]:
    """Give neighbours their keys, names and the label points chosen for them."""
    if frame is None:
        return ()
    rows = zip(shapes, frame.index, frame["name"], frame["lon"], frame["lat"], strict=True)
    return tuple(replace(shape, key=str(key), name=name, label=(lon, lat)) for shape, key, name, lon, lat in rows)


def _quantise(polygons: Geometries, bounds: NDArray[np.float64], steps: int, tries: int = 3) -> Topology:
    """Round to a grid and cut into arcs, on a finer grid if a valid polygon would be spoilt or lost."""
    topology = _cut_on_grid(polygons, bounds, steps)
    rebuilt = rebuild_polygons(topology)
    spoilt = (~shapely.is_valid(rebuilt) | shapely.is_empty(rebuilt)) & shapely.is_valid(polygons)
    return _quantise(polygons, bounds, steps * 10, tries - 1) if spoilt.any() and tries > 1 else topology


def _cut_on_grid(polygons: Geometries, bounds: NDArray[np.float64], steps: int) -> Topology:
    """Round all rings to one grid, drop those that vanish, and cut the rest into arcs."""
    step = float(max(bounds[2] - bounds[0], bounds[3] - bounds[1])) / steps or 1.0
    parts, owners = shapely.get_parts(polygons, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    coordinates, ring_of = shapely.get_coordinates(rings, return_index=True)
    grid = np.rint((coordinates - bounds[:2]) / step).astype(np.int64)
    pieces = [_drop_repeats(ring) for ring in np.split(grid, np.flatnonzero(np.diff(ring_of)) + 1)]
    kept = [index for index, ring in enumerate(pieces) if len(ring) > 3]
    arcs, members = cut_arcs([pieces[index] for index in kept])
    grouped: list[dict[int, list[tuple[int, ...]]]] = [{} for _ in polygons]
    for index, numbers in zip(kept, members, strict=True):
        grouped[owners[part_of[index]]].setdefault(int(part_of[index]), []).append(numbers)
    shapes = tuple(Shape("", tuple(tuple(part) for part in unit.values()), (0.0, 0.0)) for unit in grouped)
    origin = (float(bounds[0]), float(bounds[1]))
    return Topology((step, step), origin, tuple(encode_arc(arc) for arc in arcs), shapes)


def _drop_repeats(ring: Points) -> Points:
    """Drop points that repeat the one before."""
    changed = np.any(np.diff(ring, axis=0) != 0, axis=1)
    kept: Points = ring[np.concatenate([[True], changed])]
    return kept


def find_label_points(polygons: Geometries, places: int = LABEL_PLACES) -> list[tuple[float, float]]:
    """Find the point of each polygon that is farthest from its border (pole of inaccessibility), in degrees.

    Degrees of longitude are shortened by the cosine of each polygon's middle latitude, so that distances are true
    enough for a label. ``places`` are the decimals kept.

    Examples
    --------
    >>> find_label_points(np.array([shapely.box(60, 30, 62, 31), shapely.box(0, 0, 2, 2)]))[1]
    (1.0, 1.0)
    >>> find_label_points(np.array([], dtype=object))
    []
    """
    bounds = shapely.bounds(polygons).reshape(-1, 4)
    shrink = np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))
    coordinates, owners = shapely.get_coordinates(polygons, return_index=True)
    coordinates[:, 0] *= shrink[owners]
    flat = shapely.set_coordinates(polygons.copy(), coordinates)
    sizes = np.sqrt(np.maximum(shapely.area(flat), 1e-12))
    centres = shapely.get_coordinates(shapely.get_point(shapely.maximum_inscribed_circle(flat, sizes / 100), 0))
    centres[:, 0] /= shrink
    return [(round(lon, places), round(lat, places)) for lon, lat in centres.tolist()]


def thin_arcs(topology: Topology, tolerance: float, *, spare: Collection[int] = ()) -> Topology:
    """Thin a topology further, arc by arc (Douglas-Peucker), ends kept so that shared borders stay shared.

    The grid and the numbers of arcs stay. No dropped point lies farther from the new line than the tolerance, in
    degrees, except that a ring which would collapse keeps its arcs as they are; so do ``spare`` arcs.

    Examples
    --------
    >>> arc = ((0, 0), (5, 0), (5, 1), (0, 9), (-10, 0), (0, -10))
    >>> square = Topology((0.1, 0.1), (60.0, 30.0), (arc,), (Shape("A", (((0,),),), (60.5, 30.5)),))
    >>> [len(thin_arcs(square, degrees).arcs[0]) for degrees in (0, 0.2, 9)]
    [6, 5, 6]
    """
    if not topology.arcs:
        return topology
    scale = np.array(topology.scale)
    points = [decode_arc(arc) * scale for arc in topology.arcs]
    owners = np.repeat(np.arange(len(points)), list(map(len, points)))
    lines = shapely.linestrings(np.concatenate(points), indices=owners)
    thin = shapely.simplify(lines, tolerance, preserve_topology=False)
    coordinates, owners = shapely.get_coordinates(thin, return_index=True)
    grid = np.rint(coordinates / scale).astype(np.int64)
    pieces = np.split(grid, np.flatnonzero(np.diff(owners)) + 1)
    kept = _find_collapsed(topology, [len(piece) for piece in pieces]) | set(spare)
    arcs = (topology.arcs[n] if n in kept else encode_arc(piece) for n, piece in enumerate(pieces))
    return replace(topology, arcs=tuple(arcs))


def _find_collapsed(topology: Topology, sizes: Sequence[int]) -> set[int]:
    """Name the arcs of rings that would have fewer than three different points left."""
    rings = (ring for shape in (*topology.units, *topology.neighbours) for part in shape.polygons for ring in part)
    numbers = ([n if n >= 0 else ~n for n in ring] for ring in rings)
    return {n for ring in numbers if sum(sizes[n] - 1 for n in ring) < 3 for n in ring}
