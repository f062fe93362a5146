"""Links that pages of today and of before made open the state that they were copied from."""

from __future__ import annotations

from typing import Any

import pytest

from geo.api import load_boundaries
from geo.draw.pages.events import draw_events
from tests.pages import join_data, read_sketch, sketch_page
from tests.scripts.node import Node
from tests.scripts.tables import make_activity, make_steps

TABLE = {
    "groups": {"a": {"name": "A"}, "b": {"name": "B"}, "level": {"name": "C"}},
    "levels": {"cells": {"name": "Cells", "rank": 1}, "reported": {"name": "Reported"}},
    "presence": [
        {"group": "a", "in": ["Kabul", "Logar"], "level": "reported"},
        {"group": "b", "in": "Kabul", "level": "cells"},
        {"group": "level", "in": "Herat", "level": "reported"},
    ],
}
STATE = """(fragment) => {
  const unit = readFragment(fragment);
  const when = data.events ? data.steps[state.period].date : data.steps ? dayNow() : null;
  return [unit, state.view, state.shown ?? state.measure, state.compared ?? when, data.events ? null : when];
}"""
ALL = ["a", "b", "level"]
LINKS: list[tuple[str, str, list[Any]]] = [
    ("overlay", "", [None, "overlay", ALL, [], None]),
    ("overlay", "groups=a,b,level", [None, "overlay", ALL, [], None]),
    ("overlay", "groups=b,a", [None, "overlay", ["a", "b"], [], None]),
    ("overlay", "groups=", [None, "overlay", [], [], None]),
    ("overlay", "unit=AF-KAB&groups=b", ["AF-KAB", "overlay", ["b"], [], None]),
    ("overlay", "unit=AF-XXX&groups=b,nobody", [None, "overlay", ["b"], [], None]),
    ("overlay", "view=count", [None, "overlay", ALL, [], None]),
    ("overlay", "units", [None, "overlay", ALL, [], None]),
    ("overlay", "%E0%A4%A=", [None, "overlay", ALL, [], None]),
    ("choropleth", "view=count", [None, "count", ALL, [], None]),
    ("choropleth", "unit=AF-KAB&view=level%3Aa", ["AF-KAB", "level:a", ALL, [], None]),
    ("choropleth", "view=level%3Alevel", [None, "level:level", ALL, [], None]),
    ("choropleth", "view=level%3Anobody", [None, "count", ALL, [], None]),
    ("compare", "compare=b,level", [None, "compare", ALL, ["b", "level"], None]),
    ("compare", "unit=AF-LOG&compare=a,b,level", ["AF-LOG", "compare", ALL, ALL, None]),
    ("compare", "compare=b", [None, "compare", ALL, ["a", "b"], None]),
    ("report", "groups=a&view=overlay", [None, "overlay", ["a"], ["a", "b"], None]),
    ("report", "view=level%3Ab", [None, "level:b", ALL, ["a", "b"], None]),
    ("report", "compare=a,level", [None, "compare", ALL, ["a", "level"], None]),
    ("report", "view=compare", [None, "overlay", ALL, ["a", "b"], None]),
]


@pytest.mark.parametrize(("kind", "fragment", "state"), LINKS)
def test_a_link_opens_its_state(kind: str, fragment: str, state: list[Any], node: Node) -> None:
    assert node.load(sketch_page(kind, join_data(TABLE))).ask(STATE, fragment) == state


def test_a_link_to_a_day_opens_its_step(node: Node) -> None:
    joined = join_data(make_steps(0))
    rules = node.load(sketch_page("timeline", joined))
    days = rules.ask("() => data.steps.map(({ date }) => date)")
    for day in (days[0], days[3], days[-1]):
        assert rules.ask(STATE, f"groups={joined.shown[0]}&as_of={day}&view=overlay") == [
            None, "overlay", [joined.shown[0]], [], day,
        ]  # fmt: skip
    assert rules.ask(STATE, "as_of=1900")[-1] == days[-1]


def test_a_link_to_events_opens_view_measure_and_period(node: Node) -> None:
    known, activity = load_boundaries(), make_activity(1)
    rules = node.load(draw_events(known.frame, known.gazetteer, read_sketch(), activity))
    group, day = next(iter(activity.groups)), str(activity.periods[0])
    asked = f"unit=AF-KAB&view=group%3A{group}&measure=rate&period={day}"
    assert rules.ask(STATE, asked) == ["AF-KAB", f"group:{group}", "rate", day, None]
    assert rules.ask(STATE, "view=all&measure=events&period=all") == [None, "all", "events", "all", None]


def test_what_is_copied_opens_what_was_shown(node: Node) -> None:
    rules = node.load(sketch_page("choropleth", join_data(TABLE)))
    written = rules.ask("() => { Object.assign(state, { unit: 'AF-KAB', view: 'level:b' }); return kind.write(); }")
    assert written == ["view=level%3Ab"]


def test_a_link_to_a_window_of_events_opens_it(node: Node) -> None:
    known, activity = load_boundaries(), make_activity(1)
    rules = node.load(draw_events(known.frame, known.gazetteer, read_sketch(), activity))
    read = "(fragment) => { readFragment(fragment); return [state.from, state.period]; }"
    for asked, steps in (
        ("from=2019-05&period=2019-07", [1, 3]),
        ("period=2019-07", [0, 3]),
        ("from=soon&period=2019-06", [0, 2]),
    ):
        assert rules.ask(read, asked) == steps
