"""Entries moved past their neighbours and ids changed: the table says the same in another order, or by other ids."""

from __future__ import annotations

import difflib
import os
import random
from pathlib import Path
from typing import Any

import pytest

from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from geo.read.updates.move_entry import drop_comments, list_comments, move_entry
from geo.read.updates.rename_id import rename_id
from geo.read.updates.splice_change import read_plain
from tests.read.updates.test_splice_change import ODD, TABLES

EDITS = int(os.environ.get("PRESENCE_EDITS", "60"))
GAZETTEER = read_gazetteer()
MOVED = ("presence", "groups", "sources", "levels", "regions", "relations")
RENAMED = ("groups", "sources", "levels", "regions")


def list_entries(part: Any) -> list[Any]:
    return [*part.items()] if isinstance(part, dict) else [*part] if isinstance(part, list) else []


def read(path: Path | None) -> tuple[bytes, dict[str, Any]]:
    data = path.read_bytes() if path else ODD
    try:
        return data, read_plain(data, "t")
    except TableError:
        pytest.skip("no YAML")


@pytest.mark.parametrize("path", [*TABLES, None], ids=lambda path: path.name if path else "odd")
def test_a_move_is_undone_by_a_move_and_touches_two_entries_alone(path: Path | None) -> None:
    data, plain = read(path)
    parts = [part for part in MOVED if len(list_entries(plain.get(part))) > 1]
    refused = 0
    for seed in range(EDITS if parts else 0):
        rng = random.Random(seed)
        part = rng.choice(parts)
        entries = list_entries(plain[part])
        at = rng.randrange(len(entries) - 1)
        try:
            moved = move_entry(data, "t", part, at, 1)
        except TableError:
            refused += 1
            continue
        entries[at], entries[at + 1] = entries[at + 1], entries[at]
        assert list_entries(read_plain(moved, "t")[part]) == entries
        assert sorted(data) == sorted(moved)
        others = {name: value for name, value in plain.items() if name != part}
        assert {name: value for name, value in read_plain(moved, "t").items() if name != part} == others
        assert move_entry(moved, "t", part, at + 1, -1) == data, (seed, part, at)
        for old, new in ((at, at + 1), (at + 1, at)):
            assert list_comments(data, "t", part, old) == list_comments(moved, "t", part, new)
    assert refused <= EDITS // 10, refused


BLOCKS = """# head
presence:  # all
  # of May
  - {group: a, in: Kabul}  # one
    # deeper, so its own

  # alone

  # of June
  -   # the dash alone
    group: b
    in: Kunar
  - group: c
    note: |+
      two

    # no, this is of the note's end
# foot
"""


@pytest.mark.parametrize(
    ("text", "part", "at", "expected"),
    [
        ("presence:\n- a # 1\n\n# of b\n- b", "presence", 0, "presence:\n# of b\n- b\n\n- a # 1"),
        ("presence:\r\n- a\r\n- b", "presence", 0, "presence:\r\n- b\r\n- a"),
        ("presence: [a, b]  # c", "presence", 0, "presence: [b, a]  # c"),
        ("presence: [\n  a,  # one\n  # of b\n  b  # two\n]", "presence", 0,
         "presence: [\n  # of b\n  b,  # two\n  a  # one\n]"),
        ("groups: {a: {name: A}, b: {}}", "groups", 0, "groups: {b: {}, a: {name: A}}"),
        ("groups:\n  # all\n\n  # of a\n  a:\n    name: A\n  b: {}\n# end\n", "groups", 0,
         "groups:\n  # all\n\n  b: {}\n  # of a\n  a:\n    name: A\n# end\n"),
        ("\ufeffgroups:\n  a: {}\n  b: {}", "groups", 0, "\ufeffgroups:\n  b: {}\n  a: {}"),
    ],
)  # fmt: skip
def test_one_move(text: str, part: str, at: int, expected: str) -> None:
    assert move_entry(text.encode(), "t", part, at, 1).decode() == expected
    assert move_entry(expected.encode(), "t", part, at + 1, -1).decode() == text


