"""What a table says in another language, for a table alone, which waits for no library of geometry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from geo.draw.wording.catalogue import Catalogue
from geo.model import (
    Evidence,
    Gazetteer,
    Group,
    Heading,
    Level,
    PartOf,
    Record,
    Relation,
    Source,
    Statement,
    Strength,
    Table,
    Unit,
    UnitNoun,
)

__all__ = ["find_regions", "localise_gazetteer", "localise_table"]

Said = TypeVar("Said", str, Heading)
Noted = TypeVar("Noted", Level, Source, Group, Evidence)
Held = TypeVar("Held", Record, Relation, Strength, Statement, PartOf)


def localise_table(phrases: Catalogue, table: Table, known: Gazetteer) -> tuple[Table, Gazetteer]:
    """Give a table the words, and the units that it may name the names, that they have in the language of the phrases.

    What has none keeps its own; what is said in further languages is left out, but for other names of groups.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> localise_table(read_catalogue("fa"), Table("t", {}, {}, {}, (), ()), Gazetteer({}, {}, ""))[0].title
    't'
    """
    language = phrases.language
    own = _name_regions(table, language)
    regions = {name: text for name, text in find_regions(phrases, known).items() if name not in table.regions}
    heading = _find_said(table.translations, language) or Heading()
    groups = {id_: _translate_group(group, language) for id_, group in table.groups.items()}
    records = (_rename_region(record, {**own, **regions}) for record in table.records)
    table = replace(
        table,
        title=heading.title or table.title,
        subtitle=heading.subtitle or table.subtitle,
        headline=heading.headline or table.headline,
        translations={},
        levels={id_: _translate_level(level, language) for id_, level in table.levels.items()},
        sources={id_: _translate(source, language) for id_, source in table.sources.items()},
        groups=groups,
        records=tuple(_translate_evidence(record, language) for record in records),
        relations=tuple(_translate_evidence(relation, language) for relation in table.relations),
        regions={own.get(name, name): units for name, units in table.regions.items()},
        region_names={},
    )
    return table, known if language == "en" else localise_gazetteer(phrases, known, regions)


def _find_said(said: Mapping[str, Said], language: str) -> Said | None:
    """Return what is said in a language, whatever follows its tag."""
    return next((each for tag, each in said.items() if tag.split("-")[0].lower() == language), None)


def _name_regions(table: Table, language: str) -> Mapping[str, str]:
    """Return what the table's own regions are called, by the names that it knows them by; no two alike."""
    taken, found = {*table.regions}, dict[str, str]()
    for region, names in table.region_names.items():
        name = _find_said(names, language)
        if name and name not in taken:
            found[region] = name
            taken.add(name)
    return found


def _translate(noted: Noted, language: str) -> Noted:
    if not noted.notes:  # as in most of what there is
        return noted
    return replace(noted, note=_find_said(dict(noted.notes), language) or noted.note, notes=())


def _translate_evidence(held: Held, language: str) -> Held:
    return replace(held, evidence=_translate(held.evidence, language)) if held.evidence.notes else held


def _translate_strength(strength: Strength, language: str) -> Strength:
    parts = tuple(_translate_strength(part, language) for part in strength.of_which)
    return replace(_translate_evidence(strength, language), of_which=parts)


def _translate_level(level: Level, language: str) -> Level:
    if not level.names and not level.notes:
        return level
    return replace(_translate(level, language), name=_find_said(level.names, language) or level.name, names={})


def _translate_group(group: Group, language: str) -> Group:
    group = _rename_group(_translate(group, language), language)
    return replace(
        group,
        part_of=group.part_of and _translate_evidence(group.part_of, language),
        strengths=tuple(_translate_strength(each, language) for each in group.strengths),
        statements=tuple(_translate_evidence(each, language) for each in group.statements),
    )


def find_regions(phrases: Catalogue, known: Gazetteer) -> Mapping[str, str]:
    """Return what regions are called, by their English names."""
    said = known.translations.get(phrases.language)
    return said.regions if said else {}


def localise_gazetteer(phrases: Catalogue, known: Gazetteer, regions: Mapping[str, str]) -> Gazetteer:
    """Give units, these regions and what units are called their names in the language of the phrases."""
    if phrases.unit_names == "fa":
        known = replace(known, units={code: _rename_unit(unit) for code, unit in known.units.items()})
    known = replace(known, regions={regions.get(name, name): held for name, held in known.regions.items()})
    if said := known.translations.get(phrases.language):
        known = replace(known, noun=said.noun, credit=said.credit, country=said.country)
    if known.parts:
        known = replace(known, parts=UnitNoun(phrases.say("place"), phrases.say("places")))
    return known


def _rename_region(record: Record, regions: Mapping[str, str]) -> Record:
    name = regions.get(record.place.region or "")
    return replace(record, place=replace(record.place, region=name)) if name else record


def _rename_unit(unit: Unit) -> Unit:
    """Call a unit as it is called in Dari, which is how its name is written in Pashto too."""
    return replace(unit, name=unit.name_fa, name_fa="", aliases=(unit.name, *unit.aliases)) if unit.name_fa else unit


def _rename_group(group: Group, language: str) -> Group:
    """Call a group as the table does in that language; its own name is then one more."""
    name = _find_said(group.names, language)
    if not name or name == group.name:
        return group
    names = {tag: each for tag, each in group.names.items() if each != name}
    return replace(group, name=name, short=name, aliases=(group.name, *group.aliases), names=names)
