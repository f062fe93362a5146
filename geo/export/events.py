"""Recorded events for spreadsheets, and as records of a presence table that say what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geo.export.yaml_table import write_table
from geo.model import Activity, EventCount, Gazetteer, Moment, Quarter, Sheet, Week

__all__ = ["ANY", "COVERED", "LEVEL", "list_counts", "list_panel", "list_unmapped", "select_counts", "write_records"]

ANY = "any"
"""What stands for the group of events of any group."""

COVERED = {"whole": "yes", "part": "partly", "none": "no"}
"""Whether files cover a period."""

BASES = {
    "given": "as their author says",
    "year": "whole years by the rule of the collection",
    "month": "whole months by the rule of the collection",
    "files": "from their first to their last date",
}
Cell = tuple[str | None, str, Moment | None]
"""Group, unit and period."""

LEVEL = "activity"
NO_PRESENCE = (
    "What a source recorded there, from which neither presence nor control follows; nothing follows where nothing was "
    "recorded."
)


def list_counts(activity: Activity, gazetteer: Gazetteer) -> Sheet:
    """List counts, one row a group, unit and period.

    The period is empty where an event lies in no single one, deaths (persons) where none is stated; ``covered`` says
    whether the files cover the period: ``yes``, ``partly`` or ``no``.

    Examples
    --------
    >>> from geo.model import Moment, Unit
    >>> units = {"A": Unit("A", "", "", "Alpha", "")}
    >>> counts = (EventCount("t", "A", Moment(2020, 7), 3, 5),)
    >>> activity = Activity("t", "month", {"t": "Group T"}, counts, (Moment(2020, 7),), (), {})
    >>> list_counts(activity, Gazetteer(units, {}, "")).rows
    (('t', 'Group T', 'A', 'Alpha', '2020-07', '3', '5', '', '', 'yes'),)
    """
    rows = (
        (
            each.group or ANY,
            activity.groups[each.group] if each.group else "",
            each.unit,
            gazetteer.units[each.unit].name,
            str(each.period or ""),
            str(each.events),
            *map(_write, (each.deaths, each.low, each.high)),
            COVERED[activity.find_cover(each.period)],
        )
        for each in activity.counts
    )
    columns = ("group", "group_name", "code", gazetteer.noun.one, "period", "events", "deaths", "deaths_low",
               "deaths_high", "covered")  # fmt: skip
    return Sheet("counts", columns, tuple(rows), frozenset(("events", "deaths", "deaths_low", "deaths_high")))


def list_panel(
    activity: Activity, gazetteer: Gazetteer, codes: Sequence[str], periods: Sequence[Moment | None]
) -> Sheet:
    """List each unit in each period, of any group and then of each: sorted, one row a cell.

    ``events`` is 0 where a covered period has none and empty where the period is not covered; ``covered`` says which,
    and ``partly``. Deaths are empty where events state none. ``left_out`` counts events that lie there and do not
    count, whoever took part; it stands with any group. Events that no single period holds are not in it.

    Examples
    --------
    >>> from datetime import date
    >>> from geo.model import Coverage, Unit
    >>> coverage = Coverage(((date(2019, 1, 1), date(2019, 12, 31)),), "given")
    >>> activity = Activity("t", "year", {}, (), (), (), {}, coverage=coverage)
    >>> gazetteer = Gazetteer({"A": Unit("A", "", "", "Alpha", "")}, {}, "")
    >>> for row in list_panel(activity, gazetteer, ["A"], [Moment(2019), Moment(2020)]).rows:
    ...     print(row[4:9])
    ('2019', '2019-01-01', '2019-12-31', 'yes', '0')
    ('2020', '2020-01-01', '2020-12-31', 'no', '')
    """
    columns = ("group", "group_name", "code", gazetteer.noun.one, "period", "first_day", "last_day", "covered",
               "events", "deaths", "deaths_low", "deaths_high", "left_out")  # fmt: skip
    numbers = frozenset(("events", "deaths", "deaths_low", "deaths_high", "left_out"))
    return Sheet("panel", columns, tuple(_list_rows(activity, gazetteer, codes, periods)), numbers)


def _list_rows(
    activity: Activity, gazetteer: Gazetteer, codes: Sequence[str], periods: Sequence[Moment | None]
) -> Iterator[tuple[str, ...]]:
    counts: dict[Cell, EventCount] = {(each.group, each.unit, each.period): each for each in activity.counts}
    left = {(each.unit, each.period): each.events for each in activity.left_out}
    states_deaths = any(each.deaths is not None for each in activity.counts)
    named = [(period, *_name_period(activity, period)) for period in periods]
    for group, name in ((None, ""), *activity.groups.items()):
        for code in sorted(codes):
            unit = code, gazetteer.units[code].name
            for period, when, covered in named:
                found = counts.get((group, code, period)) or EventCount(group, code, period, 0, *[0] * 3)
                deaths = (found.deaths, found.low, found.high) if states_deaths else (None,) * 3
                figures = (found.events, *deaths) if found.events or covered != "no" else (None,) * 4
                gone = left.get((code, period), 0) if group is None else None
                yield group or ANY, name, *unit, *when, covered, *map(_write, (*figures, gone))


def _name_period(activity: Activity, period: Moment | None) -> tuple[tuple[str, str, str], str]:
    """Say which period it is, from when to when, and whether it is covered."""
    spans = activity.coverage.spans if activity.coverage else ()
    first = period or activity.since or (spans[0][0] if spans else "")
    last = period or activity.until or (spans[-1][1] if spans else "")
    ends = (first.first if isinstance(first, Moment) else first, last.last if isinstance(last, Moment) else last)
    return (str(period or ""), str(ends[0]), str(ends[1])), COVERED[activity.find_cover(period)]


def _write(number: int | None) -> str:
    return "" if number is None else str(number)


def list_unmapped(activity: Activity) -> Sheet:
    """List the actors that the user's map does not name, most events first.

    Examples
    --------
    >>> list_unmapped(Activity("t", "all", {}, (), (), (), {}, (("Civilians", 7),))).rows
    (('Civilians', '7'),)
    """
    rows = tuple((actor, str(events)) for actor, events in activity.unmapped)
    return Sheet("unmapped", ("actor", "events"), rows, frozenset({"events"}))


def select_counts(activity: Activity, threshold: int) -> Sequence[EventCount]:
    """Select what becomes a record: a group's events in a unit and period, from a number on.

    Where events are counted by period, those that no period surely holds make no record.

    Examples
    --------
    >>> counts = EventCount("t", "A", None, 3), EventCount(None, "A", None, 3), EventCount("t", "B", None, 2)
    >>> select_counts(Activity("t", "all", {}, counts, (), (), {}), 3)
    [EventCount(group='t', unit='A', period=None, events=3, deaths=None, low=None, high=None)]
    """
    is_timed = activity.by != "all"
    return [
        each
        for each in activity.counts
        if each.group and each.events >= threshold and (each.period is not None or not is_timed)
    ]


def write_records(
    activity: Activity, gazetteer: Gazetteer, *, threshold: int = 1, level: str | None = None, downloaded: str = ""
) -> bytes:
    """Write, as YAML, a presence table whose records are activity from events, one a group, unit and period.

    There is a record from ``threshold`` events on; the level's name holds that number, and so does every legend.
    ``level`` is what the user takes so many events for, "recorded events" without. ``downloaded`` is when the files
    were fetched: the date of the source.

    Examples
    --------
    >>> from geo.model import EventSource, Moment, Unit
    >>> counts = (EventCount("t", "A", Moment(2020, 7), 3, 5),)
    >>> source = EventSource("acled", "ACLED", limit="geo_precision 1 or 2", files=("a.csv",))
    >>> activity = Activity("Events", "month", {"t": "Group T"}, counts, (Moment(2020, 7),), (source,), {"read": 3})
    >>> text = write_records(activity, Gazetteer({"A": Unit("A", "", "", "Alpha", "")}, {}, ""), threshold=2).decode()
    >>> print(text[text.index("presence:"):])
    presence:
      - group: t
        in: Alpha
        level: activity
        source: acled
        observed: 2020-07
        note: 3 recorded events, 5 deaths stated
    <BLANKLINE>
    """
    return write_table(_list_values(activity, gazetteer, threshold, level, downloaded))


def _list_values(
    activity: Activity, gazetteer: Gazetteer, threshold: int, level: str | None, downloaded: str
) -> dict[str, Any]:
    counts = select_counts(activity, threshold)
    source = activity.sources[0]
    groups = {each.group for each in counts}
    per = "" if activity.by == "all" else f" in a {activity.by}"
    name = f"{level or 'Recorded events'} (from {threshold} recorded event{'s' * (threshold != 1)}{per})"
    taken = f", taken for: {level}" if level else ": no presence and no control follows from it"
    taken += f"; below {threshold} events{per} nobody is named" if threshold > 1 else ""
    known: dict[str, Any] = {
        "title": source.title,
        **({"publisher": source.citation} if source.citation else {}),
        **({"date": downloaded} if downloaded else {}),
        **({"url": source.url} if source.url else {}),
        "note": " ".join(_list_notes(activity, counts)),
    }
    return {
        "version": "1",
        "title": activity.title,
        "subtitle": f"Activity from events{taken}",
        "levels": {LEVEL: {"name": name, "note": NO_PRESENCE}},
        "sources": {source.id: known},
        "groups": {group: {"name": activity.groups[group]} for group in activity.groups if group in groups},
        "presence": [_word_record(each, activity, gazetteer) for each in counts],
    }


def _list_notes(activity: Activity, counts: Sequence[EventCount]) -> list[str]:
    """Say what was counted, in which time, how precisely, and what of it makes no record."""
    source = activity.sources[0]
    notes = [_say_tally(activity)]
    if activity.coverage:
        spans = " and ".join(f"{first} to {last}" for first, last in activity.coverage.spans)
        notes.append(f"The files cover {spans}, {BASES[activity.coverage.basis]}.")
    if activity.types:
        notes.append(f"Only events of the types {', '.join(activity.types)}.")
    if activity.since or activity.until:
        notes.append(f"Only events from {activity.since or 'the beginning'} to {activity.until or 'the end'}.")
    if source.limit:
        notes.append(f"Places count where {source.limit}.")
    unsure = sum(each.events for each in activity.counts if each.group and each.period is None and activity.by != "all")
    few = sum(each.events for each in activity.counts if each.group) - unsure - sum(each.events for each in counts)
    if unsure:
        notes.append(f"{unsure:,} events of groups lie in no single {activity.by} and make no record.")
    if few:
        notes.append(f"{few:,} events of groups are below the threshold and make no record.")
    return [*notes, _say_files(source.files), *([source.licence] if source.licence else [])]


def _say_tally(activity: Activity) -> str:
    tally = activity.tally
    return f"{tally.get('counted', 0):,} of {tally.get('read', 0):,} events counted."


def _say_files(files: Sequence[str]) -> str:
    shown = ", ".join(files[:5])
    return f"From {shown}{f' and {len(files) - 5} more files' if len(files) > 5 else ''}."


def _word_record(count: EventCount, activity: Activity, gazetteer: Gazetteer) -> Mapping[str, Any]:
    events = f"{count.events:,} recorded event{'s' * (count.events != 1)}"
    deaths = "" if count.deaths is None else f", {count.deaths:,} death{'s' * (count.deaths != 1)} stated"
    return {
        "group": count.group,
        "in": _name_unit(count.unit, gazetteer),
        "level": LEVEL,
        "source": activity.sources[0].id,
        **_date_record(count, activity),
        "note": events + deaths,
    }


def _date_record(count: EventCount, activity: Activity) -> dict[str, Any]:
    """Give the period of a record, or the time asked for where events were not counted by period."""
    if isinstance(count.period, Quarter | Week):
        return {"observed": {"from": str(count.period.first), "to": str(count.period.last)}}
    if count.period:
        return {"observed": str(count.period)}
    ends = {"from": activity.since, "to": activity.until}
    asked = {key: str(day) for key, day in ends.items() if day}
    return {"observed": asked} if asked else {}


def _name_unit(code: str, gazetteer: Gazetteer) -> str:
    """Name a unit, by its code where others bear its name too."""
    name = gazetteer.units[code].name
    return code if sum(each.name == name for each in gazetteer.units.values()) > 1 else name
