"""The table of units: its script says of each group in each unit what the written page says, at every step."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from geo.draw.html import Markup, chain
from geo.draw.sections.grid import draw_grid, list_grid_rows
from geo.draw.wording.localised_names import localise
from geo.join.filters import Choices
from geo.join.joined_table import JoinedTable
from geo.join.timeline import find_steps, join_step
from geo.option_values import LANGUAGES, STEPS_BY
from tests.daily import IS_WHOLE
from tests.pages import join_data, sketch_page
from tests.random_tables import choose_some, make_table
from tests.scripts.node import Node
from tests.scripts.tables import make_steps, make_switched

FIXED = range(15)
FURTHER = range(200 if IS_WHOLE else 10)
SEEDS = range(60 if IS_WHOLE else 4)
READ = """() => new Map(gridRows().map(({ code, cells, ...rest }) =>
  [code, { ...rest, cells: cells.map(({ state, text, title }) => [state, text, title ?? ""]) }]))"""
STEP = f"(at) => {{ takeStep(at); return ({READ})(); }}"
LISTED = "() => new Map(gridRows().map(({ code, cells }) => [code, listGridGroups(cells)]))"


def tell_rows(joined: JoinedTable, groups: list[str]) -> dict[str, Any]:
    rows = list_grid_rows(localise(joined), groups)
    return {
        code: {
            "cells": [[cell.state, cell.text, cell.title] for cell in row.cells], "groups": row.groups,
            "sources": row.sources, "besides": row.besides,
        }
        for code, row in rows.items()
    }  # fmt: skip


@pytest.mark.parametrize("seed", FIXED)
@pytest.mark.parametrize("name", ["overlay", "choropleth"])
def test_every_cell_says_what_is_written(name: str, seed: int, node: Node) -> None:
    table, choices = make_switched(seed)
    joined = join_data(table, **choices, language=LANGUAGES[seed % len(LANGUAGES)])
    seen = node.load(sketch_page(name, joined)).ask(READ)
    assert seen == tell_rows(joined, list(joined.footprints))


@pytest.mark.parametrize("seed", FURTHER)
def test_whatever_a_table_lacks_and_whatever_is_chosen(seed: int, node: Node) -> None:
    text = make_table(seed)
    for choices in (Choices(), choose_some(seed, text)):
        joined = join_data(json.loads(text), **vars(choices))
        assert node.load(sketch_page("overlay", joined)).ask(READ) == tell_rows(joined, list(joined.footprints))


def test_the_random_tables_have_every_state() -> None:
    seen: Counter[str] = Counter()
    for seed in [*FIXED, *FURTHER]:
        for joined in (join_data(make_switched(seed)[0]), join_data(json.loads(make_table(seed)))):
            for row in list_grid_rows(localise(joined), list(joined.footprints)).values():
                seen.update(cell.state for cell in row.cells)
                seen.update("disputed" for cell in row.cells if cell.is_disputed)
                seen.update("weaker levels" for cell in row.cells if cell.title)
                seen.update("able too" for cell in row.cells if "○" in cell.text and cell.state != "able")
                seen.update("besides" for _ in [row.besides] if row.besides)
    wanted = (
        "named", "claimed", "region", "stale", "able", "absent", "inconclusive", "other", "silent", "disputed",
        "able too", "besides", "weaker levels",
    )  # fmt: skip
    assert [each for each in wanted if not seen[each]] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_each_step_has_cells_of_its_own(seed: int, node: Node) -> None:
    by, language = STEPS_BY[seed % len(STEPS_BY)], LANGUAGES[seed % len(LANGUAGES)]
    joined = join_data(make_steps(seed), language=language)
    timeline = find_steps(joined.table, by)
    rules = node.load(sketch_page("timeline", joined, by=by))
    told = [
        tell_rows(join_step(joined, timeline, place), list(joined.footprints)) for place in range(len(timeline.steps))
    ]
    assert [rules.ask(STEP, place) for place in range(len(timeline.steps))] == told
    assert len({json.dumps(each) for each in told}) > 1, "the steps differ"


def test_of_very_many_groups_a_unit_lists_the_same(node: Node) -> None:
    groups = {f"g{number}": {"name": f"Group {number}", "short": f"G{number}"} for number in range(14)}
    units = ["AF-KAB", "AF-LOG", "AF-NAN"]
    records = [
        {"group": group, "in": units[: number % 4]} | ({"basis": "claimed"} if number % 3 == 1 else {})
        for number, group in enumerate(groups)
        if number % 4
    ]
    records += [
        {"group": "g1", "in": units[:1], "finding": "absent"},
        {"group": "g0", "in": units[2:], "finding": "absent"},
    ]
    records += [{"group": group, "in": ["AF-GHA"]} for group in groups]
    joined = join_data({"groups": groups, "presence": records})
    said = node.load(sketch_page("overlay", joined)).ask(LISTED)
    written = draw_grid(localise(joined), list(joined.footprints))
    assert said["AF-KAB"].startswith("Reported presence: ") or said["AF-KAB"].startswith("Reported: ")
    for code, text in said.items():
        name = joined.gazetteer.units[code].name
        cell = chain(
            [Markup('<th scope="row"><a href="#unit='), code, Markup('">'), name, Markup("</a></th><td>"), text]
        )
        assert str(cell) + "</td>" in written, code
