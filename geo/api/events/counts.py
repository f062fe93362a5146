"""Files of events counted in units and periods, and what is doubtful in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import BoundaryFile, load_boundaries
from geo.api.events.doubts import list_doubts
from geo.api.job import Job
from geo.api.output_paths import check_folder
from geo.errors import EventsError, Problem
from geo.events.stores.addresses import Address
from geo.events.stores.found_files import find_files
from geo.events.stores.remote_files import name_library
from geo.longitude import turn_longitude
from geo.model import Activity, Moment
from geo.read.actor_list import Actors
from geo.read.common.file_text import Wanted, read_bytes
from geo.read.common.nodes import quote
from geo.read.populations import read_populations
from geo.read.sheets.csv_reader import parse_separated
from geo.regular_files import read_regular
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.events.count_chunk import Rules
    from geo.events.engines import Engine, PartCount
    from geo.events.files.chunks import Part
    from geo.events.files.formats import EventFormat
    from geo.events.files.inspect_file import EventFile
    from geo.events.outside_units import UnitNames
    from geo.read.boundaries.bundled import Boundaries

__all__ = ["EventOptions", "Pace", "count_events", "list_actors"]

MOST_PLACES = 50_000
DELETED = Wanted("a list of ids", "deleted.csv")
LARGEST_KEPT = 4_000_000_000
"""Bytes of what is kept of a part: eight for each of its events, and little more."""

AT_ONCE = 8
"""Files of stores that are looked at side by side."""

Pace = Callable[[int, int, int], None]
"""Is told how many rows were read so far, how many bytes, and how many bytes there are in all."""


@dataclass(frozen=True)
class EventOptions:
    """How files of events are read, and what of them counts.

    ``form`` names a format or a file ``.toml`` that describes one, and ``separator`` what parts cells; the header tells
    without. ``precision`` lists values of the format's column of precision that count, instead of its own limit;
    ``places`` keeps coordinates, for points on a map, ``may_pass_on`` those of rows whose licence forbids it. ``rows``
    are those of a chunk. In the folder ``keep`` stands what each file came to, so that a run that was stopped can go
    on. ``dates`` are forms tried before those of the format, as ``strptime`` knows them. ``agree`` is asked before
    very much is counted on this machine, with what it may take; without, nobody is asked. ``covers`` are spans of time
    that the files cover, such as ``2018..2023``; the format's rule or their own dates tell without.
    ``types`` are the types of events that count, as the files or the format's words name them; all without.
    ``population`` is a CSV of persons by unit, instead of those that the boundaries know;
    ``deleted`` a list of ids of events that their publisher has withdrawn.
    """

    form: str | None = None
    separator: str | None = None
    encoding: str = "utf-8"
    by: str = "month"
    since: Moment | None = None
    until: Moment | None = None
    precision: tuple[str, ...] | None = None
    places: bool = False
    may_pass_on: bool = False
    rows: int | None = None
    engine: str = "local"
    scheduler: str | None = None
    keep: Path | None = None
    title: str = ""
    downloaded: str = ""
    dates: tuple[str, ...] = ()
    count_column: str | None = None
    agree: Callable[[str], bool] | None = None
    covers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    population: Path | None = None
    deleted: Path | None = None


def count_events(
    files: Sequence[Path | str],
    actors: Actors | None = None,
    job: Job = Job(),
    *,
    reading: EventOptions = EventOptions(),
    pace: Pace | None = None,
) -> tuple[Activity, Boundaries, tuple[Problem, ...]]:
    r"""Count the events of files of one collection in units and periods, and list what is doubtful.

    Without actors, which say whose events count for which group, all events count as they are.

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
    if reading.keep:
        check_folder(reading.keep)
    with find_files(files, job.progress) as found:
        return _count_files(found, actors, job, reading, pace)


