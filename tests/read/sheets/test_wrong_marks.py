"""Wrong marks hide nothing else that is wrong with their row and column, and make nothing wrong."""

from __future__ import annotations

import pytest

from tests.read.sheets.test_import_cases import explain, list_told


@pytest.mark.parametrize("mark", ["?", "(x)", "P", "7", "unknown"])
def test_a_wrong_mark_hides_nothing_else_of_its_row(mark: str) -> None:
    said = explain(f"Province,Red,Blue,observed\nKunarr,{mark},,June 2020\nKabul,,x,\n")
    assert [each.split()[1] for each in said if each.startswith("error")][:3] == ["t:A2:", "t:B2:", "t:D2:"]


@pytest.mark.parametrize(
    ("row", "places"),
    [("Herat / Farah,x,Cells", "A3 B3"), ("Kunarr,x,", "A3 B3"), ("Eastern,?,x", "A3 B3 C3"), ("Kunar,x,", "B3")],
)
def test_a_mark_beside_levels_hides_no_province(row: str, places: str) -> None:
    said = explain(f"Province,Red,Blue\nKabul,Camps,\n{row}\n")
    assert [each.split()[1][2:-1] for each in said if each.startswith("error")] == places.split()


def test_wrong_marks_hide_no_wrong_group() -> None:
    said = explain('Province,"Red, Blue",Green\nKabul,?,x\nKunar,-,x\n')
    assert [each.split()[1] for each in said] == ["t:B1:", "t:B2:", "t:B3:"]


def test_wrong_marks_make_no_problem_of_their_own() -> None:
    said = explain("Province,Red,Blue\nKabul,?,x\nKunar,-,\nKabul,x,\nKhost,x,P\n")
    assert [each.split()[1] for each in said if each.startswith("error")] == ["t:B2:", "t:B3:", "t:C5:"]
    assert list_told("Province,Red,Blue\nKabul,,x\nKabul,x,\n") == []
