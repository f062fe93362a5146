"""Chips: a small square for each group that a map shows, each in its own place, whose look says how it stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.draw.html import Markup, chain, tag
from geo.draw.marks.palette import EDGE, INK, OUTLINE, PAPER, SOFT, Slot, find_edge
from geo.draw.marks.textures import TINT
from geo.draw.wording.catalogue import Catalogue
from geo.join.footprints import Footprint

__all__ = [
    "MOST_CHIPS", "SIDE", "STATES", "STEP",
    "Chip", "Disc", "Letter", "Lines", "Mark", "Square",
    "choose_chip_key", "count_across", "define_chips", "draw_chip_key", "find_chips", "find_state", "list_chip_looks",
    "list_marks", "measure_chips",
]  # fmt: skip

MOST_CHIPS = 12
"""Of more groups a unit has more chips than one reads: its shade says how many are named, the list which."""

SIDE, STEP = 11, 14
"""Pixels of a chip, and from one to the next; the script draws the same (``shapes_and_fills.js``)."""

MOST_IN_ROW = 4

STATES = ("named", "claimed", "region", "stale", "able", "absent", "inconclusive", "silent")
"""How a group may stand in a unit: the first of these that applies, and at last that no record speaks of it there."""


SELF_EVIDENT = frozenset({"chip.named", "chip.silent"})
"""A filled chip says its group's colour; the faint one of a group that no record names is told with the others."""

MARKED = ("coalition", "population")
"""Kinds that have a mark in their chip."""


@dataclass(frozen=True)
class Chip:
    """A group in a unit: its colour, one of `STATES`, whether another claim says that it is not there, and its kind.

    ``is_able`` where a record also says what it can do there, which adds a ring.
    """

    colour: str
    state: str
    is_disputed: bool = False
    kind: str = "group"
    is_able: bool = False


@dataclass(frozen=True)
class Square:
    """A square that lies so far within the chip, with round corners."""

    inset: float
    corner: float


@dataclass(frozen=True)
class Disc:
    """A disc around a point."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Lines:
    """Lines, each through its points."""

    lines: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class Letter:
    """A bold letter over the middle of its base line."""

    text: str
    x: float
    base: float
    size: float


@dataclass(frozen=True)
class Mark:
    """A part of a chip, in pixels from its upper left corner, the same on pages and in figures.

    ``share`` of the colour of its fill is seen; ``look`` is what style sheets call it where they paint it, in the same
    colours (``labels.css``).
    """

    shape: Square | Disc | Lines | Letter
    fill: str = ""
    stroke: str = ""
    width: float = 0
    dashes: tuple[float, float] | None = None
    share: float = 1
    look: str = ""


LINE = 1.6
"""Width of the outline of a chip."""

SLASH = Lines((((0, SIDE), (SIDE, 0)),))
MIDDLE = SIDE / 2
SIGNS = {
    "absent": Mark(
        Lines((((2.5, 2.5), (8.5, 8.5)), ((8.5, 2.5), (2.5, 8.5)))), stroke=SOFT, width=1.4, look="chip-sign"
    ),
    "inconclusive": Mark(Letter("?", MIDDLE, 9.5, 12), SOFT, look="chip-text"),
    "silent": Mark(Disc(MIDDLE, MIDDLE, 1), EDGE, look="chip-dot"),
    "coalition": Mark(
        Lines((((5.5, 2.5), (5.5, 8.5)), ((2.5, 5.5), (8.5, 5.5)))), stroke=PAPER, width=1.6, look="chip-mark"
    ),
    "population": Mark(Disc(MIDDLE, MIDDLE, 2), PAPER, look="chip-point"),
    "able_too": Mark(Disc(8, 3, 2.4), PAPER, INK, 1.4, look="chip-ring"),
    "disputed-edge": Mark(SLASH, stroke=PAPER, width=3.4, look="chip-edge"),
    "disputed": Mark(SLASH, stroke=INK, width=1.6, look="chip-slash"),
}
"""Marks that are of no group's colour."""


