"""Which column of a file holds what, by the names of its format; two that could be meant are refused."""

from __future__ import annotations

from collections.abc import Mapping

from geo.errors import EventsError, Problem
from geo.events.files.formats import ROLES, EventFormat
from geo.model import Position
from geo.read.common.names import nearest_names
from geo.read.common.nodes import cut, quote

__all__ = ["GENERIC", "find_columns"]

GENERIC = "generic"
"""The format of files that only say where something was; all others need what they ask for."""

SHORT = {"longitude": "lon", "latitude": "lat"}
COUNTING = (
    "events", "event_count", "events_count", "n_events", "num_events", "no_of_events", "number_of_events",
    "total_events", "count", "counts", "incidents", "n_incidents", "number_of_incidents",
)  # fmt: skip
"""What columns are called whose rows are counts of events."""

ONE = "one column of that name: another name for the other"


def find_columns(
    path: str, names: tuple[str, ...], form: EventFormat, count: str | None = None, more: tuple[str, ...] = ()
) -> dict[str, int]:
    """Find the columns of a format by their names; those of the place, and of dates if it has any, must be there.

    ``count`` is the column that says how many events a row is. ``more`` are columns beside those of the file, of which
    one is taken where the file has none. If a column is missing or stands there twice, or rows
    seem to be counts and nobody says so, that is an `EventsError` of the file at ``path``.

    Examples
    --------
    >>> from geo.events.files.formats import find_format
    >>> find_columns("e.csv", ("Lat", "Lon", "events"), find_format("generic"), "events")
    {'lon': 1, 'lat': 0, 'count': 2}
    """
    own, width = _place_names(names), len(names)
    names = (*names, *(name for name in more if name.lower() not in own))
    places = _place_names(names)
    found = _find_roles(places, form) | _find_roles(own, form)
    if {found.get("lon", 0), found.get("lat", 0)} & {*range(width, len(names))}:
        raise EventsError([Problem(path, "coordinates in the name of a folder", "columns of coordinates")])
    if count is not None:
        found["count"] = places.get(count.strip().lower(), -1)
    problems = [
        *_list_missing(path, names, form, found),
        *_list_doubled(path, names, found),
        *_check_count(path, names, form, count, found),
    ]
    if problems:
        raise EventsError(problems)
    return found


def _place_names(names: tuple[str, ...]) -> dict[str, int]:
    return {name.lower(): place for place, name in reversed([*enumerate(names)])}


def _find_roles(places: Mapping[str, int], form: EventFormat) -> dict[str, int]:
    found: dict[str, int] = {}
    for role in ROLES:
        column = next((each for each in getattr(form, role) if each in places), None)
        if column is not None:
            found[SHORT.get(role, role)] = places[column]
    for role in ("parts", "actors", "lists", "types"):
        for number, column in enumerate(getattr(form, role)):
            if column in places:
                found[f"{role.removesuffix('s')}{number}"] = places[column]
    for role in ("precision", "exactness"):
        limit = getattr(form, role)
        if limit and limit.column in places:
            found[role] = places[limit.column]
    return found


def _list_missing(path: str, names: tuple[str, ...], form: EventFormat, found: Mapping[str, int]) -> list[Problem]:
    needed: dict[str, tuple[str, ...]] = {"lon": form.longitude, "lat": form.latitude}
    if form.id_ != GENERIC:
        needed |= {f"part{number}": (column,) for number, column in enumerate(form.parts)}
        needed |= {"start": form.start} if form.start else {}
        needed |= {"precision": (form.precision.column,)} if form.precision else {}
    return [
        Problem(path, f"no column {' or '.join(columns)}, which a file of format {form.id_} has",
                "all columns of the format, or --format with another", nearest_names(columns[0], names), Position(1, 1))
        for role, columns in needed.items() if role not in found
    ]  # fmt: skip


def _list_doubled(path: str, names: tuple[str, ...], found: Mapping[str, int]) -> list[Problem]:
    """List the columns that are read and whose name another has: nobody can say which of them is meant."""
    lower = [name.lower() for name in names]
    problems = []
    for place in sorted({place for place in found.values() if place >= 0}):
        same = [other for other, name in enumerate(lower) if name == lower[place] != ""]
        if len(same) > 1:
            told = " and ".join(f"{cut(names[other])} (column {other + 1})" for other in same)
            problems.append(Problem(path, f"{len(same)} columns of one name: {told}", ONE, position=Position(1, 1)))
    return problems


def _check_count(
    path: str, names: tuple[str, ...], form: EventFormat, count: str | None, found: Mapping[str, int]
) -> list[Problem]:
    if count is not None:
        if found["count"] >= 0:
            return []
        told = f"no column {quote(count)} for --count-column"
        return [Problem(path, told, "a column that says how many events a row is", nearest_names(count, names))]
    counting = next((name for name in names if name.lower() in COUNTING), None)
    if form.id_ != GENERIC or counting is None or "count" in found:
        return []
    told = f"a column {quote(counting)}, so that a row seems to be a count and no event"
    expected = f"--count-column {counting} where it counts the events of its row, or else another name for it"
    return [Problem(path, told, expected, position=Position(1, 1))]
