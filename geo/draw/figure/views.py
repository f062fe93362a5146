"""The kinds of figure that are one map with a panel: choropleth, levels of one group, overlay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from geo.draw.figure.labels import Label
from geo.draw.figure.land import Land, fit_land
from geo.draw.figure.levels import list_level_rows
from geo.draw.figure.maps import Look, draw_map, order_codes
from geo.draw.figure.panel import Item, Section
from geo.draw.figure.sheet import Box, Sheet
from geo.draw.legend import LegendRow, find_disputed, list_rows, pick_colours, split_key
from geo.draw.notes import VIEW_KINDS, write_legend_note
from geo.draw.palette import assign_slots
from geo.draw.sentences import describe_off_map, write_summary
from geo.join.classes import class_by_level
from geo.join.presence import Joined
from geo.model import Topology

__all__ = ["Plan", "find_look", "list_off_map", "list_short_codes", "make_legend", "plan_view"]


LONGEST_CODE = 3
"""Letters; groups whose names begin alike have "g" and their number: a bare number counts groups."""


@dataclass(frozen=True)
class Plan:
    """What a figure says and how its body is drawn; ``notes`` stand below it over the full width."""

    summary: str
    sections: Sequence[Section]
    look: Look
    draw: Callable[[Sheet, Box], None]
    classes: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def find_look(joined: Joined, classes: Mapping[str, str]) -> Look:
    """Collect the colours that the page gives to classes and groups."""
    slots = {slot.group: slot for slot in assign_slots(joined.table, roll_up=joined.choices.roll_up)}
    return Look(pick_colours(joined, classes), slots)


def plan_view(joined: Joined, topology: Topology, kind: str, labels: str) -> Plan:
    """Plan a choropleth (of one group: its levels) or an overlay.

    Parameters
    ----------
    joined : Joined
    topology : Topology
    kind : str
        ``"choropleth"`` or ``"overlay"``.
    labels : str
        Names of units: ``"en"``, ``"fa"`` or ``"code"``.
    """
    asked = joined.choices.groups
    if kind == "choropleth" and asked is not None and len(joined.shown) == 1:
        group = joined.shown[0]
        classes = class_by_level(joined.report.units, joined.footprints, group)
        rows = list_level_rows(joined, classes, group)
        summary, disputed = write_summary(joined), joined.footprints[group].disputed
    else:
        view = "count" if kind == "choropleth" else "overlay"
        column = joined.units["count_class" if view == "count" else "group_class"]
        classes = {code: str(key) for code, key in column.items()}
        rows = list_rows(joined, classes, view, find_look(joined, classes).slots)
        summary = write_summary(joined, kinds=VIEW_KINDS[view])
        disputed = find_disputed(joined, view)
    return plan_map(joined, topology, classes, rows, summary, disputed, labels)


def plan_map(
    joined: Joined,
    topology: Topology,
    classes: Mapping[str, str],
    rows: Sequence[LegendRow],
    summary: str,
    disputed: Collection[str],
    labels: str,
) -> Plan:
    """Plan one map from the classes of its units."""
    look = find_look(joined, classes)
    codes = list_short_codes(joined)

    def draw(sheet: Sheet, box: Box) -> None:
        land = fit_land(topology, box, sheet.size.small)
        draw_map(sheet, land, classes, look, list_labels(joined, land, classes, labels, codes), disputed)

    sections = [make_legend(rows), _explain(joined, classes, codes), list_off_map(joined)]
    return Plan(summary, sections, look, draw, classes)


def make_legend(rows: Sequence[LegendRow]) -> Section:
    """Return the legend: each class with its count, as on the page, but without what only a page can do."""
    items = [Item(_say_on_paper(row), row.key, str(row.count)) for row in rows]
    return Section("Provinces", tuple(items), cut=2)


def _say_on_paper(row: LegendRow) -> str:
    """Nobody can choose a province on paper."""
    number = row.key.removeprefix("many:")
    return row.label if number == row.key else f"{number} groups: see the table for which"


def _explain(joined: Joined, classes: Mapping[str, str], codes: Mapping[str, str]) -> Section:
    groups = dict.fromkeys(
        group for key in classes.values() if is_combination(key, joined) for group, _ in split_key(key)
    )
    said = [f"{codes[group]} {joined.table.groups[group].short}" for group in joined.shown if group in groups]
    letters = f"Letters on the map: {', '.join(said)}; in brackets: region only." if said else ""
    texts = [text for text in (letters, write_legend_note(joined)) if text]
    return Section("", tuple(Item(text, small=True) for text in texts))


def is_combination(key: str, joined: Joined) -> bool:
    """Tell whether a key names groups."""
    return ":" not in key and all(group in joined.footprints for group, _ in split_key(key))


def list_off_map(joined: Joined) -> Section:
    """Return the list of records that fill nothing."""
    said = [text for record in joined.table.records if (text := describe_off_map(record, joined))]
    return Section("Not on the map", tuple(Item(f"• {text}", small=True) for text in said), cut=1)


def list_short_codes(joined: Joined) -> dict[str, str]:
    """Give each located group the shortest beginning of its short name that no other has, or "g" and its number.

    So that a map printed in grey still tells groups apart.
    """
    shorts = {group: joined.table.groups[group].short for group in joined.footprints}
    names = {group: "".join(filter(str.isalnum, short)) for group, short in shorts.items()}
    codes = {}
    for place, (group, name) in enumerate(names.items(), 1):
        others = [other.casefold() for each, other in names.items() if each != group]
        starts = (name[:size] for size in range(1, min(len(name), LONGEST_CODE) + 1))
        alone = (start for start in starts if not any(other.startswith(start.casefold()) for other in others))
        start = next(alone, "")
        codes[group] = start[:1].upper() + start[1:] or f"g{place}"
    return codes


def list_labels(
    joined: Joined, land: Land, classes: Mapping[str, str], labels: str, codes: Mapping[str, str]
) -> list[Label]:
    """List the labels of units, most important first, each with what to leave out where room is short."""
    found = []
    for code in order_codes(land, classes):
        unit, key = joined.gazetteer.units[code], classes[code]
        name = ({"en": unit.name, "fa": unit.name_fa, "code": code}[labels], False)
        sign = (_write_sign(key, joined, codes), True)
        found.append(Label(code, ((name, sign), (sign,), (name,)) if sign[0] else ((name,),)))
    return found


def _write_sign(key: str, joined: Joined, codes: Mapping[str, str]) -> str:
    """Return what stands under a name: the number of groups, or their short codes."""
    kind, _, value = key.partition(":")
    if kind in ("n", "many") and value:
        return value
    if not is_combination(key, joined):
        return ""
    return " ".join(codes[group] if named else f"({codes[group]})" for group, named in split_key(key))
