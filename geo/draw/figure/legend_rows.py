"""What explains a map: a row for each class, the codes on it, what stands off it; all of it, at length or briefly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.legend_panel import Item, Section
from geo.draw.marks.abbreviations import explain_codes, find_carried
from geo.draw.marks.legend import Looks, describe_class, write_sign
from geo.draw.marks.map_classes import LegendRow, MapClass
from geo.draw.wording.captions import write_legend_note
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_off_map
from geo.join.classes import NAMED, Combination, ManyGroups, UnitClass, class_by_group, group_by_class
from geo.model import UnitNoun

__all__ = ["list_off_map", "list_sections", "list_unplaced", "name_unit"]

BRIEFLY = "as in the legend, which counts {units} with exactly these groups"


def list_sections(
    joined: LocalisedTable,
    looks: Looks,
    rows: Sequence[LegendRow],
    classes: Mapping[str, MapClass],
    labels: str,
    *,
    brief: bool,
) -> list[Section]:
    """List the sections that explain a map; ``labels`` name units: ``"en"``, ``"fa"`` or ``"code"``.

    If ``brief``, each group's name is written once, with its code, and combinations by codes alone; else by names.
    """
    many = _spell_many(joined, classes)
    carried = find_carried([*(each.of for each in classes.values()), *many.values()])
    listed = joined.gazetteer.noun.fill(BRIEFLY) if brief else ""
    texts = filter(None, (explain_codes(joined, carried, looks.codes, listed), write_legend_note(joined)))
    items = _shorten(joined, looks, rows, {group for group, _ in carried}) if brief else map(_write_row, rows)
    return [
        Section(joined.gazetteer.noun.forms["Units"], tuple(items)),
        Section("", tuple(Item(text, small=True) for text in texts)),
        Section("Where groups are many", tuple(_list_many(joined, many, looks, labels))),
        list_off_map(joined),
    ]


def name_unit(joined: LocalisedTable, code: str, labels: str) -> str:
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
    of = row.shown.of
    text = f"{of.number} groups, listed below" if isinstance(of, ManyGroups) else row.shown.label
    return Item(text, row.shown.fill, str(row.count))


def _shorten(joined: LocalisedTable, looks: Looks, rows: Sequence[LegendRow], used: Collection[str]) -> Iterator[Item]:
    """Write a row for each group with its code, and then the others, combinations by codes."""
    own = {group: Combination(((group, NAMED),)) for group in joined.shown}
    found = {row.shown.of: row for row in rows}
    for group, alone in own.items():
        if group in used or alone in found:
            row = found.get(alone) or LegendRow(describe_class(joined, looks, alone), 0)
            yield Item(f"{looks.codes[group]}: {row.shown.label}", row.shown.fill, str(row.count))
    for row in rows:
        if row.shown.of not in own.values():
            item = _write_row(row)
            yield replace(item, text=row.shown.sign) if isinstance(row.shown.of, Combination) else item


def _spell_many(joined: LocalisedTable, classes: Mapping[str, MapClass]) -> Mapping[str, UnitClass]:
    """Return the combinations of the units of which the map shows only how many groups there are."""
    units = [code for code, each in classes.items() if isinstance(each.of, ManyGroups)]
    return class_by_group(units, joined.footprints, joined.shown, most=len(joined.shown)) if units else {}


def _list_many(joined: LocalisedTable, many: Mapping[str, UnitClass], looks: Looks, labels: str) -> Iterator[Item]:
    for each, units in group_by_class(many).items():
        names = ", ".join(name_unit(joined, code, labels) for code in units)
        sign = write_sign(each, looks) if isinstance(each, Combination) else ""
        yield Item(f"{names}: {sign}.", small=True)
