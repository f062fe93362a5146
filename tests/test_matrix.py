"""The runner of the matrix: finds Pythons that start, and the lowest versions are those that setup.cfg names."""

from __future__ import annotations

import configparser
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.matrix import CHOICES, OLDEST, Row, find_pythons, hash_files, read_outcome

ROOT = Path(__file__).parents[1]
NEEDED = {"python_version": "{}.{}".format(*OLDEST)}
HERE = sys.version_info[:3]


def read_lines(text: str) -> list[Requirement]:
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]


def read_floors() -> dict[str, Version]:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = parser["options.extras_require"]
    needed = read_lines(parser["options"]["install_requires"] + extras["events"])
    assert all([each.operator for each in one.specifier] == [">="] for one in needed), "a floor each and no ceiling"
    return {one.name: Version(next(iter(one.specifier)).version) for one in needed}


LOWEST = read_lines((ROOT / "tests" / "lowest.txt").read_text(encoding="utf-8"))


def test_the_lowest_versions_are_those_that_setup_cfg_allows() -> None:
    on_the_oldest = {
        one.name: Version(next(iter(one.specifier)).version)
        for one in LOWEST
        if one.marker is None or one.marker.evaluate(NEEDED)
    }
    assert on_the_oldest == read_floors()


@pytest.mark.parametrize("line", LOWEST, ids=str)
def test_every_line_pins_a_version_that_setup_cfg_allows(line: Requirement) -> None:
    assert [each.operator for each in line.specifier] == ["=="]
    assert Version(next(iter(line.specifier)).version) >= read_floors()[line.name]


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_every_python_has_one_lowest_version_of_each(minor: int) -> None:
    chosen = [one.name for one in LOWEST if one.marker is None or one.marker.evaluate({"python_version": f"3.{minor}"})]
    assert sorted(chosen) == sorted(read_floors())


def make_script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_only_what_starts_is_a_python(tmp_path: Path) -> None:
    dead = make_script(tmp_path / "shim", "echo 'pyenv: python3.12: command not found' >&2; exit 127")
    old = make_script(tmp_path / "old", "echo 3 10 13")
    silent = make_script(tmp_path / "silent", "exit 0")
    first = make_script(tmp_path / "first", "echo 3 12 1")
    newer = make_script(tmp_path / "newer", "echo 3 12 9")
    same = make_script(tmp_path / "same", "echo 3 12 9")
    good = Path(sys.executable)
    found = find_pythons([dead, old, silent, tmp_path / "missing", first, newer, same, good])
    assert found == {(3, 12, 9): newer, HERE: good} if HERE[:2] != (3, 12) else newer in found.values()


@pytest.mark.parametrize(
    ("output", "outcome"),
    [
        ("....\n12 passed in 4.20s\n", "12 passed"),
        (
            "== short test summary ==\n1 failed, 2 passed, 1 skipped in 64.20s (0:01:04)\n",
            "1 failed, 2 passed, 1 skipped",
        ),
        ("===== 3 passed in 1.00s =====\n===== 4 passed, 2 errors in 1.00s =====\n", "4 passed, 2 errors"),
        ("ImportError: no module named pytest\n", "did not run"),
        ("", "did not run"),
        ("not done in 7200 s", "not done in 7200 s"),
    ],
)
def test_reads_the_closing_line(output: str, outcome: str) -> None:
    assert read_outcome(output) == outcome


def test_the_hash_is_of_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"one")
    first = hash_files(tmp_path)
    (tmp_path / "a.html").rename(tmp_path / "b.html")
    assert hash_files(tmp_path) != first
    (tmp_path / "b.html").rename(tmp_path / "a.html")
    assert hash_files(tmp_path) == first


def test_what_can_be_chosen() -> None:
    assert list(CHOICES) == ["lowest", "newest", "pre"]
    assert (ROOT / "tests" / "lowest.txt").samefile(CHOICES["lowest"][1])
    assert Row("3.11.7", "lowest", "1 passed", "1 passed", "0" * 8, 1, True).is_good
