"""A picture for social media: what can still be read where it is shown 400 pixels wide, and nothing left unexplained.

Few words in large letters: when and of how many sources, the headline, the map without names, its key, what cannot be
placed, and the note on presence and silence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, groupby, product

import shapely

from geo.draw.figure.alternative_text import tell_classes
from geo.draw.figure.canvas import SOCIAL, SOFT, Box, Letters, Sheet
from geo.draw.figure.draw_map import draw_map, paint_swatch
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.legend_panel import Item
from geo.draw.figure.projected_map import fit_land
from geo.draw.figure.single_map import ShownClasses
from geo.draw.marks.map_classes import Bands, LegendRow, MapClass, Outline, Solid
from geo.draw.marks.palette import BORDER, INK, PAPER, choose_ink
from geo.draw.wording.captions import (
    VIEW_KINDS,
    MapHead,
    say_disclaimer,
    write_credit,
    write_kicker,
    write_stamp,
)
from geo.draw.wording.catalogue import capitalise
from geo.draw.wording.few_words import list_off_map_ways, list_reading_ways
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import UNCOUNTED, find_claimed, name_group, say_filters, write_headline, write_named
from geo.join.classes import (
    CLAIMED,
    MOST_BANDS,
    NAMED,
    REGION,
    STANDINGS,
    Combination,
    Gap,
    GroupCount,
    GroupShade,
)
from geo.model import Topology

__all__ = ["DRAWN", "PRINT", "Explained", "draw_social", "explain_classes", "lay_out_social"]

DRAWN = ("choropleth", "overlay", "compare")
"""Kinds that say anything in so few words."""

HEADLINES = ((36, 2, 1.0), (33, 2, 0.98), (30, 2, 0.95), (27, 3, 0.88), (24, 4, 0.8))
"""Sizes of a headline, in points, with the most lines it may have in each, and how easy it is to read."""

BRIEF, BELOW = 0.85, 0.95
"""What a map of the same size is worth beside a key or a note that says less, and above a note that stands below."""

PRINT = 14.25
"""Points: who drew the borders and which sources there are, for whoever opens the picture."""

PATTERN = 0.9
"""Points for a pixel of the page's patterns: finer ones would run together."""

LEAST, FAIR = 150, (180, 215)
"""Points: a lower map shows nothing; one lower than each of the others is as bad as a note in fewer words."""

ASPECT, WIDEST = 1.38, 0.5
"""Width of the map for its height, and the most of the room that it takes."""

PARTS = 1, 0.8, 0.65
"""Of the height that there is, what a map takes: a smaller one leaves more width to its key."""

MORE = 3
"""So much less is said where an author's headline or the groups are left out as where other words are fewer."""

MOST_LISTED = 12
"""So many groups are listed where colours are of numbers alone."""

MOST_ROWS = 3
"""So many numbers of groups have a row each in the key; more are a strip of shades."""

SWATCH = (1.7, 1.05)
"""Width and height of a swatch as multiples of the size of the text beside it."""

SPACINGS = (1.25, (1.62, 1.4)), (1.13, (1.28,))
"""Heights of a line and, a way each, of a row of the key, as multiples of their size; the closer where needed."""

GAPS_SAID = {
    "region": ("chip", "region"), "stale": ("chip", "stale"), "capability": ("chip", "able"),
    "absent": ("chip", "absent"), "inconclusive": ("chip", "inconclusive"), "none": ("chip", "silent"),
    "other": ("social", "other"),
}  # fmt: skip
"""What gaps are called where the words of a legend have no room."""


@dataclass(frozen=True)
class Explained:
    """Ways to explain what a map shows; ``keys`` the fullest first.

    ``strip`` are numbers of groups, side by side, ``said`` ways to say what stands below the key as text.
    """

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
    """Where a row of the key stands, where its count ends, and how high its lines are."""

    item: Item
    lines: Sequence[str]
    left: float
    top: float
    right: float
    bottom: float
    lead: float


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
    """One way to say all: a headline and what stands below it, one key, and notes, the first of them beside the map.

    ``lost`` is how often it says less than could be said, ``ease`` how easy it is to read.
    """

    lost: int
    ease: float
    headline: tuple[str, str]
    letters: tuple[float, int]
    key: Sequence[Item]
    beside: Sequence[str]
    below: Sequence[str]
    part: float


