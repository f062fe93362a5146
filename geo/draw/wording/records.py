"""A table and its records in words, each on one line: plain text, not yet markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.evidence import say_record_evidence, say_stale
from geo.draw.wording.presence import describe_estimate, name_counted, say_finding
from geo.draw.wording.table_date import say_title
from geo.model import Gazetteer, Group, Record, Statement, Table

__all__ = ["Sides", "say_claim", "say_place", "say_record", "say_statement_place", "say_table"]


@dataclass(frozen=True)
class Sides:
    """Two tables in one language, the units that both may name, and what each is called beside its title."""

    old: Table
    new: Table
    gazetteer: Gazetteer
    phrases: Catalogue
    labels: tuple[str, str] = ("", "")

    @property
    def groups(self) -> Mapping[str, Group]:
        """Groups of both; one that stands in both is called as in the newer."""
        return {**self.old.groups, **self.new.groups}


def say_table(phrases: Catalogue, table: Table, label: str = "") -> str:
    """Name a table by title, date and label, as a sentence.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> from geo.model import Moment
    >>> say_table(phrases, Table("Groups", {}, {}, {}, (), (), as_of=Moment(2020, 6)), "a.yaml")
    'Groups, as of June 2020 (a.yaml).'
    """
    title = say_title(phrases, table, with_age=False)
    return phrases.say("stop", said=phrases.say("change_labelled", title=title, label=label) if label else title)


def say_record(record: Record, sides: Sides, table: Table) -> str:
    """Say a record on one line, with its evidence."""
    said = (
        say_claim(record, sides, table),
        say_stale(sides.phrases, record, table),
        *say_record_evidence(sides.phrases, record, table),
    )
    return " · ".join(filter(None, said))


def say_claim(record: Record, sides: Sides, table: Table) -> str:
    """Say who is where at which level, as a record has it."""
    phrases = sides.phrases
    groups = phrases.join_names([table.groups[group].name for group in record.groups])
    level = phrases.say("semicolon").join(
        filter(None, [table.levels[record.level].name, say_finding(phrases, record, table.levels)])
    )
    return phrases.say("record", groups=groups, level=level, place=say_place(phrases, record, sides.gazetteer))


def say_place(phrases: Catalogue, record: Record, known: Gazetteer, reading: str = "") -> str:
    """Say of which units a record speaks, or how it lies nowhere; of a region perhaps whose reading its units are."""
    place = record.place
    names = phrases.join_names([known.units[code].name for code in place.units])
    match place.kind:
        case "in":
            return names
        case "region":
            said = {"region": place.region or "", "units": names}
            return phrases.say("region_units", **said, reading=reading) if reading else phrases.say("region_of", **said)
        case "nationwide":
            return phrases.about(known.noun).say("place_nationwide")
    count = describe_estimate(phrases, place.count) if place.count else ""
    return phrases.say("place_unlocated", count=count, units=name_counted(known.counted, place.count))


def say_statement_place(phrases: Catalogue, statement: Statement, known: Gazetteer) -> str:
    """Say of which units a statement speaks; nothing where it names none."""
    if statement.place is None:
        return ""
    names = statement.place.written or [known.units[code].name for code in statement.place.units]
    return phrases.say("speaks_of", units=phrases.join_names(list(names)))
