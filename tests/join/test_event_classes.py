"""Classes of recorded events: every number in one class whose printed bounds hold it, and sums that lose nothing."""

from __future__ import annotations

import re
import sys
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PresenceError, name_install
from geo.join.class_breaks import METHODS, MOST_VALUES, Scale, break_values
from geo.join.event_classes import Sum, SumKey, class_activity, rate_events
from geo.model import Activity, EventCount, Moment, Unit

UNITS = {
    "A": Unit("A", "", "", "A", "", population=1_000_000),
    "B": Unit("B", "", "", "B", "", population=250_000),
    "C": Unit("C", "", "", "C", ""),
    "D": Unit("D", "", "", "D", "", population=0),
}
MONTHS = (Moment(2020, 1), Moment(2020, 2), Moment(2020, 3))
VALUES = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 100_000)), max_size=60)


def make_activity(*counts: EventCount, by: str = "month", groups: tuple[str, ...] = ("g", "h")) -> Activity:
    return Activity("t", by, {each: each.upper() for each in groups}, counts, MONTHS if by == "month" else (), (), {})


@pytest.mark.parametrize(
    ("values", "method", "classes", "uppers"),
    [
        ([], "fisher-jenks", 5, ()),
        ([0, 0], "quantiles", 5, ()),
        ([4], "head-tail", 5, (4,)),
        ([3, 3, 3, 1], "quantiles", 5, (1, 3)),
        ([1, 2, 3, 4, 5, 6], "fisher-jenks", 1, (6,)),
        ([1, 2, 2, 3, 50, 51, 99], "fisher-jenks", 3, (3, 51, 99)),
        ([1, 2, 3, 4, 5, 6, 7, 8], "quantiles", 4, (2, 4, 6, 8)),
        ([1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 9], "quantiles", 4, (1, 2, 9)),
        ([0, 10, 20, 30, 40, 100], "equal-interval", 3, (40, 100)),
        ([1, 1, 1, 1, 2, 3, 10, 20, 100, 500], "head-tail", 5, (20, 100, 500)),
    ],
)
def test_breaks(values: list[int], method: str, classes: int, uppers: tuple[int, ...]) -> None:
    assert break_values(values, method, classes) == Scale(uppers)


