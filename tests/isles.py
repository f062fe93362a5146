"""A made-up country of islands across 180°, as programs of several kinds write it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

__all__ = ["COUNTRIES", "FORMS", "ISLES", "make_blob", "write_isles"]


def make_blob(lon: float, lat: float, size: float, seed: int = 1, corners: int = 48) -> shapely.Polygon:
    """Make an island with a rough coast, always the same."""
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    reach = size * np.random.default_rng(seed).uniform(0.8, 1.2, corners)
    return shapely.Polygon(np.column_stack([lon + reach * np.cos(angles), lat + reach * np.sin(angles)]))


LAGOON = shapely.Polygon(make_blob(180.2, -16, 1.4).exterior, [make_blob(180.1, -16, 0.4, 2).exterior])
TWICE = shapely.Polygon([(178.5, -20), (181, -20), (181, -19.6), (179, -19.6), (179, -18.9), (180, -18.8), (181, -18.9),
                         (180, -18.4), (178.5, -18.5)])  # fmt: skip
SCATTERED = shapely.MultiPolygon([make_blob(177.5, -18, 0.5, 3), make_blob(182.5, -18, 0.5, 4)])

ISLES: dict[str, Any] = {
    "Lagoon": LAGOON,
    "Twice": TWICE,
    "Scattered": SCATTERED,
    "Far": make_blob(182.2, -14.5, 0.5, 5),
}
"""Counted on past 180, which none of them is a problem for."""


def _make_countries() -> dict[str, list[Any]]:
    """Make countries of the kinds that there are at 180 and at the poles, roughly as wide and as far north."""
    north = shapely.Polygon([
        (28, 56), (31, 69), (55, 69), (90, 76), (104, 77.7), (140, 72.5), (180, 69), (190, 66.2), (187, 64.5),
        (180, 65), (163, 57), (156, 51), (155, 59), (140, 48), (120, 50), (80, 51), (48, 46), (34, 52),
    ])  # fmt: skip
    wrangel = make_blob(180.5, 71, 1, 3)
    tips = [make_blob(lon, 52, 0.6, seed) for seed, lon in enumerate((173, 177, 180, 183.5))]
    tongue = shapely.Polygon([(195, 66), (219, 69.7), (219, 60), (230, 55), (206, 59), (194, 62)])
    north_island = shapely.Polygon([(172.7, -34.5), (178.5, -37.7), (175.2, -41.6)])
    coast = [(lon, -70 + 4 * np.sin(np.radians(3 * lon))) for lon in range(-180, 181, 10)]
    sectors = [
        shapely.Polygon([*coast[at : at + 7], (-120 + 10 * at, -90), (-180 + 10 * at, -90)]) for at in range(0, 36, 6)
    ]
    return {
        "as wide as Russia": [north & shapely.box(20, 40, 100, 80), (north & shapely.box(100, 40, 200, 80)) | wrangel],
        "at the end of it, as Chukotka": [north & shapely.box(170, 40, 200, 80), wrangel],
        "with a chain across 180, as Alaska": [shapely.MultiPolygon(tips), tongue],
        "with isles across 180, as New Zealand": [north_island, make_blob(183.5, -44, 0.3), make_blob(182, -29, 0.15)],
        "around a pole": [shapely.Polygon([*coast, (180, -90), (-180, -90)])],
        "sectors of a pole": sectors,
    }


COUNTRIES = _make_countries()


def _turn(shape: Any, degrees: float, beyond: float = -np.inf) -> Any:
    return shapely.transform(shape, lambda points: points + np.column_stack(
        [np.where(points[:, 0] > beyond, degrees, 0), np.zeros(len(points))]))  # fmt: skip


def _cut(shape: Any, east: float = -360) -> Any:
    halves = shape & shapely.box(0, -90, 180, 90), _turn(shape & shapely.box(180, -90, 360, 90), east)
    return shapely.MultiPolygon([part for half in halves for part in shapely.get_parts(half)])


FORMS: dict[str, Callable[[Any], Any]] = {
    "counted on to 360": lambda shape: shape,
    "counted from -360": lambda shape: _turn(shape, -360),
    "cut at 180": _cut,
    "cut at 180 and counted on": lambda shape: _cut(shape, 0),
    "torn": lambda shape: _turn(shape, -360, 180),
    "torn, and corners at 180 called -180": lambda shape: _turn(shape, -360, 179.999),
}


def write_isles(path: Path, form: str = "cut at 180") -> Path:
    """Write them as GeoJSON."""
    features = [{"type": "Feature", "properties": {"name": name},
                 "geometry": json.loads(shapely.to_geojson(FORMS[form](shape)))}
                for name, shape in ISLES.items()]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path
