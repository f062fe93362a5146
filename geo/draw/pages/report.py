"""The report: every view, table and text of a table of claims on one page."""

from __future__ import annotations

from dataclasses import replace

import folium

from geo.draw.pages.compose import draw_view
from geo.draw.pages.page_plan import REPORT, Timed
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import JoinedTable
from geo.join.timeline import add_all, find_steps
from geo.model import Topology

__all__ = ["draw_report"]


def draw_report(joined: JoinedTable, topology: Topology, *, standalone: bool = True) -> folium.Map:
    """Draw the report: map, comparison, one small map a group, table, groups, ties, sources, method, citation.

    Parameters
    ----------
    joined : JoinedTable
        From :func:`geo.join.joined_table.join_presence`.
    topology : Topology
        Thinned boundaries for display.
    standalone : bool
        See :func:`geo.draw.pages.overlay.draw_overlay`.

    Returns
    -------
    folium.Map
        Inside our page.

    Examples
    --------
    >>> from geo.api import join_table
    >>> page = draw_report(*join_table("presence: {A: [Kabul, Logar], B: [Kabul]}")).get_root().render()
    >>> 'id="method"' in page and 'id="cite"' in page
    True
    """
    told = localise(joined)
    timeline = find_steps(joined.table)
    if len(timeline.steps) < 2:
        return draw_view(told, topology, REPORT, standalone=standalone)
    timed = Timed(told, timeline, add_all(timeline, joined.table))
    return draw_view(told, topology, replace(REPORT, timed=True), timed=timed, standalone=standalone)
