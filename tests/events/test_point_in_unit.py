"""Points fall into units: the same ones as in exact references, none lost on a border and none doubled."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.api import load_boundaries
from geo.errors import EventsError
from geo.events.point_in_unit import Units, assign_points, gather_units
from tests.events.conftest import EAST, PAIR, WEST, provinces

BOUNDS = 60.5, 29.4, 74.9, 38.5


def assign_exactly(units: Units, lon: np.ndarray, lat: np.ndarray) -> list[int]:
    """Ask each unit in order about each point, with nothing prepared."""
    shapes = shapely.from_wkb(list(units.shapes))
    points = shapely.points(lon, lat)
    hits = np.array([shapely.intersects(shape, points) for shape in shapes])
    return [int(place) for place in np.where(hits.any(axis=0), hits.argmax(axis=0), -1)]


def test_each_vertex_of_a_border_falls_in_exactly_one_unit():
    shapes = shapely.from_wkb(list(provinces().shapes))
    owners: dict[tuple[float, float], set[int]] = {}
    for place, shape in enumerate(shapes):
        for x, y in shapely.get_coordinates(shape):
            owners.setdefault((x, y), set()).add(place)
    shared = {point: places for point, places in owners.items() if len(places) > 1}
    assert len(shared) > 4000
    lon, lat = np.array(list(shared)).T
    found = assign_points(provinces(), lon, lat)
    assert found.tolist() == [min(places) for places in shared.values()]
    assert found.tolist() == assign_exactly(provinces(), lon, lat)


def test_random_points_fall_where_geopandas_puts_them():
    chance = np.random.default_rng(3)
    lon, lat = chance.uniform(BOUNDS[0], BOUNDS[2], 20_000), chance.uniform(BOUNDS[1], BOUNDS[3], 20_000)
    frame = load_boundaries().frame
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=frame.crs)
    joined = geopandas.sjoin(points, frame[["geometry"]].reset_index(drop=True), predicate="within")
    expected = np.full(len(lon), -1)
    expected[joined.index] = joined["index_right"]
    assert assign_points(provinces(), lon, lat).tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (61.0, 31.0, 0), (63.0, 31.0, 1),
        (62.0, 31.0, 0), (60.0, 30.0, 0), (64.0, 32.0, 1), (62.0, 32.0, 0),
        (59.9, 31.0, -1), (64.1, 31.0, -1), (61.0, 29.9, -1), (61.0, 32.1, -1),
        (np.nan, 31.0, -1), (61.0, np.nan, -1), (np.inf, 31.0, -1), (61.0, -np.inf, -1),
    ],
)  # fmt: skip
def test_a_point(lon: float, lat: float, expected: int):
    assert assign_points(PAIR, np.array([lon]), np.array([lat])).tolist() == [expected]


@pytest.mark.parametrize(
    ("lon", "expected"),
    [(178.5, 0), (179.9, 0), (180, 0), (-180, 0), (-179.5, 0), (181, 0), (-179, 0), (-178.5, 1), (182.5, 1), (-177, 1),
     (-176.9, -1), (176.9, -1), (0, -1), (np.nan, -1), (np.inf, -1), (-np.inf, -1)],
)  # fmt: skip
def test_a_point_on_either_side_of_180_is_in_a_unit_across_it(lon: float, expected: int):
    across = Units(("W", "E"), (shapely.box(177, -20, 181, -15).wkb, shapely.box(181, -20, 183, -15).wkb))
    assert assign_points(across, np.array([lon]), np.array([-17.0])).tolist() == [expected]


@pytest.mark.parametrize(("lon", "expected"), [(-180, 0), (-175, 0), (175, 1), (180, 1), (0, -1)])
def test_a_point_at_180_is_in_the_unit_of_its_side_where_units_go_around_the_world(lon: float, expected: int):
    around = Units(("W", "E"), (shapely.box(-180, 0, -170, 9).wkb, shapely.box(170, 0, 180, 9).wkb))
    assert assign_points(around, np.array([lon]), np.array([5.0])).tolist() == [expected]


def test_the_order_of_units_decides_on_a_border():
    turned = Units(("E", "W"), (EAST.wkb, WEST.wkb))
    assert assign_points(turned, np.array([62.0]), np.array([31.0])).tolist() == [0]


@given(st.lists(st.tuples(st.floats(59, 65), st.floats(29, 33)), max_size=60))
def test_it_makes_no_difference_beside_which_points_a_point_stands(points: list[tuple[float, float]]):
    lon, lat = (np.array(each, float) for each in (zip(*points, strict=True) if points else ((), ())))
    alone = [assign_points(PAIR, np.array([x]), np.array([y]))[0] for x, y in points]
    assert assign_points(PAIR, lon, lat).tolist() == alone == assign_exactly(PAIR, lon, lat)


@pytest.mark.parametrize("size", [1, 7, 500, 501])
def test_points_are_sorted_in_blocks_that_nobody_sees(size: int, monkeypatch: pytest.MonkeyPatch):
    chance = np.random.default_rng(5)
    lon, lat = chance.uniform(59, 65, 500), chance.uniform(29, 33, 500)
    whole = assign_points(PAIR, lon, lat).tolist()
    monkeypatch.setattr("geo.events.point_in_unit.BLOCK", size)
    assert assign_points(PAIR, lon, lat).tolist() == whole
    assert {*whole} == {-1, 0, 1}


def test_no_point_and_no_unit():
    assert assign_points(PAIR, np.zeros(0), np.zeros(0)).tolist() == []
    assert assign_points(Units((), ()), np.array([1.0]), np.array([1.0])).tolist() == [-1]


def test_units_are_sent_and_asked_by_many_threads_at_once():
    units = pickle.loads(pickle.dumps(Units(provinces().codes, provinces().shapes)))
    chance = np.random.default_rng(4)
    lon, lat = chance.uniform(BOUNDS[0], BOUNDS[2], 500), chance.uniform(BOUNDS[1], BOUNDS[3], 500)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: assign_points(units, lon, lat).tolist(), range(16)))
    assert answers == [assign_points(provinces(), lon, lat).tolist()] * 16


def test_two_units_of_one_code_are_refused():
    frame = geopandas.GeoDataFrame(index=["A", "A", "B"], geometry=[WEST, EAST, WEST], crs=4326)
    with pytest.raises(EventsError, match="more than one unit A; expected each code once"):
        gather_units(frame)


@pytest.mark.parametrize("seed", range(6))
def test_the_grid_that_spares_many_points_their_question_changes_no_answer(seed: int, monkeypatch: pytest.MonkeyPatch):
    """Units that overlap, touch and leave gaps; points everywhere, on every vertex, and within a hair of each."""
    chance = np.random.default_rng(seed)
    centres, sizes = chance.uniform(0, 10, (12, 2)), chance.uniform(0.2, 3, 12)
    shapes = [shapely.Point(at).buffer(size, quad_segs=3) for at, size in zip(centres, sizes, strict=True)]
    shapes += [shapely.box(east, 4, east + 1, 5) for east in range(10)]
    units = Units(tuple(map(str, range(len(shapes)))), tuple(shape.wkb for shape in shapes))
    vertices = shapely.get_coordinates(shapes)
    near = [vertices + hair for hair in (0, 1e-13, -1e-13, 1e-7, -1e-7)]
    odd = np.array([[np.nan, 4], [4, np.inf], [-1e9, 4], [1e308, -1e308]])
    lon, lat = np.concatenate([chance.uniform(-1, 11, (3000, 2)), *near, odd]).T
    expected = assign_points(units, lon, lat).tolist()
    monkeypatch.setattr("geo.events.point_in_unit.MANY", 0)
    assert assign_points(units, lon, lat).tolist() == expected == assign_exactly(units, lon, lat)


def test_the_grid_knows_the_borders_of_the_provinces(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("geo.events.point_in_unit.MANY", 0)
    lon, lat = shapely.get_coordinates(shapely.from_wkb(list(provinces().shapes))).T
    found = assign_points(provinces(), lon, lat)
    assert found.min() == 0
    assert found.tolist() == assign_exactly(provinces(), lon, lat)
    assert assign_points(Units((), ()), lon[:9], lat[:9]).tolist() == [-1] * 9
