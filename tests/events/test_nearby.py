"""Events just outside all units: in the one that their file names, else in the nearest; others stay outside."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.events.outside_units import FARTHEST, UnitNames, find_nearest
from geo.events.point_in_unit import Units, assign_points
from tests.events.conftest import PAIR, Write, provinces, tally

CLAIMS = UnitNames((("east", 1), ("west", 0)), ("nowhere", "nw"))
HEADER = ("id", "date", "lat", "lon", "province", "country")
KM = 1 / 94.6
"""Degrees of longitude at 31.5° N."""


@pytest.mark.parametrize(
    ("east", "province", "country", "unit"),
    [
        (1.0, "East", "", "E"),
        (1.0, "EAST province", "Nowhere", "E"),
        (1.0, "", "Nowhere", "E"),
        (1.0, "Eastern", "Nowhere", "E"),
        (1.0, "West", "", "W"),
        (2.9, "East", "", "E"),
        (3.1, "East", "Nowhere", None),
        (1.0, "", "", None),
        (1.0, "Eastern", "", None),
        (1.0, "", "Elsewhere", None),
        (1.0, "", "NW", "E"),
        (-1.0, "", "", "E"),
    ],
)
def test_what_lies_just_outside_goes_where_its_file_says(
    east: float, province: str, country: str, unit: str | None, write: Write
):
    path = write([("1", "2020-07-01", "31.51", str(64 + east * KM), province, country)], header=HEADER)
    found = tally(path, actors=None, claims=CLAIMS, by="year").counts
    assert {PAIR.codes[place] for _, place, _ in found.rows} == ({unit} if unit else set())
    assert found.tally == {"read": 1, "counted" if unit else "outside": 1}
    assert found.notes.get("nearby", 0) == (unit is not None and east > 0)


@pytest.mark.parametrize(
    ("province", "country", "notes"),
    [
        ("East", "Nowhere", {}),
        ("West", "Nowhere", {"differing": 1}),
        ("Eastern", "NOW", {}),
        ("East", "Elsewhere", {"abroad": 1}),
        ("", "Republic of Nowhere", {}),
        ("", "NW", {}),
        ("", "Newland", {"abroad": 1}),
        ("", "700", {}),
    ],
)
def test_what_lies_elsewhere_than_its_file_says_counts_where_it_lies_and_is_told(
    province: str, country: str, notes: dict[str, int], write: Write
):
    path = write([("1", "2020-07-01", "31.51", "63.5", province, country)] * 2, header=HEADER)
    found = tally(path, actors=None, claims=CLAIMS, by="year").counts
    assert found.rows == {(None, 1, 2020): (1, 0, 0, 0, 0)}
    assert found.notes == notes


def test_without_claims_nothing_is_near(write: Write):
    path = write([("1", "2020-07-01", "31.51", str(64 + KM), "East", "Nowhere")], header=HEADER)
    assert tally(path, actors=None).counts.tally == {"read": 1, "outside": 1}


def test_the_nearest_is_the_nearest_on_the_ellipsoid():
    units, geod, rng = provinces(), Geod(ellps="WGS84"), np.random.default_rng(7)
    shapes = shapely.from_wkb(np.array(units.shapes, dtype=object))
    border = shapely.boundary(shapely.union_all(shapes))
    points = shapely.get_coordinates(border)
    points = points[rng.integers(0, len(points), 300)] + rng.uniform(-0.04, 0.04, (300, 2))
    points = points[assign_points(units, *points.T) < 0]
    assert len(points) > 50
    found = find_nearest(units, *points.T)
    for (lon, lat), place in zip(points, found.tolist(), strict=True):
        scale = np.array([np.cos(np.radians(lat)), 1])
        near = [shapely.transform(each, lambda degrees, by=scale: degrees * by) for each in shapes]
        lines = shapely.shortest_line(shapely.Point(lon * scale[0], lat), near)
        ends = shapely.get_coordinates(lines)[1::2] / scale
        metres = geod.inv(np.full(34, lon), np.full(34, lat), *ends.T)[2]
        if abs(metres.min() - FARTHEST) > 5:
            assert (place >= 0) == (metres.min() < FARTHEST)
        if place >= 0:
            assert metres[place] < metres.min() + 1


def test_a_unit_across_180_is_near_on_both_sides():
    island = Units(("I",), (shapely.box(179, 0, 181, 1).wkb,))
    assert find_nearest(island, np.array([178.99, -178.99, 181.01, -178.9]), np.full(4, 0.5)).tolist() == [0, 0, 0, -1]


def test_no_unit_is_near_no_units():
    assert find_nearest(Units((), ()), np.array([61.0]), np.array([31.0])).tolist() == [-1]
