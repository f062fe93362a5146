"""What the page of recorded events says of them: "recorded", and nothing about presence but that it does not follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedUnits
from geo.draw.wording.presence import describe_period
from geo.join.event_classes import PEOPLE, ClassedActivity, Sum, SumKey
from geo.model import Activity, EventSource, Gazetteer, Moment, Period

__all__ = [
    "count_undated", "find_people", "has_gaps", "list_class_notes", "list_notes", "name_view", "say_coverage",
    "say_days", "say_source", "say_span", "say_step", "say_tally", "word_rate", "write_deaths", "write_headline",
    "write_rate", "write_summary",
]  # fmt: skip

MOST_NAMES = 4
HEADLINES = {
    "events": ("events_headline_none", "events_headline", "events_headline_each", "events_headline_many"),
    "deaths": (
        "events_headline_no_deaths", "events_headline_deaths", "events_headline_each_deaths",
        "events_headline_many_deaths",
    ),
}  # fmt: skip
"""Of each measure: where nothing is recorded or stated; the most in one unit, in several, in many."""


def name_view(phrases: Catalogue, activity: Activity, group: str | None) -> str:
    """Say whose events a view shows.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> name_view(phrases, Activity("t", "all", {}, (), (), (), {}), None)
    'All events'
    """
    if group is not None:
        return activity.groups[group]
    return phrases.say("events_any" if activity.groups else "events_all")


def word_rate(phrases: Catalogue, key: str) -> str:
    """Say a phrase that speaks of the people of a rate."""
    return phrases.say(key, people=phrases.write_number(PEOPLE))


def write_rate(phrases: Catalogue, rate: int, decimals: int) -> str:
    """Write a rate that is given in steps of its last decimal.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> write_rate(phrases, 1205, 2)
    '12.05'
    """
    return phrases.write_fixed(rate / 10**decimals, decimals)


def write_deaths(phrases: Catalogue, found: Sum) -> str:
    """Write the deaths that events state, and between which figures they may lie where that is more than one.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> write_deaths(phrases, Sum(3, 12, 8, 20)), write_deaths(phrases, Sum(3, 12, 12, 12))
    ('12 (8 to 20)', '12')
    """
    low, best, high = (phrases.write_number(each or 0) for each in (found.low, found.deaths, found.high))
    return best if low == best == high else phrases.say("events_range", n=best, low=low, high=high)


def say_span(phrases: Catalogue, activity: Activity) -> str:
    """Say from when to when: the time asked for, or that of the periods in which an event is recorded."""
    if activity.since or activity.until:
        return describe_period(phrases, Period(activity.since, activity.until))
    periods = activity.periods
    return say_days(phrases, periods[0].first, periods[-1].last) if periods else ""


def say_days(phrases: Catalogue, first: date, last: date) -> str:
    """Say from which day to which: by years or months where these are whole.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> days = date(2019, 1, 1), date(2020, 12, 31), date(2020, 6, 30), date(2020, 6, 3)
    >>> [say_days(read_catalogue("en"), days[0], last) for last in days[1:]]
    ['2019 to 2020', 'January 2019 to June 2020', '1 January 2019 to 3 June 2020']
    """
    ends = [Moment(day.year, day.month, day.day) for day in (first, last)]
    for width in (2, 1):
        wide = [Moment(*(day.year, day.month)[:width]) for day in (first, last)]
        if wide[0].first == first and wide[1].last == last:
            ends = wide
    return describe_period(phrases, Period(*ends))


def say_coverage(phrases: Catalogue, activity: Activity) -> str:
    """Say what time the files cover, and how that is known.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> from geo.model import Coverage
    >>> coverage = Coverage(((date(2019, 1, 1), date(2020, 12, 31)),), "year")
    >>> say_coverage(read_catalogue("en"), Activity("t", "year", {}, (), (), (), {}, coverage=coverage))
    'The files cover whole years, by the rule of the collection: 2019 to 2020.'
    """
    if activity.coverage is None:
        return phrases.say("events_cover_unknown")
    spans = [say_days(phrases, *span) for span in activity.coverage.spans]
    return phrases.say("events_cover", activity.coverage.basis, when=phrases.say("semicolon").join(spans))


def say_step(phrases: Catalogue, period: Moment | None) -> str:
    """Name a step of the slider.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> say_step(phrases, None), say_step(phrases, Moment(2019, 7))
    ('The whole time', 'July 2019')
    """
    return phrases.say("events_whole") if period is None else phrases.write_date(period)


def write_headline(drawn: LocalisedUnits, classed: ClassedActivity) -> str:
    """Say where most events are recorded, of the whole time and of all groups."""
    phrases = drawn.phrases
    none, one, several, many = HEADLINES[classed.measure]
    counts = _count_units(classed, classed.measure)
    total, most = sum(counts.values()), max(counts.values(), default=0)
    if not most:
        return phrases.say(none)
    names = [drawn.gazetteer.units[code].name for code, number in counts.items() if number == most]
    if len(names) > MOST_NAMES:
        there = sum(number > 0 for number in counts.values())
        values = {"total": total, "n": there, "of": len(counts)}
        return phrases.say(many, **{key: phrases.write_number(number) for key, number in values.items()})
    return phrases.say(
        one if len(names) == 1 else several,
        units=phrases.join_names(names),
        n=phrases.write_number(most),
        total=phrases.write_number(total),
    )


def write_summary(drawn: LocalisedUnits, classed: ClassedActivity) -> str:
    """Say how many events are recorded in how many units: the same sentence as the script's, of the first view."""
    phrases = drawn.phrases
    counts, when = _count_units(classed), say_span(phrases, classed.activity)
    there = phrases.write_number(sum(number > 0 for number in counts.values()))
    values = {
        "view": name_view(phrases, classed.activity, None),
        "n": phrases.write_number(sum(counts.values())),
        "places": there,
    }
    key = "events_summary_when" if when else "events_summary"
    said = phrases.say(key, **values, total=phrases.write_number(len(counts)), when=when)
    return _join([said, phrases.say("events_summary_part") if classed.activity.find_cover(None) == "part" else ""])


