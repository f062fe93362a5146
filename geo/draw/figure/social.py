"""A picture for social media: what can still be read where it is shown 400 pixels wide, and nothing left unexplained.

Few words in large letters: when and of how many sources, the headline, the map without names, its key, what cannot be
placed, and the note on presence and silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, product

import shapely

from geo.draw.figure.alternative_text import tell_classes
from geo.draw.figure.canvas import SOCIAL, SOFT, Box, Letters, Sheet
from geo.draw.figure.draw_map import draw_map, paint_swatch
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.legend_panel import Item
from geo.draw.figure.projected_map import fit_land
from geo.draw.marks.legend import (
    Looks,
    describe_classes,
    find_disputed,
    find_looks,
    list_compared_rows,
    list_level_rows,
    list_rows,
)
from geo.draw.marks.map_classes import Bands, LegendRow, MapClass, Outline, Solid
from geo.draw.marks.palette import BORDER, INK, PAPER, choose_ink
from geo.draw.wording.captions import VIEW_KINDS, MapHead, write_credit, write_kicker
from geo.draw.wording.evidence import DOT
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import find_shown_as, list_off_map, name_group, say_filters
from geo.draw.wording.table_date import say_day
from geo.join.classes import (
    MOST_BANDS,
    NAMED,
    STANDINGS,
    Combination,
    Gap,
    GroupCount,
    GroupShade,
    UnitClass,
    class_by_group,
    class_by_level,
    class_by_shade,
)
from geo.join.footprints import choose_groups
from geo.model import Topology

__all__ = ["DRAWN", "PRINT", "ShownMap", "choose_shown", "draw_social"]

DRAWN = ("choropleth", "overlay", "compare")
"""Kinds that say anything in so few words."""

HEADLINES = ((36, 2, 1.0), (33, 2, 0.98), (30, 2, 0.95), (27, 3, 0.88))
"""Sizes of a headline, in points, with the most lines it may have in each, and how easy it is to read."""

BRIEF, BELOW = 0.85, 0.95
"""What a map of the same size is worth beside a key or a note that says less, and above a note that stands below."""

PRINT = 14.25
"""Points: who drew the borders and which sources there are, for whoever opens the picture."""

LEAD = 1.25
PATTERN = 0.9
"""Points for a pixel of the page's patterns: finer ones would run together."""

LEAST = 150
"""Points: a lower map shows nothing."""

ASPECT, WIDEST = 1.38, 0.5
"""Width of the map for its height, and the most of the room that it takes."""

MOST_ROWS = 3
"""So many numbers of groups have a row each in the key; more are a strip of shades."""

SWATCH = (1.7, 1.05)
"""Width and height of a swatch as multiples of the size of the text beside it."""

ROW = 1.62
"""Height of a row of the key as a multiple of its size."""


@dataclass(frozen=True)
class ShownMap:
    """What the map shows and the rows that explain it; ``keys`` are ways to say them in short, the fullest first.

    ``strip`` are numbers of groups, side by side, ``said`` ways to say what stands below the key as text.
    """

    classes: Mapping[str, MapClass]
    rows: Sequence[LegendRow]
    disputed: frozenset[str]
    keys: Sequence[Sequence[Item]]
    strip: Sequence[MapClass] = ()
    said: Sequence[str] = ("",)


@dataclass(frozen=True)
class Line:
    """A line of text with its base line."""

    left: float
    base: float
    text: str
    letters: Letters


@dataclass(frozen=True)
class Place:
    """Where a row of the key stands, and where its count ends."""

    item: Item
    lines: Sequence[str]
    left: float
    top: float
    right: float


@dataclass(frozen=True, eq=False)
class Layout:
    """Where all stands: lines of text with their letters, the map, the strip's corner, and the key.

    ``rate`` is how large the map is, and how easy the rest is to read.
    """

    rate: float
    lines: Sequence[Line]
    box: Box
    panel: Box
    key: Sequence[Place]


@dataclass(frozen=True)
class Way:
    """One way to say all: a headline of one size, one key, and one note, beside the map or below it."""

    headline: tuple[float, int, float]
    key: tuple[int, Sequence[Item]]
    note: tuple[int, str]
    is_below: bool


