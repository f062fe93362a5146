"""Shapes across 180°: the same whoever wrote them and how; and what does not cross stays as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BoundaryError
from geo.read.boundaries.antimeridian import join_across
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.layers import read_layer
from geo.read.dataframes import read_shapes
from tests.isles import FORMS, ISLES, make_blob, write_isles

WHOLE = list(ISLES.values())
BOX = shapely.box


def differ(one: Any, other: Any) -> float:
    return float(shapely.symmetric_difference(one, other).area)


def check_isles(found: Any, tolerance: float = 1e-9) -> None:
    assert [len(shapely.get_parts(shape)) for shape in found] == [1, 1, 2, 1]
    assert max(map(differ, found, WHOLE)) < tolerance
    assert shapely.is_valid(list(found)).all()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_across_180_is_one_country_however_it_is_written(form: str, tmp_path: Path) -> None:
    layer = read_layer(write_isles(tmp_path / "isles.geojson", form))
    check_isles(layer.geometry)
    assert not layer.warnings


@pytest.mark.parametrize("form", FORMS)
def test_a_frame_across_180_is_one_country_however_it_is_written(form: str) -> None:
    frame = geopandas.GeoDataFrame(geometry=list(map(FORMS[form], WHOLE)), index=list(ISLES), crs=4326)
    layer = read_shapes(frame)
    check_isles(layer.geometry)
    assert not layer.warnings


@pytest.mark.parametrize("form", ["counted on to 360", "cut at 180"])
@pytest.mark.parametrize("crs", [3832, 3994, 4167, "+proj=laea +lat_0=-18 +lon_0=179", "+proj=longlat +pm=180"])
def test_a_file_in_a_system_of_the_pacific_is_one_country(form: str, crs: Any, tmp_path: Path) -> None:
    shapes = geopandas.GeoDataFrame(geometry=list(map(FORMS[form], WHOLE)), crs=4326).to_crs(crs)
    shapes.to_file(tmp_path / "isles.gpkg")
    check_isles(read_layer(tmp_path / "isles.gpkg").geometry, 1e-6)


def test_a_border_that_crosses_itself_across_180_is_repaired_and_told(tmp_path: Path) -> None:
    bow = {"type": "Polygon", "coordinates": [[[179, 0], [-179, 2], [-179, 0], [179, 1], [179, 0]]]}
    feature = {"type": "Feature", "properties": {"name": "Bow"}, "geometry": bow}
    (tmp_path / "bow.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    layer = read_layer(tmp_path / "bow.geojson")
    assert layer.geometry.total_bounds.tolist() == [179, 0, 181, 2]
    assert "(Bow)" in layer.warnings[0].found
    assert "repaired" in layer.warnings[0].expected


ANTARCTIC = shapely.Polygon([(-180, -80), (-90, -70), (0, -75), (90, -68), (180, -80), (180, -90), (-180, -90)])
OVERSEAS = [BOX(-5, 42, 8, 51), BOX(-61.8, 15.8, -61, 16.5), BOX(55.2, -21.4, 55.9, -20.8), BOX(164, -22, 167, -20),
            BOX(-178.2, -14.4, -176.1, -13.2)]  # fmt: skip
WORLD = [BOX(west, south, west + 30, south + 30) for west in range(-180, 180, 30) for south in range(-90, 90, 30)]

ALONE = {
    "provinces": list(read_boundaries().geometry),
    "the world as boxes": WORLD,
    "one box for the world": [BOX(-180, -90, 180, 90)],
    "a belt of the world": [BOX(-180, -60, 180, 60)],
    "the world and a country cut at 180": [*WORLD, *map(FORMS["cut at 180"], WHOLE)],
    "a continent led to its pole": [ANTARCTIC],
    "a continent led to its pole, as a box": [BOX(-180, -90, 180, -60)],
    "a country with parts in every ocean": [shapely.MultiPolygon(OVERSEAS)],
    "a country up to 180": [BOX(170, 50, 180, 60), shapely.MultiPolygon([BOX(160, 50, 170, 60)])],
    "a country from 180": [BOX(-180, 50, -170, 60)],
    "half of the world": [BOX(-180, 0, 0, 10)],
    "a country already in one piece": WHOLE,
    "no degrees": [BOX(0, 0, 500_000, 10), BOX(-179, 0, 179, 100)],
    "no areas": [None, shapely.Point(181, 0), shapely.Polygon(), shapely.LineString([(179, 0), (-179, 0)])],
    "no numbers": [shapely.from_wkt("POLYGON ((179 0, -179 0, inf 1, 179 0))")],
    "nothing": [],
}


@pytest.mark.parametrize("name", ALONE)
def test_what_does_not_cross_is_left_as_it_is(name: str) -> None:
    found = join_across(ALONE[name])
    assert [None if each is None else each.wkb for each in found] == [
        None if each is None else each.wkb for each in ALONE[name]
    ]


MEET = [  # what is given, and the bounds of each shape and its number of parts then
    ("a country at -160 counted to 360", [BOX(200, 0, 205, 1), BOX(205, 0, 210, 1)],
     [((-160, 0, -155, 1), 1), ((-155, 0, -150, 1), 1)]),
    ("cut at Greenwich", [shapely.MultiPolygon([BOX(357, 5, 360, 6), BOX(0, 5, 1, 6)])], [((-3, 5, 1, 6), 1)]),
    ("two islands that do not touch 180", [BOX(166, -47, 178.6, -34), BOX(-177, -44.5, -176, -43.5)],
     [((166, -47, 178.6, -34), 1), ((183, -44.5, 184, -43.5), 1)]),
    ("a chain of islands far across", [BOX(172.4, 51, 180, 54), BOX(-180, 51, -130, 71), BOX(-125, 25, -67, 49)],
     [((172.4, 51, 180, 54), 1), ((180, 51, 230, 71), 1), ((235, 25, 293, 49), 1)]),
    ("counted on, beside one that is cut", [BOX(178, 0, 181, 1), shapely.MultiPolygon(
        [BOX(177, 2, 180, 3), BOX(-180, 2, -179, 3)])], [((178, 0, 181, 1), 1), ((177, 2, 181, 3), 1)]),
    ("a wide country", [shapely.MultiPolygon([BOX(20, 50, 180, 75), BOX(-180, 62, -170, 72)])],
     [((20, 50, 190, 75), 1)]),
    ("a cut within a tenth of a metre",
     [shapely.MultiPolygon([BOX(179, 0, 180 - 1e-8, 1), BOX(-180 + 1e-8, 0, -179, 1)])],
     [((179, 0, 181, 1), 1)]),
    ("a cut whose sides have other corners", [shapely.MultiPolygon(
        [BOX(179, 0, 180, 1), shapely.Polygon([(-180, 0), (-180, 0.3), (-180, 2), (-179, 1)])])],
     [((179, 0, 181, 2), 1)]),
    ("neighbours at 180", [BOX(179, 0, 180, 1), BOX(-180, 0, -179, 1)], [((179, 0, 180, 1), 1), ((180, 0, 181, 1), 1)]),
    ("a sector to the pole", [shapely.Polygon([(160, -60), (-150, -60), (-150, -90), (160, -90)])],
     [((160, -90, 210, -60), 1)]),
    ("torn, in a world that is not", [*WORLD, FORMS["torn"](BOX(179, 0, 182, 1))],
     [*((box.bounds, 1) for box in WORLD), ((-180, 0, 180, 1), 2)]),
    ("a world counted to 360", [BOX(0, 0, 90, 9), BOX(90, 0, 170, 9), BOX(170, 0, 190, 9), BOX(190, 0, 360, 9)],
     [((0, 0, 90, 9), 1), ((90, 0, 170, 9), 1), ((-180, 0, 180, 9), 2), ((-170, 0, 0, 9), 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("given_shapes", "expected"), [each[1:] for each in MEET], ids=[each[0] for each in MEET])
def test_shapes_come_together(given_shapes: list[Any], expected: list[Any]) -> None:
    found = join_across(given_shapes)
    assert shapely.is_valid(found).all()
    assert [len(shapely.get_parts(shape)) for shape in found] == [number for _, number in expected]
    assert shapely.bounds(found) == pytest.approx(np.array([bounds for bounds, _ in expected]))


@pytest.mark.parametrize("south", [True, False])
@pytest.mark.parametrize("lake", [True, False])
def test_a_ring_around_a_pole_is_closed_there(south: bool, lake: bool) -> None:
    """As a map centred on a pole gives it, with a coast that crosses 180 three times."""
    sign = -1 if south else 1
    ring = [(179, 71), (-179, 71.5), (179.5, 73), (-178, 72), (-90, 66), (0, 75), (90, 70)]
    hole = [[(179, 85 * sign), (-179, 85 * sign), (-179, 84 * sign), (179, 84 * sign)]] if lake else []
    (found,) = join_across([shapely.Polygon([(lon, lat * sign) for lon, lat in ring], hole)])
    assert found.is_valid
    assert found.bounds == pytest.approx((-180, -90, 180, -66) if south else (-180, 66, 180, 90))
    flat = shapely.Polygon([*[(lon + 360 * (lon < -90), abs(lat)) for lon, lat in ring[:4]], (270, 66), (360, 75),
                            (450, 70), (539, 71), (539, 90), (179, 90)])  # fmt: skip
    assert found.area == pytest.approx(flat.area - (2 if lake else 0))


def test_a_belt_around_a_pole_has_its_hole() -> None:
    circles = [[(lon, lat) for lon in (0, 60, 120, 178, -178, -120, -60)] for lat in (60, 80)]
    belt = geopandas.GeoDataFrame(geometry=[shapely.Polygon(circles[0], circles[1:])], crs=4326).to_crs(3995)
    (found,) = read_shapes(belt).geometry
    assert found.is_valid
    assert found.bounds == pytest.approx((-180, 60, 180, 80))
    assert found.area == pytest.approx(360 * 20)


places = st.tuples(st.floats(-180, 180), st.floats(-70, 70), st.floats(0.1, 5), st.integers(0, 99))


@given(st.lists(places, min_size=1, max_size=4), st.floats(-30, 30))
def test_every_form_of_any_islands_gives_the_same(found: list[Any], spread: float) -> None:
    whole = [make_blob(180 + lon / 180 * spread, lat, size, seed) for lon, lat, size, seed in found]
    read = [join_across([shape for each in whole if (shape := form(each))]) for form in FORMS.values()]
    for shapes in read:
        assert shapely.is_valid(shapes).all()
        west, _, east, _ = shapely.total_bounds(shapes)
        assert -180 - 1e-6 <= west < 180
        assert east - west < 180
        for one, other in zip(shapes, whole, strict=True):
            assert len(shapely.get_parts(one)) == 1
            turns = round((one.bounds[0] - other.bounds[0]) / 360)
            assert differ(one, shapely.affinity.translate(other, 360 * turns)) < 1e-6


@pytest.mark.parametrize("bounds", [(-400, 0, -350, 1), (350, 0, 400, 1), (-200, 0, 200, 1), (0, 80, 1, 91)])
def test_what_lies_beyond_the_earth_is_refused(bounds: tuple[float, ...]) -> None:
    frame = geopandas.GeoDataFrame(geometry=[BOX(*bounds)], index=["A"], crs=4326)
    with pytest.raises(BoundaryError, match="places outside of the world"):
        read_shapes(frame)
