"""The format as sheets: which sheets and columns hold a table, derived from the definitions that read it.

A key added to a definition is a column without a line here; a class of field that is not known here is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.read.fields.containers import Either, Items, Ref, UnitName
from geo.read.fields.dates import Date
from geo.read.fields.mappings import INTERNAL, Kind, Named
from geo.read.fields.numbers import Number
from geo.read.fields.scalars import Choice, Flag, Id, Line, Pattern, Prose
from geo.read.table.root import REGIONS, TABLE, Regions

__all__ = [
    "ASIDE",
    "ID",
    "NUMBER",
    "RECORDS",
    "Column",
    "SheetDefinition",
    "is_cell",
    "is_leaf",
    "list_sheet_definitions",
    "open_field",
]

LEAVES = (Line, Prose, Id, Pattern, Choice, Flag, Date, Number, Ref, UnitName)
ID = "id"
NUMBER = "number"
"""Column that counts the rows of one owner, where another sheet refers to them."""

RECORDS = "records"
"""Another name of the sheet of records, which is called after its key, ``presence``."""

ASIDE = {"instructions": "How to fill in this workbook", "lists": "Lists for the arrows beside cells"}
"""Sheets of a workbook to be filled in that hold nothing of a table, by name, each with the text of its first cell."""


@dataclass(frozen=True)
class Column:
    """One column; ``field`` is what a cell holds, an ``Items`` where it holds several parted by semicolons.

    ``is_open`` columns stand for any number: ``names`` for ``names.fa``, ``names.ps``, ``translations`` for
    ``translations.fa.note``.
    """

    path: tuple[str, ...]
    field: Any
    is_open: bool = False

    @property
    def name(self) -> str:
        """Its header."""
        return ".".join(self.path)


@dataclass(frozen=True)
class SheetDefinition:
    """One sheet.

    ``shape`` is ``"keys"`` (a key and a value a row), ``"named"`` (a mapping with an id a row) or ``"list"`` (a mapping
    a row). ``owners`` are the columns that say what a row belongs to.
    """

    name: str
    shape: str
    field: Any
    columns: tuple[Column, ...]
    owners: tuple[str, ...] = ()
    children: tuple[SheetDefinition, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """Columns that are no keys of the row itself."""
        own = {"keys": ("key", "value"), "named": (ID,), "list": ()}[self.shape]
        return (*self.owners, *own, *((NUMBER,) if self.shape == "list" and self.children else ()))


def open_field(field: Any) -> Any:
    """Give the definition that stands for a class of field without one, and of a choice the list of mappings.

    Examples
    --------
    >>> open_field(Line())
    Line(expected='a name on one line', most=0)
    """
    if isinstance(field, Regions):
        return REGIONS
    if isinstance(field, Either) and isinstance(field.items, Items) and isinstance(field.items.item, Kind):
        return field.items
    return field


def is_leaf(field: Any) -> bool:
    """Tell whether a field is one text.

    Examples
    --------
    >>> is_leaf(Line()), is_leaf(REGIONS)
    (True, False)
    """
    return isinstance(field, LEAVES)


def is_cell(field: Any) -> bool:
    """Tell whether a field stands in one cell: one text, or several parted by semicolons.

    Examples
    --------
    >>> is_cell(Items(Line(), "names")), is_cell(REGIONS)
    (True, False)
    """
    return is_leaf(field) or (isinstance(field, Items) and is_leaf(field.item))


@cache
def list_sheet_definitions() -> tuple[SheetDefinition, ...]:
    """List all sheets; the records come first and what is said of the table as a whole last.

    Examples
    --------
    >>> [form.name for form in list_sheet_definitions()][:3]
    ['presence', 'translations', 'levels']
    >>> next(form for form in list_sheet_definitions() if form.name == "of_which").heads
    ('group', 'strength')
    """
    forms = [form for key in TABLE.keys if (form := _make_form(key.name, key.field))]
    scalars = tuple(Column((key.name,), key.field) for key in TABLE.keys if is_cell(key.field))
    first = [form for form in forms if form.name == "presence"]
    rest = [form for form in forms if form.name != "presence"]
    return (*_flatten([*first, *rest]), SheetDefinition("table", "keys", TABLE, scalars))


def _flatten(forms: list[SheetDefinition]) -> Iterator[SheetDefinition]:
    for form in forms:
        yield form
        yield from _flatten(list(form.children))


def _make_form(name: str, field: Any, owners: tuple[str, ...] = ()) -> SheetDefinition | None:
    """Make the sheet of a section or of a list under a row; None for what stands in one cell."""
    field = open_field(field)
    if is_cell(field):
        return None
    if isinstance(field, Items) and isinstance(field.item, Kind):
        shape, kind = "list", field.item
    elif isinstance(field, Named) and isinstance(field.field, Kind):
        shape, kind = "named", field.field
    else:
        raise TypeError(f"{name}: no sheet known for a field of class {type(field).__name__}")
    inside = (*owners, name.removesuffix("s"))
    children = tuple(_list_children(kind, inside))
    return SheetDefinition(name, shape, field, tuple(_list_columns(kind, ())), owners, children)


def _list_children(kind: Kind, owners: tuple[str, ...]) -> Iterator[SheetDefinition]:
    for key in kind.keys:
        field = open_field(key.field)
        if isinstance(field, Items) and isinstance(field.item, Kind) and (form := _make_form(key.name, field, owners)):
            yield form


def _list_columns(kind: Kind, path: tuple[str, ...]) -> Iterator[Column]:
    for key in kind.keys:
        yield from _list_field(open_field(key.field), (*path, key.name))
    yield Column((*path, INTERNAL), Prose())


def _list_field(field: Any, path: tuple[str, ...]) -> Iterator[Column]:
    if is_cell(field):
        yield Column(path, field)
    elif isinstance(field, Items) and isinstance(field.item, Kind):
        return  # a sheet of its own
    elif isinstance(field, Either) and is_leaf(field.text) and field.items is None and isinstance(field.map, Kind):
        yield Column(path, field.text)
        yield from _list_columns(field.map, path)
    elif isinstance(field, Kind):
        yield from _list_columns(field, path)
    elif isinstance(field, Named) and (is_leaf(field.field) or isinstance(field.field, Kind)):
        yield Column(path, field.field, is_open=True)
    else:
        raise TypeError(f"{'.'.join(path)}: no column known for a field of class {type(field).__name__}")
