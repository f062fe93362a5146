"""Tables joined to the provinces and drawn as pages, for tests in a browser and without one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import folium

from geo.api import MAPS, join_table
from geo.api.checks.map_refusals import say_why_not
from geo.draw.marks.map_classes import MapClass
from geo.draw.pages.kinds import KINDS
from geo.draw.topology.simplify import thin_arcs
from geo.draw.wording.catalogue import read_catalogue
from geo.join.classes import UnitClass
from geo.join.filters import Choices
from geo.join.joined_table import JoinedTable, join_presence
from geo.model import Topology, UnitNoun
from geo.read.boundaries.bundled import read_boundaries, read_topology
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence

__all__ = ["NO_RECORD", "draw_page", "join_data", "list_keys", "list_maps", "read_sketch", "sketch_page"]

NO_RECORD = read_catalogue("en").about(UnitNoun("province", "provinces")).say("class_none")
"""What is said of a province that no record names."""


def join_data(table: Any, **choices: Any) -> JoinedTable:
    """Join a table, given as plain data or as a file."""
    data = table.read_bytes() if isinstance(table, Path) else json.dumps(table, ensure_ascii=False).encode()
    checked, _ = parse_presence(data, "test.yaml", read_gazetteer(), allow_empty=True)
    return join_presence(checked, read_gazetteer(), _read_boundaries(), Choices(**choices))


_read_boundaries = cache(read_boundaries)


def draw_page(name: str, joined: JoinedTable, **options: Any) -> folium.Map:
    """Draw a joined table as the named page."""
    return KINDS[name].draw(joined, read_topology(), **options)


def sketch_page(name: str, joined: JoinedTable, **options: Any) -> folium.Map:
    """Draw it with next to nothing left of the shapes, in half the time, for tests of what no shape has a say in."""
    return KINDS[name].draw(joined, read_sketch(), **options)


@cache
def read_sketch() -> Topology:
    """Return the shapes of such a page."""
    return replace(thin_arcs(read_topology(), 1), neighbours=())


def list_maps(table: Path | str, *, without: Iterable[str]) -> list[str]:
    """Return the maps that say something of a table, in their order; not of them are these, which a test is about."""
    joined, _ = join_table(table)
    left = {name for name in MAPS if say_why_not(name, joined)}
    assert left >= {*without}
    return [name for name in MAPS if name not in left]


def list_keys(classes: Mapping[str, UnitClass] | Mapping[str, MapClass]) -> dict[str, str]:
    """Return what the page calls the classes of units, by code."""
    return {code: each.key for code, each in classes.items()}
