"""The YAML that import writes: every text comes back, and a person can read it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geo.export.yaml_table import NOTHING, write_table
from geo.read.common.nodes import List, Map, Node, Text
from geo.read.yaml.parse import parse_tree

ODD = ["null", "~", "<<", "=", "- a", "a: b", "#x", "%", "'", '"', "|", "a\nb", "a\n\n b", " a\nb ", "{", "[a]", "? a",
       "!a", "&a", "*a", "no", "017", "2020-06-14", "@a", "`a", "a #b", "---", "...", "a\tb", "x" * 200,
       "گروه", "a\r\nb"]  # fmt: skip
SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufffe\uffff")
TEXTS = st.sampled_from(ODD) | st.text(SIGNS, min_size=1)
KEYS = st.sampled_from(["group", "in", "note", "a b", "null", "a: b", "#x", "groups", "presence"]) | st.text(
    SIGNS, min_size=1
)
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3),
    max_leaves=8,
)  # fmt: skip


def strip(node: Node) -> Any:
    """Give a tree as plain values; what means nothing stands in quotes."""
    if isinstance(node, Text):
        assert not (node.plain and node.text in NOTHING)
        return node.text
    if isinstance(node, List):
        return [strip(item) for item in node.items]
    assert isinstance(node, Map)
    return {name: strip(value) for name, value in node.values.items()}


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_any_values_come_back(table: dict[str, Any]) -> None:
    assert strip(parse_tree(write_table(table), "t.yaml")) == table
    assert yaml.load(write_table(table), yaml.BaseLoader) == table


LONG = "a long note that leaves no room for anything else on the line where it stands, as notes do"


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ({"levels": {"low": {"name": "Low", "rank": "1"}}}, "levels:\n  low: {name: Low, rank: 1}\n"),
        ({"groups": {"a": {"name": "A"}}}, "groups:\n  a:\n    name: A\n"),
        ({"sources": {"s": {"title": "S", "note": LONG}}}, f"sources:\n  s:\n    title: S\n    note: {LONG}\n"),
        ({"presence": [{"group": "a", "in": ["Kabul", "Kunar"], "observed": {"from": "2020"}}]},
         "presence:\n  - group: a\n    in: [Kabul, Kunar]\n    observed: {from: 2020}\n"),
        ({"groups": {"a": {"strength": [{"best": "5", "counts": "x"}]}}},
         "groups:\n  a:\n    strength:\n      - {best: 5, counts: x}\n"),
        ({"title": "A", "note": "one\ntwo"}, "title: A\nnote: |-\n  one\n  two\n"),
        ({"title": "A", "groups": {"a": {"name": "A"}}}, "title: A\n\ngroups:\n  a:\n    name: A\n"),
    ],
)  # fmt: skip
def test_it_is_written_as_the_example_is(table: dict[str, Any], text: str) -> None:
    assert write_table(table).decode() == text
