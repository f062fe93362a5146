"""Reads headers and rows of sheets one after the other, and keeps what is to be told of their cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geo.errors import Problem
from geo.model import CellPosition, Gazetteer, Position
from geo.read.common.file_text import refuse_file
from geo.read.common.names import nearest_names
from geo.read.common.nodes import Text, quote
from geo.read.fields.mappings import INTERNAL
from geo.read.sheets.cell_formatting import report_formatting
from geo.read.sheets.cells import FAR, MOST_CELLS, UNMERGED, Grid, Mark, split_items
from geo.read.sheets.column_choices import ColumnChoices, find_columns, quote_argument
from geo.read.sheets.headers import Head, find_head, find_row
from geo.read.sheets.merged_cells import word_area
from geo.read.sheets.null_words import explain_cell, is_doubtful_source, is_missing_level
from geo.read.sheets.place_columns import PlaceKeys, find_place_kind, fold_head, is_again
from geo.read.sheets.rows_to_tree import Row
from geo.read.sheets.sheet_definitions import NUMBER, SheetDefinition, list_sheet_definitions
from geo.read.sheets.wide import Wide, is_figure

__all__ = ["SheetReading"]

LISTED = re.compile(r"a list, such as \[(.*)\]")
SPANNED = re.compile(r"([{`])low: (\S+), high: ([^\s}`]+)[}`]")

Rows = Mapping[int, Mapping[int, Text]]


def _name_bounds(head: str, found: re.Match[str]) -> str:
    """Say in which columns the bounds of a span stand: of the key in this column, or beside it."""
    stem = f"{head}." if found[1] == "{" else head[: head.rfind(".") + 1]
    return f"`{stem}low` {found[2]} and `{stem}high` {found[3]}"


@dataclass
class SheetReading:
    """Reads headers and rows, and keeps the problems; a position's column also says on which sheet it is."""

    grids: Mapping[str, Grid]
    gazetteer: Gazetteer
    taking: ColumnChoices
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    rows: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    wide: Wide | None = None
    heads: dict[str, Mapping[int, str]] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)

    @property
    def starts(self) -> dict[str, int]:
        """The column from which positions count on each sheet."""
        return {name: index * FAR for index, name in enumerate(self.grids)}

    def locate(self, problem: Problem) -> Problem:
        """Say in which cell of which sheet a problem is, and what to do about it in a spreadsheet's terms."""
        names, grids = list(self.grids), list(self.grids.values())
        if problem.position is None or not grids:
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

    def tell(self, place: Any, found: str, expected: str = "") -> None:
        """Note a warning at a node."""
        self.told.append(Problem("", found, expected, (), Position(place.line, place.column), "warning"))

    def read_sheet(self, name: str, grid: Grid) -> None:
        """Read a sheet's header, then its rows by the names of columns."""
        start = self.starts[name]
        form = next(form for form in list_sheet_definitions() if form.name == name)
        rows: Rows = {
            line: {column: Text(each.text, each.plain, line, column + start) for column, each in row.items()}
            for line, row in grid.rows.items()
        }
        rows = _fill_merged(grid, self.trim_rows(form, rows), start)
        keys = PlaceKeys(self.gazetteer, self.note, self.taking, self.places)
        head = find_head(form, rows, self.note, keys)
        self.take_flaws(grid, rows, start)
        self.tell_marks(grid, rows, head, start)
        self.heads[name] = {column + start: each for column, each in head.columns.items()}
        kept = {line: row for line, row in rows.items() if line > head.last and line not in head.repeated}
        if not head.is_wide and not head.is_sound and not _has_needed(form, head):
            self.lost.add(name)
            kept = {}
        for row in kept.values():
            keys.check(row, head.places, head.titles)
        if head.is_wide:
            self.wide, kept = self.part_wide(kept, head, keys), {}
        elif head.places:
            kept = {line: _say_place(row, head, keys.choose(row, head.places)) for line, row in kept.items()}
        self.rows[name] = self.name_rows(kept, head, is_record=name == "presence")

    def trim_rows(self, form: SheetDefinition, rows: Rows) -> Rows:
        """Leave out what stands above the header, and the columns that the user leaves out; name others anew."""
        if form.name != "presence" or not rows:
            return self.cut_titles(form, rows, None)
        taking = self.taking
        rows = self.cut_titles(form, rows, taking.header)
        first = next(iter(rows))
        left: set[int] = set()
        for name in taking.ignore:
            left.update(self.find_columns("--ignore", name, rows[first]))
        head, titles = rows[first], dict(rows[first])
        for name, key in taking.columns.items():
            for column in self.find_columns("--column", name, rows[first]):
                cell = rows[first].get(column) or Text("", False, first, column + self.starts[form.name])
                titles[column] = Text(key, False, cell.line, cell.column)
                if fold_head(key) == "in":
                    self.places[column] = find_place_kind(cell.text) or "name"
        named = {line: titles if line == first else _rename_again(row, head, titles) for line, row in rows.items()}
        trimmed = {line: {column: cell for column, cell in row.items() if column not in left}
                   for line, row in named.items()}  # fmt: skip
        return {line: row for line, row in trimmed.items() if row}

    def find_columns(self, option: str, name: str, head: Mapping[int, Text]) -> tuple[int, ...]:
        """Find the columns that an option names; several where one header stands over them."""
        found = find_columns(name, head)
        if not found:
            known = [" ".join(cell.text.split()) for cell in head.values()]
            place = next(iter(head.values()))
            expected = f"{option} with a header or the letter of a column"
            self.note(place, f"no column {quote(name)}", expected, nearest_names(name, known))
        return found

    def cut_titles(self, form: SheetDefinition, rows: Rows, given: int | None) -> Rows:
        """Leave out the rows above the header; without the user's word for it that is a problem."""
        if not rows:
            return rows
        line = given or find_row(form, rows)
        above = [each for each in rows if each < line]
        place = next(iter(rows[above[0] if above else next(iter(rows))].values()))
        if line not in rows:
            self.note(place, f"no header in row {line}", f"--header with a row from {min(rows)} to {max(rows)}")
            return rows
        shown = "a row" if len(above) == 1 else f"{len(above)} rows"
        if above and given:
            self.tell(place, f"{shown} above the header left out")
        elif above:
            ways = self.taking.offer(f"--header {line}") if form.name == "presence" else ""
            expected = f"the header in the first row; delete the rows above it{ways and f', or {ways}'}"
            self.note(place, f"{shown} above the header, which is row {line}", expected)
        return {each: row for each, row in rows.items() if each >= line}

    def take_flaws(self, grid: Grid, rows: Rows, start: int) -> None:
        """Take what is wrong with cells that are read, before all that follows from it."""
        flaws = []
        for each in grid.flaws:
            if each.position and each.position.column in rows.get(each.position.line, ()):
                place = Position(each.position.line, each.position.column + start)
                flaws.append(replace(each, file="", position=place))
        first = min(rows, default=0)
        columns = sorted({column for row in rows.values() for column in row})
        for top, left, bottom, right in grid.merged:
            if bottom >= first and bisect_left(columns, left) < bisect_right(columns, right):
                found = f"the merged cells {word_area((top, left, bottom, right))}"
                flaws.append(Problem("", found, UNMERGED, (), Position(top, left + start)))
        self.problems[:0] = flaws

    def tell_marks(self, grid: Grid, rows: Rows, head: Head, start: int) -> None:
        """Tell what cells show beside their texts; the fill of a header is decoration."""
        marks = [mark for mark in grid.marks if self.counts(mark, rows, head)]
        report_formatting(marks, lambda mark, found, expected: self.tell(
            Text("", False, mark.line, mark.column + start), found, expected))  # fmt: skip

    @staticmethod
    def counts(mark: Mark, rows: Rows, head: Head) -> bool:
        """Tell whether a mark is in the table at all."""
        is_said = mark.line in rows and (mark.line > head.last or mark.kind == "raised") and mark.column in head.titles
        return mark.kind == "comment" or is_said

    def part_wide(self, rows: Rows, head: Head, keys: PlaceKeys) -> Wide:
        """Part the cells of units x groups into those that say where, those that say more of a row, and marks."""
        units = {line: cell for line, row in rows.items() if (cell := keys.choose(row, head.places))}
        more = {line: self.name_row({column: cell for column, cell in row.items() if column in head.columns}, head, {})
                for line, row in rows.items()}  # fmt: skip
        aside = {*head.places, *head.columns}
        marks = {line: {column: cell for column, cell in row.items() if column not in aside}
                 for line, row in rows.items()}  # fmt: skip
        heads = {column: cell for column, cell in head.titles.items() if column not in aside}
        for cell in heads.values():
            if fault := explain_cell("group", cell.text):
                self.note(cell, *fault[:2])
            if "\n" in cell.text and ";" not in cell.text:
                self.join_lines(cell)
        for column, cell in heads.items():
            if not any(column in row for row in marks.values()):
                self.tell(
                    cell, f"{quote(cell.text)} without a mark in any row, and so no group", "a mark, or no column"
                )
        self.tell_unmarked(rows, marks, units, keys)
        return Wide({line: row for line, row in marks.items() if row}, heads, units, more, "levels" in self.grids)

    def join_lines(self, head: Text) -> None:
        """Take a header of several lines, which is broken to be narrow, for one group, and ask."""
        lines = [" ".join(line.split()) for line in head.text.splitlines() if line.strip()]
        head.text = " ".join(lines)
        self.tell(head, f"{quote(head.text)}, on {len(lines)} lines, taken for one group",
                  f"semicolons: {'; '.join(lines)}, if they are several")  # fmt: skip

    def tell_unmarked(self, rows: Rows, marks: Rows, units: Mapping[int, Text], keys: PlaceKeys) -> None:
        """Tell rows that make no record: those of a unit without a mark, and those that are none, such as notes."""
        bare = [line for line in rows if not marks[line]]
        if empty := [line for line in bare if line in units and keys.find_units(units[line].text)]:
            names = ", ".join(units[line].text for line in empty)
            self.tell(units[empty[0]], f"without a mark, and so without a record: {names}", "a mark, or no row")
        figures = [line for line in rows if line in units and all(map(is_figure, marks[line].values()))]
        for line in dict.fromkeys((*bare, *figures)):
            if line not in units or not keys.find_units(units[line].text):
                cell = units.get(line) or next(iter(rows[line].values()))
                noun = self.gazetteer.noun
                found = f"{quote(cell.text)}, which is no {noun.one}, in a row without a mark"
                self.note(cell, found, "the row deleted")

    def name_rows(self, rows: Rows, head: Head, *, is_record: bool) -> list[tuple[int, Row]]:
        """Give all rows by the names of columns."""
        named = []
        above: Row = {}
        for line, row in rows.items():
            above = {**above, **(cells := self.name_row(row, head, above, is_record=is_record))}
            named += [(line, cells)] if cells or not is_record else []
        return named

    def name_row(self, row: Mapping[int, Text], head: Head, above: Row, *, is_record: bool = True) -> Row:
        """Give the cells of a row by the names of their columns, without words for nothing."""
        cells: Row = {}
        for column, cell in row.items():
            name = head.columns.get(column)
            if name is None and column not in head.titles:
                ways = self.taking.offer(f"--ignore {quote_argument(_name_letter(column))}") if is_record else ""
                expected = f"a header in this column, or an empty cell{ways and f', or {ways}'}"
                self.note(cell, "a value under no header", expected)
            elif name and not self.is_blank(name, cell, above, is_record):
                cells[name] = cell
        return cells

    def is_blank(self, name: str, cell: Text, above: Row, is_record: bool) -> bool:
        """Tell whether a cell holds a word for nothing, and tell the user; refuse words that cannot be taken."""
        if name.rpartition(".")[2] == INTERNAL:
            return False
        if is_record and name == "level" and "levels" not in self.grids and is_missing_level(cell.text):
            found = f"{quote(cell.text)}, which may mean that none is there or that nobody looked"
            self.note(cell, found, "`absent` in a column `finding` for looked and not found, or the row deleted")
            return True
        fault = explain_cell(name, cell.text, above[name].text if name in above else "")
        if fault and fault[2] and is_record:
            self.tell(cell, *fault[:2])
            return True
        if fault and not fault[2] and (is_record or fault[0].startswith("the error")):
            self.note(cell, *fault[:2])
            cell.text = above[name].text if name in above else cell.text  # so that nothing else follows from it
            return name in ("level", "source") and name not in above
        if is_record and name == "source" and any(map(is_doubtful_source, split_items(cell.text))):
            self.tell(cell, f"{quote(cell.text)}, a source that nobody can look up", "its title, or an empty cell")
        return False


