"""What a place of a box in the diagram of ties costs: overlaps, lines over boxes, crossings, length and bend.

Whole numbers throughout, so that no machine rounds otherwise. ``points`` are candidate centres of one box, so that all
are weighed in one pass. A line is judged by points on it, each a sum of centres in sixteenths: so places are kept in
sixteenths of a pixel. Inside, x and y are the first axis: numpy takes a row of one kind several times as fast as pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["SCALE", "Field", "count_cost", "count_faults", "weigh_samples"]

GAP, LINE_GAP = 16, 38
"""Least pixels between boxes of one kind, and between a group and a badge, where a line and its mark must be seen."""
OVERLAP, OVER, CROSSING = 100_000, 20_000, 1_500
"""What a fault costs, in the unit of a line's squared length in square pixels / 64."""
CLEAR = 8
"""Pixels by which a line, judged by points on it, keeps off a box that it does not belong to."""
PARTS = 4
"""Straight parts by which a line is judged; a line bent by 100 pixels leaves them by six."""
SCALE = PARTS * PARTS
"""Of the places of points on lines: so many to a pixel."""


@dataclass(frozen=True)
class Field:
    """Centres and sizes of all boxes in pixels, what `weigh_samples` gives of the lines, and which boxes are groups."""

    at: np.ndarray
    size: np.ndarray
    weights: np.ndarray
    is_group: np.ndarray

    def cost_of(self, box: int, points: np.ndarray) -> np.ndarray:
        """Return what each of the points would cost as centre of a box, all others staying, but for what stays too."""
        theirs = _find_own_boxes(self.weights)
        mine = self.weights[:, :, box].any(axis=1)
        samples = np.moveaxis(self.weights @ self.at, 2, 0)
        shifts = (points - self.at[box]).T
        moved = samples[:, None, mine] + self.weights[mine][:, :, box] * shifts[:, :, None, None]
        others, here = samples[:, ~mine], SCALE * points.T[:, :, None, None]
        others_start, others_end = others[:, :, :-1], others[:, :, 1:]
        start, end = moved[..., :-1], moved[..., 1:]
        size = self.size.T
        over = _pass_over(others_start[:, None] - here, others_end[:, None] - here, size[:, box, None, None, None])
        faults = OVER * over.sum(axis=(1, 2))
        at = SCALE * self.at.T[:, None, None, None]
        seen = _pass_over(start[..., None] - at, end[..., None] - at, size[:, None, None, None])
        faults += OVER * (seen & ~theirs[mine]).sum(axis=(1, 2, 3))
        parts = [each.reshape(2, len(points), -1) for each in (start, end)]
        still = [each.reshape(2, 1, -1) for each in (others_start, others_end)]
        faults += CROSSING * _cross(*(each[..., None] for each in parts), *(each[:, :, None] for each in still)).sum(
            axis=(1, 2)
        )
        faults += CROSSING * _count_own_crossings(*parts)
        return np.asarray(faults + OVERLAP * self._count_overlaps(box, points.T) + _measure(moved))

    def _count_overlaps(self, box: int, here: np.ndarray) -> np.ndarray:
        gap = np.where(self.is_group == self.is_group[box], GAP, LINE_GAP)
        apart = 2 * np.abs(here[:, :, None] - self.at.T[:, None])
        found = apart < (self.size.T + self.size[box][:, None] + 2 * gap)[:, None]
        return np.asarray(np.delete(found[0] & found[1], box, axis=1).sum(axis=1))


