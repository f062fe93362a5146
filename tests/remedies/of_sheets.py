"""Mistakes in spreadsheets, and the remedies that are offered."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.remedies.follow import Case, Mend, add, call, cut, instead, make, put

__all__ = ["CASES", "book"]

Cells = Mapping[str, Sequence[Sequence[object]]]
ROWS: list[list[object]] = [["group", "in", "source"], ["Red", "Kabul", "A report"]]


def sheet(name: str, text: str | bytes, *steps: tuple[str, Mend]) -> Case:
    """Take a CSV of one sheet, to be imported; afterwards the table that was made is checked."""
    return Case(name, "import t.csv", {"t.csv": text}, steps)


def warned(name: str, text: str, *steps: tuple[str, Mend]) -> Case:
    """Take a CSV that is taken with a warning."""
    return Case(name, "import t.csv --force", {"t.csv": text}, steps)


def book(cells: Cells, *merged: str) -> Callable[[Path], None]:
    """Write a workbook."""

    def write(path: Path) -> None:
        made = openpyxl.Workbook(write_only=False)
        del made[made.sheetnames[0]]
        for title, rows in cells.items():
            page = made.create_sheet(title)
            for row in rows:
                page.append(row)
            for area in merged:
                page.merge_cells(area)
        made.save(path)

    return write


def cell(address: str, value: str, *, unmerge: str = "") -> Mend:
    """Write another value into a cell of the first sheet."""

    def mend(_: object, desk: object) -> None:
        path = Path("t.xlsx")
        made = openpyxl.load_workbook(path)
        page = made.worksheets[0]
        if unmerge:
            page.unmerge_cells(unmerge)
        page[address] = value
        made.save(path)

    return mend


def alter(part: str, old: str, new: str, *, drops: bool = False) -> Callable[[Path], None]:
    """Write a workbook of two sheets of which a part is changed, as no spreadsheet program does, or missing."""

    def write(path: Path) -> None:
        book({"presence": [*ROWS, ["Red", "Herat", "A report"]], "Notes": [["x"]]})(path)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name != part or not drops}
        if not drops:
            parts[part] = parts[part].replace(old.encode(), new.encode())
        path.write_bytes(pack(parts))

    return write


def odd(name: str, old: str, new: str, remedy: str = r"a workbook saved again as \.xlsx") -> Case:
    """Take a workbook whose sheet of records is changed."""
    steps = ((remedy, make("t.xlsx", book({"presence": ROWS}))),)
    return Case(name, "import t.xlsx", {"t.xlsx": alter("xl/worksheets/sheet1.xml", old, new)}, steps)


def plain(address: str, *, strike: bool = False) -> Mend:
    """Take the fill of a cell away, or its strike and colour."""

    def mend(_: object, desk: object) -> None:
        made = openpyxl.load_workbook("t.xlsx")
        if strike:
            made.worksheets[0][address].font = Font()
        else:
            made.worksheets[0][address].fill = PatternFill()
        made.save("t.xlsx")

    return mend


def show(cells: Cells, change: Callable[[Any], object]) -> Callable[[Path], None]:
    """Write a workbook of which the first sheet is changed."""

    def write(path: Path) -> None:
        book(cells)(path)
        made = openpyxl.load_workbook(path)
        change(made.worksheets[0])
        made.save(path)

    return write


def hide_row(page: Any) -> None:
    page.row_dimensions[2].hidden = True


def strike_out(page: Any) -> None:
    page["C2"].font = Font(strike=True)


def whiten(page: Any) -> None:
    page["C2"].font = Font(color="FFFFFFFF")


def fill(page: Any) -> None:
    page["C2"].fill = PatternFill("solid", fgColor="FFFF0000")


def raise_sign(page: Any) -> None:
    page["C2"] = CellRichText("A report", TextBlock(InlineFont(vertAlign="superscript"), "1"))


def comment(page: Any) -> None:
    page["A2"].comment = Comment("retracted", "an author")


def uncomment(_: object, desk: object) -> None:
    made = openpyxl.load_workbook("t.xlsx")
    made.worksheets[0]["A2"].comment = None
    made.save("t.xlsx")


def take(address: str) -> Mend:
    """Write what the message says into a cell of the first sheet."""
    return lambda match, desk: cell(address, match[1])(match, desk)


def pack(parts: dict[str, bytes]) -> bytes:
    """Make an archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def in_book(name: str, cells: Cells, *steps: tuple[str, Mend], merged: str = "") -> Case:
    return Case(name, "import t.xlsx", {"t.xlsx": book(cells, *filter(None, [merged]))}, steps)


