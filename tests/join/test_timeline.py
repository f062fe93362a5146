"""Steps in time: where something changes, which records stand there, what is counted and what is a gap."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.join.filters import Choices, is_stale, select_records
from geo.join.footprints import Footprint, find_footprints
from geo.join.timeline import StepCount, add_all, count_units, find_changes, find_first_step, find_steps, take_step
from geo.model import Claim, Evidence, Group, Level, Moment, Period, Place, Record, Source, Span, Table

LEVELS = {
    "plain": Level("plain", "Plain"), "aging": Level("aging", "Aging", valid_for=Span(months=6)),
    "able": Level("able", "Able", footprint=False),
}  # fmt: skip
DATES = {"a": Moment(2020, 1), "b": Moment(2020, 7, 15), "c": Moment(2021), "none": None}


def make_record(
    source: str | None, observed: Period | None = None, level: str = "plain", group: str = "g", **more: str
) -> Record:
    return Record((group,), Place("in", ("K",)), level, Evidence(source, observed=observed), **more)  # type: ignore[arg-type]


def place_record(record: Record, kind: str, units: tuple[str, ...], finding: str) -> Record:
    """Place a record elsewhere; only one that names units, at a level of presence, may say what was not found."""
    found = finding if kind == "in" and record.level != "able" else "present"
    return replace(record, place=Place(kind, units), finding=found)


def make_table(*records: Record) -> Table:
    sources = {key: Source(key, key, date=day) for key, day in DATES.items()}
    groups = {key: Group(key, key, key) for key in ("g", "h")}
    claims = tuple(
        Claim(record.groups[0], unit, index) for index, record in enumerate(records) for unit in record.place.units
    )
    return Table("t", LEVELS, sources, groups, records, claims, as_of=Moment(2021))


def show(table: Table, by: str = "published") -> tuple[list[str], list[tuple[int, int, int] | None]]:
    found = find_steps(table, by)
    return [str(step) for step in found.steps], [
        (stay.first, stay.stale, stay.gone) if stay else None for stay in found.stays
    ]


YEAR = Period(Moment(2020), Moment(2020))


@pytest.mark.parametrize(
    ("records", "steps", "stays"),
    [
        ([make_record("a"), make_record("b"), make_record("a")], ["2020-01", "2020-07-15"],
         [(0, 2, 2), (1, 2, 2), (0, 2, 2)]),
        ([make_record("none"), make_record(None), make_record("a")], ["2020-01"], [None, None, (0, 1, 1)]),
        ([make_record("a", level="aging")], ["2020-01", "2020-08-01"], [(0, 1, 2)]),
        ([make_record("c", level="aging")], ["2021"], [(0, 1, 1)]),
        ([make_record("b", YEAR, "aging")], ["2020-07-15", "2021-07-01"], [(0, 1, 2)]),
        ([make_record("b", Period(Moment(2019, 3), Moment(2019, 3)), "aging")], ["2020-07-15"], [(0, 0, 1)]),
        ([make_record("b", Period(Moment(2019, 8), Moment(2019, 8)), "aging"), make_record("a")],
         ["2020-01", "2020-07-15"], [(1, 1, 2), (0, 2, 2)]),
        ([make_record("a", Period(Moment(2020, 5), None))], ["2020-05-01"], [(0, 1, 1)]),
        ([], [], []),
    ],
)  # fmt: skip
def test_steps_by_publication(
    records: list[Record], steps: list[str], stays: list[tuple[int, int, int] | None]
) -> None:
    assert show(make_table(*records)) == (steps, stays)


@pytest.mark.parametrize(
    ("records", "steps", "stays"),
    [
        ([make_record("b", YEAR)], ["2020", "2021-01-01"], [(0, 2, 1)]),
        ([make_record("b", Period(Moment(2020, 3), None))], ["2020-03"], [(0, 1, 1)]),
        ([make_record("b", Period(None, Moment(2019))), make_record("a")], ["2019", "2020-01", "2020-02-01"],
         [(0, 3, 1), (1, 3, 2)]),
        ([make_record("b", Period(None, Moment(2020, 6))), make_record("a")],
         ["2020-01", "2020-02-01", "2020-06", "2020-07-01"], [(0, 4, 3), (0, 4, 1)]),
        ([make_record("a")], ["2020-01", "2020-02-01"], [(0, 2, 1)]),
        ([make_record("a", level="aging")], ["2020-01", "2020-08-01"], [(0, 2, 1)]),
        ([make_record(None, YEAR), make_record("none")], ["2020", "2021-01-01"], [(0, 2, 1), None]),
    ],
)  # fmt: skip
def test_steps_by_observation(
    records: list[Record], steps: list[str], stays: list[tuple[int, int, int] | None]
) -> None:
    assert show(make_table(*records), "observed") == (steps, stays)


@pytest.mark.parametrize(
    ("evidence", "first"),
    [
        (Evidence(), (0, 0, 0)),
        (Evidence("none"), (0, 0, 0)),
        (Evidence("a"), (0, 0, 0)),
        (Evidence("b"), (1, 1, 2)),
        (Evidence("c"), (1, 2, 3)),
        (Evidence("a", observed=Period(Moment(2020, 3), None)), (1, 1, 2)),
        (Evidence("b", observed=Period(Moment(2019), Moment(2019))), (1, 1, 0)),
        (Evidence("b", observed=Period(None, Moment(2019))), (1, 1, 0)),
        (Evidence("none", observed=Period(Moment(2021), None)), (0, 0, 3)),
    ],
)
def test_what_stands_beside_records_is_said_from_a_step_on(evidence: Evidence, first: tuple[int, int, int]) -> None:
    table = make_table(make_record("a"), make_record("b"))
    published, observed = find_steps(table), find_steps(table, "observed")
    assert [str(step) for step in published.steps] == ["2020-01", "2020-07-15"]
    assert [str(step) for step in observed.steps] == ["2020-01", "2020-02-01", "2020-07-15", "2020-07-16"]
    timelines = (published, add_all(published, table), observed)
    assert tuple(find_first_step(evidence, table, each) for each in timelines) == first


def count(table: Table, choices: Choices = Choices(), by: str = "published") -> dict[str, list[tuple[int | None, int]]]:
    counts = count_units(table, find_steps(table, by), choices)
    return {group: [(each.named, each.old) for each in steps] for group, steps in counts.items()}


def test_a_gap_is_no_nought() -> None:
    table = make_table(
        make_record("a", level="aging"), make_record("c", level="aging"), make_record("b", group="h", finding="absent")
    )
    assert [str(step) for step in find_steps(table).steps] == ["2020-01", "2020-07-15", "2020-08-01", "2021"]
    assert count(table) == {
        "g": [(1, 0), (1, 0), (None, 1), (1, 0)], "h": [(None, 0), (0, 0), (0, 0), (0, 0)],
    }  # fmt: skip


OLD = make_record("a", level="aging")


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        (make_record("b"), [(1, 0), (1, 0), (1, 0)]),
        (make_record("b", finding="absent"), [(1, 0), (1, 0), (0, 0)]),
        (make_record("b", finding="inconclusive"), [(1, 0), (1, 0), (0, 0)]),
        (make_record("b", level="able"), [(1, 0), (1, 0), (0, 1)]),
        (replace(make_record("b"), place=Place("region", ("K",))), [(1, 0), (1, 0), (0, 0)]),
        (replace(make_record("b", finding="absent"), place=Place("region", ("K",))), [(1, 0), (1, 0), (None, 1)]),
    ],
)
def test_a_unit_counts_as_old_where_nothing_newer_speaks_of_it(
    other: Record, counts: list[tuple[int | None, int]]
) -> None:
    assert count(make_table(OLD, other)) == {"g": counts}


def test_of_a_level_only_what_passes_it_counts_as_old() -> None:
    assert count(make_table(OLD, make_record("b")), Choices(level="plain")) == {"g": [(None, 0), (1, 0), (1, 0)]}


@pytest.mark.parametrize(
    ("by", "records", "changes"),
    [
        ("published", [OLD, OLD, make_record("a"), make_record("c")], [(3, 0, 0), (0, 2, 0), (1, 0, 0)]),
        ("published", [make_record("b", Period(Moment(2019), Moment(2019)), "aging")], [(1, 0, 0)]),
        ("published", [make_record("none"), make_record("a")], [(1, 0, 0)]),
        ("observed", [OLD, make_record("none")], [(1, 0, 0), (0, 0, 1)]),
        ("published", [make_record(None)], []),
    ],
)  # fmt: skip
def test_what_a_step_changes(by: str, records: list[Record], changes: list[tuple[int, int, int]]) -> None:
    found = find_changes(find_steps(make_table(*records), by))
    assert [(each.begun, each.aged, each.ended) for each in found] == changes


RECORDS = st.lists(
    st.builds(
        place_record,
        st.builds(
            make_record,
            st.sampled_from([*DATES, None]),
            st.one_of(st.none(), st.integers(2018, 2022).map(lambda year: Period(Moment(year), Moment(year))),
                      st.integers(2018, 2022).map(lambda year: Period(Moment(year, 6), None)),
                      st.integers(2018, 2022).map(lambda year: Period(None, Moment(year)))),
            st.sampled_from([*LEVELS]),
            st.sampled_from(["g", "h"]),
        ),
        st.sampled_from(["in", "in", "region"]),
        st.sampled_from([("K",), ("L",), ("K", "L")]),
        st.sampled_from(["present", "present", "absent", "inconclusive"]),
    ),
    max_size=6,
)  # fmt: skip


@given(RECORDS)
def test_each_step_by_publication_is_the_map_as_of_its_day(records: list[Record]) -> None:
    """And the stays say the same: from them the page knows which records stand, and which are out of date."""
    table = make_table(*records)
    timeline = find_steps(table)
    for place, step in enumerate(timeline.steps):
        wanted = select_records(table, Choices(as_of=step)).table
        assert take_step(table, timeline, place) == wanted
        standing = [stay is not None and stay.first <= place < stay.gone for stay in timeline.stays]
        assert tuple(record for record, stands in zip(records, standing, strict=True) if stands) == wanted.records
        old = [stay.stale <= place for stay in timeline.stays if stay and stay.first <= place]
        assert old == [is_stale(record, wanted) for record in wanted.records]


@given(RECORDS)
def test_counts_are_those_of_the_footprints(records: list[Record]) -> None:
    table = make_table(*records)
    for by in ("published", "observed"):
        timeline = find_steps(table, by)
        counts = count_units(table, timeline, Choices())
        for place in range(len(timeline.steps)):
            prints = find_footprints(take_step(table, timeline, place))
            for group, found in counts.items():
                each = prints.get(group, Footprint())
                stands = each.named or each.region or each.absent or each.inconclusive or each.capabilities
                wanted = StepCount(len(each.named) if stands else None, len(each.stale))
                assert found[place] == wanted, (by, group, place)
                assert (found[place].named or 0) + found[place].old <= len({claim.unit for claim in table.claims})


@given(RECORDS)
def test_each_step_changes_something(records: list[Record]) -> None:
    """And over all of them each record that somebody can date begins once, and is never old before it begins."""
    table = make_table(*records)
    for by in ("published", "observed"):
        timeline = find_steps(table, by)
        changes = find_changes(timeline)
        # What is observed until a day stands before it too: that day is a step by observation, and may change nothing.
        assert by == "observed" or all(each.begun or each.aged for each in changes)
        assert sum(each.begun for each in changes) == len(records) - timeline.undated
        assert sum(each.aged + each.ended for each in changes) <= len(records)


@given(RECORDS)
def test_nothing_changes_between_two_steps(records: list[Record]) -> None:
    table = make_table(*records)
    timeline = find_steps(table)
    for earlier, later in zip(timeline.steps, timeline.steps[1:], strict=False):
        middle = earlier.last + (later.last - earlier.last) / 2
        if middle < later.last:
            between = Moment(middle.year, middle.month, middle.day)
            one, other = (select_records(table, Choices(as_of=day)).table for day in (earlier, between))
            assert find_footprints(one) == find_footprints(other)


@given(RECORDS)
def test_each_dated_record_stands_at_some_step(records: list[Record]) -> None:
    table = make_table(*records)
    for by in ("published", "observed"):
        timeline = find_steps(table, by)
        assert timeline.undated == timeline.stays.count(None)
        for stay in filter(None, timeline.stays):
            assert 0 <= stay.first < min(stay.gone, len(timeline.steps))
            if by == "published":
                assert stay.gone == len(timeline.steps)


def test_counts_take_twice_as_long_for_twice_as_many_steps() -> None:
    """Records that all stand on: each at a step of its own."""

    def measure(number: int) -> float:
        days = [date(2000, 1, 1) + timedelta(each) for each in range(number)]
        sources = {str(day): Source(str(day), "S", date=Moment(day.year, day.month, day.day)) for day in days}
        records = tuple(map(make_record, sources))
        table = replace(make_table(*records), sources=sources, as_of=None)
        timeline = find_steps(table)
        begun = time.process_time()
        counts = count_units(table, timeline, Choices())
        taken = time.process_time() - begun
        assert counts == {"g": (StepCount(1),) * number}
        return taken

    once, fourfold = (min(measure(number) for _ in range(3)) for number in (3_000, 12_000))
    assert fourfold < 8 * once


def test_without_dates_there_are_no_steps() -> None:
    timeline = find_steps(replace(make_table(make_record(None)), as_of=None))
    assert (timeline.steps, timeline.stays, timeline.undated) == ((), (None,), 1)
