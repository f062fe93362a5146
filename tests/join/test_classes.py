"""Classes of units: the combination, the count, the level, and the five kinds of gap."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.join.classes import (
    CLAIMED,
    GAPS,
    MOST_BANDS,
    NAMED,
    REGION,
    STALE,
    UNNAMED,
    Combination,
    Gap,
    GroupCount,
    GroupLevel,
    ManyGroups,
    UnitClass,
    class_by_count,
    class_by_group,
    class_by_level,
    group_by_class,
)
from geo.join.footprints import Footprint
from geo.read.fields.scalars import Id

NA = dict.fromkeys("BK", Gap("na"))
UNITS = ("K", "G", "B")


def make_footprint(
    named: str = "",
    region: str = "",
    absent: str = "",
    unclear: str = "",
    touched: str = "",
    stale: str = "",
    able: str = "",
    claimed: str = "",
) -> Footprint:
    return Footprint(
        claimed=frozenset(claimed.split()),
        named=frozenset(named.split()),
        region=frozenset(region.split()),
        absent=frozenset(absent.split()),
        inconclusive=frozenset(unclear.split()),
        stale=frozenset(stale.split()),
        touched=frozenset(f"{touched} {named} {region} {stale}".split()),
        levels=dict.fromkeys(named.split(), ("seen",)),
        capabilities=dict.fromkeys(able.split(), ("attacks",)),
    )


def list_keys(classes: dict[str, UnitClass]) -> list[str]:
    return [each.key for each in classes.values()]


@pytest.mark.parametrize(
    ("footprints", "shown", "expected"),
    [
        ({"a": make_footprint("K")}, "a", "a gap:none gap:none"),
        ({"a": make_footprint("K"), "b": make_footprint("K", "G")}, "a b", "a+b b~ gap:none"),
        ({"a": make_footprint("K"), "b": make_footprint("K")}, "b", "b gap:none gap:none"),
        ({"a": make_footprint("K G"), "b": make_footprint("K")}, "b", "b gap:other gap:none"),
        ({"a": make_footprint(absent="K", unclear="G")}, "a", "gap:absent gap:inconclusive gap:none"),
        ({"a": make_footprint("K", able="K G")}, "a", "a gap:capability gap:none"),
        ({"a": make_footprint("K", able="G"), "b": make_footprint("G")}, "a b", "a b gap:none"),
        ({"a": make_footprint(able="K G"), "b": make_footprint("K")}, "a", "gap:other gap:capability gap:none"),
        ({"a": make_footprint(able="K"), "b": make_footprint(absent="K")}, "a b", "gap:capability gap:none gap:none"),
        ({"a": make_footprint(able="K"), "b": make_footprint("G")}, "b", "gap:other b gap:none"),
        ({"a": make_footprint(absent="K", unclear="K")}, "a", "gap:inconclusive gap:none gap:none"),
        ({"a": make_footprint("K", absent="K")}, "a", "a gap:none gap:none"),
        ({"a": make_footprint(absent="K"), "b": make_footprint("K")}, "a", "gap:other gap:none gap:none"),
        ({"a": make_footprint(touched="K")}, "a", "gap:other gap:none gap:none"),
        ({"a": make_footprint(absent="K"), "b": make_footprint("G")}, "b", "gap:other b gap:none"),
        ({"a": make_footprint(stale="K"), "b": make_footprint("K")}, "a b", "a!+b gap:none gap:none"),
        ({"a": make_footprint(stale="K"), "b": make_footprint("G")}, "b", "gap:other b gap:none"),
        ({"a": make_footprint("K G", claimed="K"), "b": make_footprint("K")}, "a b", "a*+b a gap:none"),
        ({"a": make_footprint("K", claimed="K")}, "a", "a* gap:none gap:none"),
        ({"a": make_footprint("K", claimed="K"), "b": make_footprint("G")}, "b", "gap:other b gap:none"),
        ({}, "", "gap:none gap:none gap:none"),
    ],
)
def test_combination_of_groups(footprints: dict[str, Footprint], shown: str, expected: str) -> None:
    assert list_keys(class_by_group(UNITS, footprints, shown.split())) == expected.split()


def test_where_the_question_does_not_apply() -> None:
    prints = {"a": make_footprint("K", stale="G")}
    assert list_keys(class_by_group(UNITS, prints, ["a"], NA)) == ["a", "a!", "gap:na"]
    assert list_keys(class_by_count(UNITS, prints, ["a"], NA)) == ["n:1", "gap:stale", "gap:na"]
    assert list_keys(class_by_level(UNITS, prints, "a", NA)) == ["level:seen", "gap:stale", "gap:na"]
    assert list_keys(class_by_group(UNITS, prints, [], NA)) == ["gap:other", "gap:other", "gap:na"]


def test_more_groups_than_bands_are_a_number() -> None:
    groups = {str(number): make_footprint("K") for number in range(MOST_BANDS + 1)}
    assert list_keys(class_by_group(["K"], groups, list(groups))) == ["many:5"]
    assert list_keys(class_by_group(["K"], groups, list(groups)[:-1])) == ["0+1+2+3"]


@pytest.mark.parametrize(
    ("footprints", "counted", "expected"),
    [
        ({"a": make_footprint("K"), "b": make_footprint("K", "G")}, "a b", "n:2 gap:region gap:none"),
        ({"a": make_footprint("K", absent="G")}, "a", "n:1 gap:absent gap:none"),
        ({"a": make_footprint("K"), "coalition": make_footprint("K G")}, "a", "n:1 gap:other gap:none"),
    ],
)
def test_count_of_groups(footprints: dict[str, Footprint], counted: str, expected: str) -> None:
    assert list_keys(class_by_count(UNITS, footprints, counted.split())) == expected.split()


@pytest.mark.parametrize(
    ("footprint", "expected"),
    [
        (make_footprint("K", claimed="K"), "level:seen* gap:none gap:none"),
        (make_footprint("K G", claimed="G"), "level:seen level:seen* gap:none"),
        (make_footprint("K", region="G", absent="K", claimed="K"), "level:seen* gap:region gap:none"),
        (make_footprint("K", stale="G", able="K B", claimed="K"), "level:seen* gap:stale gap:capability"),
        (make_footprint(able="K"), "gap:capability gap:none gap:none"),
    ],
)
def test_a_level_of_which_only_the_group_itself_speaks_is_a_class_of_its_own(
    footprint: Footprint, expected: str
) -> None:
    assert list_keys(class_by_level(UNITS, {"a": footprint}, "a")) == expected.split()


def test_level_of_one_group_ignores_the_others() -> None:
    footprints = {"a": make_footprint("K", "G"), "b": make_footprint("B")}
    assert list_keys(class_by_level(UNITS, footprints, "a")) == ["level:seen", "gap:region", "gap:none"]
    assert list_keys(class_by_level(UNITS, footprints, "unknown")) == ["gap:none"] * 3


codes = st.frozensets(st.sampled_from(UNITS))
some_footprints = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        lambda named, claimed, region, absent: Footprint(
            named,
            named & claimed,
            region - named,
            absent=absent,
            touched=named | region,
            levels=dict.fromkeys(named, ("seen",)),
        ),
        codes,
        codes,
        codes,
        codes,
    ),
)


@given(some_footprints, st.sets(st.sampled_from("abcdef")))
def test_every_unit_has_exactly_one_class_and_the_counts_add_up(
    footprints: dict[str, Footprint], shown: set[str]
) -> None:
    views = [class_by_group(UNITS, footprints, sorted(shown))]
    views += [class_by_level(UNITS, footprints, group) for group in footprints]
    assert [sum(map(len, group_by_class(classes).values())) for classes in views] == [len(UNITS)] * len(views)


@given(some_footprints)
def test_a_unit_reads_as_not_named_only_if_no_claim_speaks_of_it(footprints: dict[str, Footprint]) -> None:
    covered = frozenset().union(*(each.covered for each in footprints.values()))
    for classes in (class_by_group(UNITS, footprints, footprints), class_by_count(UNITS, footprints, [])):
        assert {unit for unit, each in classes.items() if each == UNNAMED} == set(UNITS) - covered


# Words of the keys themselves, numbers, and signs that an id may have.
IDS = ("1", "a", "n", "many", "none", "a.n", "a-n")


def test_no_two_classes_share_a_key() -> None:
    one = [*itertools.product(IDS, (NAMED, CLAIMED, REGION, STALE))]
    several = itertools.chain.from_iterable(itertools.product(one, repeat=size) for size in (1, 2, 3))
    numbered = [kind(number) for kind in (ManyGroups, GroupCount) for number in range(12)]
    levels = itertools.starmap(GroupLevel, itertools.product(IDS, (False, True)))
    classes: list[UnitClass] = [*map(Combination, several), *numbered, *levels, *GAPS]
    assert len({each.key for each in classes}) == len({*classes}) == len(classes) > 9000


@pytest.mark.parametrize("sign", "+*~!:")
def test_no_id_of_a_group_or_a_level_has_a_sign_of_a_key(sign: str) -> None:
    assert re.fullmatch(Id.form.pattern, "ab")
    assert not re.fullmatch(Id.form.pattern, f"a{sign}b")
    assert not re.fullmatch(Id.form.pattern, f"a{sign}")


@pytest.mark.parametrize(
    ("shown", "key"),
    [
        (Combination((("many", NAMED), ("n", REGION), ("none", STALE))), "many+n~+none!"),
        (Combination((("many", NAMED),)), "many"),
        (Combination((("many", CLAIMED), ("n", REGION))), "many*+n~"),
        (ManyGroups(5), "many:5"),
        (GroupCount(5), "n:5"),
        (GroupLevel("5"), "level:5"),
        (GroupLevel("5", claimed=True), "level:5*"),
        (Gap("none"), "gap:none"),
    ],
)
def test_keys_are_those_of_the_data_block(shown: UnitClass, key: str) -> None:
    assert shown.key == key
