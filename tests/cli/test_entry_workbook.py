"""The workbook that `presence init --xlsx` writes: what its cells offer, and what is read of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geo.api import import_table, update_table, write_entry_workbook
from geo.errors import TableError
from geo.read.any_table import read_table
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.entry_form import describe_form
from geo.read.fields.mappings import INTERNAL
from geo.read.fields.scalars import Choice, Flag
from geo.read.sheets.sheet_definitions import list_sheet_definitions
from tests.cli.conftest import Run
from tests.hostile.strings import STRINGS, list_shown
from tests.sheets import fill_form, fill_rows

ROOT = Path(__file__).parents[2]
GAZETTEER = read_gazetteer()
FORM = describe_form(GAZETTEER)


def list_checks(path: Path, title: str) -> dict[str, Any]:
    """List the checks of a sheet by the header of their column."""
    page: Any = openpyxl.load_workbook(path)[title]
    heads = {cell.column_letter: str(cell.value) for cell in page[1]}
    found = {str(check.sqref).partition("2:")[0]: check for check in page.data_validations.dataValidation}
    return {heads[letter]: check for letter, check in found.items() if letter in heads}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_entry_workbook(tmp_path / "form.xlsx")


def test_the_same_bytes_each_time(form: Path, tmp_path: Path) -> None:
    assert write_entry_workbook(tmp_path / "other.xlsx").read_bytes() == form.read_bytes()


def test_every_key_of_the_format_is_a_column_and_every_closed_word_an_option() -> None:
    columns = {sheet.title.lower(): {each.name: each for each in (sheet.keys or sheet.columns)} for sheet in FORM}
    for form in list_sheet_definitions():
        shown = columns.get("records" if form.name == "presence" else form.name)
        if shown is None:
            continue
        for column in form.columns:
            if column.is_open or (column.path[-1] == INTERNAL and len(column.path) > 1):
                continue
            field = getattr(column.field, "item", column.field)
            assert shown[column.name].help
            if isinstance(field, Choice):
                assert shown[column.name].options == field.options
            elif isinstance(field, Flag):
                assert shown[column.name].options == (field.word,)
    records = columns["records"]
    assert records["grade"].options == tuple("123456")
    assert columns["sources"]["grade"].options == tuple("ABCDEF")
    assert len(records["in"].options) == 34
    assert not records["quote"].options
    assert not columns["groups"]["letters"].options


def test_cells_offer_what_may_stand_there_and_say_what_is_wrong(form: Path) -> None:
    checks = list_checks(form, "Records")
    assert checks["group"].formula1 == "OFFSET(Groups!$B$2,0,0,MAX(1,COUNTA(Groups!$B$2:$B$2001)),1)"
    assert checks["source"].formula1.startswith("OFFSET(Sources!$B$2")
    assert checks["level"].formula1.startswith("OFFSET(Levels!$B$2")
    assert checks["in"].formula1 == "Lists!$A$3:$A$36"
    assert checks["trend"].formula1 == '"growing,stable,shrinking,unclear"'
    styles = {name: check.errorStyle for name, check in checks.items() if check.type == "list"}
    assert {name for name, style in styles.items() if style == "warning"} == {"group", "in", "region"}
    assert styles["source"] == styles["level"] == styles["finding"] == "stop"
    for title in ("Records", "Groups", "Levels", "Sources"):
        for check in list_checks(form, title).values():
            assert 0 < len(check.prompt) <= 255
            assert 0 < len(check.promptTitle) <= 32
            assert check.type != "list" or (check.showErrorMessage and 0 < len(check.error) <= 255)
            assert len(check.formula1 or "") <= 255


def test_what_excel_would_make_of_a_text_it_leaves_a_text(form: Path) -> None:
    page: Any = openpyxl.load_workbook(form)["Records"]
    formats = {cell.value: page.column_dimensions[cell.column_letter].number_format for cell in page[1]}
    assert formats["observed"] == formats["page"] == formats["grade"] == "@"
    assert formats["unlocated"] == "General"


def test_the_example_is_no_record(form: Path) -> None:
    with pytest.raises(TableError, match="Records!A1: a table without a record"):
        read_table(form, GAZETTEER)
    assert read_table(form, GAZETTEER, allow_empty=True)[0].records == ()
    page = openpyxl.load_workbook(form)["Instructions"]
    said = [[cell.value for cell in row] for row in page.iter_rows()]
    assert said[9][0] == "group (needed)"
    assert said[9][2] == "Red Group"


def test_a_form_that_is_filled_in_is_a_table_and_makes_one(form: Path, tmp_path: Path) -> None:
    fill_rows(form, "Groups", {"id": "red", "name": "Red Group"}, {"id": "blue", "name": "Blue Group"})
    fill_rows(form, "Sources", {"id": "un", "title": "Twelfth report", "date": "2020-05", "favours": "Blue Group"})
    fill_rows(form, "Levels", {"id": "cells", "name": "Sleeper cells", "rank": 2})
    fill_rows(
        form, "Records",
        {"group": "Red Group", "in": "Kabul; Kunar", "level": "Sleeper cells", "source": "Twelfth report", "grade": "2",
         "observed.from": "2019", "note": "=1+1"},
        {"group": "Blue Group", "nationwide": "true", "source": "Twelfth report", "internal": "a word"},
    )  # fmt: skip
    table, warnings = read_table(form, GAZETTEER)
    assert warnings == ()
    assert [(record.groups, record.place.units, record.evidence.basis) for record in table.records] == [
        (("red",), ("AF-KAB", "AF-KNR"), "reported"), (("blue",), (), "claimed")]  # fmt: skip
    assert table.records[0].evidence.note == "=1+1"
    import_table([form], tmp_path / "t.yaml")
    assert read_table(tmp_path / "t.yaml", GAZETTEER)[0] == table


def test_a_table_gives_its_definitions_and_none_of_its_records(tmp_path: Path) -> None:
    table = tmp_path / "t.yaml"
    table.write_bytes((ROOT / "tests" / "data" / "full.yaml").read_bytes())
    form = write_entry_workbook(tmp_path / "form.xlsx", table)
    held, _ = read_table(table, GAZETTEER)
    read, _ = read_table(form, GAZETTEER, allow_empty=True)
    assert read.records == ()
    assert [*read.groups] == [*held.groups]
    assert read.sources == held.sources
    assert read.levels == held.levels
    assert (read.title, read.as_of, read.licence) == (held.title, held.as_of, held.licence)
    assert list_checks(form, "Records")["region"].formula1.startswith('"Border,North,')
    assert "for the analyst" not in str(form.read_bytes())
    fill_form(form)
    done = update_table([form], table)
    assert [row.record is not None for row in done.rows] == [True]
    assert done.after.startswith(b"# Every key of the format once.\n")


def test_units_of_other_boundaries_are_offered(run: Run, here: Path) -> None:
    import json

    rings = [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]] for x in (0, 1)]
    shapes = [
        {"type": "Feature", "properties": {"id": name[0], "name": name},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for name, ring in zip(("Lower", "Upper, the"), rings, strict=True)
    ]  # fmt: skip
    (here / "d.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": shapes}))
    words = ["--boundaries", "d.geojson", "--units", "district", "--key", "id", "--name", "name"]
    run("init", "--xlsx", "t.xlsx", *words, code=0)
    made = openpyxl.load_workbook(here / "t.xlsx")
    area = list_checks(here / "t.xlsx", "Records")["in"].formula1
    assert [row[0].value for row in made["Lists"][area.partition("!")[2].replace("$", "")]] == ["Lower", "Upper, the"]
    assert "The district that the source names" in list_checks(here / "t.xlsx", "Records")["in"].prompt


@pytest.mark.parametrize("name", list_shown())
def test_a_text_of_any_kind_is_a_text_in_a_form(name: str, tmp_path: Path) -> None:
    import json

    text = STRINGS[name].text
    table = tmp_path / "t.yaml"
    whole = {"groups": {"a": {"name": "A", "note": text}}, "presence": [{"group": "a", "in": "Kabul"}]}
    table.write_text(json.dumps(whole, ensure_ascii=False))
    held, _ = read_table(table, GAZETTEER)
    form = write_entry_workbook(tmp_path / "form.xlsx", table)
    cells = [cell for page in openpyxl.load_workbook(form) for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert read_table(form, GAZETTEER, allow_empty=True)[0].groups == held.groups


@pytest.mark.parametrize("title", ["Instructions", "Lists"])
def test_a_sheet_of_that_name_that_is_another_is_not_passed_over(title: str, form: Path) -> None:
    fill_rows(form, "Records", {"group": "Red", "in": "Kabul"})
    made = openpyxl.load_workbook(form)
    made[title].cell(1, 1).value = "group"
    made.save(form)
    with pytest.raises(TableError, match=f"the sheet '{title}', which is no part of a table"):
        read_table(form, GAZETTEER)


def test_no_file_is_replaced_unless_asked(run: Run, here: Path) -> None:
    assert run("init", "--xlsx", code=0).stderr == (
        "wrote presence.xlsx; fill it in, then run 'presence build presence.xlsx'\n"
    )
    before = (here / "presence.xlsx").read_bytes()
    (here / "presence.xlsx").write_bytes(b"mine")
    result = run("init", "--xlsx", code=1)
    assert result.stderr == "presence.xlsx: exists already; expected another name, or --force to replace it\n"
    assert (here / "presence.xlsx").read_bytes() == b"mine"
    run("init", "--xlsx", "--force", code=0)
    assert (here / "presence.xlsx").read_bytes() == before
    assert run("init", "--xlsx", "-", code=0).stdout_bytes == before
    assert run("init", "--xlsx", "a.csv").exit_code == 2
    assert "is one of the files that are read" in run("init", "--xlsx", "f.xlsx", "--table", "f.xlsx").stderr
    assert "--xlsx is missing" in run("init", "--table", "presence.yaml", code=2).stderr


def test_a_mistake_in_a_form_names_sheet_row_and_column(run: Run, here: Path) -> None:
    run("init", "--xlsx", "t.xlsx", "--table", "presence.yaml", code=0)
    fill_rows(here / "t.xlsx", "Records", {"group": "Red", "in": "Konnar", "level": "Cells", "source": "A sorce"})
    result = run("build", "t.xlsx", "-q", code=1)
    assert result.stderr.splitlines() == [
        "t.xlsx:Records!B2: unknown province 'Konnar'; expected a province, not a district or town; nearest: Kunar",
        "t.xlsx:Records!D2: unknown source 'A sorce'; expected one of s",
    ]
    assert io.BytesIO((here / "t.xlsx").read_bytes()).read(2) == b"PK"
