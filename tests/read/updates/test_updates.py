"""Rows that change a table's text: what each does in each way to write a record, and that no other byte moves."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.api import Updated, tidy_tables, update_table
from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.nodes import List, Map
from geo.read.sheets.tree_to_rows import flatten_tree
from geo.read.table.reader import check_tree
from geo.read.yaml.parse import parse_tree
from tests.hostile.strings import STRINGS, list_shown

ROOT = Path(__file__).parents[3]
TABLES = [
    ROOT / "tests" / "data" / "full.yaml", ROOT / "presence.yaml", ROOT / "geo" / "read" / "starter.yaml",
    ROOT / "examples" / "three-reports.yaml",
]  # fmt: skip
GAZETTEER = read_gazetteer()
HEAD = "levels: {l: {name: L}}\nsources: {s: {title: S}, t: {title: T}}\ngroups: {a: {name: A}, b: {name: B}}\n"


def write_rows(rows: list[dict[str, str]]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def update(table: bytes, *rows: dict[str, str], clears: bool = False) -> Updated:
    with TemporaryDirectory() as folder:
        path, sheet = Path(folder, "t.yaml"), Path(folder, "s.csv")
        path.write_bytes(table)
        sheet.write_bytes(write_rows(list(rows)))
        done = update_table([sheet], path, clears=clears)
        assert path.read_bytes() == done.after
        again = update_table([sheet], path, clears=clears)
        assert again.after == done.after, "a second run changes more"
        return done


X = {"id": "x"}
CASES: dict[str, tuple[str, dict[str, str], str]] = {
    "a value in braces": (
        "presence:\n  - {id: x, group: a, in: Kabul} # one\n", X | {"in": "Kunar"},
        "presence:\n  - {id: x, group: a, in: Kunar} # one\n",
    ),
    "a value that needs quotes in braces": (
        "presence:\n  - {id: x, group: a, in: Kabul, note: b}\n", X | {"note": "c, d"},
        "presence:\n  - {id: x, group: a, in: Kabul, note: \"c, d\"}\n",
    ),
    "several where one was": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul  # seen\n", X | {"in": "Kabul; Kunar"},
        "presence:\n  - id: x\n    group: a\n    in: [Kabul, Kunar]  # seen\n",
    ),
    "one where several were": (
        "presence:\n- id: x\n  group: a\n  in: [Kabul,\n    Kunar] # two\n", X | {"in": "Kunar"},
        "presence:\n- id: x\n  group: a\n  in: Kunar # two\n",
    ),
    "items on lines of their own": (
        "presence:\n  - id: x\n    group: a\n    in:\n      - Kabul # first\n      # then\n      - Kunar # second\n"
        "      - Logar\n    note: n\n", X | {"in": "Kabul; Ghazni; Logar; Wardak"},
        "presence:\n  - id: x\n    group: a\n    in:\n      - Kabul # first\n      - Ghazni\n      # then\n"
        "      - Logar\n      - Wardak\n    note: n\n",
    ),
    "items on lines of their own, in another order": (
        "presence:\n  - id: x\n    in:\n    - Kabul\n    - Kunar\n    group: a\n", X | {"in": "Kunar; Kabul"},
        "presence:\n  - id: x\n    in: [Kunar, Kabul]\n    group: a\n",
    ),
    "a key that is new": (
        "presence:\n  - id: x\n    group: a # who\n    in: Kabul # where\n    # why\n    note: n\n",
        X | {"trend": "growing", "page": "3"},
        "presence:\n  - id: x\n    group: a # who\n    in: Kabul # where\n    trend: growing\n    # why\n    note: n\n"
        '    page: "3"\n',
    ),
    "a key that is new in braces over lines": (
        "presence:\n  - {id: x,\n     group: a, # who\n     in: Kabul\n    }\n", X | {"note": "n"},
        'presence:\n  - {id: x,\n     group: a, # who\n     in: Kabul, note: "n"\n    }\n',
    ),
    "a key in a record that holds no key before it": (
        "presence:\n  -\n    id: x\n    note: n\n    group: a\n    in: Kabul", X | {"trend": "stable"},
        "presence:\n  -\n    id: x\n    note: n\n    group: a\n    in: Kabul\n    trend: stable",
    ),
    "a text over lines": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    note: |\n      one\n      two\n\n    page: 3\n",
        X | {"note": "three"},
        'presence:\n  - id: x\n    group: a\n    in: Kabul\n    note: "three"\n\n    page: 3\n',
    ),
    "a key behind a text that keeps its empty lines": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    note: |+\n      one\n\n\n", X | {"page": "3"},
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    note: |+\n      one\n\n\n    page: \"3\"\n",
    ),
    "a text that becomes several lines": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    note: n # why\n", X | {"quote": "one\n\ntwo"},
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    note: n # why\n    quote: |-\n      one\n\n      two\n",
    ),
    "another way to say where": (
        "presence:\n  - {id: x, group: a, in: [Kabul, Kunar], note: n} # c\n", X | {"region": "Eastern"},
        "presence:\n  - {id: x, group: a, region: Eastern, note: n} # c\n",
    ),
    "one end of a period": (
        "presence:\n  - {id: x, group: a, in: Kabul, observed: {from: 2019, to: 2020}}\n", X | {"observed.to": "2021"},
        "presence:\n  - {id: x, group: a, in: Kabul, observed: {from: 2019, to: 2021}}\n",
    ),
    "a period where a date was": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    observed: 2019 # c\n",
        X | {"observed.from": "2018", "observed.to": "2019"},
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    observed: {from: 2018, to: 2019} # c\n",
    ),
    "a date where a period was": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    observed:\n      from: 2018\n      to: 2019\n"
        "    note: n\n",
        X | {"observed": "2019-05"},
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    observed: 2019-05\n    note: n\n",
    ),
    "as JSON": (
        '{"presence": [{"id": "x", "group": "a", "in": "Kabul"}]}\n', X | {"in": "Kunar; Logar", "note": "n"},
        '{"presence": [{"id": "x", "group": "a", "in": ["Kunar", "Logar"], "note": "n"}]}\n',
    ),
    "line ends of Windows": (
        "presence:\r\n  - id: x\r\n    group: a\r\n    in: Kabul\r\n", X | {"note": "n", "in": "Kunar"},
        'presence:\r\n  - id: x\r\n    group: a\r\n    in: Kunar\r\n    note: "n"\r\n',
    ),
    "letters beyond the first plane": (
        'title: "𐍈𐍈" # 𐍈\npresence: [{as_written: "𐍈", id: x, group: a, in: Kabul}]', X | {"in": "Kunar"},
        'title: "𐍈𐍈" # 𐍈\npresence: [{as_written: "𐍈", id: x, group: a, in: Kunar}]',
    ),
    "a new record behind others": (
        "presence:\n  - {id: x, group: a, in: Kabul}\n  # the end\n\nnot_applicable: Ghor\n",
        {"group": "b", "in": "Kabul"},
        "presence:\n  - {id: x, group: a, in: Kabul}\n  # the end\n  - {id: b-4b6c, group: b, in: Kabul}\n\n"
        "not_applicable: Ghor\n",
    ),
    "a new record over lines": (
        "presence:\n- id: x\n  group: a\n  in: Kabul", {"group": "B", "in": "Kunar; Logar", "note": "a\nb"},
        "presence:\n- id: x\n  group: a\n  in: Kabul\n- id: b-83e2\n  group: b\n  in: [Kunar, Logar]\n"
        "  note: |-\n    a\n    b",
    ),
    "a new record in brackets": (
        "presence: [{id: x, group: a, in: Kabul}] # all\n", {"group": "b", "in": "Kunar"},
        "presence: [{id: x, group: a, in: Kabul}, {id: b-0f1c, group: b, in: Kunar}] # all\n",
    ),
    "a first record": (
        "presence: [] # none yet\n", {"group": "b", "in": "Kunar"},
        "presence: [\n  {id: b-0f1c, group: b, in: Kunar}] # none yet\n",
    ),
    "a part that is not there": (
        "not_applicable: Ghor # since then", {"group": "b", "in": "Kunar"},
        "not_applicable: Ghor # since then\n\npresence:\n  - id: b-0f1c\n    group: b\n    in: Kunar",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_row_changes_what_it_says_and_no_more(name: str) -> None:
    before, row, after = CASES[name]
    head = "" if before.startswith("{") else HEAD.replace("\n", "\r\n") if "\r" in before else HEAD
    if before.startswith("{"):
        before = before.replace("{", '{"groups": {"a": {"name": "A"}}, ', 1)
        after = after.replace("{", '{"groups": {"a": {"name": "A"}}, ', 1)
    done = update((head + before).encode(), row)
    assert re.sub(r"b-[0-9a-f]{4}", "b-0000", done.after.decode()) == head + re.sub(r"b-[0-9a-f]{4}", "b-0000", after)


LEFT_ALONE: dict[str, tuple[str, dict[str, str]]] = {
    "the same": ("presence:\n  - {id: x, group: a, in: Kabul}\n", X | {"group": "a", "in": "Kabul"}),
    "by its name": ("presence:\n  - {id: x, group: a, in: Kabul}\n", X | {"group": "A", "in": "Kabul"}),
    "in another spelling": (
        "presence:\n  - {id: x, group: [a], in: [AF-KAB, kunar]}\n", X | {"group": "a", "in": "KABUL, Konar"}),
    "a row without an id that says what a record says": (
        "presence:\n  - {id: x, group: a, in: Kabul, level: l}\n", {"group": "a", "in": "Kabul"}),
    "the same of a record without an id": ("presence:\n  - {group: a, in: Kabul}\n", {"group": "A", "in": "Kabul"}),
    "an empty cell": ("presence:\n  - {id: x, group: a, in: Kabul, note: n}\n", X | {"note": ""}),
    "a text over lines": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    note: >\n      one\n      two\n",
        X | {"note": "one two"}),
    "a byte order mark": ("\ufeffpresence:\n  - {id: x, group: a, in: Kabul}\n", X | {"in": "Kabul"}),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_says_the_same_is_left_alone(name: str) -> None:
    text, row = LEFT_ALONE[name]
    table = (text + HEAD).encode()
    assert update(table, row).after == table


CLEARED = {
    "over lines": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    # a hedge\n    note: n # so\n    page: 3\n",
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    # a hedge\n    page: 3\n",
    ),
    "in braces": (
        "presence:\n  - {id: x, group: a, in: Kabul, note: n, page: 3}\n",
        "presence:\n  - {id: x, group: a, in: Kabul, page: 3}\n",
    ),
    "the first in braces": (
        "presence:\n  - {note: n, id: x, group: a, in: Kabul}\n", "presence:\n  - {id: x, group: a, in: Kabul}\n",
    ),
    "the first on the line of its hyphen": (
        "presence:\n  - note: n\n    id: x\n    group: a\n    in: Kabul\n",
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n",
    ),
    "the last": (
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n    note: |\n      a\n      b\n",
        "presence:\n  - id: x\n    group: a\n    in: Kabul\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEARED)
def test_an_empty_cell_takes_a_key_out_where_that_is_asked(name: str) -> None:
    before, after = CLEARED[name]
    done = update((HEAD + before).encode(), X | {"note": ""}, clears=True)
    assert done.after.decode() == HEAD + after
    assert [row.changes[0].value for row in done.rows] == [None]


REFUSED: dict[str, tuple[list[dict[str, str]], list[str]]] = {
    "an id twice": (
        [X | {"in": "Kunar"}, X | {"in": "Logar"}],
        ["s.csv:A3: the id 'x' a second time; expected it once; it already stands in row 2"],
    ),
    "an id of no record": (
        [{"id": "xx", "in": "Kunar"}],
        ["s.csv:A2: no record 'xx'; expected the `id` of a record of the table, or"],
    ),
    "all at once": (
        [X | {"group": "q", "in": "Kunarr"}, {"id": "y", "group": "a", "in": "Kabul"},
         {"id": "", "group": "a", "in": "Now"}],
        ["s.csv:B2: unknown group 'q'", "s.csv:C2: unknown province 'Kunarr'", "s.csv:A3: no record 'y'",
         "s.csv:C4: unknown province 'Now'"],
    ),
    "a source that no table defines": (
        [X | {"source": "A report"}], ["s.csv:B2: unknown source 'A report'; expected one of s, t"],
    ),
    "a claim that stands there": (
        [{"group": "a", "in": "Kabul", "note": "n"}], ["s.csv:A2: the claim of line 5 once more"],
    ),
    "a column that is none": ([X | {"where": "Kunar"}], ["s.csv:B1: unknown column 'where'"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    rows, said = REFUSED[name]
    path, sheet = tmp_path / "t.yaml", tmp_path / "s.csv"
    table = (HEAD + "presence:\n  - {id: x, group: a, in: Kabul}\n").encode()
    path.write_bytes(table)
    sheet.write_bytes(write_rows(rows))
    with pytest.raises(TableError) as caught:
        update_table([sheet], path)
    told = [str(each).replace(f"{tmp_path}/", "") for each in caught.value.problems]
    assert len(told) == len(said)
    assert all(one.startswith(other) for one, other in zip(told, said, strict=True)), told
    assert path.read_bytes() == table


def test_a_row_that_was_added_before_is_not_added_again_once_its_record_was_corrected(tmp_path: Path) -> None:
    path, sheet = tmp_path / "t.yaml", tmp_path / "s.csv"
    path.write_text(HEAD + "presence: []\n")
    sheet.write_bytes(write_rows([{"group": "a", "in": "Kabul", "note": "n"}]))
    (row,) = update_table([sheet], path).rows
    path.write_text(path.read_text().replace('note: "n"', "note: corrected"))
    with pytest.raises(TableError) as caught:
        update_table([sheet], path)
    assert f"added before as {row.id!r}, which says something else now" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("presence: {A: [Kabul]}\n", "the short form, in which a record has no room for an id"),
        ("presence: [{group: a, in: Kabul}]\n", "unknown group 'a'"),
    ],
)
def test_a_table_that_cannot_be_updated_is_told_so(text: str, found: str, tmp_path: Path) -> None:
    path, sheet = tmp_path / "t.yaml", tmp_path / "s.csv"
    path.write_text(text)
    sheet.write_bytes(b"group,in\na,Kabul\n")
    with pytest.raises(TableError, match=re.escape(found)):
        update_table([sheet], path)


def test_a_spreadsheet_is_no_table_to_be_updated(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_bytes(b"group,in\na,Kabul\n")
    with pytest.raises(TableError, match="a spreadsheet, where a table is brought up to date"):
        update_table([tmp_path / "s.csv"], tmp_path / "t.xlsx")


def test_a_comment_that_goes_with_its_value_is_told() -> None:
    text = HEAD + "presence:\n  - {id: x, group: a, in: [Kabul, # the first\n      Kunar]} # all\n"
    done = update(text.encode(), X | {"in": "Logar"})
    assert done.lost == ("# the first",)
    assert done.after.decode() == HEAD + "presence:\n  - {id: x, group: a, in: Logar} # all\n"


def test_internal_is_written_and_never_shown() -> None:
    text = HEAD + "presence:\n  - {id: x, group: a, in: Kabul, internal: a secret, note: n}\n"
    done = update(text.encode(), X | {"internal": "another secret", "note": "m"})
    assert b"internal: another secret" in done.after
    shown = "\n".join(done.show_changes())
    assert "note: m" in shown
    assert "secret" not in shown


HOSTILE = [
    "=cmd|' /C calc'!A0", "+1", "-1", "@a", "'=1", "#x", "a #b", "a # b", "a: b", ": a", "- a", "? a", "[a", "{a}",
    "a, b", "&a",
    "*a", "!a", "|", ">", "%a", "`a`", '"a"', "'a'", "a'", "a\"b'c", "~", "yes", "1_000", "0x1", "\\n",
    "a\nb", "a\n\nb: c\n# d", "{{ 7*7 }}", "</script>", "می‌شود", "گزارش #۵", "𐍈", "a\tb", "\u00a0a", "---", "...", "<<",
]  # fmt: skip


@pytest.mark.parametrize("form", ["{id: x, group: a, in: Kabul, note: n}", "id: x\n    group: a\n    in: Kabul"])
@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_taken_as_the_text_that_it_is(text: str, form: str) -> None:
    table = HEAD + f"presence:\n  - {form}\n# end\n"
    sheet = "'" + text if text[0] in "=+-@" or text.startswith("'=") else text  # as export writes it
    done = update(table.encode(), X | {"note": sheet, "internal": sheet})
    assert done.table.records[0].evidence.note == text.strip()
    assert done.after.decode().startswith(HEAD)
    assert done.after.decode().endswith("\n# end\n")


@pytest.mark.parametrize("name", list_shown())
def test_a_hostile_text_changes_nothing_but_its_value(name: str) -> None:
    text = STRINGS[name].text
    table = HEAD + "presence:\n  - {id: x, group: a, in: Kabul}\n  - id: y # two\n    group: b\n    in: Kunar\n# end\n"
    sheet = "'" + text if text[0] in "=+-@" else text
    done = update(table.encode(), X | {"note": sheet}, {"id": "y", "note": sheet})
    first, second = done.table.records
    assert first.evidence.note == second.evidence.note
    assert (first.evidence.note or "").split() == text.split()
    assert done.after.decode().startswith(HEAD + "presence:\n  - {id: x, group: a, in: Kabul, note: ")
    assert "}\n  - id: y # two\n    group: b\n    in: Kunar\n    note: " in done.after.decode()
    assert done.after.decode().endswith("\n# end\n")


TEXT = st.one_of(st.sampled_from(HOSTILE), st.text("ab :#'\",-[]{}\n\tف|>", min_size=1, max_size=12))
CELLS: Mapping[str, st.SearchStrategy[str]] = {
    "note": TEXT, "quote": TEXT, "as_written": TEXT, "internal": TEXT,
    "trend": st.sampled_from(["growing", "stable", "unclear"]), "grade": st.sampled_from("123456"),
    "confidence": st.sampled_from(["low", "high"]), "finding": st.sampled_from(["present", "inconclusive"]),
    "page": st.sampled_from(["3", "3, 5", "4-5"]), "observed": st.sampled_from(["2019", "2020-02", "2020-02-29"]),
    "in": st.lists(st.sampled_from(["Kabul", "Logar", "Ghor", "AF-PIA"]), min_size=1, unique=True).map("; ".join),
}  # fmt: skip
REFUSABLE = ("once more", "an empty text", "a text without", "favours", "a word for nothing", "repeats the cell",
             "the error")  # fmt: skip
"""What is wrong with some of these cells, or with a claim that becomes another's."""

