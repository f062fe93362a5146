"""`presence figure`: a map, a comparison or a matrix as SVG, PNG or PDF, for a report or a slide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import tell_built
from geo.option_values import FIGURES, FORMATS, LABELS, SIZES, SOCIAL

if TYPE_CHECKING:
    from geo.api import Job

__all__ = ["command"]


@click.command("figure")
@click.argument("kind", type=click.Choice(FIGURES))
@options.table
@click.option("--format", "form", type=click.Choice(FORMATS),
              help="Kind of file.  [default: as the ending of -o says; svg, of social png]")  # fmt: skip
@click.option("--size", type=click.Choice((*SIZES, SOCIAL)), default="a4", show_default=True,
              help="A4 landscape, half a page (160 x 110 mm), a slide (16:9), social media (1200 x 630).")  # fmt: skip
@click.option("--dpi", type=click.IntRange(36, 1200), help="Dots an inch of a PNG.  [default: 300; of social 96]")
@click.option("--labels", type=click.Choice(LABELS),
              help="Names of provinces: English, Dari or codes.  [default: as in the language]")  # fmt: skip
@options.file(
    None,
    "The figure, .svg, .png or .pdf, or - for standard output; its folder is made if it is missing.  "
    "[default: maps/KIND-SIZE.FORMAT]",
)
@options.choices()
@options.boundaries
@options.allow_empty
@options.quiet
@options.job
def command(
    kind: str, table: Path, form: str | None, size: str, dpi: int | None, labels: str | None, out: Path | None, job: Job
) -> None:
    """Draw a figure for print or a slide.

    KIND is choropleth, overlay, compare (of two or three --group; without, of the two that share most provinces),
    small-multiples (one map a group) or matrix (all pairs of groups). Legend, sources, date and disclaimer stand
    inside the figure; one that has no room to explain all it shows is refused, with the size that has. For social
    media there is choropleth, overlay or compare, without names of provinces. TABLE is presence.yaml unless you name
    another.

    \b
    Examples:
      presence figure overlay -o maps/overlay.pdf
      presence figure compare --group haqqani --group let --size slide --format png
      presence figure choropleth --lang fa --size half-page -o figure-1.svg
      presence figure overlay --size social
    """
    from geo.api import FigureOptions, build_figure, complete_file

    file = complete_file(out or Path("maps", f"{kind}-{size}"), form or ("png" if size == SOCIAL else FORMATS[0]))
    built = build_figure(table, kind, file, job, FigureOptions(form, size, dpi, labels))
    tell_built(built, {kind: file}, table, job)
