"""Dates of events fall into periods: in one where all days that they may mean lie in it, else in none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geo.events.files.cell_values import strip
from geo.events.files.cells import Cells, Chunk, join_cells
from geo.events.files.formats import EventFormat, Limit
from geo.model import Activity, Moment, Quarter, Week

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Days = NDArray[np.int64]

__all__ = [
    "BY", "DATE_PARTS", "EPOCH", "NEVER", "UNSURE", "count_days", "find_days", "find_periods", "list_panel_periods",
    "list_periods", "name_period", "number_periods", "widen_days",
]  # fmt: skip

BY = ("all", "year", "quarter", "month", "week", "day")
NEVER = -(2**31)
"""In place of a day: no date, or none that the format's forms understand."""

UNSURE = -1
"""In place of a period: the days that a date may mean lie in more than one."""

DATE_PARTS = ("part0", "part1", "part2")
"""Columns of year, month and day."""

EPOCH = date(1970, 1, 1).toordinal()
"""Days from the beginning of the calendar to 1 January 1970."""

MOST_STEPS = 4000
"""Periods from the first to the last; of more, those without an event are gaps."""

ISO = "%Y-%m-%d"
CLOCK = re.compile(
    r"[T ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[AaPp][Mm])?( ?(Z|z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?))?$"
)
"""A time of day, with its zone or not: the day is the one that the file says."""

YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})|([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
"""Year, month and day: nobody writes the day in the middle."""

LONGEST = 40
"""Letters of the longest date that is tried."""


def count_days(day: date) -> int:
    """Count the days since 1 January 1970.

    Examples
    --------
    >>> count_days(date(1970, 1, 2))
    1
    """
    return day.toordinal() - EPOCH


def find_days(chunk: Chunk, form: EventFormat) -> tuple[Days, Days]:
    """Find the first and the last day that each event may lie on, since 1 January 1970; `NEVER` where there is no date.

    A row is an event: ``start`` and perhaps ``end``, or ``part0`` to ``part2`` (year, month and day; 0 is unknown).

    Examples
    --------
    >>> from geo.events.files.formats import find_format
    >>> chunk = Chunk(np.arange(3), {"start": Cells(["2019-09", "1 May 2020", "soon"], "start")})
    >>> [found.tolist() for found in find_days(chunk, find_format("generic"))]
    [[18140, 18383, -2147483648], [18169, 18383, -2147483648]]
    """
    if parts := [chunk[name] for name in DATE_PARTS if name in chunk]:
        return _read_all(*join_cells(parts, "-"), _read_parts)
    if "start" not in chunk:
        return (np.full(len(chunk), NEVER),) * 2
    start = _read_all(chunk["start"].codes, chunk["start"].texts, lambda each: _read_days(each, form.dates))
    if "end" not in chunk:
        return start
    end = _read_all(chunk["end"].codes, chunk["end"].texts, lambda each: _read_days(each, form.dates))
    last = np.where(chunk["end"].ask(str.strip, bool), end[1], start[1])
    is_known = (start[0] != NEVER) & (last != NEVER) & (last >= start[0])
    return np.where(is_known, start[0], NEVER), np.where(is_known, last, NEVER)


def _read_all(codes: Days, texts: list[str], read: Callable[[str], tuple[int, int]]) -> tuple[Days, Days]:
    """Read each different text once."""
    days = np.array([read(text.strip()) for text in texts], np.int64).reshape(-1, 2)[codes]
    return days[:, 0], days[:, 1]


@lru_cache(maxsize=50_000)
def _read_days(text: str, forms: tuple[str, ...]) -> tuple[int, int]:
    """Read a date by the first form that fits: as it is written, without a time of day, then with the year first."""
    day = CLOCK.sub("", text) if len(text) <= LONGEST else ""
    year_first = YEAR_FIRST.fullmatch(day)
    for each, known in (
        (text, forms),
        (day, forms),
        ("-".join(filter(None, year_first.groups())) if year_first else "", (ISO,)),
    ):
        for form in known if 0 < len(each) <= LONGEST and (known is forms or ISO in forms) else ():
            try:
                moment = datetime.strptime(each, form)  # a day has no zone
            except ValueError:
                continue
            has_month = any(sign in form for sign in ("%m", "%B", "%b"))
            return _bound(moment.year, moment.month if has_month else 0, moment.day if "%d" in form else 0)
    return NEVER, NEVER


def _read_parts(text: str) -> tuple[int, int]:
    parts = [part.strip().removesuffix(".0") for part in text.split("-")]
    if len(text) > LONGEST or not all(part.isdecimal() for part in parts):
        return NEVER, NEVER
    return _bound(*map(int, parts))


def _bound(year: int, month: int = 0, day: int = 0) -> tuple[int, int]:
    try:
        moment = Moment(year, month or None, (day or None) if month else None)
        return count_days(moment.first), count_days(moment.last)
    except (ValueError, OverflowError):
        return NEVER, NEVER


def widen_days(first: Days, last: Days, exactness: Cells, limit: Limit) -> tuple[Days, Days]:
    """Widen dates of `find_days` to all days that they may mean, by what a file says of how exact they are.

    The limit has values for ``day``, ``week``, ``month`` and ``year``; what it does not know is as good as a year.

    Examples
    --------
    >>> days = np.array([18383] * 3)  # 1 May 2020
    >>> limit = Limit("p", {"day": ("1",), "week": ("2",), "month": ("3",)})
    >>> [found.tolist() for found in widen_days(days, days, Cells(["1", "2", "3"], "exactness"), limit)]
    [[18383, 18377, 18383], [18383, 18389, 18413]]
    """
    is_known = first != NEVER
    length_of = {value: length[0] for length in ("day", "week", "month") for value in limit.allowed.get(length, ())}
    lengths = exactness.ask(lambda cell: length_of.get(strip(cell), "y"), "U1")
    week = is_known & (lengths == "w")
    first, last = np.where(week, first - 6, first), np.where(week, last + 6, last)
    for unit, which in (("M", lengths == "m"), ("Y", lengths == "y")):
        rows = is_known & which
        begin = first[rows].astype("datetime64[D]").astype(f"datetime64[{unit}]")
        end = last[rows].astype("datetime64[D]").astype(f"datetime64[{unit}]") + 1
        first[rows] = begin.astype("datetime64[D]").astype(np.int64)
        last[rows] = end.astype("datetime64[D]").astype(np.int64) - 1
    return first, last


def find_periods(first: Days, last: Days, by: str) -> Days:
    """Find the period, by one of `BY`, that surely holds each event with a date from `find_days`.

    It is a number, see `name_period`, or `UNSURE`.

    Examples
    --------
    >>> find_periods(np.array([18140, 18169]), np.array([18169, 18170]), "month").tolist()
    [24236, -1]
    """
    if by == "all":
        return np.full(len(first), UNSURE, np.int64)
    numbers = [number_periods(days, by) for days in (first, last)]
    return np.where(numbers[0] == numbers[1], numbers[0], UNSURE)


def number_periods(days: Days, by: str) -> Days:
    """Number the periods in which days lie: years, quarters or months since year 0, weeks or days since year 1.

    Examples
    --------
    >>> [number_periods(np.array([18383]), by).tolist() for by in BY[1:]]
    [[2020], [8081], [24244], [105363], [737546]]
    """
    if by in ("week", "day"):
        return (days + EPOCH - 1) // 7 if by == "week" else days + EPOCH
    unit = "Y" if by == "year" else "M"
    numbers = days.astype("datetime64[D]").astype(f"datetime64[{unit}]").astype(np.int64)
    return numbers + 1970 if by == "year" else (numbers + 1970 * 12) // (3 if by == "quarter" else 1)


def name_period(number: int, by: str) -> Moment | None:
    """Give the moment of a period by its number.

    Examples
    --------
    >>> str(name_period(24236, "month")), name_period(UNSURE, "month")
    ('2019-09', None)
    """
    if number == UNSURE:
        return None
    if by == "year":
        return Moment(number)
    if by == "month":
        return Moment(number // 12, number % 12 + 1)
    if by == "quarter":
        return Quarter(number // 4, number % 4 * 3 + 1)
    day = date.fromordinal(number * 7 + 1 if by == "week" else number)
    return (Week if by == "week" else Moment)(day.year, day.month, day.day)


def list_periods(
    numbers: Iterable[int], by: str, ends: Sequence[int] = (), most: int = MOST_STEPS
) -> tuple[Moment, ...]:
    """List all periods from the first to the last of some, those that are missing as well, unless there are too many.

    ``ends`` are days, since 1 January 1970, from which and to which the list reaches at least; of too many periods,
    those stand there alone that are among ``numbers``.

    Examples
    --------
    >>> [str(each) for each in list_periods({24236, 24238, UNSURE}, "month")]
    ['2019-09', '2019-10', '2019-11']
    """
    known = {number for number in numbers if number != UNSURE}
    reach = known | ({*number_periods(np.array(ends), by).tolist()} if ends and by != "all" else set())
    wanted: Sequence[int] = range(min(reach), max(reach) + 1) if reach else ()
    if len(wanted) > most:
        wanted = sorted(known)
    return tuple(moment for number in wanted if (moment := name_period(number, by)))


def list_panel_periods(activity: Activity) -> tuple[Moment | None, ...]:
    """List all periods that a panel has, however many: those of a slider may be too many, and have gaps.

    Examples
    --------
    >>> years = Moment(2001), Moment(2003)
    >>> [str(each) for each in list_panel_periods(Activity("t", "year", {}, (), years, (), {}))]
    ['2001', '2002', '2003']
    """
    if activity.by == "all":
        return (None,)
    ends = [count_days(period.first) for period in (*activity.periods[:1], *activity.periods[-1:])]
    return list_periods((), activity.by, ends, date.max.toordinal())
