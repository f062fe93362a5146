"""The row that names a sheet's columns: by the keys of the format, or by HXL hashtags in the row below."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from geo.read.columns import Form
from geo.read.mistakes import find_meant_key
from geo.read.names import nearest_names
from geo.read.nodes import Text, quote

__all__ = ["UNIT_HEADS", "Head", "find_head", "make_tag"]

UNIT_HEADS = frozenset(("in", "province", "unit", "code", "name"))
"""Headers over the first column of the wide form: one unit a row, one group a column."""

TAGS = {
    "group": "#group+id", "in": "#adm1+name+list", "region": "#region+name", "level": "#status+level",
    "finding": "#status+finding", "observed": "#date+observed", "observed.from": "#date+start",
    "observed.to": "#date+end", "source": "#meta+source", "note": "#description+note",
}  # fmt: skip
OTHER_TAGS = {"#adm1+name": "in", "#adm1": "in", "#adm1+code": "in", "#group+name": "group", "#group": "group",
              "#org+name": "group", "#org": "group", "#date": "observed", "#description": "note", "#source": "source",
              "#region": "region"}  # fmt: skip

Note = Callable[[Any, str, str, tuple[str, ...]], None]
Rows = Mapping[int, Mapping[int, Text]]


@dataclass(frozen=True)
class Head:
    """Names of columns by number, and the last row that belongs to the header; not sound where problems were noted."""

    columns: Mapping[int, str]
    last: int
    is_wide: bool = False
    is_sound: bool = True


def make_tag(column: str) -> str:
    """Give the HXL hashtag of a column: a core tag where the standard has one, otherwise ``#meta`` and its name.

    Examples
    --------
    >>> make_tag("in"), make_tag("unlocated.low")
    ('#adm1+name+list', '#meta+unlocated+low')
    """
    return TAGS.get(column) or "#meta+" + re.sub("[^a-z0-9_+]", "_", column.lower().replace(".", "+"))


def find_head(form: Form, rows: Rows, note: Note) -> Head:
    """Find the header of a sheet and check it.

    Parameters
    ----------
    form : Form
        The sheet as the format knows it.
    rows : mapping
        Its cells; columns counted from 1.
    note : callable
        Takes a place, what was found, what is expected and nearest names.

    Returns
    -------
    Head

    Examples
    --------
    >>> from geo.read.columns import list_forms
    >>> find_head(list_forms()[0], {1: {1: Text("Group", False, 1, 1)}}, print).columns
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
    if not tagged and _is_wide(form, head):
        return Head({}, last, is_wide=True)
    known = _list_known(form)
    columns: dict[int, str] = {}
    unknown, is_sound = [], True
    for column in sorted({*head, *tags}):
        cell = head.get(column) or tags[column]
        name = None if tagged or column not in head else _match(cell.text, known, form)
        if name is None and column in tags:
            name = _match_tag(tags[column].text, known)
        if name is None:
            unknown.append(cell)
        elif name in columns.values():
            note(cell, f"the column `{name}` a second time", "each column once", ())
            is_sound = False
        else:
            columns[column] = name
    if unknown and not columns and _knows(second, known, form) > 1:
        note(
            unknown[0],
            f"a row above the header, which is row {later[0]}",
            "the header in the first row; delete the rows above it",
            (),
        )
        return Head({}, last, is_sound=False)
    for cell in unknown:
        free = set(known.values()) - set(columns.values())
        meant = find_meant_key(cell.text, free)
        near = () if meant else nearest_names(cell.text, known.values())
        found = f"unknown {'hashtag' if cell.text.startswith('#') else 'column'} {quote(cell.text)}"
        note(
            cell,
            found,
            f"`{meant}`" if meant else f"one of {', '.join(sorted(free))}; or delete it",
            near,
        )
    below = second if last == first else rows.get(last + 1, {})
    if columns and below and _knows(below, known, form) == len(below):
        note(
            next(iter(below.values())), "a second header row", "one header row, with HXL hashtags below it at most", ()
        )
    return Head(columns, last, is_sound=is_sound and not unknown)


def _is_tagged(row: Mapping[int, Text]) -> bool:
    return bool(row) and all(re.fullmatch(r"#[A-Za-z]\w*(\s*\+\s*\w+)*", cell.text) for cell in row.values())


def _is_wide(form: Form, head: Mapping[int, Text]) -> bool:
    """Tell whether a sheet is units x groups: it begins with units, and names neither a group nor another key."""
    if form.name != "presence" or 1 not in head or len(head) < 2 or _fold(head[1].text) not in UNIT_HEADS:
        return False
    known = _list_known(form)
    return not any(_match(cell.text, known, form) for column, cell in head.items() if column > 1)


def _list_known(form: Form) -> dict[str, str]:
    names = [*form.heads, *(column.name for column in form.columns if not column.is_open and form.shape != "keys")]
    return {_fold(name): name for name in names}


def _fold(text: str) -> str:
    return re.sub(r"[\s._-]+", "_", text.strip().lower())


def _match(text: str, known: Mapping[str, str], form: Form) -> str | None:
    """Find the column that a header names, whatever its case and blanks."""
    for column in form.columns:
        if column.is_open and text.lower().startswith(column.name + "."):
            return f"{column.name}.{text[len(column.name) + 1 :].strip()}"
    return known.get(_fold(text))


def _match_tag(text: str, known: Mapping[str, str]) -> str | None:
    tag = re.sub(r"\s", "", text.lower())
    named = {make_tag(name): name for name in known.values()}
    found = named.get(tag) or OTHER_TAGS.get(tag)
    return found if found in known.values() else None


def _knows(row: Mapping[int, Text], known: Mapping[str, str], form: Form) -> int:
    return sum(_match(cell.text, known, form) is not None for cell in row.values())
