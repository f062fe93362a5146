"""Boundaries by GDAL in a process of its own: ``python -m geo.read.boundaries.gdal_process FILE [LAYER]`` writes JSON.

GDAL opens more than it is told to, and in C: so it gets copies of files whose kind is known already, no network, no
driver that leads elsewhere, and limits of time and memory; and what becomes of it is no matter of ours.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["AREAS", "MOST_UNITS", "keep_areas", "repair_shapes", "run_gdal", "write_text"]

SECONDS = 60
"""Nobody waits longer without a word; a million corners take three."""

MEMORY = 4 << 30
"""Bytes of address space; numpy and GDAL reserve a good part of one GB before they have read anything."""

MOST_UNITS = 10_000
LONGEST_TEXT = 1000
PARQUET = ".parquet"
PACKAGE = ".gpkg"
AREAS = ("Polygon", "MultiPolygon")
SKIPPED = (
    "HTTP",
    "OGR_VRT",
    "VRT",
    "WFS",
    "OAPIF",
    "CSW",
    "KML",
    "LIBKML",
    "GML",
    "GMLAS",
    "SQLite",
    "GDALG",
    "OGCAPI",
)
CLOSED = {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}", "GDAL_SKIP": ",".join(SKIPPED), "GDAL_NUM_THREADS": "1",
          "GDAL_HTTP_PROXY": "127.0.0.1:9", "GDAL_HTTPS_PROXY": "127.0.0.1:9"}  # fmt: skip
"""The last two send whatever GDAL would ask on its own to where nobody answers."""


UNUSED = ("geopandas", "pandas", "pyarrow")


def run_gdal(path: str, folder: Path, layer: str | None = None) -> dict[str, Any]:
    """Read a layer of a file in ``folder`` in another process, which works there; the only one with polygons where
    unnamed.

    It gives ``layers`` (names); where one was chosen also ``crs``, ``fields`` (name and values of each), ``shapes``
    (WKB as hex, valid, or None), ``broken`` and ``repaired`` (number and reason); or ``error``; or ``lacks``, a
    library.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     sorted(run_gdal("none.shp", Path(folder)))
    ['error']
    """
    words = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "geo.read.boundaries.gdal_process",
        path,
        *([layer] if layer else []),
    ]
    home = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603  # ourselves, with two names
            words, cwd=folder, env={**os.environ, **CLOSED, **home}, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"error": f"it takes more than {SECONDS} seconds"}
    except ValueError:
        return {"error": f"the reader broke off; a limit of memory ({MEMORY >> 30} GB) or time may be too low for it"}
    return found


def main(words: Sequence[str]) -> None:
    """Read, and write what was found to standard output."""
    _limit_resources()
    path, layer = words[0], words[1] if len(words) > 1 else None
    try:
        found = _read(path, layer)
    except MemoryError:
        found = {"error": f"it takes more than {MEMORY >> 30} GB of memory"}
    except Exception as error:  # noqa: BLE001  # whatever GDAL says is said in one line by the process that asked
        found = {"error": str(error).partition("\n")[0]}
    sys.stdout.write(json.dumps(found))


def _limit_resources() -> None:
    """Take no more than our share, and no more than we may: a cluster's own limits can be lower."""
    try:
        import resource
    except ImportError:  # Windows has none; there the time alone is limited.
        return
    for name, value in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_CORE", 0)):
        with suppress(AttributeError, ValueError, OSError):  # Some systems know the one or other and refuse it.
            number = getattr(resource, name)
            hard = resource.getrlimit(number)[1]
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(number, (most, most))


def _read(path: str, layer: str | None) -> dict[str, Any]:
    if path.endswith(PARQUET):
        return _read_parquet(path)
    for name in UNUSED:  # pyogrio would load them: half of this process's time
        sys.modules[name] = None  # type: ignore[assignment]
    import pyogrio

    shapes = {str(name): str(kind) for name, kind in pyogrio.list_layers(path)}
    drawn = [name for name, kind in shapes.items() if "None" not in kind]
    chosen = layer if layer is not None else drawn[0] if len(drawn) == 1 else None
    if chosen not in shapes:
        return {"layers": drawn}
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=chosen, force_2d=True, max_features=MOST_UNITS + 1)
    fields = [[str(name), [write_text(value) for value in values.tolist()]] for name, values in _pair(meta, columns)]
    found = [None if each is None else bytes(each) for each in (wkb if wkb is not None else ())]
    crs = meta["crs"] or (_name_undefined(path, chosen) if path.endswith(PACKAGE) else None)
    return {"layers": drawn, "crs": crs, "fields": fields, **repair_shapes(found)}


