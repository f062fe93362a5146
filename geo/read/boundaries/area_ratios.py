"""Whether a shape is as large as the unit that it claims to be: districts bear the names of their provinces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.layers import Layer

__all__ = ["Shares"]

SMALLEST = 0.5
"""Of a unit's area. Provinces of other sources have 0.8 of it and more, generalised to seven corners 0.52; a district
that holds the capital up to 0.47."""


class Shares:
    """How much of its area each shape has of a unit.

    Examples
    --------
    >>> import geopandas, shapely
    >>> square = geopandas.GeoSeries([shapely.box(69.1, 34.5, 69.2, 34.6)], crs=4326)
    >>> shares = Shares(Layer("t.geojson", "GeoJSON", "EPSG:4326", {}, square))
    >>> round(shares.find(0, "AF-KAB"), 3), shares.list_parts(0, ["AF-KAB", "of another gazetteer"])
    (0.023, ['AF-KAB'])
    """

    def __init__(self, layer: Layer) -> None:
        self.layer = layer

    def find(self, place: int, code: str) -> float:
        """Find the share of a shape in a unit; all where nobody knows how large that is."""
        whole = _measure_wholes().get(code)
        return self._areas[place] / whole if whole else 1.0

    def list_parts(self, place: int, codes: Sequence[str]) -> list[str]:
        """List the units of which a shape can only be a part."""
        return [code for code in codes if self.find(place, code) < SMALLEST]

    @cached_property
    def _areas(self) -> Sequence[float]:
        from geo.geodesic_areas import measure_areas

        areas: list[float] = measure_areas(self.layer.geometry.to_numpy()).tolist()
        return areas


@cache
def _measure_wholes() -> Mapping[str, float]:
    from geo.geodesic_areas import measure_areas

    bundled = read_boundaries()
    return dict(zip(bundled.index, measure_areas(bundled.geometry.to_numpy()).tolist(), strict=True))
