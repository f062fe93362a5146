"""Commands on a country across 180°: one piece on page, figure and export, however its file is written."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import geopandas
import pytest
import shapely

from geo.export.shapes import cut_shapes
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.layers import read_layer
from tests.cli.conftest import Run
from tests.daily import choose
from tests.isles import FORMS, ISLES, write_isles

OWN = ("--boundaries", "isles.geojson", "--units", "island")
TABLE = "title: T\npresence:\n  A: [Lagoon, Twice, Far]\n  B: [Scattered, Twice]\n"
EVENTS = """id,date,lat,lon
1,2020-07-01,-16.01,179.01
2,2020-07-02,-16.01,-178.91
3,2020-07-02,-14.51,-177.81
4,2020-07-02,-16.01,-179.91
5,2020-07-02,-16.955,-179.994
6,2020-07-02,-16.01,1.01
"""
"""West and east of 180 in the Lagoon, in Far, in the hole, in the middle of all islands, and nowhere near."""


@pytest.fixture(params=choose(FORMS, 2))
def isles(request: pytest.FixtureRequest, here: Path) -> Path:
    (here / "t.yaml").write_text(TABLE, "utf-8")
    return write_isles(here / "isles.geojson", request.param)


def measure_picture(svg: str) -> tuple[float, float]:
    """Return width over height of a static picture, and the widest unit's share of its width."""
    found = re.search('id="static".*?<svg viewBox="0 0 ([0-9]+) ([0-9]+)"', svg, re.DOTALL)
    assert found
    width, height = map(int, found.groups())
    spans = []
    for path in re.findall('data-code="[^"]*" d="([^"]*)"', svg):
        for begin, steps in re.findall("M([0-9]+) [0-9]+l([^zM]*)", path):
            across = [int(begin)]
            for step in re.findall("-?[0-9]+", steps)[::2]:
                across.append(across[-1] + int(step))
            spans.append(max(across) - min(across))
    return width / height, max(spans) / width


def test_the_page_shows_one_country(run: Run, isles: Path, here: Path) -> None:
    assert run("overlay", "t.yaml", *OWN, "-o", "o.html").exit_code == 0
    shape, widest = measure_picture((here / "o.html").read_text("utf-8"))
    assert shape == pytest.approx(1000 / 1032, abs=0.01)
    assert widest == pytest.approx(0.51, abs=0.01), "the Lagoon, and no band"


def test_the_export_is_cut_at_180_so_that_no_tool_draws_a_band_and_is_read_again_in_one_piece(
    run: Run, isles: Path, here: Path
) -> None:
    for form in ("geojson", "gpkg"):
        assert run("export", "t.yaml", *OWN, "--format", form, "-o", "out").exit_code == 0
    for path, layer in ((here / "out" / "units.geojson", None), (next((here / "out").glob("*.gpkg")), "units")):
        plain = geopandas.read_file(path, layer=layer).set_index("name")
        again = read_layer(path, layer)
        whole = dict(zip(again.fields["name"], again.geometry, strict=True))
        for name, shape in ISLES.items():
            parts = shapely.get_parts(plain.geometry[name])
            bounds = shapely.bounds(parts)
            assert bounds[:, 0].min() >= -180
            assert bounds[:, 2].max() <= 180
            assert sum(map(shapely.area, parts)) == pytest.approx(shape.area, rel=1e-5)
            on_tiles = shapely.bounds(shapely.get_parts(plain.to_crs(3857).geometry[name]))
            assert (on_tiles[:, 2] - on_tiles[:, 0]).max() < 3.2 * 111_320
            assert whole[name].symmetric_difference(shape).area < 1e-4
            assert len(shapely.get_parts(whole[name])) == len(shapely.get_parts(shape))


def test_an_export_of_what_does_not_cross_is_as_it_was() -> None:
    shapes = read_boundaries().geometry
    assert all(one is other for one, other in zip(cut_shapes(shapes), shapes, strict=True))


def test_events_are_counted_on_either_side_of_180(run: Run, isles: Path, here: Path) -> None:
    (here / "e.csv").write_text(EVENTS)
    done = run("events", "e.csv", *OWN, "--to", "counts", "-o", "out", code=0)
    rows = [line.split(",") for line in next((here / "out").glob("*.csv")).read_text("utf-8").splitlines()]
    counted = {row[rows[0].index("code")]: int(row[rows[0].index("events")]) for row in rows[1:]}
    assert {code: number for code, number in counted.items() if number} == {"Lagoon": 2, "Far": 1}
    assert "2 in no island" in done.stderr
    assert "left out: 1 in the middle of the country" in done.stderr


@pytest.mark.parametrize(
    ("kind", "form"), choose(itertools.product(["overlay", "choropleth"], ["cut at 180", "torn"]), 1)
)
def test_the_figure_shows_one_country(kind: str, form: str, run: Run, here: Path) -> None:
    (here / "t.yaml").write_text(TABLE, "utf-8")
    figures = []
    for each in (form, "counted on to 360"):
        write_isles(here / "isles.geojson", each)
        assert run("figure", kind, "t.yaml", *OWN, "--format", "svg", "-o", f"{kind}.svg").exit_code == 0
        figures.append((here / f"{kind}.svg").read_text("utf-8"))
    lengths = [sorted(map(len, re.findall(' d="([^"]*)"', figure))) for figure in figures]
    assert len(lengths[0]) == len(lengths[1])
    assert sum(lengths[0]) == pytest.approx(sum(lengths[1]), rel=0.02)


@pytest.mark.parametrize("pole", [-90, 90])
def test_a_country_around_a_pole_is_round(pole: int, run: Run, here: Path) -> None:
    west, east, near = -180, 180, pole - 24 * pole // 90
    ring = [[west, near], [east, near], [east, pole], [west, pole], [west, near]]
    feature = {"type": "Feature", "properties": {"name": "Ice"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (here / "isles.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    (here / "t.yaml").write_text("title: T\npresence:\n  A: [Ice]\n", "utf-8")
    assert run("overlay", "t.yaml", *OWN, "-o", "o.html").exit_code == 0
    assert measure_picture((here / "o.html").read_text("utf-8"))[0] == pytest.approx(1, abs=0.01)
    assert run("figure", "overlay", "t.yaml", *OWN, "--format", "svg", "-o", "o.svg").exit_code == 0
