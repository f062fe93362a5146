"""The choropleth of sources: headline, legend and map say sources, live and without script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from geo.draw.pages.choropleth import draw_choropleth
from geo.join.corroboration import count_sources
from geo.join.joined_table import JoinedTable
from geo.read.boundaries.bundled import read_topology
from tests.browser.test_page_accessible import SHOW_ALL, find_violations
from tests.daily import choose

TABLE: dict[str, Any] = {
    "sources": {each: {"title": f"Paper {each}"} for each in "abc"},
    "groups": {"red": {"name": "Red"}, "blue": {"name": "Blue"}, "all": {"name": "All", "kind": "coalition"}},
    "presence": [
        {"group": "red", "in": ["Kabul", "Logar", "Kunar"], "source": "a"},
        {"group": "blue", "in": ["Kabul", "Ghor"], "source": "b"},
        {"group": "red", "in": ["Kunar", "Kabul"], "source": "c", "via": "a"},
        {"group": "red", "in": ["Farah"]},
        {"group": "red", "in": ["Logar"], "finding": "absent", "source": "b"},
        {"group": "all", "in": ["Herat"], "source": "b"},
        {"group": "blue", "region": "Eastern", "source": "b"},
    ],
}
EXPECTED = {
    "AF-KAB": "n:2", "AF-LOG": "n:1", "AF-KNR": "n:1", "AF-GHO": "n:1", "AF-FRA": "n:0", "AF-HER": "gap:other",
    "AF-LAG": "gap:region", "AF-BAL": "gap:none",
}  # fmt: skip

Open = Callable[..., Page]


@pytest.fixture
def path(tmp_path: Path, join: Callable[..., JoinedTable]) -> Path:
    """Write the page."""
    joined = join(TABLE)
    joined = replace(joined, choices=replace(joined.choices, count="sources"))
    path = tmp_path / "choropleth.html"
    path.write_bytes(draw_choropleth(joined, read_topology()).get_root().render().encode())
    return path


def test_the_map_counts_sources_live_and_still(
    path: Path, open_page: Open, read_picture: Callable[[Page], dict[str, Any]], join: Callable[..., JoinedTable]
) -> None:
    still = open_page(path, javascript=False).locator("#legend .legend-row").all_inner_texts()
    page = open_page(path)
    picture = read_picture(page)
    look = {key: fill for key, _, _, fill in picture["legend"]}
    assert {code: picture["live"][code] for code in EXPECTED} == {code: look[key] for code, key in EXPECTED.items()}
    assert picture["live"] == picture["still"]
    assert [(key, count) for key, _, count, _ in picture["legend"]] == [
        ("n:2", 1), ("n:1", 3), ("n:0", 1), ("gap:region", 3), ("gap:other", 1), ("gap:none", 25), ("disputed", 1),
    ]  # fmt: skip
    assert len(still) == 7
    voices = count_sources(join(TABLE).table, ["red", "blue"]).voices
    rows = page.locator("#voices tbody tr").evaluate_all("(rows) => rows.map((row) => row.dataset.unit)")
    assert set(rows) == set(voices)


def test_headline_summary_and_legend_say_sources(path: Path, open_page: Open) -> None:
    page = open_page(path)
    assert page.locator("#headline").inner_text() == "Two independent sources name groups in Kabul"
    summary = page.locator("#summary").inner_text()
    assert "Counted are sources, not groups" in summary
    assert "smaller in 2 provinces" in summary
    assert "Records without a source count as none, 1 here." in summary
    assert page.locator(".panel h2").first.inner_text().lower() == "provinces by number of independent sources"
    assert page.locator('#voices tr[data-unit="AF-KAB"]').inner_text().split("\t") == [
        "Kabul", "2", "Paper a + Paper c; Paper b"
    ]  # fmt: skip
    assert "3" not in page.locator("#map_presence .label b").all_inner_texts()
    label = page.locator('path.unit[data-code="AF-KAB"]').get_attribute("aria-label")
    assert label is not None
    assert "Red" in label


@pytest.mark.parametrize("width", choose([320, 1280], 1))
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(path: Path, width: int, open_page: Open) -> None:
    page = open_page(path, "unit=AF-KAB", width=width)
    page.evaluate(SHOW_ALL)
    assert find_violations(page, contrast=width == 1280) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
