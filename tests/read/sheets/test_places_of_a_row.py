"""Where a row is about: several provinces in a cell, and several columns that say it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.read.sheets.test_import_cases import explain, list_claims

MATRIX = 'Province,Red,Blue\n"{}",x,\nKabul,,x\n'


@pytest.mark.parametrize("cell", ["Helmand; Kandahar", "Helmand;Kandahar;", "Helmand, Kandahar", "Helmand\nKandahar"])
def test_several_provinces_in_a_cell_of_units_by_groups(cell: str) -> None:
    assert [claim[:2] for claim in list_claims(MATRIX.format(cell))] == [
        ("blue", "AF-KAB"), ("red", "AF-HEL"), ("red", "AF-KAN"),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", [" / ", " and ", " & "])
def test_the_remedy_for_several_provinces_is_taken(sign: str) -> None:
    [said] = explain(MATRIX.format(f"Helmand{sign}Kandahar"))
    meant = said.partition("expected semicolons: ")[2]
    assert meant == "Helmand; Kandahar"
    assert len(list_claims(MATRIX.format(meant))) == 3


def test_each_of_several_provinces_is_looked_up() -> None:
    [said] = explain(MATRIX.format("Helmand; Kandahaar"))
    assert said.startswith("error t:A2: unknown province 'Kandahaar'")


@pytest.mark.parametrize(
    ("code", "wrong"), [("AF23; AF24", False), ("AF24; AF23", False), ("AF23; AF01", True), ("AF23", True)]
)
def test_several_provinces_are_checked_against_their_codes(code: str, wrong: bool) -> None:
    for data in ("province,pcode,Red\n{},{},x\n", "group,in,pcode\nRed,{},{}\n"):
        cells = data.format("Helmand; Kandahar", code.replace("AF23", "AF30").replace("AF24", "AF27"))
        if wrong:
            [said] = explain(cells)
            assert "beside 'Helmand; Kandahar' in " in said
        else:
            assert len(list_claims(cells)) == 2


RECORDS = "group,province,pcode,level\nRed,Kabul,AF01,Camps\nRed,Logar,{},Camps\nRed,,AF06,Camps\n"
WAYS: list[dict[str, Any]] = [
    {"columns": {"province": "in"}},
    {"columns": {"province": "in", "pcode": "in"}},
    {"columns": {"pcode": "in", "province": "in"}},
]


@pytest.mark.parametrize("taking", WAYS)
def test_records_with_a_name_and_a_code_are_of_one_place(taking: dict[str, Any]) -> None:
    assert [claim[1] for claim in list_claims(RECORDS.format("AF05"), **taking)] == ["AF-KAB", "AF-LOG", "AF-NAN"]
    [said] = explain(RECORDS.format("AF04"), **taking)
    assert said.startswith("error t:C3: 'AF04' is Wardak, beside 'Logar' in B3; expected the same province in")


def test_a_contradiction_is_told_beside_the_header() -> None:
    said = explain(RECORDS.format("AF04"))
    assert [each.split()[1] for each in said] == ["t:B1:", "t:C3:"]
    assert "expected `in`, --column province=in" in said[0]


@pytest.mark.parametrize("head", ["pcode", "ADM1_PCODE", "code", "ISO"])
def test_records_with_a_code_alone(head: str) -> None:
    code = "AF01" if "code" in head.lower() and head != "code" else "AF-KAB"
    data = f"group,{head},level\nRed,{code},Camps\n"
    [said] = explain(data)
    assert f"expected `in`, --column {head}=in" in said
    assert list_claims(data, columns={head: "in"}) == [("red", "AF-KAB", "camps")]


def test_units_by_groups_with_two_columns_named_by_the_user() -> None:
    data = "Provinz,Kennung,Red\nKabul,AF-KAB,x\n{},AF-KNR,x\n"
    taking = {"columns": {"Provinz": "in", "Kennung": "in"}}
    assert len(list_claims(data.format("Kunar"), **taking)) == 2
    [said] = explain(data.format("Khost"), **taking)
    assert "'AF-KNR' is Kunar, beside 'Khost' in A3" in said


@pytest.mark.parametrize("data", ["group,in,in\nRed,Kabul,Herat\n", "group,in,in\nRed,Kabul,Kabul\n"])
def test_a_column_twice_in_the_sheet_stays_refused(data: str) -> None:
    assert "the column `in` a second time" in explain(data)[0]


def test_a_column_of_names_that_are_no_provinces_is_no_place() -> None:
    said = explain("name,province,level\nRed,Kabul,Camps\nBlue,Kunar,Camps\n")
    assert all(each.split()[1] in ("t:A1:", "t:B1:", "t:A2:", "t:A3:") for each in said)
    assert not any("beside" in each for each in said)
