"""The report: every view, table and text of a table of claims on one page."""

from __future__ import annotations

from dataclasses import replace

import folium

from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.page_content import PageContent, Section
from geo.draw.html import Markup, tag, tag_section
from geo.draw.marks.legend import find_looks
from geo.draw.pages.table_page import PageScript, TableInTime, describe_table, list_table_sections
from geo.draw.pages.table_views import view_groups
from geo.draw.sections.change_log import draw_corrections
from geo.draw.sections.compare import draw_comparison
from geo.draw.sections.sources import draw_cite, draw_method
from geo.draw.sections.timeline import draw_steps
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.join.joined_table import JoinedTable
from geo.join.overlap import choose_pair
from geo.join.timeline import add_all, find_steps
from geo.model import Quoted, Topology

__all__ = ["describe_report", "draw_report"]

ORDER = ("multiples", "compare", "timeline", "table", "groups-and-ties", "evidence", "about")


def draw_report(
    joined: JoinedTable, topology: Topology, *, standalone: bool = True, checked: frozenset[Quoted] = frozenset()
) -> folium.Map:
    """Draw the report: map, comparison, one small map a group, table, groups, ties, sources, method, citation.

    ``checked`` are the quotes that were found in the copies of their sources, which bear a mark.

    Examples
    --------
    >>> from geo.api import join_table
    >>> page = draw_report(*join_table("presence: {A: [Kabul, Logar], B: [Kabul]}")).get_root().render()
    >>> 'id="method"' in page and 'id="cite"' in page
    True
    """
    told = localise(joined)
    told = replace(told, checked=checked) if checked else told
    return compose_page(describe_report(told), told, topology, standalone=standalone)


def describe_report(joined: LocalisedTable) -> PageContent:
    """Say all that the page says; a comparison of one group, or a time line of one step, says nothing."""
    looks, compared, timeline = find_looks(joined), choose_pair(joined.footprints), find_steps(joined.table)
    time = TableInTime(joined, timeline, add_all(timeline, joined.table)) if len(timeline.steps) > 1 else None
    sections, phrases = list_table_sections(joined, looks, time=time, tabbed=True), joined.phrases
    about = draw_method(joined), draw_cite(joined), draw_corrections(joined)
    more = [
        Section("multiples", phrases.say("group_by_group"), _draw_multiples(phrases)),
        Section("about", phrases.say("nav_about"), tag("section", {"id": "about"}, *about)),
    ]
    if compared:
        more.append(Section("compare", phrases.say("nav_compare"), draw_comparison(joined, compared, looks.slots)))
    if time:
        more.append(Section("timeline", phrases.say("nav_time"), draw_steps(joined, timeline, looks.slots)))
    sections |= {section.id: section for section in more}
    script = PageScript(
        "report", ("overlay", "count", "level", *(("compare",) if compared else ())),
        ("view_bar.js", "small_maps.js", "compare.js", *(("slider.js", "timeline.js") if time else ()), "report.js"),
        is_filtered=True,
    )  # fmt: skip
    return describe_table(
        joined, looks, view_groups(joined, looks), [sections[each] for each in ORDER if each in sections],
        script, compared=compared, time=time, tabbed=True,
    )  # fmt: skip


def _draw_multiples(phrases: Catalogue) -> Markup:
    note = tag("p", {"class": "no-script"}, phrases.say("multiples_note"))
    maps = tag("div", {"id": "multiples-maps", "class": "small-maps"})
    legend = tag("ul", {"id": "multiples-legend"})
    return tag_section("multiples", phrases.say("group_by_group"), note, legend, maps)
