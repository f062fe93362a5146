"""`presence import`: a spreadsheet becomes a presence table, or every cell that cannot be taken is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from geo.cli import options
from geo.cli.messages import count, cut_warnings, name_place, word_warnings
from geo.cli.terminal import echo, show_line
from geo.errors import TableError
from geo.option_values import DEFAULT_TABLE, SEPARATORS

if TYPE_CHECKING:
    from geo.api import BoundaryFile, Imported, Job, Updated
    from geo.read.updates.merge_rows import KeyChange

__all__ = ["command"]


def _split_pairs(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Part words of the form NAME=NAME at the last sign of equality."""
    pairs = [value.rpartition("=") for value in values]
    for value, (name, _, other) in zip(values, pairs, strict=True):
        if not name.strip() or not other.strip():
            raise click.BadParameter(f"{value!r}; expected two names with = between them, as in Who=group")
    return {name.strip(): other.strip() for name, _, other in pairs}


@click.command("import")
@click.argument("sheets", type=click.Path(path_type=Path, allow_dash=True), nargs=-1, required=True,
                metavar="FILE...")  # fmt: skip
@options.file("yaml", "The new table, .yaml, or - for standard output.", DEFAULT_TABLE)
@click.option("--sheet", "only", metavar="NAME", help="Take this sheet of a workbook and no other.")
@click.option("--hidden", is_flag=True, help="Take hidden sheets, rows and columns of a workbook as well.")
@click.option("--struck", is_flag=True, help="Take what is struck out in a workbook as well.")
@click.option("--ignore", multiple=True, metavar="COLUMN",
              help="Leave out a column of the records, by its header or letter. May be given again.")  # fmt: skip
@click.option("--column", "columns", multiple=True, metavar="COLUMN=KEY", callback=_split_pairs,
              help='What a column holds, as in "Type of presence=level". May be given again.')  # fmt: skip
@click.option("--header", type=click.IntRange(1), metavar="ROW", help="The row of the records' header.")
@click.option("--same", multiple=True, metavar="NAME=NAME", callback=_split_pairs,
              help="Two names of one group or source; the second is kept. May be given again.")  # fmt: skip
@click.option("--separator", type=click.Choice(SEPARATORS), default="comma", show_default=True,
              help="What parts the cells of a CSV.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a file that stands there.")
@click.option("--into", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), metavar="TABLE",
              help="Bring this table up to date in its place: records by `id`, and new ones.")  # fmt: skip
@click.option("--clear", "clears", is_flag=True, help="With --into: an empty cell takes its key out of the record.")
@click.option("--dry-run", "is_dry", is_flag=True, help="With --into: show the lines that would change; write nothing.")
@options.boundaries
@options.allow_empty
@options.quiet
@options.job
@click.pass_context
def command(
    ctx: click.Context,
    sheets: tuple[Path, ...],
    out: Path,
    only: str | None,
    hidden: bool,
    struck: bool,
    ignore: tuple[str, ...],
    columns: dict[str, str],
    header: int | None,
    same: dict[str, str],
    separator: str,
    force: bool,
    into: Path | None,
    clears: bool,
    is_dry: bool,
    job: Job,
) -> None:
    """Turn a spreadsheet into a table.

    FILE is an .xlsx workbook or CSV. A single sheet holds one record a row (columns group, in, level, source, ...), or
    provinces × groups with a mark or a level in each cell. What 'presence export' writes is read again whole. Where a
    cell cannot be taken, all such cells are named and nothing is written.

    With --into, rows change a table that there is: a row is the record of its id, and one without is new unless a
    record says the same; it gets an id in the table. Comments, order and quotes of all else stay as they are. A record
    that is in no row is left alone.

    \b
    Examples:
      presence import records.xlsx
      presence import export/*.csv -o presence.yaml --force
      presence import provinces.csv --separator semicolon
      presence import records.xlsx --hidden
      presence import records.xlsx --into presence.yaml --dry-run
    """
    from geo.api import ImportOptions, import_table, update_table
    from geo.read.sheets.column_choices import ColumnChoices

    if into is None and (clears or is_dry):
        raise click.UsageError("--clear and --dry-run say how a table is brought up to date: --into TABLE is missing.")
    if into is not None and (force or ctx.get_parameter_source("out") is ParameterSource.COMMANDLINE):
        raise click.UsageError("--into TABLE says where rows go; -o and --force are for a new table.")
    reading = ImportOptions(separator, only, hidden, struck, ColumnChoices(ignore, columns, header, same))
    try:
        if into is not None:
            updated = update_table(sheets, into, job, reading, clears=clears, write=not is_dry)
            _tell_update(updated, job, is_dry=is_dry)
            return
        done = import_table(sheets, out, job, reading, force=force)
    except TableError as error:
        for problem in error.problems:  # all of them: they are the report
            echo(*word_warnings([problem]) if problem.severity == "warning" else [str(problem)], err=True)
        number = sum(problem.severity == "error" for problem in error.problems)
        job.progress(f"{count(number, 'problem')}; nothing was written")
        ctx.exit(1)
    for line in _summarise(done, out, job.boundaries):
        job.progress(line)


def _tell_update(updated: Updated, job: Job, *, is_dry: bool) -> None:
    """Tell what each row is, and show the lines that change where nothing is written."""
    from geo.read.common.nodes import list_few

    for line in updated.show_changes() if is_dry else ():
        echo(show_line(line))
    for line in (*word_warnings(updated.told), *cut_warnings(updated.warnings, updated.path, job.boundaries)):
        job.progress(line)
    unchanged = 0
    for row in updated.rows:
        if row.record is not None:
            job.progress(f"added {row.id}, of {row.place}; its id now stands in the table, and not in the sheet")
        elif row.changes:
            keys = ", ".join(dict.fromkeys(_word_key(each) for each in row.changes))
            job.progress(f"updated {row.id or f'the record of {row.place}'}: {keys}")
        else:
            unchanged += 1
    kept = [f"{row.id or row.place} ({', '.join(row.kept)})" for row in updated.rows if row.kept]
    if kept:
        job.progress(f"left alone, though their cells are empty: {list_few(kept)}; --clear takes them out")
    if updated.left:
        job.progress(f"in the table and not in the sheet, left alone: {list_few(updated.left)}")
    for comment in updated.lost:
        job.progress(f"gone with the value that it stood in: the comment {comment}")
    if unchanged:
        job.progress(f"unchanged: {count(unchanged, 'record')}")
    done = f"{'would write' if is_dry else 'wrote'} {updated.path}"
    job.progress(f"{done}: {count(len(updated.table.records), 'record')}" if updated.is_changed else "nothing changes")


def _word_key(change: KeyChange) -> str:
    """Name a key that changes; one that is taken out says so."""
    return ".".join(change.path) + (" (taken out)" if change.value is None else "")


def _summarise(done: Imported, out: Path, boundaries: BoundaryFile) -> list[str]:
    """Tell what was taken, and what had to be made up since no sheet says it."""
    table = done.table
    form = "provinces × groups" if done.is_wide else "records"
    counts = ", ".join([count(len(table.records), "record"), count(len(table.claims), "claim"),
                        count(len(table.groups), "group")])  # fmt: skip
    made = [f"made the {kind} {id_} of {name!r}" for kind, id_, name in done.made]
    asked = [] if table.as_of else ["the table has no `as_of`, the date up to which it holds: add it"]
    return [
        *word_warnings(done.told),  # all of them: no other command tells them
        *cut_warnings(done.warnings, out, boundaries),
        *made,
        *asked,
        f"wrote {name_place(out)}, read as {form}: {counts}",
    ]