@dataclass(frozen=True)
class Fixed:
    """What is the same in hundreds of ways: the lines above the headline, and those below the map for a note there."""

    kicker: Callable[[], Sequence[str]]
    list_below: Callable[[str], Sequence[tuple[str, Letters]]]


def draw_social(
    joined: LocalisedTable, topology: Topology, shown: ShownClasses, head: MapHead, source: str
) -> tuple[Sheet, list[str]] | None:
    """Draw one of `DRAWN`, and tell what it shows; None where it has no room for all that it must say.

    ``source`` is the table as the user named it, for messages.
    """
    if (found := lay_out_social(joined, shown, head, source)) is None:
        return None
    sheet, layout = found
    for line in sorted(layout.lines, key=lambda each: each.base):
        sheet.typeset(line.left, line.base, line.text, line.letters)
    land = fit_land(topology, sheet.turn(layout.box), 2)
    draw_map(sheet, land, shown.classes, disputed=shown.disputed, scale=PATTERN, is_alone=True)
    _draw_strip(sheet, joined, explain_classes(joined, shown).strip, layout.panel)
    for place in layout.key:
        _draw_row(sheet, place)
    return sheet, list(tell_classes(joined, shown.rows, shown.classes, shown.disputed))


def explain_classes(joined: LocalisedTable, shown: ShownClasses) -> Explained:
    """Explain in few words all that a map shows."""
    if shown.view == "level":
        name = Item(name_group(joined, joined.shown[0]), bold=True)
        return Explained([[name, *_list_rows(joined, shown.rows, brief=brief)] for brief in (False, True)])
    if shown.view == "count" or len(joined.shown) > MOST_BANDS:
        return _explain_numbers(joined, shown)
    gaps = [row for row in shown.rows if not isinstance(row.shown.of, Combination)]
    keys = [
        [*_list_groups(joined, shown, short=short), *_list_rows(joined, gaps, brief=brief)]
        for brief, short in product((False, True), repeat=2)
    ]
    return Explained([_list_rows(joined, shown.rows), *keys] if shown.view == "compare" else keys)


def _explain_numbers(joined: LocalisedTable, shown: ShownClasses) -> Explained:
    """Explain how many groups are named; which, in text: the numbers as a strip if they are many, else as rows."""
    phrases = joined.phrases
    of = {row.shown.of: row for row in shown.rows}
    nought = of.get(GroupShade(0))
    numbers = [row for each, row in of.items() if isinstance(each, GroupCount | GroupShade) and row != nought]
    is_strip = len(numbers) > MOST_ROWS
    strip = sorted((row.shown for row in numbers), key=lambda each: each.order, reverse=True) if is_strip else []
    counted = [group for group in joined.shown if joined.table.groups[group].kind in VIEW_KINDS[shown.view]]
    claimed = len(find_claimed(joined, joined.shown))
    own = [Item(phrases.say("social", "claimed"), count=phrases.write_number(claimed))] if claimed else []
    rest = [row for row in shown.rows if row not in numbers and row != nought]
    keys = [
        [
            *(_list_rows(joined, numbers) if not is_strip else ()), *own,
            *([_explain_nought(joined, shown, nought, brief=brief)] if nought else ()),
            *_list_rows(joined, rest, brief=brief),
        ]
        for brief in (False, True)
    ]  # fmt: skip
    # Where colours are of numbers alone the groups explain nothing, unless they were chosen.
    none = [""] if not counted or (shown.view == "count" and joined.choices.groups is None) else []
    is_listed = counted and not (none and len(counted) > MOST_LISTED)
    return Explained(keys, strip, [*(_say_groups(joined, counted) if is_listed else ()), *none])


