"""A chunk of events becomes counts: a pure function of the chunk, which any engine can run anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.events.files.cell_values import HASHTAG, read_whole, strip
from geo.events.files.cells import Cells, Chunk
from geo.events.files.formats import EventFormat, Limit
from geo.events.outside_units import UnitNames, find_nearest, find_said
from geo.events.participants import find_participants
from geo.events.periods import DATE_PARTS, NEVER, UNSURE, count_days, find_days, find_periods, widen_days
from geo.events.point_in_unit import Units, assign_points
from geo.events.tally import MOST_SAMPLES, REASONS, Counts, Sample
from geo.read.actor_list import Actors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Notes = dict[str, tuple[Flags, tuple[str, ...]]]

__all__ = ["Rules", "count_chunk", "hash_ids"]

GRAIN = 10_000
"""Steps of a degree in which a place is kept: 11 m."""

MOST_CELLS = 1 << 20
"""Sums that are made in a table of all that may be."""

MOST_SAMPLED = 40
FIRST_DAY, LAST_DAY = count_days(date(1900, 1, 1)), count_days(date(2100, 12, 31))
"""What lies before or after is a slip of the pen, or of another calendar."""

ELSEWHEN = -2
"""In place of a period: surely before or after the time asked for."""

NEAR_CENTRE = 0.005
"""Degrees; as near to its middle, an event is placed at a country, not in it."""


@dataclass(frozen=True)
class Rules:
    """What is counted, in what; small, and fit to be sent to a worker."""

    units: Units
    actors: Actors | None = None
    """Whose events count for which group; without, all events count as they are."""
    by: str = "month"
    """One of `geo.events.periods.BY`."""
    since: int | None = None
    """First day, in days since 1 January 1970; events that do not surely lie between it and the last do not count."""
    until: int | None = None
    """Last day, likewise."""
    size: str = "province"
    """``"province"`` or ``"district"``: how precisely a place must be known."""
    precision: tuple[str, ...] | None = None
    """The values of the format's column of precision that count, instead of the format's own limit."""
    places: bool = False
    """Keep the coordinates of what is counted."""
    centres: tuple[tuple[float, float], ...] = ()
    """Middles of the whole, in degrees: where a file says nothing of precision, an event there is placed at a
    country."""
    types: tuple[str, ...] = ()
    """The types of events that count, in one case; all of them without."""
    deleted: tuple[int, ...] = ()
    """`hash_ids` of events that their publisher has withdrawn."""
    claims: UnitNames = field(default_factory=UnitNames)
    """How files call the units, and the whole: what lies just outside goes where they say."""

    def allow(self, limit: Limit | None) -> tuple[str, ...] | None:
        """Return the values of a column of precision that count; None where any does.

        Examples
        --------
        >>> Rules(Units((), ())).allow(Limit("p", {"province": ("1", "2")}))
        ('1', '2')
        """
        if limit is None:
            return None
        return self.precision or limit.allowed.get(self.size)


def hash_ids(ids: list[str]) -> NDArray[np.uint64]:
    """Return 64 bits of each id, by which ids that stand twice are looked for; what is found is compared in full.

    Examples
    --------
    >>> len(set(hash_ids(["a", "b", "a"]).tolist()))
    2
    """
    return np.asarray(pd.util.hash_array(np.array(ids, object), categorize=False), np.uint64)


def count_chunk(chunk: Chunk, form: EventFormat, rules: Rules) -> tuple[Counts, Integers, NDArray[np.uint64]]:
    """Count the events of a chunk; tell which are in a unit and in time, whether any group took part in them or not.

    These are told by their rows and `hash_ids`; not those without an id: nobody can say that they are the same.

    A row of texts is an event: ``lon``, ``lat`` and, where the file has them, ``id``, ``start``, ``end``, ``part0`` and
    so on, ``deaths``, ``precision``, ``exactness``, ``actor0`` and so on, ``list0`` and so on; it is several where
    there is a ``count`` of them.

    Examples
    --------
    >>> import shapely
    >>> from geo.events.files.formats import find_format
    >>> square = Units(("A",), (shapely.box(60, 30, 70, 40).wkb,))
    >>> cells = {"lon": ["65.2", "65.2", ""], "lat": ["33.1", "95", ""], "start": ["2019-09-01"] * 3}
    >>> chunk = Chunk(np.arange(3), {role: Cells(values, role) for role, values in cells.items()})
    >>> count_chunk(chunk, find_format("generic"), Rules(square))[0].rows
    {(None, 0, 24236): (1, 0, 0, 0, 0)}
    """
    reason = np.zeros(len(chunk), np.int8)
    lon, lat = chunk["lon"].numbers, chunk["lat"].numbers
    _drop(reason, _is_header(chunk, form, lon, lat), "header")
    if rules.deleted and "id" in chunk:
        _drop(reason, np.isin(chunk["id"].read(hash_ids), np.array(rules.deleted, np.uint64)), "deleted")
    events = _read_events(chunk, reason)
    unit, near = _place(chunk, lon, lat, rules, form, reason)
    days = find_days(chunk, form)
    period = _date(chunk, days, rules, form, reason)
    kept = np.flatnonzero(reason == 0)
    ids = chunk["id"].take(kept) if "id" in chunk else Cells([""] * len(kept), "id")
    has_id = ids.ask(bool, bool)
    types = _take_types(chunk, rules, events, reason)
    row, group, actors = _find_groups(chunk, rules, events, reason)
    deaths, low, high = _read_deaths(chunk)
    notes = _note(chunk, deaths, reason) | _compare_places(chunk, unit, near, rules, reason)
    tally = _tally(reason, events)
    names: list[str | None] = [None, *(rules.actors.groups if rules.actors else ())]
    rows = _sum_rows((row, group, unit[row].astype(np.int64), period[row]), events, (deaths, low, high), names)
    places = _sum_places(row, group, lon, lat, period, events, names) if rules.places else {}
    samples = _take_samples(chunk, reason, notes)
    told = {key: int(mask.sum()) for key, (mask, _) in notes.items() if mask.any()}
    if "id" in chunk and not has_id.all():
        told["no_id"] = int((~has_id).sum())
    left = _sum_left(reason, unit, period, events)
    counts = Counts(rows, tally, actors, places, samples, told, left, _span(*days), types)
    return counts, kept[has_id], ids.read(hash_ids)[has_id]


def _tally(reason: NDArray[np.int8], events: Integers) -> dict[str, int]:
    """Count the events that were read, those that count, and the others by reason."""
    found = np.bincount(reason, events, len(REASONS) + 1).astype(np.int64).tolist()
    numbers = zip(("read", "counted", *REASONS), [sum(found), *found], strict=True)
    return {key: number for key, number in numbers if number}


def _is_header(chunk: Chunk, form: EventFormat, lon: Numbers, lat: Numbers) -> Flags:
    """Tell which rows are headers once more, as where files were put one below the other."""
    found = np.isnan(lon) & np.isnan(lat)
    for name, columns in (("lon", form.longitude), ("lat", form.latitude)):
        cells = (cell.strip().lower() for cell in chunk[name].show(found))
        found[found] = [cell in columns or bool(HASHTAG.match(cell)) for cell in cells]
    return found


def _read_events(chunk: Chunk, reason: NDArray[np.int8]) -> Integers:
    """Read how many events each row is: one, but where a column counts them."""
    if "count" not in chunk:
        return np.ones(len(chunk), np.int64)
    events = chunk["count"].read(read_whole)
    _drop(reason, np.isnan(events), "uncounted")
    return np.where(np.isnan(events), 1, events).astype(np.int64)


def _note(chunk: Chunk, deaths: Numbers, reason: NDArray[np.int8]) -> Notes:
    """Note what is told of some events, with the columns that show it."""
    notes: Notes = {}
    if "deaths" in chunk:
        unread = (reason == 0) & np.isnan(deaths) & chunk["deaths"].ask(str.strip, bool)
        grouped = (reason == 0) & (deaths >= 1000) & np.isnan(chunk["deaths"].numbers)
        notes |= {"unread_deaths": (unread, ("deaths",)), "grouped_deaths": (grouped, ("deaths",))}
    return notes


def _drop(reason: NDArray[np.int8], mask: Flags, name: str) -> None:
    reason[mask & (reason == 0)] = REASONS.index(name) + 1


def _place(
    chunk: Chunk, lon: Numbers, lat: Numbers, rules: Rules, form: EventFormat, reason: NDArray[np.int8]
) -> tuple[NDArray[np.int32], Flags]:
    """Find the unit of each event that is placed well enough, and whether it only lies near to one.

    Swapped coordinates are told, not turned.
    """
    dates = [name for name in ("start", *DATE_PARTS) if name in chunk]
    # With neither place nor date it is the rest of a broken row, or a note below the table.
    _drop(reason, _is_blank(chunk, ("lon", "lat", *dates), np.isnan(lon) & np.isnan(lat) & bool(dates)), "incomplete")
    no_place = _is_blank(chunk, ("lon",), np.isnan(lon)) | _is_blank(chunk, ("lat",), np.isnan(lat))
    _drop(reason, no_place, "no_coordinates")
    far = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
    fits_swapped = (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
    _drop(reason, far & ~fits_swapped, "bad_coordinates")
    allowed = rules.allow(form.precision) if "precision" in chunk else None
    if allowed is not None:
        _drop(reason, ~chunk["precision"].ask(lambda cell: strip(cell) in allowed, bool), "imprecise")
    else:
        _drop(reason, _is_centre(lon, lat, rules.centres), "country_centre")
    unit = np.full(len(chunk), -1, np.int32)
    asked = np.flatnonzero(reason == 0)
    unit[asked] = assign_points(rules.units, lon[asked], lat[asked])
    missed = asked[unit[asked] < 0]
    swapped = missed[assign_points(rules.units, lat[missed], lon[missed]) >= 0]
    reason[swapped] = REASONS.index("swapped") + 1
    _drop(reason, far, "bad_coordinates")
    near = (reason == 0) & (unit < 0)
    named, inside, _ = find_said(chunk, near, rules.claims)
    near &= inside
    nearest = find_nearest(rules.units, lon[near], lat[near])
    unit[near] = np.where((nearest >= 0) & (named[near] >= 0), named[near], nearest)
    near[near] = nearest >= 0
    _drop(reason, unit < 0, "outside")
    return unit, near


def _compare_places(
    chunk: Chunk, unit: NDArray[np.int32], near: Flags, rules: Rules, reason: NDArray[np.int8]
) -> Notes:
    """Note which events lie just outside, and which elsewhere than their file says."""
    counted = reason == 0
    named, _, abroad = find_said(chunk, counted & ~near, rules.claims)
    columns = [name for name in ("province", "country") if name in chunk][:1]
    return {
        "nearby": (counted & near, (*columns,)),
        "differing": (counted & (named >= 0) & (named != unit), ("province",)),
        "abroad": (counted & abroad, ("country",)),
    }


def _is_blank(chunk: Chunk, names: Sequence[str], found: Flags) -> Flags:
    """Tell which of some rows hold nothing in some columns."""
    for name in names:
        found[found] = [not strip(cell) for cell in chunk[name].show(found)]
    return found


def _is_centre(lon: Numbers, lat: Numbers, centres: tuple[tuple[float, float], ...]) -> Flags:
    """Tell which points are what a gazetteer gives for a country: whole degrees, or the middle of all units."""
    found = (lon == np.round(lon)) & (lat == np.round(lat))
    for x, y in centres:
        found |= (np.abs(lon - x) <= NEAR_CENTRE) & (np.abs(lat - y) <= NEAR_CENTRE)
    return np.asarray(found)


def _span(first: Integers, last: Integers) -> dict[str, tuple[int, int]]:
    """Find the first and the last day of any event, of the years that are believed; the file is named later."""
    known = (first >= FIRST_DAY) & (last <= LAST_DAY)
    return {"": (int(first[known].min()), int(last[known].max()))} if known.any() else {}


def _date(
    chunk: Chunk, days: tuple[Integers, Integers], rules: Rules, form: EventFormat, reason: NDArray[np.int8]
) -> Integers:
    """Find the period of each event, of those that are still counted."""
    period = np.full(len(chunk), UNSURE, np.int64)
    asked = np.flatnonzero(reason == 0)
    if not len(asked) or (rules.by == "all" and rules.since is None and rules.until is None):
        return period
    first, last = (each[asked] for each in days)
    if form.exactness and "exactness" in chunk:
        first, last = widen_days(first, last, chunk["exactness"].take(asked), form.exactness)
    undated = first == NEVER
    reason[asked[undated]] = REASONS.index("undated") + 1
    reason[asked[~undated & ((first < FIRST_DAY) | (last > LAST_DAY))]] = REASONS.index("far_year") + 1
    early = first < rules.since if rules.since is not None else np.zeros(len(asked), bool)
    late = last > rules.until if rules.until is not None else np.zeros(len(asked), bool)
    outside = (last < rules.since if rules.since is not None else early) | (
        first > rules.until if rules.until is not None else late
    )
    period[asked[outside & (reason[asked] == 0)]] = ELSEWHEN
    reason[asked[(reason[asked] == 0) & (early | late)]] = REASONS.index("out_of_time") + 1
    sure = asked[reason[asked] == 0]
    period[sure] = find_periods(first[reason[asked] == 0], last[reason[asked] == 0], rules.by)
    return period


def _take_types(chunk: Chunk, rules: Rules, events: Integers, reason: NDArray[np.int8]) -> dict[str, int]:
    """Leave out what is of none of the types asked for, in any column of types; count the events of each type."""
    if not rules.types:
        return {}
    rows, seen = np.flatnonzero(reason == 0), dict[str, int]()
    fits = np.zeros(len(rows), bool)
    for cells in (each.take(rows) for name, each in chunk.columns.items() if name.startswith("type")):
        fits |= cells.ask(lambda cell: strip(cell).casefold() in rules.types, bool)
        sums = np.bincount(cells.codes, events[rows], len(cells.texts)).astype(np.int64).tolist()
        for text, number in zip(cells.texts, sums, strict=True):
            if (name := strip(text)) and number:
                seen[name] = seen.get(name, 0) + number
    reason[rows[~fits]] = REASONS.index("other_type") + 1
    return seen


def _sum_left(
    reason: NDArray[np.int8], unit: NDArray[np.int32], period: Integers, events: Integers
) -> dict[tuple[int, int], int]:
    """Sum events that lie in a unit and, as far as one knows, in the time asked for, and do not count."""
    rows = np.flatnonzero((reason > 0) & (unit >= 0) & (period != ELSEWHEN))
    found = _sum((unit[rows].astype(np.int64), period[rows]), (events[rows],))
    return {(at, when): number for (at, when), (number,) in found if number}


def _find_groups(
    chunk: Chunk, rules: Rules, events: Integers, reason: NDArray[np.int8]
) -> tuple[Integers, Integers, dict[str, int]]:
    """Pair events with groups, by number from 1, and with any of them, 0; count the events of each actor."""
    rows = np.flatnonzero(reason == 0)
    if rules.actors is None:
        return rows, np.zeros(len(rows), np.int64), {}
    found = find_participants(chunk, rows)
    row, group = found.pair_groups(rules.actors)
    taking_part = np.zeros(len(chunk), bool)
    taking_part[row] = True
    _drop(reason, ~taking_part, "unmapped")
    any_row = np.flatnonzero(taking_part)
    groups = np.concatenate([np.zeros(len(any_row), np.int64), group])
    return np.concatenate([any_row, row]), groups, found.count(events)


def _read_deaths(chunk: Chunk) -> tuple[Numbers, Numbers, Numbers]:
    """Read how many deaths each event states, and between which figures they may lie, if it says so."""
    if "deaths" not in chunk:
        return (np.full(len(chunk), np.nan),) * 3
    best = chunk["deaths"].read(read_whole)
    ends = [chunk[role].read(read_whole) if role in chunk else best for role in ("low", "high")]
    low, high = (np.where(np.isnan(end), best, end) for end in ends)
    return best, np.fmin(low, best), np.fmax(high, best)


def _sum_rows(
    pairs: tuple[Integers, Integers, Integers, Integers], events: Integers, deaths: tuple[Numbers, Numbers, Numbers],
    names: list[str | None],
) -> dict[Any, Any]:  # fmt: skip
    """Sum events and deaths of pairs of row and group, with the unit and the period of each."""
    row, *keys = pairs
    stated = np.isfinite(deaths[0][row])
    best, low, high = (np.where(stated, each[row], 0.0) for each in deaths)
    found = _sum(keys, (events[row], best, stated.astype(float), low, high))
    return {(names[which], at, when): sums for (which, at, when), sums in found if sums[0]}


def _sum_places(
    row: Integers, group: Integers, lon: Numbers, lat: Numbers, period: Integers, events: Integers,
    names: list[str | None],
) -> dict[Any, int]:  # fmt: skip
    east, north = (np.round(each[row] * GRAIN).astype(np.int64) for each in (lon, lat))
    found = _sum((east, north, group, period[row]), (events[row],))
    return {(x, y, names[which], when): number for (x, y, which, when), (number,) in found if number}


def _sum(keys: Sequence[Integers], weights: Sequence[Any]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Sum weights of rows by their keys."""
    if not len(keys[0]):
        return iter(())
    numbers = [key - key.min() for key in keys]
    is_dense = prod(int(each.max()) + 1 for each in numbers) <= MOST_CELLS
    places = numbers[0]
    for each in numbers[1:]:
        places = places * (each.max() + 1) + each if is_dense else _pair(places, each)
    found = np.flatnonzero(np.bincount(places))
    some = np.zeros(found[-1] + 1, np.int64)
    some[places] = np.arange(len(places))
    known = [key[some[found]].tolist() for key in keys]
    sums = [np.bincount(places, each)[found].astype(np.int64).tolist() for each in weights]
    return zip(zip(*known, strict=True), zip(*sums, strict=True), strict=True)


