"""What stands around a map is said only where it is so: brackets that are there, days that nobody gave."""

from __future__ import annotations

import html
import re

import pytest
from matplotlib.text import Text

from geo.api import Choices, Job, join_table
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.pages.overlay import draw_overlay
from geo.draw.pages.report import draw_report
from geo.draw.wording.catalogue import read_catalogue
from geo.option_values import LANGUAGES

HEAD = """\
sources: {{s: {{title: S{date}}}, unused: {{title: U, date: 1999}}}}
levels: {{now: {{name: Now}}, old: {{name: Old, valid_for: 1 year}}}}
groups: {{a: {{name: Red}}, b: {{name: Blue}}, c: {{name: Cyan}}, d: {{name: Dark}}, e: {{name: East}}}}
{more}
presence:
"""
NAMED = "  - {group: a, in: Kabul, level: now, source: s}\n"
REGION = "  - {group: b, region: Eastern, level: now, source: s}\n"
OLD = "  - {group: b, in: Ghor, level: old, source: s}\n"


def write(rows: str, date: str = ", date: 2020", more: str = "as_of: 2022") -> str:
    return HEAD.format(date=date, more=more) + rows


def test_no_bracket_is_in_a_figure_or_a_page_which_have_chips_instead() -> None:
    joined, topology = join_table(write(NAMED + REGION + OLD))
    said = " ".join(each.get_text() for each in draw_figure(joined, topology, "overlay").findobj(Text))
    assert "bracket" not in said
    assert "bracket" not in html.unescape(draw_overlay(joined, topology).get_root().render())


@pytest.mark.parametrize(
    ("date", "more", "title", "day", "age"),
    [
        (", date: 2020", "as_of: 2022", "T, as of 2022, oldest record 2020", "As of 2022, oldest record 2020.",
         "data as of 2022,"),
        (", date: 2020-06", "", "T, sources dated June 2020", "Sources dated June 2020.",
         "data from sources dated June 2020,"),
        ("", "", "T, undated", "Undated.", "undated data,"),
    ],
)  # fmt: skip
def test_a_table_is_undated_only_where_nothing_is_dated(date: str, more: str, title: str, day: str, age: str) -> None:
    joined, topology = join_table(write(NAMED, date, f"title: T\n{more}"))
    drawn = re.sub("</?(bdi|span)[^>]*>", "", draw_report(joined, topology).get_root().render())
    page = re.sub("<[^>]*>", " ", html.unescape(drawn))
    assert all(each in page for each in (title, day, age))


def test_days_of_records_are_days_as_well() -> None:
    rows = NAMED.replace("source: s", "source: s, observed: 2019") + NAMED.replace("Kabul", "Ghor")
    joined, topology = join_table(write(rows, "", "title: T"))
    page = html.unescape(draw_report(joined, topology).get_root().render())
    assert ">T · " in page
    assert "data dated record by record" in page
    assert "Undated." not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_sources_give_a_span(language: str) -> None:
    text = write(NAMED + NAMED.replace("Kabul", "Ghor").replace("source: s", "source: unused"), more="title: T")
    joined, topology = join_table(text, Job(Choices(language=language)))
    phrases = read_catalogue(language)
    span = phrases.say("period", start=phrases.localise("1999"), end=phrases.localise("2020"))
    said = {"en": "T, sources dated 1999 to 2020 ·", "fa": "تاریخ منابع: ۱۹۹۹ تا ۲۰۲۰ ·", "ps": "له ۱۹۹۹ تر ۲۰۲۰ ·"}
    page = re.sub("</?(bdi|span)[^>]*>", "", html.unescape(draw_overlay(joined, topology).get_root().render()))
    assert phrases.say("title_when", "sourced", title="T", span=span) in page
    assert said.get(language, span) in page
