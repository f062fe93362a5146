"""The schema for editors: the committed file is what the definitions give, and it agrees with the reader."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.nodes import List, Map, Node
from geo.read.fields.mappings import Kind
from geo.read.fields.scalars import Id, Pattern
from geo.read.table.json_schema import NOT_SAID, describe_field, load_schema, write_schema
from geo.read.table.reader import parse_presence
from geo.read.table.root import TABLE
from geo.read.yaml.parse import parse_tree
from tests.hostile.plant import FORMS, dump, find_spots, list_definitions, plant
from tests.hostile.tables import LONG, SHORT

ROOT = Path(__file__).parents[3]
FULL = (ROOT / "tests" / "data" / "full.yaml").read_text(encoding="utf-8")
STARTER = (ROOT / "geo" / "read" / "starter.yaml").read_text(encoding="utf-8")
SCHEMA = json.loads(load_schema())
VALIDATOR = Draft7Validator(SCHEMA)
HEAD = "sources: {s: {title: S}, t: {title: T}}\nlevels: {l: {name: L}}\ngroups: {a: {name: A}, b: {name: B}}\n"
RECORD = "presence: [{group: a, in: Kabul, %s}]"
CORE = (  # what YAML 1.2 makes of a plain scalar, as the language servers do
    (r"|~|null|Null|NULL", lambda _: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+|0x[0-9a-fA-F]+", lambda text: int(text, 0)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
)


def load(node: Node) -> Any:
    """Load a tree as an editor does: its scalars are typed."""
    if isinstance(node, List):
        return [load(item) for item in node.items]
    if isinstance(node, Map):
        return {name: load(value) for name, value in node.values.items()}
    for form, make in CORE if node.plain else ():
        if re.fullmatch(form, node.text):
            return make(node.text)
    return node.text


def is_read(text: str) -> bool:
    try:
        parse_presence(text.encode(), "t.yaml", read_gazetteer(), allow_empty=True)
    except TableError:
        return False
    return True


def complain(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(load(parse_tree(text.encode(), "t.yaml")))]


def test_the_committed_file_is_what_the_definitions_give() -> None:
    assert load_schema() == write_schema(), "make schema"


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert NOT_SAID


def find_kinds(field: Any) -> Iterator[Kind]:
    """Find each mapping with known keys, wherever it stands in the definitions."""
    if isinstance(field, Kind):
        yield field
    parts = (
        [key.field for key in field.keys] if isinstance(field, Kind) else list(getattr(field, "__dict__", {}).values())
    )
    for part in parts:
        if hasattr(part, "read"):
            yield from find_kinds(part)


def test_every_key_has_help_and_an_editor_shows_it() -> None:
    kinds = list(find_kinds(TABLE))
    assert {kind.label for kind in kinds} >= {"a record", "a relation", "a statement", "a period", "a count", "a share"}
    assert [(kind.label, key.name) for kind in kinds for key in kind.keys if not key.help.endswith((".", "1."))] == []
    for kind in kinds:
        shown = describe_field(kind)["properties"]
        assert all(shown[key.name]["description"] == key.help for key in kind.keys)
        assert "internal" in shown


def test_every_class_of_field_is_described() -> None:
    assert all(describe_field(field) for field in list_definitions().values())
    with pytest.raises(TypeError, match="NoneType"):
        describe_field(None)


def test_a_form_that_cannot_be_described_is_no_silent_gap() -> None:
    assert describe_field(Pattern("[4-6]", "x"))["minimum"] == 4
    with pytest.raises(TypeError, match="gaps"):
        describe_field(Pattern("1|3", "one or three"))


def test_an_editor_says_what_belongs_where_a_form_does_not_fit() -> None:
    told = SCHEMA["properties"]["sources"]["additionalProperties"]["properties"]["url"]["patternErrorMessage"]
    assert told.startswith("an address that begins with http://")


def test_a_wrong_part_is_named_by_itself_and_not_as_the_whole_list() -> None:
    text = HEAD + RECORD % "finding: perhaps"
    errors = list(VALIDATOR.iter_errors(load(parse_tree(text.encode(), "t.yaml"))))
    assert [list(error.absolute_path) for error in errors] == [["presence", 0, "finding"]]


def list_patterns(schema: Any) -> Iterator[str]:
    for key, value in (
        schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    ):
        if key == "pattern" and isinstance(value, str):
            yield value
        yield from list_patterns(value)


@pytest.mark.parametrize("pattern", sorted(set(list_patterns(SCHEMA))))
def test_a_pattern_means_the_same_to_python_and_to_javascript(pattern: str) -> None:
    """No flags or classes that one of them has not, and only escapes that JavaScript's strict mode knows."""
    assert re.compile(pattern)
    assert re.findall(r"\(\?(?!:)", pattern) == []
    assert set(re.findall(r"\\(.)", pattern)) <= set("sSxud[]\\^$.*+?(){}|/")


