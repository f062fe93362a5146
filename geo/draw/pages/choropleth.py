"""The choropleth: how many groups, and each group's level."""

from __future__ import annotations

import folium

from geo.draw.pages.compose import draw_view
from geo.draw.pages.corroboration import class_by_sources
from geo.draw.pages.page_plan import CHOROPLETH, CORROBORATION
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import JoinedTable
from geo.model import Topology

__all__ = ["draw_choropleth"]


def draw_choropleth(joined: JoinedTable, topology: Topology, *, standalone: bool = True) -> folium.Map:
    """Draw how many groups are named in each unit; radio buttons switch to the levels of one group.

    Parameters
    ----------
    joined : JoinedTable
        From :func:`geo.join.joined_table.join_presence`; where its choices ask for it, independent sources are counted.
    topology : Topology
        Thinned boundaries for display.
    standalone : bool
        One file that asks no server (default), or folium's usual assets so that popups and plugins can be added.

    Returns
    -------
    folium.Map
        Inside our page: ``save``, ``_repr_html_`` and ``get_root().render()`` give the same bytes.

    Examples
    --------
    >>> from geo.api import join_table
    >>> page = draw_choropleth(*join_table("presence: {Group A: [Kabul]}")).get_root().render()
    >>> "Group A is named in Kabul" in page
    True
    """
    if joined.choices.count == "sources":
        return draw_view(localise(joined), topology, CORROBORATION, give=class_by_sources, standalone=standalone)
    return draw_view(localise(joined), topology, CHOROPLETH, standalone=standalone)
