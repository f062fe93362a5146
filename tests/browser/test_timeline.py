"""The time line in a browser: each step is the map that join makes of it; by keyboard, by ear and without motion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.api import join_table
from geo.draw.pages.timeline import draw_timeline
from geo.draw.sections.grid import list_grid_rows
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import JoinedTable
from geo.join.timeline import find_steps, join_step
from geo.read.boundaries.bundled import read_topology
from tests.browser.test_page_accessible import SHOW_ALL, find_violations
from tests.daily import choose, takes_long
from tests.scripts.tables import make_steps

STATE = """() => {
  const rows = [...document.querySelectorAll("#legend .legend-row")];
  const units = [...document.querySelectorAll("path.unit")];
  return {
    fills: Object.fromEntries(units.map((path) => [path.dataset.code, path.getAttribute("fill")])),
    rows: Object.fromEntries(rows.map((row) => [row.dataset.key, Number(row.querySelector("b").textContent)])),
    paint: Object.fromEntries(rows.map((row) => [row.dataset.key, row.querySelector("rect").getAttribute("fill")])),
    off: document.querySelectorAll("#off-map li").length,
  };
}"""


SET = """(at) => {
  const slider = document.getElementById("step");
  slider.value = at;
  slider.dispatchEvent(new Event("input"));
}"""

KEEP_LATE = """() => {
  const wait = setTimeout;
  window.setTimeout = (tell, after) => (after === 200 ? ((window.tell = tell), 0) : wait(tell, after));
}"""


@pytest.fixture
def open_timeline(
    join: Callable[..., JoinedTable], tmp_path: Path, open_page: Callable[..., Page]
) -> Callable[..., tuple[Page, JoinedTable]]:
    """Return a function that opens the time line of a table."""

    def open_one(
        table: dict[str, Any], by: str = "published", fragment: str = "", **how: Any
    ) -> tuple[Page, JoinedTable]:
        joined = join(table)
        path = tmp_path / "timeline.html"
        path.write_text(draw_timeline(joined, read_topology(), by=by).get_root().render(), "utf-8")
        return open_page(path, fragment, **how), joined

    return open_one


@pytest.mark.parametrize(("by", "seed"), [("published", 0), ("observed", 1)])
def test_a_step_of_the_slider_is_the_map_that_join_makes(by: str, seed: int, open_timeline: Callable[..., Any]) -> None:
    page, joined = open_timeline(make_steps(seed), by)
    timeline = find_steps(joined.table, by)
    for place in (0, len(timeline.steps) // 2, len(timeline.steps) - 1):
        page.evaluate(SET, place)
        seen, wanted = page.evaluate(STATE), join_step(joined, timeline, place)
        classes = wanted.units["group_class"].to_dict()
        assert seen["fills"] == {code: seen["paint"][key] for code, key in classes.items()}, timeline.steps[place]
        counts = {key: list(classes.values()).count(key) for key in classes.values()}
        assert {key: number for key, number in seen["rows"].items() if number and key != "disputed"} == counts
        off = [record for record in wanted.table.records if record.place.kind in ("nationwide", "unlocated")]
        assert seen["off"] == len(off)


def test_the_table_of_units_follows_the_step(open_timeline: Callable[..., Any]) -> None:
    page, joined = open_timeline(make_steps(0))
    timeline = find_steps(joined.table)
    read = "(all) => all.map((row) => [...row.cells].map((cell) => cell.textContent.replace(/ disputed$/, '')))"
    rows = page.locator("#units tbody tr:has(a)")
    for place in (len(timeline.steps) - 1, 0, len(timeline.steps) // 2):
        page.evaluate(SET, place)
        step = localise(join_step(joined, timeline, place))
        told = list_grid_rows(step, list(joined.footprints))
        names = {step.gazetteer.units[code].name: row for code, row in told.items()}
        assert (
            page.locator("#grid-when").text_content()
            == f"Step shown: {step.phrases.write_date(timeline.steps[place])}."
        )
        for name, *cells in rows.evaluate_all(read):
            row = names[name]
            said = [row.besides] if row.besides else [cell.text for cell in row.cells]
            assert cells == [*said, str(row.groups), str(row.sources)], name
    page.locator("#units thead button").last.click()
    for place in (len(timeline.steps) // 2, 0):
        page.evaluate(SET, place)
        counts = page.locator("#units tr:has(a) td:last-child").all_text_contents()
        assert counts == sorted(counts, key=int, reverse=True), "sorted at each step"


def test_the_slider_by_keyboard_and_ear(open_timeline: Callable[..., Any]) -> None:
    page, joined = open_timeline(make_steps(0))
    last = len(find_steps(joined.table).steps) - 1
    slider = page.get_by_role("slider", name="As of")
    said = page.locator("#when > *").all_inner_texts()
    assert slider.get_attribute("aria-valuetext") == " · ".join(said)
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert slider.input_value() == str(last - 1)
    page.keyboard.press("Home")
    assert slider.input_value() == "0"
    assert str(slider.get_attribute("aria-valuetext")).startswith("January 2020 · ")
    assert page.locator("#steps [aria-current]").inner_text().startswith("January 2020")
    assert page.evaluate("document.activeElement.id") == "step"


@takes_long
def test_play_goes_on_to_the_end_and_stops(open_timeline: Callable[..., Any]) -> None:
    page, joined = open_timeline(make_steps(0))
    last = len(find_steps(joined.table).steps) - 1
    page.clock.install()
    play = page.get_by_role("button", name="Play")
    play.click()
    assert page.locator("#step").input_value() == "0"
    assert page.locator("#summary").get_attribute("aria-live") == "off"
    page.clock.run_for(1500)
    assert page.locator("#step").input_value() == "1"
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(5000)
    assert page.locator("#step").input_value() == "1"
    play.click()
    page.clock.run_for(1500 * (last + 2))
    assert page.locator("#step").input_value() == str(last)
    expect(play).to_be_visible()
    assert page.locator("#summary").get_attribute("aria-live") == "polite"


def test_a_link_opens_at_a_step_with_the_claims_of_its_time(open_timeline: Callable[..., Any]) -> None:
    table = {
        "as_of": "2021-12",
        "sources": {"old": {"title": "Old", "date": "2020-07"}, "new": {"title": "New", "date": "2021-07"}},
        "groups": {"a": {"name": "Group A"}},
        "presence": [
            {"group": "a", "in": "Kabul", "source": "old", "as_written": "in <Kabul> {{7*7}}", "note": "a hedge"},
            {"group": "a", "in": "Kabul", "source": "new", "observed": "2021-06"},
        ],
    }
    page, _ = open_timeline(table, fragment="as_of=2020-07&unit=AF-KAB")
    expect(page.locator("#when strong")).to_have_text("July 2020")
    detail = page.locator("#detail")
    assert "in <Kabul> {{7*7}}" in detail.inner_text()
    assert "a hedge" in detail.inner_text()
    assert detail.locator(".claims > li").count() == 1
    assert "as of July 2020" in page.locator(".kicker").inner_text()
    page.locator("#steps a", has_text="July 2021").click()
    expect(page.locator("#when strong")).to_have_text("July 2021")
    assert "as of July 2021" in page.locator(".kicker").inner_text()


def test_a_correction_is_told_also_where_no_list_of_records_holds_it(
    open_timeline: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.draw.pages.timeline.MOST_LISTED", 1)
    changed = {"date": "2022-05", "reason": "read <b>wrongly</b> {{7*7}}"}
    sources = {year: {"title": "S", "date": year} for year in ("2020", "2021")}
    record = {"group": "a", "in": "Kabul", "source": "2020", "id": "x", "changed": changed}
    table = {"groups": {"a": {"name": "Group A"}}, "sources": sources,
             "presence": [record, {"group": "a", "in": "Logar", "source": "2021"}]}  # fmt: skip
    page, _ = open_timeline(table, fragment="as_of=2020&unit=AF-KAB")
    assert page.locator("#claims").count() == 0
    assert "Corrected May 2022: read <b>wrongly</b> {{7*7}}" in page.locator("#detail").inner_text()


def test_a_step_at_which_nothing_stands_says_so(open_timeline: Callable[..., Any]) -> None:
    table = {
        "groups": {"a": {"name": "Group A"}},
        "sources": {"s": {"title": "S", "date": "2021-07"}},
        "presence": [{"group": "a", "in": "Kabul", "source": "s", "observed": year} for year in ("2018", "2020")],
    }
    page, _ = open_timeline(table, "observed", "as_of=2019-01-01")
    expect(page.locator("#off-map p")).to_contain_text("No record stands at this step.")
    said = "July 2021 · 1 source · Observed: 1 January 2019 · 1 record ends"
    assert page.locator(".kicker").inner_text().endswith(said)
    assert page.locator("#summary").inner_text() == "0 of 34 provinces are named."
    page.get_by_role("slider").press("ArrowRight")
    assert page.locator("#off-map p").inner_text().startswith("Every record")


def test_head_and_panel_tell_at_each_step_of_what_stands_at_none(open_timeline: Callable[..., Any]) -> None:
    table: dict[str, Any] = {
        "groups": {"a": {"name": "Group A"}},
        "sources": {"s": {"title": "S", "date": "2021-07"}, "t": {"title": "T", "date": "2022"}, "u": {"title": "U"}},
        "presence": [
            {"group": "a", "in": "Kabul", "source": "s"},
            {"group": "a", "nationwide": True, "source": "t"},
            {"group": "a", "in": "Herat", "source": "u"},
        ],
    }
    undated = "1 record has no date and stands at no step."
    page, _ = open_timeline(table)
    for place, off_map in ((1, "across the country"), (0, "Every record that stands at this step names")):
        page.evaluate(SET, place)
        assert page.locator("#not-shown").inner_text().endswith(undated)
        assert page.locator('path.unit[data-code="AF-HER"]').get_attribute("aria-label") == (
            "Herat: Only in a record that this map does not count"
        )
        panel = page.locator("#off-map").inner_text()
        assert off_map in panel
        assert panel.endswith(undated)
    page.locator('path.unit[data-code="AF-HER"]').press("Enter")
    expect(page.locator("#detail")).to_contain_text("Only in a record that this map does not count")
    page.locator('path.unit[data-code="AF-GHO"]').press("Enter")
    expect(page.locator("#detail")).to_contain_text("That is silence, not absence.")
    table["presence"].pop()
    page, _ = open_timeline(table)
    assert undated not in page.locator("body").inner_text()


def test_the_panel_of_a_time_line_speaks_of_its_step_without_script(open_timeline: Callable[..., Any]) -> None:
    table = {
        "groups": {"a": {"name": "Group A"}},
        "sources": {"s": {"title": "S", "date": "2021-07"}},
        "presence": [{"group": "a", "in": "Kabul", "source": "s"}, {"group": "a", "nationwide": True}],
    }
    page, _ = open_timeline(table, javascript=False)
    said = "Every record that stands at this step names provinces or a region."
    assert page.locator("#off-map p").all_inner_texts() == [said, "1 record has no date and stands at no step."]


@pytest.mark.parametrize("view", choose(["level:a", "count", "overlay"], 1))
def test_a_group_that_is_not_in_the_last_step_is_painted_at_its_own(
    view: str, open_timeline: Callable[..., Any]
) -> None:
    table = {
        "sources": {"s": {"title": "S", "date": "2021-07"}},
        "groups": {"a": {"name": "Group A"}, "b": {"name": "Group B"}, "c": {"name": "Never"}},
        "presence": [
            {"group": ["a", "b"], "in": "Kabul", "source": "s", "observed": "2018"},
            {"group": "b", "in": "Ghor", "source": "s", "observed": "2020"},
            {"group": "c", "in": "Herat"},
        ],
    }
    page, _ = open_timeline(table, "observed", f"as_of=2018&view={view}")
    assert page.locator("#groups-shown [type=checkbox]").count() == 3
    seen = page.evaluate(STATE)
    keys = {"overlay": "a+b", "count": "n:2", "level:a": "level:reported"}
    assert seen["rows"][keys[view]] == 1
    assert seen["fills"]["AF-KAB"] == seen["paint"][keys[view]]
    for place in range(4):
        page.evaluate(SET, place)
        assert all(fill.startswith(("#", "url(#")) for fill in page.evaluate(STATE)["fills"].values())


AGING: dict[str, Any] = {
    "levels": {"l": {"name": "L", "valid_for": "1 year"}},
    "sources": {"old": {"title": "Old", "date": "2020-07"}, "new": {"title": "New", "date": "2022-07"}},
    "groups": {"a": {"name": "Group A"}},
    "presence": [{"group": "a", "in": ["Kabul", "Logar"], "source": "old", "level": "l"},
                 {"group": "a", "in": "Logar", "source": "new", "level": "l"}],
}  # fmt: skip


def test_a_step_at_which_records_only_grow_old_is_named(open_timeline: Callable[..., Any]) -> None:
    page, _ = open_timeline(AGING, fragment="as_of=2021-08-01")
    assert page.locator("#when").inner_text().split("\n") == ["1 August 2021", "1 record grows old"]
    assert page.get_by_role("slider").get_attribute("aria-valuetext") == "1 August 2021 · 1 record grows old"
    assert page.locator(".kicker").inner_text().endswith("as of 1 August 2021 · 1 record grows old")
    row = page.locator("#steps [aria-current] :is(th, td)").all_inner_texts()
    assert row == ["1 August 2021", "1 record grows old", "0", "2 out of date"]
    small = page.locator("#periods [aria-current]")
    assert small.locator("figcaption").inner_text().split("\n") == ["1 August 2021", "1 record grows old"]
    assert small.locator("p").inner_text() == "0 of 34 provinces are named, 2 more in old records."
    page.evaluate(SET, 2)
    assert page.locator("#when").inner_text().split("\n") == ["July 2022", "1 new record"]
    assert page.locator(".kicker").inner_text().endswith("as of July 2022 · 2 sources")
    strip = page.locator(".strips svg").last.get_attribute("aria-label")
    assert strip == "July 2020: 2; 1 August 2021: 2 out of date; July 2022: 1, and 1 out of date"


PLACES = """() => ["header", "#map_presence", 'path.unit[data-code="AF-KAB"]', "#time", "#step"].map((each) => {
  const { left, top, width, height } = document.querySelector(each).getBoundingClientRect();
  return [left, top, width, height].map((value) => Math.round(value * 10)).join();
}).join(" ")"""
ROOT = Path(__file__).resolve().parents[2]
TABLES = [ROOT / "examples" / "three-reports.yaml", ROOT / "tests" / "golden" / "tables" / "dense.yaml"]


@pytest.mark.parametrize("name", ["timeline", "report"])
@pytest.mark.parametrize("table", choose(TABLES, 1), ids=lambda table: table.stem)
def test_no_step_moves_anything_above_the_map_or_on_it(
    table: Path, name: str, draw: Callable[..., Any], tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    path = tmp_path / f"{name}.html"
    path.write_text(draw(name, join_table(table)[0]).get_root().render(), "utf-8")
    for width, row in ((1280, 44), (380, 40)):
        page = open_page(path, width=width, height=800)
        last = int(page.locator("#step").get_attribute("max") or 0)
        seen = set()
        for place in range(last + 1):
            page.evaluate(SET, place)
            seen.add(page.evaluate(PLACES))
        assert len(seen) == 1, (width, seen)
        assert page.locator("#time").evaluate("each => each.getBoundingClientRect().height") <= row


def test_small_maps_of_a_row_begin_at_one_height(open_timeline: Callable[..., Any]) -> None:
    page, _ = open_timeline(make_steps(0))
    tops = page.eval_on_selector_all(
        "#periods svg", "(all) => all.map((each) => each.getBoundingClientRect()).map(({ top, left }) => [top, left])"
    )
    rows: dict[float, list[float]] = {}
    for top, left in tops:
        rows.setdefault(round(top), []).append(left)
    assert len(rows) == -(-len(tops) // max(map(len, rows.values())))


def test_who_wants_no_motion_gets_no_play(open_timeline: Callable[..., Any]) -> None:
    page, _ = open_timeline(make_steps(1))
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    assert page.locator("#play").is_hidden()
    assert page.locator("#step").is_enabled()


def test_without_script_the_counts_stand_in_words(open_timeline: Callable[..., Any]) -> None:
    page, joined = open_timeline(make_steps(1), javascript=False)
    assert page.locator("#time").is_hidden()
    assert page.locator("#steps tbody tr").count() == len(find_steps(joined.table).steps)
    assert page.locator(".strips svg").first.get_attribute("aria-label")


def test_an_address_told_late_leaves_a_link_alone_that_was_followed_meanwhile(
    join: Callable[..., JoinedTable], draw: Callable[..., Any], tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    path = tmp_path / "report.html"
    path.write_text(draw("report", join(make_steps(0))).get_root().render(), "utf-8")
    page = open_page(path)
    page.evaluate(KEEP_LATE)
    page.evaluate(SET, 0)
    # The page hears of the link a moment later, and what was due before must not take it back.
    assert page.evaluate("() => { location.hash = '#table'; window.tell(); return location.hash; }") == "#table"
    expect(page.locator("#time")).to_be_hidden()


def test_the_report_stays_at_its_step_whatever_it_shows(
    join: Callable[..., JoinedTable], draw: Callable[..., Any], tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    joined = join(make_steps(0))
    path = tmp_path / "report.html"
    path.write_text(draw("report", joined).get_root().render(), "utf-8")
    page = open_page(path)
    first, whole = page.evaluate(STATE), joined.units["group_class"].to_dict()
    assert first["fills"] == {code: first["paint"][key] for code, key in whole.items()}
    assert page.locator("#when").inner_text() == "All records"
    timeline = find_steps(joined.table)
    for place in (0, len(timeline.steps) - 1):
        page.evaluate(SET, place)
        seen, wanted = page.evaluate(STATE), join_step(joined, timeline, place).units["group_class"].to_dict()
        assert seen["fills"] == {code: seen["paint"][key] for code, key in wanted.items()}
    page.locator('nav a[href="#table"]').click()
    expect(page.locator("#time")).to_be_hidden()
    assert "as of November 2021" in page.locator(".kicker").inner_text()
    expect(page.locator("#grid-when")).to_have_text("Step shown: November 2021.")
    for tab in ("multiples", "compare", "view"):
        page.locator(f'nav a[href="#{tab}"]').click()
        expect(page.locator("#when strong")).to_have_text("November 2021")
    assert page.evaluate(STATE) == seen
    page.evaluate(SET, len(timeline.steps))
    assert page.evaluate(STATE) == first
    page.locator('nav a[href="#timeline"]').click()
    expect(page.locator("#periods")).to_be_visible()
    assert page.locator("#periods figcaption a").all_inner_texts()[-1] == "All records"
    page.locator("#steps a").first.click()
    expect(page.locator("#when strong")).to_have_text("January 2020")
    assert page.locator("#view").is_visible()


@takes_long
@pytest.mark.parametrize(("by", "width"), choose([("observed", 1280), ("published", 320)], 1))
def test_axe_finds_nothing_at_any_kind_of_step(by: str, width: int, open_timeline: Callable[..., Any]) -> None:
    page, _ = open_timeline(make_steps(1), by, "unit=AF-KAB", width=width)
    page.evaluate(SHOW_ALL)
    assert find_violations(page, contrast=width == 1280) == []
    page.evaluate(SET, 0)
    assert find_violations(page, contrast=width == 1280) == []


def test_a_card_says_at_a_step_what_was_known_then(open_timeline: Callable[..., Any]) -> None:
    said = [{"text": f"As told in {year}.", "in": ["Kabul"], "source": f"s{year}"} for year in (2019, 2021)]
    said.append({"text": "As told one day.", "in": ["Kabul"]})
    table = {
        "sources": {f"s{year}": {"title": f"Report of {year}", "date": year} for year in (2019, 2020, 2021)},
        "groups": {"a": {"name": "A", "statements": said}},
        "presence": [{"group": "a", "in": "Kabul", "source": f"s{year}"} for year in (2019, 2021)],
    }  # fmt: skip
    page, _ = open_timeline(table, fragment="unit=AF-KAB&as_of=2019")
    expect(page.locator("#detail")).to_contain_text("As told in 2019.")
    expect(page.locator("#detail")).to_contain_text("As told one day.")
    expect(page.locator("#detail")).not_to_contain_text("As told in 2021.")
    page.evaluate(SET, 1)
    expect(page.locator("#detail")).to_contain_text("As told in 2021.")