def _pair(ones: Integers, others: Integers) -> Integers:
    """Number pairs of numbers by which is which."""
    numbers, known = pd.factorize(others)
    return np.asarray(pd.factorize(pd.factorize(ones)[0] * len(known) + numbers)[0], np.int64)


SHOWN = {
    "header": ("lon",), "uncounted": ("count",), "bad_coordinates": ("lon", "lat"), "undated": ("start", "part0"),
    "far_year": ("start", "end", "part0"),
}  # fmt: skip
"""Columns whose cells show why events do not count."""


def _take_samples(chunk: Chunk, reason: NDArray[np.int8], notes: Notes) -> dict[str, tuple[Sample, ...]]:
    """Take the first cells that show why some events do not count, or what is told of them."""
    masks = {name: (reason == REASONS.index(name) + 1, columns) for name, columns in SHOWN.items()} | notes
    found = {}
    for name, (mask, columns) in masks.items():
        shown = [chunk[column] for column in columns if column in chunk and mask.any()]
        cells = [cell for each in shown for cell in _show(each, chunk.rows, mask, is_degree=name == "bad_coordinates")]
        if cells:
            found[name] = tuple(sorted(cells)[:MOST_SAMPLES])
    return found


def _show(cells: Cells, rows: Integers, mask: Flags, *, is_degree: bool) -> Iterator[Sample]:
    """Show the first cells that hold something; where a degree belongs, that is none."""
    told = zip(rows[mask].tolist(), (cells.texts[code] for code in cells.codes[mask]), strict=True)
    odd = ((row, cell) for row, cell in told if cell.strip() and not (is_degree and is_number(cell)))
    return (("", row, cell[:MOST_SAMPLED]) for row, cell in islice(odd, MOST_SAMPLES))


def is_number(text: str) -> bool:
    """Tell whether a cell is a number that can be a degree.

    Examples
    --------
    >>> is_number("34.5"), is_number("34,5"), is_number("999")
    (True, False, False)
    """
    try:
        return abs(float(text)) <= 180
    except ValueError:
        return False
