"""Units x groups with levels in the cells and columns that say more of each row; and records that look like it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.read.sheets.test_import_cases import explain, list_claims, list_told, take

CAMPS = [("blue", "AF-HER", "camps"), ("red", "AF-KAB", "camps")]


@pytest.mark.parametrize("head", ["Source", "Note", "Observed", "source,note", "Source,Remarks,Observed"])
@pytest.mark.parametrize("is_first", [True, False])
def test_levels_beside_what_is_said_of_a_row(head: str, is_first: bool) -> None:
    said = [",".join(f"{year}" for _ in head.split(",")) for year in (2020, 2021)]
    rows = [("Red,Blue", head), ("Camps,", said[0]), (",Camps", said[1])]
    sides = [",".join(reversed(pair) if is_first else pair) for pair in rows]
    data = "\n".join(f"{place},{cells}" for place, cells in zip(("Province", "Kabul", "Herat"), sides, strict=True))
    taking: dict[str, Any] = {"columns": {"Remarks": "note"}} if "Remarks" in head else {}
    assert list_claims(data, **taking) == CAMPS
    assert list_told(data, **taking) == []


@pytest.mark.parametrize(
    ("cells", "levels"),
    [
        ("Kabul,Camps,Camps,R1\nKunar,,Camps,R2\n", ["camps"]),
        ("Kabul,Camps,,R1\nKunar,,Cells,R2\n", ["camps", "cells"]),
        ("Kabul,Camps,Cells,R1\nKunar,Cells,Bases,R2\n", ["camps", "cells", "bases"]),
        ("Kabul,Camps,absent,R1\nKunar,absent,Camps,R2\n", ["camps"]),
    ],
)
def test_each_mark_has_the_source_of_its_row(cells: str, levels: list[str]) -> None:
    table = take(f"Province,Red,Blue,Source\n{cells}").table
    assert sorted(table.levels) == sorted(levels)
    for record in table.records:
        assert record.evidence.source == ("r1" if record.place.units == ("AF-KAB",) else "r2")


@pytest.mark.parametrize(
    "data",
    [
        "Province,Red,Remarks\nKabul,Camps,S\nHerat,Camps,T\n",
        "Province,Red,Blue,Remarks\nKabul,Camps,,S\nHerat,,Camps,T\n",
        "Province,Red,Blue,Remarks\nKabul,Camps,Cells,S\nHerat,Bases,Posts,T\n",
    ],
)
def test_the_option_that_a_message_offers_is_taken(data: str) -> None:
    [said] = explain(data)
    assert "--column Remarks=note" in said
    assert list_claims(data, columns={"Remarks": "note"}) == list_claims(data, ignore=["Remarks"])


def test_several_levels_in_a_cell_are_no_column_of_groups() -> None:
    [said] = explain("Province,Red,Blue,Source\nKabul,Camps; Cells,Camps,R1\nKunar,,Camps,R2\n")
    assert said.startswith("error t:B2: 'Camps; Cells', several levels in one text")


def test_a_column_that_is_no_group_stays_refused_beside_a_source() -> None:
    [said] = explain("Province,Red,Blue,Remarks,Source\nKabul,Camps,,S,A\nHerat,,Camps,T,A\n")
    assert said.startswith("error t:D1: 'Remarks', a column that can be no group; expected --ignore Remarks")


@pytest.mark.parametrize(
    "data",
    [
        "Province,Miliz,Source\nKabul,Taliban,A\nKunar,ISKP,B\n",
        "Province,Miliz,Tactic,Source\nKabul,Taliban,Ambush,A\nKunar,ISKP,,B\n",
        "Province,Miliz,level,Source\nKabul,Taliban,Camps,A\nKunar,ISKP,Camps,B\n",
        "Province,Miliz,id\nKabul,Taliban,a1\nKunar,,a2\n",
    ],
)
def test_records_of_which_the_group_is_under_another_word_are_left_alone(data: str) -> None:
    assert any("unknown column 'Miliz'" in each for each in explain(data))
