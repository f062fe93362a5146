"""Sheets that once were taken for what they are not; each test is named after its case."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from geo.errors import TableError
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.sheets.column_choices import ColumnChoices
from geo.read.sheets.file_to_grids import parse_spreadsheet
from geo.read.sheets.grids_to_table import Assembled, assemble_table
from tests.read.sheets.test_file_to_grids import make_book, make_zip

GAZETTEER = read_gazetteer()
Rows = Sequence[Sequence[Any]]


def take(data: bytes | str, *, hidden: bool = False, struck: bool = False, **taking: Any) -> Assembled:
    data = data.encode() if isinstance(data, str) else data
    grids = parse_spreadsheet(data, "t", hidden=hidden, struck=struck)
    return assemble_table(grids, GAZETTEER, taking=ColumnChoices(**taking))


def explain(data: bytes | str, **taking: Any) -> list[str]:
    with pytest.raises(TableError) as caught:
        take(data, **taking)
    return [f"{each.severity} {each}" for each in caught.value.problems]


def list_claims(data: bytes | str, **taking: Any) -> list[tuple[str, str, str]]:
    records = take(data, **taking).table.records
    return sorted((group, unit, each.level) for each in records for group in each.groups for unit in each.place.units)


def list_told(data: bytes | str, **taking: Any) -> list[str]:
    return [str(each) for each in take(data, **taking).told]


PCODES = "province,pcode,Red,Blue\nKabul,AF01,Reported,\nKunar,AF15,,Reported\nKhost,AF14,,\n"


def test_matrix_pcode() -> None:
    assert list_claims(PCODES) == [("blue", "AF-KNR", "reported"), ("red", "AF-KAB", "reported")]
    assert list_told(PCODES) == ["t:A4: without a mark, and so without a record: Khost; expected a mark, or no row"]
    assert explain(PCODES.replace("AF15", "AF14").replace("AF01", "AF99")) == [
        "error t:B2: 'AF99' is no province, beside 'Kabul' in A2; expected the same province in both, "
        "or --ignore pcode",
        "error t:B3: 'AF14' is Khost, beside 'Kunar' in A3; expected the same province in both, or --ignore pcode",
        "warning t:A4: without a mark, and so without a record: Khost; expected a mark, or no row",
    ]


@pytest.mark.parametrize(
    "data",
    [
        "code,name,Red\nAF-KAB,Kabul,x\n",
        "ADM1_PCODE,ADM1_EN,Red\nAF01,Kabul,x\n",
        "ISO 3166-2,Provinz,Red\nAF-KAB,Kabul,x\n",
        "Adm1 PCode,Red\nAF01,x\n",
        "group,in,pcode,level\nRed,Kabul,AF01,reported\n",
        "group,pcode,in,level\nRed,,Kabul,reported\n",
    ],
)
def test_matrix_name(data: str) -> None:
    assert [claim[:2] for claim in list_claims(data)] == [("red", "AF-KAB")]


def test_a_bare_p_code_under_another_header_stays_refused() -> None:
    assert "'AF01', a code with two meanings" in explain("code,Red\nAF01,x\n")[0]


def test_matrix_notes() -> None:
    data = "province,Red,Blue,Notes\nKabul,x,,seen in 2020\nKunar,,x,\n"
    assert explain(data) == [
        "error t:D1: 'Notes', a column that can be no group; expected --ignore Notes or --column Notes=note; "
        "or x and levels in it"
    ]
    assert list_claims(data, ignore=["notes"]) == list_claims(data, columns={"Notes": "note"})
    records = take(data, columns={"Notes": "note"}).table.records
    assert [record.evidence.note for record in records] == ["seen in 2020", None]


@pytest.mark.parametrize(
    ("column", "way"),
    [
        ("Type of presence,Cells", '--column "Type of presence=level"'),
        ("Population,5029850", "--ignore Population"),
        ("Total,2", "--ignore Total"),
        ("% of districts,45%", '--ignore "% of districts"'),
        ("Date of report,2020", '--column "Date of report=observed"'),
        ("Region,Capital", "--ignore Region"),
        ("Remarques,vu en 2020", "--ignore Remarques"),
        ("Bemerkung,war wohl nur einmal da", "--column Bemerkung=note"),
    ],
)
def test_a_column_that_can_be_no_group(column: str, way: str) -> None:
    head, cell = column.split(",")
    [said] = [each for each in explain(f"province,Red,Blue,{head}\nKabul,x,x,{cell}\nKunar,x,,\n") if ":D1:" in each]
    assert "can be no group" in said
    assert way in said


@pytest.mark.parametrize("head", ["Red Group", "Islamic State - Khorasan Province", "055 Brigade", "Islamic Group"])
def test_a_column_of_a_group_is_left_alone(head: str) -> None:
    assert len(list_claims(f"province,{head},Blue\nKabul,Sleeper cells,Camps\nKunar,Camps,\n")) == 3


def test_matrix_same_header() -> None:
    assert explain("province,Red,Red\nKabul,x,absent\n") == [
        "error t:C1: the column 'Red' a second time, after B1; expected each column once: rename or delete one, "
        "--ignore B or --ignore C"
    ]
    assert list_claims("province,Red,Red\nKabul,x,absent\n", ignore=["C"]) == [("red", "AF-KAB", "reported")]
    assert "after B1" in explain("province,Red, RED \nKabul,x,absent\n")[0]


def test_null_words() -> None:
    rows = "Red,Kabul,NaN,nan\nnan,Kunar,#REF!,#N/A\nNone,Khost,NULL,unknown\nN/A,Herat,Reported,n/a\n"
    said = explain(f"group,in,level,source\n{rows}")
    places = [(each.split()[0], each.split()[1].strip(":")) for each in said]
    assert places == [
        ("warning", "t:C2"), ("warning", "t:D2"), ("error", "t:A3"), ("error", "t:C3"), ("warning", "t:D3"),
        ("error", "t:A4"), ("warning", "t:C4"), ("warning", "t:D4"), ("error", "t:A5"), ("warning", "t:D5"),
    ]  # fmt: skip
    data = "group,in,level,source\nRed,Kabul,NaN,nan\nRed,Kunar,Cells,unknown\n"
    table = take(data).table
    assert [record.evidence.source for record in table.records] == [None, "unknown"]
    assert list(table.levels) == ["cells"]


@pytest.mark.parametrize("word", ["Nancy", "Nato", "unknown", "NaN Group"])
def test_a_word_for_something_is_left_alone(word: str) -> None:
    assert len(take(f"group,in,source\n{word},Kabul,{word}\n").table.sources) == 1


def hide(page: Any) -> None:
    page.row_dimensions[3].hidden = True
    page.column_dimensions["F"].hidden = True


RECORDS: Rows = [["group", "in", "level", "source", "observed", "note"],
           ["Red", "Kabul", "Reported", "UN", 2020, "one"],
           ["Blue", "Kunar", "Reported", "UN", 2020, None]]  # fmt: skip


def test_hidden_rows() -> None:
    data = make_book(RECORDS, hide)
    assert list_told(data) == [
        "t:presence!A3: row 3 is hidden, and left out; expected none hidden, or --hidden to take all",
        "t:presence!F1: column F is hidden, and left out; expected none hidden, or --hidden to take all",
    ]
    assert [claim[0] for claim in list_claims(data)] == ["red"]
    assert [claim[0] for claim in list_claims(data, hidden=True)] == ["blue", "red"]
    assert list_told(data, hidden=True) == []


def test_a_hidden_sheet() -> None:
    def change(page: Any) -> None:
        other = page.parent.create_sheet("groups")
        other.append(["id", "name"])
        other.append(["red", "Red Group"])
        other.sheet_state = "hidden"

    data = make_book([["group", "in"], ["red", "Kabul"]], change)
    assert list_told(data) == ["t:groups!A1: the sheet 'groups' is hidden, and left out; expected it deleted, "
                               "or --hidden to take it"]  # fmt: skip
    assert take(data, hidden=True).table.groups["red"].name == "Red Group"


def mark(page: Any) -> None:
    page["A1"].fill = PatternFill("solid", fgColor="FFCCCCCC")  # of a header: decoration
    page["A2"].fill = PatternFill("solid", fgColor="FFFFFFFF")
    for column in "ABCDE":
        page[f"{column}3"].font = Font(strike=True)
    page["A3"].comment = Comment("retracted", "an author")
    page["F2"].font = Font(strike=True)
    page["B2"].fill = page["F3"].fill = PatternFill("solid", fgColor="FFFF0000")
    page["Z90"].fill = PatternFill("solid", fgColor="FFFF0000")


def test_marks() -> None:
    data = make_book(RECORDS, mark)
    assert list_told(data) == [
        "t:presence!F2: struck out, and left out: F2, A3:E3; expected nothing struck out, or --struck to take all",
        "t:presence!B2: filled with #FF0000: B2; a colour is not read; expected what it means as text, and no fill",
        "t:presence!A3: a comment, 'retracted', which is not taken; expected it in `note`, or no comment",
    ]
    assert [(record.groups, record.evidence.note) for record in take(data).table.records] == [(("red",), None)]
    assert "struck" not in " ".join(list_told(data, struck=True))
    assert [record.evidence.note for record in take(data, struck=True).table.records] == ["one", None]


def test_marks_matrix() -> None:
    def change(page: Any) -> None:
        page["B2"].fill = PatternFill("solid", fgColor="FFFF0000")
        page["B3"].font = Font(strike=True)
        page.column_dimensions["C"].hidden = True

    data = make_book(
        [["province", "Red", "Blue"], ["Kabul", None, "x"], ["Kunar", "x", None], ["Khost", "x", None]], change
    )
    told = list_told(data)
    assert [each.split(":")[1] for each in told] == ["presence!C1", "presence!B3", "presence!A2", "presence!B2"]
    assert [claim[:2] for claim in list_claims(data)] == [("red", "AF-KHO")]
    assert [claim[:2] for claim in list_claims(data, struck=True)] == [("red", "AF-KHO"), ("red", "AF-KNR")]


def strike(area: str) -> Callable[[Any], object]:
    def change(page: Any) -> None:
        for row in page[area]:
            for cell in row:
                cell.font = Font(strike=True)

    return change


@pytest.mark.parametrize(
    ("change", "claims"),
    [
        (lambda page: None, "blue AF-KNR, red AF-KAB"),
        (strike("A3:D3"), "red AF-KAB"),
        (lambda page: page.cell(3, 2, CellRichText("Kunar; ", TextBlock(InlineFont(strike=True), "Khost"))),
         "blue AF-KNR, red AF-KAB"),
        (lambda page: page.cell(3, 2, CellRichText("Kunar; ", TextBlock(InlineFont(b=True), "Khost"))),
         "blue AF-KHO, blue AF-KNR, red AF-KAB"),
        (strike("A3:A3"), "t:presence!B3: a record without `group`"),
        (strike("B3:B3"), "t:presence!A3: none of `in`"),
    ],
)  # fmt: skip
def test_what_is_struck_out_is_no_claim(change: Callable[[Any], object], claims: str) -> None:
    data = make_book([row[:4] for row in RECORDS], change)
    if claims.startswith("t:"):
        told, said = explain(data)
        assert "struck out, and left out" in told
        assert said.startswith(f"error {claims}")
    else:
        assert ", ".join(" ".join(claim[:2]) for claim in list_claims(data)) == claims


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LISTED = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def list_texts(data: bytes) -> bytes:
    """Keep the text of B2 where Excel keeps texts: in a list of its own, not on the sheet."""
    [text] = re.findall(rb'<c r="B2" t="inlineStr"><is>(.*?)</is></c>', read_zip(data)["xl/worksheets/sheet1.xml"])
    parts = read_zip(data)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si>'.encode() + text + b"</si></sst>"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", LISTED.encode())
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb'<c r="B2".*?</c>', b'<c r="B2" t="s"><v>0</v></c>', sheet)
    return make_zip(parts)


def read_zip(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("keep", [lambda data: data, list_texts], ids=["on the sheet", "in the list of texts"])
def test_strikes_within_a_text_wherever_a_workbook_keeps_it(keep: Callable[[bytes], bytes]) -> None:
    struck = CellRichText("Kabul; ", TextBlock(InlineFont(strike=True), "Khost; "), "Kunar")
    data = keep(make_book([["group", "in"], ["Red", struck]]))
    assert [claim[:2] for claim in list_claims(data)] == [("red", "AF-KAB"), ("red", "AF-KNR")]
    assert len(list_claims(data, struck=True)) == 3
    assert list_told(data) == [
        "t:presence!B2: struck out, and left out: B2; expected nothing struck out, or --struck to take all"
    ]


def test_a_sheet_that_is_struck_out_as_a_whole() -> None:
    data = make_book([["group", "in"], ["Red", "Kabul"]], strike("A1:B2"))
    told, said = explain(data)
    assert "struck out, and left out: A1:B2" in told
    assert said.startswith("error t:presence!A1: a table without a record")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Al-Qaida", "Al Qaeda"), ("Taliban", "The Taliban"), ("AB", "ÅB"), ("Hezb-e Islami", "Hizb-e Islami"),
     ("Lashkar-e-Taiba", "Lashkar e Taibaa")],
)  # fmt: skip
def test_names_that_are_nearly_alike_are_told_and_can_be_merged(one: str, other: str) -> None:
    data = f"group,in\n{one},Kabul\n{other},Kunar\n"
    [told] = list_told(data)
    assert told.startswith(f"t:A3: the group {other!r}, spelt much like {one!r}; expected one spelling if they are one")
    assert f"{other}={one}" in told
    assert len(take(data).table.groups) == 2
    [group] = take(data, same={other: one}).table.groups.values()
    assert (group.name, group.aliases) == (one, (other,))


@pytest.mark.parametrize(
    ("one", "other"), [("Group A", "Group B"), ("Brigade 055", "Brigade 056"), ("ISIS-K", "ISIS-C"), ("Red", "Rad")]
)
def test_names_that_differ_on_purpose_are_left_alone(one: str, other: str) -> None:
    assert list_told(f"group,in,source\n{one},Kabul,Report 2019\n{other},Kunar,Report 2020\n") == []


def test_sources_nearly_alike_are_told() -> None:
    told = list_told("group,in,source\nRed,Kabul,A UN report\nRed,Kunar,A UN reprot\n")
    assert told == ["t:C3: the source 'A UN reprot', spelt much like 'A UN report'; expected one spelling if they are "
                    'one or --same "A UN reprot=A UN report"']  # fmt: skip


@pytest.mark.parametrize("sign", [" & ", "/", " and ", " + ", " و "])
def test_groups_in_one_text_are_asked_about_as_provinces_are(sign: str) -> None:
    both = f"Red{sign}Blue"
    assert explain(f"group,in\nRed,Kabul\n{both},Herat\n") == [
        f"error t:A3: {both!r}, several groups in one text; expected semicolons: Red; Blue; "
        "or a sheet of groups that defines it"
    ]
    assert list_told(f"group,in\n{both},Herat\n") == [
        f"t:A2: {both!r}, taken for one group; expected semicolons: Red; Blue, if they are several"
    ]


def test_names_and_aliases_of_a_sheet_of_groups_are_accepted() -> None:
    def change(page: Any) -> None:
        for name, rows in {
            "groups": [["id", "name", "short", "aliases"], ["aq", "Al-Qaeda", "AQ", "Al-Qaida; The Base"]],
            "sources": [["id", "title"], ["un", "A UN report"]],
            "levels": [["id", "name"], ["cells", "Sleeper cells"]],
        }.items():
            sheet = page.parent.create_sheet(name)
            for row in rows:
                sheet.append(row)

    rows = [["group", "in", "level", "source"]]
    named = {"aq": "Kabul", "al-qaeda": "Herat", "AQ": "Khost", "Al Qaida": "Kunar"}
    rows += [[name, place, "Sleeper cells", "A UN report"] for name, place in named.items()]
    assert {claim[0] for claim in list_claims(make_book(rows, change))} == {"aq"}
    assert "unknown group 'Al-Qaedda'" in explain(make_book([*rows, ["Al-Qaedda", "Logar", "", ""]], change))[0]


@pytest.mark.parametrize("word", ["ditto", "ibid.", '""""', "same as above"])
def test_ditto(word: str) -> None:
    [said] = explain(f"group,in,source\nRed,Kabul,A\nRed,Kunar,{word}\n")
    assert "which repeats the cell above; expected what it repeats: A" in said


