"""Dates and periods: ISO form, true to the calendar, compared with the table's cut-off and never with the clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from geo.errors import Problem, TableError
from geo.model import Moment, Period, Span
from geo.read.common.nodes import Node, quote
from geo.read.fields.scalars import read_text
from geo.read.fields.solar_hijri import convert_moment
from geo.read.fields.table_context import TableContext

__all__ = [
    "SOLAR_HIJRI", "SPAN", "SPAN_EXPECTED", "Date", "build_period", "is_after", "read_day", "read_moment", "read_span",
]  # fmt: skip

ISO = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
YEAR_LAST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{2,4})")
YEAR_FIRST = re.compile(
    r"([0-9]{4})(?:[./-]([0-9]{1,2})(?:[./-]([0-9]{1,2}))?|([0-9]{2})([0-9]{2}))(?:[T ][0-9]{2}:.*)?"
)
NAMED = re.compile(r"(?:([0-9]{1,2})[\s.-]+)?([A-Za-z]{3,9})\.?[\s-]+(?:([0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?([0-9]{4})")
DROPPED = re.compile(r"[0-9]{4}\.1")
"""January, or October as a spreadsheet keeps the number 2020.10."""

MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
               "november", "december")  # fmt: skip
SOLAR_HIJRI = "solar-hijri"
FIRST_YEAR, LAST_YEAR = 1900, 2100
LIKELY = (1250, 1500)
"""Years that may be of the Solar Hijri calendar."""
EXPECTED = "a date as YYYY, YYYY-MM or YYYY-MM-DD"


@lru_cache(maxsize=4096)
def read_moment(text: str) -> Moment | None:
    """Turn ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` into a moment; None for any other form and for days of no calendar.

    Examples
    --------
    >>> read_moment("2020-06"), read_moment("2021-02-29"), read_moment("03/04/2021")
    (Moment(year=2020, month=6, day=None), None, None)
    """
    if not (match := ISO.fullmatch(text)):
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Moment(year, month, day)


def read_day(text: str | None, source: str = "as_of") -> Moment | None:
    """Read a date that stands outside a table, as `read_moment`; ``source`` is what to call its place.

    If it is no date, that is a `TableError`.

    Examples
    --------
    >>> read_day("2020-06"), read_day(None)
    (Moment(year=2020, month=6, day=None), None)
    """
    if text is None:
        return None
    moment = read_moment(text)
    if moment is None:
        raise TableError([Problem(source, *_explain_fault(text))])
    return moment


def is_after(moment: Moment, other: Moment) -> bool:
    """Tell whether a moment is surely after another, whatever days they mean; where they may overlap it is not.

    Examples
    --------
    >>> is_after(Moment(2021), Moment(2020, 6)), is_after(Moment(2020), Moment(2020, 6))
    (True, False)
    """
    return moment.first > other.last


@dataclass(frozen=True)
class Date:
    """A date; a warning where it lies after the table's cut-off, unless it is the cut-off itself.

    A month or year of another calendar lies in two of ours. ``side`` says which of its days stands for it, the
    ``"first"`` or the ``"last"``, or that ``"both"`` do as the ends of a period; without it a day is wanted. What is
    said of the table itself ``may_follow`` its cut-off.
    """

    side: str = ""
    is_cutoff: bool = False
    may_follow: bool = False

    def read(self, node: Node, reading: TableContext) -> Moment | Period | None:
        """Read the date."""
        text = read_text(node, reading, EXPECTED)
        if text is None:
            return None
        found: Moment | Period | None
        if reading.calendar == SOLAR_HIJRI:
            found = self._convert(text, node, reading)
        elif (found := read_moment(text)) is None:
            reading.error(node, *_explain_fault(text))
        moment = found.start if isinstance(found, Period) else found
        if moment is None:
            return None
        _warn_year(moment, text, node, reading)
        if self.is_cutoff:
            reading.as_of = moment
        elif reading.as_of and not self.may_follow and is_after(moment, reading.as_of):
            reading.warn(node, f"{moment} is after the table's as_of {reading.as_of}", "a date up to as_of")
        return found

    def _convert(self, text: str, node: Node, reading: TableContext) -> Moment | Period | None:
        """Read a date of the Solar Hijri calendar."""
        match = ISO.fullmatch(text)
        found = convert_moment(*(int(part) if part else None for part in match.groups())) if match else None  # type: ignore[arg-type]  # the year is there
        if found is None:
            days = f"{quote(text)}, a day that is not in the Solar Hijri calendar" if match else quote(text)
            reading.error(node, days, f"{EXPECTED} of that calendar, as the table's `calendar` says")
            return None
        first, last = found
        if first == last or self.side == "first":
            return first
        if not self.side:
            shown = f"{quote(text)}, which lies in two months or years of our calendar"
            reading.error(node, shown, "a day: YYYY-MM-DD")
            return None
        return last if self.side == "last" else Period(first, last)


def _warn_year(moment: Moment, text: str, node: Node, reading: TableContext) -> None:
    """Name a year that is hardly meant."""
    if FIRST_YEAR <= moment.year <= LAST_YEAR:
        return
    is_other = reading.calendar != SOLAR_HIJRI and LIKELY[0] <= moment.year <= LIKELY[1]
    way = f", or `calendar: {SOLAR_HIJRI}` at the head of the table" if is_other else ""
    when = f"before {FIRST_YEAR}" if moment.year < FIRST_YEAR else f"after {LAST_YEAR}"
    reading.warn(node, f"{quote(text)}, a year {when}", f"a year from {FIRST_YEAR} to {LAST_YEAR}{way}")


SPAN = r"[1-9][0-9]{0,3} (?:day|week|month|year)s?"
SPAN_EXPECTED = "a length of time such as 90 days, 18 months or 2 years"
MONTHS = {"month": 1, "year": 12}
DAYS = {"day": 1, "week": 7}


def read_span(text: str) -> Span:
    """Turn a text of the form `SPAN` into a length of time.

    Examples
    --------
    >>> read_span("2 years"), read_span("1 week")
    (Span(months=24, days=0), Span(months=0, days=7))
    """
    number, noun = text.split()
    noun = noun.removesuffix("s")
    return Span(int(number) * MONTHS.get(noun, 0), int(number) * DAYS.get(noun, 0))


def build_period(values: dict[str, Moment | None], node: Node, reading: TableContext) -> Period | None:
    """Put ``from`` and ``to`` together; either may be missing, not both, and the end may not lie before the start.

    None with an error noted at the node where they stand.

    Examples
    --------
    >>> from geo.model import Gazetteer
    >>> from geo.read.common.nodes import Map
    >>> str(build_period({"from": Moment(2019)}, Map(True, 1, 1), TableContext("t", Gazetteer({}, {}, ""))))
    '2019 to open'
    """
    start, end = values.get("from"), values.get("to")
    if start is None and end is None:
        reading.error(node, "a period with neither end", "from, to or both")
    elif start is not None and end is not None and is_after(start, end):
        reading.error(node, f"a period that ends before it starts ({start} to {end})", "from before to")
    else:
        return Period(start, end)
    return None


def _explain_fault(text: str) -> tuple[str, str]:
    """Say what is wrong with a date, and what is expected: each day that it may mean, in the one form that is read."""
    days = _list_meant(text)
    expected = f"{EXPECTED}, here {' or '.join(days)}" if days else EXPECTED
    parts = YEAR_LAST.fullmatch(text)
    if DROPPED.fullmatch(text):
        return f"{quote(text)}, a number of which a spreadsheet drops the last 0", expected
    if len(days) > 1 or (parts and len(parts[4]) < 4 and max(int(parts[1]), int(parts[3])) <= 12):
        return f"{quote(text)}, where day and month could be either", expected
    if ISO.fullmatch(text) or (parts and len(parts[4]) == 4 and not days):
        return f"{quote(text)}, a day that is not in the calendar", expected
    return quote(text), expected


def _list_meant(text: str) -> tuple[str, ...]:
    """List the dates that a text in another form may mean; none where the century would be a guess."""
    if match := YEAR_LAST.fullmatch(text):
        one, _, two, year = match.groups()
        found: list[tuple[str | None, ...]] = [(year, two, one), (year, one, two)]
    elif match := NAMED.fullmatch(text):
        found = [(match[4], month, match[1] or match[3]) for month in _list_months(match[2])]
    else:
        texts = (text, f"{text}0") if DROPPED.fullmatch(text) else (text,)
        found = [match.groups() for each in texts if (match := YEAR_FIRST.fullmatch(each))]
    written = ("-".join(part.zfill(2) for part in parts if part) for parts in found)
    return tuple(dict.fromkeys(filter(read_moment, written)))


def _list_months(name: str) -> list[str]:
    """List the month that a name, or its beginning, stands for."""
    names = enumerate(MONTH_NAMES, 1)
    return [str(number) for number, each in names if each.startswith(name.lower().removesuffix("t"))]
