"""The page of what differs between two tables: a map of units classed by change, and the evidence of both sides."""

from __future__ import annotations

from dataclasses import replace

import folium

from geo.attribution import shorten_hash
from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.data_block import tell_classes
from geo.draw.compose.dataset import describe_data
from geo.draw.compose.page_content import MapView, PageContent, Section
from geo.draw.marks.diff_classes import (
    CHANGE_TEXTURES,
    FIXED,
    OTHER,
    SIGNS,
    ChangeMap,
    class_changes,
    list_change_classes,
    list_change_rows,
)
from geo.draw.marks.legend import find_looks
from geo.draw.pages.claims_data import build_claims_data
from geo.draw.pages.diff_data import describe_changes
from geo.draw.pages.table_page import CLAIMS
from geo.draw.sections.diff import draw_change_list, draw_changed_off_map, draw_older_sources
from geo.draw.sections.records import draw_records
from geo.draw.sections.sources import draw_sources
from geo.draw.sections.units import draw_changed_units
from geo.draw.wording.captions import write_rights
from geo.draw.wording.catalogue import capitalise
from geo.draw.wording.change_log import split_log
from geo.draw.wording.diff import count_claimed, count_corrections, is_off_map
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.draw.wording.presence import describe_choices, describe_hidden
from geo.draw.wording.records import Sides, say_table
from geo.join.diff import Changes
from geo.join.joined_table import JoinedTable
from geo.model import Topology

__all__ = ["describe_diff", "draw_diff"]


def draw_diff(
    old: JoinedTable,
    new: JoinedTable,
    topology: Topology,
    changes: Changes,
    labels: tuple[str, str] = ("", ""),
    *,
    standalone: bool = True,
) -> folium.Map:
    """Draw what differs between two tables, joined to the same boundaries; ``labels`` stand beside their titles.

    Examples
    --------
    >>> from geo.api import join_table
    >>> from geo.join.diff import find_changes
    >>> (old, topology), (new, _) = (join_table(f"presence: {{A: [{names}]}}") for names in ("Kabul", "Kabul, Logar"))
    >>> page = draw_diff(old, new, topology, find_changes(old.table, new.table)).get_root().render()
    >>> "In 1 province a group is newly named" in page
    True
    """
    older, newer = (localise(each, new.choices.language) for each in (old, new))
    content = describe_diff(older, newer, changes, labels)
    return compose_page(content, newer, topology, standalone=standalone)


def describe_diff(
    old: LocalisedTable, new: LocalisedTable, changes: Changes, labels: tuple[str, str] = ("", "")
) -> PageContent:
    """Say all that the page says."""
    phrases, sides = new.phrases, Sides(old.table, new.table, new.gazetteer, new.phrases, labels)
    found = class_changes(changes, sides, new.report.units, old.left_out | new.left_out)
    view = _view_changes(changes, sides, found)
    older, newer = (
        f"{_name_side(sides, side, label)} {describe_hidden(side)}".strip()
        for side, label in zip((old, new), labels, strict=True)
    )
    lede = f"{phrases.say('change_sides', old=older, new=newer)} {_say_choices(new)}".strip()
    hashes = phrases.say("change_stamp", old=shorten_hash(old.data_hash), new=shorten_hash(new.data_hash))
    return PageContent(
        kind="diff",
        view=view,
        title=new.table.title,
        kicker=new.table.title,
        lede=lede,
        description=f"{view.headline}. {lede} {view.summary}",
        stamp=" ".join(filter(None, (write_rights(new), hashes))),
        sections=_list_sections(sides, new, changes, found),
        data={
            **build_claims_data(new, find_looks(new), ("change",), gridded=False),
            "given": tell_classes(view, found.lines),
            "change": _build_change(changes, sides),
        },
        scripts=(*CLAIMS, "precomputed_classes.js", "diff.js"),
        legend_note=_write_note(changes, sides),
        off_map=draw_changed_off_map(changes, sides),
        layout={"static_note": phrases.say("static_note_change")},
        # The page holds the newer table and what the older one differs in.
        dataset={**describe_data(new), "description": lede},
    )


def _name_side(sides: Sides, side: LocalisedTable, label: str) -> str:
    """Name one of two tables; the title that both have stands above, so then by its file alone."""
    if all(sides.labels) and sides.old.title == sides.new.title:
        return say_table(sides.phrases, replace(side.table, title=label))
    return say_table(sides.phrases, side.table, label)


