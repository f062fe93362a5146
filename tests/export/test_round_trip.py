"""A table goes out into sheets and comes in again: equal, whatever it holds, and never as a formula."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geo.api import EXPORTS, ExportOptions, export_table, import_table, render_exports
from geo.api.exports import SHAPED, WHOLE
from geo.errors import PresenceError
from geo.export.cell_texts import guard
from geo.export.csv_sheets import write_separated
from geo.export.xlsx_sheets import LONGEST_CELL, write_workbook
from geo.model import FORMULA_SIGNS, Sheet
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.sheets.cells import join_items, split_items, unguard
from geo.read.sheets.csv_reader import parse_separated
from geo.read.sheets.sheet_definitions import SheetDefinition, list_sheet_definitions
from geo.read.sheets.xlsx_reader import parse_workbook
from geo.read.table.reader import read_presence
from tests.daily import choose
from tests.hostile.plant import add_internal, dump, find_spots, list_definitions, plant
from tests.hostile.sweep import TURNS, turn
from tests.hostile.tables import LONG, SHORT

ROOT = Path(__file__).parents[2]
FULL = ROOT / "tests" / "data" / "full.yaml"
TABLES = {"full": FULL, "example": ROOT / "presence.yaml", "starter": ROOT / "geo" / "read" / "starter.yaml"}
BARE = {"version": "1"}


def list_files(folder: Path, form: str) -> list[Path]:
    return sorted(folder.glob(f"*.{form}"))


def carry(path: Path, folder: Path, form: str, **options: Any) -> Path:
    """Export a table and import what was written."""
    export_table(path, folder / "out", [form], options=ExportOptions(**options))
    again = folder / "again.yaml"
    import_table(list_files(folder / "out", form), again)
    return again


def check_same(path: Path, again: Path) -> None:
    (old, _), (new, _) = (read_presence(each, read_gazetteer()) for each in (path, again))
    assert new == old
    assert [list(getattr(new, part)) for part in ("levels", "sources", "groups", "regions")] == [
        list(getattr(old, part)) for part in ("levels", "sources", "groups", "regions")
    ]


def load(path: Path) -> Any:
    """Load YAML as texts; a list of one is that one, as the format has it."""
    return simplify(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))  # texts only


def simplify(value: Any) -> Any:
    if isinstance(value, list):
        return simplify(value[0]) if len(value) == 1 else [simplify(each) for each in value]
    return {key: simplify(each) for key, each in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("options", [{}, {"with_tags": True}], ids=["plain", "HXL"])
def test_a_table_comes_back_equal(name: str, form: str, options: dict[str, Any], tmp_path: Path) -> None:
    check_same(TABLES[name], carry(TABLES[name], tmp_path, form, **options))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_text_comes_back_with_internal(form: str, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes(dump(BARE | add_internal(LONG, lambda: '=for, the "analyst"; it\'s private')))
    assert load(carry(path, tmp_path, form, with_internal=True)) == load(path)
    check_same(path, tmp_path / "again.yaml")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_full_table_comes_back_with_internal(form: str, tmp_path: Path) -> None:
    assert load(carry(FULL, tmp_path, form, with_internal=True)) == load(FULL)


def test_the_full_table_uses_every_definition() -> None:
    """So a key added to the format fails here until the table has it, and above until it survives."""
    table = yaml.load(FULL.read_text("utf-8"), yaml.BaseLoader)
    short = {"presence": {"A": "Kabul"}}
    used = {spot.home for spot in [*find_spots(LONG), *find_spots(table), *find_spots(short)]}
    assert set(list_definitions()) - used == set()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("number", choose(range(0, len(TURNS)), 4))
def test_hostile_texts_come_back(number: int, form: str, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes(dump(plant(LONG, turn([spot for spot in find_spots(LONG) if spot.is_free], number))))
    check_same(path, carry(path, tmp_path, form))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("number", choose(range(0, len(TURNS)), 4))
def test_hostile_names_of_the_short_form_come_back(number: int, form: str, tmp_path: Path) -> None:
    """Its ids may be other ones, since not each of them could be written out."""
    path = tmp_path / "t.yaml"
    path.write_bytes(dump(plant(SHORT, turn([spot for spot in find_spots(SHORT) if spot.is_free], number))))
    old, new = (read_presence(each, read_gazetteer())[0] for each in (path, carry(path, tmp_path, form)))
    assert [group.name for group in new.groups.values()] == [group.name for group in old.groups.values()]
    assert [record.place for record in new.records] == [record.place for record in old.records]
    assert new.title == old.title


def test_the_short_form_comes_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes(dump(SHORT))
    check_same(path, carry(path, tmp_path, "csv"))


def test_the_short_form_keeps_what_is_internal(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("internal: one\npresence: {internal: two, Red: [Kabul]}\ngroups: {red: {name: Red}}", "utf-8")
    again = carry(path, tmp_path, "csv", with_internal=True)
    assert load(again)["internal"] == "one\ntwo"
    check_same(path, again)


def test_no_column_is_called_like_another() -> None:
    for form in list_sheet_definitions():
        names = [*form.heads, *(column.name for column in form.columns)]
        assert len(set(names)) == len(names), form.name


def test_every_key_of_a_mapping_has_a_column_or_a_sheet() -> None:
    def count(form: SheetDefinition) -> int:
        return len(form.columns) + len(form.children)

    assert {form.name: count(form) > 0 for form in list_sheet_definitions()} == {
        form.name: True for form in list_sheet_definitions()
    }
    assert {"presence", "groups", "of_which", "regions", "relations", "table"} <= {
        form.name for form in list_sheet_definitions()
    }


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufffe\uffff")
)
FORMULAS = st.builds("{}{}{}".format, st.text("'", max_size=3), st.sampled_from(FORMULA_SIGNS.strip()), TEXTS)


@given(TEXTS | FORMULAS)
def test_a_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    assert guard(text)[:1] not in tuple(FORMULA_SIGNS)
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["Kabul", "", "a=b", "'s", "it's", "'", "1-2", "''"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert guard(text) == unguard(text) == text


@given(st.lists((TEXTS | st.text('";\n, ab')).map(str.strip).filter(bool)))
def test_several_texts_in_one_cell_come_back(items: list[str]) -> None:
    assert split_items(join_items(items)) == tuple(items)


CELLS = (TEXTS | FORMULAS | st.sampled_from(["_x000D_", "a\r\nb", "a\nb", "_x005F_", "#N/A", "TRUE", "1e5"])).map(
    str.strip
)


@given(st.lists(st.tuples(CELLS.filter(bool), CELLS), min_size=1, max_size=5))
def test_a_sheet_comes_back_from_either_format(rows: list[tuple[str, str]]) -> None:
    sheet = Sheet("groups", ("a", "b"), tuple(rows))
    for grid in (
        parse_separated(write_separated(sheet), "t.csv"),
        *parse_workbook(write_workbook([sheet], "t"), "t.xlsx"),
    ):
        assert [[row[column].text if column in row else "" for column in (1, 2)] for row in grid.rows.values()] == [
            ["a", "b"], *map(list, rows)]  # fmt: skip


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    spots = {spot: f"=HYPERLINK(1) {spot.name}" for spot in find_spots(LONG) if spot.is_free and not spot.is_key}
    (tmp_path / "t.yaml").write_bytes(dump(plant(LONG, spots)))
    made = render_exports(tmp_path / "t.yaml", ["csv", "xlsx"]) | render_exports(
        tmp_path / "t.yaml", ["csv", "xlsx"], options=ExportOptions("units")
    )
    planted = 0
    for name, data in made.items():
        if name.endswith("csv"):
            cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
            planted += sum("=HYPERLINK" in cell for cell in cells)
            assert not any(cell.startswith(tuple(FORMULA_SIGNS)) for cell in cells), name
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                parts = [book.read(part) for part in book.namelist()]
            assert not any(b"<f>" in part or b"<f " in part for part in parts)
            assert not any(b">=HYPERLINK" in part for part in parts)
    assert planted > len(spots) / 2


def test_the_same_table_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    first = render_exports(FULL, EXPORTS)
    later = time.time() + 1e8
    monkeypatch.setattr(time, "time", lambda: later)
    time.sleep(1.1)
    assert render_exports(FULL, EXPORTS) == first


FLAT = [(form, "table") for form in EXPORTS if form not in SHAPED]


@pytest.mark.parametrize(("form", "of"), [*FLAT, *((form, "units") for form in EXPORTS if form not in WHOLE)])
def test_no_export_knows_what_is_internal(form: str, of: str, tmp_path: Path) -> None:
    for name, table in (("told", add_internal(LONG, lambda: "Zq7secret")), ("untold", LONG)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.yaml").write_bytes(dump(table))
    told, untold = (
        render_exports(tmp_path / name / "t.yaml", [form], options=ExportOptions(of)) for name in ("told", "untold")
    )
    assert told == untold


def test_a_text_that_no_cell_can_hold_is_named_and_csv_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes(dump({"presence": [{"group": "a", "in": "Kabul", "note": "x" * (LONGEST_CELL + 1)}],
                           "groups": {"a": {"name": "A"}}}))  # fmt: skip
    with pytest.raises(
        PresenceError, match=r"32,768 letters under `note`, row 2 of the sheet presence; .*--format csv"
    ):
        render_exports(path, ["xlsx"])
    check_same(path, carry(path, tmp_path, "csv"))


def test_what_has_no_shape_is_refused_as_geojson() -> None:
    with pytest.raises(PresenceError, match="--of units"):
        render_exports(FULL, ["geojson"], options=ExportOptions("table"))
    with pytest.raises(PresenceError, match="nothing internal"):
        render_exports(FULL, ["geojson"], options=ExportOptions(with_internal=True))


def test_geojson_keeps_to_its_standard() -> None:
    import shapely

    data = json.loads(render_exports(ROOT / "presence.yaml", ["geojson"])["units.geojson"])
    assert "crs" not in data
    allowed = {"code", "pcode", "name", "name_fa", "region", "status", "groups", *STANDINGS}
    for feature in data["features"]:
        assert set(feature) == {"type", "id", "properties", "geometry"}
        assert set(feature["properties"]) == allowed
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert all(part.exterior.is_ccw for part in getattr(shape, "geoms", [shape]))
    kabul = next(feature["properties"] for feature in data["features"] if feature["id"] == "AF-KAB")
    assert kabul["named"] == ["Haqqani Network", "ISIS-Khorasan", "Lashkar-e-Taiba"]
    assert (kabul["status"], kabul["groups"]) == ("named", 3)


STANDINGS = ("named", "region_only", "own_claim", "disputed", "out_of_date", "absent", "inconclusive", "able")
STANDING = {
    "named": ("in: Kabul, source: s", "named", ["named"]),
    "only by its own claim": ("in: Kabul, source: s, basis: claimed", "named", ["named", "own_claim"]),
    "by its own claim too": ("in: Kabul, source: s, basis: claimed}\n- {group: a, level: l, in: Kabul, source: s",
                             "named", ["named"]),
    "disputed": ("in: Kabul, source: s}\n- {group: a, level: l, in: Kabul, source: t, finding: absent", "named",
                 ["absent", "disputed", "named"]),
    "out of date": ("in: Kabul, source: s, observed: 2018", "not counted", ["out_of_date"]),
    "absent": ("in: Kabul, source: s, finding: absent", "not counted", ["absent"]),
    "inconclusive": ("in: Kabul, source: s, finding: inconclusive", "not counted", ["inconclusive"]),
    "able": ("in: Kabul, source: s, level: attacks", "not counted", ["able"]),
    "a region": ("region: Mine, source: s", "region-only", ["region_only"]),
    "nowhere": ("nationwide: true, source: s", "no record", []),
}  # fmt: skip


@pytest.mark.parametrize("name", STANDING)
def test_units_say_how_each_group_stands_there(name: str, tmp_path: Path) -> None:
    said, status, wanted = STANDING[name]
    level = "" if "level" in said.partition("}")[0] else "level: l, "
    (tmp_path / "t.yaml").write_text(
        "as_of: 2021\nlevels: {l: {name: L, valid_for: 2 years}, attacks: {name: Able, footprint: false}}\n"
        "sources: {s: {title: S, date: 2020}, t: {title: T, date: 2020}}\ngroups: {a: {name: Red}}\n"
        "regions: {Mine: {in: [Kabul, Logar]}}\n"
        f"presence:\n- {{group: a, {level}{said}}}\n", "utf-8")  # fmt: skip
    options = ExportOptions("units")
    made = render_exports(tmp_path / "t.yaml", ["geojson", "csv"], options=options)
    features = json.loads(made["units.geojson"])["features"]
    told = next(each["properties"] for each in features if each["id"] == "AF-KAB")
    assert (told["status"], sorted(key for key in STANDINGS if told[key])) == (status, wanted)
    assert {name for key in wanted for name in told[key]} <= {"Red"}
    rows = list(csv.DictReader(io.StringIO(made["units.csv"].decode("utf-8-sig"))))
    row = next(each for each in rows if each["code"] == "AF-KAB")
    assert {key: row[key] for key in STANDINGS} == {key: "Red" if key in wanted else "" for key in STANDINGS}


def test_geojson_says_whose_it_is_and_how_it_may_be_used() -> None:
    said, silent = (
        json.loads(render_exports(path, ["geojson"])["units.geojson"]) for path in (FULL, ROOT / "presence.yaml")
    )
    assert (said["authors"], said["licence"]) == (["A. N. Analyst", "The Desk"], "CC-BY-4.0")
    assert not {"authors", "licence"} & set(silent)


def test_a_geopackage_holds_units_and_claims(tmp_path: Path) -> None:
    import geopandas

    path = tmp_path / "u.gpkg"
    path.write_bytes(render_exports(ROOT / "presence.yaml", ["gpkg"])["units.gpkg"])
    units, claims = (geopandas.read_file(path, layer=layer) for layer in ("units", "claims"))
    assert len(units) == 34
    table, _ = read_presence(ROOT / "presence.yaml", read_gazetteer())
    assert len(claims) == len(table.claims)
    assert claims[claims["geometry"].isna()]["status"].tolist() == ["nationwide", "unlocated"]


def test_markdown_shows_marks_as_text(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes(dump({"title": "<b> | `x`", "presence": {"a*b*\\ [x](y) &lt;": ["Kabul"]}}))
    text = render_exports(path, ["markdown"])["table.md"].decode()
    assert text.startswith("# \\<b\\> \\| \\`x\\`\n")
    assert "| a\\*b\\*\\\\ \\[x\\](y) \\&lt; |" in text.replace("a-b-x-y-lt | ", "").replace("| a-b", "| a-b")
