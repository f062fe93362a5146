"""A table and its records in words, each on one line: plain text, not yet markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.draw.wording.catalogue import join_names, name_finding, say, word
from geo.draw.wording.presence import (
    describe_correction,
    describe_date,
    describe_estimate,
    describe_period,
    describe_span,
)
from geo.draw.wording.table_date import say_title
from geo.join.filters import is_stale
from geo.model import Evidence, Gazetteer, Group, Record, Table

__all__ = ["Sides", "name_source", "say_claim", "say_evidence", "say_record", "say_table"]


@dataclass(frozen=True)
class Sides:
    """Two tables, the units that both may name, and what each is called beside its title."""

    old: Table
    new: Table
    gazetteer: Gazetteer
    labels: tuple[str, str] = ("", "")

    @property
    def groups(self) -> Mapping[str, Group]:
        """Groups of both; one that stands in both is called as in the newer."""
        return {**self.old.groups, **self.new.groups}


def say_table(table: Table, label: str = "") -> str:
    """Name a table by title, date and label, as a sentence.

    Examples
    --------
    >>> from geo.model import Moment
    >>> say_table(Table("Groups", {}, {}, {}, (), (), as_of=Moment(2020, 6)), "a.yaml")
    'Groups, as of June 2020 (a.yaml).'
    """
    title = say_title(table)
    return word("stop", said=word("change_labelled", title=title, label=label) if label else title)


def name_source(source: str, table: Table) -> str:
    """Name a source by its author, or its title, and its date."""
    known = table.sources[source]
    date = f" ({describe_date(known.date)})" if known.date else ""
    return f"{known.author or known.title}{date}"


def say_record(record: Record, sides: Sides, table: Table) -> str:
    """Say a record on one line, with its evidence."""
    written = word("as_written", words=f"“{record.as_written}”") if record.as_written else ""
    evidence = say_evidence(record.evidence, table, record.trend)
    changed = describe_correction(record.changed) if record.changed else ""
    said = (say_claim(record, sides, table), _say_stale(record, table), written, evidence, changed)
    return " · ".join(filter(None, said))


def _say_stale(record: Record, table: Table) -> str:
    """Say that a record is out of date; nothing where it is not."""
    span = table.levels[record.level].valid_for
    return word("stale", span=describe_span(span)) if span and is_stale(record, table) else ""


def say_claim(record: Record, sides: Sides, table: Table) -> str:
    """Say who is where at which level, as a record has it."""
    groups = join_names([table.groups[group].name for group in record.groups])
    level = word("semicolon").join(filter(None, [table.levels[record.level].name, name_finding(record.finding)]))
    return word("record", groups=groups, level=level, place=_say_place(record, sides.gazetteer))


def _say_place(record: Record, known: Gazetteer) -> str:
    place = record.place
    names = join_names([known.units[code].name for code in place.units])
    match place.kind:
        case "in":
            return names
        case "region":
            return word("change_item", group=place.region or "", units=names)
        case "nationwide":
            return say(known.noun, "place_nationwide")
    count = describe_estimate(place.count) if place.count else ""
    return say(known.counted, "place_unlocated", count=count)


def say_evidence(evidence: Evidence, table: Table, trend: str | None = None) -> str:
    """Say on one line who says so, how and when.

    Examples
    --------
    >>> say_evidence(Evidence(basis="assessed", grade="2"), Table("t", {}, {}, {}, (), ()))
    'assessed · unsourced · undated · item graded 2'
    """
    source = table.sources[evidence.source] if evidence.source else None
    dated = evidence.observed or (source and source.date)
    facts = [
        word(f"basis_{evidence.basis}"),
        name_source(source.id, table) if source else word("unsourced"),
        word("quoting", source=name_source(evidence.via, table)) if evidence.via else "",
        word("page", page=evidence.page) if evidence.page else "",
        word("observed", when=describe_period(evidence.observed)) if evidence.observed else "",
        "" if dated else word("undated"),
        word("trend", trend=word(f"trend_{trend}")) if trend else "",
        word("confidence", level=word(f"confidence_{evidence.confidence}")) if evidence.confidence else "",
        word("source_graded", grade=source.grade) if source and source.grade else "",
        word("item_graded", grade=evidence.grade) if evidence.grade else "",
        word("note", note=evidence.note) if evidence.note else "",
        f"“{evidence.quote}”" if evidence.quote else "",
    ]
    return " · ".join(filter(None, facts))
