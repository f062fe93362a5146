"""Days and grades on the command line: what they leave out is told, what cannot be meant is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.cli.main import main

TABLE = """\
title: Time
as_of: 2021-12-31
levels: {cells: {name: Cells, rank: 1, valid_for: 12 months}}
sources:
  old: {title: Old, date: 2020-03, grade: B}
  new: {title: New, date: 2021-07, grade: D}
  none: {title: Undated}
groups: {a: {name: Group A}, b: {name: Group B}}
presence:
  - {group: a, in: Kabul, source: old, confidence: high, grade: 2}
  - {group: b, in: Kunar, source: new, confidence: low}
  - {group: b, in: Ghor, source: none, basis: claimed}
"""
EARLY = "none of 3 records is left by what was chosen; the first was published 2020-03; expected other choices"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "presence.yaml").write_text(TABLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.mark.parametrize(
    ("words", "said", "on_page"),
    [
        ("--as-of 2020-12", "2 records left out",
         "2 of 3 records are not shown: 1 published after December 2020; 1 without a date of publication."),
        ("--confidence moderate", "2 records left out", "1 of lower confidence; 1 without a confidence."),
        ("--basis reported", "1 record left out", "1 of another basis."),
        ("--grade C", "2 records left out", "1 of a lower grade; 1 without a grade"),
        ("--grade 3", "2 records left out", "2 without a grade"),
        ("", "1 record out of date", "1 record is out of date."),
    ],
)  # fmt: skip
def test_what_is_left_out_is_counted_here_and_on_the_page(words: str, said: str, on_page: str, shelf: Path) -> None:
    done = run("overlay", *words.split())
    assert done.exit_code == 0, done.output
    assert said in done.output
    assert on_page in (shelf / "maps" / "overlay.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("overlay --as-of 2019", 1, EARLY),
        ("timeline --as-of 2019", 1, EARLY),
        ("overlay --as-of 03/04/2021", 2, "'03/04/2021', where day and month could be either; expected a date as YYYY"),
        ("overlay --as-of 2021-02-30", 2, "a day that is not in the calendar"),
        ("overlay --grade G", 2, "expected a letter A-E of the source, a digit 1-5 of the item, or both: B3"),
        ("overlay --grade ''", 2, "expected a letter A-E"),
        ("overlay --confidence sure", 2, "'sure' is not one of 'low', 'moderate', 'high'"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(words: str, code: int, message: str, shelf: Path) -> None:
    done = run(*[word.strip("'") for word in words.split()])
    assert (done.exit_code, message in done.output) == (code, True), done.output
    assert not (shelf / "maps").exists()


def test_a_time_line_needs_dates(shelf: Path) -> None:
    (shelf / "presence.yaml").write_text("presence: {Group A: [Kabul]}", "utf-8")
    done = run("timeline")
    assert done.exit_code == 1
    found = (
        "presence.yaml: no record has a date, so there is no step in time; expected `date` on sources, or `observed`"
    )
    assert found in done.output
    assert not (shelf / "maps").exists()


def test_all_maps_leave_out_a_time_line_of_one_step(shelf: Path) -> None:
    assert "timeline.html" in run("build").output
    (shelf / "presence.yaml").write_text("presence: {Group A: [Kabul], Group B: [Kabul]}", "utf-8")
    done = run("build", "-o", "other")
    assert "leaving out timeline: no steps in time" in done.output
    assert sorted(path.name for path in (shelf / "other").iterdir()) == [
        "choropleth.html", "compare.html", "overlay.html", "report.html",
    ]  # fmt: skip
