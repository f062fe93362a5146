"""Random changes of tables: what was meant is read of the new text, and no letter outside of the entry moved."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from geo.errors import TableError
from geo.read.common.file_text import decode_text
from geo.read.common.plain_values import word_node
from geo.read.updates.extents import Extent, read_extents
from geo.read.updates.splice_change import Places, put_value, read_plain, splice_change
from geo.read.yaml.parse import parse_tree

ROOT = Path(__file__).parents[3]
TABLES = sorted([*(ROOT / "tests/data").glob("*.yaml"), *(ROOT / "examples").glob("*.yaml"), ROOT / "presence.yaml"])
EDITS = int(os.environ.get("PRESENCE_EDITS", "60"))
WORDS = (
    "plain",
    "two words",
    "a: b",
    "# no comment",
    "",
    "yes",
    "null",
    "- x",
    "two\nlines",
    "'\"\\",
    "گروه",
    "[a",
    "1e3",
    "{{7*7}}",
)
PARTS = ("presence", "groups", "sources", "levels", "regions", "relations", "title", "note")
ODD = b"""# head
groups:   # all of them
    a: {name: A,   # in braces
        note: "x"}   # behind
    b:
        name: 'B'     # quoted

        # before the statements
        statements:
        - text: >-
            folded
            text
          source: s
        # between
        -   text: one
            source: s   # end
sources: {s: {title: "S, with: signs"}}

presence:
-
  group: a   # the dash alone
  in:
  - Kabul    # capital
  - Kunar
# a comment at the edge
- {group: b, in: [Kabul,   # c
    Kunar],
   note: x}
-   group: [a, b]
    in: Ghor
    note: |
      two
      lines
    # last of it

title:  T  # at the end"""


def edit(tree: dict[str, Any], rng: random.Random) -> tuple[tuple[str | int, ...], Any]:
    """Choose an entry and what becomes of it."""
    part = rng.choice([name for name in PARTS if name in tree] or ["title"])
    held = tree.get(part)
    word = lambda: rng.choice([each for each in WORDS if each])  # noqa: E731
    if not isinstance(held, dict | list) or not held:
        return (part,), word()
    names: list[Any] = [*held] if isinstance(held, dict) else [*range(len(held))]
    if rng.random() < 0.15:
        new = f"new-{rng.randrange(99)}" if isinstance(held, dict) else len(held)
        return (part, new), {"group": word(), "in": [word(), word()], "note": word()}
    name = rng.choice(names)
    if rng.random() < 0.15 and len(names) > 1:
        return (part, name), None
    return (part, name), change(held[name], rng, word)


def change(value: Any, rng: random.Random, word: Any) -> Any:
    if isinstance(value, list) and value and rng.random() < 0.8:
        how, at = rng.random(), rng.randrange(len(value))
        if how < 0.4:
            return [*value[:at], change(value[at], rng, word), *value[at + 1 :]]
        return value[:at] + value[at + 1 :] if how < 0.6 and len(value) > 1 else [*value, word()]
    if isinstance(value, dict) and value:
        how, key = rng.random(), rng.choice([*value])
        if how < 0.5:
            return {**value, key: change(value[key], rng, word)}
        if how < 0.7 and len(value) > 1:
            return {name: each for name, each in value.items() if name != key}
        return {**value, "added": word()} if how < 0.9 else {**value, "more": {"from": word(), "to": [word()]}}
    return word()


def find_extent(root: Extent, path: tuple[str | int, ...]) -> tuple[Extent, int] | None:
    found, start = root, 0
    for name in path:
        if isinstance(name, int):
            if name >= len(found.items):
                return None
            found = found.items[name]
            start = found.start
        else:
            if name not in found.values:
                return None
            start = found.keys[name].start
            found = found.values[name]
    return found, start


def is_kept(before: str, after: str, path: tuple[str | int, ...]) -> bool:
    """Tell whether all letters outside of an entry, or of the place of a new one, are as they were."""
    found = find_extent(read_extents(before), path)
    if found is None:
        first = next(
            (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before)
        )
        return after.endswith(before[first:]) and len(after) >= len(before)
    extent, start = found
    # An entry has its lines, with the dash before it and a comment behind it; in brackets it has a comma.
    low = before.rfind("\n", 0, start) + 1
    while (
        before[low:start].strip() == ""
        and isinstance(path[-1], int)
        and before[:start].rstrip()[-1:] == "-"
        and "-" not in before[low:start]
    ):
        low = before.rfind("\n", 0, low - 1) + 1
    high = before.find("\n", extent.end) + 1 or len(before)
    if before[low:start].strip(" -\n") or before[extent.end : high].strip(" ,\n").partition("#")[0].strip():
        low = start - len(before[:start]) + len(before[:start].rstrip(" ,"))
        high = extent.end + len(before[extent.end :]) - len(before[extent.end :].lstrip(" ,\n"))
    size = len(before) - high
    return after.startswith(before[:low]) and after.endswith(before[high:]) and len(after) >= low + size