def _say_groups(joined: LocalisedTable, groups: Sequence[str]) -> list[str]:
    """List ways to say in how many units each group is named."""
    phrases, table = joined.phrases, joined.table
    named = [(table.groups[group].short, write_named(joined, group)) for group in groups]
    whole = [phrases.say("name_sign", name=name, sign=number) for name, number in named]
    brief = [phrases.say("in_brackets", first=name, second=number) for name, number in named]
    heads = phrases.say("groups_heading"), capitalise(phrases.say("groups_column", "named"))
    return [phrases.say("stop", said=f"{head}: {phrases.join_names(said, 'comma')}")
            for head, said in zip(heads, (whole, brief), strict=True)]  # fmt: skip


def _explain_nought(joined: LocalisedTable, shown: ShownClasses, row: LegendRow, *, brief: bool) -> Item:
    """Say of units in which something stands and no group is named what that is, as no chip here says it."""
    phrases, left = joined.phrases, {code for code, each in shown.classes.items() if each == row.shown}
    prints = [(joined.table.groups[group].kind, joined.footprints[group]) for group in joined.shown]
    ways = {
        **{phrases.say(f"{kind}s"): {code for own, each in prints if own == kind for code in each.named}
           for kind in UNCOUNTED},
        phrases.say("groups_column", "region"): {code for _, each in prints for code in each.region},
        phrases.say("groups_column", "stale"): {code for _, each in prints for code in each.stale},
    }  # fmt: skip
    said: dict[str, int] = {}
    for way, units in ways.items():
        if found := left & units:
            said[way] = len(found)
            left -= found
    told = [phrases.say("in_brackets", first=way, second=phrases.write_number(number)) for way, number in said.items()]
    sign = phrases.say("comma").join(told if len(said) > 1 and not brief else said)
    text = phrases.say("name_sign", name=phrases.say("social", "nought"), sign=sign)
    return Item(text, row.shown.fill, phrases.write_number(row.count))


def _list_rows(joined: LocalisedTable, rows: Iterable[LegendRow], *, brief: bool = False) -> list[Item]:
    """List what stands on the map, in short; nothing is explained that it does not show."""
    phrases = joined.phrases
    return [Item(_shorten(joined, row.shown, brief=brief), row.shown.fill, phrases.write_number(row.count))
            for row in rows if row.count]  # fmt: skip


def _shorten(joined: LocalisedTable, each: MapClass, *, brief: bool) -> str:
    say = joined.phrases.say
    if isinstance(each.fill, Outline):
        return say("social", "disputed")
    if not isinstance(each.of, Gap):
        return each.label
    if each.of == Gap("na"):
        return say("social", "na")
    return capitalise(say(*GAPS_SAID[each.of.kind])) if brief else each.label


def _list_groups(joined: LocalisedTable, shown: ShownClasses, *, short: bool) -> Iterator[Item]:
    """List groups with the number of units they are named in, and then how else they stand on the map."""
    phrases, slots = joined.phrases, shown.looks.slots
    drawn = [each.of for each in shown.classes.values() if isinstance(each.of, Combination)]
    standing = {(group, how): slots[group] for each in drawn for group, how in each.standings}
    for group in joined.shown:
        # That a group asked for is named nowhere is an answer too.
        if joined.choices.groups is not None or any((group, how) in standing for how in STANDINGS):
            number = write_named(joined, group)
            name = joined.table.groups[group].short if short else name_group(joined, group)
            yield Item(name, Solid(slots[group].colour), number)
    for text, found in _list_several(joined, shown.view, drawn):
        bands = Bands(tuple((slots[group], NAMED) for group in found[0]))
        yield Item(text, bands, phrases.write_number(len(found)))
    for how in STANDINGS[1:]:
        places = sum(any(each == how for _, each in found.standings) for found in drawn)
        slot = next((slot for (_, each), slot in standing.items() if each == how), None)
        if slot:
            yield Item(capitalise(phrases.say("chip", how)), Bands(((slot, how),)), phrases.write_number(places))


