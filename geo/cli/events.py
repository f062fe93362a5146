"""`presence events`: recorded events of files, counted in provinces."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli import options
from geo.cli.messages import choose_voice, count, open_file, word_warnings
from geo.cli.progress import Progress
from geo.cli.terminal import ask, echo, show_line
from geo.option_values import CELL_SEPARATORS, CLASS_METHODS, ENGINES, EVENT_FORMS, MEASURES, PERIODS

if TYPE_CHECKING:
    from geo.api import BoundaryFile, Choices, Counted
    from geo.model import Activity, Moment

__all__ = ["command"]

MOST_ACTORS = 8
MOST_DOUBTS = 100


class _Files(click.Path):
    """A path; or a pattern or an address, of which nobody knows yet whether there is something."""

    def __init__(self) -> None:
        super().__init__(exists=True, allow_dash=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Look whether a path is there."""
        return value if "://" in value or not {*value}.isdisjoint("*?[") else super().convert(value, param, ctx)


@click.command("events")
@click.argument("files", nargs=-1, required=True, metavar="FILES...", type=_Files())
@click.option("--groups", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="YAML: which actors are which group; all events count as they are without.")  # fmt: skip
@click.option("--actors", "only_actors", is_flag=True, help="List the actors of the files with their events, and end.")
@click.option("--by", type=click.Choice(PERIODS), default="month", show_default=True, help="Length of a period.")
@click.option("--since", metavar="DATE", callback=options.parse_day, help="Leave out what may be earlier.")
@click.option("--until", metavar="DATE", callback=options.parse_day, help="Leave out what may be later.")
@click.option("--covers", metavar="SPAN", multiple=True,
              help="Time that the files cover: 2018..2023; may recur. Without, dates and format tell.")  # fmt: skip
@click.option("--type", "types", metavar="TYPE", multiple=True,
              help="Count events of this type only, such as Battles or one-sided; may recur.")  # fmt: skip
@click.option("--population", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="CSV of name or code and population, for rates; what the boundaries know without.")  # fmt: skip
@click.option("--deleted", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Ids of events that their publisher withdrew, as ACLED lists: CSV, or one a line.")  # fmt: skip
@click.option("--to", "forms", type=click.Choice(EVENT_FORMS), multiple=True, default=["map", "counts"],
              show_default=True, help="events.html, counts.csv, events.yaml with records; may recur.")  # fmt: skip
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), default="events", show_default=True,
              metavar="DIR", help="Folder for what is made; made if it is missing.")  # fmt: skip
@click.option("--panel", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv",
              help="All units in all periods: 0 where none is recorded, empty where not covered.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace an events.yaml that stands there with other records.")
@click.option("--points", is_flag=True, help="Let the map show points as well; their coordinates stand in it.")
@click.option("--may-pass-on", is_flag=True, help="You have leave to pass on rows whose licence forbids it.")
@click.option("--classes", "method", type=click.Choice(CLASS_METHODS), default="fisher-jenks", show_default=True,
              help="How numbers are put into classes.")  # fmt: skip
@click.option("--class-count", type=click.IntRange(2, 9), default=5, show_default=True, help="At most so many classes.")
@click.option("--measure", type=click.Choice(MEASURES), default="events", show_default=True,
              help="What the map shows first; the page has both.")  # fmt: skip
@click.option("--threshold", type=click.IntRange(min=1), default=1, show_default=True,
              help="Events of a group in a province and period that make a record.")  # fmt: skip
@click.option("--level", metavar="NAME", help="Call records so, with the threshold; 'Recorded events' without.")
@click.option("--title", default="", help="Of the page and the table.")
@click.option("--downloaded", metavar="DATE", callback=options.parse_day, help="When the files were fetched, to cite.")
@click.option("--format", "form", metavar="NAME", help="ucdp-ged, acled, gtd, gdelt, generic, or a file .toml.")
@click.option(
    "--separator", type=click.Choice([*CELL_SEPARATORS]), help="What parts the cells; the header tells without."
)
@click.option("--encoding", default="utf-8", show_default=True, help="Of text files.")
@click.option("--dates", metavar="FORM", multiple=True,
              help="Form of dates that could be read in two ways: %d/%m/%Y or %m/%d/%Y; may recur.")  # fmt: skip