def draw_social(
    joined: LocalisedTable, topology: Topology, kind: str, head: MapHead, source: str, compared: Sequence[str] = ()
) -> tuple[Sheet, list[str]] | None:
    """Draw one of `DRAWN`, and tell what it shows; None where it has no room for all that it must say.

    ``source`` is the table as the user named it, for messages, ``compared`` the groups of a ``compare``.
    """
    if compared:
        joined = replace(joined, shown=tuple(group for group in joined.footprints if group in compared))
    shown, phrases = choose_shown(joined, kind), joined.phrases
    sheet = Sheet(SOCIAL, Fonts(source, is_right_to_left=phrases.is_right_to_left), phrases)
    filters = " ".join(_say_filters(joined))
    off_map = _list_off_map(joined, compared or None)
    notes = [" ".join(filter(None, (filters, *each))) for each in product(shown.said, off_map)]
    tried = product(HEADLINES, enumerate(shown.keys), enumerate(notes), (False, True))
    found = (_lay_out(sheet, joined, shown, head.headline, Way(*way)) for way in tried)
    layout = max(filter(None, found), key=lambda each: each.rate, default=None)
    if layout is None:
        return None
    for line in sorted(layout.lines, key=lambda each: each.base):
        sheet.typeset(line.left, line.base, line.text, line.letters)
    land = fit_land(topology, sheet.turn(layout.box), 2)
    draw_map(sheet, land, shown.classes, disputed=shown.disputed, scale=PATTERN, is_alone=True)
    _draw_strip(sheet, joined, shown.strip, layout.panel)
    for place in layout.key:
        _draw_row(sheet, place)
    return sheet, list(tell_classes(joined, shown.rows, shown.classes, shown.disputed))


def choose_shown(joined: LocalisedTable, kind: str) -> ShownMap:
    """Choose what the map shows, as on the page, and how it is explained in few words."""
    looks, units = find_looks(joined), joined.report.units
    asked, prints, besides = joined.choices.groups, joined.footprints, joined.besides
    if kind == "compare":
        classes = class_by_group(units, prints, joined.shown, besides)
        rows = list_compared_rows(joined, looks, classes, joined.shown)
        keys = [_list_rows(joined, rows), *_list_keys(joined, looks, classes, rows)]
        return _show(joined, looks, "compare", classes, rows, keys)
    if kind == "choropleth" and asked is not None and len(joined.shown) == 1:
        (group,) = joined.shown
        classes = class_by_level(units, prints, group, besides)
        rows = list_level_rows(joined, looks, classes.values(), group)
        described = describe_classes(joined, looks, classes, "level")
        key = [Item(name_group(joined, group), bold=True), *_list_rows(joined, rows)]
        return ShownMap(described, rows, prints[group].disputed, [key])
    if kind == "choropleth":
        classes = dict(joined.count_classes)
        return _show_numbers(joined, looks, "count", classes)
    if len(joined.shown) > MOST_BANDS:
        counted = [group for group in joined.shown if joined.table.groups[group].kind == "group"]
        return _show_numbers(joined, looks, "overlay", class_by_shade(units, prints, joined.shown, counted, besides))
    classes = class_by_group(units, prints, joined.shown, besides)
    rows = list_rows(joined, looks, classes, "overlay")
    return _show(joined, looks, "overlay", classes, rows, _list_keys(joined, looks, classes, rows))


def _show(
    joined: LocalisedTable, looks: Looks, view: str, classes: Mapping[str, UnitClass], rows: Sequence[LegendRow],
    keys: Sequence[Sequence[Item]],
) -> ShownMap:  # fmt: skip
    return ShownMap(describe_classes(joined, looks, classes, view), rows, find_disputed(joined, view), keys)