@pytest.mark.parametrize(
    ("text", "meant"),
    [("June 2021", "2021-06"), ("14 June 2021", "2021-06-14"), ("June 14, 2021", "2021-06-14"), ("Jun 2021", "2021-06"),
     ("14-Jun-2021", "2021-06-14"), ("Sept. 2021", "2021-09")],
)  # fmt: skip
def test_a_month_by_its_name(text: str, meant: str) -> None:
    [said] = explain(f'group,in,observed\nRed,Kabul,"{text}"\n')
    assert said.endswith(f"expected a date as YYYY, YYYY-MM or YYYY-MM-DD, here {meant}")


def test_a_header_below_titles() -> None:
    data = "Groups of 2020,,\n,,\nSource: a report,,\nprovince,Red,Blue\nKabul,x,\nKunarr,,x\n"
    assert [each.split()[1] for each in explain(data)] == ["t:A1:", "t:A6:"]
    assert "or --header 4" in explain(data)[0]
    good = data.replace("Kunarr", "Kunar")
    assert list_told(good, header=4) == ["t:A1: 2 rows above the header left out"]
    assert len(list_claims(good, header=4)) == 2


AGAIN = "Armed group,Province,Remarks\nRed,Kabul,a\narmed Group,Province,Remarks\nBlue,Kunar,b\n"


