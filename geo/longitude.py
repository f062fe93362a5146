"""The same meridian goes by several longitudes: 181 and -179 are one place."""

from __future__ import annotations

from typing import Any

__all__ = ["cut_polygon", "turn_longitude"]


def turn_longitude(lon: Any, middle: float) -> Any:
    """Give a longitude as it is counted on a map around another one; what is within 180 degrees of it stays as it is.

    It is from -180 to 180; the middle lies beyond 180 where the map's units lie across the antimeridian.

    Examples
    --------
    >>> turn_longitude(-179.0, 178.5), turn_longitude(179.0, 178.5), turn_longitude(181.0, 0)
    (181.0, 179.0, -179.0)
    """
    return lon - 360 * (lon > middle + 180) + 360 * (lon < middle - 180)


def cut_polygon(polygon: Any) -> list[Any]:
    """Cut a polygon where it crosses 180 degrees, either way, into those that maps of the world and RFC 7946 have.

    Examples
    --------
    >>> import shapely
    >>> [part.bounds for part in cut_polygon(shapely.box(178, 0, 183, 1))]
    [(178.0, 0.0, 180.0, 1.0), (-180.0, 0.0, -177.0, 1.0)]
    """
    import shapely

    found = []
    for turn in range(int((polygon.bounds[0] + 180) // 360), int((polygon.bounds[2] + 180) // 360) + 1):
        world = shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90)
        pieces = [part for part in shapely.get_parts(polygon & world) if part.geom_type == "Polygon"]
        found += [shapely.transform(part, lambda points, by=360 * turn: points - [by, 0]) for part in pieces]
    return found
