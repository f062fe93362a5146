"""The plain layer, for programs such as streamlit-folium that run an element's script on a map of their own."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import folium
import pytest
from playwright.sync_api import Page

from geo.draw.web.assets import read_leaflet_script, read_leaflet_style
from geo.join.joined_table import JoinedTable
from tests.daily import choose

HOSTILE = '</script><img src=x onerror="window.__pwned=1">{{7*7}}${1}'
READ = """() => [...document.querySelectorAll("path.leaflet-interactive")].map((path) => path.getAttribute("fill"))"""


def take_apart(drawn: folium.Map) -> str:
    """Return the map's script, and its children's, as a program gets them that leaves the page out."""
    drawn.get_root().render()
    parts: list[Any] = [drawn, *drawn._children.values()]
    return "\n".join(part._template.module.script(part) for part in parts if part._template is not None)


@pytest.fixture
def show_apart(tmp_path: Path, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Return a function that shows a map without our page."""

    def show(drawn: folium.Map) -> Page:
        script = take_apart(drawn).replace("</", "<\\/")
        path = tmp_path / "apart.html"
        path.write_text(
            f"<!DOCTYPE html><html lang=en><title>Apart</title><style>{read_leaflet_style()}</style>"
            f"<div id={drawn.get_name()} style='height:600px'></div>"
            f"<script>{read_leaflet_script()}</script><script>{script}</script>"
        )
        return open_page(path)

    return show


@pytest.mark.parametrize("name", choose(["overlay", "choropleth", "compare"], 1))
def test_units_and_legend_are_those_of_the_page(
    name: str, default_join: JoinedTable, draw: Callable[..., folium.Map], show_apart: Callable[..., Page]
) -> None:
    drawn = draw(name, default_join, standalone=False)
    page = show_apart(drawn)
    fills = page.evaluate(READ)
    assert len(fills) == 34
    figure: Any = drawn.get_root()
    page.set_content(figure.page.parts["still"])
    still = page.locator("path[data-code]").evaluate_all("(all) => all.map((path) => path.getAttribute('fill'))")
    assert sorted(fills) == sorted(still)


def test_a_hostile_name_is_text(
    join: Callable[..., JoinedTable], draw: Callable[..., folium.Map], show_apart: Callable[..., Page]
) -> None:
    table: dict[str, Any] = {"version": 1, "title": HOSTILE, "presence": {HOSTILE: ["Kabul"]}}
    drawn = draw("overlay", join(table), standalone=False)
    page = show_apart(drawn)
    layer: Any = drawn._children["units"]
    codes = [unit.key for unit in layer.picture.topology.units]
    kabul = page.locator("path.leaflet-interactive").nth(codes.index("AF-KAB"))
    kabul.hover(force=True)
    assert page.locator(".leaflet-tooltip").inner_text() == f"Kabul: {HOSTILE}"
    assert HOSTILE in page.locator(".leaflet-control li").first.inner_text()
    assert page.evaluate("[typeof window.__pwned, document.images.length]") == ["undefined", 0]


def test_our_own_page_draws_its_units_itself(default_join: JoinedTable, draw: Callable[..., folium.Map]) -> None:
    function = files("geo.draw.web").joinpath("js", "folium_layer.js").read_text("utf-8").splitlines()[1]
    drawn = draw("overlay", default_join, standalone=False)
    assert function in take_apart(drawn)
    assert function not in drawn.get_root().render()
