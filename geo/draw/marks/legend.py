"""The classes of a table's units as they look and are called, and the rows of a legend: which, in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from geo.draw.marks.chips import MOST_CHIPS, Chip, find_chips
from geo.draw.marks.map_classes import Bands, Fill, LegendRow, MapClass, Net, Outline, SideBySide, Solid
from geo.draw.marks.palette import GREY, LEVEL_RAMP, SHADES, UNRANKED, Slot, assign_slots, pick_ramp
from geo.draw.marks.textures import GAP_TEXTURES
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_group
from geo.join.classes import (
    CLAIMED,
    GAPS,
    MOST_BANDS,
    NAMED,
    REGION,
    STALE,
    STANDINGS,
    UNNAMED,
    Combination,
    Gap,
    GroupCount,
    GroupLevel,
    GroupShade,
    ManyGroups,
    UnitClass,
    class_by_group,
    class_by_shade,
)
from geo.join.footprints import passes_level
from geo.join.joined_table import JoinedTable
from geo.join.overlap import are_of_others
from geo.model import Group

__all__ = [
    "STANDING_SAID",
    "Looks",
    "abbreviate",
    "choose_chips",
    "class_groups",
    "count_classes",
    "describe_class",
    "describe_classes",
    "find_disputed",
    "find_looks",
    "fold_alone",
    "list_compared_rows",
    "list_level_rows",
    "list_nets",
    "list_rows",
    "name_combination",
    "order_levels",
]

STANDING_SAID = {CLAIMED: "claim_only", REGION: "region_only", STALE: "stale_only"}


@dataclass(frozen=True)
class Looks:
    """What the classes of a table look like: slots of groups, colours of counts and of levels."""

    slots: Mapping[str, Slot]
    counts: Mapping[int, str]
    levels: Mapping[str, str]
    shades: Mapping[int, str]

    def list_colours(self) -> dict[str, str]:
        """Return the colours by keys of classes, as a page's script needs them."""
        counts = {GroupCount(number).key: colour for number, colour in self.counts.items()}
        levels = {GroupLevel(level).key: colour for level, colour in self.levels.items()}
        shades = {GroupShade(number).key: colour for number, colour in self.shades.items()}
        return {**counts, **levels, **shades}


def find_looks(joined: JoinedTable, most: int = 0) -> Looks:
    """Give groups, counts and levels their looks: counts up to the number of groups, or to ``most``."""
    numbers = range(1, max(most, len(joined.footprints)) + 1)
    others = [level.id for level in joined.table.levels.values() if level.rank is None and not level.is_capability]
    return Looks(
        slots={slot.group: slot for slot in assign_slots(joined.whole, roll_up=joined.choices.roll_up)},
        counts=dict(pick_ramp(numbers)),
        shades=dict(pick_ramp([0, *numbers], SHADES)) if len(joined.whole.groups) > MOST_BANDS else {},
        levels={
            **pick_ramp(order_levels(joined), LEVEL_RAMP),
            **dict(zip_longest(others, UNRANKED[: len(others)], fillvalue=GREY)),
        },
    )


def order_levels(joined: JoinedTable) -> list[str]:
    """Return the ids of the ranked levels of presence that the choices let through, weakest first."""
    levels = joined.table.levels
    chosen = levels[joined.choices.level] if joined.choices.level else None
    present = [level for level in levels.values() if not level.is_capability]
    ranked = [level for level in present if level.rank is not None and passes_level(level, chosen)]
    return [level.id for level in sorted(ranked, key=lambda level: level.rank or 0)]


def list_nets(joined: JoinedTable, looks: Looks) -> list[Net]:
    """Return what the levels of which a group's own claims speak may look like where nothing else names it."""
    claimed = {record.level for record in joined.table.records if record.evidence.basis == "claimed"}
    return [Net(colour) for level, colour in looks.levels.items() if level in claimed]


