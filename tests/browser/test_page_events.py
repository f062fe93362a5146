"""The page of recorded events: each step, group and measure as join sums and classes them; places, keyboard, words."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.api import load_boundaries
from geo.draw.pages.event_block import key_view
from geo.draw.pages.events import draw_events
from geo.draw.wording.catalogue import read_catalogue
from geo.draw.wording.events import write_rate
from geo.join.event_classes import ClassedActivity, SumKey, class_activity
from geo.model import Activity, EventCount
from tests.browser.test_page_accessible import SHOW_ALL, find_violations
from tests.browser.test_page_senses import OUTSIDE
from tests.browser.waiting import wait_until
from tests.daily import choose
from tests.scripts.tables import CODES, HOSTILE, MONTHS, SOURCE, TALLY, make_activity

ENGLISH = read_catalogue("en")
write_number = ENGLISH.write_number
Open = Callable[..., Page]

STATE = """() => {
  const rows = [...document.querySelectorAll("#legend .legend-row")];
  const paint = (chosen) => Object.fromEntries(
    [...document.querySelectorAll(chosen)].map((path) => [path.dataset.code, path.getAttribute("fill")]));
  const text = (row, tag) => row.querySelector(tag).textContent;
  return {
    fills: paint("path.unit"), still: paint("#static path[data-code]"),
    rows: rows.map((row) => [row.dataset.key, text(row, "span"), Number(text(row, "b"))]),
    paint: Object.fromEntries(rows.map((row) => [row.dataset.key, row.querySelector("rect").getAttribute("fill")])),
    signs: Object.fromEntries([...document.querySelectorAll("#static [data-sign]")].map(
      (sign) => [sign.dataset.sign, sign.textContent])),
    labels: Object.fromEntries([...document.querySelectorAll("path.unit")].map(
      (path) => [path.dataset.code, path.getAttribute("aria-label")])),
    summary: document.getElementById("summary").textContent,
  };
}"""
SILENT = {
    "gap:left": "Recorded, but left out", "gap:uncovered": "Not covered by the files", "gap:none": "No event recorded",
}  # fmt: skip
SHOW = "(fragment) => { location.hash = fragment; window.dispatchEvent(new HashChangeEvent('hashchange')); }"
SPOTS = """() => [...document.querySelectorAll(".spot")].map(
  (spot) => [Number(spot.dataset.events), Number(spot.dataset.places), spot.textContent])"""


def write_page(
    folder: Path, activity: Activity, language: str = "en", unpeopled: Collection[str] = (), **options: Any
) -> tuple[Path, ClassedActivity]:
    known = load_boundaries()
    units = {code: replace(unit, population=None) if code in unpeopled else unit
             for code, unit in known.gazetteer.units.items()}  # fmt: skip
    gazetteer, path = replace(known.gazetteer, units=units), folder / "events.html"
    page = draw_events(known.frame, gazetteer, known.topology, activity, language=language, **options)
    path.write_text(page.get_root().render(), "utf-8")
    return path, class_activity(activity, units, **options)


@pytest.fixture(scope="module")
def events(watch_pages: Callable[[], AbstractContextManager[Open]], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Open one page for all tests that only look, and put it back to where it began."""
    path, classed = write_page(tmp_path_factory.mktemp("events"), make_activity(1, places=True))
    with watch_pages() as open_file:
        yield open_file(path), classed


