"""The same events in files of many kinds, and what they come to wherever these lie."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.event_files import write_events
from geo.events.count_chunk import Rules
from geo.events.engines import Engine, LocalEngine
from geo.events.files.chunks import list_parts
from geo.events.files.inspect_file import inspect_file
from geo.events.merge import count_all
from geo.events.stores.found_files import find_files
from geo.read.actor_list import Actors
from tests.events.conftest import provinces

__all__ = ["RULES", "digest", "write_hive", "write_split"]

GROUPS = Actors({"one": "One", "two": "Two"}, {f"Made-up Group {n}, Branch": ("one", "two")[n % 2] for n in range(30)})
RULES = Rules(provinces(), GROUPS, places=True)
HERE = LocalEngine(1000)


def write_split(folder: Path) -> list[Path]:
    """Write four files, 10,000 events in all: every seventh has a line break in its note, every second stands twice."""
    folder.mkdir(exist_ok=True)
    files = [write_events(folder / f"{number}.csv", 2500, seed=number // 2, breaks=7) for number in range(4)]
    for file in files[2:]:
        file.write_text(file.read_text("utf-8").replace("\nAFG", "\nB"), "utf-8")
    return files


def write_hive(files: list[Path], folder: Path) -> Path:
    """Write the same rows as Parquet, parted into folders by a column that counts."""
    tables = (pd.read_csv(file, dtype=str, keep_default_na=False) for file in files)
    pd.concat(tables).to_parquet(folder, partition_cols=["geo_precision"], row_group_size=900)
    (folder / "_SUCCESS").touch()
    return folder


def digest(*names: Path | str, engine: Engine = HERE) -> str:
    """Tell in short what files come to; rows have other numbers in another kind of file."""
    with find_files(names, lambda _: None) as found:
        parts = [part for path in found for part in list_parts(inspect_file(path))]
        totals = count_all(parts, RULES, engine)
    assert totals.counts.tally["read"] == 10_000
    assert totals.counts.tally["duplicate"] > 0
    counts = totals.counts
    tables: list[Mapping[Any, Any]] = [counts.rows, counts.places, counts.tally, counts.actors, counts.notes]
    told = [*(sorted(map(repr, table.items())) for table in tables), sum(totals.repeats.counts.values())]
    return hashlib.sha256(repr(told).encode()).hexdigest()
