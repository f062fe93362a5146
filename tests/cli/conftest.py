"""A folder with a small table, and a way to run `presence` in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from geo.cli.main import main

TABLE = """\
version: 1
title: A test
as_of: 2020-06-14
levels:
  cells: {name: Cells, rank: 1}
  camps: {name: Camps}
sources:
  s: {title: A source}
groups:
  red: {name: Red}
  blue: {name: Blue, part_of: {group: red, source: s}}
  far: {name: Far away}
presence:
  - {group: [red, blue], in: [Kabul, Kunar], level: cells, source: s}
  - {group: blue, region: Eastern, as_written: in the east, level: camps, source: s}
  - {group: far, nationwide: true, as_written: everywhere, level: cells, source: s}
  - {group: red, unlocated: 3, level: cells, source: s}
"""

Run = Callable[..., Result]


def run_presence(*words: object, code: int | None = None, **extra: Any) -> Result:
    """Run `presence` with some words; with `code` it must end so."""
    done = CliRunner().invoke(main, list(map(str, words)), **extra)
    assert code in (None, done.exit_code), done.output
    return done


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path) -> Run:
    """Return a function that runs `presence` with some words, beside a small table."""
    (here / "presence.yaml").write_text(TABLE, encoding="utf-8")
    return run_presence