def expect_state(seen: dict[str, Any], classed: ClassedActivity, group: str | None, step: Any, measure: str) -> None:
    scale = {"events": classed.counts, "rate": classed.rates, "deaths": classed.deaths}[measure].choose(step)
    span = f"{measure}-{'single' if step else 'whole'}"
    say = (lambda value: write_rate(ENGLISH, value, classed.decimals)) if measure == "rate" else write_number
    places = {code: classed.find_class(SumKey(group, code, step), measure) for code in CODES}
    silent = {code: classed.find_gap(SumKey(group, code, step)) for code in CODES}
    keys = {code: f"gap:{silent[code]}" if place is None else f"{span}:{place + 1}" for code, place in places.items()}
    assert seen["fills"] == seen["still"] == {code: seen["paint"][key] for code, key in keys.items()}
    bounds = [[say(each) for each in scale.bound(place)] for place in range(len(scale.uppers))]
    rows = [
        [f"{span}:{place + 1}", low if low == high else f"{low} to {high}"] for place, (low, high) in enumerate(bounds)
    ]
    found = list(keys.values())
    no_deaths = {"gap:deaths": "Events recorded, but no deaths stated"}
    shown = (no_deaths if "gap:deaths" in found else {}) | SILENT
    wanted = [[key, label, found.count(key)] for key, label in [*reversed(rows), *shown.items()]]
    assert seen["rows"] == wanted
    for code, sign in seen["signs"].items():
        cell = SumKey(group, code, step)
        value = classed.find_value(cell, measure)
        assert sign == (say(value) if value else "")
        told = (no_deaths | SILENT).items()
        assert [
            key
            for key, said in told
            if said in seen["labels"][code] and not value and not classed.find_sum(cell).events
        ] == ([] if classed.find_sum(cell).events else [f"gap:{silent[code]}"])
    sums = [classed.find_sum(SumKey(group, code, step)).events for code in CODES]
    said = f": {write_number(sum(sums))} recorded, in {sum(map(bool, sums))} of 34 provinces"
    if step and not any(sums):
        said = ": the files do not cover July 2019, so nothing can be said of any of 34 provinces."
    assert said in seen["summary"]


@pytest.mark.parametrize("measure", ["events", "deaths", "rate"])
@pytest.mark.parametrize(("group", "step"), [(None, None), (None, MONTHS[2]), ("g1", None), ("g2", MONTHS[5])])
def test_a_group_a_step_and_a_measure_are_shown_as_join_classes_them(
    group: str | None, step: Any, measure: str, events: tuple[Page, ClassedActivity]
) -> None:
    page, classed = events
    page.evaluate(SHOW, f"view={key_view(group)}&measure={measure}&period={step or 'all'}")
    expect_state(page.evaluate(STATE), classed, group, step, measure)


def test_the_page_without_script_is_the_first_view(
    events: tuple[Page, ClassedActivity], tmp_path: Path, open_page: Open
) -> None:
    page, classed = events
    page.evaluate(SHOW, "view=all&measure=events&period=all")
    seen = page.evaluate(STATE)
    without = open_page(write_page(tmp_path, classed.activity)[0], javascript=False)
    assert without.locator("#summary").inner_text() == seen["summary"]
    texts = without.locator("#legend .legend-row").evaluate_all(
        "(rows) => rows.map((row) => [row.dataset.key, row.querySelector('span').textContent, "
        "Number(row.querySelector('b').textContent)])"
    )
    assert texts == seen["rows"]
    expect(without.locator("#static svg")).to_be_visible()
    assert without.locator("#time").is_hidden()
    assert without.locator("#steps tbody tr").count() == len(MONTHS)
    assert without.locator("#units tbody tr").count() == len(CODES)


def test_nothing_on_the_page_speaks_of_presence_but_to_deny_it(events: tuple[Page, ClassedActivity]) -> None:
    page, _ = events
    said = page.evaluate(
        """() => [document.body.innerText, document.title, document.querySelector('meta[name=description]').content,
          JSON.stringify(JSON.parse(document.getElementById('presence-data').textContent).words),
          ...[...document.querySelectorAll('[aria-label],[placeholder]')].map(
            (each) => each.getAttribute('aria-label') + ' ' + each.getAttribute('placeholder'))].join(' ')"""
    )
    said = said.replace("An event of a group shows neither presence nor control there.", "")
    assert not re.search(r"\b(presence|present|named|names no|claims?|controls?|records?)\b", said, re.IGNORECASE)


