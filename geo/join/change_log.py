"""Which records were added, corrected or withdrawn since an older table, and whether the newer table's log says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.join.diff import find_changes
from geo.model import Correction, Table

__all__ = ["RecordChange", "find_record_changes", "find_unlogged"]


@dataclass(frozen=True)
class RecordChange:
    """One record that is not in both tables as it is."""

    type: str
    """One of `geo.option_values.LOGGED`."""
    old: int | None
    """Its index in the older table; None where that does not hold it."""
    new: int | None
    """Its index in the newer one, likewise."""
    id: str | None = None
    correction: Correction | None = None
    """What the newer table says of it in the record itself."""


def find_record_changes(old: Table, new: Table) -> tuple[RecordChange, ...]:
    """Find the records that a newer table adds, corrects and withdraws; that one grew old is no change.

    Examples
    --------
    >>> from geo.model import Evidence, Level, Place, Record
    >>> known = {"l": Level("l", "L")}, {}, {}
    >>> one, other = (Record(("a",), Place("in", (code,)), "l", Evidence(), id=code) for code in ("AF-KAB", "AF-KNR"))
    >>> old, new = (Table("t", *known, (record,), tuple(record.expand(0))) for record in (one, other))
    >>> from geo.model import Group
    >>> old, new = (replace(table, groups={"a": Group("a", "A", "A")}) for table in (old, new))
    >>> [(change.type, change.id) for change in find_record_changes(old, new)]
    [('added', 'AF-KNR'), ('withdrawn', 'AF-KAB')]
    """
    return tuple(_list_changes(*map(_stop_clock, (old, new))))


def _stop_clock(table: Table) -> Table:
    return replace(table, levels={key: replace(level, valid_for=None) for key, level in table.levels.items()})


def _list_changes(old: Table, new: Table) -> Iterator[RecordChange]:
    """List by where they stand in the newer table, then what stands in the older alone."""
    changes = find_changes(old, new)
    found = [RecordChange("corrected", each.old, each.new, each.id, each.correction)
             for each in (*changes.corrections, *changes.altered)]  # fmt: skip
    found += [RecordChange("added", None, index, new.records[index].id) for index in changes.added]
    yield from sorted(found, key=lambda each: each.new or 0)
    yield from (RecordChange("withdrawn", index, None, old.records[index].id) for index in changes.gone)


def find_unlogged(old: Table, new: Table) -> tuple[RecordChange, ...]:
    """Find those of which the newer table's log has no entry of their type that the older had not.

    An entry names a record by its id. Where a record has none, one that names no record is enough, also one that says
    that something was corrected: such a record is gone and another is new.
    """
    before = set(old.changes)
    entries = [entry for entry in new.changes if entry not in before]
    named = {(entry.type, id_) for entry in entries for id_ in entry.records}
    unnamed = {entry.type for entry in entries if not entry.records}
    return tuple(
        change
        for change in find_record_changes(old, new)
        if ((change.type, change.id) not in named if change.id else not {change.type, "corrected"} & unnamed)
    )
