"""The words around the body of a figure: headline, lede and summary above; stamp, credits and disclaimer below."""

from __future__ import annotations

from collections.abc import Sequence

from geo.draw.figure.canvas import SOFT, Box, Sheet
from geo.draw.marks.palette import INK
from geo.draw.wording.captions import write_credit, write_lede, write_stamp
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import write_headline

__all__ = ["DISCLAIMER", "write_captions"]

DISCLAIMER = "Presence is not control. Silence is not absence."
LEAD = 1.34


def write_captions(
    sheet: Sheet, joined: LocalisedTable, summary: str, notes: Sequence[str] = (), small: Sequence[str] = ()
) -> Box:
    """Write what stands above and below, and return the room between.

    Parameters
    ----------
    sheet : Sheet
    joined : JoinedTable
    summary : str
    notes, small : sequence of str
        Stand below the body, whole, before the rest.

    Returns
    -------
    Box
    """
    size = sheet.size
    left, right = size.margin, size.width - size.margin
    top = size.margin
    above = (
        (write_headline(joined), size.title, True, INK, 2),
        (write_lede(joined), size.text, False, SOFT, 3),
        (summary, size.text, False, INK, 4),
    )
    for text, points, bold, colour, most in above:
        top = _write_down(sheet, text, Box(left, top, right, 0), points, bold=bold, colour=colour, most=most)
    below = [
        *((note, INK, False, 99) for note in notes),
        *((line, SOFT, False, 99) for line in small),
        (write_stamp(joined), SOFT, False, 3),
        (f"{write_credit(joined)} Drawn with matplotlib.", SOFT, False, 3),
        (DISCLAIMER, SOFT, True, 3),
    ]
    lines = [
        (line, colour, bold)
        for text, colour, bold, most in below
        for line in sheet.fonts.wrap(text, right - left, size.small, bold=bold, most=most)
    ]
    bottom = size.height - size.margin
    first = bottom - len(lines) * size.small * LEAD
    for place, (line, colour, bold) in enumerate(lines):
        sheet.write(left, first + size.small * (LEAD * place + 1.05), line, size.small, colour=colour, bold=bold)
    return Box(left, top + size.text * 0.5, right, first - size.small * 0.6)


def _write_down(sheet: Sheet, text: str, box: Box, points: float, *, bold: bool, colour: str, most: int) -> float:
    """Write a paragraph from the top of a box and return where it ends."""
    y = box.top
    for line in sheet.fonts.wrap(text, box.width, points, bold=bold, most=most) if text else []:
        sheet.write(box.left, y + points, line, points, bold=bold, colour=colour)
        y += points * LEAD
    return y
