"""Several shapes for a province, as a land and its lakes or all its districts, become the one that they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.read.boundaries.layers import Layer

__all__ = ["dissolve_shapes"]


def dissolve_shapes(layer: Layer, named: Mapping[str, Sequence[str]]) -> Layer:
    """Unite the shapes that one field calls the same; by the field that names most, of several the first.

    ``named`` has by field the unit that each shape is called, "" where it is none, as `match_to_gazetteer.name_shapes`
    gives it. Units stand in the order in which they come first; a text that differs within a unit is none of its.

    Examples
    --------
    >>> import geopandas, shapely
    >>> shapes = geopandas.GeoSeries([shapely.box(west, 0, west + 1, 1) for west in (0, 5, 1)], crs=4326)
    >>> fields = {"prov": ("Kabul", "Ghor", "Kabul"), "dist": ("Paghman", "Chaghcharan", "Surobi")}
    >>> made = dissolve_shapes(Layer("t", "GeoJSON", "", fields, shapes), {"prov": ("AF-KAB", "AF-GHO", "AF-KAB")})
    >>> made.fields, made.geometry.iloc[0].bounds
    ({'prov': ('Kabul', 'Ghor'), 'dist': ('', 'Chaghcharan')}, (0.0, 0.0, 2.0, 1.0))
    """
    import geopandas
    import shapely

    counts = {head: sum(map(bool, codes)) for head, codes in named.items()}
    best = max(counts, key=lambda head: counts[head], default=None)
    if best is None or max(Counter(filter(None, named[best])).values(), default=0) < 2:
        return layer
    parts: dict[str | int, list[int]] = {}
    for place, code in enumerate(named[best]):
        parts.setdefault(code or place, []).append(place)
    fields = {head: tuple(_agree(values, places) for places in parts.values()) for head, values in layer.fields.items()}
    shapes = layer.geometry.to_numpy()
    united = [shapes[places[0]] if len(places) == 1 else shapely.union_all(shapes[places]) for places in parts.values()]
    return replace(layer, fields=fields, geometry=geopandas.GeoSeries(united, crs=4326))


def _agree(values: Sequence[str], places: Sequence[int]) -> str:
    texts = {values[place] for place in places}
    return texts.pop() if len(texts) == 1 else ""
