"""Units of any shape are drawn: winding, torn, nested, tiny, across each other, in every kind and size of figure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Trace
from shapely.geometry.base import BaseGeometry

import geo
from geo.api import FIGURES, SIZES
from geo.draw.figure.canvas import Box
from geo.draw.figure.projected_map import fit_land
from geo.draw.topology.simplify import thin_units
from geo.join.joined_table import JoinedTable
from tests.daily import IS_WHOLE

SQUARE = shapely.box(0, 0, 2, 2)


def wind(seed: int, step: float, wide: float) -> list[BaseGeometry]:
    """Cut a strip that winds at random, much narrower than a line of the figure, out of a square."""
    walk = np.cumsum(np.random.default_rng(seed).normal(0, step, (600, 2)), axis=0) * [1, 0.3] + [1, 1]
    strips = shapely.LineString(walk).buffer(wide).intersection(shapely.box(0.05, 0.05, 1.95, 1.95))
    strip = max(shapely.get_parts(strips), key=lambda part: part.area)
    return [SQUARE.difference(strip), strip]


def strew(number: int) -> list[BaseGeometry]:
    """Share islands among three units."""
    spots = np.random.default_rng(number).uniform(0, 10, (number, 2))
    islands = [shapely.Point(spot).buffer(0.05 + 0.3 * (place % 4) / 4) for place, spot in enumerate(spots)]
    return [shapely.union_all(islands[first::3]) for first in range(3)]


def square_up(side: float, *corners: tuple[float, float]) -> list[BaseGeometry]:
    return [shapely.box(x, y, x + side, y + side) for x, y in corners]


LAYOUTS: dict[str, Sequence[BaseGeometry]] = {
    **{f"winding {seed}": wind(seed, step, wide) for seed, step, wide in ((0, 0.01, 0.001), (1, 0.03, 0.004))},
    "islands": strew(60),
    "enclaves": [SQUARE.difference(shapely.box(0.9, 0.9, 1, 1)), shapely.box(0.9, 0.9, 1, 1)],
    "specks": [SQUARE, *square_up(1e-7, (3, 1), (-1, 1))],
    "a square metre each": square_up(1e-5, *itertools.product((20, 20 + 1e-5), (10, 10 + 1e-5))),
    "overlapping": square_up(1, (0, 0), (0.5, 0.5), (0.7, 0)),
    "the same twice": square_up(1, (0, 0), (0, 0), (1, 0)),
    "on both sides of 180": [shapely.union_all(square_up(1, (-180, 0), (179, 0))), *square_up(1, (178, 0), (-179, 0))],
    "crossing itself": [shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), *square_up(1, (1, 0))],
    "far north": square_up(2, (10, 87), (12, 87)),
}
EACH = list(itertools.product(LAYOUTS, FIGURES, SIZES))
PAIRED = [
    (layout, FIGURES[place % len(FIGURES)], SIZES[place // 2 % len(SIZES)])
    for place, layout in enumerate(each for each in LAYOUTS for _ in range(3))
]


def join_layout(polygons: Sequence[BaseGeometry], tmp_path: Path) -> JoinedTable:
    names = [f"Unit {number}" for number in range(len(polygons))]
    units = {"name": names, "code": [f"U{number}" for number in range(len(polygons))]}
    frame = geopandas.GeoDataFrame(units, geometry=list(polygons), crs=4326)
    table = tmp_path / "t.yaml"
    table.write_text(f"presence: {{Red: [{', '.join(names)}], Blue: [{', '.join(names[:2])}]}}", encoding="utf-8")
    return geo.join_presence(geo.read_presence(table, boundaries=frame, units="unit"), frame, units="unit")


@pytest.mark.filterwarnings("ignore::geo.PresenceWarning")
@pytest.mark.parametrize(("layout", "kind", "size"), EACH if IS_WHOLE else PAIRED[4::4])
def test_units_of_any_shape_are_drawn(layout: str, kind: str, size: str, tmp_path: Path) -> None:
    figure = geo.draw_figure(join_layout(LAYOUTS[layout], tmp_path), kind, size=size)
    traces = [patch.get_path() for patch in figure.axes[0].get_children() if isinstance(patch, PathPatch)]
    assert len(traces) > 5
    assert all(np.isfinite(trace.vertices).all() for trace in traces if isinstance(trace, Trace))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_drawn_can_be_cut_and_put_together(layout: str) -> None:
    polygons = shapely.make_valid(np.array(LAYOUTS[layout], dtype=object))
    names = [f"U{number}" for number in range(len(polygons))]
    land = fit_land(
        thin_units(geopandas.GeoDataFrame(index=names, geometry=polygons, crs=4326)), Box(0, 0, 400, 300), 5
    )
    drawn = list(land.units.values())
    assert [area.is_valid and area.area > 1 for area in drawn] == [True] * len(drawn)
    assert shapely.box(0, 0, 400, 300).contains(shapely.union_all(drawn))


def test_only_a_unit_that_nobody_would_see_grows() -> None:
    polygons = [SQUARE, shapely.box(2, 0, 2.1, 0.1), shapely.box(3, 3, 3 + 1e-7, 3 + 1e-7)]
    topology = thin_units(geopandas.GeoDataFrame(index=["A", "B", "C"], geometry=polygons, crs=4326))
    areas = [area.area for area in fit_land(topology, Box(0, 0, 310, 310), 5).units.values()]
    assert areas[0] / areas[1] == pytest.approx(400, rel=0.02)
    assert 2 < areas[2] < 4
