"""The copies of sources that stand beside a table: found within its folder, read, and opened for quotes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.job import Job
from geo.errors import Problem, TableError
from geo.model import Source, SourceCopy, Table
from geo.read.common.file_text import LARGEST_FILE
from geo.read.common.nodes import quote
from geo.regular_files import IrregularError, LargeError, hash_bytes, read_regular

if TYPE_CHECKING:
    from geo.quotes.quoted_document import QuotedDocument

__all__ = ["Copies", "check_hash", "find_copy", "list_copied", "list_kept", "read_copies", "read_copy", "refuse_piped"]

PIPED = "a table from standard input, beside which there are no copies"


@dataclass(frozen=True)
class Copies:
    """What copies hold, by source, and what is wrong with them.

    ``documents`` are those in which quotes can be looked for; ``altered`` are not what their SHA-256 says.
    """

    documents: Mapping[str, QuotedDocument] = field(default_factory=dict)
    altered: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def refuse_piped(table: Path) -> None:
    """Refuse a table that is no file, where copies beside it are asked for."""
    if str(table) == "-":
        raise TableError([Problem("standard input", PIPED, "the file of the table")])


def find_copy(table: Path, copy: SourceCopy) -> Path:
    """Say where a copy is; one that a link leads out of the folder of the table is a `TableError`.

    Examples
    --------
    >>> find_copy(Path("maps/t.yaml"), SourceCopy("copies/a.pdf")).as_posix()
    'maps/copies/a.pdf'
    """
    path = table.parent / copy.file
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(table.parent)):
        found = f"a link leads the copy {quote(copy.file)} out of the folder of the table"
        raise TableError([_blame(table, copy, found, "the file itself in that folder or below it, and no link")])
    return path


def read_copy(table: Path, copy: SourceCopy) -> bytes:
    """Read a copy; one that is not there, is no regular file or may not be read is a `TableError`."""
    path = find_copy(table, copy)
    try:
        return read_regular(path, LARGEST_FILE)
    except IrregularError as error:
        found, expected = f"the copy {quote(copy.file)}: {error.found}", "a file"
    except LargeError:
        found = f"the copy {quote(copy.file)} is larger than {LARGEST_FILE // 1_000_000} MB"
        expected = "a smaller one, such as its text alone"
    except FileNotFoundError:
        found, expected = f"there is no copy {quote(copy.file)} beside the table", "that file, or no `copy`"
    except PermissionError:
        found, expected = f"the copy {quote(copy.file)} may not be read", "a file that you have permission to read"
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a path"
        found, expected = f"the copy {quote(copy.file)} cannot be read: {why}", "a readable file"
    raise TableError([_blame(table, copy, found, expected)])


def check_hash(table: Path, copy: SourceCopy, data: bytes) -> Problem | None:
    """Say that a copy is not what its SHA-256 says; a warning where none is given."""
    digest = hash_bytes(data)
    if copy.sha256 is None:
        found = f"the copy {quote(copy.file)} without `sha256`, by which a change would be noticed"
        return replace(_blame(table, copy, found, f"`sha256: {digest}`"), severity="warning")
    if copy.sha256.lower() == digest:
        return None
    found = f"the copy {quote(copy.file)} was changed: its SHA-256 is not the one given"
    return _blame(table, copy, found, f"the file as it was, or once you have looked at it `sha256: {digest}`")


def read_copies(table: Path, sources: Iterable[Source], quoted: Iterable[str], job: Job) -> Copies:
    """Read the copies of sources, and open those that are quoted; what is wrong with one is a problem of it alone.

    Only links out of the folder of the table are a `TableError`, which names all of them.
    """
    kept = [(source, source.copy) for source in sources if source.copy]
    refused = [problem for _, copy in kept for problem in _refuse_outside(table, copy)]
    if refused:
        raise TableError(refused)
    documents: dict[str, QuotedDocument] = {}
    altered: set[str] = set()
    problems: list[Problem] = []
    wanted = set(quoted)
    for source, copy in kept:
        job.progress(f"reading {copy.file}")
        try:
            data = read_copy(table, copy)
        except TableError as error:
            problems += error.problems
            continue
        if doubt := check_hash(table, copy, data):
            problems.append(doubt)
            altered |= {source.id} if doubt.severity == "error" else set()
        if source.id in wanted:
            document, told = _open(table, copy, data)
            problems += told
            documents |= {source.id: document} if document else {}
    return Copies(documents, frozenset(altered), tuple(problems))


def list_copied(table: Table) -> tuple[Source, ...]:
    """List the sources of a table that have a copy."""
    return tuple(source for source in table.sources.values() if source.copy)


def list_kept(table: Path, checked: Table) -> tuple[Path, ...]:
    """List the files of all copies, on none of which anything may be written; a link out of the folder is refused."""
    if str(table) == "-":
        return ()
    copies = [source.copy for source in list_copied(checked) if source.copy]
    if refused := [problem for copy in copies for problem in _refuse_outside(table, copy)]:
        raise TableError(refused)
    return tuple(find_copy(table, copy) for copy in copies)


def _refuse_outside(table: Path, copy: SourceCopy) -> tuple[Problem, ...]:
    try:
        find_copy(table, copy)
    except TableError as error:
        return error.problems
    return ()


def _open(table: Path, copy: SourceCopy, data: bytes) -> tuple[QuotedDocument | None, list[Problem]]:
    """Open a copy as a document, and say at its place in the table what is wrong with it."""
    from geo.quotes.quoted_document import open_document
    from geo.read.documents.document_lines import parse_lines

    try:
        given, told = parse_lines(data, copy.file, Path(copy.file).suffix.lower())
    except TableError as error:
        return None, [_move(table, copy, problem) for problem in error.problems]
    return open_document(given), [_move(table, copy, problem) for problem in told]


def _move(table: Path, copy: SourceCopy, problem: Problem) -> Problem:
    found = f"the copy {quote(copy.file)}: {problem.found}"
    return replace(problem, file=str(table), found=found, position=copy.position)


def _blame(table: Path, copy: SourceCopy, found: str, expected: str) -> Problem:
    return Problem(str(table), found, expected, position=copy.position)
