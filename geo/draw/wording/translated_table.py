"""Names of units and groups in another language, for a table alone, which waits for no library of geometry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geo.draw.wording.catalogue import Catalogue
from geo.model import Gazetteer, Group, Record, Table, Unit, UnitNoun

__all__ = ["find_regions", "localise_gazetteer", "localise_table"]


def localise_table(phrases: Catalogue, table: Table, known: Gazetteer) -> tuple[Table, Gazetteer]:
    """Give groups and regions of a table, and the units that it may name, their names in the language of the phrases.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> localise_table(read_catalogue("fa"), Table("t", {}, {}, {}, (), ()), Gazetteer({}, {}, ""))[0].title
    't'
    """
    if phrases.language == "en":
        return table, known
    regions = {name: text for name, text in find_regions(phrases, known).items() if name not in table.regions}
    groups = {id_: _rename_group(group, phrases.language) for id_, group in table.groups.items()}
    records = tuple(_rename_region(record, regions) for record in table.records)
    return replace(table, groups=groups, records=records), localise_gazetteer(phrases, known, regions)


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
        known = replace(known, noun=said.noun, credit=said.credit)
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
    name = next((each for tag, each in group.names.items() if tag.split("-")[0] == language), "")
    if not name:
        return group
    names = {tag: each for tag, each in group.names.items() if each != name}
    return replace(group, name=name, short=name, aliases=(group.name, *group.aliases), names=names)