def _name_undefined(path: str, layer: str) -> str | None:
    """Name the reference system that a GeoPackage gives a layer and does not define."""
    import sqlite3

    asked = """SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?
        AND srs_id NOT IN (SELECT srs_id FROM gpkg_spatial_ref_sys)"""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as package:
        return next((f"srs_id {number}" for (number,) in package.execute(asked, [layer])), None)
    return None


def _pair(meta: dict[str, Any], columns: Sequence[Any]) -> list[tuple[Any, Any]]:
    return list(zip(meta["fields"].tolist(), columns, strict=True))


def _read_parquet(path: str) -> dict[str, Any]:
    """Read a GeoParquet file, for which GDAL's usual build has no driver."""
    try:
        import geopandas

        import_module("pyarrow")
    except ImportError:
        return {"lacks": "pyarrow"}
    frame = geopandas.read_parquet(path)
    if len(frame) > MOST_UNITS:
        return {"layers": [], "shapes": [None] * len(frame)}
    shapes = frame.geometry
    columns = [name for name in frame.columns if name != shapes.name]
    fields = [[str(name), list(map(write_text, frame[name].tolist()))] for name in columns]
    crs = frame.crs.to_wkt() if frame.crs else None
    return {
        "layers": [],
        "crs": crs,
        "fields": fields,
        **repair_shapes([None if each is None else each.wkb for each in shapes]),
    }


def repair_shapes(shapes: Sequence[bytes | None]) -> dict[str, Any]:
    """Put together what was cut at 180°, and make all shapes valid; a hostile one could take hours, so it is done here.

    Gives ``shapes`` (WKB as hex, or None), ``broken`` (number and reason of those that are no shapes at all),
    ``repaired`` (number and reason of those that were not valid) and ``overlaps`` (of `measure_overlaps`).
    """
    import shapely

    from geo.read.boundaries.antimeridian import join_across
    from geo.read.boundaries.overlapping_shapes import measure_overlaps

    made: list[Any] = []
    repaired = []
    found, broken = _parse_shapes(shapes)
    for number, shape in enumerate(join_across(found)):
        if shape is not None and shape.geom_type in AREAS and _is_finite(shape) and not shape.is_valid:
            repaired.append([number, shapely.is_valid_reason(shape).partition("[")[0]])
            shape = keep_areas(shapely.make_valid(shape, method="structure"))
        made.append(shape)
    written = [None if shape is None else shape.wkb_hex for shape in made]
    return {"shapes": written, "broken": broken, "repaired": repaired, "overlaps": measure_overlaps(made)}


def _parse_shapes(shapes: Sequence[bytes | None]) -> tuple[list[Any], list[list[Any]]]:
    import shapely

    found: list[Any] = []
    broken = []
    for number, data in enumerate(shapes):
        try:
            found.append(None if data is None else _join_parts(shapely.force_2d(shapely.from_wkb(data))))
        except shapely.errors.GEOSException as error:
            broken.append([number, str(error).partition("\n")[0].partition(": ")[2]])
            found.append(None)
    return found, broken


def _join_parts(shape: Any) -> Any:
    """Make one area of a collection of nothing but areas, as some programs write them."""
    import shapely

    parts = [shape]
    while any(part.geom_type == "GeometryCollection" for part in parts):
        parts = [part for each in parts for part in shapely.get_parts(each)]
    if parts == [shape] or not parts or any(part.geom_type not in AREAS for part in parts):
        return shape
    are_valid = all(_is_finite(part) and part.is_valid for part in parts)
    return shapely.union_all(parts) if are_valid else shapely.MultiPolygon(list(shapely.get_parts(parts)))


def _is_finite(shape: Any) -> bool:
    import shapely

    return all(map(math.isfinite, shapely.get_coordinates(shape).ravel().tolist()))


def keep_areas(shape: Any) -> Any:
    """Keep the polygons of a repaired shape: lines and points have no area to be present in."""
    import shapely

    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def write_text(value: Any) -> str:
    """Write a value as a key may be written: whole numbers without a point; lists and the like not at all."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else "" if value != value else str(value)
    return str(value)[:LONGEST_TEXT] if isinstance(value, str | int) else ""


if __name__ == "__main__":
    main(sys.argv[1:])