def _count_files(
    files: Sequence[str], actors: Actors | None, job: Job, reading: EventOptions, pace: Pace | None
) -> tuple[Activity, Boundaries, tuple[Problem, ...]]:
    from geo.events.coverage import read_spans

    covers = read_spans(reading.covers)
    found = _inspect_files(files, reading)
    from geo.events.activity import describe_activity
    from geo.events.files.chunks import list_parts
    from geo.events.merge import count_all

    _check_asked(found, reading)
    known = load_boundaries(job.boundaries)
    known = _take_population(known, reading.population)
    rules = _make_rules(known, actors, reading, job.boundaries, found[0].form)
    parts = [part for file in found for part in list_parts(file)]
    saved, keep = _open_store(parts, rules, reading.keep)
    if saved:
        job.progress(f"{len(saved)} of {len(parts)} parts were counted before")
    if reading.agree and not reading.scheduler:
        _ask([part for place, part in enumerate(parts) if place not in saved], reading.agree)
    job.progress(f"counting the events of {len(found)} file{'s' * (len(found) != 1)}")
    with _open_engine(reading, parts, set(saved), pace) as engine:
        totals = count_all(parts, rules, engine, known=saved, keep=keep)
    if reading.places:
        _limit_places(found[0].path, len(totals.counts.places))
    activity = describe_activity(
        totals.counts,
        rules,
        found,
        title=reading.title,
        downloaded=reading.downloaded,
        covers=covers,
        types=reading.types,
        people=reading.population.name if reading.population else "",
    )
    return activity, known, (*known.warnings, *list_doubts(totals, activity, actors, found, rules.types))


def _ask(parts: Sequence[Part], agree: Callable[[str], bool]) -> None:
    """Ask before much is counted on one machine; what is kept from before is not counted again."""
    from geo.events.files.effort import say_effort

    told = say_effort(parts)
    if told and not agree(told):
        expected = (
            "--yes where it is to be counted here all the same; a cluster: --engine dask --scheduler; fewer files"
        )
        raise EventsError([Problem(parts[0].file.path, told, expected)])


def _inspect_files(files: Sequence[str], reading: EventOptions) -> list[EventFile]:
    """Look at all files before one is counted; tell what is wrong with each."""
    from geo.events.files.formats import find_format
    from geo.events.files.inspect_file import inspect_file
    from geo.events.files.partitions import check_same_columns

    _check_dates(reading.dates)
    form = find_format(reading.form) if reading.form else None
    found: list[EventFile] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    chosen = []
    for path in files:
        real = path.place if isinstance(path, Address) else os.path.realpath(path)
        if real in seen:
            problems.append(Problem(path, f"the same file as {seen[real]}", "each file once"))
        else:
            seen[real] = path
            chosen.append(path)

    def look(path: str) -> EventFile | EventsError:
        try:
            return inspect_file(
                path, form, separator=reading.separator, encoding=reading.encoding, count=reading.count_column
            )
        except EventsError as error:
            return error

    for path, file in zip(chosen, _map(look, chosen), strict=True):
        if isinstance(file, EventsError):
            problems += file.problems
            continue
        if found and file.form.id_ != found[0].form.id_:
            told = f"a file of {file.form.id_}, and {found[0].path} is of {found[0].form.id_}"
            problems.append(
                Problem(path, told, "files of one collection: the same incident stands in both; run once for each")
            )
        if reading.keep and not file.stamp:
            told = "its store gives neither checksum nor date, so --resume cannot know it again"
            problems.append(Problem(path, told, "the command without --resume"))
        # A column that nobody asks for is not parsed.
        columns = {role: at for role, at in file.columns.items() if reading.types or not role.startswith("type")}
        form_here = replace(file.form, dates=(*reading.dates, *file.form.dates))
        found.append(replace(file, form=form_here, columns=columns))
    if problems:
        raise EventsError(problems)
    check_same_columns(found)
    return found


def _map(look: Callable[[str], EventFile | EventsError], files: Sequence[str]) -> Iterator[EventFile | EventsError]:
    """Look at files one after the other, but for those of stores, which take their time to answer."""
    if not any(isinstance(path, Address) for path in files):
        yield from map(look, files)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(look, files)


