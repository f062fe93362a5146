"""`presence compare`: the footprints of two or three groups."""

from __future__ import annotations

from pathlib import Path

import click

from geo.build import BoundaryFile, Choices, build_maps
from geo.cli import options
from geo.cli.say import choose_voice, open_file, summarise

__all__ = ["command"]


@click.command("compare")
@click.argument("groups", nargs=-1, required=True, metavar="GROUP GROUP [GROUP]")
@click.option("--table", type=click.Path(path_type=Path), default="presence.yaml", show_default=True, help="The table.")
@options.choices("groups")
@options.boundaries
@options.basemap
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), default="maps/compare.html", show_default=True,
    metavar="FILE", help="The map; its folder is made if it is missing.",
)  # fmt: skip
@options.show
@options.quiet
def command(
    groups: tuple[str, ...],
    table: Path,
    choices: Choices,
    boundaries: BoundaryFile,
    basemap: bool,
    out: Path,
    show: bool,
    quiet: bool,
) -> None:
    """Compare the footprints of two or three groups.

    Which provinces only one of them is named in and which all, on the map and in numbers. GROUPs are ids of the
    table; 'presence check' lists them.

    \b
    Examples:
      presence compare haqqani isis-k
      presence compare haqqani isis-k let --level cells -o report/compare.html
    """
    voice = choose_voice(quiet)
    files = {"compare": out}
    built = build_maps(
        table, files, choices=choices, compared=groups, boundaries=boundaries, basemap=basemap, progress=voice
    )
    for line in summarise(built, files):
        voice(line)
    if show:
        open_file(out, voice)
