"""`presence init`: a commented table to start from, and the schema that editors read beside it."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli.terminal import echo, show_line
from geo.option_values import DEFAULT_TABLE

__all__ = ["command"]


@click.command("init")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default=DEFAULT_TABLE)
@click.option("--force", is_flag=True, help="Replace a file that stands there.")
def command(file: Path, force: bool) -> None:
    """Write a commented table to start from.

    It goes to FILE, or to presence.yaml; beside it goes presence.schema.json, by which an editor completes keys and
    shows mistakes. A file that exists is not replaced.

    \b
    Examples:
      presence init
      presence init provinces.yaml
    """
    from geo.api import write_command, write_starter

    written = write_starter(file, force=force)
    for schema in written[1:]:
        echo(show_line(f"wrote {schema}, by which an editor knows the format"), err=True)
    echo(show_line(f"wrote {written[0]}; edit it, then run '{write_command('build', written[0])}'"), err=True)