@pytest.mark.parametrize(
    "taking",
    [{}, {"columns": {"Armed group": "group", "Province": "in"}}, {"ignore": ["Remarks"]}],
    ids=["as it is", "columns named", "a column left out"],
)
def test_a_header_of_other_words_is_one_again(taking: dict[str, Any]) -> None:
    at_row_3 = [each for each in explain(AGAIN, **taking) if "3: " in each]
    assert at_row_3 == ["error t:A3: a second header row; expected one header row, with HXL hashtags below it at most"]


def test_a_record_that_says_one_word_of_its_header_is_left_alone() -> None:
    assert len(list_claims("group,in,note\nGroup,Kabul,Note\n")) == 1


@pytest.mark.parametrize("word", ["Y", "yes", "✔", "×", "●", "1", "Present"])
def test_a_mark(word: str) -> None:
    assert list_claims(f"province,Red,Blue\nKabul,{word},x\n") == [
        ("blue", "AF-KAB", "reported"), ("red", "AF-KAB", "reported"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["xx", "*", "+", "++", "P", "A", "ü"])
def test_a_sign_that_may_mean_anything_is_no_level(word: str) -> None:
    assert explain(f"province,Red,Blue\nKabul,{word},Cells\n") == [
        f"error t:B2: {word!r}, which may mean anything; expected x, the name of a level, `absent` or `inconclusive`"
    ]


@pytest.mark.parametrize("word", ["(x)", "x*", "x (once)"])
def test_a_mark_and_more_is_no_level(word: str) -> None:
    assert "t:B2: " in explain(f"province,Red,Blue\nKabul,{word},Cells\n")[0]
    assert "a mark and more" in explain(f"province,Red,Blue\nKabul,{word},Cells\n")[0]


def test_a_letter_is_a_level_where_a_sheet_of_levels_defines_it() -> None:
    def change(page: Any) -> None:
        sheet = page.parent.create_sheet("levels")
        for row in (["id", "name"], ["p", "Present"]):
            sheet.append(row)

    assert [claim[2] for claim in list_claims(make_book([["province", "Red"], ["Kabul", "p"]], change))] == ["p"]


@pytest.mark.parametrize("word", ["Not present", "no presence", "No", "unknown", "0", "✗", "none reported", "nicht da"])
def test_a_word_that_denies_is_no_level(word: str) -> None:
    for place, data in (("C3", "province,Red,Blue\nKabul,Cells,Camps\nKunar,Camps,{}\n"),
                        ("C2", "group,in,level\nRed,Kabul,{}\nBlue,Kunar,Cells\n")):  # fmt: skip
        [said] = explain(data.format(word))
        assert said.startswith(f"error t:{place}: {word!r}, which may mean that none is there or that nobody looked")
        assert "`absent`" in said


@pytest.mark.parametrize("word", ["Non-combatants", "Northern front", "Noted", "Suspected"])
def test_a_level_that_denies_nothing_is_left_alone(word: str) -> None:
    assert len(list_claims(f"group,in,level\nRed,Kabul,{word}\n")) == 1


def test_a_sheet_of_levels_may_call_one_as_it_likes() -> None:
    def change(page: Any) -> None:
        sheet = page.parent.create_sheet("levels")
        for row in (["id", "name"], ["no-go", "No go area"]):
            sheet.append(row)

    data = make_book([["group", "in", "level"], ["Red", "Kabul", "No go area"]], change)
    assert [claim[2] for claim in list_claims(data)] == ["no-go"]


@pytest.mark.parametrize("head", ["Control", "Situation", "Controlled by", "Deaths", "Verified?", "Others", "Village"])
def test_what_stands_beside_a_province_is_no_group(head: str) -> None:
    for data in (f"province,{head}\nKabul,Government\nKunar,Contested\n", f"province,Red,{head}\nKabul,x,x\n"):
        assert any("a column that can be no group" in each for each in explain(data))


def test_a_header_of_several_lines_is_one_group_and_asked_about() -> None:
    data = 'province,"Red\n(North)",Blue; Green\nKabul,x,x\n'
    assert [claim[0] for claim in list_claims(data)] == ["blue", "green", "red-north"]
    assert list_told(data) == [
        "t:B1: 'Red (North)', on 2 lines, taken for one group; expected semicolons: Red; (North), if they are several"
    ]


def test_what_nobody_sees_is_told() -> None:
    def change(page: Any) -> None:
        page["A2"].font = Font(color="FFFFFFFF")
        page["B2"].number_format = ";;;"
        page["A3"].font, page["A3"].fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF000000")
        page["A1"].font = Font(color="FFFFFFFF")

    told = [each for each in list_told(make_book(RECORDS, change)) if "white" in each]
    assert told == [
        "t:presence!A2: white on white, or of a format that shows nothing: A2:B2, and taken all the same; "
        "expected cells that can be seen, or emptied"
    ]


def test_a_workbook_without_a_cell_is_named() -> None:
    assert explain(make_book([]))[0].startswith("error t:presence!A1: a table without a record")


def test_each_warning_of_a_cell_is_told() -> None:
    def change(page: Any) -> None:
        page["A2"].comment = Comment("retracted", "an author")
        page["A2"].fill = PatternFill("solid", fgColor="FFFF0000")

    assert len(list_told(make_book(RECORDS, change))) == 2


def test_what_is_internal_is_not_told_here_either() -> None:
    said = explain("group,in,internal\nRed,Kabul,Zq7secret\nRed,Kunarr,ditto\nRed,Khost,nan\n")
    assert len(said) == 1
    assert "Zq7secret" not in said[0]


TWELVE: Rows = [
    ["Groups as of 2020"],
    ["group", "province", "Type of presence", "source", "observed", "foo"],
    ["Red", "Kabull", "Cells", "A", "2020", None],
    ["nan", "Kunar", "Cells", "A", "2020", None],
    ["Blue", "Khost", "#REF!", "A", "2020", None],
    ["Blue", "Herat", "Cells", "A", "June 2020", None],
    ["Green", "ditto", "Cells", "A", "2020", None],
    ["Red & Blue", "Logar", "Cells", "A", "2020", None],
    ["Green", "Kabul and Kunar", "Cells", "A", "2020", None],
    ["Green", "Farah", "=A1", "A", "2020", None],
    ["group", "in", "level", "source", "observed", "note"],
    ["Green", "Ghazni", "Cells", "A", "03/04/2020", None],
    [None, "Zabul", "Cells", "A", "2020", None],
    ["Green", "Nimroz", "Cells", "A", "2020", None, "x"],
]


def test_twelve_problems_of_all_stages_are_told_at_once() -> None:
    said = [each for each in explain(make_book(TWELVE)) if each.startswith("error")]
    places = [each.split()[1].partition("!")[2].strip(":") for each in said]
    assert places == [
        "A1",
        "B2",
        "C2",
        "F2",
        "B3",
        "A4",
        "C5",
        "E6",
        "B7",
        "A8",
        "B9",
        "C10",
        "A11",
        "E12",
        "B13",
        "G14",
    ]


def test_sheets_that_are_no_part_hide_no_problem_of_those_that_are() -> None:
    def change(page: Any) -> None:
        page.parent.create_sheet("Remarks").append(["x"])

    said = explain(make_book([["group", "in"], ["Red", "Kabull"]], change))
    assert [each.split()[1] for each in said] == ["t:Remarks!A1:", "t:presence!B2:"]


def test_an_option_that_fits_nothing_is_told() -> None:
    assert "no column 'Zzz'" in explain("group,in\nRed,Kabul\n", ignore=["Zzz"])[0]
    assert "no header in row 9" in explain("group,in\nRed,Kabul\n", header=9)[0]
    assert "'Rde'; expected --same" in explain("group,in\nRed,Kabul\n", same={"Rde": "Red"})[0]
