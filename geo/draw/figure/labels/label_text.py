"""A label set as a block: a name, a sign of text or chips, or both, in one line or under each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.draw.figure.canvas import Box, Letters, Sheet
from geo.draw.figure.fonts import Fonts
from geo.draw.figure.labels.chip_marks import ChipRows, draw_chips, measure_rows
from geo.draw.marks.chips import Chip, count_across

__all__ = ["Block", "Label", "LabelLines", "Part", "list_bare", "list_full", "typeset_block", "write_blocks"]

LINE = 1.16
"""Height of a line as a multiple of its size."""

BLANK = 0.4
"""Between a name and a sign in one line, in heights of a letter."""

Run = tuple[str | ChipRows, bool]
LabelLines = tuple[tuple[Run, ...], ...]
"""Lines of runs; a run is a text or chips, and whether it is a sign."""


@dataclass(frozen=True)
class Label:
    """What to write for a unit: its name and the sign of its class; one that is shown may be named beside the map."""

    code: str
    name: str
    sign: str | tuple[Chip, ...] = ""
    """A number, or chips of groups; empty where the class has none."""
    shown: bool = True
    """False for a gap: it goes without name where there is no room."""
    is_vague: bool = False
    """Whether records name the unit only as part of a region, or are out of date: where many are shown, it yields."""
    said: str = ""
    """The sign in words, for a list beside the map."""


@dataclass(frozen=True)
class Part:
    """A text, or chips, of a block: in which line it stands, and its room from the block's upper left corner."""

    run: str | ChipRows
    is_sign: bool
    line: int
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
        rooms = [part.room for part in self.parts if part.line == self.parts[number].line]
        return min(room.left for room in rooms), max(room.right for room in rooms)


def list_full(label: Label, *, flat: bool = False) -> list[LabelLines]:
    """List the ways to write a name with its sign, the best first; ``flat`` prefers one line.

    Examples
    --------
    >>> list_full(Label("AF-KAB", "Kabul", "5"))
    [((('Kabul', False),), (('5', True),)), ((('Kabul', False), ('5', True)),)]
    >>> list_full(Label("AF-GHO", "Ghor"))
    [((('Ghor', False),),)]
    """
    names, signs = _break(label.name), list_bare(label)
    forms = [(*name, *sign) for name in names for sign in signs or [()]]
    one_line: list[LabelLines] = [((*names[0][0], *signs[-1][0]),)] if signs else []
    return [*one_line, *forms] if flat else [*forms, *one_line]


def list_bare(label: Label) -> list[LabelLines]:
    """List the ways to write a sign alone: many chips in two rows, and any in one.

    Examples
    --------
    >>> five = Label("AF-KAB", "Kabul", (Chip("#0072b2", "named"),) * 5)
    >>> [rows.across for (((rows, _),),) in list_bare(five)]
    [3, 5]
    """
    if isinstance(label.sign, str):
        return [(((label.sign, True),),)] if label.sign else []
    ways = dict.fromkeys((count_across(label.sign), len(label.sign)))
    return [(((ChipRows(label.sign, across), True),),) for across in ways]


def _break(text: str) -> list[LabelLines]:
    """Return a name in one line and, if it has several words, in two."""
    words = text.split()
    half = (len(words) + 1) // 2
    halves = (" ".join(words[:half]), " ".join(words[half:]))
    broken: list[LabelLines] = [tuple(((part, False),) for part in halves)]
    return [(((text, False),),), *(broken if len(words) > 1 else [])]


def typeset_block(fonts: Fonts, form: LabelLines, size: float) -> Block:
    """Measure a form from `list_full` or `list_bare`, in letters of so many points, and place its parts.

    Lines are centred, and what stands in one line on its middle.

    Examples
    --------
    >>> block = typeset_block(Fonts("t.yaml"), list_full(Label("AF-KAB", "Kabul", "5"))[0], 10)
    >>> [part.run for part in block.parts], round(block.height, 1)
    (['Kabul', '5'], 23.2)
    """
    sizes = [[_measure(fonts, run, size) for run in line] for line in form]
    gap = BLANK * size
    widths = [sum(wide for wide, _ in line) + gap * (len(line) - 1) for line in sizes]
    parts, width, top = [], max(widths), 0.0
    for number, (line, measured, wide) in enumerate(zip(form, sizes, widths, strict=True)):
        left, most = (width - wide) / 2, max(high for _, high in measured)
        for (run, is_sign), (across, high) in zip(line, measured, strict=True):
            above = top + (most - high) / 2
            parts.append(Part(run, is_sign, number, Box(left, above, left + across, above + high)))
            left += across + gap
        top += most
    return Block(tuple(parts), width, top)


def _measure(fonts: Fonts, run: Run, size: float) -> tuple[float, float]:
    text, is_sign = run
    if isinstance(text, ChipRows):
        return measure_rows(text, size)
    return fonts.measure(fonts.admit(text), size, bold=is_sign), LINE * size


def write_blocks(sheet: Sheet, placed: Sequence[tuple[Block, Box, str]], size: float) -> None:
    """Write blocks into their rooms, each with the code of its unit: letters on white outline, above them chips."""
    chips = []
    for block, box, code in placed:
        for part in block.parts:
            room = part.room
            if isinstance(part.run, ChipRows):
                left, top = box.left + room.left, box.top + room.top
                chips.append((part.run, Box(left, top, left + room.width, top + room.height), code))
                continue
            x, base = box.left + (room.left + room.right) / 2, box.top + room.top + size * 0.93
            letters = Letters(size, bold=part.is_sign, align="center", halo=size * 0.28)
            sheet.write(x, base, part.run, letters, f"{'sign' if part.is_sign else 'name'} {code}")
    draw_chips(sheet, chips, size)
