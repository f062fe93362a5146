"""Rows of a sheet and the records of a table: which is which, and what each row changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from geo.errors import Problem, TableError
from geo.model import CellPosition, Gazetteer, Position, Record, Table
from geo.read.common.names import nearest_names
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.common.plain_values import word_node
from geo.read.fields.mappings import INTERNAL
from geo.read.fields.table_context import TableContext
from geo.read.sheets.cells import FAR, Grid
from geo.read.sheets.column_choices import AS_IT_IS, ColumnChoices
from geo.read.sheets.grids_to_table import list_unseen, name_grids, sort_problems
from geo.read.sheets.missing_definitions import TITLES, complete_tree
from geo.read.sheets.rows_to_tree import TreeBuilder
from geo.read.sheets.sheet_reader import SheetReading
from geo.read.sheets.wide import collect_wide
from geo.read.table.reader import check_tree, open_context
from geo.read.table.record_ids import list_ids, word_record
from geo.read.table.records import PLACES, RECORD
from geo.read.yaml.parse import parse_tree

__all__ = ["KeyChange", "RowOutcome", "Update", "match_rows"]

SHORT = "the short form, in which a record has no room for an id"


@dataclass(frozen=True)
class KeyChange:
    """One key of a record, or of a mapping in it, that a row changes.

    ``path`` leads to it; ``value`` is None where it is taken out; ``was`` is the key whose place it takes, as one way
    to say where takes that of another.
    """

    path: tuple[str, ...]
    value: Node | None
    was: str = ""


@dataclass(frozen=True)
class RowOutcome:
    """What a row means for the table: the record, by number, its id, what changes in it and which keys stay.

    Of a record that is new ``record`` is the whole of it. ``kept`` are keys of the table whose cells are empty.
    """

    place: CellPosition
    index: int
    id: str
    changes: tuple[KeyChange, ...] = ()
    record: Map | None = None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Update:
    """All rows of a sheet, each with what it means; the table that comes of it; what is to be told.

    ``left`` are records of the table that are not in the sheet, by id or line.
    """

    rows: tuple[RowOutcome, ...]
    root: Map
    table: Table
    told: tuple[Problem, ...]
    left: tuple[str, ...]


def match_rows(
    grids: Iterable[Grid], data: bytes, source: str, gazetteer: Gazetteer, *, taking: ColumnChoices = AS_IT_IS,
    clears: bool = False,
) -> Update:  # fmt: skip
    r"""Find for each row of a sheet the record of a table that it is, by its id or by all that it says, or none.

    ``data`` are the bytes of the table. With ``clears`` an empty cell takes its key out of the record. A `TableError`
    holds all that is wrong with the sheet, and with the table that would come of it.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> from geo.read.sheets.csv_reader import parse_separated
    >>> table = b"groups: {a: {name: A}}\npresence:\n  - {id: x, group: a, in: Kabul}"
    >>> grid = parse_separated(b"id,group,in\nx,A,Kunar\n,A,Logar", "t.csv")
    >>> update = match_rows([grid], table, "t.yaml", read_gazetteer())
    >>> [(row.id, [change.path for change in row.changes]) for row in update.rows]
    [('x', [('in',)]), ('a-5192', [])]
    """
    root = parse_tree(data, source)
    table, _ = check_tree(root, source, gazetteer, True)
    part = root.values.get("presence") if isinstance(root, Map) else None
    if not isinstance(root, Map) or isinstance(part, Map):
        position = Position(part.line, part.column) if part else None
        raise TableError([Problem(source, SHORT, "a list of records, each with `group` and `in`", (), position)])
    grids = tuple(grids)
    named, unnamed = name_grids(grids)
    # The table stands first, so that the column of each node says whether it is of the table or of which sheet.
    reading = SheetReading({source: Grid(source, "", "", {}), **named}, gazetteer, taking)
    for name, grid in named.items():
        reading.read_sheet(name, grid)
    first = collect_wide(reading.wide, reading.note) if reading.wide else []
    sheet = TreeBuilder(reading.rows, reading.starts, reading.note).build_root(first)
    reading.problems += complete_tree(_put_beside(root, sheet), {f"{kind}s": None for kind in TITLES}, taking).problems
    matching = _Matching(root, table, reading, open_context(root, source, gazetteer), clears)
    matching.compare_definitions(sheet)
    rows = sheet.values.get("presence")
    outcomes = matching.match(rows.items if isinstance(rows, List) else [])
    merged = _merge(root, outcomes)
    problems = reading.problems
    try:
        result, _ = check_tree(merged, source, gazetteer, True)
    except TableError as error:
        problems += error.problems
    if unnamed or problems:
        own = [each for each in problems if each.position and each.position.column < FAR]
        of_sheets = sort_problems(reading, [each for each in problems if each not in own])
        raise TableError([*unnamed, *of_sheets, *(replace(each, file=source) for each in own)])
    told = (*list_unseen(grids), *sort_problems(reading, reading.told))
    return Update(outcomes, merged, result, told, matching.list_left(outcomes))


def _put_beside(root: Map, sheet: Map) -> Map:
    """Give the records of a sheet with the definitions of the table, whose names they may use."""
    both = Map(False, 1, 1)
    both.values = {
        **sheet.values,
        **{f"{kind}s": root.values[f"{kind}s"] for kind in TITLES if f"{kind}s" in root.values},
    }
    both.values = {name: node for name, node in both.values.items() if name in ("presence", *(f"{k}s" for k in TITLES))}
    return both


@dataclass
class _Matching:
    """Matches rows with records, and notes what does not fit."""

    root: Map
    table: Table
    reading: SheetReading
    context: TableContext
    clears: bool
    columns: frozenset[str] = field(init=False)
    known: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = frozenset(self.reading.heads.get("presence", {}).values())
        self.known = {record.id: index for index, record in enumerate(self.table.records) if record.id}

    @property
    def records(self) -> list[Node]:
        """Those of the table, as they are written."""
        part = self.root.values.get("presence")
        return part.items if isinstance(part, List) else []

    def compare_definitions(self, sheet: Map) -> None:
        """Refuse groups, levels and sources that the table lacks; tell other parts that say otherwise."""
        for name, part in sheet.values.items():
            held = self.root.values.get(name)
            if name in ("presence", "version") or _is_within(part, held):
                continue
            kind = name.removesuffix("s")
            defined = held.values if isinstance(held, Map) else {}
            named = part.keys if isinstance(part, Map) and kind in TITLES else {}
            missing = [key for id_, key in named.items() if id_ not in defined]
            for key in missing:
                found = f"the {kind} {quote(key.text)}, which the table does not define"
                self.reading.note(key, found, f"it under `{name}` there first")
            if not missing:
                found = f"`{name}` says otherwise than the table, and is left alone"
                self.reading.tell(part, found, "records alone, for --into takes nothing else")

    def match(self, rows: Iterable[Node]) -> tuple[RowOutcome, ...]:
        """Match all rows, those with an id first: another that says the same cannot take its record then."""
        nodes = [node for node in rows if isinstance(node, Map)]
        found: dict[int, int | None] = {}
        taken: dict[int, Map] = {}
        for number, node in enumerate(nodes):
            if isinstance(id_ := node.values.get("id"), Text):
                found[number] = self.find_by_id(id_, node, taken)
        worded: dict[str, list[int]] = {}
        for index, record in enumerate(self.table.records if len(found) < len(nodes) else ()):
            worded.setdefault(word_record(record), []).append(index)
        ids = set(self.known)
        outcomes = []
        for number, node in enumerate(nodes):
            if number in found:
                known = found[number]
                # What else is wrong with a row that is no record of the table is told where the whole is checked.
                outcomes.append(
                    RowOutcome(self.place(node), -1, "", record=_drop_id(node))
                    if known is None
                    else self.update(known, node)
                )
                continue
            said = self.read(node)
            free = [each for each in worded.get(word_record(said), ()) if each not in taken] if said else []
            if said is None:
                outcomes.append(RowOutcome(self.place(node), -1, "", record=node))
            elif free:
                taken[free[0]] = node
                outcomes.append(self.update(free[0], node))
            else:
                outcomes.append(self.add(node, said, ids))
        return tuple(outcomes)

    def find_by_id(self, id_: Text, node: Map, taken: dict[int, Map]) -> int | None:
        """Find the record that a row names; None with an error noted where it is none, or another row's."""
        index = self.known.get(id_.text)
        if index is None:
            expected = "the `id` of a record of the table, or an empty cell for a new one"
            self.reading.note(id_, f"no record {quote(id_.text)}", expected, nearest_names(id_.text, self.known))
        elif index in taken:
            expected = f"it once; it already stands in row {taken[index].line}"
            self.reading.note(id_, f"the id {quote(id_.text)} a second time", expected)
            return None
        else:
            taken[index] = node
        return index

    def read(self, node: Map) -> Record | None:
        """Read what a row says, whatever its id."""
        record: Record | None = RECORD.read(_drop_id(node), self.context)
        return record

    def add(self, node: Map, record: Record, ids: set[str]) -> RowOutcome:
        """Give a new record its id; refuse one that was added before and says something else in the table since."""
        first = next(list_ids(record))
        if first in self.known:
            found = f"a row without an id that was added before as {quote(first)}, which says something else now"
            self.reading.note(node, found, "that id in the column `id`, to change the record again")
        id_ = next(each for each in list_ids(record) if each not in ids)
        ids.add(id_)
        whole = Map(False, node.line, node.column)
        whole.values = {"id": Text(id_, False, node.line, node.column), **node.values}
        whole.keys = {name: Text(name, False, node.line, node.column) for name in whole.values}
        return RowOutcome(self.place(node), -1, id_, record=whole)

    def update(self, index: int, node: Map) -> RowOutcome:
        """Say what a row changes in a record."""
        old: Any = self.records[index]
        changes, kept = [], []
        place = next((name for name in PLACES if name in node.values), "")
        was = next((name for name in PLACES if name in old.values), "")
        for name in (*(key.name for key in RECORD.keys), INTERNAL):
            new = node.values.get(name)
            if new is None:
                if name in old.values and name != "id" and self.has_column(name) and not (place and name in PLACES):
                    changes += [KeyChange((name,), None)] if self.clears else []
                    kept += [] if self.clears else [name]
            elif name in old.values:
                changes += self.compare(name, old.values[name], new)
            else:
                changes.append(KeyChange((name,), new, was if name == place else ""))
        id_ = self.table.records[index].id or ""
        return RowOutcome(self.place(node), index, id_, tuple(changes), kept=tuple(kept))

    def has_column(self, name: str) -> bool:
        """Tell whether the sheet could say something of a key."""
        return any(column == name or column.startswith(f"{name}.") for column in self.columns)

    def compare(self, name: str, old: Node, new: Node) -> list[KeyChange]:
        """Compare what stands under a key: by what it means, so that another spelling changes nothing."""
        meant = self.means(name, new)
        if word_node(old) == word_node(new) or (meant is not None and meant == self.means(name, old)):
            return []
        if isinstance(old, Map) and isinstance(new, Map):
            return [*_compare_maps((name,), old, new)]
        return [KeyChange((name,), new)]

    def means(self, name: str, node: Node) -> Any:
        """Read what stands under a key; None where it cannot be read, and of what is internal."""
        if name == INTERNAL:
            return None
        before = self.context.errors
        value = RECORD.fields[name].read(node, self.context)
        return value if self.context.errors == before else None

    def place(self, node: Node) -> CellPosition:
        """Name the cell at which a row begins."""
        where = self.reading.locate(Problem("", "", position=Position(node.line, node.column))).position
        return where if isinstance(where, CellPosition) else CellPosition(node.line, 1)

    def list_left(self, outcomes: Iterable[RowOutcome]) -> tuple[str, ...]:
        """List the records of the table that are not in the sheet."""
        found = {each.index for each in outcomes}
        return tuple(
            record.id or f"that of line {record.position.line if record.position else 0}"
            for index, record in enumerate(self.table.records)
            if index not in found
        )


