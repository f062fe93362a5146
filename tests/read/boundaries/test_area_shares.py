"""A district is not the province it is called as, however small a part of a file it comes in; a province always is."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import geopandas
import pytest
import shapely
import shapely.affinity

from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.boundaries.layers import Layer
from geo.read.boundaries.match_to_gazetteer import Match, match_layer
from tests.daily import choose
from tests.districts import make_districts, take_districts

GAZETTEER = read_gazetteer()
FRAME = read_boundaries()


def take_provinces(shapes: Any) -> Layer:
    series = geopandas.GeoSeries(list(shapes), crs=4326)
    return Layer("p.gpkg", "GeoPackage", "EPSG:4326", {"name": tuple(FRAME["name"])}, series)


def list_parts(match: Match) -> list[str]:
    return [problem.found for problem in match.problems if "of whose area it has" in problem.found]


def test_no_district_of_400_random_files_is_taken_for_a_province() -> None:
    names, _, provinces, _ = make_districts()
    assert len(set(names) & set(FRAME["name"])) == 34, "each province has a district of its name"
    chance = random.Random(14)
    for turn in choose(range(400), 25):
        chosen = sorted(chance.sample(range(len(names)), chance.randint(1, len(names) // (1 + turn % 5))))
        match = match_layer(take_districts(chosen, with_province=bool(turn % 2)), GAZETTEER)
        assert match.found == 0
        assert len([problem for problem in match.problems if problem.severity == "error"]) == len(chosen)
        called = sum(names[place] in set(provinces) for place in chosen)
        assert len(list_parts(match)) >= called


def test_a_district_is_named_with_its_share_and_what_helps() -> None:
    names, *_, shapes = make_districts()
    place = names.index("Kabul")
    (problem,) = match_layer(take_districts([place], with_province=False), GAZETTEER).problems
    said, _, share = problem.found.rpartition(" ")
    assert problem.severity == "error"
    assert said == "shape 1 (Kabul) is called Kabul, of whose area it has"
    assert float(share) == pytest.approx(shapes[place].area / FRAME.geometry["AF-KAB"].area, abs=0.01)
    assert "--units district" in str(problem.expected)


def test_a_field_without_fault_is_not_believed_of_a_district() -> None:
    """Of a province whose capital lies in no shape, since borders have moved, a field may be believed; of this not."""
    shapes = FRAME.geometry.copy()
    shapes["AF-KAP"] = shapely.box(69.75, 34.9, 69.85, 35.0)
    match = match_layer(take_provinces(shapes), GAZETTEER)
    assert match.found == 33
    assert list_parts(match)[0].startswith("shape 16 (Kapisa) is called Kapisa, of whose area it has 0.05")


COARSE = {
    "as they are": lambda shapes: shapes,
    "thinned to a tenth of a degree": lambda shapes: shapely.coverage_simplify(shapes, 0.1),
    "thinned to a fifth": lambda shapes: shapely.coverage_simplify(shapes, 0.2),
    "each alone, to a tenth": lambda shapes: shapely.simplify(shapes, 0.1),
    "each alone, to a fifth": lambda shapes: shapely.simplify(shapes, 0.2),
    "rounded to a tenth": lambda shapes: shapely.set_precision(shapes, 0.1),
    "without a strip of 3 km": lambda shapes: shapely.buffer(shapes, -0.03),
    "with the land of neighbours": lambda shapes: shapely.buffer(shapes, 0.05),
    "their hulls": shapely.convex_hull,
}


@pytest.mark.parametrize("name", COARSE)
def test_a_province_is_never_too_small_however_coarsely_it_is_drawn(name: str) -> None:
    match = match_layer(take_provinces(COARSE[name](FRAME.geometry.to_numpy())), GAZETTEER)
    assert list_parts(match) == []
    assert all(found in ("", code) for found, code in zip(match.codes, FRAME.index, strict=True))


def test_a_gazetteer_of_other_units_knows_no_areas() -> None:
    far = replace(GAZETTEER.units["AF-KAB"], code="X")
    small = geopandas.GeoSeries([shapely.box(69.1, 34.5, 69.2, 34.6)], crs=4326)
    match = match_layer(Layer("t", "t", "t", {"n": ("Kabul",)}, small), replace(GAZETTEER, units={"X": far}))
    assert match.codes == ("X",)


def test_the_line_lies_between_districts_and_provinces() -> None:
    capital = shapely.Point(69.18, 34.53)
    for share, found in ((0.55, 1), (0.45, 0)):
        shape = shapely.affinity.scale(FRAME.geometry["AF-KAB"], share**0.5, share**0.5, origin=capital)
        series = geopandas.GeoSeries([shape], crs=4326)
        assert match_layer(Layer("t", "t", "t", {"n": ("Kabul",)}, series), GAZETTEER).found == found


def test_a_province_in_two_rows_is_told_to_be_one() -> None:
    whole = FRAME.geometry["AF-BDS"]
    middle = shapely.box(60, 30, 72, 40)
    series = geopandas.GeoSeries([whole & middle, whole - middle], crs=4326)
    match = match_layer(Layer("t", "t", "t", {"n": ("Badakhshan", "Badakhshan")}, series), GAZETTEER)
    (problem,) = match.problems
    assert match.codes == ("AF-BDS", "")
    assert "--dissolve, which unites those of one province" in str(problem.expected)
