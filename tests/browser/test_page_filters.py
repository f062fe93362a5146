"""What a reader leaves out is left out of map, head, legend and panel alike, said in words, and kept in a link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.draw.marks.legend import class_groups
from geo.draw.wording.localised_names import localise
from geo.draw.wording.presence import describe_choices, write_headline, write_summary
from geo.join.joined_table import JoinedTable
from geo.model import Moment
from geo.option_values import LANGUAGES
from tests.pages import list_keys
from tests.scripts.tables import CODES

DENSE = Path(__file__).parents[1] / "golden/tables/dense.yaml"
Open = Callable[..., Page]
TOP = "() => document.getElementById('map_presence').getBoundingClientRect().top + scrollY"


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"#narrow select[name={name}]").select_option(value)


@pytest.fixture
def page(join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open) -> Page:
    return open_page(write_page("overlay", join(DENSE)))


def test_a_filter_shows_and_says_what_the_command_does(
    page: Page, join: Callable[..., JoinedTable], read_picture: Callable[[Page], dict[str, Any]]
) -> None:
    first, top = read_picture(page), page.evaluate(TOP)
    shown = join(DENSE).shown
    page.locator("#narrow summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for name in ("basis", "confidence"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == name
    page.keyboard.press("End")
    expect(page.locator("#narrow summary")).to_have_text("Filter (1 on)")
    wanted = localise(join(DENSE, confidence="high"))
    said = page.locator("#narrow [role=status]").text_content()
    assert said
    assert describe_choices(wanted).startswith(said)
    picture = read_picture(page)
    assert picture["headline"] == write_headline(wanted)
    summary = write_summary(wanted, with_off_map=False)
    assert picture["summary"] == f"Of the records chosen: {summary}"
    paint = {key: fill for key, _, _, fill in picture["legend"]}
    classes = {code: key for code, key in list_keys(class_groups(wanted, shown)).items() if code in CODES}
    assert picture["live"] == {code: paint[key] for code, key in classes.items()}
    choose(page, "grade", "B")
    assert page.evaluate(TOP) == top, "nothing moves the map"
    page.locator("#narrow button").click()
    assert read_picture(page) == first
    assert page.locator("#narrow [role=status]").text_content() == ""


def test_a_link_keeps_filters_and_what_is_on_none_is_said(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    path = write_page("overlay", join(DENSE))
    page = open_page(path)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
    page.locator("#narrow summary").click()
    choose(page, "basis", "claimed")
    choose(page, "as_of", "2021")
    status = page.locator("#narrow [role=status]").text_content()
    assert "Only records published by 2021." in (status or "")
    assert "as of 2021" in (page.locator(".kicker").text_content() or "")
    page.locator("#copy-link").click()
    link = page.locator("#link").input_value()
    assert link.split("#")[1].split("&")[-2:] == ["as_of=2021", "basis=claimed"]
    again = open_page(path, link.split("#")[1])
    expect(again.locator("#narrow [role=status]")).to_have_text(status or "")
    expect(again.locator("#narrow summary")).to_have_text("Filter (2 on)")
    again.evaluate("location.hash = '#unit=AF-KAB'")
    expect(again.locator("#narrow summary")).to_have_text("Filter (2 on)")
    again.locator("#narrow summary").click()
    choose(again, "confidence", "high")
    expect(again.locator("#headline")).to_have_text("No record passes these filters")
    expect(again.locator("#summary")).to_contain_text("Of the records chosen: ")
    expect(again.locator("#narrow [role=status]")).to_contain_text("No record passes these filters.")


def test_small_maps_and_comparison_follow_and_a_telephone_holds_the_boxes(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    page = open_page(write_page("report", join(DENSE, language=LANGUAGES[1])), width=380)
    figures = (
        "() => document.getElementById('multiples-maps').innerHTML + document.querySelector('#measures').innerHTML"
    )
    first = page.evaluate(figures)
    page.locator("#narrow summary").click()
    assert page.locator("#narrow select[name=as_of]").count() == 0, "the slider leads through time"
    choose(page, "confidence", "high")
    assert page.evaluate(figures) != first
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    page.locator("#narrow button").click()
    assert page.evaluate(figures) == first


def test_a_day_decides_what_is_out_of_date(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Open
) -> None:
    table = {
        "sources": {"s": {"title": "S", "date": "2019-01"}, "t": {"title": "T", "date": "2021-01"},
                    "u": {"title": "U", "date": "2022-01"}},
        "levels": {"l": {"name": "L", "valid_for": "1 year"}}, "groups": {"a": {"name": "A"}}, "as_of": "2022-06",
        "presence": [{"group": "a", "in": unit, "source": source}
                     for unit, source in (("Kabul", "s"), ("Logar", "t"), ("Khost", "u"))],
    }  # fmt: skip
    page = open_page(write_page("overlay", join(table)))
    old = page.locator("#groups-shown td[data-count=stale]")
    expect(old).to_have_text("2")
    page.locator("#narrow summary").click()
    choose(page, "as_of", "2021-01")
    expect(old).to_have_text("1")
    assert join(table, as_of=Moment(2021, 1)).report.stale == 1
    said = page.locator("#not-shown").text_content()
    assert said is not None
    assert said.strip() == "1 record is out of date."
    page.evaluate("location.hash = '#unit=AF-LOG'")
    expect(page.locator("#detail .evidence")).not_to_contain_text("out of date")
