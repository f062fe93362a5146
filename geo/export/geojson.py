"""Units as GeoJSON (RFC 7946): WGS 84, cut at 180°, outer rings counter-clockwise, properties from a list alone."""

from __future__ import annotations

import json
from typing import Any

from geo.export.shapes import cut_shapes
from geo.export.unit_sheets import list_standings
from geo.join.joined_table import JoinedTable
from geo.model import Sheet

__all__ = ["write_geojson"]

DECIMALS = 6
"""Of a degree: 0.1 m."""


def write_geojson(joined: JoinedTable, units: Sheet, credit: str) -> bytes:
    """Write the units with their full geometry as a FeatureCollection, one feature a line.

    The columns of ``units``, from `list_units`, are the properties; ``credit`` is whom the boundaries are from.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> from geo.export.unit_sheets import list_units
    >>> from geo.join.joined_table import join_presence
    >>> from geo.model import Gazetteer, Table
    >>> squares = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)], index=["AF-KAB"], crs=4326)
    >>> joined = join_presence(Table("empty", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), squares)
    >>> json.loads(write_geojson(joined, list_units(joined), "nobody"))["features"][0]["geometry"]["type"]
    'Polygon'
    """
    import shapely

    shapes = shapely.orient_polygons(cut_shapes(joined.units.geometry).values)
    features = []
    for row, shape in zip(units.rows, shapes, strict=True):
        said = dict(zip(units.columns, row, strict=True))
        # A list of its own for each, since a name may hold what parts names in a cell.
        properties: dict[str, Any] = said | list_standings(joined, said["code"])
        properties["groups"] = int(said["groups"])
        geometry = {"type": shape.geom_type, "coordinates": _round(shapely.geometry.mapping(shape)["coordinates"])}
        features.append(_dump({"type": "Feature", "id": said["code"], "properties": properties, "geometry": geometry}))
    table = joined.table
    as_of = str(table.as_of) if table.as_of else None
    head: dict[str, Any] = {"type": "FeatureCollection", "title": table.title, "as_of": as_of, "credit": credit}
    head |= {"authors": table.authors} if table.authors else {}
    head |= {"licence": table.licence} if table.licence else {}
    return (_dump(head)[:-1] + ',"features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def _round(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float) else [_round(each) for each in value]


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
