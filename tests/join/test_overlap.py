"""Overlap of footprints: counts, indices, shares, and what is not defined."""

from pathlib import Path

import pandas as pd
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.build import join_table
from geo.join.footprints import Footprint
from geo.join.overlap import combine_footprints, compare_footprints, compare_pairs, measure_units
from geo.join.presence import Joined
from geo.read.boundaries import read_boundaries
from geo.read.gazetteer import read_gazetteer

MEASURES = measure_units(read_boundaries(), read_gazetteer())


@pytest.fixture(scope="module")
def joined() -> Joined:
    return join_table(Path(__file__).parents[2] / "presence.yaml")[0]


def test_areas_agree_with_the_ellipsoid_within_a_thousandth() -> None:
    geod = pyproj.Geod(ellps="WGS84")
    for code, shape in read_boundaries().geometry.items():
        exact = abs(geod.geometry_area_perimeter(shape)[0]) / 1e6
        assert MEASURES.loc[code, "area"] == pytest.approx(exact, rel=1e-3), code


def test_haqqani_and_isis_k_on_the_default_table(joined: Joined) -> None:
    found = compare_footprints(joined.footprints, ["haqqani", "isis-k"], MEASURES)
    assert found.shared == {"AF-KAB", "AF-NAN", "AF-KNR"}
    assert (len(found.only["haqqani"]), len(found.only["isis-k"])) == (6, 0)
    assert (found.jaccard, found.coefficient) == (3 / 9, 1.0)
    shared, union = (
        5_029_850 + 1_668_481 + 490_690,
        5_029_850 + 1_668_481 + 490_690 + (601_230 + 762_108 + 625_473 + 426_821 + 648_866 + 1_338_597),
    )  # settled population of Kabul, Nangarhar, Kunar; and Paktia, Paktika, Khost, Logar, Wardak, Ghazni
    assert found.population_share == pytest.approx(shared / union)


def test_area_shares_agree_with_geodesic_ones(joined: Joined) -> None:
    geod = pyproj.Geod(ellps="WGS84")
    exact = {code: abs(geod.geometry_area_perimeter(shape)[0]) for code, shape in joined.units.geometry.items()}
    found = compare_footprints(joined.footprints, ["haqqani", "isis-k"], MEASURES)
    share = sum(exact[code] for code in found.shared) / sum(exact[code] for code in found.union)
    assert found.area_share == pytest.approx(share, rel=1e-3)


def test_what_if_counts_the_region_and_the_measure_does_not(joined: Joined) -> None:
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
