"""Recorded events drawn and written: a page, a table of counts, records of a presence table."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import BUNDLED, BoundaryFile, list_inputs
from geo.api.events.counts import EventOptions, Pace, count_events
from geo.api.events.doubts import explain_nothing
from geo.api.output_paths import check_folder, spare_inputs
from geo.api.tables import stay_silent
from geo.errors import EventsError, Problem, WriteError
from geo.join.class_breaks import break_values
from geo.model import Activity, UnitNoun
from geo.option_values import CLASS_METHODS, CLASSES, EVENT_FORMS, PERIODS
from geo.read.actor_list import Actors, read_actors
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.read.boundaries.bundled import Boundaries

__all__ = ["CLASSES", "CLASS_METHODS", "EVENT_FORMS", "Counted", "build_events"]

MOST_RECORDS = 50_000
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


def build_events(
    files: Sequence[Path],
    folder: Path,
    forms: Sequence[str] = ("map", "counts"),
    *,
    groups: Path | None = None,
    reading: EventOptions | None = None,
    threshold: int = 1,
    level: str | None = None,
    method: str = "fisher-jenks",
    classes: int = 5,
    language: str = "en",
    force: bool = False,
    boundaries: BoundaryFile = BUNDLED,
    progress: Callable[[str], None] = stay_silent,
    pace: Pace | None = None,
) -> Counted:
    """Count the events of files, and write what was asked for, all or nothing.

    Parameters
    ----------
    files, reading, boundaries, progress, pace
        As for `count_events`.
    folder : Path
        Where files go; made if its parent exists.
    forms : sequence of str
        Some of `EVENT_FORMS`: the page ``events.html``, ``counts.csv``, the table of records ``events.yaml``.
    groups : Path, optional
        The user's list of actors by group.
    threshold : int
        Events of a group in a unit and period that make a record.
    level : str, optional
        What the user takes so many events for; without, records are recorded events.
    method, classes
        How the page puts numbers into classes, and how many.
    language : str
        Of the page.
    force : bool
        Replace a table of records that stands there.

    Returns
    -------
    Counted

    Raises
    ------
    TableError
        If the list of actors does not hold together.
    EventsError, BoundaryError
        As `count_events`, and if records or points were asked for that cannot be.
    WriteError
        If a file cannot be written, would replace one that is read, or another table of records without ``force``;
        FormatError if the folder is called like a file.
    """
    check_folder(folder)
    reading = reading or EventOptions()
    written = [folder / name for form in forms for name in NAMES[form]]
    spare_inputs(written, _list_inputs(files, groups, reading, boundaries))
    actors = read_actors(groups) if groups else None
    _check_wanted(str(files[0]), forms, actors, reading, level, threshold)
    if not folder.exists() and not folder.parent.is_dir():
        raise WriteError([Problem(str(folder), "no folder to make it in", "a folder whose parent exists")])
    if "map" in forms:
        break_values(range(1, classes + 2), method, classes)  # Whoever lacks mapclassify is told before the work.
    activity, known, warnings = count_events(
        files, actors, reading=reading, boundaries=boundaries, progress=progress, pace=pace
    )
    if not activity.tally.get("counted"):
        raise EventsError([explain_nothing(str(files[0]), activity, warnings), *(actors.doubts if actors else ())])
    made: dict[Path, bytes] = {}
    if "map" in forms:
        progress("drawing events")
        made[folder / PAGE] = _draw(activity, known, method, classes, language)
    if "counts" in forms:
        made |= _list_sheets(activity, known, folder)
    if "records" in forms:
        path = str(files[0])
        made[folder / RECORDS] = _write_records(activity, known, path, threshold, level, reading.downloaded)
        if not force:
            _spare_records(folder / RECORDS, made[folder / RECORDS])
    progress("writing")
    write_files(made)
    return Counted(activity, made, warnings, known.gazetteer.noun)


def _check_wanted(
    path: str, forms: Sequence[str], actors: Actors | None, reading: EventOptions, level: str | None, threshold: int
) -> None:
    if "records" in forms and actors is None:
        raise EventsError([Problem(path, "records without groups", "--groups with a list of actors by group")])
    if reading.places and "map" not in forms:
        raise EventsError([Problem(path, "points without a map", "--to map as well")])
    if level and "records" not in forms:
        raise EventsError([Problem(path, f"--level {level!r} without records", "--to records as well")])
    if threshold < 1:
        raise EventsError([Problem(path, f"a threshold of {threshold}", "one event or more")])


def _draw(activity: Activity, known: Boundaries, method: str, classes: int, language: str) -> bytes:
    from geo.draw.pages.events import draw_events

    drawn = draw_events(
        known.frame, known.gazetteer, known.topology, activity, method=method, classes=classes, language=language
    )
    page: str = drawn.get_root().render()
    return page.encode()


def _list_sheets(activity: Activity, known: Boundaries, folder: Path) -> dict[Path, bytes]:
    from geo.export.csv_sheets import write_separated
    from geo.export.events import list_counts, list_unmapped

    sheets = [list_counts(activity, known.gazetteer), *([list_unmapped(activity)] if activity.groups else [])]
    return {folder / f"{sheet.name}.csv": write_separated(sheet) for sheet in sheets}


def _write_records(
    activity: Activity, known: Boundaries, path: str, threshold: int, level: str | None, downloaded: str
) -> bytes:
    from geo.export.events import select_counts, write_records
    from geo.read.table.reader import parse_presence

    number = len(select_counts(activity, threshold))
    if not number:
        found = f"no group has {threshold} events in a unit and {activity.by}, so there is no record"
        raise EventsError([Problem(path, found, _say_what_makes_records(threshold, activity.by))])
    if number > MOST_RECORDS:
        found = f"{number:,} records are more than a table holds well"
        raise EventsError([Problem(path, found, f"at most {MOST_RECORDS:,}: a higher --threshold, or a longer period")])
    data = write_records(activity, known.gazetteer, threshold=threshold, level=level, downloaded=downloaded)
    parse_presence(data, "events.yaml", known.gazetteer)
    return data


def _say_what_makes_records(threshold: int, by: str) -> str:
    """Say what helps where no group has events enough: a threshold above one can be lowered, a period made longer."""
    lower = "a lower --threshold" if threshold > 1 else ""
    longer = "" if by == "all" else f"a longer period: --by {PERIODS[PERIODS.index(by) - 1]}"
    return ", or ".join(filter(None, [lower, longer])) or "events of these groups"


def _list_inputs(
    files: Sequence[Path], groups: Path | None, reading: EventOptions, boundaries: BoundaryFile
) -> list[Path]:
    own = Path(reading.form) if reading.form and reading.form.endswith(".toml") else None
    return [*files, *filter(None, (groups, own)), *list_inputs(boundaries)]


def _spare_records(file: Path, data: bytes) -> None:
    """Refuse to replace a table of records that somebody may have gone on with."""
    if os.path.lexists(file) and not (file.is_file() and file.read_bytes() == data):
        found = "exists already, and holds something else"
        raise WriteError([Problem(str(file), found, "another folder: -o, or --force to replace it")])
