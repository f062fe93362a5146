"""Footprints: what counts as named, region-only, absent; levels; parts rolled up."""

from dataclasses import replace

import pytest

from geo.join.filters import Choices
from geo.join.footprints import Footprint, find_footprints, find_root, find_shown
from geo.model import Claim, Evidence, Group, Level, Moment, PartOf, Period, Place, Record, Span, Table

LEVELS = {
    "seen": Level("seen", "Seen", 1),
    "cells": Level("cells", "Cells", 2),
    "camps": Level("camps", "Camps"),
}


def make_record(groups: str, units: str, level: str = "seen", *, kind: str = "in", finding: str = "present") -> Record:
    return Record(tuple(groups.split()), Place(kind, tuple(units.split())), level, Evidence(), finding)


def make_table(*records: Record, parts: dict[str, str] | None = None, kinds: dict[str, str] | None = None) -> Table:
    ids = ["a", "b", "c", "whole"]
    groups = {
        each: Group(
            each,
            each.upper(),
            each.upper(),
            kind=(kinds or {}).get(each, "group"),
            part_of=PartOf(parts[each], Evidence()) if parts and each in parts else None,
        )
        for each in ids
    }
    claims = tuple(
        Claim(group, unit, index)
        for index, record in enumerate(records)
        for group in record.groups
        for unit in (record.place.units or (None,))
    )
    return Table("t", LEVELS, {}, groups, records, claims)


def date_record(groups: str, units: str, year: int, *, kind: str = "in", finding: str = "present") -> Record:
    record = make_record(groups, units, "aging", kind=kind, finding=finding)
    return replace(record, evidence=Evidence(observed=Period(Moment(year), Moment(year))))


AGING = {**LEVELS, "aging": Level("aging", "Aging", 3, valid_for=Span(months=24))}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([date_record("a", "K", 2017)], {"stale": "K", "touched": "K"}),
        ([date_record("a", "K", 2018)], {"named": "K", "touched": "K"}),
        ([date_record("a", "K", 2017), date_record("a", "K", 2019)], {"named": "K", "touched": "K"}),
        ([date_record("a", "K", 2017, kind="region")], {"stale": "K", "touched": "K"}),
        ([date_record("a", "K", 2017), date_record("a", "K G", 2019, kind="region")],
         {"region": "K G", "touched": "K G"}),
        ([date_record("a", "K", 2017), date_record("a", "K", 2019, finding="absent")], {"absent": "K"}),
        ([date_record("a", "K", 2017), date_record("a", "K", 2019, finding="inconclusive")], {"inconclusive": "K"}),
        ([date_record("a", "K", 2017, finding="absent")], {"touched": "K"}),
        ([make_record("a", "K", "aging")], {"named": "K", "touched": "K"}),
    ],
)  # fmt: skip
def test_a_record_grows_old(records: list[Record], expected: dict[str, str]) -> None:
    table = replace(make_table(*records), levels=AGING, as_of=Moment(2020))
    found = find_footprints(table)["a"]
    for name in ("named", "region", "stale", "absent", "inconclusive", "touched"):
        assert getattr(found, name) == frozenset(expected.get(name, "").split()), name
    undated = find_footprints(replace(table, as_of=None))["a"]
    assert undated.stale == frozenset()


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([make_record("a", "K G")], {"a": {"named": "K G"}}),
        ([make_record("a b", "K")], {"a": {"named": "K"}, "b": {"named": "K"}}),
        ([make_record("a", "K", kind="region")], {"a": {"region": "K"}}),
        ([make_record("a", "K", kind="region"), make_record("a", "K")], {"a": {"named": "K"}}),
        ([make_record("a", "K", finding="absent")], {"a": {"absent": "K"}}),
        ([make_record("a", "K", finding="inconclusive")], {"a": {"inconclusive": "K"}}),
        ([make_record("a", "K", kind="region", finding="absent")], {"a": {}}),
        ([make_record("a", "", kind="nationwide")], {}),
        ([make_record("a", "", kind="unlocated")], {}),
    ],
)
def test_footprint_is_what_claims_say(records: list[Record], expected: dict[str, dict[str, str]]) -> None:
    found = find_footprints(make_table(*records))
    assert set(found) == set(expected)
    for group, sets in expected.items():
        for name in ("named", "region", "absent", "inconclusive"):
            assert getattr(found[group], name) == frozenset(sets.get(name, "").split()), (group, name)


@pytest.mark.parametrize(
    ("chosen", "named"),
    [(None, "K G B"), ("seen", "K G"), ("cells", "G"), ("camps", "B")],
)
def test_chosen_level_lets_ranked_levels_through_and_an_unranked_one_alone(chosen: str | None, named: str) -> None:
    table = make_table(make_record("a", "K", "seen"), make_record("a", "G", "cells"), make_record("a", "B", "camps"))
    footprint = find_footprints(table, Choices(level=chosen))["a"]
    assert footprint.named == frozenset(named.split())
    assert footprint.touched == frozenset("KGB"), "a claim below the level still speaks of the unit"


def test_two_levels_in_one_unit_stand_strongest_first_and_unranked_last() -> None:
    records = [make_record("a", "K", level) for level in ("camps", "seen", "cells")]
    assert find_footprints(make_table(*records))["a"].levels == {"K": ("cells", "seen", "camps")}


