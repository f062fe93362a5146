"""What the page of recorded events says of them: "recorded", and nothing about presence but that it does not follow."""

from __future__ import annotations

from collections.abc import Sequence

from geo.draw.wording.catalogue import NO_NOUN, choose_form, join_names, say, word, write_fixed, write_number
from geo.draw.wording.presence import describe_date, describe_period
from geo.join.event_classes import PEOPLE, ClassedActivity, SumKey
from geo.join.joined_table import JoinedTable
from geo.model import Activity, EventSource, Moment, Period, UnitNoun

__all__ = [
    "count_undated", "has_gaps", "list_class_notes", "list_notes", "name_view", "say_source", "say_span", "say_step",
    "say_tally", "word_rate", "write_headline", "write_rate", "write_summary",
]  # fmt: skip

MOST_NAMES = 4


def name_view(activity: Activity, group: str | None) -> str:
    """Say whose events a view shows.

    Examples
    --------
    >>> name_view(Activity("t", "all", {}, (), (), (), {}), None)
    'All events'
    """
    if group is not None:
        return activity.groups[group]
    return word("events_any" if activity.groups else "events_all")


def word_rate(key: str, noun: UnitNoun = NO_NOUN) -> str:
    """Say a phrase that speaks of the people of a rate."""
    return say(noun, key, people=write_number(PEOPLE))


def write_rate(rate: int, decimals: int) -> str:
    """Write a rate that is given in steps of its last decimal.

    Examples
    --------
    >>> write_rate(1205, 2)
    '12.05'
    """
    return write_fixed(rate / 10**decimals, decimals)


def say_span(activity: Activity) -> str:
    """Say from when to when: the time asked for, or that of the periods in which an event is recorded."""
    if activity.since or activity.until:
        return describe_period(Period(activity.since, activity.until))
    periods = activity.periods
    return describe_period(Period(periods[0], periods[-1])) if periods else ""


def say_step(period: Moment | None) -> str:
    """Name a step of the slider.

    Examples
    --------
    >>> say_step(None), say_step(Moment(2019, 7))
    ('The whole time', 'July 2019')
    """
    return word("events_whole") if period is None else describe_date(period)


def write_headline(joined: JoinedTable, classed: ClassedActivity) -> str:
    """Say where most events are recorded, of the whole time and of all groups."""
    noun, counts = joined.gazetteer.noun, _count_units(classed)
    total, most = sum(counts.values()), max(counts.values(), default=0)
    if not most:
        return say(noun, "events_headline_none")
    names = [joined.gazetteer.units[code].name for code, number in counts.items() if number == most]
    if len(names) > MOST_NAMES:
        there = sum(number > 0 for number in counts.values())
        values = {"total": total, "n": there, "of": len(counts)}
        return say(noun, "events_headline_many", **{key: write_number(each) for key, each in values.items()})
    key = "events_headline" if len(names) == 1 else "events_headline_each"
    return word(key, units=join_names(names), n=write_number(most), total=write_number(total))


def write_summary(joined: JoinedTable, classed: ClassedActivity) -> str:
    """Say how many events are recorded in how many units: the same sentence as the script's, of the first view."""
    counts, when = _count_units(classed), say_span(classed.activity)
    there = write_number(sum(number > 0 for number in counts.values()))
    values = {"view": name_view(classed.activity, None), "n": write_number(sum(counts.values())), "places": there}
    key = "events_summary_when" if when else "events_summary"
    return say(joined.gazetteer.noun, key, **values, total=write_number(len(counts)), when=when)


def _count_units(classed: ClassedActivity) -> dict[str, int]:
    return {code: classed.find_sum(SumKey(None, code)).events for code in classed.units}


def count_undated(activity: Activity) -> int:
    """Count the events that stand in the whole time only, where single periods are shown."""
    if activity.by == "all":
        return 0
    return sum(count.events for count in activity.counts if count.group is None and count.period is None)


def list_class_notes(classed: ClassedActivity) -> list[str]:
    """List what a reader of the legend must know: how the classes came about, and what a rate is."""
    activity = classed.activity
    classes = [word("events_note_classes", method=word("breaks", classed.method))]
    classes += [word("events_note_groups")] if activity.groups else []
    classes += [word("events_note_periods")] if len(classed.steps) > 1 else []
    return [" ".join(classes), *([word_rate("events_note_rates")] if classed.people else [])]


def list_notes(joined: JoinedTable, classed: ClassedActivity) -> list[str]:
    """List what a reader of the figures must know: caution, span, what was left out, precision and sources."""
    activity, undated, span = classed.activity, count_undated(classed.activity), say_span(classed.activity)
    is_stated = any(count.deaths is not None for count in activity.counts)
    tally = say_tally(activity, joined.gazetteer.noun)
    lines = [
        word("events_caution"),
        word("events_note_span", when=span) if span else "",
        word("events_note_tally", items=tally) if tally else "",
        *(word("events_note_limit", limit=source.limit) for source in activity.sources if source.limit),
        NO_NOUN.fill(choose_form("events_note_undated", undated), n=write_number(undated)) if undated else "",
        word("events_note_gaps") if has_gaps(activity) else "",
        *_list_told(activity, joined.gazetteer.noun),
        word("events_note_each") if activity.groups else "",
        word("events_note_people") if classed.people and joined.gazetteer.file is None else "",
        word("events_note_deaths") if is_stated else "",
        *(word("events_note_source", source=say_source(source)) for source in activity.sources),
    ]
    return list(dict.fromkeys(filter(None, lines)))


def has_gaps(activity: Activity) -> bool:
    """Tell whether periods without an event are left out.

    Examples
    --------
    >>> years = Moment(2001), Moment(2003)
    >>> [has_gaps(Activity("t", "year", {}, (), each, (), {})) for each in (years, years[:1])]
    [True, False]
    """
    ends = [_number_period(period, activity.by) for period in (*activity.periods[:1], *activity.periods[-1:])]
    return bool(ends) and ends[-1] - ends[0] + 1 > len(activity.periods)


def _number_period(period: Moment, by: str) -> int:
    return {"year": period.year, "month": period.year * 12 + (period.month or 0)}.get(by, period.first.toordinal())


def _list_told(activity: Activity, noun: UnitNoun) -> list[str]:
    """Say how many events count just outside a unit, or in another than their source names."""
    return [
        noun.fill(choose_form("events_noted", number, key), n=write_number(number))
        for key in ("nearby", "differing") if (number := activity.notes.get(key, 0))
    ]  # fmt: skip


def say_tally(activity: Activity, noun: UnitNoun) -> str:
    """Say how many events were read, how many counted, and why others were not."""
    items = [
        word("events_tally", n=write_number(number), what=say(noun, "tally", key))
        for key, number in activity.tally.items()
        if number or key in ("read", "counted")
    ]
    return word("semicolon").join(items)


def say_source(source: EventSource) -> str:
    """Cite a source as it asks to be, with its licence; by its title where it asks for nothing."""
    licence = word("events_licence", licence=_end(source.licence)) if source.licence else ""
    return _join([word("stop", said=_end(source.citation or source.title)), licence])


def _end(text: str) -> str:
    return text.strip().rstrip(".")


def _join(said: Sequence[str]) -> str:
    return " ".join(filter(None, said))
