"""The time line: what stands at each step, and what the scripts say of it, is what join makes of that step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from geo.draw.marks.legend import class_groups
from geo.draw.wording.localised_names import localise
from geo.draw.wording.presence import describe_unit, write_summary
from geo.join.joined_table import JoinedTable
from geo.join.timeline import find_steps, join_step
from geo.option_values import LANGUAGES, STEPS_BY
from tests.daily import IS_WHOLE
from tests.pages import join_data, list_keys, sketch_page
from tests.scripts.node import Node
from tests.scripts.tables import CODES, make_steps

SEEDS = range(60 if IS_WHOLE else 4)
READ = """(at, groups) => {
  const keyed = (all) => new Map([...all].map(([code, { key }]) => [code, key]));
  takeStep(at);
  return {
    overlay: keyed(classUnits("overlay", groups)), count: keyed(classUnits("count", groups)), date: dayNow(),
    isLast: isLastStep(), summary: sumUp("overlay", groups), counted: sumUp("count", groups), off: offMapNow().length,
    labels: new Map(data.units.map(({ code }) => [code, describeUnit(code)])),
  };
}"""


def tell_step(wanted: JoinedTable, shown: Sequence[str]) -> dict[str, Any]:
    """Say what is true of a step of a table that shows these groups as a whole."""
    off = [record for record in wanted.table.records if record.place.kind in ("nationwide", "unlocated")]
    local = localise(wanted)
    return {
        "overlay": list_keys(class_groups(wanted, shown)), "count": wanted.units["count_class"].to_dict(),
        "summary": write_summary(local), "counted": write_summary(local), "off": len(off),
        "labels": {code: describe_unit(local, code) for code in CODES},
    }  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_each_step_is_the_map_that_join_makes(seed: int, node: Node) -> None:
    by, language = STEPS_BY[seed % len(STEPS_BY)], LANGUAGES[seed % len(LANGUAGES)]
    joined = join_data(make_steps(seed), language=language)
    timeline = find_steps(joined.table, by)
    assert len(timeline.steps) > 8
    rules = node.load(sketch_page("timeline", joined, by=by))
    last = len(timeline.steps) - 1
    assert rules.ask("dayNow") == str(timeline.steps[last])
    for place, step in enumerate(timeline.steps):
        seen = rules.ask(READ, place, list(joined.shown))
        assert (seen.pop("date"), seen.pop("isLast")) == (str(step), place == last)
        assert seen == tell_step(join_step(joined, timeline, place), joined.shown), step


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_the_last_step_of_a_report_is_the_table(seed: int, node: Node) -> None:
    joined = join_data(make_steps(seed))
    timeline = find_steps(joined.table)
    rules = node.load(sketch_page("report", joined))
    for place in range(len(timeline.steps)):
        seen = rules.ask(READ, place, list(joined.shown))
        assert seen["overlay"] == list_keys(class_groups(join_step(joined, timeline, place), joined.shown))
    seen = rules.ask(READ, len(timeline.steps), list(joined.shown))
    assert (seen.pop("date"), seen.pop("isLast")) == ("all", True)
    assert seen == tell_step(joined, joined.shown)


STAND = {
    "sources": {"s": {"title": "S", "date": 2020}, "t": {"title": "T", "date": 2021}},
    "groups": {each: {"name": each.upper()} for each in "abc"},
    "presence": [
        {"group": "a", "in": "Kabul", "source": "s"},
        {"group": "b", "in": "Kabul", "source": "t"},
        {"group": "c", "in": "Ghor", "source": "t"},
        {"group": "c", "unlocated": 12, "source": "t"},
    ],
}


@pytest.mark.parametrize("name", ["timeline", "report"])
def test_nothing_off_the_map_is_said_of_what_is_shown_alone(name: str, node: Node) -> None:
    rules = node.load(sketch_page(name, join_data(STAND)))
    say = """(at, shown, view) => {
      takeStep(at);
      Object.assign(state, { shown, view, compared: shown });
      return listOffMap(view, shownNow()).length ? "" : kind.sayNoneOffMap();
    }"""
    every, chosen = (
        "Every record that stands at this step names provinces or a region.",
        "No record of the groups shown is left off the map.",
    )
    told = [(0, ["a", "b", "c"], every), (0, ["a"], every), (1, ["a", "b"], chosen), (1, ["a", "b", "c"], "")]
    views = ("overlay", "compare") if name == "report" else ("overlay",)
    for view in views:
        for at, shown, said in told:
            assert rules.ask(say, at, shown, view) == said, (view, at, shown)