def _list_several(
    joined: LocalisedTable, view: str, drawn: Iterable[Combination]
) -> Iterator[tuple[str, list[list[str]]]]:
    """List where several are named as the headline counts them: groups, or of those compared how many.

    A coalition or a population is no group more, so where only it makes them several that is a row of its own.
    """
    say, kinds = joined.phrases.say, {group: joined.table.groups[group].kind for group in joined.shown}
    together = [[group for group, how in each.standings if how in (NAMED, CLAIMED)] for each in drawn]
    together = [groups for groups in together if len(groups) > 1]
    if view == "compare":
        ways = ["both"] if len(joined.shown) == 2 else ["all_three", "two_of_three"]
        found = {way: [groups for groups in together if len(groups) == len(joined.shown) - less]
                 for less, way in enumerate(ways)}  # fmt: skip
    else:
        several = [groups for groups in together if sum(kinds[group] == "group" for group in groups) > 1]
        found = {"several": several, "several_uncounted": [groups for groups in together if groups not in several]}
    also = {kinds[group] for groups in found.get("several_uncounted", ()) for group in groups}
    uncounted = joined.phrases.join_names([say(f"{kind}s") for kind in UNCOUNTED if kind in also])
    yield from ((say("social", way, kinds=uncounted), groups) for way, groups in found.items() if groups)


def _list_notes(
    joined: LocalisedTable, shown: ShownClasses, explained: Explained
) -> Iterator[tuple[int, float, list[str]]]:
    """List notes with how often they say less than they could, and how easy they are to read.

    They say which records are left out (which groups, the key says), what cannot be placed, and how units are meant.
    """
    phrases, choices = joined.phrases, joined.choices
    groups = joined.shown if shown.view == "compare" else None
    filters = [*say_filters(phrases, joined.table, choices), *([phrases.say("chosen_roll_up")] * choices.roll_up)]
    off_map, readings = list_off_map_ways(joined, groups), list_reading_ways(joined, _find_regional(joined, shown))
    tried = product(enumerate(explained.said), enumerate(off_map), enumerate(readings))
    for (less, said), (shorter, off), (briefer, reading) in tried:
        lost = shorter + briefer + MORE * (not said) * bool(less)
        yield lost, BRIEF**less, [*filter(None, (" ".join(filters), said, off, reading))]


def _find_regional(joined: LocalisedTable, shown: ShownClasses) -> set[str]:
    """Find the groups that a region draws somewhere: elsewhere nobody asks whose reading it is."""
    drawn = {code for code, each in shown.classes.items() if each.of in (Gap("region"), GroupShade(0))}
    standings = {
        each for shown in shown.classes.values() if isinstance(shown.of, Combination) for each in shown.of.standings
    }
    return {group for group in joined.shown if (group, REGION) in standings or drawn & joined.footprints[group].region}


def _list_ways(joined: LocalisedTable, shown: ShownClasses, explained: Explained, head: MapHead) -> Iterator[Way]:
    heads = [(head.headline, head.ours), *([(write_headline(joined), "")] if head.ours else [])]
    keys = dict.fromkeys(map(tuple, explained.keys))
    tried = product(enumerate(heads), HEADLINES, enumerate(keys), _list_notes(joined, shown, explained))
    for (ours, headline), (large, most, ease), (brief, key), (lost, easy, notes) in tried:
        for beside, part in product(range(len(notes) + 1), PARTS):
            rate = ease * easy * BRIEF**brief * (BELOW if notes[beside:] else 1)
            yield Way(MORE * ours + lost, rate, headline, (large, most), key, notes[:beside], notes[beside:], part)


