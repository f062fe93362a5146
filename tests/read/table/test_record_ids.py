"""Ids put into a table's text: where they stand in each way to write a record, and that nothing else moves."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.api import tidy_tables
from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.nodes import Map
from geo.read.table.record_ids import assign_record_ids, insert_ids
from geo.read.yaml.parse import parse_tree
from tests.hostile.plant import dump
from tests.read.yaml.test_format import COMMENT, draw_text, read

WRITTEN = {
    "in braces": ("presence:\n  - {group: a, in: Kabul}\n", "presence:\n  - {id: x, group: a, in: Kabul}\n"),
    "over several lines": (
        "presence:\n  - group: a\n    in: Kabul\n",
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n",
    ),
    "in the column of the key": ("presence:\n- group: a\n  in: Kabul", "presence:\n- id: x\n  group: a\n  in: Kabul"),
    "below a hyphen": (
        "presence:\n  -\n    # who\n    group: a\n    in: Kabul\n",
        "presence:\n  -\n    # who\n    id: x\n    group: a\n    in: Kabul\n",
    ),
    "with comments": (
        "presence: # all\n  # one\n  - group: a # who\n    in: Kabul\n",
        "presence: # all\n  # one\n  - id: x\n    group: a # who\n    in: Kabul\n",
    ),
    "in braces over several lines": (
        "presence:\n  - { # one\n      group: a,\n      in: Kabul}\n",
        "presence:\n  - {id: x,  # one\n      group: a,\n      in: Kabul}\n",
    ),
    "as JSON": (
        '{"presence": [{"group": "a", "in": ["Kabul"]}]}',
        '{"presence": [{"id": "x", "group": "a", "in": ["Kabul"]}]}',
    ),
    "with a question mark": (
        "presence:\n  - ? group\n    : a\n    in: Kabul\n",
        "presence:\n  - id: x\n    ? group\n    : a\n    in: Kabul\n",
    ),
    "with line ends of Windows": (
        "presence:\r\n  - group: a\r\n    in: Kabul\r\n",
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n",
    ),
    "after letters beyond the first plane": (
        'title: "𐍈𐍈"\npresence: [{group: "𐍈", in: Kabul}]',
        'title: "𐍈𐍈"\npresence: [{id: x, group: "𐍈", in: Kabul}]',
    ),
}  # fmt: skip


def insert(text: str, ids: list[str | None]) -> str:
    root: Any = parse_tree(text.encode(), "t.yaml")
    return insert_ids(text, root.values["presence"].items, ids)


@pytest.mark.parametrize("name", WRITTEN)
def test_an_id_stands_at_the_head_of_its_record(name: str) -> None:
    before, after = WRITTEN[name]
    assert insert(before, ["x"]) == after


@pytest.mark.parametrize("text", ["title: x\n", "presence: []\n", "presence: {}\n"])
def test_a_table_without_records_is_left_alone(text: str) -> None:
    assert assign_record_ids(text.encode(), "t.yaml", read_gazetteer()) == (text, 0)


def test_a_record_that_has_an_id_is_left_alone() -> None:
    text = "presence:\n  - {group: a, in: Kabul, id: z}\n"
    assert insert(text, [None]) == text


def test_the_short_form_has_no_room_for_an_id() -> None:
    with pytest.raises(TableError) as caught:
        assign_record_ids(b"title: x\npresence: {A: [Kabul]}", "t.yaml", read_gazetteer())
    assert str(caught.value) == (
        "t.yaml:2:11: the short form, in which a record has no room for an id; "
        "expected a list of records, each with `group` and `in`"
    )


def give(folder: Path, text: str) -> str:
    path = folder / "t.yaml"
    path.write_bytes(text.encode())
    tidy_tables([path], ids=True)
    return path.read_bytes().decode()


RECORD = {"group": "a-long-name", "in": "Kabul"}
GROUPS = {"a-long-name": {"name": "A"}, "x" * 64: {"name": "X"}}


def list_ids(text: str) -> list[str]:
    return re.findall(r'"id": "([\w.-]+)"', text)


def test_an_id_is_short_and_of_what_the_record_says(tmp_path: Path) -> None:
    """So a record that goes leaves its id to no other, and two who add records give no id twice."""
    records = [RECORD, RECORD | {"in": "Kunar"}, {"group": "x" * 64, "in": "Kabul"}]
    found = list_ids(give(tmp_path, dump({"groups": GROUPS, "presence": records}).decode()))
    assert [re.sub("[0-9a-f]{4}$", "", id_) for id_ in found] == ["a-long-name-", "a-long-name-", "x" * 59 + "-"]
    assert len(set(found)) == 3
    other = give(tmp_path, dump({"groups": GROUPS, "title": "T", "presence": records[:0:-1]}).decode())
    assert list_ids(other) == found[:0:-1]


def test_an_id_that_another_record_has_is_not_given_again(tmp_path: Path) -> None:
    (first,) = list_ids(give(tmp_path, dump({"groups": GROUPS, "presence": [RECORD]}).decode()))
    taken = {"group": "a-long-name", "in": "Kunar", "id": first}
    later, kept = list_ids(give(tmp_path, dump({"groups": GROUPS, "presence": [RECORD, taken]}).decode()))
    assert (kept, len(later)) == (first, len(first) + 1)


@given(st.integers(0, 2**32))
def test_any_table_gets_ids_once_and_nothing_else_changes(seed: int) -> None:
    text = draw_text(seed)
    table = read(text)
    assume(table is not None)
    with TemporaryDirectory() as name:
        folder = Path(name)
        root = parse_tree(text.encode(), "t")
        if isinstance(root, Map) and isinstance(root.values["presence"], Map):
            with pytest.raises(TableError, match="the short form"):
                give(folder, text)
            assert (folder / "t.yaml").read_bytes() == text.encode()
            return
        once = give(folder, text)
        assert give(folder, once) == once == give(folder, text)
    assert len(COMMENT.findall(once)) == len(COMMENT.findall(text))
    bare = re.sub(r"""(?m)["']?\bid["']?: ["']?[\w.]+-[0-9a-f]{4}\b["']?(, ?|$)""", "", once)
    assert re.sub(r"\s", "", bare) == re.sub(r"\s", "", text), "more than ids and blanks changed"
