"""What was added, corrected or withdrawn since an older table, records and all else, and whether the log says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from geo.join.definition_changes import DefinitionChange, find_definition_changes
from geo.join.diff import find_changes
from geo.model import Correction, Gazetteer, Group, Record, Relation, Table
from geo.source_documents import fold_title

__all__ = ["PartChange", "RecordChange", "find_part_changes", "find_record_changes", "find_unlogged"]

ADDED, CORRECTED, WITHDRAWN = "added", "corrected", "withdrawn"
SECTIONS = {
    "level": "levels", "source": "sources", "region": "regions", "region_names": "regions", "group": "groups",
    "part_of": "groups", "strength": "groups", "statement": "groups", "translation": "translations",
}  # fmt: skip
"""Under which key of a table stands what has an id, a name or a tag."""

BELOW = {"part_of": "/part_of", "strength": "/strength", "statement": "/statements"}


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


@dataclass(frozen=True)
class PartChange:
    """One part of the table beside its records that is not in both tables as it is."""

    type: str
    part: str
    """As an entry of the log names it: ``groups/red``, ``relations/blue/red``, ``title``."""
    shifts: tuple[DefinitionChange, ...]
    """What differs there."""


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


def find_part_changes(old: Table, new: Table) -> tuple[PartChange, ...]:
    """Find what a newer table says otherwise beside its records; that it is of another day is no change.

    What is said of a group that is new or gone goes with it, and a log that grows is a log.

    Examples
    --------
    >>> one, other = (Table(title, {}, {}, {}, (), ()) for title in ("One", "Other"))
    >>> [(change.type, change.part) for change in find_part_changes(one, other)]
    [('corrected', 'title')]
    """
    found: dict[str, list[DefinitionChange]] = {}
    shifts = find_definition_changes(old, new, tuple(dict.fromkeys((*new.groups, *old.groups))))
    one_sided = old.groups.keys() ^ new.groups.keys()
    for shift in shifts:
        is_told = shift.part in BELOW and shift.key in one_sided
        if shift.part != "as_of" and not (shift.part == "log" and shift.new is not None) and not is_told:
            found.setdefault(_name_part(shift), []).append(shift)
    return tuple(PartChange(_name_type(each), part, tuple(each)) for part, each in found.items())


def _name_part(shift: DefinitionChange) -> str:
    if shift.part == "log":
        return "changes"
    tie = shift.new or shift.old
    if shift.part == "tie" and isinstance(tie, Relation):
        return "/".join(["relations", *sorted(filter(None, {*tie.between, tie.from_group, tie.to_group}))])
    return f"{SECTIONS[shift.part]}/{shift.key}{BELOW.get(shift.part, '')}" if shift.part in SECTIONS else shift.part


def _name_type(shifts: Iterable[DefinitionChange]) -> str:
    sides = [(shift.old in (None, ()), shift.new in (None, ())) for shift in shifts]
    if all(is_new for is_new, _ in sides):
        return ADDED
    return WITHDRAWN if all(is_gone for _, is_gone in sides) else CORRECTED


def find_unlogged(old: Table, new: Table, known: Gazetteer) -> tuple[RecordChange | PartChange, ...]:
    """Find those of which the newer table's log has no entry of their type that the older had not.

    An entry names a record by its id and a part by the keys that lead there. A record without an id is named by words:
    an entry that names no record says its groups, and its place or, where it has none, its level; also one that says
    that something was corrected, for such a record is gone and another is new.
    """
    before = set(old.changes)
    entries = [entry for entry in new.changes if entry not in before]
    named = {(entry.type, name) for entry in entries for name in (*entry.records, *entry.parts)}
    words = [(entry.type, _fold(f"{entry.what} {entry.why or ''}")) for entry in entries if not entry.records]

    def is_logged(change: RecordChange) -> bool:
        if change.id:
            return (change.type, change.id) in named
        table, place = (old, change.old) if change.new is None else (new, change.new)
        said = [text for kind, text in words if kind in (change.type, CORRECTED)]
        return bool(said and place is not None) and _is_named(table.records[place or 0], said, (old, new), known)

    records = (change for change in find_record_changes(old, new) if not is_logged(change))
    parts = (change for change in find_part_changes(old, new) if not _is_part_logged(change, named))
    return (*records, *parts)


def _is_part_logged(change: PartChange, named: Collection[tuple[str, str]]) -> bool:
    """Tell whether an entry names a part; what is gone and new at once may also stand in an entry of each type."""
    kinds = {kind for kind, name in named if name == change.part}
    return change.type in kinds or (change.type == CORRECTED and {ADDED, WITHDRAWN} <= kinds)


def _fold(text: str) -> str:
    """Fold a text so that a name in it is found whole: Red is not in "reduced"."""
    return f" {fold_title(text)} "


def _is_named(record: Record, said: Iterable[str], tables: tuple[Table, Table], known: Gazetteer) -> bool:
    """Tell whether one of some texts says all groups of a record and where it is, by any of their names."""
    place = record.place
    groups = [_list_names(group, tables) for group in record.groups]
    units = [{unit.code, unit.pcode, unit.name, unit.name_fa, *unit.aliases}
             for unit in (known.units[code] for code in place.units)]  # fmt: skip
    levels = [each for table in tables if (each := table.levels.get(record.level))]
    level = {record.level}.union(*({each.name, *each.names.values()} for each in levels))
    ways = [[*groups, *(units or [level])]]
    ways += [[*groups, *({name} for name in place.written)]] if place.written else []
    ways += [[*groups, _list_regions(place.region, tables, known)]] if place.region else []
    folded = [[{_fold(name) for name in names if fold_title(name)} for names in way] for way in ways]
    return any(all(any(name in text for name in names) for names in way) for text in said for way in folded)


def _list_names(group: str, tables: Iterable[Table]) -> set[str]:
    known: list[Group] = [table.groups[group] for table in tables if group in table.groups]
    return {group}.union(*({each.name, each.short, *each.aliases, *each.names.values()} for each in known))


def _list_regions(region: str, tables: Iterable[Table], known: Gazetteer) -> set[str]:
    own = (table.region_names.get(region, {}).values() for table in tables)
    said = {each.regions[region] for each in known.translations.values() if region in each.regions}
    return {region, *said}.union(*own)
