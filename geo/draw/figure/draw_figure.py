"""A joined table becomes a figure: words above and below, the body, and the legend beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from matplotlib.figure import Figure

from geo.draw.figure.alternative_text import write_words
from geo.draw.figure.canvas import FINER, SIZES
from geo.draw.figure.compare import choose_compared, plan_compare
from geo.draw.figure.draw_map import find_scale, paint_swatch
from geo.draw.figure.layout import Layout, lay_out
from geo.draw.figure.legend_panel import Section, typeset_panel
from geo.draw.figure.legend_rows import name_units
from geo.draw.figure.matrix import plan_matrix
from geo.draw.figure.projected_map import measure_width
from geo.draw.figure.save import keep_style
from geo.draw.figure.single_map import FigurePlan, plan_view
from geo.draw.figure.small_multiples import plan_multiples
from geo.draw.figure.social import DRAWN, draw_social, lay_out_social
from geo.draw.wording.localised_names import LocalisedTable, localise, localise_neighbours
from geo.errors import Problem, TableError
from geo.join.joined_table import JoinedTable, join_presence
from geo.model import Topology
from geo.option_values import SOCIAL

__all__ = ["draw_figure"]

FEWEST = {"compare": 2}
"""So many groups must be chosen for a kind of figure; one for the others."""


def draw_figure(
    joined: JoinedTable,
    topology: Topology,
    kind: str,
    *,
    size: str = "a4",
    labels: str | None = None,
    source: str = "table",
    page: str = "",
) -> Figure:
    """Draw a figure with everything that it needs to stand alone, without pyplot: no global state is left behind.

    It shows what the choices of the join ask for, in their language; without groups a ``compare`` is of the two that
    share most. The sizes are ``"a4"`` (landscape), ``"half-page"`` (160 x 110 mm), ``"slide"`` (16:9, 13.333 x 7.5
    inches) and ``"social"`` (1200 x 630 pixels at 96 dots an inch: few words, and no names of units); ``labels`` are
    how units are named: ``"en"``, ``"fa"`` (Dari), ``"code"`` or, by default, as in that language. For messages
    ``source`` is the table as the user named it and ``page`` what makes a page of the same. If the groups asked for
    cannot be drawn so, or no font here has a character of the table, that is a `TableError`.

    Examples
    --------
    >>> from geo.api import join_table
    >>> figure = draw_figure(*join_table("presence: {Group A: [Kabul]}"), "overlay", size="slide")
    >>> [round(float(inches), 3) for inches in figure.get_size_inches()]
    [13.333, 7.5]
    """
    whole, compared = choose_compared(joined, source) if kind == "compare" else (joined, ())
    told = localise(whole)
    number = len(compared or told.shown)
    if kind in ("small-multiples", "matrix") and not number:
        expected = f"a record that names {joined.gazetteer.noun.many} or a region for a group shown"
        raise TableError([Problem(source, f"no group can stand in a figure of {kind}", expected)])
    names = name_units(joined.gazetteer, labels or told.phrases.unit_names or "en")
    plan = _make_plan(told, localise_neighbours(topology, told), kind, names, compared)
    if size == SOCIAL:
        figure = _draw_social(told, topology, plan, kind, source, compared)
        ways = [] if figure or kind not in DRAWN else _choose_fewer(joined, topology, kind, source)
        chosen = 0 if kind in DRAWN else _count_chosen(joined, compared)
        return figure or _refuse(told, plan, (kind, size), (number, chosen), None, source, page, ways)
    with keep_style():
        laid = _find_layout(told, plan, size, source)
        if laid is None or number > plan.count_rooms(laid.sheet, laid.body):
            _refuse(told, plan, (kind, size), (number, _count_chosen(joined, compared)), laid, source, page)
        more = plan.draw(laid.sheet, laid.body, laid.has_room) or ()
        for again in _list_roomier(told, plan, laid, more, size, source):
            listed = plan.draw(again.sheet, again.body, again.has_room) or ()
            if not listed or again.has_room(listed[-1]):
                laid, more = again, listed
                break
        sheet, sections = laid.sheet, [*laid.sections, *filter(laid.has_room, more[-1:])]
        scale = find_scale(measure_width(topology, laid.body, sheet.size.small))
        typeset_panel(sheet, sections, laid.panel, laid.setting, paint_swatch(sheet, scale))
        sheet.figure.words = write_words(told, kind, plan.head, [*plan.notes, *plan.told], compared)
    return sheet.figure


def _find_layout(joined: LocalisedTable, plan: FigurePlan, size: str, source: str) -> Layout | None:
    """Find a layout in a size and, if there is none, in finer letters."""
    sizes = [each[size] for each in (SIZES, FINER) if size in each]
    found = (lay_out(joined, plan, each, source, more) for each in sizes for more in dict.fromkeys((plan.crowd, ())))
    return next(filter(None, found), None)


def _list_roomier(
    joined: LocalisedTable, plan: FigurePlan, laid: Layout, more: Sequence[Section], size: str, source: str
) -> Iterator[Layout]:
    """List layouts with room for what has no name on the map: beside a smaller map or else, in finer letters, on it."""
    lacking = [each for each in more if not laid.has_room(each)]
    found = (lay_out(joined, plan, laid.sheet.size, source, [each]) for each in lacking)
    yield from filter(None, found)
    finer = FINER.get(size)
    if lacking and lacking[-1] == more[-1] and finer not in (None, laid.sheet.size):
        yield from filter(None, [lay_out(joined, plan, finer, source)])


def _count_chosen(joined: JoinedTable, compared: Sequence[str]) -> int:
    return len(compared or joined.choices.groups or tuple(joined.table.groups))


def _draw_social(
    joined: LocalisedTable, topology: Topology, plan: FigurePlan, kind: str, source: str, compared: Sequence[str]
) -> Figure | None:
    with keep_style():
        drawn = draw_social(_show(joined, compared), topology, plan.shown, plan.head, source) if kind in DRAWN else None
        if drawn is None:
            return None
        sheet, told = drawn
        sheet.figure.words = write_words(joined, kind, plan.head, told, compared)
        return sheet.figure


def _show(joined: LocalisedTable, compared: Sequence[str]) -> LocalisedTable:
    """Show only groups that are compared, where some are."""
    shown = tuple(group for group in joined.footprints if group in compared)
    return replace(joined, shown=shown) if compared else joined


MOST_SPELT = 6
"""So many groups are spelt out as an example."""


def _choose_fewer(joined: JoinedTable, topology: Topology, kind: str, source: str) -> list[str]:
    """Find of how many groups a picture for social media has room, of those first that are named in the most units.

    Nothing where it has room for none.
    """
    least = FEWEST.get(kind, 1)
    candidates = (joined.choices.groups or ()) if kind == "compare" else joined.shown
    ranked = sorted(candidates, key=lambda group: -len(joined.footprints[group].named))

    def has_room(number: int) -> bool:
        choices = replace(joined.choices, groups=tuple(ranked[:number]))
        again = join_presence(joined.whole, joined.gazetteer, joined.units, choices)
        whole, compared = choose_compared(again, source) if kind == "compare" else (again, ())
        told = localise(whole)
        plan = _make_plan(told, topology, kind, name_units(joined.gazetteer, "code"), compared)
        with keep_style():
            return lay_out_social(_show(told, compared), plan.shown, plan.head, source) is not None

    most, low, high = 0, least, len(ranked) - 1
    while low <= high:
        middle = (low + high) // 2
        most, low, high = (middle, middle + 1, high) if has_room(middle) else (most, low, middle - 1)
    spelt = next((number for number in range(min(most, MOST_SPELT), least - 1, -1) if has_room(number)), 0)
    such = ", such as " + " ".join(f"--group {group}" for group in ranked[:spelt]) if spelt else ""
    return [f"choose at most {most} with --group{such}"] if most else []


def _make_plan(
    joined: LocalisedTable, topology: Topology, kind: str, names: Mapping[str, str], compared: Sequence[str]
) -> FigurePlan:
    if kind in ("choropleth", "overlay"):
        return plan_view(joined, topology, kind, names)
    if kind == "compare":
        return plan_compare(joined, topology, compared, names)
    return plan_matrix(joined) if kind == "matrix" else plan_multiples(joined, topology)


def _refuse(
    joined: LocalisedTable, plan: FigurePlan, asked: tuple[str, str], numbers: tuple[int, int], laid: Layout | None,
    source: str, page: str, fewer: Sequence[str] = (),
) -> NoReturn:  # fmt: skip
    """Say why there is no figure in a size, and in which there is: what it cut off would be a riddle in it.

    The numbers are those of groups shown and of groups chosen; ``fewer`` says of which groups there is one.
    """
    (kind, size), (number, chosen) = asked, numbers
    others = ((each, _find_layout(joined, plan, each, source)) for each in SIZES if each != size)
    fits = next((each for each, other in others if other and number <= plan.count_rooms(other.sheet, other.body)), "")
    some = ["choose some with --group"] * (chosen > FEWEST.get(kind, 1))
    ways = [*fewer, *some, *([f"--size {fits}"] if fits else ())]
    if laid:
        found = f"{number} groups are too many for a figure of {kind} in this size"
        ways[0] = f"at most {plan.count_rooms(laid.sheet, laid.body)}; {ways[0]}"
    elif size == SOCIAL and kind not in DRAWN:
        found = f"a figure of {kind} cannot be read in a picture for social media, which is shown 400 pixels wide"
        ways = [f"a figure of {', '.join(DRAWN)}", *ways[-1:]]
    else:
        found = f"a figure of {kind} has no room in this size to explain all that it shows"
        ways += [f"a page, which has room for all: {page}"] * (bool(page) and not fits)
    raise TableError([Problem(source, found, ", or ".join(ways) or "less to explain")])
