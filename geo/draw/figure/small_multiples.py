"""One small map for each group, all of the same country in the same frame, with one legend."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from geo.draw.figure.canvas import SOFT, Box, Letters, Sheet, Size
from geo.draw.figure.draw_map import draw_map
from geo.draw.figure.legend_panel import LEAD, Item, Section
from geo.draw.figure.legend_rows import list_notes, list_off_map
from geo.draw.figure.projected_map import fit_land, move_land
from geo.draw.figure.single_map import FigurePlan, HasRoom
from geo.draw.marks.legend import describe_classes, find_looks, list_level_rows
from geo.draw.wording.captions import MapHead
from geo.draw.wording.compare import write_counts
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import UNCOUNTED, name_group, write_named, write_summary
from geo.join.classes import class_by_level
from geo.model import Topology

__all__ = ["plan_multiples"]

ASPECT = 0.8
"""Height of the country's map for its width."""

GAP = 2
"""Points around the country."""

KEY = 1.25
"""Width of a group's colour before its name, in sizes of text."""

MOST_COUNTED = 3
"""Groups whose numbers a headline tells one by one."""

NARROWEST = 9
"""Width of a small map as a multiple of the size of its smallest letters."""


def plan_multiples(joined: LocalisedTable, topology: Topology) -> FigurePlan:
    """Plan a grid of maps, each the levels of one group, which goes by its short name where all leave no room."""
    classes = {
        group: class_by_level(joined.report.units, joined.footprints, group, joined.besides) for group in joined.shown
    }
    looks = find_looks(joined)
    drawn = {group: describe_classes(joined, looks, found, "level") for group, found in classes.items()}
    together = [each for found in classes.values() for each in found.values()]
    counts = [write_small_count(joined, group) for group in joined.shown]
    short = [joined.table.groups[group].short for group in joined.shown]
    full = [name_group(joined, group) for group in joined.shown]
    ways = [
        [Head(name, count, is_small=is_small) for name, count in zip(names, counts, strict=True)]
        for names, is_small in ((full, False), (short, False), (short, True))
    ]

    def draw(sheet: Sheet, box: Box, _: HasRoom) -> None:
        heads, grid = next((heads, grid) for heads in ways if (grid := _find_grid(sheet, box, heads)))
        rooms = [
            sheet.turn(_write_head(sheet, head, looks.slots[group].colour, cell, grid))
            for group, head, cell in zip(joined.shown, heads, grid.place(box, sheet.size.text), strict=False)
        ]
        spare = fit_land(topology, rooms[0], GAP).outer.bounds[1] - rooms[0].top - GAP
        rooms = [replace(room, bottom=room.bottom - 2 * spare) for room in rooms]
        land = fit_land(topology, rooms[0], GAP)
        for group, room in zip(joined.shown, rooms, strict=True):
            shown = move_land(land, room)
            draw_map(sheet, shown, drawn[group], disputed=joined.footprints[group].disputed, is_alone=True)

    def count_rooms(sheet: Sheet, box: Box) -> int:
        """Return how many maps have room, with what stands above them."""
        numbers = range(len(joined.shown), 0, -1)
        fits = (number for number in numbers if any(_find_grid(sheet, box, heads[:number]) for heads in ways))
        return next(fits, 0)

    rows = [Item(row.shown.label, row.shown.fill) for row in list_level_rows(joined, looks, together)]
    sections = [Section(joined.phrases.say("level_each"), tuple(rows)), list_notes(joined), list_off_map(joined)]
    head = MapHead(_write_headline(joined), write_summary(joined, with_off_map=False))
    told = tuple(f"{each.name}: {each.count}" for each in ways[0])
    return FigurePlan(head, sections, draw, told=told, count_rooms=count_rooms)


def _write_headline(joined: LocalisedTable) -> str:
    """Say how many units each group is named in or, of many groups, between which numbers."""
    phrases, kinds = joined.phrases, Counter(joined.table.groups[group].kind for group in joined.shown)
    numbers = {group: len(joined.footprints[group].named) for group in joined.shown}
    if len(numbers) <= MOST_COUNTED:
        return write_counts(joined, joined.shown)
    also = [phrases.say_count(f"also_{kind}", kinds[kind]) for kind in UNCOUNTED if kinds[kind]]
    said = phrases.say_head_count("groups_counted", kinds["group"])
    groups = phrases.join_names([said, *also] if kinds["group"] else also)
    low, high = min(numbers.values()), max(numbers.values())
    if low == high:
        return phrases.say_count("headline_level", low, groups=groups)
    most = [name_group(joined, group) for group, number in numbers.items() if number == high]
    return phrases.say(
        "headline_span" if len(most) <= MOST_COUNTED else "headline_span_alike",
        groups=groups, low=phrases.write_number(low), high=phrases.write_number(high), most=phrases.join_names(most),
    )  # fmt: skip


