"""The picture that stands without script: in a blocked frame, on paper, for a reader without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from geo.draw.html import Markup, chain, tag
from geo.draw.marks.abbreviations import list_short_codes, write_sign
from geo.draw.marks.legend import LAST_CLASSES, MARKS, LegendRow
from geo.draw.marks.palette import Slot
from geo.draw.marks.textures import draw_bands, draw_textures, find_fill
from geo.draw.topology.simplify import thin_arcs
from geo.draw.topology.svg_paths import Frame, find_frame, trace_borders, trace_shapes
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.model import Topology

__all__ = ["draw_legend", "draw_patterns", "draw_static_map"]

COARSE = 0.02
"""Degrees; at 1000 px for the whole country one pixel is 0.015 degrees."""

FIGURE = re.compile(r"\d")
LETTER = 6.2
"""Mean width in pixels of a letter of a label at 11 px."""
LINE = 12


def draw_patterns(keys: list[str], slots: Mapping[str, Slot], *more: Markup) -> Markup:
    """Return the hidden SVG that holds every pattern; both the picture and the live map refer to it."""
    bands = (draw_bands(key, slots) for key in keys if not _is_flat(key))
    marks = tag("defs", {"id": "patterns"}, draw_textures(), bands, more)
    return tag("svg", {"width": "0", "height": "0", "aria-hidden": "true", "class": "visually-hidden"}, marks)


def _is_flat(key: str) -> bool:
    return key in LAST_CLASSES or ":" in key or ("+" not in key and key[-1] not in MARKS)


def draw_static_map(
    joined: LocalisedTable,
    topology: Topology,
    classes: Mapping[str, str],
    colours: Mapping[str, str],
    slots: Mapping[str, Slot],
    disputed: Collection[str],
    description: str,
    signs: Mapping[str, str] | None = None,
) -> Markup:
    """Return the static map as SVG, each unit painted by its class.

    Parameters
    ----------
    joined : JoinedTable
    topology : Topology
    classes : mapping of str to str
        Code to key of class.
    colours : mapping of str to str
        Key of class to ``#rrggbb`` where a class has one.
    slots : mapping of str to Slot
    disputed : collection of str
        Codes of the units to mark as disputed.
    description : str
        Read out instead of the picture.
    signs : mapping of str to str, optional
        Code to what stands under its name; without, what its class says.
    """
    coarse = thin_arcs(topology, COARSE)
    frame = find_frame(coarse)
    paths = trace_shapes(coarse, coarse.units, frame)
    units = (
        tag(
            "path",
            {"data-code": code, "d": paths[code], "fill": find_fill(key, colours, slots)}
            | ({"class": "disputed"} if code in disputed else {}),
        )
        for code, key in classes.items()
    )
    box = {"viewBox": f"0 0 {frame.width} {frame.height}", "role": "img", "aria-label": description}
    inner, outer = trace_borders(coarse, frame)
    borders = tag("path", {"d": inner, "stroke": "#7b8187", "stroke-width": ".7"})
    borders += tag("path", {"d": outer, "stroke": "#4a4f55"})
    return tag(
        "svg", box,
        tag("g", {"stroke": "#fff"}, units),
        tag("g", {"fill": "none"}, borders),
        tag("g", {"font-size": "11", "text-anchor": "middle"}, _draw_labels(joined, coarse, classes, frame, signs)),
    )  # fmt: skip


def _draw_labels(
    joined: LocalisedTable,
    topology: Topology,
    classes: Mapping[str, str],
    frame: Frame,
    given: Mapping[str, str] | None,
) -> list[Markup]:
    """Place signs before names, as the script does, and no name near another's; what has no room is left out."""
    codes = list_short_codes(joined)
    signs = {
        shape.key: write_sign(classes[shape.key], joined, codes) if given is None else given.get(shape.key, "")
        for shape in topology.units
    }
    points = {shape.key: frame.project(*shape.label) for shape in topology.units}
    order = sorted(points, key=lambda code: (classes[code] in LAST_CLASSES, code))
    placed: dict[str, tuple[list[str], list[tuple[bool, Box]]]] = {}

    def place(code: str, lines: list[str]) -> None:
        own = [(line == signs[code], _find_box(*points[code], line, number)) for number, line in enumerate(lines)]
        taken = (each for other, (_, boxes) in placed.items() if other != code for each in boxes)
        if not any(_touch(one, other, is_sign != marks) for marks, other in taken for is_sign, one in own):
            placed[code] = lines, own

    for code in (code for code in order if signs[code]):
        place(code, [signs[code]])
    for code in order:
        name = joined.gazetteer.units[code].name
        place(code, [name, signs[code]] if signs[code] else [name])
        if code not in placed:
            place(code, [name])
    return [
        _draw_label(
            *points[code], lines, signs[code], code, is_large=given is not None and not FIGURE.search(signs[code])
        )
        for code, (lines, _) in sorted(placed.items())
    ]


Box = tuple[float, float, float, float]


def _find_box(x: float, y: float, line: str, number: int) -> Box:
    half, down = len(line) * LETTER / 2, LINE * number
    return x - half, y - 8 + down, x + half, y + 7 + down


def _touch(one: Box, other: Box, is_read_together: bool) -> bool:
    """Tell whether lines touch; a name and the sign of another unit do so nearer than a line, as if it were its own."""
    near = LINE * is_read_together
    return one[0] < other[2] and other[0] < one[2] and one[1] - near < other[3] and other[1] - near < one[3]


def _draw_label(x: float, y: float, lines: list[str], sign: str, code: str, *, is_large: bool) -> Markup:
    look = {"font-size": "15"} if is_large else {}  # a lone plus or arrow is small among letters, a figure is not
    place = {"x": f"{x:.0f}", "y": f"{y + 4:.0f}", "paint-order": "stroke", "stroke": "#fff", "stroke-width": "3"}
    bold = {"font-weight": "bold", "data-sign": code, **look}  # the script keeps the sign up to date for paper
    if len(lines) == 1:
        return tag("text", {**place, **(bold if lines[0] == sign else {})}, lines[0])
    return tag("text", place, lines[0], tag("tspan", {"x": place["x"], "dy": f"{LINE}", **bold}, sign))


def draw_legend(
    phrases: Catalogue, rows: list[LegendRow], colours: Mapping[str, str], slots: Mapping[str, Slot]
) -> Markup:
    """Return the legend's rows; the script replaces them after each switch."""
    return chain(
        tag(
            "li", {"class": "legend-row", "data-key": row.key},
            _draw_swatch(row.key, colours, slots),
            tag("span", {}, row.label),
            tag("b", {}, phrases.write_number(row.count)),
            tag("i", {"class": "visually-hidden"}, phrases.say_count("counted", row.count)),
        )
        for row in rows
    )  # fmt: skip


def _draw_swatch(key: str, colours: Mapping[str, str], slots: Mapping[str, Slot]) -> Markup:
    size = {"width": "30", "height": "16"}
    mark = {"x": "1", "y": "1", "width": "28", "height": "14", "class": "disputed", "fill": "none"}
    shape = mark if key == "disputed" else {**size, "fill": find_fill(key, colours, slots)}
    return tag("svg", {"class": "swatch", **size, "aria-hidden": "true"}, tag("rect", shape))
