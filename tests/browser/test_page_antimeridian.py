"""Pages of a country across 180°: in one piece that fills the map, events in their units, tiles that there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, Route, expect

from geo.cli.main import main
from tests.daily import choose
from tests.isles import ISLES, write_isles

Open = Callable[..., Page]

TABLE = "title: T\npresence:\n  A: [Lagoon, Twice, Far]\n  B: [Scattered, Twice]\n"
EVENTS = """id,date,lat,lon
1,2020-07-01,-16.01,179.01
2,2020-07-02,-16.01,-178.91
3,2020-07-02,-14.51,-177.81
"""
BOXES = """() => Object.fromEntries([...document.querySelectorAll("path.unit")].map((path) => {
  const map = document.querySelector(".leaflet-container").getBoundingClientRect();
  const { left, right, top, bottom } = path.getBoundingClientRect();
  return [path.dataset.code, [left - map.left, top - map.top, right - map.left, bottom - map.top]];
}))"""
SPOTS = """() => [...document.querySelectorAll(".spot circle")].map((circle) => {
  const box = circle.getBoundingClientRect();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const at = document.elementsFromPoint(x, y).find((each) => each.matches("path.unit"));
  return at ? at.dataset.code : null;
})"""


@pytest.fixture(params=choose(["torn", "cut at 180"], 1))
def draw(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that draws the islands by a command."""
    (tmp_path / "t.yaml").write_text(TABLE, "utf-8")
    (tmp_path / "e.csv").write_text(EVENTS, "utf-8")
    own = ("--boundaries", str(write_isles(tmp_path / "isles.geojson", request.param)), "--units", "island")

    def write(command: str, source: str, *words: str) -> Path:
        out = tmp_path / ("out" if command == "events" else "out.html")
        done = CliRunner().invoke(main, [command, str(tmp_path / source), *own, "-o", str(out), *words])
        assert done.exit_code == 0, done.output
        return next(out.glob("*.html")) if out.is_dir() else out

    return write


def test_the_country_fills_the_map_and_each_unit_is_where_it_is(draw: Callable[..., Path], open_page: Open) -> None:
    page = open_page(draw("overlay", "t.yaml"))
    boxes = page.evaluate(BOXES)
    assert boxes.keys() == ISLES.keys()
    west, east = (pick(box[side] for box in boxes.values()) for pick, side in ((min, 0), (max, 2)))
    south, north = (pick(shape.bounds[side] for shape in ISLES.values()) for pick, side in ((min, 1), (max, 3)))
    height = max(box[3] for box in boxes.values()) - min(box[1] for box in boxes.values())
    assert height > 0.8 * page.locator(".leaflet-container").evaluate("(map) => map.clientHeight")
    assert (east - west) / height == pytest.approx(6.17 / (north - south), rel=0.06), "no wider than it is on Earth"
    for code, shape in ISLES.items():
        left, _, right, _ = ((bound - 176.92) / 6.17 for bound in shape.bounds)
        assert [(boxes[code][side] - west) / (east - west) for side in (0, 2)] == pytest.approx([left, right], abs=0.01)


def test_a_unit_past_180_is_found_by_name(draw: Callable[..., Path], open_page: Open) -> None:
    page = open_page(draw("overlay", "t.yaml"))
    page.locator("#find").fill("Far")
    page.keyboard.press("Enter")
    expect(page.locator("#detail-name")).to_have_text("Far")
    page.wait_for_timeout(600)  # The map flies there.
    left, top, right, bottom = page.evaluate(BOXES)["Far"]
    width, height = page.locator(".leaflet-container").evaluate("(map) => [map.clientWidth, map.clientHeight]")
    assert 0 < left < right < width
    assert 0 < top < bottom < height


def test_events_stand_in_their_units(draw: Callable[..., Path], open_page: Open) -> None:
    page = open_page(draw("events", "e.csv", "--points", "--may-pass-on", "--to", "map"), "points=1")
    assert sorted(page.evaluate(SPOTS)) == ["Far", "Lagoon", "Lagoon"]


def test_tiles_are_asked_for_on_either_side_of_180(draw: Callable[..., Path], browser: Browser) -> None:
    asked: list[list[int]] = []

    def answer(route: Route) -> None:
        asked.append([int(number) for number in re.findall("[0-9]+", route.request.url.partition("org/")[2])])
        route.abort()

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route(re.compile("^https:"), answer)
    page.goto(draw("overlay", "t.yaml", "--basemap").as_uri())
    page.locator("path.unit[aria-label]").first.wait_for()
    page.wait_for_timeout(300)
    context.close()
    assert all(0 <= x < 2**zoom and 0 <= y < 2**zoom for zoom, x, y in asked)
    assert {x >= 2 ** (zoom - 1) for zoom, x, _ in asked} == {True, False}