def describe_class(joined: LocalisedTable, looks: Looks, each: UnitClass, view: str = "overlay") -> MapClass:
    """Say what a class of a view (``overlay``, ``count``, ``compare`` or ``level``) looks like and is called."""
    phrases = joined.phrases
    match each:
        case Combination(standings):
            named = sum(standing in (NAMED, CLAIMED) for _, standing in standings)
            slots = (looks.slots[group].slot for group, _ in standings)
            ways = (STANDINGS.index(standing) for _, standing in standings)
            order = (2 if named else 3, -named, -len(standings), *slots, *ways)
            label = name_combination(joined, each, view)
            return MapClass(each.key, label, _fill_groups(looks, standings), order=order, of=each)
        case GroupShade(number) | ManyGroups(number):
            said = phrases.write_number(number)
            label = phrases.say("class_none_now" if not number else "class_one" if number == 1 else "class_n", n=said)
            return MapClass(each.key, label, Solid(looks.shades[number]), said, (0, -number), each)
        case GroupCount(number):
            said = phrases.write_number(number)
            label = phrases.say("class_one" if number == 1 else "class_n", n=said)
            return MapClass(each.key, label, Solid(looks.counts[number]), said, (1, -number), each)
        case GroupLevel(level, claimed):
            order = (4, _order_by_strength(joined).index(level), int(claimed))
            name, colour = joined.table.levels[level].name, looks.levels[level]
            label = phrases.say("level_claimed", level=name) if claimed else name
            return MapClass(each.key, label, Net(colour) if claimed else Solid(colour), order=order, of=each)
        case Gap(kind):
            order = (9, GAPS.index(each))
            return MapClass(each.key, phrases.say(f"class_{kind}"), GAP_TEXTURES[kind], order=order, of=each)


def describe_classes(
    joined: LocalisedTable, looks: Looks, classes: Mapping[str, UnitClass], view: str = "overlay"
) -> dict[str, MapClass]:
    """Do the same for the classes of units, by code."""
    described = {each: describe_class(joined, looks, each, view) for each in dict.fromkeys(classes.values())}
    return {code: described[each] for code, each in classes.items()}


def class_groups(joined: JoinedTable, shown: Sequence[str]) -> dict[str, UnitClass]:
    """Class units by the groups shown: by which, or of more than bands tell apart by how many."""
    units, footprints = joined.report.units, joined.footprints
    if len(shown) <= MOST_BANDS:
        return class_by_group(units, footprints, shown, joined.besides)
    counted = [group for group in shown if joined.table.groups[group].kind == "group"]
    return class_by_shade(units, footprints, shown, counted, joined.besides)


def choose_chips(
    joined: JoinedTable, looks: Looks, classes: Mapping[str, UnitClass], shown: Sequence[str], most: float = MOST_CHIPS
) -> dict[str, tuple[Chip, ...]]:
    """Find the chips that stand with the names of units, by code; of more groups than so many there are none."""
    units = [code for code, each in classes.items() if not isinstance(each, Gap)]
    kinds = {group: each.kind for group, each in joined.table.groups.items()}
    slots = [looks.slots[group] for group in shown]
    return find_chips(units, joined.footprints, slots, kinds) if len(shown) <= most else {}


def _fill_groups(looks: Looks, standings: Iterable[tuple[str, str]]) -> Fill:
    bands = tuple((looks.slots[group], standing) for group, standing in standings)
    return Solid(bands[0][0].colour) if len(bands) == 1 and bands[0][1] == NAMED else Bands(bands)


def abbreviate(group: Group) -> str:
    """Return what stands for a group where there is room for no name: letters that its author gave, or its short name.

    Nothing is invented, for "AQ" would be read as another group than "Al".
    """
    return group.letters or group.short


def name_combination(joined: LocalisedTable, each: Combination, view: str = "overlay", *, short: bool = False) -> str:
    """Name the groups of a unit, each with how it stands there; or in short."""
    say = joined.phrases.say
    names = [
        (abbreviate(joined.table.groups[group]) if short else name_group(joined, group), standing)
        for group, standing in each.standings
    ]
    if view == "compare" and [standing for _, standing in names] == [NAMED]:
        return say("compare_only", group=names[0][0])
    return " + ".join(
        name if standing == NAMED else say(STANDING_SAID[standing], group=name) for name, standing in names
    )


