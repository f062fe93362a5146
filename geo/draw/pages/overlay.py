"""The overlay: all located groups at once, in equal bands."""

from __future__ import annotations

import folium

from geo.draw.pages.compose import draw_view
from geo.draw.pages.page_plan import OVERLAY
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import JoinedTable
from geo.model import Topology

__all__ = ["draw_overlay"]


def draw_overlay(joined: JoinedTable, topology: Topology, *, standalone: bool = True) -> folium.Map:
    """Draw each unit with one equal band per group: solid where named, dotted where only a region is.

    Parameters
    ----------
    joined : JoinedTable
        From :func:`geo.join.joined_table.join_presence`.
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
    >>> page = draw_overlay(*join_table("presence: {Group A: [Kabul]}")).get_root().render()
    >>> "Group A is named in Kabul" in page
    True
    """
    return draw_view(localise(joined), topology, OVERLAY, standalone=standalone)