def _count_units(classed: ClassedActivity, measure: str = "events") -> dict[str, int]:
    return {code: classed.find_value(SumKey(None, code), measure) or 0 for code in classed.units}


def count_undated(activity: Activity) -> int:
    """Count the events that stand in the whole time only, where single periods are shown."""
    if activity.by == "all":
        return 0
    return sum(count.events for count in activity.counts if count.group is None and count.period is None)


def list_class_notes(phrases: Catalogue, classed: ClassedActivity) -> list[str]:
    """List what a reader of the legend must know: how the classes came about, and what a rate is."""
    activity = classed.activity
    classes = [phrases.say("events_note_classes", method=phrases.say("breaks", classed.method))]
    classes += [phrases.say("events_note_groups")] if activity.groups else []
    classes += [phrases.say("events_note_periods")] if len(classed.steps) > 1 else []
    return [" ".join(classes), *([word_rate(phrases, "events_note_rates")] if classed.people else [])]


def list_notes(drawn: LocalisedUnits, classed: ClassedActivity) -> list[str]:
    """List what a reader of the figures must know: caution, span, what was left out, precision and sources."""
    phrases = drawn.phrases
    activity, undated, span = (
        classed.activity,
        count_undated(classed.activity),
        say_span(phrases, classed.activity),
    )
    is_stated = any(count.deaths is not None for count in activity.counts)
    tally = say_tally(phrases, activity)
    lines = [
        phrases.say("events_caution"),
        phrases.say("events_note_span", when=span) if span else "",
        say_coverage(phrases, activity),
        phrases.say("events_note_tally", items=tally) if tally else "",
        *(phrases.say("events_note_limit", limit=source.limit) for source in activity.sources if source.limit),
        phrases.say_count("events_note_undated", undated) if undated else "",
        phrases.say("events_note_gaps") if has_gaps(activity) else "",
        phrases.say("events_note_types", types=phrases.join_names(activity.types)) if activity.types else "",
        phrases.say("events_note_left") if activity.left_out else "",
        *_list_told(phrases, activity),
        phrases.say("events_note_each") if activity.groups else "",
        phrases.say("events_note_people")
        if classed.people and drawn.gazetteer.file is None and not activity.people
        else "",
        phrases.say("events_note_people_own", file=activity.people) if classed.people and activity.people else "",
        phrases.say("events_note_deaths") if is_stated else "",
        *(
            phrases.say("events_deaths_of", source.id)
            for source in activity.sources
            if is_stated and source.id in ("ucdp-ged", "acled")
        ),
        *(phrases.say("events_note_source", source=say_source(phrases, source)) for source in activity.sources),
    ]
    return list(dict.fromkeys(filter(None, lines)))


def find_people(gazetteer: Gazetteer, activity: Activity) -> str:
    """Find the phrase that says whose population rates are of."""
    if activity.people:
        return "events_people_own"
    return "events_people" if gazetteer.file is None else "events_people_given"


def has_gaps(activity: Activity) -> bool:
    """Tell whether periods without an event are left out.

    Examples
    --------
    >>> years = Moment(2001), Moment(2003)
    >>> [has_gaps(Activity("t", "year", {}, (), each, (), {})) for each in (years, years[:1])]
    [True, False]
    """
    return any(after.first - before.last > timedelta(1) for before, after in pairwise(activity.periods))


def _list_told(phrases: Catalogue, activity: Activity) -> list[str]:
    """Say how many events count just outside a unit, or in another than their source names."""
    return [
        phrases.say_count("events_noted", number, key)
        for key in ("nearby", "differing") if (number := activity.notes.get(key, 0))
    ]  # fmt: skip


def say_tally(phrases: Catalogue, activity: Activity) -> str:
    """Say how many events were read, how many counted, and why others were not."""
    items = [
        phrases.say("events_tally", n=phrases.write_number(number), what=phrases.say("tally", key))
        for key, number in activity.tally.items()
        if number or key in ("read", "counted")
    ]
    return phrases.say("semicolon").join(items)


def say_source(phrases: Catalogue, source: EventSource) -> str:
    """Cite a source as it asks to be, with its licence; by its title where it asks for nothing."""
    licence = phrases.say("events_licence", licence=_end(source.licence)) if source.licence else ""
    return _join([phrases.say("stop", said=_end(source.citation or source.title)), licence])


def _end(text: str) -> str:
    return text.strip().rstrip(".")


def _join(said: Sequence[str]) -> str:
    return " ".join(filter(None, said))
