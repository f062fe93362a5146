"""What two tables say otherwise beside their records: titles, levels, sources, groups, strengths, statements, ties."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from geo.model import Group, LoggedChange, PartOf, Relation, Source, Statement, Strength, Table

__all__ = ["FIELDS", "DefinitionChange", "find_definition_changes"]

FIELDS = ("title", "subtitle", "headline", "byline", "authors", "licence", "alt", "as_of")
"""Of the table itself."""

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class DefinitionChange:
    """One thing that one table says otherwise than the other, or not at all.

    ``old`` and ``new`` are values of the model; None where that table has none.
    """

    part: str
    """One of `FIELDS`, or `not_applicable`, translation, level, source, region, `region_names`, group, `part_of`,
    strength, statement, tie or log."""
    key: str
    """Id of the level, source or group, name of the region, tag of the language; empty for the table itself, for
    ties and for its log."""
    old: object
    new: object


def find_definition_changes(old: Table, new: Table, groups: Sequence[str]) -> tuple[DefinitionChange, ...]:
    """List what two tables say otherwise beside their records, of groups only those given; order makes no difference.

    Examples
    --------
    >>> one, other = (Table(title, {}, {}, {}, (), ()) for title in ("One", "Other"))
    >>> find_definition_changes(one, other, ())
    (DefinitionChange(part='title', key='', old='One', new='Other'),)
    >>> find_definition_changes(one, one, ())
    ()
    """
    fields = (DefinitionChange(name, "", getattr(old, name), getattr(new, name)) for name in FIELDS)
    found = [shift for shift in fields if shift.old != shift.new]
    excluded = [tuple(sorted(table.not_applicable)) for table in (old, new)]
    found += [DefinitionChange("not_applicable", "", excluded[0], excluded[1])] if excluded[0] != excluded[1] else []
    found += _pair("translation", old.translations, new.translations)
    found += _pair("level", old.levels, new.levels)
    found += _pair("source", _sort_favours(old.sources), _sort_favours(new.sources))
    found += _pair("region", _sort_units(old.regions), _sort_units(new.regions))
    found += _pair("region_names", old.region_names, new.region_names)
    shown = {group: (old.groups.get(group), new.groups.get(group)) for group in groups}
    for group, sides in shown.items():
        found += _compare_groups(group, *sides)
    found += _tell_apart("tie", "", *(_list_ties(table.relations, set(groups)) for table in (old, new)))
    found += _tell_apart("log", "", *([_order_names(each) for each in table.changes] for table in (old, new)))
    return tuple(found)


def _pair(part: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[DefinitionChange]:
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) != new.get(key):
            yield DefinitionChange(part, key, old.get(key), new.get(key))


def _sort_units(regions: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(sorted(units)) for name, units in regions.items()}


def _sort_favours(sources: Mapping[str, Source]) -> Mapping[str, Source]:
    return {key: replace(each, favours=tuple(sorted(each.favours))) for key, each in sources.items()}


def _compare_groups(key: str, old: Group | None, new: Group | None) -> Iterator[DefinitionChange]:
    bare = _bare(old), _bare(new)
    if bare[0] != bare[1]:
        yield DefinitionChange("group", key, *bare)
    whole: list[PartOf | None] = [group.part_of if group else None for group in (old, new)]
    if whole[0] != whole[1]:
        yield DefinitionChange("part_of", key, *whole)
    strengths = ([_order_parts(each) for each in group.strengths] if group else [] for group in (old, new))
    yield from _tell_apart("strength", key, *strengths)
    said = ([_order_groups(each) for each in group.statements] if group else [] for group in (old, new))
    yield from _tell_apart("statement", key, *said)


def _bare(group: Group | None) -> Group | None:
    """Leave out what is compared by itself, and the order of other names."""
    if group is None:
        return None
    aliases = tuple(sorted(group.aliases))
    return replace(group, aliases=aliases, part_of=None, strengths=(), statements=())


def _order_parts(strength: Strength) -> Strength:
    return replace(strength, of_which=tuple(sorted(map(_order_parts, strength.of_which), key=repr)))


def _order_groups(statement: Statement) -> Statement:
    place = statement.place and replace(statement.place, units=tuple(sorted(statement.place.units)))
    return replace(statement, about=tuple(sorted(statement.about)), place=place)


def _order_names(entry: LoggedChange) -> LoggedChange:
    return replace(entry, records=tuple(sorted(entry.records)), parts=tuple(sorted(entry.parts)))


def _list_ties(relations: Iterable[Relation], groups: set[str]) -> list[Relation]:
    ends = ((each, {*each.between, each.from_group, each.to_group}) for each in relations)
    return [replace(each, between=tuple(sorted(each.between))) for each, known in ends if known & groups]


def _tell_apart(part: str, key: str, old: Sequence[T], new: Sequence[T]) -> Iterator[DefinitionChange]:
    """Give what stands on one side only; nothing tells which of them became which."""
    yield from (DefinitionChange(part, key, each, None) for each in dict.fromkeys(old) if each not in set(new))
    yield from (DefinitionChange(part, key, None, each) for each in dict.fromkeys(new) if each not in set(old))
