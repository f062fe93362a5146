"""Overlap of footprints: counts, indices, shares, and what is not defined."""

from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.api import join_table
from geo.join.footprints import Footprint
from geo.join.joined_table import JoinedTable
from geo.join.overlap import combine_footprints, compare_footprints, compare_pairs, measure_units
from geo.model import Gazetteer
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.dataframes import read_shapes
from tests.isles import COUNTRIES, FORMS, ISLES, make_blob

MEASURES = measure_units(read_boundaries(), read_gazetteer())


@pytest.fixture(scope="module")
def joined() -> JoinedTable:
    return join_table(Path(__file__).parents[2] / "presence.yaml")[0]


def measure_on_ellipsoid(shape: Any) -> float:
    """Measure in km² with edges that are straight in degrees, by corners each 0.05 degrees."""
    parts = shapely.get_parts(shapely.orient_polygons(shapely.segmentize(shape, 0.05)))
    return float(sum(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(part)[0] for part in parts)) / 1e6


def measure(*shapes: Any) -> list[float]:
    frame = geopandas.GeoDataFrame(geometry=list(shapes), crs=4326)
    return measure_units(frame, Gazetteer({}, {}, ""))["area"].tolist()


def test_areas_agree_with_the_ellipsoid_within_a_thousandth() -> None:
    for code, shape in read_boundaries().geometry.items():
        assert MEASURES.loc[code, "area"] == pytest.approx(measure_on_ellipsoid(shape), rel=1e-4), code


BOX = shapely.box
AREAS = {
    **ISLES,
    "across 180": BOX(178, -20, 183, -15),
    "across -180": BOX(-183, -20, -178, -15),
    "past 180": BOX(200, 60, 230, 70),
    "long edges": shapely.Polygon([(10, 10), (70, 80), (120, -40)]),
    "from pole to equator": shapely.Polygon([(0, 0), (60, 0), (30, 90)]),
    "across the equator": BOX(-5, -1, 5, 1),
    "at a pole": BOX(100, 88, 160, 90),
    "small": BOX(69, 34, 69.001, 34.001),
    "a hole": shapely.Polygon(BOX(170, 50, 190, 70).exterior, [BOX(175, 55, 185, 65).exterior]),
    "with the clock": shapely.Polygon(BOX(0, 0, 9, 9).exterior.reverse(), [BOX(1, 1, 8, 8).exterior.reverse()]),
    "parts": shapely.MultiPolygon([BOX(0, 0, 1, 1), BOX(20, 70, 25, 75)]),
}  # fmt: skip


@pytest.mark.parametrize("name", AREAS)
def test_an_area_is_that_on_the_ellipsoid(name: str) -> None:
    assert measure(AREAS[name])[0] == pytest.approx(measure_on_ellipsoid(AREAS[name]), rel=1e-4)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_areas_of_a_country_are_those_on_the_ellipsoid_however_its_file_writes_it(country: str, form: str) -> None:
    shapes = COUNTRIES[country]
    written = [shape if "pole" in country else FORMS[form](shape) for shape in shapes]
    frame = geopandas.GeoDataFrame(geometry=written, index=[f"X{place}" for place in range(len(shapes))], crs=4326)
    assert measure(*read_shapes(frame).geometry) == pytest.approx(list(map(measure_on_ellipsoid, shapes)), rel=1e-4)


def test_areas_of_a_belt_add_up_to_the_earth() -> None:
    boxes = [BOX(west, south, west + 90, south + 45) for west in range(-180, 180, 90) for south in range(-90, 90, 45)]
    assert sum(measure(*boxes)) == pytest.approx(510_065_622, rel=1e-6)
    assert measure(BOX(-180, -90, 180, 90), BOX(0, 0, 1, 1))[0] == pytest.approx(510_065_622, rel=1e-4)
    assert measure() == []


@given(
    st.floats(-180, 360),
    st.floats(-85, 85),
    st.floats(0.001, 40),
    st.integers(3, 60),
    st.integers(0, 99),
    st.booleans(),
)
def test_the_area_of_any_shape_is_that_on_the_ellipsoid(
    lon: float, lat: float, size: float, corners: int, seed: int, has_hole: bool
) -> None:
    shape = make_blob(lon, lat, min(size, (90 - abs(lat)) / 1.3), seed, corners)
    if has_hole:
        shape = shapely.Polygon(
            shape.exterior, [make_blob(lon, lat, min(size, (90 - abs(lat)) / 1.3) / 4, 1, 9).exterior]
        )
    assume(shape.is_valid)
    assert measure(shape)[0] == pytest.approx(measure_on_ellipsoid(shape), rel=5e-4)


