"""What a spreadsheet makes of what was typed: months as numbers, provinces across."""

from __future__ import annotations

from typing import Any

import pytest

from tests.read.sheets.test_file_to_grids import make_book
from tests.read.sheets.test_import_cases import explain, list_claims


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(2020.1, "2020-01 or 2020-10"), ("2020.1", "2020-01 or 2020-10"), (2020.11, "2020-11"), (2020.2, "2020-02"),
     ("2020.10", "2020-10"), ("2020.01", "2020-01"), ("2020/1", "2020-01"), ("2020-1", "2020-01")],
)  # fmt: skip
def test_a_month_after_a_point(typed: Any, meant: str) -> None:
    [said] = explain(make_book([["group", "in", "observed"], ["Red", "Kabul", typed]]))
    assert said.endswith(f"expected a date as YYYY, YYYY-MM or YYYY-MM-DD, here {meant}")
    assert ("of which a spreadsheet drops the last 0" in said) == (" or " in meant)


ACROSS = "in the header; expected provinces down and groups across: transpose the sheet"


@pytest.mark.parametrize("corner", ["Group", "Armed group", "Name"])
def test_provinces_across(corner: str) -> None:
    said = explain(f"{corner},Kabul,Kunar\nRed,x,\nBlue,,x\n")
    assert [each for each in said if ACROSS not in each and ":A" not in each] == []
    assert [each.split()[1] for each in said if ACROSS in each] == ["t:B1:", "t:C1:"]
    assert any("head the first column `in`" in each for each in said)
    assert [claim[:2] for claim in list_claims("in,Red,Blue\nKabul,x,\nKunar,,x\n")] == [
        ("blue", "AF-KNR"), ("red", "AF-KAB"),
    ]  # fmt: skip


def test_a_group_that_is_called_after_a_province_is_left_alone() -> None:
    assert len(list_claims("province,Kabul Brigade,Nimroz Front\nKabul,x,\nKunar,,x\n")) == 2
