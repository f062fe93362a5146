"""When a table is of: its cut-off or, without one, the days of its sources; undated only where nothing is dated."""

from __future__ import annotations

from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.presence import describe_period
from geo.join.filters import find_oldest
from geo.model import Moment, Period, Table

__all__ = ["say_age", "say_day", "say_title"]


def say_title(phrases: Catalogue, table: Table, *, with_age: bool = True) -> str:
    """Name a table by its title and when it is of; and, with age, how far back records reach that no rule makes old.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> say_title(phrases, Table("Groups", {}, {}, {}, (), (), as_of=Moment(2020, 6)))
    'Groups, as of June 2020'
    """
    return _say(phrases, "title_when", table, with_age=with_age, title=table.title)


def say_day(phrases: Catalogue, table: Table) -> str:
    """Say when a table is of, as a sentence; nothing where only its records know."""
    return _say(phrases, "stamp_when", table)


def say_age(phrases: Catalogue, table: Table) -> str:
    """Say when the data of a table are of, within a sentence."""
    return _say(phrases, "data_when", table, with_age=False)


def _say(phrases: Catalogue, what: str, table: Table, *, with_age: bool = True, **given: str) -> str:
    if table.as_of:
        date = phrases.write_date(table.as_of)
        if with_age and (oldest := find_oldest(table)):
            date = phrases.say("oldest", date=date, oldest=phrases.write_date(oldest))
        return phrases.say(what, "dated", date=date, **given)
    evidence = [record.evidence for record in table.records]
    days = [table.sources[each.source].date for each in evidence if each.source]
    if dated := sorted((day for day in days if day), key=lambda day: (day.first, day.last)):
        return phrases.say(what, "sourced", span=_say_span(phrases, dated[0], dated[-1]), **given)
    kind = "observed" if any(each.observed for each in evidence) else "undated"
    return phrases.say(what, kind, **given)


def _say_span(phrases: Catalogue, first: Moment, last: Moment) -> str:
    return describe_period(phrases, Period(first, last))
