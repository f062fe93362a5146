"""What a screen reader is told, and what is left to who reads in grey, large, in forced colours or without motion."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.api import MAPS
from tests.browser.views import choose_view, list_views
from tests.daily import choose
from tests.pages import NO_RECORD

Open = Callable[..., Page]

NAMED = {
    "Kunar": "Haqqani Network, ISIS-Khorasan and Lashkar-e-Taiba (Sleeper cells)",
    "Laghman": "Lashkar-e-Taiba, region only",
    "Herat": NO_RECORD,
}
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((each) =>
  each.getClientRects().length && !each.closest(".scroll, nav, .leaflet-container, svg, .visually-hidden, .skip, #tip")
  && (each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1
    || (each.children.length === 0 && each.scrollWidth > each.clientWidth + 1
      && getComputedStyle(each).overflowX !== "visible" && !/INPUT|SELECT/.test(each.tagName))))
  .map((each) => each.tagName + "#" + each.id + "." + each.className)"""
BOXES = """(chosen) => [...document.querySelectorAll(chosen)].filter((each) => each.getClientRects().length)
  .map((each) => [each.textContent.slice(0, 20), each.getBoundingClientRect()])
  .map(([text, box]) => [text, box.left, box.top, box.right, box.bottom])"""
PARTS = (".tools > *", "nav a", ".legend-row > :not(svg, i)", "#switches > :not(legend)",
         "header > *, nav, main > *, footer",
         "aside.panel > :not(#narrow)", "#narrow, #groups-shown table", ".stage > :not(#tip, #off-map)",
         ".filters > *")  # fmt: skip
SIGNS = """() => [...document.querySelectorAll("#static :is([data-sign], [data-chips])")].map((sign) =>
  [document.querySelector(`path.unit[data-code="${sign.dataset.sign ?? sign.dataset.chips}"]`).getAttribute("fill"),
   sign.textContent + [...sign.querySelectorAll("[data-state]")].map((chip) => chip.dataset.state)])
  .filter(([, sign]) => sign)"""
VIEW = """() => getComputedStyle(document.querySelector(".leaflet-map-pane")).transform +
  document.querySelector("path.unit").getAttribute("d")"""

PRESS_ENTER = f"""() => {{
  document.getElementById("find").dispatchEvent(new KeyboardEvent("keydown", {{ key: "Enter" }}));
  return ({VIEW})();
}}"""


@pytest.fixture(scope="module", params=choose(["report", *(name for name in MAPS if name != "report")], 1))
def shared(request: pytest.FixtureRequest, pages: dict[str, Path], open_shared: Open) -> Page:
    """Return a page as it is on load, for tests that only look."""
    return open_shared(pages[request.param])


def read_tree(page: Page) -> list[dict[str, Any]]:
    """Return what Chromium tells a screen reader, as role, name and properties, without what it leaves out."""
    session = page.context.new_cdp_session(page)
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        {
            "role": node["role"]["value"],
            "name": node.get("name", {}).get("value", ""),
            **{each["name"]: each["value"].get("value") for each in node.get("properties", ())},
        }
        for node in found
        if not node["ignored"]
    ]


def test_a_screen_reader_finds_its_way(shared: Page) -> None:
    tree = read_tree(shared)
    named = {(node["role"], node["name"]) for node in tree}
    assert [node["level"] for node in tree if node["role"] == "heading"].count(1) == 1
    assert {role for role, _ in named} >= {"banner", "main", "contentinfo"}
    landmarks = {("navigation", "On this page"), ("region", "Map"), ("complementary", "Legend and claims")}
    assert landmarks <= named
    assert [node["name"] for node in tree if node["role"] == "group"][:2] == [
        "Show",
        "Map: arrow keys move it, plus and minus zoom",
    ]


def test_each_province_is_a_button_that_says_who_is_named(shared: Page) -> None:
    buttons = {node["name"] for node in read_tree(shared) if node["role"] == "button"}
    assert {f"{unit}: {groups}" for unit, groups in NAMED.items()} <= buttons
    assert sum(": " in name for name in buttons if not re.match(r"[\w, -]+: \d", name)) >= 34


def test_a_legend_is_a_list_and_says_what_it_counts(pages: dict[str, Path], open_page: Open) -> None:
    for javascript in (True, False):
        legend = open_page(pages["overlay"], javascript=javascript).locator("#legend").aria_snapshot()
        assert legend.splitlines() == [
            "- list:",
            "  - listitem: Haqqani Network + ISIS-Khorasan + Lashkar-e-Taiba 3 provinces",
            "  - listitem: One group alone, in its colour 6 provinces",
            "  - listitem: Lashkar-e-Taiba, region only 2 provinces",
            f"  - listitem: {NO_RECORD} 23 provinces",
        ]


