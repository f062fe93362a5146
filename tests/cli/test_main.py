"""Exit codes and what is said with them, whatever the command."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import geo.api
from geo import __version__
from geo.errors import Problem, TableError, WriteError
from geo.model import Position

Run = Callable[..., Result]

TWO = TableError([Problem("t.yaml", "one", "other", ("near",), Position(1, 2)), Problem("t.yaml", "two")])


def fail_with(error: BaseException) -> Callable[..., None]:
    def check_table(*_: object, **__: object) -> None:
        raise error

    return check_table


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (TWO, 1, "t.yaml:1:2: one; expected other; nearest: near\nt.yaml: two\n"),
        (WriteError([Problem("a.html", "cannot be written")]), 1, "a.html: cannot be written\n"),
        (PermissionError(errno.EACCES, "Permission denied", "t"), 1, "[Errno 13] Permission denied: 't'\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (
            ZeroDivisionError("a\nb"),
            70,
            "internal error: ZeroDivisionError: a b; run 'presence --debug ...' for more and report it, please\n",
        ),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 1, ""),
    ],
)
def test_every_error_has_its_exit_code_and_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, says: str
) -> None:
    monkeypatch.setattr(geo.api, "check_table", fail_with(error))
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", says)


@pytest.mark.parametrize(("error", "code"), [(TWO, 1), (ZeroDivisionError("a"), 70)])
def test_debug_shows_where_an_error_came_from(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    monkeypatch.setattr(geo.api, "check_table", fail_with(error))
    result = run("--debug", "check")
    assert result.exit_code == code
    assert "Traceback" in result.stderr
    assert "fail_with" in result.stderr or "check_table" in result.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["biuld"], "Did you mean 'build'?"),
        (["zzz"], "No such command 'zzz'."),
        (["build", "--onyl", "overlay"], "--only"),
        (["build", "--only", "choropelth"], "'choropleth', 'overlay'"),
        (["check", "--format", "xml"], "xml"),
        (["init", "a", "b"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_is_exit_code_2_with_a_hint(run: Run, words: list[str], says: str) -> None:
    result = run(*words, code=2)
    assert says in result.stderr


@pytest.mark.parametrize("command", ["build", "choropleth", "overlay", "check"])
def test_without_a_table_init_is_named(run: Run, here: Path, command: str) -> None:
    (here / "presence.yaml").unlink()
    result = run(command, code=1)
    assert result.stderr == (
        "presence.yaml: no such file; expected a table; 'presence init' writes one to start from\n"
    )


def test_another_missing_table_is_just_missing(run: Run) -> None:
    result = run("check", "other.yaml", code=1)
    assert "other.yaml" in result.stderr
    assert "init" not in result.stderr


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"presence, version {__version__}\n"


def test_python_m_geo_is_the_same_command() -> None:
    done = subprocess.run([sys.executable, "-m", "geo", "-h"], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("Usage: presence [OPTIONS]")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
def test_a_reader_that_leaves_early_is_no_error_to_talk_about() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m geo provinces | head -n 1', sys.executable],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("CODE")
    assert done.stderr == ""


def test_dari_does_not_stop_a_console_of_another_encoding() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "geo", "provinces", "kabul"],
        env={"PYTHONIOENCODING": "cp1252", "PATH": ""}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Kabul" in done.stdout
    assert "\\u06a9" in done.stdout