def lay_out_social(
    joined: LocalisedTable, shown: ShownClasses, head: MapHead, source: str
) -> tuple[Sheet, Layout] | None:
    """Find where all stands: with as much in words as a map that is fair leaves room for, and then the largest map.

    None where a part has no room.
    """
    phrases, explained = joined.phrases, explain_classes(joined, shown)
    sheet = Sheet(SOCIAL, Fonts(source, is_right_to_left=phrases.is_right_to_left), phrases)
    ways = sorted(_list_ways(joined, shown, explained, head), key=lambda each: each.lost)
    kickers = (write_kicker(joined, with_title=each) for each in (True, False))
    fixed = Fixed(
        cache(lambda: _pick(sheet, kickers, sheet.size.small, 1)), cache(lambda note: _list_below(sheet, joined, note))
    )
    widest = (sheet.size.width - sheet.size.margin - sheet.size.margin) * WIDEST
    for spacing in SPACINGS:
        best, least = None, (math.inf, 0.0)
        for lost, same in groupby(ways, key=lambda each: each.lost):
            if lost > least[0]:
                break
            for way in same:
                if (lost, -widest * way.part * way.ease) >= least:  # Even the largest map would be no better.
                    continue
                if not (layout := _lay_out(sheet, fixed, explained, way, spacing)):
                    continue
                small = sum(layout.box.width < high * ASPECT for high in FAIR)
                if (rank := (lost + small, -layout.rate)) < least:
                    best, least = layout, rank
        if best:
            return sheet, best
    return None


def _lay_out(
    sheet: Sheet, fixed: Fixed, explained: Explained, way: Way, spacing: tuple[float, Sequence[float]]
) -> Layout | None:
    """Lay all out in one way; None where a part has no room."""
    (fonts, small), (lead, rows) = (sheet.fonts, sheet.size.small), spacing
    left, right = sheet.size.margin, sheet.size.width - sheet.size.margin
    large, most = way.letters
    head, ours = fonts.wrap(way.headline[0], right - left, large, bold=True), []
    if len(head) > most:
        return None
    lines = _stack(left, left + small * 0.8, fixed.kicker(), Letters(small, SOFT), lead)
    lines += _stack(left, lines[-1].base + small * 0.1 + large * lead, head, Letters(large, bold=True), lead)
    top = lines[-1].base + large * 0.55
    if way.headline[1]:
        ours = fonts.wrap(way.headline[1], right - left, small)
        lines += _stack(left, lines[-1].base + small * (lead + 0.15), ours, Letters(small), lead)
        top = lines[-1].base + small * 0.7
    bottom = sheet.size.height - left
    for text, letters in reversed(fixed.list_below(" ".join(way.below))):
        lines.append(Line(left, bottom, text, letters))
        bottom -= letters.size * lead
    body = Box(left, top, right, bottom - small * 0.1)
    if body.height * way.part < LEAST:
        return None
    wide = min(body.height * ASPECT, body.width * WIDEST) * way.part
    box = Box(left, body.top, left + wide, body.bottom)
    panel = Box(box.right + small, body.top, right, body.bottom)
    note = " ".join(way.beside)
    beside = fonts.wrap(note, panel.width, small) if note else []
    high = len(beside) * small * lead + small * 0.5 * bool(beside)
    room = replace(panel, bottom=panel.bottom - high)
    above = _measure_strip(sheet) if explained.strip else 0
    found = (_place_key(sheet, way.key, replace(room, top=room.top + above), (lead, row)) for row in rows)
    key = next(filter(None, found), None)
    if key is None:
        return None
    end = max([panel.top + above, *(place.bottom for place in key)])
    lines += _stack(panel.left, end + small * 1.2, beside, Letters(small), lead)
    return Layout(wide * way.ease, lines, box, panel, key)


def _stack(left: float, base: float, texts: Sequence[str], letters: Letters, lead: float) -> list[Line]:
    """Put lines one below the other."""
    return [Line(left, base + letters.size * lead * place, text, letters) for place, text in enumerate(texts)]


