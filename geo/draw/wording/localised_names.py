"""A joined table in another language: names of units and groups as they are called there, where that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.draw.wording.catalogue import read_catalogue, word
from geo.model import Gazetteer, Group, Record, Table, Topology, Unit, UnitNoun

if TYPE_CHECKING:
    from geo.join.joined_table import JoinedTable

__all__ = ["localise", "localise_neighbours", "localise_table"]


@lru_cache(maxsize=1)  # All pages of a run show the same.
def localise(joined: JoinedTable) -> JoinedTable:
    """Give units and groups their names in the language chosen; what has none keeps its own.

    Parameters
    ----------
    joined : JoinedTable

    Returns
    -------
    JoinedTable
        The same for English.

    Examples
    --------
    >>> from geo.api import Choices, join_table
    >>> joined, _ = join_table("presence: {Red: [Kabul]}", choices=Choices(language="fa"))
    >>> known = localise(joined).gazetteer
    >>> known.units["AF-KAB"].name, known.noun.one
    ('کابل', 'ولایت')
    """
    table, known = localise_table(joined.table, joined.gazetteer, joined.choices.language)
    return joined if table is joined.table else replace(joined, table=table, gazetteer=known)


def localise_table(table: Table, known: Gazetteer, language: str) -> tuple[Table, Gazetteer]:
    """Do the same for a table alone and the units that it may name.

    Examples
    --------
    >>> localise_table(Table("t", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), "fa")[0].title
    't'
    """
    if language == "en":
        return table, known
    said = known.translations.get(language)
    regions = {name: text for name, text in (said.regions if said else {}).items() if name not in table.regions}
    groups = {id_: _rename_group(group, language) for id_, group in table.groups.items()}
    records = tuple(_rename_region(record, regions) for record in table.records)
    if read_catalogue(language).unit_names == "fa":
        known = replace(known, units={code: _rename_unit(unit) for code, unit in known.units.items()})
    known = replace(known, regions={regions.get(name, name): held for name, held in known.regions.items()})
    if said:
        known = replace(known, noun=said.noun, credit=said.credit)
    if known.parts:
        known = replace(known, parts=UnitNoun(word("place"), word("places")))
    return replace(table, groups=groups, records=records), known


def localise_neighbours(topology: Topology, joined: JoinedTable) -> Topology:
    """Give the countries around their names in the language chosen.

    Examples
    --------
    >>> from geo.api import Choices, join_table
    >>> joined, topology = join_table("presence: {Red: [Kabul]}", choices=Choices(language="ps"))
    >>> sorted(shape.name for shape in localise_neighbours(topology, joined).neighbours if shape.name)[0]
    'ازبکستان'
    """
    said = joined.gazetteer.translations.get(joined.choices.language)
    if said is None:
        return topology
    shapes = (replace(shape, name=said.neighbours.get(shape.key, shape.name)) if shape.name else shape
              for shape in topology.neighbours)  # fmt: skip
    return replace(topology, neighbours=tuple(shapes))


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
