"""A gazetteer and neighbours whose every text is hostile: boundaries that a user brings may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count
from typing import Any

from geo.model import Gazetteer, Shape, Topology, Unit
from geo.read.boundaries.bundled import read_topology
from geo.read.boundaries.gazetteer import read_gazetteer
from tests.hostile.strings import STRINGS, Fate, Hostile

__all__ = ["TEXTS", "plant_gazetteer", "plant_topology"]

KEYS = ("code",)
"""Texts by which the program finds its way, and nobody's words."""

TEXTS = [field.name for field in fields(Unit) if "str" in str(field.type) and field.name not in KEYS]
NAMES = [hostile for hostile in STRINGS.values() if hostile.fate is Fate.SHOWN]


@dataclass
class Planter:
    """Hands out strings in turn, each with the name of what it is planted in."""

    numbers: Iterator[int]
    strings: Sequence[Hostile]

    def take(self, where: str) -> str:
        """Give the next string."""
        return self.strings[next(self.numbers) % len(self.strings)].label(where)


def plant_gazetteer(turn: int, strings: Sequence[Hostile] = NAMES) -> Gazetteer:
    """Give a gazetteer in which each text of each unit is another string in each turn."""
    known, planter = read_gazetteer(), Planter(count(turn), strings)
    regions = {name: planter.take(f"region {name}") for name in known.regions}
    units = {code: _plant_unit(unit, planter, regions) for code, unit in known.units.items()}
    return Gazetteer(
        units, {regions[name]: codes for name, codes in known.regions.items()}, planter.take("author of regions")
    )


def _plant_unit(unit: Unit, planter: Planter, regions: dict[str, str]) -> Unit:
    texts: dict[str, Any] = {name: planter.take(f"{unit.code} {name}") for name in TEXTS}
    for name in TEXTS:
        if isinstance(getattr(unit, name), tuple):
            texts[name] = (texts[name],)
    return replace(unit, **texts | {"region": regions[unit.region]})


def plant_topology(turn: int, strings: Sequence[Hostile] = NAMES) -> Topology:
    """Give the bundled topology with hostile names of units and neighbours."""
    known, planter = read_topology(), Planter(count(turn), strings)

    def name(shape: Shape) -> Shape:
        return replace(shape, name=planter.take(f"{shape.key} on the map")) if shape.name else shape

    return replace(
        known, units=tuple(map(name, known.units)), neighbours=tuple(map(name, known.neighbours))
    )  # fmt: skip
