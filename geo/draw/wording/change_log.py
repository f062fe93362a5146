"""The log of a table's corrections in words: the table was changed, and nothing happened in the world."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.evidence import DOT
from geo.draw.wording.records import Sides, say_claim
from geo.join.change_log import RecordChange
from geo.join.definition_changes import DefinitionChange
from geo.model import LoggedChange, Record

__all__ = ["order_changes", "say_logged_change", "say_record_change", "split_log"]


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
    named = {"records": change.records, "parts": change.parts}
    said += [phrases.say("logged", key, **{key: phrases.join_names(names)}) for key, names in named.items() if names]
    return DOT.join(said)


def say_record_change(change: RecordChange, sides: Sides) -> str:
    """Say what a record claims that was added, corrected or withdrawn; of a corrected one, what it was and is."""
    tables, places = (sides.old, sides.new), (change.old, change.new)
    held = [(table.records[place], table) for table, place in zip(tables, places, strict=True) if place is not None]
    said = [say_claim(record, sides, table) for record, table in held]
    if len(said) == 1:
        return said[0]
    was, now = said
    if was != now:
        return sides.phrases.say("change_was_now", was=was, now=now)
    keys = sides.phrases.say("comma").join(_list_differing(*(record for record, _ in held)))
    return sides.phrases.say("change_values", said=now, values=keys)


def _list_differing(old: Record, new: Record) -> list[str]:
    """List the keys of a record, as the format has them, that say otherwise."""
    keys = [key.name for key in fields(Record) if key.name not in ("evidence", "id", "changed", "position")]
    found = [key for key in keys if getattr(old, key) != getattr(new, key)]
    return found + [key.name for key in fields(old.evidence)
                    if getattr(old.evidence, key.name) != getattr(new.evidence, key.name)]  # fmt: skip
