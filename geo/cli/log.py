"""`presence log`: the log of corrections, drafted from what differs between two tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.terminal import echo

if TYPE_CHECKING:
    from geo.api import Job
    from geo.model import Moment

__all__ = ["command"]


@click.command("log")
@click.argument("old", type=click.Path(path_type=Path))
@options.table
@click.option("--date", callback=options.parse_day, metavar="DATE", help="When the newer table is published.")
@options.boundaries
@options.allow_empty
@options.job
def command(old: Path, table: Path, date: Moment | None, job: Job) -> None:
    """Draft the log of corrections from an older table.

    Prints, as YAML, an entry of `changes` for each record and each other part of TABLE (presence.yaml unless you name
    another) that was added, corrected or withdrawn since OLD, if its log does not tell it already. Complete what was
    changed and why, and put it into the table.

    \b
    Examples:
      presence log tables/one.yaml tables/two.yaml
      presence log tables/one.yaml --date 2024-12-31
    """
    from geo.api import draft_log

    echo(draft_log(old, table, job, str(date) if date else None), nl=False)
