"""A tidied table: what changes, what is left alone, and that the same is read from it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import TableError
from geo.model import Table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.nodes import Map
from geo.read.table.reader import parse_presence
from geo.read.yaml.parse import parse_tree
from geo.read.yaml.tidy import hide_internal, is_same_tree, splice, tidy_text
from tests.hostile.tables import LONG, SHORT

ROOT = Path(__file__).parents[3]
TIDY = [
    ROOT / "presence.yaml", ROOT / "geo" / "read" / "starter.yaml", ROOT / "tests" / "data" / "full.yaml",
    ROOT / "tests" / "data" / "wrong.yaml",
]  # fmt: skip


def tidy(text: str) -> str:
    return tidy_text(text.encode(), "t.yaml")


CHANGED = {
    "blanks at the end of a line": ("a: 1  \nb: 2 # x\t\n", "a: 1\nb: 2 # x\n"),
    "blanks after a comment": ("a: 1 # x  \n# y \n", "a: 1 # x\n# y\n"),
    "blanks on an empty line": ("a: 1\n   \nb: 2\n", "a: 1\n\nb: 2\n"),
    "no line end at the end": ("a: 1", "a: 1\n"),
    "empty lines at the end": ("a: 1\n\n \n\n", "a: 1\n"),
    "line ends of Windows": ("a: 1\r\nb:\r\n  - 2\r\n", "a: 1\nb:\n  - 2\n"),
    "a byte order mark": ("\ufeffa: 1\n", "a: 1\n"),
    "four columns": ("a:\n    b:\n        c: 1\n", "a:\n  b:\n    c: 1\n"),
    "a list in the column of its key": ("a:\n- b: 1\n  c: 2\n- d\ne: 3\n", "a:\n  - b: 1\n    c: 2\n  - d\ne: 3\n"),
    "blanks after a hyphen": ("a:\n  -   b: 1\n      c: 2\n", "a:\n  - b: 1\n    c: 2\n"),
    "a list in a list": ("a:\n-  - 1\n   -   2\n", "a:\n  - - 1\n    - 2\n"),
    "a value on the next line": ("a:\n        1\n", "a:\n  1\n"),
    "blanks around a colon": ("a :   1\n", "a: 1\n"),
    "a mapping in braces": ('a: { "b":1 , c :  2,d: 3 }\n', 'a: {"b": 1, c: 2, d: 3}\n'),
    "a list in brackets": ("a: [ 1,2 , 3 ]\n", "a: [1, 2, 3]\n"),
    "nothing in brackets": ("a: [ ]\nb: {  }\n", "a: []\nb: {}\n"),
    "brackets over several lines": ("a:\n    b: [\n      1,\n      2\n    ]\n", "a:\n  b: [\n    1,\n    2\n  ]\n"),
    "a text over several lines": ("a:\n    b: one\n       two\n", "a:\n  b: one\n    two\n"),
    "a text in quotes over several lines": ('a:\n    b: "one\n  two"\n', 'a:\n  b: "one\n    two"\n'),
    "a block of text": (
        "a:\n    b: |\n        one\n          two\n\n        three\n",
        "a:\n  b: |\n    one\n      two\n\n    three\n",
    ),
    "a comment above a key": ("a:\n    # about b\n    b: 1\n", "a:\n  # about b\n  b: 1\n"),
    "a comment below a key": ("a:\n    b: 1\n    # c: 2\nd: 3\n", "a:\n  b: 1\n  # c: 2\nd: 3\n"),
    "a comment in a list": ("a:\n- 1\n# two\n- 2\n", "a:\n  - 1\n  # two\n  - 2\n"),
    "a comment below a block of text": (
        "a:\n    b: |\n        one\n    # two\nc: 3\n",
        "a:\n  b: |\n    one\n  # two\nc: 3\n",
    ),
    "a comment at the end": ("a:\n    b: 1\n    # end", "a:\n  b: 1\n  # end\n"),
}  # fmt: skip


@pytest.fixture(params=["with libyaml", "without"])
def _scanner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every PyYAML has libyaml, and their marks differ."""
    if request.param == "without":
        monkeypatch.setattr("geo.read.yaml.tidy.LOADER", yaml.SafeLoader)


@pytest.mark.usefixtures("_scanner")
@pytest.mark.parametrize("name", CHANGED)
def test_what_is_tidied(name: str) -> None:
    before, after = CHANGED[name]
    assert tidy(before) == after
    assert tidy(after) == after


LEFT = {
    "blanks before a comment": "a: 1    # one\nbb: 2   # two\n",
    "empty lines": "a: 1\n\n\n\nb: 2\n",
    "quotes": "a: 'x'\nb: \"y\"\n",
    "long lines": f"a: {'word ' * 60}end\n",
    "blanks in a text": 'a: "x   y"\nb: x   y\n',
    "blanks in a block of text": "a: |\n  one   \n\n  two\n    \nb: 1\n",
    "the end of a block of text": "a: |+\n  one\n\n\n",
    "a block of text without its last line end": "a: |\n  one",
    "a block of text with its own indentation": "a: |2\n    one\n  two\n",
    "blanks at the end of a line in quotes": 'a: "one   \n  two\\\n  three"\n',
    "a comma at the end": "a: [1, 2,]\n",
    "nothing before a comma": "a: {internal: , b: 1}\n",
    "a hyphen by itself": "a:\n  -\n    b: 1\n",
    "a start of the document": "---\na: 1\n",
    "signs in a text": "a: x:y,z[1]\nb: '{ a:1 }'\n",
}


