"""What differs between two tables: a table of cases, what makes no difference, and what holds for any two tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.join.diff import KINDS, MIRRORS, Changes, find_changes
from geo.join.filters import Choices
from geo.model import Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from tests.hostile.plant import dump

GAZETTEER = read_gazetteer()
LEVELS = {
    "low": {"name": "Low", "rank": 1},
    "high": {"name": "High", "rank": 2},
    "same": {"name": "Same", "rank": 2},
    "camps": {"name": "Camps"},
}
BASE: dict[str, Any] = {
    "title": "T",
    "levels": LEVELS,
    "sources": {"s": {"title": "S", "date": "2020"}, "t": {"title": "T", "date": "2021"}},
    "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
}


def read(*records: dict[str, Any], **more: Any) -> Table:
    data = BASE | more | {"presence": [{"level": "low", "source": "s", **record} for record in records]}
    return parse_presence(dump(data), "t.yaml", GAZETTEER, allow_empty=True)[0]


def list_kinds(changes: Changes) -> list[tuple[str, str, str]]:
    return sorted((each.kind, each.group, unit) for each in changes.units for unit in each.units)


KABUL = {"group": "a", "in": "AF-KAB"}
EAST = {"group": "a", "region": "Eastern"}

CASES = [
    pytest.param([], [KABUL], ["named"], id="newly named"),
    pytest.param([KABUL], [], ["unnamed"], id="no longer named"),
    pytest.param([KABUL], [KABUL | {"finding": "absent"}], ["absent", "unnamed"], id="looked and not found"),
    pytest.param([], [KABUL | {"finding": "absent"}], ["absent"], id="absent where nothing was said"),
    pytest.param([], [KABUL | {"finding": "inconclusive"}], ["inconclusive"], id="looked without a result"),
    pytest.param([KABUL], [KABUL, KABUL | {"finding": "absent", "source": "t"}], ["absent", "disputed"], id="disputed"),
    pytest.param([KABUL], [KABUL | {"level": "high"}], ["level-up"], id="level up"),
    pytest.param([KABUL | {"level": "high"}], [KABUL], ["level-down"], id="level down"),
    pytest.param(
        [KABUL], [KABUL, KABUL | {"level": "high", "source": "t"}], ["level-up", "source"], id="up by another source"
    ),
    pytest.param([KABUL], [KABUL, KABUL | {"level": "camps"}], ["level-new"], id="a kind besides"),
    pytest.param([KABUL | {"level": "camps"}], [KABUL], ["level-gone", "level-new"], id="a kind becomes a level"),
    pytest.param(
        [KABUL | {"level": "high"}], [KABUL | {"level": "same"}], ["level-gone", "level-new"], id="of equal rank"
    ),
    pytest.param([KABUL], [KABUL, KABUL | {"source": "t"}], ["source"], id="corroborated"),
    pytest.param([KABUL], [KABUL | {"source": "t"}], ["source", "source-gone"], id="another source instead"),
    pytest.param([KABUL], [KABUL | {"trend": "growing"}], ["trend"], id="trend"),
    pytest.param(
        [KABUL | {"trend": "growing"}], [KABUL | {"trend": "shrinking"}], ["trend", "trend-gone"], id="another trend"
    ),
]


@pytest.mark.parametrize(("old", "new", "kinds"), CASES)
def test_what_differs_in_a_unit(old: list[Any], new: list[Any], kinds: list[str]) -> None:
    before, after = read(*old), read(*new)
    assert list_kinds(find_changes(before, after)) == [(kind, "a", "AF-KAB") for kind in kinds]
    mirror = MIRRORS | {other: kind for kind, other in MIRRORS.items()}
    mirrored = sorted(mirror[kind] for kind in kinds)
    assert list_kinds(find_changes(after, before)) == [(kind, "a", "AF-KAB") for kind in mirrored]


@pytest.mark.parametrize(
    ("new", "instead"),
    [
        ([], "nothing"),
        ([EAST], "region"),
        ([{"group": "a", "in": "AF-KNR", "finding": "absent"}], "absent"),
        ([{"group": "a", "in": "AF-KNR", "finding": "inconclusive"}], "inconclusive"),
        ([EAST | {"finding": "absent"}], "other"),
    ],
)
def test_who_is_no_longer_named_may_be_silence_or_not(new: list[Any], instead: str) -> None:
    changes = find_changes(read({"group": "a", "in": "AF-KNR"}), read(*new))
    (found,) = [each for each in changes.units if each.kind == "unnamed"]
    assert (found.units, found.instead, found.old) == (("AF-KNR",), instead, (0,))


def test_a_name_says_more_than_a_region() -> None:
    named = {"group": "a", "in": "AF-KNR"}
    found = list_kinds(find_changes(read(EAST), read(EAST, named)))
    assert found == [("named", "a", "AF-KNR")]
    others = set(GAZETTEER.regions["Eastern"]) - {"AF-KNR"}
    assert list_kinds(find_changes(read(named), read(named, EAST))) == [
        ("region", "a", code) for code in sorted(others)
    ]


def test_each_change_cites_the_records_of_both_tables() -> None:
    old = read({"group": "b", "in": "AF-GHO"}, KABUL | {"note": "first"})
    new = read(KABUL | {"level": "high"}, {"group": "b", "in": "AF-GHO"}, KABUL | {"source": "t", "note": "second"})
    cited = {each.kind: (each.old, each.new, each.was, each.now) for each in find_changes(old, new).units}
    assert cited == {
        "level-up": ((1,), (0, 2), ("low",), ("high",)),
        "source": ((1,), (0, 2), (), ("t",)),
    }


def test_units_of_which_the_same_records_say_the_same_are_one_change() -> None:
    new = read({"group": ["a", "b"], "in": ["AF-KAB", "AF-GHO"]})
    assert [(each.kind, each.group, each.units) for each in find_changes(read(), new).units] == [
        ("named", "a", ("AF-GHO", "AF-KAB")),
        ("named", "b", ("AF-GHO", "AF-KAB")),
    ]


def test_a_level_above_which_claims_count_is_that_of_both() -> None:
    old, new = read(KABUL), read(KABUL | {"level": "high"})
    assert list_kinds(find_changes(old, new, Choices(level="high"))) == [("named", "a", "AF-KAB")]
    assert list_kinds(find_changes(new, old, Choices(level="high"))) == [("unnamed", "a", "AF-KAB")]
    assert find_changes(new, old, Choices(level="high")).units[0].instead == "other"


def test_a_scale_numbered_anew_is_no_step() -> None:
    levels = {"low": {"name": "Low", "rank": 1}, "high": {"name": "High", "rank": 2}}
    anew = {
        "least": {"name": "Least", "rank": 1},
        "low": {"name": "Low", "rank": 2},
        "high": {"name": "High", "rank": 3},
    }
    old, new = read(KABUL, levels=levels), read(KABUL, levels=anew)
    assert list_kinds(find_changes(old, new)) == []
    assert {shift.part for shift in find_changes(old, new).shifts} == {"level"}
    weaker = read(KABUL | {"level": "least"}, levels=anew)
    assert list_kinds(find_changes(old, weaker)) == [("level-down", "a", "AF-KAB")]


OFF_MAP = [
    {"group": "a", "nationwide": True}, {"group": "a", "unlocated": 3}, {"group": "a", "unlocated": {"low": 3}},
]  # fmt: skip


@pytest.mark.parametrize("record", OFF_MAP)
def test_what_is_off_the_map_is_told_by_its_record(record: dict[str, Any]) -> None:
    old, new = read(KABUL), read(KABUL, record)
    changes = find_changes(old, new)
    assert (changes.units, changes.unexplained) == ((), ((), (1,)))
    assert find_changes(new, old).unexplained == ((1,), ())


def test_a_record_in_other_words_is_told() -> None:
    changes = find_changes(read(KABUL), read(KABUL | {"note": "about"}))
    assert (changes.units, changes.unexplained, changes.is_empty) == ((), ((0,), (0,)), False)


SAID = {"text": "A sentence.", "source": "s"}
SHIFTS = [
    ({"title": "U"}, "title"),
    ({"as_of": "2022"}, "as_of"),
    ({"subtitle": "U"}, "subtitle"),
    ({"sources": BASE["sources"] | {"t": {"title": "T", "date": "2022"}}}, "source"),
    ({"levels": LEVELS | {"camps": {"name": "Camps", "note": "of any kind"}}}, "level"),
    ({"regions": {"West": ["AF-HER"]}}, "region"),
    ({"groups": BASE["groups"] | {"a": {"name": "A", "aliases": ["AA"]}}}, "group"),
    ({"groups": BASE["groups"] | {"a": {"name": "A", "colour": "#123456"}}}, "group"),
    ({"groups": BASE["groups"] | {"a": {"name": "A", "part_of": {"group": "b", "source": "s"}}}}, "part_of"),
    ({"groups": BASE["groups"] | {"a": {"name": "A", "strength": [{"best": 3, "counts": "x"}]}}}, "strength"),
    ({"groups": BASE["groups"] | {"a": {"name": "A", "statements": [SAID]}}}, "statement"),
    ({"relations": [{"between": ["a", "b"], "type": "alliance", "standing": "existing", "source": "s"}]}, "tie"),
]


@pytest.mark.parametrize(("more", "part"), SHIFTS)
def test_what_else_a_reader_sees_is_told(more: dict[str, Any], part: str) -> None:
    old, new = read(KABUL), read(KABUL, **more)
    for before, after in ((old, new), (new, old)):
        changes = find_changes(before, after)
        assert (changes.units, changes.gone, changes.added) == ((), (), ())
        assert [shift.part for shift in changes.shifts] == [part]


def test_groups_that_are_not_asked_for_make_no_difference() -> None:
    old, new = read(KABUL), read(KABUL, {"group": "b", "in": "AF-GHO"}, {"group": "b", "nationwide": True})
    assert find_changes(old, new, Choices(groups=("a",))).is_empty
    assert not find_changes(old, new, Choices(groups=("b",))).is_empty


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([{"group": ["a", "b"], "in": ["AF-KAB", "AF-GHO"]}], [{"group": ["b", "a"], "in": ["AF-GHO", "AF-KAB"]}]),
        (
            [{"group": ["a", "b"], "in": ["AF-KAB", "AF-GHO"]}],
            [{"group": group, "in": code} for code in ("AF-GHO", "AF-KAB") for group in ("b", "a")],
        ),
        ([KABUL, EAST], [EAST, KABUL]),
        ([KABUL | {"internal": "call them"}], [KABUL]),
        ([KABUL], [KABUL | {"finding": "present", "basis": "reported"}]),
    ],
    ids=["order within a record", "split", "moved", "internal", "said where it is so anyhow"],
)
def test_what_says_the_same_makes_no_difference(old: list[Any], new: list[Any]) -> None:
    assert find_changes(read(*old), read(*new)).is_empty
    assert find_changes(read(*new), read(*old)).is_empty


CODES = ("AF-KAB", "AF-KNR", "AF-GHO")
PLACES = st.one_of(
    st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(lambda codes: {"in": codes}),
    st.just({"region": "Eastern"}),
    st.just({"nationwide": True}),
    st.integers(1, 4).map(lambda count: {"unlocated": count}),
)
RECORDS = st.builds(
    lambda place, rest: {**place, **{key: value for key, value in rest.items() if value}},
    PLACES,
    st.fixed_dictionaries(
        {
            "group": st.lists(st.sampled_from("ab"), min_size=1, unique=True),
            "level": st.sampled_from(list(LEVELS)),
            "source": st.sampled_from(["s", "t"]),
            "finding": st.sampled_from(["present", "absent", "inconclusive"]),
            "trend": st.sampled_from([None, "growing", "stable"]),
        }
    ),
)


def drop_clashes(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep records that no other one is a repetition of."""
    kept: list[dict[str, Any]] = []
    seen: set[tuple[object, ...]] = set()
    for record in records:
        places = record.get("in") or [record.get("region") or record.get("unlocated") or "nationwide"]
        rest = tuple(record.get(key) for key in ("level", "source", "finding"))
        keys = {(group, place, *rest) for group in record["group"] for place in places}
        if not keys & seen:
            seen |= keys
            kept.append(record)
    return kept


