"""The format as a workbook to be filled in: its columns, what each is for and which words may stand there.

All is taken from the definitions that read a table: a key that they gain is a column here, a word an option.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from geo.model import FormColumn, FormSheet, Gazetteer, Sheet
from geo.read.any_table import ParsedTable
from geo.read.common.names import fold_name, index_units
from geo.read.fields.containers import Either, Items, Ref, UnitName
from geo.read.fields.mappings import INTERNAL, Kind, Named
from geo.read.fields.numbers import Number
from geo.read.fields.scalars import Choice, Flag, Pattern
from geo.read.sheets.sheet_definitions import ID, Column, SheetDefinition, list_sheet_definitions, open_field
from geo.read.sheets.tree_to_rows import flatten_tree
from geo.read.table.json_schema import ABOUT_INTERNAL
from geo.read.table.root import TABLE

__all__ = ["describe_form"]

TITLES = {"presence": "Records", "groups": "Groups", "levels": "Levels", "sources": "Sources", "table": "Table"}
"""The parts that are filled in, in their order."""

PURPOSES = {
    "presence": "One record a row: one group in one {unit}, as one source says it.",
    "groups": "Every group that a record names, one a row.",
    "levels": "Kinds of presence, one a row. With one level only, records need not name it.",
    "sources": "Every source that a record rests on, one a row.",
    "table": "What is said of the whole table: title, cut-off and the like.",
}
SHOWN = {"group": "name", "level": "name", "source": "title"}
"""The column by which a person chooses a group, a level or a source; import finds the id."""

LEADING = ("group", "in", "level", "source", "observed", "page", "quote", "note", "finding")
EXAMPLES = {
    "presence": {
        "group": "Red Group", "in": "Kabul", "level": "Reported presence", "source": "Twelfth report of the team",
        "observed": "2024-05", "page": "12", "note": "reportedly", "confidence": "moderate", "grade": "2",
    },
    "groups": {ID: "red", "name": "Red Group"},
    "levels": {ID: "reported", "name": "Reported presence", "rank": "1"},
    "sources": {ID: "team-12", "title": "Twelfth report of the team", "date": "2024-06", "grade": "B"},
    "table": {},
}  # fmt: skip
PLAIN = {
    "group": "Who is present: a group of the sheet Groups, by its name. Several with semicolons between them.",
    "in": "The {unit} that the source names. Several with semicolons between them, as Kabul; Kunar.",
    "region": "A region, where the source names no {unit}. A row has one place: `in`, `region`, `nationwide` or "
    "`unlocated`.",
    "level": "What kind of presence: a level of the sheet Levels, by its name. May stay empty where there is only one.",
    "source": "Who says so: a source of the sheet Sources, by its title.",
    "via": "The source that this source itself quotes: a source of the sheet Sources, by its title.",
    "observed": "When this held: 2024, 2024-05 or 2024-05-17. For a time between two days leave it empty, and fill in "
    "`observed.from` and `observed.to`.",
    "unlocated": "How many {units}, where the source counts them and names none; with bounds, in the three columns "
    "beside this.",
    "id": "What this record is known by. Leave it empty in a new row: import gives one, and says which.",
}
"""What columns of records are for, where the words of the format are those of its text."""

IDS = "A short name without blanks that stays the same: letters, digits, -, _ and ."
SIGNS = "".join(map(chr, range(33, 127)))
MOST_SIGNS = 26


def describe_form(gazetteer: Gazetteer, parsed: ParsedTable | None = None) -> tuple[FormSheet, ...]:
    """Describe the sheets of a workbook to be filled in, with the groups, levels and sources of a table if given.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> records, groups, *_ = describe_form(read_gazetteer())
    >>> records.title, [column.name for column in records.columns][:4], records.columns[0].choices
    ('Records', ['group', 'in', 'level', 'source'], ('Groups', 'name'))
    >>> next(column.options for column in records.columns if column.name == "finding")
    ('present', 'absent', 'inconclusive')
    """
    held = {sheet.name: sheet for sheet in flatten_tree(parsed.root, parsed.table)} if parsed else {}
    own = tuple(parsed.table.region_names) + tuple(parsed.table.regions) if parsed else ()
    words = {"unit": _list_units(gazetteer), "region": tuple(dict.fromkeys((*own, *gazetteer.regions)))}
    forms = {form.name: form for form in list_sheet_definitions()}
    return tuple(_describe_sheet(forms[name], gazetteer, words, held.get(name)) for name in TITLES)


def _list_units(gazetteer: Gazetteer) -> tuple[str, ...]:
    """List the units, each by a name that means it alone."""
    known = index_units(gazetteer)
    return tuple(
        next((name for name in (unit.name, *unit.aliases) if known.get(fold_name(name)) == code), code)
        for code, unit in gazetteer.units.items()
    )


def _describe_sheet(
    form: SheetDefinition, gazetteer: Gazetteer, words: Mapping[str, tuple[str, ...]], held: Sheet | None
) -> FormSheet:
    fill = gazetteer.noun.fill
    columns = tuple(
        _describe_column(form, column, fill(text).replace("`", ""), words) for column, text in _list_columns(form, held)
    )
    purpose = fill(PURPOSES[form.name])
    if form.shape == "keys":
        heads = (FormColumn("key", "What is said."), FormColumn("value", "What it is."))
        given = {row[0]: row[1] for row in held.rows} if held else {}
        pairs = tuple((each.name, given.get(each.name, "")) for each in columns)
        return FormSheet(TITLES[form.name], purpose, heads, pairs, columns)
    names = tuple(column.name for column in columns)
    known = [dict(zip(held.columns, row, strict=True)) for row in held.rows] if held and form.name != "presence" else []
    rows = tuple(tuple(row.get(name, "") for name in names) for row in known)
    return FormSheet(TITLES[form.name], purpose, columns, rows)


def _list_columns(form: SheetDefinition, held: Sheet | None) -> Iterator[tuple[Column, str]]:
    """List the columns of a sheet with their helps: those that stand for any number only where a table has some."""
    if form.shape == "named":
        yield Column((ID,), None), IDS
    kind = TABLE if form.shape == "keys" else form.field.item if form.shape == "list" else form.field.field
    order = {name: place for place, name in enumerate(LEADING)} if form.name == "presence" else {}
    columns = [each for each in form.columns if each.path == (INTERNAL,) or each.path[-1] != INTERNAL]
    for column in sorted(columns, key=lambda each: order.get(each.name, len(order))):
        plain = PLAIN if form.name == "presence" else {}
        text = plain.get(column.name) or _find_help(kind, column.path)
        if not column.is_open:
            yield column, text
        for name in held.columns if held and column.is_open and form.name != "presence" else ():
            if name.startswith(column.name + ".") and not name.endswith(f".{INTERNAL}"):
                yield Column(tuple(name.split(".")), column.field), text


def _find_help(kind: Any, path: tuple[str, ...]) -> str:
    """Find what the definitions say about a key, under other keys perhaps."""
    if path[-1] == INTERNAL:
        return ABOUT_INTERNAL
    text = ""
    for name in path:
        key = next((each for each in getattr(kind, "keys", ()) if each.name == name), None)
        if key is None:
            break
        text, field = key.help, open_field(key.field)
        kind = field.map if isinstance(field, Either) else field.field if isinstance(field, Named) else field
    return text


def _describe_column(
    form: SheetDefinition, column: Column, text: str, words: Mapping[str, tuple[str, ...]]
) -> FormColumn:
    kind: Any = TABLE if form.shape == "keys" else form.field.item if form.shape == "list" else form.field.field
    is_id = column.name == ID and form.shape == "named"
    is_needed = is_id or (isinstance(kind, Kind) and column.name in kind.required)
    field = column.field
    several = isinstance(field, Items)
    inner = field.item if isinstance(field, Items) else field
    options: tuple[str, ...] = ()
    choices = None
    if isinstance(inner, Ref) and inner.kind in SHOWN:
        choices = (TITLES[f"{inner.kind}s"], SHOWN[inner.kind])
    elif isinstance(inner, Ref) and inner.kind in words:
        options, several = words[inner.kind], True  # a table may have regions of its own
    elif isinstance(inner, UnitName):
        options = words["unit"]
    elif isinstance(inner, Choice):
        options = inner.options
    elif isinstance(inner, Flag):
        options = (inner.word,)
    elif isinstance(inner, Pattern):
        signs = tuple(sign for sign in SIGNS if re.fullmatch(inner.pattern, sign))
        options = signs if 0 < len(signs) <= MOST_SIGNS and _is_one_sign(inner.pattern, signs) else ()
    example = EXAMPLES[form.name].get(column.name, "")
    return FormColumn(
        column.name, text, options, choices, several, is_needed, isinstance(inner, Number), example
    )  # fmt: skip


def _is_one_sign(pattern: str, signs: tuple[str, ...]) -> bool:
    """Tell whether a pattern takes single signs only: two of them together, or one twice, do not fit."""
    return not any(re.fullmatch(pattern, one + other) for one in signs for other in signs)
