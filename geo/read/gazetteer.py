"""The gazetteer: province codes, names, regions, capitals and population, from a plain CSV."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from geo.errors import BoundaryError, Problem
from geo.model import Gazetteer, Position, Unit

__all__ = ["COLUMNS", "parse_gazetteer", "read_gazetteer"]

COLUMNS = (
    "code", "pcode", "hasc", "name", "name_fa", "aliases", "region", "capital", "capital_lat", "capital_lon",
    "population",
)  # fmt: skip
REGION_AUTHOR = "OCHA"


@cache
def read_gazetteer() -> Gazetteer:
    """Read the bundled gazetteer of the 34 provinces; its regions are OCHA's.

    Returns
    -------
    Gazetteer

    Examples
    --------
    >>> read_gazetteer().units["AF-PIA"].name, read_gazetteer().regions["Eastern"]
    ('Paktia', ('AF-KNR', 'AF-LAG', 'AF-NAN', 'AF-NUR'))
    """
    return parse_gazetteer(files("geo.shapefiles").joinpath("gazetteer.csv").read_text("utf-8"), "gazetteer.csv")


def parse_gazetteer(text: str, source: str) -> Gazetteer:
    r"""Make a gazetteer of CSV text with the columns of ``COLUMNS``; aliases are parted by semicolons.

    Parameters
    ----------
    text : str
    source : str
        Name of the file, for messages.

    Returns
    -------
    Gazetteer
        Units and regions in the order of the file.

    Raises
    ------
    BoundaryError
        Naming every row that lacks a value, holds a figure that is none, or repeats a code.

    Examples
    --------
    >>> row = "AF-KAB,AF01,AF.KB,Kabul,کابل,Cabul;Kabol,Capital,Kabul,34.5,69.2,5029850"
    >>> gazetteer = parse_gazetteer(",".join(COLUMNS) + "\n" + row, "g.csv")
    >>> gazetteer.units["AF-KAB"].aliases, dict(gazetteer.regions)
    (('Cabul', 'Kabol'), {'Capital': ('AF-KAB',)})
    """
    rows = csv.reader(io.StringIO(text, newline=""))
    head = next(rows, [])
    if tuple(head) != COLUMNS:
        found = f"columns {', '.join(head) or 'none'}"
        raise BoundaryError([Problem(source, found, f"columns {', '.join(COLUMNS)}", (), Position(1, 1))])
    units: dict[str, Unit] = {}
    problems: list[Problem] = []
    for row in filter(None, rows):
        fault = _find_fault(row, units)
        if fault:
            problems.append(Problem(source, fault, "one complete row per unit", (), Position(rows.line_num, 1)))
        else:
            units[row[0]] = _make_unit(row)
    if problems:
        raise BoundaryError(problems)
    return Gazetteer(MappingProxyType(units), MappingProxyType(_collect_regions(units)), REGION_AUTHOR)


def _find_fault(row: list[str], units: dict[str, Unit]) -> str | None:
    """Say what is wrong with a row, if anything; only the aliases may be empty."""
    if len(row) != len(COLUMNS):
        return f"{len(row)} values"
    empty = [column for column, value in zip(COLUMNS, row, strict=True) if not value and column != "aliases"]
    if empty:
        return f"no {', no '.join(empty)}"
    if row[0] in units:
        return f"code {row[0]} again"
    try:
        _make_unit(row)
    except ValueError as error:
        return str(error)
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