def find_chips(
    units: Iterable[str], footprints: Mapping[str, Footprint], slots: Sequence[Slot], kinds: Mapping[str, str]
) -> dict[str, tuple[Chip, ...]]:
    """Find the chips of units in which a group stands, each with those of all groups in the order of their slots.

    Examples
    --------
    >>> here = {"a": Footprint(named=frozenset("x")), "b": Footprint(absent=frozenset("x"))}
    >>> slots = [Slot("a", 0, "#0072b2"), Slot("b", 1, "#d55e00")]
    >>> [chip.state for chip in find_chips("x", here, slots, {"a": "group", "b": "group"})["x"]]
    ['named', 'absent']
    """
    prints = [(slot, footprints.get(slot.group, Footprint())) for slot in slots]
    return {
        unit: tuple(_find_chip(unit, slot.colour, each, kinds[slot.group]) for slot, each in prints) for unit in units
    }


def find_state(unit: str, footprint: Footprint) -> str:
    """Say how a group stands in a unit: the first of `STATES` that applies.

    Examples
    --------
    >>> find_state("x", Footprint(named=frozenset("x"), claimed=frozenset("x"))), find_state("y", Footprint())
    ('claimed', 'silent')
    """
    states = {
        "claimed": footprint.claimed, "named": footprint.named, "region": footprint.region, "stale": footprint.stale,
        "able": footprint.capabilities, "absent": footprint.absent, "inconclusive": footprint.inconclusive,
    }  # fmt: skip
    return next((state for state, units in states.items() if unit in units), "silent")


def _find_chip(unit: str, colour: str, footprint: Footprint, kind: str) -> Chip:
    state = find_state(unit, footprint)
    return Chip(colour, state, unit in footprint.disputed, kind, state != "able" and unit in footprint.capabilities)


