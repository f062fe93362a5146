"""Independent sources: quoting links them, a link never makes more of them, and no source is none."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.join.corroboration import count_sources, join_voices
from geo.join.filters import Choices
from geo.model import Evidence, Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence

GAZETTEER = read_gazetteer()
BASE: dict[str, Any] = {
    "levels": {"low": {"name": "Low", "rank": 1}, "high": {"name": "High", "rank": 2}},
    "sources": {each: {"title": each} for each in "abcd"}
    | {
        "mt": {"title": "Report S/2020/717"},
        "mt-12": {"title": "S/2020/717, p. 12"},
        "mt-next": {"title": "S/2021/655"},
    }
    | {"un-1": {"title": "x", "author": "UN Team"}, "un-2": {"title": "y", "author": "UN team"}},
    "groups": {"red": {"name": "Red"}, "blue": {"name": "Blue", "part_of": {"group": "red"}}},
}


def read(*records: dict[str, Any]) -> Table:
    rows = [{"group": "red", "level": "low", "in": "Kabul"} | record for record in records]
    for row in rows:
        if row.keys() & {"region", "nationwide", "unlocated"}:
            del row["in"]
    return parse_presence(json.dumps(BASE | {"presence": rows}).encode(), "t.yaml", GAZETTEER)[0]


def count(*records: dict[str, Any], groups: tuple[str, ...] = ("red", "blue"), **choices: Any) -> int | None:
    voices = count_sources(read(*records), groups, Choices(**choices)).voices.get("AF-KAB")
    return None if voices is None else len(voices)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([{"source": "a"}, {"source": "b"}], 2),
        ([{"source": "a"}, {"source": "a", "level": "high"}], 1),
        ([{"source": "a"}, {"source": "b", "group": "blue"}], 2),
        ([{"source": "a"}, {"source": "b", "via": "a"}], 1),
        ([{"source": "a", "via": "c"}, {"source": "b", "via": "c"}], 1),
        ([{"source": "a", "via": "c"}, {"source": "b", "via": "d"}], 2),
        ([{"source": "a", "via": "b"}, {"source": "b", "via": "c"}, {"source": "d", "via": "c"}], 1),
        ([{"source": "a"}, {"source": "b"}, {"source": "b", "via": "a", "group": "blue"}], 1),
        ([{"source": "a"}, {"source": "b"}, {"source": "b", "via": "a", "in": "Herat"}], 2),  # quotes elsewhere
        ([{"source": "un-1"}, {"source": "un-2"}], 1),
        ([{"source": "a", "via": "un-1"}, {"source": "un-2"}, {"source": "b"}], 2),
        ([{"source": "un-1"}, {"source": "un-2", "in": "Herat"}], 1),
        ([{"source": "mt"}, {"source": "mt-12"}], 1),
        ([{"source": "mt"}, {"source": "mt-next"}], 2),
        ([{"source": "mt"}, {"source": "mt-12", "in": "Herat"}], 1),
        ([{"source": "a", "via": "mt"}, {"source": "mt-12"}, {"source": "b"}], 2),
        ([{"source": "a", "via": "mt"}, {"source": "b", "via": "mt-12"}], 1),
        ([{}], 0),
        ([{}, {"source": "a"}], 1),
        ([{"source": "a", "via": "c"}], 1),
        ([{"source": "a", "finding": "absent"}], None),
        ([{"source": "a"}, {"source": "b", "finding": "absent"}], 1),
        ([{"source": "a", "region": "Capital"}, {"source": "b", "nationwide": True}], None),
    ],
)
def test_how_many_independent_sources_name_a_unit(records: list[dict[str, Any]], expected: int | None) -> None:
    assert count(*records) == expected


def test_level_groups_and_roll_up_choose() -> None:
    records = [{"source": "a"}, {"source": "b", "level": "high"}, {"source": "c", "group": "blue"}]
    assert (count(*records), count(*records, level="high")) == (3, 1)
    assert (count(*records, groups=("blue",)), count(*records, groups=("red",))) == (1, 2)
    assert count(*records, groups=("red",), roll_up=True) == 3


def test_what_is_out_of_date_confirms_nothing() -> None:
    levels = {"low": {"name": "Low", "rank": 1, "valid_for": "12 months"}}
    old = {"source": "a", "observed": "2018"}
    rows = [
        {"group": "red", "level": "low", "in": "Kabul"} | each for each in (old, {"source": "b", "observed": "2020"})
    ]
    whole = BASE | {"levels": levels, "as_of": "2020-06", "presence": rows}
    table = parse_presence(json.dumps(whole).encode(), "t.yaml", GAZETTEER)[0]
    assert count_sources(table, ["red"]).voices == {"AF-KAB": (("b",),)}


def test_what_has_no_source_and_who_is_one_voice_is_told() -> None:
    found = count_sources(read({}, {"source": "a"}, {"source": "b", "via": "a"}, {"source": "c"}), ["red"])
    assert found.voices == {"AF-KAB": (("a", "b"), ("c",))}
    assert (found.unsourced, found.dependent) == ((0,), ("AF-KAB",))


EVIDENCE = st.builds(Evidence, source=st.none() | st.sampled_from("abcdef"), via=st.none() | st.sampled_from("abcdef"))


AUTHORS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["one", "two"]))


@given(st.lists(EVIDENCE, min_size=1, max_size=9), AUTHORS, st.data())
def test_a_link_never_raises_the_count(evidence: list[Evidence], authors: dict[str, str], data: st.DataObject) -> None:
    bare = [place for place, each in enumerate(evidence) if each.via is None]
    assume(bare)
    place = data.draw(st.sampled_from(bare))
    linked = list(evidence)
    linked[place] = replace(evidence[place], via=data.draw(st.sampled_from("abcdef")))
    assert len(join_voices(linked, authors)) <= len(join_voices(evidence, authors))


@given(st.lists(EVIDENCE, max_size=9), AUTHORS)
def test_neither_does_an_author(evidence: list[Evidence], authors: dict[str, str]) -> None:
    assert len(join_voices(evidence, authors)) <= len(join_voices(evidence))


@given(st.lists(EVIDENCE, max_size=9), st.randoms())
def test_the_order_of_records_does_not_matter(evidence: list[Evidence], random: Any) -> None:
    mixed = list(evidence)
    random.shuffle(mixed)
    assert {frozenset(each) for each in join_voices(mixed)} == {frozenset(each) for each in join_voices(evidence)}


@given(st.lists(EVIDENCE, max_size=9))
def test_every_source_is_in_one_voice_and_there_are_never_more_voices_than_sources(evidence: list[Evidence]) -> None:
    voices = join_voices(evidence)
    assert sorted(source for voice in voices for source in voice) == sorted(
        {each.source for each in evidence if each.source}
    )
