"""Steps in time at which what a table says changes, and which records stand at each of them.

By publication a step is what could have been drawn on that day, the same as a map ``--as-of`` it: records gather, and
are out of date once the validity of their level has gone by. By observation a step is what is now reported of that day:
a record stands from the beginning of what was observed to its end and, where its level has a validity, as long after.
Nothing is made up between two steps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate

from geo.join.filters import (
    Choices,
    find_earliest,
    find_last_known,
    find_last_known_day,
    find_units,
    is_stale,
    select_records,
)
from geo.join.footprints import find_root, passes_level
from geo.join.joined_table import JoinedTable, join_presence
from geo.model import Claim, Evidence, Moment, Record, Table

__all__ = [
    "RecordSpan", "StepChange", "StepCount", "Timeline", "add_all", "count_speaking", "count_units", "find_changes",
    "find_first_step", "find_oldest_at", "find_steps", "join_step", "take_step",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordSpan:
    """From which step on a record stands, is out of date, and stands no more; the number of steps means never."""

    first: int
    stale: int
    gone: int


@dataclass(frozen=True)
class Timeline:
    """The steps of a table and the stay of each of its records; a record that nobody can date has none.

    A step begins with the last day that its moment may mean where it is one of publication, else with the first.
    """

    by: str
    """One of `geo.option_values.STEPS_BY`."""
    steps: tuple[Moment, ...]
    """Days, months or years, in order."""
    stays: tuple[RecordSpan | None, ...]
    """One a record."""
    with_all: bool = False
    """Whether one step more follows the last, at which every record stands, those that nobody can date as well."""

    @property
    def undated(self) -> int:
        """How many records stand at no step."""
        return self.stays.count(None)


def find_steps(table: Table, by: str = "published") -> Timeline:
    """Find the steps of a table, by one of `geo.option_values.STEPS_BY`.

    Examples
    --------
    >>> from geo.model import Evidence, Level, Place, Source
    >>> sources = {key: Source(key, key, date=day) for key, day in (("a", Moment(2020, 7)), ("b", Moment(2021)))}
    >>> records = tuple(Record(("g",), Place("in", ("K",)), "l", Evidence(key)) for key in "ab")
    >>> found = find_steps(Table("t", {"l": Level("l", "L")}, sources, {}, records, ()))
    >>> [str(step) for step in found.steps], found.stays[1].first
    (['2020-07', '2021'], 1)
    """
    find = _find_published if by == "published" else _find_observed
    extents = [find(record, table) for record in table.records]
    begins = [extent.begin for extent in extents if extent]
    limit = max([*(day for day, _ in begins), *([table.as_of.last] if table.as_of else [])], default=date.max)
    days: dict[date, Moment] = {}
    for day, moment in sorted(begins, key=lambda begin: (begin[0], _precision(begin[1]))):
        days[day] = moment
    for extent in filter(None, extents):
        for end in (extent.stale, extent.gone):
            # What was out of date before it was published grows old at no step.
            if end and extent.begin[0] < end <= limit:
                days.setdefault(end, Moment(end.year, end.month, end.day))
    order = sorted(days)

    def place(extent: _Extent | None) -> RecordSpan | None:
        if extent is None or not order:
            return None
        first = 0 if extent.is_open else bisect_left(order, extent.begin[0])
        stale, gone = (bisect_left(order, day) if day else len(order) for day in (extent.stale, extent.gone))
        return RecordSpan(first, max(first, stale), gone)

    return Timeline(by, tuple(days[day] for day in order), tuple(map(place, extents)))


def add_all(timeline: Timeline, table: Table) -> Timeline:
    """Add a step at which the table is shown as it is, whether its records have a date or not."""
    last = len(timeline.steps)

    def stay_on(stay: RecordSpan | None, is_old: bool) -> RecordSpan:
        first = stay.first if stay else last
        stale = stay.stale if stay and stay.stale < last else last if is_old else last + 1
        return RecordSpan(first, max(first, stale), last + 1)

    olds = (is_stale(record, table) for record in table.records)
    return replace(timeline, stays=tuple(map(stay_on, timeline.stays, olds)), with_all=True)


@dataclass(frozen=True)
class _Extent:
    """The day from which a record stands, with the moment it is called by; those from which it is old, and gone.

    Where the beginning is open it stands from the first step of all, and surely at that of its end.
    """

    begin: tuple[date, Moment]
    stale: date | None = None
    gone: date | None = None
    is_open: bool = False


def find_first_step(evidence: Evidence, table: Table, timeline: Timeline) -> int:
    """Find from which step on what stands beside records is said, as a record with this evidence would stand.

    What nobody can date is said at each step, what is dated later than all of them at the last.

    Examples
    --------
    >>> from geo.model import Source
    >>> table = Table("t", {}, {"a": Source("a", "A", date=Moment(2021))}, {}, (), ())
    >>> timeline = Timeline("published", (Moment(2020), Moment(2021)), ())
    >>> find_first_step(Evidence("a"), table, timeline), find_first_step(Evidence(), table, timeline)
    (1, 0)
    """
    published = table.sources[evidence.source].date if evidence.source else None
    start = evidence.observed.start if evidence.observed else None
    if timeline.by == "published":
        days = [step.last for step in timeline.steps]
        known = max(published.last, start.first if start else date.min) if published else None
    else:
        days = [step.first for step in timeline.steps]
        known = start.first if start else published.first if published and not evidence.observed else None
    last = len(days) - (not timeline.with_all)
    return min(bisect_left(days, known), last) if known else 0


def _precision(moment: Moment) -> int:
    return (moment.month is not None) + (moment.day is not None)


def _find_published(record: Record, table: Table) -> _Extent | None:
    evidence = record.evidence
    published = table.sources[evidence.source].date if evidence.source else None
    if published is None:
        return None
    begin = published.last, published
    if evidence.observed and evidence.observed.start and evidence.observed.start.first > published.last:
        day = evidence.observed.start.first
        begin = day, Moment(day.year, day.month, day.day)
    reference, valid_for = find_last_known_day(record, table), table.levels[record.level].valid_for
    return _Extent(begin, _day_after(valid_for.end(reference)) if valid_for and reference else None)


def _find_observed(record: Record, table: Table) -> _Extent | None:
    observed, source = record.evidence.observed, record.evidence.source
    published = table.sources[source].date if source else None
    start, end = (observed.start, observed.end) if observed else (published, published)
    known = start or end
    if known is None:
        return None
    valid_for = table.levels[record.level].valid_for
    last = end and (valid_for.end(end.last) if valid_for else end.last)
    return _Extent((known.first, known), gone=_day_after(last) if last else None, is_open=start is None)


def _day_after(day: date) -> date | None:
    return day + timedelta(1) if day < date.max else None


def take_step(table: Table, timeline: Timeline, step: int) -> Table:
    """Return what a table holds at a step: the records that stand there, and those alone, as of the step's moment."""
    moment = timeline.steps[step]
    if timeline.by == "published":
        return select_records(table, Choices(as_of=moment)).table
    kept = [index for index, stay in enumerate(timeline.stays) if stay and stay.first <= step < stay.gone]
    place = {index: new for new, index in enumerate(kept)}
    claims = (Claim(claim.group, claim.unit, place[claim.record]) for claim in table.claims if claim.record in place)
    # The end of validity is the end of the stay: nothing that stands is out of date.
    levels = {key: replace(level, valid_for=None) for key, level in table.levels.items()}
    records = tuple(table.records[index] for index in kept)
    return replace(table, records=records, claims=tuple(claims), levels=levels, as_of=moment)


