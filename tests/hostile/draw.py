"""Pages as `geo.build` draws them, of values instead of files."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import folium

from geo.join.presence import Joined
from geo.model import Topology

__all__ = ["draw_map"]


def draw_map(name: str, joined: Joined, topology: Topology, **options: Any) -> folium.Map:
    """Draw one of `geo.build.MAPS`."""
    drawn: folium.Map = getattr(import_module(f"geo.draw.{name}"), f"draw_{name}")(joined, topology, **options)
    return drawn