def _drop_id(node: Map) -> Map:
    """Give a record without its id."""
    bare = Map(node.flow, node.line, node.column)
    bare.values = {name: value for name, value in node.values.items() if name != "id"}
    bare.keys = {name: key for name, key in node.keys.items() if name != "id"}
    return bare


def _compare_maps(path: tuple[str, ...], old: Map, new: Map) -> Iterable[KeyChange]:
    """Compare mappings key by key: what the sheet does not say stays."""
    for name, value in new.values.items():
        held = old.values.get(name)
        if isinstance(held, Map) and isinstance(value, Map):
            yield from _compare_maps((*path, name), held, value)
        elif held is None or word_node(held) != word_node(value):
            yield KeyChange((*path, name), value)


def _is_within(part: Node, held: Node | None) -> bool:
    """Tell whether a table says all that a sheet says; a list of one is that one."""
    if isinstance(part, Map) and isinstance(held, Map):
        return all(_is_within(value, held.values.get(name)) for name, value in part.values.items())
    if isinstance(part, Map) and len(part.values) == 1 and held is not None:  # a region may be its list alone
        return _is_within(next(iter(part.values.values())), held)
    if isinstance(part, List) and isinstance(held, List):
        return len(part.items) == len(held.items) and all(map(_is_within, part.items, held.items))
    said, known = word_node(part), word_node(held)
    return bool(said == known or said == [known] or [said] == known)