@pytest.mark.usefixtures("_scanner")
@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_alone(name: str) -> None:
    assert tidy(LEFT[name]) == LEFT[name]


@pytest.mark.parametrize("path", TIDY, ids=lambda path: path.name)
def test_our_own_tables_are_tidy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert splice(text) == text


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2\n", "a: &x 1\n", "", "a: \x00"])
def test_what_is_no_table_is_an_error(text: str) -> None:
    with pytest.raises(TableError):
        tidy(text)


def test_where_other_values_would_be_read_nothing_changes() -> None:
    """A word that begins like a mark of YAML, at the start of a line."""
    text = "   --- x: 1\n"
    assert splice(text) != text
    assert tidy(text) == text


class Untidy(yaml.SafeDumper):
    """Writes every value out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def draw_text(seed: int) -> str:
    """Write a whole table in some other way, and add what an editor or a hurried person leaves behind."""
    chance = random.Random(seed)
    text: str = yaml.dump(
        chance.choice([LONG, LONG, SHORT, {"title": "a\nb \n", "alt": " lead\n\n\ntail  \n\n", "presence": []}]),
        Dumper=Untidy, indent=chance.choice([2, 3, 4, 7]), width=chance.choice([20, 60, 1000]), allow_unicode=True,
        default_flow_style=chance.choice([True, False, None]), sort_keys=False,
        default_style=chance.choice([None, None, None, '"', "'", "|", ">"]),
    )  # fmt: skip
    lines = text.split("\n")
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(lines))
        lines[at] += chance.choice(["  ", "\t", "  # a comment", " #"])
        lines.insert(
            chance.randrange(len(lines) + 1), " " * chance.randrange(9) + chance.choice(["# a comment", "", ""])
        )
    return chance.choice(["\n", "\n", "\r\n", "\r"]).join(lines)


def read(text: str) -> Table | None:
    try:
        table = parse_presence(text.encode(), "t.yaml", read_gazetteer(), allow_empty=True)[0]
    except TableError:
        return None
    unplaced: Table = forget_places(table)
    return unplaced


def forget_places(value: Any) -> Any:
    """Give a value without the lines and columns in it, which may change."""
    if isinstance(value, tuple):
        return tuple(map(forget_places, value))
    if hasattr(value, "position"):
        value = replace(value, position=None)
    if hasattr(value, "__dataclass_fields__"):
        parts = {name: forget_places(getattr(value, name)) for name in value.__dataclass_fields__}
        return (type(value), tuple(parts.items()))
    return {key: forget_places(each) for key, each in value.items()} if hasattr(value, "items") else value


COMMENT = re.compile("# a comment")


@given(st.integers(0, 2**32))
def test_any_table_keeps_its_values_and_comments_and_twice_is_once(seed: int) -> None:
    text = draw_text(seed)
    table = read(text)
    assume(table is not None)
    tidied = tidy(text)
    assert tidied == splice(text), "it was left alone because other values would be read"
    assert read(tidied) == table
    assert tidy(tidied) == tidied
    assert len(COMMENT.findall(tidied)) == len(COMMENT.findall(text))
    assert re.sub(r"\s", "", tidied) == re.sub(r"\s", "", text), "more than blanks changed"


def test_most_of_these_texts_are_tables_and_untidy() -> None:
    texts = [text for text in map(draw_text, range(60)) if read(text)]
    assert len(texts) > 20
    assert sum(tidy(text) != text for text in texts) > 20


PARTS = (
    "\n",
    "\r\n",
    "  ",
    "\t",
    ": ",
    ":",
    "- ",
    "-",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "# c\n",
    "'",
    '"',
    "|\n",
    ">-\n",
    "x",
    "a: ",
    "? ",
)


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_any_text_is_tidied_to_the_same_values_or_left_alone(text: str) -> None:
    try:
        tree = parse_tree(text.encode(), "t.yaml")
    except TableError:
        return
    tidied = tidy(text)
    assert is_same_tree(tree, parse_tree(tidied.encode(), "t.yaml"))
    if isinstance(tree, Map):
        assert tidy(tidied) == tidied


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("internal: secret\na: 1\n", "internal: (internal)\na: 1\n"),
        ("{internal: 'secret', a: 1}", "{internal: (internal), a: 1}"),
        ("a:\n  internal: |\n    secret\n    more\n  b: 1\n", "a:\n  internal: (internal)\n  b: 1\n"),
        ("internal: one\n  two\na: 1\n", "internal: (internal)\na: 1\n"),
        ("a: 1\rinternal: secret\rb: 2\r", "a: 1\ninternal: (internal)\nb: 2\n"),
        ("a: 1\r\ninternal: secret\r\nb: 2\r\n", "a: 1\r\ninternal: (internal)\r\nb: 2\r\n"),
        ("{internal: , a: 1}", "{internal: , a: 1}"),
        ("a: internal\nb: 1\n", "a: internal\nb: 1\n"),
    ],
)
def test_what_is_internal_is_hidden(text: str, shown: str) -> None:
    assert hide_internal(text) == shown
