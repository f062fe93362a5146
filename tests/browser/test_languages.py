"""Pages in Dari and Pashto in a browser: from the right, in their digits, the same after a switch as before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geo.api import Choices, Job, render_maps
from tests.daily import choose

TABLE = Path(__file__).parents[2] / "presence.yaml"
NAMES = ("overlay", "compare", "report")
HEARD = """() => ({
  summary: document.getElementById("summary").textContent,
  legend: [...document.querySelectorAll("#legend .legend-row")].map((row) => row.textContent),
  wide: document.documentElement.scrollWidth - innerWidth,
})"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Draw the default table in each language."""
    folder, files = tmp_path_factory.mktemp("languages"), {}
    for language in choose(("fa", "ps"), 1):
        for name, page in render_maps(TABLE, NAMES, Job(Choices(language=language))).pages.items():
            files[language, name] = folder / f"{name}-{language}.html"
            files[language, name].write_bytes(page)
    return files


def test_the_script_says_what_the_page_said(built: dict[tuple[str, str], Path], open_page: Callable[..., Page]) -> None:
    page = open_page(built["fa", "overlay"])
    before = page.evaluate(HEARD)
    switch = page.locator("#groups-shown [type=checkbox]").first
    switch.click()
    assert page.evaluate(HEARD) != before
    switch.click()
    assert page.evaluate(HEARD) == before
    still = open_page(built["fa", "overlay"], javascript=False)
    assert still.locator("#summary").text_content() == before["summary"]
    assert still.locator("#legend .legend-row").all_text_contents() == before["legend"]


@pytest.mark.parametrize(("language", "kabul"), choose([("fa", "کابل"), ("ps", "کابل")], 1))
def test_a_unit_is_found_by_either_name_and_read_from_the_right(
    language: str, kabul: str, built: dict[tuple[str, str], Path], open_page: Callable[..., Page]
) -> None:
    page = open_page(built[language, "report"], width=380, height=800)
    for name in (kabul, "Kabul"):
        page.locator("#find").fill(name)
        page.locator("#find").press("Enter")
        expect(page.locator("#detail-name")).to_have_text(kabul)
    assert page.locator("#detail").evaluate("(part) => getComputedStyle(part).direction") == "rtl"
    assert page.evaluate(HEARD)["wide"] <= 0


@pytest.mark.parametrize("name", choose(NAMES[::-1], 1))
def test_axe_finds_nothing(name: str, built: dict[tuple[str, str], Path], open_page: Callable[..., Page]) -> None:
    page = open_page(built["fa", name])
    assert Axe().run(page).response["violations"] == []


def test_what_cannot_be_placed_covers_no_province(
    built: dict[tuple[str, str], Path], open_page: Callable[..., Page]
) -> None:
    """The map is the same from either side, so the note keeps its corner where one writes from the right."""
    page = open_page(built["fa", "overlay"], width=1280, height=800)
    note = page.locator("#off-map").bounding_box()
    assert note
    seen = page.locator("path.unit").evaluate_all(
        """(all, { x, y, width, height }) => all.filter((path) => {
          const matrix = path.getScreenCTM().inverse();
          for (let left = x; left < x + width; left += 8)
            for (let top = y; top < y + height; top += 8)
              if (path.isPointInFill(new DOMPoint(left, top).matrixTransform(matrix))) return true;
          return false;
        }).map((path) => path.dataset.code)""",
        note,
    )
    assert seen == []
