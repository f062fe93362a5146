"""What the commands that draw one map share: their options and what they do with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import open_file, tell_built

if TYPE_CHECKING:
    from geo.api import Job

__all__ = ["make_map_command"]


def make_map_command(name: str, help_text: str, *, counts: bool = False) -> click.Command:
    """Make the command that draws one of `MAPS` and bears its name.

    Examples
    --------
    >>> make_map_command("overlay", "Draw bands.").name
    'overlay'
    """

    @click.command(name, help=help_text)
    @options.table
    @options.choices()
    @options.boundaries
    @options.basemap
    @options.file(
        "html", "The map, .html, or - for standard output; its folder is made if it is missing.", f"maps/{name}.html"
    )
    @options.show
    @options.allow_empty
    @options.quiet
    @options.job
    def command(table: Path, job: Job, basemap: bool, out: Path, show: bool, count: str = "groups") -> None:
        from geo.api import MapOptions, build_maps

        options.refuse_open(show, out)
        job = replace(job, choices=replace(job.choices, count=count))
        built = build_maps(table, {name: out}, job, MapOptions(basemap=basemap))
        tell_built(built, {name: out}, table, job)
        if show:
            open_file(out, job.progress)

    return options.count(command) if counts else command
