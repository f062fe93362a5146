"""Recorded events: sums, rates, classes and sentences of the scripts are those of `geo.join.event_classes`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from geo.api import load_boundaries
from geo.draw.marks.event_legend import GAPS, list_gaps, name_bound
from geo.draw.pages.event_block import key_view
from geo.draw.pages.events import draw_events
from geo.draw.wording.catalogue import Catalogue, read_catalogue
from geo.draw.wording.events import name_view, say_span, write_deaths, write_rate
from geo.draw.wording.localised_names import localise_units
from geo.join.event_classes import ClassedActivity, Scales, SumKey, class_activity, rate_events
from geo.option_values import LANGUAGES
from tests.pages import read_sketch
from tests.scripts.node import Node
from tests.scripts.tables import CODES, make_activity

OPTIONS: list[dict[str, Any]] = [
    {}, {"method": "quantiles", "classes": 3}, {"method": "head-tail", "classes": 9}
]  # fmt: skip
ENGLISH = read_catalogue("en")
SCALES: dict[str, Callable[[ClassedActivity], Scales]] = {
    "events": lambda classed: classed.counts, "rate": lambda classed: classed.rates,
    "deaths": lambda classed: classed.deaths,
}  # fmt: skip
SILENT = dict.fromkeys(("whole", "part"), "events_summary_none") | {"none": "events_summary_uncovered"}
READ = """(view, at, measure) => {
  Object.assign(state, { view, measure, period: at });
  const found = kind.classUnits();
  const rows = kind.legendRows(view, found).map(({ key, label, count }) => [key, label, count]);
  const signs = new Map(data.units.map(({ code }) => [code, kind.signOf(found.get(code), code)]));
  const lines = new Map(data.units.map(({ code }) => [code, kind.describeUnit(code)]));
  const classes = new Map([...found].map(([code, { key }]) => [code, key]));
  return { classes, rows, signs, lines, summary: kind.summarise() };
}"""


def tell_cells(
    phrases: Catalogue, classed: ClassedActivity, group: str | None, step: Any, measure: str
) -> dict[str, Any]:
    """Say what is true of a group at a step, counted or as a rate."""
    scale = SCALES[measure](classed).choose(step)
    span = f"{measure}-{'single' if step else 'whole'}"
    show = (lambda value: write_rate(phrases, value, classed.decimals)) if measure == "rate" else phrases.write_number
    cells = {code: SumKey(group, code, step) for code in CODES}
    places = {code: classed.find_class(cell, measure) for code, cell in cells.items()}
    classes = {
        code: f"gap:{classed.find_gap(cells[code])}" if place is None else f"{span}:{place + 1}"
        for code, place in places.items()
    }
    bounds = [name_bound(phrases, *map(show, scale.bound(at))) for at in range(len(scale.uppers))]
    rows = [[f"{span}:{at}", bound] for at, bound in reversed([*enumerate(bounds, 1)])]
    found, sums = list(classes.values()), {code: classed.find_sum(cell).events for code, cell in cells.items()}
    values = {code: classed.find_value(cell, measure) for code, cell in cells.items()}
    when = phrases.write_date(step) if step else say_span(phrases, classed.activity)
    cover = classed.activity.find_cover(step)
    there, said = sum(map(bool, sums.values())), phrases.write_number(sum(sums.values()))
    return {
        "classes": classes,
        "rows": [[*row, found.count(row[0])] for row in [*rows, *tell_gaps(phrases, classed, classes)]],
        "signs": {code: show(value) if value else "" for code, value in values.items()},
        "lines": {code: say_cell(phrases, classed, cell, measure) for code, cell in cells.items()},
        "summary": phrases.say(
            "events_summary_when" if there or not step else SILENT[cover],
            view=name_view(phrases, classed.activity, group), n=said,
            places=phrases.write_number(there), total=phrases.write_number(len(CODES)), when=when,
        ) + (" " + phrases.say("events_summary_part")) * (cover == "part"),
    }  # fmt: skip


def tell_gaps(phrases: Catalogue, classed: ClassedActivity, classes: dict[str, str]) -> list[list[str]]:
    """Say what units without a number are called."""
    shown = ["deaths"] * ("gap:deaths" in classes.values()) + list_gaps(classed)
    names = {gap.kind: phrases.say(key) for gap, key, _ in GAPS}
    return [[f"gap:{kind}", names[kind]] for kind in shown]


def say_cell(phrases: Catalogue, classed: ClassedActivity, cell: SumKey, measure: str) -> list[str]:
    """Say the figures of a unit, each in a line."""
    say, write = phrases.say, phrases.write_number
    found, name = classed.find_sum(cell), name_view(phrases, classed.activity, cell.group)
    left = classed.left.get((cell.unit, cell.period), 0)
    gone = say("events_line", what=say("events_left_out"), n=write(left)) if left else ""
    if not found.events:
        silent = say("events_uncovered" if classed.find_gap(cell) == "uncovered" else "events_none")
        return [say("events_line", what=name, n=gone or silent)]
    rate = write_rate(phrases, classed.find_rate(cell) or 0, classed.decimals)
    told = {name: write(found.events), say("events_rate", people=write(100_000)): rate}
    told |= {say("events_deaths"): write_deaths(phrases, found)} if found.deaths is not None else {}
    lines = [say("events_line", what=what, n=n) for what, n in told.items()]
    lines += [say("events_no_deaths")] if found.deaths is None and measure == "deaths" else []
    return [*lines, *filter(None, [gone])]


@pytest.mark.parametrize(
    ("seed", "language", "options"),
    [(seed, language, OPTIONS[(seed - 1) % len(OPTIONS)]) for seed, language in enumerate(LANGUAGES, 1)],
)
def test_each_group_step_and_measure_is_what_join_classes(
    seed: int, language: str, options: dict[str, Any], node: Node
) -> None:
    known, activity = load_boundaries(), make_activity(seed)
    page = draw_events(known.frame, known.gazetteer, read_sketch(), activity, language=language, **options)
    rules, phrases = node.load(page), localise_units(known.frame, known.gazetteer, language).phrases
    classed = class_activity(activity, known.gazetteer.units, **options)
    for group in classed.groups:
        for at, step in enumerate(classed.steps):
            for measure in SCALES:
                seen = rules.ask(READ, key_view(group), at, measure)
                wanted = tell_cells(phrases, classed, group, step, measure)
                assert seen == wanted, (group, step, measure)


WINDOW = """(view, start, end, measure) => {
  Object.assign(state, { view, measure, from: start, period: end });
  const found = kind.classUnits();
  const told = [Object.fromEntries([...found].map(([code, { key }]) => [code, key])), whenNow(), kind.write(),
    new Map(data.units.map(({ code }) => [code, sumOf(code)])), kind.summarise()];
  state.from = 0;
  return told;
}"""


@pytest.mark.parametrize(("start", "end"), [(1, 2), (4, 1), (2, 5), (1, 6)])
@pytest.mark.parametrize("measure", ["events", "deaths", "rate"])
def test_a_window_adds_up_its_steps_in_the_classes_of_the_whole_time(
    start: int, end: int, measure: str, node: Node
) -> None:
    known, activity = load_boundaries(), make_activity(1)
    rules = node.load(draw_events(known.frame, known.gazetteer, read_sketch(), activity))
    classed = class_activity(activity, known.gazetteer.units)
    steps = classed.steps[min(start, end) : max(start, end) + 1]
    seen = [classed.activity.find_cover(step) for step in steps]
    for group in classed.groups:
        classes, when, written, sums, summary = rules.ask(WINDOW, key_view(group), start, end, measure)
        scale = SCALES[measure](classed).whole
        for code in CODES:
            found = [classed.find_sum(SumKey(group, code, step)) for step in steps]
            columns = [[number for each in found if (number := each[place]) is not None] for place in range(4)]
            events, deaths, low, high = (sum(column) if column else None for column in columns)
            assert sums[code] == [events, deaths, low, high]
            rate = rate_events(events or 0, classed.people[code], classed.decimals)
            place = scale.find_class({"events": events, "deaths": deaths, "rate": rate}[measure] or 0)
            gap = "left" if any(classed.left.get((code, step)) for step in steps) else "none"
            silent = "deaths" if events else gap
            assert classes[code] == (f"gap:{silent}" if place is None else f"{measure}-whole:{place + 1}")
        ends = [ENGLISH.write_date(step) for step in (steps[0], steps[-1]) if step]
        assert when["text"] == f"{ends[0]} to {ends[1]}"
        assert when["change"] == ("covered in part" if {*seen} != {"whole"} else "")
        assert f"from={classed.steps[start]}" in written
        assert f"period={classed.steps[end]}" in written
        assert f"; {ends[0]} to {ends[1]}." in summary
