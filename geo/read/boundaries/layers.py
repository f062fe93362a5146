"""Boundary files that a user brings: their units as they stand there, in degrees, repaired where they must be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

from geo.errors import BoundaryError, Problem, name_install
from geo.read.boundaries.formats import Container, list_packed, open_container
from geo.read.boundaries.gdal_process import AREAS, MOST_UNITS, keep_areas, run_gdal
from geo.read.boundaries.reference_systems import refuse_unknown, show_bounds, tell_extent
from geo.read.common.file_text import UNWANTED
from geo.read.common.nodes import cut, list_few, quote
from geo.read.fields.scalars import BIDI

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Layer", "list_layers", "make_geometry", "read_layer"]

LONGEST_TEXT = 200
LONGEST_REASON = 120
FEW = 5
NOBODYS = "\ufffd"
"""No layer is called so; asked for it, the reader lists those that there are and reads none."""

DEGREES_CRS = "EPSG:4326"


@dataclass(frozen=True, eq=False)
class Layer:
    """The units of a boundary file as they stand there."""

    source: str
    """The file as the user named it."""
    kind: str
    """Its format."""
    crs: str
    """The coordinate reference system it is in, in words."""
    fields: Mapping[str, tuple[str, ...]]
    """Text values of all units by name of the field, "" where there is none."""
    geometry: gpd.GeoSeries
    """Polygons in degrees (EPSG:4326), valid; across the antimeridian they are counted on, such as from 177 to 182."""
    warnings: tuple[Problem, ...] = ()
    """What was repaired or taken for granted."""
    overlaps: tuple[tuple[int, int, float, float], ...] = ()
    """Shapes that overlap, as `geo.read.boundaries.overlapping_shapes.measure_overlaps` gives them."""

    def name_shape(self, place: int) -> str:
        """Name a shape by its number and the first text of it that has letters."""
        return _name_unit(place, self.fields)


def read_layer(path: Path | str, layer: str | None = None) -> Layer:
    """Read a boundary file: GeoJSON, TopoJSON, Shapefile (also in a .zip), GeoPackage or GeoParquet.

    Its content tells which; ``layer`` is the one to read of several. A `BoundaryError` names every unit without a
    shape, or with one that is no area; or says why the file cannot be read.

    Examples
    --------
    >>> from importlib.resources import as_file, files
    >>> with as_file(files("geo.shapefiles")) as folder:
    ...     layer = read_layer(folder / "provinces.shp")
    >>> layer.kind, len(layer.geometry), layer.fields["name"][:2]
    ('Shapefile', 34, ('Badakhshan', 'Badghis'))
    """
    source = str(path)
    container = open_container(path, layer)
    found = _read_container(container, None if container.layers else layer)
    if "error" in found or "shapes" in found:
        refuse_unknown(source, container.crs, found.get("crs"))
    if "error" in found:
        said = UNWANTED.sub("", str(found["error"]))[:LONGEST_REASON]
        _stop(source, f"the {container.kind} cannot be read: {said}", "a file that is whole and unchanged")
    if "lacks" in found:
        _stop(source, f"a {container.kind} file, which needs {found['lacks']}", f"it: {name_install(found['lacks'])}")
    if "shapes" not in found:
        names = ", ".join(map(cut, found["layers"][:FEW])) or "none"
        wanted = f"--layer with one of its layers: {names}" if found["layers"] else "a file with polygons"
        what = f"no layer {quote(layer)}" if layer is not None else f"{len(found['layers'])} layers with shapes"
        _stop(source, what, wanted)
    if len(found["shapes"]) > MOST_UNITS:
        _stop(source, f"more than {MOST_UNITS:,} shapes", "one shape for each unit")
    if not found["shapes"]:
        _stop(source, "no shape at all", "polygons, one for each unit")
    fields = {name: tuple(map(_clean_text, values)) for name, values in found["fields"]}
    if container.kind == "TopoJSON":  # Like GeoJSON it is in degrees and has no place to say so.
        found["crs"] = DEGREES_CRS
    geometry, warnings = make_geometry(source, found, fields)
    overlaps = tuple(map(tuple, found["overlaps"]))
    return Layer(source, container.kind, _name_crs(found["crs"]), fields, geometry, warnings, overlaps)


def list_layers(path: Path | str) -> tuple[str, ...]:
    """List the layers of a boundary file that hold shapes; nothing where its format has no names for them."""
    if packed := list_packed(path):
        return packed
    container = open_container(path)
    if container.kind == "GeoParquet":
        return ()
    return tuple(_read_container(container, NOBODYS).get("layers", ()))


def _read_container(container: Container, layer: str | None) -> dict[str, Any]:
    with TemporaryDirectory(prefix="presence-maps-") as folder:
        for name, data in container.files.items():
            Path(folder, name).write_bytes(data)
        return run_gdal(container.path, Path(folder), layer)


def _clean_text(text: str) -> str:
    """Leave out of a text what would not show or show another text; keys and names have none of it."""
    return BIDI.sub("", UNWANTED.sub("", text)).strip()[:LONGEST_TEXT]


def make_geometry(
    source: str, found: Mapping[str, Any], fields: Mapping[str, Sequence[str]]
) -> tuple[gpd.GeoSeries, tuple[Problem, ...]]:
    """Turn what was found in a file, as `gdal_process.run_gdal` gives it, into valid polygons in degrees."""
    import geopandas
    import numpy as np
    import shapely

    from geo.read.boundaries.antimeridian import is_on_earth

    _refuse_broken(source, found["broken"], fields)
    with np.errstate(invalid="ignore"):  # What is no number is refused below, by the name of its shape.
        shapes = shapely.from_wkb([None if each is None else bytes.fromhex(each) for each in found["shapes"]])
    _refuse_odd(source, shapes, fields, {number for number, _ in found["repaired"]})
    crs, warnings = _find_crs(source, found["crs"], shapes)
    if found["repaired"]:
        why = ", ".join(sorted({str(reason) for _, reason in found["repaired"]}))
        names = list_few([_name_unit(number, fields) for number, _ in found["repaired"]])
        warnings.append(
            _warn(source, f"borders that are not valid ({why}): {names}", "valid shapes; they were repaired")
        )
    series = geopandas.GeoSeries(shapes, crs=crs).to_crs(4326)
    if not is_on_earth(shapely.bounds(series)):
        _stop(
            source,
            f"places outside of the world ({show_bounds(series.total_bounds)})",
            "the file's true reference system",
        )
    warnings += tell_extent(source, crs, shapely.total_bounds(shapes), series.total_bounds)
    return geopandas.GeoSeries(_join_valid(series.to_numpy()), crs=4326), tuple(warnings)


def _join_valid(shapes: Any) -> Any:
    """Put together what another reference system left torn at 180°; numbers of the file itself came here whole."""
    import shapely

    from geo.read.boundaries.antimeridian import join_across

    joined = join_across(shapes)
    for place, (old, new) in enumerate(zip(shapes, joined, strict=True)):
        if new is not old and not new.is_valid:
            joined[place] = keep_areas(shapely.make_valid(new, method="structure"))
    return joined


def _refuse_broken(source: str, broken: Sequence[Sequence[Any]], fields: Mapping[str, Sequence[str]]) -> None:
    """Refuse shapes that are none, as where a ring does not come back to its beginning."""
    problems = [
        Problem(source, f"{_name_unit(number, fields)} is no shape: {reason}", "closed rings of at least four corners")
        for number, reason in broken
    ]
    if problems:
        raise BoundaryError(problems)


def _refuse_odd(source: str, shapes: Any, fields: Mapping[str, Sequence[str]], repaired: set[int]) -> None:
    """Refuse what is no area or nowhere, each by its name."""
    import numpy as np
    import shapely

    problems = []
    kinds = Counter("no shape" if shape is None else shape.geom_type for shape in shapes)
    if len(shapes) > FEW and not kinds.keys() & set(AREAS):
        held = ", ".join(f"{number:,} × {kind}" for kind, number in kinds.most_common())
        _stop(source, f"no areas: {held}", "polygons, one for each unit")
    for place, shape in enumerate(shapes):
        found = ""
        if shape is None or shape.is_empty:
            found = "has no area left once it is repaired" if place in repaired else "has no shape"
        elif shape.geom_type not in AREAS:
            found = f"is no area but a {shape.geom_type}"
        elif not np.isfinite(shapely.get_coordinates(shape)).all():
            found = "has a corner that is no number"
        if found:
            problems.append(Problem(source, f"{_name_unit(place, fields)} {found}", "a polygon for each unit"))
    if problems:
        raise BoundaryError(problems)


def _find_crs(source: str, said: str | None, shapes: Any) -> tuple[Any, list[Problem]]:
    """Find the reference system, which a file without one may lack only where its numbers are degrees."""
    import pyproj
    import shapely
    from pyproj.exceptions import CRSError

    from geo.read.boundaries.antimeridian import is_on_earth

    is_degrees = is_on_earth(shapely.bounds(shapes))
    shown = show_bounds(shapely.total_bounds(shapes))
    if said:
        try:
            crs = pyproj.CRS.from_user_input(said)
        except CRSError:
            _stop(source, f"an unknown reference system {quote(said)}", "one that PROJ knows, such as EPSG:4326")
        if not crs.is_geographic and is_degrees:
            found = f"numbers that look like degrees ({shown}) under {quote(crs.name)}, a map in metres"
            _stop(source, found, "the true reference system, EPSG:4326 for degrees")
        return crs, []
    if not is_degrees:
        found = f"no reference system, and numbers that are no degrees ({shown})"
        _stop(source, found, "the .prj that belongs to the file, or a file in longitude and latitude")
    return pyproj.CRS(4326), [_warn(source, "no reference system is given", "one; its numbers were taken for degrees")]


def _name_crs(said: str | None) -> str:
    if not said:
        return "none given"
    return said if len(said) < LONGEST_REASON else next(iter(re.findall('"([^"]{1,80})"', said)), "one of its own")


def _name_unit(place: int, fields: Mapping[str, Sequence[str]]) -> str:
    """Name a unit of the file by its number and the first text that has letters."""
    said = next((values[place] for values in fields.values() if any(map(str.isalpha, values[place]))), "")
    return f"shape {place + 1}" + (f" ({quote(said)[1:-1]})" if said else "")


def _warn(source: str, found: str, expected: str) -> Problem:
    return Problem(source, found, expected, severity="warning")


def _stop(source: str, found: str, expected: str) -> NoReturn:
    raise BoundaryError([Problem(source, found, expected)]) from None
