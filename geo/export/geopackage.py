"""Units and claims as a GeoPackage of two layers, for QGIS and other tools; the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from geo.export.shapes import cut_shapes
from geo.join.joined_table import JoinedTable
from geo.model import Sheet

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["write_geopackage"]

TIME_SETTING = "OGR_CURRENT_DATE"
FIRST_TIME = "1980-01-01T00:00:00.000Z"


def write_geopackage(joined: JoinedTable, units: Sheet, claims: Sheet) -> bytes:
    """Write the units, and the claims each with the shape of its unit; those without a unit have no shape.

    The columns of the sheets, from `list_units` and `list_claims`, are the attributes.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> from geo.export.unit_sheets import list_claims, list_units
    >>> from geo.join.joined_table import join_presence
    >>> from geo.model import Gazetteer, Table
    >>> squares = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)], index=["AF-KAB"], crs=4326)
    >>> joined = join_presence(Table("empty", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), squares)
    >>> write_geopackage(joined, list_units(joined), list_claims(joined))[:13]
    b'SQLite format'
    """
    import pyogrio

    # GDAL adds a layer to a file only, so there is one for as long as it takes.
    with TemporaryDirectory() as folder, _fix_time():
        path = Path(folder) / "a.gpkg"
        for sheet, append in ((units, False), (claims, True)):
            frame = _make_frame(joined, sheet)
            pyogrio.write_dataframe(
                frame, path, layer=sheet.name, driver="GPKG", append=append, geometry_type="MultiPolygon",
                promote_to_multi=True,
            )  # fmt: skip
        return path.read_bytes()


def _make_frame(joined: JoinedTable, sheet: Sheet) -> GeoDataFrame:
    import geopandas
    import pandas

    columns: dict[str, Any] = {}
    for name, texts in zip(sheet.columns, zip(*sheet.rows, strict=True) if sheet.rows else repeat(()), strict=False):
        if name in sheet.numbers:
            columns[name] = pandas.array([int(text) if text else None for text in texts], dtype="Int64")
        else:
            columns[name] = pandas.Series([text or None for text in texts], dtype="object")
    frame = pandas.DataFrame(columns)
    shapes = cut_shapes(joined.units.geometry).reindex(frame["code"])
    return geopandas.GeoDataFrame(frame, geometry=shapes.array, crs=joined.units.crs)


@contextmanager
def _fix_time() -> Iterator[None]:
    """Have GDAL write the same time each time, and leave its settings as they were."""
    import pyogrio

    before = pyogrio.get_gdal_config_option(TIME_SETTING)
    pyogrio.set_gdal_config_options({TIME_SETTING: FIRST_TIME})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({TIME_SETTING: before})
