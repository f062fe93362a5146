"""Text from a table or a gazetteer is shown as text and runs nowhere: in Chromium, with the policy and without it.

What is planted, and where, stands in ``tests/hostile/``; what needs no browser is tested there.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, Route

from geo.api import MAPS
from geo.join.filters import Choices
from geo.join.joined_table import JoinedTable, join_presence
from geo.model import Topology
from geo.read.boundaries.bundled import read_boundaries, read_topology
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from tests.daily import IS_WHOLE, choose
from tests.hostile.draw import PAGES, draw_map
from tests.hostile.gazetteers import plant_gazetteer, plant_topology
from tests.hostile.plant import dump, find_spots, plant, rename
from tests.hostile.strings import IDS, STRINGS
from tests.hostile.sweep import TURNS, rotate, turn
from tests.hostile.tables import LONG, SHORT

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
EACH = list(enumerate(PAGES))
# The report has the parts of the others: it stands for them on most runs.
FEW = [(number, name) for number, name in EACH if name == "report"]
EVERY = [(number, name) for number in TURNS for name in PAGES]
OWN = [(number, name) for number, name in EACH if name in ("timeline", "report")]
"""Most of what there is: of maps, tabs, comparisons and steps."""
SPOTS = [spot for spot in find_spots(LONG) if spot.is_free]
FOLIUMS_OWN = r"^request (https://|file:)|^console Failed to load resource|^error (L|jQuery|\$) "

EXERCISE = """async () => {
  const tick = () => new Promise((done) => setTimeout(done, 0));
  const texts = [];
  for (const path of document.querySelectorAll("path.unit")) {
    path.dispatchEvent(new PointerEvent("pointermove", { clientX: 300, clientY: 300, bubbles: true }));
    path.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    texts.push(document.getElementById("detail").textContent, document.getElementById("tip").textContent,
      path.getAttribute("aria-label"));
    path.dispatchEvent(new PointerEvent("pointerleave"));
  }
  for (const input of document.querySelectorAll("#view input:not([type=search], [type=text], [type=range])")) {
    input.click();
    for (const row of document.querySelectorAll(".legend-row")) row.dispatchEvent(new PointerEvent("pointerenter"));
    texts.push(document.getElementById("legend").textContent, document.getElementById("summary").textContent);
    if (input.type === "checkbox") input.click();
  }
  document.querySelector("#panel input")?.click();
  for (const select of document.querySelectorAll("#pair select")) select.dispatchEvent(new Event("change", { bubbles: true }));
  for (const button of document.querySelectorAll("#combinations button, #matrix button, th button")) button.click();
  await tick();
  const body = document.body.cloneNode(true);
  for (const each of body.querySelectorAll("script, style")) each.remove();
  const described = [document.querySelector("meta[name=description]").content,
    document.querySelector("#static svg").getAttribute("aria-label"), document.title];
  const every = [...document.querySelectorAll("*")], icon = 'head > link[rel="icon"][href^="data:image/svg+xml,%3Csvg"]';
  return {
    texts: [...texts, ...described, body.textContent].join("\\n"),
    detail: texts.join("\\n"),
    pwned: window.__pwned,
    units: [...document.querySelectorAll("path.unit")].filter((path) => path.getAttribute("fill") && path.getBBox().width).length,
    foreign: every.filter((each) => ["IMG", "IFRAME", "OBJECT", "EMBED", "PLAINTEXT", "B", "I", "BASE", "LINK", "FORM"].includes(each.tagName)
      && !each.closest("#legend, .leaflet-container") && !each.matches(icon)).map((each) => each.outerHTML.slice(0, 100)),
    handlers: every.flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith("on")),
    icons: every.filter((each) => each.matches(icon)).length,
    links: every.filter((each) => !each.matches(icon)).map((each) => each.getAttribute("href") || "").filter((href) => href && !/^(#|https?:)/.test(href)),
  };
}"""  # noqa: E501

FOLLOW = """async (fragments) => {
  const painted = [];
  for (const fragment of fragments) {
    location.hash = "#" + fragment;
    await new Promise((done) => setTimeout(done, 20));
    painted.push([fragment, document.querySelectorAll("path.unit[fill]").length]);
  }
  return painted;
}"""

SHAPE = """() => {
  const box = document.getElementById("headline").getBoundingClientRect();
  return { over: document.documentElement.scrollWidth - window.innerWidth, left: box.left, over_right: box.right - window.innerWidth };
}"""  # noqa: E501

FRAGMENTS = (
    "%", "%E0%A4%A", "%00", "unit=%", "unit=<img src=x onerror=window.__pwned=1>", "unit=constructor",
    "unit=AF-KAB&unit=x",
    "groups=__proto__,constructor", "groups=", "groups=a,a,a", "view=", "view=level:", "view=level:constructor",
    "view=compare", "view=toString", "compare=a", "compare=a,a", "compare=a,b,a,b", "compare=constructor,a",
    "javascript:window.__pwned=1", "units&groups=a", "view\"]", "'", "\\", "#", "?", "&", "=", "=&=",
    "embed&unit=AF-KAB",
    "x" * 5000, "\u202e", "گروه", "record-99999999999999999999", "table\"] *, [x=\"", "find", "presence-data", "tip",
)  # fmt: skip

Open = Callable[..., Page]
Write = Callable[..., Path]
Seen = Callable[[str], frozenset[str]]


@cache
def join_turn(number: int, language: str = "en") -> tuple[JoinedTable, dict[str, str]]:
    """Join the table of one turn, and give what each field holds that is for the language."""
    planted = turn(SPOTS, number)
    told = {spot.name: text for spot, text in planted.items() if spot.is_translation == (language != "en")}
    told = {name: text for name, text in told.items() if ".locator." not in name}  # for who looks for a quote
    return join_table(plant(LONG, planted), Choices(language=language)), told


@lru_cache(maxsize=2 * len(PAGES))
def draw_turn(number: int, name: str) -> str:
    """Draw a page of one turn once for all that open it in one way or another."""
    page: str = draw_map(name, join_turn(number)[0], read_topology()).get_root().render()
    return page


def join_table(table: Any, choices: Choices | None = None) -> JoinedTable:
    checked, _ = parse_presence(dump(table), "t.yaml", read_gazetteer())
    return join_presence(checked, read_gazetteer(), read_boundaries(), choices)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes the named page of a joined table, or of a turn, with the policy or without it."""

    def write_page(
        name: str, of: JoinedTable | int, *, topology: Topology | None = None, policy: bool = True, **options: Any
    ) -> Path:
        if isinstance(of, int):
            page = draw_turn(of, name)
        else:
            page = draw_map(name, of, topology or read_topology(), **options).get_root().render()
        bare, removed = POLICY.subn("", page)
        assert removed == options.get("standalone", True)
        path = tmp_path / f"{name}.html"
        path.write_text(page if policy else bare, encoding="utf-8", newline="")
        return path

    return write_page


def check(page: Page | Frame, planted: dict[str, str], known: str = "$^") -> None:
    """Use every part of a page, then check that text stayed text; ``known`` is what may stand there nevertheless."""
    seen = page.evaluate(EXERCISE)
    assert seen["pwned"] is None
    assert seen["units"] == 34
    foreign = [element for element in seen["foreign"] if not re.match(known, element)]
    assert seen["icons"] == 1
    assert foreign == seen["handlers"] == seen["links"] == []
    said = fold(seen["texts"])
    assert [name for name, text in planted.items() if fold(text) not in said] == []


def fold(text: str) -> str:
    """Ends of lines are all one to HTML, and blanks around a text belong to nobody."""
    return re.sub(r"\s+", " ", text).strip()


def check_shape(page: Page) -> None:
    """Check that nothing makes a page wider than its window, and that its headline stands in it."""
    for width in (1280, 380):
        page.set_viewport_size({"width": width, "height": 900})
        shape = page.evaluate(SHAPE)
        assert shape["over"] <= 0
        assert shape["left"] >= 0
        assert shape["over_right"] <= 0


def note(record: Callable[[str, object], None], name: str, planted: dict[str, str]) -> None:
    record("hostile", [name, len(planted)])


@pytest.mark.parametrize(
    ("number", "name", "policy"),
    [*((*each, policy) for policy in (False, True) for each in EVERY)]
    if IS_WHOLE
    else [(*each, False) for each in OWN],
)
def test_text_in_every_field_stays_text(
    number: int, name: str, policy: bool, write: Write, open_page: Open, record_property: Callable[[str, object], None]
) -> None:
    joined, planted = join_turn(number)
    if name != "report":  # which alone tells the log of corrections
        planted = {spot: text for spot, text in planted.items() if not spot.startswith("changes.")}
    if name not in ("overlay", "choropleth", "report"):  # which alone show what the author's words for a map describe
        planted.pop("alt", None)
    note(record_property, "page in Chromium" if policy else "page in Chromium without its policy", planted)
    page = open_page(write(name, number, policy=policy))
    title = page.title()
    assert fold(f"– {joined.table.title}") in fold(title)
    check(page, planted)
    assert page.title() == title
    check_shape(page)
    if (number, name) in EACH and not policy:
        # No fragment breaks a page.
        assert page.evaluate(FOLLOW, FRAGMENTS) == [[fragment, 34] for fragment in FRAGMENTS]
        assert page.evaluate("window.__pwned") is None


@pytest.mark.parametrize(("number", "name"), rotate(TURNS, ["overlay", "report"]) if IS_WHOLE else [(0, "report")])
def test_what_stands_in_another_language_stays_text(
    number: int, name: str, write: Write, open_page: Open, record_property: Callable[[str, object], None]
) -> None:
    joined, planted = join_turn(number, "fa")
    assert len(planted) > 5
    note(record_property, "page in Dari", planted)
    check(open_page(write(name, joined)), planted)


@pytest.mark.parametrize(("number", "name"), rotate(TURNS, PAGES) if IS_WHOLE else FEW)
def test_a_map_in_a_notebook_is_as_safe(
    number: int, name: str, tmp_path: Path, open_page: Open, record_property: Callable[[str, object], None]
) -> None:
    joined, planted = join_turn(number)
    note(record_property, "map in a notebook", planted)
    host = tmp_path / "host.html"
    framed = draw_map(name, joined, read_topology())._repr_html_()
    assert html.unescape(framed.partition('srcdoc="')[2].partition('"')[0]) == draw_turn(number, name)
    host.write_text(f"<!DOCTYPE html><title>Host</title>{framed}", encoding="utf-8", newline="")
    page = open_page(host)
    frame = page.frames[1]
    frame.wait_for_selector("path.unit")
    check(frame, planted)
    assert page.evaluate("window.__pwned") is None
    assert page.title() == "Host"


@pytest.mark.parametrize(("number", "name"), rotate(TURNS, PAGES) if IS_WHOLE else FEW)
def test_a_map_with_foliums_own_assets_is_as_safe(
    number: int,
    name: str,
    write: Write,
    open_page: Open,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """No policy guards this page, and only Leaflet reaches it."""
    joined, planted = join_turn(number)
    note(record_property, "map with folium's assets", planted)
    path = write(name, joined, policy=False, standalone=False)
    assert "Content-Security-Policy" not in path.read_text("utf-8")
    blank = tmp_path / "blank.html"
    blank.write_text("<title>Blank</title>", encoding="utf-8")
    page = open_page(blank, known=FOLIUMS_OWN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("https://**/*", give_leaflet)
    page.goto(path.as_uri())
    page.wait_for_selector(".live path.unit", state="attached")
    check(page, planted, known='<link rel="stylesheet" href="https://[a-z.]*(jsdelivr|bootstrapcdn|cloudflare)')
    assert [address for address in asked if "example" in address] == []


def give_leaflet(route: Route) -> None:
    if route.request.url.endswith("/leaflet.js"):
        leaflet = files("xstatic.pkg.leaflet").joinpath("data", "leaflet.js").read_text("utf-8")
        route.fulfill(body=leaflet.partition("//# sourceMappingURL")[0], content_type="text/javascript")
    else:
        route.abort()


@pytest.mark.parametrize(("number", "name"), EVERY if IS_WHOLE else EACH)
def test_a_saved_map_is_the_same_to_the_byte(
    number: int, name: str, write: Write, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    joined, planted = join_turn(number)
    note(record_property, "saved map", planted)
    path = tmp_path / "saved.html"
    draw_map(name, joined, read_topology()).save(str(path))
    assert path.read_bytes() == write(name, number).read_bytes()


@pytest.mark.parametrize(("number", "name"), rotate(TURNS, PAGES) if IS_WHOLE else FEW)
def test_a_hostile_gazetteer_is_shown_as_text(
    number: int, name: str, write: Write, open_page: Open, record_property: Callable[[str, object], None]
) -> None:
    gazetteer = plant_gazetteer(number)
    assert {*gazetteer.units} == {*read_gazetteer().units}
    region = gazetteer.units["AF-NAN"].region
    table = plant(LONG, {spot: region for spot in find_spots(LONG) if spot.name == "presence.3.region"})
    checked, _ = parse_presence(dump(table), "t.yaml", gazetteer)
    boundaries = read_boundaries()
    for column in boundaries.columns.intersection(["pcode", "name", "name_fa"]):
        boundaries[column] = [getattr(gazetteer.units[code], column) for code in boundaries.index]
    joined = join_presence(checked, gazetteer, boundaries)
    planted = {
        f"{code} {name}": getattr(unit, name)
        for code, unit in gazetteer.units.items()
        for name in ("name", "name_fa", "pcode")
    } | {"region": region, "author of regions": gazetteer.region_author}
    note(record_property, "page of a hostile gazetteer", planted)
    page = open_page(write(name, joined, topology=plant_topology(number), policy=number % 8 < 4))
    check(page, planted)
    check_shape(page)


@pytest.mark.parametrize(("place", "name"), rotate(range(len(IDS)), PAGES) if IS_WHOLE else FEW)
def test_an_id_may_be_any_word(
    place: int, name: str, write: Write, open_page: Open, record_property: Callable[[str, object], None]
) -> None:
    keys = [
        spot
        for spot in find_spots(LONG)
        if spot.is_key and spot.home in ("groups (key)", "levels (key)", "sources (key)")
    ]
    names = {spot: IDS[(place + at) % len(IDS)] for at, spot in enumerate(keys)}
    table = rename(LONG, names)
    note(record_property, "page of hostile ids", {spot.name: text for spot, text in names.items()})
    groups = ",".join(table["groups"])
    path = write(name, join_table(table))
    page = open_page(path, fragment=f"unit=AF-KAB&groups={groups}&compare={groups}")
    check(page, {})
    rows = page.locator("#legend .legend-row b").all_text_contents()
    # What one group alone is drawn in, the table of groups counts.
    alone = page.locator("tr:has(input:checked) [data-count=alone]").all_text_contents()
    assert sum(map(int, [*rows, *alone])) >= 34
    assert page.locator("#detail-name").count() == 1


# Without a time line: nothing in it has a date.
@pytest.mark.parametrize("name", [name for name in MAPS if name != "timeline"] if IS_WHOLE else ["report"])
def test_the_short_form_is_as_safe(name: str, write: Write, open_page: Open) -> None:
    spots = [spot for spot in find_spots(SHORT) if spot.is_free]
    planted = turn(spots, PAGES.index(name) * 7)
    page = open_page(write(name, join_table(plant(SHORT, planted)), policy=False))
    check(page, {spot.name: text for spot, text in planted.items()})


@pytest.mark.parametrize(("place", "name"), [(0, "report"), *choose(rotate(range(len(FRAGMENTS)), PAGES), 1)])
def test_no_fragment_keeps_a_page_from_opening(place: int, name: str, write: Write, open_page: Open) -> None:
    page = open_page(write(name, PAGES.index(name), policy=False), fragment=FRAGMENTS[place].replace("#", "%23"))
    assert page.locator("path.unit[fill]").count() == 34


def test_no_cell_of_the_download_is_a_formula(write: Write, open_page: Open) -> None:
    cells = [hostile for name, hostile in STRINGS.items() if name.endswith("cell") or name == "cell end"]
    for number in choose(range(len(cells)), 1):
        planted = {spot: cells[(number + place) % len(cells)].label(spot.name) for place, spot in enumerate(SPOTS)}
        joined = join_table(plant(LONG, planted))
        page = open_page(write("overlay", joined))
        with page.expect_download() as found:
            page.locator("#download-csv").click()
        text = Path(found.value.path()).read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert {len(row) for row in rows[1:] if row[3] != "no record"} == {len(rows[0])}
        assert [cell for row in rows for cell in row if re.match(r"[\s\0]*[=+\-@＝＋－＠]", cell)] == []
        column = rows[0].index("note")
        notes = {record.evidence.note.strip() for record in joined.table.records if record.evidence.note}
        told = {row[column].removeprefix("'") for row in rows[1:] if row[3] != "no record"}
        assert notes <= told


def test_every_string_is_planted_in_every_field_in_the_whole_of_the_turns() -> None:
    held: dict[str, set[str]] = {}
    for number in TURNS:
        for spot, text in turn(SPOTS, number).items():
            held.setdefault(spot.name, set()).add(text)
    assert {len(texts) for name, texts in held.items() if name.endswith("note")} == {len(TURNS)}
    assert len(STRINGS) > len(TURNS) > 40
