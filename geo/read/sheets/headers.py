"""The row that names a sheet's columns: by the keys of the format, or by HXL hashtags in the row below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from geo.model import CellPosition
from geo.read.common.names import nearest_names
from geo.read.common.nodes import Text, quote
from geo.read.fields.hints import find_meant_key, find_told_key
from geo.read.sheets.column_choices import AS_IT_IS, ColumnChoices, offer_column, offer_ignore
from geo.read.sheets.place_columns import PlaceKeys, find_place_kind, fold_head, is_again
from geo.read.sheets.sheet_definitions import SheetDefinition
from geo.read.sheets.wide_header import find_places, name_columns

__all__ = ["Head", "find_head", "find_row", "make_tag"]

TAGS = {
    "group": "#group+id", "in": "#adm1+name+list", "region": "#region+name", "level": "#status+level",
    "finding": "#status+finding", "observed": "#date+observed", "observed.from": "#date+start",
    "observed.to": "#date+end", "source": "#meta+source", "note": "#description+note",
}  # fmt: skip
OTHER_TAGS = {"#adm1+name": "in", "#adm1": "in", "#adm1+code": "in", "#group+name": "group", "#group": "group",
              "#org+name": "group", "#org": "group", "#date": "observed", "#description": "note", "#source": "source",
              "#region": "region"}  # fmt: skip

MOST_TITLES = 30
"""Rows in which a header is looked for."""

Note = Callable[[Any, str, str, tuple[str, ...]], None]
Rows = Mapping[int, Mapping[int, Text]]


@dataclass(frozen=True)
class Head:
    """What a sheet's columns are, by number.

    ``columns`` have names of the format, ``places`` say which unit a row is about, each in its way; of a sheet of units
    x groups all others are groups. ``last`` is the last row of the header, ``titles`` are its cells, and ``repeated``
    the rows that say it again. A header is not sound where problems were noted.
    """

    columns: Mapping[int, str]
    last: int
    is_wide: bool = False
    is_sound: bool = True
    places: Mapping[int, str] = field(default_factory=dict)
    titles: Mapping[int, Text] = field(default_factory=dict)
    repeated: frozenset[int] = frozenset()


def make_tag(column: str) -> str:
    """Give the HXL hashtag of a column: a core tag where the standard has one, otherwise ``#meta`` and its name.

    Examples
    --------
    >>> make_tag("in"), make_tag("unlocated.low")
    ('#adm1+name+list', '#meta+unlocated+low')
    """
    return TAGS.get(column) or "#meta+" + re.sub("[^a-z0-9_+]", "_", column.lower().replace(".", "+"))


def find_head(form: SheetDefinition, rows: Rows, note: Note, keys: PlaceKeys | None = None) -> Head:
    """Find the header of a sheet and check it; ``keys`` knows units, for a sheet of records.

    ``note`` takes a place, what was found, what is expected and nearest names.

    Examples
    --------
    >>> from geo.read.sheets.sheet_definitions import list_sheet_definitions
    >>> find_head(list_sheet_definitions()[0], {1: {1: Text("Group", False, 1, 1)}}, print).columns
    {1: 'group'}
    """
    if not rows:
        return Head({}, 1)
    first, *later = rows
    head = rows[first]
    tagged = _is_tagged(head)
    second = rows[later[0]] if later and later[0] == first + 1 else {}
    tags = head if tagged else second if _is_tagged(second) else {}
    last = first if tagged or not tags else later[0]
    below = {line: row for line, row in rows.items() if line > last}
    reader = _Reader(form, note, keys.taking if keys else AS_IT_IS, keys if form.name == "presence" else None)
    if keys and form.name == "presence" and not tagged and (places := find_places(head, below, keys, reader.match)):
        columns, is_sound = name_columns(head, below, places, reader.match, keys)
        repeated = reader.tell_repeated(below, lambda row: _repeats(row, head))
        return Head(columns, last, True, is_sound, places, head, repeated)
    return reader.read(head, tags, below, last)


def find_row(form: SheetDefinition, rows: Rows) -> int:
    """Find the row of the header, below titles and the like: the first that two columns of the format are known in.

    Examples
    --------
    >>> from geo.read.sheets.sheet_definitions import list_sheet_definitions
    >>> title, head = {1: Text("In 2020", False, 1, 1)}, {1: Text("group", False, 2, 1), 2: Text("in", False, 2, 2)}
    >>> find_row(list_sheet_definitions()[0], {1: title, 2: head})
    2
    """
    known = list_known(form)
    first, second = (*rows, 0)[:2]
    if (
        _is_tagged(rows[first])
        or (second and _is_tagged(rows[second]))
        or _knows(rows[first], known, form)
        or _names_place(form, rows[first])
    ):
        return first
    for line, row in list(rows.items())[:MOST_TITLES]:
        if _knows(row, known, form) > 1 or _names_place(form, row) or (_is_tagged(row) and len(row) > 1):
            return line
    return first


def _names_place(form: SheetDefinition, row: Mapping[int, Text]) -> bool:
    """Tell whether a row may be the header of units x groups, or of records with a column of units."""
    kinds = [find_place_kind(cell.text) for cell in row.values()]
    return form.name == "presence" and len(row) > 1 and any(kinds)


@dataclass(frozen=True)
class _Reader:
    """Reads a header of one mapping a row."""

    form: SheetDefinition
    note: Note
    taking: ColumnChoices
    keys: PlaceKeys | None = None

    def match(self, text: str) -> str | None:
        """Find the column that a header names."""
        return _match(text, list_known(self.form), self.form)

    def read(self, head: Mapping[int, Text], tags: Mapping[int, Text], below: Rows, last: int) -> Head:
        """Name all columns; where a header is not known, what it may mean holds until all else is told."""
        known = list_known(self.form)
        columns: dict[int, str] = {}
        titles = {**tags, **head}
        unknown, beside, is_sound = [], {}, True
        for column in sorted({*head, *tags}):
            cell = head.get(column) or tags[column]
            name = None if head is tags or column not in head else self.match(cell.text)
            if name is None and column in tags:
                name = _match_tag(tags[column].text, known)
            if name is None:
                unknown.append((column, cell))
            elif name in columns.values() and name == "in" and (kind := self.find_beside(column, columns, titles)):
                beside[column] = kind
            elif name in columns.values():
                first = next(number for number, each in columns.items() if each == name)
                ways = self.taking.offer(*(offer_ignore(each, head) for each in (first, column)))
                found = f"the column `{name}` a second time"
                found += f", after {_name_cell(head, tags, first)}" if ways else ""
                self.note(cell, found, f"each column once{ways and f', {ways}'}", ())
                is_sound = False
            else:
                columns[column] = name
        main = next((column for column, name in columns.items() if name == "in"), None)
        others = self.find_places(unknown, below, is_alone=main is None) if self.keys else {}
        main = main or next((column for column, kind in others.items() if kind == "name"), next(iter(others), None))
        if main is not None and self.keys:
            others = {
                main: self.keys.told.get(main) or find_place_kind(titles[main].text) or "name",
                **others,
                **beside,
            }
        places = others if len(others) > 1 or "pcode" in others.values() else {}
        unknown = [(column, cell) for column, cell in unknown if column not in others or column == main]
        free = set(known.values()) - set(columns.values())
        for column, cell in unknown:
            if self.keys and self.keys.refuse_across(cell):
                continue
            meant = self.reject_column(column, cell, free, titles, is_place=column == main)
            if meant and meant not in columns.values():
                columns[column] = meant
        repeated = self.tell_repeated(below, lambda row: self.repeats(row, head))
        return Head(columns, last, is_sound=is_sound and not unknown, places=places, titles=titles, repeated=repeated)

    def tell_repeated(self, below: Rows, repeats: Callable[[Mapping[int, Text]], bool]) -> frozenset[int]:
        """Refuse rows that are a header again."""
        repeated = frozenset(line for line, row in below.items() if repeats(row))
        for line in sorted(repeated):
            cell = next(iter(below[line].values()))
            self.note(cell, "a second header row", "one header row, with HXL hashtags below it at most", ())
        return repeated

    def repeats(self, row: Mapping[int, Text], head: Mapping[int, Text]) -> bool:
        """Tell whether a row names columns, and so holds no record."""
        return len(row) > 1 and all(
            self.match(cell.text) is not None or is_again(cell, head.get(column)) for column, cell in row.items()
        )

    def find_beside(self, column: int, columns: Mapping[int, str], titles: Mapping[int, Text]) -> str:
        """Tell how a second column names the units that a first one names: not where the sheet calls both the same."""
        first = next((each for each, name in columns.items() if name == "in"), column)
        told = self.keys.told if self.keys else {}
        kinds = [told.get(each) or find_place_kind(titles[each].text) for each in (first, column)]
        is_told = first in told or column in told or any(kind in ("code", "pcode") for kind in kinds)
        return (kinds[1] or "name") if self.keys and is_told else ""

    def find_places(self, unknown: Iterable[tuple[int, Text]], below: Rows, *, is_alone: bool) -> dict[int, str]:
        """Find columns that name units in a way of their own; without a column `in`, names must be those of units."""
        kinds = {column: kind for column, cell in unknown if (kind := find_place_kind(cell.text))}
        filled = {column: [row[column] for row in below.values() if column in row] for column in kinds}
        return {
            column: kind
            for column, kind in kinds.items()
            if not is_alone or kind == "pcode" or (self.keys and self.keys.holds_units(filled[column], 1))
        }

    def reject_column(
        self, column: int, cell: Text, free: set[str], titles: Mapping[int, Text], *, is_place: bool
    ) -> str | None:
        """Refuse a column that is not known, and give the name that it means, if that is plain."""
        meant = "in" if is_place else find_meant_key(cell.text, free) or find_told_key(cell.text, free)
        near = () if meant else nearest_names(cell.text, free)
        found = f"unknown {'hashtag' if cell.text.startswith('#') else 'column'} {quote(cell.text)}"
        ways = ""
        if self.form.name == "presence":
            named = offer_column(column, meant or next(iter(near), "COLUMN"), titles)
            ways = self.taking.offer(named, offer_ignore(column, titles))
        expected = f"`{meant}`" if meant else f"one of {', '.join(sorted(free))}; or delete it"
        self.note(cell, found, f"{expected}{ways and f', {ways}'}", near)
        return meant or next((name for name in near if name in ("group", "in") and name in free), None)


def _repeats(row: Mapping[int, Text], head: Mapping[int, Text]) -> bool:
    """Tell whether a row of units x groups is a header: the first one again, or of another table below it."""
    first = next(iter(row.values()))
    again = sum(is_again(cell, head.get(column)) for column, cell in row.items())
    return len(row) > 1 and (again > 1 or bool(find_place_kind(first.text)))


def _name_cell(head: Mapping[int, Text], tags: Mapping[int, Text], column: int) -> str:
    cell = head.get(column) or tags[column]
    return str(CellPosition(cell.line, column))


def _is_tagged(row: Mapping[int, Text]) -> bool:
    return bool(row) and all(re.fullmatch(r"#[A-Za-z]\w*(\s*\+\s*\w+)*", cell.text) for cell in row.values())


@cache
def list_known(form: SheetDefinition) -> dict[str, str]:
    """List the columns of a sheet by their folded headers."""
    names = [*form.heads, *(column.name for column in form.columns if not column.is_open and form.shape != "keys")]
    return {fold_head(name): name for name in names}


def _match(text: str, known: Mapping[str, str], form: SheetDefinition) -> str | None:
    """Find the column that a header names, whatever its case and blanks."""
    for column in form.columns:
        if column.is_open and text.lower().startswith(column.name + "."):
            return f"{column.name}.{text[len(column.name) + 1 :].strip()}"
    return known.get(fold_head(text))


def _match_tag(text: str, known: Mapping[str, str]) -> str | None:
    tag = re.sub(r"\s", "", text.lower())
    named = {make_tag(name): name for name in known.values()}
    found = named.get(tag) or OTHER_TAGS.get(tag)
    return found if found in known.values() else None


def _knows(row: Mapping[int, Text], known: Mapping[str, str], form: SheetDefinition) -> int:
    return sum(_match(cell.text, known, form) is not None for cell in row.values())
