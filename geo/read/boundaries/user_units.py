"""Units that a user brings: every shape of a boundary file is one, under the names and codes that stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import BoundaryError, PresenceError, Problem
from geo.model import Gazetteer, Unit, UnitNoun
from geo.read.boundaries.layers import Layer
from geo.read.boundaries.overlapping_shapes import tell_overlaps
from geo.read.boundaries.unit_builder import UnitBuilder
from geo.read.common.names import fold_name, index_units, list_shared, nearest_names
from geo.read.common.nodes import quote

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["UnitChoices", "UserUnits", "gather_units", "make_noun"]

NOUN = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
LONGEST_NOUN = 40
PARTS = UnitNoun("place", "places")
TAKEN = frozenset(("region", "regions", "حوزه", "سیمه", "سیمې"))
"""What the pages call a set of units that a record names, in every language."""


@dataclass(frozen=True)
class UnitChoices:
    """Which field of a boundary file says what."""

    noun: UnitNoun
    """What a unit is called."""
    key: str | None = None
    """The field of the code; found by looking without."""
    name: str | None = None
    """The field of the name, likewise."""
    within: str | None = None
    """The field of the larger unit that each lies in: these are the regions that a record may name."""
    dissolve: bool = False
    """Make one unit of all shapes within the same larger unit; a record may still name its parts."""


@dataclass(frozen=True, eq=False)
class UserUnits:
    """Units of a file: what a table may name, shapes, codes in the file's order, and what was taken for granted."""

    gazetteer: Gazetteer
    frame: GeoDataFrame
    order: tuple[str, ...]
    warnings: tuple[Problem, ...]


def make_noun(text: str) -> UnitNoun:
    """Read what units are called: one word, whose plural is regular, or both with a slash between them.

    If it is no such word, that is a `PresenceError`.

    Examples
    --------
    >>> make_noun("district"), make_noun("municipality").many, make_noun("oblast/oblasti").many
    (UnitNoun(one='district', many='districts'), 'municipalities', 'oblasti')
    """
    one, slash, many = (part.strip() for part in text.partition("/"))
    for word in (one, many) if slash else (one,):
        if not NOUN.fullmatch(word) or len(word) > LONGEST_NOUN:
            raise PresenceError([Problem("units", quote(text), "a word for a kind of area, such as district")])
        if word.casefold() in TAKEN:
            found = f"{quote(word)}, which is what a record names several units by"
            raise PresenceError([Problem("units", found, "another word, such as 'area' or 'administrative region'")])
    return UnitNoun(one, many if slash else _make_plural(one))


def _make_plural(word: str) -> str:
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return word + ("es" if re.search("(s|x|z|ch|sh)$", word) else "s")


def gather_units(layer: Layer, own: UnitChoices, aliases: Mapping[str, str] | None = None) -> UserUnits:
    """Make units of all shapes of a boundary file; the larger units are the regions of their gazetteer.

    ``aliases`` are further names, each with the name or code of a unit of the file. The frame is as that of
    `bundled.read_boundaries`, in the order of the names; warnings tell which fields were found, and names that several
    units share. Where there is no such field, a shape has no name or code, or two have the same code, that is a
    `BoundaryError`.

    Examples
    --------
    >>> import geopandas, shapely
    >>> shapes = geopandas.GeoSeries([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs=4326)
    >>> fields = {"ADM2_EN": ("East", "West"), "ADM2_PCODE": ("X2", "X1"), "ADM1_EN": ("North", "North")}
    >>> layer = Layer("t.geojson", "GeoJSON", "EPSG:4326", fields, shapes)
    >>> found = gather_units(layer, UnitChoices(UnitNoun("district", "districts"), within="ADM1_EN"))
    >>> found.frame.index.tolist(), found.gazetteer.units["X1"].name, dict(found.gazetteer.regions)
    (['X2', 'X1'], 'West', {'North': ('X2', 'X1')})
    >>> areas = UnitChoices(UnitNoun("area", "areas"), within="ADM1_EN", dissolve=True)
    >>> list(gather_units(layer, areas).gazetteer.units)
    ['north']
    """
    gathering = UnitBuilder(layer, own)
    units = gathering.list_whole() if own.dissolve else gathering.list_units()
    known = {unit.code: unit for unit in sorted(units, key=lambda unit: (fold_name(unit.name), unit.code))}
    known = _add_aliases(layer.source, known, aliases or {})
    known = _add_further(known, gathering.further)
    gathering.tell_shared(Gazetteer(known, {}, ""))
    owners = {place: code for code, places in gathering.places.items() for place in places}
    gathering.warnings += tell_overlaps(layer, [owners.get(place, "") for place in range(len(layer.geometry))])
    regions: dict[str, list[str]] = {}
    for unit in known.values():
        if unit.region:
            regions.setdefault(unit.region, []).append(unit.code)
    held = {name: tuple(codes) for name, codes in sorted(regions.items())}
    gazetteer = Gazetteer(MappingProxyType(known), MappingProxyType(held), "", noun=own.noun)
    if own.dissolve:
        gazetteer = replace(gazetteer, parts=PARTS)
    order = tuple(sorted(known, key=lambda code: gathering.places[code][0]))
    return UserUnits(gazetteer, gathering.place(known), order, tuple(gathering.warnings))


def _add_aliases(source: str, units: dict[str, Unit], aliases: Mapping[str, str]) -> dict[str, Unit]:
    index = index_units(Gazetteer(units, {}, ""))
    unknown = [meaning for meaning in aliases.values() if fold_name(meaning) not in index]
    if unknown:
        names = [unit.name for unit in units.values()]
        raise BoundaryError(
            Problem(
                source, f"an alias for {quote(meaning)}", "the name or code of a unit", nearest_names(meaning, names)
            )
            for meaning in unknown
        )
    for text, meaning in aliases.items():
        unit = units[index[fold_name(meaning)]]
        units[unit.code] = replace(unit, aliases=(*unit.aliases, text))
    return units


def _add_further(units: dict[str, Unit], further: Mapping[str, Sequence[str]]) -> dict[str, Unit]:
    """Add further names where no other unit goes by them."""
    known = index_units(Gazetteer(units, {}, ""))
    taken = set(known) | {fold_name(name) for name in list_shared(Gazetteer(units, {}, ""))}
    holders: dict[str, set[str]] = {}
    for code, names in further.items():
        for name in names:
            holders.setdefault(fold_name(name), set()).add(code)
    for code, names in further.items():
        free = {fold_name(name): name for name in reversed(names)
                if fold_name(name) not in taken and holders[fold_name(name)] == {code}}  # fmt: skip
        units[code] = replace(units[code], aliases=(*units[code].aliases, *reversed(free.values())))
    return units
