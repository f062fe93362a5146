"""Workbooks as people fill them in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

__all__ = ["fill_form", "fill_rows"]


def fill_rows(path: Path, title: str, *rows: dict[str, object]) -> None:
    """Write rows below those that a sheet of a workbook has, by the names of its columns."""
    made = openpyxl.load_workbook(path)
    page: Any = made[title]
    heads: dict[str, int] = {cell.value: cell.column for cell in page[1]}
    first = next(row for row in range(2, page.max_row + 2) if page.cell(row, 1).value is None)
    for line, row in enumerate(rows, first):
        for name, value in row.items():
            cell = page.cell(line, heads[name])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a cell that is marked as text takes what is typed for one, a formula too
    made.save(path)


def fill_form(path: Path) -> None:
    """Write a record into a form whose groups, levels and sources a table gave, as its lists offer them."""
    made = openpyxl.load_workbook(path)
    chosen = {title: made[title].cell(2, 2).value for title in ("Groups", "Levels", "Sources")}
    fill_rows(path, "Records", {
        "group": chosen["Groups"], "in": "Ghor", "level": chosen["Levels"], "source": chosen["Sources"],
        "observed": "2020-05", "note": "=not a formula",
    })  # fmt: skip
