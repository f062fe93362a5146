"""The cover of a publication, opened from disk: no fault of accessibility, no request, no wider than a telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from geo.api import Choices, Job
from geo.api.tables import join_checked
from geo.draw.cover.content import Edition, PublishedPage
from geo.draw.cover.cover import draw_cover
from geo.draw.figure.words_inside import FigureWords
from geo.draw.wording.localised_names import localise
from geo.option_values import FORMATS, MAPS
from tests.browser.test_page_accessible import find_violations

Open = Callable[..., Page]
TABLE = Path(__file__).parents[2] / "presence.yaml"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def make_cover(language: str, folder: Path) -> Path:
    """Write a cover with all that it can lead to."""
    joined, _, _ = join_checked(TABLE, Job(Choices(language=language)))
    words = FigureWords("A title", "What it shows.", language, "", "Somebody")
    figures = dict.fromkeys(("overlay", "choropleth", "compare"), words)
    pages = {name: PublishedPage("A title", "What it shows.") for name in MAPS}
    sheets = [
        "data/presence.csv",
        *(f"data/{name}.csv" for name in ("changes", "groups", "levels", "of_which", "sources")),
    ]
    data = {"table": ["data/presence.yaml"], "csv": sheets, "geojson": ["data/units.geojson"],
            "cff": ["CITATION.cff"], "bib": ["citation.bib"], "manifest": ["manifest.json"]}  # fmt: skip
    edition = Edition(language, ("en", "fa", "ps"), pages, figures, words, DOT, data, "https://example.org/maps/")
    path = folder / "index.html"
    path.write_text(draw_cover(localise(joined), edition), "utf-8")
    return path


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fa", 380), ("ps", 320)])
def test_a_cover_is_accessible_and_as_wide_as_its_window(
    open_page: Open, tmp_path: Path, language: str, width: int
) -> None:
    page = open_page(make_cover(language, tmp_path), width=width)
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('figure img').naturalWidth") == 1
    links = page.locator(".cards a").evaluate_all("(all) => all.map((each) => each.getAttribute('href'))")
    assert links == [f"{name}.html" for name in MAPS]
    assert page.locator("#figures td a").count() == 3 * len(FORMATS) + 1
