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
try:
    main(sys.argv[1:])
except SystemExit as done:
    code = done.code
print("loaded:", code, *sys.modules)
"""


def load(folder: Path, *words: str) -> tuple[str, set[str]]:
    """Return the exit code of `presence` and the top-level modules it has imported."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, *words], cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    code, *modules = done.stdout.rpartition("loaded: ")[2].split()
    return code, {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--version",),
        ("build", "--help"),
        ("init", "new.yaml"),
        ("check",),
        ("schema",),
        ("fmt",),
        ("provinces", "konar"),
        ("import", "--help"),
        ("export", "--help"),
        ("export", "--format", "csv"),
        ("import", "t.csv", "-o", "new.yaml"),
    ],
)
def test_a_quick_command_loads_no_heavy_library(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "presence.yaml").write_text("presence: {Red Group: [Kabul]}\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("group,in\nRed,Kabul\n", encoding="utf-8")
    code, modules = load(tmp_path, *words)
    assert code == "0"
    assert "click" in modules
    assert not modules & HEAVY


def test_a_table_with_a_mistake_is_told_before_geopandas_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "presence.yaml").write_text("presence: {Red Group: [Kabull]}\n", encoding="utf-8")
    code, modules = load(tmp_path, "build")
    assert code == "1"
    assert not modules & HEAVY


def test_drawing_is_seen_to_load_them(tmp_path: Path) -> None:
    (tmp_path / "presence.yaml").write_text("presence: {Red Group: [Kabul]}\n", encoding="utf-8")
    code, modules = load(tmp_path, "build")
    assert code == "0"
    assert {"geopandas", "folium"} <= modules
