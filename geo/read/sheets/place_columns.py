"""Columns that say which unit a row is about: by name, code or P-code, checked against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from geo.model import CellPosition, Gazetteer
from geo.read.common.names import fold_name, index_units
from geo.read.common.nodes import Text, quote
from geo.read.sheets.cells import FAR, split_places
from geo.read.sheets.column_choices import ColumnChoices, offer_ignore

__all__ = ["PlaceKeys", "find_place_kind", "fold_head", "is_again"]

NAMES = frozenset(
    ("in", "province", "provinces", "unit", "name", "province_name", "name_of_province", "unit_name", "wilayat",
     "welayat", "velayat", "adm1", "admin1", "adm1_en", "adm1_name", "admin1_name", "admin1name_en", "admin1name",
     "name_en", "name_1", "adm1_fa", "adm1_da", "adm1_ps", "name_fa", "shapename", "ولایت", "ولايت", "استان")
)  # fmt: skip
CODES = frozenset((
    "code", "iso", "iso_code", "iso_3166", "iso_3166_2", "iso3166_2", "province_code", "unit_code", "adm1_code",
    "hasc", "shapeiso",
))  # fmt: skip
PCODES = frozenset(("pcode", "p_code", "adm1_pcode", "adm1pcode", "admin1_pcode", "admin1pcode", "province_pcode",
                    "ocha_pcode", "#adm1+code"))  # fmt: skip

Note = Callable[[Text, str, str, tuple[str, ...]], None]


def fold_head(text: str) -> str:
    """Fold a header: case, blanks, points and hyphens make no difference.

    Examples
    --------
    >>> fold_head(" ADM1-PCODE "), fold_head("As written")
    ('adm1_pcode', 'as_written')
    """
    return re.sub(r"[\s._-]+", "_", text.strip().lower())


def is_again(cell: Text, head: Text | None) -> bool:
    """Tell whether a cell says again what its header says.

    Examples
    --------
    >>> is_again(Text("armed group", False, 9, 1), Text("Armed Group", False, 1, 1))
    True
    """
    return head is not None and fold_head(cell.text) == fold_head(head.text)


def find_place_kind(header: str) -> str:
    """Tell by its header how a column names units: "name", "code", "pcode" or, where it does not, nothing.

    Examples
    --------
    >>> find_place_kind("Province"), find_place_kind("P-code"), find_place_kind("Red")
    ('name', 'pcode', '')
    """
    head = fold_head(header)
    kinds = {"name": NAMES, "code": CODES, "pcode": PCODES}
    return next((kind for kind, words in kinds.items() if head in words), "")


@dataclass
class PlaceKeys:
    """Reads the units of a sheet's rows."""

    gazetteer: Gazetteer
    note: Note
    """Takes a cell, what was found, what is expected and nearest names."""
    taking: ColumnChoices
    told: Mapping[int, str] = field(default_factory=dict)
    """How columns name units of which the user says that they do."""

    @cached_property
    def index(self) -> Mapping[str, str]:
        """Codes by every folded name."""
        return index_units(self.gazetteer)

    def find_unit(self, text: str, kind: str = "name") -> str | None:
        """Give the code of the unit that a cell names; a bare P-code counts where its column is one of P-codes."""
        found = self.index.get(fold_name(f"pcode:{text}")) if kind == "pcode" else None
        return found or self.index.get(fold_name(text))

    def find_units(self, text: str, kind: str = "name") -> frozenset[str]:
        """Give the codes of all units that a cell names; of none where it names anything else."""
        found = [self.find_unit(part, kind) for part in split_places(text)]
        return frozenset(filter(None, found)) if all(found) else frozenset()

    def refuse_across(self, cell: Text) -> bool:
        """Refuse a header that names a unit: such a sheet has its groups below each other, and its units across."""
        if not self.find_unit(cell.text):
            return False
        noun = self.gazetteer.noun
        expected = (
            f"{noun.many} down and groups across: transpose the sheet (Paste Special) and head the first column `in`"
        )
        self.note(cell, f"the {noun.one} {quote(cell.text)} in the header", expected, ())
        return True

    def holds_units(self, cells: list[Text], at_least: int) -> bool:
        """Tell whether most of a column's cells name units, and so many."""
        known = sum(1 for cell in cells if self.find_units(cell.text, "pcode"))
        return known >= at_least and 2 * known > len(cells)

    def choose(self, row: Mapping[int, Text], places: Mapping[int, str]) -> Text | None:
        """Give the cell that names a row's unit, as a record names it: a name rather than a code."""
        said = [column for column in places if column in row]
        if not said:
            return None
        column = next((each for each in said if places[each] != "pcode"), said[0])
        cell = row[column]
        if places[column] != "pcode":
            return cell
        parts = [part if self.find_unit(part) else f"pcode:{part}" for part in split_places(cell.text)]
        return Text("; ".join(parts), False, cell.line, cell.column)

    def check(self, row: Mapping[int, Text], places: Mapping[int, str], head: Mapping[int, Text]) -> None:
        """Note each cell that names other units than the first of its row, or none."""
        first = self.choose(row, places)
        meant = self.find_units(first.text) if first else frozenset()
        if first is None or not meant:
            return  # what is wrong with it is told where the record is read
        for column in places:
            cell = row.get(column)
            if cell is None or cell.column == first.column:
                continue
            found = self.find_units(cell.text, "pcode")
            if found != meant:
                self.reject_cell(cell, found, first, self.taking.offer(offer_ignore(column, head)))

    def reject_cell(self, cell: Text, found: frozenset[str], first: Text, offer: str) -> None:
        """Say that two cells of a row do not name one unit."""
        units, noun = self.gazetteer.units, self.gazetteer.noun.one
        meant = ", ".join(units[code].name for code in sorted(found)) or f"no {noun}"
        beside = str(CellPosition(first.line, first.column % FAR))
        expected = f"the same {noun} in both" + (f", or {offer}" if offer else "")
        self.note(cell, f"{quote(cell.text)} is {meant}, beside {quote(first.text)} in {beside}", expected, ())
