"""Folders named KEY=VALUE, into which sets of data are parted: each key is one more column of the files within."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from geo.errors import EventsError, Problem
from geo.read.common.nodes import cut

if TYPE_CHECKING:
    from geo.events.files.inspect_file import EventFile

__all__ = ["check_same_columns", "read_partitions"]

FOLDER = re.compile(r"([A-Za-z_][\w.-]*)=(.*)")
NOTHING = "__HIVE_DEFAULT_PARTITION__"


def read_partitions(path: str) -> dict[str, str]:
    """Read the columns that stand in the folders of a path.

    Examples
    --------
    >>> read_partitions("s3://bucket/year=2021/actor=Group%20A/part-0.parquet")
    {'year': '2021', 'actor': 'Group A'}
    """
    found = [match for part in PurePath(path).parts[:-1] if (match := FOLDER.fullmatch(part))]
    return {match[1]: "" if match[2] == NOTHING else unquote(match[2]) for match in found}


def check_same_columns(files: Sequence[EventFile]) -> None:
    """Refuse parts of one set of Parquet data that lack a column which another of them has: of those that count."""
    sets: dict[str, list[EventFile]] = {}
    for file in files:
        if file.kind == "parquet":
            sets.setdefault(_find_root(file.path), []).append(file)
    problems = []
    for root, parts in sets.items():
        first = parts[0]
        wanted = {first.names[at] for at in first.columns.values()}
        for file in parts[1:] if any(read_partitions(part.path) for part in parts) else ():
            held = {file.names[at] for at in file.columns.values()}
            told = [f"without {_list(wanted - held)}"] if wanted - held else []
            told += [f"with {_list(held - wanted)}"] if held - wanted else []
            if told:
                found = f"a part of {root} {' and '.join(told)}, unlike {first.path}"
                problems.append(Problem(file.path, found, "parts with the same columns, or each set counted by itself"))
    if problems:
        raise EventsError(problems)


def _find_root(path: str) -> str:
    """Find the folder of a set of data: that above the first folder which is a column."""
    folders = path.split("/")[:-1]
    end = next((at for at, folder in enumerate(folders) if FOLDER.fullmatch(folder)), len(folders))
    return "/".join(folders[:end]) or "."


def _list(names: set[str]) -> str:
    return ", ".join(map(cut, sorted(names)))
