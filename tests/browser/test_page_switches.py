"""The page's script and `geo.join` count the same, whatever is switched on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from geo.draw.wording.sentences import describe_off_map, describe_unit, name_group, write_summary
from geo.join.classes import class_by_count, class_by_group, class_by_level
from geo.join.filters import Choices
from geo.join.footprints import find_footprints, find_root
from geo.join.join_table import JoinedTable, join_presence
from geo.read.places.gazetteer import read_gazetteer
from tests.hostile.sweep import IS_WHOLE

CODES = tuple(read_gazetteer().units)
REGIONS = tuple(read_gazetteer().regions)
# Words that the page uses itself, as keys of classes, views and colours or of every object of JavaScript.
HARD_IDS = [
    "n",
    "many",
    "level",
    "count",
    "paper",
    "none.1",
    "constructor",
    "toString",
    "valueOf",
    "1",
    "a-b_c.d",
    "گروه",
]
LAST_IDS = ["region", "other", "absent", "inconclusive", "none"]
# The first few have everything, which a test below checks.
RANDOM_TABLES = range(15) if IS_WHOLE else (0, 1, 2, 5, 7, 9)
SAMPLES = 5

SWITCH = """(wanted) => {
  for (const input of document.querySelectorAll("#switches input"))
    if (input.type === "radio" ? input.value === wanted : input.checked !== wanted.includes(input.value)) input.click();
}"""

Read = Callable[[Page], dict[str, Any]]


def make_table(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make a table of up to twelve groups and choices to draw it with, the same ones for the same seed."""
    dice = random.Random(seed)
    groups: dict[str, Any] = {}
    ids = [f"g{number}" for number in range(dice.choice([1, 3, 6, 9, 12]))]
    if seed % 3 == 0:
        ids = dice.sample(HARD_IDS, len(ids))
    for number, group in enumerate(ids):
        groups[group] = {"name": f"Group {number}", "short": f"G{number}"}
        groups[group]["kind"] = dice.choices(["group", "coalition", "population"], [6, 1, 1])[0]
        if number and dice.random() < 0.4:
            groups[group]["part_of"] = {"group": dice.choice(ids[:number])}
    order = list(groups)
    dice.shuffle(order)
    levels: dict[str, dict[str, Any]] = {
        "low": {"name": "Low", "rank": 1},
        "high": {"name": "High", "rank": 3},
        "own": {"name": "Own kind"},
    }
    levels |= {"zero": {"name": "Zero", "rank": 0}} if dice.random() < 0.3 else {}
    levels |= {"else": {"name": "Something else"}} if dice.random() < 0.5 else {}
    named = [group for group in ids[1:] if dice.random() < 0.7] or ids[-1:]
    records = [make_record(dice, year, named, list(levels)) for year in range(1900, 1900 + dice.randint(1, 25))]
    for finding in dice.sample(["absent", "inconclusive", "absent"], dice.randint(0, 3)):
        records.append(make_record(dice, 1930 + len(records), named, list(levels)) | {"finding": finding})
    if seed % 2:
        levels["low"]["valid_for"] = "12 years"
    named_units = {code for record in records for code in record.get("in", [])}
    table = {
        "title": f"Table {seed}",
        "as_of": 1925,
        "levels": levels,
        "groups": {group: groups[group] for group in order},
        "regions": {"Border": dice.sample(CODES, 5), "Heart": dice.sample(CODES, 2)},
        "presence": records,
    }
    if spare := [code for code in CODES if code not in named_units][:3]:
        table["not_applicable"] = spare
    located = {group for record in records if {"in", "region"} & record.keys() for group in record["group"]}
    choices = {
        "level": dice.choice([None, None, *levels]),
        "groups": tuple(dice.sample(ids, dice.randint(1, len(ids)))) if dice.random() < 0.25 else None,
        "roll_up": dice.random() < 0.4,
    }
    return table, choices if located else {"level": None, "groups": None, "roll_up": False}


def make_record(dice: random.Random, year: int, groups: list[str], levels: list[str]) -> dict[str, Any]:
    """Make a record; the year keeps any two from being the same claim."""
    place = dice.choices(["in", "region", "nationwide", "unlocated"], [10, 3, 1, 1])[0]
    where = {
        "in": dice.sample(CODES, dice.choice([1, 2, 3, 5, 8, 20])),
        "region": dice.choice([*REGIONS, "Border", "Heart"]),
        "nationwide": True,
        "unlocated": dice.randint(1, 34),
    }[place]
    group = dice.sample(groups, dice.randint(1, min(dice.choice([1, 3, 6]), len(groups))))
    return {"group": group, place: where, "level": dice.choice(levels), "observed": year}


def count_rows(picture: dict[str, Any]) -> dict[str, int]:
    return {key: count for key, _, count, _ in picture["legend"] if key != "disputed" and count}


def check_fills(picture: dict[str, Any], classes: dict[str, str]) -> None:
    """Check that each unit has the paint of its class's legend row."""
    paint = {key: fill for key, _, _, fill in picture["legend"]}
    assert picture["live"] == {code: paint[key] for code, key in classes.items()}


