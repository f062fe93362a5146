"""A workbook or CSV wherever a command takes a table: the same results, and cells in place of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

import geo
from geo.errors import TableError
from tests.remedies.of_sheets import book, pack

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
RECORDS: list[list[object]] = [["group", "in", "source", "observed"], ["Red", "Kabul", "A report", "2020-05"]]


def write_book(path: Path, rows: Sequence[Sequence[object]], title: str = "Records") -> None:
    book({title: rows})(path)


@pytest.fixture
def full(run: Run, here: Path) -> Path:
    """A table that uses all of the format, as YAML and as a workbook."""
    (here / "full.yaml").write_bytes((ROOT / "tests" / "data" / "full.yaml").read_bytes())
    run("export", "full.yaml", "-q", "-o", "made", code=0)
    (here / "made" / "table.xlsx").rename(here / "full.xlsx")
    return here


COMMANDS = {
    "check": "check {table}",
    "build": "build {table} -o out -q --only overlay",
    "choropleth": "choropleth {table} -o out.html -q",
    "figure": "figure overlay {table} -o out.svg -q",
    "csv": "export {table} --format csv -o out -q",
    "units": "export {table} --format geojson -o - -q",
    "stix": "export {table} --format stix -o - -q",
    "diff": "diff {table} presence.yaml --format json",
    "log": "log presence.yaml {table}",
    "publish": "publish {table} -o out -q",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_makes_of_a_workbook_what_it_makes_of_the_table(name: str, run: Run, full: Path) -> None:
    made = []
    for table in ("full.yaml", "full.xlsx"):
        result = run(*COMMANDS[name].format(table=table).split(), code=0)
        files = {
            path.relative_to(full): path.read_bytes()
            for out in full.glob("out*")
            for path in (sorted(out.rglob("*")) if out.is_dir() else [out])
            if path.is_file()
        }
        for path in files:
            (full / path).unlink()
        made.append((result.stdout.replace(table, "T"), files))
    assert made[0][0] == made[1][0]
    assert made[0][1].keys() == made[1][1].keys()
    for path, data in made[0][1].items():
        if name == "publish" and path.name in ("presence.yaml", "manifest.json"):
            continue  # the order and quotes of what an author wrote by hand
        assert made[1][1][path] == data, path


def test_standard_input_is_a_workbook_where_it_begins_as_one(run: Run, full: Path) -> None:
    data = (full / "full.xlsx").read_bytes()
    assert run("check", "-", input=data, code=0).stdout == run("check", "full.yaml").stdout


def test_a_csv_of_records_is_drawn_and_what_was_made_of_names_is_told(run: Run, here: Path) -> None:
    (here / "t.csv").write_text("group,in,source\nRed,Kabul,A report\nRd,Kunar,A report\n")
    result = run("check", "t.csv", code=0)
    assert result.stderr.splitlines() == [
        "t.csv: warning: no sheet defines sources: made of its name a-report; expected a workbook with a sheet "
        "`sources`, in which a misspelt one is missed",
        "t.csv: warning: no sheet defines groups: made of their names red, rd; expected a workbook with a sheet "
        "`groups`, in which a misspelt one is missed",
    ]
    assert run("overlay", "t.csv", "-q", "-o", "a.html").exit_code == 0


def fill(column: int, value: object, row: int = 2) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        write_book(path, RECORDS)
        made = openpyxl.load_workbook(path)
        made.worksheets[0].cell(row, column).value = value  # type: ignore[assignment]
        made.save(path)

    return write


def change(mend: Callable[[Any], object]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        write_book(path, [*RECORDS, ["Red", "Kunar", "A report", "2020"]])
        made = openpyxl.load_workbook(path)
        mend(made.worksheets[0])
        made.save(path)

    return write


def hide(page: Any) -> None:
    page.row_dimensions[3].hidden = True


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a misspelt province": (fill(2, "Kabool Jan"), "t.xlsx:Records!B2: unknown province 'Kabool Jan'"),
    "a formula": (fill(2, '="Kabul"'), "t.xlsx:Records!B2: a formula; expected its value"),
    "an error": (fill(2, "#REF!"), "t.xlsx:Records!B2: the error #REF!"),
    "a day as a number": (fill(4, 43996), "t.xlsx:Records!D2: the number 43996, as which a spreadsheet stores the day"),
    "merged cells": (change(lambda page: page.merge_cells("A2:A3")), "t.xlsx:Records!A2: the merged cells A2:A3"),
    "an unknown column": (fill(4, "Remarks", 1), "t.xlsx:Records!D1: unknown column 'Remarks'"),
    "a control character": (fill(3, "A_x0007_b"), "t.xlsx:Records!C2: the unprintable character U+0007"),
    "two in one cell": (fill(1, "Red and Blue, too"), "t.xlsx:Records!A2: 'Red and Blue, too', a comma in the name"),
    "no workbook": (lambda path: path.write_bytes(b"%PDF-1.7"), "t.xlsx: no spreadsheet but a PDF"),
    "an OpenDocument sheet": (
        lambda path: path.write_bytes(pack({"content.xml": b""})),
        "t.xlsx: an OpenDocument spreadsheet",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_import_refuses_a_command_refuses_with_the_same_words(name: str, run: Run, here: Path) -> None:
    write, said = REFUSED[name]
    write(here / "t.xlsx")
    told = [line for line in run("import", "t.xlsx", "-o", "new.yaml", code=1).stderr.splitlines() if "t.xlsx:" in line]
    result = run("build", "t.xlsx", "-o", "out", "-q", code=1)
    lines = [line for line in result.stderr.splitlines() if "an option named above" not in line]
    assert lines == told
    assert said in lines[0]
    assert not (here / "out").exists()


TAKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "a day": (fill(4, date(2020, 5, 1)), ""),
    "a number where a text may be": (fill(4, 2020), ""),
    "blanks at the end": (fill(2, "Kabul  "), ""),
    "a line of blanks": (fill(2, "   ", 7), ""),
    "a name from the right": (fill(2, "کابل"), ""),
    "a hidden row": (change(hide), "row 3 is hidden, and left out"),
    "blank rows between": (change(lambda page: page.insert_rows(3, 4)), ""),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_import_takes_a_command_takes_and_tells_the_same(name: str, run: Run, here: Path) -> None:
    write, said = TAKEN[name]
    write(here / "t.xlsx")
    run("import", "t.xlsx", "-o", "new.yaml", "-q", code=0)
    result = run("check", "t.xlsx", code=0)
    assert result.stdout == run("check", "new.yaml", code=0).stdout
    assert said in result.stderr
    assert ("an option named above" in result.stderr) == ("--" in result.stderr)


def test_an_option_that_only_import_has_is_said_to_be_of_import(run: Run, here: Path) -> None:
    rows: list[list[object]] = [["In 2020"], *RECORDS]
    write_book(here / "t.xlsx", rows)
    lines = run("check", "t.xlsx", code=1).stderr.splitlines()
    assert lines[-1] == (
        "t.xlsx: an option named above, which 'presence import' has and this command has not; "
        "expected 'presence import t.xlsx' with it, and then the table that it writes"
    )


def test_fmt_tidies_no_spreadsheet(run: Run, here: Path) -> None:
    write_book(here / "t.xlsx", RECORDS)
    before = (here / "t.xlsx").read_bytes()
    result = run("fmt", "t.xlsx", code=1)
    assert result.stderr.startswith("t.xlsx: a spreadsheet, which has no text to be tidied; expected a table in YAML")
    assert (here / "t.xlsx").read_bytes() == before


def test_old_records_are_counted_by_rows(run: Run, here: Path) -> None:
    rows: list[list[object]] = [*RECORDS, ["Red", "Kunar", "A report", "2012"]]
    whole: dict[str, list[list[object]]] = {"presence": rows, "table": [["key", "value"], ["as_of", "2021"]]}
    book(whole)(here / "t.xlsx")
    assert "older than two years before as_of 2021: row 3" in run("check", "t.xlsx").stderr


def test_a_version_of_a_workbook_in_git_is_compared(run: Run, here: Path) -> None:
    import subprocess

    more: list[list[object]] = [*RECORDS, ["Red", "Kunar", "A report", "2020"]]
    for rows in (RECORDS, more):
        write_book(here / "t.xlsx", rows)
        for words in ("init -q", "add t.xlsx", "-c user.name=a -c user.email=a@b commit -qm a"):
            subprocess.run(["git", *words.split()], cwd=here, check=True)
    assert "Kunar" in run("diff", "t.xlsx", "--commits", "HEAD~1", "HEAD", code=0).stdout


def test_a_draft_is_not_reviewed_into_a_spreadsheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("group,in\nRed,Kabul\n", "utf-8")
    with pytest.raises(TableError, match="a spreadsheet, which is changed in its own program"):
        geo.add_records("t.csv", [{"group": "red", "in": "Kunar"}])


def test_what_a_sheet_holds_as_internal_is_published_nowhere(run: Run, here: Path) -> None:
    rows: list[list[object]] = [[*RECORDS[0], "internal"], [*RECORDS[1], "a secret word"]]
    write_book(here / "t.xlsx", rows)
    run("publish", "t.xlsx", "-o", "out", "-q", code=0)
    run("export", "t.xlsx", "--format", "csv", "-o", "csv", "-q", code=0)
    files = [path for out in ("out", "csv") for path in (here / out).rglob("*") if path.is_file()]
    assert len(files) > 10
    assert not [path for path in files if b"a secret word" in path.read_bytes()]
    assert "a secret word" not in run("check", "t.xlsx").output
