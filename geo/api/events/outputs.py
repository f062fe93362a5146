"""Recorded events drawn and written: a page, a table of counts, records of a presence table."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import BoundaryFile, list_inputs
from geo.api.events.counts import EventOptions, Pace, count_events
from geo.api.events.doubts import explain_nothing
from geo.api.job import Job
from geo.api.maps import render_page
from geo.api.output_paths import check_folder, settle_file, spare_inputs
from geo.errors import EventsError, Problem, WriteError
from geo.events.stores.addresses import Address
from geo.events.stores.found_files import find_files
from geo.join.class_breaks import break_values
from geo.model import Activity, UnitNoun
from geo.read.actor_list import Actors, read_actors
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.read.boundaries.bundled import Boundaries

__all__ = ["Counted", "EventOutputs", "build_events"]

LONGER = {"day": "month", "week": "year", "month": "year", "quarter": "year"}
"""In which a date lies that is too inexact for a period."""

MOST_RECORDS = 50_000
MOST_PANEL = 1_000_000
PAGE, RECORDS = "events.html", "events.yaml"
NAMES = {"map": (PAGE,), "counts": ("counts.csv", "unmapped.csv"), "records": (RECORDS,)}
"""Which files each form writes."""


@dataclass(frozen=True)
class Counted:
    """What files of events came to: the activity, files written, what is doubtful, and what units are called."""

    activity: Activity
    files: Mapping[Path, bytes]
    warnings: tuple[Problem, ...]
    noun: UnitNoun


@dataclass(frozen=True)
class EventOutputs:
    """What is made of events that were counted.

    ``forms`` are some of `EVENT_FORMS`; ``method`` and ``classes`` say how the page puts numbers into classes and how
    many. So many events of a group in a unit and period as ``threshold`` says make a record, at ``level`` where the
    user takes them for more than recorded events. ``measure`` is what the page shows first.
    ``force`` replaces a table of records that stands there. ``panel`` is a file of all units × periods, with nought
    where nothing is recorded and nothing where nothing is covered.
    """

    forms: tuple[str, ...] = ("map", "counts")
    threshold: int = 1
    level: str | None = None
    method: str = "fisher-jenks"
    classes: int = 5
    measure: str = "events"
    force: bool = False
    panel: Path | None = None


def build_events(
    files: Sequence[Path | str],
    folder: Path,
    job: Job = Job(),
    *,
    groups: Path | None = None,
    reading: EventOptions = EventOptions(),
    outputs: EventOutputs = EventOutputs(),
    pace: Pace | None = None,
) -> Counted:
    """Count the events of files, by groups where a file lists their actors, and write what is wanted, all or none.

    A file is a path, an address, a folder, a pattern, or ``-``.
    """
    check_folder(folder)
    with find_files(files, job.progress) as found:
        return _build_events(found, folder, job, groups, reading, outputs, pace)


def _build_events(
    files: Sequence[str], folder: Path, job: Job, groups: Path | None, reading: EventOptions, outputs: EventOutputs,
    pace: Pace | None,
) -> Counted:  # fmt: skip
    written = [folder / name for form in outputs.forms for name in NAMES[form]]
    inputs = _list_inputs(files, groups, reading, job.boundaries)
    panel = settle_file(outputs.panel, ["csv"], read=[*inputs, *written])[0] if outputs.panel else None
    spare_inputs(written, inputs)
    actors = read_actors(groups) if groups else None
    _check_wanted(str(files[0]), actors, reading, outputs)
    if not folder.exists() and not folder.parent.is_dir():
        raise WriteError([Problem(str(folder), "no folder to make it in", "a folder whose parent exists")])
    if "map" in outputs.forms:
        # Whoever lacks mapclassify is told before the work.
        break_values(range(1, outputs.classes + 2), outputs.method, outputs.classes)
    activity, known, warnings = count_events(files, actors, job, reading=reading, pace=pace)
    if not activity.tally.get("counted"):
        raise EventsError([explain_nothing(str(files[0]), activity, warnings), *(actors.doubts if actors else ())])
    if outputs.measure == "deaths" and not any(each.deaths is not None for each in activity.counts):
        found = "no event states deaths, so --measure deaths shows nothing"
        raise EventsError([Problem(str(files[0]), found, "the command without --measure")])
    made: dict[Path, bytes] = {}
    if "map" in outputs.forms:
        job.progress("drawing events")
        made[folder / PAGE] = _draw(activity, known, outputs, job.choices.language)
    if "counts" in outputs.forms:
        made |= _list_sheets(activity, known, folder)
    if "records" in outputs.forms:
        made[folder / RECORDS] = _write_records(activity, known, str(files[0]), outputs, reading.downloaded)
        if not outputs.force:
            _spare_records(folder / RECORDS, made[folder / RECORDS])
    if panel:
        made[panel] = _write_panel(activity, known, str(files[0]))
    job.progress("writing")
    write_files(made)
    return Counted(activity, made, warnings, known.gazetteer.noun)


def _check_wanted(path: str, actors: Actors | None, reading: EventOptions, outputs: EventOutputs) -> None:
    if "records" in outputs.forms and actors is None:
        raise EventsError([Problem(path, "records without groups", "--groups with a list of actors by group")])
    if reading.places and "map" not in outputs.forms:
        raise EventsError([Problem(path, "points without a map", "--to map as well")])
    if outputs.level and "records" not in outputs.forms:
        raise EventsError([Problem(path, f"--level {outputs.level!r} without records", "--to records as well")])
    if outputs.threshold < 1:
        raise EventsError([Problem(path, f"a threshold of {outputs.threshold}", "one event or more")])


def _draw(activity: Activity, known: Boundaries, outputs: EventOutputs, language: str) -> bytes:
    from geo.draw.pages.events import draw_events

    return render_page(
        draw_events(
            known.frame, known.gazetteer, known.topology, activity,
            method=outputs.method, classes=outputs.classes, measure=outputs.measure, language=language,
        )
    )  # fmt: skip


def _list_sheets(activity: Activity, known: Boundaries, folder: Path) -> dict[Path, bytes]:
    from geo.export.csv_sheets import write_separated
    from geo.export.events import list_counts, list_unmapped

    sheets = [list_counts(activity, known.gazetteer), *([list_unmapped(activity)] if activity.groups else [])]
    return {folder / f"{sheet.name}.csv": write_separated(sheet) for sheet in sheets}


def _write_panel(activity: Activity, known: Boundaries, path: str) -> bytes:
    from geo.events.periods import list_panel_periods
    from geo.export.csv_sheets import write_separated
    from geo.export.events import list_panel

    periods = list_panel_periods(activity)
    rows = len(known.frame) * len(periods) * (len(activity.groups) + 1)
    if rows > MOST_PANEL:
        found = f"{rows:,} rows of units, periods and groups are more than a panel holds well"
        expected = f"at most {MOST_PANEL:,}: a longer period, or --since and --until"
        raise EventsError([Problem(path, found, expected)])
    codes = [str(code) for code in known.frame.index]
    return write_separated(list_panel(activity, known.gazetteer, codes, periods))


def _write_records(activity: Activity, known: Boundaries, path: str, outputs: EventOutputs, downloaded: str) -> bytes:
    from geo.export.events import select_counts, write_records
    from geo.read.table.reader import parse_presence

    threshold = outputs.threshold
    number = len(select_counts(activity, threshold))
    if not number:
        found = f"no group has {threshold} events in a unit and {activity.by}, so there is no record"
        raise EventsError([Problem(path, found, _say_what_makes_records(threshold, activity.by))])
    if number > MOST_RECORDS:
        found = f"{number:,} records are more than a table holds well"
        raise EventsError([Problem(path, found, f"at most {MOST_RECORDS:,}: a higher --threshold, or a longer period")])
    data = write_records(activity, known.gazetteer, threshold=threshold, level=outputs.level, downloaded=downloaded)
    parse_presence(data, "events.yaml", known.gazetteer)
    return data


def _say_what_makes_records(threshold: int, by: str) -> str:
    """Say what helps where no group has events enough: a threshold above one can be lowered, a period made longer."""
    lower = "a lower --threshold" if threshold > 1 else ""
    longer = "" if by == "all" else f"a longer period: --by {LONGER.get(by, 'all')}"
    return ", or ".join(filter(None, [lower, longer])) or "events of these groups"


def _list_inputs(
    files: Sequence[str], groups: Path | None, reading: EventOptions, boundaries: BoundaryFile
) -> list[Path]:
    own = Path(reading.form) if reading.form and reading.form.endswith(".toml") else None
    here = [Path(file) for file in files if not isinstance(file, Address)]
    return [*here, *filter(None, (groups, own, reading.population, reading.deleted)), *list_inputs(boundaries)]


def _spare_records(file: Path, data: bytes) -> None:
    """Refuse to replace a table of records that somebody may have gone on with."""
    if os.path.lexists(file) and not (file.is_file() and file.read_bytes() == data):
        found = "exists already, and holds something else"
        raise WriteError([Problem(str(file), found, "another folder: -o, or --force to replace it")])