def _show_numbers(joined: LocalisedTable, looks: Looks, view: str, classes: Mapping[str, UnitClass]) -> ShownMap:
    """Show how many groups are named; which, in text: the numbers as a strip if they are many, else as rows."""
    phrases, rows = joined.phrases, list_rows(joined, looks, classes, view)
    numbers = [row for row in rows if isinstance(row.shown.of, GroupCount | GroupShade)]
    is_strip = len(numbers) > MOST_ROWS
    kept = [row for row in rows if not is_strip or row not in numbers]
    named = [
        _count_named(joined, group) for group in joined.shown if joined.table.groups[group].kind in VIEW_KINDS[view]
    ]
    said = f"{phrases.say('groups_heading')}: {phrases.join_names(named, 'comma')}" if named else ""
    strip = sorted((row.shown for row in numbers), key=lambda each: each.order, reverse=True) if is_strip else []
    shown = _show(joined, looks, view, classes, rows, [_list_rows(joined, kept)])
    # Where colours are of numbers alone the groups explain nothing, unless they were chosen.
    brief = [""] if view == "count" and joined.choices.groups is None else []
    return replace(shown, strip=strip, said=[phrases.say("stop", said=said), *brief] if said else [""])


def _count_named(joined: LocalisedTable, group: str) -> str:
    number = joined.phrases.write_number(len(joined.footprints[group].named))
    return joined.phrases.say("name_sign", name=joined.table.groups[group].short, sign=number)


def _list_rows(joined: LocalisedTable, rows: Sequence[LegendRow]) -> list[Item]:
    """List what stands on the map, in short; nothing is explained that it does not show."""
    phrases = joined.phrases
    return [Item(_shorten(joined, row.shown), row.shown.fill, phrases.write_number(row.count))
            for row in rows if row.count]  # fmt: skip


def _shorten(joined: LocalisedTable, each: MapClass) -> str:
    if isinstance(each.fill, Outline):
        return joined.phrases.say("social", "disputed")
    return joined.phrases.say("social", "na") if each.of == Gap("na") else each.label


def _list_keys(
    joined: LocalisedTable, looks: Looks, classes: Mapping[str, UnitClass], rows: Sequence[LegendRow]
) -> list[list[Item]]:
    """List keys by group, with their names, and with their short ones."""
    gaps = _list_rows(joined, [row for row in rows if not isinstance(row.shown.of, Combination)])
    return [[*_list_groups(joined, looks, classes, short=short), *gaps] for short in (False, True)]


def _list_groups(
    joined: LocalisedTable, looks: Looks, classes: Mapping[str, UnitClass], *, short: bool
) -> Iterator[Item]:
    """List groups with the number of units they are named in, and then how else they stand on the map."""
    phrases = joined.phrases
    drawn = [each for each in classes.values() if isinstance(each, Combination)]
    standing = {(group, how): looks.slots[group] for each in drawn for group, how in each.standings}
    for group in joined.shown:
        if any((group, how) in standing for how in STANDINGS):
            number = phrases.write_number(len(joined.footprints[group].named))
            name = joined.table.groups[group].short if short else name_group(joined, group)
            yield Item(name, Solid(looks.slots[group].colour), number)
    several = [each for each in drawn if len(each.standings) > 1]
    if several:
        bands = tuple((looks.slots[group], NAMED) for group, _ in several[0].standings)
        yield Item(phrases.say("social", "several"), Bands(bands), phrases.write_number(len(several)))
    for how in STANDINGS[1:]:
        places = sum(any(each == how for _, each in found.standings) for found in drawn)
        slot = next((slot for (_, each), slot in standing.items() if each == how), None)
        if slot:
            said = phrases.say("chip", how)
            yield Item(said[:1].upper() + said[1:], Bands(((slot, how),)), phrases.write_number(places))


def _say_filters(joined: LocalisedTable) -> list[str]:
    """Say which records are left out; which groups, the key says."""
    phrases, choices = joined.phrases, joined.choices
    rolled = [phrases.say("chosen_roll_up")] if choices.roll_up else []
    return [*say_filters(phrases, joined.table, choices), *rolled]


def _list_off_map(joined: LocalisedTable, compared: Sequence[str] | None) -> list[str]:
    """List ways to say what cannot be placed: in sentences, and by the groups alone."""
    phrases, table = joined.phrases, joined.table
    found = list_off_map(joined, compared)
    if not found:
        return [""]
    told = (group for number, _ in found for group in choose_groups(table.records[number - 1], table, joined.choices))
    groups = [group for group in dict.fromkeys(told) if compared is None or find_shown_as(group, joined) in compared]
    whole = phrases.say("semicolon").join(said for _, said in found)
    names = phrases.join_names([table.groups[group].short for group in groups])
    return [phrases.say("compare_off_map", items=items) for items in (whole, names)]


