"""The page of recorded events: how many are recorded in each unit, of each group, in each period."""

from __future__ import annotations

from collections.abc import Iterable

import folium

from geo.draw.html import Markup, chain, tag
from geo.draw.marks.event_legend import (
    TEXTURES,
    class_event_units,
    list_event_rows,
    pick_event_colours,
    sign_event_units,
)
from geo.draw.marks.static_map import draw_legend, draw_patterns, draw_static_map
from geo.draw.marks.textures import draw_textures, find_fill
from geo.draw.pages.data_block import build_block, sort_units
from geo.draw.pages.event_block import build_event_block, hash_activity
from geo.draw.pages.page_plan import PagePlan, Section, link_sections
from geo.draw.sections.event_periods import draw_event_slider, draw_periods
from geo.draw.sections.events import draw_actors, draw_event_sources, draw_event_table, draw_left_out
from geo.draw.serialise import hash_data
from geo.draw.web.folium_layer import Picture
from geo.draw.web.page import Page, make_map
from geo.draw.wording.captions import say_missing, write_credit
from geo.draw.wording.catalogue import LAYOUT, Catalogue
from geo.draw.wording.events import list_class_notes, list_notes, say_source, say_span, write_headline, write_summary
from geo.draw.wording.localised_names import LocalisedTable, localise, localise_neighbours
from geo.join.event_classes import ClassedActivity, class_activity
from geo.join.joined_table import JoinedTable
from geo.model import Activity, Topology

__all__ = ["draw_events"]

EVENTS = PagePlan("all", ("all",), ())
OWN = ("static_note", "panel_label", "detail_label", "foot_strong", "foot")
"""What this page says otherwise in the layout of every page."""


def draw_events(
    joined: JoinedTable,
    activity: Activity,
    topology: Topology,
    *,
    method: str = "fisher-jenks",
    classes: int = 5,
    standalone: bool = True,
) -> folium.Map:
    """Draw recorded events as counts and, where populations are known, as rates.

    Parameters
    ----------
    joined : JoinedTable
        From :func:`geo.join.joined_table.join_presence` of an empty table: units, gazetteer and language.
    activity : Activity
        Counted in the units of ``joined``.
    topology : Topology
        Thinned boundaries for display.
    method : str
        Of the classes; see :func:`geo.join.class_breaks.break_values`.
    classes : int
        At most so many.
    standalone : bool
        See :func:`geo.draw.pages.overlay.draw_overlay`.

    Returns
    -------
    folium.Map
        Inside our page.

    Raises
    ------
    PresenceError
        See :func:`geo.join.event_classes.class_activity`.

    Examples
    --------
    >>> from geo.api import join_table
    >>> from geo.model import EventCount
    >>> joined, topology = join_table("presence: []", allow_empty=True)
    >>> counts = (EventCount(None, "AF-KAB", None, 3),)
    >>> page = draw_events(joined, Activity("Events", "all", {}, counts, (), (), {}), topology).get_root().render()
    >>> "The most events are recorded in Kabul: 3 of 3" in page
    True
    """
    classed = class_activity(activity, joined.gazetteer.units, joined.report.units, method=method, classes=classes)
    data_hash = hash_activity(hash_data(joined), activity)
    page, picture = _compose(localise(joined), classed, localise_neighbours(topology, joined), data_hash)
    return make_map(page, joined.units.total_bounds, picture, standalone=standalone)