def weigh_samples(ties: Sequence[Sequence[int]], groups: int) -> np.ndarray:
    """Return of each line, point on it and box, how many sixteenths of the box's centre that point has.

    The badge of a tie stands after the groups, in the order of ties. A tie of two groups is one line, a parabola from
    group through badge to group; one of more has a straight line from its badge to each group.

    Examples
    --------
    >>> weigh_samples([(0, 1)], 2)[0, 2].tolist(), weigh_samples([(0, 1, 2)], 3)[0, 2].tolist()
    ([0, 0, 16], [8, 0, 0, 8])
    """
    lines = []
    for badge, tie in enumerate(ties, groups):
        for group in tie[:1] if len(tie) == 2 else tie:
            line = np.zeros((PARTS + 1, groups + len(ties)), dtype=np.int64)
            for part in range(PARTS + 1):
                rest = PARTS - part
                if len(tie) == 2:
                    line[part, tie[0]] += rest * (rest - part)
                    line[part, tie[1]] += part * (part - rest)
                    line[part, badge] += 4 * part * rest
                else:
                    line[part, group], line[part, badge] = PARTS * rest, PARTS * part
            lines.append(line)
    return np.array(lines, dtype=np.int64)


def _find_own_boxes(weights: np.ndarray) -> np.ndarray:
    """Tell which box each part of a line may be over: its badge, and the group at that end of it."""
    ends = np.concatenate([weights[:, :1]] * (PARTS // 2) + [weights[:, -1:]] * (PARTS // 2), axis=1)
    return (ends > 0) | (weights[:, PARTS // 2, None] > 0)


def count_cost(field: Field) -> int:
    """Return the cost of a whole field."""
    samples = np.moveaxis(field.weights @ field.at, 2, 0)
    start, end = (each.reshape(2, 1, -1) for each in (samples[:, :, :-1], samples[:, :, 1:]))
    over, overlaps = count_faults(field)
    crossings = int(_count_own_crossings(start, end)[0])
    return OVERLAP * overlaps + OVER * over + CROSSING * crossings + int(_measure(samples[:, None])[0])


def count_faults(field: Field) -> tuple[int, int]:
    """Return how many parts of lines are over a box that is not theirs, and how many pairs of boxes are too near."""
    samples = np.moveaxis(field.weights @ field.at, 2, 0)
    at = SCALE * field.at.T[:, None, None]
    over = _pass_over(samples[:, :, :-1, None] - at, samples[:, :, 1:, None] - at, field.size.T[:, None, None])
    overlaps = sum(int(field._count_overlaps(box, field.at[box][:, None])[0]) for box in range(len(field.at)))
    return int((over & ~_find_own_boxes(field.weights)).sum()), overlaps // 2


def _measure(samples: np.ndarray) -> np.ndarray:
    """Return, of lines by their points, squared length in square pixels / 64, and thrice that of how far each is bent."""
    start, middle, end = samples[..., 0], samples[..., PARTS // 2], samples[..., PARTS]
    squares = (start - middle) ** 2 + (middle - end) ** 2 + 3 * (start + end - 2 * middle) ** 2
    return np.asarray((squares // (64 * SCALE**2)).sum(axis=(0, 2)))


def _count_own_crossings(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return how often parts of one set cross, each pair counted once."""
    ways = (start[..., None], end[..., None], start[:, :, None], end[:, :, None])
    return np.asarray(_cross(*ways).sum(axis=(1, 2)) // 2)


def _pass_over(start: np.ndarray, end: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Tell which segments meet a box around the origin: no axis, nor the segment's normal, separates them."""
    size = SCALE * (size + 2 * CLEAR)
    near = (2 * np.minimum(start, end) < size) & (2 * np.maximum(start, end) > -size)
    way = np.abs(end - start)
    area = np.abs(start[0] * end[1] - start[1] * end[0])
    reach = size[0] * way[1] + size[1] * way[0]
    return np.asarray(near[0] & near[1] & (2 * area < reach))


def _cross(start: np.ndarray, end: np.ndarray, other_start: np.ndarray, other_end: np.ndarray) -> np.ndarray:
    apart = _turn(start, end, other_start) * _turn(start, end, other_end) < 0
    return np.asarray(apart & (_turn(other_start, other_end, start) * _turn(other_start, other_end, end) < 0))


def _turn(one: np.ndarray, two: np.ndarray, three: np.ndarray) -> np.ndarray:
    """Return on which side of the line from one to two the third lies: -1, on it 0 or 1."""
    way, to = two - one, three - one
    return np.asarray(np.sign(way[0] * to[1] - way[1] * to[0]))
