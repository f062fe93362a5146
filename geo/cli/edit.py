"""`presence edit`: the table as a form and a map."""

from __future__ import annotations

import gc
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.terminal import echo

if TYPE_CHECKING:
    from geo.api import Job

__all__ = ["command"]


@click.command("edit")
@options.table
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT",
              help="Port on 127.0.0.1.  [default: one that is free]")  # fmt: skip
@options.choices("level", "groups", "roll_up", "as_of", "basis", "confidence", "grade", "count")
@options.boundaries
@options.quiet
@options.job
def command(table: Path, no_open: bool, port: int, job: Job) -> None:
    """Edit a table by form and map, in a browser.

    Opens a page on this machine, and for nobody else: the map as it will be published, the records, a form. The file
    is written when you say so, after you have seen what changes; comments, order and blank lines stay. Ends ten seconds
    after the page is closed, or by Ctrl-C; what is not saved is kept beside TABLE.

    \b
    Examples:
      presence edit
      presence edit provinces.yaml --no-open
    """
    import webbrowser

    from geo.api import edit_table, write_launcher

    gc.enable()  # The command turned it off, which only a short run can afford.
    with ExitStack() as launchers:

        def start(address: str) -> None:
            if no_open or not webbrowser.open(launchers.enter_context(write_launcher(address))):
                echo(address)

        edit_table(table, job, port=port, at_start=start)
