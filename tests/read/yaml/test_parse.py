"""The YAML tree: positions, what is refused and where, and that nothing but TableError ever comes out."""

from __future__ import annotations

import gc
import io
import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import Problem, TableError
from geo.read.common import file_text
from geo.read.common.nodes import List, Map, Node, Text, quote
from geo.read.yaml import builder, parse
from geo.read.yaml.parse import parse_tree, read_tree

DATA = Path(__file__).parents[2] / "data"
FULL = (DATA / "full.yaml").read_bytes()


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers of PyYAML; the second is what a build without libyaml has."""
    monkeypatch.setattr(parse, "LOADER", getattr(yaml, request.param))


def plain(node: Node) -> object:
    """A tree as lists, dicts and texts with positions."""
    if isinstance(node, Text):
        return (node.text, node.plain, node.line, node.column)
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    return {(key.text, key.line, key.column): plain(node.values[name]) for name, key in node.keys.items()}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: NO", {("a", 1, 1): ("NO", True, 1, 4)}),
        ("a: 017\nb: '017'", {("a", 1, 1): ("017", True, 1, 4), ("b", 2, 1): ("017", False, 2, 4)}),
        ("a:\r\n  - 2021-06-01\r\n  - =", {("a", 1, 1): [("2021-06-01", True, 2, 5), ("=", True, 3, 5)]}),
        ("\ufeffکابل: {b: [c, d]}", {("کابل", 1, 1): {("b", 1, 8): [("c", True, 1, 12), ("d", True, 1, 15)]}}),
        ("a: |\n  x\n  y\n", {("a", 1, 1): ("x\ny\n", False, 1, 4)}),
        ("'<<': 1", {("<<", 1, 1): ("1", True, 1, 7)}),
        ("'': 1", {("", 1, 1): ("1", True, 1, 5)}),
        ("2020: 1", {("2020", 1, 1): ("1", True, 1, 7)}),
        ("a:", {("a", 1, 1): ("", True, 1, 3)}),
        ("[" * 20 + "x" + "]" * 20, eval("[" * 20 + "('x', True, 1, 21)" + "]" * 20)),
    ],
)
def test_a_tree_keeps_text_and_places(text: str, expected: object) -> None:
    assert plain(parse_tree(text.encode(), "t.yaml")) == expected


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "t.yaml: the file is empty; expected a presence table"),
        (b"# only a comment\n", "t.yaml: the file is empty; expected a presence table"),
        (b"---\n", "t.yaml: the file is empty; expected a presence table"),
        (b"a: 1\n--- \nb: 2", "t.yaml:2:1: a second document (---); expected one table in one file"),
        (
            b"a:\n  - &x 1",
            "t.yaml:2:5: an anchor (&); expected the value alone, or quotes around text that begins with &",
        ),
        (b"b: *x", "t.yaml:1:4: an alias (*); expected the value itself"),
        (b"a: !!int 3", "t.yaml:1:4: a tag (!); expected the value alone, or quotes around text that begins with !"),
        (b"a: !x [3]", "t.yaml:1:4: a tag (!); expected the value alone, or quotes around text that begins with !"),
        (b"a: {<<: {b: 1}}", "t.yaml:1:5: a merge key (<<); expected the keys themselves"),
        (
            b"a: 1\nb: 2\na: 3\nb: 4",
            "t.yaml:3:1: the key 'a' stands here twice; expected it once; it already stands at line 1\n"
            "t.yaml:4:1: the key 'b' stands here twice; expected it once; it already stands at line 2",
        ),
        (
            b"{[a]: 1}",
            "t.yaml:1:2: a key that is a list or a mapping; expected text as a key, in quotes if it holds [ ] { }",
        ),
        (b"[" * 21 + b"]" * 21, "t.yaml:1:21: more than 20 levels of nesting; expected a flatter table"),
        (b"- " * 100_000, "t.yaml:1:41: more than 20 levels of nesting; expected a flatter table"),
        (b"a: 1\nb: " + b"{c: " * 5000, "t.yaml:2:80: more than 20 levels of nesting; expected a flatter table"),
        (b"[" * 100_000, "t.yaml:1:21: more than 20 levels of nesting; expected a flatter table"),
        (b"a: caf\xe9", 't.yaml:1:7: byte 6 (0xe9) is not UTF-8; expected a text file saved as "UTF-8"'),
        (
            b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9\xff",
            't.yaml:2:5: byte 14 (0xff) is not UTF-8; expected a text file saved as "UTF-8"',
        ),
        (
            "a: 1".encode("utf-16"),
            "t.yaml: the file is not UTF-8 but looks like UTF-16 or a binary file; "
            'expected a text file saved as "UTF-8"',
        ),
        (
            b"PK\x03\x04rest",
            "t.yaml: the file is a spreadsheet, an archive, a PDF or a picture; "
            "expected a table in YAML, which is plain text",
        ),
        (b"a: 1\nb: x\x07", "t.yaml:2:5: the unprintable character U+0007; expected text without it; delete it"),
        (
            "a: x\u2028y".encode(),
            "t.yaml:1:5: the unprintable character U+2028; expected text without it; delete it",
        ),
        (b'a: "\\0"', "t.yaml:1:4: an escape that gives an unprintable character; expected text without it"),
        (
            b"a: b: c",
            "t.yaml:1:5: a colon where no key can stand; expected quotes around text that holds ': '",
        ),
        (
            b"a:\n\t- x",
            "t.yaml:2:1: a character that cannot begin a value; expected blanks for tabs, or quotes around the text",
        ),
    ],
)
def test_what_misleads_is_refused_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_tree(data, "t.yaml")
    assert str(caught.value) == message


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "text",
    [
        "a: {internal: {SECRET: 1, SECRET: 2}}",
        "a: {internal: x, SECRET, SECRET}",
        "internal: &SECRET x",
        "internal: *SECRET",
        "internal: !SECRET x",
        "internal: SECRET: x",
        "internal: [SECRET",
        "internal: !SECRET!x y",
        'internal: "SECRET \\q"',
        "internal: 1\ninternal: {SECRET: 1, SECRET: 2}",
    ],
)
def test_no_message_shows_what_is_internal(text: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_tree(text.encode(), "t.yaml")
    assert "SECRET" not in str(caught.value)


def test_an_escape_beyond_unicode_is_refused_by_both_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CSafeLoader", "SafeLoader"):
        monkeypatch.setattr(parse, "LOADER", getattr(yaml, name))
        with pytest.raises(TableError):
            parse_tree(b'a: "\\UFFFFFFFF"', "t.yaml")


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("data", [b"a: {? : 1}", b"?\n: 1"])
def test_an_empty_key_is_refused(data: bytes) -> None:
    with pytest.raises(TableError, match=r"^t\.yaml:1:\d: a value without a key; expected a key before the colon$"):
        parse_tree(data, "t.yaml")


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "MOST_NODES", 4)
    assert plain(parse_tree(b"[a, b, c]", "t.yaml")) == [(x, True, 1, 2 + 3 * i) for i, x in enumerate("abc")]
    with pytest.raises(TableError, match=r"^t\.yaml:1:11: more than 4 values"):
        parse_tree(b"[a, b, c, d]", "t.yaml")


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    with pytest.raises(TableError):
        parse_tree(b"{", "t.yaml")
    assert gc.isenabled()


@given(st.binary(max_size=200))
def test_any_bytes_give_a_tree_or_an_error(data: bytes) -> None:
    survive(data)


@given(st.text(alphabet="ab:-[]{},&*!|>'\"%@`#?<\\x0 \n\t", max_size=60))
def test_any_punctuation_gives_a_tree_or_an_error(text: str) -> None:
    survive(text.encode())


@given(st.integers(0, len(FULL)), st.integers(0, 40), st.binary(max_size=8))
def test_any_damage_to_a_good_table_gives_a_tree_or_an_error(at: int, cut: int, put: bytes) -> None:
    survive(FULL[:at] + put + FULL[at + cut :])


def survive(data: bytes) -> None:
    """Both parsers end in a tree or in a TableError with a message."""
    for name in ("CSafeLoader", "SafeLoader"):
        parse.LOADER = getattr(yaml, name)
        try:
            assert isinstance(parse_tree(data, "t.yaml"), Text | List | Map)
        except TableError as error:
            assert str(error).startswith("t.yaml")  # noqa: PT017
        finally:
            parse.LOADER = yaml.CSafeLoader


class TestFiles:
    """The thin door."""

    def test_a_file_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "t.yaml").write_bytes(b"a: 1")
        assert plain(read_tree(tmp_path / "t.yaml")) == {("a", 1, 1): ("1", True, 1, 4)}

    def test_standard_input_is_read_and_capped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(file_text, "LARGEST_FILE", 8)
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"a: 1")))
        assert isinstance(read_tree("-"), Map)
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"a: 1" * 3)))
        with pytest.raises(TableError, match=r"^standard input: the file is larger than 16 MB"):
            read_tree("-")

    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("none.yaml", "there is no such file"),
            ("folder", "this is a folder"),
            ("pipe", "this is not a regular file"),
            ("large.yaml", "the file is larger than 16 MB"),
            ("a\0b", "the file cannot be read: not a path"),
            ("n" * 300, "the file cannot be read: File name too long"),
            ("none.yaml/x", "there is no such file"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, tmp_path: Path, name: str, found: str) -> None:
        (tmp_path / "folder").mkdir()
        os.mkfifo(tmp_path / "pipe")
        with (tmp_path / "large.yaml").open("wb") as file:
            file.truncate(file_text.LARGEST_FILE + 1)
        with pytest.raises(TableError) as caught:
            read_tree(tmp_path / name)
        (problem,) = caught.value.problems
        assert (problem.file, problem.found) == (str(tmp_path / name), found)
        assert problem.expected

    def test_a_file_without_permission_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "stat", refuse)
        with pytest.raises(TableError, match="the file may not be read; expected a file that you have permission"):
            read_tree(tmp_path / "t.yaml")


CUT = {
    "a value": ("a: Battalion #055", "1:14", "#055"),
    "a value in quotes or not": ('a: "x" # y\nb: C# #5 or #6', "2:7", "#5"),
    "a key": ("? Group #1\n: x", "1:9", "#1"),
    "an item": ("- a\n- b  #c d", "2:6", "#c"),
    "an item in brackets": ("[a #b\n, c]", "1:4", "#b"),
    "a value in braces": ("{a: b #c\n}", "1:7", "#c"),
    "text of several lines": ("a: b\n  c #d\n", "2:5", "#d"),
    "several signs": ("a: b ##c", "1:6", "##c"),
    "Dari": ("a: گروه #۱", "1:9", "#۱"),
    "beyond the basic plane": ("a: \U0001f5fa #1", "1:6", "#1"),
    "line ends of Windows": ("a: b\r\nc: d #e\r\n", "2:6", "#e"),
    "a long word": ("a: b #" + "c" * 99, "1:6", "#" + "c" * 78 + "…"),
    "internal": ("internal: ask Ann #555", "1:19", "#"),
    "the rest of internal": ("{internal: ask Ann, at #555\n}", "1:24", "#"),
}


@pytest.mark.parametrize(("text", "place", "shown"), CUT.values(), ids=CUT)
@pytest.mark.usefixtures("loader")
def test_text_that_a_comment_cuts_is_told(text: str, place: str, shown: str) -> None:
    cuts: list[Problem] = []
    parse_tree(text.encode(), "t.yaml", cuts)
    (cut,) = cuts
    assert str(cut).startswith(f"t.yaml:{place}: text cut at ` {shown}`; expected quotes around the text or, for a ")
    assert cut.severity == "warning"


LEFT_ALONE = {
    "a comment": "a: b # c",
    "a comment of one sign": "a: b #",
    "a comment of several signs": "a: b ### c",
    "a line of its own": "#a\na: b\n  #c\n#d",
    "a sign in a word": "a: C#5",
    "quotes": "a: \"b #c\"\nd: 'e #f'",
    "after quotes": 'a: "b" #c',
    "a block": "a: |\n  b #c\nd: >\n  e #f\n",
    "the head of a block": "a: | #b\n  c\n",
    "after brackets": "a: [b] #c",
    "a key without a value": "a: #b\n  c: d",
    "nothing": "a: #b",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
@pytest.mark.usefixtures("loader")
def test_comments_are_left_alone(text: str) -> None:
    cuts: list[Problem] = []
    parse_tree(text.encode(), "t.yaml", cuts)
    assert cuts == []


ENDLESS = {"blanks": " " * 1_000_000 + "c", "signs": " " + "#" * 1_000_000, "comments": " #c" * 300_000}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_blanks_and_signs_without_end_take_no_time(text: str) -> None:
    begun = time.process_time()
    parse_tree(f"a: b{text}".encode(), "t.yaml")
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: {b: c #d}\ne: f", ["1:10", "2:1"]),
        ("a: [b #c]\nd: e", ["1:7", "2:1"]),
        ("Group #1: [a]\nb: c", ["1:7", "2:1"]),
        ("a: b #c\nd: [e", ["3:1"]),
    ],
)
def test_where_text_is_cut_so_that_no_yaml_is_left_the_cut_is_told(text: str, places: list[str]) -> None:
    with pytest.raises(TableError) as caught:
        parse_tree(text.encode(), "t.yaml")
    assert [str(problem.position) for problem in caught.value.problems] == places
    assert [" #" in problem.found for problem in caught.value.problems] == [True, False][-len(places) :]


@given(st.text())
def test_a_quote_is_short_and_on_one_line(text: str) -> None:
    assert len(quote(text)) <= 80
    assert quote(text).isprintable()


NEVER = "a quote that opens here and is never closed; expected its end"
LATER = "a quote that opens here and is closed in line {}, where more text follows; expected its end where"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('title: "abc\nx: y\n', f"t.yaml:1:8: {NEVER}"),
        ("a: b\ntitle: 'abc\nx: y\n", f"t.yaml:2:8: {NEVER}"),
        ('- "a"\n- b: {c: "d}\n- e\n', f"t.yaml:2:10: {NEVER}"),
        ('a: "b\n---\nc\n', f"t.yaml:1:4: {NEVER}"),
        ('a: "b\n"c": d\n', f"t.yaml:1:4: {LATER.format(2)}"),
        ('- {a: "b, c: d}\n- {a: e, c: "d"}\n', f"t.yaml:1:7: {LATER.format(2)}"),
        ("a: 'b\nc: it's d\n", f"t.yaml:1:4: {LATER.format(2)}"),
        ("a: [b, c\nd: e\n", "t.yaml:2:2: a list in [ ] that goes wrong here, and opens in line 1; "),
        ("a:\n- {b: c\n- d\n", "t.yaml:4:1: a mapping in { } that goes wrong here, and opens in line 2; "),
    ],
)
@pytest.mark.usefixtures("loader")
def test_what_is_not_closed_is_told_where_it_opens(text: str, says: str) -> None:
    with pytest.raises(TableError) as told:
        parse_tree(text.encode(), "t.yaml")
    assert str(told.value).startswith(says)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 'it's'\n", "t.yaml:1:8: a line that does not fit"),
        ("a: [b, c}\n", "t.yaml:1:9: a list in [ ] that goes wrong here; "),
        ('a: "\\q"\n', "t.yaml:1:"),
        ("a: |\n  b\n c\nd\n", "t.yaml:"),
        ('{a: "b\n c", d: [e}\n', "t.yaml:2:"),
    ],
)
@pytest.mark.usefixtures("loader")
def test_a_quote_is_not_blamed_for(text: str, says: str) -> None:
    with pytest.raises(TableError) as told:
        parse_tree(text.encode(), "t.yaml")
    assert str(told.value).startswith(says)
    assert "a quote" not in str(told.value)
