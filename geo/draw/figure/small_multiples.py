"""One small map for each group, all of the same country in the same frame, with one legend."""

from __future__ import annotations

import math

from geo.draw.figure.canvas import SOFT, Box, Letters, Sheet
from geo.draw.figure.draw_map import draw_map
from geo.draw.figure.legend_panel import LEAD, Item, Section
from geo.draw.figure.legend_rows import list_off_map
from geo.draw.figure.projected_map import fit_land, move_land
from geo.draw.figure.single_map import FigurePlan, HasRoom
from geo.draw.marks.legend import describe_classes, find_looks, list_level_rows
from geo.draw.wording.captions import write_legend_note
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group, write_summary
from geo.join.classes import class_by_level
from geo.model import Topology

__all__ = ["plan_multiples"]

ASPECT = 0.8
"""Height of the country's map for its width."""

HEAD = 2.7
"""Height of what stands above a small map, in sizes of text."""

NARROWEST = 9
"""Width of a small map as a multiple of the size of its smallest letters."""


def plan_multiples(joined: LocalisedTable, topology: Topology) -> FigurePlan:
    """Plan a grid of maps, each the levels of one group."""
    classes = {
        group: class_by_level(joined.report.units, joined.footprints, group, joined.besides) for group in joined.shown
    }
    looks = find_looks(joined)
    drawn = {group: describe_classes(joined, looks, found, "level") for group, found in classes.items()}
    together = [each for found in classes.values() for each in found.values()]

    def draw(sheet: Sheet, box: Box, _: HasRoom) -> None:
        lines = 1
        cells = _place_cells(sheet, box, len(joined.shown))
        if any(len(_break_name(sheet, joined, group, cells[0], 2)) > 1 for group in joined.shown):
            lines, cells = 2, _place_cells(sheet, box, len(joined.shown), 2)
        rooms = [
            _write_head(sheet, joined, looks.slots[group].colour, group, cell, lines)
            for group, cell in zip(joined.shown, cells, strict=True)
        ]
        land = fit_land(topology, rooms[0], 2)
        for group, room in zip(joined.shown, rooms, strict=True):
            draw_map(sheet, move_land(land, room), drawn[group], disputed=joined.footprints[group].disputed)

    rows = [Item(row.shown.label, row.shown.fill) for row in list_level_rows(joined, looks, together)]
    notes = Section("", (Item(write_legend_note(joined), small=True),))
    sections = [Section(f"Level in each {joined.gazetteer.noun.one}", tuple(rows)), notes, list_off_map(joined)]
    return FigurePlan(write_summary(joined), sections, draw, count_rooms=count_rooms)


def _place_cells(sheet: Sheet, box: Box, number: int, name_lines: int = 1) -> list[Box]:
    """Return the grid in which the maps are largest."""
    gap, head = sheet.size.text, (HEAD + LEAD * (name_lines - 1)) * sheet.size.text

    def find_width(columns: int) -> float:
        lines = math.ceil(number / columns)
        return min(
            (box.width - gap * (columns - 1)) / columns, ((box.height - gap * (lines - 1)) / lines - head) / ASPECT
        )

    columns = max(range(1, number + 1), key=lambda each: (round(find_width(each), 3), -each))
    lines = math.ceil(number / columns)
    wide, high = (box.width - gap * (columns - 1)) / columns, (box.height - gap * (lines - 1)) / lines
    corners = [
        (box.left + (place % columns) * (wide + gap), box.top + (place // columns) * (high + gap))
        for place in range(number)
    ]
    return [Box(left, top, left + wide, top + high) for left, top in corners]


def count_rooms(sheet: Sheet, box: Box) -> int:
    """Return how many maps have room in this box."""
    least = sheet.size.small * NARROWEST
    fits = [
        number for number in range(1, 51)
        if all(
            cell.width >= least and cell.height - HEAD * sheet.size.text >= least * ASPECT
            for cell in _place_cells(sheet, box, number)
        )
    ]  # fmt: skip
    return max(fits, default=0)


def _break_name(sheet: Sheet, joined: LocalisedTable, group: str, cell: Box, most: int) -> list[str]:
    room = cell.width - sheet.size.text * 1.25
    return sheet.fonts.wrap(name_group(joined, group), room, sheet.size.text, bold=True, most=most)


def _write_head(sheet: Sheet, joined: LocalisedTable, colour: str, group: str, cell: Box, lines: int) -> Box:
    """Write a group's name and count above its map, and return the room for that."""
    size, footprint = sheet.size, joined.footprints[group]
    sheet.fill_box(
        Box(cell.left, cell.top + size.text * 0.2, cell.left + size.text * 0.8, cell.top + size.text), colour
    )
    for place, line in enumerate(_break_name(sheet, joined, group, cell, lines)):
        left, base = cell.left + size.text * 1.25, cell.top + size.text * (1 + LEAD * place)
        sheet.write(left, base, line, Letters(size.text, bold=True))
    below = LEAD * (lines - 1) * size.text
    said = joined.phrases.say("small_named", n=len(footprint.named), total=len(joined.report.units))
    said += joined.phrases.say("small_region", n=len(footprint.region)) if footprint.region else ""
    said = sheet.fonts.wrap(said, cell.width, size.small, most=1)[0]
    sheet.write(cell.left, cell.top + below + size.text * 1.3 + size.small, said, Letters(size.small, SOFT))
    return Box(cell.left, cell.top + below + HEAD * size.text, cell.right, cell.bottom)
