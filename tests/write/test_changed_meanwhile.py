"""A table that another program writes while a command changes it keeps what that program wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import geo
from geo.api import tidy_tables, update_table
from geo.errors import WriteError
from geo.write import files

TABLE = """\
sources: {s: {title: A report}}
groups: {red: {name: Red}}
presence:
  - {id: one, group: red,  in: [Kabul], source: s}
"""
THEIRS = "# theirs\n"


def update(table: Path) -> Any:
    sheet = table.with_name("rows.csv")
    sheet.write_text("id,group,in\none,red,Kunar\n", "utf-8")
    return update_table([sheet], table)


CHANGING: dict[str, Callable[[Path], Any]] = {
    "add_records": lambda table: geo.add_records(table, [{"group": "red", "in": "Ghor", "source": "s"}]),
    "fmt": lambda table: tidy_tables([table]),
    "import --into": update,
}


@pytest.mark.parametrize("name", CHANGING)
def test_what_another_wrote_meanwhile_stays(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table, keep = tmp_path / "t.yaml", files._keep_old
    table.write_text(TABLE, "utf-8")

    def interfere(target: Path, always: Any) -> Path | None:
        kept = keep(target, always)
        target.write_text(TABLE + THEIRS, "utf-8")
        return kept

    monkeypatch.setattr(files, "_keep_old", interfere)
    with pytest.raises(WriteError, match=r"t\.yaml: was changed by another meanwhile; expected a look at it"):
        CHANGING[name](table)
    assert table.read_text("utf-8") == TABLE + THEIRS
    assert sorted(each.name for each in tmp_path.iterdir()) in (["t.yaml"], ["rows.csv", "t.yaml"])


@pytest.mark.parametrize("name", CHANGING)
def test_and_without_it_the_table_is_changed(name: str, tmp_path: Path) -> None:
    table = tmp_path / "t.yaml"
    table.write_text(TABLE, "utf-8")
    CHANGING[name](table)
    assert table.read_text("utf-8") != TABLE
