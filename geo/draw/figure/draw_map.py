"""One map: neighbours behind, units filled by class, borders, what is disputed, and labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

import shapely

from geo.draw.figure.canvas import Box, Sheet
from geo.draw.figure.fills import paint_class
from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.labels.neighbour_names import name_neighbours
from geo.draw.figure.labels.place_labels import Arrangement, Fits, place_labels
from geo.draw.figure.projected_map import Land
from geo.draw.marks.legend import LAST_CLASSES
from geo.draw.marks.palette import INK, PAPER, Slot
from geo.join.classes import group_by_class

__all__ = ["DISPUTED", "Look", "draw_map", "order_codes", "paint_swatch"]

FIELD, LAND, SHORE, BORDER, OUTLINE = "#f7f7f6", "#efefed", "#d3d5d6", "#7b8187", "#4a4f55"
DISPUTED = "disputed"
LEAST_SIDE = 10
"""Points; where most units are smaller their borders are thinner."""

FULL_WIDTH = 750
"""Pixels that the country is wide on the page; the patterns shrink with it, but never below half."""


@dataclass(frozen=True)
class Look:
    """Colours by class, and slots by group."""

    colours: Mapping[str, str]
    slots: Mapping[str, Slot]


def find_scale(width: float) -> float:
    """Return how many points stand for one pixel of the page's patterns where the country is so wide."""
    return max(width / FULL_WIDTH, 0.5)


def draw_map(
    sheet: Sheet,
    land: Land,
    classes: Mapping[str, str],
    look: Look,
    labels: Iterable[Label] = (),
    disputed: Collection[str] = (),
    fits: Fits = lambda *_: False,
) -> Arrangement:
    """Draw a map into the box that the land was fitted into, and return how its labels stand.

    Parameters
    ----------
    sheet : Sheet
    land : Land
    classes : mapping of str to str
        Code to key of class.
    look : Look
    labels : iterable of Label
        Most important first; with none, neighbours are not named either.
    disputed : collection of str
        Codes to outline with dashes.
    fits : callable
        Tells whether a list of labels that have no room on the map has room beside it.
    """
    box, scale = land.box, find_scale(land.width)
    sheet.fill(shapely.box(box.left, box.top, box.right, box.bottom), FIELD)
    for _, area, _ in land.neighbours:
        sheet.fill(area, LAND)
        sheet.stroke(area.intersection(_shrink(box)), SHORE, 0.5)
    for key, codes in sorted(group_by_class(classes).items()):
        area = shapely.union_all([land.units[code] for code in codes])
        for marks, colour in paint_class(key, area, scale, look.colours, look.slots):
            sheet.fill(marks, colour)
    line = scale * min(1, _find_side(land) / LEAST_SIDE)
    sheet.stroke(land.inner, PAPER, 1.5 * line)
    sheet.stroke(land.inner, BORDER, 0.7 * line)
    sheet.stroke(land.outer, OUTLINE, 1.2 * line)
    for code in sorted(disputed):
        sheet.stroke(land.units[code], INK, 1.8 * scale, dashes=(3, 2))
    named = list(labels)
    if not named:
        return Arrangement(())
    arrangement = place_labels(sheet, land, named, sheet.size.small, fits)
    name_neighbours(sheet, land, arrangement.placed, sheet.size.small)
    return arrangement


def _find_side(land: Land) -> float:
    """Return how wide a unit of middling size is, in points: borders must not be wider than what they part."""
    return median(math.sqrt(area.area) for area in land.units.values())


def _shrink(box: Box) -> shapely.Geometry:
    return shapely.box(box.left - 1, box.top - 1, box.right + 1, box.bottom + 1)


def paint_swatch(sheet: Sheet, look: Look, scale: float) -> Callable[[str, Box], None]:
    """Return what fills a swatch with the look of a class, framed."""

    def paint(key: str, box: Box) -> None:
        frame = shapely.box(box.left, box.top, box.right, box.bottom)
        if key == DISPUTED:
            sheet.stroke(frame, INK, 1.3, dashes=(3, 2))
            return
        for marks, colour in paint_class(key, frame, scale, look.colours, look.slots, (box.left, box.top)):
            sheet.fill(marks, colour)
        sheet.stroke(frame, BORDER, 0.5)

    return paint


def order_codes(land: Land, classes: Mapping[str, str]) -> list[str]:
    """Return codes by the importance of their labels: those of more groups first, then the larger ones."""

    def rank(key: str) -> float:
        if key in LAST_CLASSES:
            return 1
        value = key.rpartition(":")[2]
        return -int(value) if value.isdecimal() and ":" in key else -key.count("+")

    return sorted(classes, key=lambda code: (rank(classes[code]), -land.units[code].area, code))
