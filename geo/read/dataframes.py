"""What pandas and geopandas hold: rows as the CSV of a table, shapes as the layer of a file, with all its checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from numbers import Number
from typing import Any

from geo.errors import BoundaryError, Problem, TableError
from geo.model import CellPosition
from geo.read.boundaries.gdal_process import repair_shapes, write_text
from geo.read.boundaries.layers import Layer, make_geometry
from geo.read.sheets.cells import join_items

__all__ = ["read_shapes", "write_rows"]

SOURCE = "DataFrame"
BOUNDARIES = "boundaries"
WANTED = "a GeoDataFrame, such as geo.read_boundaries(FILE) or geopandas.read_file(FILE)"


def write_rows(frame: Any) -> str:
    r"""Write a frame as CSV, each value as a person would: no ``12.0`` for twelve, nothing for nothing.

    Levels of the index that have names are columns, as `set_index` and `groupby` make them. A `TableError` names each
    cell that holds what no cell of a sheet can, and columns that cannot be told apart.

    Examples
    --------
    >>> import pandas
    >>> write_rows(pandas.DataFrame({"group": ["Red"], "in": [["Kabul", "Kunar"]], "unlocated": [12.0]}))
    'group,in,unlocated\r\nRed,Kabul; Kunar,12\r\n'
    """
    frame = _spread_index(frame)
    problems: list[Problem] = []
    columns = [
        [
            _write_cell(value, CellPosition(row, column), problems)
            for row, value in enumerate(frame.iloc[:, column - 1], 2)
        ]
        for column in range(1, len(frame.columns) + 1)
    ]
    if problems:
        raise TableError(problems)
    import csv
    import io

    text = io.StringIO(newline="")
    csv.writer(text).writerows([[str(name) for name in frame.columns], *zip(*columns, strict=True)])
    return text.getvalue()


def _spread_index(frame: Any) -> Any:
    """Make columns of the levels of an index that have names."""
    if frame.columns.nlevels > 1:
        found, expected = f"columns in {frame.columns.nlevels} levels", "one row of names: frame.columns = [...]"
        raise TableError([Problem(SOURCE, found, expected)])
    named = [name for name in frame.index.names if name is not None]
    heads = [str(name) for name in (*named, *frame.columns)]
    twice = [name for name in dict.fromkeys(heads) if heads.count(name) > 1]
    if twice:
        raise TableError([Problem(SOURCE, f"two columns {name!r}", "one column of each name") for name in twice])
    return frame.reset_index(level=named) if named else frame


def _write_cell(value: Any, place: CellPosition, problems: list[Problem]) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(map(str, value)) if isinstance(value, set | frozenset) else value
        return join_items(_write_cell(each, place, problems) for each in items)
    if _is_nothing(value):
        return ""
    if found := _find_fault(value):
        problems.append(Problem(SOURCE, *found, position=place))
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, Number) and value == int(value):  # type: ignore[call-overload]  # no complex number comes here
        return str(int(value))  # type: ignore[call-overload]
    return str(value)


def _is_nothing(value: Any) -> bool:
    """Tell None, NaN, NaT and NA from what is there: none of them equals itself, and of NA nobody can say whether."""
    if value is None or hasattr(value, "__len__"):
        return value is None
    try:
        return bool(value != value)
    except TypeError:
        return True


def _find_fault(value: Any) -> tuple[str, str] | None:
    """Say why a value cannot stand in a cell, and what could."""
    kind = type(value).__name__
    if kind in ("bool", "bool_"):
        return f"the truth value {value}", "text, a number or a day"
    if isinstance(value, datetime) and value.tzinfo is not None:
        return f"a time with a time zone, {value}", "a day without one: column.dt.tz_localize(None).dt.normalize()"
    if isinstance(value, datetime) and value.time() != datetime.min.time():
        return f"a time of day, {value}", "a day: column.dt.normalize()"
    if isinstance(value, Number) and (isinstance(value, complex) or not isfinite(value)):  # type: ignore[arg-type]
        return f"the number {value}", "a number that can be counted"
    if isinstance(value, str | Number | date) or kind == "Period":
        return None
    return f"a value of type {kind}", "text, a number, a day or a list of these"


def read_shapes(frame: Any, *, fields: Mapping[str, Any] | None = None) -> Layer:
    """Take a GeoDataFrame for a boundary file: the same checks, the same repairs, shapes in degrees.

    It is indexed by code, or has a column ``code``; its other columns tell what each shape is as well, or ``fields`` do
    in their place, values by name of the field. A `BoundaryError` says that it is no such frame, or names every shape
    that is none.

    Examples
    --------
    >>> from geo.read.boundaries.bundled import read_boundaries
    >>> layer = read_shapes(read_boundaries().head(2))
    >>> layer.kind, layer.fields["code"]
    ('GeoDataFrame', ('AF-BDS', 'AF-BDG'))
    """
    shapes = _take_shapes(frame)
    columns = fields or {"code": _take_codes(frame), **{str(name): frame[name] for name in _list_columns(frame)}}
    texts = {name: tuple(map(write_text, values)) for name, values in columns.items()}
    found = {
        "crs": shapes.crs.to_wkt(),
        **repair_shapes([None if each is None else each.wkb for each in shapes]),
    }
    geometry, warnings = make_geometry(BOUNDARIES, found, texts)
    overlaps = tuple(found["overlaps"])
    return Layer(BOUNDARIES, "GeoDataFrame", str(shapes.crs), texts, geometry, warnings, overlaps)


def _take_shapes(frame: Any) -> Any:
    """Take the shapes of a frame that has some, one row each, in a known reference system."""
    if not hasattr(frame, "active_geometry_name"):
        _stop(f"a value of type {type(frame).__name__}", WANTED)
    if frame.active_geometry_name is None:
        _stop("a GeoDataFrame without a column of shapes", "one: frame.set_geometry(COLUMN)")
    if not frame.columns.is_unique or frame.columns.nlevels > 1 or frame.index.nlevels > 1:
        _stop("columns or an index in levels, or two columns of one name", "one index of codes: frame.reset_index()")
    if frame.crs is None:
        _stop("no reference system", "one: frame.set_crs(4326) for degrees")
    if frame.empty:
        _stop("no shape at all", "polygons, one for each unit")
    return frame.geometry


def _take_codes(frame: Any) -> Any:
    """Take the codes: the index, or a column of that name where the index has none, as when a file was just read."""
    return frame["code"] if frame.index.name is None and "code" in frame.columns else frame.index


def _list_columns(frame: Any) -> list[Any]:
    """List the columns that hold no shapes; one called `code` stands for it already."""
    return [name for name in frame.columns if str(frame[name].dtype) != "geometry" and str(name) != "code"]


def _stop(found: str, expected: str) -> None:
    raise BoundaryError([Problem(BOUNDARIES, found, expected)])
