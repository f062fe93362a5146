"""Names and signs on the live map, at every zoom: none reads as a neighbour's, and what found no place is said."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import Page, expect

from geo.api import BoundaryFile, Choices, Job, render_maps
from geo.model import UnitNoun
from geo.read.boundaries.user_units import UnitChoices
from tests.daily import choose

Open = Callable[..., Page]

LINE = 12
"""Height in pixels of a line of a label."""

STRIPS = {f"Strip {row}": shapely.box(0, row / 2, 2, row / 2 + 0.5) for row in range(8)}
CELLS = {
    f"{['Lalo', 'Sib', 'Bo'][(row + col) % 3]}-{row}{col}": shapely.box(
        2 + col / 4, row / 4, 2.25 + col / 4, row / 4 + 0.25
    )
    for row in range(16)
    for col in range(8)
}
CORE = shapely.box(5, 1, 6, 2)
DOT = shapely.box(8.5, 3.5, 8.53, 3.53)
PLAIN = shapely.box(7, 0, 9, 2)
LAND = {**STRIPS, **CELLS, "Ring": shapely.box(4, 0, 7, 4) - CORE, "Core": CORE, "Dot": DOT, "Plain": PLAIN}
"""Flat strips under one another, small squares, one unit around another, a speck, and one that nothing is near."""

NAMED = [*list(STRIPS)[::2], *list(CELLS)[::5], "Ring", "Dot"]

READ = """(names) => {
  const range = document.createRange();
  const across = (node) => {
    range.selectNodeContents(node);
    const { left, right } = range.getBoundingClientRect();
    return { left, right };
  };
  return [...document.querySelectorAll(".label")].map((label) => {
    const [box, letter] = [label.getBoundingClientRect(), label.querySelector("b")];
    const line = letter && letter.getBoundingClientRect();
    const sign = letter && { ...across(letter), top: line.top, bottom: line.bottom };
    const text = label.firstChild === letter ? "" : label.firstChild.textContent;
    if (!text) return { text, sign };
    const { left, right } = across(label.firstChild);
    const name = { left, right, top: box.top, bottom: sign ? sign.top : box.bottom };
    const over = [];
    for (const path of document.querySelectorAll("path.unit")) {
      const unit = path.getAttribute("aria-label").split(": ")[0];
      const bounds = path.getBoundingClientRect();
      const apart = bounds.left > right || bounds.right < left || bounds.top > name.bottom || bounds.bottom < name.top;
      if (apart || !names.includes(unit) || unit === text) continue;
      const matrix = path.getScreenCTM().inverse();
      for (let x = left + 1; x < right; x += 2)
        for (let y = name.top + 1; y < name.bottom; y += 2)
          if (path.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix))) { over.push(unit); x = right; break; }
    }
    return { text, name, over, sign };
  });
}"""
SMALL = """(names) => [...document.querySelectorAll("path.unit")].filter((path) => {
  const { width, height } = path.getBBox();
  return Math.max(width, height) < 5;
}).map((path) => path.getAttribute("aria-label").split(": ")[0]).filter((name) => names.includes(name))"""


def zooms(page: Page) -> list[float]:
    least = page.evaluate("window.map_presence.getMinZoom()") + 0.5
    return [least + step / 2 for step in range(9)]


def set_zoom(page: Page, to: float) -> None:
    page.evaluate("(zoom) => { window.map_presence.setZoom(zoom, { animate: false }) }", to)


def zoom(page: Page, to: float) -> list[dict[str, Any]]:
    set_zoom(page, to)
    labels: list[dict[str, Any]] = page.evaluate(READ, NAMED)
    return labels


def misread(labels: list[dict[str, Any]]) -> list[str]:
    """List the names that stand over, under or beside the sign of another unit, nearer than a line."""
    return [
        f"{one['text']} near the sign of {other['text'] or 'a unit without a name'}"
        for one in labels
        for other in labels
        if one is not other and one["text"] and other["sign"] and touch(one["name"], other["sign"])
    ]


def touch(name: dict[str, float], sign: dict[str, float]) -> bool:
    across = name["left"] < sign["right"] and sign["left"] < name["right"]
    return across and name["top"] - LINE < sign["bottom"] and sign["top"] - LINE < name["bottom"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that gives the page of the made-up land in a language."""
    folder = tmp_path_factory.mktemp("labels")
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": shapely.geometry.mapping(shape)}
        for name, shape in LAND.items()
    ]
    (folder / "land.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    groups = {"Red": NAMED, "Blue": NAMED[::3]}
    (folder / "t.yaml").write_text(json.dumps({"title": "T", "presence": groups}), "utf-8")

    def write(language: str) -> Path:
        path = folder / f"{language}.html"
        if not path.exists():
            own, choices = (
                BoundaryFile(folder / "land.geojson", own=UnitChoices(UnitNoun("area", "areas"), name="name")),
                Choices(language=language),
            )
            built = render_maps(folder / "t.yaml", ["overlay"], Job(choices, own))
            path.write_bytes(built.pages["overlay"])
        return path

    return write


@dataclass(frozen=True)
class Look:
    """What is read at one zoom: the labels, what is said of units too small, and how many are that."""

    labels: list[dict[str, Any]]
    said: str
    small: int


@pytest.fixture(scope="module", params=choose([380, 1280], 1))
def looks(request: pytest.FixtureRequest, written: Callable[[str], Path], open_shared: Open) -> dict[float, Look]:
    """Look once at each zoom, for all that is asked of it."""
    page = open_shared(written("en"), width=request.param)
    said = page.locator("#unseen")
    return {at: Look(zoom(page, at), said.inner_text(), len(page.evaluate(SMALL, NAMED))) for at in zooms(page)}


def test_no_name_reads_as_that_of_anothers_sign(looks: dict[float, Look]) -> None:
    found = {at: misread(look.labels) for at, look in looks.items()}
    assert not any(found.values()), found


@pytest.mark.parametrize(
    ("name", "width"), choose(itertools.product(["overlay", "choropleth", "compare"], [1280, 380]), 1)
)
def test_nor_on_the_pages_of_the_default_table(name: str, width: int, pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages[name], width=width)
    found = {at: misread(zoom(page, at)) for at in zooms(page)}
    assert not any(found.values()), found


def test_no_name_of_an_unnamed_unit_covers_a_named_one(looks: dict[float, Look]) -> None:
    for at, look in looks.items():
        covering = {one["text"]: one["over"] for one in look.labels if one["text"] not in NAMED and one.get("over")}
        assert covering == {}, at


def test_names_away_from_signs_are_left_alone(looks: dict[float, Look]) -> None:
    for at, look in looks.items():
        assert "Plain" in {one["text"] for one in look.labels}, at
    last = {one["text"]: one["sign"] is not None for one in looks[max(looks)].labels}
    assert last.keys() == LAND.keys(), "every name has room at last, that in the hole of a named unit too"
    assert {name for name, has_sign in last.items() if has_sign} == set(NAMED)


def test_more_is_named_the_nearer_one_looks(looks: dict[float, Look]) -> None:
    counts = [sum(bool(one["text"]) for one in look.labels) for look in looks.values()]
    assert all(after >= before for before, after in itertools.pairwise(counts)), counts
    assert counts[0] < counts[-1]


def test_what_is_too_small_to_be_read_is_said_until_it_is_read(looks: dict[float, Look]) -> None:
    for at, look in looks.items():
        signs = sum(one["sign"] is not None for one in look.labels)
        number = int(look.said.split()[0]) if look.said else 0
        assert number >= len(NAMED) - signs, at
        assert number <= len(NAMED) - signs + look.small + 1, at
    assert looks[max(looks)].said == ""


UNSEEN = [
    (
        "fa",
        "نشانه‌دار اینجا کوچک‌تر از آن است که خوانده شود: ",
        "۱ area نشانه‌دار اینجا کوچک‌تر از آن است که خوانده شود: \u2068Dot\u2069؛ ",
    ),
    ("en", "marked areas are too small to be read here: ", "1 marked area is too small to be read here: Dot; zoom in"),
    ("ps", "دلته د لوستلو لپاره ډېر کوچني دي", "دلته د لوستلو لپاره ډېر کوچنی دی: \u2068Dot\u2069؛ "),
]


@pytest.mark.parametrize(("language", "many", "one"), choose(UNSEEN, 1))
def test_it_is_said_of_one_and_of_many(
    language: str, many: str, one: str, written: Callable[[str], Path], open_page: Open
) -> None:
    page = open_page(written(language), width=380)
    said = page.locator("#unseen")
    set_zoom(page, zooms(page)[0] - 0.5)
    expect(said).to_contain_text(many)
    assert said.inner_text().count("…") == 1, "three names, not all"
    least, texts = zooms(page)[0], []
    for step in range(25):
        set_zoom(page, least + step / 5)
        texts.append(said.inner_text())
    assert any(one in text for text in texts), texts
    page.emulate_media(media="print")
    expect(said).to_be_hidden()
