"""A table and its records in words, each on one line: plain text, not yet markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.draw.wording.catalogue import join_names, name_finding, say, word
from geo.draw.wording.evidence import say_record_evidence, say_stale
from geo.draw.wording.presence import (
    describe_estimate,
)
from geo.draw.wording.table_date import say_title
from geo.model import Gazetteer, Group, Record, Table

__all__ = ["Sides", "say_claim", "say_record", "say_table"]


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


def say_record(record: Record, sides: Sides, table: Table) -> str:
    """Say a record on one line, with its evidence."""
    said = (say_claim(record, sides, table), say_stale(record, table), *say_record_evidence(record, table))
    return " · ".join(filter(None, said))


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
