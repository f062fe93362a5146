"""The copy of a source that its author keeps: which paths may stand there, and who is never told of it."""

from __future__ import annotations

import pytest

from geo.errors import TableError
from geo.model import Moment, Position, SourceCopy
from geo.read.table.reader import parse_presence
from tests.read.few_units import GAZETTEER

HASH = "0123456789abcdef" * 4


def read_copy(text: str) -> SourceCopy | None:
    table = f"sources:\n  s: {{title: S, copy: {text}}}\npresence: [{{group: a, in: Kabul, source: s}}]\n"
    return parse_presence(f"{table}groups: {{a: {{name: A}}}}".encode(), "t.yaml", GAZETTEER)[0].sources["s"].copy


@pytest.mark.parametrize(
    "file", ["a.pdf", "copies/UN report.pdf", "a/b/c.txt", "..a", "...", ".kept/x.md", "گزارش.pdf"]
)
def test_a_path_below_the_table_is_one(file: str) -> None:
    assert read_copy(f'{{file: "{file}"}}') == SourceCopy(file)


@pytest.mark.parametrize(
    "file",
    [
        "../a.pdf",
        "/etc/passwd",
        "a/../b",
        "./a",
        "a//b",
        "a/",
        "~/a.pdf",
        "C:/a.pdf",
        "a\\\\b",
        "..",
        "a\\u200b.pdf",
        "a?",
    ],
)
def test_a_way_out_is_refused_with_its_place(file: str) -> None:
    with pytest.raises(TableError) as caught:
        read_copy(f'{{file: "{file}"}}')
    (problem,) = caught.value.problems
    assert str(problem).startswith("t.yaml:2:30: ")
    assert "in the folder of the table or below it" in problem.expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "2:23: a copy without `file`; expected `file`"),
        ("x.pdf", "2:23: text where a copy belongs; expected the keys file, sha256, taken, publish"),
        ("{file: x, sha256: abc}", "2:41: 'abc'; expected the SHA-256 of the file"),
        ("{file: x, publish: yes}", "2:42: 'yes'; expected true or false, or leave the key out"),
        ("{file: x, taken: 3/4/2020}", "2:40: "),
    ],
)  # fmt: skip
def test_what_is_no_copy_is_refused(text: str, said: str) -> None:
    with pytest.raises(TableError) as caught:
        read_copy(text)
    assert str(caught.value.problems[0]).startswith(f"t.yaml:{said}")


def test_all_keys_are_read_and_a_copy_may_be_taken_after_the_day_of_the_table() -> None:
    found = read_copy(f"{{file: x, sha256: {HASH.upper()}, taken: 2031-01-02, publish: true}}")
    assert found == SourceCopy("x", HASH.upper(), Moment(2031, 1, 2), publish=True)
    assert found.position == Position(2, 30)
    assert read_copy("{file: x, publish: false}") == SourceCopy("x")
