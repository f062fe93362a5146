"""Entries put into a table's text: they are read there, and every other byte stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import TableError
from geo.model import Gazetteer, NewEntry, Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from geo.read.updates.splice_entries import splice_entries
from geo.yaml_words import FIGURES, FLAGS, write_json, write_value
from tests.random_tables import make_table
from tests.sources import ROOT

GAZETTEER: Gazetteer = read_gazetteer()
QUOTE = 'He said: "in Ghor", # they \\ say {so}, [all].'
HEAD = """\
levels: {reported: {name: R, rank: 1}}
sources: {s: {title: S}}
groups:
  red: {name: Red}
  blue:
    name: Blue
"""
RECORD = NewEntry(
    ("presence",), {"group": ["red", "blue"], "in": ["Ghor", "Sar-e Pol"], "level": "reported", "source": "s",
                    "observed": {"from": "2020-06"}, "page": "3", "note": "no: reportedly", "quote": QUOTE},
)  # fmt: skip
OTHERS = (
    NewEntry(("presence",), {"group": "blue", "nationwide": "true", "level": "reported", "source": "s"}),
    NewEntry(("groups", "red", "strength"), {"high": "2200", "counts": "fighters", "source": "s", "quote": QUOTE}),
    NewEntry(("groups", "blue", "statements"), {"text": QUOTE, "about": ["red"], "source": "s"}),
    NewEntry(("relations",), {"between": ["red", "blue"], "type": "alliance", "standing": "existing", "source": "s"}),
    NewEntry(("sources",), {"title": "New: one", "date": "2020-06-14"}, "new"),
)
RED = "{group: red, in: [Kabul], level: reported, source: s}"
LONE = "presence:\n  - group: red\n    in: Kabul\n    level: reported\n"
TWO = RED.replace("Kabul", "Kunar")
PRESENCE = {
    "a list in braces": f"presence:\n  - {RED}\n  - {TWO}\n",
    "a comment behind": f"presence: # all\n  - {RED} # the last\n",
    "comments around": f"# a\npresence:\n  # b\n  - {RED}\n  # c\n\n  # d\n# e\n",
    "indented like its key": f"presence:\n- {RED}\n# the rest\nrelations: []\n",
    "a key a line": "presence:\n  - group: red\n    in: [Kabul] # here\n    level: reported\n\n",
    "empty lines between": f"presence:\n  - {RED}\n\n  - {TWO}\n\n# ties\nrelations: []\n",
    "a dash alone": "presence:\n  -\n    group: red\n    in:\n      - Kabul\n    level: reported\n",
    "a block of text": LONE + "    note: |\n      one\n\n      two\n\n\n# x\n",
    "a block that keeps lines": LONE + "    note: |+\n      one\n\n\n# x\n",
    "a kept block at the end": LONE + "    note: |+\n      one\n\n\n",
    "a folded block": LONE + "    note: >-\n      one\n      # no comment",
    "a text on two lines": LONE + "    note: one\n      two # c\n",
    "empty": "presence: []\n",
    "empty with blanks": "presence: [ ]  # nobody yet\nrelations: []\n",
    "empty with a comment in it": "presence: [ # nobody yet\n  # really\n  ]\n",
    "in brackets": f"presence: [{RED}]\n",
    "in brackets with a comma at the end": f"presence: [{RED}, ]\n",
    "in brackets on lines": f"presence: [\n  {RED}, # one\n  {TWO} # two\n]\n",
    "in brackets on lines with a comma": f"presence: [\n  {RED}, # one\n  {TWO}, # two, too\n  # c\n]\n",
    "a comma behind a comment": f"presence: [\n  {RED} # one\n  , # two\n]\n",
    "a bracket on the last line": f"presence: [\n  {RED},\n  {TWO}]\n",
    "none": "# nothing yet\n",
    "none, with ties": "relations: []",
    "an end of the document": f"presence:\n  - {RED}\n...\n",
    "none before an end of the document": "as_of: 2020-06 # x\n# y\n...\n",
    "a key with a question mark": f"? presence\n: - {RED}\n",
    "a key in quotes": f'"presence":\n  - {RED}\nrelations: []\n',
    "groups below": f"presence:\n  - {RED}\n",
    "what is internal": f"presence:\n  - {RED[:-1]}, internal: 'a # b'}}\n",
}  # fmt: skip
TABLES = {name: HEAD + text for name, text in PRESENCE.items()}
TABLES |= {
    "presence first": PRESENCE["comments around"] + HEAD,
    "indented": "".join(f"  {line}\n" for line in (HEAD + PRESENCE["a key a line"]).splitlines()),
    "begun by a line": "---\n" + TABLES["empty"],
    "all in braces": "{sources: {s: {title: S}}, groups: {red: {name: Red}, blue: {name: Blue}}}\n",
    "JSON": '{"sources": {"s": {"title": "S"}},\n "groups": {"red": {"name": "Red"}, "blue": {"name": "Blue"}},\n'
    ' "presence": []}',
    "strengths there": HEAD.replace("  red: {name: Red}", "  red: {name: Red, strength: [{best: 3, counts: men}]}")
    + "    statements:\n      - text: Old.\n        source: s\n\n# who\npresence: []\n",
    "letters of other scripts": "title: کابل 🗺\n" + TABLES["a comment behind"].replace("# the last", "# کنر 🗺"),
}  # fmt: skip
FORMS = {
    "unix": lambda text: text.encode(),
    "windows": lambda text: text.replace("\n", "\r\n").encode(),
    "old mac": lambda text: text.replace("\n", "\r").encode(),
    "mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no end": lambda text: text.rstrip("\n").encode(),
}  # fmt: skip


def is_kept(before: bytes, after: bytes) -> bool:
    """Tell whether all bytes of a text stand in another one in their order."""
    left = iter(after)
    return all(byte in left for byte in before)


def count_entries(table: Table) -> int:
    said = [len(group.strengths) + len(group.statements) for group in table.groups.values()]
    return len(table.records) + len(table.relations) + len(table.sources) + sum(said)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TABLES)
def test_entries_are_read_where_they_were_put_and_nothing_else_moves(name: str, form: str) -> None:
    data = FORMS[form](TABLES[name])
    before, _ = parse_presence(data, "t", GAZETTEER, allow_empty=True)
    after, table, _ = splice_entries(data, "t", GAZETTEER, [RECORD, *OTHERS])
    assert count_entries(table) == count_entries(before) + 6
    assert table.records[-2].evidence.quote == QUOTE
    assert table.records[: len(before.records)] == before.records
    assert is_kept(data, after)
    assert after.startswith(data[:3])
    if form != "unix":
        assert (b"\r\n" in after, b"\n" in after.replace(b"\r\n", b"")) == (
            form == "windows", form in ("mark", "no end"),
        ) or data.count(b"\r") + data.count(b"\n") == 0  # fmt: skip


@pytest.mark.parametrize("name", [name for name, text in PRESENCE.items() if not re.search(r"presence.*: \[", text)])
def test_lines_that_were_there_stay_whole(name: str) -> None:
    """But where an entry is put between brackets."""
    after = splice_entries(TABLES[name].encode(), "t", GAZETTEER, [RECORD])[0].decode()
    left = iter(after.splitlines())
    assert all(line in left for line in TABLES[name].splitlines())


SEVERAL = [
    path for folder in ("tests/data", "docs/tables", "examples", "tests/golden/tables", ".")
    for path in sorted((ROOT / folder).glob("*.yaml")) if path.name not in ("wrong.yaml", "counties.yaml")
]  # fmt: skip


@pytest.mark.parametrize("path", SEVERAL, ids=lambda path: path.name)
def test_a_record_goes_into_each_of_our_tables(path: Path) -> None:
    data = path.read_bytes()
    try:
        before, _ = parse_presence(data, "t", GAZETTEER, allow_empty=True)
    except TableError:
        pytest.skip("no table of provinces")
    level = next(iter(before.levels))
    entry = NewEntry(("presence",), {"group": next(iter(before.groups)), "in": "Ghor", "level": level, "quote": QUOTE})
    if b"presence:" in data and b"- " not in data:
        with pytest.raises(TableError, match="short form"):
            splice_entries(data, "t", GAZETTEER, [entry])
        return
    after, table, _ = splice_entries(data, "t", GAZETTEER, [entry])
    assert len(table.records) == len(before.records) + 1
    added = [
        line for line in after.decode().splitlines(keepends=True) if line not in data.decode().splitlines(keepends=True)
    ]
    assert 0 < len(added) < 7
    assert is_kept(data, after)


@pytest.mark.parametrize("name", ["a list in braces", "empty", "in brackets", "none", "empty lines between", "JSON"])
def test_one_after_another_is_as_good_as_all_at_once(name: str) -> None:
    data = TABLES[name].encode()
    for entry in (RECORD, *OTHERS):
        data = splice_entries(data, "t", GAZETTEER, [entry])[0]
    table, _ = parse_presence(data, "t", GAZETTEER)
    together = splice_entries(TABLES[name].encode(), "t", GAZETTEER, [RECORD, *OTHERS])[1]
    assert (table.records, table.groups, table.relations) == (together.records, together.groups, together.relations)


WRITTEN = {
    "a list in braces": f"  - {RED}\n  - {TWO}\n  - {{group: blue, in: [Ghor]}}\n",
    "a comment behind": f"  - {RED} # the last\n  - {{group: blue, in: [Ghor]}}\n",
    "comments around": f"  - {RED}\n  # c\n  - {{group: blue, in: [Ghor]}}\n\n  # d\n# e\n",
    "indented like its key": f"- {RED}\n- {{group: blue, in: [Ghor]}}\n# the rest\n",
    "a key a line": "    level: reported\n  - group: blue\n    in: [Ghor]\n\n",
    "empty lines between": "Kunar], level: reported, source: s}\n\n  - {group: blue, in: [Ghor]}\n\n# ties\n",
    "empty": "presence: [\n  {group: blue, in: [Ghor]}]\n",
    "empty with a comment in it": "  # really\n    {group: blue, in: [Ghor]}\n  ]\n",
    "in brackets": f"presence: [{RED}, {{group: blue, in: [Ghor]}}]\n",
    "in brackets on lines": "source: s}, # two\n  {group: blue, in: [Ghor]}\n]\n",
    "in brackets on lines with a comma": "source: s}, # two, too\n  {group: blue, in: [Ghor]},\n  # c\n]\n",
    "none": "# nothing yet\n\npresence:\n  - group: blue\n    in: [Ghor]\n",
    "none, with ties": "relations: []\n\npresence:\n  - group: blue\n    in: [Ghor]",
    "a kept block at the end": "      one\n\n\n  - group: blue\n    in: [Ghor]\n",
    "JSON": '"presence": [\n   {"group": "blue", "in": ["Ghor"]}]}',
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_an_entry_is_written_as_the_one_before_it(name: str) -> None:
    entry = NewEntry(("presence",), {"group": "blue", "in": ["Ghor"]})
    after = splice_entries(TABLES[name].encode(), "t", GAZETTEER, [entry])[0].decode()
    assert WRITTEN[name] in after


WRONG = {
    "a province": ({"group": "red", "in": ["Konnar"]}, "t: unknown province 'Konnar'; .*nearest: Kunar"),
    "a group": ({"group": "rde", "in": ["Kunar"]}, "unknown group 'rde'"),
    "a question": ({"group": "?", "in": ["Kunar"]}, r"unknown group '\?'"),
    "a key": ({"group": "red", "in": ["Kunar"], "colour": "x"}, "unknown key 'colour'"),
    "a direction": ({"group": "red", "in": ["Kunar"], "note": "a\u202eb"}, "direction control"),
    "a control": ({"group": "red", "in": ["Kunar"], "note": "a\x07b"}, "unprintable"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_the_reader_refuses_is_not_put_there(name: str) -> None:
    values, message = WRONG[name]
    with pytest.raises(TableError, match=message):
        splice_entries(TABLES["empty"].encode(), "t", GAZETTEER, [NewEntry(("presence",), values)])


def test_of_several_the_wrong_one_is_named() -> None:
    wrong = NewEntry(("presence",), {"group": "red", "in": ["Konnar"], "level": "reported"})
    with pytest.raises(TableError, match="t: new entry 2: unknown province 'Konnar'"):
        splice_entries(TABLES["a key a line"].encode(), "t", GAZETTEER, [RECORD, wrong, *OTHERS])


@pytest.mark.parametrize(
    ("text", "under", "message"),
    [
        ("presence: {Red: [Kabul]}", ("presence",), "short form"),
        ("presence: {Red: [Kabul]}", ("groups", "red", "strength"), "no 'groups' in the table"),
        (TABLES["empty"], ("groups", "rde", "strength"), "no 'rde' in the table; .*nearest: red"),
        ("presence: {Red: [Nowhere]}", ("presence",), "t:1:18: unknown province"),
    ],
)
def test_where_there_is_no_room_it_is_said(text: str, under: tuple[str, ...], message: str) -> None:
    with pytest.raises(TableError, match=message):
        splice_entries(text.encode(), "t", GAZETTEER, [NewEntry(under, {"counts": "x", "best": "1"})])


def test_nothing_to_put_there_leaves_every_byte() -> None:
    data = FORMS["windows"](TABLES["comments around"])
    assert splice_entries(data, "t", GAZETTEER, [])[0] == data


FILLING = st.lists(
    st.sampled_from(["# a comment", "  # another", "", "    # deep", "relations: []", "as_of: 2020-06 # day",
                     "subtitle: 'a # b'", "regions: {north: [Balkh]}"]),
    unique_by=lambda line: line.partition(":")[0] if ":" in line else object(), max_size=6,
)  # fmt: skip


@given(FILLING, FILLING, st.sampled_from(sorted(PRESENCE)), st.sampled_from(sorted(FORMS)), st.text(max_size=30))
def test_comments_in_odd_places_stay(above: list[str], below: list[str], name: str, form: str, note: str) -> None:
    lines = [*above, HEAD + PRESENCE[name].rstrip("\n")]
    text = "\n".join([*lines, *([] if "..." in text_of(lines) else below), ""])
    data = FORMS[form](text)
    entry = NewEntry(("presence",), {**RECORD.values, "note": note})
    try:
        before, _ = parse_presence(data, "t", GAZETTEER, allow_empty=True)
        after, table, _ = splice_entries(data, "t", GAZETTEER, [entry])
    except TableError:  # twice a key, or a note that no table may hold
        return
    assert len(table.records) == len(before.records) + 1
    assert table.records[-1].evidence.note == note.strip()
    assert is_kept(data, after)


def text_of(lines: list[str]) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(60))
def test_a_record_goes_into_any_table(seed: int) -> None:
    """In tables that are JSON, as they are, and in block style."""
    text = make_table(seed)
    for data in (text.encode(), yaml.safe_dump(json.loads(text), sort_keys=False).replace("'", '"').encode()):
        before, _ = parse_presence(data, "t", GAZETTEER, allow_empty=True)
        level, group = next(iter(before.levels)), next(iter(before.groups))
        entry = NewEntry(("presence",), {"group": group, "in": ["Ghor"], "level": level, "observed": "1999"})
        strength = NewEntry(("groups", group, "strength"), {"best": "3", "counts": "men", "note": QUOTE})
        if "AF-GHO" in before.not_applicable:
            continue
        after, table, _ = splice_entries(data, "t", GAZETTEER, [entry, strength])
        assert table.records == (*before.records, table.records[-1])
        assert is_kept(data, after)
        assert data.startswith(b"{") is isinstance(_load_json(after), dict)


def _load_json(data: bytes) -> object:
    try:
        return json.loads(data)
    except ValueError:
        return None


def list_typed(part: object, key: str = "") -> Iterator[tuple[str, str]]:
    """List the keys of the schema whose values are flags alone, or numbers alone."""
    if isinstance(part, list):
        for each in part:
            yield from list_typed(each, key)
    if not isinstance(part, dict):
        return
    if any(isinstance(each, bool) for each in part.get("enum", [])):
        yield key, "flag"
    kinds = part.get("type", [])
    kinds = {kinds} if isinstance(kinds, str) else {*kinds}
    if kinds & {"integer", "number"} and "string" not in kinds:
        yield key, "figure"
    for name, each in part.get("properties", {}).items():
        yield from list_typed(each, name)
    for name, each in part.items():
        if name != "properties":
            yield from list_typed(each, key)


def test_flags_and_figures_are_written_as_the_schema_has_them() -> None:
    typed = set(list_typed(json.loads((ROOT / "geo" / "read" / "presence.schema.json").read_text(encoding="utf-8"))))
    assert {key for key, kind in typed if kind == "flag"} == FLAGS
    assert {key for key, kind in typed if kind == "figure"} == FIGURES
    for key, kind in typed:
        value = "false" if kind == "flag" else "1"
        assert yaml.safe_load(write_value({key: value})) == json.loads(write_json({key: value})), key
        assert not isinstance(yaml.safe_load(write_value({key: value}))[key], str), key
