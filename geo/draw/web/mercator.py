"""Web Mercator, for those who ask for it: tiles and whatever else is made for it lie wrong on a map of equal areas."""

from __future__ import annotations

from collections.abc import Iterator

import folium
from branca.element import Element

from geo.errors import PresenceError, Problem

__all__ = ["refuse_tiles", "use_mercator"]

MERCATOR = "EPSG3857"
MADE_FOR_IT = {
    "ImageOverlay", "MiniMap", "TileLayer", "TimestampedWmsTileLayers", "VectorGridProtobuf", "VideoOverlay",
    "WmsTileLayer",
}  # fmt: skip
"""Classes of folium and its plugins; to import the plugins would take longer than to draw a page."""


def use_mercator(drawn: folium.Map) -> folium.Map:
    """Show a map in Web Mercator, which tiles need; its static picture stays one of equal areas.

    Examples
    --------
    >>> from geo.api import join_table
    >>> from geo.draw.pages.overlay import draw_overlay
    >>> drawn = use_mercator(draw_overlay(*join_table("presence: {Group A: [Kabul]}")))
    >>> "crs: L.CRS.EPSG3857," in drawn.get_root().render()
    True
    """
    drawn.crs = MERCATOR
    return drawn


def refuse_tiles(drawn: folium.Map) -> None:
    """Refuse what somebody has added to a map of equal areas that is made for Web Mercator, by name."""
    if drawn.crs == MERCATOR:
        return
    expected = 'none there, or Web Mercator: projection="mercator" for the function that draws the map'
    refused = [each for each in _list_elements(drawn) if {kind.__name__ for kind in type(each).__mro__} & MADE_FOR_IT]
    if refused:
        found = dict.fromkeys(f"a {_name(each)} on a map of equal areas" for each in refused)
        raise PresenceError(Problem(drawn.get_name(), each, expected) for each in found)


def _name(element: Element) -> str:
    called = getattr(element, "layer_name", None)
    return f"folium {type(element).__name__}" + (f" {called!r}" if called else "")


def _list_elements(parent: Element) -> Iterator[Element]:
    for child in parent._children.values():
        yield child
        yield from _list_elements(child)
