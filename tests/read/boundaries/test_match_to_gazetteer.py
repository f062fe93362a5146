"""Which unit a shape is: by what its texts say, where the capital agrees; refused where there is doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import geopandas
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BoundaryError
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.boundaries.layers import Layer, read_layer
from geo.read.boundaries.match_to_gazetteer import Match, match_layer, place_units

NATURAL_EARTH = Path(__file__).parents[3] / "shapefiles" / "inputs" / "ne_10m_admin_1_afghanistan.geojson"
GAZETTEER = read_gazetteer()
FRAME = read_boundaries()
CODES = list(FRAME.index)


def make_layer(fields: Mapping[str, Sequence[str]], codes: Sequence[str] = CODES, **moved: str) -> Layer:
    """Make a layer of provinces' shapes; ``moved`` gives a code the shape of another."""
    shapes = [FRAME.geometry[moved.get(code.replace("-", "_"), code)] for code in codes]
    series = geopandas.GeoSeries(shapes, crs=4326)
    return Layer("some.gpkg", "GeoPackage", "EPSG:4326", {name: tuple(all_) for name, all_ in fields.items()}, series)


def list_names(name: str, codes: Sequence[str] = CODES) -> list[str]:
    return [str(getattr(GAZETTEER.units[code], name)) for code in codes]


def list_errors(match: Match) -> list[str]:
    return [str(problem) for problem in match.problems if problem.severity == "error"]


@pytest.mark.parametrize(
    "values",
    [
        list_names("name"), list_names("name_fa"), list_names("code"), list_names("hasc"), list_names("pcode"),
        [name.upper() + " Province" for name in list_names("name")],
        [f"ولایت {name}" for name in list_names("name_fa")],
        [f"Wilayat-e {name}" for name in list_names("name")],
        [code.lower().replace("-", "_") for code in list_names("code")],
        [hasc.replace(".", "-") for hasc in list_names("hasc")],
        [(*GAZETTEER.units[code].aliases, GAZETTEER.units[code].name)[0] for code in CODES],
    ],
)  # fmt: skip
def test_any_scheme_of_names_or_codes_will_do(values: list[str]) -> None:
    match = match_layer(make_layer({"some field": values}), GAZETTEER)
    assert match.codes == tuple(CODES)
    assert match.problems == ()
    assert (match.right, match.wrong) == ({"some field": 34}, {"some field": 0})


def test_a_capital_on_the_other_side_of_180_lies_in_its_shape() -> None:
    kabul = replace(GAZETTEER.units["AF-KAB"], capital_lon=-179.5, capital_lat=-17.0)
    across = geopandas.GeoSeries([shapely.box(177, -20, 182, -15)], crs=4326)
    match = match_layer(Layer("t", "t", "t", {"n": ("Kabul",)}, across), replace(GAZETTEER, units={"AF-KAB": kabul}))
    assert match.codes == ("AF-KAB",)


@given(st.permutations(CODES), st.permutations(CODES))
def test_order_makes_no_difference_and_no_shape_becomes_another(codes: list[str], said: list[str]) -> None:
    """Whatever the names say, no shape is taken for a unit whose capital lies elsewhere."""
    match = match_layer(
        make_layer({"code": list_names("code", codes), "name": list_names("name", said)}, codes), GAZETTEER
    )
    assert match.codes == tuple(codes)
    assert match.found == 34
    alone = match_layer(make_layer({"name": list_names("name", said)}, codes), GAZETTEER)
    assert all(found in ("", code) for found, code in zip(alone.codes, codes, strict=True))


def test_a_fips_code_is_never_taken_for_a_pcode() -> None:
    layer = read_layer(NATURAL_EARTH)
    assert layer.fields["fips"][0] == "AF01"
    match = match_layer(layer, GAZETTEER)
    assert (match.right["fips"], match.wrong["fips"]) == (0, 26)
    alone = match_layer(layer, GAZETTEER, key="fips")
    assert alone.found == 0
    assert len(list_errors(alone)) == 34


