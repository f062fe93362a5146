"""A joined table and a view of it become a page."""

from __future__ import annotations

from collections.abc import Mapping

import folium

from geo.draw.block import build_block, hash_data
from geo.draw.legend import list_rows, order_levels
from geo.draw.page import Page, make_map
from geo.draw.palette import assign_slots, pick_ramp
from geo.draw.sections import draw_groups, draw_off_map, draw_records, draw_sources, draw_ties, draw_units, say_whose
from geo.draw.sentences import describe_choices, describe_date, write_headline, write_summary
from geo.draw.still import draw_legend, draw_patterns, draw_still
from geo.draw.text import escape
from geo.draw.words import join_names
from geo.join.presence import Joined
from geo.model import Topology

__all__ = ["draw_view"]

CREDITS = (
    "Boundaries: Natural Earth 1:10m, public domain, names and codes corrected after ISO 3166-2 and OCHA; "
    "thinned for display. Map drawn with Leaflet 1.9.3 and folium."
)


def draw_view(joined: Joined, topology: Topology, view: str, *, standalone: bool) -> folium.Map:
    """Return the page of a view.

    Parameters
    ----------
    joined : Joined
    topology : Topology
        Thinned boundaries with the same codes as ``joined.units``.
    view : str
        ``"overlay"`` or ``"count"``.
    standalone : bool
        See :func:`geo.draw.page.make_map`.
    """
    slots = {slot.group: slot for slot in assign_slots(joined.table, roll_up=joined.choices.roll_up)}
    column = joined.units["group_class" if view == "overlay" else "count_class"]
    classes = {code: str(key) for code, key in column.items()}
    colours = _pick_colours(joined, classes)
    rows = list_rows(joined, classes, view, slots)
    summary = write_summary(joined, kinds=KINDS[view])
    headline = write_headline(joined)
    data_hash = hash_data(joined)
    description = joined.table.alt or f"{headline}. {_write_lede(joined)} {summary}"
    parts = {
        "headline": escape(headline),
        "lede": escape(_write_lede(joined)),
        "summary": escape(summary),
        "record_count": str(len(joined.table.records)),
        "source_count": str(len(joined.table.sources)),
        "still": draw_still(joined, topology, classes, colours, slots, f"Map. {description}"),
        "legend": draw_legend(rows, colours, slots),
        "legend_note": _write_legend_note(joined),
        "off_map": draw_off_map(joined),
        "units": draw_units(joined),
        "records": draw_records(joined),
        "groups": draw_groups(joined, slots),
        "ties": draw_ties(joined),
        "sources": draw_sources(joined),
        "credits": escape(CREDITS),
        "stamp": escape(_write_stamp(joined, data_hash)),
    }
    block = build_block(joined, topology, view, colours, slots, data_hash)
    page = Page(
        f"{headline} – {joined.table.title}", description, parts, draw_patterns([*classes.values()], slots), block
    )
    west, south, east, north = (float(degree) for degree in joined.units.total_bounds)
    return make_map(page, (west, south, east, north), standalone=standalone)


def _pick_colours(joined: Joined, classes: Mapping[str, str]) -> dict[str, str]:
    most = max((int(key[2:]) for key in classes.values() if key.startswith("n:")), default=0)
    counts = pick_ramp([f"n:{count}" for count in range(1, max(most, len(joined.footprints)) + 1)])
    ranked = pick_ramp([f"level:{level}" for level in order_levels(joined)])
    others = [level.id for level in joined.table.levels.values() if level.rank is None]
    return {
        **counts,
        **ranked,
        **{f"level:{level}": UNRANKED[place % len(UNRANKED)] for place, level in enumerate(others)},
    }


KINDS = {"overlay": ("group", "coalition", "population"), "count": ("group",)}
"""Which kinds of group a view counts: a coalition or a population is not one group more."""

UNRANKED = ("#5b8c85", "#a3b86c", "#7f7fb2")
"""Levels without a rank are kinds of their own: hues off the ramp."""


def _write_lede(joined: Joined) -> str:
    table = joined.table
    dated = f", as of {describe_date(table.as_of)}" if table.as_of else ", undated"
    said = [f"{table.title}{dated}", table.subtitle or "", f"By {table.byline}" if table.byline else ""]
    return " ".join(
        [*(each if each[-1] in ".!?…" else f"{each}." for each in said if each), describe_choices(joined)]
    ).strip()


def _write_legend_note(joined: Joined) -> str:
    regions = dict.fromkeys(record.place.region for record in joined.table.records if record.place.kind == "region")
    notes = [f"Region {escape(region)}: {say_whose(region, joined)}." for region in regions if region]
    levels = sorted(joined.table.levels.values(), key=lambda level: level.rank or 0)
    ranked, own = ([level.name for level in levels if (level.rank is None) == kind] for kind in (False, True))
    notes += [f"Levels, weaker to stronger: {escape(', '.join(ranked))}."] if len(ranked) > 1 else []
    notes += [f"Of {'its' if len(own) == 1 else 'their'} own kind: {escape(', '.join(own))}."] if own else []
    return " ".join(notes)


def _write_stamp(joined: Joined, data_hash: str) -> str:
    table = joined.table
    dated = f"As of {describe_date(table.as_of)}. " if table.as_of else "Undated. "
    cite = join_names([source.author or source.title for source in table.sources.values()])
    return f"{dated}Sources: {cite or 'none given'}. Data {data_hash[:12]}."
