"""`presence timeline`: a table at every step in time at which something changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import open_file, tell_built
from geo.option_values import STEPS_BY

if TYPE_CHECKING:
    from geo.api import Job

__all__ = ["command"]


@click.command("timeline")
@options.table
@click.option("--by", type=click.Choice(STEPS_BY), default="published", show_default=True,
              help="Steps by publication of the sources, or by what the records observed.")  # fmt: skip
@options.choices()
@options.boundaries
@options.basemap
@options.file(
    "html", "The map, .html, or - for standard output; its folder is made if it is missing.", "maps/timeline.html"
)
@options.show
@options.quiet
@options.job
def command(table: Path, by: str, job: Job, basemap: bool, out: Path, show: bool) -> None:
    """Draw a table over time.

    A slider leads from step to step; a step is a day on which something changes, and nothing is made up between two.
    By publication a step is the map that could have been drawn then, as --as-of draws it; by observation it is what is
    now reported of that time. Strips count the provinces named for each group, with gaps where no record stands.

    \b
    Examples:
      presence timeline --open
      presence timeline provinces.yaml --by observed -o report/timeline.html
    """
    from geo.api import MapOptions, build_maps

    options.refuse_open(show, out)
    files = {"timeline": out}
    tell_built(build_maps(table, files, job, MapOptions(by=by, basemap=basemap)), files, table, job)
    if show:
        open_file(out, job.progress)
