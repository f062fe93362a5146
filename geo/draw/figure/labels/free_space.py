"""The land as labels see it, and what stands on it already."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.draw.figure.canvas import Box
from geo.draw.figure.labels.grid_positions import list_grid, make_boxes
from geo.draw.figure.labels.label_text import Block
from geo.draw.figure.projected_map import Land

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Shapes = NDArray[np.object_]

__all__ = ["Ground", "OccupiedSpace", "Placed", "Spots"]

ROUGH = 0.4
"""Points; borders are thinned to this for measuring."""

CORNERS, ROUGHEST = 500, 16
"""A unit with more corners is thinned more, up to so many points."""

CHUNK, MOST = 64, 1024
"""So many leaders are tried at once, and in all."""


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


def _roughen(area: BaseGeometry) -> BaseGeometry:
    """Thin a unit, the more the more ragged it is: it is measured thousands of times."""
    rough, thin = ROUGH, area.simplify(ROUGH)
    while shapely.get_num_coordinates(thin) > CORNERS and rough < ROUGHEST:
        rough *= 2
        thin = area.simplify(rough)
    return thin


class Ground:
    """Units thinned for measuring, a point well inside each, and the country that they make.

    ``size`` is that of the letters, in points.
    """

    def __init__(self, land: Land, size: float) -> None:
        self.size, self.width, self.frame = size, land.width, land.box
        self.units = {code: _roughen(area) for code, area in land.units.items()}
        self.country = shapely.union_all(list(self.units.values()))
        self.shore = self.country.buffer(size * 0.4)
        self.dots = {code: _find_dot(area, land.points[code]) for code, area in self.units.items()}
        """Middles of units, where a label within stands and a leader begins if it can."""
        shapely.prepare([*self.units.values(), self.country, self.shore])

    @cached_property
    def _owners(self) -> NDArray[np.intp]:
        """Numbers of the units on each whole point of the frame, 0 where there is none."""
        frame = self.frame
        owners = np.zeros((math.ceil(frame.height) + 1, math.ceil(frame.width) + 1), dtype=np.intp)
        for number, area in enumerate(self.units.values(), 1):
            points = list_grid(Box(*area.bounds), (frame.left, frame.top), (1, 1))
            points = points[shapely.contains_xy(area, points[:, 0], points[:, 1])]
            owners[self._find_cells(points)] = number
        return owners

    def _find_cells(self, points: Numbers) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        cells = np.rint(points - (self.frame.left, self.frame.top)).astype(np.intp)
        return cells[..., 1], cells[..., 0]

    def lie_over_others(self, code: str, points: Numbers) -> NDArray[np.bool_]:
        """Tell which points within the frame lie over another unit, to the point."""
        owners = self._owners[self._find_cells(points)]
        number = list(self.units).index(code) + 1
        over: NDArray[np.bool_] = (owners > 0) & (owners != number)
        return over


def _find_dot(area: BaseGeometry, point: tuple[float, float]) -> tuple[float, float]:
    inside = shapely.Point(point) if area.contains(shapely.Point(point)) else area.representative_point()
    return inside.x, inside.y


class OccupiedSpace:
    """What stands on a map already, with a gap of so many points around it."""

    def __init__(self, placed: Iterable[Placed], gap: float) -> None:
        found = list(placed)
        sides = [(each.box.left, each.box.top, each.box.right, each.box.bottom) for each in found]
        self._boxes = np.array(sides, dtype=float).reshape(-1, 4) + np.array([-gap, -gap, gap, gap])
        led = [each.leader for each in found if each.leader is not None]
        self._leaders = shapely.buffer(np.array(led, dtype=object), gap, quad_segs=1).tolist()
        self._owners = [place for place, each in enumerate(found) if each.leader is not None]
        self.chunks = 0
        """Of leaders that were tried."""

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([*shapely.box(*self._boxes.T).tolist(), *self._leaders])

    @cached_property
    def _lines(self) -> shapely.STRtree:
        return shapely.STRtree(self._leaders)

    def find_free(self, corners: Numbers, room: Box) -> NDArray[np.intp]:
        """Return the numbers of those corners at which a room keeps off all that is taken."""
        return np.concatenate([np.empty(0, dtype=np.intp), *self._list_free(corners, room)])

    def _list_free(self, corners: Numbers, room: Box) -> Iterator[NDArray[np.intp]]:
        """List these numbers in their order, a chunk at a time: whoever picks one looks at few."""
        bare = np.flatnonzero(~self._cover(corners, room).any(axis=1))
        found = np.empty(0, dtype=np.intp)
        for start in range(0, len(bare), 2 * CHUNK):
            part = bare[start : start + 2 * CHUNK]
            if self._leaders:
                part = part[_keep_off(make_boxes(corners[part], room), self._lines)]
            found = np.concatenate([found, part])
            while len(found) >= CHUNK:
                yield found[:CHUNK]
                found = found[CHUNK:]
        if len(found):
            yield found

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
                spot, other = self._tree.query(shapes, predicate="intersects")
                clash[spot, owners[other]] = True
        return clash

    def pick(self, spots: Spots, most: float = np.inf) -> Placed | None:
        """Return a block at the best free spot that costs no more than ``most``."""
        free = self._list_free(spots.corners[spots.costs <= most], spots.block.stand(0, 0))
        if spots.leaders is None:
            return next((spots.place(int(part[0])) for part in free), None)
        for part in islice(free, MOST // CHUNK):
            self.chunks += 1
            apart = _keep_off(spots.leaders[part], self._tree)
            if apart.any():
                return spots.place(int(part[np.argmax(apart)]))
        return None


def _keep_off(shapes: Shapes, others: shapely.STRtree) -> NDArray[np.bool_]:
    """Tell which shapes touch none of the others."""
    free = np.ones(len(shapes), dtype=bool)
    free[others.query(shapes, predicate="intersects")[0]] = False
    return free
