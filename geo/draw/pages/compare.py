"""The comparison: two or three groups' footprints on one map, in numbers, and all pairs beside."""

from __future__ import annotations

from collections.abc import Sequence

import folium

from geo.draw.pages.compose import draw_view
from geo.draw.pages.page_plan import COMPARE
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import JoinedTable
from geo.model import Topology

__all__ = ["draw_compare"]


def draw_compare(
    joined: JoinedTable, topology: Topology, groups: Sequence[str] = (), *, standalone: bool = True
) -> folium.Map:
    """Draw where only one, only the other and both of two groups are named, or the combinations of three.

    Parameters
    ----------
    joined : JoinedTable
        From :func:`geo.join.joined_table.join_presence`.
    topology : Topology
        Thinned boundaries for display.
    groups : sequence of str
        Ids of two or three groups with a named unit; without, the two that share most.
    standalone : bool
        See :func:`geo.draw.pages.overlay.draw_overlay`.

    Returns
    -------
    folium.Map
        Inside our page.

    Examples
    --------
    >>> from geo.api import join_table
    >>> page = draw_compare(*join_table("presence: {A: [Kabul, Logar], B: [Kabul]}")).get_root().render()
    >>> "A and B: 1 of 2 provinces named are shared" in page
    True
    """
    return draw_view(localise(joined), topology, COMPARE, compared=groups, standalone=standalone)