@click.option("--count-column", metavar="COLUMN", help="Says how many events a row is; each row is one without.")
@click.option("--precision", metavar="VALUES", help="Values of the format's precision that count: 1,2,3.")
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True, help="What counts.")
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster; with --engine dask one starts here without.")
@click.option(
    "--chunk", type=click.IntRange(min=1), metavar="ROWS", help="Rows held in memory at once.  [default: 200000]"
)
@click.option("--resume", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Keep here what each file came to, and start from what is kept.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask before very much is counted on this machine.")
@options.choices("groups", "level", "roll_up", "as_of", "basis", "confidence", "grade")
@options.boundaries
@options.show
@options.quiet
def command(
    files: tuple[str, ...],
    groups: Path | None,
    only_actors: bool,
    by: str,
    since: Moment | None,
    until: Moment | None,
    covers: tuple[str, ...],
    types: tuple[str, ...],
    population: Path | None,
    deleted: Path | None,
    forms: tuple[str, ...],
    out: Path,
    panel: Path | None,
    force: bool,
    points: bool,
    may_pass_on: bool,
    method: str,
    class_count: int,
    measure: str,
    threshold: int,
    level: str | None,
    title: str,
    downloaded: Moment | None,
    form: str | None,
    separator: str | None,
    encoding: str,
    dates: tuple[str, ...],
    count_column: str | None,
    precision: str | None,
    engine: str,
    scheduler: str | None,
    chunk: int | None,
    resume: Path | None,
    yes: bool,
    choices: Choices,
    boundaries: BoundaryFile,
    show: bool,
    quiet: bool,
) -> None:
    """Count recorded events in provinces.

    Reads files of UCDP GED, ACLED, GTD, GDELT or your own; writes a map of counts and of rates per 100,000 people with
    a slider over time, and a table of counts. A file is a path, a folder, a pattern in quotes, - for standard input, or
    an address that begins with s3://, gs://, az:// or https://. Events are what a source recorded: no presence, no
    control. With --groups, a YAML file such as `groups: {taliban: [Taliban, Taleban]}`, each group has its map; actors
    that it does not name are listed.

    \b
    Examples:
      presence events events.csv --open
      presence events events.csv --actors
      presence events 'ev*.csv' --to counts
      presence events events.csv --groups groups.yaml --by year --to records -o events
    """
    from geo.api import EventOptions, EventOutputs, Job, build_events, list_actors

    job = Job(choices, boundaries, progress=choose_voice(quiet))
    if scheduler and engine != "dask":
        raise click.UsageError("--scheduler goes with --engine dask.")
    if threshold > 1 and "records" not in forms:
        raise click.UsageError("--threshold goes with --to records.")
    reading = EventOptions(
        form=form, separator=CELL_SEPARATORS.get(separator or ""), encoding=encoding, by=by, since=since, until=until,
        precision=_split(precision), places=points, may_pass_on=may_pass_on, rows=chunk, engine=engine,
        scheduler=scheduler, keep=resume, agree=lambda told: yes or _ask(told),
        title=title, downloaded=str(downloaded or ""), dates=dates, count_column=count_column, covers=covers,
        types=types, population=population, deleted=deleted,
    )  # fmt: skip
    outputs = EventOutputs(forms, threshold, level, method, class_count, measure, force, panel)
    pace = Progress(quiet=quiet)
    try:
        if only_actors:
            asked = replace(reading, places=False)
            for actor, events in list_actors(files, Job(boundaries=boundaries), reading=asked, pace=pace):
                echo(f"{events}\t{show_line(actor)}")
            return
        counted = build_events(files, out, job, groups=groups, reading=reading, outputs=outputs, pace=pace)
    finally:
        pace.end()
    for line in _summarise(counted):
        job.progress(line)
    if show and "map" in forms:
        open_file(out / "events.html", job.progress)


def _is_terminal() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _ask(told: str) -> bool:
    """Ask whether much is to be counted; where nobody can be asked it is not."""
    return _is_terminal() and (ask(f"{told}. Go on? [y/N] ") or "").strip().lower() in ("y", "yes")


def _split(values: str | None) -> tuple[str, ...] | None:
    return tuple(each.strip() for each in values.split(",") if each.strip()) if values else None


REASONS = {
    "header": "that repeats the header",
    "deleted": "that --deleted lists as withdrawn",
    "uncounted": "whose number of events is no whole number",
    "incomplete": "with neither place nor date",
    "no_coordinates": "without coordinates",
    "bad_coordinates": "with coordinates that are no degrees",
    "imprecise": "placed less precisely than the limit",
    "country_centre": "in the middle of the country or on whole degrees",
    "swapped": "whose latitude and longitude may have changed places",
    "outside": "in no {unit}",
    "undated": "without a date of a known form",
    "far_year": "of a year before 1900 or after 2100",
    "out_of_time": "not surely in the time asked for",
    "other_type": "of another type than --type asks for",
    "unmapped": "of no actor that --groups gives to a group",
    "duplicate": "with an id that stood before",
}


def _summarise(counted: Counted) -> list[str]:
    """Tell what was counted, what was not and why, and what was written."""
    activity, noun = counted.activity, counted.noun
    tally = dict(activity.tally)
    limit = f" ({activity.sources[0].limit})" if activity.sources[0].limit else ""
    lines = [
        f"{activity.sources[0].title}: {tally.pop('counted'):,} of {count(tally.pop('read'), 'event')} counted{limit}"
    ]
    lines += [f"  left out: {number:,} {noun.fill(REASONS[reason])}" for reason, number in tally.items()]
    lines += _say_coverage(activity)
    unsure = sum(each.events for each in activity.counts if each.group is None and each.period is None)
    if unsure and activity.by != "all":
        lines.append(f"  in no single {activity.by}, so counted for the whole time only: {unsure:,}")
    if activity.groups and activity.unmapped:
        lines.append(_list_unmapped(activity.unmapped))
    # No other command tells them, so all are told, up to what somebody would read.
    lines += word_warnings(counted.warnings[:MOST_DOUBTS])
    if len(counted.warnings) > MOST_DOUBTS:
        lines.append(f"... and {len(counted.warnings) - MOST_DOUBTS} more warnings")
    lines += [f"wrote {path} ({len(data) / 1000:.0f} kB)" for path, data in counted.files.items()]
    return lines


BASES = {
    "given": "as --covers says",
    "year": "whole years, by the rule of the format",
    "month": "whole months, by the rule of the format",
    "files": "from the files' first to last date",
}


def _say_coverage(activity: Activity) -> list[str]:
    """Say what the files cover and how that is known, and how much of what is asked for they do not."""
    if activity.coverage is None:
        return ["  what time the files cover is not known: no event has a date"]
    spans = " and ".join(f"{first} to {last}" for first, last in activity.coverage.spans)
    lines = [f"  covers {spans}: {BASES[activity.coverage.basis]}"]
    told = [activity.find_cover(period) for period in activity.periods]
    lacking = {"not covered": told.count("none"), "covered in part": told.count("part")}
    if said := ", ".join(f"{number:,} {state}" for state, number in lacking.items() if number):
        lines.append(f"  of {count(len(told), activity.by)}: {said}")
    return lines


def _list_unmapped(unmapped: Sequence[tuple[str, int]]) -> str:
    shown = ", ".join(f"{actor} {events:,}" for actor, events in unmapped[:MOST_ACTORS])
    rest = len(unmapped) - MOST_ACTORS
    return f"  actors that --groups does not name: {shown}{f' and {rest} more' if rest > 0 else ''}"
