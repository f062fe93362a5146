"""A table over time: a slider of steps above the map, a strip and a row of counts for each, small maps by period."""

from __future__ import annotations

import folium

from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.page_content import PageContent, Section
from geo.draw.marks.legend import find_looks
from geo.draw.pages.table_page import PageScript, TableInTime, describe_table, list_table_sections
from geo.draw.pages.table_views import view_groups
from geo.draw.sections.timeline import draw_steps
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.join.joined_table import JoinedTable
from geo.join.timeline import find_steps, join_step
from geo.model import Topology

__all__ = ["describe_timeline", "draw_timeline"]

MOST_LISTED = 400
"""Above this many records the page has no list of them: its script tells what stands behind the claims one looks at."""


def draw_timeline(
    joined: JoinedTable, topology: Topology, *, by: str = "published", standalone: bool = True
) -> folium.Map:
    """Draw the overlay and the choropleths of a table at every step at which something changes; it opens at the last.

    By ``"published"`` each step is a map as of that day, by ``"observed"`` what is now reported of it.

    Examples
    --------
    >>> from geo.api import join_table
    >>> table = '''
    ... sources: {a: {title: A, date: 2020-07}, b: {title: B, date: 2021-07}}
    ... groups: {g: {name: Group}}
    ... presence: [{group: g, in: Kabul, source: a}, {group: g, in: Kunar, source: b}]'''
    >>> page = draw_timeline(*join_table(table)).get_root().render()
    >>> 'aria-valuetext="July 2021 · 1 new record"' in page
    True
    """
    timeline = find_steps(joined.table, by)
    whole, last = localise(joined), localise(join_step(joined, timeline, -1))
    content = describe_timeline(last, TableInTime(whole, timeline, timeline))
    return compose_page(content, last, topology, standalone=standalone)


def describe_timeline(joined: LocalisedTable, time: TableInTime) -> PageContent:
    """Say all that the page says, which opens at the step at which ``joined`` stands."""
    looks, whole = find_looks(time.whole), time.whole
    listed = len(whole.table.records) <= MOST_LISTED
    sections = [
        Section("timeline", joined.phrases.say("nav_time"), draw_steps(whole, time.timeline, looks.slots)),
        *list_table_sections(joined, looks, time=time, listed=listed).values(),
    ]
    return describe_table(
        joined, looks, view_groups(joined, looks, whole.shown), sections,
        PageScript(
            "timeline", ("overlay", "count", "level"), ("view_bar.js", "small_maps.js", "slider.js", "timeline.js"),
        ), time=time,
    )  # fmt: skip
