"""Names and signs on the live map, at every zoom: what a record names is read, none reads as a neighbour's, and what
found no place is said."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
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
  // Across as wide as the letters, down as high as the line.
  const around = (node, { top, height }) => {
    range.selectNodeContents(node);
    const { left, right } = range.getBoundingClientRect();
    return { left, right, top, bottom: top + height };
  };
  const box = ({ left, right, top, bottom }) => ({ left, right, top, bottom });
  return [...document.querySelectorAll(".label")].map((label) => {
    const [letter, chips, words] = [label.querySelector("b"), label.querySelector(".chips"), label.firstChild];
    const text = words.textContent;
    const name = around(words, { top: label.getBoundingClientRect().top, height: 16 });
    const sign = letter ? around(letter, letter.getBoundingClientRect()) : chips && box(chips.getBoundingClientRect());
    const over = [];
    for (const path of document.querySelectorAll("path.unit")) {
      const unit = path.getAttribute("aria-label").split(": ")[0];
      const bounds = path.getBoundingClientRect();
      const isAcross = bounds.left < name.right && bounds.right > name.left;
      const isApart = !isAcross || bounds.top > name.bottom || bounds.bottom < name.top;
      if (isApart || !names.includes(unit) || unit === text) continue;
      const matrix = path.getScreenCTM().inverse();
      for (let x = name.left + 1; x < name.right; x += 2)
        for (let y = name.top + 3; y < name.bottom - 2; y += 2)
          if (path.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix))) { over.push(unit); x = y = 1e9; }
    }
    const { fontSize, color: colour } = getComputedStyle(label);
    const isInset = Boolean(label.closest(".inset"));
    return { text, name, over, sign, kind: label.className, size: parseFloat(fontSize), colour, isInset };
  });
}"""
SEEN = """(edge) => {
  const frame = document.getElementById("map_presence").getBoundingClientRect();
  const inside = ({ x, y }) => x > edge && x < frame.width - edge && y > edge && y < frame.height - edge;
  const block = JSON.parse(document.getElementById("presence-data").textContent);
  const shapes = new Map(block.geometry.objects.units.geometries.map((shape) => [shape.id, shape.properties.label]));
  const find = (code) => window.map_presence.latLngToContainerPoint([...shapes.get(code)].reverse());
  return block.units.filter(({ code }) => inside(find(code))).map(({ name }) => name);
}"""
SMALL = """(names) => [...document.querySelectorAll("path.unit")].filter((path) => {
  const { width, height } = path.getBBox();
  return Math.max(width, height) < 6.5;
}).map((path) => path.getAttribute("aria-label").split(": ")[0]).filter((name) => names.includes(name))"""
FRAMES = """() => {
  const frames = { map: "#map_presence", control: ".leaflet-control-zoom", note: "[data-avoid]" };
  return Object.entries(frames).flatMap(([name, chosen]) => [...document.querySelectorAll(chosen)].map((each) => {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    return { name, left, right, top, bottom };
  }));
}"""
LEADERS = """() => [...document.querySelectorAll(".leader")].map((line) => {
  const ends = [1, 2].map((end) => new DOMPoint(line.getAttribute("x" + end), line.getAttribute("y" + end)));
  return ends.map((end) => end.matrixTransform(line.getScreenCTM())).map(({ x, y }) => [x, y]);
})"""
NOTE = """() => {
  const note = document.createElement("div");
  note.dataset.avoid = "";
  note.style.cssText = "position:absolute;right:20px;bottom:20px;width:300px;height:260px;z-index:500;background:white";
  document.querySelector(".stage").append(note);
  window.map_presence.fire("moveend");
}"""


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
        if one is not other
        and one["isInset"] == other["isInset"]
        and other["sign"]
        and touch(one["name"], other["sign"])
    ]


def touch(name: dict[str, float], sign: dict[str, float]) -> bool:
    across = name["left"] < sign["right"] and sign["left"] < name["right"]
    return across and name["top"] - LINE < sign["bottom"] and sign["top"] - LINE < name["bottom"]


def meet(one: dict[str, float], other: dict[str, float]) -> bool:
    across = one["left"] < other["right"] and other["left"] < one["right"]
    return across and one["top"] < other["bottom"] and other["top"] < one["bottom"]


def is_within(one: dict[str, float], frame: dict[str, float]) -> bool:
    across = frame["left"] <= one["left"] and one["right"] <= frame["right"]
    return across and frame["top"] <= one["top"] and one["bottom"] <= frame["bottom"]


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


@pytest.fixture(scope="module", params=choose([380, 1280], 1))
def opened(request: pytest.FixtureRequest, written: Callable[[str], Path], open_shared: Open) -> Page:
    return open_shared(written("en"), width=request.param)


def test_no_name_reads_as_that_of_anothers_sign(opened: Page) -> None:
    found = {at: misread(zoom(opened, at)) for at in zooms(opened)}
    assert not any(found.values()), found


