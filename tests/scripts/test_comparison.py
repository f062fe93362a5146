"""The comparison: figures, sentences and classes of any groups are those of `geo.join`, in each language."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest

from geo.draw.marks.legend import find_looks
from geo.draw.wording.compare import list_measures, say_off_map, write_comparison
from geo.draw.wording.localised_names import localise
from geo.join.classes import class_by_group
from geo.join.joined_table import JoinedTable
from geo.join.overlap import compare_footprints, list_comparable, measure_units
from geo.option_values import LANGUAGES
from tests.daily import IS_WHOLE
from tests.pages import join_data, list_keys, sketch_page
from tests.scripts.node import Node
from tests.scripts.tables import CODES, make_overlaps
from tests.scripts.test_views import FIXED, join_fixed, tell_rows

SEEDS = range(60) if IS_WHOLE else (0, 1, 37)
READ = """(ids) => {
  const [shown, rows] = [inSlotOrder(ids), (whatIf) => measureGroups(ids, whatIf)];
  const classes = classUnits("compare", shown);
  return {
    measures: rows(false).map(([key, label, value], place) => [key, label, value, rows(true)[place][2]]),
    said: writeComparison(ids), summary: summariseComparison(ids),
    classes: new Map([...classes].map(([code, { key }]) => [code, key])),
    rows: legendRows("compare", classes).map(({ key, label, count }) => [key, label, count]),
  };
}"""


def tell_groups(joined: JoinedTable, groups: tuple[str, ...]) -> dict[str, Any]:
    """Say what is true of some groups compared."""
    local, sizes = localise(joined), measure_units(joined.units, joined.gazetteer)
    named, asked = (compare_footprints(joined.footprints, groups, sizes, what_if=each) for each in (False, True))
    said = write_comparison(local, named)
    order = [each for each in joined.footprints if each in groups]
    classes = class_by_group(CODES, joined.footprints, order, joined.besides)
    return {
        "measures": [[row.key, row.label, row.named, row.what_if] for row in list_measures(local, named, asked)],
        "said": said, "summary": f"{said} {say_off_map(local, groups)}".strip(),
        "classes": list_keys(classes), "rows": tell_rows(local, find_looks(joined), classes, "compare"),
    }  # fmt: skip


def check_comparison(node: Node, name: str, joined: JoinedTable, tried: Sequence[tuple[str, ...]]) -> None:
    rules = node.load(sketch_page(name, joined))
    for groups in tried:
        assert rules.ask(READ, groups) == tell_groups(joined, groups), groups


@pytest.mark.parametrize(("seed", "language"), [(seed, LANGUAGES[seed % len(LANGUAGES)]) for seed in SEEDS])
def test_figures_of_any_groups_are_those_of_join(seed: int, language: str, node: Node) -> None:
    joined = join_data(make_overlaps(seed), language=language)
    ids = list(joined.footprints)
    assert len(ids) == 5
    tried = [*itertools.combinations(ids, 2), tuple(ids[:3]), (ids[4], ids[1])]
    check_comparison(node, ("compare", "report")[seed % 2], joined, tried)


def test_figures_of_tables_that_have_everything_too(node: Node) -> None:
    """Parts rolled up, levels chosen, what is old, what is on no map."""
    tables = [joined for seed in FIXED if len(list_comparable((joined := join_fixed(seed)).footprints)) > 1]
    assert len(tables) > 7
    for joined in tables[:: 1 if IS_WHOLE else 3]:
        tried = list(itertools.combinations(list_comparable(joined.footprints), 2))
        check_comparison(node, "compare", joined, tried[:3])


def test_what_is_on_no_map_is_said_of_the_group_that_a_part_counts_as(node: Node) -> None:
    groups = {"whole": {"name": "Whole"}, "part": {"name": "Part", "part_of": {"group": "whole"}}, "b": {"name": "B"}}
    records = [{"group": ["part", "b"], "in": ["Kabul"]}, {"group": "part", "nationwide": True}]
    joined = join_data({"groups": groups, "presence": records}, roll_up=True)
    assert "across the country" in tell_groups(joined, ("whole", "b"))["summary"]
    check_comparison(node, "compare", joined, [("whole", "b")])
