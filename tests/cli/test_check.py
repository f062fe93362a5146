"""What `presence check` prints, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

UNSOURCED = "presence: {Red Group: [Kabul]}\n"


def test_counts_and_colours_are_the_result(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "A test"
    assert lines[1].startswith("3 groups, 4 records, ")
    assert [line.split()[::2] for line in lines[2:]] == [["SLOT", "GROUP"], ["1", "red"], ["2", "blue"]]


def test_json_says_the_same(run: Run) -> None:
    result = run("check", "--format", "json")
    told = json.loads(result.stdout)
    assert told["ok"] is True
    assert told["counts"]["records"] == 4
    assert [slot["group"] for slot in told["slots"]] == ["red", "blue"]
    assert all(slot["colour"].startswith("#") for slot in told["slots"])


def test_errors_name_the_place(run: Run, here: Path) -> None:
    text = (here / "presence.yaml").read_text(encoding="utf-8").replace("Kunar", "Konnarr")
    (here / "presence.yaml").write_text(text, encoding="utf-8")
    line = next(number for number, line in enumerate(text.splitlines(), 1) if "Konnarr" in line)
    result = run("check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"presence.yaml:{line}:")
    assert "Kunar" in result.stderr
    told = json.loads(run("check", "--format", "json").stdout)
    assert told["ok"] is False
    assert told["problems"][0]["line"] == line
    assert told["problems"][0]["severity"] == "error"


@pytest.mark.parametrize("form", ["text", "json"])
def test_strict_refuses_what_is_doubtful(run: Run, here: Path, form: str) -> None:
    (here / "presence.yaml").write_text(UNSOURCED, encoding="utf-8")
    assert run("check", "--format", form).exit_code == 0
    strict = run("check", "--format", form, "--strict")
    assert strict.exit_code == 1
    assert "source" in strict.output


def test_strict_leaves_a_good_table_alone(run: Run) -> None:
    result = run("check", "--strict")
    assert result.exit_code == 0, result.stderr


def test_warnings_are_no_results(run: Run, here: Path) -> None:
    (here / "presence.yaml").write_text(UNSOURCED, encoding="utf-8")
    result = run("check")
    assert "warning: " in result.stderr
    assert "warning" not in result.stdout


def test_a_table_may_come_from_standard_input(run: Run) -> None:
    assert run("check", "-", input=UNSOURCED).exit_code == 0


def test_an_empty_table_needs_a_word(run: Run, here: Path) -> None:
    (here / "presence.yaml").write_text("presence: []\n", encoding="utf-8")
    assert run("check").exit_code == 1
    assert run("check", "--allow-empty").exit_code == 0
