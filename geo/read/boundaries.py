"""Province boundaries: full geometry for measuring, a thinned topology for drawing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from geo.errors import BoundaryError, Problem
from geo.model import Shape, Topology

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["parse_topology", "read_boundaries", "read_topology"]

COLUMNS = ["pcode", "name", "name_fa", "geometry"]
REMOTE_FILES = "CPL_VSIL_CURL_ALLOWED_EXTENSIONS"


def read_boundaries() -> GeoDataFrame:
    """Read the bundled provinces in full geometry.

    Returns
    -------
    GeoDataFrame
        Indexed by ``code`` in the gazetteer's order, with ``pcode``, ``name``, ``name_fa`` and ``geometry`` in
        degrees (EPSG:4326).

    Examples
    --------
    >>> read_boundaries().loc["AF-PAN", "name"]
    'Panjshir'
    """
    import geopandas

    with as_file(files("geo.shapefiles")) as folder, _stay_offline():
        frame = geopandas.read_file(folder / "provinces.shp", engine="pyogrio")
    return frame.set_index("code")[COLUMNS]


@contextmanager
def _stay_offline() -> Iterator[None]:
    """Keep GDAL from the network while it opens a file, and leave its settings as they were."""
    import pyogrio

    before = pyogrio.get_gdal_config_option(REMOTE_FILES)
    pyogrio.set_gdal_config_options({REMOTE_FILES: "{noext}"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({REMOTE_FILES: before})


@cache
def read_topology() -> Topology:
    """Read the bundled provinces and their neighbours, thinned for display.

    Returns
    -------
    Topology

    Examples
    --------
    >>> len(read_topology().units)
    34
    """
    return parse_topology(files("geo.shapefiles").joinpath("display.topojson").read_text("utf-8"), "display.topojson")


def parse_topology(text: str, source: str) -> Topology:
    """Make a topology of TopoJSON 1.0 text with objects ``units`` and ``neighbours``.

    Parameters
    ----------
    text : str
    source : str
        Name of the file, for messages.

    Returns
    -------
    Topology

    Raises
    ------
    BoundaryError
        If the text is no quantised TopoJSON with these objects.

    Examples
    --------
    >>> parse_topology("{}", "t.topojson")
    Traceback (most recent call last):
    geo.errors.BoundaryError: t.topojson: no quantised TopoJSON (KeyError: 'transform'); expected ...
    """
    try:
        data = json.loads(text)
        scale, translate = (_parse_pair(data["transform"][key]) for key in ("scale", "translate"))
        arcs = tuple(tuple((int(x), int(y)) for x, y in arc) for arc in data["arcs"])
        units, neighbours = (tuple(map(_parse_shape, _geometries(data, key))) for key in ("units", "neighbours"))
    except (KeyError, TypeError, ValueError) as error:
        found = f"no quantised TopoJSON ({type(error).__name__}: {error})"
        expected = "polygons in objects 'units' and 'neighbours', each with an id and a label"
        raise BoundaryError([Problem(source, found, expected)]) from error
    return Topology(scale, translate, arcs, units, neighbours)


def _geometries(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return list(data["objects"][key]["geometries"])


def _parse_pair(pair: list[float]) -> tuple[float, float]:
    first, second = pair
    return float(first), float(second)


def _parse_shape(geometry: dict[str, Any]) -> Shape:
    polygons = {"Polygon": [geometry["arcs"]], "MultiPolygon": geometry["arcs"]}[geometry["type"]]
    properties = geometry["properties"]
    rings = tuple(tuple(tuple(map(int, ring)) for ring in polygon) for polygon in polygons)
    return Shape(str(geometry["id"]), rings, _parse_pair(properties["label"]), properties.get("name", ""))
