"""A base map below the units, for those who ask for one: the only thing on a page that comes from a server."""

from __future__ import annotations

from dataclasses import replace

import folium

from geo.draw.web.mercator import use_mercator
from geo.draw.web.page import PageFigure
from geo.draw.wording.catalogue import read_catalogue

__all__ = ["lay_basemap"]

HOST = "https://tile.openstreetmap.org"
CREDIT = "© OpenStreetMap contributors"


def lay_basemap(drawn: folium.Map) -> folium.Map:
    """Lay the tiles of OpenStreetMap below the units of a page, with credit and a notice that they come from a server.

    They are in Web Mercator, so the page is.

    Parameters
    ----------
    drawn : folium.Map
        From one of this room's ``draw_...`` functions, standalone.

    Returns
    -------
    folium.Map
        The same.

    Examples
    --------
    >>> from geo.api import join_table
    >>> from geo.draw.pages.overlay import draw_overlay
    >>> page = lay_basemap(draw_overlay(*join_table("presence: {Group A: [Kabul]}"))).get_root().render()
    >>> f"img-src data: {HOST};" in page
    True
    """
    figure = drawn.get_root()
    if not isinstance(figure, PageFigure):
        raise TypeError("a map of ours is expected")
    page = figure.page
    phrases = read_catalogue(page.lang)
    notice = phrases.say("basemap_notice", credit=CREDIT)
    tiles = {"url": f"{HOST}/{{z}}/{{x}}/{{y}}.png", "credit": CREDIT, "failed": phrases.say("basemap_failed")}
    texts = {**page.texts, "credits": f"{page.texts['credits']} {notice}"}
    block, scripts = {**page.block, "basemap": tiles}, (*page.scripts, "basemap.js")
    figure.page = replace(page, texts=texts, block=block, scripts=scripts, pictures=(HOST,))
    return use_mercator(drawn)
