"""Who says so, how and when: the evidence of a claim, a strength, a statement or a tie as markup."""

from __future__ import annotations

from collections.abc import Iterable

from geo.draw.html import Markup, chain, tag
from geo.draw.wording.catalogue import join_names, mark_up, word
from geo.draw.wording.presence import describe_correction, describe_date, describe_period, describe_span
from geo.join.filters import is_stale
from geo.model import Evidence, Record, Table

__all__ = ["draw_evidence", "draw_record_evidence"]


def draw_record_evidence(record: Record, table: Table, anchor: str = "") -> Markup:
    """Return all that stands behind a record: how it names the place, whether it is old, its evidence, its correction.

    ``anchor`` is what the anchors of that table's sources begin with, where a page has those of two.
    """
    first: list[str] = []
    if record.place.written:
        first.append(word("entered_as", places=join_names(record.place.written)))
    if (span := table.levels[record.level].valid_for) and is_stale(record, table):
        first.append(tag("span", {"class": "stale"}, word("stale", span=describe_span(span))))
    if record.as_written:
        first.append(mark_up("as_written", words=tag("q", {}, record.as_written)))
    last = [describe_correction(record.changed)] if record.changed else []
    return _draw_block(first, _list_facts(record.evidence, table, anchor, record.trend), record.evidence, last)


def draw_evidence(evidence: Evidence, table: Table) -> Markup:
    """Return a block with basis, source, date, confidence and grades, then note and quote."""
    return _draw_block([], _list_facts(evidence, table), evidence, [])


def _draw_block(first: Iterable[str], facts: Iterable[str], evidence: Evidence, last: Iterable[str]) -> Markup:
    lines = [*first, chain(filter(None, facts), " · ")]
    lines += [word("note", note=evidence.note)] if evidence.note else []
    lines += [tag("q", {}, evidence.quote)] if evidence.quote else []
    return tag("div", {"class": "evidence"}, (tag("p", {}, line) for line in (*lines, *last)))


def _list_facts(evidence: Evidence, table: Table, anchor: str = "", trend: str | None = None) -> tuple[str, ...]:
    return (
        word(f"basis_{evidence.basis}"),
        _link_source(evidence.source, table, anchor) if evidence.source else word("unsourced"),
        mark_up("quoting", source=_link_source(evidence.via, table, anchor)) if evidence.via else "",
        word("page", page=evidence.page) if evidence.page else "",
        _say_when(evidence, table),
        word("trend", trend=word(f"trend_{trend}")) if trend else "",
        word("confidence", level=word(f"confidence_{evidence.confidence}")) if evidence.confidence else "",
        _say_grades(evidence, table),
    )


def _link_source(source: str, table: Table, anchor: str) -> Markup:
    known = table.sources[source]
    date = f" ({describe_date(known.date)})" if known.date else ""
    name = tag("bdi", {}, known.author or known.title)
    return tag("a", {"href": f"#{anchor}source-{table.source_numbers[source]}"}, name, date)


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
