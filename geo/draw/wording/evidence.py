"""Who says so, how and when: the evidence of a claim, a strength, a statement or a tie, as text and as markup alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from geo.draw.html import Markup, chain, tag
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.presence import describe_correction, describe_period, describe_span, name_source
from geo.join.filters import is_stale
from geo.model import Evidence, Level, Record, Table

__all__ = [
    "DOT", "draw_evidence", "draw_record_evidence", "say_evidence", "say_record_evidence", "say_stale",
    "say_stale_level",
]  # fmt: skip

DOT = " · "
Tell = Callable[[Evidence], Sequence[Markup]]


@dataclass(frozen=True)
class _Manner:
    """How evidence is told: how phrases are filled, sources named, quotes marked and facts put one after the other.

    ``tell`` says what stands for the quote of some evidence, where that is not just the quote.
    """

    fill: Callable[..., str]
    cite: Callable[[str], str]
    quote: Callable[[str], str]
    join: Callable[[Iterable[str]], str]
    tell: Callable[[Evidence], Sequence[str]] | None = None


def draw_record_evidence(
    phrases: Catalogue, record: Record, table: Table, anchor: str = "", *, tell: Tell | None = None
) -> Markup:
    """Return all that stands behind a record: whether it is old, how it names the place, its evidence, its correction.

    ``anchor`` is what the anchors of that table's sources begin with, where a page has those of two. ``tell`` gives
    what stands for its quote, where that is not just the quote.
    """
    stale = say_stale(phrases, record, table)
    first = [tag("span", {"class": "stale"}, stale)] if stale else []
    manner = _in_markup(phrases, table, anchor, tell)
    return _draw_block([*first, *_list_record_lines(phrases, record, table, manner)])


def draw_evidence(phrases: Catalogue, evidence: Evidence, table: Table, tell: Tell | None = None) -> Markup:
    """Return a block with basis, source, date, confidence and grades, then note and quote, or what ``tell`` gives."""
    return _draw_block(_list_lines(phrases, evidence, table, _in_markup(phrases, table, "", tell)))


def say_record_evidence(phrases: Catalogue, record: Record, table: Table) -> tuple[str, ...]:
    """Say what stands behind a record, line by line; whether it is old, which changes with the day, is left out.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> from geo.model import Place
    >>> record = Record(("a",), Place("in"), "l", Evidence(note="a hedge"), as_written="in the east")
    >>> say_record_evidence(phrases, record, Table("t", {}, {}, {}, (), ()))
    ('In the source’s words: “in the east”', 'reported · unsourced · undated', 'Note: a hedge')
    """
    return tuple(_list_record_lines(phrases, record, table, _in_text(phrases, table)))


def say_evidence(phrases: Catalogue, evidence: Evidence, table: Table) -> str:
    """Say on one line who says so, how and when.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> say_evidence(phrases, Evidence(basis="assessed", grade="2"), Table("t", {}, {}, {}, (), ()))
    'assessed · unsourced · undated · item graded 2'
    """
    return DOT.join(_list_lines(phrases, evidence, table, _in_text(phrases, table)))


def say_stale(phrases: Catalogue, record: Record, table: Table) -> str:
    """Say that a record is out of date; nothing where it is not."""
    return say_stale_level(phrases, table.levels[record.level]) if is_stale(record, table) else ""


def say_stale_level(phrases: Catalogue, level: Level) -> str:
    """Say what is said of a record of a level once it is out of date; nothing where none ever is."""
    return phrases.say("stale", span=describe_span(phrases, level.valid_for)) if level.valid_for else ""


def _in_text(phrases: Catalogue, table: Table) -> _Manner:
    return _Manner(phrases.say, lambda source: name_source(phrases, table.sources[source]), "“{}”".format, DOT.join)


def _in_markup(phrases: Catalogue, table: Table, anchor: str = "", tell: Tell | None = None) -> _Manner:
    def cite(source: str) -> Markup:
        known = table.sources[source]
        date = f" ({phrases.write_date(known.date)})" if known.date else ""
        name = tag("bdi", {}, known.author or known.title)
        return tag("a", {"href": f"#{anchor}source-{table.source_numbers[source]}"}, name, date)

    return _Manner(phrases.mark_up, cite, lambda text: tag("q", {}, text), lambda facts: chain(facts, DOT), tell)


def _draw_block(lines: Iterable[str]) -> Markup:
    return tag("div", {"class": "evidence"}, (tag("p", {}, line) for line in lines))


def _list_record_lines(phrases: Catalogue, record: Record, table: Table, manner: _Manner) -> list[str]:
    written, words = record.place.written, record.as_written
    return [
        *([manner.fill("entered_as", places=phrases.join_names(written))] if written else []),
        *([manner.fill("as_written", words=manner.quote(words))] if words else []),
        *([phrases.say("open_list")] if record.open_list else []),
        *_list_lines(phrases, record.evidence, table, manner, record.trend),
        *([describe_correction(phrases, record.changed)] if record.changed else []),
    ]


def _list_lines(
    phrases: Catalogue, evidence: Evidence, table: Table, manner: _Manner, trend: str | None = None
) -> list[str]:
    facts = (
        phrases.say("basis", evidence.basis),
        manner.cite(evidence.source) if evidence.source else phrases.say("unsourced"),
        manner.fill("quoting", source=manner.cite(evidence.via)) if evidence.via else "",
        phrases.say("page", page=evidence.page) if evidence.page else "",
        _say_when(phrases, evidence, table),
        phrases.say("trend", trend=phrases.say("trend_value", trend)) if trend else "",
        phrases.say("confidence", level=phrases.say("confidence_value", evidence.confidence))
        if evidence.confidence
        else "",
        _say_grades(phrases, evidence, table),
    )
    return [
        manner.join(filter(None, facts)),
        *([phrases.say("note", note=evidence.note)] if evidence.note else []),
        *_tell_quote(evidence, manner),
    ]


def _tell_quote(evidence: Evidence, manner: _Manner) -> Sequence[str]:
    if manner.tell:
        return manner.tell(evidence)
    return [manner.quote(evidence.quote)] if evidence.quote else []


def _say_when(phrases: Catalogue, evidence: Evidence, table: Table) -> str:
    if evidence.observed:
        return phrases.say("observed", when=describe_period(phrases, evidence.observed))
    dated = evidence.source and table.sources[evidence.source].date
    return "" if dated else phrases.say("undated")


def _say_grades(phrases: Catalogue, evidence: Evidence, table: Table) -> str:
    letter = table.sources[evidence.source].grade if evidence.source else None
    said = [phrases.say("source_graded", grade=letter) if letter else ""]
    said += [phrases.say("item_graded", grade=evidence.grade)] if evidence.grade else []
    return phrases.say("comma").join(filter(None, said))
