"""What of a table counts: records published by a day, and above chosen grades; which of them are out of date.

A record is placed in time by its publication, the date of its source, so that a map as of a day is the one that could
have been drawn on it. Whatever may mean several days counts only where all of them do: ``2020`` was published by
31 December 2020, not by 30 June.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from geo.model import Claim, Evidence, Moment, Record, Relation, Span, Statement, Strength, Table
from geo.option_values import CONFIDENCE

__all__ = [
    "Choices",
    "Selection",
    "find_earliest",
    "find_last_known",
    "find_last_known_day",
    "find_oldest",
    "find_units",
    "is_stale",
    "is_two_years_old",
    "select_records",
]


@dataclass(frozen=True)
class Choices:
    """What the user asked to see.

    Parameters
    ----------
    level : str, optional
        Id of a level: with a rank, claims at or above it count; without, only claims at that level.
    groups : tuple of str, optional
        Ids of the groups shown; None shows all.
    roll_up : bool
        Count a group's claims as those of the group it is part of, all the way up.
    language : str
        Of the page: ``"en"``, ``"fa"`` (Dari) or ``"ps"`` (Pashto).
    as_of : Moment, optional
        Take only what was published by then; the table's ``as_of`` without.
    basis : tuple of str
        Take only records of one of these; all where empty.
    confidence : str, optional
        Take only records in which the analyst has at least this confidence.
    grade : str, optional
        Take only records graded at least so: the letter of the source, the digit of the item, or both (``"B"``,
        ``"3"``, ``"B3"``).
    count : str
        What a choropleth counts: ``"groups"``, or the independent ``"sources"`` that name any of them.
    """

    level: str | None = None
    groups: tuple[str, ...] | None = None
    roll_up: bool = False
    language: str = "en"
    as_of: Moment | None = None
    basis: tuple[str, ...] = ()
    confidence: str | None = None
    grade: str | None = None
    count: str = "groups"


@dataclass(frozen=True)
class Selection:
    """What counts of a table, and how many of its records were left out, by reason.

    Reasons, of which a record has the first that applies: ``later`` (published after the day), ``undated`` (nobody
    knows when), ``ahead`` (observed after the day), ``basis``, ``confidence``, ``unsure`` (no confidence is given),
    ``grade``, ``ungraded``. ``kept`` are the indexes, in the whole table, of the records that count. ``left_out`` are
    the units of the others but for ``later`` and ``ahead``: on no day of the map is it true that no record names them.
    """

    table: Table
    hidden: Mapping[str, int] = field(default_factory=dict)
    kept: Sequence[int] = ()
    left_out: frozenset[str] = frozenset()


def select_records(table: Table, choices: Choices) -> Selection:
    """Take what counts of a table: its records and, by the same day, strengths, statements and ties.

    Where nothing is to be left out, that is the table itself.

    Examples
    --------
    >>> select_records(Table("empty", {}, {}, {}, (), ()), Choices(confidence="high")).hidden
    {}
    """
    if not (choices.as_of or choices.basis or choices.confidence or choices.grade):
        return Selection(table, kept=range(len(table.records)))
    reasons = [_find_reason(record, table, choices) for record in table.records]
    kept = [index for index, reason in enumerate(reasons) if reason is None]
    place = {index: new for new, index in enumerate(kept)}
    claims = (Claim(claim.group, claim.unit, place[claim.record]) for claim in table.claims if claim.record in place)
    selected = replace(
        table, records=tuple(table.records[index] for index in kept), claims=tuple(claims),
        as_of=choices.as_of or table.as_of,
    )  # fmt: skip
    if choices.as_of:
        selected = _drop_later(selected, choices.as_of)
    aside = {index for index, reason in enumerate(reasons) if reason not in (None, "later", "ahead")}
    hidden = dict(sorted(Counter(reason for reason in reasons if reason).items()))
    return Selection(selected, hidden, kept, find_units(table, aside))


def find_units(table: Table, records: Collection[int]) -> frozenset[str]:
    """Return the codes of the units that some of a table's records name, or hold in their regions."""
    return frozenset(claim.unit for claim in table.claims if claim.unit and claim.record in records)


def _find_reason(record: Record, table: Table, choices: Choices) -> str | None:
    """Say why a record is left out; None where it counts."""
    evidence = record.evidence
    reason = _find_time_reason(evidence, table, choices.as_of) if choices.as_of else None
    if reason:
        return reason
    if choices.basis and evidence.basis not in choices.basis:
        return "basis"
    if choices.confidence:
        if evidence.confidence is None:
            return "unsure"
        if CONFIDENCE.index(evidence.confidence) < CONFIDENCE.index(choices.confidence):
            return "confidence"
    return _find_grade_reason(evidence, table, choices.grade) if choices.grade else None


def _find_time_reason(evidence: Evidence, table: Table, day: Moment) -> str | None:
    published = table.sources[evidence.source].date if evidence.source else None
    if published is None:
        return "undated"
    if published.last > day.last:
        return "later"
    observed = evidence.observed
    return "ahead" if observed and observed.start and observed.start.first > day.last else None


