"""The page of what differs between two tables: a map of units classed by change, and the evidence of both sides."""

from __future__ import annotations

from dataclasses import replace

import folium

from geo.draw.html import chain
from geo.draw.marks.diff_classes import (
    COLOURS,
    OTHER,
    SIGNS,
    ChangeMap,
    class_changes,
    draw_change_patterns,
    list_change_rows,
)
from geo.draw.marks.legend import LegendRow
from geo.draw.marks.palette import assign_slots
from geo.draw.marks.static_map import draw_legend, draw_patterns, draw_static_map
from geo.draw.marks.textures import find_fill
from geo.draw.pages.data_block import build_block
from geo.draw.pages.diff_data import describe_changes
from geo.draw.pages.page_plan import PagePlan, Section, link_sections
from geo.draw.sections.diff import draw_change_list, draw_changed_off_map, draw_older_sources
from geo.draw.sections.records import draw_records
from geo.draw.sections.sources import draw_sources
from geo.draw.sections.units import draw_table
from geo.draw.serialise import hash_data
from geo.draw.web.folium_layer import Picture
from geo.draw.web.page import Page, make_map
from geo.draw.wording.captions import write_credit
from geo.draw.wording.catalogue import LAYOUT, Catalogue
from geo.draw.wording.diff import count_changes, count_corrections, is_off_map
from geo.draw.wording.localised_names import LocalisedTable, localise, localise_neighbours
from geo.draw.wording.presence import describe_choices, describe_hidden
from geo.draw.wording.records import Sides, say_table
from geo.join.diff import Changes
from geo.join.joined_table import JoinedTable
from geo.model import Topology

__all__ = ["draw_diff"]

CHANGE = PagePlan("change", ("change",), ())


def draw_diff(
    old: JoinedTable,
    new: JoinedTable,
    topology: Topology,
    changes: Changes,
    labels: tuple[str, str] = ("", ""),
    *,
    standalone: bool = True,
) -> folium.Map:
    """Draw what differs between two tables.

    Parameters
    ----------
    old, new : JoinedTable
        From :func:`geo.join.joined_table.join_presence`, both with the same boundaries.
    topology : Topology
        Thinned boundaries for display.
    changes : Changes
        From :func:`geo.join.diff.find_changes`, of these two tables.
    labels : tuple of str
        What each table is called beside its title.
    standalone : bool
        See :func:`geo.draw.pages.overlay.draw_overlay`.

    Returns
    -------
    folium.Map
        Inside our page.

    Examples
    --------
    >>> from geo.api import join_table
    >>> from geo.join.diff import find_changes
    >>> (old, topology), (new, _) = (join_table(f"presence: {{A: [{names}]}}") for names in ("Kabul", "Kabul, Logar"))
    >>> page = draw_diff(old, new, topology, find_changes(old.table, new.table)).get_root().render()
    >>> "Newly named: 1 province" in page
    True
    """
    hashes = hash_data(old), hash_data(new)
    older, newer = (localise(each, new.choices.language) for each in (old, new))
    hidden = describe_hidden(older), describe_hidden(newer)
    sides = Sides(older.table, newer.table, newer.gazetteer, newer.phrases, labels)
    topology, left_out = localise_neighbours(topology, new), old.left_out | new.left_out
    return _draw(sides, newer, topology, changes, hashes, hidden, left_out, standalone=standalone)


def _draw(
    sides: Sides,
    new: LocalisedTable,
    topology: Topology,
    changes: Changes,
    hashes: tuple[str, str],
    hidden: tuple[str, str],
    left_out: frozenset[str],
    *,
    standalone: bool,
) -> folium.Map:
    phrases = new.phrases
    language = new.choices.language
    found = class_changes(changes, sides, new.report.units, left_out)
    rows = list_change_rows(phrases, found.classes)
    slots = {slot.group: slot for slot in assign_slots(new.whole)}
    headline, summary = _write_headline(changes, sides), _write_summary(changes, sides, found)
    if any(change.kind in ("named", "unnamed") for change in changes.units):
        summary = f"{summary} {phrases.say('change_caution')}"
    older, newer = (
        f"{say_table(phrases, table, label)} {rest}".strip()
        for table, label, rest in zip((sides.old, sides.new), sides.labels, hidden, strict=True)
    )
    lede = f"{phrases.say('change_sides', old=older, new=newer)} {_say_choices(new)}".strip()
    description = f"{headline}. {lede} {summary}"
    sections = _list_sections(sides, new, changes, found)
    still = draw_static_map(
        new,
        topology,
        found.classes,
        COLOURS,
        slots,
        (),
        phrases.say("map_described", said=description),
        signs=found.signs,
    )
    patterns = draw_patterns([], slots, draw_change_patterns())
    texts = {
        **{key: phrases.say(key) for key in LAYOUT},
        "static_note": phrases.say("static_note_change"),
        "headline": headline,
        "lede": lede,
        "summary": summary,
        "legend_note": _write_rule(phrases),
        "pair": "",
        "time": "",
        "credits": f"{write_credit(new)} {phrases.say('tools')}",
        "stamp": phrases.say("change_stamp", old=hashes[0][:12], new=hashes[1][:12]),
    }
    parts = {
        "nav": link_sections(sections),
        "still": still,
        "legend": draw_legend(phrases, rows, COLOURS, slots),
        "off_map": draw_changed_off_map(changes, sides),
        "sections": chain((section.markup for section in sections), "\n"),
    }
    block = build_block(new, topology, CHANGE, (), COLOURS, slots, hashes[1])
    block |= {"change": _build_change(changes, sides, found, rows, summary)}
    title = f"{headline} – {sides.new.title}"
    page = Page(title, description, texts, parts, patterns, CHANGE.scripts, block, language)
    said = {row.key: row.label for row in rows}
    picture = Picture(
        topology=topology,
        fills={code: find_fill(key, COLOURS, slots) for code, key in found.classes.items()},
        labels={code: f"{sides.gazetteer.units[code].name}: {said[key]}" for code, key in found.classes.items()},
        patterns=patterns,
        legend=parts["legend"],
        credit=write_credit(new),
    )
    return make_map(page, new.units.total_bounds, picture, standalone=standalone)