def _merge(root: Map, outcomes: Iterable[RowOutcome]) -> Map:
    """Give the tree of the table that comes of all rows."""
    part = root.values.get("presence")
    merged = List(part.line, part.column) if part else List(1, 1)
    merged.items = list(part.items) if isinstance(part, List) else []
    for each in outcomes:
        if each.record is not None:
            merged.items.append(each.record)
        elif each.changes:
            node = merged.items[each.index]
            for change in each.changes:
                node = _change(node, change, change.path)
            merged.items[each.index] = node
    whole = Map(root.flow, root.line, root.column)
    whole.values, whole.keys = dict(root.values), dict(root.keys)
    if merged.items or part:
        whole.values["presence"] = merged
        whole.keys.setdefault("presence", Text("presence", True, 1, 1))
    return whole


def _change(node: Node, change: KeyChange, path: tuple[str, ...]) -> Map:
    """Give a mapping with one key changed; the tree of the table stays as it was read."""
    if not isinstance(node, Map):
        raise TypeError("only mappings have keys that change")
    name, *rest = path
    made = Map(node.flow, node.line, node.column)
    made.values, made.keys = dict(node.values), dict(node.keys)
    if rest:
        made.values[name] = _change(node.values[name], change, tuple(rest))
    elif change.value is None:
        del made.values[name], made.keys[name]
    else:
        if change.was:
            del made.values[change.was], made.keys[change.was]
        made.values[name] = change.value
        made.keys[name] = Text(name, True, change.value.line, change.value.column)
    return made
