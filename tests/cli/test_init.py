"""A table to start from, and no file lost for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_the_starter_is_a_table_without_a_doubt(run: Run, here: Path) -> None:
    result = run("init", "new.yaml", code=0)
    assert "presence build new.yaml" in result.stderr
    assert (here / "new.yaml").read_text(encoding="utf-8").count("#") > 5
    assert run("check", "--strict", "new.yaml").exit_code == 0


def test_the_schema_stands_where_the_table_says(run: Run, here: Path) -> None:
    result = run("init", "new.yaml")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", (here / "new.yaml").read_text(encoding="utf-8"))
    assert named
    schema = here / named[1]
    assert schema.read_text(encoding="utf-8") == run("schema").stdout
    assert f"wrote {named[1]}" in result.stderr


def test_a_second_table_shares_the_schema(run: Run, here: Path) -> None:
    assert run("init", "one.yaml").exit_code == 0
    result = run("init", "two.yaml", code=0)
    assert "schema" not in result.stderr


def test_another_file_of_that_name_stays_and_so_nothing_is_written(run: Run, here: Path) -> None:
    (here / "presence.schema.json").write_text("mine", encoding="utf-8")
    result = run("init", "new.yaml", code=1)
    assert result.stderr.startswith("presence.schema.json: exists already")
    assert not (here / "new.yaml").exists()
    assert (here / "presence.schema.json").read_text(encoding="utf-8") == "mine"
    assert run("init", "new.yaml", "--force").exit_code == 0
    assert (here / "presence.schema.json").read_text(encoding="utf-8") != "mine"


def test_a_table_is_not_called_like_the_schema(run: Run, here: Path) -> None:
    run("init", "presence.schema.json", code=1)
    assert not (here / "presence.schema.json").exists()


def test_the_table_of_the_project_names_its_schema() -> None:
    root = Path(__file__).parents[2]
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", (root / "presence.yaml").read_text(encoding="utf-8"))
    assert named
    assert (root / named[1]).is_file()


def test_a_file_that_exists_stays(run: Run, here: Path) -> None:
    before = (here / "presence.yaml").read_bytes()
    result = run("init", code=1)
    assert "exists already" in result.stderr
    assert (here / "presence.yaml").read_bytes() == before


def test_force_replaces_it(run: Run, here: Path) -> None:
    before = (here / "presence.yaml").read_bytes()
    assert run("init", "--force").exit_code == 0
    assert (here / "presence.yaml").read_bytes() != before
