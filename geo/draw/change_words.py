"""What differs between two tables, in words: plain text for a report, a terminal and a page alike."""

from __future__ import annotations

from collections.abc import Iterable

from geo.draw.record_words import Sides, name_source, say_record
from geo.draw.shift_words import say_shift
from geo.draw.words import choose_form, join_names, word, write_number
from geo.join.changes import KINDS, Change, Changes
from geo.model import Noun, Passage, Point, Record, Table

__all__ = ["count_changes", "is_off_map", "name_change", "note_change", "say_change", "say_here", "write_passages"]


def name_change(kind: str) -> str:
    """Name a kind of change.

    Examples
    --------
    >>> name_change("unnamed"), name_change("level-up")
    ('No longer named', 'Level up')
    """
    return word(f"change_{kind.replace('-', '_')}")


def note_change(kind: str) -> str:
    """Say how a kind of change is not to be read; nothing for most.

    Examples
    --------
    >>> note_change("named")
    ''
    """
    stem = kind.removesuffix("-gone")
    return word(f"change_note_{stem}") if stem in ("unnamed", "trend") else ""


def say_change(change: Change, sides: Sides) -> str:
    """Say of which group and units a change is, and what was and is now."""
    units = join_names([sides.gazetteer.units[code].name for code in change.units])
    return _say_values(word("change_item", group=sides.groups[change.group].name, units=units), change, sides)


def say_here(change: Change, sides: Sides) -> str:
    """Say a change where the unit is known already."""
    said = word("change_item", group=name_change(change.kind), units=sides.groups[change.group].name)
    return _say_values(said, change, sides)


def _say_values(said: str, change: Change, sides: Sides) -> str:
    if change.instead:
        return word("change_values", said=said, values=word(f"instead_{change.instead}"))
    was, now = _name_values(change, change.was, sides.old), _name_values(change, change.now, sides.new)
    values = word("change_was_now", was=was, now=now) if was and now else was or now
    return word("change_values", said=said, values=values) if values else said


def _name_values(change: Change, values: Iterable[str], table: Table) -> str:
    """Name levels, trends or sources, as the kind of change has them."""
    stem = change.kind.partition("-")[0]
    if stem == "trend":
        return join_names([word(f"trend_{each}") for each in values])
    if stem == "source":
        return join_names([name_source(each, table) for each in values])
    return join_names([table.levels[each].name for each in values])


def count_changes(changes: Changes, noun: Noun, kinds: Iterable[str] = KINDS) -> list[str]:
    """Count the units of each kind of change, such as "Newly named: 7 provinces"."""
    counts = {kind: {unit for each in changes.units if each.kind == kind for unit in each.units} for kind in kinds}
    return [
        word(
            "change_count",
            kind=name_change(kind),
            n=write_number(len(units)) + noun.fill(choose_form("counted", len(units))),
        )
        for kind, units in counts.items()
        if units
    ]


def write_passages(changes: Changes, sides: Sides) -> tuple[Passage, ...]:
    """Write all that differs, kind by kind, each with the records of both tables that say so."""
    passages = [
        Passage(name_change(kind), note_change(kind), tuple(_point(each, sides) for each in found))
        for kind in KINDS
        if (found := [each for each in changes.units if each.kind == kind])
    ]
    for key, side, indexes in zip(("gone", "new"), (0, 1), changes.unexplained, strict=True):
        table = (sides.old, sides.new)[side]
        for stem, is_off in (("change_off", True), ("change_records", False)):
            wanted = [record for index in indexes if is_off_map(record := table.records[index]) == is_off]
            points = tuple(Point(say_record(record, sides, table)) for record in wanted)
            passages += [Passage(word(f"{stem}_{key}"), "", points)] if points else []
    shifts = tuple(Point(say_shift(shift, sides)) for shift in changes.shifts)
    return (*passages, *([Passage(word("change_else"), "", shifts)] if shifts else []))


def _point(change: Change, sides: Sides) -> Point:
    old = (say_record(sides.old.records[index], sides, sides.old) for index in change.old)
    new = (say_record(sides.new.records[index], sides, sides.new) for index in change.new)
    lines = [*(word("change_older", said=each) for each in old), *(word("change_newer", said=each) for each in new)]
    return Point(say_change(change, sides), tuple(lines))


def is_off_map(record: Record) -> bool:
    """Tell whether a record fills nothing."""
    return record.place.kind in ("nationwide", "unlocated")
