"""`presence diff`: what differs between two tables, or in one table between two commits or two dates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import open_file
from geo.cli.terminal import echo, show_json
from geo.errors import PresenceError
from geo.option_values import DIFF_FORMS

if TYPE_CHECKING:
    from geo.api import Job, Version
    from geo.model import Moment

__all__ = ["command"]


def _parse_days(
    _ctx: click.Context, _param: click.Parameter, value: tuple[str, str] | None
) -> tuple[Moment | None, ...] | None:
    """Read two days."""
    from geo.read.fields.dates import read_day

    try:
        return value and tuple(map(read_day, value))
    except PresenceError as error:
        raise click.BadParameter(f"{error.problems[0].found}; expected {error.problems[0].expected}") from None


@click.command("diff")
@click.argument("tables", nargs=-1, required=True, metavar="OLD NEW", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--commits", nargs=2, metavar="OLD NEW", help="Compare one TABLE as two commits of git hold it.")
@click.option("--dates", nargs=2, metavar="OLD NEW", callback=_parse_days,
              help="Compare what one TABLE held of two days: by when its sources were published.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(DIFF_FORMS), default="text", show_default=True,
              help="For people, for a report, for a program.")  # fmt: skip
@click.option("--exit-code", "tells", is_flag=True, help="End with 1 where the tables differ.")
@options.file("html", "Also draw a page, .html, such as maps/change.html.")
@options.choices("roll_up", "as_of")
@options.boundaries
@options.show
@options.allow_empty
@options.quiet
@options.job
@click.pass_context
def command(
    ctx: click.Context,
    tables: tuple[Path, ...],
    commits: tuple[str, str] | None,
    dates: tuple[Moment, Moment] | None,
    form: str,
    tells: bool,
    out: Path | None,
    job: Job,
    show: bool,
) -> None:
    """Tell what differs between two tables.

    Who is newly named where, no longer named (silence, not absence), reported absent, at another level, by a new source
    or with another trend, each with the records that say so. The order of records, comments and layout make no
    difference.

    \b
    Examples:
      presence diff tables/one.yaml tables/two.yaml -o change.html
      presence diff presence.yaml --commits HEAD~1 HEAD --format markdown
      presence diff presence.yaml --dates 2020-06-30 2021-06-30
      presence diff tables/one.yaml tables/two.yaml --exit-code --format json
    """
    from geo.api import OUTPUT, build_diff

    old, new = _choose_versions(tables, commits, dates)
    if show and out is None:
        raise click.UsageError("--open opens the page: -o FILE is missing.")
    if out == OUTPUT:
        raise click.UsageError("Standard output has the text: -o FILE takes the page.")
    found = build_diff(old, new, job, form=form, file=out)
    echo(show_json(found.text) if form == "json" else found.text)
    if out is not None and found.page is not None:
        job.progress(f"wrote {out} ({len(found.page) / 1000:.0f} kB)")
        if show:
            open_file(out, job.progress)
    if tells and not found.is_empty:
        ctx.exit(1)


def _choose_versions(
    tables: tuple[Path, ...], commits: tuple[str, str] | None, dates: tuple[Moment, Moment] | None
) -> tuple[Version, Version]:
    from geo.api import Version

    if commits and dates:
        raise click.UsageError("--commits and --dates are two ways; choose one.")
    if not (commits or dates):
        if len(tables) != 2:
            raise click.UsageError("Two tables are compared, or one with --commits OLD NEW or --dates OLD NEW.")
        if tables[0] == tables[1] == Path("-"):
            raise click.UsageError("Standard input holds one table only.")
        return Version(tables[0]), Version(tables[1])
    if len(tables) != 1 or str(tables[0]) == "-":
        raise click.UsageError("--commits and --dates compare one table, a file.")
    if commits:
        return Version(tables[0], commits[0]), Version(tables[0], commits[1])
    old, new = dates or (None, None)
    return Version(tables[0], day=old), Version(tables[0], day=new)