@pytest.mark.parametrize(
    ("reported", "claimed", "levels", "is_claimed"),
    [
        ("seen", "cells", "seen cells", False),
        ("camps", "seen cells", "camps cells seen", False),
        ("cells", "seen", "cells seen", False),
        ("seen", "seen cells", "seen cells", False),
        ("", "seen camps cells", "cells seen camps", True),
    ],
)
def test_what_only_the_group_itself_claims_stands_after_what_others_report(
    reported: str, claimed: str, levels: str, is_claimed: bool
) -> None:
    own = Evidence(basis="claimed")
    records = [replace(make_record("a", "K", level), evidence=own) for level in claimed.split()]
    records += [make_record("a", "K", level) for level in reported.split()]
    footprint = find_footprints(make_table(*records))["a"]
    assert footprint.levels == {"K": tuple(levels.split())}
    assert footprint.claimed == frozenset("K" if is_claimed else "")


def test_present_and_absent_in_one_unit_is_disputed() -> None:
    footprint = find_footprints(make_table(make_record("a", "K G"), make_record("a", "K", finding="absent")))["a"]
    assert footprint.disputed == {"K"}


def test_roll_up_counts_parts_as_the_whole_all_the_way_up() -> None:
    table = make_table(make_record("a", "K"), make_record("c", "G"), parts={"a": "b", "b": "whole"})
    rolled = find_footprints(table, Choices(roll_up=True))
    assert {group: each.named for group, each in rolled.items()} == {"c": {"G"}, "whole": {"K"}}
    assert set(find_footprints(table)) == {"a", "c"}, "without it a part stays itself"


def test_shown_groups_follow_the_table_and_a_rolled_up_choice_finds_its_whole() -> None:
    table = make_table(make_record("a", "K"), make_record("c", "G"), parts={"a": "whole"})
    assert find_shown(table, ["a", "c"], Choices(groups=("c", "a"))) == ("a", "c")
    assert find_shown(table, ["c", "whole"], Choices(groups=("a",), roll_up=True)) == ("whole",)
    assert find_shown(table, ["a", "c"], Choices()) == ("a", "c")


def test_an_empty_footprint_covers_nothing() -> None:
    assert Footprint().covered == frozenset()


def test_rank_nought_is_a_rank() -> None:
    levels = {"camps": Level("camps", "Camps"), "trace": Level("trace", "Trace", 0)}
    records = (make_record("a", "K", "camps"), make_record("a", "K", "trace"))
    table = Table("t", levels, {}, {"a": Group("a", "A", "A")}, records, (Claim("a", "K", 0), Claim("a", "K", 1)))
    assert find_footprints(table)["a"].levels == {"K": ("trace", "camps")}


def test_a_group_may_stand_below_any_number_of_others() -> None:
    groups = {str(i): Group(str(i), "G", "G", part_of=PartOf(str(i + 1), Evidence())) for i in range(3000)}
    groups["3000"] = Group("3000", "G", "G")
    assert find_root(Table("t", {}, {}, groups, (), ()), "0") == "3000"


ABLE = {**LEVELS, "attacks": Level("attacks", "Able to attack", footprint=False),
        "reach": Level("reach", "Able to reach", 9, valid_for=Span(months=24), footprint=False)}  # fmt: skip


@pytest.mark.parametrize(
    ("records", "level", "expected", "able"),
    [
        ([make_record("a", "K", "attacks")], None, {}, {"K": ("attacks",)}),
        ([make_record("a", "K", "reach"), make_record("a", "K G", "attacks")], None, {},
         {"K": ("attacks", "reach"), "G": ("attacks",)}),
        ([make_record("a", "K", "attacks"), make_record("a", "K")], None, {"named": "K", "touched": "K"},
         {"K": ("attacks",)}),
        ([make_record("a", "K", "attacks", kind="region")], None, {"touched": "K"}, {}),
        ([make_record("a", "K", "attacks", finding="absent")], None, {"touched": "K"}, {}),
        ([make_record("a", "K", "attacks", finding="inconclusive"), make_record("a", "K")], None,
         {"named": "K", "touched": "K"}, {}),
        ([make_record("a", "K", "attacks")], "attacks", {}, {"K": ("attacks",)}),
        ([make_record("a", "K", "attacks")], "seen", {"touched": "K"}, {}),
        ([make_record("a", "K", "reach")], "cells", {}, {"K": ("reach",)}),
        ([replace(date_record("a", "K", 2017), level="reach")], None, {"touched": "K"}, {}),
    ],
)  # fmt: skip
def test_what_a_group_can_do_is_in_no_footprint(
    records: list[Record], level: str | None, expected: dict[str, str], able: dict[str, tuple[str, ...]]
) -> None:
    table = replace(make_table(*records), levels=ABLE, as_of=Moment(2020))
    footprint = find_footprints(table, Choices(level=level))["a"]
    sets = {name: frozenset(units.split()) for name, units in expected.items()}
    names = ("named", "region", "stale", "absent", "inconclusive", "touched")
    assert {name: getattr(footprint, name) for name in names} == {**dict.fromkeys(names, frozenset()), **sets}
    assert footprint.capabilities == able
    assert footprint.levels == ({"K": ("seen",)} if "named" in expected else {})
    assert footprint.covered == {unit for record in records for unit in record.place.units}
