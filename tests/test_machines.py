"""Machines unlike ours: no Chromium, no Python that is new enough, no advisory service. Each is told what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("sh", "grep", "env", "mktemp", "rm", "cat", "make", "touch", "sed")

pytestmark = pytest.mark.skipif(not shutil.which("make") or os.name != "posix", reason="scripts for a POSIX shell")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Make a folder that is the whole PATH of a machine."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(str(shutil.which(name)))
    add(folder, "id", "echo 0")
    add(folder, "ldconfig", "echo libatomic.so.1")
    return folder


def add(machine: Path, name: str, text: str) -> None:
    (machine / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (machine / name).chmod(0o755)


def call(machine: Path, *words: object, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(machine), "HOME": str(machine.parent), "SAID": str(machine.parent / "said"), **more}
    return subprocess.run(
        list(map(str, words)), cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_that_is_there_is_left_alone(machine: Path, name: str) -> None:
    add(machine, name, "exit 0")
    add(machine, "apt-get", "exit 9")
    done = call(machine, ROOT / ".ci" / "browser")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("lacking", ["chromium", "libatomic"])
def test_what_is_lacking_is_installed_where_that_is_allowed(machine: Path, lacking: str) -> None:
    if lacking == "libatomic":
        add(machine, "chromium", "exit 0")
        add(machine, "ldconfig", "echo libc.so.6")
    add(machine, "apt-get", 'echo "$@" >>"$SAID"')
    done = call(machine, ROOT / ".ci" / "browser")
    assert done.returncode == 0
    update, install = (machine.parent / "said").read_text(encoding="utf-8").splitlines()
    assert update.startswith("update")
    assert {"install", "-y", "chromium", "libatomic1"} <= set(install.split())


@pytest.mark.parametrize("may", ["no apt-get", "no right"])
def test_elsewhere_the_remedy_is_named(machine: Path, may: str) -> None:
    if may == "no right":
        add(machine, "apt-get", 'echo "$@" >>"$SAID"')
        add(machine, "id", "echo 1000")
        add(machine, "sudo", "exit 1")
    done = call(machine, ROOT / ".ci" / "browser")
    assert done.returncode == 1
    assert "apt-get install chromium" in done.stderr
    assert not (machine.parent / "said").exists()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Make a folder in which `make` only chooses a Python."""
    folder = tmp_path / "clone"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    for name in ("setup.cfg", "pyproject.toml"):
        (folder / name).touch()
    return folder


def test_without_a_python_the_remedy_is_named(machine: Path, clone: Path) -> None:
    done = call(machine, "make", "maps", cwd=clone)
    assert done.returncode == 2
    assert "needs Python 3.11 or newer with venv" in done.stderr
    assert "apt-get install python3-venv" in done.stderr
    assert "'python3' is missing" in done.stderr


@pytest.mark.parametrize("which", ["too old", "without venv"])
def test_a_python_that_will_not_do_is_named(machine: Path, clone: Path, which: str) -> None:
    version = "3.10.1" if which == "too old" else "3.13.1"
    add(machine, "python3", f'case "$1" in --version) echo Python {version};; *) exit 1;; esac')
    done = call(machine, "make", "maps", cwd=clone)
    assert done.returncode == 2
    assert f"'python3' is Python {version}" in done.stderr


def test_a_dead_shim_is_passed_over(machine: Path, clone: Path) -> None:
    add(machine, "python3.13", "echo not found >&2; exit 127")
    add(machine, "python3.12", 'echo "$@" >>"$SAID"; exit 0')
    done = call(machine, "make", "--dry-run", "maps", cwd=clone)
    assert "python3.12 -m venv .venv" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("auditor", "code", "said"),
    [
        ("echo 'No known vulnerabilities found'", 3, "nothing was audited"),
        ("echo 'jinja2 Dependency not found'; exit 1", 3, "nothing was audited"),
        ('case "$*" in *known.txt) echo "jinja2 3.1.2 CVE-1 3.1.3"; exit 1;; *) exit 0;; esac', 0, ""),
        (
            'case "$*" in *known.txt) echo "jinja2 3.1.2 CVE-1 3.1.3";; *) echo "pip is bad" >&2;; esac; exit 1',
            1,
            "bad",
        ),
    ],
    ids=["knows nothing", "cannot look up", "nothing known of ours", "something known"],
)
def test_an_audit_that_asked_nobody_is_no_audit(machine: Path, auditor: str, code: int, said: str) -> None:
    add(machine, "pip-audit", auditor)
    add(machine, "python", "echo folium==0.20.0")
    done = call(machine, ROOT / ".ci" / "audit", machine / "python", PIP_AUDIT=str(machine / "pip-audit"))
    assert done.returncode == code
    assert said in done.stderr


def test_the_python_of_the_tests_would_be_taken(machine: Path, clone: Path) -> None:
    (machine / "python3").symlink_to(sys.executable)
    done = call(machine, "make", "--dry-run", "maps", cwd=clone)
    assert "python3 -m venv .venv" in done.stdout.splitlines()


PYTHON = r"""case "$*" in
    *sys.executable*) echo "$0";;
    *version_info\[1\]*) echo 11;;
    *venv\ .venv) mkdir -p .venv/bin; cp "$0" .venv/bin/python;;
esac"""
MAKE = r"""case "$1" in
    maps) mkdir -p maps;;
    test) ls -A .. >"$SAID"; ls -d .venv presence.yaml >>"$SAID"; echo "== $PASSED passed in 1.00s =="; exit "$CODE";;
esac"""
OPENED = f"""echo '<html class="live">{'<path class="unit"/>' * 34}' | sed 's/<path/\\n<path/g'"""


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("bash"), reason="clones, by bash")
@pytest.mark.parametrize(("code", "closing"), [(0, ["== 7 passed in 1.00s =="] * 2), (2, ["== 7 passed in 1.00s =="])])
def test_what_ci_tests_is_a_clone_that_stands_alone(machine: Path, code: int, closing: list[str]) -> None:
    for name in ("bash", "git", "dirname", "mkdir", "ln", "date", "cp", "ls", "wc", "tee", "tail"):
        (machine / name).symlink_to(str(shutil.which(name)))
    (machine / "make").unlink()
    found = {"python3": PYTHON, "make": MAKE, "chromium": OPENED, "fc-list": "echo Noto", "ssh-keygen": "exit 1"}
    for name, text in found.items():
        add(machine, name, f"PATH={os.defpath}\n{text}")
    done = call(machine, "bash", ROOT / ".ci" / "run", CODE=str(code), PASSED="7", TMPDIR=str(machine.parent))
    assert [line for line in done.stdout.splitlines() if "passed" in line] == closing, done.stderr
    assert done.returncode == code
    assert (machine.parent / "said").read_text("utf-8").split() == ["clone", ".venv", "presence.yaml"]
    assert [path.name for path in machine.parent.iterdir()] == ["bin", "said"]
