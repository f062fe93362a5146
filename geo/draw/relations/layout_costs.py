"""What a place of a box in the diagram of ties costs: overlaps, lines over boxes, crossings, length and bend.

Whole numbers throughout, so that no machine rounds otherwise; as floats, which numpy multiplies faster. ``points`` are
candidate centres of one box, so that all are weighed in one pass. A line is judged by points on it, each a sum of
centres in sixteenths: so places are kept in sixteenths of a pixel. Inside, x and y are the first axis: numpy takes a
row of one kind several times as fast as pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["SCALE", "Field", "Lines", "count_cost", "count_faults", "weigh_lines"]

GAP, LINE_GAP = 16, 38
"""Least pixels between boxes of one kind, and between a group and a badge, where a line and its mark must be seen."""
OVERLAP, OVER, CROSSING = 100_000, 20_000, 1_500
"""What a fault costs, in the unit of a line's squared length in square pixels / 64."""
CLEAR = 6
"""Pixels by which a line, judged by points on it, keeps off a box that it does not belong to."""
PARTS = 4
"""Straight parts by which a line is judged; a line bent by 100 pixels leaves them by six."""
SCALE = PARTS * PARTS
"""Of the places of points on lines: so many to a pixel."""


@dataclass(frozen=True)
class Lines:
    """Of each line, point on it and box, how many sixteenths of the box's centre that point has.

    And of each line, part of it and box whether that part may be over the box: its badge, or the group at that end.
    """

    weights: np.ndarray
    own: np.ndarray


@dataclass(frozen=True)
class Field:
    """Centres and sizes of all boxes in pixels, the lines between them, and which boxes are groups."""

    at: np.ndarray
    size: np.ndarray
    lines: Lines
    is_group: np.ndarray

    def draw_samples(self) -> np.ndarray:
        """Return the points of all lines, in sixteenths of a pixel."""
        return np.moveaxis(self.lines.weights @ self.at, 2, 0)

    def cost_places(self, box: int, points: np.ndarray) -> np.ndarray:
        """Return what each of the points would cost as centre of a box in overlaps, length and bend of its lines."""
        _, moved, _ = self._move_lines(box, points)
        return np.asarray(OVERLAP * self._count_overlaps(box, points.T) + _measure(moved))

    def cost_lines(self, box: int, points: np.ndarray) -> np.ndarray:
        """Return what each would cost in lines over boxes and crossings, which takes far longer to tell."""
        mine, moved, others = self._move_lines(box, points)
        start, end, here = moved[..., :-1], moved[..., 1:], SCALE * points.T[:, :, None, None]
        still = others[:, :, :-1], others[:, :, 1:]
        size, at = self.size.T, np.repeat(SCALE * self.at.T[:, None, None, None], len(points), axis=1)
        at[..., box] = here
        over = _pass_over(still[0][:, None] - here, still[1][:, None] - here, size[:, box, None, None, None])
        seen = _pass_over(start[..., None] - at, end[..., None] - at, size[:, None, None, None])
        faults = OVER * (over.sum(axis=(1, 2)) + (seen & ~self.lines.own[mine]).sum(axis=(1, 2, 3)))
        parts = [each.reshape(2, len(points), -1) for each in (start, end)]
        beside = [each.reshape(2, 1, 1, -1) for each in still]
        crossings = _cross(*(each[..., None] for each in parts), *beside).sum(axis=(1, 2))
        return np.asarray(faults + CROSSING * (crossings + _count_own_crossings(*parts)))

    def _move_lines(self, box: int, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return which lines move with a box, their points for each of its places, and the points of the others."""
        samples, ways = self.draw_samples(), self.lines.weights[:, :, box]
        mine = np.asarray(ways.any(axis=1))
        shifts = (points - self.at[box]).T[:, :, None, None]
        return mine, samples[:, None, mine] + ways[mine] * shifts, samples[:, ~mine]

    def _count_overlaps(self, box: int, here: np.ndarray) -> np.ndarray:
        gap = np.where(self.is_group == self.is_group[box], GAP, LINE_GAP)
        apart = 2 * np.abs(here[:, :, None] - self.at.T[:, None])
        found = apart < (self.size.T + self.size[box][:, None] + 2 * gap)[:, None]
        return np.asarray(np.delete(found[0] & found[1], box, axis=1).sum(axis=1))


def weigh_lines(ties: Sequence[Sequence[int]], groups: int) -> Lines:
    """Return the lines of ties, each the groups that it is of; their badges stand after the groups, in the same order.

    A tie of two is one line, a parabola from group through badge to group; one of more has a straight line from its
    badge to each group.

    Examples
    --------
    >>> [weigh_lines([tie], 3).weights[0, 2].tolist() for tie in [(0, 1), (0, 1, 2)]]
    [[0.0, 0.0, 0.0, 16.0], [8.0, 0.0, 0.0, 8.0]]
    """
    lines = []
    for badge, tie in enumerate(ties, groups):
        for group in tie[:1] if len(tie) == 2 else tie:
            line = np.zeros((PARTS + 1, groups + len(ties)))
            for part in range(PARTS + 1):
                rest = PARTS - part
                if len(tie) == 2:
                    line[part, tie[0]] += rest * (rest - part)
                    line[part, tie[1]] += part * (part - rest)
                    line[part, badge] += 4 * part * rest
                else:
                    line[part, group], line[part, badge] = PARTS * rest, PARTS * part
            lines.append(line)
    weights, half = np.array(lines), PARTS // 2
    ends = np.concatenate([weights[:, :1]] * half + [weights[:, -1:]] * half, axis=1)
    return Lines(weights, (ends > 0) | (weights[:, half, None] > 0))


def count_cost(field: Field) -> int:
    """Return the cost of a whole field."""
    samples = field.draw_samples()
    start, end = (each.reshape(2, 1, -1) for each in (samples[:, :, :-1], samples[:, :, 1:]))
    over, overlaps = count_faults(field)
    crossings = int(_count_own_crossings(start, end)[0])
    return OVERLAP * overlaps + OVER * over + CROSSING * crossings + int(_measure(samples[:, None])[0])


def count_faults(field: Field) -> tuple[int, int]:
    """Return how many parts of lines are over a box that is not theirs, and how many pairs of boxes are too near."""
    samples = field.draw_samples()
    at = SCALE * field.at.T[:, None, None]
    over = _pass_over(samples[:, :, :-1, None] - at, samples[:, :, 1:, None] - at, field.size.T[:, None, None])
    overlaps = sum(int(field._count_overlaps(box, field.at[box][:, None])[0]) for box in range(len(field.at)))
    return int((over & ~field.lines.own).sum()), overlaps // 2


def _measure(samples: np.ndarray) -> np.ndarray:
    """Return, of lines by their points, squared length in square pixels / 64, and thrice that of each bend."""
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
    """Return on which side of the line from one to two the third lies: below 0, on it or above."""
    way, to = two - one, three - one
    return np.asarray(way[0] * to[1] - way[1] * to[0])
