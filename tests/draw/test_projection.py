"""Areas are drawn true: each unit's share of what is drawn is its share of the country on the ellipsoid."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyproj
import pytest
import shapely

from geo.draw.figure.canvas import Box
from geo.draw.figure.projected_map import fit_land
from geo.draw.topology.arcs import decode_arcs, rebuild_polygons
from geo.draw.topology.area_rounding import round_arcs
from geo.draw.topology.projection import EqualArea, centre_on
from geo.draw.topology.simplify import thin_arcs, thin_units
from geo.draw.topology.svg_paths import Frame, find_frame, trace_shapes
from geo.geodesic_areas import measure_areas
from geo.model import Topology
from geo.read.boundaries.bundled import read_boundaries, read_topology
from tests import isles
from tests.districts import make_districts
from tests.figure import countries
from tests.pages import draw_page, join_data

TABLE = Path(__file__).parents[2] / "presence.yaml"
CLOSE = 0.5
"""Per cent of a share that it may be drawn off by, thinning included."""
EXACT = 0.05
"""Per cent, where nothing is thinned: edges are drawn straight that are bent on the ellipsoid."""
STEPS = re.compile(r"M(-?\d+) (-?\d+)l([^zM]*)z")

WHOLE: dict[str, Callable[[], Any]] = {
    "provinces": lambda: read_boundaries().geometry.to_numpy(),
    "districts": lambda: make_districts()[3],
    "isles": isles.ISLES.values,
    **{name: partial(list, shapes) for name, shapes in isles.COUNTRIES.items()},
    **countries.COUNTRIES,
}


def find_errors(drawn: Any, shapes: Any) -> Any:
    """Return by how many per cent the share of each drawn area is off that of its shape in degrees."""
    true = measure_areas(np.array(shapes, dtype=object))
    return (np.array(drawn) / np.sum(drawn) / (true / true.sum()) - 1) * 100


def measure_drawn(projection: EqualArea, shapes: Any) -> Any:
    return shapely.area(shapely.transform(np.array(shapes, dtype=object), projection.project))


@pytest.mark.parametrize("name", WHOLE)
def test_the_projection_keeps_areas(name: str) -> None:
    shapes = shapely.make_valid(np.array(list(WHOLE[name]()), dtype=object))
    topology = thin_units(geopandas.GeoDataFrame(index=list(map(str, range(len(shapes)))), geometry=shapes, crs=4326))
    drawn = measure_drawn(centre_on(topology), shapely.segmentize(shapes, 0.1))
    assert np.abs(find_errors(drawn, shapes)).max() < EXACT


def test_the_page_draws_areas_true() -> None:
    topology = read_topology()
    drawn = measure_drawn(centre_on(topology), rebuild_polygons(topology))
    assert np.abs(find_errors(drawn, read_boundaries().geometry)).max() < CLOSE


@pytest.mark.parametrize("box", [Box(0, 0, 700, 560), Box(0, 0, 300, 240)])
def test_a_figure_draws_areas_true(box: Box) -> None:
    land = fit_land(read_topology(), box, 5)
    drawn = [area.area for area in land.units.values()]
    assert np.abs(find_errors(drawn, read_boundaries().geometry.loc[list(land.units)])).max() < CLOSE


def test_the_picture_without_script_draws_areas_true() -> None:
    """It is thinned more than the others, and its corners stand on a thousandth of its width."""
    page = draw_page("overlay", join_data(TABLE)).get_root().render()
    drawn = {code: sum(map(measure_ring, STEPS.findall(trace))) for code, trace in re.findall(
        'path data-code="([^"]*)" d="([^"]*)"', page)}  # fmt: skip
    shapes = read_boundaries().geometry
    assert np.abs(find_errors([drawn[code] for code in shapes.index], shapes)).max() < CLOSE


@pytest.mark.parametrize("tolerance", [0.01, 0.02, 0.03])
@pytest.mark.parametrize("width", [500, 1000])
def test_corners_rounded_for_the_sake_of_areas_stay_beside_where_they_are(tolerance: float, width: int) -> None:
    fine = read_topology()
    coarse = thin_arcs(fine, tolerance)
    frame = find_frame(coarse, centre_on(fine), width)
    arcs = round_arcs(coarse, fine, frame)
    for arc, exact in zip(arcs, map(frame.project, decode_arcs(coarse)), strict=True):
        assert np.abs(np.array(arc) - exact).max() < 1
        assert (np.array(arc)[[0, -1]] == np.rint(exact[[0, -1]])).all(), "where units meet nothing is torn"
    paths = trace_shapes(coarse.units, arcs)
    drawn = [sum(map(measure_ring, STEPS.findall(paths[code]))) for code in read_boundaries().index]
    assert np.abs(find_errors(drawn, read_boundaries().geometry)).max() < CLOSE


def test_a_picture_of_many_small_units_is_nearer_to_the_truth_than_rounding_alone() -> None:
    shapes = shapely.make_valid(np.array(list(make_districts()[3]), dtype=object))
    fine = thin_units(geopandas.GeoDataFrame(index=list(map(str, range(len(shapes)))), geometry=shapes, crs=4326))
    coarse = thin_arcs(fine, 0.02)
    frame = find_frame(coarse, centre_on(fine))
    plain = [[(x, y) for x, y in np.rint(frame.project(arc)).astype(int).tolist()] for arc in decode_arcs(coarse)]
    errors = []
    for arcs in (plain, round_arcs(coarse, fine, frame)):
        paths = trace_shapes(coarse.units, arcs)
        drawn = [sum(map(measure_ring, STEPS.findall(paths[shape.key]))) for shape in coarse.units]
        errors.append(np.abs(find_errors(drawn, shapes)))
    assert np.median(errors[1]) < 0.7 * np.median(errors[0])


def test_a_topology_without_arcs_has_nothing_to_round() -> None:
    lost = Topology((1.0, 1.0), (0.0, 0.0), (), (read_topology().units[0].__class__("A", (), (60.5, 30.5)),))
    assert round_arcs(lost, lost, Frame(EqualArea(60, 30), 0, 0, 1, 1, 1)) == []


def measure_ring(trace: tuple[str, str, str]) -> float:
    """Measure what a ring of SVG path data encloses; a hole counts against it."""
    x, y, steps = trace
    points = np.array([int(x), int(y), *map(int, re.findall(r"-?\d+", steps))]).reshape(-1, 2).cumsum(axis=0)
    return float(shapely.Polygon(points).area) * (-1 if shapely.LinearRing(points).is_ccw else 1)


@pytest.mark.parametrize("centre", [(67.69, 33.93), (180, -17), (0, 0), (10, 89), (-70, -30)])
def test_places_are_where_an_independent_program_has_them(centre: tuple[float, float]) -> None:
    """PROJ stretches its map a little so that shapes near the centre are true: by 0.34 % at most, on any ellipsoid."""
    lon, lat = centre
    spots = np.random.default_rng(20).uniform((lon - 30, max(lat - 15, -90)), (lon + 30, min(lat + 15, 90)), (500, 2))
    laea = pyproj.Transformer.from_crs(4326, f"+proj=laea +ellps=WGS84 +lon_0={lon} +lat_0={lat}", always_xy=True)
    there, here = np.column_stack(laea.transform(*spots.T)) / 6371007.181, EqualArea(lon, lat).project(spots)
    assert np.abs(there - here).max() < 0.0034 * np.abs(there).max()


@pytest.mark.parametrize(
    ("bounds", "centre"),
    [
        ((60, 29, 75, 39), (67.5, 34)),
        ((177, -20, 183, -14), (180, -17)),
        ((-180, -90, 180, -65), (0, -90)),
        ((-180, 60, 180, 84), (0, 90)),
        ((-180, -60, 180, 80), (0, 10)),
        ((27, 41, 190, 82), (108.5, 61.5)),
    ],
)
def test_the_centre_is_in_the_middle_of_the_units_or_the_pole_that_they_lie_around(
    bounds: tuple[float, float, float, float], centre: tuple[float, float]
) -> None:
    units = geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(*bounds)], crs=4326)
    assert centre_on(thin_units(units)) == EqualArea(*centre)


def test_one_centre_serves_however_much_is_thinned() -> None:
    units = read_boundaries()
    fine, coarse = (thin_units(units, tolerance=degrees) for degrees in (0.001, 0.02))
    assert centre_on(fine) == centre_on(coarse) == centre_on(read_topology())


def test_no_longitude_tears_a_place_from_its_other_name() -> None:
    assert EqualArea(179, -17).project([(181, -16)]) == pytest.approx(EqualArea(179, -17).project([(-179, -16)]))
    assert np.isfinite(EqualArea(0, 0).project([(180, 0), (0, 90), (0, -90), (0, 0)])).all()


def test_a_unit_that_was_thinned_away_still_has_a_place() -> None:
    lost = thin_units(geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(60, 30, 61, 31)], crs=4326))
    shape = lost.units[0].__class__("A", (), (60.5, 30.5))
    assert centre_on(Topology(lost.scale, lost.translate, lost.arcs, (shape,))) == EqualArea(60.5, 30.5)
