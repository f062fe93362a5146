"""Grids become a tree, as if the table had been written in YAML, and are checked by the same definitions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from geo.errors import Problem, TableError
from geo.model import CellPosition, Gazetteer, Position, Table
from geo.read.common.names import nearest_names
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.fields.mappings import INTERNAL
from geo.read.sheets.cells import FAR, Grid
from geo.read.sheets.column_choices import AS_IT_IS, ColumnChoices
from geo.read.sheets.missing_definitions import Made, complete_tree
from geo.read.sheets.rows_to_tree import TreeBuilder
from geo.read.sheets.sheet_definitions import ASIDE, RECORDS, is_leaf, list_sheet_definitions
from geo.read.sheets.sheet_reader import SheetReading
from geo.read.sheets.wide import collect_wide
from geo.read.table.reader import check_tree
from geo.read.table.root import TABLE

__all__ = [
    "Assembled", "assemble_table", "list_unseen", "list_values", "name_grids", "place_records", "sort_problems",
]  # fmt: skip


@dataclass(frozen=True)
class Assembled:
    """A checked table, the tree it was read from, what is doubtful, and what had to be made up.

    ``made`` names the levels, sources and groups that sheets name and do not define; ``wide`` the sheet that was read
    as units x groups, if one was. ``told`` are warnings of what the sheets show and the table does not hold.
    """

    table: Table
    root: Map
    warnings: tuple[Problem, ...]
    made: tuple[Made, ...]
    wide: bool
    told: tuple[Problem, ...] = ()
    grids: tuple[Grid, ...] = ()
    """The sheets, in the order by which columns of positions tell them apart."""

    def list_made(self) -> dict[str, tuple[str, ...]]:
        """List by kind the ids of what was made up."""
        return {kind: tuple(each.id for each in self.made if each.kind == kind)
                for kind in dict.fromkeys(each.kind for each in self.made)}  # fmt: skip


def assemble_table(
    grids: Iterable[Grid], gazetteer: Gazetteer, *, allow_empty: bool | None = False, taking: ColumnChoices = AS_IT_IS
) -> Assembled:
    r"""Put sheets, each named after its part of the table, together to a table and check it.

    A single one may bear any name and holds records. ``allow_empty`` lets a table have none. A `TableError` names each
    cell, or row, that cannot be taken.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> from geo.read.sheets.csv_reader import parse_separated
    >>> grid = parse_separated(b"group,in\nHaqqani Network,Kabul; Paktia", "t.csv")
    >>> assembled = assemble_table([grid], read_gazetteer())
    >>> [(claim.group, claim.unit) for claim in assembled.table.claims]
    [('haqqani-network', 'AF-KAB'), ('haqqani-network', 'AF-PIA')]
    """
    grids = tuple(grids)
    named, problems = name_grids(grids)
    reading = SheetReading(named, gazetteer, taking)
    for name, grid in reading.grids.items():
        reading.read_sheet(name, grid)
    first = collect_wide(reading.wide, reading.note) if reading.wide else []
    root = TreeBuilder(reading.rows, reading.starts, reading.note).build_root(first)
    made = complete_tree(root, {name: grid for name, grid in named.items() if name not in reading.lost}, taking)
    reading.problems += made.problems
    is_bad = bool(problems or reading.problems)
    try:
        table, warnings = check_tree(root, "", gazetteer, allow_empty or is_bad)
    except TableError as error:
        reading.problems += error.problems
        is_bad = True
    unseen = list_unseen(grids)
    if is_bad:
        more = (*reading.told, *made.told) if taking.is_asked else ()
        said = unseen if taking.is_asked else ()
        raise TableError([*problems, *said, *sort_problems(reading, (*reading.problems, *more))])
    told = (*unseen, *sort_problems(reading, (*reading.told, *made.told)))
    warnings = tuple(map(reading.locate, warnings))
    return Assembled(table, root, warnings, made.made, reading.wide is not None, told, tuple(named.values()))


def place_records(assembled: Assembled) -> Table:
    r"""Give the table of sheets, whose records say in which cell each begins.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> from geo.read.sheets.csv_reader import parse_separated
    >>> grid = parse_separated(b"in,group\nKabul,Red", "t.csv")
    >>> str(place_records(assemble_table([grid], read_gazetteer())).records[0].position)
    'A2'
    """
    grids = assembled.grids

    def place(position: Position | None) -> Position | None:
        if position is None:
            return None
        index, column = divmod(position.column, FAR)
        return CellPosition(position.line, max(column, 1), grids[index].shown)

    table = assembled.table
    records = tuple(replace(record, position=place(record.position)) for record in table.records)
    relations = tuple(replace(relation, position=place(relation.position)) for relation in table.relations)
    return replace(table, records=records, relations=relations)


def list_values(root: Map) -> dict[str, Any]:
    r"""Give a tree as plain mappings, lists and texts, its first keys in the order of the format.

    Examples
    --------
    >>> from geo.read.yaml.parse import parse_tree
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


