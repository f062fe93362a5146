"""What stands beside a map: sections of legend rows and notes, in letters as large as fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.draw.figure.canvas import SOFT, Box, Letters, Sheet
from geo.draw.figure.fonts import Fonts
from geo.draw.marks.map_classes import Fill
from geo.draw.marks.palette import INK

__all__ = ["LEAD", "Item", "Section", "TypeSetting", "find_setting", "place_sections", "typeset_panel"]

LEAD = 1.32
"""Height of a line as a multiple of its size."""

SWATCH = (2.5, 1.25)
"""Width and height of a swatch as multiples of the size of the text beside it."""

COLUMN_GAP = 1.5
"""Between columns, in sizes of text."""

PaintSwatch = Callable[[Fill, Box], None]


@dataclass(frozen=True)
class Item:
    """One paragraph or legend row; ``fill`` is that of its swatch, ``count`` stands at the right edge."""

    text: str
    fill: Fill | None = None
    count: str = ""
    small: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Section:
    """Items under a heading."""

    heading: str
    items: tuple[Item, ...]

    @property
    def is_small_print(self) -> bool:
        """Whether the section has no swatch, and so may stand anywhere in the figure."""
        return all(item.fill is None for item in self.items)


@dataclass(frozen=True)
class TypeSetting:
    """How large items are set, and in how many columns."""

    text: float
    small: float
    columns: int = 1


@dataclass(frozen=True)
class Spot:
    """Where a line of a heading or an item stands, and how wide its column is."""

    what: str | Item
    left: float
    top: float
    right: float


def find_setting(sheet: Sheet, sections: Sequence[Section], box: Box, columns: int = 1) -> TypeSetting | None:
    """Find the largest letters with which all sections stand in a box; None where even the smallest are too large."""
    size = sheet.size
    sizes = (size.small + (size.text - size.small) * part / 4 for part in (4, 3, 2, 1, 0))
    settings = (TypeSetting(each, size.small, columns) for each in sizes)
    return next((each for each in settings if place_sections(sheet.fonts, sections, box, each)), None)


def place_sections(fonts: Fonts, sections: Sequence[Section], box: Box, setting: TypeSetting) -> list[Spot] | None:
    """Place sections one under the other, column by column; None where they have no room."""
    wide = (box.width - COLUMN_GAP * setting.text * (setting.columns - 1)) / setting.columns
    above, line = setting.text * 0.9, setting.small * LEAD
    y, spots = box.top - above, []
    lefts = [box.left + number * (wide + COLUMN_GAP * setting.text) for number in range(setting.columns)]
    for section in sections:
        heads = fonts.wrap(section.heading.upper(), wide, setting.small, bold=True) if section.heading else []
        head = line * (len(heads) + 0.35) if heads else 0
        y += above + head
        for place, item in enumerate(section.items):
            high = len(_break(fonts, item, wide, setting)) * _size_of(item, setting) * LEAD
            if y + high > box.bottom:
                y = box.top + (0 if place else head)
                lefts.pop(0)
            if not lefts or y + high > box.bottom:
                return None
            if not place:
                spots += [
                    Spot(each, lefts[0], y - line * (len(heads) - number - 0.49), lefts[0] + wide)
                    for number, each in enumerate(heads)
                ]
            spots.append(Spot(item, lefts[0], y, lefts[0] + wide))
            y += high + _gap(item, setting)
    return spots


def typeset_panel(
    sheet: Sheet, sections: Sequence[Section], box: Box, setting: TypeSetting, paint: PaintSwatch
) -> None:
    """Write sections in the setting with which they fit; ``paint`` fills a swatch with the look of a class."""
    for spot in place_sections(sheet.fonts, sections, box, setting) or ():
        if isinstance(spot.what, Item):
            _write_item(sheet, spot.what, spot, setting, paint)
        else:
            sheet.typeset(spot.left, spot.top, spot.what, Letters(setting.small, SOFT, bold=True))


def _size_of(item: Item, setting: TypeSetting) -> float:
    return setting.small if item.small else setting.text


def _break(fonts: Fonts, item: Item, width: float, setting: TypeSetting) -> list[str]:
    size = _size_of(item, setting)
    count = fonts.measure(item.count, size, bold=True) + size if item.count else 0
    room = width - (SWATCH[0] + 0.7) * size * (item.fill is not None) - count
    return fonts.wrap(item.text, room, size, bold=item.bold)


def _gap(item: Item, setting: TypeSetting) -> float:
    return _size_of(item, setting) * (0.32 if item.fill is not None else 0.2)


def _write_item(sheet: Sheet, item: Item, spot: Spot, setting: TypeSetting, paint: PaintSwatch) -> None:
    size, left, y = _size_of(item, setting), spot.left, spot.top
    if item.fill is not None:
        wide, high = SWATCH[0] * size, SWATCH[1] * size
        top = y + (size * LEAD - high) / 2
        paint(item.fill, sheet.turn(Box(left, top, left + wide, top + high)))
        left += wide + 0.7 * size
    for place, line in enumerate(_break(sheet.fonts, item, spot.right - spot.left, setting)):
        base = y + size * (LEAD * place + 1)
        role = "legend" if item.fill is not None else "note"
        sheet.typeset(left, base, line, Letters(size, SOFT if item.small else INK, item.bold), role)
        if item.count and not place:
            sheet.typeset(spot.right, base, item.count, Letters(size, bold=True, align="right"), "count")
