"""Two groups or levels of one name are refused with both lines, whatever their order; those that are alike are not."""

from __future__ import annotations

from itertools import permutations

import pytest

from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence

GAZETTEER = read_gazetteer()


def read(*groups: str, levels: str = "") -> list[str]:
    level = ", level: low" if levels else ""
    lines = ["groups:", *(f"  {group}" for group in groups), levels, f"presence: [{{group: a, in: Kabul{level}}}]"]
    try:
        parse_presence("\n".join(lines).encode(), "t.yaml", GAZETTEER)
    except TableError as error:
        return [str(problem) for problem in error.problems]
    return []


SAME = {
    "equal": ("a: {name: Red}", "b: {name: Red}"),
    "other case": ("a: {name: Red Group}", "b: {name: RED group}"),
    "other width": ("a: {name: Red}", "b: {name: Ｒｅｄ}"),
    "other blanks": ("a: {name: 'Red  Group'}", 'b: {name: "Red\\u00a0Group"}'),
    "decomposed": ("a: {name: \u00c5b}", "b: {name: A\u030ab}"),
    "an alias of another": ("a: {name: Red, aliases: [Blue, Green]}", "b: {name: blue}"),
    "one alias without a list": ("a: {name: Red, aliases: BLUE}", "b: {name: Blue}"),
    "a short name of another": ("a: {name: Red, short: R}", "b: {name: R}"),
    "two short names": ("a: {name: Red, short: R}", "b: {name: Rot, short: r}"),
}


@pytest.mark.parametrize("groups", SAME.values(), ids=SAME)
def test_groups_of_one_name_are_refused_with_both_lines(groups: tuple[str, str]) -> None:
    for first, second in permutations(groups):
        (problem,) = read(first, second)
        assert problem.startswith("t.yaml:3:")
        assert f"for {second[0]!r}, which is" in problem
        assert f"of {first[0]!r} on line 2; expected one of these groups, or names that tell them apart" in problem


LETTERS = {
    "equal": ("a: {name: Red, letters: RD}", "b: {name: Blue, letters: RD}"),
    "other case": ("a: {name: Red, letters: rd}", "b: {name: Blue, letters: RD}"),
    "also a short name": ("a: {name: Red, short: RD, letters: RD}", "b: {name: Blue, letters: RD}"),
}


@pytest.mark.parametrize("groups", LETTERS.values(), ids=LETTERS)
def test_groups_that_share_letters_are_refused_with_both_lines(groups: tuple[str, str]) -> None:
    for first, second in permutations(groups):
        (problem,) = read(first, second)
        assert problem.startswith("t.yaml:3:")
        assert f"for {second[0]!r}, which are the letters of {first[0]!r} on line 2" in problem
        assert problem.endswith("expected one of these groups, or letters that tell them apart")


@pytest.mark.parametrize(
    "groups",
    [
        ("a: {name: Red, letters: RD}", "b: {name: Blue, letters: BL}"),
        ("a: {name: Red, letters: RD}", "b: {name: RD}"),
        ("a: {name: AB}", "b: {name: \u00c5B}"), ("a: {name: Al-Qaida}", "b: {name: Al Qaida}"),
        ("a: {name: Red, aliases: [IS]}", "b: {name: Blue, aliases: [IS]}"),
        ("a: {name: Red, aliases: [red, RED], short: Red}", "b: {name: Blue}"),
        ("a: {name: Red, short: IS}", "b: {name: Blue, aliases: [IS]}"),
        ("a: {name: Red}", "red: {name: Blue}"),
    ],
)  # fmt: skip
def test_groups_that_are_only_alike_are_two(groups: tuple[str, ...]) -> None:
    assert read(*groups) == []


def test_three_are_told_two_by_two_and_many_take_no_long() -> None:
    assert len(read("a: {name: Red}", "b: {name: red}", "c: {name: RED}")) == 2
    assert (
        read(*(f"{chr(97 + at % 26)}{at}: {{name: G{at}, aliases: [all]}}" for at in range(3000)), "a: {name: A}") == []
    )


def test_levels_of_one_name_are_refused() -> None:
    (problem,) = read("a: {name: A}", levels="levels: {low: {name: Cells}, high: {name: cells}}")
    assert "'cells' for 'high', which is the name of 'low' on line 3; expected one of these levels" in problem