@dataclass(frozen=True)
class Head:
    """What stands above a small map."""

    name: str
    count: str
    is_small: bool = False

    def find_size(self, size: Size) -> float:
        """Return how large the name is written."""
        return size.small if self.is_small else size.text


@dataclass(frozen=True)
class Grid:
    """Cells for maps, so many columns of them, and the room that stands above each map."""

    columns: int
    rows: int
    wide: float
    high: float
    names: float
    """Height of names above each map, in points."""
    counts: int
    """Lines of counts there."""

    def head(self, size: Size) -> float:
        """Return the height of what stands above a map."""
        return self.names + size.small * (0.4 + LEAD * self.counts)

    def place(self, box: Box, gap: float) -> list[Box]:
        """List the cells in a box, row by row."""
        corners = product(range(self.rows), range(self.columns))
        places = [(box.left + x * (self.wide + gap), box.top + y * (self.high + gap)) for y, x in corners]
        return [Box(left, top, left + self.wide, top + self.high) for left, top in places]


def _find_grid(sheet: Sheet, box: Box, heads: Sequence[Head]) -> Grid | None:
    """Return the grid in which no name is broken and, of those, the maps are largest; None where they are too small."""
    least, best, most = sheet.size.small * NARROWEST, None, (False, 0.0)
    for columns in range(1, len(heads) + 1):
        grid, is_whole = _make_grid(sheet, box, heads, columns)
        width = min(grid.wide, (grid.high - grid.head(sheet.size)) / ASPECT)
        if width >= least and (rate := (is_whole, round(width, 3))) > most:
            best, most = grid, rate
        if grid.wide < least:
            break
    return best


def _make_grid(sheet: Sheet, box: Box, heads: Sequence[Head], columns: int) -> tuple[Grid, bool]:
    """Return a grid of so many columns, and whether each word of a name has room in a line."""
    size, rows = sheet.size, math.ceil(len(heads) / columns)
    wide, high = (
        (length - size.text * (number - 1)) / number for length, number in ((box.width, columns), (box.height, rows))
    )
    room, letters = max(wide - KEY * size.text, size.text), heads[0].find_size(size)
    names = max(len(sheet.fonts.wrap(head.name, room, letters, bold=True)) for head in heads)
    counts = max(len(sheet.fonts.wrap(head.count, max(wide, size.text), size.small)) for head in heads)
    words = {word for head in heads for word in head.name.split()}
    is_whole = all(sheet.fonts.measure(sheet.fonts.admit(word), letters, bold=True) <= room for word in words)
    return Grid(columns, rows, wide, high, size.text * 0.3 + letters * LEAD * names, counts), is_whole


def _write_head(sheet: Sheet, head: Head, colour: str, cell: Box, grid: Grid) -> Box:
    """Write a group's name and count above its map, and return the room for that."""
    size = sheet.size
    key = Box(cell.left, cell.top + size.text * 0.2, cell.left + size.text * 0.8, cell.top + size.text)
    sheet.fill_box(sheet.turn(key), colour)
    letters = Letters(head.find_size(size), bold=True)
    for place, line in enumerate(sheet.fonts.wrap(head.name, cell.width - KEY * size.text, letters.size, bold=True)):
        base = cell.top + size.text + letters.size * LEAD * place
        sheet.typeset(cell.left + KEY * size.text, base, line, letters)
    below = cell.top + grid.names
    for place, line in enumerate(sheet.fonts.wrap(head.count, cell.width, size.small)):
        sheet.typeset(cell.left, below + size.small * (1 + LEAD * place), line, Letters(size.small, SOFT))
    return Box(cell.left, cell.top + grid.head(size), cell.right, cell.bottom)


def write_small_count(joined: LocalisedTable, group: str) -> str:
    """Say how many units a group is named in, and in how many more by region."""
    phrases, footprint, total = joined.phrases, joined.footprints[group], len(joined.report.units)
    region = len(footprint.region)
    said = phrases.say("small_named", n=write_named(joined, group), total=phrases.write_number(total))
    return said + (phrases.say("small_region", n=phrases.write_number(region)) if region else "")
