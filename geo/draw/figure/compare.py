"""Two or three footprints side by side: who is named alone where, who together, and how far they overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.draw.figure.legend_panel import Item, Section
from geo.draw.figure.legend_rows import list_off_map
from geo.draw.figure.single_map import FigurePlan, ShownClasses, plan_map
from geo.draw.marks.legend import choose_chips, describe_classes, find_disputed, find_looks, list_compared_rows
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

BRIEF = "area", "population", "jaccard", "coefficient"
"""Measures that neither headline nor legend tells."""


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
        list_compared_rows(joined, looks, classes, compared, also), find_disputed(joined), "compare",
        choose_chips(joined, looks, classes, joined.shown),
    )  # fmt: skip
    named, wide = (compare_footprints(joined.footprints, compared, sizes, what_if=each) for each in (False, True))
    head = MapHead(write_comparison_headline(joined, named), write_comparison(joined, named, most=MOST_NAMES))
    plan = plan_map(joined, topology, shown, head, names)
    rows = list_measures(joined, named, wide)
    is_other = (named.shared, named.union) != (wide.shared, wide.union)
    guessed = [row for row in rows if is_other and row.what_if != row.named]
    full, brief = (_list_numbers(joined, rows, guessed, brief=brief) for brief in (False, True))
    off_map = list_off_map(joined, compared)
    told = (*plan.told, *(joined.phrases.say("name_sign", name=row.label, sign=row.named) for row in rows))
    return replace(
        plan, told=told, sections=[*plan.sections[:-1], *full, off_map],
        brief=[*(plan.brief or plan.sections)[:-1], *brief, off_map],
    )  # fmt: skip


def _list_numbers(
    joined: LocalisedTable, rows: Sequence[MeasureRow], guessed: Sequence[MeasureRow], *, brief: bool
) -> list[Section]:
    """List the figures of the page, and those that would be others if regions counted.

    If ``brief``, without what the legend counts as well, and of the latter the indices alone.
    """
    phrases = joined.phrases

    def write(row: MeasureRow, value: str) -> Item:
        said = phrases.say("name_sign", name=row.label, sign=value)
        if brief and row.key in BRIEF:
            said = phrases.say("measure_brief", row.key, value=value)
        return Item(f"• {said}", small=True)

    kept = [row for row in rows if not brief or row.key in BRIEF]
    sections = [Section(phrases.say("measures"), tuple(write(row, row.named) for row in kept))]
    if guessed:
        note = Item(f"• {phrases.say('measure_guess')}", small=True)
        items = [write(row, row.what_if) for row in guessed if not brief or row.key in BRIEF[2:]]
        sections.append(Section(phrases.say("measure_what_if"), (*items, note)))
    return sections
