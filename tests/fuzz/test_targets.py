"""The fuzzer's targets without the fuzzer: every seed goes through, and a defect comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import PresenceError, Problem
from geo.read.boundaries import bundled
from tests.fuzz import __main__ as command
from tests.fuzz.targets import TARGETS, check_error

CORPUS = Path(__file__).parent / "corpus"
SEEDS = sorted(path for path in CORPUS.rglob("*") if path.is_file())


def test_every_target_has_seeds() -> None:
    folders = {path.parent.name for path in SEEDS}
    assert {command.SEEDS.get(name, name) for name in TARGETS} == folders


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_goes_through(name: str) -> None:
    for path in SEEDS:
        TARGETS[name](path.read_bytes())


@pytest.mark.parametrize(
    "problems",
    [
        [],
        [Problem("other", "found")],
        [Problem("input", "")],
        [Problem("input", "x" * 3000)],
    ],
)
def test_an_error_that_is_not_clean_comes_out(problems: list[Problem]) -> None:
    with pytest.raises(AssertionError):
        check_error(PresenceError(problems))


def test_a_defect_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "_parse_ring", lambda ring, arcs: tuple(ring))
    seed = (CORPUS / "topology" / "two.topojson").read_bytes()
    with pytest.raises(IndexError):
        TARGETS["topology"](seed.replace(b"[-1,2]", b"[-1,7]"))


def test_the_figures_are_taken_from_what_the_fuzzer_prints() -> None:
    log = "#2 INITED cov: 5 ft: 6 corp: 1/2b\n#9 NEW cov: 70 ft: 81 corp: 9/3b\nstat::number_of_executed_units: 12345\n"
    assert command.sum_up(log) == "12,345 runs, coverage 70, features 81, corpus 9"
    assert command.sum_up("") == "0 runs, coverage ?, features ?, corpus ?"


def test_the_words_of_the_format_are_given_to_the_fuzzer(tmp_path: Path) -> None:
    command.write_words(tmp_path / "words.dict")
    lines = (tmp_path / "words.dict").read_text("ascii").splitlines()
    for word in ("of_which", "inconclusive", "internal"):
        assert '"' + "".join(f"\\x{ord(sign):02x}" for sign in word) + '"' in lines
