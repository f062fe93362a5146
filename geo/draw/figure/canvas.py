"""A sheet of paper or a slide in points from its upper left corner, and the marks that are put on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import matplotlib
import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from shapely.geometry.base import BaseGeometry

from geo.draw.figure.fonts import Fonts, measure_dots
from geo.draw.figure.save import Shown
from geo.draw.marks.palette import INK, PAPER, SOFT
from geo.draw.wording.catalogue import Catalogue, read_catalogue

__all__ = ["FINER", "SIZES", "SOCIAL", "SOFT", "Box", "Letters", "Sheet", "Size"]

MM = 72 / 25.4


@dataclass(frozen=True)
class Size:
    """A format: all in points. ``text`` is for legend and summary, ``small`` for notes and names on the map."""

    width: float
    height: float
    margin: float
    title: float
    text: float
    small: float
    panel: float


FINER = {
    "half-page": Size(160 * MM, 110 * MM, 10, 9.5, 6.5, 5.75, 156),
    "slide": Size(13.333 * 72, 540, 24, 18, 9.5, 8, 260),
}
"""The same formats in letters no smaller for their height than those of an A4 page, or than print allows: for what has
no room in larger ones."""

SIZES = {
    "a4": Size(297 * MM, 210 * MM, 30, 18, 9.5, 7.5, 222),
    "half-page": Size(160 * MM, 110 * MM, 10, 10.5, 7, 6.5, 156),
    "slide": Size(13.333 * 72, 540, 24, 23, 12, 11, 300),
}

SOCIAL = Size(900, 472.5, 22.5, 39, 22.5, 20.25, 0)
"""1200 x 630 pixels at 96 dots an inch; its smallest letters that must be read are 9 pixels where it is 400 wide."""


@dataclass(frozen=True)
class Box:
    """A rectangle in points, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    def touches(self, other: Box) -> bool:
        """Tell whether two boxes share a point inside."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Tell whether the other box lies within this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True)
class Letters:
    """How a line is written: ``size`` and the width of a white ``halo`` in points."""

    size: float
    colour: str = INK
    bold: bool = False
    align: str = "left"
    halo: float = 0


class Line(Text):
    """A text of one line on its base line, measured once: matplotlib's own is laid out anew in each format.

    To set a line takes a millisecond, and a publication writes thousands.
    """

    def draw(self, renderer: Any) -> None:
        """Write it; where an SVG has it, its viewer finds the edge that it is aligned to."""
        text, font = self.get_text(), self.get_fontproperties()
        if not text or not self.get_visible():
            return
        x, y = self.get_transform().transform(self.get_unitless_position())
        if part := EDGES[self.get_horizontalalignment()]:
            figure: Any = self.get_figure(root=True)
            x -= part * measure_dots(text, font.copy(), figure.dpi)
        renderer.open_group("text", self.get_gid())
        look = renderer.new_gc()
        look.set_foreground(self.get_color())
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        renderer.draw_text(look, x, y, text, font, self.get_rotation(), ismath=False, mtext=self)
        look.restore()
        renderer.close_group("text")
        self.stale = False


EDGES = {"left": 0, "center": 0.5, "right": 1}
"""How much of a line stands before the point that it is aligned to."""

MIRRORED = {"left": "right", "right": "left"}


class Sheet:
    """What a figure is put together on, in a language.

    One that is written from the right is laid out as any other, and each part then stands in the mirror: `turn` tells
    where, `typeset` writes there. Nothing is mirrored itself.
    """

    def __init__(self, size: Size, fonts: Fonts, phrases: Catalogue | None = None) -> None:
        self.size, self.fonts, self.phrases = size, fonts, phrases or read_catalogue("en")
        self._layer, self._marks = 0, list[Artist]()

    @cached_property
    def axes(self) -> Axes:
        """The whole figure in points: made only of a sheet that is kept, for a dozen are laid out on the way there."""
        figure = Shown(figsize=(self.size.width / 72, self.size.height / 72), dpi=72, facecolor=PAPER)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, self.size.width), ylim=(self.size.height, 0))
        axes.set_axis_off()
        for mark in self._marks:
            axes.add_artist(mark)
        return axes

    @property
    def figure(self) -> Shown:
        """The figure, to be asked for while matplotlib is in our style."""
        figure = self.axes.get_figure()
        assert isinstance(figure, Shown)  # noqa: S101  # as it was made
        return figure

    def _put(self, mark: Artist) -> None:
        if "axes" in self.__dict__:
            self.axes.add_artist(mark)
        else:
            self._marks.append(mark)

    def write(self, x: float, y: float, text: str, letters: Letters, role: str = "caption") -> None:
        """Write one line with its base line at ``y``; ``role`` tells tests what it is."""
        text = self.fonts.admit(text)
        if letters.halo:
            self._draw_halo(x, y, text, letters)
        self._layer += 1
        families: Any = list(self.fonts.families)
        said = Line(
            x, y, text, fontsize=letters.size, color=letters.colour, fontweight=_weigh(letters), fontfamily=families,
            ha=letters.align, va="baseline", parse_math=False, clip_on=False, zorder=self._layer, label=role,
        )  # fmt: skip
        self._put(said)

    def typeset(self, x: float, y: float, text: str, letters: Letters, role: str = "caption") -> None:
        """Do so where the line stands on a sheet of this direction, given where it would on one from the left."""
        if self.phrases.is_right_to_left:
            x, letters = self.size.width - x, replace(letters, align=MIRRORED.get(letters.align, letters.align))
        self.write(x, y, text, letters, role)

    def turn(self, box: Box) -> Box:
        """Return where a box stands on a sheet of this direction, given where it would on one from the left."""
        if not self.phrases.is_right_to_left:
            return box
        return Box(self.size.width - box.right, box.top, self.size.width - box.left, box.bottom)

    def _draw_halo(self, middle: float, y: float, text: str, letters: Letters) -> None:
        """Draw white behind letters as an outline of its own, so that the letters themselves stay text."""
        x = middle - self.fonts.measure(text, letters.size, bold=letters.bold) / 2
        traced = _trace_letters(text, letters.size, _weigh(letters), self.fonts.families)
        outline = Affine2D().scale(1, -1).translate(x, y).transform_path(traced)
        self._add(outline, facecolor="none", edgecolor=PAPER, linewidth=letters.halo, joinstyle="round")

    def fill(self, geometry: BaseGeometry, colour: str, role: str = "") -> None:
        """Paint polygons; anything else in the geometry is left out. ``role`` tells tests what it is."""
        parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon"]
        rings = shapely.get_rings(shapely.orient_polygons(np.array(parts, dtype=object)))
        if len(rings):
            self._add(_trace(rings, closed=True), facecolor=colour, edgecolor="none", linewidth=0, label=role)

    def fill_box(self, box: Box, colour: str) -> None:
        """Paint a rectangle."""
        self.fill(shapely.box(box.left, box.top, box.right, box.bottom), colour)

    def stroke(
        self, geometry: BaseGeometry, colour: str, width: float, *, dashes: tuple[float, float] | None = None,
        role: str = "",
    ) -> None:  # fmt: skip
        """Draw lines, or the outlines of polygons; ``role`` tells tests what it is."""
        lines = shapely.get_parts(geometry if "Line" in geometry.geom_type else geometry.boundary)
        style: Any = (0, dashes) if dashes else "-"
        if len(lines):
            self._add(
                _trace(lines, closed=False), facecolor="none", edgecolor=colour, linewidth=width, linestyle=style,
                joinstyle="round", label=role,
            )  # fmt: skip

    def _add(self, path: Path, **look: Any) -> None:
        self._layer += 1
        self._put(PathPatch(path, clip_on=False, zorder=self._layer, **look))


def _weigh(letters: Letters) -> str:
    return "bold" if letters.bold else "normal"


@lru_cache(maxsize=512)  # The names of units, which stand in each kind of figure.
def _trace_letters(text: str, size: float, weight: str, families: tuple[str, ...]) -> Path:
    font = matplotlib.font_manager.FontProperties(family=list(families), size=size, weight=weight)
    return TextPath((0, 0), text, prop=font, usetex=False)


def _trace(lines: Any, *, closed: bool) -> Path:
    points, codes = [], []
    for line in lines:
        place = shapely.get_coordinates(line)
        points.append(np.round(place, 3))
        steps = np.full(len(place), Path.LINETO, dtype=np.uint8)
        steps[0] = Path.MOVETO
        if closed:
            steps[-1] = Path.CLOSEPOLY
        codes.append(steps)
    return Path(np.concatenate(points), np.concatenate(codes))
