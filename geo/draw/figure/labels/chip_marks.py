"""Chips on a sheet: the same marks as on a page, in points, painted look by look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.draw.figure.canvas import Box, Letters, Sheet
from geo.draw.marks.chips import SIDE, STEP, Chip, Disc, Letter, Lines, Mark, Square, list_marks
from geo.draw.marks.palette import PAPER, mix_colours

__all__ = ["GROUND", "ChipRows", "draw_chips", "find_pixel", "measure_rows"]

NAME = 12.5
"""Pixels: so large are the names of a page that its chips stand with."""

GROUND = 2
"""Pixels of paper around chips, so that each is seen on every fill."""


@dataclass(frozen=True)
class ChipRows:
    """Chips in their order, so many in a row."""

    chips: tuple[Chip, ...]
    across: int


def find_pixel(size: float) -> float:
    """Return how many points stand for a pixel of chips beside letters of so many points."""
    return size / NAME


def measure_rows(rows: ChipRows, size: float) -> tuple[float, float]:
    """Return width and height of chips with their ground, in points, beside letters of so many points."""
    down = -(-len(rows.chips) // rows.across)
    wide, high = (number * STEP - STEP + SIDE + 2 * GROUND for number in (rows.across, down))
    return wide * find_pixel(size), high * find_pixel(size)


def draw_chips(sheet: Sheet, placed: Iterable[tuple[ChipRows, Box, str]], size: float) -> None:
    """Draw chips, each in its place, in rooms as large as measured; of which unit they are stands with their ground.

    Marks of one look are one path: a map has hundreds of them.
    """
    pixel, found = find_pixel(size), dict[tuple[int, Mark], list[tuple[float, float]]]()
    for rows, box, code in placed:
        sheet.fill(shapely.box(box.left, box.top, box.right, box.bottom), PAPER, role=f"chips {code}")
        for place, chip in enumerate(rows.chips):
            left = box.left + (GROUND + place % rows.across * STEP) * pixel
            top = box.top + (GROUND + place // rows.across * STEP) * pixel
            for layer, mark in enumerate(list_marks(chip)):
                found.setdefault((layer, mark), []).append((left, top))
    for (_, mark), corners in sorted(found.items(), key=lambda each: each[0][0]):
        _draw_mark(sheet, mark, corners, pixel)


def _draw_mark(sheet: Sheet, mark: Mark, corners: Sequence[tuple[float, float]], pixel: float) -> None:
    if isinstance(mark.shape, Letter):
        letter, letters = mark.shape, Letters(mark.shape.size * pixel, mark.fill, bold=True, align="center")
        for left, top in corners:
            sheet.write(left + letter.x * pixel, top + letter.base * pixel, letter.text, letters, "chip")
        return
    shape = _shape(mark.shape)
    shapes = [shapely.transform(shape, lambda points, at=at: points * pixel + at) for at in corners]
    if mark.fill:
        sheet.fill(shapely.MultiPolygon(shapes), mix_colours(mark.fill, PAPER, mark.share), role="chip")
    if mark.stroke:
        lines = shapely.union_all([each if isinstance(mark.shape, Lines) else each.exterior for each in shapes])
        dashes = (mark.dashes[0] / mark.width, mark.dashes[1] / mark.width) if mark.dashes else None
        sheet.stroke(lines, mark.stroke, mark.width * pixel, dashes=dashes, role="chip")


def _shape(shape: Square | Disc | Lines) -> BaseGeometry:
    match shape:
        case Square(inset, corner):
            low, high = inset + corner, SIDE - inset - corner
            return shapely.box(low, low, high, high).buffer(corner, quad_segs=3)
        case Disc(x, y, radius):
            return shapely.Point(x, y).buffer(radius, quad_segs=6)
        case Lines(lines):
            return shapely.MultiLineString(lines)
