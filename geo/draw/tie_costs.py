"""What a place of a box in the diagram of ties costs: overlaps, spokes through boxes, crossings, length.

Whole numbers throughout. ``points`` are candidate centres of one box, so that all are weighed in one pass.
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

    def cost_of(self, box: int, points: np.ndarray, overlap: int = OVERLAP) -> np.ndarray:
        """Return what each of the points would cost as centre of a box, all others staying."""
        total = overlap * self._count_overlaps(box, points)
        mine = (self.links == box).any(axis=1)
        starts, ends = (self.at[self.links[~mine, side]] for side in (0, 1))
        total += THROUGH * _pass_through(starts - points[:, None], ends - points[:, None], self.size[box]).sum(axis=1)
        for end in self.links[mine].sum(axis=1) - box:
            total += ((points - self.at[end]) ** 2).sum(axis=1) // 64
            others = np.delete(np.arange(len(self.at)), [box, end])
            seen = _pass_through(points[:, None] - self.at[others], self.at[end] - self.at[others], self.size[others])
            total += THROUGH * seen.sum(axis=1)
            total += CROSSING * _cross(points[:, None], self.at[end], starts, ends).sum(axis=1)
        return total

    def _count_overlaps(self, box: int, points: np.ndarray) -> np.ndarray:
        others = np.arange(len(self.at)) != box
        gap = np.where(self.is_group[others] == self.is_group[box], GAP, SPOKE_GAP)[:, None]
        apart = 2 * np.abs(points[:, None] - self.at[others])
        return np.asarray((apart < self.size[others] + self.size[box] + 2 * gap).all(axis=2).sum(axis=1))


def count_cost(field: Field, overlap: int = OVERLAP) -> int:
    """Return the cost of a whole field, each fault between two boxes counted from both sides."""
    return sum(int(field.cost_of(box, field.at[box][None], overlap)[0]) for box in range(len(field.at)))


def count_overlaps(field: Field) -> int:
    """Return how many boxes stand too near another."""
    return sum(int(field._count_overlaps(box, field.at[box][None])[0]) for box in range(len(field.at)))


def _pass_through(start: np.ndarray, end: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Tell which segments meet a box around the origin: no axis, nor the segment's normal, separates them."""
    size = size + 2 * CLEAR
    near = (2 * np.minimum(start, end) < size) & (2 * np.maximum(start, end) > -size)
    way = np.abs(end - start)
    area = np.abs(start[..., 0] * end[..., 1] - start[..., 1] * end[..., 0])
    reach = size[..., 0] * way[..., 1] + size[..., 1] * way[..., 0]
    return np.asarray(near.all(axis=-1) & (2 * area < reach))


def _cross(start: np.ndarray, end: np.ndarray, other_start: np.ndarray, other_end: np.ndarray) -> np.ndarray:
    apart = _turn(start, end, other_start) * _turn(start, end, other_end) < 0
    return np.asarray(apart & (_turn(other_start, other_end, start) * _turn(other_start, other_end, end) < 0))


def _turn(one: np.ndarray, two: np.ndarray, three: np.ndarray) -> np.ndarray:
    """Return on which side of the line from one to two the third lies: -1, 0 or 1."""
    way, to = two - one, three - one
    return np.asarray(np.sign(way[..., 0] * to[..., 1] - way[..., 1] * to[..., 0]))