def test_the_slider_and_play_by_keyboard(events: tuple[Page, ClassedActivity]) -> None:
    page, _ = events
    page.evaluate(SHOW, "view=all&measure=events&period=all")
    slider = page.get_by_role("slider", name="Time shown")
    assert (slider.input_value(), slider.get_attribute("aria-valuetext")) == ("0", "The whole time · covered in part")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "May 2019 · covered in part"
    assert page.locator("#when").inner_text() == "May 2019\ncovered in part"
    expect(page.locator("#steps [aria-current]")).to_contain_text("May 2019")
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "October 2019"
    assert page.evaluate("document.activeElement.id") == "step"
    page.clock.install()
    page.get_by_role("button", name="Play").click()
    assert slider.input_value() == "1"
    page.clock.run_for(900 * (len(MONTHS) + 2))
    assert slider.input_value() == str(len(MONTHS))
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_a_window_is_held_at_one_step_and_ends_where_the_slider_goes(events: tuple[Page, ClassedActivity]) -> None:
    page, classed = events
    page.evaluate(SHOW, "view=all&measure=events&period=2019-06")
    page.get_by_label("Add up from June 2019 to the step that the slider shows").check()
    slider = page.get_by_role("slider", name="Time shown")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "June 2019 to July 2019 · covered in part"
    assert page.locator("#steps [aria-current]").count() == 2
    sums = [sum(classed.find_sum(SumKey(None, code, step)).events for step in MONTHS[1:3]) for code in CODES]
    assert (
        f"{write_number(sum(sums))} recorded, in {sum(map(bool, sums))} of 34" in page.locator("#summary").inner_text()
    )
    page.keyboard.press("Home")
    box = page.locator("#from")
    expect(box).to_be_disabled()
    page.keyboard.press("End")
    box.uncheck()
    assert page.locator("#when").inner_text() == "October 2019"


def test_a_link_comes_back_to_the_same_state(events: tuple[Page, ClassedActivity]) -> None:
    page, classed = events
    code = next(cell.unit for cell in classed.sums if cell[::2] == ("g2", MONTHS[1]))
    wanted = f"unit={code}&view=group%3Ag2&measure=rate&period=2019-06&points=1"
    page.evaluate(SHOW, wanted)
    detail = page.locator("#detail")
    found = classed.find_sum(SumKey("g2", code, MONTHS[1]))
    row = detail.locator('tr[data-view="group:g2"] td').all_inner_texts()
    rate = write_rate(ENGLISH, classed.find_rate(SumKey("g2", code, MONTHS[1])) or 0, classed.decimals)
    assert row == [write_number(found.events), rate, "–" if found.deaths is None else write_number(found.deaths)]
    expect(detail.locator(".strip svg")).to_have_attribute("aria-label", re.compile("Group 2 by period"))
    assert page.locator("input[name=view]:checked").input_value() == "group:g2"
    with page.expect_download() as download:
        page.locator("#download-csv").click()
    assert download.value.suggested_filename.startswith("events-")
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(each["events"]) for each in rows) == sum(count.events for count in classed.activity.counts)
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.locator("#copy-link").click()
    expect(page.locator("#find-result")).to_have_text("Link copied")
    assert page.evaluate("window.copied").split("#")[1] == wanted
    page.evaluate(SHOW, "view=all&measure=events&period=all&points=0")
    page.keyboard.press("Escape")


def test_circles_hold_every_event_and_leave_the_units_their_clicks(
    events: tuple[Page, ClassedActivity], find_inside: Callable[[Page, str], tuple[float, float]]
) -> None:
    page, classed = events
    places = classed.activity.places or ()
    for group, step in ((None, None), ("g1", None), (None, MONTHS[0])):
        page.evaluate(SHOW, f"view={key_view(group)}&measure=events&period={step or 'all'}&points=1")
        here = [each for each in places if each.group == group and (step is None or each.period == step)]
        spots = page.evaluate(SPOTS)
        assert sum(events for events, _, _ in spots) == sum(each.events for each in here)
        assert sum(number for _, number, _ in spots) == len({(each.lon, each.lat) for each in here})
        assert all(text == write_number(events) for events, _, text in spots)
        assert f"{write_number(sum(each.events for each in here))} events" in page.locator("#points-said").inner_text()
    assert page.locator(".leaflet-points-pane svg").get_attribute("aria-hidden") == "true"
    page.evaluate(SHOW, "view=all&period=all&points=1")
    before = page.locator(".spot").count()
    cluster = page.locator('.spot:not([data-places="1"])').first
    cluster.hover()
    expect(page.locator("#tip")).to_contain_text("Recorded events at")
    cluster.click()
    wait_until(page, "(before) => document.querySelectorAll('.spot').length !== before", before)
    page.locator("#reset").click()
    x, y = find_inside(page, "AF-GHO")
    page.mouse.click(x, y)
    expect(page.locator("#detail-name")).to_have_text("Ghor")
    page.keyboard.press("Escape")
    page.evaluate(SHOW, "view=all&measure=events&period=all&points=0")
    assert page.locator(".spot").count() == 0


