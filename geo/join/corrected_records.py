"""Which records of a newer table correct an older one, and what that would say had it known.

A correction says that the table was wrong, so it is no event: what it changes is nobody's arrival and nobody's leave.
That is reckoned by correcting the older table as well; what differs then is what happened.

A record is the same by its id. One that says that it was corrected, and whose like the older table does not know, is
taken at its word, unless its source appeared only after the older table's day: it could not be in that one yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.join.record_comparison import number_ids
from geo.model import Correction, Record, Table

__all__ = ["correct_table", "find_corrections"]

Pair = tuple[int | None, int]
"""Indexes of a record in the older table, where that knows it, and in the newer."""


def find_corrections(old: Table, new: Table) -> tuple[Pair, ...]:
    """Find the records of a newer table that correct an older one, in its order; both whole, whatever of them counts.

    Examples
    --------
    >>> from geo.model import Evidence, Moment, Place
    >>> wrong = Record(("a",), Place("in", ("AF-KAB",)), "l", Evidence(), id="x")
    >>> right = replace(wrong, place=Place("in", ("AF-LOG",)), changed=Correction(Moment(2021), "misread"))
    >>> old, new = (Table("t", {}, {}, {}, (record,), ()) for record in (wrong, right))
    >>> find_corrections(old, new), find_corrections(new, new)
    (((0, 0),), ())
    """
    return tuple(_find_pairs(old, new))


def _find_pairs(old: Table, new: Table) -> Iterator[Pair]:
    ids, known = number_ids(old.records), {record.changed for record in old.records}
    for index, record in enumerate(new.records):
        if record.changed is None:
            continue
        before = ids.get(record.id) if record.id else None
        if before is not None:
            if _is_later(record.changed, old.records[before].changed):
                yield before, index
        elif record.changed not in known and not _is_published_after(record, new, old):
            yield None, index


def _is_later(changed: Correction, before: Correction | None) -> bool:
    """Tell whether a correction is another than the one before, and not surely an earlier one."""
    return before is None or (changed != before and before.date.first <= changed.date.last)


def _is_published_after(record: Record, table: Table, old: Table) -> bool:
    """Tell whether a record's source surely appeared after an older table's day."""
    published = table.sources[record.evidence.source].date if record.evidence.source else None
    return bool(published and old.as_of and published.first > old.as_of.last)


def correct_table(old: Table, new: Table, corrections: Sequence[Pair]) -> Table:
    """Give an older table as it would be had it known the corrections of a newer one.

    Its records keep their indexes; those that it does not know stand behind them.
    """
    if not corrections:
        return old
    fixed = {before: new.records[after] for before, after in corrections if before is not None}
    more = [new.records[after] for before, after in corrections if before is None]
    records = (*(fixed.get(index, record) for index, record in enumerate(old.records)), *more)
    touched = [*fixed, *range(len(old.records), len(records))]
    claims = [claim for claim in old.claims if claim.record not in fixed]
    claims += [claim for index in touched for claim in records[index].expand(index)]
    return replace(
        old, records=records, claims=tuple(claims), levels={**new.levels, **old.levels},
        sources={**new.sources, **old.sources}, groups={**new.groups, **old.groups},
    )  # fmt: skip
