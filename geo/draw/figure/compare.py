"""Two or three footprints side by side: who is named alone where, who together, and how far they overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.draw.figure.single_map import FigurePlan, ShownClasses, plan_map
from geo.draw.marks.legend import describe_classes, find_disputed, find_looks, list_compared_rows
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.compare import write_share
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import write_summary
from geo.errors import Problem, TableError
from geo.join.classes import NAMED, Combination, class_by_group
from geo.join.compared_groups import expect_compared, find_faults
from geo.join.joined_table import JoinedTable, join_presence
from geo.join.overlap import Overlap, choose_pair, compare_footprints, is_peopled, measure_units
from geo.model import Topology

__all__ = ["choose_compared", "plan_compare", "write_fraction"]


def choose_compared(joined: JoinedTable, source: str) -> JoinedTable:
    """Return the join with the groups asked for or, where none are, with the two that share most, as on the page.

    If these are no two or three groups, each named in a unit, that is a `TableError` of the table as the user named it.

    Examples
    --------
    >>> from geo.api import join_table
    >>> joined, _ = join_table("presence: {A: [Ghor], B: [Kabul, Herat], C: [Kabul]}")
    >>> choose_compared(joined, "t.yaml").shown
    ('b', 'c')
    """
    pair, choices = choose_pair(joined.footprints), joined.choices
    asked = choices.groups or ()
    together = asked if len(joined.shown) == 1 < len(set(asked)) and choices.roll_up else ()
    if together:
        found = f"with --roll-up {' and '.join(together)} are one group"
        raise TableError([Problem(source, found, expect_compared(joined))])
    if problems := find_faults(joined, joined.shown if choices.roll_up and asked else asked, source):
        raise TableError(problems)
    if asked:
        return joined
    return join_presence(joined.whole, joined.gazetteer, joined.units, replace(choices, groups=pair))


def plan_compare(joined: LocalisedTable, topology: Topology, labels: str) -> FigurePlan:
    """Plan the map of the groups shown and the numbers of their overlap."""
    looks = find_looks(joined)
    classes = class_by_group(joined.report.units, joined.footprints, joined.shown, joined.besides)
    together = [joined.shown, *((group,) for group in joined.shown)]
    also = [Combination(tuple((group, NAMED) for group in groups)) for groups in together]
    shown = ShownClasses(
        looks, describe_classes(joined, looks, classes, "compare"),
        list_compared_rows(joined, looks, classes, joined.shown, also), find_disputed(joined, "compare"),
    )  # fmt: skip
    plan = plan_map(joined, topology, shown, write_summary(joined), labels)
    return replace(plan, notes=tuple(_list_numbers(joined)))


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
    area, people = (write_share(joined.phrases, each) for each in (found.area_share, found.population_share))
    rest = (
        f"{area} of the area and {people} of the settled population" if is_peopled(measures) else f"{area} of the area"
    )
    whole = f"{len(found.union)} {noun.one if len(found.union) == 1 else noun.many}"
    said = f"The shared have {rest} of the {whole} named for any of them."
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
