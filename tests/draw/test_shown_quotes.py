"""A page shows each quote once, says so wherever else it belongs, and marks those that were found in a copy."""

from __future__ import annotations

import re

import pytest

from geo.api import join_table
from geo.draw.pages.corroboration import describe_corroboration
from geo.draw.pages.overlay import describe_overlay
from geo.draw.pages.report import describe_report, draw_report
from geo.draw.sections.groups import draw_groups, draw_ties
from geo.draw.wording.localised_names import localise
from geo.join.joined_table import JoinedTable
from geo.model import Topology

Joined = tuple[JoinedTable, Topology]

QUOTE = "They hold the old mill"
OTHER = "They left the new one"
TABLE = f"""
as_of: 2021-06
levels: {{camps: {{name: Camps}}}}
sources: {{s: {{title: A report, date: 2020}}, t: {{title: Another, date: 2021}}}}
groups:
  red:
    name: Red
    part_of: {{group: blue, source: s, quote: {OTHER}}}
    strength: [{{best: 20, counts: men, source: s, quote: {OTHER}}}]
    statements:
      - {{text: They stand by the mill, source: s, quote: {QUOTE}}}
      - {{text: They are said to sleep, source: s, quote: They are said  to sleep}}
  blue: {{name: Blue}}
presence:
- {{group: red, in: Kabul, level: camps, source: s, quote: {QUOTE}}}
- {{group: blue, in: Kabul, level: camps, source: s, quote: {QUOTE}}}
- {{group: blue, in: Kunar, level: camps, source: t, quote: {QUOTE}}}
relations:
- {{between: [red, blue], type: rivalry, standing: ended, source: s, quote: {OTHER}}}
"""


@pytest.fixture(scope="module")
def joined() -> Joined:
    return join_table(TABLE)


DESCRIBED = {"report": describe_report, "overlay": describe_overlay, "sources": describe_corroboration}


def render(joined: Joined, name: str) -> str:
    return "".join(str(section.markup) for section in DESCRIBED[name](localise(joined[0])).sections)


@pytest.mark.parametrize("name", ["report", "overlay", "sources"])
def test_each_quote_of_a_source_stands_there_once(joined: Joined, name: str) -> None:
    page = render(joined, name)
    assert page.count(f"<q>{QUOTE}</q>") == 2  # That of another source is another.
    assert page.count(f"<q>{OTHER}</q>") == 1
    assert page.count("said to sleep") == 1
    assert page.count('Quoted at <a href="#record-1">record 1</a>.') == 1  # the statement
    assert page.count("Quoted above, in the same words.") == 3  # the strength, and two ties


def test_records_that_share_a_quote_say_the_same_of_it(joined: Joined) -> None:
    page = render(joined, "report")
    records = re.findall(r'<li id="record-\d+">(.*?)</li>', page)
    evidence = re.findall(r'<div class="evidence">(.*?)</div>', page[page.index('id="record-1"') :])
    assert evidence[0] == evidence[1] != evidence[2]
    shared = 'Records <a href="#record-1">1</a> <a href="#record-2">2</a> share one quote, which stands with the first.'
    assert shared in evidence[0]
    assert [QUOTE in each for each in records] == [True, False, True]


def test_a_page_that_lists_no_records_shows_quotes_with_what_it_lists(joined: Joined) -> None:
    told = localise(joined[0])
    page = str(draw_groups(told, {}, listed=False)) + str(draw_ties(told, listed=False))
    assert (page.count(f"<q>{QUOTE}</q>"), page.count(f"<q>{OTHER}</q>"), page.count("#record-")) == (1, 1, 0)


def test_a_mark_stands_where_a_quote_was_found(joined: Joined) -> None:
    table = joined[0].table
    found = frozenset([table.records[2].evidence.quoted, table.groups["red"].statements[1].evidence.quoted])
    page = draw_report(*joined, checked=found).get_root().render()
    assert page.count("✓ Found word for word in a copy of the source.") == 2
    assert f"<q>{QUOTE}</q> <span" in page[page.index('id="record-3"') :]
    assert "✓ Found" not in draw_report(*joined).get_root().render()


def test_many_records_of_one_quote_are_cut() -> None:
    records = "".join(f"- {{group: red, in: Kabul, level: l, observed: {1950 + at}, source: s, quote: {QUOTE}}}\n"
                      for at in range(20))  # fmt: skip
    head = "levels: {l: {name: L}}\nsources: {s: {title: S, date: 2020}}\ngroups: {red: {name: Red}}\n"
    page = render(join_table(f"{head}presence:\n{records}"), "overlay")
    assert page.count(f"<q>{QUOTE}</q>") == 1
    assert page.count("and 12 more share one quote") == 20
