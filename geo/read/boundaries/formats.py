"""What kind of boundary file it is, by its content, and copies of what is needed of it for the reader."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from geo.errors import BoundaryError, Problem, TableError
from geo.read.common.nodes import cut, quote
from geo.read.common.safe_zip import Kind, open_archive, read_part
from geo.regular_files import IrregularError, LargeError, read_regular

__all__ = ["Container", "find_parts", "list_packed", "open_container"]

LARGEST_TEXT = 64_000_000
LARGEST_FILE = 200_000_000
ARCHIVE = Kind("an archive", "an ordinary .zip, whole and without a password", "the parts of one Shapefile alone")
SNIFFED = 1000
FEW = 5
SHAPEFILE = b"\x00\x00\x27\x0a"
GEOPACKAGE = b"SQLite format 3\x00"
ZIP = b"PK\x03\x04"
PARQUET = b"PAR1"
PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
NEEDED = (".shp", ".dbf", ".shx")
KINDS = "GeoJSON, TopoJSON, a Shapefile (.shp with its .dbf, .shx and .prj, or all of them in a .zip) or a GeoPackage"
NAMED_CRS = re.compile(r"(urn:ogc:def:crs:)?[A-Za-z][A-Za-z0-9_]{1,11}:[0-9.]*:?[A-Za-z0-9]{1,12}")
OTHERS = {
    b"<": "the file is XML, such as KML, GML or a page",
    b"%PDF": "the file is a PDF",
    b"\x89PNG": "the file is a picture",
    b"\x1f\x8b": "the file is a gzip archive",
}


class _Address(Exception):  # noqa: N818  # it never leaves this module
    """A reference system is not named by a code."""


@dataclass(frozen=True)
class Container:
    """Copies of the files of one layer, and how the reader opens them."""

    kind: str
    """GeoJSON, TopoJSON, Shapefile, GeoPackage or GeoParquet."""
    path: str
    """What the reader is given, once ``files`` stand in its folder."""
    files: Mapping[str, bytes]
    """By names of our own."""
    layers: tuple[str, ...] = ()
    """Of an archive with several Shapefiles their names, of which one was chosen."""
    crs: str = ""
    """The reference system as it stands there, "" where none does or the reader alone can tell."""


def open_container(path: Path | str, layer: str | None = None) -> Container:
    """Read a boundary file and what belongs to it, and tell what it is by its content, whatever it is called.

    ``layer`` is which of the Shapefiles of an archive. Where there is no such regular file, it is too large, is of
    another kind, or lacks a part, that is a `BoundaryError`.

    Examples
    --------
    >>> open_container("no/such.geojson")
    Traceback (most recent call last):
    geo.errors.BoundaryError: no/such.geojson: there is no such file; expected a boundary file
    """
    source, data = str(path), _read_file(Path(path))
    if data.startswith(SHAPEFILE):
        return _take_shapefile(source, _find_beside(Path(path), data))
    if data.startswith(ZIP):
        return _unpack(source, data, layer)
    if data.startswith(GEOPACKAGE):
        return Container("GeoPackage", "layer.gpkg", {"layer.gpkg": data})
    if data.startswith(PARQUET):
        return Container("GeoParquet", "layer.parquet", {"layer.parquet": data})
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return _take_json(source, text)
    found = next((words for head, words in OTHERS.items() if text.startswith(head)), "the file is of no known kind")
    if b"<kml" in text[:SNIFFED]:
        number = text.count(b"<Placemark")
        found = f"the file is KML, with {number} placemark{'s' * (number != 1)}"
    raise BoundaryError([Problem(source, found if data else "the file is empty", KINDS)])


def _read_file(path: Path) -> bytes:
    """Read what is a file: GDAL would take an address or another program's pipe as well."""
    source = str(path)
    try:
        return read_regular(path, LARGEST_FILE)
    except IrregularError as error:
        _stop(source, error.found, f"a file: {KINDS}")
    except LargeError:
        _stop(source, f"the file is larger than {LARGEST_FILE // 1_000_000} MB", "fewer or simpler shapes")
    except FileNotFoundError:
        hint = "; download it first" if ":/" in source or source.startswith("/vsi") else ""
        _stop(source, "there is no such file", f"a boundary file{hint}")
    except PermissionError:
        _stop(source, "the file may not be read", "a file that you have permission to read")
    except (OSError, ValueError) as error:
        _stop(source, f"the file cannot be read: {getattr(error, 'strerror', None) or 'not a path'}", "a readable file")


def _take_json(source: str, text: bytes) -> Container:
    """Check JSON before GDAL sees it: it is what it says, holds numbers only, and leads nowhere."""

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no number of degrees or metres")

    def check_crs(each: dict[str, Any]) -> dict[str, Any]:
        """Let no object name its reference system by an address: GDAL would ask there."""
        crs = each.get("crs")
        if isinstance(crs, dict) and not NAMED_CRS.fullmatch(str(_find_name(crs))):
            raise _Address
        return each

    if len(text) > LARGEST_TEXT:
        _stop(source, f"more than {LARGEST_TEXT // 1_000_000} MB of JSON", "fewer or simpler shapes, or a GeoPackage")
    try:
        found = json.loads(text, parse_constant=refuse, object_hook=check_crs)
    except _Address:
        _stop(source, "a reference system by an address", "one that is named by a code, such as EPSG:4326")
    except RecursionError:
        _stop(source, "JSON that is nested without end", "GeoJSON or TopoJSON")
    except UnicodeDecodeError:
        _stop(source, "JSON that is not UTF-8", 'a file saved as "UTF-8"')
    except ValueError as error:
        _stop(source, f"no JSON: {error}", "GeoJSON or TopoJSON, whole and unchanged")
    kind, crs = found.get("type"), str(_find_name(found.get("crs")) or "")
    if kind == "Topology":
        return Container("TopoJSON", "TopoJSON:layer.json", {"layer.json": text}, crs=crs)
    if kind == "FeatureCollection" and isinstance(found.get("features"), list):
        return Container("GeoJSON", "GEOJSON:layer.json", {"layer.json": text}, crs=crs)
    said = f"JSON of type {quote(kind)}" if isinstance(kind, str) else "JSON without a type"
    raise BoundaryError([Problem(source, said, "a FeatureCollection (GeoJSON) or a Topology (TopoJSON)")])