def _lay_out(
    sheet: Sheet, joined: LocalisedTable, shown: ShownMap, headline: str, way: Way
) -> Layout | None:  # fmt: skip
    """Lay all out in one way; None where a part has no room."""
    fonts, small = sheet.fonts, sheet.size.small
    left, right = sheet.size.margin, sheet.size.width - sheet.size.margin
    large, most, ease = way.headline
    head = fonts.wrap(headline, right - left, large, bold=True)
    kicker = _pick(sheet, _list_kickers(joined), right - left, small, 1)
    if len(head) > most or not kicker:
        return None
    lines = [Line(left, left + small * 0.8, kicker[0], Letters(small, SOFT))]
    lines += _stack(left, left + small * 0.9 + large * LEAD, head, Letters(large, bold=True))
    note = way.note[1]
    below = _list_below(sheet, joined, note if way.is_below else "")
    if below is None:
        return None
    bottom = sheet.size.height - left
    for text, letters in reversed(below):
        lines.append(Line(left, bottom, text, letters))
        bottom -= letters.size * LEAD
    body = Box(left, lines[len(head)].base + large * 0.55, right, bottom - small * 0.1)
    wide = min(body.height * ASPECT, body.width * WIDEST)
    box = Box(left, body.top, left + wide, body.bottom)
    panel = Box(box.right + small, body.top, right, body.bottom)
    beside = fonts.wrap(note, panel.width, small) if note and not way.is_below else []
    high = len(beside) * small * LEAD + small * 0.5 * bool(beside)
    room = replace(panel, bottom=panel.bottom - high)
    key = _place_key(sheet, way.key[1], room, _measure_strip(sheet) if shown.strip else 0)
    if key is None or body.height < LEAST:
        return None
    lines += _stack(panel.left, _find_end(key, small, panel.top) + small * 1.2, beside, Letters(small))
    rate = wide * ease * BRIEF ** (way.key[0] + way.note[0]) * (BELOW if way.is_below else 1)
    return Layout(rate, lines, box, panel, key)


def _stack(left: float, base: float, texts: Sequence[str], letters: Letters) -> list[Line]:
    """Put lines one below the other."""
    return [Line(left, base + letters.size * LEAD * place, text, letters) for place, text in enumerate(texts)]


def _list_below(sheet: Sheet, joined: LocalisedTable, note: str) -> list[tuple[str, Letters]] | None:
    """List the lines below the map; None where sources and borders have no room."""
    phrases, width, small = joined.phrases, sheet.size.width - 2 * sheet.size.margin, sheet.size.small
    print_ = _pick(sheet, _list_prints(joined), width, PRINT, 2)
    if print_ is None:
        return None
    disclaimer = f"{phrases.say('foot_strong')} {phrases.say('foot_silence')}"
    noted = sheet.fonts.wrap(note, width, small) if note else []
    plain, strong = Letters(small), Letters(small, bold=True)
    warned = sheet.fonts.wrap(disclaimer, width, small, bold=True)
    return [
        *((line, plain) for line in noted), *((line, strong) for line in warned),
        *((line, Letters(PRINT, SOFT)) for line in print_),
    ]  # fmt: skip


def _pick(sheet: Sheet, ways: Iterable[str], width: float, size: float, most: int) -> list[str] | None:
    """Return the lines of the first text that has no more of them."""
    broken = (sheet.fonts.wrap(each, width, size) for each in ways)
    return next((lines for lines in broken if len(lines) <= most), None)


def _list_kickers(joined: LocalisedTable) -> list[str]:
    """List ways to say of when and of how many sources the table is: with its title, and without."""
    phrases, number = joined.phrases, len(joined.table.sources)
    sources = phrases.say_count("source_count", number) if number else phrases.say("unsourced")
    return [write_kicker(joined), DOT.join(filter(None, (say_day(phrases, joined.table).rstrip("."), sources)))]


