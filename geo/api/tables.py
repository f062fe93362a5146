"""Tables: checked, joined to the boundaries, or begun."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import load_boundaries, load_gazetteer
from geo.api.change_log import list_unlogged
from geo.api.checks.check_choices import settle_choices
from geo.api.job import Job
from geo.api.output_paths import settle_file
from geo.api.quotes.checked_quotes import CheckedQuotes, doubt_quotes, prove_quotes
from geo.draw.marks.palette import Slot, assign_slots
from geo.errors import FormatError, Problem, TableError, WriteError
from geo.join.filters import Choices, is_stale, is_two_years_old, select_records
from geo.model import CellPosition, Record, Table
from geo.read.any_table import parse_table, read_table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.file_text import read_bytes
from geo.read.common.nodes import cut, list_few
from geo.read.table.json_schema import FILE as SCHEMA_FILE
from geo.read.table.json_schema import load_schema
from geo.read.table.reader import DEFAULT_LEVEL, parse_presence
from geo.write.files import write_files
from geo.write.standard_output import OUTPUT

if TYPE_CHECKING:
    from geo.join.joined_table import JoinedTable
    from geo.model import Topology

__all__ = ["Checked", "check_table", "join_checked", "join_table", "refuse_empty", "write_starter"]


FEW = 8
IMPLICIT = ", as in `levels: {reported: {name: Reported presence, valid_for: 2 years}}`"
"""Of the level that a table has which defines none."""


@dataclass(frozen=True)
class Checked:
    """What counts of a table that holds together, what is doubtful in it, and the colours its groups will have.

    ``hidden`` counts the records left out, by reason; ``stale`` those that are out of date. ``quotes`` is what became
    of its quotes, where that was asked, with the errors in them; None where it was not.
    """

    table: Table
    warnings: tuple[Problem, ...]
    slots: tuple[Slot, ...]
    hidden: Mapping[str, int] = field(default_factory=dict)
    stale: int = 0
    quotes: CheckedQuotes | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What is wrong with its quotes."""
        return self.quotes.errors if self.quotes else ()


def check_table(table: Path, job: Job = Job(), since: Path | None = None, *, quotes: bool = False) -> Checked:
    """Read a table and check all that can be checked without drawing it.

    ``since`` is what was published of it: each record that differs must stand in the log. With ``quotes`` each quote
    is looked for in the copy of its source.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     checked = check_table(table)
    >>> len(checked.table.records), [slot.group for slot in checked.slots]
    (1, ['group-a'])
    """
    checked, warnings = read_table(table, load_gazetteer(job.boundaries), allow_empty=job.allow_empty)
    name = "standard input" if str(table) == "-" else str(table)
    selection = select_records(checked, settle_choices(name, checked, job.choices))
    stale = sum(is_stale(record, selection.table) for record in selection.table.records)
    unlogged = list_unlogged(checked, table, since, job) if since else ()
    proved = prove_quotes(table, checked, job) if quotes else None
    of_quotes = proved.doubts if proved else doubt_quotes(table, checked, job)
    found = (*warnings, *_list_old(selection.table, name), *unlogged, *of_quotes)
    doubts = sorted(found, key=_find_place)
    return Checked(selection.table, tuple(doubts), assign_slots(checked), selection.hidden, stale, proved)


def _find_place(problem: Problem) -> tuple[str, int, int]:
    """Give what warnings are sorted by: a sheet, if it is in one, line and column."""
    place = problem.position
    return (getattr(place, "sheet", ""), place.line, place.column) if place else ("", 0, 0)


def _list_old(table: Table, source: str) -> Iterator[Problem]:
    """Ask how long claims stand that held more than two years before the table's day; once for each level."""
    old: dict[str, list[Record]] = {}
    for record in table.records:
        if is_two_years_old(record, table):
            old.setdefault(record.level, []).append(record)
    for level, records in old.items():
        lines = list(dict.fromkeys(str(record.position.line) for record in records if record.position))
        noun = "row" if isinstance(records[0].position, CellPosition) else "line"
        shown = f"{noun}{'s' * (len(lines) > 1)} {list_few(lines, FEW)}"
        number = f"{len(records)} records" if len(records) > 1 else "a record"
        found = f"{number} at level {cut(level)}, older than two years before as_of {table.as_of}: {shown}"
        expected = f"`valid_for: 2 years` or the like on the level{IMPLICIT * (table.levels[level] == DEFAULT_LEVEL)}"
        yield Problem(source, found, expected, (), records[0].position, "warning")


