"""The diagram of ties between groups: groups as ringed boxes, each tie a line with its number in the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.draw.html import Markup, frame_wide, tag
from geo.draw.marks.palette import EDGE, GREY, INK, PAPER, Slot
from geo.draw.relations.arrows import Curve, draw_curve
from geo.draw.relations.layout import Box, Layout, place_boxes
from geo.draw.relations.wrapped_text import measure_lines, wrap_text
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.relations import Tie, describe_tie, list_ties
from geo.model import Table

__all__ = ["Diagram", "draw_ties_diagram", "lay_out_ties", "trace_tie"]

MOST_TIES = 30
"""Of ties or groups; beyond this many a diagram says less than the list."""
MOST_ALIKE = 6
"""Of ties between the same groups; no picture keeps more lines apart."""
NAME_SIZE, NUMBER_SIZE = 15, 13
NAME_WIDTH = 150
LEADING = 4
PADDING = 9
BADGE = 24
"""Height of a badge, and least width."""
STEPS = 64
"""From a badge to a group, to find where a line meets its box."""
HALVINGS = 8


@dataclass(frozen=True)
class Diagram:
    """Where all boxes stand and what is written in them; groups first, then ties, as in ``layout.boxes``."""

    groups: tuple[str, ...]
    ties: tuple[Tie, ...]
    lines: tuple[tuple[str, ...], ...]
    layout: Layout


def lay_out_ties(phrases: Catalogue, table: Table) -> Diagram | None:
    """Lay out the groups that have a tie, and the ties; None where there is no tie, or too many for a picture.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> lay_out_ties(phrases, Table("t", {}, {}, {}, (), ())) is None
    True
    """
    ties = list_ties(table)
    groups = [group for group in table.groups if any(group in tie.groups for tie in ties)]
    alike = Counter(frozenset(tie.groups) for tie in ties)
    if not ties or max(len(ties), len(groups)) > MOST_TIES or max(alike.values()) > MOST_ALIKE:
        return None
    lines = [tuple(wrap_text(table.groups[group].name, NAME_SIZE, NAME_WIDTH)) for group in groups]
    badges = [(_write_badge(phrases, tie),) for tie in ties]
    sizes = [(group, *_size(each, NAME_SIZE)) for group, each in zip(groups, lines, strict=True)]
    for tie, each in zip(ties, badges, strict=True):
        sizes.append((f"tie {tie.number}", max(BADGE, _size(each, NUMBER_SIZE)[0]), BADGE))
    ends = tuple(tuple(groups.index(group) for group in tie.groups) for tie in ties)
    layout = place_boxes(tuple(sizes), ends)
    return Diagram(tuple(groups), ties, (*lines, *badges), layout) if layout else None


def _write_badge(phrases: Catalogue, tie: Tie) -> str:
    return phrases.write_number(tie.number) + (" ?" if tie.standing == "disputed" else "")


def _size(lines: Sequence[str], size: int) -> tuple[int, int]:
    return measure_lines(lines, size) + 2 * PADDING, (size + LEADING) * len(lines) + 2 * PADDING - LEADING


def draw_ties_diagram(phrases: Catalogue, table: Table, slots: Mapping[str, Slot]) -> Markup:
    """Return the diagram as SVG in a scrolling frame with its key, or a sentence where there is nothing to draw.

    A group without a slot is grey.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> draw_ties_diagram(phrases, Table("t", {}, {}, {}, (), ()), {})
    Markup('<p>The table holds no tie.</p>')
    """
    diagram = lay_out_ties(phrases, table)
    if not diagram:
        return tag("p", {}, phrases.say("ties_too_many" if list_ties(table) else "no_tie"))
    width, height = diagram.layout.width, diagram.layout.height
    frame = {
        "viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height), "role": "img",
        "aria-label": _describe(phrases, diagram), "font-weight": "600", "fill": INK, "direction": "ltr",
    }  # fmt: skip
    curves = (draw_curve(*each) for tie in diagram.ties for each in _list_curves(diagram, tie))
    boxes = _draw_boxes(phrases, diagram, table, slots)
    picture = frame_wide(phrases.say("ties_diagram"), tag("svg", frame, curves, boxes))
    return tag("div", {"class": "diagram"}, picture, tag("ul", {}, _draw_key(phrases, diagram.ties)))


def _describe(phrases: Catalogue, diagram: Diagram) -> str:
    ties = phrases.say_head_count("ties_counted", len(diagram.ties)).lower()
    return phrases.say("ties_described", ties=ties, n=phrases.write_number(len(diagram.groups)))


def _list_curves(diagram: Diagram, tie: Tie) -> Iterable[tuple[Curve, str, str | None, tuple[bool, bool]]]:
    two = len(tie.groups) == 2
    for curve in trace_tie(diagram, tie):
        yield curve, tie.type, tie.standing, (two and not tie.directed, True)


def trace_tie(diagram: Diagram, tie: Tie) -> list[Curve]:
    """Return the lines of a tie from border to border: one below its badge, or one from it to each of many groups."""
    boxes = {box.key: box for box in diagram.layout.boxes}
    badge, ends = boxes[f"tie {tie.number}"], [boxes[group] for group in tie.groups]
    if len(ends) == 2:
        one, two = ends
        bend = (2 * badge.x - (one.x + two.x) / 2, 2 * badge.y - (one.y + two.y) / 2)
        curve = Curve((one.x, one.y), bend, (two.x, two.y))
        return [curve.cut(_find_border(curve, one, 0.5, 0), _find_border(curve, two, 0.5, 1))]
    straight = [
        Curve((badge.x, badge.y), ((badge.x + end.x) / 2, (badge.y + end.y) / 2), (end.x, end.y)) for end in ends
    ]
    return [curve.cut(0, _find_border(curve, end, 0, 1)) for curve, end in zip(straight, ends, strict=True)]


def _find_border(curve: Curve, box: Box, start: float, end: float) -> float:
    """Return the part of the way at which a line, from its badge on, first meets the box at one of its ends."""

    def is_within(part: float) -> bool:
        x, y = curve.find_point(part)
        return 2 * abs(x - box.x) <= box.width and 2 * abs(y - box.y) <= box.height

    parts = [start + (end - start) * step / STEPS for step in range(STEPS + 1)]
    inside = next((place for place, part in enumerate(parts) if is_within(part)), STEPS)
    out, within = parts[max(0, inside - 1)], parts[inside]
    for _ in range(HALVINGS):
        middle = (out + within) / 2
        out, within = (out, middle) if is_within(middle) else (middle, within)
    return out


def _draw_boxes(phrases: Catalogue, diagram: Diagram, table: Table, slots: Mapping[str, Slot]) -> Iterable[Markup]:
    said = [table.groups[group].name for group in diagram.groups]
    said += [describe_tie(phrases, tie, lambda group: table.groups[group].name) for tie in diagram.ties]
    for place, (box, lines) in enumerate(zip(diagram.layout.boxes, diagram.lines, strict=True)):
        is_tie = place >= len(diagram.groups)
        colour = slots[box.key].colour if box.key in slots else GREY
        ring = {"stroke": EDGE, "stroke-width": "1.2"} if is_tie else {"stroke": colour, "stroke-width": "3.5"}
        shape = {
            "x": f"{box.x - box.width / 2:g}", "y": f"{box.y - box.height / 2:g}", "width": str(box.width),
            "height": str(box.height), "rx": str(box.height // 2 if len(lines) == 1 else 14),
        }  # fmt: skip
        text = _draw_lines(box, lines, NUMBER_SIZE if is_tie else NAME_SIZE)
        yield tag("g", {}, tag("title", {}, said[place]), tag("rect", {**shape, "fill": PAPER, **ring}), text)


def _draw_lines(box: Box, lines: Sequence[str], size: int) -> Iterable[Markup]:
    top = box.y - ((size + LEADING) * len(lines) - LEADING) / 2 + size * 0.85
    for place, line in enumerate(lines):
        at = {"x": str(box.x), "y": f"{top + place * (size + LEADING):g}", "text-anchor": "middle"}
        yield tag("text", {**at, "font-size": str(size)}, line)


def _draw_key(phrases: Catalogue, ties: Sequence[Tie]) -> Iterable[Markup]:
    """Return a row for each type and each standing that occurs."""
    for kind, directed in dict.fromkeys((tie.type, tie.directed) for tie in ties):
        said = phrases.say("way" if directed and kind in WAYS else "tie", kind)
        yield tag("li", {}, _draw_sample(kind, None, marked=True), said)
    for standing in dict.fromkeys(tie.standing for tie in ties if tie.standing):
        yield tag("li", {}, _draw_sample("", standing, marked=False), phrases.say("shown_standing", standing))


def _draw_sample(kind: str, standing: str | None, *, marked: bool) -> Markup:
    sample = draw_curve(Curve((1, 10), (24, 10), (47, 10)), kind, standing, (False, marked))
    return tag("svg", {"width": "48", "height": "20", "aria-hidden": "true"}, sample)


WAYS = ("support", "affiliate", "splinter", "part of")
"""Kinds whose direction has a mark of its own."""
