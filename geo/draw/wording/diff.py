"""What differs between two tables, in words: plain text for a report, a terminal and a page alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.change_log import say_logged_change, split_log
from geo.draw.wording.definition_changes import say_shift
from geo.draw.wording.presence import describe_correction, name_source
from geo.draw.wording.records import Sides, say_record
from geo.join.diff import KINDS, Change, Changes
from geo.join.record_comparison import Altered
from geo.model import Passage, Point, Record, Table

__all__ = [
    "count_changes", "count_claimed", "count_corrections", "is_off_map", "list_sides", "name_change", "note_change",
    "say_altered", "say_change", "say_here", "write_passages",
]  # fmt: skip


def name_change(phrases: Catalogue, kind: str) -> str:
    """Name a kind of change.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> name_change(phrases, "unnamed"), name_change(phrases, "level-up")
    ('No longer named', 'Level up')
    """
    return phrases.say("change", kind)


def note_change(phrases: Catalogue, kind: str) -> str:
    """Say how a kind of change is not to be read; nothing for most.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> note_change(phrases, "named")
    ''
    """
    stem = kind.removesuffix("-gone")
    return phrases.say("change_note", stem) if stem in ("unnamed", "trend", "corrected") else ""


def say_change(change: Change, sides: Sides) -> str:
    """Say of which group and units a change is, and what was and is now."""
    units = sides.phrases.join_names([sides.gazetteer.units[code].name for code in change.units])
    return _say_values(
        sides.phrases.say("change_item", group=sides.groups[change.group].name, units=units), change, sides
    )


def say_here(change: Change, sides: Sides) -> str:
    """Say a change where the unit is known already."""
    said = sides.phrases.say(
        "change_item", group=name_change(sides.phrases, change.kind), units=sides.groups[change.group].name
    )
    return _say_values(said, change, sides)


def _say_values(said: str, change: Change, sides: Sides) -> str:
    phrases = sides.phrases
    if change.instead:
        return phrases.say("change_values", said=said, values=phrases.say("instead", change.instead))
    was, now = _name_values(change, change.was, sides, sides.old), _name_values(change, change.now, sides, sides.new)
    values = phrases.say("change_was_now", was=was, now=now) if was and now else was or now
    return phrases.say("change_values", said=said, values=values) if values else said


def _name_values(change: Change, values: Sequence[str], sides: Sides, own: Table) -> str:
    """Name levels, trends or sources, as the kind of change has them.

    A correction may have brought a level or a source that its own table does not have.
    """
    phrases = sides.phrases
    stem = change.kind.partition("-")[0]
    if stem == "trend":
        return phrases.join_names([phrases.say("trend_value", each) for each in values])
    if stem == "source":
        tables = [next(table for table in (own, sides.new, sides.old) if each in table.sources) for each in values]
        return phrases.join_names(
            [name_source(phrases, table.sources[each]) for each, table in zip(values, tables, strict=True)]
        )
    levels = {**sides.old.levels, **sides.new.levels, **own.levels}
    return phrases.join_names([levels[each].name for each in values])


def say_altered(phrases: Catalogue, altered: Altered) -> str:
    """Say by what a record is known for the same: its correction, or its id."""
    return describe_correction(phrases, altered.correction) if altered.correction else altered.id or ""


def list_sides(altered: Altered, sides: Sides) -> list[tuple[int, int, Record]]:
    """List the record of each side that has it, with side and index; that it was corrected is said already."""
    tables, places = (sides.old, sides.new), (altered.old, altered.new)
    found = [(side, place, tables[side].records[place]) for side, place in enumerate(places) if place is not None]
    said = altered.correction
    return [(side, place, replace(each, changed=None if each.changed == said else each.changed))
            for side, place, each in found]  # fmt: skip


def count_changes(phrases: Catalogue, changes: Changes) -> list[str]:
    """Count the units of each kind of change, such as "Newly named: 7 provinces"."""
    return [
        phrases.say(
            "change_count",
            kind=name_change(phrases, kind),
            n=phrases.write_number(len(units)) + phrases.say_count("counted", len(units)),
        )
        for kind in KINDS
        if (units := {unit for each in changes.units if each.kind == kind for unit in each.units})
    ]


def count_claimed(changes: Changes, sides: Sides) -> list[str]:
    """Count the units in which all that names a group newly is that group's own claim; nothing where there is none."""
    own, reported = set[str](), set[str]()
    for change in changes.units:
        if change.kind == "named":
            bases = {sides.new.records[index].evidence.basis for index in change.new}
            (own if bases == {"claimed"} else reported).update(change.units)
    number = len(own - reported)
    return [sides.phrases.say_count("change_claimed", number)] if number else []


def count_corrections(phrases: Catalogue, changes: Changes) -> list[str]:
    """Count what is corrected, such as "Corrected: 1 record, in 4 provinces"; nothing where nothing is."""
    if not changes.corrections:
        return []
    number = phrases.say_count("record_count", len(changes.corrections))
    if units := {unit for each in changes.corrections for unit in each.units}:
        number = phrases.say_count("count_where", len(units), said=number)
    return [phrases.say("change_count", kind=name_change(phrases, "corrected"), n=number)]


def write_passages(changes: Changes, sides: Sides) -> tuple[Passage, ...]:
    """Write all that differs, kind by kind, each with the records of both tables that say so."""
    phrases = sides.phrases
    passages = [
        Passage(
            name_change(phrases, kind),
            note_change(phrases, kind),
            tuple(_point(each, sides) for each in found),
        )
        for kind in KINDS
        if (found := [each for each in changes.units if each.kind == kind])
    ]
    for key, altered in (("corrected", changes.corrections), ("altered", changes.untold)):
        points = tuple(Point(say_altered(phrases, each), _say_sides(each, sides)) for each in altered)
        passages += [Passage(name_change(phrases, key), note_change(phrases, key), points)] if points else []
    for key, side, indexes in zip(("gone", "new"), (0, 1), changes.unexplained, strict=True):
        table = (sides.old, sides.new)[side]
        for stem, is_off in (("change_off", True), ("change_records", False)):
            wanted = [record for index in indexes if is_off_map(record := table.records[index]) == is_off]
            points = tuple(Point(say_record(record, sides, table)) for record in wanted)
            passages += [Passage(phrases.say(stem, key), "", points)] if points else []
    logged, rest = split_log(changes.shifts)
    entries = tuple(Point(say_logged_change(phrases, each)) for each in logged)
    passages += [Passage(phrases.say("part", "log"), "", entries)] if entries else []
    shifts = tuple(Point(say_shift(shift, sides)) for shift in rest)
    return (*passages, *([Passage(phrases.say("change_else"), "", shifts)] if shifts else []))


def _point(change: Change, sides: Sides) -> Point:
    old = (say_record(sides.old.records[index], sides, sides.old) for index in change.old)
    new = (say_record(sides.new.records[index], sides, sides.new) for index in change.new)
    lines = [
        *(sides.phrases.say("change_older", said=each) for each in old),
        *(sides.phrases.say("change_newer", said=each) for each in new),
    ]
    return Point(say_change(change, sides), tuple(lines))


def _say_sides(altered: Altered, sides: Sides) -> tuple[str, ...]:
    tables, keys = (sides.old, sides.new), ("change_older", "change_newer")
    return tuple(
        sides.phrases.say(keys[side], said=say_record(record, sides, tables[side]))
        for side, _, record in list_sides(altered, sides)
    )


def is_off_map(record: Record) -> bool:
    """Tell whether a record fills nothing."""
    return record.place.kind in ("nationwide", "unlocated")
