"""Files of events counted, drawn and written: a page of recorded events, a table of counts, records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.build.boundaries import BUNDLED, BoundaryFile, load_boundaries
from geo.build.tables import stay_silent
from geo.errors import EventsError, Problem, WriteError
from geo.model import Activity, Moment, Noun, Table
from geo.read.actors import Actors, read_actors
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.events.chunks import Part
    from geo.events.counting import Rules
    from geo.events.engines import Engine, Tallied
    from geo.events.files import EventFile
    from geo.read.boundaries import Boundaries

__all__ = [
    "ENGINES", "EVENT_FORMS", "PERIODS", "Counted", "EventReading", "Pace", "build_events", "count_events",
    "list_actors",
]  # fmt: skip

PERIODS = ("all", "year", "month", "day")
ENGINES = ("local", "dask")
EVENT_FORMS = ("map", "counts", "records")
MOST_PLACES = 50_000
MOST_RECORDS = 50_000

Pace = Callable[[int, int, int], None]
"""Is told how many rows were read so far, how many bytes, and how many bytes there are in all."""


@dataclass(frozen=True)
class EventReading:
    """How files of events are read, and what of them counts.

    Parameters
    ----------
    form : str, optional
        Name of a format, or a file ``.toml`` that describes one; without, what the header tells.
    separator : str, optional
        What parts the cells of a text file; without, what the header tells.
    encoding : str
    by : str
        One of `PERIODS`.
    since, until : Moment, optional
        Events that do not surely lie between them do not count.
    precision : tuple of str, optional
        Values of the format's column of precision that count, instead of its own limit.
    places : bool
        Keep coordinates, for points on the map.
    rows : int, optional
        Of a chunk.
    engine : str
        One of `ENGINES`.
    scheduler : str, optional
        Of a Dask cluster; without, one is started here.
    keep : Path, optional
        Folder in which is kept what each file came to, so that a run that was stopped can go on.
    title : str
        Of the page and the table.
    downloaded : str
        When the files were fetched, to be cited.
    """

    form: str | None = None
    separator: str | None = None
    encoding: str = "utf-8"
    by: str = "month"
    since: Moment | None = None
    until: Moment | None = None
    precision: tuple[str, ...] | None = None
    places: bool = False
    rows: int | None = None
    engine: str = "local"
    scheduler: str | None = None
    keep: Path | None = None
    title: str = ""
    downloaded: str = ""


@dataclass(frozen=True)
class Counted:
    """What files of events came to: the activity, files written, what is doubtful, and what units are called."""

    activity: Activity
    files: Mapping[Path, bytes]
    warnings: tuple[Problem, ...]
    noun: Noun


def count_events(
    files: Sequence[Path],
    actors: Actors | None = None,
    *,
    reading: EventReading | None = None,
    boundaries: BoundaryFile = BUNDLED,
    progress: Callable[[str], None] = stay_silent,
    pace: Pace | None = None,
) -> tuple[Activity, Boundaries, tuple[Problem, ...]]:
    r"""Count the events of files in units and periods.

    Parameters
    ----------
    files : sequence of Path
        All of one collection: the same incident stands in two, and would count twice.
    actors : Actors, optional
        Whose events count for which group; without, all events count as they are.
    reading : EventReading, optional
    boundaries : BoundaryFile
        The bundled provinces without.
    progress : callable
        Is told in a few words what is done next.
    pace : callable, optional
        Is told how far it is.

    Returns
    -------
    tuple of Activity, Boundaries and tuple of Problem
        The last are warnings.

    Raises
    ------
    EventsError
        If a file cannot be read, is of no known format or of another than the first, or changes while it is read.
    BoundaryError
        If the boundaries cannot be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text("date,lat,lon\n2020-07-01,34.53,69.17\n")
    ...     activity, _, _ = count_events([file])
    >>> [(each.unit, str(each.period), each.events) for each in activity.counts]
    [('AF-KAB', '2020-07', 1)]
    """
    reading = reading or EventReading()
    found = _inspect_files(files, reading)
    from geo.events.activity import describe_activity
    from geo.events.chunks import list_parts
    from geo.events.totals import count_all

    known = load_boundaries(boundaries)
    rules = _make_rules(known, actors, reading, boundaries)
    parts = [part for file in found for part in list_parts(file)]
    saved, keep = _open_store(parts, rules, reading.keep)
    if saved:
        progress(f"{len(saved)} of {len(parts)} parts were counted before")
    progress(f"counting the events of {len(found)} file{'s' * (len(found) != 1)}")
    with _open_engine(reading, parts, set(saved), pace) as engine:
        totals = count_all(parts, rules, engine, known=saved, keep=keep)
    if reading.places:
        _limit_places(str(files[0]), len(totals.counts.places))
    activity = describe_activity(totals.counts, rules, found, title=reading.title, downloaded=reading.downloaded)
    return activity, known, (*known.warnings, *_warn(totals.repeats, totals.unnumbered, activity))


def _inspect_files(files: Sequence[Path], reading: EventReading) -> list[EventFile]:
    """Look at all files before one is counted; tell what is wrong with each."""
    from geo.events.files import inspect_file
    from geo.events.formats import find_format

    form = find_format(reading.form) if reading.form else None
    found: list[EventFile] = []
    problems: list[Problem] = []
    seen: dict[str, Path] = {}
    for path in files:
        real = os.path.realpath(path)
        if real in seen:
            problems.append(Problem(str(path), f"the same file as {seen[real]}", "each file once"))
            continue
        seen[real] = path
        try:
            file = inspect_file(path, form, separator=reading.separator, encoding=reading.encoding)
        except EventsError as error:
            problems += error.problems
            continue
        if found and file.form.id_ != found[0].form.id_:
            told = f"a file of {file.form.id_}, and {found[0].path} is of {found[0].form.id_}"
            problems.append(
                Problem(str(path), told, "files of one collection: the same incident stands in both; run once for each")
            )
        found.append(file)
    if problems:
        raise EventsError(problems)
    return found


def _make_rules(known: Boundaries, actors: Actors | None, reading: EventReading, file: BoundaryFile) -> Rules:
    from geo.events.assignment import gather_units
    from geo.events.counting import Rules
    from geo.events.periods import count_days

    west, south, east, north = (float(each) for each in known.frame.total_bounds)
    middle = known.frame.union_all().centroid
    return Rules(
        gather_units(known.frame),
        actors,
        reading.by,
        count_days(reading.since.first) if reading.since else None,
        count_days(reading.until.last) if reading.until else None,
        # What a user calls units may be of any size: the stricter limit holds.
        "district" if file.own else "province",
        reading.precision,
        reading.places,
        ((middle.x, middle.y), ((west + east) / 2, (south + north) / 2)),
    )


def _open_store(
    parts: Sequence[Part], rules: Rules, folder: Path | None
) -> tuple[dict[int, Tallied], Callable[[int, Tallied], None] | None]:
    """Find what was counted before, and return what keeps more."""
    if folder is None:
        return {}, None
    from geo.events.saved import dump_tallied, name_part, parse_tallied

    files = [folder / f"{name_part(part, rules)}.npz" for part in parts]
    saved = {}
    for place, file in enumerate(files):
        try:
            tallied = parse_tallied(file.read_bytes())
        except OSError:
            continue
        if tallied:
            saved[place] = tallied

    def keep(place: int, tallied: Tallied) -> None:
        write_files({files[place]: dump_tallied(tallied)})

    return saved, keep


@contextmanager
def _open_engine(reading: EventReading, parts: Sequence[Part], done: set[int], pace: Pace | None) -> Iterator[Engine]:
    from geo.events.chunks import CHUNK
    from geo.events.engines import LocalEngine

    rows = reading.rows or CHUNK
    tell = _add_up([part for place, part in enumerate(parts) if place not in done], pace) if pace else None
    if reading.engine == "local":
        yield LocalEngine(rows, tell)
        return
    from geo.events.cluster import DaskEngine, connect

    with connect(reading.scheduler) as client:
        yield DaskEngine(client, rows, tell)


def _add_up(parts: Sequence[Part], pace: Pace) -> Callable[[int, int, int], None]:
    """Turn what an engine tells of parts into what a user is told of all."""
    total = sum(part.file.size for part in parts)
    read: dict[int, int] = {}
    rows = 0

    def tell(place: int, more: int, done: int) -> None:
        nonlocal rows
        rows += more
        read[place] = done
        pace(rows, min(sum(read.values()), total), total)

    return tell


def _limit_places(path: str, number: int) -> None:
    if number > MOST_PLACES:
        found = f"{number:,} different places, times and groups are too many points for a page"
        raise EventsError([Problem(path, found, f"at most {MOST_PLACES:,}: --since and --until, or --by year")])


def _warn(repeats: Mapping[tuple[str, str], int], unnumbered: Sequence[str], activity: Activity) -> list[Problem]:
    warnings = [
        Problem(
            second,
            f"{count_things(count, 'event')} with an id that stands {_say_where(first, second)}",
            "each once; the first is counted",
            severity="warning",
        )
        for (first, second), count in repeats.items()
    ]
    told, remedy = "no ids, so events that stand twice count twice", "a column id"
    warnings += [Problem(path, told, remedy, severity="warning") for path in unnumbered]
    for reason, found in _DOUBTS.items():
        if number := activity.tally.get(reason, 0):
            name = ", ".join(activity.sources[0].files[:3])
            noun = "row" if reason == "incomplete" else "event"
            warnings.append(Problem(name, f"{count_things(number, noun)} left out {found}", severity="warning"))
    return warnings


def _say_where(first: str, second: str) -> str:
    return "twice" if first == second else f"in {first} too"


_DOUBTS = {
    "swapped": "that would lie on the map if latitude and longitude changed places",
    "bad_coordinates": "with coordinates that are no degrees",
    "incomplete": "with neither place nor date",
    "country_centre": "in the middle of the country or on whole degrees",
    "undated": "with a date that is missing or of no known form",
}


def count_things(number: int, noun: str) -> str:
    """Put a number before a regular noun.

    Examples
    --------
    >>> count_things(1, "row"), count_things(2, "event")
    ('1 row', '2 events')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def list_actors(
    files: Sequence[Path],
    *,
    reading: EventReading | None = None,
    boundaries: BoundaryFile = BUNDLED,
    pace: Pace | None = None,
) -> tuple[tuple[str, int], ...]:
    r"""List the actors of events in units, most events first: what a map of actors has to know.

    Parameters
    ----------
    files, reading, boundaries, pace
        As for `count_events`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text("date,lat,lon,actor\n2020-07-01,34.53,69.17,Taleban\n")
    ...     list_actors([file])
    (('Taleban', 1),)
    """
    return count_events(files, Actors(), reading=reading, boundaries=boundaries, pace=pace)[0].unmapped


