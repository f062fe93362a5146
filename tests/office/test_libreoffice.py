"""Workbooks that LibreOffice opened and saved: the same tables, and cells that still offer what may stand there.

Where it is not installed (`apt-get install libreoffice-calc`) these tests are left out, and say so.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from geo.api import export_table, update_table, write_entry_workbook
from geo.export.yaml_table import write_table
from geo.read.any_table import read_table
from geo.read.boundaries.gazetteer import read_gazetteer
from tests.daily import IS_WHOLE
from tests.read.updates.test_updates import HOSTILE
from tests.sheets import fill_form

ROOT = Path(__file__).parents[2]
TABLES = {
    "full": ROOT / "tests" / "data" / "full.yaml", "presence": ROOT / "presence.yaml",
    "starter": ROOT / "geo" / "read" / "starter.yaml", "three-reports": ROOT / "examples" / "three-reports.yaml",
}  # fmt: skip
SOFFICE = shutil.which("soffice")
GAZETTEER = read_gazetteer()

WHY = "of `make office`" if SOFFICE else "LibreOffice is not installed: apt-get install libreoffice-calc"
pytestmark = pytest.mark.skipif(not (SOFFICE and IS_WHOLE), reason=WHY)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let LibreOffice open and save every workbook, all at once, since it takes seconds to begin."""
    folder = tmp_path_factory.mktemp("office")
    for name, table in TABLES.items():
        export_table(table, folder / name, ["xlsx"])
        (folder / name / "table.xlsx").rename(folder / f"{name}.xlsx")
    records = [{"group": "a", "unlocated": str(number), "note": text} for number, text in enumerate(HOSTILE[:30], 1)]
    hostile = {"groups": {"a": {"name": "A"}}, "presence": records}
    (folder / "hostile.yaml").write_bytes(write_table(hostile))
    export_table(folder / "hostile.yaml", folder / "hostile", ["xlsx"])
    (folder / "hostile" / "table.xlsx").rename(folder / "hostile.xlsx")
    write_entry_workbook(folder / "form.xlsx", TABLES["presence"])
    fill_form(folder / "form.xlsx")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
             str(folder / "saved"), *map(str, sorted(folder.glob("*.xlsx")))]  # fmt: skip
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.parametrize("name", [*TABLES, "hostile"])
def test_a_workbook_that_it_saved_is_the_same_table(name: str, saved: Path) -> None:
    path = TABLES.get(name, saved / f"{name}.yaml")
    table, _ = read_table(path, GAZETTEER)
    for folder in (saved, saved / "saved"):
        assert read_table(folder / f"{name}.xlsx", GAZETTEER)[0] == table


def test_a_form_that_it_saved_is_read_and_offers_what_it_did(saved: Path) -> None:
    one, other = (openpyxl.load_workbook(folder / "form.xlsx") for folder in (saved, saved / "saved"))
    assert one.sheetnames == other.sheetnames
    for name in one.sheetnames:
        checks = [
            {
                str(check.sqref).split(":")[0]: (
                    check.type,
                    str(check.formula1).replace("'", ""),
                    check.errorStyle or "stop",
                    check.error,
                )
                for check in book[name].data_validations.dataValidation
                if check.type == "list"
            }
            for book in (one, other)
        ]
        assert checks[0] == checks[1], name
    assert (read_table(saved / "form.xlsx", GAZETTEER)[0]
            == read_table(saved / "saved" / "form.xlsx", GAZETTEER)[0])  # fmt: skip


def test_a_form_that_it_saved_brings_a_table_up_to_date(saved: Path, tmp_path: Path) -> None:
    table = tmp_path / "presence.yaml"
    table.write_bytes(TABLES["presence"].read_bytes())
    done = update_table([saved / "saved" / "form.xlsx"], table)
    assert [row.record is not None for row in done.rows] == [True]
    assert update_table([saved / "form.xlsx"], table).after == done.after
