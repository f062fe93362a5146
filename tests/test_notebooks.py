"""The example notebooks run from top to bottom, each cell as it stands, and carry no results."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

import folium
import pytest
from matplotlib.figure import Figure

import geo

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
    # For PDF and LaTeX, which show no page.
    assert all((each._repr_png_() or b"").startswith(b"\x89PNG") for each in maps)
    assert path.stem != "first-map" or [each for each in shown if isinstance(each, Figure)]


def draw_all(**choices: Any) -> dict[str, Any]:
    joined = geo.join_presence(geo.read_presence(ROOT / "examples" / "three-reports.yaml"), **choices)
    return {
        "overlay": geo.draw_overlay(joined, language="fa"),
        "choropleth": geo.draw_choropleth(joined, projection="mercator", language="ps"),
        "sources": geo.draw_choropleth(joined, count="sources"), "timeline": geo.draw_timeline(joined),
    }  # fmt: skip


def test_a_map_has_a_picture_of_the_figure_that_shows_the_same_once_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[tuple[str, str, str]] = []

    def draw(*_: Any, size: str, **__: Any) -> Figure:
        drawn.append((_[2], size, _[0].choices.language))
        return Figure(figsize=(1, 1))

    monkeypatch.setattr("geo.draw.figure.draw_figure.draw_figure", draw)
    maps = draw_all()
    assert drawn == []
    pictures = {name: each._repr_png_() for name, each in maps.items()}
    assert drawn == [("overlay", "slide", "fa"), ("choropleth", "slide", "ps")]
    assert {name for name, picture in pictures.items() if picture} == {"overlay", "choropleth"}


def test_a_map_whose_figure_is_refused_has_its_page_alone(tmp_path: Path) -> None:
    table = tmp_path / "t.yaml"
    groups = "".join(f"  g{number}: {{name: A group whose name is long {number}}}\n" for number in range(50))
    records = "".join(f"- {{group: g{number}, nationwide: true, source: s}}\n" for number in range(50))
    table.write_text(f"sources: {{s: {{title: S}}}}\ngroups:\n{groups}presence:\n{records}", encoding="utf-8")
    drawn = geo.draw_overlay(geo.join_presence(geo.read_presence(table)))
    assert drawn._repr_png_() is None
    assert "presence-data" in drawn._repr_html_()


def test_without_matplotlib_a_map_has_its_page_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = draw_all()["overlay"]
    monkeypatch.setitem(sys.modules, "geo.draw.figure.save", None)
    assert drawn._repr_png_() is None
    assert "presence-data" in drawn._repr_html_()
