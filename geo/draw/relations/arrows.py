"""Lines and marks of the diagram of ties: a mark at the end for the type, a dash for the standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from geo.draw.html import Markup, chain, tag
from geo.draw.marks.palette import GREY, INK, PAPER

__all__ = ["Curve", "draw_curve"]

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


@dataclass(frozen=True)
class Curve:
    """A parabola from a start to an end that is bent toward a third point, as SVG has it.

    Examples
    --------
    >>> bow = Curve((0, 0), (8, 8), (16, 0))
    >>> bow.find_point(0.5), bow.cut(0, 0.5)
    ((8.0, 4.0), Curve(start=(0, 0), bend=(4.0, 4.0), end=(8.0, 4.0)))
    """

    start: Point
    bend: Point
    end: Point

    def find_point(self, at: float) -> Point:
        """Return the point at a part of the way, from 0 to 1."""
        return self._mix(at, at)

    def cut(self, start: float, end: float) -> Curve:
        """Return what lies between two parts of the way."""
        return Curve(self.find_point(start), self._mix(start, end), self.find_point(end))

    def _mix(self, one: float, two: float) -> Point:
        weights = ((1 - one) * (1 - two), one * (1 - two) + two * (1 - one), one * two)
        x, y = (
            sum(weight * point[axis] for weight, point in zip(weights, (self.start, self.bend, self.end), strict=True))
            for axis in (0, 1)
        )
        return x, y


def draw_curve(curve: Curve, kind: str, standing: str | None, marked: Sequence[bool] = (False, True)) -> Markup:
    """Return one line in pixels, with the mark of its type at its start and end as wanted.

    An ended tie is thin, grey and cut.

    Examples
    --------
    >>> draw_curve(Curve((0, 0), (5, 0), (9, 0)), "support", "discussed", (False, False))
    Markup('<path d="M0 0Q5 0 9 0" fill="none" stroke="#1d2125" stroke-width="1.8" stroke-dasharray="2 5"/>')
    """
    ended = standing == "ended"
    ink = {"fill": "none", "stroke": FADED if ended else INK, "stroke-width": "1.1" if ended else "1.8"}
    dash = {"stroke-dasharray": DASHES[standing]} if standing in DASHES else {}
    way = f"M{_write(curve.start)}Q{_write(curve.bend)} {_write(curve.end)}"
    drawn = [tag("path", {"d": way, **ink, **dash})]
    if ended:
        turned = _turn(curve.find_point(0.25), curve.find_point(0.2), curve.find_point(0.3))
        drawn.append(tag("path", {"d": CUT, "transform": turned, **ink}))
    fill = {"fill": "none" if kind in ("splinter", "rivalry") else PAPER if kind in ("affiliate", "part of") else INK}
    for wanted, tip, behind in zip(marked, (curve.start, curve.end), (0.1, 0.9), strict=True):
        if wanted:
            mark = {"d": MARKS.get(kind, DOT), "transform": _turn(tip, curve.find_point(behind), tip)}
            drawn.append(tag("path", {**mark, **ink, **fill, "stroke-width": "1.5"}))
    return chain(drawn)


def _write(point: Point) -> str:
    return " ".join(f"{round(each, 1) + 0.0:g}" for each in point)


def _turn(at: Point, start: Point, end: Point) -> str:
    """Move to a point and turn along a line; sines rounded far above any machine's noise."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    cos, sin = (round((end[axis] - start[axis]) / length, 3) + 0.0 for axis in (0, 1))
    return f"matrix({cos:g} {sin:g} {-sin:g} {cos:g} {_write(at)})"
