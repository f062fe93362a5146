"""Pages as `geo.api` draws them, of values instead of files."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import folium

from geo.api import MAPS
from geo.draw.pages.choropleth import draw_choropleth
from geo.draw.pages.source_comparison import draw_two_sources
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
    if name == "sources":
        return draw_two_sources(joined, topology, *list_record_sources(joined.table)[:2], **options)
    drawn: folium.Map = getattr(import_module(f"geo.draw.pages.{name}"), f"draw_{name}")(joined, topology, **options)
    return drawn