def _check_dates(forms: Sequence[str]) -> None:
    """Refuse forms that would read no date, before a file is looked at."""
    for form in forms:
        try:
            is_read = datetime.strptime(datetime(2020, 7, 31).strftime(form), form).year == 2020
        except ValueError:
            is_read = False
        if not is_read or not any(sign in form for sign in ("%Y", "%y")):
            raise EventsError(
                [Problem("--dates", f"{quote(form)}, which is no form of a date", "one such as %d/%m/%Y")]
            )


def _check_asked(files: Sequence[EventFile], reading: EventOptions) -> None:
    """Refuse what these files cannot give, before they are counted."""
    path, problems = files[0].path, []
    if reading.since and reading.until and reading.since.first > reading.until.last:
        found = f"no time lies between {reading.since} and {reading.until}"
        problems.append(Problem("--since", found, "--since before --until"))
    for file in files if reading.precision else ():
        if "precision" not in file.columns:
            found = "no column of precision, so --precision says nothing"
            problems.append(Problem(file.path, found, "the command without --precision"))
    for file in files if reading.types else ():
        if "type0" not in file.columns and "type1" not in file.columns and "type2" not in file.columns:
            problems.append(
                Problem(file.path, "no column of types, so --type says nothing", "the command without --type")
            )
    form = files[0].form
    if reading.places and not form.passes_on and not reading.may_pass_on:
        found = f"points of {form.title}, which may not be passed on: {form.licence}"
        expected = "the map without --points or, with leave of the publisher, --points --may-pass-on"
        problems.append(Problem(path, found, expected))
    elif reading.places and not form.passes_on and reading.keep:
        found = "--resume with --points keeps coordinates, which may not be kept"
        problems.append(Problem(path, found, "one of the two"))
    if reading.keep and os.path.lexists(reading.keep) and not reading.keep.is_dir():
        problems.append(Problem(str(reading.keep), "this is no folder", "a folder for what is kept, or none yet"))
    elif reading.keep and not reading.keep.is_dir() and not reading.keep.parent.is_dir():
        problems.append(Problem(str(reading.keep), "no folder to make it in", "a folder whose parent exists"))
    dated = any(name in file.columns for file in files for name in ("start", "part0"))
    if not dated and (reading.by != "all" or reading.since or reading.until):
        problems.append(Problem(path, "no column of dates", "a column date, or --by all without --since and --until"))
    if problems:
        raise EventsError(problems)


def _read_deleted(file: Path, form: EventFormat) -> tuple[int, ...]:
    """Read ids from a CSV, of the column that the format calls so, or of the only one."""
    from geo.events.count_chunk import hash_ids
    from geo.events.files.cell_values import write_ids

    rows = [*parse_separated(read_bytes(file, DELETED), str(file)).rows.values()]
    named = [column for column, cell in (rows[0] if rows else {}).items() if cell.text.casefold() in form.id]
    if not named and (not rows or any(len(row) > 1 for row in rows)):
        found = f"no column {' or '.join(form.id)}" if rows else "no id"
        raise EventsError([Problem(str(file), found, "a CSV with that column, or one id a line")])
    taken = [row[named[0]].text for row in rows[1:] if named[0] in row] if named else [
        cell.text for row in rows for cell in row.values()
    ]  # fmt: skip
    return tuple(sorted(set(hash_ids(write_ids(taken)).tolist())))


def _take_population(known: Boundaries, file: Path | None) -> Boundaries:
    """Give units the populations of a file; those that it does not name have none."""
    if file is None:
        return known
    people = read_populations(file, known.gazetteer)
    units = {code: replace(unit, population=people.get(code)) for code, unit in known.gazetteer.units.items()}
    return replace(known, gazetteer=replace(known.gazetteer, units=units))


