"""Overlay and choropleth: classes, legend, sentences and signs of the scripts are those of `geo.join`, as switched.

The fixed tables always; further ones of any kind, and twenty times as many of them with `make sweep`.
"""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from geo.draw.marks.abbreviations import list_level_codes
from geo.draw.marks.legend import (
    Looks,
    class_groups,
    describe_class,
    describe_classes,
    find_disputed,
    find_looks,
    fold_alone,
    list_nets,
    list_rows,
    order_levels,
)
from geo.draw.marks.map_classes import Net, Outline
from geo.draw.sections.group_rows import count_groups, tells_alone
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.draw.wording.presence import (
    describe_off_map,
    describe_unit,
    name_group,
    say_open,
    write_headline,
    write_summary,
)
from geo.join.classes import (
    GAPS,
    REGION,
    STALE,
    UNNAMED,
    Combination,
    Gap,
    GroupCount,
    GroupLevel,
    GroupShade,
    UnitClass,
    class_by_count,
    class_by_level,
)
from geo.join.filters import Choices
from geo.join.footprints import find_root, find_shown
from geo.join.joined_table import JoinedTable
from geo.option_values import LANGUAGES
from tests.daily import IS_WHOLE
from tests.pages import join_data, list_keys, sketch_page
from tests.random_tables import choose_some, make_table
from tests.scripts.node import Node, Rules
from tests.scripts.tables import CODES, HARD_IDS, LAST_IDS, make_switched

DEFAULT = Path(__file__).parents[2] / "presence.yaml"
# The first few have everything, which a test below checks.
FIXED = range(15)
FURTHER = range(200 if IS_WHOLE else 10)
SPOKEN = [(name, language) for number, language in enumerate(LANGUAGES[1:]) for name in ("default", number)]
SAMPLES = 5

READ = """(view, shown) => {
  const keyed = (all) => new Map([...all].map(([code, { key }]) => [code, key]));
  const classes = classUnits(view, shown);
  const found = [...new Set(classes.values())];
  const isMarked = ({ code }) => [views.get(view).group ?? shown].flat().some((id) => isDisputed(id, code));
  return {
    classes: keyed(classes), rows: legendRows(view, classes).map(({ key, label, count }) => [key, label, count]),
    disputed: data.units.filter(isMarked).map(({ code }) => code), summary: sumUp(view, shown),
    headline: writeHeadline(view, shown), groups: countGroupRows(shown),
    signs: found.map(({ key, sign }) => [key, sign]), fills: found.map(({ key, fill }) => [key, fill]),
    small: found.flatMap(({ fillSmall }) => fillSmall ?? []),
  };
}"""
FOOTPRINTS = """() => new Map([...footprints].map(([id, { named, region, stale, absent, inconclusive, touched }]) =>
  [id, { named: [...named.keys()], region, stale, absent, inconclusive, touched }]))"""
LABELS = "() => new Map(data.units.map(({ code }) => [code, describeUnit(code)]))"
ON_LOAD = "() => [state.view, shownNow()]"


def join_fixed(name: Any, **more: Any) -> JoinedTable:
    if name == "default":
        return join_data(DEFAULT, **more)
    table, choices = make_switched(name)
    return join_data(table, **choices, **more)


def show(joined: LocalisedTable, groups: Iterable[str]) -> LocalisedTable:
    """Show other groups of a joined table; one without a switch stays as it is."""
    table, chosen = joined.table, joined.choices
    asked = table.groups if chosen.groups is None else chosen.groups
    fixed = [
        group for group in asked if (find_root(table, group) if chosen.roll_up else group) not in joined.footprints
    ]
    choices = replace(chosen, groups=(*groups, *fixed))
    shown = find_shown(table, joined.footprints, choices)
    counted = [group for group in shown if table.groups[group].kind == "group"]
    classes = class_by_count(joined.report.units, joined.footprints, counted, joined.besides)
    return replace(joined, choices=choices, shown=shown, count_classes=classes)


def sample_subsets(dice: random.Random, groups: list[str]) -> list[list[str]]:
    """Choose groups to switch on, in the order of the switches: any there are of few; else none, one, all and some."""
    if len(groups) <= 3:
        return [list(some) for size in range(len(groups) + 1) for some in itertools.combinations(groups, size)]
    some = [[group for group in groups if dice.random() < 0.5] for _ in range(SAMPLES)]
    return [[], dice.sample(groups, 1), groups[1:], *some, groups]


def tell_rows(joined: LocalisedTable, looks: Looks, classes: Mapping[str, UnitClass], view: str) -> list[list[Any]]:
    """Write the rows of classes as a script does: key, label and count."""
    rows = list_rows(joined, looks, classes, view)
    rows = fold_alone(joined.phrases, rows) if view == "overlay" and tells_alone(joined) else rows
    return [[row.shown.key, row.shown.label, row.count] for row in rows if not isinstance(row.shown.fill, Outline)]


