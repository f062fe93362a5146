"""`presence build`: all maps of a table into one folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import tell_built
from geo.option_values import MAPS

if TYPE_CHECKING:
    from geo.api import Job

__all__ = ["command"]


@click.command("build")
@options.table
@options.out
@options.kept
@options.forced
@click.option("--only", type=click.Choice(MAPS), multiple=True, help="Draw this map only; may be repeated.")
@options.choices("groups", "level", "roll_up")
@options.boundaries
@options.basemap
@options.allow_empty
@options.quiet
@options.job
def command(table: Path, out: Path, keep: bool, force: bool, only: tuple[str, ...], job: Job, basemap: bool) -> None:
    """Draw every map of a table into a folder.

    TABLE is presence.yaml unless you name another; - is standard input. Either all maps are written or, where
    anything fails, none: yesterday's stay, and the message says which --only draws the others. A map that says nothing
    of this table, such as a time line without dates, is left out.

    What an earlier build left in the folder and this one does not write again is removed, unless it was changed since
    or --keep is given; a list in the folder, .presence-maps.json, tells. With --only nothing is removed. Pages that are
    not of this run are named.

    \b
    Examples:
      presence build
      presence build provinces.yaml -o report/maps --only overlay
      presence build --as-of 2020-07 -o july     what could have been drawn then
      presence build --boundaries provinces.gpkg      'presence boundaries' tells what is in such a file
    """
    from geo.api import MapOptions, MapsFolder, build_maps

    files = {name: out / f"{name}.html" for name in only or MAPS}
    folder = MapsFolder(out, not only, keep, force)
    tell_built(build_maps(table, files, job, MapOptions(basemap=basemap), folder=folder), files, table, job)
