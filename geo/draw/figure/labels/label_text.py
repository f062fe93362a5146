"""The words of a label set as a block: a name, a sign, or both, in one line or under each other."""

from __future__ import annotations

from dataclasses import dataclass

from geo.draw.figure.canvas import Box, Letters, Sheet
from geo.draw.figure.fonts import Fonts

__all__ = ["Block", "Label", "LabelLines", "Part", "list_bare", "list_full", "typeset_block", "write_block"]

LINE = 1.16
"""Height of a line as a multiple of its size."""

BLANK = 0.4
"""Between a name and a sign in one line, in heights of a letter."""

Run = tuple[str, bool]
LabelLines = tuple[tuple[Run, ...], ...]
"""Lines of runs; a run is a text and whether it is bold."""


@dataclass(frozen=True)
class Label:
    """What to write for a unit: its name and the sign of its class; one that is shown may be named beside the map."""

    code: str
    name: str
    sign: str = ""
    """Codes of groups or a number; empty where the class has none."""
    shown: bool = True
    """False for a gap: it goes without name where there is no room."""
    is_vague: bool = False
    """Whether records name the unit only as part of a region, or are out of date: where many are shown, it yields."""


@dataclass(frozen=True)
class Part:
    """A text of a block and the room it takes, from the block's upper left corner."""

    text: str
    bold: bool
    room: Box


@dataclass(frozen=True)
class Block:
    """Parts that stand together."""

    parts: tuple[Part, ...]
    width: float
    height: float

    def stand(self, left: float, top: float) -> Box:
        """Return the room that the block takes there."""
        return Box(left, top, left + self.width, top + self.height)

    def find_line(self, number: int) -> tuple[float, float]:
        """Return where a line begins and ends; -1 is the last."""
        top = self.parts[number].room.top
        rooms = [part.room for part in self.parts if part.room.top == top]
        return min(room.left for room in rooms), max(room.right for room in rooms)


def list_full(label: Label, *, flat: bool = False) -> list[LabelLines]:
    """List the ways to write a name with its sign, the best first; ``flat`` prefers one line.

    Examples
    --------
    >>> list_full(Label("AF-KAB", "Kabul", "H I"))
    [((('Kabul', False),), (('H I', True),)), ((('Kabul', False), ('H I', True)),)]
    >>> list_full(Label("AF-GHO", "Ghor"))
    [((('Ghor', False),),)]
    """
    names, signs = _break(label.name, False, 2), list_bare(label)
    forms = [(*name, *sign) for name in names for sign in signs or [()]]
    one_line: list[LabelLines] = [((*names[0][0], *signs[0][0]),)] if signs else []
    return [*one_line, *forms] if flat else [*forms, *one_line]


def list_bare(label: Label) -> list[LabelLines]:
    """List the ways to write a sign alone: in one line, and from three codes on in two.

    Examples
    --------
    >>> list_bare(Label("AF-KAB", "Kabul", "H I (L)"))
    [((('H I (L)', True),),), ((('H I', True),), (('(L)', True),))]
    """
    return _break(label.sign, True, 3) if label.sign else []


def _break(text: str, bold: bool, least: int) -> list[LabelLines]:
    """Return a text in one line and, if it has so many words, in two."""
    words = text.split()
    half = (len(words) + 1) // 2
    halves = (" ".join(words[:half]), " ".join(words[half:]))
    broken: list[LabelLines] = [tuple(((part, bold),) for part in halves)]
    return [(((text, bold),),), *(broken if len(words) >= least else [])]


def typeset_block(fonts: Fonts, form: LabelLines, size: float) -> Block:
    """Measure a form from `list_full` or `list_bare`, in letters of so many points, and place its parts.

    Lines are centred.

    Examples
    --------
    >>> block = typeset_block(Fonts("t.yaml"), list_bare(Label("AF-KAB", "Kabul", "H I L"))[1], 10)
    >>> [part.text for part in block.parts], round(block.height, 1)
    (['H I', 'L'], 23.2)
    """
    widths = [[fonts.measure(fonts.admit(text), size, bold=bold) for text, bold in line] for line in form]
    gap, width = BLANK * size, max(sum(line) + BLANK * size * (len(line) - 1) for line in widths)
    parts = []
    for place, (line, sizes) in enumerate(zip(form, widths, strict=True)):
        left = (width - sum(sizes) - gap * (len(line) - 1)) / 2
        for (text, bold), wide in zip(line, sizes, strict=True):
            parts.append(Part(text, bold, Box(left, place * LINE * size, left + wide, (place + 1) * LINE * size)))
            left += wide + gap
    return Block(tuple(parts), width, len(form) * LINE * size)


def write_block(sheet: Sheet, block: Block, box: Box, size: float, code: str) -> None:
    """Write a block into its room, letter on white outline."""
    for part in block.parts:
        x, base = box.left + (part.room.left + part.room.right) / 2, box.top + part.room.top + size * 0.93
        role = f"{'sign' if part.bold else 'name'} {code}"
        sheet.write(x, base, part.text, Letters(size, bold=part.bold, align="center", halo=size * 0.28), role)
