"""The one door by which entries come into a table that stands in a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from geo.api.boundaries import BUNDLED, BoundaryFile, load_gazetteer
from geo.errors import Problem, TableError
from geo.model import Gazetteer, NewEntry, Record, Relation, Table
from geo.read.any_table import is_sheet
from geo.read.common.file_text import A_TABLE, read_bytes
from geo.read.updates.splice_entries import splice_entries
from geo.write.files import write_files

__all__ = ["Added", "add_entries", "check_path", "put_entries"]


@dataclass(frozen=True)
class Added:
    """A table with new entries: its bytes, what is read from them and what is doubtful there."""

    data: bytes
    table: Table
    warnings: tuple[Problem, ...]

    def find_line(self, entry: NewEntry) -> int | None:
        """Say on which line the last entry of its kind stands, if a table knows that."""
        listed: dict[str, tuple[Record | Relation, ...]] = {
            "presence": self.table.records[-1:], "relations": self.table.relations[-1:],
        }  # fmt: skip
        last = listed.get(entry.under[0], ())
        return next((each.position.line for each in last if each.position), None)


def add_entries(path: Path, entries: Iterable[NewEntry], *, boundaries: BoundaryFile = BUNDLED) -> Added:
    r"""Put entries into the text of a table, all or none: every comment and every other byte stay.

    The new text is read whole before it takes the place of the old one, which it does at once. The table stands in a
    file of its own; a link to it is followed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "t.yaml")
    ...     _ = path.write_text("groups: {a: {name: A}} # all\n", encoding="utf-8")
    ...     _ = add_entries(path, [NewEntry(("presence",), {"group": "a", "in": "Kunar"})])
    ...     print(path.read_text(encoding="utf-8"))
    groups: {a: {name: A}} # all
    <BLANKLINE>
    presence:
      - group: a
        in: Kunar
    <BLANKLINE>
    """
    check_path(path)
    return put_entries(path, tuple(entries), load_gazetteer(boundaries))


def put_entries(
    path: Path, entries: tuple[NewEntry, ...], gazetteer: Gazetteer, known: tuple[bytes, Table] | None = None
) -> Added:
    """Do so by a gazetteer that is read already, and by a table that is: ``known``, with the bytes that it is of."""
    data = read_bytes(path, replace(A_TABLE, is_piped=False))
    before = known[1] if known and known[0] == data else None
    spliced, table, warnings = splice_entries(data, str(path), gazetteer, entries, before)
    if spliced != data:
        write_files({path: spliced}, known={path: data})
    return Added(spliced, table, warnings)


def check_path(path: Path) -> None:
    """Refuse standard input and spreadsheets, which are no text that could be added to."""
    if str(path) == "-":
        raise TableError([Problem("standard input", "cannot be added to", "the path of a presence table")])
    if is_sheet(path):
        expected = f"a table in YAML; 'presence import {path}' writes one"
        raise TableError([Problem(str(path), "a spreadsheet, which is changed in its own program", expected)])
