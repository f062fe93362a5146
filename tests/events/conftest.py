"""Units that tests know by heart, and events written as people and programs write them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
import shapely

from geo.api import load_boundaries
from geo.events.count_chunk import Rules
from geo.events.engines import LocalEngine
from geo.events.files.chunks import list_parts
from geo.events.files.inspect_file import inspect_file
from geo.events.merge import Totals, count_all
from geo.events.point_in_unit import Units, gather_units
from geo.read.actor_list import Actors
from tests.events.ged import write_ged

WEST = shapely.box(60, 30, 62, 32)
EAST = shapely.box(62, 30, 64, 32)
PAIR = Units(("W", "E"), (WEST.wkb, EAST.wkb))
"""Two squares that share a border at 62° E."""

ACTORS = Actors(
    {"taliban": "Taliban", "isis-k": "ISIS-K"},
    {"Taliban": "taliban", "Taleban": "taliban", "IS": "isis-k", "Civilians": None},
)
ACLED = (
    "event_id_cnty", "event_date", "time_precision", "actor1", "assoc_actor_1", "actor2", "assoc_actor_2", "latitude",
    "longitude", "geo_precision", "notes", "fatalities",
)  # fmt: skip

Write = Callable[..., Path]


@cache
def provinces() -> Units:
    return gather_units(load_boundaries().frame)


def event(number: int = 1, /, **cells: str) -> tuple[str, ...]:
    """One row as ACLED has it, in the western square unless told otherwise."""
    known = {
        "event_id_cnty": f"AFG{number}", "event_date": "2020-07-01", "time_precision": "1", "actor1": "Taliban",
        "latitude": "31.5", "longitude": "61.5", "geo_precision": "1", "fatalities": "2",
    }  # fmt: skip
    return tuple((known | cells).get(column, "") for column in ACLED)


@pytest.fixture
def ged(tmp_path: Path) -> Path:
    """Write made-up events as UCDP has them."""
    return write_ged(tmp_path / "ged.csv")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as CSV."""

    def write(
        rows: Iterable[Sequence[str]],
        name: str = "events.csv",
        header: Sequence[str] | None = ACLED,
        separator: str = ",",
        encoding: str = "utf-8",
    ) -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=separator)
            writer.writerows([*([header] if header else []), *rows])
        return path

    return write


def tally(
    *paths: Path, units: Units = PAIR, actors: Actors | None = ACTORS, rows: int = 1000, **rules: object
) -> Totals:
    """Count files on this machine."""
    files = [inspect_file(path) for path in paths]
    parts = [part for file in files for part in list_parts(file)]
    return count_all(parts, Rules(units, actors, **rules), LocalEngine(rows))  # type: ignore[arg-type]
