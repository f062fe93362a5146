"""A table made of spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import load_gazetteer
from geo.api.job import Job
from geo.api.output_paths import settle_file
from geo.errors import Problem, TableError, WriteError
from geo.model import Table
from geo.read.sheets.column_choices import ColumnChoices
from geo.read.table.reader import parse_presence
from geo.write.files import write_files
from geo.write.standard_output import OUTPUT

if TYPE_CHECKING:
    from geo.read.sheets.cells import Grid

__all__ = ["ImportOptions", "Imported", "import_table", "read_sheets"]


@dataclass(frozen=True)
class Imported:
    """What became of spreadsheets: the table, its YAML, what is doubtful, and what had to be made up.

    ``made`` holds kind (level, source, group), id and name of what the sheets name and do not define; ``is_wide``
    tells that a sheet was read as units x groups, and ``told`` warns of what sheets show that the table does not hold.
    """

    table: Table
    data: bytes
    warnings: tuple[Problem, ...]
    made: tuple[tuple[str, str, str], ...]
    is_wide: bool
    told: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ImportOptions:
    """How spreadsheets are read.

    ``separator``, one of `SEPARATORS`, parts the cells of a CSV; of a workbook ``only`` names the one sheet to take,
    and ``hidden`` and ``struck`` take what it hides and what is struck out as well.
    """

    separator: str = "comma"
    only: str | None = None
    hidden: bool = False
    struck: bool = False
    taking: ColumnChoices = ColumnChoices()


def import_table(
    sheets: Iterable[Path], out: Path, job: Job = Job(), options: ImportOptions = ImportOptions(), *,
    force: bool = False,
) -> Imported:  # fmt: skip
    r"""Turn spreadsheets into a presence table and write it, or say of every cell why not and write nothing.

    An XLSX workbook, or CSV files named after the parts of the table; a single sheet holds records, one a row, or
    units x groups. ``-`` is standard input or output.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     sheet = Path(folder) / "records.csv"
    ...     _ = sheet.write_text("group,in\nRed Group,Kabul; Paktia", encoding="utf-8")
    ...     imported = import_table([sheet], Path(folder) / "presence.yaml")
    >>> imported.made, len(imported.table.claims)
    ((('group', 'red-group', 'Red Group'),), 2)
    """
    sheets = tuple(sheets)
    out, _ = settle_file(out, ["yaml"], read=sheets, boundaries=job.boundaries)
    if out != OUTPUT and out.exists() and not force:
        raise WriteError([Problem(str(out), "exists already", "another name, or --force to replace it")])
    from geo.export.yaml_table import write_table
    from geo.read.sheets.grids_to_table import assemble_table, list_values

    grids, gazetteer = read_sheets(sheets, job, options), load_gazetteer(job.boundaries)
    assembled = assemble_table(grids, gazetteer, allow_empty=job.allow_empty, taking=options.taking)
    data = write_table(list_values(assembled.root))
    table, _ = parse_presence(data, str(out), gazetteer, allow_empty=job.allow_empty)
    if table != assembled.table:
        raise RuntimeError("the table written is not the table read")
    job.progress("writing")
    write_files({out: data})
    made = tuple((each.kind, each.id, each.name) for each in assembled.made)
    return Imported(table, data, assembled.warnings, made, assembled.wide, assembled.told)


def read_sheets(sheets: Iterable[Path], job: Job, options: ImportOptions) -> list[Grid]:
    """Read all sheets before one is told to be wrong."""
    from geo.read.sheets.file_to_grids import read_spreadsheet

    grids: list[Grid] = []
    problems: list[Problem] = []
    for path in sheets:
        job.progress(f"reading {'standard input' if str(path) == '-' else path}")
        try:
            grids += read_spreadsheet(
                path, separator=options.separator, only=options.only, hidden=options.hidden, struck=options.struck
            )
        except TableError as error:
            problems += error.problems
    if problems:
        raise TableError(problems)
    return grids
