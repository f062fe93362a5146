"""The header of units x groups: which columns say where, which say more of a row, and which can be no group."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from geo.model import CellPosition
from geo.read.common.names import fold_name
from geo.read.common.nodes import Text, quote
from geo.read.fields.hints import find_meant_key, find_told_key, means_group, split_list
from geo.read.sheets.cells import split_items
from geo.read.sheets.column_choices import offer_column, offer_ignore
from geo.read.sheets.place_columns import PlaceKeys, find_place_kind
from geo.read.sheets.wide import is_mark

__all__ = ["find_places", "name_columns"]

Rows = Mapping[int, Mapping[int, Text]]
Match = Callable[[str], str | None]

ROW_KEYS = frozenset((
    "level", "finding", "observed", "observed.from", "observed.to", "source", "via", "page", "quote", "grade", "basis",
    "confidence", "trend", "note", "internal",
))  # fmt: skip
"""What may be said of a row beside the place: the record of each mark gets it."""

FIGURES = re.compile(
    r"#|no\.?|nr\.?|s\.? ?no\.?|sr\.?|serial( number)?|totals?( .*)?|(.* )?total|sums?|counts?( .*)?|"
    r"numbers?( .*)?|%.*|per ?cent.*|share( .*)?|population( .*)?|area( .*)?|.*\bkm2?\b.*|lat(itude)?|"
    r"legend|key|lon(g(itude)?)?|capital|districts?|rank|id|objectid|index|unnamed.*"
)
"""Folded headers of figures and the like."""

ASIDE = frozenset((
    "active", "affiliation", "analyst", "any", "any group", "area of control", "attacks", "author", "average",
    "bemerkungen", "casualties", "category", "change", "color", "colour", "confirmed", "control", "controlled by",
    "controle", "deaths", "details", "ethnic group", "ethnicity", "fatalities", "fighters", "governor", "group present",
    "holder", "incidents", "influence", "killed", "kontrolle", "last update", "last updated", "mean", "median",
    "no group", "order", "other", "other groups", "others", "score", "severity", "situation", "sort", "statut",
    "strength", "stronghold", "symbol", "threat", "verified", "village", "villages", "who controls", "wounded", "zone",
))  # fmt: skip
"""Folded headers of whatever else people write beside a province."""

PROSE = re.compile(r"\b(?:1[34]|19|20)[0-9]{2}\b|[.!?;:]$|[%=]")
MOST_WORDS = 4


def find_places(head: Mapping[int, Text], below: Rows, keys: PlaceKeys, match: Match) -> dict[int, str]:
    """Find the columns that name units, where a sheet is one of units x groups; nothing where it is not.

    A sheet that has a column of groups holds one record a row. So does one that names other columns of the format,
    unless all that is left are marks, or no other column can be one of groups: such a one has a word of its own in each
    row. What the user names, the sheet does not.
    """
    if len(head) < 2 or any(match(cell.text) == "group" or means_group(cell.text) for cell in head.values()):
        return {}
    places = {
        column: kind for column, cell in head.items() if (kind := keys.told.get(column) or find_place_kind(cell.text))
    }
    names = {column: name for column, cell in head.items() if (name := match(cell.text)) not in (None, "in")}
    named = names.keys()
    others = [column for column in head if column not in places and column not in named]
    filled = {column: [row[column] for row in below.values() if column in row] for column in head}
    at_least = 1 if places else 2
    for column in others:
        if keys.holds_units(filled[column], at_least):
            places[column] = "name" if keys.find_units(filled[column][0].text) else "pcode"
    others = [column for column in others if column not in places]
    if not places or not others:
        return {}
    marks = [cell for column in others for cell in filled[column]]
    is_known = any(find_place_kind(head[column].text) for column in places)
    is_plain = bool(marks) and all(map(is_mark, marks))
    says_more = bool(set(names.values()) - set(keys.taking.columns.values()))
    is_records = says_more and _may_hold_groups(head, below, places, names)
    return dict(sorted(places.items())) if is_plain or (is_known and not is_records) else {}


def _may_hold_groups(
    head: Mapping[int, Text], below: Rows, places: Mapping[int, str], names: Mapping[int, str | None]
) -> bool:
    """Tell whether a sheet that says more of its rows may hold records, and a column of groups under another word."""
    shared = _count_words(head, below, {**places, **names})
    others = [column for column in head if column not in places and column not in names]
    groups = [column for column in others if not _explain(column, head, below, places, set(), shared)]
    if not groups or not ROW_KEYS.issuperset(names.values()):
        return True
    return any(all(column in row and _is_alone(row[column], shared) for row in below.values()) for column in groups)


def _is_alone(cell: Text, shared: Mapping[str, int]) -> bool:
    """Tell whether a cell is no mark, and nothing in it stands in another column."""
    return not is_mark(cell) and all(shared[word] == 1 for word in _list_words(cell))


def name_columns(
    head: Mapping[int, Text], below: Rows, places: Mapping[int, str], match: Match, keys: PlaceKeys
) -> tuple[dict[int, str], bool]:
    """Give the columns that say more of a row, and whether all others may be groups; tell of each that cannot be."""
    columns: dict[int, str] = {}
    is_sound = True
    seen: dict[str, int] = {}
    marked = {column for column in head if any(is_mark(row[column]) for row in below.values() if column in row)}
    shared = _count_words(head, below, places)
    for column, cell in head.items():
        folded = fold_name(cell.text)
        if folded in seen and column not in keys.told:
            first = str(CellPosition(cell.line, seen[folded]))
            ways = keys.taking.offer(*(offer_ignore(each, head) for each in (seen[folded], column)))
            expected = f"each column once: rename or delete one{ways and f', {ways}'}"
            keys.note(cell, f"the column {quote(cell.text)} a second time, after {first}", expected, ())
            is_sound = False
            continue
        seen[folded] = column
        name = match(cell.text)
        if column in places:
            continue
        if name in ROW_KEYS and name not in columns.values():
            columns[column] = name
        elif keys.refuse_across(cell):
            is_sound = False
            columns[column] = ""
        elif meant := _explain(column, head, below, places, marked, shared):
            key = meant if meant in ROW_KEYS else "note"
            ways = keys.taking.offer(offer_ignore(column, head), offer_column(column, key, head))
            expected = f"{ways or 'it left out'}; or x and levels in it"
            keys.note(cell, f"{quote(cell.text)}, a column that can be no group", expected, ())
            is_sound = False
            columns[column] = key if key not in columns.values() else ""
    return columns, is_sound


def _explain(
    column: int, head: Mapping[int, Text], below: Rows, places: Mapping[int, str], marked: set[int],
    shared: Mapping[str, int],
) -> str:  # fmt: skip
    """Give what a column may be if it can be no group; nothing where it can."""
    text = head[column].text
    free = (*ROW_KEYS, "region", "as_written", "id", "in", "nationwide", "unlocated")
    if meant := find_meant_key(text, free) or find_told_key(text, free):
        return meant
    folded = fold_name(text).rstrip("?:. ")
    if column < min(places) or folded in ASIDE or FIGURES.fullmatch(folded) or not re.search(r"[^\W\d_]", text):
        return "a figure"
    words = [row[column].text for row in below.values() if column in row and not is_mark(row[column])]
    if any(_is_prose(word) for word in words):
        return "note"
    alone = words and column not in marked and all(shared[fold_name(word)] == 1 for word in words)
    return "note" if alone and len(marked) > 1 else ""


def _is_prose(word: str) -> bool:
    """Tell whether a cell says more than what kind of presence there is."""
    return len(word.split()) > MOST_WORDS or bool(PROSE.search(word) and re.search(r"[^\W\d_]", word))


def _count_words(head: Mapping[int, Text], below: Rows, places: Mapping[int, object]) -> dict[str, int]:
    """Count in how many columns each word stands."""
    found: dict[str, set[int]] = {}
    for row in below.values():
        for column, cell in row.items():
            if column in head and column not in places:
                for word in _list_words(cell):
                    found.setdefault(word, set()).add(column)
    return {word: len(columns) for word, columns in found.items()}


def _list_words(cell: Text) -> set[str]:
    """List what a cell says: the whole of it, and what it may be a list of."""
    return {fold_name(text) for text in (cell.text, *split_items(cell.text), *split_list(cell.text))}
