"""JSON on a page: strings stay strings, values say what the model says and nothing empty."""

from __future__ import annotations

import json

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.draw.serialise import dump_json, to_plain, to_plain_record
from geo.model import Correction, Estimate, Evidence, Level, Moment, Period, Place, Position, Record, Relation, Span
from tests.draw.test_html import hostile, text


@given(st.dictionaries(text | hostile, text | hostile | st.lists(hostile)))
def test_json_reads_back_and_cannot_leave_its_element(value: dict[str, object]) -> None:
    written = dump_json(value)
    assert json.loads(written) == value
    assert not set(written) & set("<>&\u2028\u2029")
    assert jinja2.Template(written).render().strip() == written.replace("\r\n", "\n").strip()


def test_json_is_short_and_keeps_letters() -> None:
    value = {"é{}": ["<&>", "\u2028\u2029", "کابل", 1.5, None, True], "b": {}}
    assert dump_json(value) == (r'{"é\u007b\u007d":["\u003c\u0026\u003e","\u2028\u2029","کابل",1.5,null,true],"b":{}}')


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_in_json_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        dump_json([number])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("a", "a"),
        (1.5, 1.5),
        (True, True),
        (Moment(2020, 6), "2020-06"),
        (Period(Moment(2019), None), "2019 to open"),
        (Span(months=18), "18 months"),
        ((Moment(2020), "a"), ["2020", "a"]),
        ([None, ()], [None, []]),
        ({1: Moment(2020), "b": None}, {"1": "2020", "b": None}),
        (Level("a", "A", rank=0), {"id": "a", "name": "A", "rank": 0}),
        (Estimate(high=5), {"high": 5}),
        (Relation("rivalry", Evidence(), ("a", "b"), position=Position(1, 2)),
         {"type": "rivalry", "evidence": {"basis": "reported"}, "between": ["a", "b"]}),
        (Evidence, Evidence),
    ],
)  # fmt: skip
def test_a_value_is_what_json_knows_of_it(value: object, expected: object) -> None:
    assert to_plain(value) == expected


NONE = Evidence()
PLACE = Place("in", ("AF-KAB",))
BARE = {"groups": ["a"], "place": "in", "level": "l", "units": ["AF-KAB"]}


@pytest.mark.parametrize(
    ("record", "more"),
    [
        (Record(("a",), PLACE, "l", NONE), {}),
        (Record(("a",), PLACE, "l", NONE, finding="absent", trend="growing", as_written="x"),
         {"finding": "absent", "trend": "growing", "as_written": "x"}),
        (Record(("a",), PLACE, "l", Evidence(source="s", basis="claimed")), {"source": "s", "basis": "claimed"}),
        (Record(("a",), PLACE, "l", NONE, id="x", changed=Correction(Moment(2021), "misread")),
         {"id": "x", "changed": {"date": "2021", "reason": "misread"}}),
        (Record(("a",), Place("region", ("AF-KAB",), region="East"), "l", NONE), {"place": "region", "region": "East"}),
    ],
)  # fmt: skip
def test_a_record_says_nothing_that_is_so_where_nothing_is_said(record: Record, more: dict[str, object]) -> None:
    assert to_plain_record(record) == BARE | more
    assert to_plain_record(record, stale=True) == BARE | more | {"stale": True}


def test_a_record_that_names_no_unit_says_how_many() -> None:
    place = Place("unlocated", (), count=Estimate(best=3))
    assert to_plain_record(Record(("a",), place, "l", NONE)) == {
        "groups": ["a"], "place": "unlocated", "level": "l", "count": {"best": 3}
    }  # fmt: skip
