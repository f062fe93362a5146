"""What explains a map: its groups and their chips, a row for each class, what stands off it; at length or briefly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.legend_panel import Item, Section
from geo.draw.marks.chips import Chip, choose_chip_key
from geo.draw.marks.legend import STANDING_SAID, Looks, abbreviate, fold_alone, name_combination
from geo.draw.marks.map_classes import LegendRow
from geo.draw.sections.group_rows import GroupCounts, choose_columns, count_groups, tells_alone, write_count
from geo.draw.wording import presence
from geo.draw.wording.captions import write_legend_note
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_choices, name_group
from geo.join.classes import MOST_BANDS, Combination, GroupShade
from geo.model import Gazetteer

__all__ = [
    "list_chip_key", "list_groups", "list_notes", "list_off_map", "list_rows", "list_unplaced", "name_units",
    "say_chips",
]  # fmt: skip

UNIT_SAID = {"absent": "unit_absent", "inconclusive": "unit_inconclusive"}


def list_groups(joined: LocalisedTable, looks: Looks, *, brief: bool) -> list[Section]:
    """List the groups of a map with what the page counts of each, but for columns of noughts.

    If ``brief``, only in how many units each is named beside its short name, and the rest in small print.
    """
    phrases, table = joined.phrases, joined.table
    counts = count_groups(joined.footprints, joined.shown)
    columns = [key for key in choose_columns(joined) if any(getattr(counts[group], key) for group in joined.shown)]
    columns = list(dict.fromkeys(["named", *columns]))
    items, names = [], []
    for group in joined.shown:
        name, short = name_group(joined, group), abbreviate(table.groups[group])
        told = (name, "") if name.startswith(short) else (short, name)
        numbers = tuple(write_count(joined, group, counts[group], key) for key in columns)
        chip = Chip(looks.slots[group].colour, "named", kind=table.groups[group].kind)
        row = Item(told[0], chip=chip, counts=numbers, more=told[1])
        items.append(replace(row, text=short, more="", count=numbers[0], counts=()) if brief else row)
        names += [phrases.say("name_sign", name=short, sign=name)] * (name != short)
    heading = phrases.say("groups_heading")
    if not brief:
        heads = tuple(phrases.say("groups_column", key) for key in columns)
        return [Section(heading, tuple(items), heads=heads)] if items else []
    texts = [phrases.say("semicolon").join(names), *_say_columns(joined, counts, columns[1:])]
    small = tuple(Item(phrases.say("stop", said=text), small=True) for text in texts if text)
    return [Section(heading, tuple(items), across=2), Section("", small)]


def _say_columns(joined: LocalisedTable, counts: Mapping[str, GroupCounts], columns: Sequence[str]) -> Iterator[str]:
    """Say the columns of a table in words, each with the groups that have anything in it."""
    phrases = joined.phrases
    for key in columns:
        numbers = {group: getattr(counts[group], key) for group in joined.shown}
        said = [
            f"{abbreviate(joined.table.groups[group])} {phrases.write_number(number)}"
            for group, number in numbers.items() if number
        ]  # fmt: skip
        column = phrases.say("groups_column", key)
        yield phrases.say("name_sign", name=column[:1].upper() + column[1:], sign=phrases.say("comma").join(said))


def list_chip_key(joined: LocalisedTable, chips: Mapping[str, Sequence[Chip]]) -> Section:
    """Explain the looks of chips that a map has, in no group's colour, where bands and their legend do not."""
    drawn = {chip for row in chips.values() for chip in row}
    # A mark of a kind is in the table of groups even where no unit has it.
    drawn |= {Chip("", "named", kind=joined.table.groups[group].kind) for group in joined.shown} if drawn else set()
    key = choose_chip_key(drawn, is_crowded=len(joined.shown) > MOST_BANDS)
    items = (Item(joined.phrases.say(*name.split(".")), small=True, chip=chip) for name, chip in key.items())
    return Section("", tuple(items), across=2)


def list_rows(joined: LocalisedTable, rows: Sequence[LegendRow], view: str, *, brief: bool) -> list[Section]:
    """List the rows of classes, of an overlay as on the page; if ``brief``, combinations by short names.

    Numbers of groups stand side by side.
    """
    phrases = joined.phrases
    if view == "overlay" and tells_alone(joined):
        rows = fold_alone(phrases, rows)
    shades = [row for row in rows if isinstance(row.shown.of, GroupShade)]
    heading = joined.gazetteer.noun.forms["Units"]
    sections = [Section(heading, tuple(_write_row(joined, row) for row in shades), across=2)] if shades else []
    rest = (_write_row(joined, row, view if brief else "") for row in rows if row not in shades)
    return [*sections, Section("" if shades else heading, tuple(rest))]


def _write_row(joined: LocalisedTable, row: LegendRow, brief: str = "") -> Item:
    """Write a row, of a ``brief`` view with short names, which a comparison explains where a group is alone."""
    of, text, phrases = row.shown.of, row.shown.label, joined.phrases
    if brief and isinstance(of, Combination):
        short, is_alone = name_combination(joined, of, short=True), brief == "compare" and len(of.standings) == 1
        said = text if short == name_combination(joined, of) else phrases.say("name_sign", name=short, sign=text)
        text = said if is_alone else short
    return Item(text, row.shown.fill, phrases.write_number(row.count))


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
        phrases.say("name_sign", name=label.name, sign=label.said) if label.said else label.name for label in listed
    )
    texts = [phrases.say("stop", said=said)] * bool(said)
    texts += [phrases.say_count("nameless_more" if said else "nameless_all", left)] * bool(left)
    return Section(phrases.say("nameless"), tuple(Item(text, small=True) for text in texts))


def say_chips(joined: LocalisedTable, chips: Sequence[Chip]) -> str:
    """Say in words what chips show: each group by its short name, and how it stands there."""
    pairs = zip(joined.shown, chips, strict=True)
    return " + ".join(_say_chip(joined, group, chip) for group, chip in pairs if chip.state != "silent")


def _say_chip(joined: LocalisedTable, group: str, chip: Chip) -> str:
    say, said = joined.phrases.say, abbreviate(joined.table.groups[group])
    if chip.state in STANDING_SAID:
        said = say(STANDING_SAID[chip.state], group=said)
    elif chip.state in UNIT_SAID:
        said = say(UNIT_SAID[chip.state], group=said)
    elif chip.state == "able":
        said = say("name_sign", name=said, sign=say("chip", "able"))
    more = [say("hedge_disputed")] * chip.is_disputed + [say("groups_column", "able")] * chip.is_able
    return f"{said} ({say('comma').join(more)})" if more else said
