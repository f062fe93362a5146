"""Colours: one hue a group, an ordered ramp for counts, another for levels, and the fixed looks of the gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from geo.model import Table

__all__ = [
    "BORDER", "BOTH", "CELL", "CELL_EDGE", "CHANGES", "CLASH", "COUNTRY", "EDGE", "EDITOR_COLOURS", "FAINT", "FIELD",
    "FIRST", "GREY", "INK", "LAND", "LEVEL_RAMP", "MANY", "NOT_APPLICABLE", "NOT_SHOWN", "OUTLINE", "PALETTE",
    "PALE_BORDER", "PAPER", "RAMP", "SECOND", "SHADES", "SHORE", "SOFT", "STYLE_COLOURS", "UNNAMED_PAPER", "UNRANKED",
    "UNSURE", "Slot", "assign_slots", "choose_ink", "find_edge", "measure_contrast", "mix_colours", "pick_ramp",
]  # fmt: skip

Key = TypeVar("Key")

PALETTE = (
    "#0072b2", "#d55e00", "#009e73", "#bc759f", "#e69f00", "#56b4e9", "#882255", "#785a30", "#4a0ee0", "#a0be7e",
)  # fmt: skip
"""Hues for groups, in slot order: any two at least 10 apart (CIEDE2000), also for colour-blind eyes.

Blue, vermillion, green, orange and sky: M. Okabe and K. Ito (2008), Color Universal Design; pink is theirs, darkened.
"""

RAMP = ("#ffe8cc", "#e6d1bb", "#d7b4a0", "#c59a8c", "#b38180", "#986572", "#7a4b64", "#593352", "#361c3b")
"""For counts: light to dark in steps of at least 8 L* (CIELAB), one warm hue turning violet: no group has it."""

SHADES = ("#f8f5f2", "#efe9e6", "#e2dadb", "#d5cbd1", "#c7bcc6", "#b9adbb", "#aa9eb0", "#9b8fa4", "#8c8098")
"""For how many of many groups, from none on, below their chips: a grey violet so pale that every chip stands out."""

LEVEL_RAMP = (
    "#cef1e4", "#abd9cd", "#88c1b8", "#64a8a5", "#3c9093", "#2e767d", "#235d67", "#1a454f", "#0e2d36",
)  # fmt: skip
"""For levels: the same steps in teal, so that the darkest of one kind of map is not read as that of the other."""

UNRANKED = ("#c3972a", "#bc86ee", "#c05055")
"""Levels without a rank are kinds of their own: hues off the ramp of levels."""

GREY = "#8a8f94"
MANY = "#9aa0a6"
PAPER = "#ffffff"
INK = "#1d2125"
SOFT = "#555c63"
"""Of words of less weight."""

FIELD, LAND, SHORE, BORDER, OUTLINE = "#f7f7f6", "#efefed", "#d3d5d6", "#7b8187", "#4a4f55"
"""Of the sea; of the land around the units; between countries, between units, around all of them."""

PALE_BORDER = "#8d9297"
"""Between units of the picture without script: a border and its white edge in one line."""

COUNTRY, EDGE, FAINT, CELL, CELL_EDGE = "#5d636a", "#80868c", "#c9cdd1", "#ebecec", "#c4c8cc"
"""Names of countries; frames of what one can press, of what is less, and of the cells of a table."""

UNNAMED_PAPER, NOT_APPLICABLE, NOT_SHOWN, UNSURE = "#fdfdfb", "#9aa0a6", "#dfe1e3", "#6b7177"
"""Of the gaps."""

CHANGES = {
    "several": MANY, "named": "#5b9bd5", "unnamed": "#3f78b5", "absent": "#8a2b4a", "level-up": "#8e5a2b",
    "level-down": "#e2c39a", "corrected": "#5d7a4f", "corrected-paper": "#eef3e6", "other": "#9a7a1e",
    "other-paper": "#f6edcf", "same": "#ebebe8",
}  # fmt: skip
"""Of what differs between two tables, by kind; of a texture the marks, and the ground where that is not white."""

FIRST, SECOND, BOTH, CLASH = "#6d7fc4", "#c8b04a", "#9fc4b8", "#b00f42"
"""Of two sources: what one of them alone names, where they agree, and what they contradict each other in.

