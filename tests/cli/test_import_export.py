"""`presence import` and `presence export` as a user gives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from geo.api import ExportOptions, exports, render_exports
from geo.api.exports import SHAPED, WHOLE
from geo.option_values import CONTENTS, EXPORTS
from geo.read.common import file_text
from tests.cli.conftest import Run

RECORDS = (
    "group,in,level,source,observed\nRed Group,Kabul,Cells,A report,2020\nBlue,Kunar; Khost,Cells,A report,2020-05\n"
)


def run_there(run: Run, here: Path, text: str, *words: str) -> Result:
    (here / "records.csv").write_text(text, encoding="utf-8")
    return run("import", "records.csv", "-o", "new.yaml", *words)


def test_records_become_a_table_and_what_was_made_is_told(run: Run, here: Path) -> None:
    result = run_there(run, here, RECORDS)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "reading records.csv",
        "writing",
        "made the level cells of 'Cells'",
        "made the source a-report of 'A report'",
        "made the group red-group of 'Red Group'",
        "made the group blue of 'Blue'",
        "the table has no `as_of`, the date up to which it holds: add it",
        "wrote new.yaml, read as records: 2 records, 3 claims, 2 groups",
    ]
    assert (here / "new.yaml").read_text("utf-8") == (
        "version: 1\n\nlevels:\n  cells: {name: Cells}\n\nsources:\n  a-report: {title: A report}\n\n"
        "groups:\n  red-group:\n    name: Red Group\n  blue:\n    name: Blue\n\n"
        "presence:\n  - group: red-group\n    in: Kabul\n    level: cells\n    source: a-report\n    observed: 2020\n"
        "  - group: blue\n    in: [Kunar, Khost]\n    level: cells\n    source: a-report\n    observed: 2020-05\n"
    )
    assert run("check", "new.yaml", "--strict").exit_code == 0


def test_every_row_that_cannot_be_taken_is_named_and_nothing_is_written(run: Run, here: Path) -> None:
    result = run_there(run, here, "group,in\n" + "Red,Nowhere\n" * 60)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines[1:61]] == [f"records.csv:B{row}" for row in range(2, 62)]
    assert lines[61:] == ["60 problems; nothing was written"]
    assert not (here / "new.yaml").exists()


def test_no_table_is_replaced_unless_asked(run: Run, here: Path) -> None:
    before = (here / "presence.yaml").read_text("utf-8")
    (here / "records.csv").write_text(RECORDS, encoding="utf-8")
    result = run("import", "records.csv", code=1)
    assert result.stderr == "presence.yaml: exists already; expected another name, or --force to replace it\n"
    assert (here / "presence.yaml").read_text("utf-8") == before
    assert run("import", "records.csv", "--force", "-q").stderr == ""
    assert "red-group" in (here / "presence.yaml").read_text("utf-8")
    assert "is one of the files that are read" in run("import", "records.csv", "-o", "records.csv", "--force").stderr


def test_an_export_is_imported_whole(run: Run, here: Path) -> None:
    assert run("export", "--format", "csv", "--format", "xlsx", "-q").exit_code == 0
    names = sorted(path.name for path in (here / "export").glob("*.csv"))
    assert len(names) == 12
    assert run("import", *(f"export/{name}" for name in names), "-o", "a.yaml", "-q").exit_code == 0
    assert run("import", "export/table.xlsx", "-o", "b.yaml", "-q").exit_code == 0
    assert (here / "a.yaml").read_bytes() == (here / "b.yaml").read_bytes()
    assert run("check", "a.yaml").stdout == run("check").stdout


def test_standard_input_is_taken(run: Run, here: Path) -> None:
    result = run("import", "-", "-o", "new.yaml", input="province,Red\nKabul,x\nKunarr,x\n")
    assert result.stderr.splitlines()[1].startswith("standard input:A3: unknown province 'Kunarr'")
    result = run("import", "-", "-o", "new.yaml", input="province,Red\nKabul,x\n")
    assert result.stderr.splitlines()[-1] == "wrote new.yaml, read as provinces × groups: 1 record, 1 claim, 1 group"
    table = (here / "presence.yaml").read_bytes()
    assert run("export", "-", "--format", "geojson", "-q", input=table).exit_code == 0


def test_exports_are_named_and_told(run: Run, here: Path) -> None:
    result = run("export", "--format", "xlsx", "--format", "geojson", "-o", "out", code=0)
    assert [line.rpartition(" (")[0] for line in result.stderr.splitlines()[-2:]] == [
        "wrote out/table.xlsx", "wrote out/units.geojson"]  # fmt: skip
    assert run("export", "-o", "out", "-q").stderr == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--format", "pdf"), 2, "'pdf' is not one of"),
        (("--format", "gpkg", "--of", "table"), 1, "expected --of units"),
        (("--format", "gpkg", "--with-internal"), 1, "nothing internal"),
        (("--format", "stix", "--of", "units"), 1, "expected --of table"),
        (("--format", "datapackage", "--with-internal"), 1, "expected the command without --with-internal"),
        (("--of", "units", "--level", "cels"), 1, "nearest: cells"),
        (("nosuch.yaml",), 1, "there is no such file"),
        (("-o", "no/such/folder"), 1, "no/such/folder"),
    ],
)
def test_what_cannot_be_exported_is_said(run: Run, here: Path, words: tuple[str, ...], code: int, said: str) -> None:
    result = run("export", *words)
    assert result.exit_code == code
    assert said in result.stderr
    assert not (here / "export").exists()


@pytest.mark.parametrize("of", CONTENTS)
@pytest.mark.parametrize("form", EXPORTS)
def test_standard_output_holds_all_that_a_format_writes_or_nothing(run: Run, here: Path, form: str, of: str) -> None:
    if of == ("table" if form in SHAPED else "units" if form in WHOLE else ""):
        return
    made = render_exports(here / "presence.yaml", [form], options=ExportOptions(of))
    result = run("export", "--format", form, "--of", of, "-o", "-", "-q")
    assert result.exit_code == (0 if len(made) == 1 else 2)
    assert result.stdout_bytes == (next(iter(made.values())) if len(made) == 1 else b"")


def test_a_format_that_begins_to_write_several_files_is_not_printed_in_part(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "_write_sheets", lambda *_: {"groups.md": b"groups", "presence.md": b"presence"})
    result = run("export", "--format", "markdown", "-o", "-", "-q")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "-: standard output, where 2 files are written: groups.md, presence.md; "
        "expected a folder, or one format that is one file, such as xlsx\n"
    )


def test_choices_hold_for_units(run: Run, here: Path) -> None:
    assert run("export", "--of", "units", "--format", "csv", "--group", "red", "-q").exit_code == 0
    rows = (here / "export" / "units.csv").read_text("utf-8-sig").splitlines()
    assert "AF-KAB,AF01,Kabul,کابل,Capital,named,1,Red,,,,,,," in rows
    assert "AF-NAN,AF06,Nangarhar,ننگرهار,Eastern,not counted,0,,,,,,,," in rows


def test_a_table_too_large_to_be_read_is_not_written(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "sheet.csv").write_text("group,in\n" + "Red,Kabul\nBlue,Kunar\n", "utf-8")
    assert run("import", "sheet.csv", "-o", "t.yaml").exit_code == 0
    size = (here / "t.yaml").stat().st_size
    for limit, code in ((size - 1, 1), (size, 0)):
        monkeypatch.setattr(file_text, "LARGEST_FILE", limit)
        out = here / f"new{code}.yaml"
        result = run("import", "sheet.csv", "-o", out)
        assert (result.exit_code, out.exists()) == (code, not code), result.stderr
        assert ("the file is larger than 16 MB; expected a smaller table" in result.stderr) == bool(code)


def test_a_data_package_is_a_folder_of_its_own(run: Run, here: Path) -> None:
    result = run("export", "--format", "datapackage", "-o", "package", code=0)
    assert "in 18 tables" in result.stderr
    names = {path.name for path in (here / "package").iterdir()}
    assert "datapackage.json" in names
    run("export", "--format", "csv", "--format", "datapackage", "--format", "stix", "-o", "all", code=0)
    assert {path.name for path in (here / "all" / "datapackage").iterdir()} == names
    assert {"bundle.json", "presence.csv", "datapackage"} <= {path.name for path in (here / "all").iterdir()}


INTO = """\
groups: {a: {name: A}}
presence:
  - id: x # first
    group: a
    in: Kabul
    note: n
  - {id: y, group: a, in: Kunar, internal: a secret}
