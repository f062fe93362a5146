"""What the commands that draw one map share: their options and what they do with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import choose_voice, open_file, summarise

if TYPE_CHECKING:
    from geo.api import BoundaryFile, Choices

__all__ = ["make_map_command"]


def make_map_command(name: str, help_text: str, *, counts: bool = False) -> click.Command:
    """Make the command that draws the map called ``name``.

    Parameters
    ----------
    name : str
        One of `geo.option_values.MAPS`; also the name of the command.
    help_text : str
        What ``--help`` says, with an example.
    counts : bool
        Take ``--count``.

    Returns
    -------
    click.Command

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
    def command(
        table: Path,
        choices: Choices,
        boundaries: BoundaryFile,
        basemap: bool,
        out: Path,
        show: bool,
        allow_empty: bool,
        quiet: bool,
        count: str = "groups",
    ) -> None:
        from geo.api import build_maps

        options.refuse_open(show, out)
        voice = choose_voice(quiet)
        choices = replace(choices, count=count)
        built = build_maps(
            table, {name: out}, choices=choices, boundaries=boundaries, basemap=basemap, allow_empty=allow_empty,
            progress=voice,
        )  # fmt: skip
        for line in summarise(built, {name: out}, table, boundaries):
            voice(line)
        if show:
            open_file(out, voice)

    return options.count(command) if counts else command
