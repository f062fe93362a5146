"""`presence compare`: the footprints of two or three groups, or what two sources say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import open_file, tell_built

if TYPE_CHECKING:
    from geo.api import Choices, Job

__all__ = ["command"]

SOURCES = 2


@click.command("compare")
@click.argument("compared", nargs=-1, metavar="[GROUP GROUP [GROUP]]")
@click.option("--table", type=click.Path(path_type=Path), default="presence.yaml", show_default=True, help="The table.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Compare this source with another; given twice.")
@options.choices()
@options.boundaries
@options.basemap
@options.file(
    "html",
    "The map, .html, or - for standard output; its folder is made if it is missing.  "
    "[default: maps/compare.html, of sources maps/sources.html]",
)
@options.show
@options.quiet
@options.job
def command(
    compared: tuple[str, ...],
    table: Path,
    sources: tuple[str, ...],
    job: Job,
    basemap: bool,
    out: Path | None,
    show: bool,
) -> None:
    """Compare the footprints of groups, or what two sources say.

    Of two or three groups: which provinces only one of them is named in and which all, on the map and in numbers.
    GROUPs are ids of the table; 'presence check' lists them. Of two sources: where they differ in presence or level,
    with both claims; where only one names a province, the other has no record of it, which is no denial.

    \b
    Examples:
      presence compare haqqani isis-k
      presence compare haqqani isis-k let --level cells -o report/compare.html
      presence compare --table three-reports.yaml --source un-2020 --source un-2021
    """
    from geo.api import MapOptions, build_maps, build_source_comparison

    _check_words(compared, sources, job.choices)
    options.refuse_open(show, out)
    name = "sources" if sources else "compare"
    file = out or Path("maps", f"{name}.html")
    if sources:
        built = build_source_comparison(table, file, (sources[0], sources[1]), job, basemap=basemap)
    else:
        built = build_maps(table, {name: file}, job, MapOptions(compared, basemap=basemap))
    tell_built(built, {name: file}, table, job)
    if show:
        open_file(file, job.progress)


def _check_words(compared: tuple[str, ...], sources: tuple[str, ...], choices: Choices) -> None:
    """Refuse a line that asks for groups and sources at once, or for neither."""
    if sources and compared:
        raise click.UsageError("Groups are compared or sources; with --source, --group ID chooses groups.")
    if not sources and choices.groups:
        raise click.UsageError("--group chooses the groups of which two sources speak; --source is missing.")
    if not sources and not compared:
        raise click.UsageError("Missing two or three GROUPs, or two --source.")
    if sources and len(sources) != SOURCES:
        raise click.UsageError(f"--source stands {len(sources)} times; two sources are compared.")
    if sources and choices.level is not None:
        raise click.UsageError("--level would hide that levels differ; it does not go with --source.")