def sum_up_one(joined: JoinedTable, group: str) -> str:
    """Say of one group what the page says in the view of its levels."""
    footprint = joined.footprints[group]
    named = len(footprint.named)
    said = f"{name_group(joined, group)}: {named} of 34 provinces {'is' if named == 1 else 'are'} named"
    said += f", {len(footprint.region)} more only as part of a region" if footprint.region else ""
    roots = (lambda each: find_root(joined.table, each)) if joined.choices.roll_up else (lambda each: each)
    own = ((record, [each for each in record.groups if roots(each) == group]) for record in joined.table.records)
    return "; ".join([said, *filter(None, (describe_off_map(record, joined, groups) for record, groups in own))]) + "."


def sample_subsets(dice: random.Random, groups: list[str]) -> Iterable[list[str]]:
    """Choose groups to switch on: none, each alone, all but one and some between; in the order of the switches."""
    chosen = [[], dice.sample(groups, 1), groups[1:]]
    chosen += [[group for group in groups if dice.random() < 0.5] for _ in range(SAMPLES)]
    return [*chosen, groups]


@pytest.fixture(scope="module", params=["default", *RANDOM_TABLES])
def drawn(request: pytest.FixtureRequest, join: Callable[..., JoinedTable], default_join: JoinedTable) -> JoinedTable:
    if request.param == "default":
        return default_join
    table, choices = make_table(request.param)
    return join(table, **choices)


