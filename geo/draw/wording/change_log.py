"""The log of a table's corrections in words: the table was changed, and nothing happened in the world."""

from __future__ import annotations

from collections.abc import Iterable

from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.evidence import DOT
from geo.join.definition_changes import DefinitionChange
from geo.model import LoggedChange

__all__ = ["order_changes", "say_logged_change", "split_log"]


def order_changes(changes: Iterable[LoggedChange]) -> tuple[LoggedChange, ...]:
    """Put the newest first; of one day the later written.

    Examples
    --------
    >>> from geo.model import Moment
    >>> log = tuple(LoggedChange(Moment(year), "added", what) for year, what in ((2020, "a"), (2021, "b"), (2020, "c")))
    >>> [change.what for change in order_changes(log)]
    ['b', 'c', 'a']
    """
    return tuple(sorted(changes, key=lambda change: change.date.last))[::-1]


def split_log(
    shifts: Iterable[DefinitionChange],
) -> tuple[tuple[LoggedChange, ...], tuple[DefinitionChange, ...]]:
    """Part the entries that a newer table adds to its log, the newest first, from all else that it says otherwise.

    Examples
    --------
    >>> from geo.model import Moment
    >>> entry = LoggedChange(Moment(2021), "added", "a")
    >>> shifts = [DefinitionChange("log", "", *each) for each in ((None, entry), (entry, None))]
    >>> [len(part) for part in split_log(shifts)]
    [1, 1]
    """
    logged: list[LoggedChange] = []
    rest: list[DefinitionChange] = []
    for shift in shifts:
        if isinstance(shift.new, LoggedChange):
            logged.append(shift.new)
        else:
            rest.append(shift)
    return order_changes(logged), tuple(rest)


def say_logged_change(phrases: Catalogue, change: LoggedChange) -> str:
    """Say one entry: when, what, why, and the ids of the records concerned."""
    said = [phrases.say("logged", change.type, date=phrases.write_date(change.date), what=change.what)]
    said += [phrases.say("logged", "why", why=change.why)] if change.why else []
    said += (
        [phrases.say("logged", "records", records=phrases.join_names(list(change.records)))] if change.records else []
    )
    return DOT.join(said)
