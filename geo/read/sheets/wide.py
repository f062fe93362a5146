"""The wide form: one unit a row, one group a column, and in the cell a level, a finding or a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.sheets.cells import split_items, split_places
from geo.read.sheets.null_words import is_blank_word, is_missing_level

__all__ = ["MARKS", "Wide", "collect_wide", "is_figure", "is_mark"]

MARKS = frozenset(("x", "×", "✓", "✔", "√", "☑", "●", "•", "■", "1", "yes", "y", "true", "present"))
FINDINGS = frozenset(("absent", "inconclusive"))
MORE = re.compile(r"(?:x|✓|✔|yes|no|\?)\W*[^\w\s].*|(?:x|✓|✔|yes|no)\s.+|[^\w\s]+\s*x\W*", re.DOTALL)
"""A mark and something beside it."""

SIGN = re.compile(r"\w|xx+|[^\w\s]+")
"""A letter, which may stand for present or for absent, or signs."""

KINDS = "x, the name of a level, `absent` or `inconclusive`"
NUMBER = re.compile(r"[0-9.,]+ ?%?")

Note = Callable[[Any, str, str, tuple[str, ...]], None]
Row = Mapping[int, Text]


@dataclass(frozen=True)
class Wide:
    """A sheet of units x groups.

    ``rows`` are those below the header, without the cells that name a unit or say more of the row; ``units`` gives the
    cell that names the unit of a row, and ``keys`` the cells that say more of it, by what they say. ``has_levels``
    tells that another sheet defines the levels.
    """

    rows: Mapping[int, Row]
    heads: Mapping[int, Text]
    units: Mapping[int, Text]
    keys: Mapping[int, Mapping[str, Text]] = field(default_factory=dict)
    has_levels: bool = False


def is_mark(cell: Text) -> bool:
    """Tell whether a cell says that a group is present, or was looked for, and no more.

    Examples
    --------
    >>> is_mark(Text("X", False, 1, 1)), is_mark(Text("camps", False, 1, 1))
    (True, False)
    """
    word = cell.text.lower()
    return word in MARKS or word in FINDINGS or is_missing_level(word) or is_blank_word(word)


def is_figure(cell: Text) -> bool:
    """Tell whether a cell holds a number that is no mark.

    Examples
    --------
    >>> is_figure(Text("45%", False, 1, 1)), is_figure(Text("1", False, 1, 1))
    (True, False)
    """
    return cell.text.lower() not in MARKS and NUMBER.fullmatch(cell.text) is not None


def collect_wide(wide: Wide, note: Note) -> list[Node]:
    """Make records of a sheet of units x groups: one for each group, level and what else is said, with all its units.

    They are mappings, group by group. ``note`` takes a place, what was found, what is expected and nearest names.

    Examples
    --------
    >>> wide = Wide({2: {2: Text("x", False, 2, 2)}}, {2: Text("LeT", False, 1, 2)}, {2: Text("Kunar", False, 2, 1)})
    >>> [list(record.values) for record in collect_wide(wide, print)]
    [['group', 'in']]
    """
    records: dict[tuple[Any, ...], Map] = {}
    levels = [] if wide.has_levels else _list_levels(wide)
    read: set[tuple[str, int]] = set()
    wrong = []
    for line, row in wide.rows.items():
        for column, cell in row.items():
            if column not in wide.heads or line not in wide.units:
                note(cell, "a value without a group above or a province before it", "both, or an empty cell", ())
            elif fault := _find_fault(cell, wide, levels if "level" not in wide.keys.get(line, {}) else []):
                note(cell, *fault, ())
                wrong.append((line, column, cell))
            else:
                said = wide.keys.get(line, {})
                level = "" if cell.text.lower() in MARKS else cell.text.lower()
                key = (column, level, *sorted((name, each.text) for name, each in said.items()))
                record = records.setdefault(key, Map(False, line, cell.column))
                _add_unit(record, wide.heads[column], wide.units[line], cell, said, note)
                read |= {("row", line), ("column", column)}
    for line, column, cell in wrong:  # what else is wrong with its row and column is to be told as well
        if not read >= (both := {("row", line), ("column", column)}):
            read |= both
            record = records.setdefault((column, "", line, cell), Map(False, line, cell.column))
            mark = Text("x", False, cell.line, cell.column)
            _add_unit(record, wide.heads[column], wide.units[line], mark, wide.keys.get(line, {}), note)
    return [_close_record(records[key]) for key in sorted(records, key=lambda key: (key[0], records[key].line))]


def _find_fault(cell: Text, wide: Wide, levels: list[str]) -> tuple[str, str] | None:
    """Say what is wrong with a mark, and what is expected; ``levels`` are those of other cells, where it needs one."""
    word = cell.text.lower()
    if is_figure(cell) and word != "0":
        return f"the number {quote(cell.text)}, which is no level", KINDS
    if is_blank_word(word) or (is_missing_level(word) and not wide.has_levels):
        found = f"{quote(cell.text)}, which may mean that none is there or that nobody looked"
        return found, "an empty cell where no record says anything, `absent` for looked and not found"
    if word not in MARKS and SIGN.fullmatch(word) and not wide.has_levels:
        return f"{quote(cell.text)}, which may mean anything", KINDS
    if word not in MARKS and MORE.fullmatch(word):
        return f"{quote(cell.text)}, a mark and more", "x alone, or the name of a level; the rest in a column `note`"
    if word in MARKS and levels:
        found = f"the mark {quote(cell.text)} where other cells hold levels, such as {quote(levels[0])}"
        return found, "the name of a level in each cell, or x in each"
    return None


def _list_levels(wide: Wide) -> list[str]:
    """List the cells that name a level."""
    cells = [cell for row in wide.rows.values() for column, cell in row.items() if column in wide.heads]
    others = (NUMBER, MORE, SIGN)
    return [cell.text for cell in cells
            if not is_mark(cell) and not any(other.fullmatch(cell.text.lower()) for other in others)]  # fmt: skip


def _close_record(record: Map) -> Map:
    """Write a single unit without brackets."""
    units = record.values["in"]
    if isinstance(units, List) and len(units.items) == 1:
        record.values["in"] = units.items[0]
    return record


def _add_unit(record: Map, head: Text, unit: Text, cell: Text, said: Mapping[str, Text], note: Note) -> None:
    """Add a unit to the record of its group and level, which the first of its cells begins."""
    if not record.values:
        groups = [Text(part, False, head.line, head.column) for part in split_items(head.text)]
        group: Node = groups[0]
        if len(groups) > 1:
            group = List(head.line, head.column)
            group.items += groups
        for name, value in (("group", group), ("in", List(unit.line, unit.column))):
            record.values[name], record.keys[name] = value, Text(name, False, head.line, head.column)
        for name, each in said.items():
            _put(record, name, each)
        if (word := cell.text.lower()) not in MARKS:
            name = "finding" if word in FINDINGS else "level"
            if name in said:
                found = f"{quote(cell.text)} beside the {name} of its row, {quote(said[name].text)}"
                note(cell, found, "one of the two: x in this cell", ())
            _put(record, name, Text(word if word in FINDINGS else cell.text, False, cell.line, cell.column))
    units = record.values["in"]
    if isinstance(units, List):
        units.items += [Text(part, False, unit.line, unit.column) for part in split_places(unit.text)]


def _put(record: Map, name: str, value: Text) -> None:
    """Write a text under a key, whose place may be a path such as ``observed.from``."""
    *path, last = name.split(".")
    for part in path:
        inner = record.values.setdefault(part, Map(False, value.line, value.column))
        record.keys.setdefault(part, value)
        record = inner if isinstance(inner, Map) else record
    record.values[last] = record.keys[last] = value
