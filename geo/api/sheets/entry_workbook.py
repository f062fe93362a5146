"""A workbook to be filled in, written where nothing stands."""

from __future__ import annotations

import os
from pathlib import Path

from geo.api.boundaries import BUNDLED, BoundaryFile, list_inputs, load_gazetteer
from geo.api.output_paths import settle_file, spare_inputs
from geo.errors import Problem, WriteError
from geo.option_values import DEFAULT_WORKBOOK
from geo.read.any_table import parse_parts
from geo.read.common.file_text import read_bytes
from geo.write.files import write_files
from geo.write.standard_output import OUTPUT

__all__ = ["write_entry_workbook"]


def write_entry_workbook(
    path: Path = Path(DEFAULT_WORKBOOK), table: Path | None = None, *, boundaries: BoundaryFile = BUNDLED,
    force: bool = False,
) -> Path:  # fmt: skip
    """Write a workbook to be filled in, whose cells offer what may stand there.

    Parameters
    ----------
    path : Path
        Where it goes; ``-`` is standard output.
    table : Path, optional
        A table whose groups, levels and sources it has already. None of its records: `export_table` writes these.
    boundaries : BoundaryFile
        Whose units are offered; the bundled provinces without.
    force : bool
        Replace a file that stands there.

    Returns
    -------
    Path
        Where it went.

    Raises
    ------
    WriteError
        If a file stands there, or is one of those that are read.
    TableError
        If the table does not hold together.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = write_entry_workbook(Path(folder) / "reports")
    ...     path.name, path.read_bytes()[:2]
    ('reports.xlsx', b'PK')
    """
    read = [table] if table and str(table) != "-" else []
    path, _ = settle_file(path, ["xlsx"], read=read, boundaries=boundaries)
    spare_inputs([path], [*read, *list_inputs(boundaries)])
    if path != OUTPUT and os.path.lexists(path) and not force:
        raise WriteError([Problem(str(path), "exists already", "another name, or --force to replace it")])
    from geo.export.entry_workbook import write_form
    from geo.read.entry_form import describe_form
    from geo.read.sheets.sheet_definitions import ASIDE

    gazetteer, parsed, name = load_gazetteer(boundaries), None, str(path)
    if table is not None:
        name = "standard input" if str(table) == "-" else str(table)
        parsed = parse_parts(read_bytes(table), name, gazetteer, allow_empty=True)
    write_files({path: write_form(describe_form(gazetteer, parsed), ASIDE, name)})
    return path