def _find_grade_reason(evidence: Evidence, table: Table, wanted: str) -> str | None:
    """Compare letters and digits each with their own kind; F and 6 mean that nobody can say, which is not "worse"."""
    given = {
        "letter": table.sources[evidence.source].grade if evidence.source else None,
        "digit": evidence.grade,
    }
    asked = {"letter" if sign.isalpha() else "digit": sign for sign in wanted}
    found = [(given[kind], sign) for kind, sign in asked.items()]
    if any(grade in (None, "F", "6") for grade, _ in found):
        return "ungraded"
    return "grade" if any(grade is not None and grade > sign for grade, sign in found) else None


def _drop_later(table: Table, day: Moment) -> Table:
    def counts(said: Strength | Statement | Relation) -> bool:
        return _find_time_reason(said.evidence, table, day) is None

    groups = {
        key: replace(
            group,
            strengths=tuple(filter(counts, group.strengths)),
            statements=tuple(filter(counts, group.statements)),
        )
        for key, group in table.groups.items()
    }
    return replace(table, groups=groups, relations=tuple(filter(counts, table.relations)))


def find_last_known_day(record: Record, table: Table) -> date | None:
    """Return the day by which a record was last known to hold: the end of what was observed, else its publication.

    Examples
    --------
    >>> from geo.model import Period, Place, Source
    >>> table = Table("t", {}, {"s": Source("s", "S", date=Moment(2021))}, {}, (), ())
    >>> seen = Evidence("s", observed=Period(Moment(2019), Moment(2020, 2)))
    >>> find_last_known_day(Record(("a",), Place("in"), "l", seen), table)
    datetime.date(2020, 2, 29)
    >>> find_last_known_day(Record(("a",), Place("in"), "l", Evidence("s")), table)
    datetime.date(2021, 12, 31)
    """
    moment = find_last_known(record, table)
    return moment.last if moment else None


def find_last_known(record: Record, table: Table) -> Moment | None:
    """Return the same as precisely as it is known."""
    observed, source = record.evidence.observed, record.evidence.source
    end = observed.end if observed else None
    published = table.sources[source].date if source else None
    return end or published


def find_oldest(table: Table) -> Moment | None:
    """Return when the oldest of the records was last known to hold that no rule makes old: their level has no validity.

    None where that is not before the day of the table.

    Examples
    --------
    >>> from geo.model import Level, Place, Source
    >>> sources = {"s": Source("s", "S", date=Moment(2019, 5))}
    >>> record = Record(("a",), Place("in", ("x",)), "l", Evidence("s"))
    >>> table = Table("t", {"l": Level("l", "L")}, sources, {}, (record,), (), as_of=Moment(2020))
    >>> str(find_oldest(table)), find_oldest(replace(table, as_of=Moment(2019)))
    ('2019-05', None)
    """
    lasting = (record for record in table.records if not table.levels[record.level].valid_for)
    known = filter(None, (find_last_known(record, table) for record in lasting))
    oldest = find_earliest(known)
    return oldest if oldest and table.as_of and oldest.last < table.as_of.first else None


def find_earliest(moments: Iterable[Moment]) -> Moment | None:
    """Return the moment that ends first; of several the one that begins first."""
    return min(moments, key=lambda moment: (moment.last, moment.first), default=None)


OLD = Span(months=24)
"""After this a claim is old where nobody said how long it stands."""


def is_two_years_old(record: Record, table: Table) -> bool:
    """Tell whether a record held last more than two years before the table's day, at a level without a validity.

    Examples
    --------
    >>> from geo.model import Level, Period, Place
    >>> table = Table("t", {"l": Level("l", "L")}, {}, {}, (), (), as_of=Moment(2021, 6, 14))
    >>> [is_two_years_old(Record(("a",), Place("in"), "l", Evidence(observed=Period(when, when))), table)
    ...  for when in (Moment(2019, 6, 13), Moment(2019, 6, 14))]
    [True, False]
    """
    return table.levels[record.level].valid_for is None and _is_past(record, table, OLD)


def is_stale(record: Record, table: Table) -> bool:
    """Tell whether the validity of a record's level has gone by on the table's day.

    Without a day, a validity or a date nothing is stale: nobody reads a clock.

    Examples
    --------
    >>> from geo.model import Level, Period, Place, Span
    >>> level = Level("l", "L", valid_for=Span(months=12))
    >>> table = Table("t", {"l": level}, {}, {}, (), (), as_of=Moment(2021, 6))
    >>> [is_stale(Record(("a",), Place("in"), "l", Evidence(observed=Period(when, when))), table)
    ...  for when in (Moment(2020, 5), Moment(2020, 6))]
    [True, False]
    """
    valid_for = table.levels[record.level].valid_for
    return valid_for is not None and _is_past(record, table, valid_for)


def _is_past(record: Record, table: Table, span: Span) -> bool:
    day = table.as_of
    reference = find_last_known_day(record, table) if day else None
    return bool(reference and day and span.end(reference) < day.last)