HEAD = "group,in,source\n"
CELLS = [
    sheet("a province", f"{HEAD}Red,Konnar,A\n", (r"t\.csv:B2: .*nearest: (\w+)", put("Konnar", file="t.csv"))),
    sheet("a region", f"{HEAD}Red,Eastern,A\n", (r"goes under `(region)`", put(",in,", r",\1,", "t.csv"))),
    sheet("the country", f"{HEAD}Red,Afghanistan,A\n",
          (r"goes under `(nationwide): (true)`", put("in,source\nRed,Afghanistan", r"\1,source\nRed,\2", "t.csv"))),
    sheet("several groups", f"{HEAD}Red,Kabul,A\nBlue,Kabul,A\n\"Red, Blue\",Herat,A\n",
          (r"expected (;) between groups", put('"Red, Blue"', r"Red\1 Blue", "t.csv"))),
    sheet("several provinces and a plus", f"{HEAD}Red,Kabul + Kunar,A\n",
          (r"semicolons: (.*)", put("Kabul + Kunar", file="t.csv"))),
    sheet("a span", "group,unlocated,source\nRed,5-9,A\n",
          (r"or `(unlocated\.low)` (5) and `(unlocated\.high)` (9) for a span",
           put("unlocated,source\nRed,5-9", r"\1,\3,source\nRed,\2,\4", "t.csv"))),
    sheet("a day stored as a number", "group,in,observed\nRed,Kabul,43993\n",
          (r"format the column as text and write (\S+)", put("43993", file="t.csv"))),
    sheet("a month without its 0", "group,in,observed\nRed,Kabul,2020.1\n", (r"here 2020-01 or (2020-10)", put("2020.1", file="t.csv"))),
    sheet("a quote left open", f'{HEAD}Red,"Kabul,A\n', (r'cells with "quotes" whole in quotes', put('"Kabul', '"Kabul"', "t.csv"))),
    sheet("semicolons between cells", "group;in;source\nRed;Kabul;A\n", (r"or (--separator \w+)", add())),
    sheet("cells parted by commas", "group;in;source\nRed;Kabul;A\n",
          (r"cells parted by '(,)'", make("t.csv", HEAD + "Red,Kabul,A\n"))),
    sheet("Latin 1", f"{HEAD}R\u00e9d,Kabul,A\n".encode("latin-1"),
          (r'"CSV UTF-8', make("t.csv", f"{HEAD}R\u00e9d,Kabul,A\n"))),
    sheet("UTF-16", f"{HEAD}Red,Kabul,A\n".encode("utf-16"), (r'"CSV UTF-8', make("t.csv", f"{HEAD}Red,Kabul,A\n"))),
    sheet("a control", f"{HEAD}R\x07ed,Kabul,A\n", (r"text without it; delete it", cut("\x07", "t.csv"))),
    sheet("a claim twice", f"{HEAD}Red,Kabul,A\nRed,Kabul,A\n",
          (r"or another (source) or period", make("t.csv", f"{HEAD}Red,Kabul,A\nRed,Kabul,B\n"))),
    sheet("no record", HEAD, (r"(--allow-empty)", add())),
]  # fmt: skip

