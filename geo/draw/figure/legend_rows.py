"""What explains a map: a row for each class, the codes on it, what stands off it; all of it, at length or briefly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.legend_panel import Item, Section
from geo.draw.marks.abbreviations import explain_codes, is_combination, write_sign
from geo.draw.marks.legend import LegendRow, name_class, split_key
from geo.draw.wording.captions import write_legend_note
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_off_map
from geo.join.classes import class_by_group, group_by_class
from geo.join.joined_table import JoinedTable
from geo.model import UnitNoun

__all__ = ["list_off_map", "list_sections", "list_unplaced", "name_unit"]

BRIEFLY = "as in the legend, which counts {units} with exactly these groups"


def list_sections(
    joined: LocalisedTable,
    rows: Sequence[LegendRow],
    classes: Mapping[str, str],
    codes: Mapping[str, str],
    labels: str,
    *,
    brief: bool,
) -> list[Section]:
    """List the sections that explain a map.

    Parameters
    ----------
    joined : JoinedTable
    rows : sequence of LegendRow
    classes : mapping of str to str
        Code of a unit to key of its class.
    codes : mapping of str to str
        Of groups.
    labels : str
        Names of units: ``"en"``, ``"fa"`` or ``"code"``.
    brief : bool
        Write each group's name once, with its code, and combinations by codes alone; else by names.
    """
    many = _spell_many(joined, classes)
    named = {**classes, **many}
    listed = joined.gazetteer.noun.fill(BRIEFLY) if brief else ""
    texts = filter(None, (explain_codes(joined, named, codes, listed), write_legend_note(joined)))
    items = _shorten(joined, rows, named, codes) if brief else [_write_row(row) for row in rows]
    return [
        Section(joined.gazetteer.noun.forms["Units"], tuple(items)),
        Section("", tuple(Item(text, small=True) for text in texts)),
        Section("Where groups are many", tuple(_list_many(joined, many, codes, labels))),
        list_off_map(joined),
    ]


def name_unit(joined: JoinedTable, code: str, labels: str) -> str:
    """Name a unit as the map does."""
    unit = joined.gazetteer.units[code]
    return {"en": unit.name, "fa": unit.name_fa or unit.name, "code": code}[labels]


def list_off_map(joined: LocalisedTable) -> Section:
    """Return the list of records that fill nothing."""
    said = [text for record in joined.table.records if (text := describe_off_map(record, joined))]
    return Section("Not on the map", tuple(Item(f"• {text}", small=True) for text in said))


def list_unplaced(listed: Sequence[Label], left: int, noun: UnitNoun) -> Section:
    """List labels whose names have no room on the map, some by a number there, and say how many more there are."""
    said = [f"{label.name}: {label.sign}" if label.sign else label.name for label in listed]
    more = f"{left} more have no room here." if said else f"{left} have no room for it here."
    texts = [f"{'; '.join(said)}."] * bool(said) + [more] * bool(left)
    heading = noun.fill("{Units} without a name on the map")
    return Section(heading, tuple(Item(text, small=True) for text in texts))


def _write_row(row: LegendRow) -> Item:
    """Write a row as on the page, but nobody can choose a unit on paper."""
    number = row.key.removeprefix("many:")
    return Item(row.label if number == row.key else f"{number} groups, listed below", row.key, str(row.count))


def _shorten(
    joined: LocalisedTable, rows: Sequence[LegendRow], classes: Mapping[str, str], codes: Mapping[str, str]
) -> Iterator[Item]:
    """Write a row for each group with its code, and then the others, combinations by codes."""
    own = {row.key: row for row in rows}
    mixed = [row for row in rows if row.key not in joined.shown]
    keys = [key for key in classes.values() if is_combination(key, joined)]
    used = {group for key in keys for group, _ in split_key(key)}
    for group in (group for group in joined.shown if group in used | own.keys()):
        row = own.get(group)
        label = row.label if row else name_class(group, joined)
        yield Item(f"{codes[group]}: {label}", group, str(row.count if row else 0))
    for row in mixed:
        item = _write_row(row)
        yield replace(item, text=write_sign(row.key, joined, codes)) if is_combination(row.key, joined) else item


def _spell_many(joined: JoinedTable, classes: Mapping[str, str]) -> dict[str, str]:
    """Return the combinations of the units of which the map shows only how many groups there are."""
    units = [code for code, key in classes.items() if key.startswith("many:")]
    return class_by_group(units, joined.footprints, joined.shown, most=len(joined.shown)) if units else {}


def _list_many(
    joined: LocalisedTable, many: Mapping[str, str], codes: Mapping[str, str], labels: str
) -> Iterator[Item]:
    for key, units in group_by_class(many).items():
        names = ", ".join(name_unit(joined, code, labels) for code in units)
        yield Item(f"{names}: {write_sign(key, joined, codes)}.", small=True)
