"""A joined table and a plan become a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import folium

from geo.draw.html import Markup, chain
from geo.draw.marks.abbreviations import explain_codes, list_short_codes
from geo.draw.marks.legend import find_disputed, list_rows, pick_colours
from geo.draw.marks.palette import assign_slots
from geo.draw.marks.static_map import draw_legend, draw_patterns, draw_static_map
from geo.draw.marks.textures import draw_textures, find_fill
from geo.draw.pages.data_block import build_block
from geo.draw.pages.page_plan import PagePlan, Timed, link_sections, list_sections
from geo.draw.pages.precomputed_classes import PrecomputedClasses
from geo.draw.sections.compare import draw_pair_form
from geo.draw.sections.records import draw_off_map
from geo.draw.sections.timeline import draw_slider, say_undated
from geo.draw.web.folium_layer import Picture
from geo.draw.web.page import Page, make_map
from geo.draw.wording.captions import (
    VIEW_KINDS,
    write_credit,
    write_lede,
    write_lede_end,
    write_legend_note,
    write_stamp,
)
from geo.draw.wording.catalogue import LAYOUT
from geo.draw.wording.compare import say_off_map, write_comparison, write_comparison_headline
from geo.draw.wording.localised_names import LocalisedTable, localise_neighbours
from geo.draw.wording.presence import write_headline, write_summary
from geo.errors import Problem, TableError
from geo.join.classes import class_by_group
from geo.join.joined_table import JoinedTable
from geo.join.overlap import choose_pair, compare_footprints, measure_units
from geo.join.timeline import find_left_out
from geo.model import Topology

__all__ = ["draw_view"]


def draw_view(
    joined: LocalisedTable,
    topology: Topology,
    plan: PagePlan,
    *,
    compared: Sequence[str] = (),
    timed: Timed | None = None,
    give: Callable[[LocalisedTable], PrecomputedClasses] | None = None,
    standalone: bool,
) -> folium.Map:
    """Return the page of a plan.

    Parameters
    ----------
    joined : JoinedTable
    topology : Topology
        Thinned boundaries with the same codes as ``joined.units``.
    plan : PagePlan
    compared : sequence of str
        Ids of the groups compared at first; without, the two that share most.
    timed : Timed, optional
        Of a time line, at whose last step ``joined`` stands.
    give : callable, optional
        Takes the joined table in the language of the page and returns a view whose classes are given.
    standalone : bool
        See :func:`geo.draw.web.page.make_map`.
    """
    data_hash = timed.joined.data_hash if timed else joined.data_hash
    given = give(joined) if give else None
    return _draw(
        joined, localise_neighbours(topology, joined), plan, compared, data_hash, timed, given, standalone=standalone
    )


def _draw(
    joined: LocalisedTable,
    topology: Topology,
    plan: PagePlan,
    compared: Sequence[str],
    data_hash: str,
    timed: Timed | None,
    given: PrecomputedClasses | None,
    *,
    standalone: bool,
) -> folium.Map:
    phrases = joined.phrases
    slots = {slot.group: slot for slot in assign_slots(joined.whole, roll_up=joined.choices.roll_up)}
    compared = (compared or choose_pair(joined.footprints)) if "compare" in plan.views else ()
    if not compared and plan.view == "compare":
        raise TableError([Problem("table", "nothing to compare", "two groups that a record names a unit for")])
    if not compared:
        plan = replace(plan, views=tuple(view for view in plan.views if view != "compare"))
    classes = dict(given.classes) if given else _class_units(joined, plan, compared)
    whole = replace(timed.joined, left_out=find_left_out(timed.joined, timed.timeline)) if timed else joined
    colours = {**pick_colours(whole, classes), **(given.colours if given else {})}
    headline, summary = (given.headline, given.summary) if given else _write_heads(joined, plan, compared)
    told = _choose_told(joined, timed)
    undated = say_undated(phrases, timed.timeline) if timed and not timed.shown.with_all else ""
    lede = f"{write_lede(told)} {undated}".strip()
    description = joined.table.alt or f"{headline}. {lede} {summary}"
    sections = [*(given.sections if given else ()), *list_sections(plan, joined, slots, compared, data_hash, timed)]
    disputed = given.disputed if given else find_disputed(joined, plan.view)
    codes = list_short_codes(joined)
    rows = list(given.rows) if given else list_rows(joined, classes, plan.view, slots)
    marked = _mark_all(timed.joined) if timed else classes
    explained = explain_codes(whole, marked, codes, has_switches=True)
    notes = (given.note if given else "", explained, write_legend_note(whole))
    off_map = given.off_map if given else None
    if off_map is None:
        off_map = draw_off_map(joined, linked="claims" in plan.sections, undated=undated)
    texts = {
        **{key: phrases.say(key) for key in LAYOUT},
        **({"units_heading": given.heading} if given and given.heading else {}),
        "headline": headline,
        "lede": lede,
        "summary": summary,
        "legend_note": " ".join(filter(None, notes)),
        "credits": f"{write_credit(joined)} {phrases.say('tools')}",
        "stamp": write_stamp(whole, data_hash),
    }
    parts = {
        "nav": link_sections(sections),
        "still": draw_static_map(
            joined,
            topology,
            classes,
            colours,
            slots,
            disputed,
            phrases.say("map_described", said=description),
            given.signs if given else None,
        ),
        "legend": draw_legend(phrases, rows, colours, slots),
        "time": draw_slider(phrases, timed.shown) if timed else Markup(""),
        "pair": draw_pair_form(joined, compared) if compared else Markup(""),
        "off_map": off_map,
        "sections": chain((section.markup for section in sections), "\n"),
    }
    block = build_block(whole, topology, plan, compared, colours, slots, data_hash, timed.shown if timed else None)
    block |= {"given": given.build()} if given else {}
    if timed:
        end = write_lede_end(replace(told, report=replace(told.report, stale=0)))
        block |= {"lede": f"{end} {undated}".strip()}
    patterns = draw_patterns(
        [*dict.fromkeys(classes.values())], slots, *([draw_textures(given.textures)] if given else [])
    )
    title = f"{headline} – {joined.table.title}"
    language = joined.choices.language
    page = Page(title, description, texts, parts, patterns, plan.scripts, block, language, plan.tabbed)
    said = {row.key: row.label for row in rows}
    picture = Picture(
        topology=topology,
        fills={code: find_fill(key, colours, slots) for code, key in classes.items()},
        labels={code: f"{joined.gazetteer.units[code].name}: {said[key]}" for code, key in classes.items()},
        patterns=patterns,
        legend=parts["legend"],
        credit=write_credit(joined),
    )
    return make_map(page, joined.units.total_bounds, picture, standalone=standalone)


def _choose_told(joined: LocalisedTable, timed: Timed | None) -> LocalisedTable:
    """Return what the head of a page speaks of; that of a time line counts nothing that changes with the step."""
    if timed is None or timed.shown.with_all:
        return joined
    # By observation a step is no day of the table: what is known of it is known as of the table's own.
    day = joined.table.as_of if timed.timeline.by == "published" else timed.joined.table.as_of
    return replace(joined, table=replace(joined.table, as_of=day), report=replace(joined.report, stale=0))


def _mark_all(joined: JoinedTable) -> dict[str, str]:
    """Return keys of all groups that some step may show, as they may stand on the map."""
    mark = "~" if any(record.place.kind == "region" for record in joined.table.records) else ""
    mark += "!" if any(level.valid_for for level in joined.table.levels.values()) else ""
    return {group: f"{group}{mark}" for group in joined.shown}


def _class_units(joined: JoinedTable, plan: PagePlan, compared: Sequence[str]) -> dict[str, str]:
    if plan.view == "compare":
        return class_by_group(joined.report.units, joined.footprints, _sort_groups(joined, compared), joined.besides)
    column = joined.units["group_class" if plan.view == "overlay" else "count_class"]
    return {code: str(key) for code, key in column.items()}


def _sort_groups(joined: JoinedTable, groups: Sequence[str]) -> list[str]:
    return [group for group in joined.footprints if group in groups]


def _write_heads(joined: LocalisedTable, plan: PagePlan, compared: Sequence[str]) -> tuple[str, str]:
    if plan.view != "compare":
        return write_headline(joined), write_summary(joined, kinds=VIEW_KINDS[plan.view])
    overlap = compare_footprints(joined.footprints, compared, measure_units(joined.units, joined.gazetteer))
    summary = f"{write_comparison(joined, overlap)} {say_off_map(joined, compared)}".strip()
    return write_comparison_headline(joined, overlap), summary
