"""Every pair of groups at once: shared units and Jaccard index in a table shaded by the index, as on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import shapely

from geo.draw.figure.canvas import SOFT, Box, Letters, Sheet
from geo.draw.figure.legend_panel import LEAD, Item, Section
from geo.draw.figure.legend_rows import list_notes, list_off_map
from geo.draw.figure.single_map import FigurePlan, HasRoom
from geo.draw.marks.map_classes import Solid
from geo.draw.marks.overlap_shades import GRADES, grade_overlap, ink_on, name_grade, shade_grade
from geo.draw.marks.palette import CELL, CELL_EDGE, INK, PAPER
from geo.draw.wording.captions import MapHead
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.compare import write_comparison_headline
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import write_headline, write_named, write_summary
from geo.join.overlap import Overlap, compare_pairs, measure_units

__all__ = ["plan_matrix"]

NAMES = 0.36
"""Most of the width that the names of the rows take."""


@dataclass(frozen=True)
class Grid:
    """Where the cells of a table stand: its upper left corner, and the size of a cell, in points."""

    left: float
    top: float
    wide: float
    high: float

    def cell(self, row: int, column: int) -> Box:
        """Return the box of a cell."""
        left, top = self.left + column * self.wide, self.top + row * self.high
        return Box(left, top, left + self.wide, top + self.high)


def plan_matrix(joined: LocalisedTable) -> FigurePlan:
    """Plan the table of all pairs of the groups shown."""
    pairs = compare_pairs(joined.footprints, joined.shown, measure_units(joined.units, joined.gazetteer))

    def draw(sheet: Sheet, box: Box, _: HasRoom) -> None:
        _draw_table(sheet, box, joined, pairs)

    sections = [
        Section(joined.phrases.say("all_pairs"), _list_grades(joined.phrases, pairs)),
        list_notes(joined, joined.phrases.say("matrix_read")),
        list_off_map(joined),
    ]
    head = MapHead(_write_headline(joined, pairs), write_summary(joined, with_off_map=False))
    told = tuple(_tell_pairs(joined, pairs))
    return FigurePlan(head, sections, draw, told=told, count_rooms=count_rooms)


def _tell_pairs(joined: LocalisedTable, pairs: Mapping[tuple[str, str], Overlap]) -> Iterator[str]:
    phrases = joined.phrases
    for groups, pair in pairs.items():
        names = phrases.join_names([joined.table.groups[group].short for group in groups])
        shared, of = (phrases.write_number(len(units)) for units in (pair.shared, pair.union))
        yield f"{phrases.say('measure_shared', all=names)}: {shared}/{of}"


def _write_headline(joined: LocalisedTable, pairs: Mapping[tuple[str, str], Overlap]) -> str:
    """Say of the pair that shares the greatest part how far it does."""
    if not pairs:
        return write_headline(joined, joined.shown[0])
    most = max(pairs.values(), key=lambda pair: (pair.jaccard or 0, len(pair.shared)))
    return write_comparison_headline(joined, most) if most.shared else joined.phrases.say("headline_pairs_none")


def _list_grades(phrases: Catalogue, pairs: Mapping[tuple[str, str], Overlap]) -> tuple[Item, ...]:
    """Return the legend: every grade, most shared first, with its number of pairs."""
    grades = [grade_overlap(pair.jaccard) for pair in pairs.values()]
    return tuple(
        Item(name_grade(phrases, grade), Solid(shade_grade(grade)), phrases.write_number(grades.count(grade)))
        for grade in range(GRADES, -1, -1)
    )


def count_rooms(sheet: Sheet, box: Box) -> int:
    """Return for how many groups a table in this box has cells that hold their numbers."""
    size = sheet.size
    return int(min(box.width * (1 - NAMES) / (size.small * 3.4), (box.height - size.text * 2) / (size.small * 2.7)))


def _place_grid(sheet: Sheet, box: Box, names: list[str]) -> Grid:
    size = sheet.size
    widest = max(sheet.fonts.measure(sheet.fonts.admit(name), size.text) for name in names)
    head = min(widest + size.text * 3, box.width * NAMES)
    wide = min((box.width - head) / len(names), size.text * 17)
    high = min((box.height - size.text * 2) / len(names), wide * 0.62)
    return Grid(box.left + head, box.top + size.text * 2, wide, max(high, size.small * 2.7))


def _draw_table(sheet: Sheet, box: Box, joined: LocalisedTable, pairs: Mapping[tuple[str, str], Overlap]) -> None:
    names, phrases = [joined.table.groups[group].short for group in joined.shown], joined.phrases
    grid = _place_grid(sheet, box, names)
    _draw_heads(sheet, box, names, grid)
    for row, group in enumerate(joined.shown):
        named = write_named(joined, group), phrases.say("chip", "named")
        _draw_cell(sheet, grid.cell(row, row), CELL, named, INK)
        for column, other in enumerate(joined.shown[:row]):
            pair = pairs[other, group]
            shared, union = (phrases.write_number(len(units)) for units in (pair.shared, pair.union))
            said = shared, phrases.say("of", of=union)
            shade = shade_grade(grade_overlap(pair.jaccard))
            _draw_cell(sheet, grid.cell(row, column), shade, said, ink_on(shade))


def _draw_heads(sheet: Sheet, box: Box, names: list[str], grid: Grid) -> None:
    """Name rows in full, and columns too where each name fits; else number both."""
    size = sheet.size
    widths = [sheet.fonts.measure(sheet.fonts.admit(name), size.small, bold=True) for name in names]
    numbered = max(widths) > grid.wide - size.small * 0.5
    for place, name in enumerate(names):
        cell = grid.cell(place, place)
        figure = sheet.phrases.write_number(place + 1)
        said = f"{figure} {name}" if numbered else name
        most = max(int(grid.high / (size.text * LEAD)), 1)
        lines = sheet.fonts.wrap(said, grid.left - box.left - size.text, size.text, most=most)
        for number, line in enumerate(lines):
            base = (cell.top + cell.bottom) / 2 + size.text * (0.35 + LEAD * (number - (len(lines) - 1) / 2))
            sheet.typeset(box.left, base, line, Letters(size.text))
        head = figure if numbered else name
        x = (cell.left + cell.right) / 2
        sheet.typeset(x, grid.top - size.small * 0.6, head, Letters(size.small, bold=True, align="center"))


def _draw_cell(sheet: Sheet, cell: Box, shade: str, lines: tuple[str, str], colour: str) -> None:
    size = sheet.size
    turned = sheet.turn(cell)
    frame = shapely.box(turned.left, turned.top, turned.right, turned.bottom)
    sheet.fill(frame, shade)
    sheet.stroke(frame, CELL_EDGE, 0.6)
    x, y = (cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2
    big = size.text * 1.25 if cell.height > size.text * 3.4 else size.small
    fits = sheet.fonts.measure(sheet.fonts.admit(lines[1]), size.small) < cell.width - 2
    base = y - (size.small * 0.1 if fits else -big * 0.35)
    sheet.typeset(x, base, lines[0], Letters(big, colour, bold=True, align="center"))
    if fits:
        soft = SOFT if shade in (PAPER, CELL) else colour
        sheet.typeset(x, y + size.small * 1.1, lines[1], Letters(size.small, soft, align="center"))
