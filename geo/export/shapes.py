"""Shapes of units as other tools take them: between -180 and 180 degrees, as RFC 7946 asks.

What counts on past 180 is one piece on a map in degrees alone; a tool that projects it, such as onto the tiles of a web
map, draws a band around the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geopandas import GeoSeries

__all__ = ["cut_shapes"]


def cut_shapes(shapes: GeoSeries) -> GeoSeries:
    """Cut shapes where they cross 180 degrees; all others stay as they are, byte for byte.

    Examples
    --------
    >>> import geopandas
    >>> from shapely import box
    >>> cut_shapes(geopandas.GeoSeries([box(178, 0, 183, 1), box(60, 30, 61, 31)])).bounds.values.tolist()
    [[-180.0, 0.0, 180.0, 1.0], [60.0, 30.0, 61.0, 31.0]]
    """
    import shapely

    from geo.longitude import cut_polygon

    made = shapes.copy()
    bounds = made.bounds
    for place in ((bounds["minx"] < -180) | (bounds["maxx"] > 180)).to_numpy().nonzero()[0]:
        pieces = [piece for part in shapely.get_parts(made.iloc[place]) for piece in cut_polygon(part)]
        made.iloc[place] = pieces[0] if len(pieces) == 1 else shapely.MultiPolygon(pieces)
    return made
