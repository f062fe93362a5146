"""The gazetteer: province codes, names, regions, capitals and population, from a plain CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from geo.errors import BoundaryError, Problem
from geo.model import Gazetteer, Position, Translation, Unit, UnitNoun
from geo.read.common.file_text import UNWANTED
from geo.read.common.names import fold_name
from geo.read.common.nodes import quote
from geo.read.fields.scalars import BIDI

__all__ = ["COLUMNS", "parse_gazetteer", "read_gazetteer"]

COLUMNS = (
    "code", "pcode", "hasc", "name", "name_fa", "aliases", "region", "capital", "capital_lat", "capital_lon",
    "population",
)  # fmt: skip
DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")
PERSONS = re.compile("[0-9]{1,10}")


@cache
def read_gazetteer() -> Gazetteer:
    """Read the bundled gazetteer, and from ``about.json`` beside it what units are called and whose they are.

    Examples
    --------
    >>> read_gazetteer().units["AF-PIA"].name, read_gazetteer().regions["Eastern"]
    ('Paktia', ('AF-KNR', 'AF-LAG', 'AF-NAN', 'AF-NUR'))
    """
    folder = files("geo.shapefiles")
    about = json.loads(folder.joinpath("about.json").read_text("utf-8"))
    known = parse_gazetteer(folder.joinpath("gazetteer.csv").read_text("utf-8"), "gazetteer.csv")
    return replace(
        known, region_author=about["region_author"], credit=about["credit"], noun=UnitNoun(*about["noun"]),
        tag=about["hxl"],
        translations={
            language: Translation(**said | {"noun": UnitNoun(*said["noun"])})
            for language, said in about["translations"].items()
        },
        whole=frozenset(map(fold_name, about["country"])),
        country=about["country"][0],
    )  # fmt: skip


def parse_gazetteer(text: str, source: str) -> Gazetteer:
    r"""Make a gazetteer of CSV text with the columns of ``COLUMNS``; aliases are parted by semicolons.

    Units and regions stand in the order of the file ``source``. A `BoundaryError` names every row that lacks a value,
    holds a figure that is none, or repeats a code.

    Examples
    --------
    >>> row = "AF-KAB,AF01,AF.KB,Kabul,کابل,Cabul;Kabol,Capital,Kabul,34.5,69.2,5029850"
    >>> gazetteer = parse_gazetteer(",".join(COLUMNS) + "\n" + row, "g.csv")
    >>> gazetteer.units["AF-KAB"].aliases, dict(gazetteer.regions)
    (('Cabul', 'Kabol'), {'Capital': ('AF-KAB',)})
    """
    rows = _read_rows(text, source)
    _, head = next(rows, (1, []))
    if tuple(head) != COLUMNS:
        found = f"columns {quote(', '.join(head))[1:-1] or 'none'}"
        raise BoundaryError([Problem(source, found, f"columns {', '.join(COLUMNS)}", (), Position(1, 1))])
    units: dict[str, Unit] = {}
    problems: list[Problem] = []
    for line, row in rows:
        fault = _find_fault(row, units)
        if fault:
            problems.append(Problem(source, fault, "one complete row per unit", (), Position(line, 1)))
        else:
            units[row[0]] = _make_unit(row)
    if problems:
        raise BoundaryError(problems)
    return Gazetteer(MappingProxyType(units), MappingProxyType(_collect_regions(units)), source)


def _read_rows(text: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not empty with the line where it ends."""
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        yield from ((rows.line_num, row) for row in rows if row)
    except csv.Error as error:
        problem = Problem(source, f"no CSV: {error}", "one row per unit", (), Position(rows.line_num, 1))
        raise BoundaryError([problem]) from None


def _find_fault(row: list[str], units: dict[str, Unit]) -> str | None:
    """Say what is wrong with a row, if anything; only the aliases may be empty."""
    if len(row) != len(COLUMNS):
        return f"{len(row)} values"
    empty = [column for column, value in zip(COLUMNS, row, strict=True) if not value.strip() and column != "aliases"]
    if empty:
        return f"no {', no '.join(empty)}"
    if row[0] in units:
        return f"code {quote(row[0])[1:-1]} again"
    return _find_wrong_value(dict(zip(COLUMNS, row, strict=True)))


def _find_wrong_value(values: dict[str, str]) -> str | None:
    """Say which value is no figure of its column, or would show something else than it holds."""
    for column, value in values.items():
        if UNWANTED.search(value) or BIDI.search(value) or "\n" in value or "\r" in value:
            return f"an unprintable character in {column}"
    for column, largest in (("capital_lat", 90), ("capital_lon", 180)):
        if not DEGREES.fullmatch(values[column]) or abs(float(values[column])) > largest:
            return f"{column} {quote(values[column])}, which is no number of degrees up to {largest}"
    if not PERSONS.fullmatch(values["population"]):
        return f"population {quote(values['population'])}, which is no whole number"
    return None


def _make_unit(row: list[str]) -> Unit:
    code, pcode, hasc, name, name_fa, aliases, region, capital, lat, lon, population = row
    others = tuple(alias for alias in aliases.split(";") if alias)
    return Unit(
        code, pcode, hasc, name, name_fa, others, region, capital, float(lat), float(lon), int(population)
    )  # fmt: skip


def _collect_regions(units: dict[str, Unit]) -> dict[str, tuple[str, ...]]:
    """List the units of each region, both in the order of the file."""
    names = dict.fromkeys(unit.region for unit in units.values())
    return {name: tuple(code for code, unit in units.items() if unit.region == name) for name in names}
