"""The page without script, in a frame, on paper, as a download, and for readers who do not see it."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from geo.join.joined_table import JoinedTable
from tests.browser.waiting import wait_until
from tests.daily import choose

NAMES = ("overlay", "choropleth")
# Frame, paper and download are around the page, whatever it shows: one stands for both on most runs.
FRAMED = choose(NAMES, 1)
WAYS = ("srcdoc", "src")
RIGHTS = ("allow-scripts", "allow-scripts allow-popups allow-downloads")
Open = Callable[..., Page]

READ_STILL = """() => {
  const still = document.querySelector("#static svg"), box = still.getBoundingClientRect();
  const paths = [...still.querySelectorAll("path[data-code]")];
  const seen = (chosen) => document.querySelector(chosen).getClientRects().length > 0;
  return {
    painted: paths.filter((path) => path.getBBox().width > 2 && getComputedStyle(path).fill !== "none").length,
    wide: box.width > 200, high: box.height > 150,
    legend: [...document.querySelectorAll("#legend .legend-row, #groups-shown tbody tr")]
      .filter((row) => row.getClientRects().length).length,
    rows: document.querySelectorAll("table#units tbody th[scope=row]").length,
    map: seen("#map_presence"), tools: seen(".tools"), switches: seen("#show"), table: seen("table#units"),
    units: document.querySelectorAll("path.unit").length,
  };
}"""


STATES = "(all) => all.map((each) => each.dataset.state)"


@pytest.fixture(params=FRAMED)
def path(request: pytest.FixtureRequest, pages: dict[str, Path]) -> Path:
    return pages[request.param]


@pytest.fixture
def frame(open_page: Open, tmp_path: Path) -> Callable[..., Frame]:
    """Return a function that opens a page within another page's frame."""

    def open_frame(
        path: Path, sandbox: str | None, way: str, known: str = "", size: str = 'width="1200" height="900"'
    ) -> Frame:
        source = {"src": path.as_uri(), "srcdoc": path.read_text("utf-8")}[way]
        rights = "" if sandbox is None else f' sandbox="{sandbox}"'
        host = tmp_path / "host.html"
        host.write_text(
            f'<!DOCTYPE html><title>Host</title><iframe{rights} {size} {way}="{escape(source)}"></iframe>',
            encoding="utf-8",
        )
        framed = f"^request {path.as_uri()}" if way == "src" else "^$"
        return open_page(host, known="|".join(filter(None, [framed, known]))).frames[1]

    return open_frame


def check_still(page: Page | Frame) -> None:
    seen = page.evaluate(READ_STILL)
    assert seen["painted"] == seen["rows"] == 34
    assert seen["wide"]
    assert seen["high"]
    assert seen["legend"] >= 4
    assert seen["table"]
    assert not seen["map"]
    assert not seen["tools"], "nothing that would not work is offered"
    assert not seen["switches"]
    assert seen["units"] == 0


