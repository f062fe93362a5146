"""Dates and periods: ISO form, true to the calendar, compared with the table's cut-off and never with the clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from geo.model import Moment, Period
from geo.read.fields import read_text
from geo.read.nodes import Node, quote
from geo.read.reading import Reading

__all__ = ["Date", "bound_moment", "build_period", "is_after", "read_moment"]

ISO = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
OTHER_ORDER = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2,4}")
EXPECTED = "a date as YYYY, YYYY-MM or YYYY-MM-DD"


@lru_cache(maxsize=4096)
def read_moment(text: str) -> Moment | None:
    """Turn a text into a moment.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    Moment or None
        None for any other form and for days that no calendar has.

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


def bound_moment(moment: Moment) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Give the first and last day that a moment may mean.

    Parameters
    ----------
    moment : Moment
        A year, month or day.

    Returns
    -------
    tuple
        Two triples of year, month and day.

    Examples
    --------
    >>> bound_moment(Moment(2020, 2))
    ((2020, 2, 1), (2020, 2, 29))
    """
    first, last = moment.month or 1, moment.month or 12
    return (
        (moment.year, first, moment.day or 1),
        (moment.year, last, moment.day or monthrange(moment.year, last)[1]),
    )


def is_after(moment: Moment, other: Moment) -> bool:
    """Tell whether a moment is surely after another, whatever days they mean.

    Parameters
    ----------
    moment, other : Moment
        A year, month or day each.

    Returns
    -------
    bool
        False where they may overlap.

    Examples
    --------
    >>> is_after(Moment(2021), Moment(2020, 6)), is_after(Moment(2020), Moment(2020, 6))
    (True, False)
    """
    return bound_moment(moment)[0] > bound_moment(other)[1]


@dataclass(frozen=True)
class Date:
    """A date; a warning where it lies after the table's cut-off, unless it is the cut-off itself."""

    is_cutoff: bool = False

    def read(self, node: Node, reading: Reading) -> Moment | None:
        """Read the date."""
        text = read_text(node, reading, EXPECTED)
        if text is None:
            return None
        moment = read_moment(text)
        if moment is None:
            reading.error(node, _name_fault(text), EXPECTED)
        elif self.is_cutoff:
            reading.as_of = moment
        elif reading.as_of and is_after(moment, reading.as_of):
            reading.warn(node, f"{moment} is after the table's as_of {reading.as_of}", "a date up to as_of")
        return moment


def build_period(values: dict[str, Moment | None], node: Node, reading: Reading) -> Period | None:
    """Put ``from`` and ``to`` together; either may be missing, not both.

    Parameters
    ----------
    values : dict
        Moments under ``from`` and ``to``.
    node : Node
        Where they stand.
    reading : Reading
        Takes the error.

    Returns
    -------
    Period or None
        None where nothing is given or the end lies before the start.

    Examples
    --------
    >>> from geo.model import Gazetteer
    >>> from geo.read.nodes import Map
    >>> str(build_period({"from": Moment(2019)}, Map(True, 1, 1), Reading("t", Gazetteer({}, {}, ""))))
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


def _name_fault(text: str) -> str:
    """Say what is wrong with a date."""
    if OTHER_ORDER.fullmatch(text):
        return f"{quote(text)}, where day and month could be either"
    if ISO.fullmatch(text):
        return f"{quote(text)}, a day that is not in the calendar"
    return quote(text)
