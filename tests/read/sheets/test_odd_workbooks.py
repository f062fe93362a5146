"""Workbooks that no spreadsheet program writes: read rightly, or refused with the place and what helps."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl.chart import BarChart

from geo.read.sheets.cells import MOST_CELLS, MOST_TEXT
from geo.read.sheets.xlsx_checks import MOST_MERGED, MOST_SPREAD
from tests.read.sheets.test_file_to_grids import (
    AGAIN,
    HEAD,
    RED,
    SMALLER,
    explain,
    list_records,
    make_book,
    make_zip,
    take,
)

SHEET, STYLES, LINKS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
UNMERGED = "expected each cell by itself: unmerge them and fill each"
WHOLE = "expected a whole copy of the workbook"
KUNAR = (("red",), ("AF-KNR",), "reported", "present")
BOOK = make_book([HEAD, ["Red", "Kabul"], ["Red", "Kunar"]])


def unpack(book: bytes = BOOK) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def alter(changes: Mapping[str, str], part: str = SHEET, book: bytes = BOOK) -> bytes:
    parts = unpack(book)
    for old, new in changes.items():
        assert old.encode() in parts[part], old
        parts[part] = parts[part].replace(old.encode(), new.encode())
    return make_zip(parts)


def merge(*areas: str, count: int | None = None) -> bytes:
    listed = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return alter({"</sheetData>": f'</sheetData><mergeCells count="{count or len(areas)}">{listed}</mergeCells>'})


def drop(part: str) -> bytes:
    return make_zip({name: data for name, data in unpack().items() if name != part})


def add_chart(page: Any) -> None:
    page.parent.create_chartsheet("Chart").add_chart(BarChart())


def add_sheet(page: Any) -> None:
    page.parent.create_sheet("Second").append(["group", "in"])


TWO = make_book([HEAD, ["Red", "Kabul"]], add_sheet)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (alter({'<row r="3"': '<row r="2"', 'r="A3"': 'r="A2"', 'r="B3"': 'r="B2"'}),
         f"t:presence!A2: row 2 a second time; {AGAIN}"),
        (alter({'<row r="2"': '<row r="4"', 'r="A2"': 'r="A4"', 'r="B2"': 'r="B4"'}),
         f"t:presence!A3: row 3 after row 4; {AGAIN}"),
        (alter({'<row r="3"': '<row r="0"'}), f"t:presence!A2: the row '0', which is no number; {AGAIN}"),
        (alter({'<row r="3"': '<row r="3.0"'}), f"t:presence!A2: the row '3.0', which is no number; {AGAIN}"),
        (alter({'<row r="3"': '<row r="٣"'}), f"t:presence!A2: the row '٣', which is no number; {AGAIN}"),
        (alter({'<row r="3"': '<row r="9999999999"'}),
         f"t:presence!A2: a cell beyond column XFD or row 1,048,576; {AGAIN}"),
        (alter({'r="B3"': 'r="A3"'}), f"t:presence!A3: the cell A3 a second time; {AGAIN}"),
        (alter({'r="A3"': 'r="C3"'}), f"t:presence!B3: the cell B3 after C3; {AGAIN}"),
        (alter({'r="B3"': 'r="B2"'}), f"t:presence!A3: the cell B2 in row 3; {AGAIN}"),
        (alter({'r="B3"': 'r="b3"'}), f"t:presence!A3: the cell 'b3', which is no address; {AGAIN}"),
        (alter({'r="B3"': 'r="$B$3"'}), f"t:presence!A3: the cell '$B$3', which is no address; {AGAIN}"),
        (merge("A3:A2"), f"t:presence!A2: the merged cells A2:A3; {UNMERGED}"),
        (merge("B3:A2"), f"t:presence!A2: the merged cells A2:B3; {UNMERGED}"),
        (merge("$A$2:$A$3"), f"t:presence!A2: the merged cells A2:A3; {UNMERGED}"),
        (merge("A:A"), f"t:presence!A1: the merged cells A1:A1048576; {UNMERGED}"),
        (merge("2:3"), f"t:presence!A2: the merged cells A2:XFD3; {UNMERGED}"),
        (merge("A2:B3", "B3:C4"), f"t:presence!B3: the merged cells A2:B3 and B3:C4, which overlap; {UNMERGED}"),
        (merge("E5:F6", "E5:F6"), f"t:presence!E5: the merged cells E5:F6 and E5:F6, which overlap; {UNMERGED}"),
        (merge("C2:C9", "G1:G2", "A6:D6"),
         f"t:presence!A6: the merged cells C2:C9 and A6:D6, which overlap; {UNMERGED}"),
        (merge(""), f"t:presence!A1: the merged cells '', which are no area; {AGAIN}"),
        (merge("A2:B"), f"t:presence!A1: the merged cells 'A2:B', which are no area; {AGAIN}"),
        (merge("A2:A3 B2:B3"), f"t:presence!A1: the merged cells 'A2:A3 B2:B3', which are no area; {AGAIN}"),
        (merge("A2:ZZZ3"), f"t:presence!A1: the merged cells 'A2:ZZZ3', which are no area; {AGAIN}"),
        (merge(*(f"F{line}:G{line}" for line in range(1, MOST_MERGED + 2))),
         f"t:presence!F10001: more than 10,000 merged areas; {UNMERGED}"),
        (drop(SHEET), f"t: the sheet 'presence', whose part 'xl/worksheets/sheet1.xml' is missing; {WHOLE}, "
                      "or --sheet NAME to take another alone"),
        (alter({' r:id="rId1"': ""}, "xl/workbook.xml"),
         f"t: the sheet 'presence', whose part is not named; {WHOLE}, or --sheet NAME to take another alone"),
        (drop(STYLES), f"t: a workbook whose part xl/styles.xml is missing; {WHOLE}"),
        (alter({"styles.xml": "looks.xml"}, LINKS),
         f"t: a workbook whose styles stand in 'xl/looks.xml'; {AGAIN}"),
        (alter({"Second": "presence"}, "xl/workbook.xml", TWO),
         "t: two sheets called 'presence'; expected a workbook in which each sheet has a name of its own"),
        (alter({"sheet2.xml": "sheet1.xml"}, LINKS, TWO),
         f"t: the sheets 'presence' and 'Second', which are one part; {AGAIN}"),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, said: str) -> None:
    assert explain(data) == [said]


@pytest.mark.parametrize(
    "data",
    [
        alter({f' r="{each}{line}"': "" for each in "AB" for line in (1, 2, 3)}),
        alter({f'<row r="{line}"': "<row" for line in (1, 2, 3)}),
        alter({'<row r="3">': '</sheetData><sheetData/><sheetData><row r="3">'}),
        alter({'<row r="3">': '</sheetData><x/><row r="3">', "</row></sheetData><p": "</row><p"}),
        merge("A1", "B2:B2"),
        merge("E5:E6", "F5:F6", "E7:F7", "E8:F8"),
        merge("F9:E4"),
        merge("AA:AC"),
        make_book([HEAD, ["Red", "Kabul"], ["Red", "Kunar"]], add_chart),
    ],
    ids=["cells", "rows", "in parts", "astray", "one cell", "beside", "reversed beside", "columns beside", "chart"],
)  # fmt: skip
def test_what_is_read_rightly(data: bytes) -> None:
    assert list_records(data) == [RED, KUNAR]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("<row hidden = '1' r='3'>", "row 3 is hidden"),
        ('<row hidden="&#49;" r="3">', "row 3 is hidden"),
        ('<row ht="0.00" r="3">', "row 3 is hidden"),
        ('<!-- <row r="2" hidden="1"> --><row r="3">', ""),
        ('<row hidden="0" ht="15" r="3">', ""),
    ],
)
def test_rows_are_hidden_however_it_is_written(written: str, told: str) -> None:
    found = take(alter({'<row r="3">': written}, book=BOOK))
    assert [str(each) for each in found.told if "hidden" in str(each)] == (
        [f"t:presence!A3: {told}, and left out; expected none hidden, or --hidden to take all"] if told else []
    )
    assert len(found.table.records) == (1 if told else 2)


def test_a_sheet_beside_one_that_is_missing_can_be_taken() -> None:
    parts = {name: data for name, data in unpack(TWO).items() if name != "xl/worksheets/sheet2.xml"}
    assert "the sheet 'Second', whose part" in explain(make_zip(parts))[0]
    assert list_records(make_zip(parts), only="presence") == [RED]


def store(parts: Mapping[str, bytes]) -> bytes:
    """Pack without making smaller, so that nothing counts as packed too strongly."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def put_rows(rows: str) -> dict[str, bytes]:
    return unpack() | {SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()}


