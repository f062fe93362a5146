"""Two or three footprints side by side: who is named alone where, who together, and how far they overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from geo.draw.figure.draw_map import DISPUTED
from geo.draw.figure.single_map import FigurePlan, find_look, plan_map
from geo.draw.marks.legend import LAST_CLASSES, MARKS, LegendRow, find_disputed, list_rows, name_class, split_key
from geo.draw.marks.palette import Slot
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import write_summary
from geo.errors import Problem, TableError
from geo.join.classes import class_by_group
from geo.join.joined_table import JoinedTable, join_presence
from geo.join.overlap import Overlap, choose_pair, compare_footprints, is_peopled, list_comparable, measure_units
from geo.model import Topology

__all__ = ["check_compared", "choose_compared", "plan_compare", "write_fraction"]

FEWEST, MOST = 2, 3


def choose_compared(joined: JoinedTable, source: str) -> JoinedTable:
    """Return the join with the groups asked for or, where none are, with the two that share most, as on the page.

    Parameters
    ----------
    joined : JoinedTable
    source : str
        The table as the user named it, for messages.

    Raises
    ------
    TableError
        If none are asked for and fewer than two groups are named in a unit.

    Examples
    --------
    >>> from geo.api import join_table
    >>> joined, _ = join_table("presence: {A: [Ghor], B: [Kabul, Herat], C: [Kabul]}")
    >>> choose_compared(joined, "t.yaml").shown
    ('b', 'c')
    """
    pair, choices = choose_pair(joined.footprints), joined.choices
    if choices.groups is not None:
        return joined
    if not pair:
        known = list_comparable(joined.footprints)
        groups = joined.gazetteer.noun.fill("groups that a record names {a_unit} for")
        expected = f"{FEWEST} or {MOST} {groups}: {', '.join(known) or 'none'}"
        raise TableError([Problem(source, f"{len(known)} to compare", expected)])
    return join_presence(joined.whole, joined.gazetteer, joined.units, replace(choices, groups=pair))


def check_compared(joined: LocalisedTable, source: str) -> None:
    """Refuse what is no comparison of two or three groups, each with a unit that names it.

    Raises
    ------
    TableError
        With the groups that can be compared.
    """
    asked, noun = joined.choices.groups or (), joined.gazetteer.noun
    known = list_comparable(joined.footprints)
    none = noun.fill("(no group is named in {a_unit})")
    choices = f"{FEWEST} or {MOST} of --group {', '.join(known) or none}"
    found = []
    if not FEWEST <= len(asked) <= MOST:
        found.append(f"{len(asked)} group{'s' * (len(asked) != 1)} to compare")
    found += [
        f"group {group!r} is to be compared with itself" for group in dict.fromkeys(asked) if asked.count(group) > 1
    ]
    if len(set(asked)) == len(asked) and len(joined.shown) < len(asked) and joined.choices.roll_up and not found:
        found.append(f"with --roll-up {joined.phrases.join_names(asked)} are one group")
    silent = [group for group in dict.fromkeys(asked) if group not in known and not joined.choices.roll_up]
    silent += [group for group in joined.shown if group not in known and joined.choices.roll_up]
    found += [f"no {noun.one} is named for group {group!r}" for group in silent]
    if found:
        raise TableError([Problem(source, each, choices) for each in found])


def plan_compare(joined: LocalisedTable, topology: Topology, labels: str) -> FigurePlan:
    """Plan the map of the groups shown and the numbers of their overlap."""
    classes = class_by_group(joined.report.units, joined.footprints, joined.shown, joined.besides)
    slots = find_look(joined, classes).slots
    rows = list_rows(joined, classes, "overlay", slots)
    rows = [_reword(joined.phrases, row) for row in [*_list_missing(joined, classes), *rows]]
    rows.sort(key=lambda row: _rank(row, slots))
    plan = plan_map(joined, topology, classes, rows, write_summary(joined), find_disputed(joined, "overlay"), labels)
    return replace(plan, notes=tuple(_list_numbers(joined)))


def _list_missing(joined: LocalisedTable, classes: Mapping[str, str]) -> list[LegendRow]:
    """Return rows for "both" and "only" that no unit has: none is an answer too."""
    keys = ["+".join(joined.shown), *joined.shown]
    return [LegendRow(key, name_class(key, joined), 0) for key in keys if key not in classes.values()]


def _rank(row: LegendRow, slots: Mapping[str, Slot]) -> tuple[int, ...]:
    """Keep the legend's order, but put empty rows to those of their kind."""
    if row.key in LAST_CLASSES or row.key == DISPUTED:
        return (1, len(row.key) if row.key == DISPUTED else 0)
    parts = split_key(row.key)
    return -sum(not mark for _, mark in parts), -len(parts), *(slots[group].slot for group, _ in parts)


def _reword(phrases: Catalogue, row: LegendRow) -> LegendRow:
    if row.key in LAST_CLASSES or row.key == DISPUTED or "+" in row.key or row.key[-1] in MARKS:
        return row
    return replace(row, label=phrases.say("compare_only", group=row.label))


def write_fraction(phrases: Catalogue, part: int, whole: int) -> str:
    """Write a share of counted things; a share of nothing is not defined.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> write_fraction(phrases, 3, 9), write_fraction(phrases, 0, 0)
    ('3/9', 'not defined')
    """
    return f"{part}/{whole}" if whole else phrases.say("undefined")


def _list_numbers(joined: LocalisedTable) -> Iterator[str]:
    measures, noun = measure_units(joined.units, joined.gazetteer), joined.gazetteer.noun
    found = compare_footprints(joined.footprints, joined.shown, measures)
    area, people = _percent(joined.phrases, found.area_share), _percent(joined.phrases, found.population_share)
    rest = (
        f"{area} of the area and {people} of the settled population" if is_peopled(measures) else f"{area} of the area"
    )
    said = f"Of the {noun.many} named, the shared ones have {rest}."
    yield f"How far they overlap: {_say_numbers(found, joined)} {said}"
    wide = compare_footprints(joined.footprints, joined.shown, measures, what_if=True)
    if wide.union != found.union or wide.shared != found.shared:
        said = _say_numbers(wide, joined, what_if=True)
        rule = f"What if every {noun.one} of a region that a source names counted as named (no source says so)"
        yield f"{rule}: {said}"


def _say_numbers(found: Overlap, joined: LocalisedTable, *, what_if: bool = False) -> str:
    phrases = joined.phrases
    only = phrases.join_names(
        [f"{len(found.only[group])} only {joined.table.groups[group].short}" for group in found.groups]
    )
    prints = [joined.footprints[group] for group in found.groups]
    smallest = min(len(each.named | each.region if what_if else each.named) for each in prints)
    return (
        f"{len(found.shared)} of {len(found.union)} {joined.gazetteer.noun.many} shared, {only}; "
        f"Jaccard index {write_fraction(phrases, len(found.shared), len(found.union))}, "
        f"overlap coefficient {write_fraction(phrases, len(found.shared), smallest)}."
    )


def _percent(phrases: Catalogue, share: float | None) -> str:
    return phrases.say("undefined") if share is None else f"{share * 100:.0f} %"