@pytest.mark.parametrize(
    ("name", "width"), choose(itertools.product(["overlay", "choropleth", "compare"], [1280, 380]), 1)
)
def test_nor_on_the_pages_of_the_default_table(name: str, width: int, pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages[name], width=width)
    found = {at: misread(zoom(page, at)) for at in zooms(page)}
    assert not any(found.values()), found


def test_no_name_of_an_unnamed_unit_covers_a_named_one(opened: Page) -> None:
    for at in zooms(opened):
        covering = {
            one["text"]: one["over"] for one in zoom(opened, at) if one["text"] not in NAMED and one.get("over")
        }
        assert covering == {}, at


def test_no_name_is_cut_small_or_under_a_control(opened: Page) -> None:
    for at in zooms(opened):
        labels = zoom(opened, at)
        frame, *taken = opened.evaluate(FRAMES)
        for label in labels:
            assert label["size"] >= 12, label["text"]
            for part in filter(None, (label["name"], label["sign"])):
                assert is_within(part, frame), (at, label["text"])
                assert not any(meet(part, each) for each in taken), (at, label["text"])


def test_all_in_view_are_named_when_one_looks_near(opened: Page) -> None:
    labels = zoom(opened, zooms(opened)[-1])
    named = {one["text"] for one in labels}
    assert set(opened.evaluate(SEEN, 60)) <= named
    signed = {one["text"] for one in labels if one["sign"]}
    assert signed <= set(NAMED)
    assert signed >= set(opened.evaluate(SEEN, 60)) & set(NAMED)


def test_a_unit_in_another_and_one_by_itself_keep_their_names(opened: Page) -> None:
    for name, (west, south, east, north) in {name: LAND[name].bounds for name in ("Core", "Plain", "Dot")}.items():
        opened.evaluate(
            "(bounds) => { window.map_presence.fitBounds(bounds, { animate: false }) }", [[south, west], [north, east]]
        )
        assert name in {one["text"] for one in opened.evaluate(READ, NAMED)}


def test_what_is_too_small_to_be_read_is_said_until_it_is_read(opened: Page) -> None:
    opened.locator("#reset").click()
    said = opened.locator("#unseen")
    for at in zooms(opened):
        signed = {one["text"] for one in zoom(opened, at) if one["sign"]}
        text = said.inner_text()
        number = int(text.split()[0]) if text else 0
        assert number >= len((set(opened.evaluate(SEEN, 5)) & set(NAMED)) - signed), at
        most = (set(opened.evaluate(SEEN, -200)) & set(NAMED)) - signed
        assert number <= len(most | set(opened.evaluate(SMALL, NAMED))), at
    assert text == ""


