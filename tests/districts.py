"""Made-up districts: each province parted among some places in it, as old ones and new are."""

from __future__ import annotations

from functools import cache

import geopandas
import numpy as np
import shapely

from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.boundaries.layers import Layer

__all__ = ["make_districts", "take_districts"]

LEAST, MOST = 5, 24


@cache
def make_districts() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[shapely.Geometry, ...]]:
    """Part all provinces; the district that holds the capital is called as its province.

    Returns
    -------
    tuple
        Names, P-codes of their own, names of their provinces, and shapes.
    """
    units, shuffled = read_gazetteer().units, np.random.default_rng(14)
    rows = []
    for code, province in read_boundaries().geometry.items():
        unit = units[code]
        capital = shapely.Point(unit.capital_lon, unit.capital_lat)
        for number, part in enumerate(_part(province, int(shuffled.integers(LEAST, MOST)), shuffled), 1):
            name = unit.name if part.intersects(capital) else f"{unit.name} {number}"
            rows.append((name, f"{unit.pcode}{number:02}", unit.name, part))
    names, pcodes, provinces, shapes = zip(*rows, strict=True)
    return names, pcodes, provinces, shapes


def _part(province: shapely.Geometry, number: int, random: np.random.Generator) -> list[shapely.Geometry]:
    """Part a province among places far enough from each other that no district is most of it."""
    west, south, east, north = province.bounds
    tried = shapely.points(random.uniform((west, south), (east, north), (50 * number, 2)))
    places = tried[shapely.contains_properly(province, tried)][:number]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(places), extend_to=province))
    return [part for part in shapely.intersection(cells, province) if not part.is_empty]


def take_districts(chosen: list[int], *, with_province: bool) -> Layer:
    """Take some of them as the layer of a file."""
    names, pcodes, provinces, shapes = make_districts()
    fields = {"DIST_NAME": names, "DIST_CODE": pcodes} | ({"PROV_NAME": provinces} if with_province else {})
    picked = {field: tuple(values[place] for place in chosen) for field, values in fields.items()}
    series = geopandas.GeoSeries([shapes[place] for place in chosen], crs=4326)
    return Layer("districts.gpkg", "GeoPackage", "EPSG:4326", picked, series)
