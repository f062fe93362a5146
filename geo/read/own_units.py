"""Units that a user brings: every shape of a boundary file is one, under the names and codes that stand there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

from geo.errors import BoundaryError, PresenceError, Problem
from geo.model import Gazetteer, Noun, Unit
from geo.read.fields import is_invisible
from geo.read.layers import Layer
from geo.read.names import fold_name, index_units, list_shared, nearest_names
from geo.read.nodes import cut, quote

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["Gathered", "OwnUnits", "gather_units", "make_noun"]

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
CODE_HEAD = re.compile("(?i)code|pcode|hasc|iso|^id$|gid|uid|key")
NAME_HEAD = re.compile("(?i)name|^nam|_en$")
ROW_NUMBER = re.compile("(?i)^(fid|ogc_fid|objectid.*|shape_.*|index|id_?[0-9]*)$")
NOUN = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
LONGEST_NOUN = 40
PARTS = Noun("place", "places")
TAKEN = frozenset(("region", "regions", "حوزه", "سیمه", "سیمې"))
"""What the pages call a set of units that a record names, in every language."""

FEW = 5


@dataclass(frozen=True)
class OwnUnits:
    """Which field of a boundary file says what.

    Parameters
    ----------
    noun : Noun
        What a unit is called.
    key, name : str, optional
        The fields of code and name; found by looking without.
    within : str, optional
        The field of the larger unit that each lies in: these are the regions that a record may name.
    dissolve : bool
        Make one unit of all shapes within the same larger unit; a record may still name its parts.
    """

    noun: Noun
    key: str | None = None
    name: str | None = None
    within: str | None = None
    dissolve: bool = False


@dataclass(frozen=True, eq=False)
class Gathered:
    """Units of a file: what a table may name, their shapes, and what was taken for granted."""

    gazetteer: Gazetteer
    frame: GeoDataFrame
    warnings: tuple[Problem, ...]


def make_noun(text: str) -> Noun:
    """Read what units are called: one word, whose plural is regular, or both with a slash between them.

    Parameters
    ----------
    text : str

    Returns
    -------
    Noun

    Raises
    ------
    PresenceError
        If it is no such word.

    Examples
    --------
    >>> make_noun("district"), make_noun("municipality").many, make_noun("oblast/oblasti").many
    (Noun(one='district', many='districts'), 'municipalities', 'oblasti')
    """
    one, slash, many = (part.strip() for part in text.partition("/"))
    for word in (one, many) if slash else (one,):
        if not NOUN.fullmatch(word) or len(word) > LONGEST_NOUN:
            raise PresenceError([Problem("units", quote(text), "a word for a kind of area, such as district")])
        if word.casefold() in TAKEN:
            found = f"{quote(word)}, which is what a record names several units by"
            raise PresenceError([Problem("units", found, "another word, such as 'area' or 'administrative region'")])
    return Noun(one, many if slash else _make_plural(one))


def _make_plural(word: str) -> str:
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return word + ("es" if re.search("(s|x|z|ch|sh)$", word) else "s")


def gather_units(layer: Layer, own: OwnUnits, aliases: Mapping[str, str] | None = None) -> Gathered:
    """Make units of all shapes of a boundary file.

    Parameters
    ----------
    layer : Layer
    own : OwnUnits
    aliases : mapping of str to str, optional
        Further names, each with the name or code of a unit of the file.

    Returns
    -------
    Gathered
        Regions of the gazetteer are the larger units; the frame is as that of
        `geo.read.boundaries.read_boundaries`, in the order of the names; warnings tell which fields were found, and
        names that several units share.

    Raises
    ------
    BoundaryError
        Where there is no such field, a shape has no name or code, or two have the same code.

    Examples
    --------
    >>> import geopandas, shapely
    >>> shapes = geopandas.GeoSeries([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs=4326)
    >>> fields = {"ADM2_EN": ("East", "West"), "ADM2_PCODE": ("X2", "X1"), "ADM1_EN": ("North", "North")}
    >>> layer = Layer("t.geojson", "GeoJSON", "EPSG:4326", fields, shapes)
    >>> found = gather_units(layer, OwnUnits(Noun("district", "districts"), within="ADM1_EN"))
    >>> found.frame.index.tolist(), found.gazetteer.units["X1"].name, dict(found.gazetteer.regions)
    (['X2', 'X1'], 'West', {'North': ('X2', 'X1')})
    >>> list(gather_units(layer, OwnUnits(Noun("area", "areas"), within="ADM1_EN", dissolve=True)).gazetteer.units)
    ['north']
    """
    gathering = _Gathering(layer, own)
    units = gathering.list_whole() if own.dissolve else gathering.list_units()
    known = {unit.code: unit for unit in sorted(units, key=lambda unit: (fold_name(unit.name), unit.code))}
    known = _add_aliases(layer.source, known, aliases or {})
    gathering.tell_shared(Gazetteer(known, {}, ""))
    regions: dict[str, list[str]] = {}
    for unit in known.values():
        if unit.region:
            regions.setdefault(unit.region, []).append(unit.code)
    held = {name: tuple(codes) for name, codes in sorted(regions.items())}
    gazetteer = Gazetteer(MappingProxyType(known), MappingProxyType(held), "", noun=own.noun)
    if own.dissolve:
        gazetteer = replace(gazetteer, parts=PARTS)
    return Gathered(gazetteer, gathering.place(known), tuple(gathering.warnings))


class _Gathering:
    """One layer on its way to units."""

    def __init__(self, layer: Layer, own: OwnUnits) -> None:
        self.layer, self.own = layer, own
        self.warnings: list[Problem] = []
        self.places: dict[str, list[int]] = {}
        self.within = self._take("--within", own.within) if own.within else ("",) * len(layer.geometry)

    def list_units(self) -> list[Unit]:
        """Make a unit of each shape."""
        names = self._take("--name", self.own.name or self._find_name())
        keys = self._take("--key", self.own.key or self._find_key(names))
        self._refuse_missing(names, "name", "--name")
        self._refuse_missing(keys, "code", "--key")
        codes = [key if CODE.fullmatch(key) else _make_code(key) for key in keys]
        self._refuse_twice(codes, keys)
        self.places = {code: [place] for place, code in enumerate(codes)}
        counts = Counter(map(fold_name, names))
        told_apart = {name for name in names if counts[fold_name(name)] > 1} if self.own.within else set()
        rows = zip(codes, names, self.within, strict=True)
        return [
            Unit(code, "", "", name, "", (f"{name} ({within})",) if name in told_apart and within else (), within)
            for code, name, within in rows
        ]

    def list_whole(self) -> list[Unit]:
        """Make a unit of all shapes within the same larger one, which goes by the names of its parts as well."""
        if not self.own.within:
            self._stop("--dissolve without a field that tells what belongs together", "--within FIELD")
        self._refuse_missing(self.within, "larger unit", "--within")
        names = self._take("--name", self.own.name or self._find_name())
        keys = self._take("--key", self.own.key) if self.own.key else names
        parts: dict[str, list[int]] = {}
        for place, whole in enumerate(self.within):
            parts.setdefault(whole, []).append(place)
        codes = {whole: _make_code(whole) for whole in parts}
        self._refuse_twice(list(codes.values()), list(codes))
        self.places = {codes[whole]: places for whole, places in parts.items()}
        return [
            Unit(codes[whole], "", "", whole, "",
                 tuple(dict.fromkeys(text for place in places for text in (names[place], keys[place]) if text)), whole)
            for whole, places in parts.items()
        ]  # fmt: skip

    def tell_shared(self, gazetteer: Gazetteer) -> None:
        """Warn of names by which no unit is found, since several are called so."""
        shared = list_shared(gazetteer)
        if shared and self.own.dissolve:
            self._warn(f"names that parts of several {self.own.noun.many} share: {_join(shared)}", "others in a table")
        elif shared:
            found = f"names that several {self.own.noun.many} share: {_join(shared)}"
            expected = "their codes in a table" + (f", or such as {shared[0]} (…)" if self.own.within else "")
            self._warn(found, expected)

    def place(self, units: Mapping[str, Unit]) -> GeoDataFrame:
        """Put the shapes into the order of the units."""
        import geopandas

        shapes = [_unite(self.layer, self.places[code]) for code in units]
        columns = {name: [getattr(unit, name) for unit in units.values()] for name in ("pcode", "name", "name_fa")}
        return geopandas.GeoDataFrame(columns, geometry=shapes, index=list(units), crs=4326).rename_axis("code")

    def _take(self, option: str, field: str | None) -> Sequence[str]:
        if field is None:
            many = self.own.noun.many
            what = "names" if option == "--name" else "codes"
            self._stop(f"no field that gives {many} {what}", f"{option} with one of {self._list_fields()}")
        if field not in self.layer.fields:
            near = nearest_names(field, self.layer.fields)
            raise BoundaryError(
                [Problem(self.layer.source, f"no field {quote(field)}", f"one of {self._list_fields()}", near)]
            )
        return self.layer.fields[field]

    def _find_name(self) -> str | None:
        """Find the field of names: words in all shapes, different in most; of several the first that is called so."""

        def is_name(values: Sequence[str]) -> bool:
            worded = all(any(map(str.isalpha, value)) for value in values)
            return worded and not all(CODE.fullmatch(value) and re.search("[0-9]", value) for value in values)

        found = self._choose(is_name, lambda head: bool(NAME_HEAD.search(head)))
        if found and self.own.name is None:
            self._warn(f"names were taken from the field {quote(found)}", "--name FIELD where another is meant")
        return found

    def _find_key(self, names: Sequence[str]) -> str | None:
        """Find the field of codes: different in all shapes and safe in an address; names where there is none."""

        def is_key(values: Sequence[str]) -> bool:
            return len(set(values)) == len(values) and all(map(CODE.fullmatch, values))

        found = self._choose(is_key, lambda head: bool(CODE_HEAD.search(head)) and not ROW_NUMBER.search(head))
        if found is None and len({_make_code(name) for name in names}) == len(names):
            found = next(field for field, values in self.layer.fields.items() if values == names)
        if found:
            self._warn(f"codes were taken from the field {quote(found)}", "--key FIELD where another is meant")
        return found

    def _choose(self, fits: Callable[[Sequence[str]], bool], is_called: Callable[[str], bool]) -> str | None:
        """Choose a field that fits: one that is called so, then one that no program numbered, with the most values."""
        fields = self.layer.fields.items()
        found = [head for head, values in fields if head != self.own.within and values and fits(values)]

        def rank(head: str) -> tuple[int, bool, bool]:
            return -len(set(self.layer.fields[head])), not is_called(head), bool(ROW_NUMBER.search(head))

        return min(found, key=rank, default=None)

    def _refuse_missing(self, values: Sequence[str], what: str, option: str) -> None:
        missing = [str(place + 1) for place, value in enumerate(values) if not value or is_invisible(value)]
        if missing:
            self._stop(f"no {what} for shape {_join(missing)}", f"{option} with a field that all shapes have")

    def _refuse_twice(self, codes: Sequence[str], texts: Sequence[str]) -> None:
        counts = Counter(codes)
        problems = []
        for code in (code for code, number in counts.items() if number > 1 or not code):
            places = [place for place, each in enumerate(codes) if each == code]
            what = f"the code {quote(texts[places[0]])} on shapes {_join([str(place + 1) for place in places])}"
            problems.append(
                Problem(self.layer.source, what, f"a code of its own for each: --key with one of {self._list_fields()}")
            )
        if problems:
            raise BoundaryError(problems)

    def _list_fields(self) -> str:
        return ", ".join(map(cut, self.layer.fields)) or "none"

    def _warn(self, found: str, expected: str) -> None:
        self.warnings.append(Problem(self.layer.source, found, expected, severity="warning"))

    def _stop(self, found: str, expected: str) -> NoReturn:
        raise BoundaryError([Problem(self.layer.source, found, expected)])


def _make_code(text: str) -> str:
    """Make a code of a text that is none, which an address can hold."""
    return re.sub(r"[\W_]+", "-", fold_name(text)).strip("-")


def _unite(layer: Layer, places: Sequence[int]) -> object:
    import shapely

    shapes = [layer.geometry.iloc[place] for place in places]
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)


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


def _join(names: Sequence[str]) -> str:
    return ", ".join(names[:FEW]) + (f" and {len(names) - FEW} more" if len(names) > FEW else "")
