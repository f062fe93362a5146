"""A table as a data package: valid, its keys hold, all of the table is in it, and its words are the format's own."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import frictionless
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geo.api import Choices, Job, join_table, render_exports
from geo.draw.compose.dataset import describe_data
from geo.draw.serialise import hash_data
from geo.draw.wording.localised_names import localise
from geo.export.data_package import DESCRIPTOR, write_package
from geo.export.package_tables import list_package_tables
from geo.join.joined_table import JoinedTable
from geo.model import FORMULA_SIGNS
from geo.read.sheets.cells import unguard
from geo.read.table.json_schema import make_schema
from geo.read.table.reader import parse_presence
from tests.daily import choose
from tests.export.test_stix import list_texts
from tests.hostile.plant import dump, find_spots, plant
from tests.hostile.sweep import TURNS, turn
from tests.hostile.tables import LONG, SHORT
from tests.random_tables import choose_some, make_table

ROOT = Path(__file__).parents[2]
FULL = ROOT / "tests" / "data" / "full.yaml"
TABLES = {"default": ROOT / "presence.yaml", "three reports": ROOT / "examples" / "three-reports.yaml", "full": FULL}
Rows = dict[str, list[dict[str, str]]]


def pack(table: str, choices: Choices | None = None) -> tuple[JoinedTable, dict[str, bytes]]:
    joined = join_table(table, Job(choices or Choices(), allow_empty=True))[0]
    return joined, write_package(joined, make_schema(joined.gazetteer), hash_data(joined)[:12])[0]


def read_rows(files: dict[str, bytes]) -> Rows:
    """Read the tables, texts as they were before they were guarded."""
    texts = {name.removesuffix(".csv"): data.decode() for name, data in files.items() if name.endswith(".csv")}
    readers = {name: csv.DictReader(io.StringIO(text, newline="")) for name, text in texts.items()}
    return {
        name: [{key: unguard(cell) for key, cell in row.items()} for row in reader] for name, reader in readers.items()
    }


def check_keys(files: dict[str, bytes]) -> Rows:
    """Check bytes, columns, key, references and limits of each table, as the descriptor has them; give the rows."""
    descriptor, rows = json.loads(files[DESCRIPTOR]), read_rows(files)
    assert [each["path"] for each in descriptor["resources"]] == [name for name in files if name != DESCRIPTOR]
    for resource in descriptor["resources"]:
        name, schema, data = resource["name"], resource["schema"], files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        columns = [field["name"] for field in schema["fields"]]
        assert data.decode().splitlines()[0].split(",") == columns
        assert all(field["description"].strip() for field in schema["fields"])
        keys = [tuple(row[column] for column in schema["primaryKey"]) for row in rows[name]]
        assert len(set(keys)) == len(keys), name
        for key in schema.get("foreignKeys", ()):
            (own,), (other,) = key["fields"], key["reference"]["fields"]
            known = {row[other] for row in rows[key["reference"].get("resource", name)]}
            assert {row[own] for row in rows[name]} - {""} <= known, (name, own)
        for field in schema["fields"]:
            cells = [row[field["name"]] for row in rows[name]]
            check_cells(cells, field["type"], field.get("constraints", {}))
    return rows


def check_cells(cells: list[str], kind: str, limits: dict[str, Any]) -> None:
    assert not limits.get("required") or all(cells)
    told = [cell for cell in cells if cell]
    assert not limits.get("unique") or len(set(told)) == len(told)
    assert set(told) <= set(limits.get("enum", told))
    assert all(re.fullmatch(limits["pattern"], cell) for cell in told if "pattern" in limits)
    if kind in ("integer", "number"):
        figures = [int(cell) if kind == "integer" else float(cell) for cell in told]
        assert all(limits.get("minimum", each) <= each <= limits.get("maximum", each) for each in figures)
    elif kind == "boolean":
        assert set(told) <= {"true", "false"}
    elif kind == "array":
        assert all(isinstance(json.loads(cell), list) for cell in told)


def check_valid(files: dict[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with frictionless.system.use_context(trusted=True):
        report = frictionless.validate(str(folder / DESCRIPTOR))
    assert report.valid, report.flatten(["title", "message"])


@pytest.mark.parametrize("name", TABLES)
def test_a_package_is_valid(name: str, tmp_path: Path) -> None:
    files = render_exports(TABLES[name], ["datapackage"])
    check_valid(files, tmp_path)
    check_keys(files)


def test_the_check_of_validity_can_fail(tmp_path: Path) -> None:
    files = render_exports(FULL, ["datapackage"])
    files["groups.csv"] = files["groups.csv"].replace(b"\nblue,", b"\ngreen,")
    with pytest.raises(AssertionError, match="foreign key"):
        check_valid(files, tmp_path)


@given(st.integers(0, 10**6))
def test_keys_hold_and_every_claim_is_in_it_whatever_the_table(seed: int) -> None:
    joined, files = pack(make_table(seed))
    check_claims(joined, check_keys(files))


def check_claims(joined: JoinedTable, rows: Rows) -> None:
    table = joined.table
    found = [(int(row["record"]) - 1, row["group"], row["unit"] or None) for row in rows["claims"]]
    assert Counter(found) == Counter((each.record, each.group, each.unit) for each in table.claims)
    assert [row["finding"] for row in rows["records"]] == [record.finding for record in table.records]
    assert [row["id"] for row in rows["groups"]] == list(table.groups)
    assert [row["code"] for row in rows["units"]] == list(joined.gazetteer.units)


@pytest.mark.parametrize("seed", choose(range(100), 5))
def test_what_choices_leave_out_is_not_in_it_and_is_told(seed: int) -> None:
    table = make_table(seed)
    joined, files = pack(table, choose_some(seed, table))
    check_claims(joined, check_keys(files))
    hidden = sum(joined.report.hidden.values())
    assert ("are left out, as was chosen" in json.loads(files[DESCRIPTOR])["description"]) == bool(hidden)


@pytest.mark.parametrize("number", choose(range(0, len(TURNS)), 3))
@pytest.mark.parametrize("table", [LONG, SHORT], ids=["long", "short"])
def test_hostile_texts_come_back_and_none_is_a_formula(table: dict[str, Any], number: int, tmp_path: Path) -> None:
    planted = dump(plant(table, turn([spot for spot in find_spots(table) if spot.is_free], number)))
    joined, files = pack(planted.decode())
    rows = check_keys(files)
    check_claims(joined, rows)
    for name, data in files.items():
        if name != DESCRIPTOR:
            cells = [cell for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row]
            assert not any(cell.startswith(tuple(FORMULA_SIGNS)) for cell in cells)
    read = parse_presence(planted, "t.yaml", joined.gazetteer)[0]
    assert [row["note"] for row in rows["records"]] == [record.evidence.note or "" for record in read.records]
    assert [row["text"] for row in rows["statements"]] == [
        said.text for group in read.groups.values() for said in group.statements
    ]
    check_valid(files, tmp_path)


def test_every_text_of_every_key_is_in_it() -> None:
    files = render_exports(FULL, ["datapackage"])
    cells = {cell for part in read_rows(files).values() for row in part for cell in row.values()}
    whole = {key: value for key, value in json.loads(files[DESCRIPTOR]).items() if key != "resources"}
    said = json.dumps(whole, ensure_ascii=False) + "\n".join(cells)
    texts = set(list_texts(yaml.load(FULL.read_text("utf-8"), yaml.BaseLoader)))
    spelt = {"KABUL", "pcode:AF12", "af-nan", "سرپل", "Kabul", "Paktia", "Nangarhar"}  # units, by their codes there
    other = {"1", "gregorian", "eastern", "2021-06-30", "2020-02-29", "true"}  # of the format, or spelt otherwise
    kept = set(list_texts(yaml.load(FULL.read_text("utf-8"), yaml.BaseLoader)["sources"]["un"]["copy"])) - {"false"}
    assert {text for text in texts if text not in said} - spelt - other == kept
    assert {row["unit"] for row in read_rows(files)["claims"]} >= {"AF-KAB", "AF-PKA", "AF-NAN", "AF-SAR"}


def test_its_words_are_those_of_the_format() -> None:
    schema = make_schema(join_table("presence: {A: [Kabul]}")[0].gazetteer)
    record = schema["properties"]["presence"]["items"]["properties"]
    fields = json.loads(render_exports(FULL, ["datapackage"])[DESCRIPTOR])["resources"][0]["schema"]["fields"]
    by_name = {field["name"]: field for field in fields}
    for name in ("level", "finding", "trend", "basis", "grade", "confidence", "note", "quote", "as_written"):
        assert by_name[name]["description"] == record[name]["description"]
    assert by_name["trend"]["constraints"]["enum"] == record["trend"]["enum"]


def test_every_key_that_a_column_names_is_one() -> None:
    joined = join_table(FULL)[0]
    found = json.loads(pack(FULL.read_text("utf-8"))[1][DESCRIPTOR])
    told = {resource["name"]: resource["schema"]["fields"] for resource in found["resources"]}
    for table in list_package_tables(joined):
        for column, field in zip(table.columns, told[table.name], strict=True):
            assert field["description"] != column.told or not column.key, (table.name, column.name)


def test_it_is_of_the_version_that_pages_print() -> None:
    for path in TABLES.values():
        joined = join_table(path)[0]
        found = json.loads(render_exports(path, ["datapackage"])[DESCRIPTOR])
        assert found["version"] == describe_data(localise(joined))["version"]
        assert found["title"] == joined.table.title


@pytest.mark.parametrize(
    ("table", "temporal"),
    [
        ("as_of: 2021-02", {"start": "2020-01-01", "end": "2021-02-28"}),
        ("subtitle: no day", {"start": "2020-01-01", "end": "2020-12-31"}),
    ],
)
def test_it_says_which_time_it_covers(table: str, temporal: dict[str, str]) -> None:
    _, files = pack(f"{table}\ngroups: {{a: {{name: A}}}}\npresence: [{{group: a, in: Kabul, observed: 2020}}]")
    assert json.loads(files[DESCRIPTOR])["temporal"] == temporal


def test_alone_it_is_the_folder_and_beside_others_it_has_one(tmp_path: Path) -> None:
    alone = render_exports(FULL, ["datapackage"])
    beside = render_exports(FULL, ["csv", "datapackage"])
    assert {name.removeprefix("datapackage/"): data for name, data in beside.items() if "/" in name} == alone
    assert beside["groups.csv"] != alone["groups.csv"]
