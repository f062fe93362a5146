"""The key of a map, at each step, with each filter: what is drawn has a row, and the rows add up to all units."""

from __future__ import annotations

import random
from typing import Any

import pytest

from geo.draw.marks.chips import MOST_CHIPS, find_chips, list_chip_looks
from geo.draw.marks.legend import class_groups, find_looks, fold_alone, list_rows
from geo.draw.sections.group_rows import tells_alone
from geo.draw.wording.localised_names import localise
from geo.join.classes import Gap
from geo.join.filter_offers import find_offers
from geo.join.joined_table import JoinedTable
from geo.join.timeline import find_steps, join_step
from geo.option_values import STEPS_BY
from tests.daily import IS_WHOLE
from tests.pages import join_data, sketch_page
from tests.scripts.node import Node, Rules
from tests.scripts.tables import make_steps, make_switched
from tests.scripts.test_filters import ASK, choose, make_graded, name_values, pair_up

SEEDS = range(60 if IS_WHOLE else 4)
READ = """(at, view, shown) => {
  if (at !== null) takeStep(at);
  Object.assign(state, { view, shown });
  const classes = classUnits(view, shown);
  const rows = legendRows(view, classes);
  const drawn = [...new Set(classes.values())];
  return {
    rows: rows.map(({ key, label, count }) => [key, label, count]),
    fills: rows.flatMap(({ fill: paint }) => paint),
    told: drawn.map((each) => rows.filter(({ key }) => kinds.claims.isInRow("", key, each)).length),
    chips: hasChips(shown) ? listChipLooks(shown).map(([key]) => key) : [],
    unsaid: listChipLooks(shown).filter(([key]) => !words[key]).length,
  };
}"""


def tell_overlay(joined: JoinedTable, whole: JoinedTable) -> list[list[Any]]:
    """List the rows that Python writes of a step."""
    local, looks = localise(joined), find_looks(localise(whole))
    rows = list_rows(local, looks, class_groups(joined, joined.shown), "overlay")
    rows = [row for row in rows if row.shown.key != "disputed"]
    rows = fold_alone(local.phrases, rows) if tells_alone(localise(whole)) else rows
    return [[row.shown.key, row.shown.label, row.count] for row in rows]


def tell_chips(joined: JoinedTable, whole: JoinedTable) -> list[str]:
    looks, shown = find_looks(localise(whole)), joined.shown
    kinds = {group: each.kind for group, each in joined.table.groups.items()}
    units = [code for code, each in class_groups(joined, shown).items() if not isinstance(each, Gap)]
    found = find_chips(units, joined.footprints, [looks.slots[group] for group in shown], kinds)
    return [*list_chip_looks(chip for chips in found.values() for chip in chips)]


def check_key(rules: Rules, step: JoinedTable, whole: JoinedTable, at: int | None) -> None:
    """Compare the key of all groups with that of Python; those of other views and groups are whole in themselves."""
    shown = list(step.shown)
    seen = rules.ask(READ, at, "overlay", shown)
    assert seen["rows"] == tell_overlay(step, whole)
    assert seen["chips"] == (tell_chips(step, whole) if len(shown) <= MOST_CHIPS else [])
    views = [(view, shown) for view in rules.ask("() => [...views.keys()]") if view not in ("overlay", "compare")]
    views += [("overlay", [group for group in shown if group != left]) for left in shown]
    for view, groups in [("overlay", shown), *views]:
        seen = rules.ask(READ, at, view, groups)
        assert sum(count for _, _, count in seen["rows"]) == len(step.units), (at, view, groups)
        assert set(seen["told"]) == {1}, "each class that is drawn has one row"
        assert len(set(seen["fills"])) == len(seen["fills"]), "no two rows look alike"
        assert not seen["unsaid"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_key_of_each_step_is_of_what_is_drawn_there(seed: int, node: Node) -> None:
    joined = join_data(make_steps(seed))
    timeline = find_steps(joined.table, STEPS_BY[seed % len(STEPS_BY)])
    rules = node.load(sketch_page("timeline", joined, by=timeline.by))
    for place in range(0, len(timeline.steps), 1 if IS_WHOLE else 3):
        check_key(rules, join_step(joined, timeline, place), joined, place)


@pytest.mark.parametrize("seed", range(60 if IS_WHOLE else 6))
def test_the_key_of_any_table_is_of_what_is_drawn(seed: int, node: Node) -> None:
    table, choices = make_switched(seed)
    joined = join_data(table, **choices)
    if len(joined.footprints):
        check_key(node.load(sketch_page("report", joined)), joined, joined, None)


@pytest.mark.parametrize("seed", range(60 if IS_WHOLE else 4))
def test_the_key_with_any_filter_is_of_what_is_drawn(seed: int, node: Node) -> None:
    joined = join_data(make_graded(seed))
    asked = list(pair_up(find_offers(joined.table, joined.choices)))
    rules = node.load(sketch_page("overlay", joined))
    for each in random.Random(seed).sample(asked, min(3, len(asked))):
        rules.ask(ASK, name_values(each))
        check_key(rules, choose(joined, each), joined, None)


def test_one_row_stands_for_what_one_group_alone_is_drawn_in(node: Node) -> None:
    records = [{"group": "a", "in": ["AF-KAB", "AF-LOG"]}, {"group": ["a", "b"], "in": "AF-KNR"},
               {"group": "b", "in": "AF-HER"}, {"group": "c", "in": "AF-GHO", "basis": "claimed"}]  # fmt: skip
    joined = join_data({"groups": {key: {"name": key.upper()} for key in "abc"}, "presence": records})
    seen = node.load(sketch_page("overlay", joined)).ask(READ, None, "overlay", list("abc"))
    assert seen["rows"] == [
        ["a+b", "A + B", 1], ["alone", "One group alone, in its colour", 3], ["c*", "C, only by its own claim", 1],
        ["gap:none", "No record names this province", 29],
    ]  # fmt: skip
    colours = [slot.colour for slot in find_looks(localise(joined)).slots.values()]
    assert seen["fills"][1:3] == colours[:2]
    assert seen["chips"] == ["chip.named", "chip.claimed", "chip.silent"]