@pytest.fixture(scope="module", params=["choropleth", "overlay"])
def path(
    request: pytest.FixtureRequest,
    drawn: JoinedTable,
    draw: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    file = tmp_path_factory.mktemp("drawn") / f"{request.param}.html"
    file.write_bytes(draw(request.param, drawn).get_root().render().encode())
    return file


@pytest.fixture(scope="module")
def page(path: Path, watch_pages: Callable[[], Any]) -> Iterator[Page]:
    """Open the page once for all tests of a table; the first of them finds it as it is on load."""
    with watch_pages() as open_file:
        yield open_file(path)


@pytest.fixture(scope="module")
def on_load(page: Page, read_picture: Read) -> dict[str, Any]:
    return read_picture(page)


@pytest.fixture
def rejoin(drawn: JoinedTable) -> Callable[[list[str]], JoinedTable]:
    """Return a function that joins the same table with other groups shown; one without a switch stays as it is."""
    table, chosen, boundaries = drawn.table, drawn.choices, drawn.units[["geometry"]]
    asked = table.groups if chosen.groups is None else chosen.groups
    fixed = [group for group in asked if (find_root(table, group) if chosen.roll_up else group) not in drawn.footprints]
    return lambda groups: join_presence(table, drawn.gazetteer, boundaries, replace(chosen, groups=(*groups, *fixed)))


def test_the_random_tables_have_everything(join: Callable[..., JoinedTable]) -> None:
    """Of all tables together each case occurs, so that none of the comparisons below is about nothing."""
    seen: Counter[str] = Counter()
    for seed in RANDOM_TABLES:
        table, choices = make_table(seed)
        joined = join(table, **choices)
        keys = {*joined.units["group_class"], *joined.units["count_class"]}
        seen.update(key.removeprefix("gap:").partition(":")[0] for key in keys)
        seen.update("pair" for key in keys if "+" in key)
        seen.update("old band" for key in keys if "!" in key)
        seen.update(name for name, value in choices.items() if value)
        seen.update("disputed" for each in joined.footprints.values() if each.disputed)
        seen.update(
            "parent" for group in joined.footprints if group not in {claim.group for claim in joined.table.claims}
        )
    wanted = (
        "n",
        "many",
        "region",
        "other",
        "absent",
        "none",
        "pair",
        "level",
        "groups",
        "roll_up",
        "disputed",
        "parent",
        "na",
        "stale",
        "old band",
    )
    assert {case: seen[case] for case in wanted if not seen[case]} == {}


def test_the_page_without_script_is_the_page_on_load(
    drawn: JoinedTable, path: Path, on_load: dict[str, Any], open_page: Callable[..., Page], read_picture: Read
) -> None:
    still = read_picture(open_page(path, javascript=False))
    assert len(on_load["live"]) == len(still["still"]) == 34
    assert still["live"] == {}
    assert on_load["live"] == still["still"] == on_load["still"]
    assert on_load["legend"] == still["legend"]
    assert on_load["summary"] == still["summary"]
    assert on_load["headline"] == still["headline"]
    names = {code: drawn.gazetteer.units[code].name for code in CODES}
    assert on_load["labels"] == {code: f"{names[code]}: {'; '.join(describe_unit(drawn, code))}" for code in CODES}


def test_every_switch_counts_as_join_does(
    drawn: JoinedTable,
    path: Path,
    page: Page,
    on_load: dict[str, Any],
    rejoin: Callable[[list[str]], JoinedTable],
    read_picture: Read,
) -> None:
    switches = page.locator("#switches input").evaluate_all("(all) => all.map((each) => each.value)")
    if path.stem == "overlay":
        assert switches == list(drawn.footprints)
        check_overlay(drawn, page, rejoin, read_picture)
    else:
        assert switches == ["count", *(f"level:{group}" for group in drawn.footprints)]
        check_choropleth(drawn, page, read_picture)
    assert read_picture(page) == on_load, "all switched as on load again"


def check_overlay(
    drawn: JoinedTable, page: Page, rejoin: Callable[[list[str]], JoinedTable], read_picture: Read
) -> None:
    footprints = find_footprints(drawn.table, Choices(drawn.choices.level, None, drawn.choices.roll_up))
    for shown in sample_subsets(random.Random(drawn.table.title), list(drawn.footprints)):
        page.evaluate(SWITCH, shown)
        picture = read_picture(page)
        classes = class_by_group(CODES, footprints, shown, drawn.besides)
        assert count_rows(picture) == Counter(classes.values()), shown
        assert picture["summary"] == write_summary(rejoin(shown)), shown
        check_fills(picture, classes)
    page.evaluate(SWITCH, drawn.shown)


def check_choropleth(drawn: JoinedTable, page: Page, read_picture: Read) -> None:
    for group in drawn.footprints:
        page.evaluate(SWITCH, f"level:{group}")
        picture = read_picture(page)
        classes = class_by_level(CODES, drawn.footprints, group, drawn.besides)
        assert count_rows(picture) == Counter(classes.values()), group
        assert picture["summary"] == sum_up_one(drawn, group)
        check_fills(picture, classes)
    page.evaluate(SWITCH, "count")
    picture = read_picture(page)
    counted = [group for group in drawn.shown if drawn.table.groups[group].kind == "group"]
    classes = class_by_count(CODES, drawn.footprints, counted, drawn.besides)
    assert classes == drawn.units["count_class"].to_dict()
    assert count_rows(picture) == Counter(classes.values())
    assert picture["summary"] == write_summary(drawn, kinds=("group",))
    check_fills(picture, classes)


def test_a_group_that_others_are_part_of_keeps_its_place(
    join: Callable[..., JoinedTable],
    write_page: Callable[..., Path],
    open_page: Callable[..., Page],
    read_picture: Read,
) -> None:
    table = {
        "groups": {"whole": {"name": "Whole"}, "a": {"name": "A"}, "b": {"name": "B", "part_of": {"group": "whole"}}},
        "presence": [{"group": ["a", "b"], "in": ["Kabul"]}],
    }
    page = open_page(write_page("overlay", join(table, roll_up=True)))
    first = read_picture(page)
    page.evaluate(SWITCH, [])
    page.evaluate(SWITCH, ["whole", "a"])
    assert read_picture(page) == first


ANY_IDS = [*HARD_IDS, *LAST_IDS]


@pytest.mark.parametrize("ids", [[each] for each in ANY_IDS] if IS_WHOLE else [ANY_IDS[at::3] for at in range(3)])
def test_any_word_can_be_the_id_of_a_group(
    ids: list[str],
    join: Callable[..., JoinedTable],
    write_page: Callable[..., Path],
    open_page: Callable[..., Page],
    read_picture: Read,
) -> None:
    colours = {group: f"#12345{place}" for place, group in enumerate(ids)}
    table = {
        "groups": {group: {"name": f"Red {colour}", "colour": colour} for group, colour in colours.items()},
        "presence": [{"group": group, "in": [unit]} for group, unit in zip(ids, CODES, strict=False)],
    }
    path = write_page("overlay", join(table))
    for javascript in (False, True):
        picture = read_picture(open_page(path, javascript=javascript))
        assert sorted(row[1:] for row in picture["legend"]) == [
            ["No record names this province", 34 - len(ids), "url(#fill-none)"],
            *([f"Red {colour}", 1, colour] for colour in colours.values()),
        ]
        assert [picture["still"][unit] for unit in CODES[: len(ids)]] == [*colours.values()]


def test_a_disputed_province_is_marked_only_while_its_group_is_shown(
    join: Callable[..., JoinedTable], write_page: Callable[..., Path], open_page: Callable[..., Page]
) -> None:
    table = {
        "sources": {"s": {"title": "S"}},
        "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
        "presence": [
            {"group": ["a", "b"], "in": ["Kabul", "Kunar"]},
            {"group": "a", "in": ["Kabul"], "finding": "absent", "source": "s"},
        ],
    }
    page = open_page(write_page("overlay", join(table)))
    disputed, row = page.locator("path.unit.disputed"), page.locator('.legend-row[data-key="disputed"] b')
    assert disputed.evaluate_all("(all) => all.map((each) => each.dataset.code)") == ["AF-KAB"]
    assert row.text_content() == "1"
    page.evaluate(SWITCH, ["b"])
    assert disputed.count() == row.count() == 0
