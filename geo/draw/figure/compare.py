"""Two or three footprints side by side: who is named alone where, who together, and how far they overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geo.draw.figure.legend_panel import Item, Section
from geo.draw.figure.legend_rows import list_off_map
from geo.draw.figure.single_map import FigurePlan, ShownClasses, plan_map
from geo.draw.marks.legend import describe_classes, find_disputed, find_looks, list_compared_rows
from geo.draw.wording.captions import MapHead
from geo.draw.wording.compare import MeasureRow, list_measures, write_comparison, write_comparison_headline
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import MOST_NAMES
from geo.errors import Problem, TableError
from geo.join.classes import NAMED, Combination, class_by_group
from geo.join.compared_groups import expect_compared, find_faults
from geo.join.joined_table import JoinedTable, join_presence
from geo.join.overlap import choose_pair, compare_footprints, measure_units
from geo.model import Topology

__all__ = ["choose_compared", "plan_compare"]


def choose_compared(joined: JoinedTable, source: str) -> tuple[JoinedTable, tuple[str, ...]]:
    """Return the join of all groups, as on the page, and those to compare: asked for, or the two that share most.

    If these are no two or three groups, each named in a unit, that is a `TableError` of the table as the user named it.

    Examples
    --------
    >>> from geo.api import join_table
    >>> joined, _ = join_table("presence: {A: [Ghor], B: [Kabul, Herat], C: [Kabul]}")
    >>> choose_compared(joined, "t.yaml")[1]
    ('b', 'c')
    """
    choices = joined.choices
    asked = choices.groups or ()
    together = asked if len(joined.shown) == 1 < len(set(asked)) and choices.roll_up else ()
    if together:
        found = f"with --roll-up {' and '.join(together)} are one group"
        raise TableError([Problem(source, found, expect_compared(joined))])
    compared = joined.shown if choices.roll_up and asked else asked
    if problems := find_faults(joined, compared, source):
        raise TableError(problems)
    if not asked:
        return joined, choose_pair(joined.footprints)
    return join_presence(joined.whole, joined.gazetteer, joined.units, replace(choices, groups=None)), compared


def plan_compare(
    joined: LocalisedTable, topology: Topology, compared: Sequence[str], names: Mapping[str, str]
) -> FigurePlan:
    """Plan the map of the groups compared, and of no other, with the numbers of their overlap."""
    joined = replace(joined, shown=tuple(group for group in joined.footprints if group in compared))
    looks, sizes = find_looks(joined), measure_units(joined.units, joined.gazetteer)
    classes = class_by_group(joined.report.units, joined.footprints, joined.shown, joined.besides)
    together = [joined.shown, *((group,) for group in joined.shown)]
    also = [Combination(tuple((group, NAMED) for group in groups)) for groups in together]
    shown = ShownClasses(
        looks, describe_classes(joined, looks, classes, "compare"),
        list_compared_rows(joined, looks, classes, compared, also), find_disputed(joined, "compare"),
    )  # fmt: skip
    named, wide = (compare_footprints(joined.footprints, compared, sizes, what_if=each) for each in (False, True))
    head = MapHead(write_comparison_headline(joined, named), write_comparison(joined, named, most=MOST_NAMES))
    plan = plan_map(joined, topology, shown, head, names)
    has_guess = (wide.shared, wide.union) != (named.shared, named.union)
    more = [*_list_numbers(joined, list_measures(joined, named, wide), has_guess), list_off_map(joined, compared)]
    return replace(plan, sections=[*plan.sections[:-1], *more], brief=[*plan.brief[:-1], *more])


def _list_numbers(joined: LocalisedTable, rows: Sequence[MeasureRow], has_guess: bool) -> Iterator[Section]:
    """List the figures of the page, and those that would be others if regions counted."""
    phrases = joined.phrases

    def write(label: str, value: str) -> Item:
        return Item(f"• {phrases.say('name_sign', name=label, sign=value)}", small=True)

    yield Section(phrases.say("measures"), tuple(write(row.label, row.named) for row in rows))
    if has_guess:
        guessed = [write(row.label, row.what_if) for row in rows if row.what_if != row.named]
        note = Item(f"• {phrases.say('measure_guess')}", small=True)
        yield Section(phrases.say("measure_what_if"), (*guessed, note))
