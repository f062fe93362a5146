"""The table of units as a grid: a row a unit, a column a group, in each cell how the group stands there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from geo.draw.html import Cell, Markup, chain, say_name, tag, tag_row
from geo.draw.marks.abbreviations import list_level_words
from geo.draw.marks.chips import MOST_CHIPS, STATES, find_state
from geo.draw.marks.palette import INK, PAPER, Slot, choose_ink, find_edge, mix_colours
from geo.draw.marks.textures import TINT
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group
from geo.join.classes import UNNAMED
from geo.join.footprints import Footprint

__all__ = ["GridCell", "GridRow", "draw_grid", "draw_grid_key", "list_grid_rows", "style_grid"]

COLOUR = re.compile("#[0-9a-f]{6}", re.IGNORECASE)
FILLED = "named", "claimed", "region", "stale"
"""States whose cells are drawn; of the others the words are all."""

PLUS, ABLE, DISPUTED = " + ", "○", "≠"


@dataclass(frozen=True)
class GridCell:
    """How a group stands in a unit: one of `chips.STATES` or ``"other"``, what is read there, whether it is disputed.

    Empty where no record speaks of it there.
    """

    state: str
    text: str
    is_disputed: bool = False
    levels: tuple[str, ...] = ()
    """Ids of those that the text says by their words."""
    title: str = ""
    """All levels there by their names, where the text leaves out some."""


@dataclass(frozen=True)
class GridRow:
    """A unit, its cells, how many groups are named there, and how many sources speak of it.

    ``besides`` is what is said in place of its cells where it is no unit that a record might name.
    """

    unit: str
    cells: tuple[GridCell, ...]
    groups: int
    sources: int
    besides: str = ""


def list_grid_rows(joined: LocalisedTable, groups: Iterable[str]) -> dict[str, GridRow]:
    """Say how each of some groups stands in each unit, by code, as ``gridRows`` of the script does."""
    words, groups = list_level_words(joined.table), list(groups)
    prints = [(group, joined.footprints.get(group, Footprint())) for group in groups]
    counted = [each for group, each in prints if joined.table.groups[group].kind == "group"]
    sources: dict[str, set[str]] = {}
    for claim in joined.table.claims:
        source = joined.table.records[claim.record].evidence.source
        if claim.unit and source:
            sources.setdefault(claim.unit, set()).add(source)
    rows = {}
    for code in joined.report.units:
        cells = tuple(_find_cell(joined, words, code, each) for _, each in prints)
        kind = joined.besides.get(code, UNNAMED).kind
        is_silent = kind != UNNAMED.kind and not any(cell.text for cell in cells)
        besides = joined.phrases.say(f"class_{kind}") if is_silent else ""
        named = sum(code in each.named for each in counted)
        rows[code] = GridRow(code, cells, named, len(sources.get(code, ())), besides)
    return rows


def _find_cell(joined: LocalisedTable, words: Mapping[str, str], code: str, footprint: Footprint) -> GridCell:
    state = find_state(code, footprint)
    if state == "silent" and code in footprint.touched:
        state = "other"
    levels, able = joined.table.levels, PLUS.join(words[each] for each in footprint.capabilities.get(code, ()))
    if state in ("named", "claimed"):
        strongest, *more = footprint.levels[code]
        told = (strongest, *(each for each in more if levels[each].rank is None))
        said = [PLUS.join(words[each] for each in told)]
        said += [joined.phrases.say("grid", "claimed")] * (state == "claimed")
        is_disputed = code in footprint.disputed
        said += [ABLE] * bool(able) + [DISPUTED] * is_disputed
        names = [levels[each].name for each in footprint.levels[code]]
        title = joined.phrases.join_names(names, "comma") if len(told) < len(names) else ""
        return GridCell(state, " ".join(said), is_disputed, told, title)
    if state == "able":
        return GridCell(state, f"{ABLE} {able}", levels=tuple(footprint.capabilities[code]))
    said = [] if state == "silent" else [joined.phrases.say("grid", state), *([ABLE] if able else [])]
    return GridCell(state, " ".join(said))


def draw_grid(joined: LocalisedTable, groups: Collection[str], when: str = "") -> Markup:
    """Return the table: static and complete, rows by region; of very many groups a unit lists those that stand there.

    ``when`` is the step in time that it is of.
    """
    phrases, known = joined.phrases, joined.gazetteer
    is_listed = len(groups) > MOST_CHIPS
    rows = list_grid_rows(joined, groups)
    heads = [tag("th", {"scope": "col"}, known.noun.forms["Unit"])]
    if is_listed:
        heads.append(tag("th", {"scope": "col"}, phrases.say("grid_listed")))
    else:
        heads += [_draw_head(joined, group) for group in groups]
    heads += [tag("th", {"scope": "col"}, phrases.say(key)) for key in ("groups", "sources")]
    shorts = [joined.table.groups[group].short for group in groups]
    bodies = (
        tag(
            "tbody", {},
            tag("tr", {}, tag("th", {"scope": "rowgroup", "colspan": str(len(heads))}, tag("span", {}, name)))
            if name else "",
            (_draw_row(joined, rows[code], shorts, is_listed=is_listed) for code in codes),
        )
        for name, codes in _list_regions(joined)
    )  # fmt: skip
    said = [phrases.say("units_caption", n=phrases.write_number(len(rows)))]
    caption = [tag("strong", {"id": "grid-when"}, phrases.say("grid_when", when=when)), " ", *said] if when else said
    return tag(
        "table", {"id": "units", "class": "grid"},
        tag("caption", {}, caption), tag("thead", {}, tag("tr", {}, heads)), bodies,
    )  # fmt: skip


def _draw_head(joined: LocalisedTable, group: str) -> Markup:
    known, name = joined.table.groups[group], name_group(joined, group)
    title = {"title": name} if name != known.short else {}
    return tag("th", {"scope": "col", "class": known.kind, **title}, say_name(known.short))


def _list_regions(joined: LocalisedTable) -> Iterator[tuple[str, list[str]]]:
    """Give units by region, in the order of the gazetteer; those of none last, or all together without a name."""
    known, left = joined.gazetteer, sorted(joined.report.units, key=lambda code: joined.gazetteer.units[code].name)
    for name, held in known.regions.items():
        codes = [code for code in left if code in held]
        left = [code for code in left if code not in held]
        if codes:
            yield name, codes
    if left:
        yield joined.phrases.say("grid_no_region") if known.regions else "", left


def _draw_row(joined: LocalisedTable, row: GridRow, shorts: list[str], *, is_listed: bool) -> Markup:
    phrases, unit = joined.phrases, joined.gazetteer.units[row.unit]
    cells: list[Cell]
    if row.besides:
        cells = [({} if is_listed else {"colspan": str(len(shorts))}, row.besides)]
    elif is_listed:
        cells = [_list_groups(joined, row, shorts)]
    else:
        cells = [_draw_cell(joined, cell) for cell in row.cells]
    cells += [phrases.write_number(number) for number in (row.groups, row.sources)]
    return tag_row(tag("a", {"href": f"#unit={row.unit}"}, unit.name), cells)


def _draw_cell(joined: LocalisedTable, cell: GridCell) -> Cell:
    looks = [*([cell.state] if cell.state in FILLED else []), *(["disputed"] if cell.is_disputed else [])]
    heard = tag("small", {}, f" {joined.phrases.say('hedge_disputed')}") if cell.is_disputed else ""
    given = {"class": " ".join(looks), "title": cell.title}
    return {name: text for name, text in given.items() if text}, chain([cell.text, heard])


def _list_groups(joined: LocalisedTable, row: GridRow, shorts: list[str]) -> str:
    """Say which groups stand in a unit, those that stand there alike together."""
    alike: dict[tuple[int, str], list[str]] = {}
    for short, cell in zip(shorts, row.cells, strict=True):
        if cell.text:
            alike.setdefault((ORDER.index(cell.state), cell.text), []).append(short)
    phrases = joined.phrases
    said = (
        phrases.say("summary_one", group=text, rest=phrases.join_names(sorted(names), "comma"))
        for (_, text), names in sorted(alike.items())
    )
    return phrases.say("semicolon").join(said)


ORDER = (*STATES[:-1], "other", STATES[-1])


def draw_grid_key(whole: LocalisedTable, joined: LocalisedTable, groups: Collection[str]) -> Markup:
    """Explain words and looks in the cells: those that the whole table may have, hidden where none is there now."""
    phrases, rows = joined.phrases, list_grid_rows(joined, groups).values()
    cells = [cell for row in rows for cell in row.cells]
    there = {*(cell.state for cell in cells), *("disputed" for cell in cells if cell.is_disputed)}
    there |= {"able" for cell in cells if ABLE in cell.text}
    told = {level for cell in cells for level in cell.levels}
    records, known, words = whole.table.records, whole.table.levels, list_level_words(whole.table)
    used = {record.level for record in records}
    looked = any(record.finding != "present" for record in records)
    able = any(known[level].is_capability for level in used)
    may_be = {
        "claimed": any(record.evidence.basis == "claimed" for record in records),
        "region": any(record.place.kind == "region" for record in records),
        "stale": any(known[level].valid_for for level in used),
        "disputed": looked,
        "able": able,
    }
    signs = {"disputed": DISPUTED, "able": ABLE}
    items = [
        ({"data-level": level}, level in told, "named", words[level], known[level].name)
        for level in known
        if level in used and words[level] != known[level].name
    ]
    items += [
        ({"data-look": key}, key in there, key, signs.get(key) or phrases.say("grid", key), phrases.say("chip", key))
        for key, is_possible in may_be.items()
        if is_possible
    ]
    if looked or able or joined.choices.level:
        said = phrases.say("grid", "other"), phrases.say("class_other")
        items.append(({"data-look": "other"}, "other" in there, "other", *said))
    drawn = (
        tag(
            "span", {**of, **({} if is_there else {"hidden": ""})},
            tag("strong", {"class": look} if look in (*FILLED, "disputed") else {}, word), " ", meant,
        )
        for of, is_there, look, word, meant in items
    )  # fmt: skip
    uncounted = any(whole.table.groups[group].kind != "group" for group in groups)
    rest = f"· {phrases.say('grid_silent')}. {phrases.say('grid_uncounted') if uncounted else ''}".strip()
    return tag("p", {"id": "grid-key", "class": "grid"}, drawn, rest)


def style_grid(silent: str, slots: Mapping[str, Slot], groups: Collection[str]) -> str:
    """Return rules of style that give columns the colours of their groups; ``silent`` is what an empty cell says."""
    rules = [f'.grid{{--silent:"{re.sub(chr(34) + "|<", "", silent)}"}}']
    if len(groups) <= MOST_CHIPS:
        for place, group in enumerate(groups, 2):
            hue = slots[group].colour
            if not COLOUR.fullmatch(hue):
                raise ValueError(f"{hue!r} is no colour")
            tint = mix_colours(hue, PAPER, TINT)
            on, over = choose_ink(hue, PAPER, INK), choose_ink(tint, INK, PAPER)
            inks = f";--edge-of:{edge}" if (edge := find_edge(hue)) != hue else ""
            inks += (f";--on:{on}" if on != PAPER else "") + (f";--over:{over}" if over != INK else "")
            rules.append(f"#units tr>:nth-child({place}){{--hue:{hue};--tint:{tint}{inks}}}")
    return "\n".join(rules)
