"""The format told to an editor: a JSON Schema made from the definitions by which a table is read.

Draft 7, for it is the one that all versions of the YAML language servers know. Their YAML gives numbers and booleans
where ours gives text, so whatever is text here may be either there. The schema refuses nothing that the reader takes,
but for words of a choice with blanks around them in quotes; what it cannot say stands in `NOT_SAID`.
"""

from __future__ import annotations

import json
import re
from functools import singledispatch
from importlib import resources
from typing import Any

from geo.model import Gazetteer, UnitNoun
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.fields.containers import Either, Items, Ref, UnitName
from geo.read.fields.dates import EXPECTED, Date
from geo.read.fields.mappings import INTERNAL, Key, Kind, Named
from geo.read.fields.numbers import Number
from geo.read.fields.scalars import Choice, Flag, Id, Line, Pattern, Prose
from geo.read.table.records import MOST_RECORDS
from geo.read.table.root import REGIONS, TABLE, Regions
from geo.read.table.shorthand import Shorthand
from geo.read.table.units import UNITS

__all__ = ["FILE", "NOT_SAID", "describe_field", "load_schema", "make_schema", "write_schema"]

FILE = "presence.schema.json"
DRAFT = "http://json-schema.org/draft-07/schema#"
SCALARS = ["string", "number", "boolean"]
"""What an editor may make of a text: a year, ``no`` or ``12`` without quotes is none for it."""

SEEN = r"\S"
DAY = "0[1-9]|[12][0-9]"
DATE = (
    rf"^\s*[1-9][0-9]{{3}}(-(0[1-9]|1[0-2])|-02-({DAY})|-(0[469]|11)-({DAY}|30)"
    rf"|-(0[13578]|1[02])-({DAY}|3[01]))?\s*$"
)
# ECMAScript's \w knows ASCII only, so here is said which ASCII signs may not stand there.
ID = r"^[^\x00-/:-@\[-`{-\x7f][^\x00-,/:-@\[-^`{-\x7f]{0,63}$"
MOST = 2_000_000
SMALL = range(100)
EXPLAINED = "patternErrorMessage"
"""What the YAML language server says where a pattern does not fit; no keyword of JSON Schema, so others pass it by."""

ABOUT_INTERNAL = "For the analyst only: it reaches no map, figure, export or message."

NOT_SAID = (
    "that a group, source, level, region or unit is one that there is",
    "that two claims or relations clash, two records have one id, two groups have the same letters, or a group is part "
    "of itself",
    "rules between keys: `via` needs `source`, `share` needs `of`, what is no splinter needs `standing`, a record "
    "needs `level` where there are several, `translations` need `note`, `locator` needs `quote` and a side, "
    "`footprint: false` stands on some levels only, "
    "low <= best <= high, a period ends after it starts",
    "that a number is too long for a short text",
    "that a number is written plainly: 1, not 1.0, 0x1, 01 or 1e3",
    "that an item stands in a list once, where it is spelt in two ways",
    "29 February of a common year",
    "line breaks, invisible characters and mixed scripts in names",
    "signs beyond ASCII that are no letters in an id",
    "that there is a record; the limits of size",
    "anchors, aliases, tags and repeated keys, which an editor's YAML knows by itself",
)
"""What the reader refuses and this schema cannot."""


def make_schema(gazetteer: Gazetteer) -> dict[str, Any]:
    """Make the JSON Schema of a presence table, ready for `json.dumps`.

    The gazetteer's units and regions are offered for completion; others are not refused. A class of field that nothing
    is known about is a `TypeError`.

    Examples
    --------
    >>> schema = make_schema(Gazetteer({}, {}, "nobody"))
    >>> version = schema["properties"]["version"]
    >>> version["type"], version["minimum"], version["maximum"]
    (['string', 'integer'], 1, 1)
    """
    head = {"$schema": DRAFT, "title": "Presence table", "description": "Who is reported in which {unit}."}
    known = {"unit": [unit.name for unit in gazetteer.units.values()], "region": gazetteer.regions}
    offered = {name: _describe_name(name) | {"examples": sorted(names)} for name, names in known.items()}
    schema: dict[str, Any] = head | describe_field(TABLE) | {"definitions": offered}
    _name_units(schema, gazetteer.noun)
    return schema


def _name_units(part: Any, noun: UnitNoun) -> None:
    """Put what units are called into all descriptions."""
    if isinstance(part, dict):
        part |= {key: noun.fill(part[key]) for key in ("title", "description") if isinstance(part.get(key), str)}
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        _name_units(each, noun)


def write_schema() -> str:
    """Write the schema as the file that comes with the program.

    Examples
    --------
    >>> write_schema() == load_schema()
    True
    """
    return json.dumps(make_schema(read_gazetteer()), ensure_ascii=False, indent=1) + "\n"


def load_schema() -> str:
    """Load the schema as it comes with the program.

    Examples
    --------
    >>> json.loads(load_schema())["title"]
    'Presence table'
    """
    return resources.files("geo.read").joinpath(FILE).read_text("utf-8")


@singledispatch
def describe_field(field: object) -> dict[str, Any]:
    """Say in JSON Schema what a field takes.

    Examples
    --------
    >>> describe_field(Choice(("low", "high")))
    {'enum': ['low', 'high']}
    >>> describe_field(None)
    Traceback (most recent call last):
    TypeError: no way known to describe a field of class NoneType to an editor
    """
    raise TypeError(f"no way known to describe a field of class {type(field).__name__} to an editor")


