"""The kinds of figure that are one map with a panel: choropleth, levels of one group, overlay."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geo.draw.figure.alternative_text import tell_classes
from geo.draw.figure.canvas import Box, Sheet
from geo.draw.figure.draw_map import draw_map, order_codes
from geo.draw.figure.labels.label_text import Label
from geo.draw.figure.labels.place_labels import MOST_NAMED
from geo.draw.figure.legend_panel import Item, Section
from geo.draw.figure.legend_rows import (
    list_chip_key,
    list_groups,
    list_notes,
    list_off_map,
    list_rows,
    list_unplaced,
    say_chips,
)
from geo.draw.figure.projected_map import Land, fit_land
from geo.draw.marks import legend
from geo.draw.marks.chips import Chip
from geo.draw.marks.legend import (
    Looks,
    choose_chips,
    class_groups,
    describe_classes,
    find_disputed,
    find_looks,
    list_level_rows,
)
from geo.draw.marks.map_classes import LegendRow, MapClass
from geo.draw.wording.captions import MapHead, write_head
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import write_headline, write_summary
from geo.join.classes import Combination, GroupShade, class_by_level
from geo.model import Topology

__all__ = ["FigurePlan", "HasRoom", "ShownClasses", "plan_map", "plan_view"]

HasRoom = Callable[[Section], bool]

SHORT = 12
"""So many units without a name are worth a smaller map; of more only what has room is listed."""


@dataclass(frozen=True)
class ShownClasses:
    """What one map shows: the class of each unit, by code, the rows of its legend, units with a broken outline.

    And which view it is of, and the chips of units.
    """

    looks: Looks
    classes: Mapping[str, MapClass]
    rows: Sequence[LegendRow]
    disputed: Collection[str]
    view: str = "level"
    chips: Mapping[str, tuple[Chip, ...]] = field(default_factory=dict)


NOTHING = ShownClasses(Looks({}, {}, {}, {}), {}, (), frozenset())
"""Of a figure that is not one map."""


@dataclass(frozen=True)
class FigurePlan:
    """What a figure says and how its body is drawn: ``head`` above it, ``notes`` below it over the full width.

    ``brief`` are the sections said with less words, where those have no room. Drawing is told whether one more has room
    beside the body, and returns it, what could not be written on the map; before it, if that is short, one that lists
    it all. ``shown`` is what it shows if it is one map. ``crowd`` is such a section where it is sure that one will be
    wanted. ``told`` says what the body shows to whoever does not see it. ``count_rooms`` tells for how many groups
    a body has room.
    """

    head: MapHead
    sections: Sequence[Section]
    draw: Callable[[Sheet, Box, HasRoom], Sequence[Section] | None]
    shown: ShownClasses = NOTHING
    notes: tuple[str, ...] = ()
    brief: Sequence[Section] = ()
    crowd: tuple[Section, ...] = ()
    told: tuple[str, ...] = ()
    count_rooms: Callable[[Sheet, Box], float] = lambda *_: math.inf


def plan_view(joined: LocalisedTable, topology: Topology, kind: str, names: Mapping[str, str]) -> FigurePlan:
    """Plan a ``"choropleth"`` (of one group: its levels) or an ``"overlay"``; ``names`` are those of units on it."""
    shown = _choose_shown(joined, kind)
    if shown.view != "level":
        return plan_map(joined, topology, shown, write_head(joined), names)
    (group,) = joined.shown
    head = MapHead(write_headline(joined, group), write_summary(joined, with_off_map=False, one=group))
    return plan_map(joined, topology, shown, head, names)


def _choose_shown(joined: LocalisedTable, kind: str) -> ShownClasses:
    """Choose what a map shows, as on the page."""
    asked, looks = joined.choices.groups, find_looks(joined)
    if kind == "choropleth" and asked is not None and len(joined.shown) == 1:
        (group,) = joined.shown
        classes = class_by_level(joined.report.units, joined.footprints, group, joined.besides)
        return ShownClasses(
            looks, describe_classes(joined, looks, classes, "level"),
            list_level_rows(joined, looks, classes.values(), group), joined.footprints[group].disputed,
        )  # fmt: skip
    view = "count" if kind == "choropleth" else "overlay"
    classes = joined.count_classes if view == "count" else class_groups(joined, joined.shown)
    chips = choose_chips(joined, looks, classes, joined.shown) if view == "overlay" else {}
    return ShownClasses(
        looks, describe_classes(joined, looks, classes, view),
        legend.list_rows(joined, looks, classes, view), find_disputed(joined), view, chips,
    )  # fmt: skip


def plan_map(
    joined: LocalisedTable, topology: Topology, shown: ShownClasses, head: MapHead, names: Mapping[str, str]
) -> FigurePlan:
    """Plan one map from the classes of its units."""
    phrases = joined.phrases

    def draw(sheet: Sheet, box: Box, has_room: HasRoom) -> Sequence[Section]:
        land = fit_land(topology, sheet.turn(box), sheet.size.small)
        drawn = draw_map(
            sheet,
            land,
            shown.classes,
            list_labels(joined, names, land, shown),
            shown.disputed,
            lambda listed, left: has_room(list_unplaced(listed, left, phrases)),
        )
        wanted = [*drawn.listed, *(replace(label, name=f"#0 {label.name}") for label in drawn.left)]
        kept = [list_unplaced(drawn.listed, len(drawn.left), phrases)] if wanted else []
        return [list_unplaced(wanted, 0, phrases), *kept] if 0 < len(wanted) <= SHORT else kept

    sections, brief = (_list_sections(joined, shown, names, brief=brief) for brief in (False, True))
    number = sum(not each.is_gap for each in shown.classes.values())
    crowd = (list_unplaced((), number, phrases),) if number > MOST_NAMED else ()
    told = tuple(tell_classes(joined, shown.rows, shown.classes, shown.disputed))
    brief = [] if brief == sections else brief
    return FigurePlan(head, sections, draw, shown, brief=brief, crowd=crowd, told=told)


def _list_sections(
    joined: LocalisedTable, shown: ShownClasses, names: Mapping[str, str], *, brief: bool
) -> list[Section]:
    """List the sections that explain a map; ``names`` are those of units on it, by code."""
    groups = list_groups(joined, shown.looks, brief=brief) if shown.view == "overlay" else []
    key = list_chip_key(joined, shown.chips)
    rows = list_rows(joined, shown.rows, shown.view, brief=brief)
    explained = [*groups, key, *rows] if groups else [*rows, key]
    sections = [*explained, list_notes(joined), _list_many(joined, shown, names)]
    return [*(each for each in sections if each.items), list_off_map(joined)]


def _list_many(joined: LocalisedTable, shown: ShownClasses, names: Mapping[str, str]) -> Section:
    """List who is in each unit of a map of so many groups that no chips show it."""
    phrases = joined.phrases
    units = [code for code, each in shown.classes.items() if isinstance(each.of, GroupShade) and not shown.chips]
    said = choose_chips(joined, shown.looks, dict.fromkeys(units, GroupShade(0)), joined.shown, most=math.inf)
    items = (phrases.say("name_sign", name=names[code], sign=say_chips(joined, said[code])) for code in units)
    return Section(
        phrases.say("many_heading"), tuple(Item(phrases.say("stop", said=item), small=True) for item in items)
    )


def list_labels(joined: LocalisedTable, names: Mapping[str, str], land: Land, shown: ShownClasses) -> list[Label]:
    """List the labels of units, most important first."""
    found = []
    for code in order_codes(land, shown.classes):
        each, chips = shown.classes[code], shown.chips.get(code)
        is_vague = (isinstance(each.of, Combination) and each.of.is_vague) or each.of == GroupShade(0)
        said = say_chips(joined, chips) if chips else each.sign
        label = Label(code, names[code], chips or each.sign, not each.is_gap, is_vague=is_vague, said=said)
        found.append(label)
    return found
