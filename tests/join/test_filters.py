"""What of a table counts: by day of publication, basis, confidence and grade; what is left out is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.join.filters import Choices, select_records
from geo.join.footprints import find_footprints
from geo.model import (
    Claim,
    Evidence,
    Group,
    Level,
    Moment,
    Period,
    Place,
    Record,
    Relation,
    Source,
    Statement,
    Strength,
    Table,
)
from geo.model import Estimate as Figure

SOURCES = {
    "year": Source("year", "Y", date=Moment(2020), grade="B"),
    "month": Source("month", "M", date=Moment(2020, 6), grade="D"),
    "day": Source("day", "D", date=Moment(2021, 7, 20), grade="F"),
    "none": Source("none", "N"),
}


def make_record(source: str | None = None, start: Moment | None = None, **evidence: Any) -> Record:
    period = Period(start, None) if start else None
    return Record(("a",), Place("in", ("K",)), "l", Evidence(source, observed=period, **evidence))


def make_table(*records: Record) -> Table:
    claims = tuple(Claim("a", "K", index) for index in range(len(records)))
    return Table("t", {"l": Level("l", "L")}, SOURCES, {"a": Group("a", "A", "A")}, records, claims, as_of=Moment(2022))


@pytest.mark.parametrize(
    ("day", "source", "start", "reason"),
    [
        (Moment(2020, 12), "year", None, None),
        (Moment(2020, 12, 30), "year", None, "later"),
        (Moment(2020), "year", None, None),
        (Moment(2020, 6), "month", None, None),
        (Moment(2020, 6, 29), "month", None, "later"),
        (Moment(2021, 7, 20), "day", None, None),
        (Moment(2021, 7, 19), "day", None, "later"),
        (Moment(2021), "none", None, "undated"),
        (Moment(2021), None, None, "undated"),
        (Moment(2020), "year", Moment(2021), "ahead"),
        (Moment(2020), "year", Moment(2020), None),
    ],
)
def test_a_record_counts_from_its_publication(
    day: Moment, source: str | None, start: Moment | None, reason: str | None
) -> None:
    found = select_records(make_table(make_record(source, start)), Choices(as_of=day))
    assert found.hidden == ({reason: 1} if reason else {})
    assert len(found.table.records) == len(found.table.claims) == (0 if reason else 1)
    assert found.table.as_of == day


@pytest.mark.parametrize(
    ("choices", "hidden"),
    [
        (Choices(basis=("claimed",)), {"basis": 3}),
        (Choices(basis=("claimed", "reported")), {}),
        (Choices(confidence="moderate"), {"confidence": 1, "unsure": 2}),
        (Choices(confidence="low"), {"unsure": 2}),
        (Choices(grade="B"), {"grade": 1, "ungraded": 2}),
        (Choices(grade="D"), {"ungraded": 2}),
        (Choices(grade="3"), {"ungraded": 3}),
        (Choices(grade="C3"), {"ungraded": 3}),
    ],
)
def test_what_a_filter_hides_is_counted_by_reason(choices: Choices, hidden: dict[str, int]) -> None:
    table = make_table(
        make_record("year", grade="2", confidence="high"), make_record("month", confidence="low"),
        make_record("day", grade="6"), make_record("none", basis="claimed"),
    )  # fmt: skip
    found = select_records(table, choices)
    assert found.hidden == hidden
    assert len(found.table.records) == 4 - sum(hidden.values())


def test_without_choices_it_is_the_table_itself() -> None:
    table = make_table(make_record())
    assert select_records(table, Choices(level="l", groups=("a",), roll_up=True, language="fa")).table is table


def test_what_is_said_of_groups_goes_by_the_same_day() -> None:
    old, new = Evidence("year"), Evidence("day")
    group = Group("a", "A", "A", strengths=(Strength(Figure(best=1), "x", old), Strength(Figure(best=2), "x", new)),
                  statements=(Statement("old", old), Statement("new", new)))  # fmt: skip
    ties = tuple(Relation("alliance", evidence, between=("a", "b")) for evidence in (old, new, Evidence()))
    table = replace(make_table(make_record("year")), groups={"a": group}, relations=ties)
    found = select_records(table, Choices(as_of=Moment(2020))).table
    assert [len(found.groups["a"].strengths), len(found.groups["a"].statements), len(found.relations)] == [1, 1, 1]


YEARS = st.lists(st.integers(2019, 2022), min_size=2, max_size=2)


@given(st.lists(st.sampled_from([*SOURCES, None]), max_size=8), YEARS)
def test_what_was_known_stays_known(sources: list[str | None], years: list[int]) -> None:
    """Of two days the later has all records of the earlier, and each record is kept or counted, once."""
    table = make_table(*map(make_record, sources))
    early, late = (select_records(table, Choices(as_of=Moment(year))) for year in sorted(years))
    assert set(early.table.records) <= set(late.table.records)
    for found in (early, late):
        assert len(found.table.records) + sum(found.hidden.values()) == len(sources)
        assert [claim.record for claim in found.table.claims] == list(range(len(found.table.records)))
        find_footprints(found.table)
