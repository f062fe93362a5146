"""Two sources side by side: every kind of cell, no merging, and silence that is no denial."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.join.source_comparison import CLASSES, SourceComparison, compare_sources, list_record_sources
from geo.model import Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence

GAZETTEER = read_gazetteer()
UNITS = tuple(GAZETTEER.units)
EASTERN = GAZETTEER.regions["Eastern"]
BASE: dict[str, Any] = {
    "levels": {
        "low": {"name": "Low", "rank": 1},
        "high": {"name": "High", "rank": 2},
        "camps": {"name": "Camps"},
        "able": {"name": "Able", "footprint": False},
    },
    "sources": {each: {"title": each} for each in ("one", "two", "third")},
    "groups": {"red": {"name": "Red"}, "blue": {"name": "Blue", "part_of": {"group": "red"}}},
}
KUNAR = {"in": "AF-KNR"}
EAST = {"region": "Eastern"}


def read(*records: dict[str, Any]) -> Table:
    rows = [{"group": "red", "level": "low"} | record for record in records]
    return parse_presence(json.dumps(BASE | {"presence": rows}).encode(), "t.yaml", GAZETTEER, allow_empty=True)[0]


def compare(*records: dict[str, Any], **choices: Any) -> SourceComparison:
    return compare_sources(read(*records), UNITS, "one", "two", **choices)


def say(source: str, *places: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [{"source": source, **place, **more} for place in places]


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ([KUNAR], [KUNAR], "agree"),
        ([KUNAR | {"level": "high"}], [KUNAR], "levels"),
        ([KUNAR | {"level": "camps"}], [KUNAR], "levels"),
        ([KUNAR, KUNAR | {"level": "high"}], [KUNAR], "levels"),
        ([KUNAR], [KUNAR | {"finding": "absent"}], "contradict"),
        ([KUNAR, KUNAR | {"finding": "absent"}], [KUNAR], "contradict"),
        ([KUNAR | {"finding": "absent"}], [KUNAR | {"finding": "absent", "level": "high"}], "agree"),
        ([KUNAR | {"finding": "inconclusive"}], [KUNAR], "inconclusive"),
        ([KUNAR | {"finding": "inconclusive"}], [KUNAR | {"finding": "absent"}], "inconclusive"),
        ([KUNAR | {"finding": "inconclusive"}], [KUNAR | {"finding": "inconclusive"}], "agree"),
        ([KUNAR], [EAST], "region"),
        ([KUNAR | {"level": "able"}], [KUNAR], "region"),
        ([KUNAR | {"level": "able"}], [KUNAR | {"finding": "absent"}], "region"),
        ([KUNAR | {"level": "able"}], [KUNAR | {"level": "able"}], "capability"),
        ([KUNAR | {"level": "able"}], [EAST], "capability"),
        ([KUNAR | {"level": "able"}], [], "capability"),
        ([KUNAR | {"finding": "absent"}], [EAST], "region"),
        ([EAST], [EAST | {"finding": "absent"}], "region"),
        ([EAST], [EAST], "agree"),
        ([EAST | {"level": "high"}], [EAST], "levels"),
        ([KUNAR, EAST], [KUNAR], "agree"),
        ([KUNAR], [], "first"),
        ([KUNAR | {"finding": "absent"}], [], "first"),
        ([], [KUNAR | {"finding": "inconclusive"}], "second"),
        ([EAST], [], "first-region"),
        ([], [EAST], "second-region"),
    ],
)
def test_each_kind_of_cell(one: list[dict[str, Any]], two: list[dict[str, Any]], kind: str) -> None:
    found = compare(*say("one", *one), *say("two", *two))
    (cell,) = (cell for cell in found.cells if cell.unit == "AF-KNR")
    assert (cell.group, cell.kind, len(cell.first), len(cell.second)) == ("red", kind, len(one), len(two))
    expected = "region-only" if kind.endswith("-region") else kind
    assert found.classes["AF-KNR"] == expected


def test_a_unit_has_the_first_class_that_fits_any_group() -> None:
    blue = {"group": "blue"}
    one = say("one", {"in": ["AF-KAB", "AF-LOG", "AF-HER"]}, EAST)
    two = say("two", {"in": ["AF-KAB"]}, blue | {"in": ["AF-KAB", "AF-LOG", "AF-GHO"]})
    classes = compare(*one, *two).classes
    assert (classes["AF-LOG"], classes["AF-HER"], classes["AF-GHO"]) == ("each", "first", "second")
    assert (classes["AF-KAB"], classes["AF-NUR"], classes["AF-BAL"]) == ("second", "region-only", "neither")


def test_what_is_on_no_map_stands_beside_it_and_is_no_cell() -> None:
    found = compare(*say("one", {"nationwide": True}), *say("two", {"unlocated": 12}, {"unlocated": {"low": 15}}))
    assert (found.cells, found.off_map, set(found.classes.values())) == ((), ((0,), (1, 2)), {"neither"})


def test_a_quoted_source_is_not_merged_with_who_quotes_it() -> None:
    found = compare(*say("third", KUNAR, via="one"), *say("two", KUNAR, via="one"))
    (cell,) = found.cells
    assert (cell.kind, cell.first, cell.second) == ("second", (), (1,))
    assert [(quote.source, quote.via, quote.records) for quote in found.quotes] == [
        ("third", "one", (0,)),
        ("two", "one", (1,)),
    ]


def test_a_third_source_is_said_where_both_quote_it_and_only_there() -> None:
    both = compare(*say("one", KUNAR, via="third"), *say("two", KUNAR, via="third"))
    assert [(quote.source, quote.via) for quote in both.quotes] == [("one", "third"), ("two", "third")]
    assert compare(*say("one", KUNAR, via="third"), *say("two", KUNAR)).quotes == ()


def test_groups_can_be_chosen_and_rolled_up() -> None:
    records = [*say("one", KUNAR), *say("two", KUNAR | {"group": "blue"})]
    assert [cell.kind for cell in compare(*records).cells] == ["first", "second"]
    assert [(cell.group, cell.kind) for cell in compare(*records, groups=["blue"]).cells] == [("blue", "second")]
    assert [(cell.group, cell.kind) for cell in compare(*records, roll_up=True).cells] == [("red", "agree")]
    assert [cell.group for cell in compare(*records, groups=["blue"], roll_up=True).cells] == ["red"]


def test_carriers_are_those_that_a_record_rests_on() -> None:
    assert list_record_sources(read(*say("two", KUNAR, via="one"))) == ["two"]


PLACES = st.sampled_from([*({"in": code} for code in EASTERN), EAST, {"nationwide": True}, {"unlocated": 3}])
RECORDS = st.builds(
    lambda place, source, group, level, finding: {
        **place, "source": source, "group": group, "level": level, "finding": finding
    },
    PLACES, st.sampled_from(["one", "two", "third"]), st.sampled_from(["red", "blue"]),
    st.sampled_from(["low", "high", "camps"]), st.sampled_from(["present", "absent", "inconclusive"]),
)  # fmt: skip
TABLES = st.lists(RECORDS, max_size=12, unique_by=lambda record: json.dumps(record, sort_keys=True)).map(
    lambda rows: read(*rows)
)
MIRROR = {"first": "second", "second": "first", "first-region": "second-region", "second-region": "first-region"}


@given(TABLES)
def test_every_claim_of_both_is_in_one_cell_or_off_the_map_and_no_other(table: Table) -> None:
    found = compare_sources(table, UNITS, "one", "two")
    seen = [(cell.group, cell.unit, record) for cell in found.cells for record in cell.first + cell.second]
    ours = {claim for claim in table.claims if table.records[claim.record].evidence.source in ("one", "two")}
    assert sorted(seen) == sorted((claim.group, claim.unit, claim.record) for claim in ours if claim.unit)
    off_map = {record for records in found.off_map for record in records}
    assert off_map == {claim.record for claim in ours if claim.unit is None}
    assert set(found.classes) == set(UNITS)
    assert set(found.classes.values()) <= set(CLASSES)


@given(TABLES)
def test_it_does_not_matter_who_comes_first(table: Table) -> None:
    one, other = (compare_sources(table, UNITS, *pair) for pair in (("one", "two"), ("two", "one")))
    assert [replace(cell, kind=MIRROR.get(cell.kind, cell.kind), first=cell.second, second=cell.first)
            for cell in one.cells] == list(other.cells)  # fmt: skip
    assert {unit: MIRROR.get(each, each) for unit, each in one.classes.items()} == dict(other.classes)


@given(TABLES)
def test_a_third_source_changes_nothing(table: Table) -> None:
    rest = {index for index, record in enumerate(table.records) if record.evidence.source == "third"}
    without = replace(table, claims=tuple(claim for claim in table.claims if claim.record not in rest))
    assert compare_sources(table, UNITS, "one", "two") == compare_sources(without, UNITS, "one", "two")


@given(TABLES)
def test_silence_is_never_a_contradiction(table: Table) -> None:
    for cell in compare_sources(table, UNITS, "one", "two").cells:
        assert cell.first or cell.second
        silent = not (cell.first and cell.second)
        assert silent == (cell.kind in MIRROR)
