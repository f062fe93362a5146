"""Names of neighbouring countries, where labels leave them room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from geo.draw.figure.canvas import Box, Letters, Sheet
from geo.draw.figure.labels.free_space import OccupiedSpace, Placed
from geo.draw.figure.labels.grid_positions import list_grid, make_boxes
from geo.draw.figure.projected_map import Land
from geo.draw.marks.palette import COUNTRY

__all__ = ["name_neighbours"]


def name_neighbours(sheet: Sheet, land: Land, placed: Sequence[Placed], size: float) -> None:
    """Write the names of neighbouring countries where they fit into what is seen of them, in letters of so many points.

    ``placed`` are the labels that stand on the map already.
    """
    units = land.whole.buffer(size * 0.4)
    taken = OccupiedSpace(placed, size * 0.5)
    for name, area, _ in land.neighbours:
        if not name:
            continue
        text = sheet.fonts.admit(name.upper())
        room = Box(0, 0, sheet.fonts.measure(text, size) + size * 0.8, size * 1.5)
        for left, top in _find_room(area.difference(units), room, taken, size):
            letters = Letters(size, COUNTRY, align="center")
            sheet.write(left + room.width / 2, top + size * 1.11, text, letters, "label")


def _find_room(free: shapely.Geometry, room: Box, taken: OccupiedSpace, size: float) -> list[list[float]]:
    """Return the upper left corner, none or one, of a room far from the borders of a country, labels and frame."""
    left, top, right, bottom = free.bounds
    shapely.prepare(free)
    corners = list_grid(Box(left, top, right, bottom), (left, top), (size * 0.5, size * 0.5))
    corners = corners[shapely.covers(free, make_boxes(corners, room))]
    corners = corners[taken.find_free(corners, room)]
    if not len(corners):
        return []
    middle = _find_middle(free)
    away = np.hypot(*(corners - (middle[0] - room.width / 2, middle[1] - room.height / 2)).T)
    best: list[float] = corners[np.argmin(away)].tolist()
    return [best]


def _find_middle(area: shapely.Geometry) -> tuple[float, float]:
    """Return the point farthest from the border in the largest part of an area."""
    part = max(shapely.get_parts(area).tolist(), key=lambda each: each.area)
    x, y = shapely.maximum_inscribed_circle(part, 2).coords[0]
    return float(x), float(y)
