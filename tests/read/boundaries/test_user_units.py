"""Units of a user's own file: which field says what, what a table may call them, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BoundaryError, PresenceError, TableError
from geo.model import Gazetteer, Unit, UnitNoun
from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.layers import Layer
from geo.read.boundaries.unit_fields import find_name
from geo.read.boundaries.user_units import UnitChoices, gather_units, make_noun
from geo.read.common.names import explain_miss, index_units, match_unit
from geo.read.table.reader import parse_presence

DISTRICT = UnitNoun("district", "districts")
OCHA = {
    "OBJECTID": ("1", "2", "3", "4"),
    "ADM0_EN": ("Land",) * 4,
    "ADM1_EN": ("North", "North", "South", "South"),
    "ADM2_EN": ("Alpha", "Beta", "Gamma", "Beta"),
    "ADM2_PCODE": ("LD0101", "LD0102", "LD0201", "LD0202"),
}


def make_layer(fields: Mapping[str, Sequence[str]], number: int = 0) -> Layer:
    """Make a row of unit squares."""
    number = number or len(next(iter(fields.values())))
    series = geopandas.GeoSeries([shapely.box(west, 0, west + 1, 1) for west in range(number)], crs=4326)
    return Layer("own.geojson", "GeoJSON", "EPSG:4326", {name: tuple(texts) for name, texts in fields.items()}, series)


@pytest.mark.parametrize(
    ("fields", "names", "codes"),
    [
        (OCHA, ["Alpha", "Beta", "Beta", "Gamma"], ["LD0101", "LD0102", "LD0202", "LD0201"]),
        ({"name": ("b", "a"), "fid": ("1", "2")}, ["a", "b"], ["a", "b"]),
        ({"id": ("1", "2"), "NAME_2": ("b", "a"), "iso": ("X-B", "X-A")}, ["a", "b"], ["X-A", "X-B"]),
        ({"wards": ("Ward 2", "Ward 1")}, ["Ward 1", "Ward 2"], ["ward-1", "ward-2"]),
        ({"label": ("کابل", "هرات"), "n": ("7", "8")}, ["هرات", "کابل"], ["8", "7"]),
    ],
)
def test_fields_of_names_and_codes_are_found(
    fields: Mapping[str, Sequence[str]], names: list[str], codes: list[str]
) -> None:
    found = gather_units(make_layer(fields), UnitChoices(DISTRICT))
    assert [unit.name for unit in found.gazetteer.units.values()] == names
    assert list(found.gazetteer.units) == list(found.frame.index) == codes


BY_AREA = " and of the larger areas"
NUMBERED = " and of the shapes' numbers in the file"
NAMES = ("Nawa", "Gizab", "Nawa", "Zana Khan")
AREAS = ("Ghazni", "Uruzgan", "Helmand", "Ghazni")


@pytest.mark.parametrize(
    ("fields", "codes", "told"),
    [
        ({"name": NAMES, "prov": AREAS}, ["gizab", "nawa-ghazni", "nawa-helmand", "zana-khan"], BY_AREA),
        ({"name": NAMES}, ["gizab", "nawa-1", "nawa-3", "zana-khan"], NUMBERED),
        ({"name": NAMES, "prov": ("Ghazni", "", "Ghazni", "")}, ["gizab", "nawa-1", "nawa-3", "zana-khan"],
         NUMBERED),
        ({"name": ("Nawa 2", "Nawa", "Nawa", "Zana")}, ["2", "3", "1", "4"], NUMBERED),
        ({"name": ("", "b", "c", "d")}, ["1", "b", "c", "d"], NUMBERED),
        ({"name": (*NAMES[1:], "Ab Band")}, ["ab-band", "gizab", "nawa", "zana-khan"], ""),
        ({}, ["1", "2", "3", "4"], NUMBERED),
    ],
)  # fmt: skip
def test_codes_are_made_where_no_field_has_any(fields: dict[str, Sequence[str]], codes: list[str], told: str) -> None:
    found = gather_units(make_layer(fields, 4), UnitChoices(DISTRICT))
    assert list(found.gazetteer.units) == list(found.frame.index) == codes
    assert f"codes were made of the names{told}" in [problem.found for problem in found.warnings]


def test_numbers_that_a_program_gave_come_after_names_and_before_our_own() -> None:
    for name, codes in (
        (NAMES, ["8", "7", "9", "6"]),
        (("Ab Band", *NAMES[1:]), ["ab-band", "gizab", "nawa", "zana-khan"]),
    ):
        fields = {
            "OBJECTID": ("7", "8", "9", "6"),
            "AREA": ("1", "2", "3", "4"),
            "area_km": ("1.5", "2.5", "3.5", "4.5"),
        }
        assert list(gather_units(make_layer({**fields, "name": name}), UnitChoices(DISTRICT)).gazetteer.units) == codes


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"remark": ("p", "q", "r"), "name": ("a", "a", "b")}, "name"),
        ({"remark": ("p", "q", "r"), "name": ("a", "", "b")}, "name"),
        ({"ADM1_EN": ("N", "N", "S"), "ADM2_EN": ("a", "", "b"), "ADM2_REF": ("a", "x", "b")}, "ADM2_EN"),
        ({"name_greek": ("α", "β", "γ"), "name": ("a", "b", "c")}, "name"),
        ({"NL_NAME_2": ("p", "q", "r"), "NAME_1": ("N", "N", "S"), "NAME_2": ("a", "a", "b")}, "NAME_2"),
        ({"updated": ("2014-09-16T08:20:31Z",) * 3, "name": ("a", "a", "a")}, "name"),
        ({"name": ("a", "", ""), "label": ("p", "q", "r")}, "label"),
        ({"name": ("A1", "A2", "B1"), "label": ("p", "q", "r")}, "label"),
        ({"name": ("1", "2", "3")}, None),
    ],
)
def test_names_are_found_by_what_their_field_is_called_first(
    fields: dict[str, Sequence[str]], name: str | None
) -> None:
    assert find_name(fields) == name


def test_a_shape_without_a_name_goes_by_its_code_and_that_is_told() -> None:
    for empty in ("", "ㅤ"):
        layer = make_layer({"n": ("x", empty, "z"), "k": ("1", "2", "3")})
        for own in (UnitChoices(DISTRICT, name="n"), UnitChoices(DISTRICT)):
            found = gather_units(layer, own)
            assert [unit.name for unit in found.gazetteer.units.values()] == ["2", "x", "z"]
            assert "no name for shape 2, called by 2" in [problem.found for problem in found.warnings]
    found = gather_units(make_layer({"n": ("1", "2")}), UnitChoices(DISTRICT))
    assert [unit.name for unit in found.gazetteer.units.values()] == ["1", "2"]
    told = next(problem for problem in found.warnings if "called by their codes" in problem.found)
    assert (told.found, told.expected) == (
        "no field that gives districts names: they are called by their codes", "--name with one of n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "within", "names"),
    [
        ({"name": NAMES, "prov": AREAS}, None, ["Nawa (Ghazni)", "Nawa (Helmand)"]),
        ({"name": NAMES, "zone": AREAS, "prov": ("a", "b", "c", "d")}, "zone", ["Nawa (Ghazni)", "Nawa (Helmand)"]),
        ({"name": NAMES, "prov": ("Ghazni", "", "Ghazni", "")}, "prov", ["Nawa (0.5 N 0.5 E)", "Nawa (0.5 N 2.5 E)"]),
        ({"name": NAMES}, None, ["Nawa (0.5 N 0.5 E)", "Nawa (0.5 N 2.5 E)"]),
    ],
)
def test_units_of_one_name_are_told_apart(
    fields: dict[str, Sequence[str]], within: str | None, names: list[str]
) -> None:
    known = gather_units(make_layer(fields), UnitChoices(DISTRICT, within=within)).gazetteer
    codes = [match_unit(name, known) for name in names]
    assert [known.units[code or ""].name for code in codes] == ["Nawa", "Nawa"]
    assert codes[0] != codes[1]
    assert match_unit("Nawa", known) is None
    assert explain_miss("Nawa", known)[1] == f"one of them: {', '.join(names)}"


def test_units_of_one_name_are_told_apart_by_the_province_that_holds_them() -> None:
    points = read_boundaries().geometry[["AF-GHA", "AF-HEL", "AF-HEL", "AF-HEL"]].representative_point().to_numpy()
    shapes = geopandas.GeoSeries(shapely.buffer(points, 0.01), crs=4326)
    layer = Layer("own.geojson", "GeoJSON", "EPSG:4326", {"name": ("Nawa", "Nawa", "Aa", "Aa")}, shapes)
    known = gather_units(layer, UnitChoices(DISTRICT)).gazetteer
    assert (match_unit("Nawa (Ghazni)", known), match_unit("Nawa (Helmand)", known)) == ("nawa-1", "nawa-2")
    assert known.units["aa-3"].aliases == (), "two shapes in one place differ by their codes alone"


DARI = {"ADM2_EN": ("Nawa District", "Gizab"), "ADM2_DA": ("ناوه", "گیزاب"), "ADM1_DA": ("غزنی", "ارزگان"),
        "ADM2ALT1EN": ("Nava|Nauah", ""), "capital": ("X", "Y")}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ناوه", "nawa-district"), ("Nava", "nawa-district"), ("nauah", "nawa-district"), ("NAWA", "nawa-district"),
        ("nawa-district", "nawa-district"), ("گیزاب", "gizab"), ("گيزاب", "gizab"), ("غزنی", None),
        ("X", None), ("District", None),
    ],
)  # fmt: skip
def test_further_names_of_a_file_are_names(text: str, code: str | None) -> None:
    known = gather_units(make_layer(DARI), UnitChoices(DISTRICT)).gazetteer
    assert match_unit(text, known) == code
    assert [unit.name_fa for unit in known.units.values()] == ["گیزاب", "ناوه"]


@pytest.mark.parametrize(
    ("names", "noun", "text", "code"),
    [
        (("Abyan Governorate", "Aden"), DISTRICT, "Abyan", "a"),
        (("Governorate of Abyan", "Aden"), DISTRICT, "abyan", "a"),
        (("Chita Oblast", "Aden"), DISTRICT, "Chita", "a"),
        (("Abyan Judet", "Aden"), UnitNoun("judet", "judete"), "Abyan", "a"),
        (("Abyan Governorate", "Abyan"), DISTRICT, "Abyan", "b"),
        (("Abyan District", "Abyan Governorate"), DISTRICT, "Abyan", None),
        (("District", "Governorate"), DISTRICT, "", None),
    ],
)
def test_a_name_goes_without_the_word_for_what_it_names(
    names: tuple[str, ...], noun: UnitNoun, text: str, code: str | None
) -> None:
    known = gather_units(make_layer({"name": names, "code": ("a", "b")}), UnitChoices(noun, "code", "name")).gazetteer
    assert match_unit(text, known) == code


def test_codes_where_names_were_asked_for_are_told() -> None:
    choices = {
        UnitChoices(DISTRICT, "ADM2_EN", "ADM2_PCODE"): True,
        UnitChoices(DISTRICT, name="ADM2_EN"): False,
        UnitChoices(DISTRICT): False,
    }
    for own, told in choices.items():
        layer = make_layer({"ADM2_EN": ("Aa", "Bb"), "ADM2_PCODE": ("X1", "X2")})
        warnings = gather_units(layer, own).warnings
        assert [each.expected for each in warnings if "are codes" in each.found] == ["--name ADM2_EN"] * told


def test_an_alias_goes_before_what_the_file_says() -> None:
    layer = make_layer({"name": ("Abyan Governorate", "Aden"), "code": ("a", "b")})
    assert match_unit("Abyan", gather_units(layer, UnitChoices(DISTRICT), {"Abyan": "Aden"}).gazetteer) == "b"


ROWS = {"name": ("Kabul", "Kabul", "Nawa", "Nawa", "Nawa"), "pcode": ("A1", "A1", "A2", "A2", "A3"),
        "prov": ("Kabul", "Kabul", "Ghazni", "Ghazni", "Helmand"), "fid": ("1", "2", "3", "4", "5")}  # fmt: skip


def test_a_file_of_several_shapes_for_a_unit_is_told_how_they_become_one() -> None:
    told = {
        problem.found: problem.expected for problem in gather_units(make_layer(ROWS), UnitChoices(DISTRICT)).warnings
    }
    expected = told["several shapes of one name with the same code in the field 'pcode'"]
    assert expected == "--within pcode --dissolve, which makes one district of them"
    found = gather_units(make_layer(ROWS), UnitChoices(DISTRICT, within="pcode", dissolve=True))
    assert {code: unit.name for code, unit in found.gazetteer.units.items()} == {
        "A1": "Kabul", "A2": "Nawa", "A3": "Nawa"
    }  # fmt: skip
    assert [shape.bounds for shape in found.frame.geometry] == [(0, 0, 2, 1), (2, 0, 4, 1), (4, 0, 5, 1)]
    told = {
        each.found: each.expected for each in gather_units(make_layer({"name": NAMES}), UnitChoices(DISTRICT)).warnings
    }
    assert "--within name --dissolve where shapes of one name are one district" in "".join(told.values())
    assert not any("same code" in each.found for each in gather_units(make_layer(OCHA), UnitChoices(DISTRICT)).warnings)


def test_fields_that_are_named_are_taken() -> None:
    fields = {"a": ("x", "y"), "b": ("p", "q"), "c": ("1", "2")}
    found = gather_units(make_layer(fields), UnitChoices(DISTRICT, key="c", name="b"))
    assert [(code, unit.name) for code, unit in found.gazetteer.units.items()] == [("1", "p"), ("2", "q")]
    assert found.warnings == ()


def test_each_shape_keeps_its_names() -> None:
    found = gather_units(make_layer(OCHA), UnitChoices(DISTRICT, within="ADM1_EN"))
    west = {code: shape.bounds[0] for code, shape in found.frame.geometry.items()}
    assert west == {"LD0101": 0, "LD0102": 1, "LD0201": 2, "LD0202": 3}


def test_what_lies_in_a_larger_unit_is_a_region() -> None:
    found = gather_units(make_layer(OCHA), UnitChoices(DISTRICT, within="ADM1_EN")).gazetteer
    assert dict(found.regions) == {"North": ("LD0101", "LD0102"), "South": ("LD0202", "LD0201")}
    table, _ = parse_presence(b"presence: [{group: g, region: North}]\ngroups: {g: {name: G}}", "t.yaml", found)
    assert table.records[0].place.units == ("LD0101", "LD0102")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("alpha", "LD0101"), ("LD0201", "LD0201"), ("ld0202", "LD0202"), ("Beta (South)", "LD0202"), ("Beta", None),
        ("Alpha (North)", None), ("North", None), ("1", None), ("pcode:", None), ("", None),
    ],
)  # fmt: skip
def test_a_table_may_name_them_by_what_is_theirs_alone(text: str, code: str | None) -> None:
    assert match_unit(text, gather_units(make_layer(OCHA), UnitChoices(DISTRICT, within="ADM1_EN")).gazetteer) == code


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("in: Beta", "unknown district 'Beta', which 2 districts are called; expected one of them: Beta (North), Beta"),
        ("in: Alpa", "unknown district 'Alpa'; expected a district, by its name or code; nearest: Alpha"),
        ("in: North", "unknown district 'North', which is a region; expected a district; a region goes under `region`"),
        ("in: all districts", "unknown district 'all districts', which is the whole country"),
        ("region: Alpha", "unknown region 'Alpha', which is a district; expected a region; a district goes under `in`"),
        ("unlocated: 9", "more districts than the 4 there are"),
        ("in: [Alpha, LD0101]", "'LD0101' names the same district twice; expected each district once"),
        ("in: ", "expected a district"),
    ],
)
def test_mistakes_are_told_in_their_words(place: str, said: str) -> None:
    found = gather_units(make_layer(OCHA), UnitChoices(DISTRICT, within="ADM1_EN")).gazetteer
    with pytest.raises(TableError) as caught:
        parse_presence(f"presence: [{{group: g, {place}}}]\ngroups: {{g: {{name: G}}}}".encode(), "t.yaml", found)
    assert said in str(caught.value)
    assert "province" not in str(caught.value)


def test_names_that_several_share_are_told() -> None:
    found = gather_units(make_layer(OCHA), UnitChoices(DISTRICT, key="ADM2_PCODE", name="ADM2_EN"))
    assert [problem.found for problem in found.warnings] == ["names that several districts share: Beta"]


@pytest.mark.parametrize(
    ("names", "aliases", "told"),
    [
        (("Old-Town", "Old Town"), {}, ["Old-Town"]),
        (("Old\u2011Town", "old town"), {}, ["Old\u2011Town"]),
        (("Old-Town", "Newtown"), {"Old Town": "Newtown"}, ["Old Town"]),
        (("X1", "X-2"), {"x 2": "X1"}, ["X-2"]),
        (("Old-Town", "Old Town Hill"), {}, []),
        (("Old-Town", "Oldtown"), {"Old Town": "Old-Town"}, []),
    ],
)
def test_names_that_fold_to_one_are_told(names: tuple[str, ...], aliases: dict[str, str], told: list[str]) -> None:
    layer = make_layer({"name": names, "code": ("A", "B")})
    found = gather_units(layer, UnitChoices(DISTRICT, "code", "name"), aliases)
    assert [problem.found.partition(": ")[2] for problem in found.warnings] == told
    for name in told:
        assert match_unit(name, found.gazetteer) is None
        assert explain_miss(name, found.gazetteer)[0] == ", which 2 districts are called"


def test_parts_of_several_wholes_that_share_a_name_are_told() -> None:
    own = UnitChoices(DISTRICT, key="ADM2_PCODE", name="ADM2_EN", within="ADM1_EN", dissolve=True)
    found = gather_units(make_layer(OCHA), own)
    assert [problem.found for problem in found.warnings] == ["names that parts of several districts share: Beta"]
    assert explain_miss("Beta", found.gazetteer)[1] == "one of them: North, South"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sankt Peter", "a"), ("SANKT\u2011PETER", "a"), ("Sankt\u00a0Peter", "a"), ("new \u2013 town", "b"),
        ("Sanktpeter", None), ("New-Towns", None),
    ],
)  # fmt: skip
def test_hyphens_blanks_and_dashes_are_one_in_names_and_regions(text: str, code: str | None) -> None:
    layer = make_layer({"name": ("Sankt-Peter", "New Town"), "code": ("a", "b"), "zone": ("North-East", "South West")})
    known = gather_units(layer, UnitChoices(DISTRICT, "code", "name", "zone"), {"Neu-Stadt": "new-town"}).gazetteer
    assert match_unit(text, known) == code
    assert match_unit("neu stadt", known) == "b"
    table, _ = parse_presence(
        "presence: [{group: g, region: South\u2013West}]\ngroups: {g: {name: G}}".encode(), "t", known
    )
    assert table.records[0].place.units == ("b",)


def test_larger_units_are_drawn_and_go_by_the_names_of_their_parts() -> None:
    found = gather_units(
        make_layer(OCHA), UnitChoices(UnitNoun("province", "provinces"), within="ADM1_EN", dissolve=True)
    )
    assert [unit.name for unit in found.gazetteer.units.values()] == ["North", "South"]
    assert [shape.bounds for shape in found.frame.geometry] == [(0, 0, 2, 1), (2, 0, 4, 1)]
    names = {text: match_unit(text, found.gazetteer) for text in ("North", "Alpha", "Gamma", "Beta")}
    assert names == {"North": "north", "Alpha": "north", "Gamma": "south", "Beta": None}


def test_a_record_may_name_several_parts_of_one_unit() -> None:
    known = gather_units(
        make_layer(OCHA), UnitChoices(UnitNoun("zone", "zones"), within="ADM1_EN", dissolve=True)
    ).gazetteer
    rows = ("{group: g, in: [Alpha, North, Gamma]}", "{group: g, in: North}", "{group: g, region: South}",
            "{group: g, unlocated: 7}")  # fmt: skip
    table, _ = parse_presence(f"presence: [{', '.join(rows)}]\ngroups: {{g: {{name: G}}}}".encode(), "t.yaml", known)
    assert [record.place.units for record in table.records] == [("north", "south"), ("north",), ("south",), ()]
    assert known.counted.many == "places"


def test_aliases_are_further_names() -> None:
    found = gather_units(make_layer(OCHA), UnitChoices(DISTRICT), {"Alef": "Alpha", "Jim": "LD0201"}).gazetteer
    assert (match_unit("alef", found), match_unit("Jim", found)) == ("LD0101", "LD0201")
    with pytest.raises(BoundaryError, match=r"an alias for 'Alpa'.*nearest: Alpha"):
        gather_units(make_layer(OCHA), UnitChoices(DISTRICT), {"Alef": "Alpa"})


@pytest.mark.parametrize(
    ("fields", "own", "said"),
    [
        (OCHA, {"name": "ADM2"}, "no field 'ADM2'; expected one of OBJECTID, ADM0_EN, ADM1_EN, ADM2_EN, ADM2_PCODE"),
        (OCHA, {"key": "ADM1_EN"}, "the code 'North' on shapes 1, 2; expected a code of its own for each: --key"),
        (OCHA, {"dissolve": True}, "--dissolve without a field that tells what belongs together; expected --within"),
        (OCHA, {"key": "ADM1_EN"}, "--key with one of ADM2_PCODE, OBJECTID"),
        (
            {"n": ("x", "x")},
            {"key": "n"},
            "'x' on shapes 1, 2; expected a code of its own for each: the command without",
        ),
        ({"n": ("x", "y"), "k": ("1", "")}, {"key": "k"}, "no code for shape 2; expected --key with a field that all"),
        ({"n": ("!", "?"), "k": ("a", "b")}, {"key": "n", "name": "k"}, "the code '!' on shapes 1, 2"),
        ({"w": ("x", ""), "k": ("a", "b")}, {"within": "w", "dissolve": True}, "no larger unit for shape 2"),
    ],
)
def test_what_cannot_be_units_is_refused(
    fields: Mapping[str, Sequence[str]], own: dict[str, object], said: str
) -> None:
    with pytest.raises(BoundaryError) as caught:
        gather_units(make_layer(fields), UnitChoices(DISTRICT, **own))  # type: ignore[arg-type]
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("district", DISTRICT),
        (" county ", UnitNoun("county", "counties")),
        ("valley", UnitNoun("valley", "valleys")),
        ("parish", UnitNoun("parish", "parishes")),
        ("oblast/oblasti", UnitNoun("oblast", "oblasti")),
        ("local government area", UnitNoun("local government area", "local government areas")),
        ("ولسوالی/ولسوالی‌ها", None),
        ("", None), ("7", None), ("a" * 41, None), ("<b>", None), ("{unit}", None), ("=cmd", None), ("a/b/c", None),
        ("a\nb", None), ("a/", None),
    ],
)  # fmt: skip
def test_what_units_are_called_is_a_word(text: str, noun: UnitNoun | None) -> None:
    if noun:
        assert make_noun(text) == noun
        return
    with pytest.raises(PresenceError, match="expected a word for a kind of area, such as district"):
        make_noun(text)


@pytest.mark.parametrize("text", ["region", "Regions", "zone/regions", " REGION ", "حوزه", "zone/سیمې"])
def test_units_are_not_called_what_a_record_names_several_by(text: str) -> None:
    with pytest.raises(PresenceError, match=r"what a record names several units by; .*'administrative region'"):
        make_noun(text)
    assert make_noun("administrative region").many == "administrative regions"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6), st.booleans(), st.booleans())
def test_any_fields_make_units_or_a_clean_error(
    rows: list[tuple[str, str, str]], is_within: bool, is_dissolved: bool
) -> None:
    layer = make_layer(dict(zip("abc", zip(*rows, strict=True), strict=True)))
    own = UnitChoices(DISTRICT, within="c" if is_within else None, dissolve=is_dissolved)
    try:
        found = gather_units(layer, own)
    except BoundaryError as error:
        assert {problem.file for problem in error.problems} == {"own.geojson"}  # noqa: PT017  # either is right
        return
    units = found.gazetteer.units
    assert all(unit.name.strip() and code == unit.code for code, unit in units.items())
    assert {code for codes in found.gazetteer.regions.values() for code in codes} <= set(units)
    assert set(index_units(found.gazetteer).values()) <= set(units)
    assert shapely.area(found.frame.geometry.to_numpy()).sum() == pytest.approx(len(rows))


@pytest.mark.parametrize(
    ("text", "near"),
    [("Nawa (Ghasni)", "Nawa (Ghazni), Nawa (Helmand)"), ("Quetta City District", "Quetta")],
)  # fmt: skip
def test_a_nearest_name_is_one_that_is_taken(text: str, near: str) -> None:
    units = [
        Unit("nawa-1", "", "", "Nawa", "", ("Nawa (Ghazni)",)), Unit("nawa-2", "", "", "Nawa", "", ("Nawa (Helmand)",)),
        Unit("quetta", "", "", "Quetta", ""),
    ]  # fmt: skip
    gazetteer = Gazetteer({unit.code: unit for unit in units}, {}, "", noun=UnitNoun("district", "districts"))
    with pytest.raises(TableError) as caught:
        parse_presence(f"presence: {{R: [{text}]}}".encode(), "t", gazetteer)
    assert str(caught.value).endswith(f"nearest: {near}")
    for name in caught.value.problems[0].nearest:
        assert match_unit(name, gazetteer)