def _list_below(sheet: Sheet, joined: LocalisedTable, note: str) -> list[tuple[str, Letters]]:
    """List the lines below the map: a note, the disclaimer, sources and borders; whose these are is always said."""
    small, wide = sheet.size.small, sheet.size.width - 2 * sheet.size.margin
    stamps = (write_stamp(joined, with_day=False, with_names=each) for each in (True, False))
    prints = _pick(sheet, (f"{each} {write_credit(joined)}" for each in stamps), PRINT, 2)
    noted = sheet.fonts.wrap(note, wide, small) if note else []
    plain, strong = Letters(small), Letters(small, bold=True)
    warned = sheet.fonts.wrap(say_disclaimer(joined.phrases), wide, small, bold=True)
    return [
        *((line, plain) for line in noted), *((line, strong) for line in warned),
        *((line, Letters(PRINT, SOFT)) for line in prints),
    ]  # fmt: skip


def _pick(sheet: Sheet, ways: Iterable[str], size: float, most: int) -> list[str]:
    """Return the lines of the first text that has no more of them, or else of the last, which says the least."""
    wide = sheet.size.width - 2 * sheet.size.margin
    broken = [sheet.fonts.wrap(each, wide, size) for each in ways]
    return next((lines for lines in broken if len(lines) <= most), broken[-1])


def _place_key(sheet: Sheet, key: Sequence[Item], room: Box, spacing: tuple[float, float]) -> list[Place] | None:
    """Place rows one below the other, counts at the right edge, or else one after the other as words in a line.

    ``spacing`` are heights of a line in a row and of a row of one.
    """
    size, (lead, row) = sheet.size.small, spacing
    broken = [sheet.fonts.wrap(item.text, room.width - _measure_row(sheet, item, ""), size, bold=item.bold)
              for item in key]  # fmt: skip
    highs = [size * (row + lead * (len(lines) - 1)) for lines in broken]
    if sum(highs) <= room.height:
        tops = accumulate(highs, initial=room.top)
        rows = zip(key, broken, tops, highs, strict=False)
        return [Place(item, lines, room.left, y, room.right, y + own, lead) for item, lines, y, own in rows]
    placed, left, top, high = list[Place](), room.left, room.top, 0.0
    for item, lines, own in zip(key, broken, highs, strict=True):
        wide = max(_measure_row(sheet, item, line) for line in lines)
        if left > room.left and left + wide > room.right:
            left, top, high = room.left, top + high, 0.0
        placed.append(Place(item, lines, left, top, min(left + wide, room.right), top + own, lead))
        left, high = left + wide + size, max(high, own)
    return placed if all(place.bottom <= room.bottom for place in placed) else None


def _measure_row(sheet: Sheet, item: Item, line: str) -> float:
    """Return the width of a row of the key with such a line in it."""
    size, fonts = sheet.size.small, sheet.fonts
    swatch = (SWATCH[0] + 0.5) * size if item.fill else 0
    count = fonts.measure(fonts.admit(item.count), size, bold=True) + size * 0.5 if item.count else 0
    return swatch + fonts.measure(fonts.admit(line), size, bold=item.bold) + count


def _draw_row(sheet: Sheet, place: Place) -> None:
    size, left = sheet.size.small, place.left
    base = place.top + size * 1.1
    if place.item.fill:
        middle = place.top + size * 0.78
        box = Box(left, middle - size * SWATCH[1] / 2, left + size * SWATCH[0], middle + size * SWATCH[1] / 2)
        paint_swatch(sheet, PATTERN)(place.item.fill, sheet.turn(box))
        left += size * (SWATCH[0] + 0.5)
    for number, line in enumerate(place.lines):
        sheet.typeset(left, base + size * place.lead * number, line, Letters(size, bold=place.item.bold), "legend")
    if place.item.count:
        sheet.typeset(place.right, base, place.item.count, Letters(size, bold=True, align="right"), "count")


def _measure_strip(sheet: Sheet) -> float:
    """Return the height of a strip of shades with its heading and what parts it from the rows below."""
    return sheet.size.small * 3.65


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