def test_the_picture_without_script_is_an_image_with_a_description(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"], javascript=False)
    picture = page.get_by_role("img", name=re.compile(r"^Map\. Three groups are named in each of Kabul, Kunar"))
    expect(picture).to_have_count(1)
    assert not page.get_by_role("button").filter(has_text="Kabul").count()


def test_small_maps_say_what_they_paint(pages: dict[str, Path], open_page: Open) -> None:
    names = [node["name"] for node in read_tree(open_page(pages["compare"])) if node["role"] in ("image", "img")]
    assert "Provinces named for both: Kabul, Kunar and Nangarhar" in names
    names = [node["name"] for node in read_tree(open_page(pages["report"], "multiples"))]
    assert "ISIS-Khorasan: Sleeper cells: Kabul, Kunar and Nangarhar" in names


def test_a_switch_and_a_choice_are_announced(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"])
    polite = [node for node in read_tree(page) if node.get("live") == "polite"]
    assert any(node["name"] == "Claims in one province" for node in polite)
    summary = page.locator("#summary[aria-live=polite]")
    before = summary.text_content()
    page.locator("input[data-group]").first.uncheck()
    assert summary.text_content() != before
    page.locator('path.unit[data-code="AF-KNR"]').press("Enter")
    expect(page.locator("#detail[aria-live=polite]")).to_contain_text("Sleeper cells")
    pressed = [node["name"] for node in read_tree(page) if node.get("pressed") == "true"]
    assert pressed == [f"Kunar: {NAMED['Kunar']}"]


def test_names_are_read_in_their_language(
    join: Callable[..., Any], write_page: Callable[..., Path], open_page: Open
) -> None:
    names = {"fa": "گروه", "ps-AF": "ډله", "uz-Latn": "Guruh", "de": "Gruppe"}
    groups = {"a": {"name": "A", "aliases": ["Aleph"], "names": names}}
    page = open_page(
        write_page("report", join({"groups": groups, "presence": [{"group": "a", "in": ["Kabul"]}]})), "groups"
    )
    read = "(all) => all.map((each) => [each.textContent, each.lang, each.dir])"
    found = page.locator("#groups bdi").evaluate_all(read)
    assert [each for each in found if each[1]] == [
        ["گروه", "fa", "rtl"], ["ډله", "ps-AF", "rtl"], ["Guruh", "uz-Latn", ""], ["Gruppe", "de", ""],
    ]  # fmt: skip
    assert ["Aleph", "", ""] in found
    page.evaluate("location.hash = '#unit=AF-KAB'")
    expect(page.locator("#detail bdi[lang=fa][dir=rtl]")).to_have_text("کابل")


@pytest.mark.parametrize(
    ("width", "size"), choose([(320, "100%"), (640, "100%"), (640, "200%"), (1280, "200%")], 2), ids=str
)
def test_nothing_is_cut_off_or_overlaps(width: int, size: str, shared: Page) -> None:
    """640 px is a screen of 1280 px at 200 %; a greater font is what a reader sets who wants no other thing greater."""
    shared.set_viewport_size({"width": width, "height": 900})
    shared.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
    try:
        for part in PARTS:
            for one, other in itertools.combinations(shared.evaluate(BOXES, part), 2):
                apart = (
                    one[3] <= other[1] + 1 or other[3] <= one[1] + 1 or one[4] <= other[2] + 1 or other[4] <= one[2] + 1
                )
                assert apart, (part, one, other)
        assert shared.evaluate(OUTSIDE) == []
        assert shared.evaluate("document.documentElement.scrollWidth") <= width
        text = shared.locator("#summary").evaluate("(each) => parseFloat(getComputedStyle(each).fontSize)")
        assert text >= (12 if width < 800 else 16) * int(size[:-1]) / 100
    finally:
        shared.evaluate("() => { document.documentElement.style.fontSize = ''; }")
        shared.set_viewport_size({"width": 1280, "height": 900})


def test_less_motion_means_none(pages: dict[str, Path], open_page: Open) -> None:
    moved = {}
    for motion in ("reduce", "no-preference"):
        page = open_page(pages["overlay"])
        page.emulate_media(reduced_motion=motion)
        slow = page.locator("path.unit").first.evaluate(
            "(path) => parseFloat(getComputedStyle(path).transitionDuration)"
        )
        page.locator("#find").fill("Panjshir")
        at_once = page.evaluate(PRESS_ENTER)  # in one go: between two calls a busy machine may be through with it
        page.wait_for_timeout(600)
        moved[motion] = (slow > 0, page.evaluate(VIEW) != at_once)
    assert moved == {"reduce": (False, False), "no-preference": (True, True)}


def style(page: Page, chosen: str, name: str) -> str:
    found = page.locator(chosen).first.evaluate("(each, name) => getComputedStyle(each)[name]", name)
    return str(found)


def test_forced_colours_leave_the_map_its_own(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["report"], "compare=haqqani,isis-k")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    assert style(page, ".label.province:not(.quiet, .on-dark)", "color") == "rgb(20, 24, 27)"
    fills = page.locator("#legend rect").evaluate_all("(all) => all.map((each) => getComputedStyle(each).fill)")
    assert len(set(fills)) == len(fills) > 3
    assert style(page, "#ties .scroll svg", "backgroundColor") == style(page, "figure svg", "backgroundColor")
    assert style(page, "figure svg", "backgroundColor") == "rgb(255, 255, 255)"
    pressed, other = (
        style(page, f"#matrix button[aria-pressed={each}]", "backgroundColor") for each in ("true", "false")
    )
    assert pressed != other
    assert style(page, "nav a[aria-current]", "textDecorationLine") == "underline"
    page.locator("#find").focus()
    page.keyboard.press("Tab")
    assert style(page, "#copy-link", "outlineStyle") == "solid"


def test_no_class_is_told_by_its_colour_alone(pages: dict[str, Path], open_page: Open) -> None:
    """In each view a colour has one sign under the names, and no two colours have the same."""
    page = open_page(pages["report"])
    views = list_views(page)
    assert len(views) == 6
    for view in views:
        choose_view(page, view)
        signs: dict[str, set[str]] = {}
        for fill, sign in page.evaluate(SIGNS):
            signs.setdefault(fill, set()).add(sign)
        assert all(len(each) == 1 for each in signs.values()), (view, signs)
        told = [sign for fill, (sign,) in signs.items() if not fill.startswith("url(#fill-")]
        assert len(told) == len(set(told)) > 0, (view, signs)
        assert all(told), (view, signs)


def shine(colour: str) -> float:
    parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((shine(one), shine(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_edges_and_rings_stand_out(pages: dict[str, Path], open_page: Open) -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    page = open_page(pages["report"], "compare")
    for box in ("#find", "#copy-link", "#download-csv"):
        assert contrast(style(page, box, "borderTopColor"), "rgb(255, 255, 255)") >= 3, box
    for place in range(page.locator("#matrix button").count()):
        button = page.locator("#matrix button").nth(place)
        button.focus()
        ring, cell = button.evaluate(
            "(each) => [getComputedStyle(each).outlineColor, getComputedStyle(each.parentElement).backgroundColor]"
        )
        assert contrast(ring, cell) >= 3
    page.locator("#reset").focus()
    assert contrast(style(page, "#reset", "outlineColor"), "rgb(255, 255, 255)") >= 3
    ring = page.locator("path.ring-focused.ring-over").evaluate("(each) => getComputedStyle(each).stroke")
    under = page.locator("path.ring-focused.ring-under").evaluate("(each) => getComputedStyle(each).stroke")
    assert contrast(ring, under) >= 3, "whatever lies below, the ring stands out from its own white edge"


def test_a_unit_has_an_edge_that_is_seen_whatever_it_is_filled_with(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"])
    border = page.locator("path.border").evaluate(
        "(each) => [getComputedStyle(each).stroke, parseFloat(getComputedStyle(each).strokeWidth)]"
    )
    assert contrast(border[0], "rgb(255, 255, 255)") >= 3
    assert border[1] >= 1


# What is pressed and stands in no line of words: a link in a sentence is as high as its line.
TOUCHED = """() => [...document.querySelectorAll("button, select, summary, input, nav a, #groups-shown label")]
  .filter((each) => each.getClientRects().length && !each.matches("[type=checkbox], [type=radio]"))
  .map((each) => [each.id || each.textContent, each.getBoundingClientRect().height])
  .filter(([, height]) => height < 44)"""


@pytest.mark.parametrize("name", ["overlay", "report"])
def test_what_a_finger_presses_is_as_large_as_a_fingertip(name: str, pages: dict[str, Path], browser: Browser) -> None:
    context = browser.new_context(offline=True, has_touch=True, is_mobile=True, viewport={"width": 380, "height": 800})
    page = context.new_page()
    page.goto(f"{pages[name].as_uri()}#unit=AF-KAB")
    page.locator("#detail-name").wait_for()
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    assert page.evaluate(TOUCHED) == []
    context.close()
