"""The diagram of ties between groups: groups as ringed boxes, each tie as a labelled box with a spoke to each group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.draw.html import Markup, chain, frame_wide, tag
from geo.draw.marks.palette import FAINT, GREY, INK, PAPER, SOFT, Slot
from geo.draw.relations.arrows import draw_spoke
from geo.draw.relations.layout import Box, Layout, place_boxes
from geo.draw.relations.wrapped_text import measure_lines, measure_text, wrap_text
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.presence import describe_period
from geo.draw.wording.relations import UNSETTLED, Tie, list_ties, name_kind
from geo.model import Table

__all__ = ["Diagram", "draw_ties_diagram", "lay_out_ties"]

MOST_TIES = 40
"""Of ties or groups; beyond this many a diagram says less than the list."""
NAME_SIZE, KIND_SIZE, NOTE_SIZE = 15, 13, 12
NAME_WIDTH, LABEL_WIDTH = 150, 168
NOTE_LINES = 3
LEADING = 4
PADDING = 9
KEY_WIDTH, KEY_HEIGHT = 225, 26


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
    if not ties or max(len(ties), len(groups)) > MOST_TIES:
        return None
    lines = [tuple(wrap_text(table.groups[group].name, NAME_SIZE, NAME_WIDTH)) for group in groups]
    sizes = [(group, *_size(each, NAME_SIZE, NAME_SIZE)) for group, each in zip(groups, lines, strict=True)]
    labels = [_write_label(phrases, tie) for tie in ties]
    sizes += [(f"tie {tie.number}", *_size(each, KIND_SIZE, NOTE_SIZE)) for tie, each in zip(ties, labels, strict=True)]
    spokes = [(len(groups) + place, groups.index(group)) for place, tie in enumerate(ties) for group in tie.groups]
    return Diagram(tuple(groups), ties, (*lines, *labels), place_boxes(tuple(sizes), tuple(spokes), len(groups)))


def _write_label(phrases: Catalogue, tie: Tie) -> tuple[str, ...]:
    """Return number, type and standing, what exactly, dates, and the note of a tie that must not be taken for fact."""
    kind = f"{phrases.write_number(tie.number)} {name_kind(phrases, tie)}{' (?)' if tie.standing == 'disputed' else ''}"
    when = tie.evidence.observed
    lines = (
        wrap_text(phrases.say("observed", when=describe_period(phrases, when)), NOTE_SIZE, LABEL_WIDTH) if when else []
    )
    what = wrap_text(tie.what, NOTE_SIZE, LABEL_WIDTH) if tie.what else []
    note = tie.evidence.note if tie.standing in UNSETTLED else None
    return (kind, *what, *lines, *(wrap_text(note, NOTE_SIZE, LABEL_WIDTH, NOTE_LINES) if note else ()))


def _size(lines: Sequence[str], first: int, rest: int) -> tuple[int, int]:
    width = max(measure_text(lines[0], first), measure_lines(lines[1:], rest)) if lines else 0
    height = first + rest * (len(lines) - 1) + LEADING * len(lines)
    return width + 2 * PADDING, height + 2 * PADDING - LEADING


def draw_ties_diagram(phrases: Catalogue, table: Table, slots: Mapping[str, Slot]) -> Markup:
    """Return the diagram as SVG in a scrolling frame, or a sentence where there is nothing to draw.

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
    key, below = _draw_legend(phrases, diagram)
    width, height = diagram.layout.width, diagram.layout.height + below
    frame = {
        "viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height), "role": "img",
        "aria-label": _describe(phrases, diagram), "font-size": str(NOTE_SIZE), "fill": INK, "direction": "ltr",
    }  # fmt: skip
    groups, labels = (list(_draw_boxes(diagram, table, slots, ties=ties)) for ties in (False, True))
    return frame_wide(phrases.say("ties_diagram"), tag("svg", frame, _draw_spokes(diagram), groups, labels, key))


def _describe(phrases: Catalogue, diagram: Diagram) -> str:
    ties = phrases.say_head_count("ties_counted", len(diagram.ties)).lower()
    return phrases.say("ties_described", ties=ties, n=phrases.write_number(len(diagram.groups)))


