"""Raised signs, such as those of footnotes, are told: "Al-Qaida²" was a group of its own, untold."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.read.sheets.test_file_to_grids import make_book
from tests.read.sheets.test_import_cases import explain, list_claims, list_told, take


def raise_last(text: str, mark: str) -> Any:
    return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), mark))


@pytest.mark.parametrize("struck", [False, True])
@pytest.mark.parametrize("cell", ["A2", "C2"])
def test_a_raised_sign_of_a_workbook(cell: str, struck: bool) -> None:
    rows = [["group", "in", "level"], ["Al-Qaida", "Kabul", "Camps"]]
    column = ord(cell[0]) - ord("A")
    rows[1][column] = raise_last(rows[1][column], "2")
    data = make_book(rows)
    told = [each for each in list_told(data, struck=struck) if cell in each]
    assert told == [
        f"t:presence!{cell}: raised signs, as of a footnote, taken for a part of the text; "
        "expected the text without them, the footnote in `note`"
    ]


def test_each_raised_sign_is_told_beside_an_error() -> None:
    rows = [["group", "in"], ["Red", raise_last("Kabul", "1")], [raise_last("Red", "2"), "Kunar"]]
    assert [each.split()[1] for each in explain(make_book(rows))] == ["t:presence!B2:", "t:presence!A3:"]


def test_a_raised_sign_in_the_header_of_units_by_groups() -> None:
    told = list_told(make_book([["province", raise_last("Red", "1"), "Blue"], ["Kabul", "x", "x"]]))
    assert [each.split(":")[1] for each in told] == ["presence!B1"]


@pytest.mark.parametrize("name", ["Al-Qaida²", "Al-Qaida ¹", "Al-Qaida⁴", "Al-Qaida¹²"])
def test_a_raised_number(name: str) -> None:
    for data, place in ((f"group,in\n{name},Kabul\n", "A2"), (f"province,{name}\nKabul,x\n", "B1")):
        [told] = list_told(data)
        assert told.startswith(f"t:{place}: {name!r}, with a raised number, as of a footnote; expected the name alone")
    data = f"group,in\nAl-Qaida,Kunar\n{name},Kabul\n"
    [told] = list_told(data)
    assert f'"{name}=Al-Qaida"' in told or f"{name}=Al-Qaida" in told
    assert len(take(data, same={name: "Al-Qaida"}).table.groups) == 1


@pytest.mark.parametrize("name", ["Brigade 2", "055 Brigade", "1º Batallón", "H2O", "Al-Qaida2"])
def test_a_number_that_is_not_raised_is_left_alone(name: str) -> None:
    assert list_told(f"group,in,source\n{name},Kabul,Area in km²\n") == []


def test_texts_of_several_fonts_without_raised_signs_are_left_alone() -> None:
    text = CellRichText(
        "Al-", TextBlock(InlineFont(b=True), "Qaida"), TextBlock(InlineFont(vertAlign="baseline"), " 2")
    )
    data = make_book([["group", "in"], [text, "Kabul"]])
    assert list_told(data) == []
    assert list_claims(data) == [("al-qaida-2", "AF-KAB", "reported")]
