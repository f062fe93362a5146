"""Who says so, how and when: the evidence of a claim, a strength, a statement or a tie, as text and as markup alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from geo.draw.html import Markup, chain, tag
from geo.draw.wording.catalogue import join_names, mark_up, word
from geo.draw.wording.presence import describe_correction, describe_date, describe_period, describe_span
from geo.join.filters import is_stale
from geo.model import Evidence, Level, Record, Source, Table

__all__ = [
    "DOT", "draw_evidence", "draw_record_evidence", "name_source", "say_evidence", "say_record_evidence", "say_stale",
    "say_stale_level",
]  # fmt: skip

DOT = " · "


@dataclass(frozen=True)
class _Manner:
    """How evidence is told: how phrases are filled, sources named, quotes marked and facts put one after the other."""

    fill: Callable[..., str]
    cite: Callable[[str], str]
    quote: Callable[[str], str]
    join: Callable[[Iterable[str]], str]


def draw_record_evidence(record: Record, table: Table, anchor: str = "") -> Markup:
    """Return all that stands behind a record: whether it is old, how it names the place, its evidence, its correction.

    ``anchor`` is what the anchors of that table's sources begin with, where a page has those of two.
    """
    stale = say_stale(record, table)
    first = [tag("span", {"class": "stale"}, stale)] if stale else []
    return _draw_block([*first, *_list_record_lines(record, table, _in_markup(table, anchor))])


def draw_evidence(evidence: Evidence, table: Table) -> Markup:
    """Return a block with basis, source, date, confidence and grades, then note and quote."""
    return _draw_block(_list_lines(evidence, table, _in_markup(table)))


def say_record_evidence(record: Record, table: Table) -> tuple[str, ...]:
    """Say what stands behind a record, line by line; whether it is old, which changes with the day, is left out.

    Examples
    --------
    >>> from geo.model import Place
    >>> record = Record(("a",), Place("in"), "l", Evidence(note="a hedge"), as_written="in the east")
    >>> say_record_evidence(record, Table("t", {}, {}, {}, (), ()))
    ('In the source’s words: “in the east”', 'reported · unsourced · undated', 'Note: a hedge')
    """
    return tuple(_list_record_lines(record, table, _in_text(table)))


def say_evidence(evidence: Evidence, table: Table) -> str:
    """Say on one line who says so, how and when.

    Examples
    --------
    >>> say_evidence(Evidence(basis="assessed", grade="2"), Table("t", {}, {}, {}, (), ()))
    'assessed · unsourced · undated · item graded 2'
    """
    return DOT.join(_list_lines(evidence, table, _in_text(table)))


def say_stale(record: Record, table: Table) -> str:
    """Say that a record is out of date; nothing where it is not."""
    return say_stale_level(table.levels[record.level]) if is_stale(record, table) else ""


def say_stale_level(level: Level) -> str:
    """Say what is said of a record of a level once it is out of date; nothing where none ever is."""
    return word("stale", span=describe_span(level.valid_for)) if level.valid_for else ""


def name_source(source: Source) -> str:
    """Name a source by its author, or its title, and its date.

    Examples
    --------
    >>> from geo.model import Moment
    >>> name_source(Source("un", "Twelfth report", author="UN", date=Moment(2021)))
    'UN (2021)'
    """
    name = source.author or source.title
    return word("in_brackets", first=name, second=describe_date(source.date)) if source.date else name


def _in_text(table: Table) -> _Manner:
    return _Manner(word, lambda source: name_source(table.sources[source]), "“{}”".format, DOT.join)


def _in_markup(table: Table, anchor: str = "") -> _Manner:
    def cite(source: str) -> Markup:
        known = table.sources[source]
        date = f" ({describe_date(known.date)})" if known.date else ""
        name = tag("bdi", {}, known.author or known.title)
        return tag("a", {"href": f"#{anchor}source-{table.source_numbers[source]}"}, name, date)

    return _Manner(mark_up, cite, lambda text: tag("q", {}, text), lambda facts: chain(facts, DOT))


def _draw_block(lines: Iterable[str]) -> Markup:
    return tag("div", {"class": "evidence"}, (tag("p", {}, line) for line in lines))


def _list_record_lines(record: Record, table: Table, manner: _Manner) -> list[str]:
    written, words = record.place.written, record.as_written
    return [
        *([manner.fill("entered_as", places=join_names(written))] if written else []),
        *([manner.fill("as_written", words=manner.quote(words))] if words else []),
        *_list_lines(record.evidence, table, manner, record.trend),
        *([describe_correction(record.changed)] if record.changed else []),
    ]


def _list_lines(evidence: Evidence, table: Table, manner: _Manner, trend: str | None = None) -> list[str]:
    facts = (
        word("basis", evidence.basis),
        manner.cite(evidence.source) if evidence.source else word("unsourced"),
        manner.fill("quoting", source=manner.cite(evidence.via)) if evidence.via else "",
        word("page", page=evidence.page) if evidence.page else "",
        _say_when(evidence, table),
        word("trend", trend=word("trend_value", trend)) if trend else "",
        word("confidence", level=word("confidence_value", evidence.confidence)) if evidence.confidence else "",
        _say_grades(evidence, table),
    )
    return [
        manner.join(filter(None, facts)),
        *([word("note", note=evidence.note)] if evidence.note else []),
        *([manner.quote(evidence.quote)] if evidence.quote else []),
    ]


def _say_when(evidence: Evidence, table: Table) -> str:
    if evidence.observed:
        return word("observed", when=describe_period(evidence.observed))
    dated = evidence.source and table.sources[evidence.source].date
    return "" if dated else word("undated")


def _say_grades(evidence: Evidence, table: Table) -> str:
    letter = table.sources[evidence.source].grade if evidence.source else None
    said = [word("source_graded", grade=letter) if letter else ""]
    said += [word("item_graded", grade=evidence.grade)] if evidence.grade else []
    return word("comma").join(filter(None, said))