def share(rows: str, text: str) -> dict[str, bytes]:
    """Put rows beside the one text that they share."""
    kinds = unpack()["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    texts = f'<sst xmlns="{MAIN}"><si>{text}</si></sst>'.encode()
    return put_rows(rows) | {"[Content_Types].xml": kinds, "xl/sharedStrings.xml": texts}


def swell(letters: int, cells: int, *, fonts: bool) -> bytes:
    text = f"<t>{'a' * letters}</t>"
    rows = "".join(f'<row r="{line}"><c r="A{line}" t="s"><v>0</v></c></row>' for line in range(1, cells + 1))
    return store(share(rows, f"<r>{text}</r><r><rPr><b/></rPr><t>b</t></r>" if fonts else text))


def test_texts_that_are_missing_are_told() -> None:
    parts = share('<row><c t="s"><v>0</v></c></row>', "<t>group</t>")
    assert explain(store(parts)) != [f"t: a damaged workbook; {AGAIN}"]
    del parts["xl/sharedStrings.xml"]
    assert explain(store(parts)) == [f"t: a damaged workbook; {AGAIN}"]


@pytest.mark.parametrize("fonts", [False, True])
def test_texts_that_swell_are_refused_where_they_are_too_many(fonts: bool) -> None:
    data = swell(4_000_000, 1_000, fonts=fonts)
    tracemalloc.start()
    said = explain(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert MOST_TEXT == 64_000_000
    line = 16 if fonts else 17
    found = "more than 64,000,000 letters in all cells together; expected a smaller table, or shorter texts"
    assert said == [f"t:presence!A{line}: {found}"]
    assert peak < 150_000_000


def test_cells_and_letters_of_all_sheets_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.read.sheets.xlsx_reader.MOST_CELLS", 5)
    assert MOST_CELLS == 2_000_000
    assert explain(TWO) == ["t:Second!A1: more than 5 cells; expected a smaller table"]
    monkeypatch.setattr("geo.read.sheets.xlsx_reader.MOST_CELLS", 6)
    monkeypatch.setattr("geo.read.sheets.xlsx_reader.MOST_TEXT", len("groupinRedKabulgroup"))
    assert explain(TWO)[0].startswith("t:Second!B1: more than 20 letters in all cells together")


def test_empty_rows_that_reach_far_are_not_gone_through() -> None:
    begun = time.process_time()
    said = explain(store(put_rows("".join(f'<row><c r="XFD{line}"/></row>' for line in range(1, 100_001)))))
    found = f"rows that reach over {MOST_SPREAD:,} places, most of them empty"
    assert said == [f"t:presence!XFD3052: {found}; expected {SMALLER}"]
    assert time.process_time() - begun < 5


def test_a_million_merged_cells_are_refused_without_delay() -> None:
    data = merge(*(f"A{line}" for line in range(1, 1_000_001)))
    begun = time.process_time()
    tracemalloc.start()
    said = explain(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == [f"t:presence!A10001: more than 10,000 merged areas; {UNMERGED}"]
    assert time.process_time() - begun < 5
    assert peak < 150_000_000


def test_merged_cells_stand_for_each_other_within_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.read.sheets.sheet_reader.MOST_CELLS", 3)
    assert explain(merge("A2:B3")) == [f"t:presence!A2: merged cells that stand for more than 3; {UNMERGED}"]
