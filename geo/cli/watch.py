"""`presence watch`: maps that follow the table while it is edited."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import tell_built
from geo.cli.terminal import echo
from geo.errors import PresenceError
from geo.option_values import MAPS

if TYPE_CHECKING:
    from geo.api import Job

__all__ = ["command"]

FIRST = "overlay"
"""The map that the page opens with."""


@click.command("watch")
@options.table
@options.out
@options.kept
@options.forced
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT",
              help="Port on 127.0.0.1.  [default: one that is free]")  # fmt: skip
@options.choices("groups", "level", "roll_up")
@options.boundaries
@options.show
@options.allow_empty
@options.quiet
@options.job
def command(table: Path, out: Path, keep: bool, force: bool, port: int, job: Job, show: bool) -> None:
    """Draw every map again whenever the table is saved.

    Prints an address for a browser on this machine, and nobody else's: the page there reloads by itself. What is wrong
    with TABLE is told there and here, and the last good maps stay. Ctrl-C ends it.

    \b
    Examples:
      presence watch --open
      presence watch provinces.yaml -o report/maps --port 8000
    """
    import webbrowser

    from geo.api import MapsFolder, watch_table

    gc.enable()  # The command turned it off, which only a short run can afford.
    files = {name: out / f"{name}.html" for name in sorted(MAPS, key=FIRST.__ne__)}

    def start(address: str) -> None:
        echo(address)
        job.progress(f"watching {table}; Ctrl-C ends it")
        if show and not webbrowser.open(address):
            job.progress(f"no browser found; open {address} in one yourself")

    def tell_error(error: PresenceError) -> None:
        echo(str(error), err=True)
        job.progress("the last good maps stay; waiting for the table to be saved again")

    watch_table(
        table, files, job, folder=MapsFolder(out, keep=keep, force=force), port=port,
        at_start=start, at_build=lambda built: tell_built(built, files, table, job), at_error=tell_error,
    )  # fmt: skip