GOOD = {
    "the table of the project": (ROOT / "presence.yaml").read_text(encoding="utf-8"),
    "every key": FULL,
    "the starter": STARTER,
    "a table of every part": dump(LONG).decode(),
    "the short form": dump(SHORT).decode(),
    "the short form, one province as text": "presence: {Group A: Kabul, internal: mine}",
    "numbers and words that are typed": "title: 2020\nbyline: no\nalt: true\npresence: {no: Kabul, 12: [Herat]}",
    "an id that is a number": "groups: {12: {name: 12}}\nsources: {2020: {title: 2020}}\n"
    "presence: [{group: 12, in: Kabul, source: 2020}]",
    "a Dari id and name": "groups: {طالبان: {name: طالبان}}\npresence: [{group: طالبان, in: کابل}]",
    "years": HEAD + RECORD % "observed: 2020",
    "dates in quotes": HEAD + RECORD % 'observed: "2020-06"',
    "a period": HEAD + RECORD % "observed: {from: 2019, to: 2020-02-29}",
    "a leap day": "as_of: 2020-02-29\npresence: []",
    "a digit in quotes": HEAD + RECORD % 'grade: "2"',
    "a page": HEAD + RECORD % "page: 12",
    "an empty internal": "internal:\npresence: []",
    "an internal number": HEAD + RECORD % "internal: 12",
    "one group of several": HEAD + "presence: [{group: [a, b], in: [Kabul, AF-HER], source: s, via: t}]",
    "nothing yet": "title: x",
    "empty parts": "groups: {}\nrelations: []\npresence: []",
    "a relation": HEAD + "relations: [{between: [a, b], type: rivalry, standing: ended}]",
    "another relation": HEAD + "relations: [{from: a, to: b, type: splinter}]",
    "version in quotes": 'version: "1"\npresence: []',
    "an address in capitals": "sources: {s: {title: S, url: HTTPS://Example.org/a?b#c}}\npresence: []",
    "a block": "alt: |\n  a\n  b\npresence: []",
    "a strength": "groups: {a: {name: A, strength: [{low: 1, counts: x, of_which: [{share: 0.5, counts: y}]}]}}",
}


@pytest.mark.parametrize("name", GOOD)
def test_what_the_reader_takes_the_schema_takes(name: str) -> None:
    assert is_read(GOOD[name])
    assert complain(GOOD[name]) == []


def list_examples() -> list[str]:
    """Take each comment of the starter out of comment by itself where it is a key or an item."""
    lines = STARTER.splitlines()
    found = []
    for number, line in enumerate(lines):
        if re.match(r" *# (- \{|[a-z_]+: )", line):
            found.append("\n".join([*lines[:number], line.replace("# ", "", 1), *lines[number + 1 :]]))
    return found


def test_the_examples_of_the_starter_are_taken() -> None:
    examples = list_examples()
    assert len(examples) > 15
    taken = [text for text in examples if is_read(text)]
    assert len(taken) > 15
    assert [complain(text) for text in taken if complain(text)] == []


