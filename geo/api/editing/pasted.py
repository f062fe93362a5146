"""What a person pastes into the editor, a text or rows of a sheet, as proposals: nothing is kept or written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from geo.api.drafts import check_groups, draft_documents
from geo.api.entry.known_entries import Known
from geo.api.entry.review import Review, ReviewItem, list_items
from geo.api.job import Job
from geo.errors import Problem, TableError
from geo.model import CellPosition, Gazetteer, Table
from geo.read.answers import AnswerReader
from geo.read.common.nodes import Text
from geo.read.common.plain_values import word_node
from geo.read.fields.hints import find_meant_key, find_told_key
from geo.read.sheets.cells import Grid
from geo.read.sheets.csv_reader import parse_separated
from geo.read.sheets.headers import list_known
from geo.read.sheets.place_columns import find_place_kind, fold_head
from geo.read.sheets.sheet_definitions import list_sheet_definitions
from geo.read.updates.merge_rows import RowOutcome, match_rows

__all__ = ["Pasted", "propose_rows", "propose_text"]

NAME = "what was pasted"
HEAD = "a first row that names the columns, such as group, in, level, source"
MOST = 1_000_000
SMALLER = "a part of it at a time"
GUESSED = ("group", "in", "region", "level", "finding", "basis", "observed", "source")
PROSE = "note"
LONG = 25
MOST_TRIES = 4


@dataclass(frozen=True)
class Pasted:
    """A table as it is edited, by which what is pasted is read."""

    path: Path
    data: bytes
    table: Table
    gazetteer: Gazetteer


class _Review(Review):
    """A review of the table as it is edited: nothing of it is kept on disk."""

    def __init__(self, pasted: Pasted, items: tuple[ReviewItem, ...], source: str | None) -> None:
        self.pasted = pasted
        super().__init__(pasted.path, pasted.gazetteer, items, ())
        self.state.edited, self.source = {}, source

    def refresh(self) -> None:
        """Take the table as it stands in the editor."""
        self._take(self.pasted.data, self.pasted.table)


def propose_text(pasted: Pasted, text: str, source: str, job: Job = Job()) -> dict[str, Any]:
    """Give what a text proposes, each with its sentence and what has to be answered, as ``draft --review`` does.

    ``source`` is the id of the source that the text is, or empty.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> from geo.read.table.reader import parse_presence
    >>> data, gazetteer = b"groups: {red: {name: Red Group}}", read_gazetteer()
    >>> pasted = Pasted(Path("t.yaml"), data, parse_presence(data, "t", gazetteer, allow_empty=True)[0], gazetteer)
    >>> (found,) = propose_text(pasted, "The Red Group is in Kunar.", "")["proposals"]
    >>> found["path"], found["value"]["in"], found["sentence"][1]
    (['presence'], ['Kunar'], ('Red Group', 'who'))
    """
    from geo.read.documents.read_document import parse_document

    table = pasted.table
    check_groups(table, str(pasted.path))
    if len(text) > MOST:
        raise TableError([Problem(NAME, f"a text of more than {MOST:,} letters", SMALLER)])
    document = parse_document(text.encode("utf-8", "surrogatepass"), NAME, ".txt")
    draft = draft_documents((document,), table, pasted.gazetteer, job)
    items = list_items(draft, (document,), table, pasted.gazetteer)
    review = _Review(pasted, items, source or None)
    found = [(item, review.find_known(item)) for item in items]
    return {
        "proposals": [_tell_item(review, item, known) for item, known in found if not (known and known.is_same)],
        "known": sum(bool(known and known.is_same) for _, known in found),
        "told": [{"message": str(each), "path": [], "severity": each.severity} for each in document.told],
    }


def _tell_item(review: _Review, item: ReviewItem, known: Known | None) -> dict[str, Any]:
    entry, spot = review.find_entry(item), item.proposal.spot
    doubts = [
        {"key": each.key, "said": each.said, "options": [[option.value, option.name] for option in each.options]}
        for each in review.list_doubts(item)
    ]
    asked = {each["key"] for each in doubts}
    return {
        "path": list(entry.under), "doubts": doubts, "remarks": list(getattr(item.proposal, "remarks", ())),
        "value": {key: value for key, value in entry.values.items() if key not in asked},
        "sentence": [*_part_sentence(item)], "line": spot.line, "page": spot.page,
        "known": {"line": known.line, "is_claim": known.is_claim} if known else None,
    }  # fmt: skip


def _part_sentence(item: ReviewItem) -> Iterator[tuple[str, str]]:
    """Part a sentence at the words that made a proposal of it."""
    quote, done = item.proposal.spot.quote, 0
    for mark in item.marks:
        yield quote[done : mark.start], ""
        yield quote[mark.start : mark.end], mark.kind
        done = mark.end
    yield quote[done:], ""


def propose_rows(pasted: Pasted, text: str, source: str = "") -> dict[str, Any]:
    r"""Give what rows of a sheet propose, as ``import --into`` takes them; a row that it refuses is told by its cell.

    Columns go by their headers, or without any by what stands in them. ``source`` is the id of the source of rows in
    which no column says one, or empty.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> from geo.read.table.reader import parse_presence
    >>> data, gazetteer = b"groups: {red: {name: Red Group}}", read_gazetteer()
    >>> pasted = Pasted(Path("t.yaml"), data, parse_presence(data, "t", gazetteer, allow_empty=True)[0], gazetteer)
    >>> answer = propose_rows(pasted, "Red Group\tKunar\nRed Group\tKonnar")
    >>> answer["columns"], [each["value"] for each in answer["proposals"]]
    ({'A': 'group', 'B': 'in'}, [{'group': 'red', 'in': 'Kunar'}])
    >>> answer["told"][0]["message"]
    "B2: unknown province 'Konnar'; expected a province, not a district or town; nearest: Kunar"
    """
    if len(text) > MOST:
        raise TableError([Problem(NAME, f"rows of more than {MOST:,} letters", SMALLER)])
    grid = parse_separated(text.encode("utf-8", "surrogatepass"), NAME, separator="tab")
    columns: dict[str, str] = {}
    problems: list[Problem] = []
    if grid.rows and _has_head(grid):
        grid, columns = _name_columns(grid)
    elif grid.rows:
        named = _guess_columns(grid, AnswerReader(pasted.data, str(pasted.path), pasted.gazetteer))
        columns = {_letter(column): key for column, key in named.items()}
        others = sorted({column for row in grid.rows.values() for column in row} - named.keys())
        problems += [
            Problem(NAME, f"the column {_letter(each)}, left out", HEAD, severity="warning") for each in others
        ]
        rows = {line: {at: cell for at, cell in row.items() if at in named} for line, row in grid.rows.items()}
        head = {column: Text(key, False, 0, column) for column, key in named.items()}
        grid = replace(grid, rows={0: head, **{line: row for line, row in rows.items() if row}} if named else {})
    if source and grid.rows:
        grid = _add_source(grid, source)
    for _ in range(MOST_TRIES if grid.rows else 0):
        try:
            update = match_rows([grid], pasted.data, str(pasted.path), pasted.gazetteer)
        except TableError as error:
            problems += error.problems
            wrong = {each.position.line for each in error.problems if isinstance(each.position, CellPosition)}
            kept = {line: row for line, row in grid.rows.items() if line not in wrong or line == min(grid.rows)}
            if len(kept) in (len(grid.rows), 1):
                break
            grid = replace(grid, rows=kept)
        else:
            problems += update.told
            found = [each for each in update.rows if each.record is not None or each.changes]
            records: Any = word_node(update.root.values["presence"]) if "presence" in update.root.values else []
            added = len(records) - sum(each.record is not None for each in found)
            proposals = [*_tell_rows(found, records, added)]
            return _tell_all(proposals, len(update.rows) - len(found), problems, columns)
    return _tell_all([], 0, problems, columns)


def _tell_all(
    proposals: Sequence[Mapping[str, Any]], known: int, problems: Sequence[Problem], columns: Mapping[str, str]
) -> dict[str, Any]:
    told = [
        {"message": f"{each.position}: {each.message}" if each.position else each.message, "path": [],
         "severity": each.severity}
        for each in dict.fromkeys(problems)
    ]  # fmt: skip
    return {"proposals": proposals, "known": known, "told": told, "columns": columns}


def _tell_rows(rows: Sequence[RowOutcome], records: Sequence[dict[str, Any]], added: int) -> Iterator[dict[str, Any]]:
    """Give the records that rows make: such as are new have no id yet, as those that are written by hand."""
    for row in rows:
        if row.record is None:
            yield {"path": ["presence", row.index], "value": records[row.index], "line": row.place.line}
        else:
            value = {key: each for key, each in records[added].items() if key != "id"}
            added += 1
            yield {"path": ["presence"], "value": value, "line": row.place.line}


@cache
def _list_known() -> Mapping[str, str]:
    return list_known(next(form for form in list_sheet_definitions() if form.name == "presence"))


def _has_head(grid: Grid) -> bool:
    """Tell whether the first row names columns."""
    first = next(iter(grid.rows.values()))
    return any(fold_head(cell.text) in _list_known() or find_place_kind(cell.text) for cell in first.values())


def _name_columns(grid: Grid) -> tuple[Grid, dict[str, str]]:
    """Give columns the names of the format that are plainly meant by their headers."""
    head, first = next(iter(grid.rows.items()))
    free = {*_list_known().values()} - {_list_known().get(fold_head(cell.text)) for cell in first.values()}
    named = dict(first)
    for column, cell in first.items():
        if fold_head(cell.text) not in _list_known():
            place = "in" if "in" in free and find_place_kind(cell.text) else None
            meant = place or find_meant_key(cell.text, free) or find_told_key(cell.text, free)
            if meant:
                free.discard(meant)
                named[column] = Text(meant, False, cell.line, cell.column)
    columns = {_letter(column): cell.text for column, cell in named.items() if cell is not first[column]}
    return replace(grid, rows={**grid.rows, head: named}), columns


def _guess_columns(grid: Grid, reader: AnswerReader) -> dict[int, str]:
    """Say what each column is by what stands in it; what nothing fits is none."""
    columns = sorted({column for row in grid.rows.values() for column in row})
    named: dict[int, str] = {}
    for column in columns:
        cells = [row[column].text for row in grid.rows.values() if column in row]
        free = [key for key in GUESSED if key not in named.values()]
        hits = {key: sum(not isinstance(reader.read("presence", key, each), Problem) for each in cells) for key in free}
        best = max(free, key=lambda key: hits[key], default="")
        if best and 2 * hits[best] >= len(cells):
            named[column] = best
        elif PROSE not in named.values() and max(map(len, cells)) > LONG:
            named[column] = PROSE
    return named


def _add_source(grid: Grid, source: str) -> Grid:
    """Put a column of sources behind the last, unless there is one."""
    head, *_ = grid.rows
    if any(fold_head(cell.text) == "source" for cell in grid.rows[head].values()):
        return grid
    column = max(max(row) for row in grid.rows.values()) + 1
    cells = {line: Text("source" if line == head else source, False, line, column) for line in grid.rows}
    return replace(grid, rows={line: {**row, column: cells[line]} for line, row in grid.rows.items()})


def _letter(column: int) -> str:
    return str(CellPosition(1, column))[:-1]
