"""A reader's filters: what a page shows and says with any, or any two, is what the command makes of those choices."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

import pytest

from geo.draw.marks.legend import class_groups, find_disputed
from geo.draw.sections.group_rows import GroupCounts, count_groups
from geo.draw.wording.localised_names import localise
from geo.draw.wording.presence import describe_unit, write_headline, write_summary
from geo.join.classes import class_by_level
from geo.join.filter_offers import FilterOffers, find_offers, name_value
from geo.join.filters import Choices, is_stale, select_records
from geo.join.joined_table import JoinedTable, join_presence
from geo.join.timeline import find_steps, join_step
from geo.model import Moment
from geo.option_values import LANGUAGES
from tests.daily import IS_WHOLE
from tests.pages import join_data, list_keys, sketch_page
from tests.random_tables import make_table
from tests.scripts.node import Node
from tests.scripts.tables import CODES, make_steps

SEEDS = range(400 if IS_WHOLE else 14)
ASK = """(filters) => { ask((name) => filters[name]); return asked; }"""
READ = """(view, groups) => {
  const classes = classUnits(view, groups);
  return {
    classes: new Map([...classes].map(([code, { key }]) => [code, key])), summary: sumUp(view, groups),
    headline: writeHeadline(view, groups), off: offMapNow().length, rows: countGroupRows(groups),
    disputed: data.units.filter(({ code }) => groups.some((id) => isDisputed(id, code))).map(({ code }) => code),
    labels: new Map(data.units.map(({ code }) => [code, describeUnit(code)])),
    stale: data.records.flatMap((record, index) => (current.includes(record) && record.stale ? [index] : [])),
    kept: data.records.flatMap((record, index) => (current.includes(record) ? [index] : [])),
    reasons: typeof hidden === "undefined" ? {} : hidden,
  };
}"""
LEVEL = "(id) => new Map([...classUnits('level:' + id, [])].map(([code, { key }]) => [code, key]))"
COUNT = "(groups) => new Map([...classUnits('count', groups)].map(([code, { key }]) => [code, key]))"
WRITTEN = "() => kind.write()"
NONE = GroupCounts(0, 0, 0, 0, 0, 0, 0)
PAIRS = 10000 if IS_WHOLE else 12
BEFORE: list[dict[str, Any]] = [
    {}, {}, {}, {"confidence": "low"}, {"level": "low"}, {"basis": ("reported",)}, {"as_of": Moment(2021)},
]  # fmt: skip


def make_graded(seed: int) -> dict[str, Any]:
    """Make a random table in which more records than elsewhere have a confidence, a grade and a date."""
    dice = random.Random(seed)
    table: dict[str, Any] = json.loads(make_table(seed))
    for source in table.get("sources", {}).values():
        source |= dice.choice([{}, {"grade": dice.choice("ABCF")}])
        source |= dice.choice([{}, {"date": dice.choice(["2019", "2020-02", "2020-12-31", "2021-06-14"])}])
    for record in table["presence"]:
        record |= dice.choice([{}, {"confidence": dice.choice(["low", "moderate", "high"])}])
        record |= dice.choice([{}, {"grade": dice.choice([1, 2, 3, 6])}])
    return table


def pair_up(offers: FilterOffers) -> Iterator[dict[str, Choices]]:
    """Give each value of each filter, and each with each of another."""
    values = [(name, each) for name, some in offers.list_choices().items() for each in some]
    yield from ({name: each} for name, each in values)
    yield from (dict(pair) for pair in itertools.combinations(values, 2) if pair[0][0] != pair[1][0])


def choose(joined: JoinedTable, asked: Mapping[str, Choices]) -> JoinedTable:
    """Join the records of a map anew, with further choices."""
    values = {name: getattr(each, name) for name, each in asked.items()}
    first = joined.choices
    choices = Choices(level=first.level, groups=first.groups, roll_up=first.roll_up, language=first.language)
    bare = joined.units[["geometry"]]
    return join_presence(joined.table, joined.gazetteer, bare, replace(choices, **values), joined.left_out)


def tell(now: JoinedTable, kept: list[int], shown: tuple[str, ...]) -> dict[str, Any]:
    """Say what is true of a map of these records, on which a reader has these groups switched on."""
    local = localise(now)
    records = now.table.records
    rows = {group: asdict(NONE) for group in shown}
    rows |= {key: asdict(each) for key, each in count_groups(now.footprints, shown).items()}
    return {
        "classes": list_keys(class_groups(now, shown)), "summary": write_summary(local),
        "headline": write_headline(local), "rows": rows, "disputed": find_disputed(now),
        "off": sum(record.place.kind in ("nationwide", "unlocated") for record in records),
        "labels": {code: describe_unit(local, code) for code in CODES}, "kept": kept,
        "stale": [index for index, record in zip(kept, records, strict=True) if is_stale(record, now.table)],
        "reasons": {reason: number for reason, number in now.report.hidden.items() if reason != "group"},
    }  # fmt: skip


def name_values(asked: Mapping[str, Choices]) -> dict[str, str]:
    return {name: name_value(each, name) for name, each in asked.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_any_filter_and_any_two_are_those_of_the_command(seed: int, node: Node) -> None:
    dice, table = random.Random(seed), make_graded(seed)
    before = BEFORE[seed % len(BEFORE)]
    before = before if before.get("level", "low") in table.get("levels", {"low": 0}) or "level" not in before else {}
    joined = join_data(table, language=LANGUAGES[seed % len(LANGUAGES)], **before)
    offers = find_offers(joined.table, joined.choices)
    if not offers:
        assert "filters" not in sketch_page("overlay", joined).get_root().page.block  # type: ignore[attr-defined]
        return
    asked = list(pair_up(offers))
    shown = tuple(joined.footprints)
    for name in ("overlay", "choropleth"):
        rules = node.load(sketch_page(name, joined))
        view = "overlay" if name == "overlay" else "count"
        at_first = rules.ask(READ, view, list(joined.shown))
        for each in asked if len(asked) <= PAIRS else dice.sample(asked, PAIRS):
            values = name_values(each)
            assert rules.ask(ASK, values) == values
            now = choose(joined, each)
            kept = list(select_records(joined.table, now.choices).kept)
            if name == "overlay":
                seen = rules.ask(READ, "overlay", list(joined.shown))
                wanted = tell(now, kept, joined.shown)
                wanted["rows"] = {group: wanted["rows"].get(group, asdict(NONE)) for group in shown}
                seen["disputed"] = frozenset(seen["disputed"])
                assert seen == wanted, (seed, values)
                continue
            assert rules.ask(COUNT, list(joined.shown)) == now.units["count_class"].to_dict(), (seed, values)
            for group in now.footprints:
                classes = class_by_level(CODES, now.footprints, group, now.besides)
                assert rules.ask(LEVEL, group) == list_keys(classes), (seed, values, group)
        assert rules.ask(ASK, {}) == {}
        assert rules.ask(READ, view, list(joined.shown)) == at_first, "cleared"


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_filters_hold_at_every_step_of_a_report(seed: int, node: Node) -> None:
    table = make_steps(seed)
    dice = random.Random(seed)
    for record in table["presence"]:
        record |= dice.choice([{}, {"confidence": "low"}, {"confidence": "high"}])
    joined = join_data(table)
    offers, timeline = find_offers(joined.table, joined.choices, dated=False), find_steps(joined.table)
    rules = node.load(sketch_page("report", joined))
    assert "as_of" not in rules.ask("() => data.filters")
    read = "(at, groups) => { takeStep(at); const { classes, summary } = (" + READ + ")('overlay', groups); "
    read += "return [classes, summary]; }"
    for each in dice.sample(list(pair_up(offers)), 6):
        rules.ask(ASK, name_values(each))
        now = choose(joined, each)
        for place in range(0, len(timeline.steps), 3):
            whole = replace(now, table=now.table)
            stays = tuple(timeline.stays[index] for index in select_records(joined.table, now.choices).kept)
            step = join_step(whole, replace(timeline, stays=stays), place)
            wanted = [list_keys(class_groups(step, joined.shown)), write_summary(localise(step))]
            assert rules.ask(read, place, list(joined.shown)) == wanted, (name_values(each), place)


def test_the_random_tables_have_every_filter_and_reason() -> None:
    """So that none of the comparisons above is about nothing."""
    names, reasons, old = set[str](), set[str](), 0
    for seed in SEEDS:
        joined = join_data(make_graded(seed))
        for each in pair_up(find_offers(joined.table, joined.choices)):
            if len(each) == 1:
                now = choose(joined, each)
                names.update(each)
                reasons.update(now.report.hidden)
                old += "as_of" in each and now.report.stale > 0
    assert names == {"as_of", "basis", "confidence", "grade", "level"}
    assert reasons == {"later", "undated", "ahead", "basis", "confidence", "unsure", "grade", "ungraded"}
    assert old


TABLE: dict[str, Any] = {
    "sources": {"s": {"title": "S", "grade": "A", "date": 2020}, "t": {"title": "T", "grade": "C", "date": 2021}},
    "levels": {"low": {"name": "Low", "rank": 1}, "high": {"name": "High", "rank": 2}},
    "groups": {"a": {"name": "A"}},
    "presence": [
        {"group": "a", "in": "Kabul", "source": "s", "level": "high", "confidence": "high"},
        {"group": "a", "in": "Herat", "source": "t", "level": "low", "basis": "claimed"},
    ],
}
LINKS: list[tuple[str, dict[str, str]]] = [
    ("confidence=high", {"confidence": "high"}),
    ("groups=a&level=high&grade=A&basis=claimed&as_of=2020",
     {"as_of": "2020", "basis": "claimed", "grade": "A", "level": "high"}),
    ("level=gone&confidence=high", {"confidence": "high"}),
    ("confidence=low&grade=F&as_of=1999&basis=made-up&level=", {}),
    ("unit=AF-KAB&confidence=constructor&grade=A", {"grade": "A"}),
    ("units", {}),
]  # fmt: skip


@pytest.mark.parametrize(("fragment", "filters"), LINKS)
def test_a_link_opens_its_filters(fragment: str, filters: dict[str, str], node: Node) -> None:
    rules = node.load(sketch_page("overlay", join_data(TABLE)))
    opened = "(fragment) => { readFragment(fragment); return asked; }"
    assert rules.ask(opened, fragment) == filters
    written = rules.ask(WRITTEN)
    assert rules.ask(opened, "groups=a") == {}, "a link to a state without filters clears them"
    assert rules.ask(opened, "&".join(written)) == filters
    assert rules.ask(opened, "unit=AF-KAB") == filters, "a link to a unit leaves them"


OFFERS: list[tuple[str, dict[str, Any], dict[str, list[str]]]] = [
    ("all of them", {}, {"as_of": ["2020"], "basis": ["reported", "claimed"], "confidence": ["high"], "grade": ["A"],
                         "level": ["high"]}),
    ("one record", {"presence": TABLE["presence"][:1]}, {}),
    ("a level without a rank", {"levels": {"low": {"name": "L"}, "high": {"name": "H", "rank": 1}}},
     {"as_of": ["2020"], "basis": ["reported", "claimed"], "confidence": ["high"], "grade": ["A"],
      "level": ["low", "high"]}),
    ("no source is dated or graded", {"sources": {"s": {"title": "S"}, "t": {"title": "T"}}},
     {"basis": ["reported", "claimed"], "confidence": ["high"], "level": ["high"]}),
]  # fmt: skip


@pytest.mark.parametrize(("case", "changed", "offered"), OFFERS)
def test_only_what_changes_anything_is_offered(case: str, changed: Any, offered: Any) -> None:
    block = sketch_page("overlay", join_data(TABLE | changed)).get_root().page.block  # type: ignore[attr-defined]
    assert block.get("filters", {}) == offered, case


def test_a_page_made_with_options_offers_what_is_left() -> None:
    def offer(**choices: Any) -> Any:
        return sketch_page("overlay", join_data(TABLE, **choices)).get_root().page.block.get("filters", {})  # type: ignore[attr-defined]

    assert offer(grade="A") == {}
    assert "level" not in offer(level="high")
    assert "basis" not in offer(basis=("claimed",))


def test_a_time_line_and_a_comparison_offer_none() -> None:
    joined = join_data(make_steps(0))
    for name in ("timeline", "compare"):
        assert "filters" not in sketch_page(name, joined).get_root().page.block  # type: ignore[attr-defined]