def join_step(joined: JoinedTable, timeline: Timeline, step: int) -> JoinedTable:
    """Join what a table holds at a step; colours and what the choices left out stay those of the whole.

    The step is an index of ``timeline.steps``.
    """
    asked = Choices(joined.choices.level, joined.choices.groups, joined.choices.roll_up, joined.choices.language)
    table = take_step(joined.table, timeline, step % len(timeline.steps))
    left_out = find_left_out(joined, timeline)
    at = join_presence(table, joined.gazetteer, joined.units[["geometry"]], asked, left_out)
    report = replace(at.report, hidden=joined.report.hidden)
    return replace(at, whole=joined.whole, choices=joined.choices, report=report)


def find_left_out(joined: JoinedTable, timeline: Timeline) -> frozenset[str]:
    """Return the units of records that stand at no step, and of those that the choices leave out."""
    return joined.left_out | find_units(joined.table, {at for at, stay in enumerate(timeline.stays) if stay is None})


@dataclass(frozen=True, slots=True)
class StepChange:
    """What a step changes: how many records begin to stand there, grow old, and stand no more.

    Where none begins, nothing is newly reported: fewer units are named then because time goes by.
    """

    begun: int
    aged: int
    ended: int


def find_changes(timeline: Timeline) -> tuple[StepChange, ...]:
    """Find what each of the ``steps`` changes; a record that is out of date from the beginning does not grow old.

    Examples
    --------
    >>> find_changes(Timeline("published", (Moment(2020), Moment(2021)), (RecordSpan(0, 1, 2), RecordSpan(0, 0, 2))))
    (StepChange(begun=2, aged=0, ended=0), StepChange(begun=0, aged=1, ended=0))
    """
    stays = [stay for stay in timeline.stays if stay]
    begun = Counter(stay.first for stay in stays)
    aged = Counter(stay.stale for stay in stays if stay.first < stay.stale < stay.gone)
    ended = Counter(stay.gone for stay in stays)
    return tuple(StepChange(begun[place], aged[place], ended[place]) for place in range(len(timeline.steps)))


def find_oldest_at(table: Table, timeline: Timeline) -> tuple[Moment | None, ...]:
    """Find what `find_oldest` finds, at each of the ``steps``; nothing by observation, where no step is a day of it.

    Examples
    --------
    >>> find_oldest_at(Table("empty", {}, {}, {}, (), ()), Timeline("published", (Moment(2020),), ()))
    (None,)
    """
    known: dict[int, list[Moment]] = {}
    for record, stay in zip(table.records, timeline.stays, strict=True):
        if stay and timeline.by == "published" and not table.levels[record.level].valid_for:
            known.setdefault(stay.first, []).extend(filter(None, [find_last_known(record, table)]))
    oldest, found = None, []
    for place, step in enumerate(timeline.steps):
        oldest = find_earliest([*known.get(place, ()), *([oldest] if oldest else [])])
        found.append(oldest if oldest and oldest.last < step.first else None)
    return tuple(found)


