"""A joined table and a view of it become a page."""

from __future__ import annotations

import folium

from geo.draw.block import build_block, hash_data
from geo.draw.legend import find_disputed, list_rows, pick_colours
from geo.draw.notes import BOUNDARY_CREDIT, VIEW_KINDS, write_lede, write_legend_note, write_stamp
from geo.draw.page import Page, make_map
from geo.draw.palette import assign_slots
from geo.draw.sections import draw_groups, draw_off_map, draw_records, draw_sources, draw_ties, draw_units
from geo.draw.sentences import write_headline, write_summary
from geo.draw.still import draw_legend, draw_patterns, draw_still
from geo.draw.text import escape
from geo.join.presence import Joined
from geo.model import Topology

__all__ = ["draw_view"]

CREDITS = f"{BOUNDARY_CREDIT} Map drawn with Leaflet 1.9.3 and folium."


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
    colours = pick_colours(joined, classes)
    rows = list_rows(joined, classes, view, slots)
    summary = write_summary(joined, kinds=VIEW_KINDS[view])
    headline = write_headline(joined)
    data_hash = hash_data(joined)
    description = joined.table.alt or f"{headline}. {write_lede(joined)} {summary}"
    parts = {
        "headline": escape(headline),
        "lede": escape(write_lede(joined)),
        "summary": escape(summary),
        "record_count": str(len(joined.table.records)),
        "source_count": str(len(joined.table.sources)),
        "still": draw_still(
            joined, topology, classes, colours, slots, find_disputed(joined, view), f"Map. {description}"
        ),
        "legend": draw_legend(rows, colours, slots),
        "legend_note": escape(write_legend_note(joined)),
        "off_map": draw_off_map(joined),
        "units": draw_units(joined),
        "records": draw_records(joined),
        "groups": draw_groups(joined, slots),
        "ties": draw_ties(joined),
        "sources": draw_sources(joined),
        "credits": escape(CREDITS),
        "stamp": escape(write_stamp(joined, data_hash)),
    }
    block = build_block(joined, topology, view, colours, slots, data_hash)
    patterns = draw_patterns([*dict.fromkeys(classes.values())], slots)
    page = Page(f"{headline} – {joined.table.title}", description, parts, patterns, block)
    west, south, east, north = (float(degree) for degree in joined.units.total_bounds)
    return make_map(page, (west, south, east, north), standalone=standalone)
