"""What a user adds lies where it is, provinces have their true share of the screen, and the map fits its frame."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import folium
import numpy as np
import pytest
import shapely
from playwright.sync_api import Page, Route

import geo
from geo.draw.marks.palette import FIELD, LAND, SHORE
from geo.geodesic_areas import measure_areas
from geo.join.joined_table import JoinedTable
from geo.read.boundaries.bundled import read_boundaries
from geo.shapefiles.make import WINDOW
from tests.browser.test_page_hostile import FOLIUMS_OWN
from tests.daily import choose

Open = Callable[..., Page]

CLOSE = 0.5
"""Per cent of a province's share of the map."""
PLACES = {"AF-KAB": (34.53, 69.17), "AF-HER": (34.35, 62.2), "AF-NIM": (30.2, 62.5), "AF-BDS": (37.0, 73.5)}
UNDER = """() => [...document.querySelectorAll(".leaflet-marker-icon")].map((icon) => {
  const { left, right, top, bottom } = icon.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return document.elementsFromPoint(x, y).find((each) => each.matches("path.unit")).dataset.code;
})"""
MEASURE = """() => Object.fromEntries([...document.querySelectorAll("path.unit")].map((path) => {
  let area = 0;
  for (const ring of path.getAttribute("d").split("M").slice(1)) {
    const numbers = ring.match(/-?[\\d.]+/g).map(Number);
    for (let at = 0; at < numbers.length; at += 2) {
      const [x, y, u, v] = [numbers[at], numbers[at + 1], numbers.at(at - 2), numbers.at(at - 1)];
      area += (u * y - x * v) / 2;
    }
  }
  return [path.dataset.code, Math.abs(area)];
}))"""
EDGES = """() => {
  const map = window.map_presence, { x, y } = map.getSize(), at = Array.from({ length: 41 }, (_, place) => place / 40);
  const spots = at.flatMap((share) => [[x * share, 0], [x * share, y], [0, y * share], [x, y * share]]);
  return spots.map((spot) => map.containerPointToLatLng(spot)).map(({ lng, lat }) => [lng, lat]);
}"""
GROUNDS = """() => ["#map_presence", ".stage", "path.neighbour", "path.sea"].map((chosen) => {
  const { backgroundColor, fill, stroke } = getComputedStyle(document.querySelector(chosen));
  return chosen.startsWith("path") ? [fill, stroke] : backgroundColor;
})"""
BLANK = "<!DOCTYPE html><html lang=en><title>Blank</title>"
PIN = r"marker-(icon|shadow)(-2x)?\.png"
"""Leaflet asks for it before folium gives the marker another look."""


@pytest.fixture(scope="module")
def joined() -> JoinedTable:
    return geo.join_presence(geo.read_presence(Path(__file__).parents[2] / "presence.yaml"))


def add_markers(drawn: folium.Map) -> folium.Map:
    """Add a marker a place, of text, for a page that asks no server has no picture of a pin."""
    for place in PLACES.values():
        folium.Marker(place, icon=folium.DivIcon("<i>+</i>", icon_size=(9, 9), icon_anchor=(4, 4))).add_to(drawn)
    return drawn


def give_leaflet(route: Route) -> None:
    if route.request.url.endswith(("/leaflet.js", "/leaflet.css")):
        name = route.request.url.rpartition("/")[2]
        leaflet = files("xstatic.pkg.leaflet").joinpath("data", name).read_text("utf-8")
        kind = "text/javascript" if name.endswith("js") else "text/css"
        route.fulfill(body=leaflet.partition("//# sourceMappingURL")[0], content_type=kind)
    else:
        route.abort()


@pytest.mark.parametrize(("width", "projection"), choose(itertools.product([1280, 380], ["equal-area", "mercator"]), 2))
def test_a_marker_stands_in_its_province(
    width: int, projection: str, joined: JoinedTable, open_page: Open, tmp_path: Path
) -> None:
    add_markers(geo.draw_overlay(joined, projection=projection)).save(tmp_path / "m.html")
    page = open_page(tmp_path / "m.html", width=width, known=PIN)
    page.locator("#map_presence").scroll_into_view_if_needed()
    assert page.evaluate(UNDER) == list(PLACES)


def test_a_marker_stands_in_its_province_with_foliums_own_assets(
    joined: JoinedTable, open_page: Open, tmp_path: Path
) -> None:
    add_markers(geo.draw_overlay(joined, standalone=False)).save(tmp_path / "m.html")
    (tmp_path / "blank.html").write_text(BLANK, "utf-8")
    page = open_page(tmp_path / "blank.html", known=f"{FOLIUMS_OWN}|{PIN}")
    page.route("https://**/*", give_leaflet)
    page.goto((tmp_path / "m.html").as_uri())
    page.wait_for_selector(".live path.unit", state="attached")
    assert page.evaluate(UNDER) == list(PLACES)


@pytest.mark.parametrize("width", [1280, 380])
def test_each_province_has_its_true_share_of_the_screen(width: int, pages: dict[str, Path], open_page: Open) -> None:
    drawn = open_page(pages["overlay"], width=width).evaluate(MEASURE)
    shapes = read_boundaries().geometry
    true = measure_areas(shapes.to_numpy())
    shares = np.array([drawn[code] for code in shapes.index]) / sum(drawn.values())
    assert np.abs(shares / (true / true.sum()) - 1).max() * 100 < CLOSE


@pytest.mark.parametrize(
    ("width", "height", "fragment"),
    choose([
        (380, 800, ""), (640, 800, ""), (1280, 500, ""), (1280, 800, ""), (1920, 1080, ""), (380, 520, "embed"),
        (1280, 520, "embed"),
    ], 3),
)  # fmt: skip
def test_countries_around_fill_the_frame_to_its_edges(
    width: int, height: int, fragment: str, pages: dict[str, Path], open_page: Open
) -> None:
    page = open_page(pages["overlay"], width=width, height=height, fragment=fragment)
    assert [spot for spot in page.evaluate(EDGES) if not WINDOW.contains(shapely.Point(spot))] == []


def test_where_nothing_more_is_drawn_no_box_ends(pages: dict[str, Path], open_page: Open) -> None:
    land, sea, line = (f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
                       for colour in (LAND, FIELD, SHORE))  # fmt: skip
    page = open_page(pages["overlay"], width=2560, height=600)
    assert {WINDOW.contains(shapely.Point(spot)) for spot in page.evaluate(EDGES)} == {True, False}
    assert page.evaluate(GROUNDS) == [land, land, ["none", line], [sea, "none"]]


def test_the_whole_country_is_in_view_and_no_bigger_map_would_be(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"], height=1000)
    free = page.evaluate("""() => {
      const map = window.map_presence.getContainer().getBoundingClientRect();
      const boxes = [...document.querySelectorAll("path.unit")].map((path) => path.getBoundingClientRect());
      const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])) - map[side]);
      const [right, bottom] = ["right", "bottom"].map((side) => map[side] - Math.max(...boxes.map((box) => box[side])));
      return [left, right, top, bottom];
    }""")
    assert min(free) > 10
    assert min(free[0], free[2]) < 60
    assert free[0] == pytest.approx(free[1], abs=3)
    assert free[2] == pytest.approx(free[3], abs=3)