def _find_name(crs: Any) -> Any:
    properties = crs.get("properties") if isinstance(crs, dict) and crs.get("type") == "name" else None
    return properties.get("name") if isinstance(properties, dict) else None


def find_parts(files: Iterable[Path], stem: str) -> dict[str, Path]:
    """Find the parts of a Shapefile: files of one name with other endings, in any case.

    Examples
    --------
    >>> [path.name for path in find_parts(map(Path, ["a.SHP", "a.dbf", "a.csv", "b.dbf"]), "a").values()]
    ['a.dbf', 'a.SHP']
    """
    found = {each.suffix.lower(): each for each in sorted(files) if each.stem == stem}
    return {part: found[part] for part in sorted(PARTS) if part in found}


def _find_beside(path: Path, data: bytes) -> dict[str, bytes]:
    beside = find_parts(path.parent.iterdir(), path.stem)
    return {".shp": data} | {part: _read_file(beside[part]) for part in PARTS[1:] if part in beside}


def list_packed(path: Path | str) -> tuple[str, ...]:
    """List the Shapefiles of an archive; nothing of any other file."""
    data = _read_file(Path(path))
    if not data.startswith(ZIP):
        return ()
    try:
        return tuple(name.stem for name in _find_shapes(open_archive(data, str(path), ARCHIVE)))
    except TableError as error:
        raise BoundaryError(error.problems) from None


def _unpack(source: str, data: bytes, layer: str | None) -> Container:
    """Take the parts of one Shapefile in an archive, after a look at what it claims to hold."""
    try:
        archive = open_archive(data, source, ARCHIVE)
        chosen = _choose_entries(source, archive, layer)
        parts = {part: read_part(archive, name, source, ARCHIVE) for part, name in chosen.items()}
    except TableError as error:
        raise BoundaryError(error.problems) from None
    return replace(_take_shapefile(source, parts), layers=tuple(name.stem for name in _find_shapes(archive)))


def _find_shapes(archive: zipfile.ZipFile) -> list[PurePosixPath]:
    names = map(PurePosixPath, archive.namelist())
    return [name for name in names if name.suffix.lower() == ".shp" and not name.name.startswith("._")]


def _choose_entries(source: str, archive: zipfile.ZipFile, layer: str | None) -> dict[str, str]:
    names, shapes = [PurePosixPath(name) for name in archive.namelist()], _find_shapes(archive)
    chosen = [name for name in shapes if name.stem == layer] or (shapes if layer is None else [])
    if len(chosen) != 1:
        shown = ", ".join(quote(str(name)) for name in shapes[:FEW]) or "none"
        others = ", ".join(quote(str(name)) for name in names[:FEW])
        found = f"an archive with {len(shapes)} Shapefiles: {shown}" + (
            "" if shapes or not others else f", but {others}"
        )
        _stop(source, found, _offer_shapes(shapes))
    stem = chosen[0].with_suffix("")
    parts = {name.suffix.lower(): str(name) for name in names if name.with_suffix("") == stem}
    return {part: parts[part] for part in PARTS if part in parts}


def _offer_shapes(shapes: Sequence[PurePosixPath]) -> str:
    """Offer one of several Shapefiles, where their names tell them apart."""
    stems = [name.stem for name in shapes]
    if not stems:
        return KINDS
    is_told = len(set(stems)) == len(stems)
    return f"--layer with one of {', '.join(map(cut, stems))}" if is_told else "one; unpack it and name the .shp"


def _take_shapefile(source: str, parts: dict[str, bytes]) -> Container:
    if missing := [part for part in NEEDED if part not in parts]:
        _stop(source, f"a Shapefile without its {' and '.join(missing)}", "all its parts side by side, or in one .zip")
    if ".cpg" not in parts and _is_utf8(parts[".dbf"]):
        parts = parts | {".cpg": b"UTF-8"}
    crs = parts.get(".prj", b"").decode("utf-8", "replace").strip()
    kept = {f"layer{part}": parts[part] for part in PARTS if part in parts}
    return Container("Shapefile", "layer.shp", kept, crs=crs)


def _is_utf8(data: bytes) -> bool:
    """Tell whether the rows of a dBASE file, which begin where its head says, hold UTF-8 and not ASCII alone."""
    try:
        return not data[int.from_bytes(data[8:10], "little") :].decode().isascii()
    except UnicodeDecodeError:
        return False


def _stop(source: str, found: str, expected: str) -> NoReturn:
    raise BoundaryError([Problem(source, found, expected)]) from None