def measure_chips(chips: Sequence[Chip]) -> tuple[int, int]:
    """Return width and height in pixels of chips under a name: in two rows where they are many."""
    across = count_across(chips)
    return across * STEP - STEP + SIDE, -(-len(chips) // across) * STEP - STEP + SIDE


def count_across(chips: Sequence[Chip]) -> int:
    """Count the chips of a row under a name."""
    return len(chips) if len(chips) <= MOST_IN_ROW else -(-len(chips) // 2)


def _draw_row(chips: Sequence[Chip], names: Mapping[Chip, str]) -> Markup:
    """Draw chips in rows, by the names under which they are defined; a place without a record stays empty."""
    across = count_across(chips)
    places = ((place % across * STEP, place // across * STEP, chip) for place, chip in enumerate(chips))
    return chain(
        tag("use", {"href": f"#{names[chip]}", **({"x": str(x)} if x else {}), **({"y": str(y)} if y else {})})
        for x, y, chip in places
        if chip.state != "silent"
    )


def define_chips(rows: Iterable[Sequence[Chip]]) -> tuple[Markup, dict[Sequence[Chip], str]]:
    """Define each chip and each row of them once, and name the rows: a map has the same ones again and again."""
    rows = list(dict.fromkeys(rows))
    chips = dict.fromkeys(chip for row in rows for chip in row if chip.state != "silent")
    names = {chip: f"c{number}" for number, chip in enumerate(chips)}
    known = {row: f"r{number}" for number, row in enumerate(rows)}
    drawn = [tag("g", {"id": name}, map(_draw_mark, list_marks(chip))) for chip, name in names.items()]
    drawn += [tag("g", {"id": name}, _draw_row(row, names)) for row, name in known.items()]
    return tag("defs", {}, drawn) if drawn else Markup(""), known


def list_marks(chip: Chip) -> list[Mark]:
    """List the parts of a chip, the lowest first.

    Examples
    --------
    >>> [mark.look for mark in list_marks(Chip("#0072b2", "named", is_disputed=True))]
    ['', 'chip-edge', 'chip-slash']
    """
    marks = _paint_state(chip.state, chip.colour, find_edge(chip.colour))
    if chip.state in ("named", "claimed") and chip.kind in MARKED:
        marks.append(SIGNS[chip.kind])
    if chip.is_able:
        marks.append(SIGNS["able_too"])
    return [*marks, SIGNS["disputed-edge"], SIGNS["disputed"]] if chip.is_disputed else marks


def _paint_state(state: str, colour: str, edge: str) -> list[Mark]:
    inner = Square(1, 1.5)
    if state == "named" and edge == colour:
        return [Mark(Square(0, 2), colour)]
    if state == "named":
        return [Mark(inner, colour, edge, LINE)]
    if state == "claimed":
        return [Mark(inner, PAPER, edge, LINE), Mark(inner, colour, share=TINT)]
    if state in ("region", "stale"):
        return [Mark(inner, PAPER, edge, LINE, (2, 1.6) if state == "region" else None)]
    return [Mark(Disc(MIDDLE, MIDDLE, 3.5), stroke=edge, width=LINE) if state == "able" else SIGNS[state]]


def _draw_mark(mark: Mark) -> Markup:
    painted = {"class": mark.look} if mark.look else _write_paint(mark)
    match mark.shape:
        case Square(inset, corner):
            side, at = f"{SIDE - 2 * inset:g}", {"x": f"{inset:g}", "y": f"{inset:g}"} if inset else {}
            return tag("rect", {**at, "width": side, "height": side, "rx": f"{corner:g}", **painted})
        case Disc(x, y, radius):
            return tag("circle", {"cx": f"{x:g}", "cy": f"{y:g}", "r": f"{radius:g}", **painted})
        case Letter(text, x, base):
            return tag("text", {"x": f"{x:g}", "y": f"{base:g}", "text-anchor": "middle", **painted}, text)
        case Lines(lines):
            return tag("path", {"d": _trace(lines), **painted})


def _write_paint(mark: Mark) -> dict[str, str]:
    line = {"stroke": mark.stroke, "stroke-width": f"{mark.width:g}"} if mark.stroke else {}
    dashes = {"stroke-dasharray": " ".join(f"{part:g}" for part in mark.dashes)} if mark.dashes else {}
    share = {"fill-opacity": f"{mark.share:g}"} if mark.share < 1 else {}
    return {"fill": mark.fill or "none", **share, **line, **dashes}


def _trace(lines: Iterable[Sequence[tuple[float, float]]]) -> str:
    """Trace lines, each point from the one before.

    Examples
    --------
    >>> _trace(((((5.5, 2.5), (5.5, 8.5)), ((2.5, 5.5), (8.5, 5.5)))))
    'M5.5 2.5v6m-3 -3h6'
    """
    said, before = "", None
    for line in lines:
        for place, (x, y) in enumerate(line):
            if before is None:
                said += f"M{x:g} {y:g}"
            else:
                across, down = x - before[0], y - before[1]
                step = f"h{across:g}" if not down else f"v{down:g}" if not across else f"l{across:g} {down:g}"
                said += step if place else f"m{across:g} {down:g}"
            before = x, y
    return said


def list_chip_looks(chips: Iterable[Chip]) -> dict[str, Chip]:
    """List the looks of chips that a map has, each with one that has it alone, by what it says; as the script does.

    Examples
    --------
    >>> list(list_chip_looks([Chip("#0072b2", "named", is_disputed=True), Chip("#d55e00", "silent", kind="coalition")]))
    ['chip.named', 'chip.disputed', 'chip.silent']
    """
    found = set(chips)
    looks = {f"chip.{state}": Chip(OUTLINE, state) for state in STATES[:1]}
    looks |= {
        "chip.able_too": Chip(OUTLINE, "named", is_able=True),
        "chip.disputed": Chip(OUTLINE, "named", is_disputed=True),
    }
    looks |= {f"chip.{state}": Chip(OUTLINE, state) for state in STATES[1:]}
    looks |= {f"kind.{kind}": Chip(OUTLINE, "named", kind=kind) for kind in MARKED}
    return {key: look for key, look in looks.items() if any(_has_look(chip, key) for chip in found)}


def _has_look(chip: Chip, key: str) -> bool:
    family, _, which = key.partition(".")
    if family == "kind":
        return chip.kind == which and chip.state in ("named", "claimed")
    return {"able_too": chip.is_able, "disputed": chip.is_disputed}.get(which, chip.state == which)


def choose_chip_key(chips: Collection[Chip], *, is_crowded: bool) -> dict[str, Chip]:
    """Choose the looks of chips to be explained: all that a map has, or none where bands and their legend say them."""
    looks = list_chip_looks(chips)
    return looks if is_crowded or not SELF_EVIDENT.issuperset(looks) else {}


def draw_chip_key(phrases: Catalogue, chips: Collection[Chip], *, is_crowded: bool) -> Markup:
    """Explain the looks of chips that a map has, in no group's colour, where its legend does not."""
    size = {"width": str(SIDE), "height": str(SIDE), "aria-hidden": "true"}
    items = (
        tag(
            "li", {}, tag("svg", size, map(_draw_mark, list_marks(chip))), tag("span", {}, phrases.say(*key.split(".")))
        )
        for key, chip in list_chip_looks(chips).items()
    )
    shown = {} if choose_chip_key(chips, is_crowded=is_crowded) else {"hidden": ""}
    return tag("ul", {"id": "chip-key", **shown}, items)
