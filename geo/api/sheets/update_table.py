"""A table brought up to date by the rows of spreadsheets: whole or not at all."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import list_inputs, load_gazetteer
from geo.api.imports import ImportOptions, read_sheets
from geo.api.job import Job
from geo.api.output_paths import spare_inputs
from geo.errors import Problem, TableError
from geo.model import Table
from geo.read.any_table import is_sheet
from geo.read.common.file_text import MARK, decode_text, read_bytes
from geo.read.table.reader import parse_presence
from geo.read.yaml.parse import parse_tree, pause_collector
from geo.read.yaml.tidy import hide_internal
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.read.updates.merge_rows import RowOutcome

__all__ = ["Updated", "update_table"]


@dataclass(frozen=True)
class Updated:
    r"""What became of a table: its bytes before and after, what each row of the sheets means, and what is to be told.

    ``left`` lists the records that are in no row, by id or line; ``lost`` the comments that stood within a value which
    was replaced, and are gone with it.

    Examples
    --------
    >>> updated = Updated(Path("t.yaml"), b"title: A\n", b"title: B\n", Table("B", {}, {}, {}, (), ()), ())
    >>> updated.is_changed, updated.show_changes()[2:]
    (True, ['@@ -1 +1 @@', '-title: A', '+title: B'])
    """

    path: Path
    before: bytes
    after: bytes
    table: Table
    rows: tuple[RowOutcome, ...]
    left: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    told: tuple[Problem, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the rows say anything that the table does not."""
        return self.before != self.after

    def show_changes(self) -> list[str]:
        """List the lines that change as a unified diff, without what stands under ``internal``."""
        texts = (re.sub("\r\n|\r", "\n", data.decode("utf-8-sig")) for data in (self.before, self.after))
        before, after = (hide_internal(text).splitlines() for text in texts)
        return list(difflib.unified_diff(before, after, str(self.path), str(self.path), lineterm=""))


def update_table(
    sheets: Iterable[Path], table: Path, job: Job = Job(), options: ImportOptions = ImportOptions(), *,
    clears: bool = False, write: bool = True,
) -> Updated:  # fmt: skip
    r"""Bring the records of a table up to date by the rows of spreadsheets, in its place, or say why not of every cell.

    A row is the record of its ``id``; one without is the record that says the same or, where none does, a new one,
    which gets an id in the table. What no row says stays to the byte: comments, order, blank lines, quotes.

    Parameters
    ----------
    sheets : iterable of Path
        Workbooks or CSV, as `import_table` takes them; ``-`` is standard input.
    table : Path
        The table, in YAML and not in the short form.
    job : Job
        On which units, whether a table may have no record, and who is told what is done.
    options : ImportOptions
        How the sheets are read.
    clears : bool
        Take a key out of a record where its column is there and its cell empty. Without, an empty cell says nothing.
    write : bool
        Write the table; otherwise all is checked, and nothing is written.

    Returns
    -------
    Updated
        What each row means, and the table before and after.

    Raises
    ------
    TableError
        With everything that is wrong: an id twice or of no record, a group, level or source that the table does not
        define, a cell that cannot be taken, a table that would not hold together.
    WriteError
        If the table cannot be written, or is one of the sheets.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table, sheet = Path(folder, "presence.yaml"), Path(folder, "new.csv")
    ...     _ = table.write_text("groups: {a: {name: A}}\npresence:\n  - {id: x, group: a, in: Kabul} # seen\n")
    ...     _ = sheet.write_text("id,group,in\nx,A,Kunar\n,A,Logar\n")
    ...     updated = update_table([sheet], table)
    ...     print(table.read_text())
    groups: {a: {name: A}}
    presence:
      - {id: x, group: a, in: Kunar} # seen
      - {id: a-5192, group: a, in: Logar}
    <BLANKLINE>
    """
    sheets, name = tuple(sheets), str(table)
    if name == "-":
        raise TableError([Problem("standard input", "cannot be changed in its place", "the path of a presence table")])
    if is_sheet(name):
        expected = "a table in YAML; 'presence import' makes one of a spreadsheet"
        raise TableError([Problem(name, "a spreadsheet, where a table is brought up to date", expected)])
    spare_inputs([table], [*sheets, *list_inputs(job.boundaries)])
    with pause_collector():
        return _update(sheets, table, job, options, clears=clears, write=write)


def _update(
    sheets: tuple[Path, ...], table: Path, job: Job, options: ImportOptions, *, clears: bool, write: bool
) -> Updated:
    from geo.read.common.plain_values import word_node
    from geo.read.updates.merge_rows import match_rows
    from geo.read.updates.splice_records import list_lost_comments, splice_rows

    name = str(table)
    job.progress(f"reading {name}")
    data = read_bytes(table)
    grids, gazetteer = read_sheets(sheets, job, options), load_gazetteer(job.boundaries)
    update = match_rows(grids, data, name, gazetteer, taking=options.taking, clears=clears)
    text = decode_text(data, name)
    spliced = splice_rows(text, name, update.rows)
    after = (MARK if data.startswith(MARK) else b"") + spliced.encode()
    result, warnings = parse_presence(after, name, gazetteer, allow_empty=job.allow_empty)
    if result != update.table or word_node(parse_tree(after, name)) != word_node(update.root):
        raise RuntimeError("the table written is not the table meant")
    lost = list_lost_comments(text, spliced) if after != data else ()
    if write and after != data:
        job.progress("writing")
        write_files({table: after}, known={table: data})
    return Updated(table, data, after, result, update.rows, update.left, lost, warnings, update.told)
