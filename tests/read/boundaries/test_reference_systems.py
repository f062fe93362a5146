"""Reference systems: one that does not exist is refused; numbers that make no sense in theirs are warned of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from geo.errors import BoundaryError
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.layers import read_layer
from geo.read.dataframes import read_shapes

PROVINCES = read_boundaries()[["name", "geometry"]].assign(
    geometry=lambda frame: shapely.coverage_simplify(frame.geometry.to_numpy(), 0.1)
)
UTM = PROVINCES.to_crs(32642)


def write_json(path: Path, frame: geopandas.GeoDataFrame, crs: Any) -> Path:
    """Write numbers as they are, whatever system is said to be theirs."""
    data = json.loads(frame.to_json(to_wgs84=False))
    data["crs"] = crs
    path.write_text(json.dumps(data), "utf-8")
    return path


def name(crs: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": crs}}


UNKNOWN = ["EPSG:99999", "EPSG:0", "urn:ogc:def:crs:EPSG::99999", "XYZ:1"]
KNOWN = ["EPSG:4326", "epsg:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84",
         "urn:ogc:def:crs:EPSG::4326", "EPSG:4258", "EPSG:4979"]  # fmt: skip


@pytest.mark.parametrize("crs", UNKNOWN)
def test_json_in_a_system_that_does_not_exist_is_refused(crs: str, tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=f"a reference system that does not exist, '{crs}'"):
        read_layer(write_json(tmp_path / "some.geojson", PROVINCES, name(crs)))


@pytest.mark.parametrize("crs", KNOWN)
def test_json_in_a_system_of_degrees_is_taken(crs: str, tmp_path: Path) -> None:
    layer = read_layer(write_json(tmp_path / "some.geojson", PROVINCES, name(crs)))
    assert layer.warnings == ()
    assert layer.geometry.total_bounds == pytest.approx(PROVINCES.total_bounds, abs=1e-4)


@pytest.mark.parametrize("crs", [None, [], "", [1], 7])
def test_json_without_a_system_is_in_degrees_as_its_format_says(crs: Any, tmp_path: Path) -> None:
    assert read_layer(write_json(tmp_path / "some.geojson", PROVINCES, crs)).warnings == ()


@pytest.mark.parametrize(
    "said", ["this is no system", 'PROJCS["nonsense"]', 'GEOGCS["half of one', "a\0b", "x" * 100_000, "+init=/etc/x:1"]
)
def test_a_shapefile_with_a_prj_that_says_nothing_known_is_refused(said: str, tmp_path: Path) -> None:
    PROVINCES.to_file(tmp_path / "some.shp")
    (tmp_path / "some.prj").write_text(said)
    with pytest.raises(BoundaryError, match="a reference system that does not exist"):
        read_layer(tmp_path / "some.shp")


@pytest.mark.parametrize("said", ["", " \n"])
def test_an_empty_prj_is_none(said: str, tmp_path: Path) -> None:
    PROVINCES.to_file(tmp_path / "some.shp")
    (tmp_path / "some.prj").write_text(said)
    assert [each.found for each in read_layer(tmp_path / "some.shp").warnings] == ["no reference system is given"]


def give_system(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as package:
        package.execute("UPDATE gpkg_contents SET srs_id = ?", [number])
        package.execute("UPDATE gpkg_geometry_columns SET srs_id = ?", [number])
        package.commit()


def test_a_geopackage_in_a_system_that_it_does_not_define_is_refused(tmp_path: Path) -> None:
    PROVINCES.to_file(tmp_path / "some.gpkg")
    give_system(tmp_path / "some.gpkg", 12345)
    with pytest.raises(BoundaryError, match="an unknown reference system 'srs_id 12345'"):
        read_layer(tmp_path / "some.gpkg")


def test_a_geopackage_whose_system_is_said_to_be_unknown_is_taken_for_degrees_and_told(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="'crs' was not provided"):  # GDAL has a number of its own for that.
        PROVINCES.set_crs(None, allow_override=True).to_file(tmp_path / "some.gpkg")
    layer = read_layer(tmp_path / "some.gpkg")
    assert [each.found for each in layer.warnings] == ["no reference system is given"]


Change = Callable[[geopandas.GeoDataFrame], geopandas.GeoDataFrame]


def move(scale: float, east: float = 0, north: float = 0) -> Change:
    """Scale numbers and shift them, as drawings are made."""
    return lambda frame: frame.assign(geometry=frame.geometry.affine_transform([scale, 0, 0, scale, east, north]))


def swap(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    return frame.assign(geometry=shapely.transform(frame.geometry.to_numpy(), lambda corners: corners[:, ::-1]))


LOCAL = "+proj=laea +lat_0=34 +lon_0=66"
WEST, SOUTH, EAST, NORTH = UTM.total_bounds
VENDOR = 10_850 / (EAST - WEST)
SENSELESS = {  # name: (frame of numbers, what is done to them, the system they are said to be in, what is told)
    "a vendor's drawing": (UTM, move(VENDOR, -WEST * VENDOR - 999, -SOUTH * VENDOR - 999), 32642, "within 11 km"),
    "ten times as large": (UTM, move(VENDOR * 10, -WEST * VENDOR * 10, -SOUTH * VENDOR * 10), 32642, "begin near 0"),
    "kilometres called metres": (UTM, move(0.001), 32642, "within 1.3 km"),
    "a drawing called degrees": (PROVINCES, move(0.01), 4326, "within 16 km"),
    "Web Mercator called UTM": (PROVINCES.to_crs(3857), move(1), 32642, "far from where"),
    "UTM called the British grid": (UTM, move(1), 27700, "far from where"),
    "feet called metres": (UTM, move(3.28084), 32642, "far from where"),
    "north before east": (UTM, swap, 32642, "far from where"),
}
SENSIBLE = {
    "UTM, in three zones": (UTM, 32642),
    "UTM of another zone": (PROVINCES.to_crs(32640), 32640),
    "Web Mercator": (PROVINCES.to_crs(3857), 3857),
    "equal area": (PROVINCES.to_crs(6933), 6933),
    "a system of degrees from elsewhere": (PROVINCES, 4258),
    "one province": (UTM[UTM["name"] == "Kapisa"], 32642),
    "a projection without a name": (PROVINCES.to_crs(LOCAL), LOCAL),
}  # fmt: skip


@pytest.mark.parametrize("case", SENSELESS)
@pytest.mark.parametrize("form", ["geojson", "shp", "frame"])
def test_numbers_that_make_no_sense_in_their_system_are_warned_of(case: str, form: str, tmp_path: Path) -> None:
    frame, change, crs, said = SENSELESS[case]
    made = change(frame).set_crs(crs, allow_override=True)
    if form == "geojson":
        layer = read_layer(write_json(tmp_path / "some.geojson", made, name(f"EPSG:{crs}")))
    elif form == "shp":
        made.to_file(tmp_path / "some.shp")
        layer = read_layer(tmp_path / "some.shp")
    else:
        layer = read_shapes(made)
    (warning,) = layer.warnings
    assert said in warning.found
    assert "the file's true reference system" in str(warning.expected)


@pytest.mark.parametrize("case", SENSIBLE)
@pytest.mark.parametrize("form", ["shp", "frame"])
def test_numbers_that_make_sense_are_not_warned_of(case: str, form: str, tmp_path: Path) -> None:
    frame, crs = SENSIBLE[case]
    made = frame.set_crs(crs, allow_override=True)
    made.to_file(tmp_path / "some.shp")
    layer = read_layer(tmp_path / "some.shp") if form == "shp" else read_shapes(made)
    assert layer.warnings == ()


@pytest.mark.parametrize("crs", [32642, 3857, 27700])
def test_degrees_called_metres_are_refused(crs: int, tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="numbers that look like degrees"):
        read_shapes(PROVINCES.set_crs(crs, allow_override=True))
    with pytest.raises(BoundaryError, match="numbers that look like degrees"):
        read_layer(write_json(tmp_path / "some.geojson", PROVINCES, name(f"EPSG:{crs}")))


def test_a_system_that_reaches_across_180_is_used_on_both_sides() -> None:
    for west in (177, -179):
        isle = geopandas.GeoDataFrame(geometry=[shapely.box(west, -18, west + 1, -17)], index=["A"], crs=4326)
        assert read_shapes(isle.to_crs(3832)).warnings == ()
