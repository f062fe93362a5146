"""Grids become a tree, as if the table had been written in YAML, and are checked by the same definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from geo.errors import Problem, TableError
from geo.model import CellPosition, Gazetteer, Position, Table
from geo.read.cells import Grid, split_items
from geo.read.columns import ID, NUMBER, Form, find_form, is_leaf, list_forms, open_field
from geo.read.complete import Made, complete_tree
from geo.read.compound import Either, Items, UnitName
from geo.read.dates import Date
from geo.read.fields import Flag
from geo.read.figures import Number
from geo.read.headers import Head, find_head
from geo.read.names import nearest_names
from geo.read.nodes import List, Map, Node, Text, quote
from geo.read.presence import check_tree
from geo.read.schema import INTERNAL, Kind, Named
from geo.read.table import TABLE
from geo.read.wide import collect_wide

__all__ = ["Assembled", "assemble_table", "list_values"]

FAR = 20_000
"""Columns of the second sheet count from here, of the third from twice this, so that a position names its sheet."""

SERIAL = re.compile(r"[3-6][0-9]{4}(\.[0-9]+)?")
FIRST_DAY = date(1899, 12, 30)

Row = dict[str, Text]


@dataclass(frozen=True)
class Assembled:
    """A checked table, the tree it was read from, what is doubtful, and what had to be made up.

    ``made`` names the levels, sources and groups that sheets name and do not define; ``wide`` the sheet that was read
    as units x groups, if one was.
    """

    table: Table
    root: Map
    warnings: tuple[Problem, ...]
    made: tuple[Made, ...]
    wide: bool


def assemble_table(grids: Iterable[Grid], gazetteer: Gazetteer, *, allow_empty: bool = False) -> Assembled:
    """Put sheets together to a table and check it.

    Parameters
    ----------
    grids : iterable of Grid
        Each named after its part of the table; a single one may bear any name and holds records.
    gazetteer : Gazetteer
        The units and regions that records may name.
    allow_empty : bool
        Whether a table without records is one.

    Returns
    -------
    Assembled

    Raises
    ------
    TableError
        Naming each cell, or row, that cannot be taken.

    Examples
    --------
    >>> from geo.read.gazetteer import read_gazetteer
    >>> from geo.read.separated import parse_separated
    >>> grid = parse_separated(b"group,in\\nHaqqani Network,Kabul; Paktia", "t.csv")
    >>> assembled = assemble_table([grid], read_gazetteer())
    >>> [(claim.group, claim.unit) for claim in assembled.table.claims]
    [('haqqani-network', 'AF-KAB'), ('haqqani-network', 'AF-PIA')]
    """
    grids = tuple(grids)
    nest = _Nest(_name_grids(grids))
    root = nest.build_root()
    made = complete_tree(root, nest.grids)
    problems: list[Problem] = [nest.locate(problem) for problem in (*nest.problems, *made.problems)]
    table, warnings = None, ()
    if not nest.is_broken:
        try:
            table, warnings = check_tree(root, "", gazetteer, allow_empty)
        except TableError as error:
            problems += [nest.locate(problem) for problem in error.problems]
    if problems or table is None:
        raise TableError(_drop_repeats(problems))
    return Assembled(table, root, tuple(map(nest.locate, warnings)), made.made, nest.is_wide)


def list_values(root: Map) -> dict[str, Any]:
    """Give a tree as plain mappings, lists and texts, its first keys in the order of the format.

    Examples
    --------
    >>> from geo.read.tree import parse_tree
    >>> list_values(parse_tree(b"presence: {A: [Kabul]}\ntitle: B", "t.yaml"))
    {'title': 'B', 'presence': {'A': ['Kabul']}}
    """
    order = [key.name for key in TABLE.keys if is_leaf(key.field)] + [INTERNAL]
    order += [key.name for key in TABLE.keys if not is_leaf(key.field)]
    return {name: _strip(root.values[name]) for name in order if name in root.values}


def _strip(node: Node) -> Any:
    if isinstance(node, Text):
        return node.text
    if isinstance(node, List):
        return [_strip(item) for item in node.items]
    return {name: _strip(value) for name, value in node.values.items()}


def _name_grids(grids: tuple[Grid, ...]) -> dict[str, Grid]:
    """Give each grid the name of its sheet; a single one holds records, whatever its name."""
    names = [form.name for form in list_forms()]
    found: dict[str, Grid] = {}
    problems = []
    for grid in grids:
        name = grid.name.strip().lower()
        if name not in names and (len(grids) == 1 or not any(each.name.strip().lower() in names for each in grids)):
            name = "presence"
        place = CellPosition(1, 1, grid.shown)
        if name not in names:
            found_text = f"the sheet {quote(grid.name)}, which is no part of a table"
            near = nearest_names(name, names)
            problems.append(
                Problem(
                    grid.source,
                    found_text,
                    f"one of {', '.join(names)}, or --sheet NAME to take one alone",
                    near,
                    place,
                )
            )
        elif name in found:
            found_text = f"a second sheet for {name}; the first is {found[name].source}"
            expected = "one of them; choose with --sheet NAME, or name the sheets after the parts of a table"
            problems.append(Problem(grid.source, found_text, expected, (), place))
        else:
            found[name] = grid
    if problems:
        raise TableError(problems)
    return found


def _drop_repeats(problems: Iterable[Problem]) -> list[Problem]:
    """Keep one problem a cell: the first is nearest to the cause, the rest follow from it."""
    first: dict[Any, Problem] = {}
    for problem in problems:
        first.setdefault((problem.file, problem.position) if problem.position else problem, problem)
    return list(first.values())


@dataclass
class _Nest:
    """Builds the tree sheet by sheet; positions carry the number of their sheet."""

    grids: Mapping[str, Grid]
    problems: list[Problem] = field(default_factory=list)
    is_broken: bool = False
    is_wide: bool = False

    def __post_init__(self) -> None:
        self.order = list(self.grids)
        self.rows: dict[str, list[tuple[int, Row]]] = {}
        self.children: dict[tuple[str, tuple[str, ...]], list[tuple[int, Row]]] = {}

    def locate(self, problem: Problem) -> Problem:
        """Say in which cell of which sheet a problem is."""
        if problem.position is None or not self.order:
            return replace(problem, file=problem.file or next(iter(self.grids.values())).source)
        index, column = divmod(problem.position.column, FAR)
        grid = self.grids[self.order[min(index, len(self.order) - 1)]]
        place = CellPosition(problem.position.line, max(column, 1), grid.shown)
        expected = re.sub(
            r"a list, such as \[(.*)\]",
            lambda found: "semicolons between them: " + found[1].replace(", ", "; "),
            problem.expected,
        )
        return replace(problem, file=grid.source, position=place, expected=expected)

    def note(self, place: Any, found: str, expected: str, nearest: tuple[str, ...] = ()) -> None:
        """Note a problem at a node."""
        self.problems.append(Problem("", found, expected, nearest, Position(place.line, place.column)))

    def build_root(self) -> Map:
        """Build the whole table."""
        root = Map(False, 1, 1)
        _put(root, "version", Text("1", True, 1, 1))
        for name, grid in self.grids.items():
            self.read_rows(name, grid)
        self.is_broken = bool(self.problems)
        if self.is_broken:
            return root
        notes = self.build_keys(root)
        for form in list_forms():
            if form.name in self.rows and form.shape != "keys" and not form.owners:
                self.build_section(form, root, notes)
        for (name, owner), rows in self.children.items():
            for line, row in rows:
                node = next(iter(row.values()), Text("", False, line, 1))
                self.note(
                    node,
                    f"a row of {' '.join(map(quote, owner))}, which no sheet holds",
                    "the id of a group, and the number, of a row of its own",
                )
                del name
                break
        return root

    def read_rows(self, name: str, grid: Grid) -> None:
        """Read a sheet's header, then its rows by the names of columns."""
        form = find_form(name)
        assert form is not None
        offset = self.order.index(name) * FAR
        rows = {
            line: {column: Text(each.text, each.plain, line, column + offset) for column, each in row.items()}
            for line, row in grid.rows.items()
        }
        head: Head = find_head(form, rows, offset, self.note)
        if head.is_wide:
            self.is_wide = True
            self.rows[name] = []
            self.wide = rows
            return
        result = []
        for line, row in rows.items():
            if line > head.last:
                cells: Row = {}
                for column, cell in row.items():
                    if (known := head.columns.get(column)) is not None:
                        cells[known] = cell
                    else:
                        self.note(cell, "a value under no header", "a header in this column, or an empty cell")
                result.append((line, cells))
        if form.owners:
            self.sort_children(form, result)
        self.rows[name] = result

    def sort_children(self, form: Form, rows: list[tuple[int, Row]]) -> None:
        """Put rows that belong to another row where that one finds them."""
        for line, row in rows:
            owner = tuple(row[each].text if each in row else "" for each in form.owners)
            for each in form.owners:
                row.pop(each, None)
            self.children.setdefault((form.name, owner), []).append((line, row))

    def build_keys(self, root: Map) -> dict[str, Text]:
        """Read the sheet of keys and values; what is internal to a section is given back by the section's name."""
        form = find_form("table")
        assert form is not None
        known = {column.name: column for column in form.columns}
        sections = {f"{each.name}.{INTERNAL}" for each in list_forms() if each.shape in ("named", "values")}
        notes: dict[str, Text] = {}
        for line, row in self.rows.get("table", ()):
            key, value = row.get("key"), row.get("value")
            if key is None:
                self.note(value or Text("", False, line, 1), "a value without a key", "a key in the column `key`")
            elif key.text in sections:
                if value is not None:
                    notes[key.text.partition(".")[0]] = value
            elif key.text not in known and key.text != INTERNAL:
                near = nearest_names(key.text, known)
                self.note(key, f"unknown key {quote(key.text)}", f"one of {', '.join(known)}", near)
            elif key.text in root.values and key.text != "version":
                self.note(key, f"the key {quote(key.text)} a second time", "it once")
            elif value is not None:
                _put(root, key.text, value, key)
        return notes

    def build_section(self, form: Form, root: Map, notes: Mapping[str, Text]) -> None:
        """Build a part of the table from its rows."""
        rows = self.rows[form.name]
        offset = self.order.index(form.name) * FAR
        if form.shape == "list":
            items = List(1, 1 + offset)
            if form.name == "presence" and self.is_wide:
                items.items += collect_wide(self.wide, self.note)
            items.items += [
                self.build_map(form.field.item, row, (), self.place(line, row, form), form, ()) for line, row in rows
            ]
            if items.items or form.name == "presence":
                _put(root, form.name, items)
            return
        part = Map(False, 1, 1 + offset)
        if form.name in notes:
            _put(part, INTERNAL, notes[form.name])
        for line, row in rows:
            id_ = row.pop(ID, None)
            place = self.place(line, row, form)
            if id_ is None:
                self.note(place, "a row without an id", f"an id in the column `{ID}`")
            elif id_.text in part.values:
                self.note(
                    id_,
                    f"the id {quote(id_.text)} a second time",
                    f"it once; it already stands in row {part.keys[id_.text].line}",
                )
            elif form.shape == "values":
                value = self.build_field(form.field.field, row, form.columns[0].path, place, form, (id_.text,))
                _put(part, id_.text, value or Text("", True, line, id_.column), id_)
            else:
                _put(part, id_.text, self.build_map(form.field.field, row, (), id_, form, (id_.text,)), id_)
        if part.values:
            _put(root, form.name, part)

    def place(self, line: int, row: Row, form: Form) -> Text:
        """Give a node that stands for a row: at its first cell."""
        first = min((cell.column for cell in row.values()), default=1 + self.order.index(form.name) * FAR)
        return Text("", True, line, first)

    def build_map(
        self, kind: Kind, row: Row, path: tuple[str, ...], place: Any, form: Form, owner: tuple[str, ...]
    ) -> Map:
        """Build a mapping from the columns under ``path``."""
        node = Map(False, place.line, place.column)
        for key in kind.keys:
            value = self.build_field(open_field(key.field), row, (*path, key.name), place, form, owner)
            if value is not None:
                _put(node, key.name, value)
        if (private := row.get(".".join((*path, INTERNAL)))) is not None:
            _put(node, INTERNAL, private)
        return node

    def build_field(
        self, each: Any, row: Row, path: tuple[str, ...], place: Any, form: Form, owner: tuple[str, ...]
    ) -> Node | None:
        """Build what stands under one key; None where no cell says anything."""
        cell = row.get(".".join(path))
        inner = [name for name in row if name.startswith(".".join(path) + ".")]
        if is_leaf(each):
            return None if cell is None else self.build_text(each, cell)
        if isinstance(each, Items) and is_leaf(each.item):
            return None if cell is None else _build_list(each, cell)
        if isinstance(each, Items):
            return self.build_children(each, path, place, form, owner)
        if isinstance(each, Either):
            if cell is not None and inner:
                self.note(row[inner[0]], f"`{path[-1]}` beside `{inner[0]}`", "one of the two")
            return (
                self.build_text(each.text, cell)
                if cell is not None
                else self.build_inner(each.map, row, path, inner, form)
            )
        if isinstance(each, Named):
            named = Map(False, place.line, place.column)
            for name in inner:
                _put(named, name[len(".".join(path)) + 1 :], row[name])
            return named if inner else None
        return self.build_inner(each, row, path, inner, form)

    def build_inner(self, kind: Any, row: Row, path: tuple[str, ...], inner: list[str], form: Form) -> Map | None:
        """Build a mapping inside a row, which stands where its first cell does."""
        if not inner:
            return None
        first = min((row[name] for name in inner), key=lambda cell: cell.column)
        return self.build_map(kind, row, path, first, form, ())

    def build_children(
        self, each: Items, path: tuple[str, ...], place: Any, form: Form, owner: tuple[str, ...]
    ) -> List | None:
        """Build a list whose items are rows of another sheet."""
        child = next(known for known in form.children if known.name == path[-1])
        rows = self.children.pop((child.name, owner), [])
        if not rows:
            return None
        items = List(rows[0][0], self.place(*rows[0], child).column)
        numbers: set[str] = set()
        for count, (line, row) in enumerate(rows, 1):
            inside = owner
            if NUMBER in child.heads:
                number = row.pop(NUMBER, Text(str(count), True, line, 1))
                if number.text in numbers:
                    self.note(
                        number, f"the number {quote(number.text)} a second time for one group", "each number once"
                    )
                numbers.add(number.text)
                inside = (*owner, number.text)
            items.items.append(self.build_map(each.item, row, (), self.place(line, row, child), child, inside))
        del place
        return items

    def build_text(self, each: Any, cell: Text) -> Text:
        """Give a cell as the definition reads it."""
        if isinstance(each, Date) and SERIAL.fullmatch(cell.text):
            day = FIRST_DAY + timedelta(days=int(float(cell.text)))
            self.note(
                cell,
                f"the number {cell.text}, as which a spreadsheet stores the day {day}",
                f"a date: format the column as text and write {day}",
            )
        text = cell.text.lower() if isinstance(each, Flag) else cell.text
        return Text(text, isinstance(each, Number), cell.line, cell.column)


def _build_list(each: Items, cell: Text) -> Node:
    """Split a cell into items; provinces may be parted by commas as well, for none has one in its name."""
    parts = split_items(cell.text)
    if isinstance(each.item, UnitName):
        parts = tuple(piece.strip() for part in parts for piece in re.split("[,،؛]", part) if piece.strip())
    texts: list[Node] = [Text(part, False, cell.line, cell.column) for part in parts]
    if len(texts) == 1 and each.or_one:
        return texts[0]
    items = List(cell.line, cell.column)
    items.items += texts
    return items


def _put(node: Map, name: str, value: Node, key: Text | None = None) -> None:
    node.values[name] = value
    node.keys[name] = Text(name, False, key.line if key else value.line, key.column if key else value.column)
