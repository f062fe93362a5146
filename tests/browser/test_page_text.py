"""What is read below the map and beside it: whole names, lines of a fair length, all of it in a picture of the page."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from geo.join.joined_table import JoinedTable
from tests.browser.conftest import TABLE

Open = Callable[..., Page]

DONE = """async () => {
  const texts = [...document.querySelectorAll(".text")];
  const isDone = () => texts.every((each) => each.style.contentVisibility === "visible");
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 20));
}"""

LAID = """() => {
  const texts = [...document.querySelectorAll("section.text p, section.text li, footer p")].filter((each) => each.checkVisibility());
  const size = (each) => parseFloat(getComputedStyle(each).fontSize);
  return {
    lines: Math.max(...texts.map((each) => each.getBoundingClientRect().width / size(each))),
    rules: [...document.querySelectorAll("section.text")].map((each) => each.getBoundingClientRect().right),
    room: [...document.querySelectorAll("section.text ol > li")].map((each) => ["marginInlineStart", "paddingInlineStart"].reduce((sum, key) => sum + parseFloat(getComputedStyle(each)[key]), 0)),
    wide: document.documentElement.scrollWidth,
  };
}"""  # noqa: E501


def test_below_the_map_lines_end_where_one_reads_and_rules_at_the_edge(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    page = open_page(write_page("overlay", join(TABLE)), width=1280)
    page.evaluate(DONE)
    seen = page.evaluate(LAID)
    assert seen["lines"] <= 50, "in ems, some 95 letters"
    assert set(seen["rules"]) == {1280}
    assert min(seen["room"]) >= 28, "room for the number 10"
    assert seen["wide"] == 1280


def test_ties_are_listed_alone_on_a_telephone(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    path = write_page("report", join(TABLE))
    page = open_page(path, "ties", width=380)
    assert not page.locator(".diagram").is_visible()
    entries = page.locator("#ties li[data-groups]").all_inner_texts()
    assert entries[6].startswith("a joint unit of 2,000 armed fighters, funded by al-Qaeda: discussed (")
    assert "also between these groups: 8 (alliance, existing)" in entries[6]
    assert entries[7].startswith("al-Qaeda and Haqqani Network: alliance, existing")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".diagram svg[role=img] text").count() > 10
    lefts = page.locator(".diagram li").evaluate_all(
        "(rows) => rows.map((row) => [row.getBoundingClientRect().left, row.getBoundingClientRect().right])"
    )
    gaps = [after[0] - before[1] for before, after in itertools.pairwise(lefts) if after[0] > before[0]]
    assert min(gaps) >= 20, "a symbol stands apart from the words before it"
