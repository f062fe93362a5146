"""How many people live in each unit: the user's own figures, joined by name or code."""

from __future__ import annotations

import re
from pathlib import Path

from geo.errors import Problem, TableError
from geo.model import CellPosition, Gazetteer
from geo.read.common.file_text import Wanted, read_bytes
from geo.read.common.names import fold_name, index_units, nearest_names
from geo.read.common.nodes import Text, cut, list_few, quote
from geo.read.sheets.csv_reader import parse_separated
from geo.read.sheets.null_words import is_blank_word

__all__ = ["parse_populations", "read_populations"]

UNITS = ("code", "pcode", "name", "unit")
PEOPLE = ("population", "people", "persons", "pop")
A_LIST = Wanted("a CSV of populations", "people.csv")
EXPECTED = "a CSV with the columns name (or code) and population"
PERSONS = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?")
MOST = 2_000_000_000


def read_populations(path: Path | str, gazetteer: Gazetteer) -> dict[str, int]:
    """Read the persons of each unit from a CSV file, as `parse_populations` does.

    Examples
    --------
    >>> read_populations("no/such.csv", Gazetteer({}, {}, ""))
    Traceback (most recent call last):
    geo.errors.TableError: no/such.csv: there is no such file; expected the path of a CSV of populations
    """
    return parse_populations(read_bytes(path, A_LIST), str(path), gazetteer)


def parse_populations(data: bytes, source: str, gazetteer: Gazetteer) -> dict[str, int]:
    r"""Read persons by code of the unit; a unit that is not in the file, or without a figure there, has none.

    A `TableError` holds every error found: a unit that is none or stands twice, and a figure that is no number of
    persons.

    Examples
    --------
    >>> from geo.model import Unit
    >>> known = Gazetteer({"A": Unit("A", "", "", "Alpha", "")}, {}, "")
    >>> parse_populations(b"name,population\nalpha,\"1,200\"\n", "p.csv", known)
    {'A': 1200}
    """
    grid = parse_separated(data, source)
    problems = list(grid.flaws)
    head = {cell.text.casefold(): column for column, cell in next(iter(grid.rows.values()), {}).items()}
    names = [head[each] for each in (*UNITS, gazetteer.noun.one) if each in head]
    figures = [head[each] for each in PEOPLE if each in head]
    if not names or not figures:
        found_heads = list_few([cut(each) for each in head]) or "of nothing"
        raise TableError([Problem(source, f"columns {found_heads}", EXPECTED)])
    units, found, lines = index_units(gazetteer), dict[str, int](), dict[str, int]()
    for line, row in list(grid.rows.items())[1:]:
        called, cell = row.get(names[0], Text("", False, line, names[0])), row.get(figures[0])
        code = units.get(fold_name(called.text))
        if code is None:
            near = nearest_names(called.text, [each.name for each in gazetteer.units.values()])
            told = f"no {gazetteer.noun.one} {quote(called.text)}"
            problems.append(Problem(source, told, f"one of the {gazetteer.noun.many} of the map", near, _place(called)))
        elif code in lines:
            told = f"{quote(called.text)}, which stands in row {lines[code]} too"
            problems.append(Problem(source, told, f"each {gazetteer.noun.one} once", position=_place(called)))
        elif cell and not is_blank_word(cell.text):
            match = PERSONS.fullmatch(cell.text)
            if match and (persons := int(match[1].replace(",", ""))) <= MOST:
                found[code] = persons
            else:
                told = f"{quote(cell.text)} for {quote(called.text)}, which is no number of persons"
                problems.append(Problem(source, told, "persons, such as 1338597", position=_place(cell)))
        if code is not None:
            lines.setdefault(code, line)
    if problems:
        raise TableError(problems)
    return found


def _place(cell: Text) -> CellPosition:
    return CellPosition(cell.line, cell.column)
