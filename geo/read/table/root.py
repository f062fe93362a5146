"""The keys of the whole table."""

from __future__ import annotations

from dataclasses import dataclass

from geo.read.common.nodes import Node
from geo.read.fields.containers import Either, Items
from geo.read.fields.dates import SOLAR_HIJRI, Date
from geo.read.fields.mappings import Key, Kind, Named
from geo.read.fields.scalars import Choice, Line, Pattern, Prose
from geo.read.fields.table_context import TableContext
from geo.read.table.groups import GROUP
from geo.read.table.levels import LEVEL
from geo.read.table.publication import AUTHORS, CHANGES, LICENCE
from geo.read.table.records import MOST_RECORDS, RECORD, RELATION
from geo.read.table.shorthand import Shorthand
from geo.read.table.sources import SOURCE
from geo.read.table.translations import HEADINGS, HEADLINE, name_key
from geo.read.table.units import UNITS_ALONE

__all__ = ["TABLE"]

REGIONS = Named(
    "regions",
    Kind(
        "a region",
        (Key("in", UNITS_ALONE, required=True, help="The {units} that it holds."), name_key("Its")),
        alone="in",
    ),
    Line(),
)


@dataclass(frozen=True)
class Regions:
    """The table's own sets of units, known to the records that follow."""

    def read(self, node: Node, reading: TableContext) -> dict[str, dict[str, str]]:
        """Read all sets, and give the names by language of those that have some."""
        sets = {name: each for name, each in (REGIONS.read(node, reading) or {}).items() if each and each.get("in")}
        reading.regions = {name: each["in"] for name, each in sets.items()}
        return {name: each["names"] for name, each in sets.items() if each.get("names")}


@dataclass(frozen=True)
class Calendar(Choice):
    """The calendar of the table's dates, known to all that follow."""

    def read(self, node: Node, reading: TableContext) -> str | None:
        """Read the choice."""
        chosen = super().read(node, reading)
        reading.calendar = chosen or ""
        return chosen


# Read in this order: dates need calendar, records need as_of and regions, the log of corrections needs records.
TABLE = Kind(
    "a presence table",
    (
        Key("version", Pattern("1", "1, the version of this format"), help="The version of this format: 1."),
        Key("title", Line(), help="The heading of every map."),
        Key("subtitle", Line(), help="A second line under the title."),
        Key(
            "headline",
            HEADLINE,
            help="What the maps say before all else, at most 120 letters; without it a sentence is made from the "
            "records.",
        ),
        Key("translations", HEADINGS, help="Title, subtitle and headline in other languages, by language tag."),
        Key("byline", Line(), help="Who made this."),
        Key("authors", AUTHORS, help="Who is to be cited, each by name; without them it is the byline."),
        Key(
            "licence",
            LICENCE,
            help="Under what others may use the table: an SPDX identifier such as CC-BY-4.0, or words.",
        ),
        Key("alt", Prose(), help="The map in words; without it a sentence is made from the records."),
        Key(
            "calendar",
            Calendar(("gregorian", SOLAR_HIJRI)),
            help="The calendar of all dates here: gregorian (the default) or solar-hijri, which pages show as ours.",
        ),
        Key("as_of", Date("last", is_cutoff=True), help="The cut-off of the table; a later date is a warning."),
        Key("levels", Named("levels", LEVEL, gives_id=True), help="Kinds of presence, each under an id."),
        Key("sources", Named("sources", SOURCE, gives_id=True), help="Sources, each under an id."),
        Key("groups", Named("groups", GROUP, gives_id=True), help="Groups, each under an id."),
        Key("regions", Regions(), help="Sets of {units} of your own, for `region` in a record."),
        Key("not_applicable", UNITS_ALONE, help="{Units} to which the table's question does not apply."),
        Key(
            "presence",
            Either(
                "a list of records, or group names with their {units}",
                items=Items(RECORD, "a list of records", at_least=0, at_most=MOST_RECORDS),
                map=Shorthand(),
            ),
            help="Records: group, one place, level, source. Or, for a first map, group names with their {units}.",
        ),
        Key("relations", Items(RELATION, "a list of relations", at_least=0), help="Ties between groups."),
        Key("changes", CHANGES, help="The log of corrections to what was published; none of it happened in the world."),
    ),
)