@pytest.mark.parametrize("path", [*TABLES, None], ids=lambda path: path.name if path else "odd")
def test_no_letter_outside_of_an_entry_moves(path: Path | None) -> None:
    data = path.read_bytes() if path else ODD
    try:
        first = word_node(parse_tree(data, "t"))
    except TableError:
        pytest.skip("no YAML")
    refused = 0
    for seed in range(EDITS):
        rng = random.Random(seed)
        where, value = edit(first, rng)
        try:
            after = splice_change(data, "t", where, value)
        except TableError:
            refused += 1
            continue
        assert word_node(parse_tree(after, "t")) == put_value(first, where, value), (seed, where, value)
        assert is_kept(decode_text(data, "t"), decode_text(after, "t"), where), (seed, where, value)
    assert refused <= EDITS // 25, refused


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_many_edits_in_a_row_keep_every_comment_of_what_was_not_touched(ending: str) -> None:
    data = (ROOT / "presence.yaml").read_bytes().replace(b"\n", ending.encode())
    for number in range(12):
        data = splice_change(data, "t", ("presence", 0, "note"), f"said {number}")
        data = splice_change(
            data,
            "t",
            ("presence", len(word_node(parse_tree(data, "t"))["presence"])),
            {"group": "let", "in": ["Kabul"]},
        )
    before = decode_text((ROOT / "presence.yaml").read_bytes(), "t").splitlines()
    after = decode_text(data, "t").splitlines()
    assert [line for line in before if "#" in line] == [line for line in after if "#" in line]
    assert ("\r\n" in data.decode()) == (ending == "\r\n")


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ("", ("groups", "a"), {"name": "A"}, "groups:\n  a: {name: A}\n"),
        ("# nothing yet", ("title",), "T", "# nothing yet\ntitle: \"T\"\n"),
        ("title: T # x", ("title",), None, None),
        ("a: 1\ntitle: T # x", ("title",), "U", "a: 1\ntitle: U # x"),
        ("{groups: {a: {name: A}}}", ("groups", "a", "short"), "B", "{groups: {a: {name: A, short: B}}}"),
        ('{"groups": {"a": {"name": "A"}}}', ("groups", "a", "short"), "B",
         '{"groups": {"a": {"name": "A", "short": "B"}}}'),
        ("presence: []\n", ("presence", 0), {"group": "a", "in": "Kabul"}, None),
        ("presence:\n", ("presence", 0), {"group": "a", "in": "Kabul"}, None),
        ("presence:\n- group: a\n  in: Kabul\n", ("presence", 0), {"group": "a", "region": "East"},
         "presence:\n- group: a\n  region: East\n"),
        ("p:\n  a: [1, 2]\n", ("p", "a", 0), None, "p:\n  a: [2]\n"),
        ("presence:  # all\n  # seen\n  - group: a\n    in: Kabul\n  # end\ntitle: T\n", ("presence", 0), None,
         "presence: []  # all\n  # seen\n  # end\ntitle: T\n"),
        ("title: T\nsources:\n  a: {title: A}", ("sources", "a"), None, "title: T\nsources: {}\n"),
        ("groups:\r\n  a:\r\n    name: A\r\n# end\r\n", ("groups", "a"), None, "groups: {}\r\n# end\r\n"),
        ("presence:\n- group: a\n  in:\n  - Kabul\n  note: x\n", ("presence", 0, "in", 0), None,
         "presence:\n- group: a\n  in: []\n  note: x\n"),
        ("presence:\n- - a\n- b\n", ("presence", 0, 0), None, "presence:\n- []\n- b\n"),
        ("presence: {A: [Kabul]}\n", ("presence", "B"), ["Kunar"], "presence: {A: [Kabul], B: [Kunar]}\n"),
    ],
)  # fmt: skip
def test_one_change(text: str, path: tuple[str | int, ...], value: Any, expected: str | None) -> None:
    tree = read_plain(text.encode(), "t")
    after = splice_change(text.encode(), "t", path, value).decode()
    assert read_plain(after.encode(), "t") == put_value(tree, path, value)
    assert expected is None or after == expected


@pytest.mark.parametrize("path", [("presence", 5), ("presence", -1), ("title", "x"), ("groups", "a", 3)])
def test_a_path_that_leads_nowhere_is_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        splice_change(b"title: T\ngroups: {a: {name: A}}\npresence: []\n", "t", path, {"a": "b"})


def test_the_path_of_a_problem_is_that_of_its_field() -> None:
    text = b"groups:\n  a: {name: A, kind: x}\npresence:\n  - {group: a, in: [Kabul, Konnar]}"
    places = Places(parse_tree(text, "t"))
    assert places.find(2, 22) == ("groups", "a", "kind")
    assert places.find(4, 29) == ("presence", 0, "in", 1)
    assert places.find(4, 5, "without `level`") == ("presence", 0, "level")