"""


def test_a_table_is_brought_up_to_date_and_each_row_is_told(run: Run, here: Path) -> None:
    (here / "t.yaml").write_text(INTO, "utf-8")
    (here / "s.csv").write_text("id,group,in,note\nx,A,Ghor,\n,A,Logar,more\n", "utf-8")
    result = run("import", "s.csv", "--into", "t.yaml", "--dry-run", code=0)
    assert "+    in: Ghor" in result.stdout.splitlines()
    assert "secret" not in result.output
    assert result.stderr.splitlines()[-1] == "would write t.yaml: 3 records"
    assert (here / "t.yaml").read_text("utf-8") == INTO
    result = run("import", "s.csv", "--into", "t.yaml", code=0)
    assert result.stderr.splitlines() == [
        "reading t.yaml",
        "reading s.csv",
        "writing",
        "t.yaml:3:5: warning: a record without a source; expected `source`",
        "t.yaml:7:5: warning: a record without a source; expected `source`",
        "t.yaml:8:5: warning: a record without a source; expected `source`",
        "updated x: in",
        "added a-e73f, of B3; its id now stands in the table, and not in the sheet",
        "left alone, though their cells are empty: x (note); --clear takes them out",
        "in the table and not in the sheet, left alone: y",
        "wrote t.yaml: 3 records",
    ]
    text = INTO.replace("Kabul", "Ghor") + '  - {id: a-e73f, group: a, in: Logar, note: "more"}\n'
    assert (here / "t.yaml").read_text("utf-8") == text
    assert run("import", "s.csv", "--into", "t.yaml").stderr.splitlines()[-1] == "nothing changes"
    assert run("import", "s.csv", "--into", "t.yaml", "--clear").stderr.splitlines()[-1] == "wrote t.yaml: 3 records"
    assert (here / "t.yaml").read_text("utf-8") == text.replace("    note: n\n", "")


def test_nothing_is_written_into_a_table_where_a_row_is_wrong(run: Run, here: Path) -> None:
    (here / "t.yaml").write_text(INTO, "utf-8")
    (here / "s.csv").write_text("id,group,in\nx,A,Ghor\nz,B,Logarr\n", "utf-8")
    result = run("import", "s.csv", "--into", "t.yaml", code=1)
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()[2:]] == [
        "s.csv:A3",
        "s.csv:B3",
        "s.csv:C3",
        "3 problems; nothing was written",
    ]
    assert (here / "t.yaml").read_text("utf-8") == INTO
