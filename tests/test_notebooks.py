"""The example notebooks run from top to bottom, each cell as it stands, and carry no results."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import folium
import pytest
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "examples").rglob("*.ipynb"))


def run_cell(source: str, names: dict[str, Any]) -> Any:
    """Run a cell and give the value of its last line, as a notebook shows it."""
    parts = ast.parse(source)
    last = parts.body.pop() if isinstance(parts.body[-1], ast.Expr) else None
    exec(compile(parts, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_there_are_two() -> None:
    assert len(NOTEBOOKS) >= 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_a_map(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    cells = json.loads(path.read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    shown = []
    for cell in cells:
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None), "clear the results before you commit"
            shown.append(run_cell("".join(cell["source"]), names))
    maps = [each for each in shown if isinstance(each, folium.Map)]
    assert maps
    assert all("presence-data" in each._repr_html_() for each in maps)
    assert path.stem != "first-map" or [each for each in shown if isinstance(each, Figure)]
