"""Tables made tidy, in place: all or none, and no table with a mistake."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from geo.api.boundaries import BUNDLED, BoundaryFile, load_gazetteer
from geo.errors import Problem, TableError
from geo.model import Gazetteer
from geo.read.any_table import is_sheet
from geo.read.common.file_text import A_TABLE, read_bytes
from geo.read.table.reader import parse_presence
from geo.read.table.record_ids import assign_record_ids
from geo.read.yaml.tidy import hide_internal, tidy_text
from geo.write.files import write_files

__all__ = ["Tidied", "tidy_tables"]

NO_END = "\\ no line end at the end of the file"


@dataclass(frozen=True)
class Tidied:
    r"""A table and what it is when it is tidy; ``given`` says how many records got an id.

    Examples
    --------
    >>> tidied = Tidied(Path("t.yaml"), b"a:  1\n", b"a: 1\n")
    >>> tidied.is_changed, tidied.show_changes()[2:]
    (True, ['@@ -1 +1 @@', '-a:  1', '+a: 1'])
    """

    path: Path
    before: bytes
    after: bytes
    given: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether it was not tidy."""
        return self.before != self.after

    def show_changes(self) -> list[str]:
        """List the lines that change as a unified diff, without what stands under ``internal``."""
        before, after = (_list_lines(hide_internal(data.decode("utf-8-sig"))) for data in (self.before, self.after))
        name = str(self.path)
        return list(difflib.unified_diff(before, after, name, name, lineterm=""))


def _list_lines(text: str) -> list[str]:
    """List the lines of a text; one whose end is missing says so."""
    *lines, last = text.split("\n")
    return [*lines, last, NO_END] if last else lines


def tidy_tables(
    tables: Iterable[Path], *, boundaries: BoundaryFile = BUNDLED, write: bool = True, ids: bool = False
) -> tuple[Tidied, ...]:
    r"""Tidy tables, each once, all or none; the values that are read from them stay the same.

    With ``ids`` each record gets an id that has none: of its first group and of what it says, so that the same record
    gets the same one anywhere.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {A: [ Kabul ]}", encoding="utf-8")
    ...     _ = tidy_tables([table])
    ...     table.read_text(encoding="utf-8")
    'presence: {A: [Kabul]}\n'
    """
    gazetteer = load_gazetteer(boundaries)
    results: list[Tidied] = []
    problems: list[Problem] = []
    for table in dict.fromkeys(tables):
        try:
            results.append(_tidy_table(table, gazetteer, ids))
        except TableError as error:
            problems += error.problems
    if problems:
        raise TableError(problems)
    if write:
        changed = [result for result in results if result.is_changed]
        write_files({each.path: each.after for each in changed}, known={each.path: each.before for each in changed})
    return tuple(results)


def _tidy_table(path: Path, gazetteer: Gazetteer, ids: bool) -> Tidied:
    """Check a table and tidy it; one without records may be one that is just begun."""
    if str(path) == "-":
        raise TableError([Problem("standard input", "cannot be tidied in its place", "the path of a presence table")])
    if is_sheet(path):
        found = "a spreadsheet, which has no text to be tidied"
        expected = "a table in YAML; 'presence import' makes one of a spreadsheet"
        raise TableError([Problem(str(path), found, expected)])
    data, source, given = read_bytes(path, replace(A_TABLE, is_piped=False)), str(path), 0
    text = data
    if ids:
        written, given = assign_record_ids(data, source, gazetteer)
        text = written.encode()
    else:
        parse_presence(data, source, gazetteer, allow_empty=True)
    return Tidied(path, data, tidy_text(text, source).encode(), given)
