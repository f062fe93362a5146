"""What the first screen makes its reader believe: how many speak, how old it is, what a number counts."""

from __future__ import annotations

import re

import pytest

from geo.api import join_table
from geo.draw.pages.overlay import draw_overlay
from geo.draw.wording.captions import write_head, write_kicker, write_stamp
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.draw.wording.presence import write_summary

HEAD = """\
as_of: 2022
levels: {now: {name: Now}, brief: {name: Brief, valid_for: 10 years}}
groups: {a: {name: Red}, b: {name: Both, kind: coalition}, c: {name: Crowd, kind: population}}
"""


def write(sources: str, *rows: str, groups: str = "a") -> str:
    kinds = ("" if "level:" in row else "level: now, " for row in rows)
    listed = [f"in: Kabul, {kind}{row}" for kind, row in zip(kinds, rows, strict=True)]
    records = "".join(f"  - {{group: {group}, {row}}}\n" for group in groups for row in listed)
    return f"sources: {{{sources}}}\n{HEAD}presence:\n{records}"


def read(sources: str, *rows: str, groups: str = "a") -> LocalisedTable:
    return localise(join_table(write(sources, *rows, groups=groups))[0])


@pytest.mark.parametrize(
    ("sources", "rows", "said"),
    [
        ("s: {title: S}", ["source: s"], "1 source"),
        ("s: {title: S}, t: {title: T}", ["source: s", "source: t"], "2 sources"),
        ("s: {title: S}, t: {title: T}", ["source: s, via: t"], "1 source, quoting 1 other"),
        # Who is quoted and speaks as well is one of those that speak, and rests on nobody the less.
        ("s: {title: S}, t: {title: T}", ["source: s, via: t", "source: t"], "2 sources (not independent)"),
        ("s: {title: S, author: U}, t: {title: T, author: u}, r: {title: R}", ["source: s", "source: t", "source: r"],
         "3 sources (2 independent)"),
        ("s: {title: S, author: U}, t: {title: T, author: U}, r: {title: R}, q: {title: Q}",
         ["source: s", "source: t, via: q", "source: r"], "3 sources (2 independent), quoting 1 other"),
        ("s: {title: S}, unused: {title: U}", ["source: s"], "2 sources"),
    ],
)  # fmt: skip
def test_the_head_counts_who_speaks_and_whom_they_quote(sources: str, rows: list[str], said: str) -> None:
    assert write_kicker(read(sources, *rows)).partition(" · ")[2] == said


def test_the_foot_names_apart_whom_the_sources_quote() -> None:
    joined = read("q: {title: Q}, s: {title: S}, t: {title: T}", "source: s, via: q", "source: t")
    assert "Sources: S and T, quoting Q. " in write_stamp(joined)
    assert "Sources: 2. " in write_stamp(joined, with_names=False)


OPEN = "open_list: true, source: s"


@pytest.mark.parametrize(
    ("rows", "headline", "rest", "number"),
    [
        (["source: s"], "Red is named in Kabul", "", "1"),
        ([OPEN], "Red is named in at least Kabul", "; for Red the source lists only some", "1+"),
        # What looks, is out of date or of a capability makes no list of where the group is.
        (["source: s", f"{OPEN}, finding: inconclusive"], "Red is named in Kabul", "", "1"),
        (["source: s", f"{OPEN}, level: brief, observed: 2009"], "Red is named in Kabul", "", "1"),
        (
            ["source: s, observed: 2020", OPEN],
            "Red is named in at least Kabul",
            "; for Red the source lists only some",
            "1+",
        ),
    ],
)
def test_an_open_list_is_a_number_that_is_at_least_so_many(
    rows: list[str], headline: str, rest: str, number: str
) -> None:
    joined = read("s: {title: S}", *rows)
    head = write_head(joined)
    assert (head.headline, head.deck) == (headline, f"1 of 34 provinces is named{rest}.")
    page = draw_overlay(*join_table(write("s: {title: S}", *rows))).get_root().render()
    assert re.findall('data-count="named">([^<]*)<', page) == [number]


@pytest.mark.parametrize(
    ("groups", "said"),
    [("ab", "for Red and Both the sources list only some."), ("abc", "for 3 groups the sources list only some.")],
)
def test_of_many_open_lists_it_is_said_how_many(groups: str, said: str) -> None:
    assert write_summary(read("s: {title: S}", OPEN, groups=groups)).endswith(said)


@pytest.mark.parametrize(
    ("source", "row", "said"),
    [
        ("date: 2020", "", "2022, oldest record 2020"),
        ("date: 2022-06", "", "2022"),
        ("date: 2022", "observed: 2019-03", "2022, oldest record March 2019"),
        ("date: 2021-05", "observed: {from: 2019}", "2022, oldest record May 2021"),
        ("note: of no day", "", "2022"),
        # A rule says when it grows old: then it is drawn as that.
        ("date: 2020", "level: brief", "2022"),
    ],
)
def test_the_head_says_how_far_back_records_reach_that_no_rule_makes_old(source: str, row: str, said: str) -> None:
    assert (
        write_kicker(read(f"s: {{title: S, {source}}}", f"source: s, {row}")).partition("as of ")[2].partition(" · ")[0]
        == said
    )
