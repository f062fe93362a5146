"""The page of two sources: both claims of every cell, silence that reads as silence, and the hooks of every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from geo.api import Choices, Job, build_source_comparison
from geo.draw.pages.source_comparison import draw_two_sources
from geo.join.joined_table import JoinedTable
from geo.join.source_comparison import compare_sources
from geo.read.boundaries.bundled import read_topology
from tests.browser.test_page_accessible import SHOW_ALL, find_violations
from tests.daily import choose

ROOT = Path(__file__).parents[2]
THREE = ROOT / "examples" / "three-reports.yaml"
TWO = ROOT / "docs" / "tables" / "two-sources.yaml"
DIFFER: dict[str, Any] = {
    "levels": {"low": {"name": "Low", "rank": 1}, "high": {"name": "High", "rank": 2}},
    "sources": {"s": {"title": "Paper", "date": "2020"}, "t": {"title": "Paper", "date": "2020"}, "u": {"title": "U"}},
    "groups": {"a": {"name": "Red"}, "b": {"name": "Blue"}},
    "presence": [
        {"group": "a", "in": ["Kabul", "Logar", "Herat", "Ghor"], "level": "low", "source": "s"},
        {"group": "a", "in": ["Kabul"], "level": "low", "source": "t", "finding": "absent"},
        {"group": "a", "in": ["Logar"], "level": "high", "source": "t"},
        {"group": "a", "in": ["Herat"], "level": "low", "source": "t", "finding": "inconclusive"},
        {"group": "a", "region": "Eastern", "level": "low", "source": "t"},
        {"group": "b", "in": ["Kunar", "Ghor"], "level": "low", "source": "t"},
        {"group": "a", "in": ["Kunar"], "level": "low", "source": "s"},
        {"group": ["a", "b"], "in": ["Balkh"], "level": "low", "source": "t", "via": "s"},
        {"group": "b", "in": ["Balkh"], "level": "low", "source": "s"},
        {"group": "b", "in": ["Farah", "Balkh"], "level": "low", "source": "u"},
        {"group": "b", "nationwide": True, "level": "low", "source": "u"},
        {"group": "a", "unlocated": 3, "level": "low", "source": "s"},
    ],
}
EXPECTED = {
    "AF-KAB": "contradict", "AF-LOG": "levels", "AF-HER": "inconclusive", "AF-KNR": "region", "AF-GHO": "each",
    "AF-BAL": "second", "AF-LAG": "region-only", "AF-FRA": "neither",
}  # fmt: skip

Open = Callable[..., Page]


@pytest.fixture
def write(tmp_path: Path, join: Callable[..., JoinedTable]) -> Callable[..., Path]:
    """Return a function that writes the page of two sources of a table."""

    def write_page(table: Any, first: str, second: str, **choices: Any) -> Path:
        path = tmp_path / "sources.html"
        drawn = draw_two_sources(join(table, **choices), read_topology(), first, second)
        path.write_bytes(drawn.get_root().render().encode())
        return path

    return write_page


def test_each_unit_is_drawn_in_its_class_live_and_still(
    write: Callable[..., Path], open_page: Open, read_picture: Callable[[Page], dict[str, Any]]
) -> None:
    path = write(DIFFER, "s", "t")
    still = open_page(path, javascript=False).locator("#legend .legend-row").all_inner_texts()
    page = open_page(path)
    picture = read_picture(page)
    look = {key.removeprefix("between:"): fill for key, _, _, fill in picture["legend"]}
    assert len(set(look.values())) == len(look) == 10  # each class has a look of its own
    assert {code: picture["live"][code] for code in EXPECTED} == {code: look[each] for code, each in EXPECTED.items()}
    assert picture["live"] == picture["still"]
    assert sum(count for _, _, count, _ in picture["legend"]) == 34
    assert [re.findall(r"\d+", row)[-1] for row in still] == [str(count) for _, _, count, _ in picture["legend"]]
    assert "the first of these classes, from the top" in page.locator(".legend-note").inner_text()


def test_silence_reads_as_silence(write: Callable[..., Path], open_page: Open) -> None:
    page = open_page(write(DIFFER, "s", "t"), "unit=AF-GHO")
    label = page.locator('path.unit[data-code="AF-GHO"]').get_attribute("aria-label")
    assert label == "Ghor: Red: Only A names it; B has no record of it; Blue: Only B names it; A has no record of it"
    assert "silence is no denial" in page.locator("#summary").inner_text()
    page.locator('path.unit[data-code="AF-FRA"]').focus()
    page.keyboard.press("Enter")  # a third source names it
    assert "Neither A nor B has a record of it" in page.locator("#detail").inner_text()
    assert page.locator("#detail .evidence").count() == 0
    assert "Blue" not in page.locator("#detail").inner_text()


def test_both_claims_stand_beside_each_other_with_their_evidence(
    write: Callable[..., Path], open_page: Open, join: Callable[..., JoinedTable]
) -> None:
    page = open_page(write(DIFFER, "s", "t"))
    table = join(DIFFER).table
    found = compare_sources(table, ["AF-KAB", *(claim.unit for claim in table.claims if claim.unit)], "s", "t")
    rows = page.locator("#disagreement tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [row.dataset.group, row.dataset.unit, row.dataset.kind,"
        " ...[...row.querySelectorAll('td')].slice(2).map((cell) => cell.querySelectorAll('.claim .evidence').length)])"
    )
    assert sorted(map(tuple, rows)) == sorted(
        (cell.group, cell.unit, cell.kind, len(cell.first), len(cell.second)) for cell in found.cells
    )
    assert rows[0][2] == "contradict"
    kabul = page.locator('#disagreement tr[data-unit="AF-KAB"]').inner_text()
    assert re.search(r"Low.*looked and not found", kabul, re.DOTALL)
    quotes = page.locator("#quotes").inner_text()
    assert "one voice, not two" in quotes
    assert "record 8" in quotes
    assert (
        page.locator("#headline").inner_text()
        == "A: Paper [s] and B: Paper [t] contradict each other in 1 of 34 provinces"
    )


def test_where_the_question_does_not_apply_nobody_is_silent(
    write: Callable[..., Path], open_page: Open, read_picture: Callable[[Page], dict[str, Any]]
) -> None:
    page = open_page(write(DIFFER | {"not_applicable": ["Samangan"]}, "s", "t"))
    picture = read_picture(page)
    assert picture["legend"][-1][0] == "gap:na"
    assert picture["live"]["AF-SAM"] == picture["still"]["AF-SAM"] == picture["legend"][-1][3]
    assert picture["labels"]["AF-SAM"].startswith("Samangan: Not applicable")


def test_a_chosen_unit_lists_the_claims_of_the_two_only(write: Callable[..., Path], open_page: Open) -> None:
    third = {"group": "b", "unlocated": 5, "level": "low", "source": "u"}
    page = open_page(write(DIFFER | {"presence": [*DIFFER["presence"], third]}, "s", "t"), "unit=AF-BAL")
    assert (
        page.locator("#detail .evidence").count() == 2
    )  # of the three records of theirs that name Balkh two are alike
    assert "across the country" not in page.locator("#detail").inner_text()
    assert "Perhaps here" not in page.locator("#detail").inner_text(), "what is on no map stands below, side by side"


def test_what_is_on_no_map_stands_side_by_side(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "sources.html"
    build_source_comparison(THREE, path, ("un-2020", "un-2021"))
    page = open_page(path)
    columns = page.locator("#off-map td").all_inner_texts()
    assert "12 provinces" in columns[0]
    assert "15 or more" not in columns[0]
    assert "15 or more provinces" in columns[1]
    assert "27" not in page.locator("main").inner_text()
    assert "A speaks of 7, B of 10, both of 6" in page.locator("#summary").inner_text()
    assert "may have changed" in page.locator("#summary").inner_text()


def test_a_group_can_be_chosen(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "sources.html"
    build_source_comparison(THREE, path, ("un-2020", "un-2021"), Job(Choices(groups=("isis-k",))))
    page = open_page(path)
    assert set(page.locator("#cells td:nth-child(2)").all_inner_texts()) == {"ISIS-Khorasan"}
    assert page.locator("#cells tbody tr").count() == 7


AXE = [
    (table, pair, width)
    for table, pair in ((THREE, ("lwj-2021", "un-2021")), (TWO, ("report-2024", "survey-2024")))
    for width in (320, 380, 1280)
]


@pytest.mark.parametrize(("table", "pair", "width"), choose(AXE, 1))
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    table: Path, pair: tuple[str, str], width: int, write: Callable[..., Path], open_page: Open
) -> None:
    page = open_page(write(table, *pair), "unit=AF-KNR", width=width)
    page.evaluate(SHOW_ALL)
    assert find_violations(page, contrast=width == 1280) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_hooks_of_every_page_are_there(write: Callable[..., Path], open_page: Open) -> None:
    page = open_page(write(TWO, "report-2024", "survey-2024"))
    for hook in ("#units", "#sources", "#groups", "#off-map", "#disagreement", "#detail", "#find", "footer", "#legend"):
        assert page.locator(hook).count() == 1, hook
    units = page.locator("path.unit[data-code][tabindex='0'][role='button'][aria-label]")
    assert units.count() == 34
    page.locator('path.unit[data-code="AF-KNR"]').focus()
    assert "Contradict each other" in page.locator("#tip").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.code") != "AF-KNR"


def test_an_embedded_page_keeps_what_is_on_no_map(write: Callable[..., Path], open_page: Open) -> None:
    page = open_page(write(THREE, "un-2020", "un-2021"), "embed")
    assert page.locator("#off-map").is_visible()
    assert not page.locator("#disagreement").is_visible()
