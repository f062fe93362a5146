"""Names on a map that neither touch each other nor leave the frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely

from geo.draw.figure.land import Land
from geo.draw.figure.sheet import Box, Sheet

__all__ = ["Label", "name_neighbours", "place_labels"]

COUNTRY = "#5d636a"
LINE = 1.16
STEPS = (
    (0.0, 0.0), (0.0, -0.6), (0.0, 0.6), (0.0, -1.1), (0.0, 1.1), (-0.8, 0.0), (0.8, 0.0), (-1.4, 0.0), (1.4, 0.0),
    (-1.2, -0.8), (1.2, 0.8), (-1.2, 0.8), (1.2, -0.8),
)  # fmt: skip
"""Where else a label may stand if its own place is taken, in heights of a letter."""


@dataclass(frozen=True)
class Label:
    """What to write in a unit: the first of ``variants`` that fits; a line is (text, bold)."""

    code: str
    variants: tuple[tuple[tuple[str, bool], ...], ...]


def place_labels(sheet: Sheet, land: Land, labels: Iterable[Label], size: float) -> list[Box]:
    """Write labels, the most important first, and leave out what would touch another or leave the frame.

    Parameters
    ----------
    sheet : Sheet
    land : Land
    labels : iterable of Label
        Most important first.
    size : float
        Of the letters, in points.

    Returns
    -------
    list of Box
        The room taken.
    """
    taken: list[Box] = []
    for label in labels:
        area = land.units[label.code]
        left, _, right, _ = area.bounds
        for lines in label.variants:
            width = max(sheet.fonts.measure(sheet.fonts.admit(text), size, bold=bold) for text, bold in lines)
            if width > (right - left) * 1.5:
                continue
            box = _find_room(land, label.code, width, len(lines) * size * LINE, size, taken)
            if box:
                taken.append(box)
                _write(sheet, box, lines, size)
                break
    return taken


def _find_room(land: Land, code: str, width: float, height: float, size: float, taken: Sequence[Box]) -> Box | None:
    x, y = land.points[code]
    for step_x, step_y in STEPS:
        at = x + step_x * size, y + step_y * size
        box = Box(at[0] - width / 2 - 1, at[1] - height / 2, at[0] + width / 2 + 1, at[1] + height / 2)
        if not land.box.holds(box) or any(box.touches(other) for other in taken):
            continue
        if (step_x, step_y) == (0.0, 0.0) or land.units[code].distance(shapely.Point(at)) < size * 0.4:
            return box
    return None


def _write(sheet: Sheet, box: Box, lines: Sequence[tuple[str, bool]], size: float) -> None:
    for place, (text, bold) in enumerate(lines):
        base = box.top + size * (LINE * place + 0.93)
        sheet.write(
            (box.left + box.right) / 2, base, text, size, bold=bold, align="center", halo=size * 0.28, role="label"
        )


def name_neighbours(sheet: Sheet, land: Land, size: float) -> None:
    """Write the names of neighbouring countries where they fit into what is seen of them."""
    units = shapely.union_all(list(land.units.values())).buffer(size * 0.4)
    for name, area, point in land.neighbours:
        if not name:
            continue
        text = sheet.fonts.admit(name.upper())
        half, high = sheet.fonts.measure(text, size) / 2 + size * 0.4, size * 0.75
        free = area.difference(units)
        for x, y in [point, *_find_middle(free)]:
            room = shapely.box(x - half, y - high, x + half, y + high)
            if free.covers(room):
                sheet.write(x, y + size * 0.36, text, size, colour=COUNTRY, align="center", role="label")
                break


def _find_middle(area: shapely.Geometry) -> list[tuple[float, float]]:
    """Return the points farthest from the border in each large part of an area."""
    parts = sorted(shapely.get_parts(area), key=lambda part: -part.area)[:2]
    circles = [shapely.maximum_inscribed_circle(part, 2) for part in parts if part.area > 100]
    return [(float(circle.coords[0][0]), float(circle.coords[0][1])) for circle in circles]