HEADERS = [
    sheet("a column", "grup,in,source\nRed,Kabul,A\n", (r"nearest: (\w+)", put("grup", file="t.csv"))),
    sheet("another word for a column", "group,province,reference\nRed,Kabul,A\n",
          (r"'province'; expected `(\w+)`", put("province", file="t.csv")),
          (r"'reference'; expected `(\w+)`", put("reference", file="t.csv"))),
    sheet("a column that is none", "group,in,source,zzz\nRed,Kabul,A,x\n",
          (r"unknown column 'zzz'.*; or delete it", make("t.csv", f"{HEAD}Red,Kabul,A\n"))),
    sheet("a column twice", "group,in,in,source\nRed,Kabul,Herat,A\n",
          (r"expected each column once", make("t.csv", f"{HEAD}Red,Kabul; Herat,A\n"))),
    sheet("a row above the header", f"A table of mine,,\n{HEAD}Red,Kabul,A\n",
          (r"delete the rows above it", cut("A table of mine,,\n", "t.csv"))),
    sheet("a second header", f"{HEAD}{HEAD}Red,Kabul,A\n", (r"expected one header row", cut(HEAD, "t.csv"))),
    sheet("a value without a header", f"{HEAD}Red,Kabul,A,x\n", (r"or an empty cell", cut(",x", "t.csv"))),
]  # fmt: skip

