"""What a reader could take for something else: names, text that YAML cuts, one source under two titles, old claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def write(here: Path, text: str, name: str = "t.yaml") -> str:
    (here / name).write_text(text, encoding="utf-8")
    return name


HYPHENS = """\
title: T
presence:
  A: [Sar-e-Pol]
  B: [Sar-i-Pul]
  C: [Maidan-Wardak]
  D: ["Sar\u2011e\u2011Pul"]
  E: [Day Kundi, Nimroze]
"""


def test_hyphens(run: Run, here: Path) -> None:
    done = run("check", write(here, HYPHENS))
    assert done.exit_code == 0, done.output
    assert "5 records, 6 claims" in done.stdout


@pytest.mark.parametrize(
    ("name", "near"), [("Sarepul", "Sar-e Pol"), ("Nimros", "Nimroz"), ("Maidan Wardaq", "Wardak")]
)
def test_a_near_miss_stays_one(run: Run, here: Path, name: str, near: str) -> None:
    done = run("check", write(here, f"presence: {{A: [{name}]}}"))
    assert done.exit_code == 1
    assert f"t.yaml:1:16: unknown province '{name}'" in done.stderr
    assert f"nearest: {near}" in done.stderr


def test_groups_whose_names_differ_by_a_hyphen_are_one_in_a_spreadsheet(run: Run, here: Path) -> None:
    text = "group,in\nAl-Qaeda,Kabul\nal Qaeda,Kunar\nAl\u2011Qaeda,Khost\nAlqaeda,Ghor\n"
    done = run("import", write(here, text, "r.csv"), "-o", "new.yaml")
    assert done.exit_code == 0, done.output
    assert [line for line in done.stderr.splitlines() if line.startswith("made the group")] == [
        "made the group al-qaeda of 'Al-Qaeda'",
        "made the group alqaeda of 'Alqaeda'",
    ]
