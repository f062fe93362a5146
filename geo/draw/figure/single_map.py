"""The kinds of figure that are one map with a panel: choropleth, levels of one group, overlay."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geo.draw.figure.canvas import Box, Sheet
from geo.draw.figure.draw_map import Look, draw_map, order_codes
from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.labels.place_labels import MOST_NAMED
from geo.draw.figure.legend_level_rows import list_level_rows
from geo.draw.figure.legend_panel import Section
from geo.draw.figure.legend_rows import list_sections, list_unplaced, name_unit
from geo.draw.figure.projected_map import Land, fit_land
from geo.draw.marks.abbreviations import list_short_codes, write_sign
from geo.draw.marks.legend import LAST_CLASSES, LegendRow, find_disputed, list_rows, pick_colours, split_key
from geo.draw.marks.palette import assign_slots
from geo.draw.wording.captions import VIEW_KINDS
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import write_summary
from geo.join.classes import class_by_level
from geo.join.joined_table import JoinedTable
from geo.model import Topology

__all__ = ["FigurePlan", "HasRoom", "find_look", "plan_view"]

HasRoom = Callable[[Section], bool]

SHORT = 12
"""So many units without a name are worth a smaller map; of more only what has room is listed."""


@dataclass(frozen=True)
class FigurePlan:
    """What a figure says and how its body is drawn; ``notes`` stand below it over the full width.

    ``brief`` are the sections said with less words, where those have no room. Drawing is told whether one more has room
    beside the body, and returns it, what could not be written on the map; before it, if that is short, one that lists
    it all. ``crowd`` is such a section where it is sure that one will be wanted. ``count_rooms`` tells for how many
    groups a body has room.
    """

    summary: str
    sections: Sequence[Section]
    look: Look
    draw: Callable[[Sheet, Box, HasRoom], Sequence[Section] | None]
    classes: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    brief: Sequence[Section] = ()
    crowd: Sequence[Section] = ()
    count_rooms: Callable[[Sheet, Box], float] = lambda *_: math.inf


def find_look(joined: JoinedTable, classes: Mapping[str, str]) -> Look:
    """Collect the colours that the page gives to classes and groups."""
    slots = {slot.group: slot for slot in assign_slots(joined.whole, roll_up=joined.choices.roll_up)}
    return Look(pick_colours(joined, classes), slots)


def plan_view(joined: LocalisedTable, topology: Topology, kind: str, labels: str) -> FigurePlan:
    """Plan a choropleth (of one group: its levels) or an overlay.

    Parameters
    ----------
    joined : JoinedTable
    topology : Topology
    kind : str
        ``"choropleth"`` or ``"overlay"``.
    labels : str
        Names of units: ``"en"``, ``"fa"`` or ``"code"``.
    """
    asked = joined.choices.groups
    if kind == "choropleth" and asked is not None and len(joined.shown) == 1:
        group = joined.shown[0]
        classes = class_by_level(joined.report.units, joined.footprints, group, joined.besides)
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
    joined: LocalisedTable,
    topology: Topology,
    classes: Mapping[str, str],
    rows: Sequence[LegendRow],
    summary: str,
    disputed: Collection[str],
    labels: str,
) -> FigurePlan:
    """Plan one map from the classes of its units."""
    look = find_look(joined, classes)
    codes = list_short_codes(joined)

    def draw(sheet: Sheet, box: Box, has_room: HasRoom) -> Sequence[Section]:
        land, noun = fit_land(topology, box, sheet.size.small), joined.gazetteer.noun
        named = list_labels(joined, land, classes, labels, codes)
        drawn = draw_map(
            sheet,
            land,
            classes,
            look,
            named,
            disputed,
            lambda listed, left: has_room(list_unplaced(listed, left, noun)),
        )
        wanted = [*drawn.listed, *(replace(label, name=f"#0 {label.name}") for label in drawn.left)]
        kept = [list_unplaced(drawn.listed, len(drawn.left), noun)] if wanted else []
        return [list_unplaced(wanted, 0, noun), *kept] if 0 < len(wanted) <= SHORT else kept

    sections, brief = (list_sections(joined, rows, classes, codes, labels, brief=brief) for brief in (False, True))
    number = sum(key not in LAST_CLASSES for key in classes.values())
    crowd = [list_unplaced((), number, joined.gazetteer.noun)] if number > MOST_NAMED else []
    return FigurePlan(summary, sections, look, draw, classes, brief=brief, crowd=crowd)


def list_labels(
    joined: LocalisedTable, land: Land, classes: Mapping[str, str], labels: str, codes: Mapping[str, str]
) -> list[Label]:
    """List the labels of units, most important first."""
    found = []
    for code in order_codes(land, classes):
        key, name = classes[code], name_unit(joined, code, labels)
        shown = key not in LAST_CLASSES
        vague = shown and ":" not in key and all(mark for _, mark in split_key(key))
        found.append(Label(code, name, write_sign(key, joined, codes), shown=shown, is_vague=vague))
    return found
