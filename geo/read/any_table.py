"""A presence table however it is kept: as YAML, or as a workbook or CSV, read as `presence import` does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from geo.errors import Problem, TableError
from geo.model import Gazetteer, Table
from geo.read.common.file_text import read_bytes
from geo.read.common.nodes import Map, Node, list_few
from geo.read.table.reader import check_tree
from geo.read.yaml.parse import parse_tree, pause_collector

__all__ = ["ParsedTable", "is_sheet", "parse_parts", "parse_table", "read_table"]

SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
ZIP = b"PK\x03\x04"
INPUT = "standard input"
OPTIONS = re.compile("--(?:column|header|hidden|ignore|same|separator|sheet|struck)\\b")
"""Options of `presence import` that a remedy may offer."""


@dataclass(frozen=True)
class ParsedTable:
    """A checked table, the tree that it was read from, and what is doubtful in it."""

    root: Map
    table: Table
    warnings: tuple[Problem, ...]


def is_sheet(source: Path | str, data: bytes = b"") -> bool:
    r"""Tell whether a table is kept in a spreadsheet: by the ending of its name, of standard input by its first bytes.

    Examples
    --------
    >>> is_sheet("T.XLSX"), is_sheet("t.yaml", b"PK"), is_sheet("standard input", b"PK\x03\x04")
    (True, False, True)
    """
    name = str(source)
    return data.startswith(ZIP) if name in (INPUT, "-") else name.lower().endswith(SHEETS)


def read_table(
    path: Path | str, gazetteer: Gazetteer, *, allow_empty: bool | None = False
) -> tuple[Table, tuple[Problem, ...]]:
    """Read and check a table, or standard input where the path is ``-``, as `parse_table` does.

    Examples
    --------
    >>> read_table("no/such.xlsx", Gazetteer({}, {}, "nobody"))
    Traceback (most recent call last):
    geo.errors.TableError: no/such.xlsx: there is no such file; expected the path of a presence table
    """
    return parse_table(read_bytes(path), INPUT if str(path) == "-" else str(path), gazetteer, allow_empty=allow_empty)


def parse_table(
    data: bytes, source: str, gazetteer: Gazetteer, *, allow_empty: bool | None = False
) -> tuple[Table, tuple[Problem, ...]]:
    r"""Check the bytes of a table; what is wrong in a sheet names its cell.

    ``allow_empty`` is whether a table without records is one; None where nobody can ask so.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> table, warnings = parse_table(b"group,in\nRed,Kabul", "t.csv", read_gazetteer())
    >>> print(table.records[0].position, warnings[0].found)
    A2 no sheet defines groups: made of its name red
    """
    parsed = parse_parts(data, source, gazetteer, allow_empty=allow_empty)
    return parsed.table, parsed.warnings


def parse_parts(data: bytes, source: str, gazetteer: Gazetteer, *, allow_empty: bool | None = False) -> ParsedTable:
    """Check the bytes of a table, and give the tree as well.

    Examples
    --------
    >>> parse_parts(b"title: A", "t.yaml", Gazetteer({}, {}, "nobody"), allow_empty=True).root.values["title"].text
    'A'
    """
    if is_sheet(source, data):
        return _parse_sheets(data, source, gazetteer, allow_empty)
    with pause_collector():
        cuts: list[Problem] = []
        root: Node = parse_tree(data, source, cuts)
        table, warnings = check_tree(root, source, gazetteer, allow_empty, cuts)
    if not isinstance(root, Map):
        raise TypeError("a checked table is a mapping")
    return ParsedTable(root, table, warnings)


def _parse_sheets(data: bytes, source: str, gazetteer: Gazetteer, allow_empty: bool | None) -> ParsedTable:
    from geo.read.sheets.column_choices import ColumnChoices
    from geo.read.sheets.file_to_grids import parse_spreadsheet
    from geo.read.sheets.grids_to_table import assemble_table, place_records

    try:
        grids = parse_spreadsheet(data, source)
        assembled = assemble_table(grids, gazetteer, allow_empty=allow_empty, taking=ColumnChoices())
    except TableError as error:
        raise TableError([*error.problems, *_offer_import(error.problems, source)]) from None
    made = [_tell_made(kind, names, source) for kind, names in assembled.list_made().items()]
    told = (*assembled.told, *made, *assembled.warnings)
    table = place_records(assembled)
    return ParsedTable(assembled.root, table, (*told, *_offer_import(told, source)))


def _tell_made(kind: str, ids: tuple[str, ...], source: str) -> Problem:
    """Warn of what was made of names, for one that is misspelt makes another."""
    found = f"no sheet defines {kind}s: made of {'their names' if len(ids) > 1 else 'its name'} {list_few(ids)}"
    return Problem(
        source, found, f"a workbook with a sheet `{kind}s`, in which a misspelt one is missed", severity="warning"
    )


def _offer_import(problems: Iterable[Problem], source: str) -> tuple[Problem, ...]:
    """Say whose the options are that a remedy offers: a command that takes a table has none for sheets."""
    from geo.read.sheets.column_choices import quote_argument

    offering = [each for each in problems if OPTIONS.search(each.expected)]
    if not offering:
        return ()
    name = "-" if source == INPUT else source
    found = "an option named above, which 'presence import' has and this command has not"
    expected = f"'presence import {quote_argument(name)}' with it, and then the table that it writes"
    return (replace(offering[0], found=found, expected=expected, nearest=(), position=None, file=source),)
