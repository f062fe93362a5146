"""What differs between two tables as plain values: for a program, and for the page's script."""

from __future__ import annotations

from collections.abc import Iterable

from geo.draw.serialise import to_plain, to_plain_record
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.definition_changes import say_shift
from geo.draw.wording.diff import say_altered, say_change
from geo.draw.wording.records import Sides
from geo.join.diff import Changes
from geo.join.filters import is_stale
from geo.join.record_comparison import Altered
from geo.model import Record, Table

__all__ = ["describe_changes"]


def describe_changes(changes: Changes, sides: Sides) -> dict[str, object]:
    """Put changes into plain values; records stand once, and what a change rests on is their numbers, from 1."""
    units, cited = changes.units, {"old": set(changes.gone), "new": set(changes.added)}
    for change in units:
        cited["old"] |= set(change.old)
        cited["new"] |= set(change.new)
    for altered in (*changes.corrections, *changes.altered):
        cited["old"].update(index for index in (altered.old,) if index is not None)
        cited["new"].update(index for index in (altered.new,) if index is not None)
    return {
        "version": 1,
        "differs": not changes.is_empty,
        "old": _describe(sides.old, sides.labels[0], sorted(cited["old"])),
        "new": _describe(sides.new, sides.labels[1], sorted(cited["new"])),
        "changes": [
            {
                "kind": change.kind,
                "group": change.group,
                "units": list(change.units),
                **{key: list(values) for key, values in (("was", change.was), ("now", change.now)) if values},
                **({"instead": change.instead} if change.instead else {}),
                "old": [index + 1 for index in change.old],
                "new": [index + 1 for index in change.new],
                "said": say_change(change, sides),
            }
            for change in units
        ],
        "corrections": [_describe_altered(sides.phrases, each) for each in changes.corrections],
        "records": {
            "gone": [index + 1 for index in changes.gone],
            "added": [index + 1 for index in changes.added],
            "altered": [_describe_altered(sides.phrases, each) for each in changes.altered],
        },
        "else": [
            {"part": each.part, "key": each.key, "old": to_plain(each.old), "new": to_plain(each.new),
             "said": say_shift(each, sides)}
            for each in changes.shifts
        ],
    }  # fmt: skip


def _describe_altered(phrases: Catalogue, altered: Altered) -> dict[str, object]:
    found = {
        "id": altered.id,
        "groups": list(altered.groups),
        "units": list(altered.units),
        **{side: None if index is None else index + 1 for side, index in (("old", altered.old), ("new", altered.new))},
        "changed": to_plain(altered.correction),
        "said": say_altered(phrases, altered) if altered.correction else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _describe(table: Table, label: str, indexes: Iterable[int]) -> dict[str, object]:
    records: dict[int, Record] = {index: table.records[index] for index in indexes}
    ids = {each for record in records.values() for each in (record.evidence.source, record.evidence.via) if each}
    return {
        "title": table.title,
        **({"as_of": str(table.as_of)} if table.as_of else {}),
        **({"label": label} if label else {}),
        "records": [
            {"number": index + 1, **to_plain_record(record, is_stale(record, table))}
            for index, record in records.items()
        ],
        "sources": [to_plain(source) for key, source in table.sources.items() if key in ids],
    }
