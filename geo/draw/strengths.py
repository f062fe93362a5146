"""Strengths as ranges: figures on one scale from zero, shares of something each on a bar of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

from geo.draw.palette import INK
from geo.draw.sentences import describe_estimate
from geo.draw.text import escape, tag
from geo.model import Estimate, Strength, Table

__all__ = ["Row", "draw_strength_ranges", "list_rows", "pick_end"]

LEFT, SPAN, RIGHT, TALL = 8, 280, 30, 26
FAINT, PLAIN = "#c9cdd1", "#555c63"
SAID = (
    "These figures count different things, as each row says; they may overlap and do not add up. "
    "A dot is a figure as given, a line runs from low to high; "
    "a dashed line is open: the source gives only its other end."
)


@dataclass(frozen=True)
class Row:
    """One strength of one group; ``depth`` is how deep it stands under another, ``of`` whose share it is."""

    group: str
    strength: Strength
    depth: int = 0
    of: str = ""


def list_rows(table: Table) -> tuple[Row, ...]:
    """Return every strength in the table's order, each part after what it is part of.

    Examples
    --------
    >>> list_rows(Table("t", {}, {}, {}, (), ()))
    ()
    """
    groups = table.groups.values()
    return tuple(row for group in groups for each in group.strengths for row in _nest(table, group.id, each))


def _nest(table: Table, group: str, strength: Strength, depth: int = 0) -> Iterable[Row]:
    of = f"the {strength.counts} of {table.groups[strength.of].name}" if strength.of else "the figure above"
    yield Row(group, strength, depth, of if strength.is_share else "")
    for part in strength.of_which:
        yield from _nest(table, group, part, depth + 1)


def pick_end(figures: Iterable[float]) -> float:
    """Return the round figure, 1, 1.5, 2, 3, 5 or 8 times a power of ten, that leaves room right of the greatest.

    Examples
    --------
    >>> pick_end([600, 2200, 10_000]), pick_end([]), pick_end([4])
    (15000.0, 1.0, 5.0)
    """
    most = max(figures, default=0) * 1.15
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most))
    return next(each * power for each in (1, 1.5, 2, 3, 5, 8, 10) if each * power >= most)


def draw_strength_ranges(table: Table) -> str:
    """Return the chart of all strengths as a table of words with a range drawn in each row.

    The scale is linear and starts at zero: an open range "up to" begins there, and lengths may then be compared;
    a logarithm has no zero. A share is drawn from 0 to 100 % of what it is a share of, on a bar of another form.

    Parameters
    ----------
    table : Table

    Returns
    -------
    str
        Markup; empty where no group has a strength.

    Examples
    --------
    >>> draw_strength_ranges(Table("t", {}, {}, {}, (), ()))
    ''
    """
    rows = list_rows(table)
    if not rows:
        return ""
    figures = [row.strength.estimate for row in rows if not row.strength.is_share]
    end = pick_end(each for figure in figures for each in (figure.low, figure.best, figure.high) if each is not None)
    body = "".join(_draw_row(row, table, end, row.group != before) for row, before in _pair(rows))
    heads = ("Group", "Figure", f"Figures from 0 to {end:,.15g}; shares from 0 to 100 %", "What it counts; the hedge")
    head = tag("thead", {}, tag("tr", {}, (tag("th", {"scope": "col"}, text) for text in heads)))
    chart = tag("table", {"id": "strengths"}, head, tag("tbody", {}, body))
    frame = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Strengths"}
    title = tag("h3", {}, "Strengths, as the sources give them")
    return title + tag("p", {}, SAID) + tag("div", frame, chart)


def _pair(rows: tuple[Row, ...]) -> Iterable[tuple[Row, str]]:
    return zip(rows, ["", *(row.group for row in rows)], strict=False)


def _draw_row(row: Row, table: Table, end: float, first: bool) -> str:
    strength = row.strength
    name = tag("bdi", {} if first else {"class": "visually-hidden"}, escape(table.groups[row.group].name))
    figure = describe_estimate(strength.estimate, strength.is_share).replace(" ", "\u00a0")
    nested = "of which " * row.depth
    of = f"share of {row.of}" if row.of and not row.depth else strength.counts
    said = [escape(nested + of)]
    if row.of and row.depth:
        said[0] += escape(f" (share of {row.of})")
    said += [tag("div", {"class": "evidence"}, escape(strength.evidence.note))] if strength.evidence.note else []
    cells = [
        tag("th", {"scope": "row"}, name),
        tag("td", {}, escape(figure)),
        tag("td", {}, _draw_range(strength.estimate, 1.0 if row.of else end, share=bool(row.of))),
        tag("td", {}, said),
    ]
    return tag("tr", {}, cells)


def _draw_range(estimate: Estimate, end: float, *, share: bool) -> str:
    """Draw low to high as a line, best as a dot; an end that no source gives stays open."""

    def place(figure: float) -> int:
        return LEFT + round(figure / end * SPAN)

    middle = TALL // 2
    size = {"viewBox": f"0 0 {LEFT + SPAN + RIGHT} {TALL}", "width": str(LEFT + SPAN + RIGHT), "height": str(TALL)}
    marks = _draw_share(middle) if share else _draw_axis(middle)
    low, best, high = (None if each is None else place(each) for each in (estimate.low, estimate.best, estimate.high))
    right = place(1) if share else LEFT + SPAN + RIGHT - 10
    if low is not None and high is not None:
        marks += _line(low, high, middle) + _stop(low, middle) + _stop(high, middle)
    elif low is not None:
        marks += _stop(low, middle) + _line(low, right, middle, "5 4") + _arrow(right, middle)
    elif high is not None:
        marks += _line(LEFT, high, middle, "5 4") + _stop(high, middle)
    marks += tag("circle", {"cx": str(best), "cy": str(middle), "r": "5", "fill": INK}) if best is not None else ""
    return tag("svg", {**size, "aria-hidden": "true"}, marks)


def _draw_axis(middle: int) -> str:
    base = tag("path", {"d": f"M{LEFT} {middle}h{SPAN}", "stroke": FAINT})
    ticks = "".join(f"M{LEFT + SPAN * part // 5} {middle - 4}v8" for part in range(6))
    return base + tag("path", {"d": ticks, "stroke": FAINT})


def _draw_share(middle: int) -> str:
    frame = {"x": str(LEFT), "y": str(middle - 8), "width": str(SPAN), "height": "16", "rx": "3", "fill": "#efefed"}
    return tag("rect", frame)


def _line(start: int, end: int, middle: int, dash: str = "") -> str:
    look = {"stroke": INK, "stroke-width": "2.5", **({"stroke-dasharray": dash} if dash else {})}
    return tag("path", {"d": f"M{start} {middle}H{end}", **look})


def _stop(at: int, middle: int) -> str:
    return tag("path", {"d": f"M{at} {middle - 6}v12", "stroke": INK, "stroke-width": "2.5"})


def _arrow(at: int, middle: int) -> str:
    return tag("path", {"d": f"M{at - 6} {middle - 5}l7 5l-7 5", "fill": "none", "stroke": PLAIN, "stroke-width": "2"})
