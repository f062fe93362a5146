"""The page of recorded events: how many are recorded in each unit, of each group, in each period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

import folium
import geopandas as gpd

from geo.attribution import shorten_hash
from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.data_block import sort_units
from geo.draw.compose.dataset import describe_counts
from geo.draw.compose.page_content import MapView, PageContent, Section
from geo.draw.html import Markup, chain, tag
from geo.draw.marks.event_legend import (
    NO_POPULATION,
    class_event_units,
    list_event_rows,
    pick_event_colours,
    sign_event_units,
)
from geo.draw.pages.event_block import build_event_block
from geo.draw.sections.event_periods import draw_event_slider, draw_periods
from geo.draw.sections.events import draw_actors, draw_event_sources, draw_event_table, draw_left_out
from geo.draw.serialise import hash_activity
from geo.draw.wording.captions import say_missing
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.events import list_class_notes, list_notes, say_source, say_span, write_headline, write_summary
from geo.draw.wording.localised_names import LocalisedUnits, localise_units
from geo.join.event_classes import ClassedActivity, Classing, class_activity
from geo.model import Activity, Gazetteer, Topology

__all__ = ["describe_events", "draw_events"]

OWN = ("static_note", "panel_label", "detail_label", "foot_strong", "foot_silence", "foot")
"""What this page says otherwise in the layout of every page."""


def draw_events(
    units: gpd.GeoDataFrame,
    gazetteer: Gazetteer,
    topology: Topology,
    activity: Activity,
    *,
    language: str = "en",
    standalone: bool = True,
    **classing: Unpack[Classing],
) -> folium.Map:
    """Draw recorded events as counts, as the deaths that they state and, where populations are known, as rates.

    Units are indexed by unique code, in EPSG:4326. How numbers are classed is told to
    `geo.join.event_classes.class_activity`, whose errors are raised.

    Examples
    --------
    >>> from geo.api import load_boundaries
    >>> from geo.model import EventCount
    >>> known = load_boundaries()
    >>> activity = Activity("Events", "all", {}, (EventCount(None, "AF-KAB", None, 3),), (), (), {})
    >>> page = draw_events(known.frame, known.gazetteer, known.topology, activity).get_root().render()
    >>> "The most events are recorded in Kabul: 3 of 3" in page
    True
    """
    drawn, codes = localise_units(units, gazetteer, language), [str(code) for code in units.index]
    classed = class_activity(activity, gazetteer.units, codes, **classing)
    content = describe_events(drawn, classed, hash_activity(activity, units))
    return compose_page(content, drawn, topology, standalone=standalone)


def describe_events(drawn: LocalisedUnits, classed: ClassedActivity, data_hash: str) -> PageContent:
    """Say all that the page says."""
    activity, phrases = classed.activity, drawn.phrases
    view, kicker, caution = (
        _view_events(drawn, classed),
        _write_kicker(phrases, activity),
        phrases.say("events_caution"),
    )
    scripts = ("slider.js", "events.js", "events_panel.js")
    return PageContent(
        kind="events",
        view=view,
        title=activity.title,
        kicker=kicker,
        lede=phrases.say("events_no_presence"),
        description=f"{view.headline}. {phrases.say('stop', said=kicker)} {caution} {view.summary}",
        stamp=_write_stamp(phrases, activity, data_hash),
        sections=_list_sections(drawn, classed),
        data=build_event_block(drawn, classed, data_hash),
        scripts=scripts if activity.places is None else (*scripts, "event_points.js"),
        legend_note=_draw_lines([say_missing(drawn), *list_class_notes(phrases, classed)]),
        off_map=_draw_notes(drawn, classed),
        slider=draw_event_slider(phrases, classed),
        layout={key: phrases.say("events_layout", key) for key in OWN},
        credit=" ".join(say_source(phrases, source) for source in activity.sources),
        dataset=describe_counts(drawn, activity, data_hash),
    )


def _view_events(drawn: LocalisedUnits, classed: ClassedActivity) -> MapView:
    phrases = drawn.phrases
    classes = class_event_units(phrases, classed)
    return MapView(
        name="all",
        classes=classes,
        rows=list_event_rows(phrases, classed, classes),
        headline=write_headline(drawn, classed),
        summary=write_summary(drawn, classed),
        signs=sign_event_units(phrases, classed),
        heading=tag(
            "span",
            {"id": "legend-heading"},
            phrases.say("events_heading" if classed.measure == "events" else "events_heading_deaths"),
        ),
        colours=pick_event_colours(classed),
        textures=(NO_POPULATION,),
        has_large_signs=True,
    )


def _write_kicker(phrases: Catalogue, activity: Activity) -> str:
    span = say_span(phrases, activity)
    return phrases.say("events_titled", title=activity.title, when=span) if span else activity.title


def _draw_notes(drawn: LocalisedUnits, classed: ClassedActivity) -> Markup:
    """Put what the figures mean beside the map, below those of the unit that is chosen."""
    heading = tag("h2", {}, drawn.phrases.say("events_about"))
    lines = tag("p", {"class": "legend-note"}, _draw_lines(list_notes(drawn, classed)))
    return tag("section", {"id": "about"}, heading, lines)


def _draw_lines(notes: Iterable[str]) -> Markup:
    return chain(tag("span", {}, note) for note in notes if note)


def _list_sections(drawn: LocalisedUnits, classed: ClassedActivity) -> list[Section]:
    phrases, activity = drawn.phrases, classed.activity
    codes = sort_units(drawn.gazetteer, classed.units)
    sections = [Section("table", phrases.say("nav_table"), draw_event_table(drawn, classed, codes))]
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
    return phrases.say("stamp", sources=titles, data=shorten_hash(data_hash))
