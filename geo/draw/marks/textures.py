"""Fills as SVG patterns: equal bands for groups that share a unit, and one texture for each kind of gap."""

from __future__ import annotations

from collections.abc import Iterable

from geo.draw.html import Markup, tag
from geo.draw.marks.map_classes import Bands, Fill, Net, Texture
from geo.draw.marks.palette import (
    GREY,
    INK,
    NOT_APPLICABLE,
    NOT_SHOWN,
    OUTLINE,
    PAPER,
    UNNAMED_PAPER,
    UNSURE,
    Slot,
    mix_colours,
)

__all__ = ["BAND", "GAP_TEXTURES", "MESH", "QUESTION", "TINT", "WIRE", "colour_net", "draw_patterns", "weave_nets"]

BAND = 7
"""Width of a band in pixels; the script draws the same (``shapes_and_fills.js``)."""

TINT = 0.48
"""How much of a group's colour is left in what only the group itself claims; chips and the script show the same."""

QUESTION = ((4.1, 4.6), (4.5, 3.4), (6, 2.8), (7.5, 3.4), (7.9, 4.6), (7.3, 5.7), (6.2, 6.4), (6, 7.6))
"""The bow of a question mark above a point at (6, 9.6): corners of a line, in pixels, the same in every format."""

MESH, WIRE = 9, 1.1
"""Side of a mesh and width of its lines in pixels, in what only a group itself claims where a colour says its level."""

LARGE = 2.5
"""How much larger it is in small maps, which are drawn large and shown small."""

GAP_TEXTURES = {
    "region": Texture("fill-region", 8, 45, (tag("circle", {"cx": "4", "cy": "4", "r": "1.7", "fill": INK}),)),
    "stale": Texture("fill-stale", 10, 0, (tag("path", {"d": "M1 5h5", "stroke": GREY, "stroke-width": "1.6"}),)),
    "capability": Texture(
        "fill-capability", 14, 0, (tag("circle", {"cx": "7", "cy": "7", "r": "3", "fill": "none", "stroke": INK}),)
    ),
    "other": Texture("fill-other", 8, 0, (tag("rect", {"width": "8", "height": "8", "fill": NOT_SHOWN}),)),
    "absent": Texture("fill-absent", 12, 0, (tag("path", {"d": "M3.5 3.5l5 5m0-5l-5 5", "stroke": UNSURE}),)),
    "inconclusive": Texture(
        "fill-inconclusive",
        14,
        0,
        (
            tag("path", {"d": "M" + "L".join(f"{x:g} {y:g}" for x, y in QUESTION), "fill": "none", "stroke": UNSURE}),
            tag("circle", {"cx": "6", "cy": "9.6", "r": ".9", "fill": UNSURE}),
        ),
    ),
    "na": Texture("fill-na", 7, -45, (tag("rect", {"width": "7", "height": "1", "fill": NOT_APPLICABLE}),)),
    "none": Texture("fill-none", 8, 0, (), UNNAMED_PAPER),
}
"""Of each gap, with the signs of the chips: × not found, ? no result; not named flat, the only hatch not applicable."""


def draw_patterns(fills: Iterable[Fill], more: Iterable[Texture] = ()) -> Markup:
    """Return the hidden SVG that holds every pattern; both the picture and the live map refer to it.

    ``fills`` are of the classes shown, ``more`` is what the live map may come to show; the textures of gaps are there
    besides.
    """
    bands = dict.fromkeys(fill for fill in fills if isinstance(fill, Bands))
    marks = tag("defs", {"id": "patterns"}, [
        *map(_draw_texture, GAP_TEXTURES.values()), *map(_draw_bands, bands), *map(_draw_texture, more),
    ])  # fmt: skip
    return tag("svg", {"width": "0", "height": "0", "aria-hidden": "true", "class": "visually-hidden"}, marks)


def colour_net(net: Net) -> tuple[str, str]:
    """Return the colours of its ground and of its lines, which are darker, to be seen on the palest tint as well.

    Examples
    --------
    >>> colour_net(Net("#3c9093"))
    ('#a1cacb', '#42767a')
    """
    return mix_colours(net.colour, PAPER, TINT), mix_colours(net.colour, OUTLINE, 0.6)


def weave_nets(nets: Iterable[Net]) -> list[Texture]:
    """Return the textures of nets, and of each a larger one for small maps, whose name ends in ``-large``."""
    return [_weave(net, side, suffix) for net in dict.fromkeys(nets) for side, suffix in ((1, ""), (LARGE, "-large"))]


def _weave(net: Net, scale: float, suffix: str) -> Texture:
    size, half = round(MESH * scale), WIRE * scale / 2
    ground, line = colour_net(net)
    look = {"d": f"M0 {half:g}H{size}M{half:g} 0V{size}", "stroke": line, "stroke-width": f"{WIRE * scale:g}"}
    return Texture(net.name + suffix, size, 0, (tag("path", look),), ground)


def _draw_texture(texture: Texture) -> Markup:
    ground = tag("rect", {"width": str(texture.size), "height": str(texture.size), "fill": texture.ground})
    return _frame_pattern(texture.name, texture.size, texture.size, texture.turn, [ground, *texture.marks])


def _frame_pattern(name: str, width: int, height: int, turn: int, marks: Iterable[Markup]) -> Markup:
    size = {"width": str(width), "height": str(height), "patternUnits": "userSpaceOnUse"}
    return tag("pattern", {"id": name, **size, "patternTransform": f"rotate({turn})"}, marks)


def _draw_bands(fill: Bands) -> Markup:
    """Return the pattern of a combination: equal bands, pale for own claims, dots for a region, a line for outdated."""
    marks = [mark for place, (slot, standing) in enumerate(fill.bands) for mark in _draw_band(place, slot, standing)]
    return _frame_pattern(fill.name, BAND * 2, BAND * len(fill.bands), -45, marks)


def _draw_band(place: int, slot: Slot, standing: str) -> list[Markup]:
    size = {"y": str(place * BAND), "width": str(BAND * 2), "height": str(BAND)}
    if standing == "named":
        return [tag("rect", {**size, "fill": slot.colour})]
    paper = tag("rect", {**size, "fill": PAPER})
    if standing == "claimed":
        return [paper, tag("rect", {**size, "fill": slot.colour, "fill-opacity": f"{TINT:g}"})]
    if standing == "stale":
        line = {"y": str(place * BAND + 2.5), "width": str(BAND * 2), "height": "2", "fill": slot.colour}
        return [paper, tag("rect", line)]
    dots = [
        tag("circle", {"cx": str(cx), "cy": str(place * BAND + BAND / 2), "r": "2", "fill": slot.colour})
        for cx in (3.5, 10.5)
    ]
    return [paper, *dots]