@pytest.mark.parametrize(("at", "by"), [(0, -1), (2, 1), (5, 1), (0, 2), (-1, 1)])
def test_a_move_that_leads_nowhere_is_refused(at: int, by: int) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        move_entry(BLOCKS.encode(), "t", "presence", at, by)


def test_the_comments_of_an_entry_are_those_straight_above_it_and_deeper_below() -> None:
    data = BLOCKS.encode()
    assert list_comments(data, "t", "presence", 0) == ("# of May", "# deeper, so its own")
    assert list_comments(data, "t", "presence", 1) == ("# of June",)
    dropped = drop_comments(data, "t", "presence", 0).decode()
    gone = [line for line in difflib.ndiff(BLOCKS.splitlines(), dropped.splitlines()) if line[0] in "+-"]
    assert gone == ["-   # of May", "-     # deeper, so its own"]


@pytest.mark.parametrize("path", [*TABLES, None], ids=lambda path: path.name if path else "odd")
def test_an_id_is_another_everywhere_and_nothing_else_is(path: Path | None) -> None:
    data, plain = read(path)
    try:
        table, warnings = parse_presence(data, "t", GAZETTEER, allow_empty=True)
    except TableError:
        pytest.skip("no table that holds together")
    for part in RENAMED:
        for id_ in [each for each in plain.get(part) or {} if each != "internal"][: EDITS // 6]:
            new = "New region" if part == "regions" else "new-id"
            renamed = rename_id(data, "t", GAZETTEER, part, id_, new)
            after, told = parse_presence(renamed, "t", GAZETTEER, allow_empty=True)
            assert (len(after.claims), len(told)) == (len(table.claims), len(warnings))
            assert rename_id(renamed, "t", GAZETTEER, part, new, id_) == data
            changed = difflib.ndiff(data.decode().splitlines(), renamed.decode().splitlines())
            assert all(id_ in line for line in changed if line.startswith("- "))


@pytest.mark.parametrize(
    ("text", "old", "expected"),
    [
        ("groups:\n  a: {name: a}  # a\npresence:\n- {group: [b, a], in: Kabul, note: a}\n", "a",
         "groups:\n  new: {name: a}  # a\npresence:\n- {group: [b, new], in: Kabul, note: a}\n"),
        ('groups: {"a": {name: A}}\npresence: [{group: \'a\', in: Kabul}]', "a",
         'groups: {"new": {name: A}}\npresence: [{group: \'new\', in: Kabul}]'),
        ("groups: {a: {name: A}, b: {name: B, part_of: {group: a}}}\npresence: {a: [Kabul], B: [Kunar]}", "a",
         "groups: {new: {name: A}, b: {name: B, part_of: {group: new}}}\npresence: {new: [Kabul], B: [Kunar]}"),
        ("groups: {a: {name: A}}\nchanges: [{date: 2021, type: corrected, what: x, parts: [groups/a/strength]}]", "a",
         "groups: {new: {name: A}}\nchanges: [{date: 2021, type: corrected, what: x, parts: [groups/new/strength]}]"),
    ],
)  # fmt: skip
def test_one_new_id(text: str, old: str, expected: str) -> None:
    assert rename_id(text.encode(), "t", GAZETTEER, "groups", old, "new").decode() == expected


def test_a_name_that_needs_quotes_has_them() -> None:
    text = b"regions: {North: [Balkh]}\npresence:\n- group: a\n  region: North  # n\n- {group: a, region: 'North'}"
    name = "a: 'b', #c"
    renamed = rename_id(text, "t", GAZETTEER, "regions", "North", name)
    assert [each["region"] for each in read_plain(renamed, "t")["presence"]] == [name, name]
    assert renamed.endswith(b"# n\n- {group: a, region: 'a: ''b'', #c'}")


def test_an_id_that_another_has_is_refused() -> None:
    with pytest.raises(TableError, match="which another entry has"):
        rename_id(b"groups: {a: {name: A}, b: {name: B}}", "t", GAZETTEER, "groups", "a", "b")
    with pytest.raises(ValueError, match="there is not"):
        rename_id(b"groups: {a: {name: A}}", "t", GAZETTEER, "groups", "c", "b")
