"""The comparison: figures, sentences and classes of any groups are those of `geo.join`, in each language."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest

from geo.draw.marks.legend import find_looks, list_compared_rows
from geo.draw.wording.compare import list_measures, write_comparison, write_comparison_headline
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.draw.wording.presence import MOST_NAMES, describe_off_map, find_shown_as
from geo.join.classes import class_by_group
from geo.join.footprints import choose_groups
from geo.join.joined_table import JoinedTable
from geo.join.overlap import compare_footprints, list_comparable, measure_units
from geo.option_values import LANGUAGES
from tests.daily import IS_WHOLE
from tests.pages import join_data, list_keys, sketch_page
from tests.scripts.node import Node
from tests.scripts.tables import CODES, make_overlaps
from tests.scripts.test_views import FIXED, join_fixed

SEEDS = range(60) if IS_WHOLE else (0, 1, 37)
READ = """(ids) => {
  const [shown, rows] = [inSlotOrder(ids), (whatIf) => measureGroups(ids, whatIf)];
  const classes = classUnits("compare", shown);
  Object.assign(state, { view: "compare", compared: ids });
  return {
    measures: rows(false).map(([key, label, value], place) => [key, label, value, rows(true)[place][2]]),
    said: writeComparison(ids), summary: kind.summarise(), headline: kind.headline(),
    off_map: listOffMap("compare", shown).map(({ text }) => text),
    classes: new Map([...classes].map(([code, { key }]) => [code, key])),
    rows: kind.legendRows("compare", classes).map(({ key, label, count }) => [key, label, count]),
  };
}"""


def tell_groups(joined: JoinedTable, groups: tuple[str, ...]) -> dict[str, Any]:
    """Say what is true of some groups compared."""
    local, sizes = localise(joined), measure_units(joined.units, joined.gazetteer)
    named, asked = (compare_footprints(joined.footprints, groups, sizes, what_if=each) for each in (False, True))
    order = [each for each in joined.footprints if each in groups]
    classes = class_by_group(CODES, joined.footprints, order, joined.besides)
    rows = list_compared_rows(local, find_looks(joined), classes, groups)
    rows = [row for row in rows if row.shown.key != "disputed"]
    return {
        "measures": [[row.key, row.label, row.named, row.what_if] for row in list_measures(local, named, asked)],
        "said": write_comparison(local, named), "summary": write_comparison(local, named, most=MOST_NAMES),
        "headline": write_comparison_headline(local, named), "off_map": list_off_map(local, groups),
        "classes": list_keys(classes), "rows": [[row.shown.key, row.shown.label, row.count] for row in rows],
    }  # fmt: skip


def list_off_map(local: LocalisedTable, groups: tuple[str, ...]) -> list[str]:
    """List what is reported of these groups that no map can show."""
    table, said = local.table, []
    for record in table.records:
        told = [each for each in choose_groups(record, table, local.choices) if find_shown_as(each, local) in groups]
        said.append(describe_off_map(record, local, told) if told else None)
    return [each for each in said if each]


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
    records += [{"group": "c", "in": "Ghor"}, {"group": "c", "nationwide": True}]
    joined = join_data({"groups": groups | {"c": {"name": "C"}}, "presence": records}, roll_up=True)
    assert ["across the country" in each for each in tell_groups(joined, ("whole", "b"))["off_map"]] == [True]
    check_comparison(node, "compare", joined, [("whole", "b"), ("b", "c")])


A, B, C = "Kabul", "Kunar", "Ghor"
SAID = [
    ([[A, B], [B, C]], "A and B are both named in 1 of the 3 provinces named for either",
     "A is named in 2 provinces, B in 2; both in Kunar."),
    ([[A], [B, C]], "A and B are named in no province together", "A is named in 1 province, B in 2; both in none."),
    ([[A, B], [A, B]], "A and B are named in the same 2 provinces",
     "A is named in 2 provinces, B in 2; both in Kabul and Kunar."),
    ([[A], [A]], "A and B are named in the same province", "A is named in 1 province, B in 1; both in Kabul."),
    ([[A, B], [B], [B, C]], "A, B and C are all three named in 1 of the 3 provinces named for any of the three",
     "A is named in 2 provinces, B in 1, C in 2; all three in Kunar."),
    ([[A], [B], [C]], "A, B and C are named in no province together",
     "A is named in 1 province, B in 1, C in 1; all three in none."),
    ([[A], [A], [A]], "A, B and C are named in the same province",
     "A is named in 1 province, B in 1, C in 1; all three in Kabul."),
    ([[], [A]], "A and B are named in no province together", "A is named in no province, B in 1; both in none."),
    ([[], []], "No province is named for any of these: A and B", "A is named in no province, B in none."),
    ([list(CODES[:9]), list(CODES[:6])], "A and B are both named in 6 of the 9 provinces named for either",
     "A is named in 9 provinces, B in 6; both in 6."),
]  # fmt: skip


@pytest.mark.parametrize(("places", "headline", "summary"), SAID)
def test_a_comparison_is_a_sentence_that_cannot_be_misread(
    places: list[list[str]], headline: str, summary: str, node: Node
) -> None:
    ids = tuple("abc"[: len(places)])
    groups = {each: {"name": each.upper()} for each in (*ids, "x", "y")}
    records: list[dict[str, Any]] = [
        {"group": each, "in": units} for each, units in zip(ids, places, strict=True) if units
    ]
    records += [{"group": ["x", "y"], "in": "Herat"}, *({"group": each, "region": "Western"} for each in ids)]
    joined = join_data({"groups": groups, "presence": records})
    told = tell_groups(joined, ids)
    assert (told["headline"], told["summary"]) == (headline, summary)
    check_comparison(node, "compare", joined, [ids])


HEDGED = [
    ([{"group": "a", "in": [A, B], "basis": "claimed"}, {"group": "b", "in": [B, C]}],
     "A and B are both named in 1 of the 3 provinces named for either; in Kunar in part by own claims alone"),
    ([{"group": "a", "in": [A], "basis": "claimed"}, {"group": "b", "in": [B, C]}],
     "A and B are named in no province together"),
    ([{"group": ["a", "b"], "in": [A, B], "basis": "claimed"}],
     "A and B are named in the same 2 provinces, by own claims alone"),
    ([{"group": ["a", "b"], "in": [A, B]}, {"group": "b", "in": B, "finding": "absent"}],
     "A and B are named in the same 2 provinces; claims about Kunar are disputed"),
    ([{"group": ["a", "b"], "in": [A]}, {"group": "a", "in": [C]}, {"group": "b", "in": C, "finding": "absent"}],
     "A and B are both named in 1 of the 2 provinces named for either"),
]  # fmt: skip


@pytest.mark.parametrize(("records", "headline"), HEDGED)
def test_a_headline_says_of_what_is_shared_how_sure_it_is(
    records: list[dict[str, Any]], headline: str, node: Node
) -> None:
    groups = {each: {"name": each.upper()} for each in "abxy"}
    joined = join_data({"groups": groups, "presence": [*records, {"group": ["x", "y"], "in": "Herat"}]})
    assert tell_groups(joined, ("a", "b"))["headline"] == headline
    check_comparison(node, "compare", joined, [("a", "b")])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "Only in records of other groups"),
        ([{"group": "c", "in": "Herat", "finding": "absent"}], "Only in records of other groups"),
        ([{"group": "c", "region": "Northern"}], "Only in records of other groups"),
        ([{"group": "a", "in": "Ghor", "finding": "absent"}], "Only in a record that this map does not count"),
    ],
)
def test_only_where_it_is_so_a_legend_says_that_records_are_those_of_other_groups(
    more: list[dict[str, Any]], said: str, node: Node
) -> None:
    records = [{"group": ["a", "b"], "in": "Kabul"}, {"group": "c", "in": "Ghor"}, *more]
    joined = join_data({"groups": {each: {"name": each.upper()} for each in "abc"}, "presence": records})
    rows = {key: label for key, label, _ in tell_groups(joined, ("a", "b"))["rows"]}
    assert rows["gap:other"] == said
    check_comparison(node, "compare", joined, [("a", "b")])