@settings(max_examples=settings().max_examples // 2)
@given(VALUES, st.sampled_from(sorted(METHODS)), st.integers(1, 9))
def test_every_positive_value_is_in_one_class_that_prints_it(values: list[int], method: str, classes: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scale = break_values(values, method, classes)
    positive = {value for value in values if value > 0}
    assert len(scale.uppers) <= classes
    assert list(scale.uppers) == sorted(set(scale.uppers))
    assert set(scale.uppers) <= positive
    assert scale.uppers[-1:] == ((max(positive),) if positive else ())
    bounds = [scale.bound(place) for place in range(len(scale.uppers))]
    for value in values:
        holding = [place for place, (low, high) in enumerate(bounds) if low <= value <= high]
        assert holding == ([scale.find_class(value)] if value else [])
    classed = [scale.find_class(value) for value in sorted(positive)]
    assert classed == sorted(classed, key=lambda place: place if place is not None else -1)
    assert scale == break_values(values[::-1], method, classes)


def test_natural_breaks_of_very_many_values_take_some_of_them() -> None:
    many = [1 + number * number % 997 for number in range(20 * MOST_VALUES)]
    scale = break_values(many)
    assert len(scale.uppers) == 5
    assert scale.uppers[-1] == max(many)


@pytest.mark.parametrize("method", ["natural", "", "FisherJenks"])
def test_an_unknown_method_names_those_there_are(method: str) -> None:
    with pytest.raises(PresenceError, match="fisher-jenks, quantiles, equal-interval, head-tail"):
        break_values([1], method)


def test_without_mapclassify_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mapclassify", None)
    assert break_values([1, 2]) == Scale((1, 2))  # as many classes as numbers need nothing
    with pytest.raises(PresenceError, match=re.escape(name_install("mapclassify", "pyarrow"))):
        break_values([1, 2, 3], classes=2)


def test_sums_of_the_whole_time_hold_what_no_period_does() -> None:
    classed = class_activity(
        make_activity(
            EventCount(None, "A", MONTHS[0], 3, 1), EventCount(None, "A", MONTHS[2], 2),
            EventCount(None, "A", None, 4, 2), EventCount("g", "A", MONTHS[0], 3, 1),
            EventCount("h", "B", MONTHS[0], 0),
        ),
        UNITS,
    )  # fmt: skip
    assert classed.steps == (None, *MONTHS)
    assert classed.groups == (None, "g", "h")
    assert classed.find_sum(SumKey(None, "A")) == Sum(9, 3, 3, 3)
    assert [classed.find_sum(SumKey(None, "A", month)) for month in MONTHS] == [Sum(3, 1, 1, 1), Sum(), Sum(2, None)]
    assert classed.find_sum(SumKey("h", "B")) == Sum()
    assert classed.counts.whole == Scale((3, 9))
    assert classed.counts.single == Scale((2, 3))


@pytest.mark.parametrize("by", ["all", "month"])
def test_one_period_or_none_is_the_whole_time(by: str) -> None:
    activity = Activity("t", by, {}, (EventCount(None, "A", None, 4),), MONTHS[:1] if by == "month" else (), (), {})
    classed = class_activity(activity, UNITS)
    assert classed.steps == (None,)
    assert classed.counts.single == Scale()


@pytest.mark.parametrize(
    ("events", "people", "decimals", "rate"),
    [(1, 100_000, 1, 10), (1, 1_000_000, 1, 1), (1, 200_000, 0, 1), (1, 5_029_850, 2, 2), (0, 7, 3, 0)],
)
def test_rates_are_rounded_half_upwards(events: int, people: int, decimals: int, rate: int) -> None:
    assert rate_events(events, people, decimals) == rate


def test_a_unit_without_people_has_no_rate() -> None:
    classed = class_activity(make_activity(*(EventCount(None, code, MONTHS[0], 1) for code in UNITS)), UNITS)
    assert {code: classed.find_rate(SumKey(None, code)) for code in UNITS} == {"A": 1, "B": 4, "C": None, "D": None}
    assert classed.find_class(SumKey(None, "C"), "rate") is None
    assert classed.find_class(SumKey(None, "C")) == 0


def test_events_of_a_unit_that_the_map_lacks_are_no_silence() -> None:
    with pytest.raises(PresenceError, match="'Z', which the map does not have"):
        class_activity(make_activity(EventCount(None, "Z", None, 1)), UNITS)


CELLS = st.tuples(
    st.sampled_from([None, "g", "h"]), st.sampled_from(sorted(UNITS)), st.sampled_from([None, *MONTHS]),
    st.integers(0, 400), st.none() | st.integers(0, 9),
)  # fmt: skip


@settings(max_examples=settings().max_examples // 4)
@given(st.lists(CELLS, max_size=25), st.sampled_from(sorted(METHODS)))
def test_every_cell_with_events_has_a_class_and_no_rate_is_printed_as_nothing(rows: list[Any], method: str) -> None:
    activity = make_activity(*(EventCount(*row) for row in rows))
    classed = class_activity(activity, UNITS, method=method)
    for group in classed.groups:
        for code in UNITS:
            for step in classed.steps:
                cell = SumKey(group, code, step)
                is_recorded = classed.find_sum(cell).events > 0
                assert (classed.find_class(cell) is not None) == is_recorded
                assert (classed.find_class(cell, "rate") is not None) == (is_recorded and code in classed.people)
                assert bool(classed.find_rate(cell)) == (is_recorded and code in classed.people)
    whole = sum(classed.find_sum(SumKey("g", code)).events for code in UNITS)
    assert whole == sum(events for group, _, _, events, _ in rows if group == "g")
