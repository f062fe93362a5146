"""Sheets in the manner of people: read rightly, or refused with every cell that stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from openpyxl.styles import Font, PatternFill

from tests.read.sheets.test_file_to_grids import make_book
from tests.read.sheets.test_import_cases import explain, list_claims, list_told

Rows = Sequence[Sequence[Any]]
TALIBAN = ("taliban", "AF-KAB")
BOTH = (TALIBAN, ("iskp", "AF-KNR"))
RED = PatternFill("solid", fgColor="FFFF0000")


@dataclass(frozen=True)
class Sheet:
    """A sheet, and what becomes of it: its claims, or the cells in the way; and the cells of warnings."""

    name: str
    rows: Rows
    claims: tuple[tuple[str, str], ...] = ()
    wrong: str = ""
    told: str = ""
    taking: Mapping[str, Any] = field(default_factory=dict)
    change: Callable[[Any], object] = lambda page: None


def merge(area: str) -> Callable[[Any], object]:
    return lambda page: page.merge_cells(area)


def colour(page: Any) -> None:
    page["B2"].fill = page["C3"].fill = RED


def strike_and_hide(page: Any) -> None:
    page["A3"].font = page["B3"].font = Font(strike=True)
    page.row_dimensions[4].hidden = True


def strike_group(page: Any) -> None:
    page["C1"].font = page["C2"].font = page["C3"].font = Font(strike=True)


HEAD = ["Province", "Taliban", "ISKP"]
MATRIX: Rows = [HEAD, ["Kabul", "x", None], ["Kunar", None, "x"]]
TITLED: Rows = [["Armed groups 2020"], *MATRIX]
WORDED: Rows = [["Province", "Armed group", "Type of presence", "Source", "Date"],
                ["Kabul", "Taliban", "Cells", "UN", "2020"]]  # fmt: skip
NAMED = {"Province": "in", "Armed group": "group", "Type of presence": "level", "Date": "observed"}

SHEETS = [
    Sheet("a matrix", MATRIX, BOTH),
    Sheet("a merged title", TITLED, wrong="A1", change=merge("A1:C1")),
    Sheet("a merged title, and its header told", TITLED, BOTH, told="A1", taking={"header": 2}, change=merge("A1:C1")),
    Sheet("two tables, one below the other", [*MATRIX, [], ["Province", "TTP"], ["Khost", "x"]], wrong="A5"),
    Sheet("two tables beside each other",
          [["Province", "Taliban", None, "Province", "ISKP"], ["Kabul", "x", None, "Kunar", "x"]], wrong="D1 D2"),
    Sheet("a row of totals", [*MATRIX, ["Total", 1, 1]], wrong="A4"),
    Sheet("a row of greater totals", [*MATRIX, ["Total", 12, 3]], wrong="A4 B4 C4"),
    Sheet("a column of totals", [[*HEAD, "Total"], ["Kabul", "x", "x", 2], ["Kunar", "x", None, 1]], wrong="D1"),
    Sheet("notes below", [*MATRIX, ["Source: UN report 2020"], ["x = presence"]], wrong="A4 A5"),
    Sheet("colours for marks", [HEAD, ["Kabul", None, None], ["Kunar", "x", None]], (("taliban", "AF-KNR"),),
          told="C1 A2 B2", change=colour),
    Sheet("percentages", [HEAD, ["Kabul", 0.45, "x"], ["Kunar", "60%", None]], wrong="B2 B3"),
    Sheet("records in Dari", [["ولایت", "گروه", "منبع"], ["کابل", "طالبان", "گزارش"]], wrong="A1 B1 C1"),
    Sheet("records in Dari, and columns told", [["ولایت", "گروه", "منبع"], ["کابل", "Taliban", "گزارش"]], (TALIBAN,),
          taking={"columns": {"ولایت": "in", "گروه": "group", "منبع": "source"}}),
    Sheet("a matrix in Dari", [["ولایت", "Taliban", "ISKP"], ["کابل", "x", None], ["کنر", None, "x"]], BOTH),
    Sheet("records in German", [["Provinz", "Gruppe", "Quelle", "Datum"], ["Kabul", "Taliban", "UN", "2020"]],
          wrong="A1 B1 C1 D1"),
    Sheet("a matrix in German", [["Provinz", "Taliban", "ISKP"], *MATRIX[1:]], BOTH),
    Sheet("records in French", [["Province", "Groupe armé", "Type de présence", "Source"],
                                ["Kabul", "Taliban", "Cellules", "ONU"]], wrong="A1 B1 C1"),
    Sheet("records in other words", WORDED, wrong="A1 B1 C1 E1"),
    Sheet("records in other words, and columns told", WORDED, (TALIBAN,), taking={"columns": NAMED}),
    Sheet("numbers of rows", [["No.", *HEAD], [1, "Kabul", "x", None], [2, "Kunar", None, "x"]], wrong="A1"),
    Sheet("numbers of rows, left out", [["No.", *HEAD], [1, "Kabul", "x", None], [2, "Kunar", None, "x"]], BOTH,
          taking={"ignore": ["No."]}),
    Sheet("regions beside provinces", [["Region", *HEAD], ["Capital", "Kabul", "x", None]], wrong="A1", told="D1"),
    Sheet("merged regions", [["Region", *HEAD], ["Eastern", "Kunar", "x", "x"], [None, "Nangarhar", "x", "x"]],
          wrong="A1 A2", change=merge("A2:A3")),
    Sheet("a header of two rows", [["Province", "Groups", None], [None, "Taliban", "ISKP"], ["Kabul", "x", None]],
          wrong="A1 B1 B2 C2", change=merge("B1:C1")),
    Sheet("a group above its provinces", [["group", "in"], ["Taliban", None], [None, "Kabul"], [None, "Kunar"]],
          wrong="A2 B3 B4"),
    Sheet("cells left empty that mean the one above", [["group", "in"], ["Taliban", "Kabul"], [None, "Kunar"]],
          wrong="B3"),
    Sheet("provinces across", [["Group", "Kabul", "Kunar"], ["Taliban", "x", "x"]], wrong="B1 C1"),
    Sheet("a legend beside it", [[*HEAD, None, "Legend"], ["Kabul", "x", "x", None, "x = present"]], wrong="E1"),
    Sheet("yes and no", [HEAD, ["Kabul", "Yes", "No"], ["Kunar", "yes", "?"]], wrong="C2 C3"),
    Sheet("sources beside marks", [[*HEAD, "Source"], ["Kabul", "x", None, "UN"], ["Kunar", None, "x", "AAN"]], BOTH),
    Sheet("hedges beside marks", [HEAD, ["Kabul", "x (reportedly)", "x"]], wrong="B2"),
    Sheet("levels beside marks", [HEAD, ["Kabul", "x", "Cells"], ["Kunar", "Cells", None]], wrong="B2"),
    Sheet("districts in brackets", [HEAD, ["Kabul (Sarobi)", "x", "x"]], wrong="A2"),
    Sheet("a column of districts", [["Province", "District", "Taliban"], ["Kabul", "Sarobi", "x"]], wrong="B1"),
    Sheet("several provinces in a cell", [["group", "in"], ["Taliban", "Kabul, Kunar and Khost"]], wrong="B2"),
    Sheet("counts", [HEAD, ["Kabul", 12, 3], ["Kunar", 0, "x"]], wrong="B2 C2 B3"),
    Sheet("an empty column first", [[None, *row] for row in MATRIX], BOTH),
    Sheet("years for groups", [["Province", "2019", "2020"], ["Kabul", "x", "x"]], wrong="B1 C1", told="A2"),
    Sheet("a struck and a hidden row", [["group", "in"], ["ISKP", "Kunar"], ["TTP", "Khost"], ["Taliban", "Kabul"]],
          (("iskp", "AF-KNR"),), told="A4 A3", change=strike_and_hide),
    Sheet("a group that is struck out", MATRIX, (TALIBAN,), told="C1 A3", change=strike_group),
    Sheet("letters for marks", [HEAD, ["Kabul", "P", "A"], ["Kunar", "A", "P"]], wrong="B2 C2 B3 C3"),
    Sheet("words that deny", [HEAD, ["Kabul", "Cells", "Not present"], ["Kunar", "unknown", "Cells"]], wrong="C2 B3"),
    Sheet("who controls what", [["Province", "Control"], ["Kabul", "Government"]], wrong="B1", told="A2"),
    Sheet("a header on two lines", [["Province", "Taliban\n(Afghan)"], ["Kabul", "x"]], (("taliban-afghan", "AF-KAB"),),
          told="B1"),
    Sheet("a cell that repeats in words", [["group", "in"], ["Taliban", "Kabul"], ["ISKP", "ditto"]], wrong="B3"),
]  # fmt: skip


def list_cells(said: Sequence[str]) -> str:
    return " ".join(each.partition("!")[2].partition(":")[0] for each in said)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_of_people(sheet: Sheet) -> None:
    data = make_book(sheet.rows, sheet.change, "Sheet1")
    if sheet.claims:
        assert tuple(claim[:2] for claim in list_claims(data, **sheet.taking)) == tuple(sorted(sheet.claims))
        assert list_cells(list_told(data, **sheet.taking)) == sheet.told
    else:
        said = explain(data, **sheet.taking)
        assert list_cells([each for each in said if each.startswith("error")]) == sheet.wrong
        assert list_cells([each for each in said if each.startswith("warning")]) == sheet.told


def test_there_are_thirty() -> None:
    assert len({sheet.name for sheet in SHEETS}) >= 30
