"""The overlay: all located groups at once, in equal bands."""

from __future__ import annotations

import folium

from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.page_content import PageContent
from geo.draw.marks.legend import find_looks
from geo.draw.pages.table_page import PageScript, describe_table, list_table_sections
from geo.draw.pages.table_views import view_groups
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.join.joined_table import JoinedTable
from geo.model import Topology

__all__ = ["describe_overlay", "draw_overlay"]


def draw_overlay(joined: JoinedTable, topology: Topology, *, standalone: bool = True) -> folium.Map:
    """Draw each unit with one equal band per group: solid where named, dotted where only a region is.

    ``standalone`` is one file that asks no server; otherwise the page has folium's usual assets, so that popups and
    plugins can be added. ``save``, ``_repr_html_`` and ``get_root().render()`` give the same bytes.

    Examples
    --------
    >>> from geo.api import join_table
    >>> page = draw_overlay(*join_table("presence: {Group A: [Kabul]}")).get_root().render()
    >>> "Group A is named in Kabul" in page
    True
    """
    told = localise(joined)
    return compose_page(describe_overlay(told), told, topology, standalone=standalone)


def describe_overlay(joined: LocalisedTable) -> PageContent:
    """Say all that the page says."""
    looks = find_looks(joined)
    sections = [*list_table_sections(joined, looks).values()]
    script = PageScript("claims", ("overlay",), is_filtered=True)
    return describe_table(joined, looks, view_groups(joined, looks), sections, script)