STYLES = {
    "as it is": lambda text: text,
    "Windows": lambda text: text.replace("\n", "\r\n"),
    "with a mark": lambda text: "\ufeff" + text,
    "without an end": lambda text: text.rstrip("\n"),
}


def list_slices(data: bytes) -> list[dict[str, str]]:
    """Cut the text of each record at its keys: of each key what stands from it to the next."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    root: Any = parse_tree(data, "t")
    part = root.values["presence"]
    places = []
    for number, record in enumerate(part.items):
        if isinstance(record, Map):
            places += [(starts[key.line - 1] + key.column - 1, number, name) for name, key in record.keys.items()]
    ends = [place for place, _, _ in places[1:]] + [len(text)]
    slices: list[dict[str, str]] = [{} for _ in part.items]
    for (start, number, name), end in zip(places, ends, strict=True):
        slices[number][name] = text[start:end]
    return [{"": text[: places[0][0]]}, *slices]


@pytest.mark.parametrize("style", STYLES)
@given(data=st.data())
def test_no_byte_moves_but_those_of_keys_that_change(style: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(TABLES))
    with TemporaryDirectory() as folder:
        table, sheet = Path(folder, "t.yaml"), Path(folder, "s.csv")
        table.write_text(path.read_text("utf-8"), "utf-8")
        tidy_tables([table], ids=True)
        table.write_bytes(STYLES[style](table.read_text("utf-8")).encode())
        before = table.read_bytes()
        root: Any = parse_tree(before, "t")
        checked, _ = check_tree(root, "t", GAZETTEER, False)
        held = flatten_tree(root, checked)[0]
        rows = [dict(zip(held.columns, row, strict=True)) for row in held.rows]
        edits: dict[str, set[str]] = {}
        for row in data.draw(st.lists(st.sampled_from(rows), max_size=3, unique_by=lambda row: row["id"])):
            for name in data.draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=3, unique=True)):
                if name == "in" and not row["in"]:
                    continue
                if name == "observed" and (row.get("observed.from") or row.get("observed.to")):
                    continue
                value = data.draw(CELLS[name])
                row[name] = "'" + value if value[:1] in tuple("=+-@") or value.startswith("'=") else value
                edits.setdefault(row["id"], set()).add(name)
        sheet.write_bytes(write_rows(rows))
        try:
            done = update_table([sheet], table)
        except TableError as error:
            strange = [each for each in error.problems if not any(word in each.found for word in REFUSABLE)]
            if strange or table.read_bytes() != before:
                raise
            return
        changed = {row.id: {change.path[0] for change in row.changes} for row in done.rows if row.changes}
        assert all(keys <= edits[id_] for id_, keys in changed.items())
        check_slices(before, done.after, checked, changed)
        assert done.after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
        assert (b"\n" in done.after.replace(b"\r\n", b"")) == (style != "Windows")
        assert update_table([sheet], table).after == done.after


def check_slices(before: bytes, after: bytes, table: Any, changed: Mapping[str, set[str]]) -> None:
    old, new = list_slices(before), list_slices(after)
    assert old[0] == new[0]
    for record, one, other in zip(table.records, old[1:], new[1:], strict=True):
        keys = changed.get(record.id, set())
        assert [name for name in other if name not in keys] == [name for name in one if name not in keys]
        for name in one.keys() - keys:
            # A key that is put in behind this one follows on its line, in braces, or on the next.
            names = list(other)
            following = names[names.index(name) + 1 : names.index(name) + 2]
            if following and following[0] not in one:
                assert one[name].rstrip().startswith(other[name].rstrip(", \n")), name
            else:
                assert one[name] == other[name], name
    parts: Any = parse_tree(after, "t")
    assert isinstance(parts.values["presence"], List)


@given(data=st.data())
def test_what_is_taken_out_is_all_that_goes_and_what_is_new_is_all_that_comes(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(TABLES))
    with TemporaryDirectory() as folder:
        table, sheet = Path(folder, "t.yaml"), Path(folder, "s.csv")
        table.write_bytes(path.read_bytes())
        tidy_tables([table], ids=True)
        before = table.read_text("utf-8")
        root: Any = parse_tree(before.encode(), "t")
        checked, _ = check_tree(root, "t", GAZETTEER, False)
        held = flatten_tree(root, checked, with_internal=True)[0]
        rows = [dict(zip(held.columns, row, strict=True)) for row in held.rows]
        free = ("note", "quote", "page", "as_written", "trend", "grade", "confidence", "internal", "observed")
        cleared: dict[str, set[str]] = {}
        for row in data.draw(st.lists(st.sampled_from(rows), max_size=3, unique_by=lambda row: row["id"])):
            for name in data.draw(st.lists(st.sampled_from(free), min_size=1, max_size=3, unique=True)):
                names = [each for each in row if each == name or each.startswith(f"{name}.")]
                if any(row[each] for each in names):
                    cleared.setdefault(row["id"], set()).add(name)
                    row.update(dict.fromkeys(names, ""))
        sheet.write_bytes(write_rows(rows))
        try:
            done = update_table([sheet], table, clears=True)
        except TableError as error:  # two claims that only a page told apart, a note translated, a quote located
            told = ("once more", "without `note`", "without `quote`")
            if not all(any(words in each.found for words in told) for each in error.problems):
                raise
            return
        changed = {row.id: {change.path[0] for change in row.changes} for row in done.rows if row.changes}
        assert changed == cleared
        after = done.after.decode()
        letters = iter(before)
        assert all(letter in letters for letter in after), "something is there that was not"
        assert before.startswith("#") == after.startswith("#")
        added = {"group": next(iter(checked.groups)), "nationwide": "true", "as_written": data.draw(TEXT), "id": ""}
        if any(added["as_written"].startswith(sign) for sign in "=+-@'"):
            return
        sheet.write_bytes(write_rows([{**added, "level": next(iter(checked.levels))}]))
        try:
            more = update_table([sheet], table)
        except TableError:
            assert table.read_text("utf-8") == after
            return
        letters = iter(more.after.decode())
        assert all(letter in letters for letter in after), "something is gone"
        assert [row.record is not None for row in more.rows] == [True]
        assert update_table([sheet], table).after == more.after
