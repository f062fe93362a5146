"""Which part of a sheet is the body's, and which explains it: nothing that explains is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from geo.draw.figure.canvas import Box, Sheet, Size
from geo.draw.figure.captions import write_captions
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.legend_panel import Section, TypeSetting, find_setting, place_sections
from geo.draw.figure.single_map import FigurePlan
from geo.draw.wording.localised_names import LocalisedTable

__all__ = ["Layout", "lay_out"]

MAP_ASPECT = 1.38
"""Width for the height of a map of the country with a strip of its neighbours."""

WIDER, WIDEST = 1.4, 0.5
"""The panel may be so many times as wide as it is meant to be and, where it must explain much, so much of the room."""

LEAST = 0.4
"""Part of the sheet's height below which a body is too small to be read."""

BRIEF, COLUMNS = 0.85, 0.8
"""What a map of the same size is worth beside a brief legend, and beside one of two columns."""


@dataclass(frozen=True, eq=False)
class Layout:
    """A sheet with its words above and below, and what stands between: the body, and beside it the panel."""

    sheet: Sheet
    body: Box
    panel: Box
    sections: Sequence[Section]
    setting: TypeSetting

    @property
    def reach(self) -> float:
        """How large a map would be in the body."""
        return min(self.body.width / MAP_ASPECT, self.body.height)

    def has_room(self, section: Section) -> bool:
        """Tell whether the panel has room for one more section."""
        sections = [*self.sections, section]
        return place_sections(self.sheet.fonts, sections, self.panel, self.setting) is not None


@dataclass(frozen=True)
class Way:
    """What stands in the panel, in so many columns, and what below; ``ease`` is how easy that is to read."""

    ease: float
    columns: int
    sections: Sequence[Section]
    below: Sequence[str]


def lay_out(
    joined: LocalisedTable, plan: FigurePlan, size: Size, source: str, more: Sequence[Section] = ()
) -> Layout | None:
    """Find the layout that explains all and leaves the body most; None if there is none in this size.

    Where the panel has too little room it grows, the small print stands below over the full width, combinations of
    groups are written briefly, or the panel is set in two columns. It is to hold the sections ``more`` as well.
    ``source`` is the table as the user named it, for messages.
    """
    best, most, phrases = None, (0.0, 0.0), joined.phrases
    for way in _list_ways(plan):
        sheet = Sheet(size, Fonts(source, is_right_to_left=phrases.is_right_to_left), phrases)
        room = write_captions(sheet, joined, plan.head, plan.notes, way.below)
        widths = _list_widths(sheet, room) if room.height >= LEAST * sheet.size.height else []
        fits = (layout for width in widths if (layout := _fit(sheet, way, room, width, more)))
        if layout := next(fits, None):
            rooms = min(plan.count_rooms(sheet, layout.body), len(joined.shown))
            if (rate := (rooms, way.ease * layout.reach)) > most:
                best, most = layout, rate
            if way.ease == 1 and not way.below and layout.panel.left >= room.right - widths[0]:
                break
    return best


def _fit(sheet: Sheet, way: Way, room: Box, width: float, more: Sequence[Section]) -> Layout | None:
    panel = Box(room.right - width, room.top, room.right, room.bottom)
    body = Box(room.left, room.top, panel.left - sheet.size.text * 1.3, room.bottom)
    setting = find_setting(sheet, [*way.sections, *more], panel, way.columns)
    return Layout(sheet, body, panel, way.sections, setting) if setting else None


def _list_ways(plan: FigurePlan) -> Iterator[Way]:
    """List what may stand in the panel and what below, the easiest to read first."""
    for columns, sections in product((1, 2), (plan.sections, plan.brief) if plan.brief else (plan.sections,)):
        ease = (1 if sections is plan.sections else BRIEF) * (1 if columns == 1 else COLUMNS)
        kept = [each for each in sections if each.items]
        small = [each for each in kept if each.is_small_print]
        for left in range(len(small), -1, -1):
            below = [_write_out(each) for each in small[left:]]
            yield Way(ease, columns, [each for each in kept if each not in small[left:]], below)


def _write_out(section: Section) -> str:
    """Write a section as one paragraph."""
    said = " ".join(item.text for item in section.items)
    return f"{section.heading}: {said}" if section.heading else said


def _list_widths(sheet: Sheet, room: Box) -> list[float]:
    """List the widths that a panel may have; first what a map, which is as high as the room, does not need."""
    base = sheet.size.panel
    return [min(max(base, room.width - room.height * MAP_ASPECT), base * WIDER), base * WIDER, room.width * WIDEST]
