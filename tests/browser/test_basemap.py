"""The base map, on request only: tiles below the units, credited, and no loss where they do not come."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from geo.api import MapOptions, render_maps
from tests.browser.waiting import wait_until
from tests.daily import choose

TABLE = Path(__file__).parents[2] / "presence.yaml"
HOST = "https://tile.openstreetmap.org/"
TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NAMES = ("overlay", "choropleth", "compare")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Draw the default table on a base map."""
    folder = tmp_path_factory.mktemp("basemap")
    for name, page in render_maps(TABLE, NAMES, options=MapOptions(basemap=True)).pages.items():
        (folder / f"{name}.html").write_bytes(page)
    return {name: folder / f"{name}.html" for name in NAMES}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Give a page that is not offline, though nothing it asks leaves this machine."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def open_map(page: Page, file: Path, *, is_answered: bool) -> list[str]:
    """Open a map and answer for the server, or let nothing through; return what was asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if is_answered:
            route.fulfill(status=200, body=TILE, content_type="image/png")
        else:
            route.abort()

    page.unroute_all()
    page.route(re.compile("^https?:"), answer)
    page.goto(file.as_uri())
    page.locator("path.unit[aria-label]").first.wait_for()
    return asked


@pytest.mark.parametrize("name", choose(NAMES, 1))
def test_tiles_lie_below_the_units_and_are_credited(name: str, built: dict[str, Path], page: Page) -> None:
    asked = open_map(page, built[name], is_answered=True)
    wait_until(page, "() => document.querySelectorAll('img.leaflet-tile-loaded').length > 3")
    assert len(asked) > 3
    assert all(re.fullmatch(HOST + r"\d+/\d+/\d+\.png", address) for address in asked)
    expect(page.locator(".basemap-credit")).to_have_text("© OpenStreetMap contributors")
    opacity = page.locator("path.unit").first.evaluate("(path) => getComputedStyle(path).fillOpacity")
    assert 0.5 < float(opacity) < 0.9, "what lies below is seen, and what is coloured too"
    order = "(name) => +getComputedStyle(document.querySelector(name)).zIndex"
    assert page.evaluate(order, ".leaflet-tile-pane") < page.evaluate(order, ".leaflet-overlay-pane")
    assert "asks tile.openstreetmap.org" in page.locator("footer").inner_text()


def test_a_refused_base_map_says_so_and_the_rest_is_whole(built: dict[str, Path], page: Page) -> None:
    open_map(page, built["overlay"], is_answered=False)
    expect(page.locator(".basemap-credit")).to_contain_text("cannot be loaded; nothing else on this page needs it")
    assert page.locator("path.unit").count() == 34
    page.locator("path.unit[data-code=AF-KAB]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#detail-name")).to_have_text("Kabul")


def test_without_the_word_no_page_may_ask_for_a_picture(built: dict[str, Path]) -> None:
    plain = render_maps(TABLE, ["overlay"]).pages["overlay"].decode()
    assert "img-src data:;" in plain
    assert "openstreetmap" not in plain
    assert f"img-src data: {HOST[:-1]};" in built["overlay"].read_text("utf-8")
