"""A table made of spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import BUNDLED, BoundaryFile, load_gazetteer
from geo.api.output_paths import settle_file
from geo.api.tables import stay_silent
from geo.errors import Problem, TableError, WriteError
from geo.model import Table
from geo.option_values import SEPARATORS
from geo.read.table.reader import parse_presence
from geo.write.files import write_files
from geo.write.standard_output import OUTPUT

if TYPE_CHECKING:
    from geo.read.sheets.cells import Grid

__all__ = ["SEPARATORS", "Imported", "import_table"]


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


def import_table(
    sheets: Iterable[Path],
    out: Path,
    *,
    separator: str = "comma",
    only: str | None = None,
    hidden: bool = False,
    struck: bool = False,
    ignore: Collection[str] = (),
    columns: Mapping[str, str] | None = None,
    header: int | None = None,
    same: Mapping[str, str] | None = None,
    force: bool = False,
    boundaries: BoundaryFile = BUNDLED,
    allow_empty: bool = False,
    progress: Callable[[str], None] = stay_silent,
) -> Imported:
    r"""Turn spreadsheets into a presence table and write it, or say of every cell why not and write nothing.

    Parameters
    ----------
    sheets : iterable of Path
        An XLSX workbook, or CSV files named after the parts of the table; ``-`` is standard input. A single sheet
        holds records, one a row, or units x groups.
    out : Path
        The new table, .yaml; ``-`` is standard output.
    separator : str
        What parts the cells of a CSV: one of `SEPARATORS`.
    only : str, optional
        The one sheet of a workbook to take.
    hidden : bool
        Take what a workbook hides as well.
    struck : bool
        Take what is struck out in a workbook as well.
    ignore : collection of str
        Columns of the records to leave out, by header or letter.
    columns : mapping of str to str, optional
        The key that a column of the records holds, by its header or letter.
    header : int, optional
        The row of the records' header.
    same : mapping of str to str, optional
        Names of groups and sources, and the name by which each is meant.
    force : bool
        Replace a file that stands there.
    boundaries : BoundaryFile
        Read only where it has units of its own.
    allow_empty : bool
        Accept sheets without a record.
    progress : callable
        Is told in a few words what is done next.

    Returns
    -------
    Imported

    Raises
    ------
    TableError
        If a sheet cannot be read or does not hold together, with every problem found.
    WriteError
        If a file stands there and ``force`` is not given, or it cannot be written; FormatError if its ending
        promises something else.

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
    out, _ = settle_file(out, ["yaml"], read=sheets, boundaries=boundaries)
    if out != OUTPUT and out.exists() and not force:
        raise WriteError([Problem(str(out), "exists already", "another name, or --force to replace it")])
    from geo.export.yaml_table import write_table
    from geo.read.sheets.column_choices import ColumnChoices
    from geo.read.sheets.file_to_grids import read_spreadsheet
    from geo.read.sheets.grids_to_table import assemble_table, list_values

    grids: list[Grid] = []
    problems: list[Problem] = []
    for path in sheets:
        progress(f"reading {'standard input' if str(path) == '-' else path}")
        try:
            grids += read_spreadsheet(path, separator=separator, only=only, hidden=hidden, struck=struck)
        except TableError as error:
            problems += error.problems
    if problems:
        raise TableError(problems)
    gazetteer = load_gazetteer(boundaries)
    taking = ColumnChoices(tuple(ignore), columns or {}, header, same or {})
    assembled = assemble_table(grids, gazetteer, allow_empty=allow_empty, taking=taking)
    data = write_table(list_values(assembled.root))
    table, _ = parse_presence(data, str(out), gazetteer, allow_empty=allow_empty)
    if table != assembled.table:
        raise RuntimeError("the table written is not the table read")
    progress("writing")
    write_files({out: data})
    made = tuple((each.kind, each.id, each.name) for each in assembled.made)
    return Imported(table, data, assembled.warnings, made, assembled.wide, assembled.told)
