"""Grids become a tree, as if the table had been written in YAML, and are checked by the same definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geo.errors import Problem, TableError
from geo.model import CellPosition, Gazetteer, Position, Table
from geo.read.cells import Grid
from geo.read.columns import is_leaf, list_forms
from geo.read.complete import Made, complete_tree
from geo.read.headers import Head, find_head
from geo.read.names import nearest_names
from geo.read.nest import Nest, Row
from geo.read.nodes import List, Map, Node, Text, quote
from geo.read.presence import check_tree
from geo.read.schema import INTERNAL
from geo.read.table import TABLE
from geo.read.wide import collect_wide

__all__ = ["Assembled", "assemble_table", "list_values"]

FAR = 20_000
"""Columns of the second sheet count from here, of the third from twice this, so that a position names its sheet."""

LISTED = re.compile(r"a list, such as \[(.*)\]")
SPANNED = re.compile(r"([{`])low: (\S+), high: ([^\s}`]+)[}`]")

Cells = Mapping[int, Mapping[int, Text]]


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
    r"""Put sheets together to a table and check it.

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
    >>> grid = parse_separated(b"group,in\nHaqqani Network,Kabul; Paktia", "t.csv")
    >>> assembled = assemble_table([grid], read_gazetteer())
    >>> [(claim.group, claim.unit) for claim in assembled.table.claims]
    [('haqqani-network', 'AF-KAB'), ('haqqani-network', 'AF-PIA')]
    """
    desk = _Desk(_name_grids(tuple(grids)))
    for name, grid in desk.grids.items():
        desk.read_rows(name, grid)
    if desk.problems:
        raise TableError(_sort_problems(desk, desk.problems))
    first = collect_wide(desk.wide, desk.note) if desk.wide else []
    root = Nest(desk.rows, desk.starts, desk.note).build_root(first)
    made = complete_tree(root, desk.grids)
    desk.problems += made.problems
    try:
        table, warnings = check_tree(root, "", gazetteer, allow_empty)
    except TableError as error:
        raise TableError(_sort_problems(desk, (*desk.problems, *error.problems))) from None
    if desk.problems:
        raise TableError(_sort_problems(desk, desk.problems))
    return Assembled(table, root, tuple(map(desk.locate, warnings)), made.made, desk.wide is not None)


def list_values(root: Map) -> dict[str, Any]:
    r"""Give a tree as plain mappings, lists and texts, its first keys in the order of the format.

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
            alone = "--sheet NAME to take one alone" if grid.shown else "the file of records alone"
            expected = f"one of {', '.join(names)}, or {alone}"
            problems.append(Problem(grid.source, found_text, expected, near, place))
        elif name in found:
            found_text = f"a second sheet for {name}; the first is {found[name].source}"
            choose = "choose with --sheet NAME, or name the sheets" if grid.shown else "or name the files"
            expected = f"one of them; {choose} after the parts of a table"
            problems.append(Problem(grid.source, found_text, expected, (), place))
        else:
            found[name] = grid
    if problems:
        raise TableError(problems)
    return found


def _sort_problems(desk: _Desk, problems: Iterable[Problem]) -> list[Problem]:
    """Keep one problem a cell, since what else is wrong there follows from it, in the order of the sheets."""
    first: dict[Any, Problem] = {}
    for problem in problems:
        first.setdefault(problem.position or problem, problem)
    places = {each: each.position or Position(0, 0) for each in first.values()}
    order = sorted(places, key=lambda each: (places[each].column // FAR, places[each]))
    return [desk.locate(each) for each in order]


def _name_bounds(head: str, found: re.Match[str]) -> str:
    """Say in which columns the bounds of a span stand: of the key in this column, or beside it."""
    stem = f"{head}." if found[1] == "{" else head[: head.rfind(".") + 1]
    return f"`{stem}low` {found[2]} and `{stem}high` {found[3]}"


@dataclass
class _Desk:
    """Reads headers and rows, and keeps the problems; a position's column also says on which sheet it is."""

    grids: Mapping[str, Grid]
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    wide: Cells | None = None
    heads: dict[str, Mapping[int, str]] = field(default_factory=dict)

    @property
    def starts(self) -> dict[str, int]:
        """The column from which positions count on each sheet."""
        return {name: index * FAR for index, name in enumerate(self.grids)}

    def locate(self, problem: Problem) -> Problem:
        """Say in which cell of which sheet a problem is, and what to do about it in a spreadsheet's terms."""
        names, grids = list(self.grids), list(self.grids.values())
        if problem.position is None:
            return replace(problem, file=grids[0].source if grids else "")
        index, column = divmod(problem.position.column, FAR)
        head = self.heads.get(names[index], {}).get(problem.position.column, "")
        place = CellPosition(problem.position.line, max(column, 1), grids[index].shown)
        expected = LISTED.sub(lambda found: f"semicolons: {found[1].replace(', ', '; ')}", problem.expected)
        expected = SPANNED.sub(lambda found: _name_bounds(head, found), expected)
        return replace(problem, file=grids[index].source, position=place, expected=expected)

    def note(self, place: Any, found: str, expected: str, nearest: tuple[str, ...] = ()) -> None:
        """Note a problem at a node."""
        self.problems.append(Problem("", found, expected, nearest, Position(place.line, place.column)))

    def read_rows(self, name: str, grid: Grid) -> None:
        """Read a sheet's header, then its rows by the names of columns."""
        start = self.starts[name]
        rows = {
            line: {column: Text(each.text, each.plain, line, column + start) for column, each in row.items()}
            for line, row in grid.rows.items()
        }
        form = next(form for form in list_forms() if form.name == name)
        head = find_head(form, rows, self.note)
        self.wide = rows if head.is_wide else self.wide
        self.heads[name] = head.columns
        kept = {} if head.is_wide or not head.is_sound else rows
        self.rows[name] = [(line, self.name_cells(row, head)) for line, row in kept.items() if line > head.last]

    def name_cells(self, row: Mapping[int, Text], head: Head) -> Row:
        """Give the cells of a row by the names of their columns."""
        for column, cell in row.items():
            if column not in head.columns:
                self.note(cell, "a value under no header", "a header in this column, or an empty cell")
        return {head.columns[column]: cell for column, cell in row.items() if column in head.columns}