def _say_choices(new: LocalisedTable) -> str:
    """Say what was left out of both tables; days and counts stand beside each."""
    report = replace(new.report, hidden={}, stale=0)
    return describe_choices(replace(new, choices=replace(new.choices, as_of=None), report=report))


def _write_headline(changes: Changes, sides: Sides) -> str:
    """Count the kinds of change that the map shows by a class of their own."""
    phrases = sides.phrases
    if changes.is_empty:
        return phrases.say("no_difference")
    counts = count_changes(phrases, changes, SIGNS)
    said = [*counts[:1], *(each[:1].lower() + each[1:] for each in counts[1:])]
    return phrases.say("semicolon").join(said) or phrases.say("change_title", title=sides.new.title)


def _write_summary(changes: Changes, sides: Sides, found: ChangeMap) -> str:
    phrases = sides.phrases
    total, differing = phrases.write_number(len(found.classes)), phrases.write_number(len(found.signs))
    said = [phrases.say("change_summary", n=differing, total=total)]
    said += [phrases.say("stop", said=each) for each in count_corrections(phrases, changes)]
    counts: list[tuple[str, int]] = []
    for key, table, indexes in zip(("gone", "new"), (sides.old, sides.new), changes.unexplained, strict=True):
        off_map = sum(is_off_map(table.records[index]) for index in indexes)
        counts += [
            (phrases.say("change_off", key), off_map),
            (phrases.say("change_records", key), len(indexes) - off_map),
        ]
    counts += [
        (phrases.say("change", "altered"), len(changes.untold)),
        (phrases.say("change_else"), len(changes.shifts)),
    ]
    items = [phrases.say("change_count", kind=kind, n=phrases.write_number(n)) for kind, n in counts if n]
    said += [phrases.say("change_elsewhere", items=phrases.say("semicolon").join(items))] if items else []
    return " ".join(said)


def _write_rule(phrases: Catalogue) -> str:
    other = phrases.say("change_signed", sign=OTHER, label=phrases.say("class_change_other"))
    return phrases.say("change_rule", other=f"“{other}”")


def _list_sections(sides: Sides, new: LocalisedTable, changes: Changes, found: ChangeMap) -> list[Section]:
    phrases = new.phrases
    numbers = (
        len(changes.units) + len(changes.corrections),
        len(sides.new.records),
        len(sides.new.sources),
        len(sides.old.sources),
    )
    differing, records, sources, older = map(phrases.write_number, numbers)
    return [
        Section("changes", phrases.say("nav_changes", n=differing), draw_change_list(changes, sides)),
        Section("table", phrases.say("nav_table"), draw_table(new, lines=found.lines)),
        Section("claims", phrases.say("nav_records", n=records), draw_records(new)),
        Section("sources", phrases.say("nav_sources", n=sources), draw_sources(new)),
        Section("old-sources", phrases.say("nav_older", n=older), draw_older_sources(sides)),
    ]


def _build_change(
    changes: Changes, sides: Sides, found: ChangeMap, rows: list[LegendRow], summary: str
) -> dict[str, object]:
    """Collect what the script shows of changes; the newer table's records stand in the block already."""
    told = describe_changes(changes, sides)
    del told["new"]
    return {
        **told,
        "classes": dict(found.classes),
        "signs": dict(found.signs),
        "lines": {code: list(lines) for code, lines in found.lines.items()},
        "legend": [{"key": row.key, "label": row.label} for row in rows],
        "summary": summary,
        "headings": {"here": sides.phrases.say("changes_here"), "newer": sides.phrases.say("newer_records")},
    }
