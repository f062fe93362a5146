"""What `presence check` prints, for people and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

UNSOURCED = "presence: {Red Group: [Kabul]}\n"


def test_counts_and_colours_are_the_result(run: Run) -> None:
    result = run("check", code=0)
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
    strict = run("check", "--format", form, "--strict", code=1)
    assert "source" in strict.output


def test_several_tables_are_told_one_by_one(run: Run, here: Path) -> None:
    (here / "two.yaml").write_text("title: Second\n" + UNSOURCED, encoding="utf-8")
    result = run("check", "presence.yaml", "two.yaml", code=0)
    blocks = result.stdout.split("\n\n")
    assert [block.splitlines()[:2] for block in blocks] == [["presence.yaml", "A test"], ["two.yaml", "Second"]]
    told = json.loads(run("check", "presence.yaml", "two.yaml", "--format", "json").stdout)
    assert [each["table"] for each in told["tables"]] == ["presence.yaml", "two.yaml"]
    assert (told["ok"], len(told["problems"])) == (True, 1)


def test_a_mistake_in_one_of_several_is_an_error_and_hides_none(run: Run, here: Path) -> None:
    for name in ("one.yaml", "three.yaml"):
        (here / name).write_text("titel: x\n", encoding="utf-8")
    result = run("check", "one.yaml", "presence.yaml", "three.yaml", code=1)
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["one.yaml", "three.yaml"]
    assert result.stdout.startswith("presence.yaml\nA test\n")
    told = json.loads(run("check", "one.yaml", "presence.yaml", "--format", "json").stdout)
    assert [each["ok"] for each in told["tables"]] == [False, True]
    assert told["ok"] is False


COMMAND = re.compile(r"::(error|warning) file=([^,:]*)(?:,line=(\d+),col=(\d+))?,title=presence check::(.*)")


def read_commands(text: str) -> list[tuple[str, ...]]:
    """Read lines as GitHub's runner does: unescaped, percent signs last."""
    found = [COMMAND.fullmatch(line) for line in text.splitlines()]
    assert all(found), text
    signs = {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}
    values = [list(match.groups("")) for match in found if match]
    for row in values:
        for old, new in signs.items():
            row[1], row[4] = row[1].replace(old, new), row[4].replace(old, new)
    return [tuple(row) for row in values]


def test_github_shows_errors_and_warnings_at_their_line(run: Run, here: Path) -> None:
    (here / "wrong.yaml").write_text("presence: {A: [Kabul, Konnarr]}\n", encoding="utf-8")
    (here / "doubt.yaml").write_text(UNSOURCED, encoding="utf-8")
    result = run("check", "--format", "github", "wrong.yaml", "doubt.yaml", "presence.yaml")
    assert (result.exit_code, result.stderr) == (1, "")
    told = read_commands(result.stdout)
    assert [row[:4] for row in told] == [("error", "wrong.yaml", "1", "23"), ("warning", "doubt.yaml", "1", "11")]
    assert told[0][4].startswith("unknown province 'Konnarr'; expected a province")
    assert run("check", "--format", "github", "doubt.yaml").exit_code == 0
    strict = run("check", "--format", "github", "--strict", "doubt.yaml", code=1)
    assert read_commands(strict.stdout)[0][0] == "error"


def test_github_is_told_nothing_of_a_good_table(run: Run) -> None:
    result = run("check", "--format", "github")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


INJECTIONS = (
    "::set-env name=X::y",
    "a\n::error::b",
    "a\r::error::b",
    "%0A::error::b",
    "##[error]x",
    "a,line=9::b",
    "100%",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_makes_a_command_of_its_own(run: Run, here: Path, text: str) -> None:
    name = f"{text}.yaml"
    (here / name).write_text(f"title: {json.dumps(text)}\npresence: {{A: [{json.dumps(text)}]}}\n", encoding="utf-8")
    result = run("check", "--format", "github", name, code=1)
    told = read_commands(result.stdout)
    assert {row[1].replace("\r", "\\r") for row in told} == {name.replace("\r", "\\r")}
    assert told[-1][4].startswith("unknown province ")


def test_a_title_that_is_a_command_is_not_printed_for_github(run: Run, here: Path) -> None:
    title = (here / "presence.yaml").read_text(encoding="utf-8").replace("A test", '"::add-mask::x"')
    (here / "presence.yaml").write_text(title + "  - {group: red, in: Herat, level: cells}\n", encoding="utf-8")
    result = run("check", "--format", "github")
    assert "add-mask" not in result.output
    assert [row[0] for row in read_commands(result.stdout)] == ["warning"]


def test_strict_leaves_a_good_table_alone(run: Run) -> None:
    run("check", "--strict", code=0)


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