WAYS = [
    sheet("a column left out", "group,in,source,zzz\nRed,Kabul,A,x\n", (r"(--ignore zzz)", add())),
    sheet("a column named on the command line", "group,province,source\nRed,Kabul,A\n",
          (r"(--column province=in)", add())),
    sheet("a type of presence", "group,in,source,Type of presence\nRed,Kabul,A,Cells\n",
          (r'(--column "Type of presence=level")', add())),
    sheet("a header below a title", f"A table of mine,,\n{HEAD}Red,Kabul,A\n", (r"or (--header 2)", add())),
    Case("a header that is not there", "import t.csv --header 9", {"t.csv": HEAD + "Red,Kabul,A\n"},
         ((r"--header with a row from (1) to 2", instead("9")),)),
    Case("a column that is not there", "import t.csv --ignore Note", {"t.csv": "group,in,source,Notes\nRed,Kabul,A,x\n"},
         ((r"no column 'Note'; expected --ignore with a header or the letter of a column; nearest: (Notes)",
           instead("Note")),)),
    Case("half a pair", "import t.csv --column Who", {"t.csv": "Who,in,source\nRed,Kabul,A\n"},
         ((r"expected two names with = between them, as in (Who=group)", instead("Who")),), code=0),
    sheet("a value under no header left out", f"{HEAD}Red,Kabul,A,x\n", (r"or (--ignore D)", add())),
    sheet("a column twice, one left out", "group,in,in,source\nRed,Kabul,Herat,A\n", (r"--ignore B or (--ignore C)", add())),
    sheet("notes beside marks", "province,Red,Notes\nKabul,x,seen in 2020\n", (r"expected (--ignore Notes)", add())),
    sheet("notes beside marks, kept", "province,Red,Notes\nKabul,x,seen in 2020\n", (r"or (--column Notes=note)", add())),
    sheet("remarks beside levels", "province,Red,Blue,Remarks\nKabul,Camps,,S\nHerat,,Camps,T\n", (r"or (--column Remarks=note)", add())),
    sheet("provinces across", "group,Kabul,Kunar\nRed,x,\nBlue,,x\n",
          (r"transpose the sheet .* head the first column `(in)`", make("t.csv", "in,Red,Blue\nKabul,x,\nKunar,,x\n"))),
    sheet("a group in two columns", "province,Red,Red\nKabul,x,\n", (r"or (--ignore C)", add())),
    sheet("two keys of one place", "province,pcode,Red\nKabul,AF15,x\n", (r"or (--ignore pcode)", add())),
    sheet("two keys of one place, made one", "province,pcode,Red\nKabul,AF15,x\n",
          (r"expected the same province in both", put("AF15", "AF01", "t.csv"))),
    sheet("a name and a code of one place", "group,province,pcode,source\nRed,Kabul,AF01,A\n", (r"(--column province=in)", add())),
    sheet("a name and a code of two places", "group,in,pcode,source\nRed,Kabul,AF15,A\n",
          (r"'AF15' is Kunar, beside 'Kabul' in B2; expected the same province in both", put("AF15", "AF01", "t.csv"))),
    sheet("a code alone", "group,pcode,source\nRed,AF01,A\n", (r"expected `in`, (--column pcode=in)", add())),
    warned("two spellings", f"{HEAD}Al-Qaida,Kabul,A\nAl Qaeda,Herat,A\n", (r'or (--same "Al Qaeda=Al-Qaida")', add())),
    Case("a name that is not there", "import t.csv --same Rde=Red", {"t.csv": HEAD + "Red,Kabul,A\n"},
         ((r"no group, source or level 'Rde'; expected --same with a name that stands in a cell", instead("Rde", "Red")),)),
    warned("a word for nothing", f"{HEAD}Red,Kabul,NaN\n", (r"taken for an empty cell; expected an empty cell", put("NaN", "", "t.csv"))),
    sheet("a group called nothing", f"{HEAD}Red,Kabul,A\nNaN,Herat,A\n", (r"a word for nothing; expected a value, or the row deleted", cut("NaN,Herat,A\n", "t.csv"))),
    sheet("an error in a cell", f"{HEAD}Red,Kabul,#REF!\n", (r"the error #REF!; expected a value", put("#REF!", "A", "t.csv"))),
    sheet("ditto", f"{HEAD}Red,Kabul,A\nRed,ditto,B\n", (r"what it repeats: (Kabul)", put("ditto", file="t.csv"))),
    warned("a source that is not known", f"{HEAD}Red,Kabul,Unknown\n", (r"nobody can look up; expected its title", put("Unknown", "A report", "t.csv"))),
    sheet("a level that denies", "group,in,level,finding\nRed,Kabul,Not present,\n",
          (r"`(absent)` in a column `finding`", put("Not present,", r",\1", "t.csv"))),
    sheet("a level that denies, deleted", "group,in,level\nRed,Kabul,no\nBlue,Kunar,Cells\n",
          (r"not found, or the row deleted", cut("Red,Kabul,no\n", "t.csv"))),
    sheet("two groups and a sign", f"{HEAD}Red,Kabul,A\nRed & Blue,Herat,A\n", (r"semicolons: (Red; Blue)", put("Red & Blue", file="t.csv"))),
    sheet("several sources", f"{HEAD}Red,Kabul,A; B\n",
          (r"a row for each of '(A)', '(B)'; or", make("t.csv", f"{HEAD}Red,Kabul,A\nRed,Kabul,B\n"))),
    sheet("a source with a semicolon", f"{HEAD}Red,Kabul,A; B\n", (r"or the text in quotes if it is one", put("A; B", '\"\"\"A; B\"\"\"', "t.csv"))),
    warned("perhaps two sources", f"{HEAD}Red,Kabul,A\nRed,Herat,A and B\n",
           (r"a row for each of 'A', 'B', if they are several", make("t.csv", f"{HEAD}Red,Kabul,A\nRed,Herat,A\nRed,Herat,B\n"))),
    warned("a raised number", f"{HEAD}Red\u00b2,Kabul,A\n", (r"or (--same \S+=Red)", add())),
    warned("perhaps two groups", f"{HEAD}Red / Blue,Herat,A\n", (r"semicolons: (Red; Blue), if they are several", put("Red / Blue", file="t.csv"))),
]  # fmt: skip

