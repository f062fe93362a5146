"""A table to start from, and no file lost for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_the_starter_is_a_table_without_a_doubt(run: Run, here: Path) -> None:
    result = run("init", "new.yaml")
    assert result.exit_code == 0, result.stderr
    assert "presence build new.yaml" in result.stderr
    assert (here / "new.yaml").read_text(encoding="utf-8").count("#") > 5
    assert run("check", "--strict", "new.yaml").exit_code == 0


def test_a_file_that_exists_stays(run: Run, here: Path) -> None:
    before = (here / "presence.yaml").read_bytes()
    result = run("init")
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (here / "presence.yaml").read_bytes() == before


def test_force_replaces_it(run: Run, here: Path) -> None:
    before = (here / "presence.yaml").read_bytes()
    assert run("init", "--force").exit_code == 0
    assert (here / "presence.yaml").read_bytes() != before