def _say_place(row: Mapping[int, Text], head: Head, cell: Text | None) -> Mapping[int, Text]:
    """Let the cell that says where a record is stand in the column of places."""
    return {**row, **{column: cell for column, name in head.columns.items() if name == "in" and cell}}


def _fill_merged(grid: Grid, rows: Rows, start: int) -> Rows:
    """Let merged cells stand for one another, so that only that they are merged is told."""
    filled, lines, cells = {line: dict(row) for line, row in rows.items()}, sorted(rows), 0
    for top, left, bottom, right in grid.merged:
        first = filled.get(top, {}).get(left)
        if first is None:
            continue
        for line in lines[bisect_left(lines, top) : bisect_right(lines, bottom)]:
            reach = range(left, min(right, max(filled[line], default=0)) + 1)
            cells += len(reach)
            if cells > MOST_CELLS:
                place = CellPosition(top, left, grid.shown)
                refuse_file(grid.source, f"merged cells that stand for more than {MOST_CELLS:,}", UNMERGED, place)
            for column in reach:
                filled[line].setdefault(column, Text(first.text, False, line, column + start))
    return filled


def _rename_again(row: Mapping[int, Text], head: Mapping[int, Text], titles: Mapping[int, Text]) -> Mapping[int, Text]:
    """Name the columns anew in a row that says the header again."""
    if len(row) < 2 or titles == head or not all(is_again(cell, head.get(column)) for column, cell in row.items()):
        return row
    return {column: Text(titles[column].text, False, cell.line, cell.column) for column, cell in row.items()}


def _name_letter(column: int) -> str:
    return str(CellPosition(1, column))[:-1]


def _has_needed(form: SheetDefinition, head: Head) -> bool:
    """Tell whether a header that is not sound names what each row must have."""
    names = set(head.columns.values())
    if form.name == "presence":
        places = {"in", "region", "nationwide", "unlocated"}
        return "group" in names and bool(places & {each.partition(".")[0] for each in names})
    return not (set(form.heads) - names - {NUMBER}) and not (_list_required(form) - names)


def _list_required(form: SheetDefinition) -> set[str]:
    kind = getattr(form.field, "item", None) or getattr(form.field, "field", None)
    return {key.name for key in getattr(kind, "keys", ()) if key.required}
