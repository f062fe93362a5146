"""Units that a part of a table names."""

from __future__ import annotations

from dataclasses import replace

from geo.read.common.nodes import List, Node, Text
from geo.read.fields.containers import Items, UnitName
from geo.read.fields.table_context import TableContext

__all__ = ["UNITS", "UNITS_ALONE", "list_written"]

UNITS = Items(UnitName(), "{a_unit} or a list of {units}", distinct="{unit}", or_one=True)
UNITS_ALONE = replace(UNITS, item=UnitName(in_record=False))


def list_written(node: Node, reading: TableContext) -> tuple[str, ...]:
    """List the names of units as they are written, where several may mean one unit; nothing elsewhere."""
    if not reading.gazetteer.parts:
        return ()
    items = node.items if isinstance(node, List) else [node]
    return tuple(item.text for item in items if isinstance(item, Text))
