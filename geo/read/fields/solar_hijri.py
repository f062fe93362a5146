"""The Solar Hijri calendar, in which Afghan sources date: its days as those of the Gregorian calendar."""

from __future__ import annotations

from datetime import date, timedelta

from geo.model import Moment

__all__ = ["convert_moment"]

START = date(2020, 3, 20)
"""The first day of 1399."""
START_YEAR = 1399
LAST_YEAR = 9_000
LONG, SHORT = 31, 30


def convert_moment(year: int, month: int | None, day: int | None) -> tuple[Moment, Moment] | None:
    """Give the first and the last day, in the Gregorian calendar, of a year, month or day of the Solar Hijri calendar.

    None for a day that the calendar does not have. Leap years follow the cycle of 33 years, which holds from 1178 to
    1633.

    Examples
    --------
    >>> [str(day) for day in convert_moment(1380, 6, 18)], [str(day) for day in convert_moment(1399, None, None)]
    (['2001-09-09', '2001-09-09'], ['2020-03-20', '2021-03-20'])
    >>> convert_moment(1400, 12, 30)
    """
    lengths = [LONG] * 6 + [SHORT] * 5 + [SHORT if _is_leap(year) else SHORT - 1]
    if year > LAST_YEAR or not 1 <= (month or 1) <= len(lengths) or not 1 <= (day or 1) <= lengths[(month or 1) - 1]:
        return None
    start = _find_new_year(year) + timedelta(sum(lengths[: (month or 1) - 1]) + (day or 1) - 1)
    length = 1 if day else lengths[month - 1] if month else sum(lengths)
    end = start + timedelta(length - 1)
    return Moment(start.year, start.month, start.day), Moment(end.year, end.month, end.day)


def _is_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def _find_new_year(year: int) -> date:
    """Give the first day of a year."""
    first, last = sorted((year, START_YEAR))
    days = 365 * (last - first) + sum(map(_is_leap, range(first, last)))
    return START + timedelta(days if year > START_YEAR else -days)
