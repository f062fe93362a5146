"""Quick commands stay quick: what a fresh Python has imported after each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from geo.cli.main import main as presence

HEAVY = {
    "geopandas",
    "folium",
    "branca",
    "pandas",
    "numpy",
    "shapely",
    "pyogrio",
    "jinja2",
    "matplotlib",
    "requests",
    "openpyxl",
}
CODE = """
import sys
from geo.cli.main import main
for line in sys.argv[1:]:
    try:
        main(line.split())
    except SystemExit as done:
        code = done.code
    print("loaded:", code, *sys.modules)
"""
QUICK = (
    "--help", "--version", "build --help", "init new.yaml", "check", "schema", "fmt", "provinces konar",
    "import --help", "export --help", "export --format csv", "import t.csv -o newer.yaml",
    "diff presence.yaml presence.yaml",
)  # fmt: skip


MAIN = ("main", "signals", "streams", "terminal")
COMMANDS = presence.list_commands(click.Context(presence))


def load_modules(folder: Path, *lines: str) -> list[tuple[str, set[str]]]:
    """Return of each call of `presence` its exit code, and the modules imported by then."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, *lines], cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    found = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("loaded: ")]
    return [(code, set(modules)) for code, *modules in found]


def load(folder: Path, *lines: str) -> list[tuple[str, set[str]]]:
    """Return the same, of each module the package at its top."""
    return [(code, {name.partition(".")[0] for name in found}) for code, found in load_modules(folder, *lines)]


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, set[str]]]:
    """Call all quick commands in one Python: what none of them loads, each by itself does not load."""
    folder = tmp_path_factory.mktemp("quick")
    (folder / "presence.yaml").write_text("presence: {Red Group: [Kabul]}\n", encoding="utf-8")
    (folder / "t.csv").write_text("group,in\nRed,Kabul\n", encoding="utf-8")
    return dict(zip(QUICK, load(folder, *QUICK), strict=True))


@pytest.mark.parametrize("words", QUICK)
def test_a_quick_command_loads_no_heavy_library(words: str, quick: dict[str, tuple[str, set[str]]]) -> None:
    code, modules = quick[words]
    assert code == "0"
    assert "click" in modules
    assert not modules & HEAVY


def test_a_help_text_loads_the_command_line_and_nothing_else_of_ours(tmp_path: Path) -> None:
    words = ["--help", *(f"{name} --help" for name in COMMANDS)]
    found = load_modules(tmp_path, *words)
    assert [code for code, _ in found] == ["0"] * len(words)
    first, last = ({name for name in modules if name.startswith("geo")} for _, modules in (found[0], found[-1]))
    assert first == {"geo", "geo.errors", "geo.cli", *(f"geo.cli.{name}" for name in MAIN)}
    assert {name for name in last if not name.startswith("geo.cli")} == {"geo", "geo.errors", "geo.option_values"}


def test_a_table_with_a_mistake_is_told_before_geopandas_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "presence.yaml").write_text("presence: {Red Group: [Kabull]}\n", encoding="utf-8")
    ((code, modules),) = load(tmp_path, "build")
    assert code == "1"
    assert not modules & HEAVY


def test_drawing_is_seen_to_load_them(tmp_path: Path) -> None:
    (tmp_path / "presence.yaml").write_text("presence: {Red Group: [Kabul]}\n", encoding="utf-8")
    ((code, modules),) = load(tmp_path, "build --only overlay")
    assert code == "0"
    assert {"geopandas", "folium"} <= modules
