"""Chips: a small square for each group that a map shows, each in its own place, whose look says how it stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.draw.html import Markup, chain, tag
from geo.draw.marks.palette import OUTLINE, PAPER, Slot, find_edge
from geo.draw.marks.textures import TINT
from geo.draw.wording.catalogue import Catalogue
from geo.join.footprints import Footprint

__all__ = [
    "MOST_CHIPS",
    "STATES",
    "Chip",
    "define_chips",
    "draw_chip_key",
    "find_chips",
    "find_state",
    "list_chip_looks",
    "measure_chips",
]

MOST_CHIPS = 12
"""Of more groups a unit has more chips than one reads: its shade says how many are named, the list which."""

SIDE, STEP = 11, 14
"""Pixels of a chip, and from one to the next; the script draws the same (``shapes_and_fills.js``)."""

MOST_IN_ROW = 4

STATES = ("named", "claimed", "region", "stale", "able", "absent", "inconclusive", "silent")
"""How a group may stand in a unit: the first of these that applies, and at last that no record speaks of it there."""


IN_LEGEND = frozenset({"chip.named", "chip.region", "chip.stale", "chip.silent"})
"""What bands and their legend say themselves."""

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
    across = _count_across(chips)
    return across * STEP - STEP + SIDE, -(-len(chips) // across) * STEP - STEP + SIDE


def _count_across(chips: Sequence[Chip]) -> int:
    return len(chips) if len(chips) <= MOST_IN_ROW else -(-len(chips) // 2)


def _draw_row(chips: Sequence[Chip], names: Mapping[Chip, str]) -> Markup:
    """Draw chips in rows, by the names under which they are defined; a place without a record stays empty."""
    across = _count_across(chips)
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
    drawn = [tag("g", {"id": name}, _draw_chip(chip)) for chip, name in names.items()]
    drawn += [tag("g", {"id": name}, _draw_row(row, names)) for row, name in known.items()]
    return tag("defs", {}, drawn) if drawn else Markup(""), known


def _draw_chip(chip: Chip) -> list[Markup]:
    edge = find_edge(chip.colour)
    inner = {"x": "1", "y": "1", "width": str(SIDE - 2), "height": str(SIDE - 2), "rx": "1.5"}
    outline = {**inner, "fill": PAPER, "stroke": edge, "stroke-width": "1.6"}
    whole = {"width": str(SIDE), "height": str(SIDE), "rx": "2", "fill": chip.colour}
    drawn = {
        "named": [tag("rect", whole if edge == chip.colour else {**outline, "fill": chip.colour})],
        "claimed": [tag("rect", outline), tag("rect", {**inner, "fill": chip.colour, "fill-opacity": f"{TINT:g}"})],
        "region": [tag("rect", {**outline, "stroke-dasharray": "2 1.6"})],
        "stale": [tag("rect", outline)],
        "able": [tag("circle", {**_ring(3.5), "fill": "none", "stroke": edge, "stroke-width": "1.6"})],
        "absent": [tag("path", {"d": "M2.5 2.5l6 6m0 -6l-6 6", "class": "chip-sign"})],
        "inconclusive": [tag("text", {"x": "5.5", "y": "9.5", "text-anchor": "middle", "class": "chip-text"}, "?")],
        "silent": [tag("circle", {**_ring(1), "class": "chip-dot"})],
    }[chip.state]
    if chip.state in ("named", "claimed"):
        drawn += {
            "coalition": [tag("path", {"d": "M5.5 2.5v6m-3 -3h6", "class": "chip-mark"})],
            "population": [tag("circle", {**_ring(2), "class": "chip-point"})],
        }.get(chip.kind, [])
    if chip.is_able:
        drawn.append(tag("circle", {"cx": "8", "cy": "3", "r": "2.4", "class": "chip-ring"}))
    if chip.is_disputed:
        drawn += [tag("path", {"d": "M0 11l11 -11", "class": name}) for name in ("chip-edge", "chip-slash")]
    return drawn


def _ring(radius: float) -> dict[str, str]:
    return {"cx": "5.5", "cy": "5.5", "r": f"{radius:g}"}


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


def draw_chip_key(phrases: Catalogue, chips: Iterable[Chip], *, is_crowded: bool) -> Markup:
    """Explain the looks of chips that a map has, in no group's colour, where its legend does not."""
    looks = list_chip_looks(chips)
    size = {"width": str(SIDE), "height": str(SIDE), "aria-hidden": "true"}
    items = (
        tag("li", {}, tag("svg", size, _draw_chip(chip)), tag("span", {}, phrases.say(*key.split("."))))
        for key, chip in looks.items()
    )
    shown = {} if is_crowded or not IN_LEGEND.issuperset(looks) else {"hidden": ""}
    return tag("ul", {"id": "chip-key", **shown}, items)
