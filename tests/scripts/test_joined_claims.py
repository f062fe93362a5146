"""Claims that differ in nothing but their group are one entry of a unit's card; what differs in more stays apart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages import join_data, sketch_page
from tests.scripts.node import Node

FIRST = {"in": ["Kabul"], "level": "cells", "source": "s", "observed": "2020", "note": "a hedge"}
TABLE = {
    "sources": {"s": {"title": "S"}, "t": {"title": "T"}},
    "levels": {"cells": {"name": "Cells"}, "camps": {"name": "Camps"}},
    "groups": {each: {"name": each.upper()} for each in "abc"},
}
JOINED = "() => joinClaims(data.records).map(({ record, ids }) => [ids, record.place])"


def ask(node: Node, *records: dict[str, Any]) -> list[Any]:
    found: list[Any] = node.load(sketch_page("overlay", join_data(TABLE | {"presence": records}))).ask(JOINED)
    return found


def test_groups_of_one_record_and_of_equal_ones_are_told_together(node: Node) -> None:
    records = {"group": ["b", "a"], **FIRST}, {"group": "c", **FIRST, "in": ["Kabul", "Kunar"]}
    assert ask(node, *records) == [[["b", "a", "c"], "in"]]


@pytest.mark.parametrize(
    "other",
    [
        {"level": "camps"},
        {"source": "t"},
        {"observed": "2021"},
        {"note": "another hedge"},
        {"quote": "a quote"},
        {"finding": "absent"},
        {"basis": "claimed"},
        {"confidence": "low"},
        {"trend": "growing"},
        {"as_written": "in town"},
    ],
    ids=str,
)
def test_what_differs_in_anything_else_is_not(other: dict[str, Any], node: Node) -> None:
    assert ask(node, {"group": "b", **FIRST}, {"group": "a", **FIRST, **other}) == [[["a"], "in"], [["b"], "in"]]


def test_regions_follow_what_is_named(node: Node) -> None:
    region = {key: value for key, value in FIRST.items() if key != "in"} | {"region": "Capital"}
    records = {"group": "a", **region}, {"group": "b", **region}, {"group": "c", **FIRST}
    assert ask(node, *records) == [[["c"], "in"], [["a", "b"], "region"]]