def count_speaking(table: Table, timeline: Timeline) -> tuple[int, ...]:
    """Count at each of the ``steps`` the sources of which a record stands that is not out of date: how many speak.

    Examples
    --------
    >>> from geo.model import Evidence, Level, Place, Source
    >>> sources = {key: Source(key, key, date=day) for key, day in (("a", Moment(2020, 7)), ("b", Moment(2021)))}
    >>> records = tuple(Record(("g",), Place("in", ("K",)), "l", Evidence(key)) for key in "ab")
    >>> table = Table("t", {"l": Level("l", "L")}, sources, {}, records, ())
    >>> count_speaking(table, find_steps(table))
    (1, 2)
    """
    number, spans = len(timeline.steps), dict[str, set[_Steps]]()
    for record, stay in zip(table.records, timeline.stays, strict=True):
        if record.evidence.source and (fresh := _find_fresh(stay, number)):
            spans.setdefault(record.evidence.source, set()).add(fresh)
    return tuple(_count_united(spans.values(), number)) if number else ()


@dataclass(frozen=True, slots=True)
class StepCount:
    """In how many units a group is named at a step, and of how many others only records speak that are out of date.

    ``named`` is None where no located record of the group stands that is not out of date: that is a gap in what is
    reported, not a nought.
    """

    named: int | None
    old: int = 0


def count_units(table: Table, timeline: Timeline, choices: Choices) -> Mapping[str, tuple[StepCount, ...]]:
    """Count the units of each group at each step, also of one that nobody can date, in the table's order.

    Of the choices, ``level`` and ``roll_up`` are honoured.
    """
    chosen = table.levels[choices.level] if choices.level else None
    number = len(timeline.steps)
    stays: dict[str, _Stays] = {}
    for claim in table.claims:
        record, stay = table.records[claim.record], timeline.stays[claim.record]
        by_name, level = record.place.kind == "in", table.levels[record.level]
        is_present = record.finding == "present" and not level.is_capability
        if claim.unit is None or not (is_present or by_name):
            continue
        group = find_root(table, claim.group) if choices.roll_up else claim.group
        each = stays.setdefault(group, _Stays())
        if is_present and not passes_level(level, chosen):
            continue
        if fresh := _find_fresh(stay, number):
            each.fresh.add(fresh)
            if is_present and by_name:
                each.named.setdefault(claim.unit, set()).add(fresh)
            if not level.is_capability:
                each.known.setdefault(claim.unit, set()).add(fresh)
        if is_present and (old := _find_old(stay, number)):
            each.old.setdefault(claim.unit, set()).add(old)
    return {group: tuple(stays[group].count(number)) for group in table.groups if group in stays}


_Steps = tuple[int, int]
"""The first step, and the one after the last."""


def _find_fresh(stay: RecordSpan | None, number: int) -> _Steps | None:
    """Find at which steps a record stands and is not out of date."""
    steps = (stay.first, min(stay.stale, stay.gone, number)) if stay else (0, 0)
    return steps if steps[0] < steps[1] else None


def _find_old(stay: RecordSpan | None, number: int) -> _Steps | None:
    """Find at which steps a record stands and is out of date."""
    steps = (stay.stale, min(stay.gone, number)) if stay else (0, 0)
    return steps if steps[0] < steps[1] else None


@dataclass(frozen=True, slots=True)
class _Stays:
    """When records of one group stand: any that are not out of date, and by unit those that name it, those that know
    of it, be it by its region or what was not found there, and those that are out of date.
    """

    fresh: set[_Steps] = field(default_factory=set)
    named: dict[str, set[_Steps]] = field(default_factory=dict)
    known: dict[str, set[_Steps]] = field(default_factory=dict)
    old: dict[str, set[_Steps]] = field(default_factory=dict)

    def count(self, number: int) -> Iterator[StepCount]:
        known = [self.known.get(unit, set()) for unit in self.old]
        told = [each | others for each, others in zip(self.old.values(), known, strict=True)]
        columns = (_count_united(sets, number) for sets in ([self.fresh], self.named.values(), told, known))
        for stands, named, spoken_of, better_known in zip(*columns, strict=True):
            yield StepCount(named if stands else None, spoken_of - better_known)


def _count_united(sets: Iterable[Iterable[_Steps]], number: int) -> Iterator[int]:
    """Count at each step the sets that hold it, by their ends alone: there may be as many steps as records."""
    changes = [0] * (number + 1)
    for each in sets:
        reached = 0
        for first, end in sorted(each):
            if end > reached:
                changes[max(first, reached)] += 1
                changes[end] -= 1
                reached = end
    return accumulate(changes[:-1])
