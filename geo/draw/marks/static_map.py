"""The picture that stands without script: in a blocked frame, on paper, for a reader without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from geo.draw.html import Markup, chain, tag
from geo.draw.marks.chips import Chip, define_chips, measure_chips
from geo.draw.marks.map_classes import Fill, LegendRow, MapClass, Outline, SideBySide
from geo.draw.marks.palette import OUTLINE, PALE_BORDER, STYLE_COLOURS
from geo.draw.topology.area_rounding import round_arcs
from geo.draw.topology.projection import centre_on
from geo.draw.topology.simplify import thin_arcs
from geo.draw.topology.svg_paths import Frame, find_frame, trace_outline, trace_shapes
from geo.draw.wording.catalogue import Catalogue
from geo.model import Shape, Topology

__all__ = ["draw_legend", "draw_static_map"]

COARSE = 0.02
"""Degrees; at 1000 px for the whole country one pixel is 0.015 degrees."""

FIGURE = re.compile(r"\d")
LETTER = 6.2
"""Mean width in pixels of a letter of a label at 11 px."""
LINE = 12
CHIPS = "\ue001"
"""What stands for chips among lines: a sign that no text has."""


def draw_static_map(
    names: Mapping[str, str],
    topology: Topology,
    classes: Mapping[str, MapClass],
    signs: Mapping[str, str],
    disputed: Collection[str],
    description: str,
    *,
    chips: Mapping[str, Sequence[Chip]] = MappingProxyType({}),
    has_large_signs: bool = False,
) -> Markup:
    """Return the static map as SVG, each unit painted by its class, with the names and the signs that stand under them.

    The description is read out instead of the picture; ``has_large_signs`` draws signs that are no figures larger than
    names.
    """
    coarse, frame, paths, around = _trace_units(topology)
    units = (
        tag(
            "path",
            {"data-code": code, "d": paths[code], "fill": each.fill.paint}
            | ({"class": "disputed"} if code in disputed else {}),
        )
        for code, each in classes.items()
    )
    box = {"viewBox": f"0 0 {frame.width} {frame.height}", "role": "img", "aria-label": description}
    outline = tag("path", {"d": around, "stroke": OUTLINE})
    # Above all units: a neighbour that is drawn later would hide half of the broken line.
    doubts = (
        tag("path", {"d": paths[code], "class": look})
        for look in ("disputed-edge", "disputed-line")
        for code in classes
        if code in disputed
    )
    points = {shape.key: (x, y) for shape in coarse for x, y in frame.project(shape.label).tolist()}
    last = {code for code, each in classes.items() if each.is_gap}
    order = sorted(points, key=lambda code: (code in last, code))
    placed = _place_labels(names, points, signs, chips, order)
    defined, rows = define_chips(chips[code] for code in sorted(chips))
    chip_rows = (
        _draw_chips(*points[code], lines, code, chips[code], rows[chips[code]])
        for code, lines in sorted(placed.items()) if CHIPS in lines
    )  # fmt: skip
    labels = (
        _draw_label(*points[code], [line for line in lines if line != CHIPS], signs.get(code, ""), code,
                    is_large=has_large_signs and not FIGURE.search(signs.get(code, "")))
        for code, lines in sorted(placed.items()) if lines != [CHIPS]
    )  # fmt: skip
    halo = {"paint-order": "stroke", "stroke": STYLE_COLOURS["ground"], "stroke-width": "3"}
    return tag(
        "svg", box, defined,
        # A unit that is drawn later hides half of a border, and draws the same one itself.
        tag("g", {"stroke": PALE_BORDER}, units),
        tag("g", {"fill": "none"}, outline),
        tag("g", {"id": "static-disputed", "fill": "none"}, doubts),
        tag("g", {"font-size": "11", "text-anchor": "middle"}, chip_rows, tag("g", halo, labels)),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _trace_units(topology: Topology) -> tuple[tuple[Shape, ...], Frame, Mapping[str, str], str]:
    """Return the units thinned, what they are drawn in, their paths by code and that around all: one for all pages."""
    coarse = thin_arcs(topology, COARSE)
    frame = find_frame(coarse, centre_on(topology))
    arcs = round_arcs(coarse, topology, frame)
    return coarse.units, frame, trace_shapes(coarse.units, arcs), trace_outline(coarse.units, arcs)


def _place_labels(
    names: Mapping[str, str],
    points: Mapping[str, tuple[float, float]],
    signs: Mapping[str, str],
    chips: Mapping[str, Sequence[Chip]],
    order: list[str],
) -> dict[str, list[str]]:
    """Place signs before names, as the script does, and no name near another's; what has no room is left out.

    Chips are a line without letters, below all others.
    """
    placed: dict[str, tuple[list[str], list[tuple[bool, Box]]]] = {}
    signs = {**signs, **dict.fromkeys(chips, CHIPS)}

    def place(code: str, lines: list[str]) -> None:
        own = [
            (line == signs.get(code), _find_box(*points[code], line, number, chips.get(code, ())))
            for number, line in enumerate(lines)
        ]
        taken = (each for other, (_, boxes) in placed.items() if other != code for each in boxes)
        if not any(_touch(one, other, is_sign != marks) for marks, other in taken for is_sign, one in own):
            placed[code] = lines, own

    for code in (code for code in order if signs.get(code)):
        place(code, [signs[code]])
    for code in order:
        place(code, [names[code], signs[code]] if signs.get(code) else [names[code]])
        if code not in placed:
            place(code, [names[code]])
    return {code: lines for code, (lines, _) in placed.items()}


Box = tuple[float, float, float, float]


def _find_box(x: float, y: float, line: str, number: int, chips: Sequence[Chip]) -> Box:
    half, down = len(line) * LETTER / 2, LINE * number
    if line == CHIPS:
        width, height = measure_chips(chips)
        return x - width / 2, y - 7 + down, x + width / 2, y - 5 + down + height
    return x - half, y - 8 + down, x + half, y + 7 + down


def _touch(one: Box, other: Box, is_read_together: bool) -> bool:
    """Tell whether lines touch; a name and the sign of another unit do so nearer than a line, as if it were its own."""
    near = LINE * is_read_together
    return one[0] < other[2] and other[0] < one[2] and one[1] - near < other[3] and other[1] - near < one[3]


def _draw_chips(x: float, y: float, lines: list[str], code: str, chips: Sequence[Chip], row: str) -> Markup:
    left, top = x - measure_chips(chips)[0] / 2, y - 6 + LINE * (len(lines) - 1)
    place = {"transform": f"translate({left:.0f} {top:.0f})", "data-chips": code}
    return tag("g", place, tag("use", {"href": f"#{row}"}))


def _draw_label(x: float, y: float, lines: list[str], sign: str, code: str, *, is_large: bool) -> Markup:
    look = {"font-size": "15"} if is_large else {}  # a lone plus or arrow is small among letters, a figure is not
    place = {"x": f"{x:.0f}", "y": f"{y + 4:.0f}"}
    bold = {"font-weight": "bold", "data-sign": code, **look}  # the script keeps the sign up to date for paper
    if len(lines) == 1:
        return tag("text", {**place, **(bold if lines[0] == sign else {})}, lines[0])
    return tag("text", place, lines[0], tag("tspan", {"x": place["x"], "dy": f"{LINE}", **bold}, sign))


def draw_legend(phrases: Catalogue, rows: Sequence[LegendRow]) -> Markup:
    """Return the legend's rows; the script replaces them after each switch."""
    return chain(
        tag(
            "li", {"class": "legend-row", "data-key": row.shown.key},
            _draw_swatch(row.shown.fill),
            tag("span", {}, row.shown.label),
            tag("b", {}, phrases.write_number(row.count)),
            tag("i", {"class": "visually-hidden"}, phrases.say_count("counted", row.count)),
        )
        for row in rows
    )  # fmt: skip


def _draw_swatch(fill: Fill) -> Markup:
    size = {"width": "30", "height": "16"}
    if isinstance(fill, Outline):
        shapes = [{"x": "1", "y": "1", "width": "28", "height": "14", "class": "disputed", "fill": "none"}]
    elif isinstance(fill, SideBySide):
        width = 30 / len(fill.colours)
        shapes = [
            {**({"x": f"{place * width:g}"} if place else {}), "width": f"{width:g}", "height": "16", "fill": colour}
            for place, colour in enumerate(fill.colours)
        ]
    else:
        shapes = [{**size, "fill": fill.paint}]
    return tag("svg", {"class": "swatch", **size, "aria-hidden": "true"}, (tag("rect", shape) for shape in shapes))
