"""What explains a map: a row for each class, the codes on it, what stands off it; all of it, at length or briefly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.legend_panel import Item, Section
from geo.draw.marks.abbreviations import explain_codes, find_carried
from geo.draw.marks.legend import Looks, describe_class, write_sign
from geo.draw.marks.map_classes import LegendRow, MapClass
from geo.draw.wording import presence
from geo.draw.wording.captions import write_legend_note
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_choices
from geo.join.classes import NAMED, Combination, ManyGroups, UnitClass, class_by_group, group_by_class
from geo.model import Gazetteer

__all__ = ["list_notes", "list_off_map", "list_sections", "list_unplaced", "name_units"]


def list_sections(
    joined: LocalisedTable,
    looks: Looks,
    rows: Sequence[LegendRow],
    classes: Mapping[str, MapClass],
    names: Mapping[str, str],
    *,
    brief: bool,
) -> list[Section]:
    """List the sections that explain a map; ``names`` are those of units on it, by code.

    If ``brief``, each group's name is written once, with its code, and combinations by codes alone; else by names.
    """
    many, phrases = _spell_many(joined, classes), joined.phrases
    carried = find_carried([*(each.of for each in classes.values()), *many.values()])
    listed = phrases.say("codes_listed") if brief else ""
    items = (
        _shorten(joined, looks, rows, {group for group, _ in carried})
        if brief
        else (_write_row(phrases, row) for row in rows)
    )
    return [
        Section(joined.gazetteer.noun.forms["Units"], tuple(items)),
        list_notes(joined, explain_codes(joined, carried, looks.codes, listed)),
        Section(phrases.say("many_heading"), tuple(_list_many(joined, many, looks, names))),
        list_off_map(joined),
    ]


def name_units(known: Gazetteer, labels: str) -> dict[str, str]:
    """Name units as the map does: ``"en"``, ``"fa"`` (Dari) or ``"code"``."""
    return {
        code: {"en": unit.name, "fa": unit.name_fa or unit.name, "code": code}[labels]
        for code, unit in known.units.items()
    }


def list_notes(joined: LocalisedTable, *notes: str) -> Section:
    """Return notes, then what choices left out, and how regions and levels of what is shown are meant."""
    texts = *notes, describe_choices(joined), write_legend_note(joined, joined.shown)
    return Section("", tuple(Item(text, small=True) for text in texts if text))


def list_off_map(joined: LocalisedTable, groups: Collection[str] | None = None) -> Section:
    """Return the list of records that fill nothing, of ``groups`` where a figure is of those."""
    said = (text for _, text in presence.list_off_map(joined, groups))
    return Section(joined.phrases.say("off_map"), tuple(Item(f"• {text}", small=True) for text in said))


def list_unplaced(listed: Sequence[Label], left: int, phrases: Catalogue) -> Section:
    """List labels whose names have no room on the map, some by a number there, and say how many more there are."""
    said = phrases.say("semicolon").join(
        phrases.say("name_sign", name=label.name, sign=label.sign) if label.sign else label.name for label in listed
    )
    texts = [phrases.say("stop", said=said)] * bool(said)
    texts += [phrases.say_count("nameless_more" if said else "nameless_all", left)] * bool(left)
    return Section(phrases.say("nameless"), tuple(Item(text, small=True) for text in texts))


def _write_row(phrases: Catalogue, row: LegendRow) -> Item:
    """Write a row as on the page, but nobody can choose a unit on paper."""
    of, text = row.shown.of, row.shown.label
    if isinstance(of, ManyGroups):
        text = phrases.say("many_listed", n=phrases.write_number(of.number))
    return Item(text, row.shown.fill, phrases.write_number(row.count))


def _shorten(joined: LocalisedTable, looks: Looks, rows: Sequence[LegendRow], used: Collection[str]) -> Iterator[Item]:
    """Write a row for each group with its code, and then the others, combinations by codes."""
    own = {group: Combination(((group, NAMED),)) for group in joined.shown}
    found = {row.shown.of: row for row in rows}
    for group, alone in own.items():
        if group in used or alone in found:
            row = found.get(alone) or LegendRow(describe_class(joined, looks, alone), 0)
            item = _write_row(joined.phrases, row)
            yield replace(item, text=joined.phrases.say("name_sign", name=looks.codes[group], sign=item.text))
    for row in rows:
        if row.shown.of not in own.values():
            item = _write_row(joined.phrases, row)
            yield replace(item, text=row.shown.sign) if isinstance(row.shown.of, Combination) else item


def _spell_many(joined: LocalisedTable, classes: Mapping[str, MapClass]) -> Mapping[str, UnitClass]:
    """Return the combinations of the units of which the map shows only how many groups there are."""
    units = [code for code, each in classes.items() if isinstance(each.of, ManyGroups)]
    return class_by_group(units, joined.footprints, joined.shown, most=len(joined.shown)) if units else {}


def _list_many(
    joined: LocalisedTable, many: Mapping[str, UnitClass], looks: Looks, names: Mapping[str, str]
) -> Iterator[Item]:
    phrases = joined.phrases
    for each, units in group_by_class(many).items():
        named = phrases.say("comma").join(names[code] for code in units)
        sign = write_sign(each, looks) if isinstance(each, Combination) else ""
        yield Item(phrases.say("stop", said=phrases.say("name_sign", name=named, sign=sign)), small=True)