def test_without_script_the_still_picture_stands(path: Path, open_page: Open) -> None:
    for width in (1280, 380):
        page = open_page(path, javascript=False, width=width)
        check_still(page)
        expect(page.locator("#detail")).to_be_hidden()
        expect(page.locator("#download-csv")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_frame_that_forbids_scripts_shows_the_still_picture(path: Path, frame: Callable[..., Frame]) -> None:
    check_still(frame(path, "", "src", known="Blocked script execution"))


@pytest.mark.parametrize(("way", "rights"), choose(itertools.product(WAYS, RIGHTS), 1))
def test_a_frame_that_allows_scripts_shows_the_map(
    path: Path, way: str, rights: str, frame: Callable[..., Frame]
) -> None:
    page = frame(path, rights, way)
    page.wait_for_selector("path.unit")
    assert page.locator("path.unit").count() == 34
    assert page.evaluate("origin") == "null"
    page.locator('path.unit[data-code="AF-KAB"]').focus()
    page.locator('path.unit[data-code="AF-KAB"]').press("Enter")
    expect(page.locator("#detail h2")).to_have_text("Kabul")
    page.locator("#panel input").nth(1).click()
    page.locator("#copy-link").click()
    expect(page.locator("#link:visible, #find-result:has-text('Link copied')")).to_have_count(1)


FITS = """() => {
  const map = window.map_presence.getContainer().getBoundingClientRect();
  const units = [...document.querySelectorAll("path.unit")].map((path) => path.getBoundingClientRect());
  const [top, bottom] = [Math.min(...units.map((each) => each.top)), Math.max(...units.map((each) => each.bottom))];
  const free = [top - map.top, map.bottom - bottom];
  return window.map_presence.getMinZoom() > 0 && Math.min(...free) > 0 && Math.max(...free) < map.height / 5;
}"""


@pytest.mark.parametrize("silent", choose([True, False], 1))
def test_a_frame_that_gets_its_size_later_fits_the_map_to_it(
    path: Path, silent: bool, frame: Callable[..., Frame]
) -> None:
    """Where the browser is slow, a frame has no size when its page begins, and is not told that it got one."""
    page = frame(path, "allow-scripts", "srcdoc", size='width="0" height="0"')
    page.wait_for_selector("path.unit", state="attached")
    if silent:
        page.evaluate("addEventListener('resize', (event) => event.stopImmediatePropagation(), { capture: true })")
    page.frame_element().evaluate("(frame) => Object.assign(frame, { width: 1200, height: 900 })")
    wait_until(page, FITS)


@pytest.mark.parametrize("way", choose(WAYS, 1))
def test_links_within_the_page_work_in_a_frame(path: Path, way: str, frame: Callable[..., Frame]) -> None:
    page = frame(path, "allow-scripts", way)
    page.wait_for_selector("path.unit")
    page.locator("table#units").get_by_role("link", name="Nuristan", exact=True).click()
    expect(page.locator("#detail h2")).to_have_text("Nuristan")
    page.locator('#detail a[href^="#source-"]').first.click()
    expect(page.locator("#source-1")).to_be_in_viewport()
    page.get_by_role("link", name="Groups & ties", exact=True).click()
    expect(page.locator("#groups h2")).to_be_in_viewport()
    assert page.locator("path.unit").count() == 34


def test_on_paper_the_still_picture_stands_as_it_was_switched(
    path: Path, open_page: Open, read_picture: Callable[[Page], dict[str, Any]]
) -> None:
    page = open_page(path)
    page.locator("#panel input").nth(1).click()
    picture = read_picture(page)
    assert picture["still"] == picture["live"]
    page.emulate_media(media="print")
    seen = page.evaluate(READ_STILL)
    assert seen["painted"] == 34
    assert seen["wide"]
    assert not seen["map"]
    assert not seen["tools"]
    assert not seen["switches"]
    assert seen["legend"] >= 4
    assert seen["table"]
    assert page.locator("#off-map li").count() == (1 if path.stem == "overlay" else 0), "of the groups shown"
    page.emulate_media(media="screen")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed[:5] == b"%PDF-"
    still = open_page(path, javascript=False).pdf(prefer_css_page_size=True)
    assert [count_sheets(each) > 4 for each in (printed, still)] == [True, True], "all tables and lists are printed"


def count_sheets(printed: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def read_rows(page: Page, button: Any) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        button.click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_download_has_each_claim_and_each_silence(path: Path, open_page: Open, default_join: JoinedTable) -> None:
    page = open_page(path)
    rows = read_rows(page, page.locator("#download-csv"))
    table = default_join.table
    silent = set(default_join.gazetteer.units) - {claim.unit for claim in table.claims}
    wanted = sorted(
        [
            (claim.unit or "", table.groups[claim.group].name, table.levels[table.records[claim.record].level].name)
            for claim in table.claims
        ]
        + [(code, "", "") for code in silent]
    )
    assert sorted((row["code"], row["group_name"] or "", row["level_name"] or "") for row in rows) == wanted
    assert {row["code"] for row in rows if row["status"] == "no record"} == silent
    off_map = [
        (row["status"], row["group_name"], row["code"]) for row in rows if row["status"] in ("nationwide", "unlocated")
    ]
    assert off_map == [("nationwide", "ISIS-Khorasan", ""), ("unlocated", "al-Qaeda", "")]
    assert all(row["source"] == "ahmad-2020" for row in rows if row["group"])
    assert {row["status"] for row in rows if row["group_name"] == "Lashkar-e-Taiba"} == {"named", "region-only"}


def test_the_download_has_the_id_and_the_correction_of_each_record(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    corrected = {"group": "a", "in": ["Kabul"], "id": "a-1", "changed": {"date": "2020-05", "reason": "=misread"}}
    plain = {"group": "a", "unlocated": {"low": 2, "high": 3}}
    page = open_page(write_page("overlay", join({"groups": {"a": {"name": "A"}}, "presence": [corrected, plain]})))
    rows = [row for row in read_rows(page, page.locator("#download-csv")) if row["group"]]
    columns = ("status", "count_low", "count_best", "count_high", "record", "changed_date", "changed_reason")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("named", "", "", "", "a-1", "2020-05", "'=misread"),
        ("unlocated", "2", "", "3", "", "", ""),
    ]


def test_the_download_holds_no_formula(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    names = [
        '=HYPERLINK("https://example.org","x")',
        "+1+1",
        "-2+3",
        "@SUM(1)",
        '=1,"2"',
        "fine - name",
        "=cmd|'/c calc'!A1",
    ]
    note = 'several "lines",\nof, text'
    table = {
        "groups": {f"g{number}": {"name": name} for number, name in enumerate(names)},
        "presence": [
            {"group": f"g{number}", "in": ["Kabul"], "note": note, "as_written": f"={number}"}
            for number in range(len(names))
        ],
    }
    page = open_page(write_page("overlay", join(table)))
    rows = [row for row in read_rows(page, page.locator("#download-csv")) if row["group"]]
    assert [row["group_name"] for row in rows] == [name if name[0] not in "=+-@" else f"'{name}" for name in names]
    assert all(row["note"] == note for row in rows)
    assert [row["as_written"] for row in rows] == [f"'={number}" for number in range(len(names))]
    assert not any(str(value).startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_the_download_works_in_a_frame_that_allows_it(path: Path, frame: Callable[..., Frame]) -> None:
    page = frame(path, "allow-scripts allow-downloads", "src")
    assert len(read_rows(page.page, page.locator("#download-csv"))) > 34


def test_codes_on_paper_follow_the_switches(pages: dict[str, Path], open_page: Open) -> None:
    page = open_page(pages["overlay"])
    chips = page.locator('#static [data-chips="AF-KAB"] [data-state]')
    assert chips.evaluate_all(STATES) == ["named", "named", "named"]
    page.locator('input[data-group="isis-k"]').uncheck()
    assert chips.evaluate_all(STATES) == ["named", "named"]
