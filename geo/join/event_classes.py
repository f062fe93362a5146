"""Recorded events x units: sums by group, unit and period, rates by population, and the classes of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from geo.errors import PresenceError, Problem
from geo.join.class_breaks import Scale, break_values
from geo.model import Activity, EventCount, Moment, Unit

__all__ = ["PEOPLE", "ClassedActivity", "Classing", "Scales", "Sum", "SumKey", "class_activity", "rate_events"]

MOST_STEPS = 20_000

PEOPLE = 100_000
"""Persons that a rate speaks of."""


class SumKey(NamedTuple):
    """Of what a sum is: a group or any of them (None), a unit, and a period or the whole time (None)."""

    group: str | None
    unit: str
    period: Moment | None = None


class Sum(NamedTuple):
    """Recorded events, the deaths (persons) that they state, and between which figures these may lie.

    Deaths are None where none of them states any.
    """

    events: int = 0
    deaths: int | None = None
    low: int | None = None
    high: int | None = None


NOTHING = Sum()


class Classing(TypedDict, total=False):
    """How numbers are put into how many classes, by a method of `geo.join.class_breaks`, and what is shown first."""

    method: str
    classes: int
    measure: str


@dataclass(frozen=True)
class Scales:
    """Classes for the whole time, and those that all single periods share."""

    whole: Scale
    single: Scale

    def choose(self, period: Moment | None) -> Scale:
        """Return the classes for a period, or for the whole time (None)."""
        return self.whole if period is None else self.single


@dataclass(frozen=True, eq=False)
class ClassedActivity:
    """Recorded events, summed and classed."""

    activity: Activity
    units: tuple[str, ...]
    """Codes of all units of the map."""
    method: str
    """That of the classes, one of `geo.join.class_breaks.METHODS`."""
    sums: Mapping[SumKey, Sum]
    """Where at least one event is recorded."""
    left: Mapping[tuple[str, Moment | None], int]
    """By unit and period, or the whole time (None): events that lie there and do not count."""
    people: Mapping[str, int]
    """Settled persons by code, of the units whose population is known."""
    decimals: int
    """Of a printed rate: as many as show that the lowest is not nothing."""
    counts: Scales
    rates: Scales
    """In steps of the last printed decimal."""
    deaths: Scales
    measure: str = "events"
    """What is shown first: one of `geo.option_values.MEASURES`."""

    @property
    def states_deaths(self) -> bool:
        """Whether any event states deaths."""
        return any(count.deaths is not None for count in self.activity.counts)

    @property
    def groups(self) -> tuple[str | None, ...]:
        """Any of the groups (None), then each."""
        return None, *self.activity.groups

    @property
    def steps(self) -> tuple[Moment | None, ...]:
        """The whole time (None) and, where there are several, each period."""
        periods = self.activity.periods
        return None, *(periods if len(periods) > 1 else ())

    def find_sum(self, cell: SumKey) -> Sum:
        """Return what is recorded of a cell."""
        return self.sums.get(cell, NOTHING)

    def find_gap(self, cell: SumKey) -> str:
        """Tell why a cell has no number: events are ``left`` out, nothing is ``uncovered``, or ``none`` is recorded.

        Where events are recorded, none of them states ``deaths``.
        """
        if self.find_sum(cell).events:
            return "deaths"
        if self.left.get((cell.unit, cell.period)):
            return "left"
        return "uncovered" if self.activity.find_cover(cell.period) == "none" else "none"

    def find_rate(self, cell: SumKey) -> int | None:
        """Return events per 100,000 persons over the time of a cell, in steps of the last printed decimal."""
        people = self.people.get(cell.unit)
        return None if people is None else rate_events(self.find_sum(cell).events, people, self.decimals)

    def find_value(self, cell: SumKey, measure: str = "events") -> int | None:
        """Return the number of a cell: its ``events``, its ``deaths`` or its ``rate``, which may not be known."""
        found = self.find_sum(cell)
        return {"events": found.events, "deaths": found.deaths, "rate": self.find_rate(cell)}[measure]

    def find_class(self, cell: SumKey, measure: str = "events") -> int | None:
        """Return the place of a cell's class from 0; None where its number is nought or not known."""
        scales = {"events": self.counts, "deaths": self.deaths, "rate": self.rates}[measure]
        return scales.choose(cell.period).find_class(self.find_value(cell, measure) or 0)


def rate_events(events: int, people: int, decimals: int) -> int:
    """Return events per 100,000 persons in steps of the last of so many decimals, half a step upwards.

    Whole numbers, so that a page's script comes to the same to the last figure.

    Examples
    --------
    >>> rate_events(3, 5_029_850, 2)
    6
    """
    finest: int = PEOPLE * 10**decimals
    return (2 * events * finest + people) // (2 * people)


