"""The same input gives the same bytes, by every way a page is made, and few of them."""

from __future__ import annotations

import gzip
import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import pytest

from geo.join.joined_table import JoinedTable
from geo.read.boundaries.gazetteer import read_gazetteer
from tests.daily import choose

NAMES = ("choropleth", "overlay")
BUILT = choose(["report", "compare", *NAMES], 1)
TABLE = Path(__file__).parents[2] / "presence.yaml"
SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Kabul", "LC_ALL": "C.UTF-8"},
]
LARGEST_PAGE = 365_500
LARGEST_PACKED = 106_000
LARGEST_GROUP = 5_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Build the default table in fresh processes that differ in all that should not matter."""
    folders = [tmp_path_factory.mktemp(f"run{number}") for number in range(len(SURROUNDINGS))]
    only = [word for name in BUILT for word in ("--only", name)]
    command = [sys.executable, "-m", "geo", "build", str(TABLE), "--quiet", *only, "-o"]
    runs = [
        subprocess.Popen([*command, str(folder)], env={**os.environ, **each}, cwd=TABLE.parent)
        for folder, each in zip(folders, SURROUNDINGS, strict=True)
    ]
    assert [run.wait(60) for run in runs] == [0] * len(runs)
    return folders


@pytest.mark.parametrize("name", BUILT)
def test_every_way_gives_the_same_bytes(
    name: str,
    built: list[Path],
    pages: dict[str, Path],
    default_join: JoinedTable,
    draw: Callable[..., folium.Map],
    tmp_path: Path,
) -> None:
    wanted = (built[0] / f"{name}.html").read_bytes()
    assert wanted.startswith(b"<!DOCTYPE html>")
    assert (built[1] / f"{name}.html").read_bytes() == wanted
    assert pages[name].read_bytes() == wanted
    drawn = draw(name, default_join)
    assert drawn.get_root().render().encode() == wanted
    assert drawn.get_root().render().encode() == wanted, "a second time"
    drawn.save(str(tmp_path / "saved.html"))
    assert (tmp_path / "saved.html").read_bytes() == wanted


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_small(name: str, pages: dict[str, Path]) -> None:
    page = pages[name].read_bytes()
    assert len(page) < LARGEST_PAGE
    assert len(gzip.compress(page, 9)) < LARGEST_PACKED


def make_table(number: int) -> dict[str, Any]:
    """Make a table with so many groups, each named by its own record in all provinces."""
    codes = list(read_gazetteer().units)
    return {
        "sources": {"s": {"title": "A source"}},
        "groups": {f"group-{each}": {"name": f"Group number {each}"} for each in range(number)},
        "presence": [{"group": f"group-{each}", "in": codes, "source": "s"} for each in range(number)],
    }


@pytest.mark.parametrize(("name", "number"), choose(itertools.product(NAMES, [1, 3, 4, 9, 20]), 4))
def test_one_group_more_costs_little(
    name: str, number: int, join: Callable[..., JoinedTable], draw: Callable[..., folium.Map]
) -> None:
    sizes = [len(draw(name, join(make_table(each))).get_root().render().encode()) for each in (number, number + 1)]
    assert 0 < sizes[1] - sizes[0] < LARGEST_GROUP
