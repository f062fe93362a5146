"""Shapes of a boundary file on their way to units: names, codes and larger areas of each, and what is doubtful."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

from geo.errors import BoundaryError, Problem
from geo.model import Gazetteer, Unit
from geo.read.boundaries.layers import Layer
from geo.read.boundaries.same_names import list_places, list_provinces, make_code, make_codes, tell_apart
from geo.read.boundaries.unit_fields import (
    CODE,
    NOUNS,
    find_code,
    find_name,
    find_whole,
    find_within,
    is_called_name,
    is_code,
    is_dari,
    list_second,
    list_unique,
)
from geo.read.common.names import fold_name, list_shared, nearest_names
from geo.read.common.nodes import cut, list_few, quote
from geo.read.fields.scalars import is_invisible

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.read.boundaries.user_units import UnitChoices

__all__ = ["UnitBuilder"]

SEVERAL = re.compile("[|;]")


class UnitBuilder:
    """One layer on its way to units."""

    def __init__(self, layer: Layer, own: UnitChoices) -> None:
        self.layer, self.own = layer, own
        self.warnings: list[Problem] = []
        self.places: dict[str, list[int]] = {}
        self.further: dict[str, tuple[str, ...]] = {}
        self.nothing = ("",) * len(layer.geometry)
        self.kinds = {*NOUNS.values(), *map(fold_name, (own.noun.one, own.noun.many))}
        self.within = self._take(own.within) if own.within else self.nothing

    def list_units(self) -> list[Unit]:
        """Make a unit of each shape."""
        field = self.own.name or self._find_name()
        said = self._take(field) if field else self.nothing
        self._tell_swapped(field, said)
        codes = self._list_codes(said, field)
        names = self._call_nameless(said, codes)
        self.places = {code: [place] for place, code in enumerate(codes)}
        apart = tell_apart(names, self._list_schemes(field))
        dari = self._list_further(codes, names, field)
        return [
            Unit(code, "", "", names[place], dari[place], (apart[place],) if place in apart else (), self.within[place])
            for place, code in enumerate(codes)
        ]

    def list_whole(self) -> list[Unit]:
        """Make a unit of all shapes within the same larger one, which goes by the names of its parts as well."""
        if not self.own.within:
            self._stop("--dissolve without a field that tells what belongs together", "--within FIELD")
        self._refuse_missing(self.within, "larger unit", "--within")
        field = self.own.name or self._find_name()
        names = self._take(field) if field else self.nothing
        keys = self._take(self.own.key) if self.own.key else names
        parts: dict[str, list[int]] = {}
        for place, whole in enumerate(self.within):
            parts.setdefault(whole, []).append(place)
        codes = {whole: whole if is_code(whole) else make_code(whole) for whole in parts}
        self._refuse_twice(list(codes.values()), list(codes))
        self.places = {codes[whole]: places for whole, places in parts.items()}
        called = self._name_wholes(parts, names)
        self.further = {codes[whole]: tuple(filter(None, [self._trim_kind(name)])) for whole, name in called.items()}
        return [
            Unit(codes[whole], "", "", called[whole], "",
                 tuple(dict.fromkeys(text for place in places for text in (names[place], keys[place]) if text)),
                 called[whole])
            for whole, places in parts.items()
        ]  # fmt: skip

    def _name_wholes(self, parts: Mapping[str, Sequence[int]], names: Sequence[str]) -> dict[str, str]:
        """Name larger units by themselves, or where they are codes by the one name that all parts of each have."""
        held = {whole: {names[place] for place in places} for whole, places in parts.items()}
        if all(map(is_code, parts)) and all(len(each) == 1 and each != {""} for each in held.values()):
            return {whole: next(iter(each)) for whole, each in held.items()}
        return {whole: whole for whole in parts}

    def _list_codes(self, names: Sequence[str], field: str | None) -> list[str]:
        """Take codes from a field, or make them."""
        key = self.own.key or find_code(self.layer.fields)
        if key is None:
            return self._make_codes(names, field)
        keys = self._take(key)
        if self.own.key is None:
            self._tell_codes(key)
            self._tell_parts(field)
        self._refuse_missing(keys, "code", "--key")
        codes = [key if CODE.fullmatch(key) else make_code(key) for key in keys]
        self._refuse_twice(codes, keys)
        return codes

    def _make_codes(self, names: Sequence[str], field: str | None) -> list[str]:
        """Make codes of names where no field has any, and say of what else."""
        codes, how = make_codes(names, self._find_areas(field))
        self._tell_parts(field)
        numbered = list_unique(self.layer.fields) if how == "numbers" else []
        if numbered:
            self._tell_codes(numbered[0])
            return list(self.layer.fields[numbered[0]])
        parts = {"names": "", "areas": " and of the larger areas", "numbers": " and of the shapes' numbers in the file"}
        expected = "--key FIELD where one has codes"
        if how == "numbers" and field:
            expected += (
                f"; --within {shlex.quote(field)} --dissolve where shapes of one name are one {self.own.noun.one}"
            )
        self._warn(f"codes were made of the names{parts[how]}", expected)
        return codes

    def _tell_parts(self, name: str | None) -> None:
        """Say of a file with several shapes for a unit how they become one."""
        if whole := find_whole(self.layer.fields, name):
            found = f"several shapes of one name with the same code in the field {quote(whole)}"
            self._warn(found, f"--within {shlex.quote(whole)} --dissolve, which makes one {self.own.noun.one} of them")

    def _tell_codes(self, field: str) -> None:
        self._warn(f"codes were taken from the field {quote(field)}", "--key FIELD where another is meant")

    def _find_areas(self, name: str | None) -> Sequence[str]:
        """Find the larger areas by which units of one name differ."""
        field = find_within(self.layer.fields, name)
        return self.within if self.own.within else self.layer.fields[field] if field else self.nothing

    def _list_schemes(self, field: str | None) -> Iterator[Callable[[], Sequence[str]]]:
        """List what may tell units of one name apart: their larger area, the province that holds them, their place."""
        yield lambda: self._find_areas(field)
        yield lambda: list_provinces(self.layer)
        yield from list_places(self.layer)

    def _tell_swapped(self, field: str | None, names: Sequence[str]) -> None:
        """Say where names that were asked for are codes, while another field has names."""
        better = find_name(self.layer.fields, self.own.within)
        if self.own.name and better != field and all(map(is_code, names)) and better and is_called_name(better):
            self._warn(f"names that are codes, from the field {quote(self.own.name)}", f"--name {shlex.quote(better)}")

    def _call_nameless(self, names: Sequence[str], codes: Sequence[str]) -> list[str]:
        """Call shapes without a name by their codes, and say so."""
        missing = {place: codes[place] for place, name in enumerate(names) if not name or is_invisible(name)}
        if len(missing) == len(names):
            fields = self._list_fields()
            found = f"no field that gives {self.own.noun.many} names: they are called by their codes"
            self._warn(found, "a field of names" if fields == "none" else f"--name with one of {fields}")
        elif missing:
            shapes = list_few([str(place + 1) for place in missing])
            found = f"no name for shape {shapes}, called by {list_few(list(missing.values()))}"
            self._warn(found, "a name for each")
        return [missing.get(place, name) for place, name in enumerate(names)]

    def _list_further(self, codes: Sequence[str], names: Sequence[str], field: str | None) -> Sequence[str]:
        """List further names of each shape, those without the word for what it is included; return the Dari ones."""
        fields = self.layer.fields
        others = list_second(fields, field)
        dari = next((fields[head] for head in others if is_dari(head, fields[head])), self.nothing)
        for place, code in enumerate(codes):
            more = [text for head in others for text in SEVERAL.split(fields[head][place])]
            texts = [text.strip() for text in (*more, *(self._trim_kind(text) for text in (names[place], *more)))]
            self.further[code] = tuple(text for text in dict.fromkeys(texts) if text and text != dari[place])
        return dari

    def _trim_kind(self, name: str) -> str:
        """Leave out of a name the word for what it names, as in "Abyan Governorate"; nothing where it has none."""
        first, _, last = name.rpartition(" ")
        if fold_name(last) in self.kinds:
            return first.strip()
        first, _, rest = name.partition(" ")
        return rest.removeprefix("of ").strip() if fold_name(first) in self.kinds and rest.startswith("of ") else ""

    def tell_shared(self, gazetteer: Gazetteer) -> None:
        """Warn of names by which no unit is found, since several are called so."""
        shared = list_shared(gazetteer)
        if shared and self.own.dissolve:
            self._warn(
                f"names that parts of several {self.own.noun.many} share: {list_few(shared)}", "others in a table"
            )
        elif shared:
            found = f"names that several {self.own.noun.many} share: {list_few(shared)}"
            apart = next(
                (unit.aliases[0] for unit in gazetteer.units.values() if unit.name in shared and unit.aliases), ""
            )
            expected = "their codes in a table" + (f", or such as {apart}" if apart else "")
            self._warn(found, expected)

    def place(self, units: Mapping[str, Unit]) -> GeoDataFrame:
        """Put the shapes into the order of the units."""
        import geopandas

        shapes = [_unite(self.layer, self.places[code]) for code in units]
        columns = {name: [getattr(unit, name) for unit in units.values()] for name in ("pcode", "name", "name_fa")}
        return geopandas.GeoDataFrame(columns, geometry=shapes, index=list(units), crs=4326).rename_axis("code")

    def _take(self, field: str) -> Sequence[str]:
        if field not in self.layer.fields:
            near = nearest_names(field, self.layer.fields)
            raise BoundaryError(
                [Problem(self.layer.source, f"no field {quote(field)}", f"one of {self._list_fields()}", near)]
            )
        return self.layer.fields[field]

    def _find_name(self) -> str | None:
        found = find_name(self.layer.fields, self.own.within)
        if found:
            self._warn(f"names were taken from the field {quote(found)}", "--name FIELD where another is meant")
        return found

    def _refuse_missing(self, values: Sequence[str], what: str, option: str) -> None:
        missing = [str(place + 1) for place, value in enumerate(values) if not value or is_invisible(value)]
        if missing:
            self._stop(f"no {what} for shape {list_few(missing)}", f"{option} with a field that all shapes have")

    def _refuse_twice(self, codes: Sequence[str], texts: Sequence[str]) -> None:
        counts = Counter(codes)
        problems = []
        for code in (code for code, number in counts.items() if number > 1 or not code):
            places = [place for place, each in enumerate(codes) if each == code]
            what = f"the code {quote(texts[places[0]])} on shapes {list_few([str(place + 1) for place in places])}"
            problems.append(Problem(self.layer.source, what, f"a code of its own for each: {self._offer_keys()}"))
        if problems:
            raise BoundaryError(problems)

    def _offer_keys(self) -> str:
        """Offer what gives each shape a code, or makes one unit of those that share one."""
        unique = ", ".join(map(cut, list_unique(self.layer.fields)))
        return f"--key with one of {unique}" if unique else "the command without --key, which makes codes of the names"

    def _list_fields(self) -> str:
        return ", ".join(map(cut, self.layer.fields)) or "none"

    def _warn(self, found: str, expected: str) -> None:
        self.warnings.append(Problem(self.layer.source, found, expected, severity="warning"))

    def _stop(self, found: str, expected: str) -> NoReturn:
        raise BoundaryError([Problem(self.layer.source, found, expected)])


def _unite(layer: Layer, places: Sequence[int]) -> object:
    import shapely

    shapes = [layer.geometry.iloc[place] for place in places]
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