def test_what_lies_on_the_map_is_not_written_over(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"])
    page.evaluate(NOTE)
    labels = page.evaluate(READ, [])
    taken = [each for each in page.evaluate(FRAMES) if each["name"] != "map"]
    assert len(taken) == 3, "controls, what cannot be placed, and the note"
    assert not [one["text"] for one in labels if any(meet(one["name"], each) for each in taken)]
    note = next(each for each in taken if each["name"] == "note")
    area = shapely.box(note["left"], note["top"], note["right"], note["bottom"])
    leaders = page.evaluate(LEADERS)
    assert leaders
    assert not any(shapely.LineString(leader).intersects(area) for leader in leaders)
    assert len([one for one in labels if "province" in one["kind"]]) == 34


REGION_ONLY = {"Laghman", "Nuristan"}
OF_THE_TABLE = {"Ghazni", "Kabul", "Khost", "Kunar", "Logar", "Nangarhar", "Paktia", "Paktika", "Wardak", *REGION_ONLY}


def test_all_provinces_are_named_at_once(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"], height=800)
    names = {one["text"]: one for one in page.evaluate(READ, []) if "province" in one["kind"]}
    assert len(names) == 34
    assert {name for name, one in names.items() if "quiet" not in one["kind"]} == OF_THE_TABLE
    assert names["Paktika"]["colour"] == "rgb(255, 255, 255)"
    assert names["Kunar"]["colour"] == names["Nangarhar"]["colour"] == "rgb(20, 24, 27)", "bands are not dark all over"
    assert page.locator(".leader").count() == page.locator(".label.beside").count() > 0
    page.locator(".label.beside", has_text="Kunar").click()
    expect(page.locator("#detail-name")).to_have_text("Kunar")


def test_on_a_telephone_an_inset_names_what_is_small(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"], width=380, height=800)
    labels = [one for one in page.evaluate(READ, []) if "province" in one["kind"]]
    assert {one["text"] for one in labels} >= OF_THE_TABLE
    assert len({one["text"] for one in labels}) == len(labels), "none twice"
    small = [one["text"] for one in labels if one["isInset"]]
    assert len(small) >= 3
    inset = page.locator(".inset")
    assert inset.get_attribute("aria-hidden") == "true"
    assert inset.locator("a, button, [tabindex]").count() == 0
    paint = "(all) => all.map((each) => each.getAttribute('fill'))"
    assert set(inset.locator(".inset-unit").evaluate_all(paint)) <= set(page.locator("path.unit").evaluate_all(paint))
    box = inset.locator(".label", has_text=small[0]).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 8)
    expect(page.locator("#detail-name")).to_have_text(small[0])
    assert inset.locator(".ring-over").count() == 1
    page.keyboard.press("Escape")
    assert inset.locator(".ring-over").count() == 0
    assert page.locator(".inset-source").count() == 1
    zoom(page, zooms(page)[3])
    assert page.locator(".inset, .inset-source").count() == 0
    page.locator("#reset").click()
    assert inset.count() == 1


def test_on_a_wide_map_there_is_none(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"])
    assert page.locator(".inset").count() == 0


@pytest.mark.parametrize(
    ("language", "many", "one"),
    choose(
        [
            (
                "en",
                "marked areas are too small to be read here: ",
                "1 marked area is too small to be read here: Dot; zoom in",
            ),
            (
                "fa",
                "نشانه‌دار اینجا کوچک‌تر از آن است که خوانده شود: ",
                "۱ area نشانه‌دار اینجا کوچک‌تر از آن است که خوانده شود: \u2068Dot\u2069؛ ",
            ),
            ("ps", "دلته د لوستلو لپاره ډېر کوچني دي", "دلته د لوستلو لپاره ډېر کوچنی دی: \u2068Dot\u2069؛ "),
        ],
        1,
    ),
)
def test_it_is_said_of_one_and_of_many(
    language: str, many: str, one: str, written: Callable[[str], Path], open_page: Open
) -> None:
    page = open_page(written(language), width=380)
    said = page.locator("#unseen")
    set_zoom(page, zooms(page)[0] - 0.5)
    expect(said).to_contain_text(many)
    assert said.inner_text().count("…") == 1, "three names, not all"
    page.evaluate("(zoom) => { window.map_presence.setView([3.2, 8.4], zoom, { animate: false }) }", zooms(page)[3])
    expect(said).to_contain_text(one)
    page.emulate_media(media="print")
    expect(said).to_be_hidden()


CORNERS = {
    "right": shapely.box(0, 0, 9, 6) - shapely.box(5, 0, 9, 3),
    "left": shapely.box(0, 0, 9, 6) - shapely.box(0, 0, 4, 3),
    "top": shapely.box(0, 0, 9, 6) - shapely.box(5, 3, 9, 6),
}
"""Land that leaves one corner free."""


@pytest.mark.parametrize("corner", CORNERS)
def test_the_note_of_what_cannot_be_placed_keeps_the_corner_that_is_free(
    corner: str, tmp_path: Path, open_page: Open
) -> None:
    shape = {"type": "Feature", "properties": {"name": "Land"}, "geometry": shapely.geometry.mapping(CORNERS[corner])}
    (tmp_path / "land.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [shape]}), "utf-8")
    (tmp_path / "t.yaml").write_text(
        "title: T\nlevels: {seen: {name: Seen}}\ngroups: {a: {name: Alpha}}\npresence:\n"
        "  - {group: a, in: Land, level: seen}\n  - {group: a, nationwide: true, level: seen}\n",
        "utf-8",
    )
    own = BoundaryFile(tmp_path / "land.geojson", own=UnitChoices(UnitNoun("area", "areas"), name="name"))
    built = render_maps(tmp_path / "t.yaml", ["overlay"], Job(boundaries=own))
    (tmp_path / "t.html").write_bytes(built.pages["overlay"])
    page = open_page(tmp_path / "t.html", width=1280)
    assert page.locator("#off-map").get_attribute("data-corner") == corner
    note, land = (page.locator(each).bounding_box() for each in ("#off-map", ".stage"))
    assert note
    assert land
    assert (note["x"] - land["x"] < 40) == (corner == "left")
    assert (note["y"] - land["y"] < 40) == (corner == "top")


LARGE = (
    "() => [...document.querySelectorAll('.label.province')].map((each) => parseFloat(getComputedStyle(each).fontSize))"
)


def test_names_grow_with_the_text_that_a_reader_has_set(
    pages: dict[str, Path], tmp_path: Path, open_page: Open
) -> None:
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", pages["overlay"].read_text("utf-8"))
    path = tmp_path / "large.html"
    path.write_text(text.replace("<style>", "<style>html{font-size:24px}</style><style>", 1), "utf-8")
    page = open_page(path, width=1440)
    assert {*page.evaluate(LARGE)} == {18, 18.75}
    boxes = page.locator(".label.province").evaluate_all(
        "(all) => all.map((each) => each.getBoundingClientRect().toJSON())"
    )
    apart = [
        one["right"] <= two["left"]
        or two["right"] <= one["left"]
        or one["bottom"] <= two["top"]
        or two["bottom"] <= one["top"]
        for one, two in itertools.combinations(boxes, 2)
    ]
    assert all(apart)
