"""Dates of the Solar Hijri calendar, and years that are hardly meant."""

from __future__ import annotations

import pytest

from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence

GAZETTEER = read_gazetteer()
TABLE = """\
{head}levels: {{r: {{name: Reported}}}}
sources: {{q: {{title: T, date: {date}}}}}
groups: {{a: {{name: A}}}}
presence: [{{group: a, in: Kabul, source: q, level: r, observed: {observed}}}]
"""
SOLAR = "calendar: solar-hijri\n"


def read(head: str, date: str, observed: str) -> tuple[str, str, list[str]]:
    table, warnings = parse_presence(TABLE.format(head=head, date=date, observed=observed).encode(), "t", GAZETTEER)
    [record] = table.records
    return str(table.sources["q"].date), str(record.evidence.observed), [each.found for each in warnings]


@pytest.mark.parametrize(
    ("date", "observed", "days"),
    [
        ("1358-10-06", "1357-02-07", ("1979-12-27", "1978-04-27")),  # days that history knows by both calendars
        ("1380-06-18", "1400-05-24", ("2001-09-09", "2021-08-15")),
        ("1399-12-30", "1400-01-01", ("2021-03-20", "2021-03-21")),
        ("1403-12-30", "1404-01-01", ("2025-03-20", "2025-03-21")),
        ("1399-03-25", "1399-02", ("2020-06-14", "2020-04-20 to 2020-05-20")),
        ("1399-03-25", "1399", ("2020-06-14", "2020-03-20 to 2021-03-20")),
        ("1399-03-25", "{from: 1398, to: 1399-02}", ("2020-06-14", "2019-03-21 to 2020-05-20")),
        ("1399-03-25", "{from: 1398}", ("2020-06-14", "2019-03-21 to open")),
    ],
)
def test_solar_hijri(date: str, observed: str, days: tuple[str, str]) -> None:
    assert read(SOLAR, date, observed) == (*days, [])


def test_the_cut_off_of_a_month_is_its_last_day() -> None:
    text = TABLE.format(head=f"{SOLAR}as_of: 1399-02\n", date="1399-02-31", observed="1399-02-01")
    table, warnings = parse_presence(text.encode(), "t", GAZETTEER)
    assert (str(table.as_of), warnings) == ("2020-05-20", ())


@pytest.mark.parametrize(
    ("date", "said"),
    [("1400-12-30", "a day that is not in the Solar Hijri calendar"), ("1400-07-31", "a day that is not in"),
     ("1399-02", "which lies in two months or years of our calendar; expected a day: YYYY-MM-DD"),
     ("25/3/1399", "of that calendar, as the table's `calendar` says")],
)  # fmt: skip
def test_what_that_calendar_has_not_is_refused(date: str, said: str) -> None:
    with pytest.raises(TableError) as caught:
        read(SOLAR, date, "1399")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("head", "date", "found"),
    [
        ("", "1399-03-25", ["'1399-03-25', a year before 1900"]),
        ("", "2101", ["'2101', a year after 2100"]),
        (SOLAR, "2020-06-14", ["'2020-06-14', a year after 2100"]),
        ("", "1900", []),
        ("", "2100-12-31", []),
        ("calendar: gregorian\n", "2020-06-14", []),
    ],
)
def test_years_before_1900_and_after_2100_are_named(head: str, date: str, found: list[str]) -> None:
    assert read(head, date, "1399" if head == SOLAR else "2020")[2] == found
