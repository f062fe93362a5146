"""What a unit looks like and is called on a map: a value, whatever kind of map it is of."""

from __future__ import annotations

from dataclasses import dataclass

from geo.draw.html import Markup
from geo.draw.marks.palette import PAPER, Slot
from geo.join.classes import NAMED, Combination, Gap, UnitClass

__all__ = ["Bands", "Fill", "LegendRow", "MapClass", "Net", "Outline", "SideBySide", "Solid", "Texture"]


@dataclass(frozen=True)
class Solid:
    """One colour, ``#rrggbb``."""

    colour: str

    @property
    def paint(self) -> str:
        """What stands in SVG for it."""
        return self.colour


@dataclass(frozen=True)
class Bands:
    """A band for each group, with how it stands there (:mod:`geo.join.classes`)."""

    bands: tuple[tuple[Slot, str], ...]

    @property
    def name(self) -> str:
        """The pattern's id, the same as the script's.

        Examples
        --------
        >>> Bands(((Slot("a", 0, "#0072b2"), "named"), (Slot("b", 1, "#d55e00"), "region"))).name
        'bands-0-1r'
        """
        suffixes = {"named": "", "claimed": "c", "region": "r", "stale": "s"}
        return "bands" + "".join(f"-{slot.slot}{suffixes[standing]}" for slot, standing in self.bands)

    @property
    def paint(self) -> str:
        """What stands in SVG for it."""
        return f"url(#{self.name})"


@dataclass(frozen=True)
class Net:
    """What only a group itself claims, where a colour (``#rrggbb``) says what: a tint of it, in a net of lines."""

    colour: str

    @property
    def name(self) -> str:
        """The pattern's id, the same as the script's.

        Examples
        --------
        >>> Net("#3c9093").name
        'net-3c9093'
        """
        return f"net-{self.colour[1:]}"

    @property
    def paint(self) -> str:
        """What stands in SVG for it."""
        return f"url(#{self.name})"


@dataclass(frozen=True)
class Texture:
    """Marks on a ground, again and again: id of the pattern, size in pixels, turn in degrees."""

    name: str
    size: int
    turn: int
    marks: tuple[Markup, ...]
    ground: str = PAPER

    @property
    def paint(self) -> str:
        """What stands in SVG for it."""
        return f"url(#{self.name})"


@dataclass(frozen=True)
class Outline:
    """No fill: the broken line around a unit on which claims contradict each other."""

    paint = "none"


@dataclass(frozen=True)
class SideBySide:
    """Colours side by side, of a legend's row that stands for several classes."""

    colours: tuple[str, ...]
    paint = "none"


Fill = Solid | Bands | Net | Texture | Outline | SideBySide


@dataclass(frozen=True)
class MapClass:
    """A class of units."""

    key: str
    """What a page's script and its fragments call it."""
    label: str
    """Plain text: its name in the legend."""
    fill: Fill
    sign: str = ""
    """What stands under the names of its units."""
    order: tuple[int, ...] = ()
    """Its place in a legend."""
    of: UnitClass | None = None
    """What it shows, where that is a class of a table's units in a view."""

    @property
    def is_one_group(self) -> bool:
        """Whether it shows one group, named there, and no other."""
        return isinstance(self.of, Combination) and [standing for _, standing in self.of.standings] == [NAMED]

    @property
    def is_gap(self) -> bool:
        """Whether it says that there is nothing to show."""
        return isinstance(self.of, Gap)


@dataclass(frozen=True)
class LegendRow:
    """A class and how many units it has."""

    shown: MapClass
    count: int