def test_natural_earth_as_it_is_finds_all_and_tells_its_errors() -> None:
    match = match_layer(read_layer(NATURAL_EARTH), GAZETTEER)
    assert sorted(match.codes) == sorted(CODES)
    said = [problem.found for problem in match.problems]
    assert [problem.severity for problem in match.problems] == ["warning"] * 4
    for shape, by in ((15, "Paktika by 'iso_3166_2'"), (16, "Paktia by 'iso_3166_2'"), (22, "Parwan"), (34, "Uruzgan")):
        assert [line for line in said if line.startswith(f"shape {shape} ") and by in line], said
    frame = place_units(read_layer(NATURAL_EARTH), match, GAZETTEER)
    assert list(frame.index) == CODES
    assert shapely.equals(frame.geometry.to_numpy(), FRAME.geometry.to_numpy()).all()


def rename(code: str, name: str) -> Layer:
    names = list_names("name")
    names[CODES.index(code)] = name
    return make_layer({"name": names})


@pytest.mark.parametrize(
    ("layer", "found"),
    [
        (rename("AF-KNR", "Konnar"), "(Konnar) is called by no name or code that is known here; expected a field that "
         "names it, or an alias: Konnar and what it means here; nearest: Kunar"),
        (rename("AF-KNR", "Atlantis"), "(Atlantis) is called by no name or code that is known here"),
        (rename("AF-KNR", "Herat"), "(Herat) is called Herat, while Asadabad, the capital of Kunar, lies in it"),
        (rename("AF-KNR", ""), "shape 19 is called by no name"),
        (make_layer({"name": ["Kabul", "Kabul"]}, ["AF-KAB", "AF-KAB"]), "(Kabul) and shape 2 (Kabul) are both Kabul"),
        (make_layer({"a": ["Kabul", "x"], "b": ["Herat", "x"]}, ["AF-KHO", "AF-GHO"]), "is called Kabul and Herat"),
        (make_layer({}, ["AF-KAB"]), "shape 1 is called by no name or code that is known here; expected a field"),
    ],
)  # fmt: skip
def test_doubt_is_refused_with_what_it_is_and_what_would_help(layer: Layer, found: str) -> None:
    errors = list_errors(match_layer(layer, GAZETTEER))
    assert errors[0].startswith("some.gpkg: shape ")
    assert found in errors[0], errors


def test_borders_that_have_moved_are_believed_of_a_field_without_fault() -> None:
    layer = make_layer({"name": list_names("name"), "fips": ["AF01"] * 34}, AF_KAP="AF-KAP")
    away = layer.geometry.copy()
    away.iloc[CODES.index("AF-KAP")] = shapely.box(69.75, 34.9, 70.15, 35.3)
    match = match_layer(Layer(layer.source, layer.kind, layer.crs, layer.fields, away), GAZETTEER)
    assert match.codes == tuple(CODES)
    assert [problem.severity for problem in match.problems] == ["warning"]
    assert "does not hold the capital of Kapisa" in match.problems[0].found


def test_a_shape_of_several_provinces_is_none_of_them() -> None:
    whole = make_layer({"name": ["Afghanistan"], "capital": ["Kabul"]}, ["AF-KAB"])
    country = geopandas.GeoSeries([shapely.union_all(FRAME.geometry.to_numpy())], crs=4326)
    found = list_errors(match_layer(Layer("x", "", "", whole.fields, country), GAZETTEER))
    assert "is Kabul, but Mazar-e Sharif, the capital of Balkh, and" in found[0]
    assert "and 30 more lie in it too; expected one shape for each province of today" in found[0]
    before = geopandas.GeoSeries([FRAME.geometry["AF-PAR"].union(FRAME.geometry["AF-PAN"])], crs=4326)
    found = list_errors(match_layer(Layer("x", "", "", {"name": ("Parwan",)}, before), GAZETTEER))
    assert "is Parwan, but Bazarak, the capital of Panjshir, lies in it too" in found[0]


