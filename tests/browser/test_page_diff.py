"""The page of what differs: the live map and the static one against what Python classed, evidence of both sides."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.api import Choices, Job, Version, render_diff
from tests.browser.test_page_accessible import SHOW_ALL, find_violations
from tests.browser.test_page_senses import OUTSIDE
from tests.daily import choose
from tests.hostile.plant import dump, find_spots, plant
from tests.hostile.sweep import TURNS, turn
from tests.hostile.tables import LONG, SHORT

Open = Callable[..., Page]

READ_DATA = "() => JSON.parse(document.getElementById('presence-data').textContent)"
READ_SIGNS = """() => [...document.querySelectorAll("#static [data-sign]")].map(
  (sign) => [sign.dataset.sign, sign.textContent])"""

BASE: dict[str, Any] = {
    "title": "Groups",
    "levels": {"low": {"name": "Low", "rank": 1}, "high": {"name": "High", "rank": 2}},
    "sources": {"s": {"title": "First report", "date": "2020-07"}, "t": {"title": "Second report", "date": "2021-07"}},
    "groups": {"a": {"name": "Red Group"}, "b": {"name": "Blue Group"}},
    "not_applicable": ["AF-BAM"],
}


def record(units: list[str], group: str = "a", level: str = "low", source: str = "s", **more: Any) -> dict[str, Any]:
    return {"group": group, "in": units, "level": level, "source": source, **more}


OLD = BASE | {"presence": [
    record(["AF-KAB", "AF-KNR", "AF-NAN", "AF-HER", "AF-GHO", "AF-BAL"]), record(["AF-FRA"], level="high"),
    record(["AF-KAB"], "b"), {"group": "b", "nationwide": True, "level": "low", "source": "s"},
]}  # fmt: skip
NEW = BASE | {"presence": [
    record(["AF-LOG", "AF-HER", "AF-FRA"], source="t"), record(["AF-KNR"], level="high", source="t"),
    record(["AF-NAN"], source="t", finding="absent"), record(["AF-GHO"]),
    record(["AF-KAB"], "b", level="high"), {"group": "b", "unlocated": 3, "level": "low", "source": "t"},
]}  # fmt: skip
WANTED = {
    "AF-KAB": ("change:several", "− ↑"),  # Red no longer named, Blue at another level
    "AF-KNR": ("change:level-up", "↑ ~"),
    "AF-FRA": ("change:level-down", "↓ ~"),
    "AF-LOG": ("change:named", "+"),
    "AF-BAL": ("change:unnamed", "−"),
    "AF-NAN": ("change:absent", "− ×"),  # no longer named; who has looked says more than silence
    "AF-HER": ("change:other", "~"),
    "AF-GHO": ("change:same", ""),
    "AF-BAM": ("gap:na", ""),
    "AF-ZAB": ("gap:none", ""),
}


def write_change(folder: Path, old: Any, new: Any, **choices: Any) -> Path:
    for name, table in (("old", old), ("new", new)):
        (folder / f"{name}.yaml").write_bytes(dump(table))
    versions = (Version(folder / "old.yaml"), Version(folder / "new.yaml"))
    page = render_diff(*versions, Job(Choices(**choices)), with_page=True).page
    assert page
    (folder / "change.html").write_bytes(page)
    return folder / "change.html"


@pytest.fixture(scope="module")
def change(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_change(tmp_path_factory.mktemp("change"), OLD, NEW)


def test_each_unit_shows_what_differs_there(change: Path, open_page: Open, read_picture: Callable[..., Any]) -> None:
    page = open_page(change)
    data = page.evaluate(READ_DATA)
    told = {code: (data["given"]["classes"][code], data["given"]["signs"].get(code, "")) for code in WANTED}
    assert told == WANTED
    signs = data["given"]["signs"]
    assert list(signs) == [code for code in data["given"]["classes"] if code in signs], "the same bytes each time"
    picture = read_picture(page)
    assert picture["live"] == picture["still"]
    counts = {key: count for key, _, count, _ in picture["legend"]}
    classes, bearing = list(data["given"]["classes"].values()), " ".join(signs.values()).split()
    signed = data["change"]["signs"]
    assert counts == {key: bearing.count(signed[key]) if key in signed else classes.count(key) for key in counts}
    assert set(counts) == set(classes)
    shown = dict(page.evaluate(READ_SIGNS))
    assert shown == {code: sign for code, (_, sign) in WANTED.items() if sign}
    page.locator('.legend-row[data-key="change:unnamed"]').hover()
    dimmed = page.locator("path.unit.dim").evaluate_all("(paths) => paths.map((path) => path.dataset.code)")
    assert set(data["given"]["classes"]) - set(dimmed) == {"AF-KAB", "AF-BAL", "AF-NAN"}, "as many as its row counts"
    assert "Level up: Blue Group – Low, now High" in picture["labels"]["AF-KAB"]
    assert "silence, not absence" in picture["labels"]["AF-KAB"]


def test_the_page_without_script_is_the_same(change: Path, open_page: Open) -> None:
    with_script, without = open_page(change), open_page(change, javascript=False)
    rows = "(rows) => rows.map((row) => [row.dataset.key, row.textContent])"
    for chosen in ("#legend .legend-row", "#units tbody tr", "#changes li", "#off-map li"):
        said = [page.locator(chosen).evaluate_all(rows) for page in (with_script, without)]
        assert said[0] == said[1] != []
    expect(without.locator("#static svg")).to_be_visible()


def test_a_unit_opens_the_evidence_of_both_tables(change: Path, open_page: Open) -> None:
    page = open_page(change)
    page.locator('path.unit[data-code="AF-KNR"]').focus()
    page.keyboard.press("Enter")
    detail = page.locator("#detail")
    older, newer = ("Older: Red Group: Low", "First report"), ("Newer: Red Group: High", "Second report")
    for said in ("Level up", "Low, now High", *older, *newer):
        expect(detail).to_contain_text(said)
    detail.locator('a[href="#old-source-1"]').first.click()
    expect(page.locator("#old-source-1")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(detail).not_to_contain_text("Level up")
    page.locator("#find").fill("Zabul")
    page.keyboard.press("Enter")
    expect(detail).to_contain_text("No record of either table names this province")


def test_a_link_opens_a_unit_and_the_table_is_downloaded(change: Path, open_page: Open, tmp_path: Path) -> None:
    page = open_page(change, "unit=AF-LOG")
    expect(page.locator("#detail-name")).to_have_text("Logar")
    with page.expect_download() as download:
        page.locator("#download-csv").click()
    download.value.save_as(tmp_path / "changes.csv")
    with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row for row in rows if row["code"] == "AF-BAL"] == [
        {"code": "AF-BAL", "pcode": "AF21", "province": "Balkh", "change": "unnamed", "group": "a",
         "group_name": "Red Group", "was": "", "now": "", "instead": "nothing", "older_sources": "s",
         "newer_sources": "", "changed_date": None, "changed_reason": None}
    ]  # fmt: skip


MAY = {"date": "2021-05", "reason": "read <b>wrongly</b>"}
CORRECTED = (
    BASE | {"presence": [
        record(["AF-KAB", "AF-KNR"], id="x"), record(["AF-HER"], id="y"), record(["AF-GHO"], "b", id="z"),
        {"group": "b", "nationwide": True, "level": "low", "source": "s", "id": "n"},
    ]},
    BASE | {"presence": [
        record(["AF-KAB", "AF-LOG"], id="x", changed=MAY), record(["AF-HER", "AF-LOG"], id="y", source="t"),
        record(["AF-GHO"], "b", id="z", note="so"),
        {"group": "b", "nationwide": True, "level": "high", "source": "s", "id": "n", "changed": MAY},
    ]},
)  # fmt: skip


def test_a_correction_has_a_class_of_its_own_and_its_reason(
    tmp_path: Path, open_page: Open, read_picture: Callable[..., Any]
) -> None:
    page = open_page(write_change(tmp_path, *CORRECTED), "unit=AF-KNR")
    data = page.evaluate(READ_DATA)["given"]
    assert {code: (data["classes"][code], sign) for code, sign in data["signs"].items()} == {
        "AF-GHO": ("change:other", "~"),  # the same record by its id, in other words
        "AF-HER": ("change:other", "~"),
        "AF-KNR": ("change:corrected", "*"),
        "AF-LOG": ("change:other", "* ~"),  # corrected, and by another source besides
    }
    picture = read_picture(page)
    assert picture["live"] == picture["still"]
    assert "* Corrected (1 in another colour)" in [label for _, label, *_ in picture["legend"]]
    assert picture["labels"]["AF-KNR"].endswith("Corrected: Red Group")
    expect(page.locator("#detail")).to_contain_text("Corrected May 2021: read <b>wrongly</b>")
    expect(page.locator("#detail")).to_contain_text("Older: Red Group: Low. Kabul and Kunar")
    expect(page.locator("#off-map")).to_contain_text("Corrected May 2021")
    expect(page.locator("#summary")).to_contain_text("Corrected: 2 records, in 2 provinces.")
    with page.expect_download() as download:
        page.locator("#download-csv").click()
    download.value.save_as(tmp_path / "changes.csv")
    with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["change"] == "corrected"]
    assert [(row["code"], row["group"], row["changed_date"], row["changed_reason"]) for row in rows] == [
        ("AF-KNR", "a", "2021-05", MAY["reason"]), ("AF-LOG", "a", "2021-05", MAY["reason"]),
        ("", "b", "2021-05", MAY["reason"]),
    ]  # fmt: skip
    assert find_violations(page, contrast=True) == []


@pytest.mark.parametrize(("language", "width"), choose([("fa", 380), ("fa", 1280), ("en", 380), ("en", 1280)], 1))
def test_nothing_stands_out_and_axe_finds_nothing(language: str, width: int, tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_change(tmp_path, OLD, NEW, language=language), "unit=AF-KAB", width=width)
    page.evaluate(SHOW_ALL)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert find_violations(page, contrast=width == 1280) == []


def test_tables_that_do_not_differ_say_so(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_change(tmp_path, OLD, OLD))
    expect(page.locator("h1")).to_have_text("No difference")
    keys = page.locator(".legend-row").evaluate_all("(rows) => rows.map((row) => row.dataset.key)")
    assert keys == ["change:same", "gap:na", "gap:none"]


def test_no_group_has_the_colour_of_the_older_table(tmp_path: Path, open_page: Open) -> None:
    """Where tables give a group another colour, the newer one's holds."""
    groups = [{"a": {"name": "A", "colour": colour}} for colour in ("#112233", "#445566")]
    tables = [BASE | {"groups": each, "presence": [record(["AF-KAB"])]} for each in groups]
    page = open_page(write_change(tmp_path, *tables))
    assert page.evaluate(READ_DATA)["groups"][0]["colour"] == "#445566"


@pytest.mark.parametrize("number", choose(TURNS, 1))
def test_hostile_text_in_both_tables_is_shown_and_not_run(
    number: int, tmp_path: Path, open_page: Open, record_property: Callable[[str, object], None]
) -> None:
    spots = [spot for spot in find_spots(LONG) if spot.is_free]
    record_property("hostile", ["page of what differs", 2 * len(spots)])
    old, new = (plant(LONG, turn(spots, each)) for each in (number, number + 1))
    for pair in ((old, new), (new, SHORT), (SHORT, new)):
        page = open_page(write_change(tmp_path, *pair), "unit=AF-KAB")
        assert page.evaluate("() => window.__pwned") is None
        assert page.locator("#changes script, #changes img, #detail img").count() == 0
