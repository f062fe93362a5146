"""The comparison: two or three groups' footprints on one map, in numbers, and all pairs beside."""

from __future__ import annotations

from collections.abc import Sequence

import folium

from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.page_content import PageContent, Section
from geo.draw.marks.legend import find_looks
from geo.draw.pages.table_page import PageScript, describe_table, list_table_sections
from geo.draw.pages.table_views import view_comparison
from geo.draw.sections.compare import draw_comparison
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.errors import TableError
from geo.join.compared_groups import find_faults
from geo.join.joined_table import JoinedTable
from geo.join.overlap import choose_pair
from geo.model import Topology

__all__ = ["describe_comparison", "draw_compare"]


def draw_compare(
    joined: JoinedTable, topology: Topology, groups: Sequence[str] = (), *, standalone: bool = True
) -> folium.Map:
    """Draw where only one, only the other and both of two groups are named, or the combinations of three.

    Without ids of groups, of the two that share most.

    Examples
    --------
    >>> from geo.api import join_table
    >>> page = draw_compare(*join_table("presence: {A: [Kabul, Logar], B: [Kabul]}")).get_root().render()
    >>> "A and B are both named in 1 of the 2 provinces named for either" in page
    True
    """
    told = localise(joined)
    content = describe_comparison(told, groups)
    return compose_page(content, told, topology, standalone=standalone)


def describe_comparison(joined: LocalisedTable, groups: Sequence[str] = ()) -> PageContent:
    """Say all that the page says."""
    if problems := find_faults(joined, groups, "table"):
        raise TableError(problems)
    looks, compared = find_looks(joined), groups or choose_pair(joined.footprints)
    sections = [
        Section("compare", joined.phrases.say("nav_compare"), draw_comparison(joined, compared, looks.slots)),
        *list_table_sections(joined, looks).values(),
    ]
    return describe_table(
        joined, looks, view_comparison(joined, looks, compared), sections,
        PageScript("compare", ("compare",), ("small_maps.js", "compare.js")), compared=compared,
    )  # fmt: skip
