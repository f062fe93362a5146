"""Where groups and the badges of ties stand in the diagram: whole pixels, the same on every machine.

A tie's badge is a box of its own, on the line between its groups. So a tie of three is one tie, two ties between the
same groups lie apart, and a badge that overlaps nothing needs no rule of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geo.draw.relations.layout_costs import SCALE, Field, count_cost, count_faults, weigh_lines

__all__ = ["Box", "Layout", "place_boxes"]

WIDTH = 900
EDGE = 10
STARTS = 32
REFINED = 60
"""How many boxes are searched on in all: three starts of the default table, two of a table of 25 ties."""
SWEEPS = 20
FIRST = 8
"""Places of a box whose lines are judged at first: the cheapest else, so that most others need not be."""
HEIGHTS = 4
"""Canvases tried, each a quarter higher than the one before."""
MOVES = np.array(
    [
        (x * step, y * step)
        for step in (12, 24, 42, 72, 120, 216, 360)
        for x in (-1, 0, 1)
        for y in (-1, 0, 1)
        if x or y
    ],
    dtype=float,
)


@dataclass(frozen=True)
class Box:
    """A box with its centre and size in pixels."""

    key: str
    x: int
    y: int
    width: int
    height: int

    def overlaps(self, other: Box) -> bool:
        """Tell whether two boxes share any area.

        Examples
        --------
        >>> Box("a", 0, 0, 10, 10).overlaps(Box("b", 9, 9, 10, 10)), Box("a", 0, 0, 9, 9).overlaps(Box("b", 9, 0, 9, 9))
        (True, False)
        """
        apart_x, apart_y = 2 * abs(self.x - other.x), 2 * abs(self.y - other.y)
        return apart_x < self.width + other.width and apart_y < self.height + other.height


@dataclass(frozen=True)
class Layout:
    """All boxes in the order given, and the size of the canvas in pixels."""

    boxes: tuple[Box, ...]
    width: int
    height: int


@lru_cache(maxsize=8)
def place_boxes(sizes: tuple[tuple[str, int, int], ...], ties: tuple[tuple[int, ...], ...]) -> Layout | None:
    """Place boxes so that none overlap and no line is over one; lines are short, little bent and seldom cross.

    None where no such place was found. The last few layouts are kept: a report that is drawn again, in a notebook or
    after a change elsewhere in the table, does not search for them again.

    Several force-directed layouts (T. Fruchterman and E. Reingold 1991, by networkx) are rounded to pixels; in the best
    of them each box then moves as long as that lowers the cost. The search is on whole numbers alone, so that no
    machine rounds it otherwise.

    ``sizes`` are key, width and height in pixels, first of groups, then of the badge of each tie; a tie is the groups
    it is of, as places in them.

    Examples
    --------
    >>> layout = place_boxes((("a", 90, 30), ("b", 90, 30), ("a-b", 24, 24)), ((0, 1),))
    >>> any(one.overlaps(other) for one in layout.boxes for other in layout.boxes if one is not other)
    False
    """
    size = np.array([each[1:] for each in sizes], dtype=float)
    groups = len(sizes) - len(ties)
    lines, is_group = weigh_lines(ties, groups), np.arange(len(sizes)) < groups
    links = [(badge, group) for badge, tie in enumerate(ties, groups) for group in tie]
    starts = _list_starts(len(sizes), tuple(links))
    height = max(260, int((size + 40).prod(axis=1).sum()) * 2 // WIDTH)
    for _ in range(HEIGHTS):
        low, high = size // 2 + EDGE, np.array([WIDTH, height]) - size // 2 - EDGE
        fields = [Field(np.rint(low + start * (high - low)), size, lines, is_group) for start in starts]
        fields.sort(key=count_cost)
        best = min((_refine(field, low, high) for field in fields[: max(2, REFINED // len(size))]), key=count_cost)
        if not any(count_faults(best)):
            return _crop([each[0] for each in sizes], best)
        height += height // 4
    return None


@lru_cache(maxsize=8)
def _list_starts(count: int, links: tuple[tuple[int, int], ...]) -> list[np.ndarray]:
    """List where a search begins; the last are kept, for they are the same in each language."""
    return [_start(count, links, seed) for seed in range(STARTS)]


def _start(count: int, links: Sequence[tuple[int, int]], seed: int) -> np.ndarray:
    """Return positions between 0 and 1; the only place that needs networkx."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links)
    found = nx.spring_layout(graph, seed=seed, iterations=60)
    at = np.array([found[place] for place in range(count)])
    low, high = at.min(axis=0), at.max(axis=0)
    return np.asarray((at - low) / np.maximum(high - low, 1e-9))


def _refine(field: Field, low: np.ndarray, high: np.ndarray) -> Field:
    still = 0
    for turn in range(SWEEPS * len(field.at)):
        box = turn % len(field.at)
        still = 0 if _move(field, box, low[box], high[box]) else still + 1
        if still == len(field.at):
            break
    return field


def _move(field: Field, box: int, low: np.ndarray, high: np.ndarray) -> bool:
    """Move a box to where it costs least; lines are judged only for places that could be better than those judged."""
    points = np.concatenate([field.at[box][None], np.clip(field.at[box] + MOVES, low, high)])
    least, costs = field.cost_places(box, points), np.full(len(points), np.inf)
    for judged in (np.array([0, *(np.argsort(least[1:], kind="stable")[:FIRST] + 1)]), slice(None)):
        open_ = np.arange(len(points))[judged]
        open_ = open_[np.isinf(costs[open_]) & (least[open_] <= costs.min())]
        if len(open_):
            costs[open_] = least[open_] + field.cost_lines(box, points[open_])
    best = int(costs.argmin())
    field.at[box] = points[best]
    return best > 0


def _crop(keys: Sequence[str], field: Field) -> Layout:
    half = (field.size + 1) // 2
    reach = field.draw_samples().reshape(2, -1).T // SCALE
    low = np.minimum((field.at - half).min(axis=0), reach.min(axis=0))
    high = np.maximum((field.at + half).max(axis=0), reach.max(axis=0))
    width, height = (high - low + 2 * EDGE).astype(int).tolist()
    boxes = tuple(
        Box(key, *place, *size)
        for key, place, size in zip(
            keys, (field.at - low + EDGE).astype(int).tolist(), field.size.astype(int).tolist(), strict=True
        )
    )
    return Layout(boxes, width, height)
