"""What the first screen makes its reader believe: how many speak, how old it is, what a number counts."""

from __future__ import annotations

import pytest

from geo.api import join_table
from geo.draw.wording.captions import write_kicker, write_stamp
from geo.draw.wording.localised_names import LocalisedTable, localise

HEAD = """\
as_of: 2022
levels: {now: {name: Now}, brief: {name: Brief, valid_for: 10 years}}
groups: {a: {name: Red}, b: {name: Both, kind: coalition}, c: {name: Crowd, kind: population}}
"""


def read(sources: str, *rows: str) -> LocalisedTable:
    kinds = ("" if "level:" in row else "level: now, " for row in rows)
    listed = "".join(f"  - {{group: a, in: Kabul, {kind}{row}}}\n" for kind, row in zip(kinds, rows, strict=True))
    return localise(join_table(f"sources: {{{sources}}}\n{HEAD}presence:\n{listed}")[0])


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
