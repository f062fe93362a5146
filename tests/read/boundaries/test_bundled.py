"""The bundled boundaries as read: right keys, full geometry, no network, light topology."""

import json
import subprocess
import sys
from contextlib import nullcontext

import pyogrio
import pytest

from geo.errors import BoundaryError
from geo.read.boundaries import bundled
from geo.read.boundaries.bundled import parse_topology, read_boundaries, read_topology
from geo.read.boundaries.gazetteer import read_gazetteer

SQUARE = {"type": "Polygon", "id": "A", "properties": {"label": [60.5, 30.5]}, "arcs": [[0]]}
SERVER = """
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        print(self.path)
        self.send_error(404)

    do_HEAD = do_GET

    def log_message(self, *args):
        pass

with HTTPServer(("127.0.0.1", 0), Handler) as server:
    print(server.server_port)
    server.serve_forever()
"""
PARTS = {"type": "MultiPolygon", "id": "B", "properties": {"label": [1, 2], "name": "Bee"}, "arcs": [[[0]], [[-1]]]}


def make_text(units=(SQUARE,), neighbours=(PARTS,), **changes):
    objects = {"units": {"geometries": list(units)}, "neighbours": {"geometries": list(neighbours)}}
    transform = {"scale": [0.5, 0.5], "translate": [60, 30]}
    arcs = [[[0, 0], [2, 0], [0, 2], [-2, -2]]]
    return json.dumps({"type": "Topology", "transform": transform, "objects": objects, "arcs": arcs} | changes)


def test_reads_the_provinces_in_the_order_of_the_gazetteer():
    frame = read_boundaries()
    units = read_gazetteer().units
    assert frame.index.name == "code"
    assert list(frame.index) == list(units)
    assert list(frame.columns) == ["pcode", "name", "name_fa", "geometry"]
    for column in ("pcode", "name", "name_fa"):
        assert list(frame[column]) == [getattr(unit, column) for unit in units.values()]


def test_reads_degrees_and_the_full_geometry():
    frame = read_boundaries()
    assert frame.crs.to_epsg() == 4326
    assert frame.count_coordinates().sum() == 11_179
    assert frame.total_bounds == pytest.approx([60.48678, 29.38661, 74.89231, 38.47367], abs=1e-5)


def test_what_is_read_is_for_whoever_reads_it_to_change():
    frame = read_boundaries()
    frame.loc["AF-KAB", "name"] = "changed"
    assert read_boundaries().loc["AF-KAB", "name"] == "Kabul"


@pytest.mark.parametrize(("guard", "asked"), [(bundled._stay_offline, False), (nullcontext, True)])
def test_gdal_asks_no_server_while_guarded(guard, asked):
    # Not a thread: GDAL within pyogrio 0.11 and older holds Python's lock while it waits, so no thread could answer.
    with subprocess.Popen([sys.executable, "-u", "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        path = f"/vsicurl/http://127.0.0.1:{server.stdout.readline().strip()}/{guard.__name__}.shp"
        with guard(), pytest.raises(pyogrio.errors.DataSourceError):
            pyogrio.read_info(path)
        server.terminate()
        requests = server.stdout.read().split()
    assert bool(requests) == asked


@pytest.mark.parametrize("before", [None, ".shp"])
def test_the_guard_leaves_gdal_as_it_was(before):
    pyogrio.set_gdal_config_options({bundled.REMOTE_FILES: before})
    try:
        bundled._read_frame.__wrapped__()
        assert pyogrio.get_gdal_config_option(bundled.REMOTE_FILES) == before
    finally:
        pyogrio.set_gdal_config_options({bundled.REMOTE_FILES: None})


def test_the_topology_has_the_same_units_in_the_same_order():
    assert [shape.key for shape in read_topology().units] == list(read_gazetteer().units)


def test_parses_polygons_and_multipolygons():
    topology = parse_topology(make_text(), "t.topojson")
    assert (topology.scale, topology.translate) == ((0.5, 0.5), (60.0, 30.0))
    assert topology.arcs == (((0, 0), (2, 0), (0, 2), (-2, -2)),)
    square, parts = topology.units[0], topology.neighbours[0]
    assert (square.key, square.name, square.label, square.polygons) == ("A", "", (60.5, 30.5), (((0,),),))
    assert (parts.key, parts.name, parts.label, parts.polygons) == ("B", "Bee", (1.0, 2.0), (((0,),), ((-1,),)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        make_text(transform={"scale": [1]}),
        make_text(transform={"scale": [1, 2, 3], "translate": [0, 0]}),
        make_text(arcs=[[[0]]]),
        make_text(objects={"units": {"geometries": []}}),
        make_text(units=[SQUARE | {"type": "Point"}]),
        make_text(units=[{**SQUARE, "properties": {}}]),
        make_text(units=[SQUARE | {"arcs": 7}]),
        "[" * 100_000,
        make_text().replace("60", "NaN"),
        make_text().replace("60", "1e999"),
        make_text().replace("60", "1" * 400),
        make_text().replace("60", '"60"'),
        make_text(arcs=[[[0, 0], [1.5, 0]]]),
        make_text(arcs=[[[0, 0], [2**40, 0]]]),
        make_text(arcs=[[]]),
        make_text(units=[SQUARE | {"arcs": []}]),
        make_text(units=[SQUARE | {"arcs": [[]]}]),
        make_text(units=[SQUARE | {"arcs": [[1]]}]),
        make_text(units=[SQUARE | {"arcs": [[-2]]}]),
        make_text(units=[SQUARE | {"id": ["A"]}]),
        make_text(units=[SQUARE | {"id": "A\n"}]).replace("\\n", "\\u0007"),
        make_text(units=[SQUARE | {"properties": {"label": [1, 2], "name": 7}}]),
        make_text(units=[SQUARE, SQUARE]),
        *(make_text(units=[SQUARE | {"properties": each}]) for each in ("Topology", "name", ["label"], 7, None)),
    ],
)
def test_refuses_what_is_no_topology(text):
    with pytest.raises(BoundaryError, match=r"t\.topojson: no quantised TopoJSON"):
        parse_topology(text, "t.topojson")


def test_a_reason_is_short():
    with pytest.raises(BoundaryError) as caught:
        parse_topology(make_text(units=[SQUARE | {"type": "x" * 5000}]), "t.topojson")
    assert len(str(caught.value)) < 300


def test_the_topology_is_read_without_geopandas():
    code = (
        "import sys; from geo.read.boundaries.bundled import read_topology; read_topology(); "
        "print({'geopandas', 'shapely', 'pandas', 'numpy', 'pyogrio'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
