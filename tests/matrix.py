"""Run the tests on every Python that is here, with the lowest and the newest versions of what we depend on.

``python -m tests.matrix`` runs all of it; ``python -m tests.matrix 3.13 newest pre`` runs what is named, where ``pre``
lets pip take what is not yet released.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
OLDEST = (3, 11)
MINORS = range(11, 20)
CHOICES = {"lowest": ["-c", str(ROOT / "tests" / "lowest.txt")], "newest": [], "pre": ["--pre"]}
PLAIN = ["tests", "geo", "--ignore=tests/browser"]
SMOKE = ["tests/browser/test_page_bytes.py", "tests/browser/test_page_paint.py"]
LONGEST = 7200  # s; a version of a library may make a test stand still
START = "import sys, venv, ensurepip; print(*sys.version_info[:3])"
CLOSING = re.compile(r"^=* ?((?:\d+ \w+(?:, )?)+) in [\d.]+s.*$", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """One line of the table at the end."""

    python: str
    versions: str
    tests: str
    browser: str
    pages: str
    seconds: int
    is_good: bool


def list_candidates() -> Iterator[Path]:
    """Name every place where a Python may be: a name on PATH may be a shim with nothing behind it."""
    names = [f"python3.{minor}" for minor in MINORS] + ["python3"]
    yield from (Path(found) for found in map(shutil.which, names) if found)
    for folder in (Path("/usr/bin"), Path("/usr/local/bin"), *Path.home().glob(".pyenv/versions/*/bin")):
        yield from (folder / name for name in names)
    yield Path(sys.executable)


def find_pythons(candidates: Iterable[Path]) -> dict[tuple[int, int, int], Path]:
    """Start each candidate and keep the newest of each minor version that starts, by version."""
    found: dict[tuple[int, int], tuple[tuple[int, int, int], Path]] = {}
    for path in candidates:
        version = ask_version(path)
        if version and version[:2] >= OLDEST and version > found.get(version[:2], ((0, 0, 0), path))[0]:
            found[version[:2]] = (version, path)
    return dict(sorted(found.values()))


def ask_version(path: Path) -> tuple[int, int, int] | None:
    """Return the version of a Python that can make environments, or None."""
    try:
        done = subprocess.run([path, "-c", START], capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return None
    numbers = done.stdout.split()
    return (int(numbers[0]), int(numbers[1]), int(numbers[2])) if done.returncode == 0 and len(numbers) == 3 else None


def read_outcome(output: str) -> str:
    """Return what pytest's closing line counts.

    >>> read_outcome("...\\n===== 3 failed, 12 passed in 4.20s =====\\n")
    '3 failed, 12 passed'
    """
    found = CLOSING.findall(output)
    return found[-1] if found else output if output.startswith("not done") else "did not run"


def run_row(version: tuple[int, int, int], path: Path, versions: str, folder: Path) -> Row:
    """Install into an environment of its own, run the tests, draw the maps."""
    began = time.monotonic()
    label = ".".join(map(str, version))
    log = ROOT / ".venv-matrix" / f"{label}-{versions}.txt"
    log.parent.mkdir(exist_ok=True)
    log.write_text("", encoding="utf-8")

    def call(*words: object) -> tuple[bool, str]:
        try:
            done = subprocess.run(
                list(map(str, words)), cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            return False, f"not done in {LONGEST} s"
        with log.open("a", encoding="utf-8") as file:
            file.write(done.stdout + done.stderr)
        return done.returncode == 0, done.stdout

    def test(*words: str) -> tuple[bool, str]:
        done, output = call(python, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", *words)
        return done, read_outcome(output)

    home = folder / f"{label}-{versions}"
    python = home / "bin" / "python"
    installed, _ = call(path, "-m", "venv", home)
    installed = installed and call(python, "-m", "pip", "install", "-q", "-e", ".[test,docs]", *CHOICES[versions])[0]
    if not installed:
        return Row(label, versions, "not installed", "", "", round(time.monotonic() - began), False)
    call(python, "-m", "pip", "freeze", "--exclude-editable")
    plain, counted = test(*PLAIN)
    smoke, seen = test(*SMOKE)
    drawn, _ = call(home / "bin" / "presence", "build", "presence.yaml", "-o", home / "maps")
    pages = hash_files(home / "maps") if drawn else "not drawn"
    shutil.rmtree(home)
    return Row(label, versions, counted, seen, pages, round(time.monotonic() - began), plain and smoke and drawn)


def hash_files(folder: Path) -> str:
    """Return the start of a hash of all files of a folder: equal on two rows if the pages are, to the byte."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:8]


def main(chosen: list[str]) -> int:
    """Run every row, print the table, and return 1 if a row failed."""
    names = [word for word in chosen if word in CHOICES] or ["lowest", "newest"]
    wanted = set(chosen) - set(names)
    pythons = find_pythons(list_candidates())
    here = {f"{major}.{minor}" for major, minor, _ in pythons}
    if unknown := wanted - here:
        expected = ", ".join([*CHOICES, *sorted(here)])
        print(f"nothing called {', '.join(sorted(unknown))} here; expected some of {expected}", file=sys.stderr)
        return 2
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for version, path in pythons.items():
            if wanted and f"{version[0]}.{version[1]}" not in wanted:
                continue
            for versions in names:
                print(f"== {'.'.join(map(str, version))} with {versions} versions", file=sys.stderr, flush=True)
                rows.append(run_row(version, path, versions, Path(folder)))
                print(rows[-1], file=sys.stderr, flush=True)
    print("\n| Python | versions | tests and doctests | browser | maps, hash | s |\n|---|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.python} | {row.versions} | {row.tests} | {row.browser} | {row.pages} | {row.seconds} |")
    print("\nWhat each row installed and printed is in .venv-matrix/.")
    return 0 if rows and all(row.is_good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
