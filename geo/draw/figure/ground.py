"""The land as labels see it, and what stands on it already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.draw.figure.blocks import Block
from geo.draw.figure.land import Land
from geo.draw.figure.sheet import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Shapes = NDArray[np.object_]

__all__ = ["Ground", "Placed", "Spots", "Taken", "list_grid", "make_boxes"]

ROUGH = 0.4
"""Points; borders are thinned to this for measuring."""

CHUNK = 64
"""So many leaders are tried at once."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A block where it stands; a leader runs from a dot in the unit to the block's edge."""

    code: str
    block: Block
    box: Box
    leader: BaseGeometry | None = None
    cost: float = 0


@dataclass(frozen=True, eq=False)
class Spots:
    """Where a block of a unit could stand, the best first: upper left corners, what each costs, leaders if any."""

    code: str
    block: Block
    corners: Numbers
    costs: Numbers
    leaders: Shapes | None = None

    def head(self, number: int) -> Spots:
        """Return the best of the spots, so many of them."""
        leaders = None if self.leaders is None else self.leaders[:number]
        return Spots(self.code, self.block, self.corners[:number], self.costs[:number], leaders)

    def place(self, number: int) -> Placed:
        """Return the block at one of the spots."""
        left, top = self.corners[number].tolist()
        leader = None if self.leaders is None else self.leaders[number]
        return Placed(self.code, self.block, self.block.stand(left, top), leader, float(self.costs[number]))


class Ground:
    """Units thinned for measuring, a point well inside each, and the country that they make.

    Parameters
    ----------
    land : Land
    size : float
        Of the letters, in points.
    """

    def __init__(self, land: Land, size: float) -> None:
        self.size, self.width, self.frame = size, land.width, land.box
        self.units = {code: area.simplify(ROUGH) for code, area in land.units.items()}
        self.country = shapely.union_all(list(self.units.values()))
        self.shore = self.country.buffer(size * 0.4)
        self.dots = {code: _find_dot(area, land.points[code]) for code, area in self.units.items()}
        """Middles of units, where a label within stands and a leader begins if it can."""
        shapely.prepare([*self.units.values(), self.country, self.shore])


def _find_dot(area: BaseGeometry, point: tuple[float, float]) -> tuple[float, float]:
    inside = shapely.Point(point) if area.contains(shapely.Point(point)) else area.representative_point()
    return inside.x, inside.y


class Taken:
    """What stands on a map already, with a gap around it.

    Parameters
    ----------
    placed : iterable of Placed
    gap : float
        In points.
    """

    def __init__(self, placed: Iterable[Placed], gap: float) -> None:
        found = list(placed)
        sides = [(each.box.left, each.box.top, each.box.right, each.box.bottom) for each in found]
        self._boxes = np.array(sides, dtype=float).reshape(-1, 4) + np.array([-gap, -gap, gap, gap])
        self._leaders = [each.leader.buffer(gap, quad_segs=1) for each in found if each.leader is not None]
        self._owners = [place for place, each in enumerate(found) if each.leader is not None]
        self._all = [*shapely.box(*self._boxes.T).tolist(), *self._leaders]

    def find_free(self, corners: Numbers, room: Box) -> NDArray[np.intp]:
        """Return the numbers of those corners at which a room keeps off all that is taken."""
        free = np.flatnonzero(~self._cover(corners, room).any(axis=1))
        return free[_keep_off(make_boxes(corners[free], room), self._leaders)]

    def _cover(self, corners: Numbers, room: Box) -> NDArray[np.bool_]:
        """Tell for each corner which boxes a room there would touch."""
        left, top, right, bottom = self._boxes.T
        x, y = corners[:, :1], corners[:, 1:]
        across = (x + room.left < right) & (left < x + room.right)
        clash: NDArray[np.bool_] = across & (y + room.top < bottom) & (top < y + room.bottom)
        return clash

    def find_clashes(self, spots: Spots) -> NDArray[np.bool_]:
        """Tell for each spot which of those placed stand in its way."""
        room = spots.block.stand(0, 0)
        clash = self._cover(spots.corners, room)
        owners = np.array([*range(len(self._boxes)), *self._owners], dtype=int)
        for shapes in (make_boxes(spots.corners, room), spots.leaders):
            if shapes is not None and len(owners):
                spot, other = shapely.STRtree(self._all).query(shapes, predicate="intersects")
                clash[spot, owners[other]] = True
        return clash

    def pick(self, spots: Spots, most: float = np.inf) -> Placed | None:
        """Return a block at the best free spot that costs no more than ``most``."""
        free = self.find_free(spots.corners[spots.costs <= most], spots.block.stand(0, 0))
        if spots.leaders is None:
            return spots.place(int(free[0])) if len(free) else None
        for part in (free[start : start + CHUNK] for start in range(0, len(free), CHUNK)):
            apart = _keep_off(spots.leaders[part], self._all)
            if apart.any():
                return spots.place(int(part[np.argmax(apart)]))
        return None


def _keep_off(shapes: Shapes, others: list[BaseGeometry]) -> NDArray[np.bool_]:
    """Tell which shapes touch none of the others."""
    free = np.ones(len(shapes), dtype=bool)
    free[shapely.STRtree(others).query(shapes, predicate="intersects")[0]] = False
    return free


def list_grid(box: Box, origin: tuple[float, float], steps: tuple[float, float]) -> Numbers:
    """Return the points of a grid that lie in a box.

    Parameters
    ----------
    box : Box
    origin : (float, float)
        A point of the grid.
    steps : (float, float)
        Across and down.

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
