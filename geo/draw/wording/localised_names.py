"""A joined table in another language: names of units and groups as they are called there, where that is known."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Protocol

import geopandas as gpd

from geo.draw.serialise import hash_data
from geo.draw.wording.catalogue import Catalogue, read_catalogue
from geo.draw.wording.translated_table import find_regions, localise_gazetteer, localise_table
from geo.join.joined_table import JoinedTable
from geo.model import Gazetteer, Quoted, Topology

__all__ = ["LocalisedTable", "LocalisedUnits", "localise", "localise_neighbours", "localise_units"]


class LocalisedUnits(Protocol):
    """Units whose names are in a language, and what is said in it of them; full geometry in degrees, by code."""

    @property
    def units(self) -> gpd.GeoDataFrame: ...  # noqa: D102  # as the class says
    @property
    def gazetteer(self) -> Gazetteer: ...  # noqa: D102
    @property
    def phrases(self) -> Catalogue: ...  # noqa: D102


@dataclass(frozen=True, eq=False, repr=False)
class LocalisedTable(JoinedTable):
    """A joined table whose units and groups bear their names in a language, and what is said in it of such units."""

    phrases: Catalogue = field(kw_only=True)
    data_hash: str = field(kw_only=True)
    """SHA-256 of the table and the boundaries as they were given, in no language."""
    checked: frozenset[Quoted] = field(kw_only=True, default=frozenset())
    """The quotes that were found in the copies of their sources."""


@lru_cache(maxsize=1)  # All pages of a run show the same.
def localise(joined: JoinedTable, language: str = "") -> LocalisedTable:
    """Give units and groups their names in a language, by default that of the choices; what has none keeps its own.

    Examples
    --------
    >>> from geo.api import Choices, Job, join_table
    >>> joined, _ = join_table("presence: {Red: [Kabul]}", Job(Choices(language="fa")))
    >>> known = localise(joined).gazetteer
    >>> known.units["AF-KAB"].name, known.noun.one
    ('کابل', 'ولایت')
    """
    phrases = read_catalogue(language or joined.choices.language)
    table, known = localise_table(phrases, joined.table, joined.gazetteer)
    values = {each.name: getattr(joined, each.name) for each in fields(JoinedTable)} | {"table": table}
    return LocalisedTable(
        **values | {"gazetteer": known}, phrases=phrases.about(known.noun), data_hash=hash_data(joined)
    )


def localise_units(units: gpd.GeoDataFrame, known: Gazetteer, language: str) -> LocalisedUnits:
    """Do the same for units alone, of which no table speaks."""
    phrases = read_catalogue(language)
    if language != "en":
        known = localise_gazetteer(phrases, known, find_regions(phrases, known))
    return _Units(units, known, phrases.about(known.noun))


@dataclass(frozen=True, eq=False, repr=False)
class _Units:
    units: gpd.GeoDataFrame
    gazetteer: Gazetteer
    phrases: Catalogue


def localise_neighbours(topology: Topology, drawn: LocalisedUnits) -> Topology:
    """Give the countries around their names in the same language.

    Examples
    --------
    >>> from geo.api import Choices, Job, join_table
    >>> joined, topology = join_table("presence: {Red: [Kabul]}", Job(Choices(language="ps")))
    >>> sorted(shape.name for shape in localise_neighbours(topology, localise(joined)).neighbours if shape.name)[0]
    'ازبکستان'
    """
    said = drawn.gazetteer.translations.get(drawn.phrases.language)
    if said is None:
        return topology
    shapes = (replace(shape, name=said.neighbours.get(shape.key, shape.name)) if shape.name else shape
              for shape in topology.neighbours)  # fmt: skip
    return replace(topology, neighbours=tuple(shapes))
