"""A topology as TopoJSON 1.0, the form it has beside the bundled boundaries and in a page's data block."""

from __future__ import annotations

from geo.model import Shape, Topology

__all__ = ["SEA", "dump_topology"]

SEA = "SEA"
"""The key of what lies around and is no country."""


def dump_topology(topology: Topology) -> dict[str, object]:
    """Return the topology as TopoJSON: objects ``units`` and ``neighbours`` with ids and label points in degrees.

    Examples
    --------
    >>> square = Shape("A", (((0,),),), (60.5, 30.5))
    >>> dump_topology(Topology((1, 1), (60, 30), (), (square,)))["objects"]["units"]["geometries"]
    [{'type': 'Polygon', 'id': 'A', 'properties': {'label': (60.5, 30.5)}, 'arcs': ((0,),)}]
    """
    return {
        "type": "Topology",
        "transform": {"scale": topology.scale, "translate": topology.translate},
        "arcs": topology.arcs,
        "objects": {
            "units": {"type": "GeometryCollection", "geometries": [*map(_dump_shape, topology.units)]},
            "neighbours": {"type": "GeometryCollection", "geometries": [*map(_dump_shape, topology.neighbours)]},
        },
    }


def _dump_shape(shape: Shape) -> dict[str, object]:
    one = len(shape.polygons) == 1
    name = {"name": shape.name} if shape.name else {}
    return {
        "type": "Polygon" if one else "MultiPolygon",
        "id": shape.key,
        "properties": {**name, "label": shape.label},
        "arcs": shape.polygons[0] if one else shape.polygons,
    }
