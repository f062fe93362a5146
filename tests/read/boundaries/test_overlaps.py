"""Shapes that overlap are told, with how much; borders that two hands drew are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import pytest
import shapely
import shapely.affinity

from geo.model import UnitNoun
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.boundaries.match_to_gazetteer import match_layer
from geo.read.boundaries.overlapping_shapes import measure_overlaps
from geo.read.boundaries.user_units import UnitChoices, gather_units
from geo.read.dataframes import read_shapes
from tests.isles import FORMS, ISLES

BOX = shapely.box
FRAME = read_boundaries()[["name", "geometry"]]
OWN = UnitChoices(UnitNoun("unit", "units"), "code", "name")


def tell(shapes: Sequence[Any], names: Sequence[str], own: UnitChoices = OWN, **fields: Sequence[str]) -> list[str]:
    frame = geopandas.GeoDataFrame({"name": names, **fields}, geometry=list(shapes), crs=4326)
    frame.index = [f"X{place}" for place in range(len(names))]
    warnings = gather_units(read_shapes(frame), own).warnings
    return [each.found for each in warnings if "overlap" in each.found]


def name_pair(first: str, second: str, one: str, other: str) -> str:
    return f"shapes that overlap: {first} and {second}, by {one} of the one and {other} of the other"


TOLD = {
    "half of each": ([BOX(68, 34, 70, 35), BOX(69, 34, 71, 35)], "0.5", "0.5"),
    "one in the other": ([BOX(60, 30, 70, 40), BOX(61, 31, 62, 32)], "0.01", "1"),
    "the other way": ([BOX(61, 31, 62, 32), BOX(60, 30, 70, 40)], "1", "0.01"),
    "twice the same": ([BOX(60, 30, 70, 40)] * 2, "1", "1"),
    "the same with other corners": ([BOX(0, 0, 4, 4), shapely.segmentize(BOX(0, 0, 4, 4), 0.5)], "1", "1"),
    "a part of one": (
        [shapely.MultiPolygon([BOX(0, 0, 1, 1), BOX(5, 0, 6, 1)]), BOX(5.5, 0, 6.5, 1)], "0.25", "0.5"),
    "across 180": ([BOX(179, 0, 181, 1), shapely.MultiPolygon([BOX(-180, 0, -179, 1)])], "0.5", "1"),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_an_overlap_is_told_with_how_much(case: str) -> None:
    shapes, one, other = TOLD[case]
    assert tell(shapes, ["Zed", "Alpha"]) == [name_pair("shape 1 (X0)", "shape 2 (X1)", one, other)]


ALONE = {
    "neighbours": [BOX(0, 0, 1, 1), BOX(1, 0, 2, 1), BOX(1, 1, 2, 2)],
    "neighbours with other corners": [BOX(0, 0, 1, 2), BOX(1, 0, 2, 1), BOX(1, 1, 2, 2)],
    "a border of two hands": [BOX(0, 0, 1, 1), BOX(0.992, 0, 2, 1)],
    "an enclave in its hole": [shapely.Polygon(BOX(0, 0, 9, 9).exterior, [BOX(3, 3, 5, 5).exterior]), BOX(3, 3, 5, 5)],
    "islands across 180": [FORMS["cut at 180"](shape) for shape in ISLES.values()],
    "one alone": [BOX(0, 0, 1, 1)],
}


@pytest.mark.parametrize("case", ALONE)
def test_what_does_not_overlap_is_left_alone(case: str) -> None:
    shapes = ALONE[case]
    assert tell(shapes, [f"Unit {chr(65 + place)}" for place in range(len(shapes))]) == []


def test_provinces_do_not_overlap_and_one_that_is_moved_does() -> None:
    assert measure_overlaps(list(FRAME.geometry)) == []
    moved = FRAME.assign(geometry=FRAME.geometry.where(FRAME["name"] != "Kapisa", FRAME.geometry.translate(0.1)))
    (warning,) = match_layer(read_shapes(moved), read_gazetteer()).problems
    assert warning.severity == "warning"
    assert warning.found.startswith("shapes that overlap: shape 16 (AF-KAP) and shape 20 (AF-LAG), by 0.16")


def test_a_lake_that_is_left_out_may_lie_in_a_province() -> None:
    lake = geopandas.GeoDataFrame({"name": ["A lake"]}, geometry=[BOX(67, 34.8, 67.3, 34.9)], crs=4326, index=["L"])
    layer = read_shapes(geopandas.GeoDataFrame(geopandas.pd.concat([FRAME, lake]), crs=4326))
    assert len(layer.overlaps) == 1
    assert match_layer(layer, read_gazetteer(), aliases={"A lake": "-"}).problems == ()


def test_shapes_of_one_unit_may_overlap() -> None:
    shapes, whole = [BOX(0, 0, 2, 1), BOX(1, 0, 3, 1), BOX(2.5, 0, 4, 1)], ["East", "East", "West"]
    own = UnitChoices(UnitNoun("unit", "units"), None, "name", "part", dissolve=True)
    (said,) = tell(shapes, ["Aa", "Bb", "Cc"], own, part=whole)
    assert said == name_pair("shape 2 (X1)", "shape 3 (X2)", "0.25", "0.33")


def test_the_largest_of_many_come_first_and_the_others_are_counted() -> None:
    shapes = [BOX(place * 10, 0, place * 10 + 9, 1 + place) for place in range(8)]
    moved = [shapely.affinity.translate(shape, place + 0.5) for place, shape in enumerate(shapes)]
    (said,) = tell([*shapes, *moved], [f"Unit {chr(65 + place)}" for place in range(16)])
    assert said.startswith("shapes that overlap: shape 1 (X0) and shape 9 (X8), by 0.94 of the one")
    assert said.endswith("more")


def test_a_thousand_of_one_are_told_within_seconds() -> None:
    found = measure_overlaps([BOX(0, 0, 1, 1)] * 5000)
    assert len(found) == 1000
    assert set(found[0][2:]) == {1.0}


def test_what_is_no_valid_area_is_left_alone() -> None:
    bow = shapely.from_wkt("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))")
    odd = [None, shapely.Point(0, 0), bow, shapely.Polygon(), BOX(0, 0, 1, 1), BOX(0, 0, 2, 1)]
    assert measure_overlaps(odd) == [(4, 5, 1.0, 0.5)]
