"""What is said to people who have the program and not the repository, or a clone and no index of packages."""

from __future__ import annotations

import ast
import configparser
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import name_install
from tests.daily import choose
from tests.sources import ROOT, list_sources

WORDS = "|".join(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
ALONE = "|".join(re.escape(name) for name in list_sources() if "/" not in name and name != "presence.yaml")
"""What lies at the project's root; a user has a presence.yaml too."""

OURS = re.compile(
    r"(?<![\w/.-])(?:(?:docs|examples|tests|benchmarks|shapefiles|\.ci)/[\w./-]*|geo/[\w./]*\w"
    rf"|make (?:{WORDS})\b|(?:README|CONTRIBUTING|CHANGELOG|SECURITY)\b|(?:{ALONE})(?![\w/]))"
)
INSTALL = re.compile(r"\b(?:pip|pipx) (?:install|inject)\b[^\n`#|)]*")
NAMED = re.compile(r"\bextras? `(\w+)`|\bin the extra `(\w+)`")
DOCUMENTS = [ROOT / name for name in list_sources() if name.endswith(".md") and not name.startswith("tests/")]


def read_extras() -> dict[str, list[str]]:
    """Read the libraries of each extra."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = parser["options.extras_require"]
    return {name: re.findall(r"^[\w-]+", text, re.MULTILINE) for name, text in extras.items()}


def list_texts(name: str, text: str) -> list[str]:
    """List what a file of the program may say: every text in Python, docstrings too, for `help()` shows them."""
    if name.endswith(".py"):
        tree = ast.parse(text)
        return [each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    remark = {".js": r"^\s*//.*", ".css": r"/\*[\s\S]*?\*/", ".toml": "^#.*"}.get(Path(name).suffix)
    return [re.sub(remark, "", text, flags=re.MULTILINE) if remark else text]


def list_ours(name: str, text: str) -> list[str]:
    """Name what a file of the program may say of the repository."""
    return [found for each in list_texts(name, text) for found in OURS.findall(each)]


def test_the_program_names_no_file_of_the_repository() -> None:
    said = [name for name in list_sources() if name.startswith("geo/") and not name.endswith(("py.typed", "/"))]
    found = {name: list_ours(name, (ROOT / name).read_text("utf-8")) for name in said}
    assert len(found) > 200
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.py", '"a format as docs/events.md shows"', ["docs/events.md"]),
        ("a.py", 'f"{name}: see examples/three-reports.yaml"', ["examples/three-reports.yaml"]),
        ("a.py", 'def f():\n    """Read ``docs/spreadsheets.md``."""', ["docs/spreadsheets.md"]),
        ("a.py", '"run make test, or read CONTRIBUTING"', ["make test", "CONTRIBUTING"]),
        ("a.py", '"the Makefile, setup.cfg and README.md"', ["Makefile", "setup.cfg", "README"]),
        ("a.py", '"as geo/read/presence.schema.json says"', ["geo/read/presence.schema.json"]),
        ("a.js", 'say("see docs/data-block.md"); // docs/a.md', ["docs/data-block.md", "docs/a.md"]),
        ("a.yaml", "# explained in docs/table.md", ["docs/table.md"]),
    ],
)
def test_what_is_ours_is_seen(name: str, text: str, found: list[str]) -> None:
    assert list_ours(name, text) == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "# why: docs/colours.md"),
        ("a.py", '"maps/overlay.html, presence.yaml, table.md, geo.shapefiles, events/counts.csv"'),
        ("a.py", '"events that make records; make the picture; export/tests/a.csv; https://a.org/docs/a.md"'),
        ("a.js", "  // the same rules stand in geo/join/classes.py"),
        ("a.toml", "# docs/events.md\n[acled]"),
    ],
)
def test_what_is_the_users_is_left_alone(name: str, text: str) -> None:
    assert list_ours(name, text) == []


def list_wrong_installs(text: str) -> list[str]:
    """Name commands that ask an index for this program, or for an extra that is not there; and extras without one."""
    wrong, given = [], set()
    for command in INSTALL.findall(text):
        asked = [word for word in shlex.split(command)[2:] if not word.startswith("-")]
        extras = [re.fullmatch(r"\.(?:\[([\w,]+)\])?", word) for word in asked]
        named = {name for each in extras if each and each[1] for name in each[1].split(",")}
        given |= named
        if not asked or not all(extras) or not named <= set(read_extras()):
            wrong.append(command.strip())
    return wrong + sorted({name for found in NAMED.findall(text) for name in found if name} - given)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_extra_comes_with_a_command_that_works_in_a_clone(path: Path) -> None:
    assert list_wrong_installs(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("    pipx install .      # or: .venv/bin/pip install '.[events,dask]'", []),
        ("with the extra `parquet` (in a clone: `pip install '.[parquet]'`)", []),
        ("`pip install -e .`, or pip install '.[dev]'", []),
        ("pip install 'presence-maps[parquet]'", ["pip install 'presence-maps[parquet]'"]),
        ("pipx install presence-maps", ["pipx install presence-maps"]),
        ("`pip install '.[parket]'`", ["pip install '.[parket]'"]),
        ("with the extra `dask` installed", ["dask"]),
    ],
)
def test_a_command_that_would_not_work_is_seen(text: str, wrong: list[str]) -> None:
    assert list_wrong_installs(text) == wrong


def list_calls() -> Iterator[tuple[str, ...]]:
    """List the libraries that the program can name as missing."""
    for path in sorted((ROOT / "geo").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "name_install":
                given = [ast.literal_eval(each) for each in node.args if isinstance(each, ast.Constant)]
                yield tuple(given)


def test_what_is_named_as_missing_is_what_the_extra_installs() -> None:
    extras = read_extras()
    # What GeoParquet lacks is named by another process: tests/read/boundaries/test_layers.py.
    wanted = {tuple(extras[name]) for name in ("events", "dask", "pdf", "word")}
    assert {each for each in list_calls() if each} == wanted
    readme = (ROOT / "README.md").read_text("utf-8")
    assert extras["parquet"] == ["pyarrow"]
    assert [name for name in ("parquet", "events", "dask") if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("libraries", choose([("dask", "distributed"), ("pyarrow",), ("mapclassify", "pyarrow")], 1))
def test_the_command_for_a_missing_library_works(libraries: tuple[str, ...]) -> None:
    command = shlex.split(name_install(*libraries))
    assert command[-len(libraries) :] == list(libraries)
    # All are installed where the tests run, so that pip needs no index to say yes.
    done = subprocess.run([*command, "--dry-run", "--no-index"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Requirement already satisfied: ") >= len(libraries)


def test_where_pipx_installed_the_program_pipx_adds_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert name_install("dask", "distributed").endswith(" -m pip install dask distributed")
    (tmp_path / "pipx_metadata.json").touch()
    assert name_install("dask", "distributed") == "pipx inject presence-maps dask distributed"


@pytest.mark.parametrize(
    ("platform", "python", "command"),
    [
        ("linux", "/home/a/my maps/.venv/bin/python", "'/home/a/my maps/.venv/bin/python' -m pip install pyarrow"),
        ("win32", r"C:\my maps\python.exe", r'"C:\my maps\python.exe" -m pip install pyarrow'),
    ],
)
def test_a_blank_in_the_path_is_quoted(
    platform: str, python: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    monkeypatch.setattr(sys, "platform", platform)
    assert name_install("pyarrow") == command