def _leave_aside(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Leave out the sheets that explain a workbook to be filled in: known by name and first cell both."""
    kept = tuple(grid for grid in grids if not _is_aside(grid))
    return kept or grids


def _is_aside(grid: Grid) -> bool:
    first = grid.rows.get(1, {}).get(1)
    return first is not None and ASIDE.get(grid.name.strip().lower()) == first.text


def _name_sheet(grid: Grid) -> str:
    """Give the name of a part of a table that a sheet bears."""
    name = grid.name.strip().lower()
    return "presence" if name == RECORDS else name


def list_unseen(grids: tuple[Grid, ...]) -> tuple[Problem, ...]:
    """List what sheets of a table show that it does not hold."""
    return tuple(each for grid in _leave_aside(grids) for each in grid.told)


def name_grids(grids: tuple[Grid, ...]) -> tuple[dict[str, Grid], list[Problem]]:
    """Give each grid the name of its sheet, and list those that have none; a single one holds records in any case.

    Examples
    --------
    >>> from geo.read.sheets.csv_reader import parse_separated
    >>> [*name_grids((parse_separated(b"group,in", "any name.csv"),))[0]]
    ['presence']
    """
    grids = _leave_aside(grids)
    grids = tuple(grid for grid in grids if grid.rows or not grid.told) or grids[:1]
    names = [form.name for form in list_sheet_definitions()]
    found: dict[str, Grid] = {}
    problems = []
    for grid in grids:
        name = _name_sheet(grid)
        if name not in names and (len(grids) == 1 or not any(_name_sheet(each) in names for each in grids)):
            name = "presence"
        place = CellPosition(1, 1, grid.shown)
        if name not in names:
            found_text = f"the sheet {quote(grid.name)}, which is no part of a table"
            near = nearest_names(name, names)
            alone = "--sheet NAME to take one alone" if grid.shown else "the file of records alone"
            expected = f"one of {', '.join(names)}, or {alone}"
            problems.append(Problem(grid.source, found_text, expected, near, place))
        elif name in found:
            found_text = f"a second sheet for {name}; the first is {found[name].shown or found[name].source}"
            choose = "choose with --sheet NAME, or name the sheets" if grid.shown else "or name the files"
            expected = f"one of them; {choose} after the parts of a table"
            problems.append(Problem(grid.source, found_text, expected, (), place))
        else:
            found[name] = grid
    return found, problems


def sort_problems(reading: SheetReading, problems: Collection[Problem]) -> list[Problem]:
    """Keep one error a cell, since what else is wrong there follows from it, in the order of the sheets."""
    first: dict[Any, Problem] = {}
    wrong = {problem.position for problem in problems if problem.severity == "error"}
    for problem in problems:
        is_alone = problem.severity == "error" or problem.position in wrong
        first.setdefault(problem.position if problem.position and is_alone else problem, problem)
    places = {each: each.position or Position(0, 0) for each in first.values()}
    order = sorted(places, key=lambda each: (places[each].column // FAR, places[each]))
    return [reading.locate(each) for each in order]