BAD = {
    "an unknown key": "titel: x",
    "an unknown key in a record": HEAD + RECORD % "levle: l",
    "a wrong choice": HEAD + RECORD % "finding: perhaps",
    "a choice in capitals": HEAD + RECORD % "finding: Absent",
    "a list for text": "title: [x]",
    "text for a list": HEAD + "relations: x",
    "text for a group": "groups: {a: Red}",
    "a list for a mapping": "groups: [{name: A}]",
    "text for presence": "presence: Kabul",
    "no name": "groups: {a: {short: A}}",
    "no group": HEAD + "presence: [{in: Kabul}]",
    "no title of a source": "sources: {s: {author: A}}",
    "no place": HEAD + "presence: [{group: a, level: l}]",
    "two places": HEAD + "presence: [{group: a, in: Kabul, nationwide: true}]",
    "no type": HEAD + "relations: [{between: [a, b], standing: ended}]",
    "a relation without its other end": HEAD + "relations: [{from: a, type: splinter}]",
    "a relation with both forms": HEAD + "relations: [{between: [a, b], from: a, type: splinter}]",
    "a relation with all three": HEAD + "relations: [{between: [a, b], from: a, to: b, type: splinter}]",
    "one group between": HEAD + "relations: [{between: [a], type: rivalry, standing: ended}]",
    "a date the other way round": "as_of: 03/04/2021",
    "a month that is none": "as_of: 2021-13",
    "a day that is none": "as_of: 2021-04-31",
    "30 February": "as_of: 2020-02-30",
    "a year of three digits": "as_of: 999",
    "true for a date": "as_of: true",
    "another version": "version: 2",
    "a word for a number": "levels: {l: {name: L, rank: one}}",
    "a number in quotes": 'levels: {l: {name: L, rank: "1"}}',
    "a number below zero": "levels: {l: {name: L, rank: -1}}",
    "half a person": "groups: {a: {name: A, strength: [{best: 0.5, counts: x}]}}",
    "more than the whole": "groups: {a: {name: A, strength: [{share: 2, of: a, counts: x}]}}",
    "no provinces at all": HEAD + "presence: [{group: a, unlocated: 0}]",
    "not nationwide": HEAD + "presence: [{group: a, nationwide: false}]",
    "yes for true": HEAD + "presence: [{group: a, nationwide: yes}]",
    "a letter for a digit": HEAD + RECORD % "grade: B",
    "a digit for a letter": "sources: {s: {title: S, grade: 2}}",
    "a digit too great": HEAD + RECORD % "grade: 7",
    "a colour by name": "groups: {a: {name: A, colour: red}}",
    "a script for an address": 'sources: {s: {title: S, url: "javascript:alert(1)"}}',
    "a blank in an id": 'groups: {"a b": {name: A}}',
    "an id that begins with a hyphen": "groups: {-a: {name: A}}",
    "a language that is none": "groups: {a: {name: A, names: {dari!: x}}}",
    "an empty list": HEAD + "presence: [{group: a, in: []}]",
    "a province twice": HEAD + "presence: [{group: a, in: [Kabul, Kabul]}]",
    "nothing after a key": "title:\npresence: []",
    "an empty text": 'title: ""\npresence: []',
    "blanks alone": 'title: "  "\npresence: []',
    "a list under internal": "internal: [x]",
    "a mapping for a record's group": HEAD + "presence: [{group: {a: b}, in: Kabul}]",
    "of inside of_which": "groups: {a: {name: A, strength: ["
    "{low: 1, counts: x, of_which: [{low: 1, counts: y, of: a}]}]}}",
}


@pytest.mark.parametrize("name", BAD)
def test_both_refuse_a_mistake(name: str) -> None:
    assert not is_read(BAD[name])
    assert complain(BAD[name])


NOT_SEEN = {
    "an unknown province": HEAD + "presence: [{group: a, in: Kabool}]",
    "an unknown group": HEAD + "presence: [{group: z, in: Kabul}]",
    "the same claim twice": HEAD + "presence: [{group: a, in: Kabul}, {group: a, in: Kabul}]",
    "via without source": HEAD + RECORD % "via: s",
    "a number in another notation": "levels: {l: {name: L, rank: 0x1}}",
    "a province in two spellings": HEAD + "presence: [{group: a, in: [Kabul, AF-KAB]}]",
    "29 February of a common year": "as_of: 2021-02-29",
    "a line break in a name": 'title: "a\\nb"',
    "another dash in an id": "groups: {a—b: {name: A}}",
}


@pytest.mark.parametrize("name", NOT_SEEN)
def test_what_the_schema_cannot_say_the_reader_does(name: str) -> None:
    """Each of these is in the list of what is not said; one that the schema learns moves to the table above."""
    assert not is_read(NOT_SEEN[name])
    assert complain(NOT_SEEN[name]) == []


SPOTS = find_spots(LONG)
SCALARS = st.sampled_from([*FORMS, "2020-02-30", "true", "no", "1.5", "-1", "~", "present", "Kabul", "a b", "۱", "1e3"])


@given(st.sampled_from(SPOTS), SCALARS | st.text(max_size=8), st.booleans())
def test_any_value_that_the_reader_takes_the_schema_takes(spot: Any, text: str, plain: bool) -> None:
    planted = dump(plant(LONG, {spot: "PLANTED"})).decode()
    table = planted.replace('"PLANTED"', text if plain else json.dumps(text))
    if is_read(table) and not (text.strip() != text and spot.field.__class__.__name__ in ("Choice", "Flag")):
        assert complain(table) == []


@given(st.text(max_size=70) | st.text("aA1_.-é", max_size=70))
def test_an_id_is_one_to_both(text: str) -> None:
    """Beyond ASCII the schema takes more; it never takes less."""
    described = re.search(describe_field(Id())["pattern"], text.removesuffix("\n"))
    is_id = bool(re.fullmatch(Id().form.pattern, text))
    assert bool(described) >= is_id
    if text.isascii() and "\n" not in text:
        assert bool(described) == is_id


@pytest.mark.skipif(not (ROOT / "Makefile").exists(), reason="an installed package has no Makefile")
def test_the_word_that_makes_the_schema_anew_makes_it() -> None:
    """Whatever is renamed, `make schema` says in Python how: no other tool reads that line."""
    [line] = re.findall("python -c '(.*)' >", (ROOT / "Makefile").read_text(encoding="utf-8"))
    done = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == load_schema()