def _make_rules(
    known: Boundaries, actors: Actors | None, reading: EventOptions, file: BoundaryFile, form: EventFormat
) -> Rules:
    from geo.events.count_chunk import Rules
    from geo.events.periods import count_days
    from geo.events.point_in_unit import gather_units

    west, south, east, north = (float(each) for each in known.frame.total_bounds)
    middle = known.frame.union_all().centroid
    centres = (middle.x, middle.y), ((west + east) / 2, (south + north) / 2)
    return Rules(
        gather_units(known.frame.loc[list(known.order)]),
        actors,
        reading.by,
        count_days(reading.since.first) if reading.since else None,
        count_days(reading.until.last) if reading.until else None,
        # What a user calls units may be of any size: the stricter limit holds.
        "district" if file.own else "province",
        reading.precision,
        reading.places,
        tuple((turn_longitude(lon, 0), lat) for lon, lat in centres),
        types=tuple(form.type_names.get(each.casefold(), each).casefold() for each in reading.types),
        claims=_list_claims(known),
        deleted=_read_deleted(reading.deleted, form) if reading.deleted else (),
    )


def _list_claims(known: Boundaries) -> UnitNames:
    """List how files call provinces; districts share names with them, and files name none that could be told apart."""
    from geo.events.outside_units import UnitNames
    from geo.read.common.names import index_units

    gazetteer, places = known.gazetteer, {str(code): place for place, code in enumerate(known.frame.index)}
    if gazetteer.noun.one != "province":
        return UnitNames()
    names = {name: places[code] for name, code in index_units(gazetteer).items() if code in places}
    return UnitNames(tuple(sorted(names.items())), tuple(sorted(gazetteer.whole)))


def _open_store(
    parts: Sequence[Part], rules: Rules, folder: Path | None
) -> tuple[dict[int, PartCount], Callable[[int, PartCount], None] | None]:
    """Find what was counted before, and return what keeps more."""
    if folder is None:
        return {}, None
    from geo.events.saved_part_counts import dump_part_count, name_part, parse_part_count

    names = [name_part(part, rules) for part in parts]
    files = [folder / f"{name}.counts" for name in names]
    saved: dict[int, PartCount] = {}
    problems = []
    for place, (name, file) in enumerate(zip(names, files, strict=True)):
        try:
            tallied = parse_part_count(read_regular(file, LARGEST_KEPT), name, rules)
            found = "this is not what --resume kept: it was changed, or is of another origin"
        except FileNotFoundError:
            continue
        except OSError as error:
            tallied, found = None, f"what --resume kept cannot be read: {error.strerror}"
        if tallied:
            saved[place] = tallied
        else:
            problems.append(Problem(str(file), found, "what was kept; delete it, and its part is counted again"))
    if problems:
        raise EventsError(problems)

    def keep(place: int, tallied: PartCount) -> None:
        write_files({files[place]: dump_part_count(tallied, names[place])})

    return saved, keep


@contextmanager
def _open_engine(reading: EventOptions, parts: Sequence[Part], done: set[int], pace: Pace | None) -> Iterator[Engine]:
    from geo.events.engines import LocalEngine
    from geo.events.files.chunks import CHUNK

    rows = reading.rows or CHUNK
    tell = _add_up([part for place, part in enumerate(parts) if place not in done], pace) if pace else None
    if reading.engine == "local":
        yield LocalEngine(rows, tell)
        return
    from geo.events.dask_cluster import DaskEngine, connect

    needed = {name_library(part.file.path.place) for part in parts if isinstance(part.file.path, Address)}
    with connect(reading.scheduler, libraries=sorted(needed)) as client:
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


def list_actors(
    files: Sequence[Path | str], job: Job = Job(), *, reading: EventOptions = EventOptions(), pace: Pace | None = None
) -> tuple[tuple[str, int], ...]:
    r"""List the actors of events in units, most events first: what a map of actors has to know.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text("date,lat,lon,actor\n2020-07-01,34.53,69.17,Taleban\n")
    ...     list_actors([file])
    (('Taleban', 1),)
    """
    return count_events(files, Actors(), job, reading=reading, pace=pace)[0].unmapped
