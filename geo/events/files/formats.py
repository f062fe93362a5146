"""Formats of event data: which column is what, how precisely a place must be known, and what the licence asks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any

from geo.errors import UNSAFE, EventsError, Problem
from geo.read.common.file_text import LARGEST_FILE
from geo.read.common.names import nearest_names
from geo.read.common.nodes import quote
from geo.regular_files import read_regular

__all__ = ["Bare", "EventFormat", "Limit", "find_format", "list_formats", "parse_formats"]

ROLES = (
    "id",
    "longitude",
    "latitude",
    "start",
    "end",
    "deaths",
    "low",
    "high",
    "count",
    "stamp",
    "country",
    "province",
)
"""What the first of some columns holds."""

SEVERAL = ("actors", "lists", "parts", "types")
"""What each of some columns holds."""

UNITS = ("province", "district")
WIDTHS = ("year", "month")
LONGEST = 200
"""Letters of what is told of a fault."""

LENGTHS = ("day", "week", "month", "year")


@dataclass(frozen=True)
class Limit:
    """A column that says how precise an event is, and which of its values are precise enough for what."""

    column: str
    allowed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Bare:
    """A file without a header: how many columns it has, and which of them, from 0, bears which name."""

    width: int
    columns: Mapping[str, int]


@dataclass(frozen=True)
class EventFormat:
    """One format; names of columns are in lower case.

    ``start`` and ``end`` are the dates between which an event lies, ``parts`` are year, month and day in columns of
    their own; each column of ``actors`` names one actor, each of ``lists`` several, parted by semicolons. ``low`` and
    ``high`` are the least and the most deaths that may be meant; ``count`` is how many events a row is, one without;
    ``stamp`` is a number that grows whenever a row is published anew;
    each column of ``types`` may say of which type an event is, ``type_names`` are words for what stands there;
    ``country`` and ``province`` are where the file itself says that it was.
    ``precision`` is of places, by the size of units; ``exactness`` of dates, by the time that they may mean.
    ``whole`` is the ``year`` or ``month`` that is published as a whole, ``whole_months`` names of files (in lower case,
    with ``*``) that are of months; ``lost`` are years within it of which the collection has nothing.
    """

    id_: str
    title: str
    citation: str = ""
    licence: str = ""
    url: str | None = None
    passes_on: bool = True
    cite_date: bool = False
    known_by: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    longitude: tuple[str, ...] = ()
    latitude: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    actors: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    type_names: Mapping[str, str] = field(default_factory=dict)
    deaths: tuple[str, ...] = ()
    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    stamp: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    precision: Limit | None = None
    exactness: Limit | None = None
    whole: str = ""
    whole_months: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    separator: str | None = None
    quoted: bool = True
    bare: Bare | None = field(default=None)


@cache
def list_formats() -> tuple[EventFormat, ...]:
    """List the formats that are known, in the order in which a header is compared with them.

    Examples
    --------
    >>> [each.id_ for each in list_formats()]
    ['ucdp-ged', 'acled', 'gtd', 'gdelt', 'generic']
    """
    return parse_formats(files("geo.events.files").joinpath("formats.toml").read_bytes(), "formats.toml")


def find_format(name: str) -> EventFormat:
    """Find a format by its id, or read one of the user's own from a file whose name ends in ``.toml``.

    If there is no such format, or the file holds none, that is an `EventsError`.

    Examples
    --------
    >>> find_format("acled").deaths
    ('fatalities',)
    """
    if name.endswith(".toml"):
        try:
            data = read_regular(name, LARGEST_FILE)
        except (OSError, ValueError) as error:
            told = getattr(error, "strerror", None) or "not a path"
            raise EventsError([Problem(name, f"the file cannot be read: {told}", "a format")]) from None
        formats = parse_formats(data, name)
        if len(formats) != 1:
            raise EventsError([Problem(name, f"{len(formats)} formats", "one: a table with a name in brackets")])
        return formats[0]
    known = {each.id_: each for each in list_formats()}
    if name not in known:
        expected = f"one of {', '.join(known)}, or a file .toml that describes one"
        raise EventsError([Problem("--format", f"no format {quote(name)}", expected, nearest_names(name, known))])
    return known[name]


def parse_formats(data: bytes, source: str) -> tuple[EventFormat, ...]:
    r"""Read formats from TOML, one a table.

    An `EventsError` of the file ``source`` names each key that is unknown or holds the wrong thing.

    Examples
    --------
    >>> text = b'[mine]\ntitle = "Mine"\nlongitude = ["X"]\nlatitude = ["Y"]'
    >>> parse_formats(text, "mine.toml")[0].longitude
    ('x',)
    """
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # of bytes that are no text, and of text that is no TOML
        told = str(error) or type(error).__name__
        raise EventsError([Problem(source, f"no TOML: {told}"[:LONGEST], _EXAMPLE)]) from None
    problems: list[Problem] = []
    found = [_read_format(name, table, source, problems) for name, table in tables.items()]
    if problems:
        raise EventsError(problems)
    return tuple(found)


def _read_format(name: str, table: Any, source: str, problems: list[Problem]) -> EventFormat:
    known = {each.name for each in fields(EventFormat)} - {"id_"}
    values: dict[str, Any] = {}
    for key, value in table.items() if isinstance(table, dict) else [("", table)]:
        read = _READERS.get(key, _read_names)
        if key not in known:
            problems.append(
                Problem(source, f"unknown key {quote(f'{name}.{key}')}", "a key of a format", nearest_names(key, known))
            )
        elif (given := read(value)) is None:
            problems.append(Problem(source, f"{quote(f'{name}.{key}')} holds {quote(str(value))}", _EXPECTED[read]))
        else:
            values[key] = given
    missing = [key for key in ("title", "longitude", "latitude") if key not in values]
    if isinstance(table, dict) and missing and not problems:
        problems.append(Problem(source, f"{quote(name)} has no {', no '.join(missing)}", "title, longitude, latitude"))
    return EventFormat(name, **{"title": name, **values})


def _read_names(value: Any) -> tuple[str, ...] | None:
    """Take names of columns, which are compared in lower case."""
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        return None
    return tuple(each.lower() for each in value)


def _read_forms(value: Any) -> tuple[str, ...] | None:
    is_list = isinstance(value, list) and all(isinstance(each, str) and "%Y" in each for each in value)
    return tuple(value) if is_list else None


def _read_text(value: Any) -> str | None:
    return value if isinstance(value, str) and not UNSAFE.search(value) else None


def _read_separator(value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) == 1 and value not in '"\r\n' else None


def _read_url(value: Any) -> str | None:
    return value if _read_text(value) and re.match("https?://[^ ]+$", value) else None


def _read_flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _read_limit(value: Any) -> Limit | None:
    if not isinstance(value, dict) or not isinstance(value.get("column"), str):
        return None
    rest = {key: each for key, each in value.items() if key != "column"}
    if not rest or not {*rest} <= {*UNITS, *LENGTHS} or any(_read_names(each) is None for each in rest.values()):
        return None
    return Limit(value["column"].lower(), {key: tuple(each) for key, each in rest.items()})


def _read_width(value: Any) -> str | None:
    return value if value in WIDTHS else None


def _read_years(value: Any) -> tuple[str, ...] | None:
    names = _read_names(value)
    return names if names and all(re.fullmatch("[12][0-9]{3}", each) for each in names) else None


def _read_words(value: Any) -> dict[str, str] | None:
    is_fit = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    return {key.casefold(): each for key, each in value.items()} if is_fit else None


def _read_bare(value: Any) -> Bare | None:
    columns = value.get("columns") if isinstance(value, dict) else None
    if not isinstance(columns, dict) or not isinstance(value.get("width"), int):
        return None
    if not all(isinstance(place, int) and 0 <= place < value["width"] for place in columns.values()):
        return None
    return Bare(value["width"], {name.lower(): place for name, place in columns.items()})


_EXAMPLE = 'a format, such as mine = {title = "Mine", longitude = ["lon"], latitude = ["lat"], start = ["day"]}'
_READERS = {
    **dict.fromkeys(("title", "citation", "licence"), _read_text),
    "url": _read_url,
    "separator": _read_separator,
    **dict.fromkeys(("passes_on", "cite_date", "quoted"), _read_flag),
    **dict.fromkeys(("precision", "exactness"), _read_limit),
    "dates": _read_forms, "bare": _read_bare, "whole": _read_width, "lost": _read_years, "type_names": _read_words,
}  # fmt: skip
_EXPECTED = {
    _read_names: "a list of names of columns",
    _read_forms: "a list of forms of dates, such as %Y-%m-%d",
    _read_text: "text on one line",
    _read_separator: "one character",
    _read_url: "an address that begins with http:// or https://",
    _read_flag: "true or false",
    _read_limit: "column, and province and district (or day, week, month and year) as lists of its values",
    _read_words: "words, and what stands for each in the column of types",
    _read_width: "year or month",
    _read_years: 'a list of years, such as ["1993"]',
    _read_bare: "width, and columns with their places from 0",
}
