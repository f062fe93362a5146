"""The hooks for pre-commit: each entry is a command that takes the files it is given."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from geo.cli.main import main

ROOT = Path(__file__).parents[1]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GOOD = "presence: {A: [Kabul]}\n"


def call(hook: dict[str, Any], *files: str) -> int:
    """Call a hook as pre-commit does: its entry, its own words, then the names of files."""
    program, *words = shlex.split(hook["entry"])
    assert program == "presence"
    return CliRunner().invoke(main, [*words, *hook.get("args", []), *files]).exit_code


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    for name in ("presence.yaml", "sub/presence.yml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")


def test_there_is_one_to_check_and_one_to_tidy() -> None:
    assert [hook["id"] for hook in HOOKS] == ["presence-check", "presence-fmt"]
    assert all({"id", "name", "entry", "language"} <= set(hook) for hook in HOOKS)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_takes_several_files(hook: dict[str, Any]) -> None:
    assert call(hook, "presence.yaml", "sub/presence.yml") == 0
    assert Path("presence.yaml").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_stops_a_commit_with_a_mistake_in_any_of_them(hook: dict[str, Any]) -> None:
    Path("sub/presence.yml").write_text("presence: {A: [Kabool]}\n", encoding="utf-8")
    assert call(hook, "presence.yaml", "sub/presence.yml") == 1
    assert call(hook, "sub/presence.yml", "presence.yaml") == 1


def test_what_is_not_tidy_is_changed_which_stops_a_commit() -> None:
    Path("presence.yaml").write_text("presence:  {A: [Kabul]}", encoding="utf-8")
    assert call(HOOKS[1], "presence.yaml", "sub/presence.yml") == 0
    assert Path("presence.yaml").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
@pytest.mark.parametrize(
    ("path", "is_meant"),
    [
        ("presence.yaml", True), ("a/b/presence.yml", True), (".pre-commit-config.yaml", False),
        ("mypresence.yaml", False), ("presence.yaml.bak", False), ("presence.schema.json", False),
    ],
)  # fmt: skip
def test_which_files_a_hook_is_given(hook: dict[str, Any], path: str, is_meant: bool) -> None:
    assert bool(re.search(hook["files"], path)) == is_meant