In no hue of a group; any two differ for every eye, and from the gaps.
"""

READABLE = 4.5
"""Least contrast of letters and their ground (WCAG 2, AA)."""

SEEN = 3.0
"""Least contrast of a mark and its ground (WCAG 2, 1.4.11)."""

STYLE_COLOURS = {
    "ink": INK, "soft": SOFT, "ground": "#fff", "field": FIELD, "land": LAND, "shore": SHORE, "border": BORDER,
    "outline": OUTLINE, "country": COUNTRY, "edge": EDGE, "rule": "#dcdfe2", "accent": "#0b5cab", "ring": "#101418",
    "letter": "#14181b", "marked": "#fff6d6", "bars": RAMP[6],
    **{f"heat-{grade}": RAMP[edge] for grade, edge in enumerate((0, 2, 4, 6, 8), 1)},
}  # fmt: skip
"""What style sheets call ``var(--name)``."""

EDITOR_COLOURS = {"paper": PAPER, "alarm": "#a4262c", "added": "#dcf3e0", "gone": "#fbe1de"}
"""What the style sheet of `presence edit` calls so beside these: no map has them."""


@dataclass(frozen=True)
class Slot:
    """The place, from 0, and colour (``#rrggbb``) of a group, the same in every picture and table.

    Groups stand in the order of the table.
    """

    group: str
    slot: int
    colour: str


def assign_slots(table: Table, *, roll_up: bool = False) -> tuple[Slot, ...]:
    """Give each group with a located claim its slot and colour, in the table's order.

    A group's own ``colour`` stands; the others take the palette's colours in order, grey after the last. ``roll_up``
    also gives slots, after all others, to the groups that located groups are part of.

    Examples
    --------
    >>> assign_slots(Table("empty", {}, {}, {}, (), ()))
    ()
    """
    located = {claim.group for claim in table.claims if claim.unit is not None}
    parents = _find_parents(table, located) - located if roll_up else set()
    order = [group for group in table.groups if group in located]
    order += [group for group in table.groups if group in parents]
    taken = {group.colour for group in table.groups.values() if group.colour}
    free = iter([colour for colour in PALETTE if colour not in taken])
    return tuple(Slot(group, slot, table.groups[group].colour or next(free, GREY)) for slot, group in enumerate(order))


def _find_parents(table: Table, groups: set[str]) -> set[str]:
    found: set[str] = set()
    for group in groups:
        part_of = table.groups[group].part_of
        while part_of and part_of.group not in found:
            found.add(part_of.group)
            part_of = table.groups[part_of.group].part_of
    return found


def mix_colours(one: str, other: str, share: float) -> str:
    """Lay one colour over another so that a share of it (0 to 1) shows.

    Examples
    --------
    >>> mix_colours("#000000", "#ffffff", 0.4)
    '#999999'
    """
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * first + (1 - share) * second):02x}" for first, second in pairs)


def choose_ink(ground: str, *inks: str) -> str:
    """Return the first of some colours that letters on a ground are read in, at a contrast of 4.5, else black.

    Examples
    --------
    >>> [choose_ink(ground, PAPER, INK) for ground in ("#0072b2", "#e69f00", "#d55e00")]
    ['#ffffff', '#1d2125', '#000000']
    """
    return next((ink for ink in inks if measure_contrast(ink, ground) >= READABLE), "#000000")


@cache
def find_edge(colour: str) -> str:
    """Return a colour for the outline of a mark on white: the same, or as much darker as it takes to be seen.

    Examples
    --------
    >>> find_edge("#0072b2"), find_edge("#e69f00")
    ('#0072b2', '#be8607')
    """
    shades = (mix_colours(INK, colour, share / 20) for share in range(20))
    return next((shade for shade in shades if measure_contrast(shade, PAPER) >= SEEN), INK)


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 reckons it, from 1 to 21.

    Examples
    --------
    >>> measure_contrast("#000000", "#ffffff"), round(measure_contrast("#ffffff", "#d55e00"), 2)
    (21.0, 3.87)
    """
    low, high = sorted(map(_measure_light, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _measure_light(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def pick_ramp(keys: Sequence[Key], ramp: Sequence[str] = RAMP) -> Mapping[Key, str]:
    """Spread ordered classes, weakest first, over a ramp; the strongest beyond its length share the darkest.

    Examples
    --------
    >>> pick_ramp(["n:1"])
    {'n:1': '#b38180'}
    >>> [RAMP.index(colour) for colour in pick_ramp(["n:1", "n:2", "n:3"]).values()]
    [1, 4, 7]
    """
    steps = len(ramp)
    if len(keys) > steps:
        return dict(zip(keys, [*ramp, *[ramp[-1]] * (len(keys) - steps)], strict=True))
    edges = [(2 * place + 1) * steps // (2 * len(keys)) for place in range(len(keys))]
    return {key: ramp[edge] for key, edge in zip(keys, edges, strict=True)}