def check_looks(
    seen: Mapping[str, Any], joined: LocalisedTable, looks: Looks, classes: Mapping[str, UnitClass], view: str
) -> None:
    """Check signs and fills; a level has its sign only in a script."""
    shown = {*describe_classes(joined, looks, classes, view).values()}
    assert dict(seen["signs"]) == {each.key: each.sign for each in shown}
    assert dict(seen["fills"]) == {each.key: each.fill.paint for each in shown}


def check_overlay(rules: Rules, joined: JoinedTable) -> None:
    local = localise(joined)
    looks = find_looks(local)
    found = {key: {name: set(codes) for name, codes in each.items()} for key, each in rules.ask(FOOTPRINTS).items()}
    assert found == {key: {name: getattr(each, name) for name in found[key]} for key, each in joined.footprints.items()}
    assert rules.ask(LABELS) == {code: describe_unit(local, code) for code in CODES}
    for shown in sample_subsets(random.Random(joined.table.title), list(joined.footprints)):
        seen, now = rules.ask(READ, "overlay", shown), show(local, shown)
        classes = {code: each for code, each in class_groups(joined, shown).items() if code in CODES}
        assert seen["classes"] == list_keys(classes), shown
        assert seen["rows"] == tell_rows(now, looks, classes, "overlay"), shown
        assert set(seen["disputed"]) == find_disputed(now), shown
        assert seen["summary"] == write_summary(now), shown
        assert seen["headline"] == write_headline(now), shown
        assert seen["groups"] == {key: asdict(each) for key, each in count_groups(joined.footprints, shown).items()}
        check_looks(seen, local, looks, classes, "overlay")


def check_count(rules: Rules, joined: JoinedTable) -> None:
    local = localise(joined)
    looks = find_looks(local)
    seen = rules.ask(READ, "count", list(joined.shown))
    counted = [group for group in joined.shown if joined.table.groups[group].kind == "group"]
    classes = class_by_count(CODES, joined.footprints, counted, joined.besides)
    assert seen["classes"] == list_keys(classes) == joined.units["count_class"].to_dict()
    assert seen["rows"] == tell_rows(local, looks, classes, "count")
    assert set(seen["disputed"]) == find_disputed(joined)
    assert seen["summary"] == write_summary(local)
    assert seen["headline"] == write_headline(local)
    check_looks(seen, local, looks, classes, "count")


def check_levels(rules: Rules, joined: JoinedTable) -> None:
    local = localise(joined)
    looks, codes, levels = find_looks(local), list_level_codes(local.table), local.table.levels
    strengths = [*reversed(order_levels(joined))]
    others = [key for key, level in levels.items() if level.rank is None and not level.is_capability]
    by_level: list[UnitClass] = [GroupLevel(key, own) for key in (*strengths, *others) for own in (False, True)]
    standing = [*map(GroupLevel, strengths), Gap(REGION), UNNAMED]
    named, signs = dict[str, str](), dict[str, str]()
    for key, level in levels.items():
        own = local.phrases.say("level_claimed", level=level.name)
        named |= {
            GroupLevel(key).key: f"{codes[key]}: {level.name}",
            GroupLevel(key, claimed=True).key: local.phrases.say("summary_one", group=f"{codes[key]}*", rest=own),
        }
        signs |= {GroupLevel(key).key: codes[key], GroupLevel(key, claimed=True).key: f"{codes[key]}*"}
    for group in joined.footprints:
        seen = rules.ask(READ, f"level:{group}", list(joined.shown))
        classes = class_by_level(CODES, joined.footprints, group, joined.besides)
        assert seen["classes"] == list_keys(classes), group
        counts: Counter[UnitClass] = Counter(classes.values())
        order = [each for each in (*by_level, *GAPS) if counts[each] or each in standing]
        assert [[key, count] for key, _, count in seen["rows"]] == [[each.key, counts[each]] for each in order], group
        labels = [label for key, label, _ in seen["rows"] if key in named]
        assert labels == [named[each.key] for each in order if each.key in named]
        assert set(seen["disputed"]) == joined.footprints[group].disputed
        assert dict(seen["signs"]) == {each.key: signs.get(each.key, "") for each in counts}
        shown = [describe_class(local, looks, each, "level") for each in counts]
        assert dict(seen["fills"]) == {each.key: each.fill.paint for each in shown}
        nets = {each.fill for each in shown if isinstance(each.fill, Net)}
        assert nets <= {*list_nets(joined, looks)}
        assert {*seen["small"]} == {f"url(#{net.name}-large)" for net in nets}
        assert seen["summary"] == sum_up_one(local, group)


