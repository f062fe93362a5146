"""Spreadsheets as people make them: what is understood, and what is refused with its cell and a remedy."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.safe_zip import LARGEST_ARCHIVE, MOST_ENTRIES
from geo.read.sheets.file_to_grids import parse_spreadsheet
from geo.read.sheets.grids_to_table import Assembled, assemble_table
from tests.daily import takes_long

Rows = Sequence[Sequence[Any]]
HEAD = ["group", "in"]


def make_book(rows: Rows, change: Callable[[Any], object] = lambda page: None, name: str = "presence") -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = name
    for row in rows:
        page.append(list(row))
    change(page)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def make_zip(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def take(data: bytes | str, **options: Any) -> Assembled:
    data = data.encode() if isinstance(data, str) else data
    return assemble_table(parse_spreadsheet(data, "t", **options), read_gazetteer())


def explain(data: bytes | str, **options: Any) -> list[str]:
    with pytest.raises(TableError) as caught:
        take(data, **options)
    return [str(problem) for problem in caught.value.problems]


def list_records(data: bytes | str, **options: Any) -> list[tuple[tuple[str, ...], tuple[str, ...], str, str]]:
    records = take(data, **options).table.records
    return [(record.groups, record.place.units, record.level, record.finding) for record in records]


RED = (("red",), ("AF-KAB",), "reported", "present")


@pytest.mark.parametrize(
    ("data", "records"),
    [
        ("group,in\nRed,Kabul\n", [RED]),
        ("\ufeffGroup, IN \r\nRed,Kabul\r\n", [RED]),
        ("group,in\n,\n\nRed,Kabul\n,\n", [RED]),
        ("group,in\nred; Blue,Kabul; Kunar\n", [(("red", "blue"), ("AF-KAB", "AF-KNR"), "reported", "present")]),
        ('group,in\nRed,"Kabul, Kunar"\n', [(("red",), ("AF-KAB", "AF-KNR"), "reported", "present")]),
        ("#group+id,#adm1+name\nRed,Kabul\n", [RED]),
        ("Who,Where\n#org +name,#adm1\nRed,Kabul\n", [RED]),
        ("group,in\n#group,#adm1\nRed,Kabul\n", [RED]),
        ("group,in,level\nRed,Kabul,Sleeper Cells\n", [(("red",), ("AF-KAB",), "sleeper-cells", "present")]),
        ("province,Red,Blue\nKabul,x,\nKunar,X,absent\n", [
            (("red",), ("AF-KAB", "AF-KNR"), "reported", "present"), (("blue",), ("AF-KNR",), "reported", "absent")]),
        ("Province,Red\nKabul,Cells\nKunar,camps\n", [
            (("red",), ("AF-KAB",), "cells", "present"), (("red",), ("AF-KNR",), "camps", "present")]),
        (make_book([HEAD, ["Red", "Kabul"]], name="Sheet1"), [RED]),
        (make_book([HEAD, ["Red", "Kabul"]], lambda page: page.parent.create_sheet("Empty")), [RED]),
        (make_book([HEAD, [], [], ["Red", "Kabul"]]), [RED]),
    ],
)  # fmt: skip
def test_what_is_understood(data: bytes | str, records: list[Any]) -> None:
    assert list_records(data) == records


@pytest.mark.parametrize(
    ("value", "form", "observed"),
    [
        (date(2020, 6, 14), "yyyy-mm-dd", "2020-06-14"),
        (datetime(2020, 6, 14), "dd/mm/yyyy", "2020-06-14"),
        (date(2020, 6, 1), "mmm-yy", "2020-06"),
        (date(2020, 6, 1), 'yyyy" day"', "2020"),
        (2020, "General", "2020"),
        ("2020-06", "@", "2020-06"),
    ],
)
def test_a_day_is_as_precise_as_its_cell_shows_it(value: Any, form: str, observed: str) -> None:
    def change(page: Any) -> None:
        page["C2"].number_format = form

    data = make_book([[*HEAD, "observed"], ["Red", "Kabul", value]], change)
    assert [str(record.evidence.observed) for record in take(data).table.records] == [observed]


def test_numbers_and_truth_values_are_texts() -> None:
    data = make_book([["group", "unlocated", "nationwide", "page"], ["Red", 3.0, None, 12], ["Red", None, True, 4.5]])
    records = take(data).table.records
    assert [(each.place.kind, each.evidence.page) for each in records] == [("unlocated", "12"), ("nationwide", "4.5")]


def test_what_is_not_defined_is_made_and_told() -> None:
    rows = "Red Group,Kabul,Cells,A UN report\nred  group,Kunar,cells,A UN report\n"
    made = take(f"group,in,level,source\n{rows}").made
    assert [(each.kind, each.id, each.name) for each in made] == [
        ("level", "cells", "Cells"), ("source", "a-un-report", "A UN report"), ("group", "red-group", "Red Group"),
    ]  # fmt: skip


def test_a_sheet_that_defines_is_complete() -> None:
    def change(page: Any) -> None:
        groups = page.parent.create_sheet("groups")
        groups.append(["id", "name"])
        groups.append(["red", "Red Group"])

    said = explain(make_book([HEAD, ["red", "Kabul"], ["reed", "Kabul"]], change))
    assert said == ["t:presence!A3: unknown group 'reed'; expected one defined under `groups`; nearest: red"]


SERIAL = (
    "as which a spreadsheet stores the day 2020-06-14; expected a date: format the column as text and write 2020-06-14"
)
AGAIN = "expected a workbook saved again as .xlsx"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (make_book([HEAD, ["Red", "Kabul"], [None, "Kunar"]], lambda page: page.merge_cells("A2:A3")),
         ["t:presence!A2: the merged cells A2:A3; expected each cell by itself: unmerge them and fill each"]),
        (make_book([[*HEAD, "observed"], ["Red", "Kabul", 43996]]), [f"t:presence!C2: the number 43996, {SERIAL}"]),
        ("group,in,observed\nRed,Kabul,43996.0\n", [f"t:C2: the number 43996.0, {SERIAL}"]),
        (make_book([[*HEAD, "observed"], ["Red", "Kabul", datetime(2020, 6, 14, 12)], ["Red", "Kunar", time(8)]]),
         ["t:presence!C2: the time of day 2020-06-14 12:00:00; expected a day alone, without a time",
          "t:presence!C3: the time 08:00:00; expected text, a number or a day"]),
        (make_book([HEAD, ["Red", "=A1"], ["#REF!", "Kunar"]]),
         ["t:presence!B2: a formula; expected its value: copy the cells and paste them as values",
          "t:presence!A3: the error #REF!; expected a value"]),
        (make_book([HEAD, HEAD, ["Red", "Kabul"]]),
         ["t:presence!A2: a second header row; expected one header row, with HXL hashtags below it at most"]),
        ("Groups of 2020,\ngroup,in\nRed,Kabul\n",
         ["t:A1: a row above the header, which is row 2; expected the header in the first row; "
          "delete the rows above it"]),
        ("group,province,foo\nRed,Kabul,x\n",
         ["t:B1: unknown column 'province'; expected `in`",
          "t:C1: unknown column 'foo'; expected one of as_written, basis, changed.date, changed.internal, "
          "changed.reason, confidence, finding, grade, id, in, internal, level, locator.internal, locator.prefix, "
         "locator.suffix, nationwide, note, observed, "
          "observed.from, observed.internal, observed.to, open_list, page, quote, region, source, trend, unlocated, "
          "unlocated.best, unlocated.high, unlocated.internal, unlocated.low, via; or delete it"]),
        ("group,in,group\nRed,Kabul,Blue\n", ["t:C1: the column `group` a second time; expected each column once"]),
        ("group,in\nRed,Kabul,x\n",
         ["t:C2: a value under no header; expected a header in this column, or an empty cell"]),
        ("group;in\nRed;Kabul\n",
         ["t:A1: one cell that holds the whole row, parted by semicolons; expected cells parted by ',', "
          "or --separator semicolon"]),
        ("group,in\nRéd,Kabul\nBlue,Kabül\n".encode("latin-1"),
         ['t:A2: the byte 0xe9 is not UTF-8; expected a file saved as "CSV UTF-8 (comma delimited)", or as .xlsx',
          't:B3: the byte 0xfc is not UTF-8; expected a file saved as "CSV UTF-8 (comma delimited)", or as .xlsx']),
        ("group,in\nRed,Kabul\n".encode("utf-16"),
         ['t:A1: the file is not UTF-8 but UTF-16 or no text at all; '
          'expected a file saved as "CSV UTF-8 (comma delimited)", or as .xlsx']),
        ('group,in\n"Red,Kabul\nBlue,Kunar\n',
         ["t:A2: no CSV: a quote that is never closed, or one inside a cell, about line 3; "
          'expected cells with "quotes" whole in quotes and each quote in them doubled']),
        ("group,in\nRed,Kab\x07ul\n", ["t:B2: the unprintable character U+0007; expected text without it; delete it"]),
        ("group,in\n\"Red, Blue\",Kabul\n",
         ["t:A2: 'Red, Blue', a comma in the name of a group; expected ; between groups, "
          "or a sheet of groups that defines it"]),
        ("group,in,observed\nRed,Kabull,2020\n,Kabul,\nRed,Kabul and Kunar,03/04/2020\nRed,Kunar,2020\n",
         ["t:B2: unknown province 'Kabull'; expected a province, not a district or town; nearest: Kabul, Zabul",
          "t:B3: a record without `group`; expected `group`",
          "t:B4: 'Kabul and Kunar', several in one text; expected semicolons: Kabul; Kunar",
          "t:C4: '03/04/2020', where day and month could be either; "
          "expected a date as YYYY, YYYY-MM or YYYY-MM-DD, here 2020-04-03 or 2020-03-04"]),
        ("group,in,observed,observed.from\nRed,Kabul,2020,2019\n",
         ["t:D2: `observed` beside `observed.from`; expected one of the two"]),
        ("province,Red\nKabul,0\nKunar,7\nKabull,x\n",
         ["t:B2: '0', which may mean that none is there or that nobody looked; "
          "expected an empty cell where no record says anything, `absent` for looked and not found",
          "t:B3: the number '7', which is no level; expected x, the name of a level, `absent` or `inconclusive`",
          "t:A4: unknown province 'Kabull'; expected a province, not a district or town; nearest: Kabul, Zabul"]),
        (make_book([HEAD, ["Red", "Kabul"]], lambda page: page.parent.create_sheet("Notes").append(["x"]), "Data"),
         ["t:Notes!A1: a second sheet for presence; the first is Data; "
          "expected one of them; choose with --sheet NAME, or name the sheets after the parts of a table"]),
        (make_book([HEAD, ["Red", "Kabul"]], lambda page: page.parent.create_sheet("Notes").append(["x"])),
         ["t:Notes!A1: the sheet 'Notes', which is no part of a table; expected one of presence, translations, levels, "
          "sources, groups, strength, of_which, statements, regions, relations, changes, table, or --sheet NAME to "
          "take one alone"]),
        ("", ["t:A1: a table without a record, whose map would read as if no group were present; "
              "expected a record, or --allow-empty"]),
        (b"%PDF-1.7", ["t: no spreadsheet but a PDF, a picture or the like; expected CSV or an .xlsx workbook"]),
        (b"\xd0\xcf\x11\xe0" + bytes(99),
         ["t: an old .xls workbook, or one with a password; expected a workbook saved as .xlsx without a password"]),
        (b"PK\x03\x04 and no more", [f"t: a damaged workbook; {AGAIN}"]),
        (make_zip({"content.xml": b"<a/>"}),
         ["t: an OpenDocument spreadsheet; expected a workbook saved as .xlsx"]),
        (make_zip({"a.txt": b"x"}), ["t: an archive that is no workbook; expected a workbook saved as .xlsx"]),
        (make_zip({"xl/workbook.xml": b"<a/>"}), [f"t: a damaged workbook; {AGAIN}"]),
        (make_zip({"../evil": b"x"}), [f"t: a workbook with a part that leads out of it; {AGAIN}"]),
        (make_zip({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
         [f"t: a workbook whose XML defines entities, which can swell; {AGAIN}"]),
        (make_zip({"xl/workbook.xml": b'<?xml version="1.0" encoding="cp037"?><a/>'}),
         [f"t: a workbook whose XML is not UTF-8; {AGAIN}"]),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes | str, said: list[str]) -> None:
    assert explain(data) == said


SMALLER = "the cells that matter copied into a new workbook, which leaves empty rows and styles behind"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (
            make_zip({str(number): b"x" for number in range(MOST_ENTRIES + 1)}),
            "a workbook of 51 parts; expected at most 50",
        ),
        (make_zip({"a": bytes(5_000_000)}), "times its size; expected at most 100 times"),
    ],
    ids=["entries", "packing"],
)
def test_a_bomb_is_refused_unopened(data: bytes, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("opened"))
    [said] = explain(data)
    assert found in said
    assert said.endswith(SMALLER)


def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further() -> None:
    bomb = bytearray(make_zip({"xl/workbook.xml": bytes(300_000_000)}))
    at = bomb.index(b"PK\x01\x02") + 24  # the size in the list of contents
    bomb[at : at + 4] = (20_000_000).to_bytes(4, "little")
    tracemalloc.start()
    said = explain(bytes(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == [f"t: a damaged workbook; {AGAIN}"]
    assert peak < 100_000_000


def test_an_unusual_packing_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert explain(packed.getvalue()) == [f"t: a workbook packed in an unusual way; {AGAIN}"]


def test_an_archive_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.read.common.safe_zip.LARGEST_ARCHIVE", 1000)
    assert "unpacks to" in explain(make_zip({"a": bytes(range(256)) * 8}))[0]
    assert LARGEST_ARCHIVE == 200_000_000


@takes_long
def test_a_million_empty_rows_are_no_rows() -> None:
    assert list_records("group,in\nRed,Kabul\n" + ",\n" * 1_000_000) == [RED]
    assert "more than 1,048,576 rows" in explain("group,in\n" + ",\n" * 1_048_577)[0]


def test_a_cell_far_away_is_found_or_refused() -> None:
    far = make_book([HEAD, ["Red", "Kabul"]], lambda page: page.cell(900_000, 2, "Kunar"))
    assert explain(far) == ["t:presence!B900000: a record without `group`; expected `group`"]
    beyond = zipfile.ZipFile(io.BytesIO(make_book([HEAD, ["Red", "Kabul"]])))
    parts = {name: beyond.read(name).replace(b'"B2"', b'"ZZZZZ2"') for name in beyond.namelist()}
    assert explain(make_zip(parts)) == [f"t:presence!A2: a cell beyond column XFD or row 1,048,576; {AGAIN}"]


def test_one_sheet_can_be_chosen() -> None:
    data = make_book([HEAD, ["Red", "Kabul"]], lambda page: page.parent.create_sheet("Notes").append(["x"]), "Data")
    assert list_records(data, only="Data") == [RED]
    assert explain(data, only="data") == ["t: no sheet 'data'; expected one of Data, Notes; nearest: Data"]
    assert explain("group,in\n", only="a") == [
        "t: a CSV, which has no sheet 'a'; expected --sheet with a workbook, or no --sheet"
    ]


@pytest.mark.parametrize(("separator", "sign"), [("semicolon", ";"), ("tab", "\t")])
def test_other_separators_are_taken_when_asked_for(separator: str, sign: str) -> None:
    assert list_records(f"group{sign}in\nRed{sign}Kabul\n", separator=separator) == [RED]


def test_what_is_internal_is_not_told() -> None:
    said = explain(
        "group,in,internal\nRed,Kabull,Zq7secret\n,Kabul,Zq7secret\nRed,Kabul,Zq7secret\nRed,Kabul,Zq7secret\n"
    )
    assert len(said) == 3
    assert "Zq7secret" not in "".join(said)


def test_rows_that_belong_to_nothing_are_named() -> None:
    def change(page: Any) -> None:
        for name, rows in {
            "groups": [["id", "name"], ["red", "Red"], ["red", "Red again"], [None, "No id"]],
            "strength": [
                ["group", "number", "best", "counts"],
                ["red", 1, 5, "x"],
                ["red", 1, 6, "y"],
                ["blue", 1, 5, "z"],
            ],
            "of_which": [["group", "strength", "best", "counts"], ["red", 2, 5, "x"]],
            "table": [["key", "value"], ["titel", "x"], ["as_of", "2020"], ["as_of", "2021"], [None, "x"]],
        }.items():
            sheet = page.parent.create_sheet(name)
            for row in rows:
                sheet.append(row)

    said = explain(make_book([HEAD, ["red", "Kabul"]], change))
    assert said == [
        "t:groups!A3: the id 'red' a second time; expected it once; it already stands in row 2",
        "t:groups!B4: a row without an id; expected an id in the column `id`",
        "t:strength!B3: the number '1' a second time; expected each number once a group",
        "t:strength!A4: a row of 'blue', which no sheet has; expected `group` of a row that is there",
        "t:of_which!A2: a row of 'red' '2', which no sheet has; expected `group` and `strength` of a row that is there",
        "t:table!A2: unknown key 'titel'; expected one of version, title, subtitle, headline, byline, authors, "
        "licence, alt, calendar, as_of, not_applicable; "
        "nearest: title, subtitle",
        "t:table!A4: the key 'as_of' a second time; expected it once",
        "t:table!B5: a value without a key; expected a key in the column `key`",
    ]
