"""Shapes of a file that overlap, and by how much: what lies in two of them is on the map twice and counts once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from geo.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.read.boundaries.layers import Layer

__all__ = ["measure_overlaps", "tell_overlaps"]

LEAST = 0.01
"""Of the smaller one; less is what two hands make of one border."""

MOST = 1000
FEW = 5


def measure_overlaps(shapes: Sequence[Any]) -> list[tuple[int, int, float, float]]:
    """Find which shapes overlap, and which share of the one and of the other lies in both.

    A shape is told by its place, the earlier first; what is no valid area is left alone. Where there are too many,
    those of the first shapes are given.

    Examples
    --------
    >>> from shapely import box
    >>> measure_overlaps([box(0, 0, 2, 1), box(2, 0, 3, 1), box(1, 0, 5, 1)])
    [(0, 2, 0.5, 0.25), (1, 2, 1.0, 0.25)]
    """
    import numpy as np
    import shapely

    all_shapes = np.array([*shapes, None], dtype=object)[:-1]
    places = np.flatnonzero((shapely.area(all_shapes) > 0) & shapely.is_valid(all_shapes))
    areas = all_shapes[places]
    found = islice(_list_overlaps(areas), MOST)
    return [(int(places[one]), int(places[other]), first, second) for one, other, first, second in found]


def _list_overlaps(areas: Any) -> Iterator[tuple[int, int, float, float]]:
    import shapely

    tree, sizes = shapely.STRtree(areas), shapely.area(areas)
    for place, shape in enumerate(areas):
        near = tree.query(shape)
        near = near[near > place]
        near.sort()
        shapely.prepare(shape)
        met = near[shapely.intersects(shape, areas[near])]
        met = met[~shapely.touches(shape, areas[met])]
        shapely.destroy_prepared(shape)
        for other in met.tolist():
            common = shapely.area(shapely.intersection(shape, areas[other]))
            shares = float(common / sizes[place]), float(common / sizes[other])
            if max(shares) > LEAST:
                yield place, other, *shares


def tell_overlaps(layer: Layer, units: Sequence[str]) -> list[Problem]:
    """Warn of shapes that overlap, those first of which most lies in another.

    ``units`` are what each shape belongs to, "" where it is nothing; within a unit shapes may overlap.
    """
    pairs = [each for each in layer.overlaps if units[each[0]] and units[each[1]] and units[each[0]] != units[each[1]]]
    if not pairs:
        return []
    pairs.sort(key=lambda pair: -max(pair[2:]))
    said = [
        f"{layer.name_shape(one)} and {layer.name_shape(other)}, by {share:.2g} of the one and {rest:.2g} of the other"
        for one, other, share, rest in pairs[:FEW]
    ]
    many = "at least " if len(layer.overlaps) == MOST else ""
    more = f" and {many}{len(pairs) - FEW} more" if len(pairs) > FEW else ""
    found = f"shapes that overlap: {'; '.join(said)}{more}"
    expected = "each place in one shape; an event in two counts in the first in the file"
    return [Problem(layer.source, found, expected, severity="warning")]