def _list_prints(joined: LocalisedTable) -> list[str]:
    """List ways to say sources and borders, the fullest first; whose the borders are is always said."""
    phrases, table = joined.phrases, joined.table
    names = phrases.join_names([source.author or source.title for source in table.sources.values()])
    ways = (names or phrases.say("none_given"), phrases.write_number(len(table.sources)))
    said = (phrases.say("stamp", sources=sources, data=joined.data_hash[:12]) for sources in ways)
    return [f"{each} {write_credit(joined)}" for each in said]


def _place_key(sheet: Sheet, key: Sequence[Item], panel: Box, above: float) -> list[Place] | None:
    """Place rows one below the other, counts at the right edge, or else one after the other as words in a line."""
    size = sheet.size.small
    broken = [sheet.fonts.wrap(item.text, panel.width - _measure_row(sheet, item, ""), size, bold=item.bold)
              for item in key]  # fmt: skip
    highs = [size * (ROW + LEAD * (len(lines) - 1)) for lines in broken]
    top = panel.top + above
    if sum(highs) <= panel.bottom - top:
        tops = accumulate(highs, initial=top)
        return [
            Place(item, lines, panel.left, y, panel.right) for item, lines, y in zip(key, broken, tops, strict=False)
        ]
    placed, left, high = [], panel.left, 0.0
    for item, lines, own in zip(key, broken, highs, strict=True):
        wide = max(_measure_row(sheet, item, line) for line in lines)
        if left > panel.left and left + wide > panel.right:
            left, top, high = panel.left, top + high, 0.0
        placed.append(Place(item, lines, left, top, min(left + wide, panel.right)))
        left, high = left + wide + size, max(high, own)
    return placed if top + high <= panel.bottom else None


def _measure_row(sheet: Sheet, item: Item, line: str) -> float:
    """Return the width of a row of the key with such a line in it."""
    size, fonts = sheet.size.small, sheet.fonts
    swatch = (SWATCH[0] + 0.5) * size if item.fill else 0
    count = fonts.measure(fonts.admit(item.count), size, bold=True) + size * 0.5 if item.count else 0
    return swatch + fonts.measure(fonts.admit(line), size, bold=item.bold) + count


def _find_end(key: Sequence[Place], size: float, top: float) -> float:
    return max((place.top + size * (ROW + LEAD * (len(place.lines) - 1)) for place in key), default=top)


def _draw_row(sheet: Sheet, place: Place) -> None:
    size, left = sheet.size.small, place.left
    base = place.top + size * 1.1
    if place.item.fill:
        middle = place.top + size * 0.78
        box = Box(left, middle - size * SWATCH[1] / 2, left + size * SWATCH[0], middle + size * SWATCH[1] / 2)
        paint_swatch(sheet, PATTERN)(place.item.fill, sheet.turn(box))
        left += size * (SWATCH[0] + 0.5)
    for number, line in enumerate(place.lines):
        sheet.typeset(left, base + size * LEAD * number, line, Letters(size, bold=place.item.bold), "legend")
    if place.item.count:
        sheet.typeset(place.right, base, place.item.count, Letters(size, bold=True, align="right"), "count")


def _measure_strip(sheet: Sheet) -> float:
    """Return the height of a strip of shades with its heading and what parts it from the rows below."""
    return sheet.size.small * (LEAD + 1.6 + 0.8)


def _draw_strip(sheet: Sheet, joined: LocalisedTable, strip: Sequence[MapClass], panel: Box) -> None:
    """Draw the shades of numbers side by side, each with its number in it."""
    small = sheet.size.small
    if strip:
        sheet.typeset(panel.left, panel.top + small, joined.phrases.say("social", "strip"), Letters(small))
    wide, top = min(panel.width / max(len(strip), 1), small * 2.6), panel.top + small * 1.5
    for place, each in enumerate(strip):
        if isinstance(each.fill, Solid):
            cell = sheet.turn(Box(panel.left + place * wide, top, panel.left + (place + 1) * wide, top + small * 1.6))
            sheet.fill_box(cell, each.fill.colour)
            sheet.stroke(shapely.box(cell.left, cell.top, cell.right, cell.bottom), BORDER, 0.5)
            letters = Letters(small, choose_ink(each.fill.colour, INK, PAPER), bold=True, align="center")
            sheet.write((cell.left + cell.right) / 2, cell.top + small * 1.15, each.sign, letters, "count")
