"""Lines and marks of the diagram of ties: a mark at the end for the type, a dash for the standing."""

from __future__ import annotations

from math import hypot

from geo.draw.html import Markup, tag
from geo.draw.marks.palette import GREY, INK, PAPER

__all__ = ["draw_spoke"]

DASHES = {"emerging": "9 5", "discussed": "2 5", "disputed": "12 4 2 4"}
"""Dash by standing; existing, ended and none are solid."""
FADED = GREY
MARKS = {
    "support": "M0 0l-12 -5v10z",
    "affiliate": "M0 0l-13 -6.5v13z",
    "splinter": "M0 0m-9 -6l9 6l-9 6M-14 -7v14M-18 -7v14",
    "part of": "M0 0l-9 -5.5l-9 5.5l9 5.5z",
    "rivalry": "M-15 -6l8 12m0 -12l-8 12",
}
"""The mark of a type, its tip at the origin, pointing along x; an alliance has a dot at each group."""
DOT = "M-7 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z"
CUT = "M-4 -7l-3 14m10 -14l-3 14"

Point = tuple[float, float]


def draw_spoke(start: Point, end: Point, kind: str, standing: str | None, *, marked: bool) -> Markup:
    """Return one line from a tie's box to a group's box, in pixels, with the mark of its type at the end if wanted.

    An ended tie is thin, grey and cut; a disputed one bears a question mark on its label.

    Examples
    --------
    >>> draw_spoke((0, 0), (9, 0), "support", "discussed", marked=False)
    Markup('<path d="M0 0L9 0" fill="none" stroke="#1d2125" stroke-width="1.8" stroke-dasharray="2 5"/>')
    """
    ended = standing == "ended"
    ink = {"fill": "none", "stroke": FADED if ended else INK, "stroke-width": "1.1" if ended else "1.8"}
    dash = {"stroke-dasharray": DASHES[standing]} if standing in DASHES else {}
    line = tag("path", {"d": f"M{_write(start)}L{_write(end)}", **ink, **dash})
    if ended:
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        line += tag("path", {"d": CUT, "transform": _turn(middle, start, end), **ink})
    if not marked:
        return line
    fill = {"fill": "none" if kind in ("splinter", "rivalry") else PAPER if kind in ("affiliate", "part of") else INK}
    mark = {"d": MARKS.get(kind, DOT), "transform": _turn(end, start, end), **ink, **fill, "stroke-width": "1.5"}
    return line + tag("path", mark)


def _write(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"


def _turn(at: Point, start: Point, end: Point) -> str:
    """Move to a point and turn along a line; sines of whole pixels, rounded far above any machine's noise."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    cos, sin = (round((end[axis] - start[axis]) / length, 3) + 0.0 for axis in (0, 1))
    return f"matrix({cos:g} {sin:g} {-sin:g} {cos:g} {_write((round(at[0], 1), round(at[1], 1)))})"