def sum_up_one(joined: LocalisedTable, group: str, *, with_off_map: bool = True) -> str:
    """Say of one group what the page says in the view of its levels."""
    footprint, phrases = joined.footprints[group], joined.phrases
    region = len(footprint.region)
    said = phrases.say_count("summary_named", len(footprint.named), total=phrases.write_number(34))
    said += phrases.say("summary_region", n=phrases.write_number(region)) if region else ""
    stale = len(footprint.stale)
    said += phrases.say("summary_stale", n=phrases.write_number(stale)) if stale else ""
    if footprint.claimed:
        said += phrases.say_count("summary_claimed", len(footprint.claimed))
    if footprint.disputed:
        said += phrases.say_count("summary_disputed", len(footprint.disputed))
    said += say_open(joined, [group])
    roots = (lambda each: find_root(joined.table, each)) if joined.choices.roll_up else (lambda each: each)
    own = ((record, [each for each in record.groups if roots(each) == group]) for record in joined.table.records)
    off = filter(None, (describe_off_map(each, joined, some) for each, some in own))
    rest = phrases.say("stop", said=phrases.say("semicolon").join([said, *(off if with_off_map else ())]))
    return phrases.say("summary_one", group=name_group(joined, group), rest=rest)


CHECKS: dict[str, tuple[Callable[[Rules, JoinedTable], None], ...]] = {
    "overlay": (check_overlay,), "choropleth": (check_count, check_levels),
}  # fmt: skip


def check_pages(node: Node, joined: JoinedTable, *names: str) -> None:
    """Check what both pages, or those named, say on load and after each switch, and that no switch leaves a trace."""
    for name, checks in ((name, CHECKS[name]) for name in names or CHECKS):
        rules = node.load(sketch_page(name, joined))
        state = rules.ask(ON_LOAD)
        first = rules.ask(READ, *state)
        for check in checks:
            check(rules, joined)
        assert state[1] == list(joined.shown)
        assert rules.ask(READ, *state) == first
        assert rules.ask("() => kind.summarise()") == rules.texts["#summary"], "what stands there without a script"


def name_kinds(each: UnitClass) -> Iterator[str]:
    match each:
        case Gap(kind):
            yield kind
        case GroupCount():
            yield "n"
        case GroupShade():
            yield "shade"
        case Combination(standings):
            yield from ["pair"] if len(standings) > 1 else []
            yield from ["old band"] if STALE in dict(standings).values() else []
        case GroupLevel(_, True):
            yield "own level"


def test_the_random_tables_have_everything() -> None:
    """Of all tables together each case occurs, so that none of the comparisons below is about nothing."""
    seen: Counter[str] = Counter()
    for seed in FIXED:
        joined = join_fixed(seed)
        levels = [class_by_level(CODES, joined.footprints, group) for group in joined.footprints]
        told = {each for classes in levels for each in classes.values()}
        for each in {*class_groups(joined, joined.shown).values(), *joined.count_classes.values(), *told}:
            seen.update(name_kinds(each))
        seen.update(name for name, value in make_switched(seed)[1].items() if value)
        seen.update("disputed" for each in joined.footprints.values() if each.disputed)
        seen.update(
            "parent" for group in joined.footprints if group not in {claim.group for claim in joined.table.claims}
        )
    wanted = (
        "n", "shade", "region", "other", "absent", "none", "pair", "level", "groups", "roll_up", "disputed", "parent",
        "na", "stale", "old band", "capability", "own level",
    )  # fmt: skip
    assert {case: seen[case] for case in wanted if not seen[case]} == {}


@pytest.mark.parametrize("name", ["default", *FIXED])
def test_every_switch_says_what_join_does(name: Any, node: Node) -> None:
    check_pages(node, join_fixed(name))


@pytest.mark.parametrize(("name", "language"), SPOKEN)
def test_every_switch_says_it_in_each_language(name: Any, language: str, node: Node) -> None:
    check_pages(node, join_fixed(name, language=language))


@pytest.mark.parametrize("seed", FURTHER)
def test_whatever_a_table_lacks_and_whatever_is_chosen(seed: int, node: Node) -> None:
    text, names = make_table(seed), list(CHECKS)
    for turn, choices in enumerate((Choices(), choose_some(seed, text))):
        check_pages(node, join_data(json.loads(text), **vars(choices)), names[(seed + turn) % 2])


def test_any_word_can_be_the_id_of_a_group(node: Node) -> None:
    ids = [*HARD_IDS, *LAST_IDS]
    groups = {group: {"name": f"Red {number}", "colour": f"#1234{number:02}"} for number, group in enumerate(ids)}
    records = [{"group": group, "in": [unit]} for group, unit in zip(ids, CODES, strict=False)]
    for level in ({}, {"levels": {group: {"name": f"Level {group}"} for group in ids}}):
        held = [record | ({"level": record["group"]} if level else {}) for record in records]
        check_pages(node, join_data({"groups": groups, "presence": held, **level}))
