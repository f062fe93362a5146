"""Counts become the activity that is shown and written: sorted, named, with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from geo.events.count_chunk import GRAIN, Rules
from geo.events.coverage import find_coverage
from geo.events.files.columns import GENERIC
from geo.events.files.inspect_file import EventFile
from geo.events.participants import is_listed
from geo.events.periods import EPOCH, count_days, list_periods, name_period
from geo.events.tally import NOTES, REASONS, Counts
from geo.model import Activity, Coverage, EventCount, EventPlace, EventSource, LeftOut, Moment

__all__ = ["describe_activity"]


def describe_activity(
    counts: Counts, rules: Rules, files: Sequence[EventFile], *, title: str = "", downloaded: str = "",
    covers: Sequence[tuple[date, date]] = (), types: tuple[str, ...] = (), people: str = "",
) -> Activity:  # fmt: skip
    """Turn the counts of all events, from files of one format, into an activity.

    Without a title it is "Recorded events" and the format's. ``downloaded`` is when the files were fetched, to be
    cited; ``covers`` are spans that the user says are covered, for the files' own without,
    ``types`` those that count, in the user's words, and ``people`` the name of the file of populations.

    Examples
    --------
    >>> from geo.events.point_in_unit import Units
    >>> from geo.events.files.formats import find_format
    >>> file = EventFile("a.csv", find_format("acled"), "text", {"precision": 0}, (), 0, 0, 0)
    >>> found = describe_activity(Counts({(None, 0, 24236): (2, 0, 0, 0, 0)}), Rules(Units(("A",), (b"",))), [file])
    >>> found.counts[0].unit, str(found.periods[0]), found.sources[0].limit
    ('A', '2019-09', 'geo_precision 1, 2 or 3')
    """
    order: dict[str | None, int] = {None: -1}
    order |= {group: place for place, group in enumerate(rules.actors.groups)} if rules.actors else {}
    rows = sorted(counts.rows.items(), key=lambda item: (order[item[0][0]], *item[0][1:]))
    places = sorted(counts.places.items(), key=lambda item: (order[item[0][2]], item[0][3], *item[0][:2]))
    left = sorted(counts.left.items())
    form = files[0].form
    coverage = find_coverage(counts.spans, form, covers)
    return Activity(
        title=title or ("Recorded events" if form.id_ == GENERIC else f"Recorded events: {form.title}"),
        by=rules.by,
        groups=dict(rules.actors.groups) if rules.actors else {},
        counts=tuple(
            EventCount(
                group,
                rules.units.codes[unit],
                name_period(period, rules.by),
                events,
                *((deaths, low, high) if stated else ()),
            )
            for (group, unit, period), (events, deaths, stated, low, high) in rows
        ),
        periods=_list_periods(counts, rules, coverage),
        sources=(_describe_source(files, rules, downloaded),),
        tally={key: counts.tally[key] for key in ("read", "counted", *REASONS) if counts.tally.get(key)},
        unmapped=_list_unmapped(counts, rules),
        places=tuple(
            EventPlace(lon / GRAIN, lat / GRAIN, group, name_period(period, rules.by), events)
            for (lon, lat, group, period), events in places
        )
        if rules.places
        else None,
        since=_name_day(rules.since),
        until=_name_day(rules.until),
        notes={key: counts.notes[key] for key in NOTES if counts.notes.get(key)},
        coverage=coverage,
        types=types,
        people=people,
        left_out=tuple(
            LeftOut(rules.units.codes[unit], name_period(period, rules.by), events) for (unit, period), events in left
        ),
    )


def _list_periods(counts: Counts, rules: Rules, coverage: Coverage | None) -> tuple[Moment, ...]:
    """List the periods of the time asked for; where no time was asked for, of what is covered."""
    spans = coverage.spans if coverage else ()
    first = count_days(spans[0][0]) if spans and rules.since is None else rules.since
    last = count_days(spans[-1][1]) if spans and rules.until is None else rules.until
    reach = () if first is None or last is None or first > last else (first, last)
    return list_periods({period for _, _, period in counts.rows}, rules.by, reach)


def _list_unmapped(counts: Counts, rules: Rules) -> tuple[tuple[str, int], ...]:
    actors = rules.actors
    found = [item for item in counts.actors.items() if actors and not is_listed(item[0], actors)]
    return tuple(sorted(found, key=lambda item: (-item[1], item[0])))


def _name_day(days: int | None) -> Moment | None:
    return None if days is None else name_period(days + EPOCH, "day")


def _describe_source(files: Sequence[EventFile], rules: Rules, downloaded: str) -> EventSource:
    form = files[0].form
    names = tuple(PurePath(file.path).name for file in files)
    citation = form.citation or form.title
    return EventSource(
        id=form.id_,
        title=form.title,
        citation=f"{citation}; downloaded {downloaded}" if downloaded else citation,
        licence=form.licence,
        url=form.url,
        limit=_say_limit(files, rules),
        files=names,
        passes_on=form.passes_on,
        dated=bool(downloaded),
    )


def _say_limit(files: Sequence[EventFile], rules: Rules) -> str:
    limit = files[0].form.precision
    allowed = rules.allow(limit) if all("precision" in file.columns for file in files) else None
    if limit is None or allowed is None:
        return ""
    *most, last = allowed
    return f"{limit.column} {' or '.join(filter(None, [', '.join(most), last]))}"