def _draw_spokes(diagram: Diagram) -> Iterable[Markup]:
    boxes = {box.key: box for box in diagram.layout.boxes}
    for tie in diagram.ties:
        label = boxes[f"tie {tie.number}"]
        for place, group in enumerate(tie.groups):
            start, end = _find_border(label, boxes[group]), _find_border(boxes[group], label)
            marked = not tie.directed or place == 1
            yield draw_spoke(start, end, tie.type, tie.standing, marked=marked)


def _find_border(box: Box, toward: Box) -> tuple[float, float]:
    """Return where the line between two centres leaves a box, to a tenth of a pixel."""
    dx, dy = toward.x - box.x, toward.y - box.y
    part = min(box.width / 2 / abs(dx) if dx else 1, box.height / 2 / abs(dy) if dy else 1)
    return round(box.x + dx * part, 1), round(box.y + dy * part, 1)


def _draw_boxes(diagram: Diagram, table: Table, slots: Mapping[str, Slot], *, ties: bool) -> Iterable[Markup]:
    for place, (box, lines) in enumerate(zip(diagram.layout.boxes, diagram.lines, strict=True)):
        if (place >= len(diagram.groups)) != ties:
            continue
        colour = slots[box.key].colour if box.key in slots else GREY
        ring = {"stroke": FAINT} if ties else {"stroke": colour, "stroke-width": "3.5"}
        shape = {
            "x": f"{box.x - box.width / 2:g}", "y": f"{box.y - box.height / 2:g}", "width": str(box.width),
            "height": str(box.height), "rx": "4" if ties else str(box.height // 2 if len(lines) == 1 else 14),
        }  # fmt: skip
        first, rest = (KIND_SIZE, NOTE_SIZE) if ties else (NAME_SIZE, NAME_SIZE)
        text = _draw_lines(box, lines, first, rest, plain=ties)
        title = "" if ties else tag("title", {}, table.groups[box.key].name)
        yield tag("g", {}, title, tag("rect", {**shape, "fill": PAPER, **ring}), text)


def _draw_lines(box: Box, lines: Sequence[str], first: int, rest: int, *, plain: bool) -> Markup:
    y = box.y - box.height / 2 + PADDING + first * 0.85
    drawn = []
    for place, line in enumerate(lines):
        bold = not plain or not place
        look = {"font-size": str(first), "font-weight": "600"} if bold else {"fill": SOFT}
        at = {"x": str(box.x), "y": f"{y:g}", "text-anchor": "middle"}
        drawn.append(tag("text", {**at, **look}, line))
        y += rest + LEADING
    return chain(drawn)


def _draw_legend(phrases: Catalogue, diagram: Diagram) -> tuple[Markup, int]:
    """Return a key to the types and standings that occur, and its height in pixels."""
    kinds = dict.fromkeys((tie.type, tie.directed) for tie in diagram.ties)
    rows: list[tuple[str, str | None, bool, str]] = [
        (kind, None, True, phrases.say("way" if directed and kind in WAYS else "tie", kind)) for kind, directed in kinds
    ]
    standings = dict.fromkeys(tie.standing for tie in diagram.ties if tie.standing)
    rows += [("", each, False, phrases.say("shown_standing", each)) for each in standings]
    columns = max(1, (diagram.layout.width - 2 * PADDING) // KEY_WIDTH)
    drawn = []
    for place, (kind, standing, marked, said) in enumerate(rows):
        x, y = PADDING + place % columns * KEY_WIDTH, diagram.layout.height + 20 + place // columns * KEY_HEIGHT
        drawn.append(draw_spoke((x, y), (x + 46, y), kind, standing, marked=marked))
        drawn.append(tag("text", {"x": str(x + 54), "y": str(y + 4)}, said))
    return tag("g", {}, drawn), 20 + -(-len(rows) // columns) * KEY_HEIGHT


WAYS = ("support", "affiliate", "splinter", "part of")
"""Kinds whose direction has a mark of its own."""
