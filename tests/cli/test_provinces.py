"""Which provinces a word finds, and which it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]


def names(result: Result) -> list[str]:
    return [line.split()[0] for line in result.stdout.splitlines()[1:]]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("konar", ["AF-KNR"]),
        ("KUNAR", ["AF-KNR"]),
        ("کابل", ["AF-KAB"]),
        ("af-pia", ["AF-PIA"]),
        ("pcode:AF13", ["AF-PIA"]),
        ("eastern", ["AF-KNR", "AF-LAG", "AF-NAN", "AF-NUR"]),
        ("pakti", ["AF-PIA", "AF-PKA"]),
    ],
)
def test_a_word_finds_provinces(run: Run, query: str, codes: list[str]) -> None:
    assert sorted(names(run("provinces", query))) == codes


def test_without_a_word_all_are_listed_with_names_and_codes(run: Run) -> None:
    result = run("provinces")
    assert len(set(names(result))) == 34
    assert "AF-KAB  AF01    Kabul" in result.stdout


@pytest.mark.parametrize(("query", "nearest"), [("Konnarr", "Konar"), ("Kabull", "Kabul")])
def test_a_near_miss_is_an_error_with_names(run: Run, query: str, nearest: str) -> None:
    result = run("provinces", query)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"nothing matches '{query}'" in result.stderr
    assert nearest in result.stderr.partition("nearest: ")[2]


def test_what_is_like_nothing_gets_no_suggestion(run: Run) -> None:
    result = run("provinces", "xyzzy", code=1)
    assert "nearest" not in result.stderr
