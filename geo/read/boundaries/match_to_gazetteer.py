"""Which unit of the gazetteer a shape is: what its texts say, believed only where the unit's capital lies in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.errors import LONGEST_LIST, BoundaryError, Problem
from geo.longitude import turn_longitude
from geo.model import Gazetteer, Unit
from geo.read.boundaries.area_ratios import Shares
from geo.read.boundaries.layers import Layer
from geo.read.boundaries.overlapping_shapes import tell_overlaps
from geo.read.common.names import fold_name, index_units, nearest_names
from geo.read.common.nodes import cut, quote
from geo.read.fields.hints import trim_province

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["LEFT_OUT", "Match", "match_layer", "name_shapes", "place_units", "settle_units"]

NEAR = 0.1
"""Degrees; borders drawn for a small scale may pass a capital by as much."""

LEFT_OUT = "-"
"""What an alias says of a shape that is no unit, such as a lake."""

SHAPE = "shape"
"""What an alias calls a shape by its number, as messages do."""

FEW = 3


@dataclass(frozen=True, eq=False)
class Match:
    """What became of each shape of a layer."""

    codes: tuple[str, ...]
    """Code of the unit that each shape is; "" where none was found, `LEFT_OUT` where none is wanted."""
    right: Mapping[str, int]
    """For how many shapes each field names that unit."""
    wrong: Mapping[str, int]
    """For how many it names another."""
    problems: tuple[Problem, ...]
    """Errors where a shape is no unit or two are one; warnings where texts of one shape disagree."""
    strange: frozenset[Problem] = frozenset()
    """Of these the ones about shapes that are called by nothing known here, as all of another country are."""

    @cached_property
    def found(self) -> int:
        """Number of shapes that are units."""
        return sum(code not in ("", LEFT_OUT) for code in self.codes)


def match_layer(
    layer: Layer, gazetteer: Gazetteer, *, key: str | None = None, aliases: Mapping[str, str] | None = None
) -> Match:
    """Find the unit that each shape is.

    A text names a unit by its English or Dari name, an alias, ISO 3166-2, HASC or OCHA's P-code, whatever the case,
    blanks and dashes. FIPS codes look like P-codes and files call provinces by their neighbours' names; so no text is
    believed unless the capital of the unit it names lies in the shape (or within 0.1 degrees of it). A shape in which
    no capital lies is believed to be what a field says that is right for most others and wrong for none. Whatever its
    fields say, a shape of less than half of a unit's area is not that unit.

    ``key`` is the only field to go by. ``aliases`` say what texts of the file mean, or shapes by their number: a name
    or code of the gazetteer, or ``-`` for a shape that is no unit. Where the layer has no such field, or an alias means
    no unit, that is a `BoundaryError`.

    Examples
    --------
    >>> import geopandas, shapely
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> around = geopandas.GeoSeries([shapely.box(68.9, 34.3, 69.6, 34.8)], crs=4326)
    >>> layer = Layer("t.geojson", "GeoJSON", "EPSG:4326", {"n": ("Cabul",), "fips": ("AF13",)}, around)
    >>> match = match_layer(layer, read_gazetteer(), aliases={"Cabul": "Kabul"})
    >>> match.codes, match.wrong["fips"]
    (('AF-KAB',), 1)
    """
    return _Matching(layer, gazetteer, _choose_fields(layer, key), _read_aliases(gazetteer, aliases or {})).match()


def name_shapes(
    layer: Layer, gazetteer: Gazetteer, *, key: str | None = None, aliases: Mapping[str, str] | None = None
) -> dict[str, list[str]]:
    """List by field the unit that each shape is called, "" where it is none, wherever it lies; as for `match_layer`."""
    matching = _Matching(layer, gazetteer, _choose_fields(layer, key), _read_aliases(gazetteer, aliases or {}))
    named = [matching.list_named(place) for place in range(len(layer.geometry))]
    named = [{} if LEFT_OUT in said.values() else said for said in named]
    return {head: [said.get(head, "") for said in named] for head in matching.fields}


def place_units(layer: Layer, match: Match, gazetteer: Gazetteer) -> GeoDataFrame:
    """Put the shapes that are units into the gazetteer's order, under its names, where the match has no errors.

    The frame is as that of `bundled.read_boundaries`; nothing else of the file is in it.

    Examples
    --------
    >>> import geopandas, shapely
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> around = geopandas.GeoSeries([shapely.box(68.9, 34.3, 69.6, 34.8)], crs=4326)
    >>> layer = Layer("t.geojson", "GeoJSON", "EPSG:4326", {"n": ("Kabul",), "phone": ("0700",)}, around)
    >>> place_units(layer, match_layer(layer, read_gazetteer()), read_gazetteer()).columns.tolist()
    ['pcode', 'name', 'name_fa', 'geometry']
    """
    import geopandas

    places = {code: place for place, code in enumerate(match.codes)}
    units = [unit for code, unit in gazetteer.units.items() if code in places]
    columns = {name: [getattr(unit, name) for unit in units] for name in ("pcode", "name", "name_fa")}
    shapes = [layer.geometry.iloc[places[unit.code]] for unit in units]
    index = [unit.code for unit in units]
    return geopandas.GeoDataFrame(columns, geometry=shapes, index=index, crs=4326).rename_axis("code")


def settle_units(layer: Layer, match: Match, gazetteer: Gazetteer) -> tuple[GeoDataFrame, tuple[Problem, ...]]:
    """Take the shapes that are units, with what is doubtful about them.

    A `BoundaryError` names every shape that is no unit beyond doubt.
    """
    if errors := [problem for problem in match.problems if problem.severity == "error"]:
        raise BoundaryError(errors)
    frame = place_units(layer, match, gazetteer)
    warnings = [*layer.warnings, *match.problems]
    if missing := [unit.name for code, unit in gazetteer.units.items() if code not in frame.index]:
        found = f"no shape for {', '.join(missing)}, which {'are' if len(missing) > 1 else 'is'} on no map"
        warnings.append(Problem(layer.source, found, f"boundaries of all {gazetteer.noun.many}", severity="warning"))
    return frame, tuple(warnings)


def _choose_fields(layer: Layer, key: str | None) -> Mapping[str, Sequence[str]]:
    if key is None:
        return layer.fields
    if key not in layer.fields:
        known = ", ".join(map(cut, layer.fields)) or "none"
        near = nearest_names(key, layer.fields)
        raise BoundaryError([Problem(layer.source, f"no field {quote(key)}", f"one of {known}", near)])
    return {key: layer.fields[key]}


def _read_aliases(gazetteer: Gazetteer, aliases: Mapping[str, str]) -> dict[str, str]:
    index = index_units(gazetteer)
    read = {
        fold_name(text): LEFT_OUT if meant.strip() == LEFT_OUT else index.get(fold_name(meant), "")
        for text, meant in aliases.items()
    }
    problems = [
        Problem("aliases", f"{quote(meant)}, meant by {quote(text)}, is no unit", f"a name, a code or {LEFT_OUT}",
                nearest_names(meant, (unit.name for unit in gazetteer.units.values())))
        for text, meant in aliases.items() if not read[fold_name(text)]
    ]  # fmt: skip
    if problems:
        raise BoundaryError(problems)
    return read


def _bare(code: str) -> str:
    """Leave letters and figures of a code alone."""
    return re.sub(r"[\W_]+", "", code).casefold()


@dataclass
class _Matching:
    layer: Layer
    gazetteer: Gazetteer
    fields: Mapping[str, Sequence[str]]
    aliases: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    strange: list[Problem] = field(default_factory=list)

    def match(self) -> Match:
        named = [self._list_meant(place) or self.list_named(place) for place in range(len(self.layer.geometry))]
        held = self._list_held()
        within = self._list_near(held)
        codes = []
        for place, said in enumerate(named):
            meant = {code for code in said.values() if code in within[place]} - self._list_parts(place, said)
            codes.append(LEFT_OUT if LEFT_OUT in said.values() else meant.pop() if len(meant) == 1 else "")
        self._tell_swapped(named, codes)
        self._trust_fields(named, within, codes)
        for place, code in enumerate(codes):
            if not code:
                self._tell_missed(place, named[place], within[place], codes)
        self._tell_twice(codes)
        self._tell_several(codes, held)
        right, wrong = _count_fields(self.fields, named, codes)
        self._tell_disagreement(named, codes)
        self.problems += tell_overlaps(self.layer, ["" if code == LEFT_OUT else code for code in codes])
        return Match(tuple(codes), right, wrong, tuple(self.problems), frozenset(self.strange))

    def _trust_fields(self, named: Sequence[Mapping[str, str]], within: Sequence[set[str]], codes: list[str]) -> None:
        """Believe a field without fault of a shape in which no capital lies, as where borders have moved since."""
        right, wrong = _count_fields(self.fields, named, codes)
        trusted = [name for name in self.fields if 2 * right[name] > len(codes) and not wrong[name]]
        for place, code in enumerate(codes):
            said = {named[place][name] for name in trusted if name in named[place]}
            said -= self._list_parts(place, named[place])
            if not code and not within[place] and len(said) == 1 and not said & set(codes):
                codes[place] = said.pop()
                found = f"{self._show(place)} does not hold the capital of {self.gazetteer.units[codes[place]].name}"
                by = next(name for name in trusted if name in named[place])
                expected = f"other borders; field {quote(by)}, without fault elsewhere, was believed"
                self.problems.append(Problem(self.layer.source, found, expected, severity="warning"))

    @cached_property
    def _shares(self) -> Shares:
        return Shares(self.layer)

    def _list_parts(self, place: int, said: Mapping[str, str]) -> set[str]:
        """List the units that a shape is called and can only be a part of."""
        return set(self._shares.list_parts(place, sorted(set(said.values()) - {LEFT_OUT})))

    def _list_meant(self, place: int) -> dict[str, str]:
        """List what an alias means by the number of a shape, whatever its fields say."""
        code = self.aliases.get(fold_name(f"{SHAPE} {place + 1}"))
        return {SHAPE: code} if code else {}

    def list_named(self, place: int) -> dict[str, str]:
        """List the unit that each field names, where it names one."""
        found = ((name, self._find_named(values[place])) for name, values in self.fields.items())
        return {name: code for name, code in found if code}

    def _find_named(self, text: str) -> str:
        folded = fold_name(text)
        if not folded:
            return ""
        bare = self._names.get(fold_name(trim_province(text) or ""), "")
        return self.aliases.get(folded) or self._names.get(folded) or bare or self._codes.get(_bare(text), "")

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return index_units(self.gazetteer)

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """Codes of all schemes; one that two schemes give to different units names none."""
        index: dict[str, set[str]] = {}
        for unit in self.gazetteer.units.values():
            for code in (unit.code, unit.hasc, unit.pcode):
                index.setdefault(_bare(code), set()).add(unit.code)
        return {bare: next(iter(codes)) for bare, codes in index.items() if bare and len(codes) == 1}

    def _list_held(self, *, swapped: bool = False) -> list[set[str]]:
        """List the units whose capital lies in each shape."""
        held: list[set[str]] = [set() for _ in self.layer.geometry]
        for code, point in self._list_capitals(swapped):
            for place in self.layer.geometry.sindex.query(point, predicate="intersects"):
                held[place].add(code)
        return held

    def _list_near(self, held: Sequence[set[str]]) -> list[set[str]]:
        """Add to shapes that hold no capital those near by that no other shape holds."""
        within = [set(codes) for codes in held]
        placed = set().union(*held)
        for code, point in self._list_capitals(False):
            if code not in placed:
                for place in self.layer.geometry.sindex.query(point, predicate="dwithin", distance=NEAR):
                    within[place] |= {code} if not held[place] else set()
        return within

    def _list_capitals(self, swapped: bool) -> Iterable[tuple[str, Any]]:
        import shapely

        west, _, east, _ = map(float, self.layer.geometry.total_bounds)
        for unit in self.gazetteer.units.values():
            lon, lat = turn_longitude(unit.capital_lon, (west + east) / 2), unit.capital_lat
            yield unit.code, shapely.Point(*((lat, lon) if swapped else (lon, lat)))

    def _tell_swapped(self, named: Sequence[Mapping[str, str]], codes: Sequence[str]) -> None:
        """Refuse a file whose places make sense only with latitude and longitude in each other's place."""
        if any(codes) or not any(named):
            return
        turned = self._list_held(swapped=True)
        fit = sum(bool(set(said.values()) & turned[place]) for place, said in enumerate(named))
        if 2 * fit >= len(named):
            found = "latitude and longitude stand in each other's place"
            raise BoundaryError(
                [Problem(self.layer.source, found, "longitude first, as GeoJSON and GIS files have it")]
            )

    def _tell_missed(self, place: int, said: Mapping[str, str], within: set[str], codes: Sequence[str]) -> None:
        """Say what is known of a shape that is no unit beyond doubt."""
        parts = self._list_parts(place, said)
        if parts & within or (not within and parts and parts == set(said.values())):
            self._tell_part(place, sorted(parts))
            return
        units, shown = self.gazetteer.units, self._show(place)
        lying = [units[code] for code in sorted(within)]
        if len(within & set(said.values())) > 1:
            what = f"{shown} is named and holds the capital of {_join_units(lying)}"
        elif said:
            names = dict.fromkeys(units[code].name for code in said.values())
            where = f"while {_join_capitals(lying)} {_lie(lying)} in it" if lying else "whose capital lies elsewhere"
            what = f"{shown} is called {' and '.join(names)}, {where}"
        else:
            what = f"{shown} is called by no name or code that is known here"
        if set(said.values()) & set(codes) and not lying:  # A name for it would only be that of the other shape.
            expected = self._offer_whole(place)
            self.problems.append(Problem(self.layer.source, what, expected))
            return
        texts = self._texts(place)
        near = tuple(unit.name for unit in lying if unit.code not in codes)
        if not near and len(self.problems) < LONGEST_LIST:  # Of more nobody is told, and to look takes long.
            near = tuple(dict.fromkeys(name for text in texts for name in self._suggest(text)))[:FEW]
        alias = f", or an alias: {self._choose_alias(place, texts)} and what it means here"
        self.problems.append(Problem(self.layer.source, what, f"a field that names it{alias}", near))
        self.strange += [] if said else self.problems[-1:]

    def _tell_part(self, place: int, codes: Sequence[str]) -> None:
        """Say of a shape that it is called as a unit, and how little of that it is."""
        called = ", and ".join(
            f"{self.gazetteer.units[code].name}, of whose area it has {self._shares.find(place, code):.2g}"
            for code in codes
        )
        expected = "a shape of the whole province, or --units district, which takes each shape for a unit of its own"
        if any(self._called[code] > 1 for code in codes):
            expected = self._offer_whole(place)
        self.problems.append(Problem(self.layer.source, f"{self._show(place)} is called {called}", expected))

    @cached_property
    def _called(self) -> Counter[str]:
        """How many shapes are called as each unit, by any field."""
        places = range(len(self.layer.geometry))
        return Counter(code for place in places for code in set(self.list_named(place).values()))

    def _tell_twice(self, codes: Sequence[str]) -> None:
        for code in dict.fromkeys(code for code in codes if code not in ("", LEFT_OUT)):
            if codes.count(code) > 1:
                shapes = " and ".join(self._show(place) for place, each in enumerate(codes) if each == code)
                found = f"{shapes} are both {self.gazetteer.units[code].name}"
                expected = f"one shape for each unit: {self._offer_union()}"
                self.problems.append(Problem(self.layer.source, found, expected))

    def _offer_whole(self, place: int) -> str:
        """Offer what is done with a part of a unit."""
        alias = f"{self._choose_alias(place, self._texts(place))},{LEFT_OUT}"
        return f"one shape for each unit: {self._offer_union()}, or an alias that leaves this one out: {alias}"

    def _offer_union(self) -> str:
        """Offer what makes one shape of several."""
        is_file = self.layer.kind != "GeoDataFrame"
        return "--dissolve, which unites those of one province" if is_file else "dissolve them first"

    def _tell_several(self, codes: Sequence[str], held: Sequence[set[str]]) -> None:
        """Refuse a shape that is more than one unit, such as a country or a province before it was divided.

        Where the other unit has a shape of its own, its border has moved, and that is told there.
        """
        units = self.gazetteer.units
        for place, code in enumerate(codes):
            others = [units[each] for each in sorted(held[place] - set(codes))]
            if others and code not in ("", LEFT_OUT):
                more = f" and {len(others) - FEW} more" if len(others) > FEW else ""
                also = _join_capitals(others[:FEW])
                found = f"{self._show(place)} is {units[code].name}, but {also}{more} {_lie(others)} in it too"
                self.problems.append(Problem(self.layer.source, found, "one shape for each province of today"))

    def _tell_disagreement(self, named: Sequence[Mapping[str, str]], codes: Sequence[str]) -> None:
        """Warn of names that are another unit's, in fields that are right for most shapes."""
        units = self.gazetteer.units
        right, _ = _count_fields(self.fields, named, codes)
        for place, code in enumerate(codes):
            said = {name: each for name, each in named[place].items() if each not in (code, LEFT_OUT)}
            said = {name: each for name, each in said.items() if 2 * right.get(name, 0) > len(codes)}
            if said and code not in ("", LEFT_OUT):
                names = " and ".join(dict.fromkeys(units[each].name for each in said.values()))
                found = (
                    f"{self._show(place)} is {names} by {', '.join(map(quote, said))}, and holds {units[code].capital}"
                )
                expected = f"{units[code].name}, which it was taken for"
                self.problems.append(Problem(self.layer.source, found, expected, severity="warning"))

    def _texts(self, place: int) -> list[str]:
        """List the texts of a shape that have letters, those that most look like names first."""
        texts = dict.fromkeys(values[place] for values in self.fields.values())
        return sorted(
            (text for text in texts if any(map(str.isalpha, text))), key=lambda text: bool(re.search("[0-9]", text))
        )

    def _choose_alias(self, place: int, texts: Sequence[str]) -> str:
        """Choose what an alias may call a shape by: its text, or its number where another shape has that text."""
        is_alone = bool(texts) and self._text_counts[texts[0]] == 1
        return quote(texts[0])[1:-1] if is_alone else f"{SHAPE} {place + 1}"

    @cached_property
    def _text_counts(self) -> Mapping[str, int]:
        """Count the shapes that each text stands on."""
        return Counter(text for place in range(len(self.layer.geometry)) for text in self._texts(place))

    def _suggest(self, text: str) -> tuple[str, ...]:
        units: Iterable[Unit] = self.gazetteer.units.values()
        return nearest_names(text, [name for unit in units for name in (unit.name, unit.name_fa)])

    def _show(self, place: int) -> str:
        said = next(iter(self._texts(place)), "")
        return f"shape {place + 1}" + (f" ({quote(said)[1:-1]})" if said else "")


def _count_fields(
    fields: Iterable[str], named: Sequence[Mapping[str, str]], codes: Sequence[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Count for how many shapes each field names the unit found, and for how many another."""
    right, wrong = (dict.fromkeys(fields, 0) for _ in range(2))
    for said, code in zip(named, codes, strict=True):
        for name in said.keys() & right.keys() if code not in ("", LEFT_OUT) else ():
            (right if said[name] == code else wrong)[name] += 1
    return right, wrong


def _join_units(units: Sequence[Unit]) -> str:
    return " and ".join(unit.name for unit in units)


def _lie(units: Sequence[Unit]) -> str:
    return "lies" if len(units) == 1 else "lie"


def _join_capitals(units: Sequence[Unit]) -> str:
    return " and ".join(f"{unit.capital}, the capital of {unit.name}," for unit in units)
