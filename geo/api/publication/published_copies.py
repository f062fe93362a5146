"""The copies of sources that an author publishes: read, compared with their SHA-256, and named by their source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from geo.api.quotes.copies import check_hash, list_copied, read_copy
from geo.errors import Problem, TableError
from geo.model import Table
from geo.option_values import PUBLISHED_TABLE
from geo.read.common.nodes import quote

__all__ = ["COPIES", "doubt_copies", "name_copies", "read_published"]

COPIES = "copies/"
"""Beside the table, in whose folder a copy stands."""

ENDING = re.compile(r"\.[a-z0-9]{1,8}")
LIVE = (".html", ".htm", ".xhtml", ".svg")


def name_copies(table: Table) -> dict[str, str]:
    """Name the copies to be published by the ids of their sources, as paths from the published table.

    Their own names, which may tell more than their author means to, are left behind.

    Examples
    --------
    >>> from geo.model import Source, SourceCopy
    >>> sources = {id_: Source(id_, "A", copy=SourceCopy("kept/x.PDF", publish=True)) for id_ in ("un", "UN")}
    >>> name_copies(Table("t", {}, {**sources, "b": Source("b", "B", copy=SourceCopy("y"))}, {}, (), ()))
    {'un': 'copies/un.pdf', 'UN': 'copies/UN-2.pdf'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for source in list_copied(table):
        if source.copy is None or not source.copy.publish:
            continue
        ending = PurePosixPath(source.copy.file).suffix.lower()
        ending = ending if ENDING.fullmatch(ending) else ""
        stem, number = source.id.rstrip("."), 1
        name = f"{stem}{ending}"
        while normalize("NFC", name).casefold() in taken:  # two files for some systems, one for others
            number += 1
            name = f"{stem}-{number}{ending}"
        taken.add(normalize("NFC", name).casefold())
        found[source.id] = f"{COPIES}{name}"
    return found


def read_published(table: Path, whole: Table, names: Mapping[str, str]) -> dict[str, bytes]:
    """Read the copies to be published, by their place in the publication; all that is wrong with them is an error."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    folder = PUBLISHED_TABLE.rpartition("/")[0]
    for source in list_copied(whole):
        if source.copy is None or source.id not in names:
            continue
        try:
            data = read_copy(table, source.copy)
        except TableError as error:
            problems += error.problems
            continue
        doubt = check_hash(table, source.copy, data)
        problems += [doubt] if doubt and doubt.severity == "error" else []
        files[f"{folder}/{names[source.id]}"] = data
    if problems:
        raise TableError(problems)
    return files


def doubt_copies(table: Path, whole: Table, names: Iterable[str]) -> tuple[Problem, ...]:
    """Warn of a copy that is a page, which runs its scripts and loads what it needs wherever it is published."""
    copies = [copy for name in names if (copy := whole.sources[name].copy)]
    return tuple(
        Problem(str(table), f"{quote(copy.file)} is published as it is, with scripts and what it loads from elsewhere",
                "its PDF or its text", (), copy.position, "warning")
        for copy in copies
        if copy.file.lower().endswith(LIVE)
    )  # fmt: skip
