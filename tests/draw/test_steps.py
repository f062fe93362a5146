"""The section of steps: strips, and a table of counts, that keep what has grown old and say what each step changes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from geo.draw.marks.legend import find_looks
from geo.draw.sections.timeline import draw_steps, say_change
from geo.draw.wording.catalogue import read_catalogue
from geo.draw.wording.localised_names import localise
from geo.join.timeline import StepChange, find_steps
from geo.option_values import LANGUAGES, STEPS_BY
from tests.pages import join_data

YEAR = {"l": {"name": "L", "valid_for": "1 year"}}
SOURCES = {"old": {"title": "Old", "date": "2020-07"}, "new": {"title": "New", "date": "2022-07"}}


def draw(levels: dict[str, Any], language: str = "en", **groups: list[dict[str, Any]]) -> str:
    records = [{"group": group, "level": "l", **record} for group, each in groups.items() for record in each]
    table = {"levels": levels, "sources": SOURCES, "groups": {each: {"name": each} for each in groups},
             "presence": records}  # fmt: skip
    joined = localise(join_data(table, language=language))
    return str(draw_steps(joined, find_steps(joined.table), find_looks(joined).slots))


def list_rows(page: str) -> list[list[str]]:
    table = page[page.index('id="steps"') :]
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', table)
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


OLD, NEW = {"in": ["Kabul", "Logar"], "source": "old"}, {"in": "Logar", "source": "new"}


def test_what_grew_old_stays_in_strip_and_table() -> None:
    page = draw(YEAR, a=[OLD, NEW], b=[NEW])
    assert list_rows(page) == [
        ["July 2020", "1 new record", "1", "2", "no record"],
        ["1 August 2021", "1 record grows old", "0", "2 out of date", "no record"],
        ["July 2022", "2 new records", "1", "1 + 1 old", "1"],
    ]
    reported, strip, _ = re.findall(r"<svg[^>]*>(.*?)</svg>", page)
    assert len(re.findall("M", reported)) == 3, "a source speaks, then none that is not out of date, then another"
    hollow, solid = re.findall(r'<path d="([^"]*)" fill="([^"]*)"(?: stroke="([^"]*)")?/>', strip)
    assert hollow[0] == "M0 34V0H720V34z", "as high as all that records speak of, from the first step to the last"
    assert (hollow[1], hollow[2]) == ("#ffffff", solid[1])
    assert solid[0].count("M") == 2, "nothing solid stands while all is out of date"


def test_without_validity_nothing_is_hollow() -> None:
    page = draw({"l": {"name": "L"}}, a=[OLD, NEW])
    assert "stroke" not in page
    assert "out of date" not in page
    assert list_rows(page) == [["July 2020", "1 new record", "1", "2"], ["July 2022", "1 new record", "2", "2"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", STEPS_BY)
def test_each_change_is_said_in_each_language(language: str, by: str) -> None:
    phrases = read_catalogue(language)
    said = {say_change(phrases, StepChange(*numbers), by) for numbers in [(1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 3, 4)]}
    assert len(said) == 4
    assert say_change(phrases, StepChange(0, 0, 0), by) == ""
