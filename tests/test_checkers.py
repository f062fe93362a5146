"""Who runs the checkers of others: what is not here is said and fails nothing, what is found does fail."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import checkers

Add = Callable[[str, str], Path]


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Add:
    """Return what adds a program to a machine that has none, and no packages either; there is one page."""
    machine, room = tmp_path / "bin", tmp_path / "room"
    machine.mkdir()
    (machine / "sh").symlink_to("/bin/sh")
    monkeypatch.setenv("PATH", str(machine))
    monkeypatch.setattr(checkers, "ROOM", room)
    monkeypatch.setattr(checkers, "PACKAGES", {room / "vnu.jar": "vnu-jar", room / "lighthouse": "lighthouse"})
    monkeypatch.setattr(checkers, "CHECKER", room / "vnu.jar")
    monkeypatch.setattr(checkers, "LIGHTHOUSE", room / "lighthouse")
    monkeypatch.setattr(checkers, "DRAWINGS", {"a/overlay": None, "a/figure-overlay": None})
    monkeypatch.setattr(checkers, "OPENED", ["a/overlay"])
    monkeypatch.setattr(checkers, "draw", lambda name: b"<p>page")

    def add_program(name: str, text: str) -> Path:
        path = (room if "/" in name else machine) / name.rpartition("/")[2]
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    return add_program


INSTALL = '[ "$1" = install ] && mkdir -p "$3" && : >"$3/vnu.jar"'.replace("mkdir -p", "/bin/mkdir -p")


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ({}, "markup was not checked: no java here"),
        ({"java": "exit 0"}, "markup was not checked: no npm here"),
        ({"java": "exit 0", "npm": "exit 1"}, "markup was not checked: vnu-jar cannot be installed here"),
        ({"java": "exit 0", "npm": INSTALL}, "markup: no error in 1 pages"),
    ],
)
def test_what_is_missing_is_said_in_a_line(
    here: dict[str, str], said: str, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in here.items():
        add(name, text)
    assert checkers.main(["markup"]) == 0
    assert capsys.readouterr().out == f"{said}\n"


def test_an_error_of_the_checker_fails(add: Add, capsys: pytest.CaptureFixture[str]) -> None:
    add("room/vnu.jar", "")
    add("java", 'echo "a.html:1.2-3.4: error: Duplicate ID" >&2; exit 1')
    assert checkers.main(["markup"]) == 1
    assert capsys.readouterr().out == "a.html:1.2-3.4: error: Duplicate ID\n"


def report(performance: float, seo: float = 1) -> str:
    scores = {"performance": performance, "accessibility": 1, "best-practices": 1, "seo": seo}
    return json.dumps(
        {"categories": {name: {"score": at} for name, at in scores.items()}, "environment": {"benchmarkIndex": 1500}}
    )


@pytest.mark.parametrize(("told", "code"), [(report(0.97), 0), (report(0.95), 1), (report(0.99, seo=0.91), 1)])
def test_a_score_below_its_bar_fails(told: str, code: int, add: Add, capsys: pytest.CaptureFixture[str]) -> None:
    add("node", "exit 0")
    add("chromium", "exit 0")
    add("room/lighthouse", f"echo '{told}'")
    assert checkers.main(["lighthouse"]) == code
    assert "| a-overlay | 0.9" in capsys.readouterr().out


def test_lighthouse_needs_a_browser(add: Add, capsys: pytest.CaptureFixture[str]) -> None:
    add("node", "exit 0")
    add("room/lighthouse", "exit 0")
    assert checkers.main(["lighthouse"]) == 0
    assert capsys.readouterr().out == "Lighthouse was not asked: no chromium here\n"


def test_a_word_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert checkers.main(["axe"]) == 2
    assert "nothing called axe; expected some of markup, lighthouse" in capsys.readouterr().err


def test_pages_are_served_packed_and_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>page")
    with checkers.serve(tmp_path) as host:
        with urllib.request.urlopen(f"{host}/a.html") as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{host}/b.html")
