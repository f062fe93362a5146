"""What stands beside a map: sections of legend rows and notes, made to fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from geo.draw.figure.fonts import Fonts
from geo.draw.figure.sheet import SOFT, Box, Sheet
from geo.draw.palette import INK

__all__ = ["LEAD", "Item", "Section", "set_panel"]

LEAD = 1.32
"""Height of a line as a multiple of its size."""

SWATCH = (2.5, 1.25)
"""Width and height of a swatch as multiples of the size of the text beside it."""

PaintSwatch = Callable[[str, Box], None]


@dataclass(frozen=True)
class Item:
    """One paragraph or legend row; ``key`` is the class of its swatch, ``count`` stands at the right edge."""

    text: str
    key: str | None = None
    count: str = ""
    small: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Section:
    """Items under a heading; where room is short they are cut in the order of ``cut``, never where it is 0."""

    heading: str
    items: tuple[Item, ...]
    cut: int = 0


@dataclass(frozen=True)
class _Set:
    """How large and how long items may be set."""

    text: float
    small: float
    most: int = 99


def set_panel(sheet: Sheet, sections: Sequence[Section], box: Box, paint: PaintSwatch) -> None:
    """Write sections one under the other, as large as fits; the last resort is to cut and to say so.

    Parameters
    ----------
    sheet : Sheet
    sections : sequence of Section
        Those without items are left out.
    box : Box
    paint : callable
        Fills a swatch with the look of a class.
    """
    sections = [section for section in sections if section.items]
    size = sheet.size
    steps = [_Set(size.small + (size.text - size.small) * part / 4, size.small) for part in (4, 3, 2, 1, 0)]
    for setting in steps:
        if _measure(sheet.fonts, sections, box.width, setting) <= box.height:
            break
    else:
        sections, setting = _shorten(sheet.fonts, sections, box, size.small)
    _write(sheet, sections, box, setting, paint)


def _shorten(fonts: Fonts, sections: Sequence[Section], box: Box, size: float) -> tuple[Sequence[Section], _Set]:
    """Cut the lists that come first, then long paragraphs, and only then the last lists."""
    for most in (8, 5, 3, 2):
        setting = _Set(size, size, most)
        kept = _cut_lists(fonts, sections, box, setting, 1)
        if _measure(fonts, kept, box.width, setting) <= box.height:
            return kept, setting
    return _cut_lists(fonts, kept, box, setting, 2), setting


def _cut_lists(fonts: Fonts, sections: Sequence[Section], box: Box, setting: _Set, turn: int) -> list[Section]:
    """Take items off the ends of the lists whose turn it is, until all fits or one item is left."""
    kept = list(sections)
    for place in (place for place in range(len(kept)) if kept[place].cut == turn):
        full = kept[place].items
        for left in range(len(full) - 1, 0, -1):
            if _measure(fonts, kept, box.width, setting) <= box.height:
                return kept
            more = Item(f"and {len(full) - left} more in the table", small=True)
            kept[place] = replace(kept[place], items=(*full[:left], more))
    return kept


def _size_of(item: Item, setting: _Set) -> float:
    return setting.small if item.small else setting.text


def _break(fonts: Fonts, item: Item, width: float, setting: _Set) -> list[str]:
    size = _size_of(item, setting)
    count = fonts.measure(item.count, size, bold=True) + size if item.count else 0
    room = width - (SWATCH[0] + 0.7) * size * (item.key is not None) - count
    return fonts.wrap(item.text, room, size, bold=item.bold, most=setting.most)


def _space(setting: _Set, heading: str) -> tuple[float, float]:
    """Return the space above a section, and that which its heading takes."""
    return setting.text * 0.9, setting.small * LEAD * 1.35 if heading else 0


def _gap(item: Item, setting: _Set) -> float:
    return _size_of(item, setting) * (0.32 if item.key is not None else 0.2)


def _measure(fonts: Fonts, sections: Sequence[Section], width: float, setting: _Set) -> float:
    height = -_space(setting, "")[0]
    for section in sections:
        height += sum(_space(setting, section.heading))
        for item in section.items:
            lines = len(_break(fonts, item, width, setting))
            height += lines * _size_of(item, setting) * LEAD + _gap(item, setting)
    return height


def _write(sheet: Sheet, sections: Sequence[Section], box: Box, setting: _Set, paint: PaintSwatch) -> None:
    y = box.top - _space(setting, "")[0]
    for section in sections:
        above, head = _space(setting, section.heading)
        y += above + head
        if section.heading:
            sheet.write(box.left, y - head * 0.38, section.heading.upper(), setting.small, colour=SOFT, bold=True)
        for item in section.items:
            y = _write_item(sheet, item, y, box, setting, paint)


def _write_item(sheet: Sheet, item: Item, y: float, box: Box, setting: _Set, paint: PaintSwatch) -> float:
    size = _size_of(item, setting)
    left = box.left
    if item.key is not None:
        wide, high = SWATCH[0] * size, SWATCH[1] * size
        top = y + (size * LEAD - high) / 2
        paint(item.key, Box(left, top, left + wide, top + high))
        left += wide + 0.7 * size
    for place, line in enumerate(_break(sheet.fonts, item, box.width, setting)):
        base = y + size * (LEAD * place + 1)
        role = "legend" if item.key is not None else "note"
        sheet.write(left, base, line, size, colour=SOFT if item.small else INK, bold=item.bold, role=role)
        if item.count and not place:
            sheet.write(box.right, base, item.count, size, bold=True, align="right", role="count")
    return y + size * LEAD * (place + 1) + _gap(item, setting)