@pytest.mark.parametrize(("shape", "name"), [("AF-PAR", "Kapisa"), ("AF-BDS", "Nuristan"), ("AF-KAB", "Wardak")])
def test_a_capital_near_by_gives_no_one_a_neighbours_shape(shape: str, name: str) -> None:
    match = match_layer(make_layer({"name": [name]}, [shape]), GAZETTEER)
    assert match.codes == ("",)
    assert f"is called {name}, while" in list_errors(match)[0]


def test_an_alias_leaves_a_shape_out_whatever_else_names_it() -> None:
    layer = make_layer({"name": ["Kabul", "Herat"], "pcode": ["AF01", "x"]}, ["AF-KAB", "AF-HER"])
    match = match_layer(layer, GAZETTEER, aliases={"Kabul": "-"})
    assert match.codes == ("-", "AF-HER")
    assert match.problems == ()


def test_swapped_axes_are_named() -> None:
    layer = make_layer({"name": list_names("name")})
    turned = geopandas.GeoSeries(shapely.transform(layer.geometry.to_numpy(), lambda xy: xy[:, ::-1]), crs=4326)
    with pytest.raises(
        BoundaryError, match="latitude and longitude stand in each other's place; expected longitude first"
    ):
        match_layer(Layer(layer.source, layer.kind, layer.crs, layer.fields, turned), GAZETTEER)


def test_aliases_name_what_nobody_knows_and_leave_out_what_is_no_unit() -> None:
    codes = ["AF-KNR", "AF-HER"]
    lake = geopandas.GeoSeries([*FRAME.geometry[codes], shapely.box(0, 0, 1, 1)], crs=4326)
    layer = Layer("some.gpkg", "GeoPackage", "", {"name": ("Konnar", "Herat", "A lake")}, lake)
    match = match_layer(layer, GAZETTEER, aliases={"KONNAR": "Kunar", "A lake": "-"})
    assert match.codes == ("AF-KNR", "AF-HER", "-")
    assert match.problems == ()
    assert list(place_units(layer, match, GAZETTEER).index) == ["AF-HER", "AF-KNR"]


def test_an_alias_is_believed_no_more_than_a_name() -> None:
    match = match_layer(rename("AF-KNR", "Konnar"), GAZETTEER, aliases={"Konnar": "Ghor"})
    assert "is called Ghor, while Asadabad" in list_errors(match)[0]


def test_a_shape_that_bears_the_name_of_another_is_called_by_its_number() -> None:
    codes = ["AF-PAR", "AF-PAN", "AF-KAB", "AF-LOG"]
    layer = make_layer({"name": ["Parwan", "Parwan", "Logar", "Kabul"], "code": ["", "AF-PAR", "", ""]}, codes)
    errors = list_errors(match_layer(layer, GAZETTEER))
    for said in ("alias: shape 2 and what it means here; nearest: Panjshir", "alias: Logar and", "alias: Kabul and"):
        assert [each for each in errors if said in each], errors
    meant = {"Shape 2": "Panjshir", "Logar": "Kabul", "Kabul": "Logar"}
    match = match_layer(layer, GAZETTEER, aliases=meant)
    assert (match.codes, list_errors(match)) == (tuple(codes), [])
    assert match.right == {"name": 3, "code": 0}
    match = match_layer(layer, GAZETTEER, aliases={**meant, "shape 2": "Ghor"})
    assert (
        "shape 2 (Parwan) is called Ghor, while Bazarak, the capital of Panjshir, lies in it" in list_errors(match)[0]
    )
    assert match_layer(layer, GAZETTEER, aliases={**meant, "shape 2": "-"}).codes == ("AF-PAR", "-", "AF-KAB", "AF-LOG")


def test_an_alias_for_nothing_and_a_field_that_is_not_there_are_named() -> None:
    layer = make_layer({"name": list_names("name")})
    with pytest.raises(BoundaryError, match=r"'Kunnar', meant by 'Konnar', is no unit; .*nearest: Kunar"):
        match_layer(layer, GAZETTEER, aliases={"Konnar": "Kunnar"})
    with pytest.raises(BoundaryError, match="no field 'Names'; expected one of name; nearest: name"):
        match_layer(layer, GAZETTEER, key="Names")
