"""Strengths as ranges: figures on one scale from zero in one table, shares from 0 to 100 % in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10

from geo.draw.html import Markup, chain, frame_wide, tag, tag_row, tag_table
from geo.draw.marks.palette import FAINT, INK, LAND, SOFT
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.presence import describe_estimate
from geo.model import Estimate, Group, Strength, Table

__all__ = ["Row", "draw_strength_ranges", "list_rows", "pick_end"]

LEFT, SPAN, RIGHT, TALL = 8, 280, 30, 26
PLAIN = SOFT


@dataclass(frozen=True)
class Row:
    """One strength of one group; ``of`` says in words what it is a part of, empty where of nothing."""

    group: str
    strength: Strength
    of: str = ""


def list_rows(phrases: Catalogue, table: Table) -> tuple[Row, ...]:
    """Return every strength in the table's order, each part after what it is part of.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> list_rows(phrases, Table("t", {}, {}, {}, (), ()))
    ()
    """
    groups = table.groups.values()
    return tuple(row for group in groups for each in group.strengths for row in _nest(phrases, table, group, each))


def _nest(phrases: Catalogue, table: Table, group: Group, strength: Strength, whole: str = "") -> Iterable[Row]:
    of = (
        phrases.say("counts_of", counts=strength.counts, group=table.groups[strength.of].name) if strength.of else whole
    )
    yield Row(group.id, strength, of)
    figure = describe_estimate(phrases, strength.estimate, strength.is_share)
    said = (
        phrases.say("figure_of", figure=figure, of=of)
        if strength.is_share
        else phrases.say("the_counts", figure=figure, counts=strength.counts)
    )
    for part in strength.of_which:
        yield from _nest(phrases, table, group, part, said)


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


def draw_strength_ranges(phrases: Catalogue, table: Table) -> Markup:
    """Return the charts of all strengths, if any, as tables of words with a range drawn in each row.

    The scale of figures is linear and starts at zero: an open range "up to" begins there, and lengths may then be
    compared; a logarithm has no zero. Shares have a table of their own, from 0 to 100 % of what each is a share of.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> draw_strength_ranges(phrases, Table("t", {}, {}, {}, (), ()))
    Markup('')
    """
    rows = list_rows(phrases, table)
    figures = [row for row in rows if not row.strength.is_share]
    shares = [row for row in rows if row.strength.is_share]
    estimates = [row.strength.estimate for row in figures]
    end = pick_end(each for one in estimates for each in (one.low, one.best, one.high) if each is not None)
    charts = [
        (
            "strengths",
            phrases.say("strengths"),
            phrases.say("strengths_said"),
            phrases.say("scale", end=phrases.write_number(end, 15)),
            end,
            figures,
        ),
        (
            "shares",
            phrases.say("shares"),
            phrases.say("shares_said"),
            phrases.say("scale", end=phrases.write_share(1)),
            1.0,
            shares,
        ),
    ]
    return chain(_draw_chart(phrases, table, *chart) for chart in charts if chart[-1])


def _draw_chart(
    phrases: Catalogue, table: Table, name: str, title: str, said: str, scale: str, end: float, rows: Sequence[Row]
) -> Markup:
    heads = (phrases.say("group"), phrases.say("figure"), scale, phrases.say("figure_hedge"))
    before = ["", *(row.group for row in rows)]
    body = (_draw_row(phrases, row, table, end, row.group != last) for row, last in zip(rows, before, strict=False))
    chart = tag_table({"id": name, "class": "ranges"}, heads, body)
    return tag("h3", {}, title) + tag("p", {}, f"{said} {phrases.say('marks_said')}") + frame_wide(title, chart)


def _draw_row(phrases: Catalogue, row: Row, table: Table, end: float, first: bool) -> Markup:
    strength = row.strength
    name = tag("bdi", {} if first else {"class": "visually-hidden"}, table.groups[row.group].name)
    figure = describe_estimate(phrases, strength.estimate, strength.is_share)
    part = phrases.say("of", of=row.of)
    said = [part if strength.of else strength.counts + (phrases.say("comma") + part if row.of else "")]
    if strength.evidence.note:
        said.append(tag("div", {"class": "evidence"}, tag("bdi", {}, strength.evidence.note)))
    return tag_row(name, (figure, _draw_range(strength.estimate, end, share=strength.is_share), chain(said)))


def _draw_range(estimate: Estimate, end: float, *, share: bool) -> Markup:
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
    marks += _dot(best, middle) if best is not None else ""
    return tag("svg", {**size, "preserveAspectRatio": "none", "aria-hidden": "true"}, marks)


def _draw_axis(middle: int) -> Markup:
    base = tag("path", {"d": f"M{LEFT} {middle}h{SPAN}", "stroke": FAINT})
    ticks = "".join(f"M{LEFT + SPAN * part // 5} {middle - 4}v8" for part in range(6))
    return base + tag("path", {"d": ticks, "stroke": FAINT})


def _draw_share(middle: int) -> Markup:
    frame = {"x": str(LEFT), "y": str(middle - 8), "width": str(SPAN), "height": "16", "rx": "3", "fill": LAND}
    return tag("rect", frame)


def _draw_mark(way: str, width: str, colour: str = INK, **look: str) -> Markup:
    """Draw a line as thick on a narrow screen, where the scale is squeezed, as on a wide one."""
    return tag(
        "path",
        {"d": way, "fill": "none", "stroke": colour, "stroke-width": width, "vector-effect": "non-scaling-stroke"}
        | look,
    )


def _line(start: int, end: int, middle: int, dash: str = "") -> Markup:
    return _draw_mark(f"M{start} {middle}H{end}", "2.5", **({"stroke-dasharray": dash} if dash else {}))


def _stop(at: int, middle: int) -> Markup:
    return _draw_mark(f"M{at} {middle - 6}v12", "2.5")


def _dot(at: int, middle: int) -> Markup:
    """Draw a point with a round pen: a circle would be squeezed."""
    return _draw_mark(f"M{at} {middle}h0", "10", **{"stroke-linecap": "round"})


def _arrow(at: int, middle: int) -> Markup:
    return _draw_mark(f"M{at - 6} {middle - 5}l7 5l-7 5", "2", PLAIN)