def _order_by_strength(joined: JoinedTable) -> list[str]:
    """Return the ids of levels, ranked ones strongest first, then the others."""
    ranked = [*reversed(order_levels(joined))]
    return [*ranked, *(level for level in joined.table.levels if level not in ranked)]


def list_rows(
    joined: LocalisedTable, looks: Looks, classes: Mapping[str, UnitClass], view: str, also: Iterable[UnitClass] = ()
) -> list[LegendRow]:
    """Count the classes of a view (``overlay``, ``count`` or ``compare``), strongest first, gaps last.

    Rows for the classes in ``also`` stand there even where no unit has them: none is an answer too.
    """
    shown: list[UnitClass] = [*_list_standing(classes.values(), view), *also, *classes.values()]
    wanted = [describe_class(joined, looks, each, view) for each in dict.fromkeys(shown)]
    return count_classes(joined, wanted, classes.values(), find_disputed(joined))


def fold_alone(phrases: Catalogue, rows: Sequence[LegendRow]) -> list[LegendRow]:
    """Put into one row what one group alone is drawn in, where the table of groups says which colour is whose."""
    ones = [row for row in rows if row.shown.is_one_group]
    if not ones:
        return list(rows)
    colours = SideBySide(tuple(row.shown.fill.paint for row in ones))
    one = LegendRow(MapClass("alone", phrases.say("class_alone"), colours), sum(row.count for row in ones))
    return [one if row == ones[0] else row for row in rows if row == ones[0] or row not in ones]


def list_compared_rows(
    joined: LocalisedTable, looks: Looks, classes: Mapping[str, UnitClass], compared: Collection[str],
    also: Iterable[UnitClass] = (),
) -> list[LegendRow]:  # fmt: skip
    """Do so of groups compared; where the records beside theirs are of other groups alone, that is said."""
    rows = list_rows(joined, looks, classes, "compare", also)
    left = [code for code, each in classes.items() if each == Gap("other")]
    if not are_of_others(joined.footprints, compared, left):
        return rows
    label = joined.phrases.say("compare_others")
    return [
        replace(row, shown=replace(row.shown, label=label)) if row.shown.of == Gap("other") else row for row in rows
    ]


def list_level_rows(
    joined: LocalisedTable, looks: Looks, classes: Collection[UnitClass], group: str | None = None
) -> list[LegendRow]:
    """Count the classes of one group's map; without ``group`` the last row speaks of no group."""
    shown: list[UnitClass] = [*map(GroupLevel, order_levels(joined)), Gap(REGION), UNNAMED, *classes]
    wanted = [describe_class(joined, looks, each, "level") for each in dict.fromkeys(shown)]
    its = name_group(joined, group) if group else joined.phrases.say("its_group")
    none = joined.phrases.say("class_none_group", group=its)
    disputed = [code for each in ([group] if group else joined.shown) for code in joined.footprints[each].disputed]
    rows = count_classes(joined, wanted, classes, disputed)
    return [replace(row, shown=replace(row.shown, label=none)) if row.shown.of == UNNAMED else row for row in rows]


def count_classes(
    joined: LocalisedTable, wanted: Iterable[MapClass], found: Iterable[UnitClass | MapClass], disputed: Collection[str]
) -> list[LegendRow]:
    """Count classes in the order of a legend; then the units on which claims contradict each other, if any."""
    counts = Counter(each.key for each in found)
    rows = [LegendRow(each, counts[each.key]) for each in sorted(wanted, key=lambda each: each.order)]
    label = joined.phrases.say("class_disputed")
    return [*rows, *([LegendRow(MapClass("disputed", label, Outline()), len(disputed))] if disputed else [])]


def find_disputed(joined: JoinedTable) -> frozenset[str]:
    """Return the units that one claim calls present and another absent, for anybody that is shown."""
    return frozenset().union(*(joined.footprints[group].disputed for group in joined.shown))


def _list_standing(classes: Iterable[UnitClass], view: str) -> list[UnitClass]:
    if view != "count":
        return [UNNAMED]
    most = max((each.number for each in classes if isinstance(each, GroupCount)), default=0)
    return [*map(GroupCount, range(1, most + 1)), Gap(REGION), UNNAMED]
