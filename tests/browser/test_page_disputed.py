"""The broken line around what sources contradict each other on: pixel by pixel, wherever a map is read."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from geo.join.joined_table import JoinedTable
from tests.daily import choose

DISPUTED = ["Kabul", "Ghazni", "Kunduz", "Herat"]
"""Small, large, inland, at a border; none beside another, whose lines would fill each other's gaps."""
TABLE = {
    "sources": {"s": {"title": "S"}},
    "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
    "presence": [
        {"group": "a", "in": DISPUTED},
        {"group": "a", "in": DISPUTED, "finding": "absent", "source": "s"},
        {"group": "b", "in": ["Wardak", "Logar", "Laghman", "Paktia", "Paktika", "Zabul", "Ghor"]},
    ],
}

# Every half pixel along the lines, where nothing that is written lies over them.
TRACE = """(chosen) => {
  const written = ".label, .leaders, .inset, #off-map, .leaflet-control, #static text, #static [data-chips]";
  for (const each of document.querySelectorAll(written)) each.style.visibility = "hidden";
  return [...document.querySelectorAll(chosen)].flatMap((path) =>
    path.getAttribute("d").split(/(?=M)/).map((d) => {
      const part = path.cloneNode();
      part.setAttribute("d", d);
      part.style.visibility = "hidden";
      path.after(part);
      const matrix = path.getScreenCTM();
      const step = 0.5 / matrix.a;
      const steps = Math.floor(part.getTotalLength() / step);
      const at = (index) => part.getPointAtLength(index * step).matrixTransform(matrix);
      const line = Array.from({ length: steps }, (_, index) => at(index)).map(({ x, y }) => [x + scrollX, y + scrollY]);
      part.remove();
      return line;
    }));
}"""

DASH = 8
"""Pixels of a dash and a gap, in the picture's own measure."""


@pytest.mark.parametrize(
    ("chosen", "width", "javascript", "media"),
    choose(
        [
            (".leaflet-pane .disputed-line", 1280, True, "screen"),
            (".leaflet-pane .disputed-line", 380, True, "screen"),
            ("#static-disputed .disputed-line", 1280, False, "screen"),
            ("#static-disputed .disputed-line", 794, True, "print"),
        ],
        2,
    ),
)
def test_the_line_around_a_disputed_province_is_broken_all_along(
    chosen: str,
    width: int,
    javascript: bool,
    media: str,
    join: Callable[..., JoinedTable],
    write_page: Callable[..., Path],
    open_page: Callable[..., Page],
) -> None:
    page = open_page(write_page("overlay", join(TABLE)), width=width, javascript=javascript)
    page.emulate_media(media=media)  # type: ignore[arg-type]  # one of its two words
    lines = [np.array(line) for line in page.evaluate(TRACE, chosen) if len(line) > 60]
    assert len(lines) >= len(DISPUTED)
    # A live map is as high as the window, and a picture of the whole page is taken in a higher one.
    taken = page.screenshot(full_page=chosen.startswith("#static"))
    grey = np.asarray(Image.open(io.BytesIO(taken)).convert("L"))
    for line in lines:
        seen = [(int(x), int(y)) for x, y in line if 1 <= x < grey.shape[1] - 1 and 1 <= y < grey.shape[0] - 1]
        darkest = np.array([grey[y - 1 : y + 2, x - 1 : x + 2].min() for x, y in seen])
        middle = np.array([grey[y, x] for x, y in seen])
        longest = 4 * DASH
        assert _count_longest(darkest > 110) < longest, "a stretch without a dash"
        assert _count_longest(middle < 140) < 2 * longest, "a stretch without a gap"


def _count_longest(found: np.ndarray) -> int:
    """Count the longest run of true, of steps of half a pixel."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], found.astype(int), [0]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))
