"""The wide form: one unit a row, one group a column, and in the cell a level, a finding or a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from geo.read.cells import split_items
from geo.read.nodes import List, Map, Node, Text, quote

__all__ = ["MARKS", "collect_wide"]

MARKS = frozenset(("x", "✓", "✔", "1", "yes", "true", "present"))
FINDINGS = frozenset(("absent", "inconclusive"))
NOTHING = frozenset(("0", "no", "n", "-", "–", "false", "none", "n/a", "na", "?"))


def collect_wide(
    rows: Mapping[int, Mapping[int, Text]], note: Callable[[Any, str, str, tuple[str, ...]], None]
) -> list[Node]:
    """Make records of a sheet of units x groups: one for each group and each level, with all its units.

    Parameters
    ----------
    rows : mapping
        Cells by row and column; the first row names the groups.
    note : callable
        Takes a place, what was found, what is expected and nearest names.

    Returns
    -------
    list of Node
        Mappings as a record has them, group by group.

    Examples
    --------
    >>> cells = {1: {1: Text("in", False, 1, 1), 2: Text("LeT", False, 1, 2)},
    ...          2: {1: Text("Kunar", False, 2, 1), 2: Text("x", False, 2, 2)}}
    >>> [list(record.values) for record in collect_wide(cells, print)]
    [['group', 'in']]
    """
    first = min(rows)
    heads = {column: cell for column, cell in rows[first].items() if column > 1}
    records: dict[tuple[int, str], Map] = {}
    for line, row in rows.items():
        if line == first or all(re.match("#[A-Za-z]", cell.text) for cell in row.values()):
            continue
        for column, cell in row.items():
            if column == 1:
                continue
            word = cell.text.lower()
            if column not in heads or 1 not in row:
                note(cell, "a value without a group above or a province before it", "both, or an empty cell", ())
            elif word not in MARKS and re.fullmatch(r"[0-9.,]+", word) and word != "0":
                expected = "x, the name of a level, `absent` or `inconclusive`"
                note(cell, f"the number {quote(cell.text)}, which is no level", expected, ())
            elif word in NOTHING:
                found = f"{quote(cell.text)}, which may mean that none is there or that nobody looked"
                note(cell, found, "an empty cell where no record says anything, `absent` for looked and not found", ())
            else:
                record = records.setdefault((column, "" if word in MARKS else word), Map(False, line, cell.column))
                _add_unit(record, heads[column], row[1], cell)
    return [_close_record(records[key]) for key in sorted(records, key=lambda key: (key[0], records[key].line))]


def _close_record(record: Map) -> Map:
    """Write a single unit without brackets."""
    units = record.values["in"]
    if isinstance(units, List) and len(units.items) == 1:
        record.values["in"] = units.items[0]
    return record


def _add_unit(record: Map, head: Text, unit: Text, cell: Text) -> None:
    """Add a unit to the record of its group and level, which the first of its cells begins."""
    if not record.values:
        groups = [Text(part, False, head.line, head.column) for part in split_items(head.text)]
        group: Node = groups[0]
        if len(groups) > 1:
            group = List(head.line, head.column)
            group.items += groups
        for name, value in (("group", group), ("in", List(unit.line, unit.column))):
            record.values[name], record.keys[name] = value, Text(name, False, head.line, head.column)
        if (word := cell.text.lower()) not in MARKS:
            name = "finding" if word in FINDINGS else "level"
            text = word if word in FINDINGS else cell.text
            record.values[name] = record.keys[name] = Text(text, False, cell.line, cell.column)
    units = record.values["in"]
    if isinstance(units, List):
        units.items.append(Text(unit.text, False, unit.line, unit.column))
