"""A switch reaches the rule behind it, and what the rule says reaches map, legend and summary."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from geo.draw.marks.legend import class_groups
from geo.draw.wording.localised_names import localise
from geo.draw.wording.presence import describe_unit, write_summary
from geo.join.classes import class_by_level
from geo.join.joined_table import JoinedTable
from tests.daily import choose
from tests.pages import NO_RECORD, list_keys
from tests.scripts.tables import CODES, HARD_IDS, LAST_IDS, make_switched
from tests.scripts.test_views import show, sum_up_one

# Of this random table, and of the default one, the page is looked at after each switch. That the rules behind it hold
# for any table is asked without a browser, in tests/scripts.
TABLE = 1
ANY_IDS = [*HARD_IDS, *LAST_IDS]

SWITCH = """(wanted) => {
  for (const input of document.querySelectorAll("#panel input"))
    if (input.type === "radio" ? input.value === wanted : input.checked !== wanted.includes(input.value)) input.click();
}"""

Read = Callable[[Page], dict[str, Any]]


def count_rows(picture: dict[str, Any]) -> dict[str, int]:
    return {key: count for key, _, count, _ in picture["legend"] if key != "disputed" and count}


def check_alone(picture: dict[str, Any], groups: list[str]) -> None:
    """Check that one row has all colours of one group alone, where the table of groups has a column for them."""
    ones = [(count, fill) for key, _, count, fill in picture["legend"] if key in groups and count]
    assert picture["alone"] == ([sum(count for count, _ in ones), *(fill for _, fill in ones)] if ones else [])


def check_fills(picture: dict[str, Any], classes: dict[str, str]) -> None:
    """Check that each unit has the paint of its class's legend row."""
    paint = {key: fill for key, _, _, fill in picture["legend"]}
    assert picture["live"] == {code: paint[key] for code, key in classes.items()}


