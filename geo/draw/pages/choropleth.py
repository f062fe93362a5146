"""The choropleth: how many groups, and each group's level; or how many independent sources."""

from __future__ import annotations

import folium

from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.page_content import PageContent
from geo.draw.marks.legend import find_looks
from geo.draw.pages.corroboration import describe_corroboration
from geo.draw.pages.table_page import PageScript, describe_table, list_table_sections
from geo.draw.pages.table_views import view_counts
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.join.joined_table import JoinedTable
from geo.model import Topology

__all__ = ["describe_choropleth", "draw_choropleth"]


def draw_choropleth(joined: JoinedTable, topology: Topology, *, standalone: bool = True) -> folium.Map:
    """Draw how many groups are named in each unit; radio buttons switch to the levels of one group.

    Where the choices ask for it, independent sources are counted instead.

    Examples
    --------
    >>> from geo.api import join_table
    >>> page = draw_choropleth(*join_table("presence: {Group A: [Kabul]}")).get_root().render()
    >>> "Group A is named in Kabul" in page
    True
    """
    told = localise(joined)
    return compose_page(describe_choropleth(told), told, topology, standalone=standalone)


def describe_choropleth(joined: LocalisedTable) -> PageContent:
    """Say all that the page says."""
    if joined.choices.count == "sources":
        return describe_corroboration(joined)
    looks = find_looks(joined)
    sections = [*list_table_sections(joined, looks).values()]
    script = PageScript("claims", ("count", "level"), is_filtered=True)
    return describe_table(joined, looks, view_counts(joined, looks), sections, script)