WIDE = [
    warned("a unit without a mark", "province,Red\nKabul,x\nHerat,\n", (r"Herat; expected a mark, or no row", put("Herat,", "Herat,x", "t.csv"))),
    warned("a group without a mark", "province,Red,Blue\nKabul,x,\n", (r"no group; expected a mark, or no column", put("Kabul,x,", "Kabul,x,x", "t.csv"))),
    sheet("a note below", "province,Red\nKabul,x\nA note\n", (r"in a row without a mark; expected the row deleted", cut("A note\n", "t.csv"))),
    sheet("a group of no name", "province,Red,nan\nKabul,x,x\n", (r"'nan', a word for nothing; expected a value", put("nan", "Blue", "t.csv"))),
    warned("a group on two lines", 'province,"Red\nBlue"\nKabul,x\n', (r"semicolons: (Red; Blue), if", put('"Red\nBlue"', file="t.csv"))),
    sheet("a mark and more", "province,Red\nKabul,x (reportedly)\n", (r"a mark and more; expected (x) alone", put("x (reportedly)", file="t.csv"))),
    sheet("marks beside levels", "province,Red\nKabul,x\nHerat,Cells\n", (r"such as '(Cells)'; expected the name of a level in each cell", put("Kabul,x", r"Kabul,\1", "t.csv"))),
    sheet("several provinces of marks", "province,Red\nKabul / Kunar,x\n", (r"semicolons: (.*)", put("Kabul / Kunar", file="t.csv"))),
    sheet("several levels in a cell", "province,Red\nKabul,Camps; Cells\n",
          (r"a row for each of '(Camps)', '(Cells)'", make("t.csv", "province,Red\nKabul,Camps\nKabul,Cells\n"))),
    sheet("a finding twice", "province,Red,finding\nKabul,absent,inconclusive\n", (r"one of the two: (x) in this cell", put("absent", file="t.csv"))),
    sheet("a letter for a level", "province,Red\nKabul,P\n", (r"anything; expected (x), the name", put("P", file="t.csv"))),
    sheet("a number for a level", "province,Red\nKabul,7\n", (r"expected (x), the name", put("7", file="t.csv"))),
    sheet("no", "province,Red,Blue\nKabul,no,x\n", (r"expected an empty cell", put("no,", ",", "t.csv"))),
    sheet("no as looked", "province,Red,Blue\nKabul,no,x\n", (r"`(absent)` for looked", put("no,", r"\1,", "t.csv"))),
    sheet("a mark without a group", "province,Red,\nKabul,x,x\n", (r"or an empty cell", put("x,x", "x,", "t.csv"))),
]  # fmt: skip

SHOWN = [
    Case(name, "import t.xlsx --force", {"t.xlsx": show({"presence": [*ROWS, ["Blue", "Herat", "B"]]}, change)}, ((says, mend),))
    for name, change, says, mend in (
        ("a hidden row", hide_row, r"row 2 is hidden, and left out; expected none hidden, or (--hidden)", add()),
        ("a strike", strike_out, r"struck out, and left out: C2; expected nothing struck out", plain("C2", strike=True)),
        ("a strike to take", strike_out, r"struck out, and left out: C2; expected .*, or (--struck)", add()),
        ("a white text", whiten, r"white on white, .*: C2, and taken all the same; expected cells that can be seen", plain("C2", strike=True)),
        ("a fill", fill, r"C2; a colour is not read; expected what it means as text, and no fill", plain("C2")),
        ("a raised sign", raise_sign, r"C2: .*taken for a part of the text; expected the text without them", cell("C2", "A report")),
        ("a comment", comment, r"a comment, 'retracted', which is not taken; expected it in `note`, or no comment", uncomment),
    )
]  # fmt: skip