def build_events(
    files: Sequence[Path],
    folder: Path,
    forms: Sequence[str] = ("map", "counts"),
    *,
    groups: Path | None = None,
    reading: EventReading | None = None,
    threshold: int = 1,
    level: str | None = None,
    method: str = "fisher-jenks",
    classes: int = 5,
    may_pass_on: bool = False,
    language: str = "en",
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
    may_pass_on : bool
        The user has leave to pass on rows whose licence forbids it: a page with points holds them.
    language : str
        Of the page.

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
        If a file cannot be written.
    """
    reading = reading or EventReading()
    actors = read_actors(groups) if groups else None
    _check_wanted(str(files[0]), forms, actors, reading, level, threshold)
    if "map" in forms:
        from geo.join.breaks import break_values

        break_values(range(1, classes + 2), method, classes)  # Whoever lacks mapclassify is told before the work.
    if reading.places and not may_pass_on:
        _check_licence(_inspect_files(files, reading)[0])
    activity, known, warnings = count_events(
        files, actors, reading=reading, boundaries=boundaries, progress=progress, pace=pace
    )
    if not activity.tally.get("counted"):
        told = "; ".join(f"{number:,} {reason.replace('_', ' ')}" for reason, number in activity.tally.items())
        raise EventsError([Problem(str(files[0]), f"no event counts: {told}", "events of the groups, in the units")])
    made: dict[Path, bytes] = {}
    if "map" in forms:
        progress("drawing events")
        made[folder / "events.html"] = _draw(activity, known, method, classes, language)
    if "counts" in forms:
        made |= _list_sheets(activity, known, folder)
    if "records" in forms:
        made[folder / "events.yaml"] = _write_records(
            activity, known, str(files[0]), threshold, level, reading.downloaded
        )
    _spare_inputs(made, [*files, *([groups] if groups else [])])
    progress("writing")
    write_files(made)
    return Counted(activity, made, warnings, known.gazetteer.noun)


def _check_wanted(
    path: str, forms: Sequence[str], actors: Actors | None, reading: EventReading, level: str | None, threshold: int
) -> None:
    if "records" in forms and actors is None:
        raise EventsError([Problem(path, "records without groups", "--groups with a list of actors by group")])
    if reading.places and "map" not in forms:
        raise EventsError([Problem(path, "points without a map", "--to map as well")])
    if level and "records" not in forms:
        raise EventsError([Problem(path, f"--level {level!r} without records", "--to records as well")])
    if threshold < 1:
        raise EventsError([Problem(path, f"a threshold of {threshold}", "one event or more")])


def _check_licence(file: EventFile) -> None:
    if not file.form.passes_on:
        found = f"points of {file.form.title}, which may not be passed on: {file.form.licence}"
        expected = "the map without --points or, with leave of the publisher, --points --may-pass-on"
        raise EventsError([Problem(file.path, found, expected)])


def _draw(activity: Activity, known: Boundaries, method: str, classes: int, language: str) -> bytes:
    from geo.draw.events import draw_events
    from geo.join.presence import join_presence
    from geo.join.selection import Choices

    table = Table(activity.title, {}, {}, {}, (), ())  # The page's machinery asks for one.
    joined = join_presence(table, known.gazetteer, known.frame, Choices(language=language))
    page: str = draw_events(joined, activity, known.topology, method=method, classes=classes).get_root().render()
    return page.encode()


def _list_sheets(activity: Activity, known: Boundaries, folder: Path) -> dict[Path, bytes]:
    from geo.export.activity import list_counts, list_unmapped
    from geo.export.separated import write_separated

    sheets = [list_counts(activity, known.gazetteer), *([list_unmapped(activity)] if activity.groups else [])]
    return {folder / f"{sheet.name}.csv": write_separated(sheet) for sheet in sheets}


def _write_records(
    activity: Activity, known: Boundaries, path: str, threshold: int, level: str | None, downloaded: str
) -> bytes:
    from geo.export.activity import select_counts, write_records
    from geo.read.presence import parse_presence

    number = len(select_counts(activity, threshold))
    if not number:
        found = f"no group has {threshold} events in a unit and {activity.by}, so there is no record"
        raise EventsError([Problem(path, found, "a lower --threshold, or a longer period")])
    if number > MOST_RECORDS:
        found = f"{number:,} records are more than a table holds well"
        raise EventsError([Problem(path, found, f"at most {MOST_RECORDS:,}: a higher --threshold, or a longer period")])
    data = write_records(activity, known.gazetteer, threshold=threshold, level=level, downloaded=downloaded)
    parse_presence(data, "events.yaml", known.gazetteer)
    return data


def _spare_inputs(made: Mapping[Path, bytes], inputs: Sequence[Path]) -> None:
    """Refuse to write over what was read."""
    read = {os.path.realpath(path) for path in inputs}
    if problems := [
        Problem(str(path), "is one of the files that are read", "another folder: -o")
        for path in made
        if os.path.realpath(path) in read
    ]:
        raise WriteError(problems)
