"""Whatever a table has and lacks: each map and figure is drawn, left out and told, or refused with a reason.

All tables, 200 random ones among them, with `make sweep`, a few with every run of the tests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import geo
from geo.api import (
    FIGURES,
    MAPS,
    SIZES,
    SOCIAL,
    STEPS_BY,
    Choices,
    FigureOptions,
    Job,
    MapOptions,
    build_figure,
    build_maps,
    join_table,
)
from geo.errors import PresenceError
from geo.join.overlap import list_comparable
from geo.join.timeline import find_steps, join_step
from geo.model import Moment
from tests.daily import IS_WHOLE, choose, takes_long
from tests.random_tables import choose_some, make_table

SEEDS = choose(range(200), 1)
SOME = FIGURES if IS_WHOLE else [kind for kind in FIGURES if kind not in MAPS or kind == "compare"]
"""A figure of one map takes long, and of tables so small is never refused."""
EMPTY = r"none of \d+ records is left by what was chosen|a table without a record"
REASONS = {
    "maps": EMPTY,
    "compare": r"\d to compare",
    "timeline": "no record has a date( of publication)?, so there is no step in time",
    "figure": r"\d (groups? )?to compare|cannot be compared: no record|with --roll-up .* one group"
    r"|no group can stand in a figure|groups are too many for a figure of [\w-]+ in this size"
    r"|a figure of [\w-]+ has no room in this size|a figure of [\w-]+ cannot be read in a picture for social media",
    "footprints": "for which none does",
}

HEAD = "levels: {l: {name: L, rank: 1, valid_for: 1 month}, m: {name: M}}\nsources: {s: {title: S, date: 2020}}\n"
ONE = HEAD + "groups: {a: {name: A}}\npresence:\n"
TWO = HEAD + "groups: {a: {name: A}, b: {name: B, statements: [{text: It says so., source: s}]}}\npresence:\n"
MEN = HEAD + "groups: {a: {name: A, kind: population}, b: {name: B, kind: coalition}}\npresence:\n"
TABLES = {
    "one group": (ONE + "- {group: a, in: Kabul, level: l, source: s}", Choices()),
    "no group": ("presence: []", Choices()),
    "only statements": (TWO.replace("presence:\n", "presence: []"), Choices()),
    "only nationwide": (ONE + "- {group: a, nationwide: true, level: l, source: s}", Choices()),
    "only unlocated": (ONE + "- {group: a, unlocated: 3, level: l, source: s}", Choices()),
    "only a region": (ONE + "- {group: a, region: Eastern, level: l, source: s}", Choices()),
    "only populations and coalitions": (MEN + "- {group: [a, b], in: Kabul, level: l, source: s}", Choices()),
    "only absent": (ONE + "- {group: a, in: Kabul, level: l, source: s, finding: absent}", Choices()),
    "only inconclusive": (ONE + "- {group: a, in: Kabul, level: l, source: s, finding: inconclusive}", Choices()),
    "all out of date": ("as_of: 2030\n" + TWO + "- {group: [a, b], in: Kabul, level: l, source: s}", Choices()),
    "a group without claims": (TWO + "- {group: a, in: Kabul, level: l, source: s}", Choices(groups=("b",))),
    "a group off the map": (TWO + "- {group: [a, b], nationwide: true, level: l, source: s}\n"
                            "- {group: a, in: Kabul, level: l, source: s}", Choices(groups=("b",))),
    "a level that leaves nothing": (TWO + "- {group: [a, b], in: Kabul, level: l, source: s}", Choices(level="m")),
    "as of a day before all": (TWO + "- {group: [a, b], in: Kabul, level: l, source: s}",
                               Choices(as_of=Moment(2019))),
    "a part rolled up": (ONE.replace("{name: A}", "{name: A}, b: {name: B, part_of: {group: a}}")
                         + "- {group: [a, b], in: Kabul, level: l, source: s}", Choices(roll_up=True)),
    "undated": (TWO.replace(", date: 2020", "") + "- {group: [a, b], in: Kabul, level: l, source: s}", Choices()),
}  # fmt: skip

NO_PAIR = {"compare", "figure compare", "footprints"}
NO_GROUP = {"figure small-multiples", "figure matrix"}
NO_STEP = {f"timeline {by}" for by in STEPS_BY}
REFUSED = {
    "one group": NO_PAIR,
    "no group": NO_PAIR | NO_GROUP | NO_STEP,
    "only statements": NO_PAIR | NO_GROUP | NO_STEP,
    "only nationwide": NO_PAIR | NO_GROUP,
    "only unlocated": NO_PAIR | NO_GROUP,
    "only a region": NO_PAIR,
    "only populations and coalitions": set(),
    "only absent": NO_PAIR,
    "only inconclusive": NO_PAIR,
    "all out of date": NO_PAIR,
    "a group without claims": NO_PAIR | NO_GROUP,
    "a group off the map": NO_PAIR | NO_GROUP,
    "a level that leaves nothing": NO_PAIR,
    "as of a day before all": NO_PAIR | NO_GROUP | NO_STEP | {"build", "choropleth", "overlay", "report"},
    "a part rolled up": NO_PAIR,
    "undated": NO_STEP,
}


def draw_all(text: str, choices: Choices, folder: Path, kinds: dict[str, str]) -> dict[str, str]:
    """Draw all maps at once, each alone, and figures; return what was refused, and why."""
    table = folder / "t.yaml"
    table.write_text(text, "utf-8")
    told: list[str] = []
    refused: dict[str, str] = {}

    def run(name: str, reasons: str, draw: Callable[[], object]) -> None:
        try:
            draw()
        except PresenceError as error:
            refused[name] = str(error)
        if name in refused:
            assert re.search(f"{EMPTY}|{reasons}", refused[name]), f"{name}: {refused[name]}"

    def build(names: tuple[str, ...], by: str = "published") -> None:
        files = {name: folder / name / f"{by}.html" for name in names}
        job = Job(choices, allow_empty=not choices.as_of, progress=told.append)
        built = build_maps(table, files, job, MapOptions(by=by))
        left_out = {line.split()[2].rstrip(":") for line in told if line.startswith("leaving out ")}
        assert {*built.pages} == {*names} - left_out
        assert left_out <= {"compare", "timeline"}
        told.clear()

    run("build", EMPTY, lambda: build(MAPS))
    for name in ("choropleth", "overlay", "compare", "report"):
        run(name, REASONS.get(name, EMPTY), lambda name=name: build((name,)))  # type: ignore[misc]
    for by in STEPS_BY:
        run(f"timeline {by}", REASONS["timeline"], lambda by=by: build(("timeline",), by))  # type: ignore[misc]
    for kind, size in kinds.items():
        file = folder / f"{kind}.svg"
        run(f"figure {kind}", REASONS["figure"], lambda kind=kind, size=size, file=file: build_figure(  # type: ignore[misc]
            table, kind, file, Job(choices, allow_empty=True), FigureOptions(size=size)))  # fmt: skip
    return refused


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_table_ends_in_no_fault_of_ours(seed: int, tmp_path: Path) -> None:
    table, size = make_table(seed), [*SIZES, SOCIAL][seed % 4]
    kinds = FIGURES if IS_WHOLE else (FIGURES[seed % len(FIGURES)],)
    for choices in (Choices(), choose_some(seed, table)):
        draw_all(table, choices, tmp_path, dict.fromkeys(kinds, size))


@takes_long
def test_the_random_tables_have_everything() -> None:
    """Of all tables each case occurs, so that none of the above is about nothing."""
    seen: Counter[str] = Counter()
    for seed in range(200):
        joined, _ = join_table(make_table(seed), Job(allow_empty=True))
        timeline, records = find_steps(joined.table), joined.table.records
        by_both = [timeline, find_steps(joined.table, "observed")]
        dated = {group for record, stay in zip(records, timeline.stays, strict=True) if stay for group in record.groups}
        cases = {
            "no record": not records, "no group": not joined.shown,
            "a pair": len(list_comparable(joined.footprints)) > 1,
            "no step": not timeline.steps, "one step": len(timeline.steps) == 1, "a time line": len(timeline.steps) > 1,
            "undated": {*joined.shown} - dated, "without a record": joined.table.groups.keys() - {*joined.shown},
            "not in the last step": any(
                each.steps and {*joined.shown} - {*join_step(joined, each, -1).shown} for each in by_both
            ),
            "out of date": joined.report.stale, "not applicable": joined.table.not_applicable,
        }  # fmt: skip
        seen.update(case for case, holds in cases.items() if holds)
        seen.update(record.place.kind for record in records)
        seen.update(record.finding for record in records)
    assert {case: number for case, number in seen.items() if number < 5} == {}
    assert len(seen) == 18


@pytest.mark.parametrize("case", choose(TABLES, 4))
def test_a_table_that_lacks_almost_all_is_drawn_as_far_as_it_goes(case: str, tmp_path: Path) -> None:
    text, choices = TABLES[case]
    refused = draw_all(text, choices, tmp_path, {})
    assert {*refused} == {name for name in REFUSED[case] if name != "footprints" and not name.startswith("figure ")}


@pytest.mark.parametrize("case", choose(TABLES, 5))
def test_the_library_guards_as_the_commands_do(case: str, tmp_path: Path) -> None:
    text, choices = TABLES[case]
    (tmp_path / "t.yaml").write_text(text, "utf-8")
    table = geo.read_presence(tmp_path / "t.yaml", allow_empty=True)
    day = str(choices.as_of) if choices.as_of else None
    join = partial(
        geo.join_presence, table, level=choices.level, groups=choices.groups, roll_up=choices.roll_up, as_of=day
    )
    if day:
        with pytest.raises(PresenceError, match=EMPTY):
            join()
    joined = join(allow_empty=True)
    draws: dict[str, Callable[[], object]] = {
        "choropleth": lambda: geo.draw_choropleth(joined).get_root().render(),
        "by sources": lambda: geo.draw_choropleth(joined, count="sources").get_root().render(),
        "overlay": lambda: geo.draw_overlay(joined).get_root().render(),
        "footprints": lambda: geo.compare_footprints(joined, list(joined.footprints)),
        "pairs": lambda: geo.compare_all(joined),
        **{f"timeline {by}": partial(geo.draw_timeline, joined, by=by) for by in STEPS_BY},
        **{f"figure {kind}": partial(geo.draw_figure, joined, kind, size="slide") for kind in SOME},
    }
    refused = {}
    for name, draw in draws.items():
        try:
            draw()
        except PresenceError as error:
            refused[name] = str(error)
    assert [said for said in refused.values() if not re.search("|".join(REASONS.values()), said)] == []
    assert {*refused} == REFUSED[case] - {"build", "compare", "choropleth", "overlay", "report"}
