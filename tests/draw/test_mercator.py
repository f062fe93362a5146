"""What is made for Web Mercator is refused on a map of equal areas, by name, with the word that draws it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import pytest
from folium.plugins import MiniMap
from folium.raster_layers import ImageOverlay

import geo
from geo.api import MapOptions, render_maps
from geo.join.joined_table import JoinedTable

TABLE = Path(__file__).parents[2] / "presence.yaml"
BOUNDS = [[30, 60], [38, 75]]
ADDED: dict[str, Callable[[folium.Map], Any]] = {
    "a folium TileLayer 'openstreetmap' on": lambda drawn: folium.TileLayer().add_to(drawn),
    "a folium TileLayer 'Streets' on": lambda drawn: folium.TileLayer(name="Streets").add_to(
        folium.FeatureGroup().add_to(drawn)
    ),
    "a folium WmsTileLayer": lambda drawn: folium.WmsTileLayer("https://example.org", layers="a").add_to(drawn),
    "a folium ImageOverlay": lambda drawn: ImageOverlay("https://example.org/a.png", BOUNDS).add_to(drawn),
    "a folium MiniMap on": lambda drawn: MiniMap().add_to(drawn),
}


@pytest.fixture(scope="module")
def joined() -> JoinedTable:
    return geo.join_presence(geo.read_presence(TABLE))


@pytest.mark.parametrize("name", ADDED)
def test_what_lies_wrong_on_equal_areas_is_refused_and_the_word_that_is_named_draws_it(
    name: str, joined: JoinedTable
) -> None:
    drawn = geo.draw_overlay(joined, standalone=False)
    ADDED[name](drawn)
    for show in (drawn.get_root().render, drawn._repr_html_):
        with pytest.raises(geo.PresenceError, match=name) as refused:
            show()
    word = re.search(r'(projection)="(\w+)"', str(refused.value))
    assert word
    again = geo.draw_overlay(joined, standalone=False, **{word[1]: word[2]})
    ADDED[name](again)
    assert "crs: L.CRS.EPSG3857," in again.get_root().render()


@pytest.mark.parametrize("draw", [geo.draw_overlay, geo.draw_choropleth, geo.draw_timeline])
def test_each_map_can_be_in_mercator_and_its_picture_without_script_stays_as_it_is(
    draw: Callable[..., folium.Map], joined: JoinedTable
) -> None:
    plain, tiled = (draw(joined, projection=each).get_root().render() for each in ("equal-area", "mercator"))
    assert ("L.CRS.EPSG3857," in plain, "L.CRS.EPSG3857," in tiled) == (False, True)
    still = re.compile(r'<figure id="static">.*?</figure>', re.DOTALL)
    assert still.findall(plain) == still.findall(tiled) != []


def test_a_page_on_a_base_map_is_in_mercator() -> None:
    page = render_maps(TABLE, ["overlay"], options=MapOptions(basemap=True)).pages["overlay"].decode()
    assert "crs: L.CRS.EPSG3857," in page
