"""What stands beside a map: a table of groups, rows of a legend, and notes, in letters as large as fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.draw.figure.canvas import SOFT, Box, Letters, Sheet
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.labels.chip_marks import GROUND, ChipRows, draw_chips, find_pixel
from geo.draw.marks.chips import SIDE, Chip
from geo.draw.marks.map_classes import Fill
from geo.draw.marks.palette import INK

__all__ = ["LEAD", "Item", "Section", "TypeSetting", "find_setting", "place_sections", "typeset_panel"]

LEAD = 1.32
"""Height of a line as a multiple of its size."""

SWATCH = (2.5, 1.25)
"""Width and height of a swatch as multiples of the size of the text beside it."""

CHIP = 1.2
"""Size of a chip there as a multiple of that on the map, beside letters of the same size."""

COLUMN_GAP = 1.5
"""Between columns, in sizes of text."""

CELL_GAP = 0.6
"""Between numbers of a table, in sizes of text."""

LONGEST = 9
"""Sizes of text: so wide a column for names has to be for its longest word, however long that is."""

PaintSwatch = Callable[[Fill, Box], None]


@dataclass(frozen=True)
class Item:
    """One paragraph or legend row.

    ``fill`` is that of its swatch, ``chip`` what stands there instead, ``count`` stands at the right edge and
    ``counts`` in the columns of a table; ``more`` is what is said besides of a name, in soft letters.
    """

    text: str
    fill: Fill | None = None
    count: str = ""
    small: bool = False
    bold: bool = False
    chip: Chip | None = None
    counts: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Section:
    """Items under a heading, so many side by side; ``heads`` stand above the counts of a table."""

    heading: str
    items: tuple[Item, ...]
    across: int = 1
    heads: tuple[str, ...] = ()

    @property
    def is_small_print(self) -> bool:
        """Whether the section has no swatch, and so may stand anywhere in the figure."""
        return all(item.fill is None and item.chip is None for item in self.items)


@dataclass(frozen=True)
class TypeSetting:
    """How large items are set, and in how many columns."""

    text: float
    small: float
    columns: int = 1


@dataclass(frozen=True)
class Heads:
    """What stands above the columns of a table, each in lines."""

    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Spot:
    """Where a line of a heading or an item stands, how wide its column is, and those of the counts in it."""

    what: str | Item | Heads
    left: float
    top: float
    right: float
    cells: tuple[float, ...] = ()


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
    y, spots = box.top - above, list[Spot]()
    lefts = [box.left + number * (wide + COLUMN_GAP * setting.text) for number in range(setting.columns)]
    for section in sections:
        heads = fonts.wrap(section.heading.upper(), wide, setting.small, bold=True) if section.heading else []
        table = Heads(tuple(tuple(fonts.wrap_words(head)) for head in section.heads))
        cells = _measure_cells(fonts, section, table, setting)
        if not _has_names(fonts, section, wide - sum(cells), setting):
            return None
        deep = max((len(lines) for lines in table.lines), default=0)
        head = line * (len(heads) + 0.35 if heads else 0)
        top = head + line * (deep + 0.2 if deep else 0)
        y += above + top
        cell, rows = min(
            (_lay_rows(fonts, section, wide, across, cells, setting) for across in {section.across, 1}),
            key=lambda laid: (sum(high for _, high in laid[1]), -laid[0]),
        )
        for place, (row, high) in enumerate(rows):
            if y + high > box.bottom:
                y = box.top + (0 if place else top)
                lefts.pop(0)
            if not lefts or y + high > box.bottom:
                return None
            if not place:
                spots += [
                    Spot(each, lefts[0], y - top + line * (number + 0.84), lefts[0] + wide)
                    for number, each in enumerate(heads)
                ]
                spots += [Spot(table, lefts[0], y - line * 0.2, lefts[0] + wide, cells)] * bool(deep)
            for number, item in enumerate(row):
                left = lefts[0] + number * (cell + COLUMN_GAP * setting.small)
                spots.append(Spot(item, left, y, left + cell, cells))
            y += high + max(_gap(item, setting) for item in row)
    return spots


def _lay_rows(
    fonts: Fonts, section: Section, wide: float, across: int, cells: Sequence[float], setting: TypeSetting
) -> tuple[float, list[tuple[Sequence[Item], float]]]:
    """Return the width of an item where so many stand side by side, read down column by column, and the rows."""
    cell = (wide - COLUMN_GAP * setting.small * (across - 1)) / across
    down = -(-len(section.items) // across)
    rows = [section.items[place::down] for place in range(down)]
    return cell, [(row, max(_measure_height(fonts, item, cell, cells, setting) for item in row)) for row in rows]


def _measure_cells(fonts: Fonts, section: Section, heads: Heads, setting: TypeSetting) -> tuple[float, ...]:
    """Return the widths of the columns of a table with the gaps before them."""
    return tuple(
        CELL_GAP * setting.text + max(
            *(fonts.measure(line, setting.small) for line in lines),
            *(fonts.measure(item.counts[place], setting.text, bold=True) for item in section.items),
        )
        for place, lines in enumerate(heads.lines)
    )  # fmt: skip


def _has_names(fonts: Fonts, section: Section, room: float, setting: TypeSetting) -> bool:
    """Tell whether a table has room for names beside its counts, without breaking their words."""
    if not section.heads:
        return True
    words = (word for item in section.items for word in item.text.split())
    longest = max(fonts.measure(fonts.admit(word), setting.text) for word in words)
    return min(longest, LONGEST * setting.text) <= room - _indent(section.items[0], setting)


def typeset_panel(
    sheet: Sheet, sections: Sequence[Section], box: Box, setting: TypeSetting, paint: PaintSwatch
) -> None:
    """Write sections in the setting with which they fit; ``paint`` fills a swatch with the look of a class."""
    for spot in place_sections(sheet.fonts, sections, box, setting) or ():
        match spot.what:
            case Item():
                _write_item(sheet, spot.what, spot, setting, paint)
            case Heads(columns):
                _write_heads(sheet, columns, spot, setting)
            case text:
                sheet.typeset(spot.left, spot.top, text, Letters(setting.small, SOFT, bold=True))


def _write_heads(sheet: Sheet, columns: Sequence[Sequence[str]], spot: Spot, setting: TypeSetting) -> None:
    """Write what stands above columns, the last line of each above its counts."""
    for lines, right in zip(columns, _list_rights(spot), strict=True):
        for number, line in enumerate(reversed(lines)):
            base = spot.top - setting.small * LEAD * (number + 0.25)
            sheet.typeset(right, base, line, Letters(setting.small, SOFT, align="right"), "head")


def _list_rights(spot: Spot) -> list[float]:
    return [spot.right - sum(spot.cells[place + 1 :]) for place in range(len(spot.cells))]


def _size_of(item: Item, setting: TypeSetting) -> float:
    return setting.small if item.small else setting.text


def _indent(item: Item, setting: TypeSetting) -> float:
    """Return the width of what stands before the text."""
    size = _size_of(item, setting)
    if item.chip is not None:
        return SIDE * find_pixel(size) * CHIP + 0.6 * size
    return (SWATCH[0] + 0.7) * size if item.fill is not None else 0


@dataclass(frozen=True)
class Said:
    """The lines of an item; the soft words begin in the last of its own or, with no room there, in a line of theirs."""

    lines: Sequence[str]
    more: Sequence[str]
    is_beside: bool


def _break(fonts: Fonts, item: Item, width: float, cells: Sequence[float], setting: TypeSetting) -> Said:
    size = _size_of(item, setting)
    count = fonts.measure(item.count, size, bold=True) + size if item.count else 0
    room = width - _indent(item, setting) - count - (sum(cells) if item.counts else 0)
    lines = fonts.wrap(item.text, room, size, bold=item.bold)
    if not item.more:
        return Said(lines, (), is_beside=False)
    end = fonts.measure(lines[-1], size, bold=item.bold) + size * 0.4
    more = fonts.admit(item.more)
    if end + fonts.measure(more, setting.small) <= room:
        return Said(lines, (more,), is_beside=True)
    return Said(lines, fonts.wrap(item.more, room, setting.small), is_beside=False)


def _measure_height(fonts: Fonts, item: Item, width: float, cells: Sequence[float], setting: TypeSetting) -> float:
    said = _break(fonts, item, width, cells, setting)
    own = len(said.lines) * _size_of(item, setting)
    return (own + len(said.more) * setting.small * (not said.is_beside)) * LEAD


def _gap(item: Item, setting: TypeSetting) -> float:
    return _size_of(item, setting) * (0.2 if item.fill is None and item.chip is None else 0.32)


def _write_item(sheet: Sheet, item: Item, spot: Spot, setting: TypeSetting, paint: PaintSwatch) -> None:
    size, y = _size_of(item, setting), spot.top
    left = spot.left + _indent(item, setting)
    if item.fill is not None:
        wide, high = SWATCH[0] * size, SWATCH[1] * size
        top = y + (size * LEAD - high) / 2
        paint(item.fill, sheet.turn(Box(spot.left, top, spot.left + wide, top + high)))
    if item.chip is not None:
        pixel = find_pixel(size) * CHIP
        side, top = (SIDE + 2 * GROUND) * pixel, y + (size * LEAD - SIDE * pixel) / 2 - GROUND * pixel
        room = sheet.turn(Box(spot.left - GROUND * pixel, top, spot.left - GROUND * pixel + side, top + side))
        draw_chips(sheet, [(ChipRows((item.chip,), 1), room, "")], size * CHIP)
    said = _break(sheet.fonts, item, spot.right - spot.left, spot.cells, setting)
    role = "note" if item.fill is None and item.chip is None else "legend"
    for place, line in enumerate(said.lines):
        letters = Letters(size, SOFT if item.small and role == "note" else INK, item.bold)
        sheet.typeset(left, y + size * (LEAD * place + 1), line, letters, role)
    if said.is_beside:
        at = left + sheet.fonts.measure(said.lines[-1], size, bold=item.bold) + size * 0.4
        base = y + size * (LEAD * (len(said.lines) - 1) + 1)
        sheet.typeset(at, base, said.more[0], Letters(setting.small, SOFT), "legend")
    for place, line in enumerate(() if said.is_beside else said.more):
        base = y + size * LEAD * len(said.lines) + setting.small * (LEAD * place + 1)
        sheet.typeset(left, base, line, Letters(setting.small, SOFT), "legend")
    rights = [spot.right] if item.count else _list_rights(spot) if item.counts else []
    for number, (count, right) in enumerate(zip([item.count] if item.count else item.counts, rights, strict=True)):
        letters = Letters(size, bold=not number, align="right")
        sheet.typeset(right, y + size, count, letters, "cell" if item.chip else "count")
