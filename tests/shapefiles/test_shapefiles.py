"""The files of ``shapefiles/``: each polygon is the province it is called, and the files are what make.py makes."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from geo.draw.topology.arcs import decode_arcs, rebuild_polygons
from geo.draw.topology.svg_paths import count_uses
from geo.read.boundaries.bundled import read_boundaries, read_topology
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.shapefiles.make import make_all

FOLDER = Path(str(files("geo.shapefiles")))
MADE = sorted(
    [f"provinces.{kind}" for kind in ("cpg", "dbf", "prj", "shp", "shx")] + ["display.topojson", "gazetteer.csv"]
)
WINDOW = shapely.box(47.7, 25.9, 87.4, 41.2)
VIEW = shapely.box(59.5, 28.5, 76, 39.5)
BORDERING = {"Pakistan", "Iran", "Turkmenistan", "Uzbekistan", "Tajikistan", "China"}


@pytest.fixture(scope="module")
def provinces():
    return read_boundaries()


def locate(provinces, lon, lat):
    return list(provinces.index[provinces.contains(shapely.Point(lon, lat))])


@pytest.mark.parametrize("unit", read_gazetteer().units.values(), ids=lambda unit: unit.name)
def test_each_capital_lies_in_its_own_province_and_no_other(provinces, unit):
    assert locate(provinces, unit.capital_lon, unit.capital_lat) == [unit.code]


@pytest.mark.parametrize(
    ("place", "lon", "lat", "code"),
    [
        ("Gardez", 69.226, 33.597, "AF-PIA"),
        ("Bazarak", 69.515, 35.313, "AF-PAN"),
        ("Charikar", 69.171, 35.014, "AF-PAR"),
        ("Nili", 66.130, 33.722, "AF-DAY"),
        ("Tarinkot", 65.878, 32.630, "AF-URU"),
    ],
)
def test_provinces_whose_labels_natural_earth_has_wrong(provinces, place, lon, lat, code):
    assert locate(provinces, lon, lat) == [code], place


def test_paktia_lies_north_of_paktika(provinces):
    paktia, paktika = provinces.geometry["AF-PIA"], provinces.geometry["AF-PKA"]
    assert paktia.centroid.y > paktika.centroid.y + 0.5
    assert paktia.touches(paktika)


@pytest.mark.parametrize(
    ("one", "other", "touch"),
    [
        ("AF-PAN", "AF-PAR", True),
        ("AF-DAY", "AF-URU", True),
        ("AF-KAB", "AF-NAN", True),
        ("AF-PAN", "AF-KAB", False),
        ("AF-DAY", "AF-KAN", False),
    ],
)
def test_who_borders_on_whom(provinces, one, other, touch):
    assert provinces.geometry[one].touches(provinces.geometry[other]) == touch


def test_the_provinces_cover_the_country_without_gaps_or_overlaps(provinces):
    shapes = provinces.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    union = shapely.union_all(shapes)
    assert union.geom_type == "Polygon"
    assert not union.interiors
    assert union.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-12)
    assert provinces.to_crs(6933).area.sum() / 1e6 == pytest.approx(642_000, rel=0.02)  # km2, Natural Earth's outline


def test_the_shapefile_says_what_it_is():
    info = pyogrio.read_info(FOLDER / "provinces.shp")
    assert (info["encoding"], info["crs"], info["features"]) == ("UTF-8", "EPSG:4326", 34)
    assert list(info["fields"]) == ["code", "pcode", "name", "name_fa", "adm1_code"]
    assert (FOLDER / "provinces.cpg").read_text() == "UTF-8"
    assert "WGS_1984" in (FOLDER / "provinces.prj").read_text()


def test_dari_names_are_readable_in_the_bytes(provinces):
    assert "قندهار".encode() in (FOLDER / "provinces.dbf").read_bytes()
    assert provinces.loc["AF-KAN", "name_fa"] == "قندهار"


def test_the_header_holds_no_day_of_making():
    assert tuple((FOLDER / "provinces.dbf").read_bytes()[1:4]) == (120, 6, 14)


def test_the_files_are_what_the_script_makes(tmp_path):
    make_all(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == MADE
    assert [name for name in MADE if (tmp_path / name).read_bytes() != (FOLDER / name).read_bytes()] == []


def test_the_display_file_is_small_standard_topojson():
    text = (FOLDER / "display.topojson").read_text("utf-8")
    data = json.loads(text)
    assert len(text) < 34_000
    assert (data["type"], set(data["objects"])) == ("Topology", {"units", "neighbours"})
    assert {shape["type"] for part in data["objects"].values() for shape in part["geometries"]} <= {
        "Polygon",
        "MultiPolygon",
    }
    assert json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n" == text


def test_displayed_shapes_share_their_borders_and_fill_the_window_but_for_what_no_line_leads_to():
    topology = read_topology()
    shapes = (*topology.units, *topology.neighbours)
    uses = Counter(number for shape in shapes for part in shape.polygons for ring in part for number in ring)
    assert set(uses.values()) == {1}
    alone = [number for number in uses if ~number not in uses]
    arcs = {number: shapely.LineString(np.cumsum(topology.arcs[max(number, ~number)], axis=0)) for number in alone}
    edge = 0.22  # as far as the borders there are thinned
    frame = WINDOW.exterior.buffer(edge)
    degrees = [shapely.transform(arc, lambda xy: xy * topology.scale + topology.translate) for arc in arcs.values()]
    everything = dict(zip([shape.key for shape in shapes], rebuild_polygons(topology, shapes), strict=True))
    assert shapely.is_valid([*everything.values()]).all()
    assert shapely.coverage_is_valid([*everything.values()])
    left = shapely.get_parts(WINDOW.buffer(-0.01).difference(shapely.union_all([*everything.values()])))
    blank = left[shapely.area(left) > 0.5]
    assert len(blank) == 2, "Arabia and the Caucasus, in the corners"
    assert shapely.area(blank).sum() < 0.02 * WINDOW.area
    assert shapely.area(left).sum() - shapely.area(blank).sum() < 0.5
    ends = shapely.union_all([frame, *shapely.buffer(shapely.boundary(blank), edge)])
    assert all(ends.contains(line) for line in degrees)


def test_no_line_between_neighbours_runs_along_the_edge_of_the_window():
    topology = read_topology()
    inner = count_uses(topology.neighbours)
    lines = [shapely.LineString(arc) for number, arc in enumerate(decode_arcs(topology)) if inner.get(number) == 2]
    assert len(lines) > 20
    assert max(line.intersection(WINDOW.exterior.buffer(0.02)).length for line in lines) < 0.5


def test_displayed_provinces_are_close_to_the_full_ones(provinces):
    rebuilt = rebuild_polygons(read_topology())
    full = provinces.geometry.to_numpy()
    overlap = shapely.area(shapely.intersection(full, rebuilt)) / shapely.area(shapely.union(full, rebuilt))
    assert overlap.min() > 0.985
    assert shapely.hausdorff_distance(full, rebuilt).max() < 0.015


def test_each_label_stands_inside_its_full_province(provinces):
    for shape in read_topology().units:
        assert locate(provinces, *shape.label) == [shape.key]


def test_the_six_neighbours_are_labelled_where_they_are_seen(provinces):
    topology = read_topology()
    country = shapely.union_all(provinces.geometry.to_numpy())
    outlines = rebuild_polygons(topology, topology.neighbours)
    labelled = [(shape, outline) for shape, outline in zip(topology.neighbours, outlines, strict=True) if shape.name]
    assert {shape.name for shape, _ in labelled} == BORDERING
    for shape, outline in labelled:
        spot = shapely.Point(shape.label)
        assert VIEW.buffer(-0.4).contains(spot)
        assert outline.contains(spot)
        assert outline.boundary.distance(spot) > 0.4
        assert country.distance(spot) > 0.3


@pytest.mark.parametrize("key", ["KAS", "SEA", "NPL"])
def test_what_does_not_border_on_the_country_is_an_outline_without_a_name(key):
    assert [shape.name for shape in read_topology().neighbours if shape.key == key] == [""]


def test_the_sea_is_sea_and_land_is_land():
    topology = read_topology()
    shapes = zip(topology.neighbours, rebuild_polygons(topology, topology.neighbours), strict=True)
    (sea,) = (outline for shape, outline in shapes if shape.key == "SEA")
    wet, dry = [(51, 39), (50.5, 28.3), (52, 27)], [(50, 37), (51.5, 28.5), (54.5, 37), (56.3, 27.3)]
    assert [sea.contains(shapely.Point(spot)) for spot in wet] == [True] * len(wet)
    assert [sea.contains(shapely.Point(spot)) for spot in dry] == [False] * len(dry)
