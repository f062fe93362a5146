"""SVG patterns: equal bands for groups that share a unit, and one texture for each kind of gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.draw.html import Markup, chain, tag
from geo.draw.marks.legend import LAST_CLASSES, split_key
from geo.draw.marks.palette import INK, PAPER, Slot

__all__ = ["TEXTURES", "Textures", "draw_bands", "draw_textures", "find_fill"]

Textures = Mapping[str, tuple[int, int, tuple[Markup, ...]]]
"""By name: size in pixels, turn in degrees and marks, on white."""

BAND = 7
"""Width of a band in pixels; the script draws the same (``shapes_and_fills.js``)."""

TEXTURES: Textures = {
    "region": (8, 45, (tag("circle", {"cx": "4", "cy": "4", "r": "1.7", "fill": INK}),)),
    "stale": (10, 0, (tag("path", {"d": "M1 5h5", "stroke": "#8a8f94", "stroke-width": "1.6"}),)),
    "other": (8, 0, (tag("rect", {"width": "8", "height": "8", "fill": "#dfe1e3"}),)),
    "absent": (8, 0, ()),
    "inconclusive": (12, 0, (tag("path", {"d": "M3.5 3.5l5 5m0-5l-5 5", "stroke": "#6b7177"}),)),
    "na": (7, -45, (tag("rect", {"width": "7", "height": "1", "fill": "#9aa0a6"}),)),
    "none": (7, 45, (tag("rect", {"width": "7", "height": "1", "fill": "#d4d4ce"}),)),
}
"""Of each gap."""


def draw_textures(textures: Textures = TEXTURES) -> Markup:
    """Return patterns, without a word those of the gaps: region-only dotted, not named hatched, not found white."""
    return chain(
        _frame_pattern(f"fill-{key}", size, size, turn, [_paper(size, size, key), *marks])
        for key, (size, turn, marks) in textures.items()
    )


def _paper(width: int, height: int, key: str = "") -> Markup:
    fill = "#f6f6f3" if key == "none" else PAPER
    return tag("rect", {"width": str(width), "height": str(height), "fill": fill})


def _frame_pattern(name: str, width: int, height: int, turn: int, marks: Iterable[Markup]) -> Markup:
    size = {"width": str(width), "height": str(height), "patternUnits": "userSpaceOnUse"}
    return tag("pattern", {"id": name, **size, "patternTransform": f"rotate({turn})"}, marks)


SUFFIX = {"": "", "~": "r", "!": "s"}


def name_bands(key: str, slots: Mapping[str, Slot]) -> str:
    """Return the pattern's id for a combination, the same as the script's."""
    return "bands" + "".join(f"-{slots[group].slot}{SUFFIX[mark]}" for group, mark in split_key(key))


def draw_bands(key: str, slots: Mapping[str, Slot]) -> Markup:
    """Return the pattern of a combination: equal bands, on white dots for region-only and a line for outdated."""
    parts = split_key(key)
    marks = [mark for place, (group, kind) in enumerate(parts) for mark in _draw_band(place, slots[group], kind)]
    return _frame_pattern(name_bands(key, slots), BAND * 2, BAND * len(parts), -45, marks)


def _draw_band(place: int, slot: Slot, kind: str) -> list[Markup]:
    size = {"y": str(place * BAND), "width": str(BAND * 2), "height": str(BAND)}
    if not kind:
        return [tag("rect", {**size, "fill": slot.colour})]
    if kind == "!":
        line = {"y": str(place * BAND + 2.5), "width": str(BAND * 2), "height": "2", "fill": slot.colour}
        return [tag("rect", {**size, "fill": PAPER}), tag("rect", line)]
    dots = [
        tag("circle", {"cx": str(cx), "cy": str(place * BAND + BAND / 2), "r": "2", "fill": slot.colour})
        for cx in (3.5, 10.5)
    ]
    return [tag("rect", {**size, "fill": PAPER}), *dots]


def find_fill(key: str, colours: Mapping[str, str], slots: Mapping[str, Slot]) -> str:
    """Return the paint of a class: a colour or a reference to a pattern."""
    if key.startswith("many:"):
        return colours["many"]
    if ":" in key and key in colours:
        return colours[key]
    if key in LAST_CLASSES:
        return f"url(#fill-{key.removeprefix('gap:')})"
    parts = split_key(key)
    if len(parts) == 1 and not parts[0][1]:
        return slots[parts[0][0]].colour
    return f"url(#{name_bands(key, slots)})"
