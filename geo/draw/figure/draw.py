"""A joined table becomes a figure: words above and below, the body, and the legend beside it."""

from __future__ import annotations

from matplotlib.figure import Figure

from geo.draw.figure import matrix, multiples
from geo.draw.figure.captions import write_captions
from geo.draw.figure.compare import check_compared, choose_compared, plan_compare
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.land import measure_width
from geo.draw.figure.maps import find_scale, paint_swatch
from geo.draw.figure.panel import set_panel
from geo.draw.figure.sheet import SIZES, Box, Sheet, keep_style
from geo.draw.figure.views import Plan, plan_view
from geo.draw.sentences import write_headline
from geo.errors import Problem, TableError
from geo.join.presence import Joined
from geo.model import Topology

__all__ = ["draw_figure"]

MAP_ASPECT = 1.38
"""Width for the height of a map of the country with a strip of its neighbours."""

LARGEST = "a4"
ROOMS = {"matrix": matrix.count_rooms, "small-multiples": multiples.count_rooms}


def draw_figure(
    joined: Joined, topology: Topology, kind: str, *, size: str = "a4", labels: str = "en", source: str = "table"
) -> Figure:
    """Draw a figure with everything that it needs to stand alone.

    Parameters
    ----------
    joined : Joined
        From :func:`geo.join.presence.join_presence`; its choices say which groups and level. Without groups a
        ``compare`` is of the two that share most.
    topology : Topology
        Thinned boundaries for display.
    kind : str
        ``"choropleth"``, ``"overlay"``, ``"compare"``, ``"small-multiples"`` or ``"matrix"``.
    size : str
        ``"a4"`` (landscape), ``"half-page"`` (160 x 110 mm) or ``"slide"`` (16:9, 13.333 x 7.5 inches).
    labels : str
        How units are named: ``"en"``, ``"fa"`` (Dari) or ``"code"``.
    source : str
        The table as the user named it, for messages.

    Returns
    -------
    matplotlib.figure.Figure
        Made without pyplot; no global state is left behind.

    Raises
    ------
    TableError
        If the groups asked for cannot be drawn so, or no font here has a character of the table.

    Examples
    --------
    >>> from geo.build import join_table
    >>> figure = draw_figure(*join_table("presence: {Group A: [Kabul]}"), "overlay", size="slide")
    >>> [round(float(inches), 3) for inches in figure.get_size_inches()]
    [13.333, 7.5]
    """
    joined = choose_compared(joined, source) if kind == "compare" else joined
    plan = _make_plan(joined, topology, kind, labels, source)
    with keep_style():
        sheet, body, panel = _lay_out(joined, plan, size, source)
        if kind in ROOMS:
            _check_room(joined, plan, kind, size, source, ROOMS[kind](sheet, body))
        plan.draw(sheet, body)
        scale = find_scale(measure_width(topology, body, sheet.size.small))
        set_panel(sheet, plan.sections, panel, paint_swatch(sheet, plan.look, scale))
        sheet.figure.set_label(sheet.fonts.admit(write_headline(joined)))
    return sheet.figure


def _lay_out(joined: Joined, plan: Plan, size: str, source: str) -> tuple[Sheet, Box, Box]:
    """Write the captions on a sheet, and part what they leave into the body and the panel beside it."""
    sheet = Sheet(SIZES[size], Fonts(source))
    room = write_captions(sheet, joined, plan.summary, plan.notes)
    split = room.right - _choose_width(sheet, room)
    body = Box(room.left, room.top, split - sheet.size.text * 1.3, room.bottom)
    return sheet, body, Box(split, room.top, room.right, room.bottom)


def _choose_width(sheet: Sheet, room: Box) -> float:
    """Give the panel what the map, which is as high as the room, does not need."""
    base = sheet.size.panel
    return min(max(base, room.width - room.height * MAP_ASPECT), base * 1.4)


def _make_plan(joined: Joined, topology: Topology, kind: str, labels: str, source: str) -> Plan:
    if kind in ("choropleth", "overlay"):
        return plan_view(joined, topology, kind, labels)
    if kind == "compare":
        check_compared(joined, source)
        return plan_compare(joined, topology, labels)
    if not joined.shown:
        expected = f"a record that names {joined.gazetteer.noun.many} or a region for a group shown"
        raise TableError([Problem(source, f"no group can stand in a figure of {kind}", expected)])
    return matrix.plan_matrix(joined) if kind == "matrix" else multiples.plan_multiples(joined, topology)


def _check_room(joined: Joined, plan: Plan, kind: str, size: str, source: str, most: int) -> None:
    """Refuse more groups than there is room for, and name the size that has it, if one has."""
    number = len(joined.shown)
    if number <= most:
        return
    fits = size != LARGEST and number <= ROOMS[kind](*_lay_out(joined, plan, LARGEST, source)[:2])
    found = f"{number} groups are too many for a figure of {kind} in this size"
    expected = f"at most {most}; choose some with --group" + f", or --size {LARGEST}" * fits
    raise TableError([Problem(source, found, expected)])
