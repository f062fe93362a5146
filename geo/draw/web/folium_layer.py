"""The drawn units as a plain layer of Leaflet, for programs that take a folium map apart and leave our page out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from branca.element import MacroElement
from jinja2 import Template

from geo.draw.html import Markup, chain
from geo.draw.marks.palette import OUTLINE
from geo.draw.serialise import dump_json
from geo.draw.topology.arcs import rebuild_polygons
from geo.draw.web import assets
from geo.model import Topology

__all__ = ["Picture", "UnitLayer"]

PLACES = 4
"""Decimals of a degree: ten metres."""


@dataclass(frozen=True)
class Picture:
    """What a map shows before anyone touches it.

    Parameters
    ----------
    topology : Topology
    fills : mapping of str to str
        Code to a colour or to the address of a pattern.
    labels : mapping of str to str
        Code to plain text: the unit and what is said of it.
    patterns, legend : Markup
        The hidden SVG with the patterns, the rows of the legend.
    credit : str
        Plain text.
    """

    topology: Topology
    fills: Mapping[str, str]
    labels: Mapping[str, str]
    patterns: Markup
    legend: Markup
    credit: str


class UnitLayer(MacroElement):
    """The units of a picture as ``L.polygon``; streamlit-folium asks an element for its script and never renders it.

    In our own page it writes nothing: the page's script draws the units there, switches and all.

    Examples
    --------
    >>> from geo.api import join_table
    >>> import geo.draw.pages.overlay
    >>> drawn = geo.draw.pages.overlay.draw_overlay(*join_table("presence: {Group A: [Kabul]}"))
    >>> layer = drawn._children["units"]
    >>> "Kabul: Group A" in layer._template.module.script(layer)
    True
    """

    _template = Template("{% macro script(this, kwargs) %}{{ this.script }}{% endmacro %}")

    def __init__(self, picture: Picture) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.picture = picture

    def render(self, **_: object) -> str:
        """Write nothing into our page."""
        return ""

    @property
    def script(self) -> str:
        """A call that draws the layer on the map this element was added to; Leaflet takes what it shows for markup."""
        picture, parent = self.picture, self._parent
        if parent is None:
            return ""
        polygons = rebuild_polygons(picture.topology)
        units = [
            {
                "rings": [[_turn(ring) for ring in _list_rings(polygon)] for polygon in shape.geoms],
                "fill": picture.fills[unit.key],
                "label": chain([picture.labels[unit.key]]),
            }
            for unit, shape in zip(picture.topology.units, polygons, strict=True)
        ]
        data = {
            "units": units,
            "outline": OUTLINE,
            "patterns": picture.patterns,
            "legend": picture.legend,
            "credit": chain([picture.credit]),
        }
        return f"({assets.read_layer_script()})({parent.get_name()}, {dump_json(data)});"


def _list_rings(polygon: shapely.Polygon) -> list[shapely.LinearRing]:
    return [polygon.exterior, *polygon.interiors]


def _turn(ring: shapely.LinearRing) -> list[list[float]]:
    """Leaflet wants latitude first."""
    turned: list[list[float]] = np.round(shapely.get_coordinates(ring)[:, ::-1], PLACES).tolist()
    return turned
