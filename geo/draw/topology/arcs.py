"""Rings on a grid are cut into arcs, each shared border once; arcs become polygons again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.model import Shape, Topology

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.int64]

__all__ = ["Arc", "cut_arcs", "decode_arc", "decode_arcs", "encode_arc", "rebuild_polygons"]

LONGEST = 2.0
"""Degrees; a longer edge, straight in degrees and bent on the map, gets points in between when it is read."""

Arc = tuple[tuple[int, int], ...]
Ends = tuple[tuple[int, int], ...]


def encode_arc(points: Points) -> Arc:
    """Write grid points, of shape (n, 2), as an arc: the first absolute, the others differences.

    Examples
    --------
    >>> encode_arc(np.array([[5, 5], [6, 4]]))
    ((5, 5), (1, -1))
    """
    steps = np.concatenate([points[:1], np.diff(points, axis=0)])
    return tuple(map(tuple, steps.tolist()))


def decode_arc(arc: Arc) -> Points:
    """Read an arc back as absolute grid points, of shape (n, 2).

    Examples
    --------
    >>> decode_arc(((5, 5), (1, -1))).tolist()
    [[5, 5], [6, 4]]
    """
    return np.cumsum(np.array(arc, dtype=np.int64), axis=0)


@lru_cache(maxsize=8)
def decode_arcs(topology: Topology) -> tuple[NDArray[np.float64], ...]:
    """Read all arcs of a topology back as points in degrees, longitude first, no edge longer than the map can bend.

    They are kept, for a page asks five times for those of one topology.

    Examples
    --------
    >>> decode_arcs(Topology((0.5, 0.5), (60.0, 30.0), (((0, 0), (0, 2), (6, 0)),), ()))[0].tolist()
    [[60.0, 30.0], [60.0, 31.0], [61.5, 31.0], [63.0, 31.0]]
    """
    arcs = tuple(_fill_in(decode_arc(arc) * np.array(topology.scale) + topology.translate) for arc in topology.arcs)
    for arc in arcs:
        arc.setflags(write=False)
    return arcs


def _fill_in(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put points into long edges, so many in each that its parts are equal."""
    parts = np.ceil(np.abs(np.diff(points, axis=0)).max(axis=1, initial=0) / LONGEST).clip(1).astype(int)
    ends = np.concatenate([[0], np.cumsum(parts)])
    places = np.arange(ends[-1] + 1)
    return np.column_stack([np.interp(places, ends, column) for column in points.T])


def cut_arcs(rings: Sequence[Points]) -> tuple[list[Points], list[tuple[int, ...]]]:
    """Cut closed rings into arcs where borders part, so that a border of two rings is stored once.

    A point is a junction if two rings pass through it with different neighbours. Between junctions every ring runs the
    same way or the opposite way, so an arc's first and last edge identify it. A ring repeats its first point at the
    end, has no point twice in a row and at least three that differ. With the arcs, which are absolute grid points, come
    the numbers of each ring's arcs; ``~n`` is arc ``n`` reversed.

    Examples
    --------
    >>> left = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]])
    >>> arcs, members = cut_arcs([left, left + [1, 0]])
    >>> len(arcs), members
    (3, [(0, 1), (-1, 2)])
    >>> cut_arcs([])
    ([], [])
    """
    if not rings:
        return [], []
    arcs: list[Points] = []
    numbers: dict[Ends, int] = {}
    members = []
    for ring, is_junction in zip(rings, _find_junctions(rings), strict=True):
        members.append(tuple(_number_arc(piece, arcs, numbers) for piece in _split_ring(ring, is_junction)))
    return arcs, members


def _find_junctions(rings: Sequence[Points]) -> list[NDArray[np.bool_]]:
    """Tell for each ring which of its points (the closing one left out) are junctions."""
    before = [np.concatenate([ring[-2:-1], ring[:-2]]) for ring in rings]
    parts = [*(ring[:-1] for ring in rings), *before, *(ring[1:] for ring in rings)]
    keys, ids = np.unique(_point_keys(np.concatenate(parts)), return_inverse=True)
    here, one, other = ids.reshape(3, -1)
    pair = np.minimum(one, other) * len(keys) + np.maximum(one, other)
    low = np.full(len(keys), np.iinfo(np.int64).max)
    high = np.full(len(keys), -1, dtype=np.int64)
    np.minimum.at(low, here, pair)
    np.maximum.at(high, here, pair)
    return np.split((low != high)[here], np.cumsum([len(ring) - 1 for ring in rings])[:-1])


def _point_keys(points: Points) -> Points:
    """Make one number of a point's two, so that points can be sorted and compared fast."""
    return (points[:, 0] << 32) + points[:, 1]


def _split_ring(ring: Points, is_junction: NDArray[np.bool_]) -> list[Points]:
    """Cut a ring at its junctions; one without any starts at its least point, so that its twin starts there too."""
    cuts = np.flatnonzero(is_junction)
    if not len(cuts):
        cuts = np.array([np.argmin(_point_keys(ring[:-1]))])
    first = int(cuts[0])
    closed = np.concatenate([ring[first:-1], ring[: first + 1]])
    ends = [*(cuts - first).tolist(), len(closed) - 1]
    return [closed[start : stop + 1] for start, stop in pairwise(ends)]


def _number_arc(piece: Points, arcs: list[Points], numbers: dict[Ends, int]) -> int:
    """Find the number of an arc already stored either way round, or store it."""
    ends = tuple(map(tuple, piece[[0, 1, -2, -1]].tolist()))
    if ends in numbers:
        return numbers[ends]
    if ends[::-1] in numbers:
        return ~numbers[ends[::-1]]
    numbers[ends] = len(arcs)
    arcs.append(piece)
    return numbers[ends]


def rebuild_polygons(topology: Topology, shapes: Iterable[Shape] | None = None) -> list[shapely.MultiPolygon]:
    """Put shapes of a topology, by default its units, together again from its arcs, in degrees.

    Examples
    --------
    >>> square = Shape("A", (((0,),),), (0.5, 0.5))
    >>> topology = Topology((0.5, 0.5), (60.0, 30.0), (((0, 0), (0, 2), (2, 0), (0, -2), (-2, 0)),), (square,))
    >>> rebuild_polygons(topology)[0].bounds
    (60.0, 30.0, 61.0, 31.0)
    """
    degrees = decode_arcs(topology)

    def join_ring(numbers: tuple[int, ...]) -> NDArray[np.float64]:
        parts = [degrees[n] if n >= 0 else degrees[~n][::-1] for n in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    def join_polygon(rings: Sequence[tuple[int, ...]]) -> shapely.Polygon:
        return shapely.Polygon(join_ring(rings[0]), [join_ring(hole) for hole in rings[1:]])

    chosen = topology.units if shapes is None else shapes
    return [shapely.MultiPolygon([join_polygon(rings) for rings in shape.polygons]) for shape in chosen]