def _view_changes(changes: Changes, sides: Sides, found: ChangeMap) -> MapView:
    phrases = sides.phrases
    return MapView(
        name="change",
        classes=found.classes,
        rows=list_change_rows(phrases, found),
        headline=_write_headline(changes, sides, found),
        summary=_write_summary(changes, sides, found),
        signs=found.signs,
        colours={key: each.fill.paint for key, each in list_change_classes(phrases).items() if not each.is_gap},
        textures=CHANGE_TEXTURES,
        has_large_signs=True,
    )


def _say_choices(new: LocalisedTable) -> str:
    """Say what was left out of both tables; days and counts stand beside each."""
    report = replace(new.report, hidden={}, stale=0)
    return describe_choices(replace(new, choices=replace(new.choices, as_of=None), report=report))


def _write_headline(changes: Changes, sides: Sides, found: ChangeMap) -> str:
    """Count the units of each kind of change that the map shows by a class of its own, as the legend does."""
    phrases = sides.phrases
    if changes.is_empty:
        return phrases.say("no_difference")
    numbers = ((kind, found.count_signed(sign)) for kind, sign in SIGNS.items())
    said = [phrases.say_count("change_headline", number, kind) for kind, number in numbers if number]
    return capitalise(phrases.say("semicolon").join(said)) or phrases.say("change_title", title=sides.new.title)


def _write_summary(changes: Changes, sides: Sides, found: ChangeMap) -> str:
    phrases = sides.phrases
    total, differing = phrases.write_number(len(found.classes)), phrases.write_number(len(found.signs))
    said = [phrases.say("change_summary", n=differing, total=total)]
    said += count_claimed(changes, sides)
    said += [phrases.say("stop", said=each) for each in count_corrections(phrases, changes)]
    return " ".join([*said, phrases.say("change_of_tables")])


def _write_note(changes: Changes, sides: Sides) -> str:
    """Say below the legend what a class may come from, when it is grey, and what differs beside the map."""
    phrases = sides.phrases
    said = [phrases.say("change_rule", other=f"“{OTHER}”", fixed=f"“{FIXED}”"), _count_elsewhere(changes, sides)]
    if any(change.kind in ("named", "unnamed") for change in changes.units):
        said.insert(0, phrases.say("change_caution"))
    return " ".join(filter(None, said))


def _count_elsewhere(changes: Changes, sides: Sides) -> str:
    phrases = sides.phrases
    counts: list[tuple[str, int]] = []
    for key, table, indexes in zip(("gone", "new"), (sides.old, sides.new), changes.unexplained, strict=True):
        off_map = sum(is_off_map(table.records[index]) for index in indexes)
        counts += [
            (phrases.say("change_off", key), off_map),
            (phrases.say("change_records", key), len(indexes) - off_map),
        ]
    logged, shifts = split_log(changes.shifts)
    counts += [
        (phrases.say("change", "altered"), len(changes.untold)),
        (phrases.say("part", "log"), len(logged)),
        (phrases.say("change_else"), len(shifts)),
    ]
    items = [phrases.say("change_count", kind=kind, n=phrases.write_number(n)) for kind, n in counts if n]
    return phrases.say("change_elsewhere", items=phrases.say("semicolon").join(items)) if items else ""


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
        Section("table", phrases.say("nav_table"), draw_changed_units(new, found.lines)),
        Section("claims", phrases.say("nav_records", n=records), draw_records(new)),
        Section("sources", phrases.say("nav_sources", n=sources), draw_sources(new)),
        Section("old-sources", phrases.say("nav_older", n=older), draw_older_sources(sides)),
    ]


def _build_change(changes: Changes, sides: Sides) -> dict[str, object]:
    """Collect what the script shows of changes; the newer table's records stand in the block already."""
    told = describe_changes(changes, sides)
    del told["new"]
    return {
        **told,
        "names": {group: known.name for group, known in sides.groups.items()},
        "signs": {key: each.sign for key, each in list_change_classes(sides.phrases).items() if each.sign},
        "headings": {"here": sides.phrases.say("changes_here"), "newer": sides.phrases.say("newer_records")},
    }
