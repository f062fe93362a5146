"""The spots where a label may stand: within its unit, or beside the country and joined to it by a leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.draw.figure.canvas import Box, Sheet
from geo.draw.figure.labels.free_space import Ground, Spots
from geo.draw.figure.labels.grid_positions import list_grid, make_boxes
from geo.draw.figure.labels.label_text import Block
from geo.draw.marks.palette import INK, PAPER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Shapes = NDArray[np.object_]

__all__ = ["draw_leader", "list_beside", "list_within"]

LEAST = 0.75
"""Part of each text of a label within a unit that lies in that unit."""

CENTRAL = 12
"""So many heights of a letter a label moves from the middle of its unit if then it lies in it wholly."""

CROSSING = 1.0
"""What a leader costs where it runs over other units, beside its length."""

SAMPLES = 16
"""Points of a leader at which it is asked whether it runs over other units."""

STEPS = (2, 0.5)
"""Between spots beside the country, in heights of a letter: labels stand in columns."""

OFF = 1.5
"""What it costs a leader to begin off the middle of its unit, for each point."""

DOT, CASE = 1.25, 0.7
"""Radius of the dot in a unit, and the white around dot and leader, in points."""


def list_within(ground: Ground, code: str, block: Block, *, least: float = LEAST) -> Spots:
    """List the spots of a block in its unit: wholly within and near the middle are best, ``least`` must be within."""
    area, dot = ground.units[code], ground.dots[code]
    if area.area < least * max(part.room.width * part.room.height for part in block.parts):
        return Spots(code, block, np.empty((0, 2)), np.empty(0))
    middles = list_grid(Box(*area.bounds), dot, (ground.size * 0.4, ground.size * 0.4))
    middles = middles[shapely.contains_xy(area, middles[:, 0], middles[:, 1])]
    corners = middles - (block.width / 2, block.height / 2)
    share = np.ones(len(corners))
    for part in block.parts:
        kept = share >= least
        share[kept] = np.minimum(share[kept], _measure_share(area, corners[kept], part.room, least))
    cost = (1 - share) * CENTRAL * ground.size + np.hypot(*(middles - dot).T)
    order = np.argsort(cost, kind="stable")
    order = order[share[order] >= least]
    return Spots(code, block, corners[order], np.zeros(len(order)))


def _measure_share(area: BaseGeometry, corners: Numbers, room: Box, least: float) -> Numbers:
    """Return the part of a room that lies in an area, for each corner; where all must, of others it is 0."""
    boxes = make_boxes(corners, room)
    share = np.array(shapely.covers(area, boxes), dtype=float)
    cut = (share == 0) & (least < 1)
    # A third of the time of an intersection, for boxes that are many; noise in the last digits makes no difference.
    parts = [shapely.clip_by_rect(area, *bounds) for bounds in shapely.bounds(boxes[cut]).tolist()]
    share[cut] = np.round(shapely.area(parts) / (room.width * room.height), 9)
    return share


def list_beside(ground: Ground, code: str, block: Block) -> Spots:
    """List the spots of a block off the country: a short leader over few other units is best."""
    dots, corners = _list_dots(ground, code), _list_free(ground, block)
    ends = np.stack([_attach(corners, block, dot, ground.size * 0.2) for dot in dots])
    costs = np.stack([_weigh(ground, code, dot, end) for dot, end in zip(dots, ends, strict=True)])
    costs += OFF * np.hypot(*(dots - dots[0]).T)[:, None]
    nearest = np.argmin(costs, axis=0)
    each = np.arange(len(corners))
    leaders = shapely.linestrings(np.stack([dots[nearest], ends[nearest, each]], axis=1))
    order = np.argsort(costs[nearest, each], kind="stable")
    return Spots(code, block, corners[order], costs[nearest, each][order], leaders[order])


def _list_dots(ground: Ground, code: str) -> Numbers:
    """List where a leader may begin: in the middle of its unit or, clear of its border, around that."""
    dot = ground.dots[code]
    step = ground.size * 0.9
    around = dot + list_grid(Box(-step, -step, step, step), (0, 0), (step, step))
    clear = ground.units[code].buffer(-2 * DOT)
    return np.vstack([dot, around[shapely.contains_xy(clear, around[:, 0], around[:, 1])]])


def _weigh(ground: Ground, code: str, dot: Numbers, ends: Numbers) -> Numbers:
    """Return the length of leaders from a dot, and that over other units a second time."""
    places = dot + (ends - dot) * np.linspace(0, 1, SAMPLES)[:, None, None]
    over = ground.lie_over_others(code, places)
    costs: Numbers = np.hypot(*(ends - dot).T) * (1 + CROSSING * over.mean(axis=0))
    return costs


def _list_free(ground: Ground, block: Block) -> Numbers:
    frame, edge = ground.frame, ground.size * 0.4
    room = Box(
        frame.left + edge, frame.top + edge, frame.right - block.width - edge, frame.bottom - block.height - edge
    )
    across, down = STEPS
    corners = list_grid(room, (room.left, room.top), (across * ground.size, down * ground.size))
    free: Numbers = corners[~shapely.intersects(ground.shore, make_boxes(corners, block.stand(0, 0)))]
    return free


def _attach(corners: Numbers, block: Block, dot: Numbers, gap: float) -> Numbers:
    """Return where a leader meets each block: the middle of the side that looks to the dot, or the words next to it."""
    (left, top), (x, y) = corners.T, dot
    right, bottom = left + block.width, top + block.height
    beside = (x < left) | (x > right)
    (first, last), (start, end) = block.find_line(0), block.find_line(-1)
    near = np.where(y < top, np.clip(x, left + first, left + last), np.clip(x, left + start, left + end))
    across = np.where(x < left, left - gap, np.where(x > right, right + gap, near))
    down = np.where(beside, (top + bottom) / 2, np.where(y < top, top, bottom))
    return np.column_stack([across, down])


def draw_leader(sheet: Sheet, leader: BaseGeometry, code: str) -> None:
    """Draw a leader and the dot at its beginning, dark with a white edge that shows on every fill."""
    dot = shapely.Point(leader.coords[0])
    sheet.stroke(leader, PAPER, 0.6 + 2 * CASE)
    sheet.fill(dot.buffer(DOT + CASE), PAPER)
    sheet.stroke(leader, INK, 0.6, role=f"leader {code}")
    sheet.fill(dot.buffer(DOT), INK)
