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

from geo.build import load_boundaries
from geo.errors import EventsError
from geo.events.assignment import Units, assign_points, gather_units
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
    monkeypatch.setattr("geo.events.assignment.BLOCK", size)
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