def test_haqqani_and_isis_k_on_the_default_table(joined: JoinedTable) -> None:
    found = compare_footprints(joined.footprints, ["haqqani", "isis-k"], MEASURES)
    assert found.shared == {"AF-KAB", "AF-NAN", "AF-KNR"}
    assert (len(found.only["haqqani"]), len(found.only["isis-k"])) == (6, 0)
    assert (found.jaccard, found.coefficient) == (3 / 9, 1.0)
    shared, union = (
        5_029_850 + 1_668_481 + 490_690,
        5_029_850 + 1_668_481 + 490_690 + (601_230 + 762_108 + 625_473 + 426_821 + 648_866 + 1_338_597),
    )  # settled population of Kabul, Nangarhar, Kunar; and Paktia, Paktika, Khost, Logar, Wardak, Ghazni
    assert found.population_share == pytest.approx(shared / union)


def test_area_shares_agree_with_geodesic_ones(joined: JoinedTable) -> None:
    geod = pyproj.Geod(ellps="WGS84")
    exact = {code: abs(geod.geometry_area_perimeter(shape)[0]) for code, shape in joined.units.geometry.items()}
    found = compare_footprints(joined.footprints, ["haqqani", "isis-k"], MEASURES)
    share = sum(exact[code] for code in found.shared) / sum(exact[code] for code in found.union)
    assert found.area_share == pytest.approx(share, rel=1e-3)


def test_what_if_counts_the_region_and_the_measure_does_not(joined: JoinedTable) -> None:
    named = compare_footprints(joined.footprints, ["haqqani", "let"], MEASURES)
    asked = compare_footprints(joined.footprints, ["haqqani", "let"], MEASURES, what_if=True)
    assert (len(named.only["let"]), len(asked.only["let"])) == (0, 2)
    assert (named.jaccard, asked.jaccard) == (3 / 9, 3 / 11)


@pytest.mark.parametrize("named", ["", "K"])
def test_an_empty_footprint_gives_not_defined(named: str) -> None:
    sizes = pd.DataFrame({"area": [1.0], "population": [2.0]}, index=["K"])
    found = compare_footprints({"a": Footprint(named=frozenset(named))}, ["a", "b"], sizes)
    assert found.coefficient is None
    assert found.jaccard == (0 if named else None)


def test_unknown_population_is_not_defined_where_it_matters() -> None:
    sizes = pd.DataFrame({"area": [1.0, 1.0], "population": [2.0, float("nan")]}, index=["K", "G"])
    prints = {"a": Footprint(named=frozenset("K")), "b": Footprint(named=frozenset("KG"))}
    assert compare_footprints(prints, ["a", "b"], sizes).population_share is None
    assert compare_footprints(prints, ["a", "b"], sizes).area_share == 0.5


codes = st.frozensets(st.sampled_from("KGLBW"))
some = st.dictionaries(st.sampled_from("abcd"), st.builds(lambda named: Footprint(named=named), codes))
SIZES = pd.DataFrame({"area": range(1, 6), "population": range(5, 0, -1)}, index=list("KGLBW"), dtype=float)


@given(some)
def test_measures_of_a_pair_do_not_depend_on_its_order_and_stay_in_their_bounds(
    footprints: dict[str, Footprint],
) -> None:
    for pair, found in compare_pairs(footprints, list("abcd"), SIZES).items():
        back = compare_footprints(footprints, pair[::-1], SIZES)
        for name in ("jaccard", "coefficient", "area_share", "population_share", "shared", "union"):
            assert getattr(found, name) == getattr(back, name)
        assert all(share is None or 0 <= share <= 1 for share in (found.jaccard, found.coefficient, found.area_share))
        assert (found.jaccard or 0) <= (found.coefficient or 0)
        assert found.shared | found.only[pair[0]] | found.only[pair[1]] == found.union


@given(some)
def test_combinations_part_the_named_units(footprints: dict[str, Footprint]) -> None:
    found = combine_footprints(footprints, list("abcd"))
    units = [unit for each in found.values() for unit in each]
    assert sorted(units) == sorted(frozenset().union(*(each.named for each in footprints.values())))
