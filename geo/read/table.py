"""The keys of the whole table."""

from __future__ import annotations

from dataclasses import dataclass

from geo.read.compound import Either, Items
from geo.read.dates import Date
from geo.read.evidence import SOURCE
from geo.read.fields import Line, Pattern, Prose
from geo.read.groups import GROUP, LEVEL
from geo.read.nodes import Node
from geo.read.reading import Reading
from geo.read.records import MOST_RECORDS, RECORD, RELATION, UNITS
from geo.read.schema import Key, Kind, Named
from geo.read.shorthand import Shorthand

__all__ = ["TABLE"]

REGIONS = Named("regions", UNITS, Line())


@dataclass(frozen=True)
class Regions:
    """The table's own sets of units, known to the records that follow."""

    def read(self, node: Node, reading: Reading) -> dict[str, tuple[str, ...]]:
        """Read all sets."""
        sets = REGIONS.read(node, reading) or {}
        reading.regions = {name: units for name, units in sets.items() if units}
        return reading.regions


# Read in this order: records need as_of and regions.
TABLE = Kind(
    "a presence table",
    (
        Key("version", Pattern("1", "1, the version of this format")),
        Key("title", Line()),
        Key("subtitle", Line()),
        Key("byline", Line()),
        Key("alt", Prose()),
        Key("as_of", Date(is_cutoff=True)),
        Key("levels", Named("levels", LEVEL, gives_id=True)),
        Key("sources", Named("sources", SOURCE, gives_id=True)),
        Key("groups", Named("groups", GROUP, gives_id=True)),
        Key("regions", Regions()),
        Key(
            "presence",
            Either(
                "a list of records, or group names with their provinces",
                items=Items(RECORD, "a list of records", at_least=0, at_most=MOST_RECORDS),
                map=Shorthand(),
            ),
        ),
        Key("relations", Items(RELATION, "a list of relations", at_least=0)),
    ),
)
