"""However its records are split, joined or ordered, a table gives the same map."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.join.classes import class_by_count, class_by_group, class_by_level, group_by_class
from geo.join.filters import Choices
from geo.join.footprints import choose_groups
from geo.join.joined_table import JoinedTable, join_presence
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence

GAZETTEER = read_gazetteer()
BOUNDARIES = read_boundaries()
GROUPS = {
    "a": {"name": "A"},
    "b": {"name": "B", "part_of": {"group": "a"}},
    "c": {"name": "C", "part_of": {"group": "b"}},
    "many": {"name": "Many", "kind": "coalition"},
    "men": {"name": "Men", "kind": "population"},
    "e": {"name": "E"}, "f": {"name": "F"},
}  # fmt: skip
LEVELS = {"low": {"name": "Low", "rank": 1}, "high": {"name": "High", "rank": 2}, "own": {"name": "Own"}}
PROVINCES = ["Kabul", "Kunar", "Ghor", "Herat", "Logar"]
Record = dict[str, Any]
Cell = tuple[Any, ...]
"""Group, kind of place, place, level, finding, source: what no two records of a table may share."""

named = st.sets(st.sampled_from([("in", name) for name in PROVINCES]), min_size=1)
others = st.sampled_from([("region", "Eastern"), ("region", "Own"), ("nationwide", True), ("unlocated", 3)])
blocks = st.tuples(
    st.sets(st.sampled_from(list(GROUPS)), min_size=1),
    named | others.map(lambda place: {place}),
    st.sampled_from(list(LEVELS)),
    st.sampled_from(["present", "present", "absent", "inconclusive"]),
    st.sampled_from(["s", "t"]),
)
tables = st.lists(blocks, max_size=6).map(
    lambda some: {(group, place, *rest) for groups, places, *rest in some for group in groups for place in places}
)
choices = st.fixed_dictionaries(
    {"level": st.sampled_from([None, *LEVELS]), "roll_up": st.booleans()},
    optional={"groups": st.lists(st.sampled_from(list(GROUPS)), min_size=1, unique=True).map(tuple)},
)


def write_record(groups: list[str], provinces: list[str], cell: Cell) -> Record:
    _, (kind, place), level, finding, source = cell
    where = {kind: provinces if kind == "in" else place}
    return {"group": groups, **where, "level": level, "finding": finding, "source": source}


def split(claims: set[Cell]) -> list[Record]:
    """Write one record for each claim."""
    return [write_record([cell[0]], [cell[1][1]], cell) for cell in sorted(claims, key=str)]


@st.composite
def gather(draw: st.DrawFn, claims: set[Cell]) -> list[Record]:
    """Write claims as records of several groups and provinces, as far as they make whole blocks, in any order."""
    left, records = set(claims), []
    while left:
        cell = draw(st.sampled_from(sorted(left, key=str)))
        _, (kind, _), *rest = cell
        alike = {(other[0], other[1]) for other in left if other[1][0] == kind and list(other[2:]) == rest}
        places = {place for group, place in alike if group == cell[0]} if kind == "in" else {cell[1]}
        places = draw(st.sets(st.sampled_from(sorted(places)), max_size=5)) | {cell[1]}
        whole = sorted({group for group, _ in alike if all((group, place) in alike for place in places)})
        groups = draw(st.permutations(whole))[: draw(st.integers(1, len(whole)))]
        records.append(write_record(groups, draw(st.permutations(sorted(str(name) for _, name in places))), cell))
        left -= {(group, place, *rest) for group in groups for place in places}
    return draw(st.permutations(records))


def join(records: list[Record], **asked: Any) -> JoinedTable:
    table = {
        "groups": GROUPS, "levels": LEVELS, "sources": {"s": {"title": "S"}, "t": {"title": "T"}},
        "regions": {"Own": ["Kabul", "Ghor"]}, "presence": records,
    }  # fmt: skip
    checked, _ = parse_presence(json.dumps(table).encode(), "t.yaml", GAZETTEER, allow_empty=True)
    return join_presence(checked, GAZETTEER, BOUNDARIES, Choices(**asked))


def describe(joined: JoinedTable) -> dict[str, object]:
    """Everything that a map is drawn from, without the numbers of records."""
    prints, table, report = joined.footprints, joined.table, joined.report
    codes = list(joined.units.index)
    views = [class_by_group(codes, prints, joined.shown), class_by_count(codes, prints, joined.shown)]
    views += [class_by_level(codes, prints, group) for group in prints]
    off_map = [table.records[index] for index in (*report.nationwide, *report.unlocated)]
    return {
        "footprints": list(prints.items()),
        "shown": joined.shown,
        "columns": joined.units[["groups", "count_class", "group_class"]].to_dict(),
        "classes": [group_by_class(view) for view in views],
        "report": (report.named, report.region_only, report.uncounted, report.uncovered, report.unplaced),
        "off the map": Counter(
            (group, record.place) for record in off_map for group in choose_groups(record, table, joined.choices)
        ),
        "claims": Counter(joined.claims.drop(columns=["geometry", "record"]).itertuples(index=False, name=None)),
    }


@settings(max_examples=settings().max_examples // 2)
@given(tables, st.data(), choices)
def test_any_split_of_records_gives_the_same_map(claims: set[Cell], data: st.DataObject, asked: dict[str, Any]) -> None:
    gathered = data.draw(gather(claims))
    assert describe(join(split(claims), **asked)) == describe(join(gathered, **asked))


def test_a_block_is_split_and_gathered() -> None:
    """What the property is about does happen: n groups by m provinces in one record."""
    claims = {(group, ("in", name), "low", "present", "s") for group in "ab" for name in PROVINCES}
    found = join([write_record(["b", "a"], PROVINCES[::-1], next(iter(claims)))])
    assert describe(found) == describe(join(split(claims)))
    assert len(found.table.records) == 1
    assert len(found.table.claims) == len(claims)


def test_the_description_sees_a_claim_less() -> None:
    claims = {(group, ("in", name), "low", "present", "s") for group in "ab" for name in PROVINCES}
    whole = describe(join(split(claims)))
    for cell in claims:
        assert describe(join(split(claims - {cell}))) != whole
