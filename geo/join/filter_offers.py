"""What a reader can still leave out of a table: of each filter the values that occur and would leave something out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import combinations

from geo.join.filters import Choices
from geo.join.footprints import passes_level
from geo.model import Level, Moment, Record, Table
from geo.option_values import BASES, CONFIDENCE

__all__ = ["FilterOffers", "find_offers", "name_value"]

MOST_DAYS = 60
"""Of more days of publication their months are offered and, of more months, their years."""


@dataclass(frozen=True)
class FilterOffers:
    """Values by field of `Choices`, each as that takes it."""

    as_of: tuple[Moment, ...] = ()
    basis: tuple[tuple[str, ...], ...] = ()
    confidence: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    level: tuple[str, ...] = ()

    def list_choices(self) -> dict[str, tuple[Choices, ...]]:
        """Return what each filter offers, by the names of the fields that have anything to offer.

        Examples
        --------
        >>> FilterOffers(grade=("B",)).list_choices()["grade"][0].grade
        'B'
        """
        offered = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: tuple(replace(Choices(), **{name: value}) for value in values)
            for name, values in offered.items()
            if values
        }

    @property
    def of_records(self) -> bool:
        """Whether any of them leaves out whole records; a level leaves out what they claim."""
        return bool(self.as_of or self.basis or self.confidence or self.grade)

    def __bool__(self) -> bool:
        return self.of_records or bool(self.level)


def name_value(asked: Choices, name: str) -> str:
    """Return what a filter asks for as the address of a page holds it.

    Examples
    --------
    >>> asked = Choices(basis=("reported", "assessed"), as_of=Moment(2020, 7))
    >>> name_value(asked, "basis"), name_value(asked, "as_of")
    ('reported,assessed', '2020-07')
    """
    value = getattr(asked, name)
    return ",".join(value) if isinstance(value, tuple) else str(value)


def find_offers(table: Table, choices: Choices, *, dated: bool = True) -> FilterOffers:
    """Find what can be chosen of what the choices have let through; no day where not ``dated``.

    Examples
    --------
    >>> bool(find_offers(Table("empty", {}, {}, {}, (), ()), Choices()))
    False
    """
    evidence = [record.evidence for record in table.records]
    sources = [table.sources[each.source] if each.source else None for each in evidence]
    sure = [each.confidence for each in evidence]
    ranks = [CONFIDENCE.index(each) if each else -1 for each in sure]
    bases = [each for each in BASES if each in {each.basis for each in evidence}]
    letters = _find_grades((source.grade if source else None for source in sources), "F")
    digits = _find_grades((each.grade for each in evidence), "6")
    return FilterOffers(
        as_of=_find_days(table) if dated else (),
        basis=tuple(some for number in range(1, len(bases)) for some in combinations(bases, number)),
        confidence=tuple(each for rank, each in enumerate(CONFIDENCE) if each in sure and min(ranks) < rank),
        grade=(*letters, *digits, *(letter + digit for letter in letters for digit in digits)),
        level=_find_levels(table, choices),
    )


def _find_levels(table: Table, choices: Choices) -> tuple[str, ...]:
    """Find the levels of what is reported present somewhere that do not let all of that through."""
    chosen = table.levels[choices.level] if choices.level else None
    told = {record.level for record in table.records if record.place.units and record.finding == "present"}
    here = [level for level in table.levels.values() if level.id in told and passes_level(level, chosen)]

    def narrows(level: Level) -> bool:
        return not all(passes_level(other, level) for other in here)

    return tuple(level.id for level in here if narrows(level))


def _find_grades(given: Iterable[str | None], unknown: str) -> tuple[str, ...]:
    """Find the grades but the worst of them, which none is worse than; that one too where some are not graded."""
    found = {None if grade == unknown else grade for grade in given}
    grades = sorted(filter(None, found))
    return tuple(grades if None in found else grades[:-1])


def _find_days(table: Table) -> tuple[Moment, ...]:
    """Find the days of publication, where there are several, at which a record is not yet known, or never."""
    known = [(record, _find_publication(record, table)) for record in table.records]
    days = {day.last: day for _, day in known if day}
    for shorten in (lambda day: Moment(day.year, day.month), lambda day: Moment(day.year)):
        if len(days) > MOST_DAYS:
            days = {day.last: day for day in map(shorten, days.values())}
    if len(days) < 2:
        return ()
    begins = [_find_begin(record, day) for record, day in known]
    latest = max(filter(None, begins))
    return tuple(days[last] for last in sorted(days) if None in begins or last < latest)


def _find_publication(record: Record, table: Table) -> Moment | None:
    source = record.evidence.source
    return table.sources[source].date if source else None


def _find_begin(record: Record, published: Moment | None) -> date | None:
    """Find the first day on which a record counts: what a source foresees is not there before it happens."""
    if published is None:
        return None
    observed = record.evidence.observed
    start = observed.start.first if observed and observed.start else published.last
    return max(published.last, start)
