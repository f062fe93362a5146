"""Quick commands stay quick: what a fresh Python has imported after each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
)  # fmt: skip


def load(folder: Path, *lines: str) -> list[tuple[str, set[str]]]:
    """Return of each call of `presence` its exit code, and the top-level modules imported by then."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, *lines], cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    found = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("loaded: ")]
    return [(code, {module.partition(".")[0] for module in modules}) for code, *modules in found]


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


def test_a_table_with_a_mistake_is_told_before_geopandas_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "presence.yaml").write_text("presence: {Red Group: [Kabull]}\n", encoding="utf-8")
    ((code, modules),) = load(tmp_path, "build")
    assert code == "1"
    assert not modules & HEAVY


def test_drawing_is_seen_to_load_them(tmp_path: Path) -> None:
    (tmp_path / "presence.yaml").write_text("presence: {Red Group: [Kabul]}\n", encoding="utf-8")
    ((code, modules),) = load(tmp_path, "build")
    assert code == "0"
    assert {"geopandas", "folium"} <= modules