@pytest.fixture(scope="module", params=choose(itertools.product(["default", TABLE], ["choropleth", "overlay"]), 2))
def case(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def drawn(case: Any, join: Callable[..., JoinedTable], default_join: JoinedTable) -> JoinedTable:
    if case[0] == "default":
        return default_join
    table, choices = make_switched(case[0])
    return join(table, **choices)


@pytest.fixture(scope="module")
def path(case: Any, drawn: JoinedTable, draw: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("drawn") / f"{case[1]}.html"
    file.write_bytes(draw(case[1], drawn).get_root().render().encode())
    return file


@pytest.fixture(scope="module")
def page(path: Path, watch_pages: Callable[[], Any]) -> Iterator[Page]:
    """Open the page once for all tests of a table; the first of them finds it as it is on load."""
    with watch_pages() as open_file:
        yield open_file(path)


@pytest.fixture(scope="module")
def on_load(page: Page, read_picture: Read) -> dict[str, Any]:
    return read_picture(page)


def test_the_page_without_script_is_the_page_on_load(
    drawn: JoinedTable, path: Path, on_load: dict[str, Any], open_page: Callable[..., Page], read_picture: Read
) -> None:
    still = read_picture(open_page(path, javascript=False))
    assert len(on_load["live"]) == len(still["still"]) == 34
    assert still["live"] == {}
    assert on_load["live"] == still["still"] == on_load["still"]
    assert on_load["legend"] == still["legend"]
    assert on_load["summary"] == still["summary"]
    assert on_load["headline"] == still["headline"]
    told, units = localise(drawn), drawn.gazetteer.units
    assert on_load["labels"] == {code: f"{units[code].name}: {'; '.join(describe_unit(told, code))}" for code in CODES}


def test_every_switch_shows_what_it_asks_for(
    drawn: JoinedTable, path: Path, page: Page, on_load: dict[str, Any], read_picture: Read
) -> None:
    switches = page.locator("#panel input").evaluate_all("(all) => all.map((each) => each.value)")
    if path.stem == "overlay":
        assert switches == list(drawn.footprints)
        check_overlay(drawn, page, read_picture)
    else:
        assert switches == ["count", *(f"level:{group}" for group in drawn.footprints)]
        check_choropleth(drawn, page, read_picture)
    assert read_picture(page) == on_load, "all switched as on load again"


def check_overlay(drawn: JoinedTable, page: Page, read_picture: Read) -> None:
    groups = list(drawn.footprints)
    for shown in ([], groups[:1], groups[1:], groups):
        page.evaluate(SWITCH, shown)
        picture, found = read_picture(page), class_groups(drawn, shown)
        classes = list_keys(found)
        assert count_rows(picture) == Counter(classes.values()), shown
        assert picture["summary"] == write_summary(show(localise(drawn), shown), with_off_map=False), shown
        check_fills(picture, classes)
        check_alone(picture, shown)
    page.evaluate(SWITCH, drawn.shown)


def check_choropleth(drawn: JoinedTable, page: Page, read_picture: Read) -> None:
    for group in drawn.footprints:
        page.evaluate(SWITCH, f"level:{group}")
        picture, found = read_picture(page), class_by_level(CODES, drawn.footprints, group, drawn.besides)
        classes = list_keys(found)
        assert count_rows(picture) == Counter(classes.values()), group
        assert picture["summary"] == sum_up_one(localise(drawn), group, with_off_map=False)
        check_fills(picture, classes)
    page.evaluate(SWITCH, "count")
    check_fills(read_picture(page), drawn.units["count_class"].to_dict())


def test_a_group_that_others_are_part_of_keeps_its_place(
    join: Callable[..., JoinedTable],
    write_page: Callable[..., Path],
    open_page: Callable[..., Page],
    read_picture: Read,
) -> None:
    table = {
        "groups": {"whole": {"name": "Whole"}, "a": {"name": "A"}, "b": {"name": "B", "part_of": {"group": "whole"}}},
        "presence": [{"group": ["a", "b"], "in": ["Kabul"]}],
    }
    page = open_page(write_page("overlay", join(table, roll_up=True)))
    first = read_picture(page)
    page.evaluate(SWITCH, [])
    page.evaluate(SWITCH, ["whole", "a"])
    assert read_picture(page) == first


@pytest.mark.parametrize("ids", choose([ANY_IDS[place : place + 4] for place in range(0, len(ANY_IDS), 4)], 2))
def test_any_word_can_be_the_id_of_a_group(
    ids: list[str],
    join: Callable[..., JoinedTable],
    write_page: Callable[..., Path],
    open_page: Callable[..., Page],
    read_picture: Read,
) -> None:
    colours = {group: f"#1234{place:02}" for place, group in enumerate(ids)}
    table = {
        "groups": {group: {"name": f"Red {colour}", "colour": colour} for group, colour in colours.items()},
        "presence": [{"group": group, "in": [unit]} for group, unit in zip(ids, CODES, strict=False)],
    }
    path = write_page("overlay", join(table))
    for javascript in (False, True):
        picture = read_picture(open_page(path, javascript=javascript))
        assert sorted(row[1:] for row in picture["legend"]) == [
            [NO_RECORD, 34 - len(ids), "url(#fill-none)"],
            *([f"Red {colour}", 1, colour] for colour in colours.values()),
        ]
        assert [picture["still"][unit] for unit in CODES[: len(ids)]] == [*colours.values()]


OUTLINED = """(code) => {
  const line = document.querySelector("path.disputed-line");
  const unit = document.querySelector(`path.unit[data-code="${code}"]`);
  const [own, drawn] = [unit, line].map((path) => path.getBBox());
  const isSame = ["x", "y", "width", "height"].every((side) => Math.abs(own[side] - drawn[side]) < 0.01);
  const isAbove = [...document.querySelectorAll("path.unit")].every((path) => path.compareDocumentPosition(line) & 4);
  return [isSame, isAbove, getComputedStyle(line).strokeDasharray !== "none",
          document.querySelectorAll("#static-disputed path").length];
}"""


def test_a_disputed_province_is_marked_only_while_its_group_is_shown(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Callable[..., Page]
) -> None:
    table = {
        "sources": {"s": {"title": "S"}},
        "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
        "presence": [
            {"group": ["a", "b"], "in": ["Kabul", "Kunar"]},
            {"group": "a", "in": ["Kabul"], "finding": "absent", "source": "s"},
        ],
    }
    page = open_page(write_page("overlay", join(table)))
    disputed, row = page.locator("path.unit.disputed"), page.locator('.legend-row[data-key="disputed"] b')
    assert page.evaluate(OUTLINED, "AF-KAB") == [True, True, True, 2], "all of its outline, above all units, and still"
    assert disputed.evaluate_all("(all) => all.map((each) => each.dataset.code)") == ["AF-KAB"]
    assert row.text_content() == "1"
    page.evaluate(SWITCH, ["b"])
    assert disputed.count() == row.count() == page.locator("#static-disputed path").count() == 0
    assert page.locator("path.disputed-line").evaluate("(path) => path.getBBox().width") == 0


@pytest.mark.parametrize("width", [1280, 380])
def test_a_name_without_a_gap_stays_in_its_cell(
    width: int, join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Callable[..., Page]
) -> None:
    table = {"groups": {"a": {"name": "x" * 90}}, "presence": [{"group": "a", "in": ["Kabul"]}]}
    page = open_page(write_page("overlay", join(table)), width=width)
    name, cell = (page.locator(f"#groups-shown {each}").bounding_box() for each in ("tbody label > span", "tbody th"))
    assert name
    assert cell
    assert name["x"] + name["width"] <= cell["x"] + cell["width"] + 0.5
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_what_only_the_group_itself_claims_is_a_net_on_the_map_of_its_levels_and_on_its_small_map(
    join: Callable[..., JoinedTable],
    write_page: Callable[..., Path],
    open_page: Callable[..., Page],
    read_picture: Read,
) -> None:
    table = {
        "sources": {"un": {"title": "UN"}, "paper": {"title": "Newsletter"}},
        "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
        "presence": [
            {"group": ["a", "b"], "in": ["Kabul"], "source": "un"},
            {"group": "a", "in": ["Kabul", "Herat"], "source": "paper", "basis": "claimed"},
        ],
    }
    page = open_page(write_page("report", join(table)), "view=level:a")
    picture = read_picture(page)
    fills = {key: fill for key, _, _, fill in picture["legend"]}
    assert count_rows(picture).items() >= {"level:reported": 1, "level:reported*": 1, "gap:none": 32}.items()
    assert fills["level:reported*"] == f"url(#net-{fills['level:reported'][1:]})"
    assert picture["live"]["AF-HER"] == picture["still"]["AF-HER"] == fills["level:reported*"]
    assert page.locator(f"pattern{fills['level:reported*'][4:-1]} path").count() == 1
    page.goto(page.url.partition("#")[0] + "#multiples")
    small = page.locator("#multiples-maps figure").first
    large = small.locator('[data-code="AF-HER"]').get_attribute("fill") or ""
    assert large == fills["level:reported*"].replace(")", "-large)")
    assert page.locator(f"pattern{large[4:-1]} path").count() == 1
    assert "only by the group’s own claim: Herat" in (small.locator("svg").get_attribute("aria-label") or "")
