"""The short form of a first map: a mapping from group names to provinces, without levels, sources or dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from geo.model import Evidence, Group, Place, Record
from geo.read.common.names import fold_name
from geo.read.common.nodes import Map, Node, quote
from geo.read.fields.mappings import refuse_open_lists, skip_internal
from geo.read.fields.scalars import SHAPES, Line
from geo.read.fields.table_context import TableContext, find_position
from geo.read.table.records import MOST_RECORDS
from geo.read.table.units import UNITS, list_written

__all__ = ["ExpandedShorthand", "Shorthand", "make_id"]


@dataclass(frozen=True)
class ExpandedShorthand:
    """What the short form gives: records, and the groups that the table does not define elsewhere."""

    groups: Mapping[str, Group]
    records: tuple[Record, ...]


def make_id(name: str) -> str:
    """Make a group's id from its name: its folded letters and digits joined by hyphens; empty if it has none.

    Examples
    --------
    >>> make_id("Haqqani Network"), make_id("al-Qaeda"), make_id("!")
    ('haqqani-network', 'al-qaeda', '')
    """
    return re.sub(r"[\W_]+", "-", fold_name(name)).strip("-")


@dataclass(frozen=True)
class Shorthand:
    """A mapping from group names to units."""

    def read(self, node: Node, reading: TableContext) -> ExpandedShorthand | None:
        """Read all groups; an id, name or alias defined under ``groups`` is that group."""
        if type(node) is not Map:
            reading.error(node, SHAPES[type(node)], f"group names, each with its {reading.gazetteer.noun.many}")
            return None
        if len(reading.ids["level"]) > 1:
            reading.error(node, "the short form in a table with several levels", "a list of records with `level`")
        if len(node.values) > MOST_RECORDS:
            found = f"a short form of {len(node.values):,} groups"
            reading.error(node, found, f"group names, at most {MOST_RECORDS:,}")
            return None
        made: dict[str, Group] = {}
        records = []
        listed = refuse_open_lists(
            node, dict.fromkeys(node.values, UNITS), "the short form", reading, are_keys_free=True
        )
        for name, places in node.values.items():
            if name in listed or skip_internal(node, name, reading):
                continue
            group = self._find_group(node, name, made, reading)
            units = UNITS.read(places, reading)
            if group and units:
                place = Place("in", units, written=list_written(places, reading))
                level = next(iter(reading.ids["level"]))
                records.append(Record((group,), place, level, Evidence(), position=find_position(node.keys[name])))
        return ExpandedShorthand(made, tuple(records))

    @staticmethod
    def _find_group(node: Map, name: str, made: dict[str, Group], reading: TableContext) -> str | None:
        """Find the group defined under a name; where the table defines none, make one."""
        key = node.keys[name]
        text = Line().read(key, reading)
        if text is None:
            return None
        if reading.ids["group"]:
            found = reading.list_meant("group", fold_name(text))
            return found[0] if len(found) == 1 else reading.find_id("group", key)
        id_ = make_id(text)
        if not id_ or id_ in made:
            found_text = (
                f"{quote(text)}, whose id is that of {quote(made[id_].name)}"
                if id_
                else f"{quote(text)} without letters"
            )
            reading.error(key, found_text, "a name of its own for each group")
            return None
        made[id_] = Group(id_, text, text)
        return id_
