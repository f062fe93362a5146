"""The claims of a page are read from its data block, and of a block of any other shape none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.read.own_page import parse_page
from geo.read.page_claims import PageClaim, count_claims
from tests.pages import join_data, sketch_page

RED = {"groups": ["red"], "place": "in", "units": ["AF-KAB", "AF-KNR"], "level": "cells", "source": "s"}
BOTH = ["red, AF-KAB, cells, source s", "red, AF-KNR, cells, source s"]
LOOSE = {"groups": ["a"], "place": "unlocated", "level": "l"}
UNITS = [{"code": "AF-GHO"}, {"code": "AF-KAB"}, {"code": "AF-KNR"}]
SHORT = {"groups": ["red"], "units": [1, 2], "level": "cells", "source": "s"}


def word(block: dict[str, Any]) -> list[str] | None:
    found = count_claims(block)
    return None if found is None else sorted(map(str, found.elements()))


@pytest.mark.parametrize(
    ("block", "claims"),
    [
        ({"records": []}, []),
        ({"records": [RED]}, BOTH),
        ({"records": [RED, RED]}, sorted(BOTH * 2)),
        ({"records": [RED | {"note": "n", "quote": "q", "as_written": "w"}]}, BOTH),
        ({"records": [RED | {"finding": "absent", "units": ["AF-KAB"]}]}, ["red, AF-KAB, cells, absent, source s"]),
        ({"records": [RED | {"place": "region", "units": ["AF-KAB"], "region": "East"}]},
         ["red, AF-KAB (region), cells, source s"]),
        ({"records": [{"groups": ["a", "b"], "place": "nationwide", "level": "l"}]},
         ["a, nationwide, l", "b, nationwide, l"]),
        ({"records": [LOOSE | {"count": 3, "observed": "2020", "id": "r1"}]},
         ["a, unlocated, l, count 3, observed 2020, id r1"]),
        ({"records": [SHORT], "units": UNITS, "steps": []}, BOTH),
        ({"records": {"keys": ["groups", "units", "level", "source"], "rows": [[["red"], [1, 2], "cells", "s"]]},
          "units": UNITS, "steps": []}, BOTH),
        ({"records": {"keys": ["groups", "units", "level", "source"], "rows": [[["red"], [1], "l"]]},
          "units": UNITS, "steps": []}, ["red, AF-KAB, l"]),
    ],
)  # fmt: skip
def test_claims_are_read(block: dict[str, Any], claims: list[str]) -> None:
    assert word(block) == claims


@pytest.mark.parametrize(
    "block",
    [
        {}, {"records": None}, {"records": 3}, {"records": [None]}, {"records": "abc"}, {"records": {}},
        {"records": {"keys": 3, "rows": [[]]}}, {"records": [{}]}, {"records": [RED | {"groups": "red"}]},
        {"records": [RED | {"groups": [["red"]]}]}, {"records": [RED | {"units": "AF-KAB"}]},
        {"records": [RED | {"units": [1]}]}, {"records": [RED | {"level": 1}]}, {"records": [RED | {"source": None}]},
        {"records": [SHORT], "steps": []}, {"records": [SHORT], "steps": [], "units": [{"code": 1}] * 3},
        {"records": [SHORT], "steps": [], "units": UNITS[:1]}, {"records": [SHORT], "steps": [], "units": 3},
        {"records": [{"groups": ["a"] * 1001, "units": ["u"] * 1001, "level": "l"}]},
    ],
)  # fmt: skip
def test_of_a_block_of_another_shape_none_are_read(block: dict[str, Any]) -> None:
    assert count_claims(block) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["groups", "units", "keys", "rows", "code", "place", "level"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(records=JSON, units=JSON, steps=st.booleans())
def test_whatever_a_block_holds_it_is_read_or_not(records: Any, units: Any, steps: bool) -> None:
    found = count_claims({"records": records, "units": units} | ({"steps": []} if steps else {}))
    assert found is None or all(isinstance(each, PageClaim) for each in found)


TABLE = {
    "levels": {"cells": {"name": "Cells", "rank": 1}},
    "sources": {"s": {"title": "S", "date": "2020-06"}, "t": {"title": "T", "date": "2019-03"}},
    "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
    "presence": [
        {"group": ["a", "b"], "in": ["Kabul", "Kunar"], "level": "cells", "source": "s", "confidence": "low"},
        {"group": "b", "in": ["Ghor"], "level": "cells", "source": "t", "finding": "absent"},
        {"group": "b", "nationwide": True, "as_written": "everywhere", "level": "cells", "source": "t"},
    ],
}


def test_every_page_of_a_table_has_the_same_claims() -> None:
    joined = join_data(TABLE)
    names = ("overlay", "choropleth", "compare", "timeline", "report")
    found: list[Counter[PageClaim] | None] = [
        count_claims(parse_page(sketch_page(name, joined).get_root().render(), name).block) for name in names
    ]
    assert found[0] is not None
    assert sorted(map(str, found[0])) == [
        "a, AF-KAB, cells, source s, confidence low", "a, AF-KNR, cells, source s, confidence low",
        "b, AF-GHO, cells, absent, source t", "b, AF-KAB, cells, source s, confidence low",
        "b, AF-KNR, cells, source s, confidence low", "b, nationwide, cells, source t",
    ]  # fmt: skip
    assert [each == found[0] for each in found] == [True] * len(names)
