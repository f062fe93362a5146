"""Whoever does what a message says is rid of the problem, and has no other from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.remedies import of_boundaries, of_commands, of_events, of_sheets, of_tables
from tests.remedies.follow import Case, follow

ROOMS = (of_tables, of_sheets, of_commands, of_events, of_boundaries)
CASES = {f"{room.__name__.rpartition('.')[2]} {case.name}": case for room in ROOMS for case in room.CASES}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_remedy_works(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    follow(case, tmp_path)