def class_activity(
    activity: Activity,
    units: Mapping[str, Unit],
    codes: Iterable[str] | None = None,
    *,
    method: str = "fisher-jenks",
    classes: int = 5,
    measure: str = "events",
) -> ClassedActivity:
    """Sum and class recorded events on some units of the gazetteer, all of them without ``codes``.

    One set of classes is for the whole time and one for every single period, both over all groups together, so that
    a colour means the same whichever of them is shown. A `PresenceError` says that mapclassify is missing or knows no
    such method, that a unit is not on the map, or that periods are too many for a slider.

    Examples
    --------
    >>> units = {"AF-KAB": Unit("AF-KAB", "", "", "Kabul", "", population=5_029_850)}
    >>> counts = (EventCount(None, "AF-KAB", Moment(2019), 3, 4), EventCount(None, "AF-KAB", None, 2))
    >>> years = (Moment(2019), Moment(2020))
    >>> classed = class_activity(Activity("Events", "year", {}, counts, years, (), {}), units)
    >>> classed.find_sum(SumKey(None, "AF-KAB")), classed.find_sum(SumKey(None, "AF-KAB", Moment(2019)))
    (Sum(events=5, deaths=4, low=4, high=4), Sum(events=3, deaths=4, low=4, high=4))
    >>> classed.find_rate(SumKey(None, "AF-KAB")), classed.decimals, classed.rates.whole
    (10, 2, Scale(uppers=(10,)))
    """
    known = tuple(units if codes is None else codes)
    _check_units(activity.counts, known)
    if len(activity.periods) > MOST_STEPS:
        what = f"{len(activity.periods):,} periods with events are more than a slider can hold"
        raise PresenceError([Problem("events", what, "a longer period, such as --by month, or no map: --to counts")])
    sums = _sum_cells(activity)
    people = {code: units[code].population or 0 for code in known if code in units}
    people = {code: number for code, number in people.items() if number > 0}
    decimals = _choose_decimals(sums, people)
    scales: list[Scales] = []
    for kind in ("events", "rate", "deaths"):
        values: tuple[list[int], list[int]] = [], []
        for cell, found in sums.items():
            if kind != "rate":
                values[cell.period is not None].append(found.events if kind == "events" else found.deaths or 0)
            elif cell.unit in people:
                values[cell.period is not None].append(rate_events(found.events, people[cell.unit], decimals))
        scales.append(Scales(*(break_values([*filter(None, each)], method, classes) for each in values)))
    return ClassedActivity(
        activity, known, method, sums, _sum_left(activity), people, decimals, scales[0], scales[1], scales[2], measure
    )


def _check_units(counts: Iterable[EventCount], known: tuple[str, ...]) -> None:
    if unknown := sorted({count.unit for count in counts} - set(known)):
        what = f"events are counted in {', '.join(map(repr, unknown))}, which the map does not have"
        raise PresenceError([Problem("events", what, "units of the same boundaries")])


def _sum_cells(activity: Activity) -> dict[SumKey, Sum]:
    """Add up counts for the whole time and, where there are several, for each period."""
    several = len(activity.periods) > 1
    sums: dict[SumKey, Sum] = {}
    for count in activity.counts:
        if count.events <= 0:
            continue
        for period in dict.fromkeys((None, count.period if several else None)):
            cell = SumKey(count.group, count.unit, period)
            before = sums.get(cell, NOTHING)
            ends = (count.deaths, count.deaths if count.low is None else count.low,
                    count.deaths if count.high is None else count.high)  # fmt: skip
            more = ((old or 0) + new if new is not None else old for old, new in zip(before[1:], ends, strict=True))
            sums[cell] = Sum(before.events + count.events, *more)
    return sums


def _sum_left(activity: Activity) -> dict[tuple[str, Moment | None], int]:
    """Add up what is left out, as counts are."""
    several = len(activity.periods) > 1
    sums: dict[tuple[str, Moment | None], int] = {}
    for each in activity.left_out:
        for period in dict.fromkeys((None, each.period if several else None)):
            sums[each.unit, period] = sums.get((each.unit, period), 0) + each.events
    return sums


def _choose_decimals(sums: Mapping[SumKey, Sum], people: Mapping[str, int]) -> int:
    cells = [(found.events, people[cell.unit]) for cell, found in sums.items() if cell.unit in people]
    decimals = 1
    while any(events * PEOPLE * 10**decimals < number for events, number in cells):
        decimals += 1
    return decimals
