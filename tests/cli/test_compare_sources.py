"""`presence compare --source`: what is asked, what is refused, what is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
TABLE = """
sources: {one: {title: One, date: 2020}, two: {title: Two, date: 2021}, three: {title: Three}}
groups: {a: {name: A}}
presence:
  - {group: a, in: Kabul, source: one, via: three}
  - {group: a, in: Herat, source: two}
"""


@pytest.fixture(autouse=True)
def _table(run: Run, here: Path) -> None:  # which comes after the small table of `run`
    (here / "presence.yaml").write_text(TABLE, encoding="utf-8")


@pytest.mark.parametrize("words", [[], ["--group", "a"], ["--roll-up", "--lang", "fa"]])
def test_a_page_of_two_sources_is_written_to_its_own_place(run: Run, here: Path, words: list[str]) -> None:
    result = run("compare", "--source", "one", "--source", "two", *words)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert [path.name for path in (here / "maps").iterdir()] == ["sources.html"]
    assert f"wrote {Path('maps', 'sources.html')} (" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([], 2, "Missing two or three GROUPs, or two --source"),
        (["a", "--source", "one", "--source", "two"], 2, "Groups are compared or sources"),
        (["--source", "one"], 2, "--source stands 1 times"),
        (["--source", "one", "--source", "two", "--source", "three"], 2, "--source stands 3 times"),
        (["--source", "one", "--source", "two", "--level", "reported"], 2, "--level would hide"),
        (["a", "b", "--group", "a"], 2, "--source is missing"),
        (["--source", "one", "--source", "twoo"], 1, "no source 'twoo'; expected one that a record has as its source: "
         "one, two; nearest: two"),
        (["--source", "one", "--source", "three"], 1, "'three' is no record's own source"),
        (["--source", "one", "--source", "one"], 1, "the same source stands twice"),
        (["--source", "one", "--source", "two", "--group", "b"], 1, "no group 'b'"),
        (["--source", "one", "--source", "two", "--as-of", "2020"], 1, "no record of 'two' is left by what was chosen"),
        (["--source", "one", "--source", "two", "-o", "presence.yaml"], 1, "is one of the files that are read"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_and_nothing_written(
    run: Run, here: Path, words: list[str], code: int, says: str
) -> None:
    result = run("compare", *words)
    assert result.exit_code == code
    assert says in " ".join(result.stderr.split())
    assert [path.name for path in here.iterdir()] == ["presence.yaml"]


def test_the_same_table_gives_the_same_bytes(run: Run, here: Path) -> None:
    for name in ("one.html", "two.html"):
        run("compare", "--source", "one", "--source", "two", "-o", name)
    assert (here / "one.html").read_bytes() == (here / "two.html").read_bytes()