BOOKS = [
    in_book("merged cells", {"presence": [*ROWS, ["Red", "Herat", "A report"]]},
            (r"each cell by itself: unmerge them and fill each", cell("A3", "Red", unmerge="A2:A3")), merged="A2:A3"),
    in_book("a formula", {"presence": [*ROWS, ["Blue", "=B2", "A"]]}, (r"its value: copy the cells", cell("B3", "Kabul"))),
    in_book("an error", {"presence": [*ROWS, ["Blue", "#REF!", "A"]]}, (r"the error .*; expected a value", cell("B3", "Kabul"))),
    in_book("a time of day", {"presence": [[*ROWS[0], "observed"], [*ROWS[1], time(12, 30)]]},
            (r"text, a number or a day", cell("D2", "2020-01"))),
    Case("a sheet that is not there", "import t.xlsx --sheet presense", {"t.xlsx": book({"presence": ROWS, "x": []})},
         ((r"nearest: (\w+)", instead("presense")),)),
    in_book("a sheet that is no part", {"presence": ROWS, "Remarks": [["a", "b"]]},
            (r"one of (\w+),.*, or (--sheet) NAME", add(r"\2 \1"))),
    in_book("a sheet twice", {"presence": ROWS, "Presence ": ROWS}, (r"choose with (--sheet) NAME", add(r"\1 presence"))),
    Case("files of one part", "import a/presence.csv b/presence.csv",
         {"a/presence.csv": HEAD + "Red,Kabul,A\n", "b/presence.csv": HEAD + "Red,Herat,A\n"},
         ((r"a second sheet for presence; the first is \S+; expected one of them; or name the files", instead("b/presence.csv", "")),)),
    Case("a file that is no part", "import presence.csv remarks.csv",
         {"presence.csv": HEAD + "Red,Kabul,A\n", "remarks.csv": "a,b\n"},
         ((r"remarks\.csv:A1: the sheet 'remarks', which is no part of a table; .* or the file of records alone",
           instead("remarks.csv", "")),)),
    Case("a file named wrong", "import presence.csv levls.csv",
         {"presence.csv": "group,in,level\nRed,Kabul,cells\n", "levls.csv": "id,name\ncells,Cells\n"},
         ((r"nearest: (\w+)", lambda match, desk: ((desk.folder / "levls.csv").rename(desk.folder / f"{match[1]}.csv"),
                                                  instead("levls")(match, desk))),)),
    odd("a row of a workbook twice", '<row r="3"', '<row r="2"'),
    odd("a row that is no number", '<row r="3"', '<row r="x"'),
    odd("a cell twice", 'r="B3"', 'r="A3"'),
    odd("a cell in another row", 'r="B3"', 'r="B9"'),
    odd("a cell without an address", 'r="B3"', 'r="b"'),
    odd("a cell far away", 'r="B3"', 'r="XFE3"'),
    odd("merged cells that are none", "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A"/></mergeCells>'),
    odd("merged cells that overlap", "</sheetData>",
        '</sheetData><mergeCells><mergeCell ref="A2:B2"/><mergeCell ref="A2:A3"/></mergeCells>',
        "each cell by itself: unmerge them and fill each"),
    Case("a sheet that is missing", "import t.xlsx", {"t.xlsx": alter("xl/worksheets/sheet2.xml", "", "", drops=True)},
         ((r"(--sheet) NAME to take another alone", add(r"\1 presence")),)),
    Case("looks of cells that are missing", "import t.xlsx", {"t.xlsx": alter("xl/styles.xml", "", "", drops=True)},
         ((r"a whole copy of the workbook", make("t.xlsx", book({"presence": ROWS}))),)),
    Case("two sheets of one name", "import t.xlsx", {"t.xlsx": alter("xl/workbook.xml", "Notes", "presence")},
         ((r"in which each sheet has a name of its own", make("t.xlsx", book({"presence": ROWS}))),)),
    Case("a sheet of a CSV", "import t.csv --sheet x", {"t.csv": HEAD + "Red,Kabul,A\n"},
         ((r"or no --sheet", instead("--sheet x", "")),)),
    Case("a folder", "import sheets", {"sheets/records.csv": HEAD + "Red,Kabul,A\n"},
         ((r"a file, such as (\S+)", instead("sheets")),)),
    Case("a table that is there", "import t.csv", {"t.csv": HEAD + "Red,Kabul,A\n", "presence.yaml": "x: y\n"},
         ((r"another name, or (--force)", add()),)),
    Case("a table that is there, and another name", "import t.csv", {"t.csv": HEAD + "Red,Kabul,A\n", "presence.yaml": "x\n"},
         ((r"expected another name", add("-o other.yaml")),)),
]  # fmt: skip


def sheets(name: str, cells: Cells, *steps: tuple[str, Mend]) -> Case:
    """Take records beside other sheets, of which the first has one mistake."""
    records = [["group", "in", "source"], ["red", "Kabul", "s"]]
    return in_book(name, {**cells, "presence": records}, *steps)


SHEETS = [
    sheets("a row without an id", {"groups": [["id", "name"], [None, "Red"]]}, (r"an id in the column `id`", cell("A2", "red"))),
    sheets("an id twice", {"groups": [["id", "name"], ["red", "Red"], ["red", "Blue"]]}, (r"expected it once; it already stands in row 2", cell("A3", "blue"))),
    sheets("a value without a key", {"table": [["key", "value"], [None, "A test"]]}, (r"a key in the column `key`", cell("A2", "title"))),
    sheets("a key of the table", {"table": [["key", "value"], ["titel", "A test"]]}, (r"nearest: (\w+)", take("A2"))),
    sheets("a key twice", {"table": [["key", "value"], ["title", "A"], ["title", "B"]]}, (r"a second time; expected it once", cell("A3", "subtitle"))),
    sheets("a strength of nobody", {"strength": [["group", "best", "counts"], ["blue", "5", "fighters"]], "groups": [["id", "name"], ["red", "Red"]]},
           (r"expected `group` of a row that is there", cell("A2", "red"))),
    sheets("a number twice", {"strength": [["group", "number", "best", "counts"], ["red", "1", "5", "fighters"], ["red", "1", "6", "camps"]],
                              "groups": [["id", "name"], ["red", "Red"]]}, (r"each number once a group", cell("B3", "2"))),
    sheet("a date and a period", "group,in,observed,observed.from\nRed,Kabul,2020,2019\n", (r"expected one of the two", put("2020,2019", "2020,", "t.csv"))),
    sheet("a group of signs", "group,in,source\n!,Kabul,A\n", (r"expected a name of a group", put("!,", "Red,", "t.csv"))),
    Case("a PDF", "import t.xlsx", {"t.xlsx": b"%PDF-1.7"}, ((r"expected CSV or an \.xlsx workbook", make("t.xlsx", book({"presence": ROWS}))),)),
    Case("an old workbook", "import t.xlsx", {"t.xlsx": b"\xd0\xcf\x11\xe0"}, ((r"a workbook saved as \.xlsx without a password", make("t.xlsx", book({"presence": ROWS}))),)),
    Case("a damaged workbook", "import t.xlsx", {"t.xlsx": b"PK\x03\x04"}, ((r"a workbook saved again as \.xlsx", make("t.xlsx", book({"presence": ROWS}))),)),
    Case("another archive", "import t.xlsx", {"t.xlsx": pack({"content.xml": b""})}, ((r"a workbook saved as \.xlsx", make("t.xlsx", book({"presence": ROWS}))),)),
    Case("an archive of many parts", "import t.xlsx", {"t.xlsx": pack({f"{number}": b"" for number in range(60)})},
         ((r"at most 50: the cells that matter copied into a new workbook", make("t.xlsx", book({"presence": ROWS}))),)),
    Case("an archive that swells", "import t.xlsx", {"t.xlsx": pack({"xl/workbook.xml": bytes(10_000_000)})},
         ((r"at most 100 times: the cells that matter copied", make("t.xlsx", book({"presence": ROWS}))),)),
]  # fmt: skip
TABLE = "groups: {a: {name: A}}\npresence:\n  - {id: a-5192, group: a, in: Kunar}\n"


def into(name: str, rows: str, *steps: tuple[str, Mend], more: str = "", table: str = TABLE) -> Case:
    """Bring a table up to date by a CSV that has one mistake."""
    files = {"t.csv": rows, "t.yaml": table}
    return Case(name, f"import t.csv --into t.yaml {more}", files, steps)


INTO = [
    into("an id of no record", "id,in\na-519,Ghor\n", (r"nearest: ([\w-]+)", put("a-519", file="t.csv"))),
    into("a row that was added before", "id,group,in\n,a,Logar\n",
         (r"added before as '([\w-]+)'.*expected that id in the column `id`", put("\n,a", r"\n\1,a", "t.csv"))),
    into("a record that has no room for an id", "group,in\nA,Ghor\n",
         (r"expected a list of records, each with `group` and `in`", make("t.yaml", TABLE)), table="presence: {A: [Kabul]}\n"),
    into("a table that is no file", "group,in\na,Ghor\n",
         (r"expected the path of a presence table", instead("--into -", "--into t.yaml")), more="--into -"),
    into("a table that is brought up to date and made", "group,in\na,Ghor\n",
         (r"-o and --force are for a new table", instead("--force", "")), more="--force"),
    Case("a table that would be shown", "import t.csv --dry-run", {"t.csv": "group,in\na,Ghor\n", "t.yaml": TABLE},
         ((r"(--into) TABLE is missing", add(r"\1 t.yaml")),)),
    Case("a table in a workbook", "import t.csv --into t.xlsx",
         {"t.csv": HEAD + "Red,Ghor,A report\n", "t.xlsx": book({"presence": ROWS})},
         ((r"expected a table in YAML; '(presence import)' makes one of a spreadsheet",
           call(r"\1 t.xlsx -o t.yaml", then="import t.csv --into t.yaml")),)),
    Case("a group of a workbook", "import t.xlsx --into t.yaml",
         {"t.xlsx": book({"presence": [["group", "in"], ["b", "Ghor"]], "groups": [["id", "name"], ["b", "B"]]}), "t.yaml": TABLE},
         ((r"expected it under `groups` there first", put("groups: {", "groups: {b: {name: B}, ")),)),
    Case("a workbook that is there", "init --xlsx x.xlsx", {"x.xlsx": "mine"}, ((r"another name, or (--force)", add()),)),
    Case("a table without a workbook", "init t.xlsx --table t.yaml", {"t.yaml": TABLE}, ((r"(--xlsx) is missing", add()),)),
    Case("a spreadsheet to be tidied", "fmt t.csv", {"t.csv": HEAD + "Red,Kabul,A\n"},
         ((r"'presence (import)' makes one of a spreadsheet", instead("fmt", r"\1")),)),
    Case("names that no sheet defines", "check t.csv", {"t.csv": HEAD + "red,Kabul,a\n"},
         ((r"expected a workbook with a sheet `groups`", lambda match, desk: (
             make("t.xlsx", book({"presence": [["group", "in", "source"], ["red", "Kabul", "a"]],
                                  "groups": [["id", "name"], ["red", "Red"]], "sources": [["id", "title"], ["a", "A"]]}))(match, desk),
             instead("t.csv", "t.xlsx")(match, desk))),)),
    Case("an option of another command", "check t.csv", {"t.csv": f"A title\n{HEAD}Red,Kabul,A\n"},
         ((r"or (--header \d)\n(?:.*\n)*.*'presence (import) (t.csv)' with it", instead("check t.csv", r"\2 \3 \1")),)),
]  # fmt: skip
CASES = [*CELLS, *HEADERS, *WAYS, *WIDE, *SHOWN, *BOOKS, *SHEETS, *INTO]