def _compose(
    joined: LocalisedTable, classed: ClassedActivity, topology: Topology, data_hash: str
) -> tuple[Page, Picture]:
    phrases = joined.phrases
    activity, language = classed.activity, joined.choices.language
    classes, colours = class_event_units(classed), pick_event_colours(classed)
    rows = list_event_rows(phrases, classed, classes)
    headline, lede, summary = (
        write_headline(joined, classed),
        _write_lede(phrases, activity),
        write_summary(joined, classed),
    )
    description = f"{headline}. {lede} {summary}"
    sections = _list_sections(joined, classed)
    said = phrases.say("map_described", said=description)
    credit = " ".join([write_credit(joined), *(say_source(phrases, source) for source in activity.sources)])
    texts = {
        **{key: phrases.say("events_layout", key) if key in OWN else phrases.say(key) for key in LAYOUT},
        "headline": headline,
        "lede": lede,
        "summary": summary,
        "pair": "",
        "credits": f"{write_credit(joined)} {phrases.say('tools')}",
        "stamp": _write_stamp(phrases, activity, data_hash),
    }
    parts = {
        "units_heading": tag("span", {"id": "legend-heading"}, phrases.say("events_heading")),
        "nav": link_sections(sections),
        "still": draw_static_map(joined, topology, classes, colours, {}, (), said, sign_event_units(phrases, classed)),
        "legend": draw_legend(phrases, rows, colours, {}),
        "legend_note": _draw_lines([say_missing(joined), *list_class_notes(phrases, classed)]),
        "time": draw_event_slider(phrases, classed),
        "off_map": _draw_notes(joined, classed),
        "sections": chain((section.markup for section in sections), "\n"),
    }
    block = build_block(joined, topology, EVENTS, (), colours, {}, data_hash)
    block |= build_event_block(joined, classed, sort_units(joined)) | {"title": activity.title}
    patterns = draw_patterns([], {}, draw_textures(TEXTURES))
    scripts = (
        "slider.js",
        "events.js",
        "events_panel.js",
        *(("event_points.js",) if activity.places is not None else ()),
    )
    title = f"{headline} – {activity.title}"
    page = Page(title, description, texts, parts, patterns, scripts, block, language)
    return page, _take_picture(joined, topology, classes, colours, page, rows_said={row.key: row.label for row in rows},
                               credit=credit)  # fmt: skip


def _take_picture(
    joined: JoinedTable,
    topology: Topology,
    classes: dict[str, str],
    colours: dict[str, str],
    page: Page,
    *,
    rows_said: dict[str, str],
    credit: str,
) -> Picture:
    units = joined.gazetteer.units
    return Picture(
        topology=topology,
        fills={code: find_fill(key, colours, {}) for code, key in classes.items()},
        labels={code: f"{units[code].name}: {rows_said[key]}" for code, key in classes.items()},
        patterns=page.patterns,
        legend=page.parts["legend"],
        credit=credit,
    )


def _write_lede(phrases: Catalogue, activity: Activity) -> str:
    span = say_span(phrases, activity)
    title = phrases.say("events_titled", title=activity.title, when=span) if span else activity.title
    return f"{phrases.say('stop', said=title)} {phrases.say('events_caution')}"


def _draw_notes(joined: LocalisedTable, classed: ClassedActivity) -> Markup:
    """Put what the figures mean beside the map, below those of the unit that is chosen."""
    heading = tag("h2", {}, joined.phrases.say("events_about"))
    lines = tag("p", {"class": "legend-note"}, _draw_lines(list_notes(joined, classed)))
    return tag("section", {"id": "about"}, heading, lines)


def _draw_lines(notes: Iterable[str]) -> Markup:
    return chain(tag("span", {}, note) for note in notes if note)


def _list_sections(joined: LocalisedTable, classed: ClassedActivity) -> list[Section]:
    phrases = joined.phrases
    activity = classed.activity
    sections = [Section("table", phrases.say("nav_table"), draw_event_table(joined, classed, sort_units(joined)))]
    if len(classed.steps) > 1:
        sections.append(Section("timeline", phrases.say("nav_time"), draw_periods(phrases, classed)))
    if activity.tally:
        sections.append(Section("left-out", phrases.say("events_nav_left"), draw_left_out(phrases, activity)))
    if activity.unmapped:
        label = phrases.say("events_nav_actors", n=phrases.write_number(len(activity.unmapped)))
        sections.append(Section("actors", label, draw_actors(phrases, activity)))
    label = phrases.say("nav_sources", n=phrases.write_number(len(activity.sources)))
    return [*sections, Section("sources", label, draw_event_sources(phrases, activity))]


def _write_stamp(phrases: Catalogue, activity: Activity, data_hash: str) -> str:
    titles = phrases.join_names([source.title for source in activity.sources]) or phrases.say("none_given")
    return phrases.say("stamp", sources=titles, data=data_hash[:12])
