"""What a place of a box in the diagram of ties costs: overlaps, spokes through boxes, crossings, length.

Whole numbers throughout. ``points`` are candidate centres of one box, so that all are weighed in one pass. Inside,
x and y are the first axis: numpy takes a row of one kind several times as fast as many pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Field", "count_cost", "count_overlaps"]

GAP, SPOKE_GAP = 14, 32
"""Least pixels between boxes of one kind, and between a group and a tie, where a spoke and its mark must be seen."""
OVERLAP, THROUGH, CROSSING = 100_000, 3_000, 1_500
"""What a fault costs, in the unit of a spoke's squared length in square pixels / 64."""
CLEAR = 5
"""Pixels by which a spoke keeps off a box that it does not belong to."""


@dataclass(frozen=True)
class Field:
    """Centres and sizes of all boxes in pixels, spokes as pairs of boxes, and which boxes are groups."""

    at: np.ndarray
    size: np.ndarray
    links: np.ndarray
    is_group: np.ndarray

    def cost_of(self, box: int, points: np.ndarray) -> np.ndarray:
        """Return what each of the points would cost as centre of a box, all others staying."""
        mine = (self.links == box).any(axis=1)
        ends = self.links[mine].sum(axis=1) - box
        is_other = np.arange(len(self.at)) != ends[:, None]
        is_other[:, box] = False
        at, size, here = self.at.T.copy(), self.size.T, points.T[:, :, None]
        far, near = at[:, ends, None], here[..., None]
        starts, stops = at[:, self.links[~mine, 0]], at[:, self.links[~mine, 1]]
        through = _pass_through(starts[:, None] - here, stops[:, None] - here, size[:, box, None, None]).sum(axis=1)
        seen = _pass_through(near - at[:, None, None], (far - at[:, None])[:, None], size[:, None, None])
        through += (seen & is_other).sum(axis=(1, 2))
        crossings = _cross(near, far[:, None], starts[:, None, None], stops[:, None, None]).sum(axis=(1, 2))
        length = ((here - at[:, None, ends]) ** 2).sum(axis=0) // 64
        overlaps = self._count_overlaps(box, here)
        return np.asarray(OVERLAP * overlaps + THROUGH * through + CROSSING * crossings + length.sum(axis=1))

    def _count_overlaps(self, box: int, here: np.ndarray) -> np.ndarray:
        gap = np.where(self.is_group == self.is_group[box], GAP, SPOKE_GAP)
        apart = 2 * np.abs(here - self.at.T[:, None])
        found = apart < (self.size.T + self.size[box][:, None] + 2 * gap)[:, None]
        return np.asarray(np.delete(found[0] & found[1], box, axis=1).sum(axis=1))


def count_cost(field: Field, overlap: int = OVERLAP) -> int:
    """Return the cost of a whole field, each fault between two boxes counted from both sides.

    So a spoke's length counts twice, a spoke through a box from its two ends and from the box, and a crossing from
    the two ends of both.
    """
    at, (one, two) = field.at.T, field.links.T
    starts, stops = at[:, one], at[:, two]
    length = ((starts - stops) ** 2).sum(axis=0) // 64
    is_other = (field.links[:, :, None] != np.arange(len(field.at))).all(axis=1)
    near, far = starts[:, :, None], stops[:, :, None]
    seen = _pass_through(near - at[:, None], far - at[:, None], field.size.T[:, None])
    crossings = _cross(near, far, starts[:, None], stops[:, None])
    faults = 3 * THROUGH * (seen & is_other).sum() + 2 * CROSSING * crossings.sum() + 2 * length.sum()
    return int(faults) + (overlap * count_overlaps(field) if overlap else 0)


def count_overlaps(field: Field) -> int:
    """Return how many boxes stand too near another."""
    return sum(int(field._count_overlaps(box, field.at[box][:, None, None])[0]) for box in range(len(field.at)))


def _pass_through(start: np.ndarray, end: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Tell which segments meet a box around the origin: no axis, nor the segment's normal, separates them."""
    size = size + 2 * CLEAR
    near = (2 * np.minimum(start, end) < size) & (2 * np.maximum(start, end) > -size)
    way = np.abs(end - start)
    area = np.abs(start[0] * end[1] - start[1] * end[0])
    reach = size[0] * way[1] + size[1] * way[0]
    return np.asarray(near[0] & near[1] & (2 * area < reach))


def _cross(start: np.ndarray, end: np.ndarray, other_start: np.ndarray, other_end: np.ndarray) -> np.ndarray:
    apart = _turn(start, end, other_start) * _turn(start, end, other_end) < 0
    return np.asarray(apart & (_turn(other_start, other_end, start) * _turn(other_start, other_end, end) < 0))


def _turn(one: np.ndarray, two: np.ndarray, three: np.ndarray) -> np.ndarray:
    """Return on which side of the line from one to two the third lies: below 0, on it or above."""
    way, to = two - one, three - one
    return np.asarray(way[0] * to[1] - way[1] * to[0])
