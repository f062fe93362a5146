"""A correction is no event: a table of cases, what it leaves alone, and what holds for any correction."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.join.diff import Changes, find_changes
from geo.join.filters import Choices
from geo.model import Moment
from tests.join.test_diff import BASE, KABUL, PLACES, TABLES, list_kinds, read

MAY, JUNE = ({"date": f"2021-{month}", "reason": "misread"} for month in ("05", "06"))
KUNAR = {"group": "a", "in": "AF-KNR"}
LOGAR = {"group": "a", "in": "AF-LOG"}
X, Y = {"id": "x"}, {"id": "y"}


def describe(changes: Changes) -> dict[str, Any]:
    """What was found, without what is empty."""
    found = {
        "kinds": [f"{kind} {group} {unit[3:]}" for kind, group, unit in list_kinds(changes)],
        "corrected": [(each.old, each.new, *(unit[3:] for unit in each.units)) for each in changes.corrections],
        "altered": [(each.old, each.new, *(unit[3:] for unit in each.units)) for each in changes.altered],
        "gone": list(changes.gone),
        "added": list(changes.added),
    }
    return {key: value for key, value in found.items() if value}


CASES = [
    pytest.param([KABUL | X], [LOGAR | X | {"changed": MAY}], {"corrected": [(0, 0, "KAB", "LOG")]}, id="place"),
    pytest.param(
        [KABUL | X], [KABUL | X | {"level": "high", "changed": MAY}], {"corrected": [(0, 0, "KAB")]}, id="level"
    ),
    pytest.param(
        [KABUL | X], [KABUL | X | {"finding": "absent", "changed": MAY}], {"corrected": [(0, 0, "KAB")]}, id="finding"
    ),
    pytest.param(
        [KABUL | X], [KABUL | X | {"source": "t", "changed": MAY}], {"corrected": [(0, 0, "KAB")]}, id="source"
    ),
    pytest.param([KABUL | X], [KABUL | X | {"changed": MAY}], {"corrected": [(0, 0)]}, id="nothing that is shown"),
    pytest.param(
        [{"group": "a", "in": ["AF-KAB", "AF-KNR"], **X}], [KABUL | X | {"changed": MAY}],
        {"corrected": [(0, 0, "KNR")]}, id="one province of two",
    ),
    pytest.param(
        [{"group": "a", "nationwide": True, **X}], [KABUL | X | {"changed": MAY}], {"corrected": [(0, 0, "KAB")]},
        id="from off the map",
    ),
    pytest.param(
        [KABUL | X | {"changed": MAY}], [LOGAR | X | {"changed": JUNE}], {"corrected": [(0, 0, "KAB", "LOG")]},
        id="a second time",
    ),
    pytest.param(
        [KABUL | X], [KABUL | X | {"level": "high", "changed": MAY}, KUNAR | Y],
        {"kinds": ["named a KNR"], "corrected": [(0, 0, "KAB")], "added": [1]}, id="beside an event",
    ),
    pytest.param(
        [KUNAR | X], [LOGAR | X | {"changed": MAY}, KUNAR | Y | {"source": "t"}],
        {"kinds": ["named a KNR"], "corrected": [(0, 0, "KNR", "LOG")], "added": [1]},
        id="an event where the older table was wrong by chance right",
    ),
    pytest.param(
        [KABUL | X | {"level": "high"}, KABUL | Y], [KABUL | X | {"changed": MAY}],
        {"corrected": [(0, 0, "KAB")], "gone": [1]}, id="what is gone besides",
    ),
    # Not known by an id: taken at its word, and what it was before is told as it always was.
    pytest.param([], [KABUL | {"changed": MAY}], {"corrected": [(None, 0, "KAB")]}, id="without an id"),
    pytest.param([KUNAR | X], [KUNAR | X, KABUL | Y | {"changed": MAY}], {"corrected": [(None, 1, "KAB")]}, id="an id"),
    pytest.param(
        [KABUL], [LOGAR | {"changed": MAY}], {"kinds": ["unnamed a KAB"], "corrected": [(None, 0, "LOG")], "gone": [0]},
        id="no id on either side",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "found"), CASES)
def test_what_is_corrected_did_not_happen(old: list[Any], new: list[Any], found: dict[str, Any]) -> None:
    assert describe(find_changes(read(*old), read(*new))) == found


LEFT = [
    pytest.param([KABUL], [KABUL | X], {}, id="an id that is given"),
    pytest.param([KABUL | X], [KABUL | Y], {}, id="another id"),
    pytest.param([KABUL | {"changed": MAY}], [KABUL | X | {"changed": MAY}], {}, id="an id beside a known correction"),
    pytest.param([KABUL | X | {"changed": MAY}], [KABUL | X | {"changed": MAY}], {}, id="known already"),
    pytest.param(
        [KABUL | X], [LOGAR | X], {"kinds": ["named a LOG", "unnamed a KAB"], "altered": [(0, 0, "KAB", "LOG")]},
        id="an event of the same record",
    ),
    pytest.param(
        [KABUL | X | {"changed": MAY}], [LOGAR | X | {"changed": MAY}],
        {"kinds": ["named a LOG", "unnamed a KAB"], "altered": [(0, 0, "KAB", "LOG")]}, id="an event later",
    ),
    pytest.param(
        [KABUL | {"changed": MAY}], [LOGAR | {"changed": MAY}],
        {"kinds": ["named a LOG", "unnamed a KAB"], "gone": [0], "added": [0]}, id="the same without an id",
    ),
    pytest.param([KABUL | X | {"changed": MAY}], [KABUL | X], {"altered": [(0, 0)]}, id="no longer corrected"),
    pytest.param(
        [KABUL | X | {"changed": JUNE}], [KABUL | X | {"changed": MAY}], {"altered": [(0, 0)]}, id="corrected earlier"
    ),
    pytest.param([KABUL | X], [KABUL | X | {"note": "so"}], {"altered": [(0, 0, "KAB")]}, id="other words"),
    pytest.param([KABUL], [KABUL | {"note": "so"}], {"gone": [0], "added": [0]}, id="other words without an id"),
    pytest.param(
        [{"group": "a", "nationwide": True, **X}], [{"group": "a", "nationwide": True, "level": "high", **X}],
        {"altered": [(0, 0)]}, id="off the map",
    ),
    pytest.param([KABUL | X], [KABUL | Y | {"note": "so"}], {"gone": [0], "added": [0]}, id="another id's words"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "found"), LEFT)
def test_what_is_no_correction_is_told_as_it_is(old: list[Any], new: list[Any], found: dict[str, Any]) -> None:
    assert describe(find_changes(read(*old), read(*new))) == found


def test_a_change_that_shows_both_sides_of_a_record_tells_of_it() -> None:
    old, new = read(KABUL | X, KUNAR | Y), read(KABUL | X | {"level": "high"}, KUNAR | Y | {"note": "so"})
    changes = find_changes(old, new)
    assert [each.id for each in changes.altered] == ["x", "y"]
    assert [each.id for each in changes.untold] == ["y"]
    assert changes.find_told(changes.altered[0]) == {"AF-KAB"}
    assert changes.find_told(changes.altered[1]) == set()


@pytest.mark.parametrize(("as_of", "kinds"), [("2021-06", []), ("2020", [("named", "a", "AF-KAB")])])
def test_what_no_older_table_could_hold_is_no_correction_of_it(as_of: str, kinds: list[Any]) -> None:
    """Its source appeared in 2021: added and corrected since, it is new all the same."""
    new = read(KABUL | X | {"source": "t", "changed": MAY}, as_of="2022")
    assert list_kinds(find_changes(read(as_of=as_of), new)) == kinds


def test_one_table_at_two_days_corrects_nothing() -> None:
    table = read(KUNAR | X, LOGAR | Y | {"source": "t", "changed": {"date": "2020-06", "reason": "misread"}})
    for changed in (table, read(KUNAR | X, LOGAR | Y | {"source": "t"})):
        changes = find_changes(changed, changed, days=(Moment(2020), Moment(2021)))
        assert describe(changes) == {"kinds": ["named a LOG"], "added": [1]}
        assert changes.shifts == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("high", "low", (0, None)),
        ("low", "high", (None, 0)),
        ("low", "low", None),
    ],
)
def test_what_counts_no_longer_by_a_correction_is_not_said_to_be_gone(old: str, new: str, found: Any) -> None:
    changed = KABUL | X | {"confidence": new, "changed": MAY}
    changes = find_changes(read(KABUL | X | {"confidence": old}), read(changed), Choices(confidence="high"))
    assert list_kinds(changes) == []
    assert [(each.old, each.new) for each in changes.corrections] == ([found] if found else [])
    assert (changes.gone, changes.added) == ((), ())


def test_records_that_do_not_count_move_no_number() -> None:
    """Numbers are those of the records that are left by what was chosen."""
    low, high = {"confidence": "low"}, {"confidence": "high"}
    old = read(KUNAR | low, KABUL | X | high, LOGAR | Y | high)
    new = read(KUNAR | low, KABUL | X | high | {"level": "high", "changed": MAY}, LOGAR | Y | high | {"level": "high"})
    changes = find_changes(old, new, Choices(confidence="high"))
    assert describe(changes) == {"kinds": ["level-up a LOG"], "corrected": [(0, 0, "KAB")], "altered": [(1, 1, "LOG")]}
    assert [(each.old, each.new) for each in changes.units] == [((1,), (1,))]


def test_only_the_groups_that_are_asked_for_are_told_of() -> None:
    old, new = read(KABUL | X), read(LOGAR | X | {"changed": MAY})
    assert find_changes(old, new, Choices(groups=("b",))).is_empty
    assert not find_changes(old, new, Choices(groups=("a",))).is_empty


def test_a_correction_may_bring_a_level_and_a_source_that_the_older_table_lacks() -> None:
    levels = BASE["levels"] | {"most": {"name": "Most", "rank": 3}}
    sources = BASE["sources"] | {"u": {"title": "U", "date": "2020"}}
    old = read(KABUL | X)
    fixed = KABUL | X | {"level": "high", "source": "u", "changed": MAY}
    new = read(fixed, KABUL | Y | {"level": "most"}, levels=levels, sources=sources)
    (found,) = [each for each in find_changes(old, new).units if each.kind == "level-up"]
    assert (found.was, found.now, found.old, found.new) == (("high",), ("most",), (0,), (0, 1))


@given(TABLES, PLACES, st.integers(0, 5))
def test_whatever_a_correction_changes_nobody_is_newly_or_no_longer_named(
    records: list[dict[str, Any]], place: dict[str, Any], number: int
) -> None:
    known = [record | {"id": f"r{at}"} for at, record in enumerate(records)]
    if not known:
        return
    kept = {
        key: value
        for key, value in known[number % len(known)].items()
        if key not in ("in", "region", "nationwide", "unlocated")
    }
    fixed = kept | place | {"basis": "claimed", "changed": MAY}
    old = read(*known)
    new = read(*(fixed if record["id"] == kept["id"] else record for record in known))
    changes = find_changes(old, new)
    assert (changes.units, changes.gone, changes.added, changes.altered) == ((), (), (), ())
    assert [each.id for each in changes.corrections] == [kept["id"]]