def join_table(table: Path | str, job: Job = Job()) -> tuple[JoinedTable, Topology]:
    """Join a table, a file or as str its text, to the boundaries that it is drawn on.

    Examples
    --------
    >>> joined, topology = join_table("presence: {Group A: [Kabul]}")
    >>> joined.report.named, len(topology.units)
    (('AF-KAB',), 34)
    """
    return join_checked(table, job)[:2]


def join_checked(
    table: Path | str, job: Job = Job(), data: bytes | None = None
) -> tuple[JoinedTable, Topology, tuple[Problem, ...]]:
    """Check a table and what is chosen of it, join it to the boundaries, and list what is doubtful in both.

    Where a table's file was read already, ``data`` is what stood in it.
    """
    file, allow_empty, progress = job.boundaries, job.allow_empty, job.progress
    found = None
    if file.own is not None:
        progress(f"reading {file.path}")
        found = load_boundaries(file)
    gazetteer = found.gazetteer if found else read_gazetteer()
    if isinstance(table, str):
        name = "table"
        checked, warnings = parse_presence(table.encode(), name, gazetteer, allow_empty=allow_empty)
    else:
        name = str(table)
        progress("reading standard input" if name == "-" else f"reading {name}")
        name = "standard input" if name == "-" else name
        data = read_bytes(table) if data is None else data
        checked, warnings = parse_table(data, name, gazetteer, allow_empty=allow_empty)
    choices = settle_choices(name, checked, job.choices)
    # Only now, so that a table with a mistake is told so without waiting for geopandas.
    from geo.join.joined_table import join_presence

    if found is None:
        if file.path is not None:
            progress(f"reading {file.path}")
        found = load_boundaries(file)
    number = len(checked.records)
    progress(f"joining {number} record{'s' * (number != 1)} to {len(found.frame)} {gazetteer.noun.many}")
    joined = join_presence(checked, found.gazetteer, found.frame, choices)
    if not allow_empty:
        refuse_empty(name, joined.table, joined.whole, choices, is_final=allow_empty is None)
    return joined, found.topology, (*warnings, *found.warnings)


def refuse_empty(source: str, kept: Table, whole: Table, choices: Choices, *, is_final: bool = False) -> None:
    """Refuse choices that leave no record: the map would read as if no group were present.

    Examples
    --------
    >>> empty = Table("t", {}, {}, {}, (), ())
    >>> refuse_empty("t.yaml", empty, empty, Choices())
    """
    if kept.records or not whole.records:
        return
    dates = [
        date
        for record in whole.records
        if record.evidence.source and (date := whole.sources[record.evidence.source].date)
    ]
    first = min(dates, key=lambda date: date.last, default=None)
    found = f"none of {len(whole.records)} records is left by what was chosen"
    told = f"; the first was published {first}" if choices.as_of and first else ""
    expected = "other choices" if is_final else "other choices, or --allow-empty"
    raise TableError([Problem(source, found + told, expected)])


def write_starter(path: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write a commented table to start from and, beside it, the schema by which editors know its format.

    The table names the schema by a path beside it, which holds in a clone, in a mailed folder and without a network;
    a schema that stands there already, the same, is left alone.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [file.name for file in write_starter(Path(folder) / "presence.yaml")]
    ['presence.yaml', 'presence.schema.json']
    """
    if path == OUTPUT:
        raise FormatError([Problem(str(path), "standard output, where two files are written", "the name of a table")])
    schema = path.with_name(SCHEMA_FILE)
    if os.path.realpath(schema) == os.path.realpath(path):
        raise WriteError([Problem(str(path), "is the name of the schema beside the table", "another name")])
    path, _ = settle_file(path, ["yaml"])
    files = {path: resources.files("geo.read").joinpath("starter.yaml").read_bytes(), schema: load_schema().encode()}
    if _is_same(schema, files[schema]):
        del files[schema]
    if found := [file for file in files if os.path.lexists(file) and not force]:
        expected = {path: "another name, or --force to replace it", schema: "another folder, or --force to replace it"}
        raise WriteError([Problem(str(file), "exists already", expected[file]) for file in found])
    return write_files(files)


def _is_same(file: Path, data: bytes) -> bool:
    """Tell whether a file holds just these bytes."""
    try:
        return file.stat().st_size == len(data) and file.is_file() and file.read_bytes() == data
    except OSError:
        return False
