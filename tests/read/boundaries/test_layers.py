"""Boundary files that a user brings: every format, every lie, and what is said of each."""

from __future__ import annotations

import io
import json
import os
import random
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely

from geo.errors import BoundaryError, name_install
from geo.read.boundaries import formats, gdal_process
from geo.read.boundaries.formats import open_container
from geo.read.boundaries.layers import list_layers, read_layer
from tests.daily import choose, takes_long

SHAPEFILE = Path(__file__).parents[3] / "shapefiles" / "provinces.shp"
TOPOJSON = SHAPEFILE.with_name("display.topojson")
PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
SQUARE = [[[60, 30], [61, 30], [61, 31], [60, 31], [60, 30]]]
Write = Callable[[str, Any], Path]


def collect(*shapes: Any, **rest: Any) -> dict[str, Any]:
    features = [{"type": "Feature", "properties": {"name": f"Unit {place}"}, "geometry": shape}
                for place, shape in enumerate(shapes, 1)]  # fmt: skip
    return {"type": "FeatureCollection", "features": features, **rest}


def polygon(rings: Any = SQUARE) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": rings}


@pytest.fixture
def own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as users do, and not as the tests of other things; see tests/warm_gdal.py."""
    monkeypatch.setattr("geo.read.boundaries.layers.run_gdal", gdal_process.run_gdal)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: Any) -> Path:
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content if isinstance(content, str) else json.dumps(content)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write_file


@pytest.fixture(scope="module")
def provinces() -> geopandas.GeoDataFrame:
    return geopandas.read_file(SHAPEFILE)[["code", "name_fa", "geometry"]]


def zip_parts(folder: str = "", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for part in PARTS:
            archive.write(SHAPEFILE.with_suffix(part), f"{folder}provinces{part}")
    return out.getvalue()


@pytest.mark.usefixtures("own_process")
@pytest.mark.parametrize("form", choose(["shp", "geojson", "gpkg", "lying name", "zip"], 2))
def test_every_format_and_projection_gives_the_same_units(
    form: str, provinces: geopandas.GeoDataFrame, write: Write, tmp_path: Path
) -> None:
    path = tmp_path / f"some.{form}"
    if form == "zip":
        path.write_bytes(zip_parts("a folder/"))
    elif form == "lying name":
        path = write("some.shp", provinces.to_json())
    else:
        provinces.to_crs(32642 if form != "geojson" else 4326).to_file(path)
    layer = read_layer(path)
    assert layer.fields["name_fa"] == tuple(provinces["name_fa"])
    assert layer.geometry.crs == 4326
    apart = shapely.area(shapely.symmetric_difference(layer.geometry.to_numpy(), provinces.geometry.to_numpy()))
    assert max(apart) < 1e-6
    assert not layer.warnings


def test_a_layer_of_several_is_named() -> None:
    with pytest.raises(BoundaryError, match="2 layers with shapes; expected --layer with one of its layers: units, ne"):
        read_layer(TOPOJSON)
    with pytest.raises(BoundaryError, match="no layer 'nothing'; expected --layer"):
        read_layer(TOPOJSON, "nothing")
    layer = read_layer(TOPOJSON, "units")
    assert (layer.kind, len(layer.geometry), layer.crs) == ("TopoJSON", 34, "EPSG:4326")
    assert layer.warnings == (), "TopoJSON is in degrees, and has no place to say so"


BROKEN = [
    ("", "the file is empty"),
    ("<OGRVRTDataSource></OGRVRTDataSource>", "the file is XML"),
    ("<?xml?><kml><Placemark/><Placemark></Placemark></kml>", "the file is KML, with 2 placemarks"),
    ("%PDF-1.7", "the file is a PDF"),
    ("name,wkt\nA,POINT (1 2)", "the file is of no known kind"),
    ("[1, 2]", "the file is of no known kind"),
    ('{"type": "FeatureCollection"', "no JSON: "),
    ('{"a": ' * 200_000 + "1" + "}" * 200_000, "JSON that is nested without end"),
    (b'{"type": "\xff"}', "JSON that is not UTF-8"),
    ("{}", "JSON without a type"),
    ({"type": "Polygon", "coordinates": SQUARE}, "JSON of type 'Polygon'; expected a FeatureCollection"),
    ({"type": "FeatureCollection"}, "JSON of type 'FeatureCollection'; expected a FeatureCollection"),
    ('{"type": "FeatureCollection", "features": [{"x": NaN}]}', "no JSON: NaN is no number"),
    (collect(), "0 layers with shapes|no shape at all"),
    (collect(None), "no shape|0 layers"),
    (collect(polygon(), None), r"shape 2 \(Unit 2\) has no shape; expected a polygon for each unit"),
    (collect(polygon(), {"type": "Point", "coordinates": [60, 30]}), r"shape 2 \(Unit 2\) is no area but a Point"),
    (collect({"type": "LineString", "coordinates": [[60, 30], [61, 31]]}), "shape 1 .Unit 1. is no area but a LineStr"),
    (
        collect(polygon([[[500000, 3800000], [600000, 3800000], [600000, 3900000], [500000, 3800000]]])),
        "outside of the",
    ),
    (collect(polygon([[[60, 30], [61, 31], [60, 30], [60, 30]]])), r"shape 1 \(Unit 1\) has no area left once"),
    (collect(polygon([[[60, 30], [61, 30], [61, 31]]])), r"shape 1 \(Unit 1\) is no shape: .*; expected closed rings"),
    (collect(polygon([*SQUARE, [[60.5, 30.5]]])), r"shape 1 \(Unit 1\) is no shape: .*; expected closed rings"),
    (
        collect(polygon(), crs={"type": "name", "properties": {"name": "http://127.0.0.1/crs"}}),
        "a reference system by an address",
    ),
    (
        collect(polygon(), crs={"type": "link", "properties": {"href": "http://127.0.0.1/"}}),
        "a reference system by an address",
    ),
    (collect({**polygon(), "crs": {"type": "link"}}), "a reference system by an address"),
    (b"\x00\x00\x27\x0a" + b"\x00" * 96, r"a Shapefile without its \.dbf and \.shx"),
    (b"SQLite format 3\x00" + b"\x00" * 4096, "the GeoPackage cannot be read"),
    (b"PAR1xxxxPAR1", "the GeoParquet cannot be read: "),
    (b"PK\x03\x04 no archive", "a damaged archive; expected an ordinary .zip"),
]


@pytest.mark.parametrize(("content", "found"), BROKEN, ids=[f"{place}" for place in range(len(BROKEN))])
def test_what_is_no_boundary_file_is_named(content: Any, found: str, write: Write) -> None:
    path = write("some.geojson", content)
    with pytest.raises(BoundaryError, match=found) as caught:
        read_layer(path)
    assert all(problem.file == str(path) and problem.expected for problem in caught.value.problems)


def test_whoever_lacks_pyarrow_is_told_how_to_get_it(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("some.parquet", b"PAR1xxxxPAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr(
        "geo.read.boundaries.layers.run_gdal", lambda name, folder, layer: gdal_process._read(name, layer)
    )
    with pytest.raises(BoundaryError) as caught:
        read_layer(path)
    assert (
        str(caught.value) == f"{path}: a GeoParquet file, which needs pyarrow; expected it: {name_install('pyarrow')}"
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (".", "this is a folder"), ("none.shp", "there is no such file; expected a boundary file"),
        ("https://example.org/a.geojson", "expected a boundary file; download it first"),
        ("/vsicurl/http://127.0.0.1/a.geojson", "download it first"), ("/dev/zero", "not a regular file"),
        ('{"type": "FeatureCollection", "features": []}', "there is no such file"), ("a" * 5000, "cannot be read"),
        ("WFS:http://127.0.0.1", "download it first"),
    ],
)  # fmt: skip
def test_what_is_no_path_to_a_file_is_named(
    name: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BoundaryError, match=found):
        open_container(name)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.geojson")
    with pytest.raises(BoundaryError, match="this is not a regular file"):
        open_container(tmp_path / "pipe.geojson")


def write_entries(entries: dict[str, bytes], mode: int = 0o100644) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def spoil(archive: bytes, place: int) -> bytes:
    return archive[:place] + b"\xff\xff\xff" + archive[place + 3 :]


def claim_less(archive: bytes) -> bytes:
    """Let an archive say of its first file that it is a thousand bytes long; unpacked it is more."""
    at = archive.index(b"PK\x01\x02") + 24
    return archive[:at] + (1000).to_bytes(4, "little") + archive[at + 4 :]


@pytest.mark.parametrize(
    ("archive", "found"),
    [
        (write_entries({"a.txt": b"x"}), "an archive with 0 Shapefiles: none"),
        (
            write_entries({"a.shp": b"x", "b/c.shp": b"x"}),
            "2 Shapefiles: 'a.shp', 'b/c.shp'; expected --layer with one of a, c",
        ),
        (
            write_entries({"a.shp": b"x", "b/a.shp": b"x"}),
            r"'a.shp', 'b/a.shp'; expected one; unpack it and name the .shp",
        ),
        (write_entries({"doc.kml": b"x"}), "0 Shapefiles: none, but 'doc.kml'; expected GeoJSON, Topo"),
        (write_entries({"../a.shp": b"x"}), "an archive with a part that leads out of it"),
        (write_entries({"/a.shp": b"x"}), "an archive with a part that leads out of it"),
        (write_entries({"C:\\a.shp": b"x"}), "an archive with a part that leads out of it"),
        (write_entries({"a.shp": b"/etc/passwd"}, 0o120777), "an archive with a part that leads out of it"),
        (write_entries({f"{each}.shp": b"" for each in range(51)}), "an archive of 51 parts; expected at most 50"),
        (write_entries({"a.shp": b"\x00" * 40_000_000}), "times its size; expected at most 100 times"),
        (write_entries({"a.shp": b"x", "a.dbf": b"x"}), r"a Shapefile without its \.shx"),
        (zip_parts()[:-30], "a damaged archive; expected an ordinary .zip"),
        (zip_parts(compression=zipfile.ZIP_BZIP2), "an archive packed in an unusual way"),
        (spoil(zip_parts(), 50), "a damaged archive; expected an ordinary .zip"),
        (claim_less(write_entries({"a.shp": bytes(90_000)})), "a damaged archive; expected an ordinary .zip"),
    ],
)
def test_an_archive_that_is_more_than_a_shapefile_is_refused(archive: bytes, found: str, write: Write) -> None:
    with pytest.raises(BoundaryError, match=found):
        open_container(write("some.zip", archive))


def test_one_of_several_shapefiles_in_an_archive_is_named(write: Write) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in PARTS:
            for name in ("afg_adm1", "other"):
                archive.write(SHAPEFILE.with_suffix(part), f"{name}{part}")
    path = write("some.zip", out.getvalue())
    assert list_layers(path) == ("afg_adm1", "other")
    assert len(read_layer(path, "other").geometry) == 34
    assert list_layers(write("one.zip", zip_parts())) == ("provinces",)
    assert len(read_layer(write("one.zip", zip_parts()), "provinces").geometry) == 34
    with pytest.raises(BoundaryError, match=r"2 Shapefiles: .*; expected --layer with one of afg_adm1, other"):
        read_layer(path, "afg_adm2")


def test_a_file_too_large_is_not_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LARGEST_FILE", 1000)
    with pytest.raises(BoundaryError, match="the file is larger than 0 MB"):
        open_container(write("some.geojson", "{" + " " * 2000))


def test_parts_of_a_shapefile_are_found_in_any_case_and_no_others(tmp_path: Path) -> None:
    for part in PARTS[:4]:
        (tmp_path / f"My Map{part.upper()}").write_bytes(SHAPEFILE.with_suffix(part).read_bytes())
    (tmp_path / "Other.cpg").write_text("ISO-8859-1")
    layer = read_layer(tmp_path / "My Map.SHP")
    assert layer.fields["name_fa"][0] == "بدخشان", "UTF-8 is seen though no .cpg says so"


@pytest.mark.usefixtures("own_process")
def test_a_corner_that_is_no_number_is_refused_by_name_and_nothing_else_said(tmp_path: Path) -> None:
    with np.errstate(invalid="ignore"):
        nowhere = shapely.Polygon([(0, 0), (1, 0), (float("nan"), 1), (0, 0)])
        geopandas.GeoDataFrame({"name": ["A"]}, geometry=[nowhere], crs=4326).to_file(tmp_path / "f.gpkg")
    with pytest.raises(BoundaryError, match=r"shape 1 \(A\) has a corner that is no number"):
        read_layer(tmp_path / "f.gpkg")


def gather(*parts: Any) -> dict[str, Any]:
    return {"type": "GeometryCollection", "geometries": list(parts)}


def square(west: float, south: float = 30) -> dict[str, Any]:
    return polygon([[[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]])


@pytest.mark.parametrize(
    ("shape", "bounds", "parts"),
    [
        (gather(square(60)), (60, 30, 61, 31), 1),
        (gather(square(60), square(61)), (60, 30, 62, 31), 1),
        (gather(square(60), gather(square(63), gather(square(65)))), (60, 30, 66, 31), 3),
        (gather(square(60), {"type": "MultiPolygon", "coordinates": [SQUARE]}), (60, 30, 61, 31), 1),
        (gather(polygon([[[60, 30], [62, 32], [62, 30], [60, 31], [60, 30]]])), (60, 30, 62, 32), 2),
    ],
)
def test_a_collection_of_areas_is_an_area(shape: Any, bounds: tuple[int, ...], parts: int, write: Write) -> None:
    made = read_layer(write("some.geojson", collect(square(10), shape))).geometry.iloc[1]
    assert (made.bounds, shapely.get_num_geometries(made)) == (bounds, parts)
    assert made.is_valid


@pytest.mark.parametrize(
    "shape", [gather(), gather(gather()), gather(square(60), {"type": "Point", "coordinates": [60, 30]})]
)
def test_a_collection_of_anything_else_is_none(shape: Any, write: Write) -> None:
    with pytest.raises(BoundaryError, match=r"Unit 2. (has no shape|is no area but a GeometryCollection)"):
        read_layer(write("some.geojson", collect(square(10), shape)))


def test_a_file_without_areas_says_what_it_holds_in_one_line(write: Write) -> None:
    points = [{"type": "Point", "coordinates": [60 + each, 30]} for each in range(9)]
    with pytest.raises(BoundaryError) as caught:
        read_layer(write("some.geojson", collect(*points, {"type": "LineString", "coordinates": [[60, 30], [61, 31]]})))
    assert [problem.found for problem in caught.value.problems] == ["no areas: 9 × Point, 1 × LineString"]


def test_a_border_that_crosses_itself_is_repaired_and_told(write: Write) -> None:
    bow = polygon([[[60, 30], [62, 32], [62, 30], [60, 31], [60, 30]]])
    layer = read_layer(write("some.geojson", collect(polygon(), bow)))
    assert layer.geometry.is_valid.all()
    assert "shape 2 (Unit 2)" in layer.warnings[0].found
    assert "repaired" in layer.warnings[0].expected


def test_a_file_in_metres_without_a_reference_system_is_refused(
    provinces: geopandas.GeoDataFrame, tmp_path: Path
) -> None:
    provinces.to_crs(32642).to_file(tmp_path / "some.shp")
    (tmp_path / "some.prj").unlink()
    with pytest.raises(BoundaryError, match=r"no reference system, and numbers that are no degrees .*\.prj"):
        read_layer(tmp_path / "some.shp")


def test_texts_are_cleaned_of_what_does_not_show(write: Write) -> None:
    data = collect(polygon())
    data["features"][0]["properties"] = {"name": "Ka\x1b[31mbul\u202e", "n": 7.0, "none": None, "long": "x" * 9999}
    fields = read_layer(write("some.geojson", data)).fields
    assert (fields["name"], fields["n"], fields["none"]) == (("Ka[31mbul",), ("7",), ("",))
    assert len(fields["long"][0]) == 200


def test_a_field_of_any_name_is_a_field(write: Write) -> None:
    data = collect(polygon())
    data["features"][0]["properties"]["crs"] = "EPSG:4326"
    assert read_layer(write("some.geojson", data)).fields["crs"] == ("EPSG:4326",)


@takes_long
@pytest.mark.usefixtures("own_process")
def test_a_shape_that_would_take_for_ever_is_given_up(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gdal_process, "SECONDS", 3)
    chance = random.Random(1)
    knot = [[chance.uniform(60, 70), chance.uniform(30, 38)] for _ in range(4000)]
    with pytest.raises(BoundaryError, match="it takes more than 3 seconds"):
        read_layer(write("some.geojson", collect(polygon([[*knot, knot[0]]]))))


@pytest.mark.usefixtures("own_process")
def test_lower_limits_of_the_machine_are_kept(write: Write, tmp_path: Path) -> None:
    path = write("some.geojson", collect(polygon()))
    code = f"from geo.read.boundaries.layers import read_layer; print(len(read_layer({str(path)!r}).geometry))"
    words = ["/bin/sh", "-c", 'ulimit -v 3500000; exec "$0" -c "$1"', sys.executable, code]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout == "1\n", done.stderr


@pytest.mark.usefixtures("own_process")
def test_no_file_makes_us_ask_anyone(write: Write, socket_enabled: None) -> None:
    """GDAL follows addresses in some formats; none of those is left."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        address = f"http://127.0.0.1:{port}/a.geojson"
        vrt = f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/{address}</SrcDataSource>'
        linked = collect(polygon(), crs={"type": "link", "properties": {"href": address, "type": "ogcwkt"}})
        stac = {**collect(polygon()), "stac_version": "1.0.0", "links": [{"rel": "next", "href": address}]}
        for content in (vrt, linked, stac, {"type": "Topology", "objects": {}, "arcs": [], "href": address}):
            with suppress(BoundaryError):
                read_layer(write("some.geojson", content))
        server.settimeout(0.2)  # Who has connected waits there until someone answers.
        with pytest.raises(TimeoutError):
            server.accept()
