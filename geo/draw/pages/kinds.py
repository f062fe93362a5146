"""All kinds of pages, by the name that commands, files and the library give them: what needs all reads this list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import folium

from geo.draw.compose.page_content import PageContent
from geo.draw.pages.choropleth import describe_choropleth, draw_choropleth
from geo.draw.pages.compare import describe_comparison, draw_compare
from geo.draw.pages.diff import describe_diff, draw_diff
from geo.draw.pages.events import describe_events, draw_events
from geo.draw.pages.overlay import describe_overlay, draw_overlay
from geo.draw.pages.report import describe_report, draw_report
from geo.draw.pages.source_comparison import describe_source_comparison, draw_two_sources
from geo.draw.pages.timeline import describe_timeline, draw_timeline

__all__ = ["KINDS", "PageKind"]


@dataclass(frozen=True)
class PageKind:
    """A kind of page.

    Parameters
    ----------
    name : str
    describe : callable
        Returns all that the page says, of what is in its language already.
    draw : callable
        Returns the page.
    """

    name: str
    describe: Callable[..., PageContent]
    draw: Callable[..., folium.Map]


KINDS = {
    kind.name: kind
    for kind in (
        PageKind("choropleth", describe_choropleth, draw_choropleth),
        PageKind("overlay", describe_overlay, draw_overlay),
        PageKind("compare", describe_comparison, draw_compare),
        PageKind("timeline", describe_timeline, draw_timeline),
        PageKind("report", describe_report, draw_report),
        PageKind("sources", describe_source_comparison, draw_two_sources),
        PageKind("diff", describe_diff, draw_diff),
        PageKind("events", describe_events, draw_events),
    )
}
