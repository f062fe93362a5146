"""How a table is cited: by whose names, of which time, and by which mark of its data."""

from __future__ import annotations

from geo.model import Moment, Period, Source, Table

__all__ = ["CAUTIONS", "cite", "find_time", "list_authors", "shorten_hash"]

CAUTIONS = ("Presence is not control.", "Silence is not absence.")
"""What every file of data says of itself, since it travels without its page."""

MARK = 12
"""Digits of a hash that a page prints and that one cites."""


def shorten_hash(data_hash: str) -> str:
    """Return the head of a hash, as pages print it.

    Examples
    --------
    >>> shorten_hash("72223a2cedc6" + "0" * 52)
    '72223a2cedc6'
    """
    return data_hash[:MARK]


def cite(source: Source) -> str:
    """Name a source in one line: its author, title, publisher and date, as far as they are known.

    Examples
    --------
    >>> cite(Source("s", "A report", author="A. Author", date=Moment(2020, 7)))
    'A. Author, A report, 2020-07'
    """
    said = source.author, source.title, source.publisher, source.date
    return ", ".join(str(each) for each in said if each)


def find_time(table: Table) -> tuple[Moment, Moment] | None:
    """Find from when a table speaks and until when; None where it says nothing of time.

    The first is that of a record or, where it says none, of its source; the last that of the table, or of these.

    Examples
    --------
    >>> find_time(Table("t", {}, {}, {}, (), (), as_of=Moment(2020, 6)))
    (Moment(year=2020, month=6, day=None), Moment(year=2020, month=6, day=None))
    """
    moments: list[Moment] = []
    for record in table.records:
        source = table.sources[record.evidence.source].date if record.evidence.source else None
        observed = record.evidence.observed or Period(source, source)
        moments += filter(None, (observed.start, observed.end))
    end = table.as_of or max(moments, key=lambda each: each.last, default=None)
    if end is None:
        return None
    start = min(moments, key=lambda each: each.first, default=end)
    return (start if start.first < end.first else end), end


def list_authors(table: Table) -> tuple[str, ...]:
    """List whom one cites: the authors of a table or, without, whom its byline names.

    Examples
    --------
    >>> list_authors(Table("t", {}, {}, {}, (), (), byline="The desk"))
    ('The desk',)
    """
    return table.authors or tuple(filter(None, [table.byline]))
