"""Pages as `geo.api` draws them, of values instead of files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import folium

from geo.api import MAPS
from geo.draw.pages.choropleth import draw_choropleth
from geo.draw.pages.kinds import KINDS
from geo.join.joined_table import JoinedTable
from geo.join.source_comparison import list_record_sources
from geo.model import Topology

__all__ = ["PAGES", "draw_map"]

PAGES = (*MAPS, "sources", "voices")


def draw_map(name: str, joined: JoinedTable, topology: Topology, **options: Any) -> folium.Map:
    """Draw one of `PAGES`: of sources the first two that a record rests on, of voices the choropleth of sources."""
    if name == "voices":
        joined = replace(joined, choices=replace(joined.choices, count="sources"))
        return draw_choropleth(joined, topology, **options)
    sources = list_record_sources(joined.table)[:2] if name == "sources" else ()
    return KINDS[name].draw(joined, topology, *sources, **options)
