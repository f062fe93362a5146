"""Places laid out at equal steps, and rooms that stand at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.draw.figure.canvas import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Shapes = NDArray[np.object_]

__all__ = ["list_grid", "make_boxes"]


def list_grid(box: Box, origin: tuple[float, float], steps: tuple[float, float]) -> Numbers:
    """Return the points of a grid that lie in a box; ``origin`` is one of its points, the steps are across and down.

    Examples
    --------
    >>> list_grid(Box(0, 0, 2, 1), (5, 1), (2, 1)).tolist()
    [[1.0, 0.0], [1.0, 1.0]]
    """
    sides = ((box.left, box.right), (box.top, box.bottom))
    xs, ys = (
        start + step * np.arange(np.ceil((low - start) / step), np.floor((high - start) / step) + 1)
        for start, step, (low, high) in zip(origin, steps, sides, strict=True)
    )
    return np.column_stack([each.ravel() for each in np.meshgrid(xs, ys)])


def make_boxes(corners: Numbers, room: Box) -> Shapes:
    """Return a room, given from the upper left corner of its block, as rectangles for each corner."""
    left, top = corners.T
    boxes: Shapes = shapely.box(left + room.left, top + room.top, left + room.right, top + room.bottom)
    return boxes