@pytest.mark.parametrize(("widths", "language"), choose([((380,), "fa"), ((1280, 320), "en")], 1))
def test_axe_finds_nothing_and_nothing_is_too_wide(
    widths: tuple[int, ...], language: str, tmp_path: Path, open_page: Open
) -> None:
    path, _ = write_page(tmp_path, make_activity(4, places=True), language)
    page = open_page(path, "unit=AF-KAB&period=2019-05&points=1&measure=rate", width=widths[0])
    page.evaluate(SHOW_ALL)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        wait_until(page, "(wide) => document.documentElement.clientWidth === wide", width)
        # No colour depends on the width, see `test_no_colour_depends_on_the_width`.
        assert find_violations(page, contrast=width == widths[0]) == []
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_names_are_text(tmp_path: Path, open_page: Open) -> None:
    path, _ = write_page(tmp_path, make_activity(5, name=HOSTILE))
    page = open_page(path, "unit=AF-KAB&view=group:g1")
    assert page.evaluate("window.__pwned") is None
    assert page.locator("img").count() == 0
    for chosen in ("#switches", "#steps", "#units", "#actors", "#sources", "h1"):
        assert "{{7*7}}${8*8}" in page.locator(chosen).first.inner_text() + page.title()


def test_all_at_once_without_groups_has_no_slider_and_says_why_events_are_left_out(
    tmp_path: Path, open_page: Open
) -> None:
    counts = (EventCount(None, "AF-KAB", None, 3),)
    path, _ = write_page(tmp_path, Activity("Events", "all", {}, counts, (), (SOURCE,), TALLY, (("One", 2),)))
    page = open_page(path, "unit=AF-KAB&period=2019-05&view=group:x&measure=none")
    assert page.locator("#step").count() == 0
    assert page.locator("#panel input[name=view]").count() == 0
    assert page.locator("h1").inner_text() == "The most events are recorded in Kabul: 3 of 3"
    cells = "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    rows = dict(page.locator("#left-out tbody tr").evaluate_all(cells))
    assert rows["would lie in a province if latitude and longitude changed places"] == "7"
    assert len(rows) == len(TALLY) - 1  # a reason that nothing met is none
    assert "3" in page.locator("#detail tbody").inner_text()
    expect(page.locator("#about")).to_contain_text("town or better")
    expect(page.locator('#sources a[href="https://example.org/events"]')).to_be_visible()


def test_a_unit_of_no_known_population_has_a_class_of_its_own(tmp_path: Path, open_page: Open) -> None:
    activity = Activity("Events", "all", {}, (EventCount(None, "AF-KAB", None, 3), EventCount(None, "AF-GHO", None, 3)),
                        (), (), {})  # fmt: skip
    page = open_page(write_page(tmp_path, activity, unpeopled={"AF-KAB", "AF-LOG"})[0], "measure=rate&unit=AF-KAB")
    seen = page.evaluate(STATE)
    assert [row[::2] for row in seen["rows"]] == [["rate-whole:1", 1], ["gap:people", 1], ["gap:none", 32]]
    assert seen["fills"]["AF-KAB"] == seen["paint"]["gap:people"] == "url(#fill-people)"
    assert "no population known" in seen["labels"]["AF-KAB"]
    expect(page.locator("#detail")).to_contain_text("No population is known, so there is no rate.")
    page = open_page(write_page(tmp_path, activity, unpeopled=CODES)[0], "measure=rate")
    assert page.locator("input[name=measure]").count() == 0
    assert "100,000" not in page.locator("body").inner_text()
