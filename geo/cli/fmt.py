"""`presence fmt`: a table tidied, with every word and comment in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import choose_voice, count
from geo.cli.terminal import echo, show_line

if TYPE_CHECKING:
    from geo.api import BoundaryFile

__all__ = ["command"]


@click.command("fmt")
@options.tables
@click.option("--check", is_flag=True, help="Write nothing; the exit code is 1 where a table is not tidy.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--ids", is_flag=True, help="Give each record an id that has none.")
@options.boundaries
@options.quiet
@click.pass_context
def command(
    ctx: click.Context,
    tables: tuple[Path, ...],
    check: bool,
    diff: bool,
    ids: bool,
    boundaries: BoundaryFile,
    quiet: bool,
) -> None:
    """Tidy a table, and keep its words, comments and order.

    Tidied are indentation, blanks between the parts of a line and at its end, line ends and the end of the file of each
    TABLE (presence.yaml unless you name others). The same is read from it as before. Where a table has a mistake, none
    is touched.

    By an id a record is known for the same in every version of a table: `presence diff` then shows what was corrected
    as a correction.

    \b
    Examples:
      presence fmt
      presence fmt --ids
      presence fmt --check --diff tables/*.yaml
    """
    from geo.api import tidy_tables

    voice = choose_voice(quiet)
    results = tidy_tables(tables, boundaries=boundaries, write=not (check or diff), ids=ids)
    changed = [result for result in results if result.is_changed]
    for result in changed if diff else ():
        for line in result.show_changes():
            echo(show_line(line))
    for result in changed:
        given = f", with {count(result.given, 'new id')}" if result.given else ""
        voice(f"{'would tidy' if check or diff else 'tidied'} {result.path}{given}")
    if not changed:
        voice(f"{count(len(results), 'table')} tidy already")
    if check and changed:
        ctx.exit(1)
