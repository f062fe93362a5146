"""The page by keyboard, by pointer and by its address."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.join.joined_table import JoinedTable
from tests.browser.waiting import wait_until
from tests.daily import choose, takes_long

# Both have the same script: one stands for both on most runs.
NAMES = choose(("overlay", "choropleth"), 1)
Open = Callable[..., Page]
FOCUSED = "document.activeElement.dataset.code || document.activeElement.id || document.activeElement.className"
VIEW = """() => new DOMMatrix(getComputedStyle(document.querySelector(".leaflet-map-pane")).transform).toString() +
  document.querySelector("path.unit").getAttribute("d")"""


@pytest.fixture(params=NAMES)
def page(request: pytest.FixtureRequest, pages: dict[str, Path], open_page: Open) -> Page:
    return open_page(pages[request.param])


@pytest.fixture(scope="module", params=NAMES)
def shared(request: pytest.FixtureRequest, pages: dict[str, Path], open_shared: Open) -> Page:
    """Return a page that a test leaves in any state: only for tests that bring their own."""
    return open_shared(pages[request.param])


def find_unit(page: Page, code: str) -> Any:
    return page.locator(f'path.unit[data-code="{code}"]')


def test_tab_walks_from_the_tools_through_all_provinces_by_name(page: Page) -> None:
    page.locator("#find").focus()
    stops = []
    for _ in range(45):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert stops[:2] == ["copy-link", "csv"]
    first = next(place for place, stop in enumerate(stops) if stop.startswith("AF-"))
    assert stops[2:first] in ([], ["map_presence"])
    walked = stops[first : first + 34]
    names = [find_unit(page, code).get_attribute("aria-label").partition(":")[0] for code in walked]
    assert len(set(names)) == 34
    assert names == sorted(names)
    assert not any(stop.startswith("AF-") for stop in stops[first + 34 :])


def test_the_address_tells_what_is_shown_and_the_way_back_closes_the_card(page: Page) -> None:
    find_unit(page, "AF-KAB").press("Enter")
    page.wait_for_url(lambda url: "unit=AF-KAB" in url)
    find_unit(page, "AF-GHA").press("Enter")
    page.wait_for_url(lambda url: "unit=AF-GHA" in url)
    page.go_back()
    expect(page.locator("#detail h2")).to_have_count(0)
    assert "unit=" not in page.url
    page.go_forward()
    expect(page.locator("#detail h2")).to_have_text("Ghazni")
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "unit=" not in url)


def test_the_way_back_undoes_a_switch_and_a_filter(page: Page) -> None:
    headline, box = page.locator("#headline"), page.locator("#groups-shown input").first
    level = page.locator("#narrow select").first
    said = headline.text_content() or ""
    page.locator("#narrow summary").click()
    level.select_option(index=2)
    expect(headline).not_to_have_text(said)
    narrow = headline.text_content() or ""
    box.uncheck()
    expect(headline).not_to_have_text(narrow)
    page.go_back()
    expect(headline).to_have_text(narrow)
    expect(box).to_be_checked()
    page.go_back()
    expect(headline).to_have_text(said)
    expect(level).to_have_value("")
    page.go_forward()
    expect(headline).to_have_text(narrow)


def test_a_focused_province_is_ringed_and_within_the_frame(page: Page) -> None:
    page.locator("#copy-link").focus()
    while not page.evaluate(FOCUSED).startswith("AF-"):
        page.keyboard.press("Tab")
    ring = page.locator("path.ring-focused.ring-over")
    box, unit = ring.bounding_box(), page.locator("path.unit:focus").bounding_box()
    assert box
    assert unit
    assert abs(box["x"] - unit["x"]) < 3
    assert abs(box["width"] - unit["width"]) < 6


def test_a_key_opens_the_claims_and_escape_gives_focus_back(page: Page) -> None:
    before = page.evaluate("scrollY")
    for key in ("Enter", "Space"):
        find_unit(page, "AF-KAB").focus()
        page.keyboard.press(key)
        heading = page.locator("#detail h2")
        expect(heading).to_have_text("Kabul")
        expect(heading).to_be_focused()
        assert page.locator("#detail .claims > li").count() == 2
        expect(page.locator("#detail")).to_contain_text("Sleeper cells")
        expect(page.locator("#detail")).to_contain_text("Operational presence")
        assert page.locator('#detail a[href^="#source-"]').count() >= 2
        expect(find_unit(page, "AF-KAB")).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("scrollY") == before
        page.keyboard.press("Escape")
        assert page.locator("#detail h2").count() == 0
        expect(find_unit(page, "AF-KAB")).to_be_focused()
        assert page.locator("path.unit[aria-pressed]").count() == 0


def test_escape_leaves_whoever_reads_on_where_they_are(page: Page) -> None:
    find_unit(page, "AF-KAB").press("Enter")
    link = page.locator("#units a").first
    link.focus()
    page.keyboard.press("Escape")
    assert page.locator("#detail h2").count() == 0
    expect(link).to_be_focused()


def test_plus_and_minus_zoom_from_a_province(page: Page) -> None:
    zooms = [page.evaluate("map_presence.getZoom()")]
    for key in ("+", "-"):
        find_unit(page, "AF-KAB").press(key)
        page.wait_for_timeout(400)
        zooms.append(page.evaluate("map_presence.getZoom()"))
    assert zooms[1] > zooms[0] == zooms[2]


def test_each_province_leads_to_its_claims(shared: Page) -> None:
    shown = shared.evaluate(
        """() => [...document.querySelectorAll("path.unit")].map((path) => {
             path.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
             const detail = document.getElementById("detail");
             return [path.dataset.code, detail.querySelectorAll(".claims > li").length,
               detail.querySelector(".codes").textContent,
               detail.textContent.includes("That is silence, not absence.")];
           })"""
    )
    counts = {code: count for code, count, _, _ in shown}
    assert counts | {"AF-KAB": 2, "AF-NAN": 2, "AF-KNR": 2, "AF-LAG": 1, "AF-NUR": 1, "AF-GHA": 1} == counts
    assert sum(counts.values()) == 3 + 7 + 4, "cells of three groups, operational presence, the region"
    for code, count, codes, silent in shown:
        assert code in codes
        assert silent == (count == 0)


def test_a_card_tells_what_the_source_does_not_place(shared: Page) -> None:
    find_unit(shared, "AF-HER").press("Enter")
    assert shared.locator("#detail .aside").all_inner_texts() == [
        "Reported across the country without naming provinces: ISIS-Khorasan.",
        "Perhaps here, perhaps not: al-Qaeda is reported in 12 provinces that the source does not name (Camps).",
    ]


def test_what_does_not_apply_is_no_silence_and_no_perhaps(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    table = {
        "groups": {"a": {"name": "A"}},
        "presence": [{"group": "a", "in": ["Kabul"]}, {"group": "a", "unlocated": 3}],
        "not_applicable": ["Herat"],
    }
    page = open_page(write_page("overlay", join(table)), "unit=AF-HER")
    expect(page.locator("#detail")).to_contain_text("Not applicable: the question does not apply here")
    expect(page.locator("#detail")).not_to_contain_text("Perhaps here")
    expect(page.locator("#detail")).not_to_contain_text("silence")
    page.evaluate("location.hash = '#unit=AF-GHO'")
    expect(page.locator("#detail")).to_contain_text("Perhaps here")


def test_a_link_followed_at_once_keeps_its_address(page: Page) -> None:
    page.locator("#panel input").first.click()
    page.evaluate("location.hash = '#sources'")
    page.wait_for_timeout(400)
    assert page.url.endswith("#sources")


def test_a_region_claim_keeps_its_hedge(shared: Page) -> None:
    find_unit(shared, "AF-LAG").focus()
    shared.keyboard.press("Enter")
    claim = shared.locator("#detail .claims > li")
    lines = claim.locator("> p")
    assert lines.all_inner_texts() == [
        "The source names no province: mostly in eastern Afghanistan (region Eastern)",
        "Lashkar-e-Taiba (Reported presence)",
    ]
    assert claim.locator("strong").all_inner_texts() == ["The source names no province:"], "and no level"
    assert claim.locator("q").all_inner_texts() == ["mostly in eastern Afghanistan"], "its words once"


DENIED = {
    "sources": {"s": {"title": "S", "date": "2020"}, "t": {"title": "T", "date": "2021"}},
    "levels": {"cells": {"name": "Cells"}, "attacks": {"name": "Able to attack", "footprint": False}},
    "groups": {"a": {"name": "Alpha"}, "b": {"name": "Beta"}},
    "presence": [
        {"group": ["a", "b"], "in": ["Kabul"], "level": "cells", "source": "s"},
        {"group": ["a"], "in": ["Kabul"], "level": "cells", "source": "t", "finding": "absent"},
        {"group": ["b"], "in": ["Kabul"], "level": "attacks", "source": "t"},
        {"group": ["b"], "region": "Capital", "level": "cells", "source": "t", "finding": "inconclusive"},
    ],
}


def test_a_claim_of_no_presence_says_so_first(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Callable[..., Page]
) -> None:
    page = open_page(write_page("overlay", join(DENIED)), "unit=AF-KAB")
    claims = page.locator("#detail .claims > li").all()
    assert [claim.locator("> p").all_inner_texts() for claim in claims] == [
        ["Cells", "Alpha and Beta"],
        ["Looked and not found", "Alpha"],
        ["Able to act there; not reported as present", "Beta (Able to attack)"],
        ["The source names no province: region Capital", "Looked, without a result", "Beta"],
    ]
    striped = [claim.evaluate("(each) => getComputedStyle(each).borderImageSource !== 'none'") for claim in claims]
    assert striped == [True, False, False, False], "the colours of groups are those of presence"


def test_a_click_opens_and_the_button_closes(
    page: Page, find_inside: Callable[[Page, str], tuple[float, float]]
) -> None:
    for code in ("AF-KAB", "AF-PAN", "AF-DAY"):
        page.mouse.click(*find_inside(page, code))
        expect(page.locator("#detail .codes")).to_contain_text(code)
        page.locator("#detail").get_by_role("button", name="Close").click()
        assert page.locator("#detail h2").count() == 0
        expect(page.locator("#detail")).to_contain_text("Choose a province")
        expect(find_unit(page, code)).to_be_focused()


def test_hover_says_in_short_what_the_label_says(
    page: Page, find_inside: Callable[[Page, str], tuple[float, float]]
) -> None:
    tip = page.locator("#tip")
    for code in ("AF-KNR", "AF-LAG", "AF-HER"):
        page.mouse.move(*find_inside(page, code))
        expect(tip).to_be_visible()
        lines = tip.evaluate("(tip) => [...tip.children].map((line) => line.textContent)")
        assert find_unit(page, code).get_attribute("aria-label") == f"{lines[0]}: {'; '.join(lines[1:])}"
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_the_find_box_finds_what_is_typed(shared: Page) -> None:
    """What a name is found by is asked in tests/scripts/test_texts.py."""
    for typed, name in (("  KUNAR ", "Kunar"), ("كابل", "Kabul")):
        shared.locator("#find").fill(typed)
        shared.keyboard.press("Enter")
        expect(shared.locator("#detail h2")).to_have_text(name)
        expect(shared.locator("#detail h2")).to_be_focused()
        expect(shared.locator("#find-result")).to_be_empty()


def test_the_find_box_says_when_nothing_is_found(shared: Page) -> None:
    for typed in ("<img src=x onerror=window.__pwned=1>", ""):
        shared.keyboard.press("Escape")
        shared.locator("#find").fill(typed)
        shared.keyboard.press("Enter")
        expect(shared.locator("#find-result")).to_have_text("No province of that name")
        assert shared.locator("#detail h2").count() == 0
    shared.locator("#find").fill("Kabul")
    shared.keyboard.press("Enter")
    expect(shared.locator("#find-result")).to_be_empty()


def test_reset_view_shows_the_whole_country_again(page: Page) -> None:
    home = page.evaluate(VIEW)
    page.locator("#find").fill("Panjshir")
    page.keyboard.press("Enter")
    wait_until(page, f"() => ({VIEW})() !== {json.dumps(home)}")
    page.locator("#reset").click()
    wait_until(page, f"() => ({VIEW})() === {json.dumps(home)}")
    page.wait_for_timeout(500)
    assert page.evaluate(VIEW) == home


def test_copy_link_gives_an_address_that_opens_the_same_view(page: Page, open_page: Open) -> None:
    page.locator("#panel input").nth(1).click()
    find_unit(page, "AF-KAB").focus()
    page.keyboard.press("Enter")
    page.locator("#copy-link").click()
    expect(page.locator("#link:visible, #find-result:has-text('Link copied')")).to_have_count(1)
    shown = page.locator("#link")
    link = shown.input_value() if shown.is_visible() else read_clipboard(page)
    address, _, fragment = link.partition("#")
    assert address == page.url.split("#")[0]
    assert "unit=AF-KAB" in fragment
    other = open_page(Path(address.removeprefix("file://")), fragment)
    state = "() => [...document.querySelectorAll('#panel input')].map((each) => each.checked)"
    assert other.evaluate(state) == page.evaluate(state)
    expect(other.locator("#detail h2")).to_have_text("Kabul")


def read_clipboard(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read"])
    text = page.evaluate("navigator.clipboard.readText()")
    page.context.clear_permissions()
    return str(text)


def test_a_link_is_shown_where_the_clipboard_is_closed(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
    page.locator("#copy-link").click()
    expect(page.locator("#link")).to_be_visible()
    expect(page.locator("#link")).to_be_focused()
    assert page.locator("#link").input_value().startswith(page.url + "#")


def test_a_fragment_opens_the_overlay_in_that_state(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"], "unit=AF-KAB&groups=haqqani,let")
    expect(page.locator("#detail h2")).to_have_text("Kabul")
    checked = page.locator("#panel input:checked").evaluate_all("(all) => all.map((each) => each.dataset.group)")
    assert checked == ["haqqani", "let"]
    assert page.locator('.legend-row[data-key="haqqani+let"] b').text_content() == "3"
    expect(page.locator("#summary")).to_contain_text("Of the groups shown: 9 of 34")


def test_a_fragment_opens_the_levels_of_one_group(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["choropleth"], "view=level:haqqani")
    expect(page.locator('#panel input[value="level:haqqani"]')).to_be_checked()
    rows = page.locator(".legend-row").evaluate_all(
        "(all) => all.map((row) => [row.dataset.key, row.querySelector('b').textContent])"
    )
    assert rows == [
        ["level:operational", "7"], ["level:cells", "2"], ["level:reported", "0"],
        ["gap:region", "0"], ["gap:none", "25"],
    ]  # fmt: skip
    expect(page.locator("#summary")).to_contain_text("Haqqani Network: 9 of 34")


ODD = [
    "unit=AF-XXX&view=level:nobody", "unit=__proto__&view=level:toString", "unit=%ff&groups=%25&view=%", "&&&=&=",
    "unit=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "view=overlay", "unit=AF-KAB,AF-LOG", "groups", "unit",
]  # fmt: skip


@pytest.mark.parametrize("fragment", choose(ODD, 3))
def test_a_fragment_with_unknown_names_is_ignored(shared: Page, fragment: str) -> None:
    shared.keyboard.press("Escape")
    legend = "() => document.getElementById('legend').innerHTML"
    before = shared.evaluate(legend)
    shared.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    shared.wait_for_timeout(30)
    assert shared.locator("path.unit").count() == 34
    assert shared.locator("#detail h2").count() == 0
    if "groups" not in fragment:
        assert shared.evaluate(legend) == before


def test_unknown_groups_in_a_fragment_are_left_out(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"], "groups=nobody,let,constructor")
    checked = page.locator("#panel input:checked").evaluate_all("(all) => all.map((each) => each.dataset.group)")
    assert checked == ["let"]


def test_the_names_in_the_table_open_a_province(page: Page) -> None:
    page.locator("table#units").get_by_role("link", name="Nuristan", exact=True).click()
    expect(page.locator("#detail h2")).to_have_text("Nuristan")
    expect(page.locator("#detail h2")).to_be_in_viewport()
    expect(page.locator("#detail h2")).to_be_focused()
    page.evaluate("location.hash = '#unit=AF-KAB'")
    expect(page.locator("#detail h2")).to_have_text("Kabul")
    page.evaluate("location.hash = '#unit=nowhere'")
    page.evaluate("location.hash = '#sources'")
    assert page.locator("path.unit").count() == 34


def test_the_claims_stay_open_when_a_link_leads_to_their_source(page: Page) -> None:
    find_unit(page, "AF-KAB").focus()
    page.keyboard.press("Enter")
    page.locator('#detail a[href^="#source-"]').first.click()
    expect(page.locator("#detail h2")).to_have_text("Kabul")
    page.locator("#panel input").first.click()
    expect(page.locator("#detail h2")).to_have_text("Kabul")


ARROWS = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
REACH = """(keys) => {
  const found = new Set(["AF-KAB"]);
  for (const code of found)
    for (const key of keys) {
      const from = document.querySelector(`path.unit[data-code="${code}"]`);
      from.focus();
      from.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      found.add(document.activeElement.dataset.code);
    }
  return [...found];
}"""


@takes_long
def test_arrow_keys_lead_to_every_province(shared: Page) -> None:
    found = shared.evaluate(REACH, ARROWS)
    assert len(found) == 34
    assert all(code.startswith("AF-") for code in found)


# Not by the page's place: a province under the window's edge is rightly scrolled into view by its focus.
WATCH_KEY = """() => addEventListener("keydown", (event) => { window.kept = event.defaultPrevented; })"""


SIDES = [
    ("AF-GHA", "ArrowUp", "AF-WAR"), ("AF-HEL", "ArrowLeft", "AF-NIM"), ("AF-HEL", "ArrowRight", "AF-KAN"),
    ("AF-HER", "ArrowLeft", "AF-HER"), ("AF-HER", "ArrowDown", "AF-FRA"), ("AF-BDS", "ArrowRight", "AF-BDS"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "key", "wanted"), choose(SIDES, 2))
def test_an_arrow_key_leads_to_the_neighbour_on_that_side(shared: Page, code: str, key: str, wanted: str) -> None:
    find_unit(shared, code).focus()
    shared.evaluate(WATCH_KEY)
    shared.keyboard.press(key)
    assert shared.evaluate(FOCUSED) == wanted
    assert wanted == code or shared.evaluate("window.kept"), "the key moved the focus and scrolled the page as well"


def test_focus_says_what_hover_says_until_escape(page: Page) -> None:
    find_unit(page, "AF-GHA").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#tip")).to_contain_text("Wardak")
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()
    assert page.evaluate(FOCUSED) == "AF-WAR"
    page.keyboard.press("ArrowDown")
    expect(page.locator("#tip")).to_be_visible()
    page.locator("#reset").focus()
    expect(page.locator("#tip")).to_be_hidden()


STOPS = """() => {
  const radios = new Set();
  return [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((each) => {
    if (each.closest("details:not([open]) > :not(summary)")) return false;
    if (!each.getClientRects().length || getComputedStyle(each).visibility === "hidden" || each.disabled) return false;
    return each.type !== "radio" || each.checked;
  }).length;
}"""
STOP = """() => {
  const at = document.activeElement;
  const look = getComputedStyle(at);
  const ring = document.querySelector("path.ring-focused.ring-over").getAttribute("d");
  const box = at.getBoundingClientRect();
  return [at === document.body, at.outerHTML.slice(0, 90),
    at.matches("path.unit") ? ring.length > 9 : look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth];
}"""


@pytest.mark.parametrize("name", choose(["report", "compare", "overlay", "choropleth"], 1))
def test_tab_stops_at_each_thing_once_in_sight_and_lets_go(name: str, pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages[name])
    wanted, seen = page.evaluate(STOPS), []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        out, what, ringed, visible = page.evaluate(STOP)
        if out:
            break
        assert ringed, what
        assert visible, what
        seen.append(what)
    assert len(seen) == wanted
