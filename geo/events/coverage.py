"""Of which days files hold what was recorded: as the user says, by the format's own rule, or by their own dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import PurePath

from geo.errors import EventsError, PresenceError, Problem
from geo.events.files.formats import EventFormat
from geo.events.periods import EPOCH
from geo.model import Coverage, Moment
from geo.read.common.nodes import quote
from geo.read.fields.dates import read_day

__all__ = ["find_coverage", "read_spans"]

LONGEST_GAP = timedelta(31)
"""Between the last date of a file and the first of the next, that tells of nothing missing."""

AN_EXAMPLE = "years, months or days such as 2018..2023 or 2020-03..2021-06"

Span = tuple[date, date]


def read_spans(given: Iterable[str]) -> tuple[Span, ...]:
    """Read spans of time, of each the first and the last day; what is none is an `EventsError` about ``--covers``.

    Examples
    --------
    >>> [[str(day) for day in span] for span in read_spans(["2018..2020-06"])]
    [['2018-01-01', '2020-06-30']]
    """
    spans, problems = [], []
    for text in given:
        start, dots, end = text.partition("..")
        try:
            ends = read_day(start.strip()), read_day(end.strip() if dots else start.strip())
        except PresenceError:
            ends = None, None
        if ends[0] is None or ends[1] is None:
            problems.append(Problem("--covers", f"{quote(text)}, which is no span of time", AN_EXAMPLE))
        elif ends[0].first > ends[1].last:
            told = f"{quote(text)}, which ends before it begins"
            problems.append(Problem("--covers", told, f"the earlier first: {end.strip()}..{start.strip()}"))
        else:
            spans.append((ends[0].first, ends[1].last))
    if problems:
        raise EventsError(problems)
    return tuple(_unite(spans, timedelta(0)))


def find_coverage(
    seen: Mapping[str, tuple[int, int]], form: EventFormat, given: Sequence[Span] = ()
) -> Coverage | None:
    """Find what files cover, by the first and last day that each has, since 1 January 1970.

    Where a format's publisher releases whole years or months, those count from the first event's to the last one's.
    What lies between two files is not covered where that is longer than a month. None where no file has a date.

    Examples
    --------
    >>> from geo.events.files.formats import find_format
    >>> [str(day) for span in find_coverage({"a.csv": (18000, 18300)}, find_format("ucdp-ged")).spans for day in span]
    ['2019-01-01', '2020-12-31']
    """
    if given:
        return Coverage(tuple(given), "given")
    widths = {path: _find_width(path, form) for path in seen}
    spans = [_widen(_name_day(first), _name_day(last), widths[path]) for path, (first, last) in sorted(seen.items())]
    united = _unite(spans, LONGEST_GAP)
    for lost in form.lost:
        united = [rest for span in united for rest in _cut(span, Moment(int(lost)))]
    basis = "files" if "" in widths.values() else "month" if "month" in widths.values() else form.whole
    return Coverage(tuple(united), basis) if united else None


def _name_day(days: int) -> date:
    return date.fromordinal(days + EPOCH)


def _find_width(path: str, form: EventFormat) -> str:
    name = PurePath(path).name.lower()
    return "month" if any(fnmatchcase(name, each) for each in form.whole_months) else form.whole


def _widen(first: date, last: date, width: str) -> Span:
    if not width:
        return first, last
    months = (first.month, last.month) if width == "month" else (None, None)
    return Moment(first.year, months[0]).first, Moment(last.year, months[1]).last


def _unite(spans: Iterable[Span], gap: timedelta) -> list[Span]:
    """Unite spans between which no more than a gap lies."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first - found[-1][1] <= gap + timedelta(1):
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def _cut(span: Span, lost: Moment) -> list[Span]:
    """Take a time out of a span."""
    if lost.last < span[0] or span[1] < lost.first:
        return [span]
    before = [(span[0], lost.first - timedelta(1))] if span[0] < lost.first else []
    return before + ([(lost.last + timedelta(1), span[1])] if lost.last < span[1] else [])
