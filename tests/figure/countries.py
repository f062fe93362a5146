"""Made-up countries that are hard to draw, as boundary files, and a table that says of them all that a table can."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tests.isles import FORMS, ISLES, make_blob

__all__ = ["COUNTRIES", "write_country", "write_table"]

Shapes = Sequence[BaseGeometry]


def _lay_grid(across: int, down: int, left: float, low: float, wide: float, high: float) -> list[BaseGeometry]:
    places = itertools.product(range(across), range(down))
    return [
        shapely.box(left + wide * x, low + high * y, left + wide * (x + 1), low + high * (y + 1)) for x, y in places
    ]


def _cut_up(land: BaseGeometry, number: int, seed: int = 14) -> list[BaseGeometry]:
    """Part land among random points, each with what is nearest to it."""
    left, low, right, high = land.bounds
    strewn = shapely.points(np.random.default_rng(seed).uniform((left, low), (right, high), (4 * number, 2)))
    spots = strewn[shapely.contains(land, strewn)][:number]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(spots), extend_to=land))
    return list(shapely.intersection(cells, land))


def _scatter_isles() -> Shapes:
    """Share 300 islands among eight units."""
    spots = np.random.default_rng(3).uniform((120, -8), (140, 4), (300, 2))
    isles = [make_blob(lon, lat, 0.06 + 0.5 * (place % 9 == 0), place, 24) for place, (lon, lat) in enumerate(spots)]
    return [shapely.union_all(isles[first::8]) for first in range(8)]


def _nest_enclaves() -> Shapes:
    """Put units into units, four deep, and strew parts of some all over others."""
    rings = [shapely.Point(30, 10).buffer(reach, quad_segs=16) for reach in (4, 3, 1.2, 0.4, 0.05)]
    nested = [outer.difference(inner) for outer, inner in itertools.pairwise(rings)]
    spots = np.random.default_rng(5).uniform((26.5, 9), (28, 11), (60, 2))
    strewn = shapely.union_all([shapely.Point(spot).buffer(0.03) for spot in spots])
    return [
        nested[0].difference(strewn),
        nested[1].difference(strewn),
        shapely.union(nested[2], strewn),
        nested[3],
        rings[4],
    ]


def _cross_themselves() -> Shapes:
    """Draw bow ties, a star in one stroke, and squares that share more than a border."""
    ties = [shapely.Polygon([(x, 0), (x + 1, 1), (x + 1, 0), (x, 1)]) for x in (0, 1, 2)]
    turns = np.arange(5) * 4 * np.pi / 5
    star = shapely.Polygon(np.column_stack([4.5 + np.cos(turns), 0.5 + np.sin(turns)]))
    return [*ties, star, shapely.box(0, 1, 2, 2), shapely.box(1.5, 1, 3, 2), shapely.box(1.5, 1, 3, 2)]


def _pierce() -> Shapes:
    """Cut 400 holes, and give no unit what lies in them."""
    holes = [
        shapely.Point(x, y).buffer(0.04) for x, y in itertools.product(np.arange(5.1, 9, 0.2), np.arange(45.1, 49, 0.2))
    ]
    lake = shapely.union_all(holes)
    return [unit.difference(lake) for unit in _lay_grid(3, 2, 5, 45, 4 / 3, 2)]


def _lie_far_apart() -> Shapes:
    """Give a mainland one isle at the other end of the world."""
    return [*_cut_up(make_blob(3, 47, 4), 9), make_blob(166, -22, 0.4, 2), make_blob(55.5, -21, 0.2, 3)]


CROWDED = [*_lay_grid(2, 1, 60, 30, 0.001, 0.001), *_lay_grid(2, 1, 69, 30, 0.001, 0.001)]

COUNTRIES: dict[str, Callable[[], Shapes]] = {
    "islands": _scatter_isles,
    "enclaves": _nest_enclaves,
    "1,500 units": lambda: _cut_up(make_blob(20, 5, 8), 1500),
    "across 180": lambda: [FORMS["cut at 180"](isle) for isle in ISLES.values()],
    "one metre each": lambda: _lay_grid(5, 4, 70, 35, 1e-5, 1e-5),
    "long names": lambda: _cut_up(make_blob(-60, -15, 5), 14),
    "crossing themselves": _cross_themselves,
    "four crowded at two edges": lambda: CROWDED,
    "strips": lambda: _lay_grid(60, 1, 10, 50, 0.05, 6),
    "far north": lambda: [*_lay_grid(6, 2, -60, 78, 10, 6), shapely.box(-60, 90 - 1e-3, 0, 90)],
    "holes": _pierce,
    "far apart": _lie_far_apart,
}
"""Twelve files. A thirteenth, of a million corners, takes too long to make with every run."""


def _name(country: str, number: int) -> str:
    return f"{'Aw' * 98} {number:03}" if country == "long names" else f"Unit {number}"


def write_country(country: str, file: Path, shapes: Shapes | None = None) -> list[str]:
    """Write the file of a country, and return the names of its units."""
    shapes = COUNTRIES[country]() if shapes is None else shapes
    names = [_name(country, number) for number in range(len(shapes))]
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"U{number:04}", "name": name},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for number, (name, shape) in enumerate(zip(names, shapes, strict=True))
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return names


HEAD = """as_of: 2021-06
levels:
  low: {name: Presence, rank: 1, valid_for: 1 year}
  high: {name: Training camps, rank: 2}
sources: {now: {title: A report, date: 2021-05}, old: {title: An older report, date: 2015}}
groups:
"""


GROUPS = ("Ash", "Birch", "Cedar", "Elm", "Hazel", "Lime")


def write_table(names: Sequence[str], file: Path) -> None:
    """Write a table with every class, mark and record off the map among units of these names."""
    dice = random.Random(14)
    codes = [f"U{number:04}" for number in range(len(names))]
    ids = [f"g{number}" for number in range(len(GROUPS))]
    lines = [f"  {group}: {{name: {name} Front}}" for group, name in zip(ids, GROUPS, strict=True)] + ["presence:"]
    for group in ids:
        some = dice.sample(codes[:-1], max(1, len(codes) // 2))
        half = some[: len(some) // 2 + 1]
        lines += [
            f"- {{group: {group}, in: [{', '.join(half)}], level: low, source: now}}",
            f"- {{group: {group}, in: [{', '.join(some[-2:])}], level: high, source: now}}",
            f"- {{group: {group}, in: {some[-1]}, level: low, source: old}}",
            f"- {{group: {group}, in: {some[0]}, level: low, finding: absent, source: now}}",
            f"- {{group: {group}, unlocated: 2, level: low, source: now}}",
        ]
    lines.append(f"- {{group: g0, nationwide: true, level: high, source: old}}\nnot_applicable: [{codes[-1]}]")
    file.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
