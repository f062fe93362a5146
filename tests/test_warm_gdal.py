"""What stands for the process that reads boundaries gives what that gives, whatever it is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo.read.boundaries.gdal_process import run_gdal
from tests.daily import takes_long
from tests.warm_gdal import keep_warm

SHAPES = Path(__file__).parents[1] / "shapefiles"


ASKED = [("provinces.shp", None), ("provinces.shp", "provinces"), ("provinces.shp", "another"), ("provinces.shp", ""),
         ("none.shp", None), ("display.topojson", "provinces"), ("about.json", None)]  # fmt: skip


@takes_long
def test_it_gives_the_same(tmp_path: Path) -> None:
    for path in SHAPES.glob("*.*"):
        shutil.copy(path, tmp_path)
    with keep_warm() as run:
        warm = [run(name, tmp_path, layer) for name, layer in ASKED * 2]
    assert warm == [run_gdal(name, tmp_path, layer) for name, layer in ASKED] * 2


def test_what_breaks_off_is_read_as_users_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"error": "asked as users ask"}
    monkeypatch.setattr("geo.read.boundaries.gdal_process.run_gdal", lambda *_: said)
    with keep_warm() as run:
        assert run("x.shp", tmp_path / "no folder") == said
        assert run("x.parquet", tmp_path) == said
        assert "error" in run("x.shp", tmp_path)
