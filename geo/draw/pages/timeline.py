"""A table over time: a slider of steps above the map, a strip and a row of counts for each, small maps by period."""

from __future__ import annotations

from dataclasses import replace

import folium

from geo.draw.pages.compose import draw_view
from geo.draw.pages.page_plan import TIMELINE, Timed
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import JoinedTable
from geo.join.timeline import find_steps, join_step
from geo.model import Topology

__all__ = ["draw_timeline"]

MOST_LISTED = 400
"""Above this many records the page has no list of them: its script tells what stands behind the claims one looks at."""


def draw_timeline(
    joined: JoinedTable, topology: Topology, *, by: str = "published", standalone: bool = True
) -> folium.Map:
    """Draw the overlay and the choropleths of a table at every step at which something changes.

    Parameters
    ----------
    joined : JoinedTable
        From :func:`geo.join.joined_table.join_presence`, with at least one record that has a date.
    topology : Topology
        Thinned boundaries for display.
    by : str
        ``"published"``: each step is a map as of that day. ``"observed"``: each is what is now reported of it.
    standalone : bool
        See :func:`geo.draw.pages.overlay.draw_overlay`.

    Returns
    -------
    folium.Map
        Inside our page, which opens at the last step.

    Examples
    --------
    >>> from geo.api import join_table
    >>> table = '''
    ... sources: {a: {title: A, date: 2020-07}, b: {title: B, date: 2021-07}}
    ... groups: {g: {name: Group}}
    ... presence: [{group: g, in: Kabul, source: a}, {group: g, in: Kunar, source: b}]'''
    >>> page = draw_timeline(*join_table(table)).get_root().render()
    >>> 'aria-valuetext="July 2021"' in page
    True
    """
    timeline = find_steps(joined.table, by)
    timed, plan = Timed(localise(joined), timeline, timeline), TIMELINE
    if len(joined.table.records) > MOST_LISTED:
        plan = replace(plan, sections=tuple(each for each in plan.sections if each != "claims"))
    return draw_view(localise(join_step(joined, timeline, -1)), topology, plan, timed=timed, standalone=standalone)
