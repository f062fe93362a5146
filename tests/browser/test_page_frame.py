"""The first screen: what stands above the map, what is seen at once, and that nothing moves the map while one reads."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.join.joined_table import JoinedTable
from tests.browser.conftest import TABLE
from tests.daily import choose
from tests.scripts.tables import CODES

Open = Callable[..., Page]

TABLES = Path(__file__).parents[1] / "golden/tables"
DENSE, REPORTS = TABLES / "dense.yaml", Path(__file__).parents[2] / "examples/three-reports.yaml"
LONG = "Eight groups reported in the provinces, as five sources that differ in method, access and date describe them"
HEADLINE = (
    "By summer, three groups are reported to have sleeper cells in each of three of the provinces, "
    "and nobody says who rules"
)

FRAME = """() => {
  const box = (found) => found.getBoundingClientRect();
  const units = [...document.querySelectorAll("path.unit")].map(box);
  const rows = [...document.querySelectorAll("#groups-shown tbody tr, #legend .legend-row")].map(box);
  const around = box(document.getElementById("panel")).bottom;
  return {
    map: box(document.getElementById("map_presence")).top,
    units: [Math.min(...units.map(({ top }) => top)), Math.max(...units.map(({ bottom }) => bottom))],
    note: box(document.getElementById("off-map")).bottom,
    foot: box(document.getElementById("foot-line")).bottom,
    rows: rows.filter(({ height, bottom }) => height && bottom <= Math.min(innerHeight, around)).length,
  };
}"""

# Every switch there is, one after the other, and all boxes off: where the map begins each time, and what the head says.
SWITCHES = """() => {
  const found = [];
  const look = () => found.push([document.getElementById("map_presence").getBoundingClientRect().top + scrollY,
    document.getElementById("headline").textContent + document.getElementById("summary").textContent]);
  const every = (chosen) => [...document.querySelectorAll(chosen)];
  const turn = (input) => (input.click(), look());
  const boxes = every("#panel input[type=checkbox]");
  look();
  for (const box of boxes) {
    turn(box);
    box.click();
  }
  boxes.forEach(turn);
  boxes.forEach(turn);
  every("#view input[type=radio]").forEach(turn);
  for (const { value } of document.getElementById("one-group")?.options ?? []) {
    document.getElementById("one-group").value = value;
    document.getElementById("one-group").dispatchEvent(new Event("change", { bubbles: true }));
    look();
  }
  for (const choice of every("#pair select"))
    for (const { value } of [...choice.options].filter(({ disabled }) => !disabled)) {
      choice.value = value;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      look();
    }
  const slider = document.getElementById("step");
  for (let at = Number(slider?.max ?? -1); at >= 0; at -= 1) {
    slider.value = at;
    slider.dispatchEvent(new Event("input"));
    look();
  }
  return found;
}"""


@pytest.fixture
def rewrite(tmp_path: Path, join: Callable[..., JoinedTable]) -> Callable[[Path, str], JoinedTable]:
    """Return a function that joins a table with another line for its title."""

    def join_rewritten(path: Path, head: str) -> JoinedTable:
        written = tmp_path / "table.yaml"
        written.write_text(re.sub("(?m)^title: .*$", head, path.read_text("utf-8")), "utf-8")
        return join(written)

    return join_rewritten


@pytest.mark.parametrize(
    ("name", "size"), choose(itertools.product(["overlay", "choropleth"], [(1280, 800), (1366, 768)]), 2)
)
def test_the_first_screen_is_a_whole(name: str, size: tuple[int, int], pages: dict[str, Path], open_page: Open) -> None:
    width, height = size
    seen = open_page(pages[name], width=width, height=height).evaluate(FRAME)
    assert seen["map"] <= 165
    assert seen["map"] <= seen["units"][0] < seen["units"][1] <= seen["foot"] <= height
    assert seen["rows"] >= 5


@pytest.mark.parametrize("table", choose([DENSE, REPORTS, TABLE], 1), ids=lambda path: path.stem)
@pytest.mark.parametrize("name", choose(["overlay", "choropleth"], 1))
def test_on_a_telephone_map_note_and_groups_are_seen_at_once(
    name: str,
    table: Path,
    rewrite: Callable[..., JoinedTable],
    write_page: Callable[..., Path],
    open_page: Open,
) -> None:
    joined = rewrite(table, f"title: {LONG}" if table is DENSE else r"\g<0>")
    seen = open_page(write_page(name, joined), width=380, height=800).evaluate(FRAME)
    assert seen["map"] <= 190
    assert seen["map"] <= seen["units"][0] < seen["units"][1] <= seen["note"] <= 800
    assert seen["rows"] >= 2


ALL = "(all) => all.forEach((each) => (each.style.contentVisibility = 'visible'))"
IS_OPEN = "(each) => each.open"


@pytest.mark.parametrize("name", choose(["compare", "overlay", "choropleth"], 1))
def test_what_a_full_table_needs_is_no_longer_than_one_scrolls(
    name: str, join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    """Its list of records is folded, but not without a script or on paper, and for whoever is led into it."""
    groups = {each: {"name": f"Group {each}"} for each in "abcdefgh"}
    records = [{"group": each, "in": [code]} for place, code in enumerate(CODES) for each in groups if place % 9 > 4]
    path = write_page(name, join({"groups": groups, "presence": records}))
    for width, most in ((380, 16_000), (1280, 7_000)):
        page = open_page(path, width=width, height=800)
        page.locator(".text").evaluate_all(ALL)
        assert page.evaluate("document.documentElement.scrollHeight") <= most, width
    fold = page.locator("#claims details")
    expect(fold.locator("summary")).to_have_text(f"All {len(records)} records")
    page.emulate_media(media="print")
    assert fold.evaluate(IS_OPEN)
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 within its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 688, "no table makes all print smaller"
    picture, foot, panel = (page.locator(each).bounding_box() for each in ("#static", "#foot-line", "#panel"))
    assert picture
    assert foot
    assert panel
    assert picture["y"] + picture["height"] <= foot["y"] < panel["y"], "sources and date stand right below the map"
    page.emulate_media(media="screen")
    assert not fold.evaluate(IS_OPEN)
    page.emulate_media(media="null")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) > 8, "the list is printed whole"
    page.evaluate("location.hash = '#record-9'")
    expect(page.locator("#record-9")).to_be_in_viewport()
    assert open_page(path, javascript=False).locator("#claims details").evaluate(IS_OPEN)


def test_the_title_of_a_long_kicker_is_cut_and_its_date_is_not(
    rewrite: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    path = write_page("overlay", rewrite(DENSE, f"title: {LONG}"))
    boxes = "(kicker) => [kicker, kicker.firstChild].map((each) => each.scrollWidth > each.clientWidth)"
    # On a telephone the title has a line, and its day, age and sources have two; on a wide screen all have two.
    for width, is_cut, most in ((380, True, 46), (1280, False, 39)):
        kicker = open_page(path, width=width).locator(".kicker")
        assert kicker.evaluate(boxes) == [False, is_cut]
        assert kicker.evaluate("(each) => each.offsetHeight") < most
        assert (kicker.text_content() or "").startswith(f"{LONG}, as of 30 June 2022, oldest record November 2019 · ")
    page = open_page(path, width=380)
    expect(page.locator("header")).not_to_contain_text("Silence is not absence.", use_inner_text=True)
    page.emulate_media(media="print")
    assert page.locator(".kicker").evaluate(boxes) == [False, False], "paper has room for all of it"
    expect(page.locator("header")).to_contain_text("Silence is not absence.", use_inner_text=True)


def test_a_headline_of_the_author_leaves_the_map_in_view(
    rewrite: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    path = write_page("overlay", rewrite(TABLE, rf"\g<0>\nheadline: {HEADLINE}"))
    assert open_page(path, width=380, height=800).evaluate(FRAME)["map"] <= 240


CARD = """() => {
  const box = (chosen) => document.querySelector(chosen).getBoundingClientRect();
  const ends = ["#detail h2", "#detail .codes", "#detail .claims > li p"].map((chosen) => box(chosen).bottom);
  return { card: box("#detail").top, ends, map: box("#map_presence").top };
}"""


@pytest.mark.parametrize(("table", "width"), choose(itertools.product([TABLE, DENSE], [1280, 380]), 2))
def test_the_card_of_a_chosen_province_is_seen_at_once(
    table: Path, width: int, join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    page = open_page(write_page("overlay", join(table)), width=width, height=800)
    page.locator('path.unit[data-code="AF-KAB"]').focus()
    page.keyboard.press("Enter")
    seen = page.evaluate(CARD)
    assert page.evaluate("scrollY") == 0
    assert seen["card"] < max(seen["ends"]) <= 800
    assert seen["card"] >= seen["map"] + (0 if width > 800 else 180), "on a telephone half of the map stays in view"


@pytest.mark.parametrize(
    ("name", "room"), choose(itertools.product(["report", "compare", "timeline"], [(1280, 210), (380, 235)]), 2)
)
def test_a_row_of_controls_has_its_room(
    name: str, room: tuple[int, int], join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    width, most = room
    path = write_page(name, join(REPORTS if name == "timeline" else TABLE))
    assert open_page(path, width=width, height=800).evaluate(FRAME)["map"] <= most


CASES = [(name, table) for table in (TABLE, DENSE, REPORTS) for name in ("overlay", "choropleth", "report", "compare")]
SWITCHED = choose(itertools.product([("timeline", REPORTS), *CASES], (1280, 380)), 2)


@pytest.fixture(scope="module")
def drawn(
    request: pytest.FixtureRequest,
    join: Callable[..., JoinedTable],
    draw: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    name, table = request.param
    path = tmp_path_factory.mktemp("frame") / f"{name}.html"
    path.write_bytes(draw(name, join(table)).get_root().render().encode())
    return path


@pytest.mark.parametrize(("drawn", "width"), SWITCHED, indirect=["drawn"])
def test_no_switch_and_no_step_moves_the_map(width: int, drawn: Path, open_page: Open) -> None:
    found = open_page(drawn, width=width, height=800).evaluate(SWITCHES)
    assert len({said for _, said in found}) > 2, "the head says another thing"
    assert {top for top, _ in found} == {found[0][0]}
