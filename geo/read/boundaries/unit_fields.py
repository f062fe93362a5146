"""Which field of a boundary file says what: names, codes, larger areas, further names; by what it is called first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from geo.read.common.names import fold_name

__all__ = [
    "CODE",
    "NOUNS",
    "find_code",
    "find_name",
    "find_noun",
    "find_whole",
    "find_within",
    "is_called_name",
    "is_code",
    "is_dari",
    "list_second",
    "list_unique",
]

Fields = Mapping[str, Sequence[str]]

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
CODE_HEAD = re.compile("(?i)code|pcode|hasc|iso|^id$|gid|uid|key")
NAME_HEAD = re.compile("(?i)name|^na?m|^nom|_en$")
ROW_NUMBER = re.compile("(?i)^(fid|ogc_fid|objectid.*|cartodb_id|shape_.*|index|id_?[0-9]*)$")
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+(?:e[+-]?[0-9]+)?")
MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHORT = re.compile("[A-Z]{2,3}")
TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+|[0-9]+")
AREAS = frozenset(
    ("adm", "admin", "area", "canton", "country", "county", "department", "departement", "dist", "district", "division",
     "emirate", "governorate", "municipality", "oblast", "parish", "prov", "province", "region", "state", "unit",
     "ward", "zone")
)  # fmt: skip
KIND_HEAD = re.compile("(?i)^(eng_?type|type_en)")
NOUN = re.compile("[a-z]{3,20}(?: [a-z]{3,20})?")
DISTRICTS = 2
"""The level at which districts usually are."""

NOUNS = {
    **{word: noun for noun in ("area", "canton", "department", "district", "division", "emirate", "governorate",
                               "oblast", "province", "region", "state", "ward") for word in (noun, f"{noun}s")},
    "counties": "county", "county": "county", "dist": "district", "municipalities": "municipality",
    "municipality": "municipality", "parish": "parish", "parishes": "parish", "prov": "province",
}  # fmt: skip
NAMES = frozenset(("na", "nam", "name", "names", "nm", "varname"))
DARI = frozenset(("da", "dari", "dr", "dri", "fa", "farsi", "fas", "persian", "prs"))
OTHERS = DARI | frozenset(
    ("alt", "alternate", "alternative", "ar", "ara", "arabic", "es", "fr", "full", "greek", "international", "local",
     "long", "native", "nl", "official", "old", "other", "pa", "pashto", "ps", "pst", "pus", "ref", "ru", "short",
     "spelling", "tr", "uk", "ur", "urdu", "var", "varname")
)  # fmt: skip
"""What names in another language or spelling are called by."""

MEASURES = frozenset(
    ("area", "count", "ha", "hectares", "km", "lat", "latitude", "len", "leng", "length", "lon", "longitude", "parts",
     "perimeter", "points", "pop", "population", "sqkm")
)  # fmt: skip
DEEPEST = 5
ENGLISH = frozenset(("en", "eng", "english"))
ARABIC = re.compile("[\u0600-\u06ff]")


def find_name(fields: Fields, without: str | None = None) -> str | None:
    """Find the field of names: words in most shapes; of several one that is called so, then the most different ones.

    Examples
    --------
    >>> find_name({"remark": ("x", "y", "z"), "ADM1_EN": ("N", "N", "N"), "ADM2_EN": ("Nawa", "", "Khost")})
    'ADM2_EN'
    """
    found = [head for head, values in fields.items() if head != without and _are_names(values)]

    def rank(head: str) -> tuple[bool, bool, bool, int, int]:
        number = len(set(filter(None, fields[head])))
        return not is_called_name(head), _is_second(head, found), bool(_find_stem(head)), -_find_depth(head), -number

    return min(found, key=rank, default=None)


def find_within(fields: Fields, name: str | None) -> str | None:
    """Find the field of the larger areas: called so, filled, and fewer than the names; of several the smallest areas.

    Examples
    --------
    >>> find_within({"ADM0_EN": ("A",) * 3, "ADM1_EN": ("N", "N", "S"), "ADM2_EN": ("a", "b", "c")}, "ADM2_EN")
    'ADM1_EN'
    """
    if name is None:
        return None
    most = len(set(fields[name]))
    counts = {
        head: len(set(values))
        for head, values in fields.items()
        if head != name and all(values) and _are_names(values) and not _is_second(head, ()) and _is_bare(head)
    }
    fitting = [head for head, number in counts.items() if 1 < number <= most and number < len(fields[name])]
    return max(fitting, key=lambda head: counts[head], default=None)


def list_unique(fields: Fields) -> list[str]:
    """List the fields that tell all shapes apart and are safe in an address: those called codes first, numbers last."""
    found = [head for head, values in fields.items() if len(set(values)) == len(values) and _are_codes(values)]
    return sorted(found, key=lambda head: (not _is_called_code(head, fields[head]), _is_number(head, fields[head])))


def find_code(fields: Fields) -> str | None:
    """Find the field of codes, where one is more than numbers of rows.

    Examples
    --------
    >>> find_code({"fid": ("1", "2"), "n": ("7", "8"), "iso": ("X-A", "X-B")}), find_code({"fid": ("1", "2")})
    ('iso', None)
    """
    found = (head for head in list_unique(fields) if not _is_number(head, fields[head]))
    return next(
        (head for head in found if _is_called_code(head, fields[head]) or all(map(is_code, fields[head]))), None
    )


def find_noun(fields: Fields, name: str | None, source: str, layer: str = "") -> str:
    """Find what a shape is called: as a field of kinds says, or the field of names, the layer or the file.

    Examples
    --------
    >>> find_noun({"NAME_2": ("a", "b"), "ENGTYPE_2": ("County", "County")}, "NAME_2", "x.json")
    'county'
    >>> find_noun({"ADM2_EN": ("a",)}, "ADM2_EN", "x.json"), find_noun({}, None, "maps/afg-districts.json")
    ('district', 'district')
    >>> find_noun({"name": ("a",)}, "name", "x.json"), find_noun({"region": ("a",)}, "region", "x.json")
    ('area', 'administrative region')
    """
    kinds = [Counter(values).most_common(1)[0][0].lower() for head, values in fields.items() if KIND_HEAD.search(head)]
    stem = re.split(r"[/\\]", source)[-1].rpartition(".")[0]
    tokens = [*_split(name or ""), *_split(layer), *_split(stem)]
    is_district = name and _find_depth(name) == DISTRICTS and {"adm", "admin"} & set(_split(name))
    depth = ["district"] if is_district else []
    known = [NOUNS[token] for token in tokens if token in NOUNS]
    found = next((noun for noun in (*reversed(kinds), *known, *depth) if NOUN.fullmatch(noun)), "area")
    return f"administrative {found}" if found == "region" else found


def find_whole(fields: Fields, name: str | None) -> str | None:
    """Find a field of codes of which some stand on several shapes, all of one name: those are parts of one unit.

    Examples
    --------
    >>> find_whole({"name": ("a", "a", "b"), "iso": ("X-A", "X-A", "X-B")}, "name")
    'iso'
    >>> find_whole({"name": ("a", "b", "c"), "iso": ("X-A", "X-A", "X-B")}, "name")
    """
    if name is None:
        return None
    for head, values in fields.items():
        if head == name or not _is_called_code(head, values) or not _are_codes(values):
            continue
        pairs = Counter(set(zip(values, fields[name], strict=True)))
        if 1 < len(pairs) == len(set(values)) < len(values):
            return head
    return None


def list_second(fields: Fields, name: str | None) -> list[str]:
    """List the fields of further names: called as the field of names but for a language or the like.

    Examples
    --------
    >>> list_second({"ADM2_EN": ("a",), "ADM2_DA": ("ب",), "ADM2ALT1EN": ("c",), "ADM1_DA": ("د",)}, "ADM2_EN")
    ['ADM2_DA', 'ADM2ALT1EN']
    """
    if name is None:
        return []
    stem = _find_stem(name)
    return [
        head for head, values in fields.items()
        if head != name and _find_stem(head) == stem and any(map(_is_worded, values))
    ]  # fmt: skip


def is_code(text: str) -> bool:
    """Tell whether a text looks like a code: no blank, some figure."""
    return bool(CODE.fullmatch(text) and re.search("[0-9]", text))


def is_dari(head: str, values: Iterable[str]) -> bool:
    """Tell whether a field of names is one of Dari names."""
    return bool(DARI & set(_split(head))) and any(map(ARABIC.search, values))


def _are_names(values: Sequence[str]) -> bool:
    worded = sum(map(_is_worded, values))
    coded = sum(is_code(value) or bool(SHORT.fullmatch(value)) for value in values)
    return 2 * worded > len(values) and 2 * coded <= len(values)


def _is_worded(text: str) -> bool:
    return any(map(str.isalpha, text)) and not MOMENT.match(text)


def _are_codes(values: Sequence[str]) -> bool:
    return all(map(CODE.fullmatch, values)) and not any(map(DECIMAL.fullmatch, values))


def is_called_name(head: str) -> bool:
    """Tell whether a field is called names, or what areas are."""
    return bool(NAME_HEAD.search(head)) or _is_bare(head)


def _is_called_code(head: str, values: Sequence[str]) -> bool:
    return bool(CODE_HEAD.search(head)) and not _is_number(head, values)


def _is_number(head: str, values: Sequence[str]) -> bool:
    """Tell whether a program gave the numbers of a field, or somebody measured them."""
    is_measure = bool(MEASURES & set(_split(head))) and not CODE_HEAD.search(head)
    return (is_measure or bool(ROW_NUMBER.search(head))) and all(map(str.isdigit, values))


def _is_second(head: str, found: Iterable[str]) -> bool:
    """Tell whether a field is called as another of names is, but for a language or the like."""
    is_longer = any(re.fullmatch(f"(?i){re.escape(other)}_[^0-9].*", head) for other in found)
    return is_longer or bool(OTHERS & set(_split(head)))


def _is_bare(head: str) -> bool:
    """Tell whether a field is called by kinds of areas, levels and words for names alone."""
    rest = set(_split(head)) - NAMES - OTHERS - ENGLISH
    return bool(rest) and all(token.isdigit() or len(token) == 1 or token in AREAS for token in rest)


def _find_stem(head: str) -> str:
    """Leave out of what a field is called all that says name, language or spelling."""
    tokens = _split(re.sub("(?i)alt[0-9]+", "alt", head))
    return " ".join(token for token in tokens if token not in NAMES | OTHERS | ENGLISH)


def _find_depth(head: str) -> int:
    """Find the level that a field is of, as 2 in ADM2_EN."""
    return max((int(token) for token in _split(head) if token.isdigit() and int(token) <= DEEPEST), default=0)


def _split(head: str) -> list[str]:
    spaced = re.sub("(?i)(name|alt)(?=[^a-z]|$)", r" \1 ", head)
    return [fold_name(token) for token in TOKEN.findall(spaced)]
