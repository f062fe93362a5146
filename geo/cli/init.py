"""`presence init`: a commented table to start from, with the schema that editors read; or a workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import name_place
from geo.cli.terminal import echo, show_line
from geo.option_values import DEFAULT_TABLE, DEFAULT_WORKBOOK

if TYPE_CHECKING:
    from geo.api import BoundaryFile

__all__ = ["command"]


@click.command("init")
@click.argument(
    "begun", metavar="[FILE]", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=False
)
@click.option("--xlsx", is_flag=True, help="Write a workbook to be filled in instead, for Excel and LibreOffice.")
@click.option("--table", "known", type=click.Path(path_type=Path, allow_dash=True), metavar="TABLE",
              help="With --xlsx: a table whose groups, levels and sources it has.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a file that stands there.")
@options.boundaries
def command(begun: Path | None, xlsx: bool, known: Path | None, force: bool, boundaries: BoundaryFile) -> None:
    """Write a commented table to start from.

    It goes to FILE, or to presence.yaml; beside it goes presence.schema.json, by which an editor completes keys and
    shows mistakes. A file that exists is not replaced.

    With --xlsx it is a workbook, presence.xlsx: cells offer the groups, provinces, levels and sources that may stand
    there, and a page explains each column. 'presence build presence.xlsx' draws its maps, 'presence import' makes a
    table in YAML of it. What --boundaries names is offered in place of provinces.

    \b
    Examples:
      presence init
      presence init provinces.yaml
      presence init --xlsx
      presence init --xlsx --table presence.yaml new-records.xlsx
    """
    from geo.api import write_command, write_entry_workbook, write_starter

    if not xlsx and (known is not None or boundaries.path is not None):
        raise click.UsageError("--table and --boundaries say what a workbook offers: --xlsx is missing.")
    if xlsx:
        made = write_entry_workbook(begun or Path(DEFAULT_WORKBOOK), known, boundaries=boundaries, force=force)
        build = write_command("build", made, boundaries)
        echo(show_line(f"wrote {name_place(made)}; fill it in, then run '{build}'"), err=True)
        return
    written = write_starter(begun or Path(DEFAULT_TABLE), force=force)
    for schema in written[1:]:
        echo(show_line(f"wrote {schema}, by which an editor knows the format"), err=True)
    echo(show_line(f"wrote {written[0]}; edit it, then run '{write_command('build', written[0])}'"), err=True)
