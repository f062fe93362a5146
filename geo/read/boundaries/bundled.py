"""Province boundaries: full geometry for measuring, a thinned topology for drawing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from geo.errors import BoundaryError, Problem
from geo.model import Gazetteer, Shape, Topology
from geo.read.common.file_text import UNWANTED

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["Boundaries", "parse_topology", "read_boundaries", "read_topology"]

COLUMNS = ["pcode", "name", "name_fa", "geometry"]
LARGEST_STEP = 2**31
LONGEST_REASON = 80
REMOTE_FILES = "CPL_VSIL_CURL_ALLOWED_EXTENSIONS"


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Units with their names, full shapes for measuring, thinned ones for drawing, and what is doubtful.

    ``order`` has their codes as they come in the file: what lies in two belongs to the first.
    """

    gazetteer: Gazetteer
    frame: GeoDataFrame
    topology: Topology
    order: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


def read_boundaries() -> GeoDataFrame:
    """Read the bundled provinces in full geometry, in degrees (EPSG:4326), by code in the gazetteer's order.

    Beside the geometry there are ``pcode``, ``name`` and ``name_fa``.

    Examples
    --------
    >>> read_boundaries().loc["AF-PAN", "name"]
    'Panjshir'
    """
    return _read_frame().copy()


@cache
def _read_frame() -> GeoDataFrame:
    """Read them once in a process; a frame is no frozen value, so nobody is given this one."""
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

    Examples
    --------
    >>> len(read_topology().units)
    34
    """
    return parse_topology(files("geo.shapefiles").joinpath("display.topojson").read_text("utf-8"), "display.topojson")


def parse_topology(text: str, source: str) -> Topology:
    """Make a topology of TopoJSON 1.0 text with objects ``units`` and ``neighbours``.

    If the text is no quantised TopoJSON with these, that is a `BoundaryError` of the file ``source``.

    Examples
    --------
    >>> parse_topology("{}", "t.topojson")
    Traceback (most recent call last):
    geo.errors.BoundaryError: t.topojson: no quantised TopoJSON (KeyError: 'transform'); expected ...
    """
    try:
        return _build_topology(json.loads(text))
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        found = f"no quantised TopoJSON ({type(error).__name__}: {str(error)[:LONGEST_REASON]})"
        expected = "polygons in objects 'units' and 'neighbours', each with an id and a label"
        raise BoundaryError([Problem(source, found, expected)]) from error


def _build_topology(data: dict[str, Any]) -> Topology:
    scale, translate = (_parse_pair(data["transform"][key]) for key in ("scale", "translate"))
    arcs = tuple(_parse_arc(arc) for arc in data["arcs"])
    units, neighbours = (_parse_shapes(data["objects"][key], len(arcs)) for key in ("units", "neighbours"))
    return Topology(scale, translate, arcs, units, neighbours)


def _parse_pair(pair: list[float]) -> tuple[float, float]:
    first, second = pair
    if not all(type(value) in (int, float) and math.isfinite(value) for value in (first, second)):
        raise ValueError("a number is expected")
    return float(first), float(second)


def _parse_arc(arc: list[list[int]]) -> tuple[tuple[int, int], ...]:
    points = tuple((_parse_step(x), _parse_step(y)) for x, y in arc)
    if not points:
        raise ValueError("an arc without points")
    return points


def _parse_step(value: int) -> int:
    """Take a whole number as it is: one that would have to be rounded is no step of a grid."""
    if type(value) is not int or abs(value) > LARGEST_STEP:
        raise ValueError("a whole number is expected")
    return value


def _parse_shapes(collection: dict[str, Any], arcs: int) -> tuple[Shape, ...]:
    shapes = tuple(_parse_shape(geometry, arcs) for geometry in collection["geometries"])
    if len({shape.key for shape in shapes}) < len(shapes):
        raise ValueError("an id stands there twice")
    return shapes


def _parse_shape(geometry: dict[str, Any], arcs: int) -> Shape:
    polygons = {"Polygon": [geometry["arcs"]], "MultiPolygon": geometry["arcs"]}[geometry["type"]]
    properties = geometry["properties"]
    rings = tuple(tuple(_parse_ring(ring, arcs) for ring in polygon) for polygon in polygons)
    if not rings or not all(rings):
        raise ValueError("a polygon without a ring")
    key, name = geometry["id"], properties["name"] if "name" in properties else ""  # noqa: SIM401  # of a text it is none
    if not isinstance(key, str) or not isinstance(name, str) or UNWANTED.search(key + name):
        raise ValueError("text is expected as id and name")
    return Shape(key, rings, _parse_pair(properties["label"]), name)


def _parse_ring(ring: list[int], arcs: int) -> tuple[int, ...]:
    numbers = tuple(map(_parse_step, ring))
    if not numbers or not all(-arcs <= number < arcs for number in numbers):
        raise ValueError("a ring of arcs that are not there")
    return numbers
