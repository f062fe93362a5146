"""When a table is of: its cut-off or, without one, the days of its sources; undated only where nothing is dated."""

from __future__ import annotations

from geo.draw.wording.catalogue import word
from geo.draw.wording.presence import describe_date, describe_period
from geo.model import Moment, Period, Table

__all__ = ["say_age", "say_day", "say_title"]


def say_title(table: Table) -> str:
    """Name a table by its title and when it is of.

    Examples
    --------
    >>> say_title(Table("Groups", {}, {}, {}, (), (), as_of=Moment(2020, 6)))
    'Groups, as of June 2020'
    """
    return _say("title_when", table, title=table.title)


def say_day(table: Table) -> str:
    """Say when a table is of, as a sentence; nothing where only its records know."""
    return _say("stamp_when", table)


def say_age(table: Table) -> str:
    """Say when the data of a table are of, within a sentence."""
    return _say("data_when", table)


def _say(what: str, table: Table, **given: str) -> str:
    if table.as_of:
        return word(what, "dated", date=describe_date(table.as_of), **given)
    evidence = [record.evidence for record in table.records]
    days = [table.sources[each.source].date for each in evidence if each.source]
    if dated := sorted((day for day in days if day), key=lambda day: (day.first, day.last)):
        return word(what, "sourced", span=_say_span(dated[0], dated[-1]), **given)
    kind = "observed" if any(each.observed for each in evidence) else "undated"
    return word(what, kind, **given)


def _say_span(first: Moment, last: Moment) -> str:
    return describe_period(Period(first, last))