@describe_field.register(Prose | Line)
def _(field: Prose | Line) -> dict[str, Any]:
    """Describe a text; blanks around it are no part of its length."""
    most = field.most if isinstance(field, Line) else 0
    if not most:
        return {"type": SCALARS, "pattern": SEEN}
    return {"type": SCALARS, "pattern": rf"^\s*\S(.{{0,{most - 2}}}\S)?\s*$", EXPLAINED: field.expected}


@describe_field.register
def _(field: Pattern) -> dict[str, Any]:
    """Describe a form; a short number that has it may stand without quotes."""
    text = {"type": "string", "pattern": f"^(?:{field.pattern})$", EXPLAINED: field.expected}
    numbers = [number for number in SMALL if re.fullmatch(field.pattern, str(number))]
    if not numbers:
        return text
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        raise TypeError(f"no way known to describe {field.pattern!r} to an editor: numbers with gaps between them")
    return _join(text, {"type": "integer", "minimum": numbers[0], "maximum": numbers[-1]})


@describe_field.register
def _(field: Id) -> dict[str, Any]:
    return {"pattern": ID, EXPLAINED: field.form.expected}


@describe_field.register
def _(field: Choice) -> dict[str, Any]:
    return {"enum": list(field.options)}


@describe_field.register
def _(field: Flag) -> dict[str, Any]:
    words = ("true", "false") if field.is_either else (field.word,)
    return {"enum": [each for word in words for each in (word == "true", word)]}


@describe_field.register
def _(field: Date) -> dict[str, Any]:  # noqa: ARG001
    text = {"type": "string", "pattern": DATE, EXPLAINED: EXPECTED}
    return _join(text, {"type": "integer", "minimum": 1000, "maximum": 9999})


@describe_field.register
def _(field: Number) -> dict[str, Any]:
    return {"type": "integer" if field.whole else "number", "minimum": field.low, "maximum": field.high}


@describe_field.register
def _(field: Ref) -> dict[str, Any]:
    """Describe an id; the regions that the gazetteer knows are offered."""
    return {"$ref": "#/definitions/region"} if field.kind == "region" else _describe_name(field.kind)


@describe_field.register
def _(field: UnitName) -> dict[str, Any]:  # noqa: ARG001
    return {"$ref": "#/definitions/unit"}


@describe_field.register
def _(field: Items) -> dict[str, Any]:
    """Describe a list; where one text may stand for a list of one, so may a name that is looked up."""
    item = describe_field(field.item)
    result: dict[str, Any] = {"type": "array", "items": item}
    result |= {"minItems": field.at_least} if field.at_least else {}
    result |= {"maxItems": field.at_most} if field.at_most < MOST else {}
    result |= {"uniqueItems": True} if field.distinct else {}
    return _join(item, result) if field.or_one else result


@describe_field.register
def _(field: Either) -> dict[str, Any]:
    return _join(*(describe_field(each) for each in (field.text, field.items, field.map) if each))


@describe_field.register
def _(field: Kind) -> dict[str, Any]:
    """Describe a mapping; of a choice between sets of keys the first key of each set stands for it."""
    keys = {key.name: _describe_key(key) for key in field.keys}
    result: dict[str, Any] = {
        "type": "object", "properties": keys | {INTERNAL: _describe_internal()}, "additionalProperties": False,
    }  # fmt: skip
    result |= {"required": list(field.required)} if field.required else {}
    if field.one_of:
        result["oneOf"] = [{"required": [names[0]]} for names in field.one_of]
        together = [names for names in field.one_of if len(names) > 1]
        needs = {name: [other for other in names if other != name] for names in together for name in names}
        result |= {"dependencies": needs} if needs else {}
    return _join(describe_field(field.short), result) if field.short else result


@describe_field.register
def _(field: Named) -> dict[str, Any]:
    key = {name: value for name, value in describe_field(field.key).items() if name != "type"}
    names = key if re.search(key["pattern"], INTERNAL) else {"anyOf": [key, {"const": INTERNAL}]}
    return _describe_names(describe_field(field.field), names)


@describe_field.register
def _(field: Regions) -> dict[str, Any]:  # noqa: ARG001
    return describe_field(REGIONS)


@describe_field.register
def _(field: Shorthand) -> dict[str, Any]:  # noqa: ARG001
    return _describe_names(describe_field(UNITS), {"pattern": SEEN}) | {"maxProperties": MOST_RECORDS}


def _describe_key(key: Key) -> dict[str, Any]:
    """Describe a key with its help, which draft 7 does not look for beside a reference."""
    field = describe_field(key.field)
    return {"description": key.help} | ({"allOf": [field]} if "$ref" in field else field)


def _describe_name(kind: str) -> dict[str, Any]:
    return {"title": "{a_unit}" if kind == "unit" else f"a {kind}", "type": SCALARS, "pattern": SEEN}


def _describe_names(value: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": {INTERNAL: _describe_internal()}, "propertyNames": names,
        "additionalProperties": value,
    }  # fmt: skip


def _join(*schemas: dict[str, Any]) -> dict[str, Any]:
    """Describe what may be of several types; one schema, since a choice of schemas hides which one was meant.

    Each keyword but ``type`` speaks of one type only, so they can stand side by side.
    """
    names = [name for schema in schemas for name in schema if name != "type"]
    if len(names) > len(set(names)) or not all("type" in schema for schema in schemas):
        return {"anyOf": list(schemas)}
    types = [schema["type"] if isinstance(schema["type"], list) else [schema["type"]] for schema in schemas]
    joined = {name: value for schema in schemas for name, value in schema.items()}
    return joined | {"type": [each for several in types for each in several]}


def _describe_internal() -> dict[str, Any]:
    return {"type": [*SCALARS, "null"], "description": ABOUT_INTERNAL}
