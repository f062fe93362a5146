"""One map: neighbours behind, units filled by class, borders, what is disputed, and labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from statistics import median

import shapely

from geo.draw.figure.canvas import Box, Sheet
from geo.draw.figure.fills import paint_fill
from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.labels.neighbour_names import name_neighbours
from geo.draw.figure.labels.place_labels import Arrangement, Fits, place_labels
from geo.draw.figure.projected_map import Land
from geo.draw.marks.map_classes import Fill, MapClass, Outline, SideBySide
from geo.draw.marks.palette import BORDER, FIELD, INK, LAND, OUTLINE, PAPER, SHORE
from geo.join.classes import Combination, GroupCount, GroupShade, group_by_class

__all__ = ["draw_map", "find_scale", "order_codes", "paint_swatch"]

LEAST_SIDE = 10
"""Points; where most units are smaller their borders are thinner."""

FULL_WIDTH = 750
"""Pixels that the country is wide on the page; the patterns shrink with it, but never below half."""


def find_scale(width: float) -> float:
    """Return how many points stand for one pixel of the page's patterns where the country is so wide."""
    return max(width / FULL_WIDTH, 0.5)


def draw_map(
    sheet: Sheet,
    land: Land,
    classes: Mapping[str, MapClass],
    labels: Iterable[Label] = (),
    disputed: Collection[str] = (),
    fits: Fits = lambda *_: False,
    *,
    scale: float | None = None,
    is_alone: bool = False,
) -> Arrangement:
    """Draw a map into the box that the land was fitted into, and return how its labels stand.

    Labels stand most important first; with none, neighbours are not named either. ``disputed`` are outlined with
    dashes. ``fits`` tells whether a list of labels that have no room on the map has room beside it. ``scale`` is points
    for a pixel of the page's patterns, where that is not as the map is wide; ``is_alone`` leaves out what lies around.
    """
    box, scale = land.box, scale or find_scale(land.width)
    if not is_alone:
        sheet.fill(shapely.box(box.left, box.top, box.right, box.bottom), FIELD)
    for _, area, _ in () if is_alone else land.neighbours:
        sheet.fill(area, LAND)
        sheet.stroke(area.intersection(_shrink(box)), SHORE, 0.5)
    for each, codes in sorted(group_by_class(classes).items(), key=lambda found: found[0].key):
        area = shapely.union_all([land.units[code] for code in codes])
        for marks, colour in paint_fill(each.fill, area, scale):
            sheet.fill(marks, colour)
    line = scale * min(1, _find_side(land) / LEAST_SIDE)
    sheet.stroke(land.inner, PAPER, 1.5 * line)
    sheet.stroke(land.inner, BORDER, 0.7 * line)
    sheet.stroke(land.outer, OUTLINE, 1.2 * line)
    for code in sorted(disputed):  # Light below the dashes, so that they are seen on dark fills; as on a page.
        sheet.stroke(land.units[code], PAPER, 4 * scale)
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


def paint_swatch(sheet: Sheet, scale: float) -> Callable[[Fill, Box], None]:
    """Return what fills a swatch as a unit is filled, framed."""

    def paint(fill: Fill, box: Box) -> None:
        frame = shapely.box(box.left, box.top, box.right, box.bottom)
        if isinstance(fill, Outline):
            sheet.stroke(frame, INK, 1.3, dashes=(3, 2))
            return
        colours = fill.colours if isinstance(fill, SideBySide) else ()
        for place, colour in enumerate(colours):
            left, right = (box.left + box.width * edge / len(colours) for edge in (place, place + 1))
            sheet.fill_box(Box(left, box.top, right, box.bottom), colour)
        for marks, colour in paint_fill(fill, frame, scale, (box.left, box.top)):
            sheet.fill(marks, colour)
        sheet.stroke(frame, BORDER, 0.5)

    return paint


def order_codes(land: Land, classes: Mapping[str, MapClass]) -> list[str]:
    """Return codes by the importance of their labels: those of more groups first, then the larger ones."""

    def rank(each: MapClass) -> int:
        match each.of:
            case GroupCount(number) | GroupShade(number):
                return -number
            case Combination(standings):
                return 1 - len(standings)
        return int(each.is_gap)

    return sorted(classes, key=lambda code: (rank(classes[code]), -land.units[code].area, code))
