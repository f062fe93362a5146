"""A chunk becomes counts: why an event does not count, in which period it falls, and for whom it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.events.count_chunk import Rules
from geo.events.files.formats import Limit, find_format
from geo.events.periods import count_days, list_periods, name_period
from geo.events.tally import Counts, add_counts, subtract_counts
from geo.model import Moment
from tests.events.conftest import ACTORS, PAIR, Write, event, tally

JULY = 2020 * 12 + 6


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({}, "counted"),
        ({"longitude": "", "latitude": ""}, "no_coordinates"),
        ({"longitude": ""}, "no_coordinates"),
        ({"longitude": " ", "latitude": "31.5"}, "no_coordinates"),
        ({"longitude": "", "latitude": "", "event_date": ""}, "incomplete"),
        ({"longitude": "NA", "latitude": "NA"}, "no_coordinates"),
        ({"longitude": "NA", "latitude": "NULL", "event_date": " N/A"}, "incomplete"),
        ({"event_date": "NA"}, "undated"),
        ({"actor1": "NA"}, "unmapped"),
        ({"longitude": "-", "latitude": "n/a"}, "no_coordinates"),
        ({"longitude": "#N/A"}, "bad_coordinates"),
        ({"actor1": "-"}, "unmapped"),
        ({"longitude": "sixty"}, "bad_coordinates"),
        ({"longitude": "61,5"}, "bad_coordinates"),
        ({"latitude": "nan"}, "bad_coordinates"),
        ({"latitude": "inf"}, "bad_coordinates"),
        ({"latitude": "131.5"}, "bad_coordinates"),
        ({"longitude": "361.5"}, "bad_coordinates"),
        ({"longitude": "31.5", "latitude": "61.5"}, "swapped"),
        ({"longitude": "10.5", "latitude": "50.5"}, "outside"),
        ({"geo_precision": "4"}, "imprecise"),
        ({"geo_precision": ""}, "imprecise"),
        ({"geo_precision": " 3 "}, "counted"),
        ({"geo_precision": "3.0"}, "counted"),
        ({"event_date": ""}, "undated"),
        ({"event_date": "07/01/2020"}, "undated"),
        ({"event_date": "2020-02-30"}, "undated"),
        ({"event_date": "0202-07-01"}, "far_year"),
        ({"event_date": "1899-12-31"}, "far_year"),
        ({"event_date": "1900-01-01"}, "counted"),
        ({"event_date": "2100-12-31"}, "counted"),
        ({"event_date": "2101-01-01"}, "far_year"),
        ({"latitude": "Latitude", "longitude": " longitude", "event_date": "event_date"}, "header"),
        ({"latitude": "#geo+lat", "longitude": "#geo+lon", "event_date": "#date"}, "header"),
        ({"latitude": "latitude"}, "bad_coordinates"),
        ({"event_date": "1 July 2020"}, "counted"),
        ({"event_date": "01-07-2020"}, "counted"),
        ({"actor1": "Talib"}, "unmapped"),
        ({"actor1": "Taliban - Red Unit"}, "unmapped"),
        ({"actor1": "TALIBAN"}, "counted"),
        ({"actor1": "", "assoc_actor_2": "Labour Group; taleban"}, "counted"),
        ({"actor1": "Civilians"}, "unmapped"),
        ({"actor1": ""}, "unmapped"),
        ({"longitude": "61", "latitude": "31"}, "counted"),
    ],
)
def test_why_an_event_counts_or_not(cells: dict[str, str], reason: str, write: Write):
    assert tally(write([event(**cells)])).counts.tally == {"read": 1, reason: 1}


def test_a_file_without_precision_is_not_trusted_with_the_middle_of_a_country(write: Write):
    header = ("id", "date", "lat", "lon", "actor")
    rows = [
        ("1", "2020-07-01", "31", "61", "IS"),
        ("2", "2020-07-01", "31.0001", "62.0004", "IS"),
        ("3", "2020-07-01", "31.01", "62.01", "IS"),
    ]
    found = tally(write(rows, header=header), centres=((62.0, 31.0),))
    assert found.counts.tally == {"read": 3, "counted": 1, "country_centre": 2}


@pytest.mark.parametrize(
    ("by", "cells", "period"),
    [
        ("month", {}, JULY),
        ("year", {}, 2020),
        ("all", {}, -1),
        ("day", {}, count_days(Moment(2020, 7, 1).first) + 719163),
        ("day", {"time_precision": "2"}, -1),
        ("month", {"time_precision": "2"}, -1),
        ("month", {"time_precision": "2", "event_date": "2020-07-15"}, JULY),
        ("month", {"time_precision": "3"}, JULY),
        ("month", {"time_precision": "9"}, -1),
        ("year", {"time_precision": ""}, 2020),
    ],
)
def test_the_period_of_an_event(by: str, cells: dict[str, str], period: int, write: Write):
    rows = tally(write([event(**cells)]), by=by).counts.rows
    assert rows == {(None, 0, period): (1, 2, 1, 2, 2), ("taliban", 0, period): (1, 2, 1, 2, 2)}


@pytest.mark.parametrize(("exactness", "counted"), [("1", True), ("2", False), ("3", False), ("", False)])
def test_a_date_that_may_mean_other_days_is_not_surely_in_the_time_asked_for(
    exactness: str, counted: bool, write: Write
):
    bounds = [count_days(Moment(2020, 3, day).first) for day in (14, 16)]
    path = write([event(event_date="2020-03-15", time_precision=exactness)])
    found = tally(path, by="all", since=bounds[0], until=bounds[1]).counts.tally
    assert found == {"read": 1, "counted" if counted else "out_of_time": 1}


GED = ("id", "side_a", "side_b", "where_prec", "latitude", "longitude", "date_start", "date_end", "best")


@pytest.mark.parametrize(
    ("start", "end", "by", "period"),
    [
        ("2020-07-01 00:00:00.000", "2020-07-31 00:00:00.000", "month", JULY),
        ("2020-07-31", "2020-08-01", "month", -1),
        ("2020-07-31", "2020-08-01", "year", 2020),
        ("2020-12-31", "2021-01-01", "year", -1),
        ("2020-07-31", "", "day", 737637),
        ("2020-07-31", "2020-07-01", "month", None),
        ("2020-07-31", "soon", "month", None),
    ],
)
def test_an_event_of_several_days(start: str, end: str, by: str, period: int | None, write: Write):
    rows = [("1", "Taleban", "IS", "1", "31.5", "61.5", start, end, "3")]
    found = tally(write(rows, header=GED), by=by).counts
    assert {when for _, _, when in found.rows} == ({period} if period is not None else set())
    assert found.tally == {"read": 1, "counted" if period is not None else "undated": 1}


@pytest.mark.parametrize(
    ("since", "until", "counted"),
    [
        (None, None, 3),
        ("2020-07-02", None, 2),
        (None, "2020-07-02", 1),
        ("2020-07-02", "2020-07-02", 0),
        ("2021-01-01", None, 0),
    ],
)
def test_what_is_not_surely_in_the_time_asked_for_does_not_count(
    since: str | None, until: str | None, counted: int, write: Write
):
    days = [("2020-07-01", "2020-07-01"), ("2020-07-02", "2020-07-03"), ("2020-07-04", "2020-07-04")]
    rows = [(str(place), "IS", "", "1", "31.5", "61.5", *pair, "0") for place, pair in enumerate(days)]
    bounds = [None if day is None else count_days(Moment(*map(int, day.split("-"))).first) for day in (since, until)]
    found = tally(write(rows, header=GED), by="all", since=bounds[0], until=bounds[1]).counts.tally
    assert found.get("counted", 0) == counted
    assert found.get("out_of_time", 0) == 3 - counted


GTD = (
    "eventid",
    "iyear",
    "imonth",
    "iday",
    "specificity",
    "latitude",
    "longitude",
    "gname",
    "gname2",
    "gname3",
    "nkill",
)


@pytest.mark.parametrize(
    ("parts", "by", "period"),
    [
        (("2020", "7", "1"), "month", JULY), (("2020", "7", "0"), "month", JULY), (("2020", "7", "0"), "day", -1),
        (("2020", "0", "0"), "month", -1), (("2020", "0", "0"), "year", 2020), (("2020", "0", "5"), "month", -1),
        (("2020", "13", "1"), "month", None), (("", "", ""), "month", None), (("2020.0", "7.0", "1.0"), "day", 737607),
        (("999999999999", "7", "1"), "month", None), (("2020", "9" * 30, "1"), "month", None),
        (("9" * 5000, "7", "1"), "month", None),
    ],
)  # fmt: skip
def test_a_date_in_three_columns_whose_parts_may_be_unknown(
    parts: Sequence[str], by: str, period: int | None, write: Write
):
    rows = [("1", *parts, "1", "31.5", "61.5", "Taliban", "IS", "", "")]
    found = tally(write(rows, header=GTD), by=by).counts
    assert {when for _, _, when in found.rows} == ({period} if period is not None else set())


def test_an_event_counts_once_for_each_group_that_took_part_and_once_for_any(write: Write):
    rows = [
        event(1, actor1="Taliban", actor2="Taleban", assoc_actor_1="TALIBAN; IS"),
        event(2, actor1="IS", fatalities=""),
        event(3, actor1="Police", longitude="63.5", actor2="Civilians"),
    ]
    found = tally(write(rows)).counts
    assert found.rows == {
        (None, 0, JULY): (2, 2, 1, 2, 2), ("taliban", 0, JULY): (1, 2, 1, 2, 2), ("isis-k", 0, JULY): (2, 2, 1, 2, 2),
    }  # fmt: skip
    assert found.actors == {"Taliban": 1, "Taleban": 1, "TALIBAN": 1, "IS": 2, "Police": 1, "Civilians": 1}


@pytest.mark.parametrize(
    ("deaths", "row"),
    [
        ("", (1, 0, 0)),
        ("0", (1, 0, 1)),
        ("-99", (1, 0, 0)),
        ("many", (1, 0, 0)),
        ("10+", (1, 0, 0)),
        ("2.5", (1, 0, 0)),
        ("1.200", (1, 0, 0)),
        ("1,20", (1, 0, 0)),
        ("1,200", (1, 1200, 1)),
        ("1 200", (1, 1200, 1)),
        ("1,234,567", (1, 1234567, 1)),
        ("NA", (1, 0, 0)),
        ("2.0", (1, 2, 1)),
        ("1e30", (1, 0, 0)),
        ("nan", (1, 0, 0)),
    ],
)
def test_deaths_that_are_not_stated_are_no_nought(deaths: str, row: tuple[int, int, int], write: Write):
    assert tally(write([event(fatalities=deaths)])).counts.rows["taliban", 0, JULY] == (*row, row[1], row[1])


def test_an_actor_counts_once_an_event_however_often_it_is_named(write: Write):
    path = write([event(1, actor1="x", actor2="x", assoc_actor_1="x; y;x"), event(2, actor1="y")])
    assert tally(path).counts.actors == {"x": 1, "y": 2}


def test_a_cell_shows_why(write: Write):
    odd = [{"longitude": "61,5"}, {"longitude": "60,5"}, {"event_date": "03/04/2020"}, {"latitude": "999"}]
    path = write([event(number, **cells) for number, cells in enumerate(odd)])
    for rows in (1, 1000):
        assert tally(path, rows=rows).counts.samples == {
            "bad_coordinates": ((str(path), 2, "61,5"), (str(path), 3, "60,5"), (str(path), 5, "999")),
            "undated": ((str(path), 4, "03/04/2020"),),
        }


def test_without_a_map_all_events_count_as_they_are(write: Write):
    found = tally(write([event(1), event(2, actor1="Anyone")]), actors=None).counts
    assert found.rows == {(None, 0, JULY): (2, 4, 2, 4, 4)}
    assert not found.actors


def test_places_are_kept_only_when_asked_for(write: Write):
    path = write([event(1), event(2), event(3, longitude="61.50004")])
    assert tally(path).counts.places == {}
    assert tally(path, places=True).counts.places == {
        (615000, 315000, None, JULY): 3, (615000, 315000, "taliban", JULY): 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("size", "asked", "allowed"),
    [("province", None, ("1", "2", "3", "4")), ("district", None, ("1", "2", "3")), ("province", ("1",), ("1",))],
)
def test_the_limit_of_precision(size: str, asked: tuple[str, ...] | None, allowed: tuple[str, ...]):
    assert Rules(PAIR, ACTORS, size=size, precision=asked).allow(find_format("ucdp-ged").precision) == allowed


def test_a_format_without_a_limit_for_such_units_takes_all():
    assert Rules(PAIR, size="district").allow(Limit("p", {"province": ("1",)})) is None
    assert Rules(PAIR).allow(None) is None


KEYS = st.tuples(st.sampled_from([None, "a", "b"]), st.integers(0, 3), st.integers(-1, 5))
NUMBERS = st.tuples(*[st.integers(0, 9)] * 5)
WORDS = st.dictionaries(st.sampled_from("xyz"), st.integers(1, 9))
LEFT = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(-1, 5)), st.integers(1, 9))
SPANS = st.dictionaries(st.sampled_from("xyz"), st.tuples(st.integers(0, 9), st.integers(9, 20)))
COUNTS = st.builds(
    Counts, st.dictionaries(KEYS, NUMBERS), WORDS, WORDS, st.just({}), left=LEFT, spans=SPANS, types=WORDS
)


@given(COUNTS, COUNTS, COUNTS)
def test_counts_add_up_in_any_order_and_grouping(one: Counts, two: Counts, three: Counts):
    left = add_counts([add_counts([one, two]), three])
    assert left == add_counts([one, add_counts([two, three])]) == add_counts([three, one, two])
    assert add_counts([one, add_counts([])]) == one


@given(COUNTS, COUNTS)
def test_what_is_added_can_be_taken_away(one: Counts, two: Counts):
    found = subtract_counts(add_counts([one, two]), two)
    assert found.rows == {key: row for key, row in one.rows.items() if row[0]}
    assert found.actors == one.actors
    assert found.left == one.left


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ({}, {}),
        ({"actor1": "Police"}, {(0, JULY): 1}),
        ({"event_date": "soon"}, {(0, -1): 1}),
        ({"event_date": "1020-07-01"}, {(0, -1): 1}),
        ({"event_date": "2020-06-28", "time_precision": "2"}, {(0, -1): 1}),
        ({"event_date": "2020-05-01"}, {}),
        ({"event_date": "2020-09-01"}, {}),
        ({"geo_precision": "4"}, {}),
        ({"longitude": "10", "latitude": "50"}, {}),
        ({"longitude": ""}, {}),
    ],
)
def test_what_is_left_out_of_a_unit_is_counted_there(cells: dict[str, str], left: dict[Any, int], write: Write):
    path = write([event(1, **cells)])
    since, until = count_days(date(2020, 7, 1)), count_days(date(2020, 7, 31))
    assert tally(path, since=since, until=until).counts.left == left


def test_days_of_all_events_tell_what_a_file_covers(write: Write):
    days = ("2020-07-05", "2019-01-31", "2020-12-01", "soon", "1020-01-01", "2999-01-01")
    rows = [event(number, event_date=day) for number, day in enumerate(days)]
    path = write([*rows, event(9, event_date="2021-02-03", longitude="10", latitude="50")])
    for size, by in ((1, "day"), (100, "all")):
        found = tally(path, rows=size, by=by).counts.spans
        assert found == {str(path): (count_days(date(2019, 1, 31)), count_days(date(2021, 2, 3)))}


def test_no_period_between_the_first_and_the_last_is_left_out():
    found = list_periods({JULY, JULY + 7}, "month")
    assert [str(each) for each in found] == [
        "2020-07", "2020-08", "2020-09", "2020-10", "2020-11", "2020-12", "2021-01", "2021-02",
    ]  # fmt: skip
    assert list_periods({-1}, "month") == ()
    reach = count_days(date(2020, 6, 30)), count_days(date(2020, 9, 1))
    assert [str(each) for each in list_periods({JULY}, "month", reach)] == ["2020-06", "2020-07", "2020-08", "2020-09"]
    assert [str(each) for each in list_periods({-1}, "quarter", reach)] == ["2020-Q2", "2020-Q3"]
    assert [str(each) for each in list_periods((), "week", reach)][::9] == ["2020-W27", "2020-W36"]
    assert list_periods({-1}, "all", reach) == ()
    assert [str(each) for each in list_periods({JULY}, "month", reach, 3)] == ["2020-07"]
    assert name_period(2020, "year") == Moment(2020)
