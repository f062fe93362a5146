"""Signals that ask for an end: the exit code, the word, and what a second one does."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.cli import signals

NAMES = ("SIGHUP", "SIGTERM", "SIGINT")
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system knows Ctrl-C only")


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, signal.Signals]]:
    """Give the signals as a new process has them, and put back what the tests' own has."""
    monkeypatch.setattr(signals, "came", [])
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    known = {name: signal.Signals[name] for name in NAMES}
    fresh = {"SIGINT": signal.default_int_handler}
    before = {number: signal.signal(number, fresh.get(name, signal.SIG_DFL)) for name, number in known.items()}
    yield known
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("name", "code", "word"),
    [("SIGHUP", 129, "the terminal was closed"), ("SIGINT", 130, "interrupted"), ("SIGTERM", 143, "terminated")],
)
def test_a_signal_unwinds_the_program_and_gives_its_code(
    name: str, code: int, word: str, numbers: dict[str, signal.Signals]
) -> None:
    signals.answer_signals()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(numbers[name])
    assert (signals.find_exit(1), signals.word_end()) == (code, word)
    assert {signal.getsignal(each) for each in numbers.values()} == {signal.SIG_DFL}, "a second one would be refused"


CAUGHT = """
import signal, sys
from geo.cli.signals import answer_signals, find_exit
answer_signals()
try:
    exec("signal.raise_signal(signal.SIGTERM)")
except KeyboardInterrupt:
    sys.exit(find_exit(1))
"""


SWALLOWED = """
import signal, sys, time
from geo.cli.signals import answer_signals, find_exit
class Kept:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)
        time.sleep(0)
class Broken:
    def __del__(self):
        raise ValueError("of somebody else")
answer_signals()
try:
    Broken()
    Kept()
    time.sleep(60)
except KeyboardInterrupt:
    sys.exit(find_exit(1))
"""


def test_a_signal_that_a_finalizer_swallows_comes_again(tmp_path: Path) -> None:
    """Python drops what is raised there, prints a traceback, and would go on to the end of the run."""
    (tmp_path / "swallowed.py").write_text(SWALLOWED, "utf-8")
    words = [sys.executable, "-m", "swallowed"]
    done = subprocess.run(words, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=50)
    assert done.returncode == 143
    assert "Ended" not in done.stderr
    assert "of somebody else" in done.stderr


def test_a_signal_that_comes_within_code_run_as_text_gives_its_code_too(tmp_path: Path) -> None:
    """So dataclasses are made, and whatever loads them spends much of its time there; of `python -m` alone."""
    (tmp_path / "caught.py").write_text(CAUGHT, "utf-8")
    assert subprocess.run([sys.executable, "-m", "caught"], cwd=tmp_path, check=False).returncode == 143


def test_without_a_signal_the_code_is_the_programs_own(numbers: dict[str, signal.Signals]) -> None:
    signals.answer_signals()
    assert [signals.find_exit(code) for code in (0, 1, 130)] == [0, 1, 130]
    assert signals.word_end() == "interrupted"


def test_nohup_and_the_handlers_of_others_are_left_alone(numbers: dict[str, signal.Signals]) -> None:
    theirs = lambda number, frame: None  # noqa: E731
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, theirs)
    signals.answer_signals()
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) is theirs


def test_on_the_way_out_nothing_disturbs(numbers: dict[str, signal.Signals]) -> None:
    signals.answer_signals()
    signals.ignore_signals()
    for number in numbers.values():
        signal.raise_signal(number)
    assert signals.find_exit(0) == 0


TRIP = """
import signal, sys
class Trip:
    def find_spec(self, name, *_):
        if name == {name!r}:
            sys.meta_path.remove(self)
            {does}
sys.meta_path.insert(0, Trip())
from geo.__main__ import run
run()
"""


def start(folder: Path, called: str, name: str, does: str) -> subprocess.CompletedProcess[bytes]:
    """Start a program called so, in which something happens while Python looks for a module."""
    program = folder / called
    program.write_text(TRIP.format(name=name, does=does), "utf-8")
    return subprocess.run([sys.executable, program, "schema"], cwd=folder, check=False, capture_output=True)


@pytest.mark.parametrize(
    "name", ["geo.__main__", "geo.cli", "geo.cli.signals", "geo.cli.main", "click", "geo.cli.schema"]
)
def test_ctrl_c_while_modules_are_looked_for_shows_no_traceback(name: str, tmp_path: Path) -> None:
    done = start(tmp_path, "presence", name, "signal.raise_signal(signal.SIGINT)")
    assert done.returncode in (130, -signal.SIGINT), done.stderr  # a shell shows 130 for both
    assert done.stderr in (b"", b"interrupted\n")
    assert not done.stdout


def test_other_faults_and_other_programs_keep_their_tracebacks(tmp_path: Path) -> None:
    assert b"ZeroDivisionError" in start(tmp_path, "presence", "geo.__main__", "1 / 0").stderr
    done = start(tmp_path, "other", "geo.__main__", "signal.raise_signal(signal.SIGINT)")
    assert b"Traceback" in done.stderr