TABLES = st.lists(RECORDS, max_size=6).map(drop_clashes)


def order(table: Table, places: list[int]) -> Table:
    """Return the same table with its records in another order, and its mappings turned round."""
    records = [table.records[place] for place in places]
    where = {place: new for new, place in enumerate(places)}
    claims = tuple(replace(claim, record=where[claim.record]) for claim in reversed(table.claims))
    turned: dict[str, Any] = {
        key: dict(reversed(getattr(table, key).items())) for key in ("groups", "sources", "levels")
    }
    return replace(table, records=tuple(records), claims=claims, **turned)


@given(TABLES, st.randoms(use_true_random=False))
def test_a_table_and_its_copy_in_another_order_do_not_differ(records: list[dict[str, Any]], dice: Any) -> None:
    table = read(*records)
    places = list(range(len(table.records)))
    dice.shuffle(places)
    for copy in (table, order(table, places)):
        assert find_changes(table, copy) == Changes()
        assert find_changes(copy, table) == Changes()


@given(TABLES, TABLES)
def test_tables_that_change_places_give_the_mirror(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    before, after = read(*old), read(*new)
    there, back = find_changes(before, after), find_changes(after, before)
    mirror = MIRRORS | {other: kind for kind, other in MIRRORS.items()}
    turned = sorted((mirror[kind], group, unit) for kind, group, unit in list_kinds(there))
    assert turned == list_kinds(back)
    assert (there.gone, there.added) == (back.added, back.gone)
    assert there.is_empty == back.is_empty
    assert {each.kind for each in there.units} <= set(KINDS)


@given(TABLES, TABLES)
def test_every_change_rests_on_a_record(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    before, after = read(*old), read(*new)
    for change in find_changes(before, after).units:
        cited = [before.records[index] for index in change.old] + [after.records[index] for index in change.new]
        assert cited
        assert all(change.group in record.groups and {*change.units} <= {*record.place.units} for record in cited)


def test_what_has_gone_out_of_date_is_told_apart_from_silence() -> None:
    levels = {"low": {"name": "Low", "rank": 1, "valid_for": "12 months"}}
    old, new = (read(KABUL, levels=levels, as_of=as_of) for as_of in ("2021", "2022"))
    changes = find_changes(old, new)
    assert [(each.kind, each.instead, each.old, each.new) for each in changes.units] == [
        ("unnamed", "stale", (0,), (0,))
    ]
    assert find_changes(new, old).units[0].kind == "named"
    before, after = (read(EAST, levels=levels, as_of=as_of) for as_of in ("2021", "2022"))
    assert {kind for kind, *_ in list_kinds(find_changes(before, after))} == {"region-gone", "stale"}


def test_where_the_question_does_not_apply_is_told() -> None:
    changes = find_changes(read(KABUL), read(KABUL, not_applicable=["AF-GHO"]))
    assert [(shift.part, shift.old, shift.new) for shift in changes.shifts] == [("not_applicable", (), ("AF-GHO",))]
