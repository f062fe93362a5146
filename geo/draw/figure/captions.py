"""The words around the body of a figure: headline, lede and summary above; stamp, credits and disclaimer below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.draw.figure.canvas import SOFT, Box, Letters, Sheet
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

    ``notes`` and ``small`` stand below the body, whole, before the rest.
    """
    size = sheet.size
    left, right = size.margin, size.width - size.margin
    top = size.margin
    above = (
        (write_headline(joined), Letters(size.title, bold=True), 2),
        (write_lede(joined), Letters(size.text, SOFT), 3),
        (summary, Letters(size.text), 4),
    )
    for text, letters, most in above:
        top = _write_down(sheet, text, Box(left, top, right, 0), letters, most)
    plain, soft = Letters(size.small), Letters(size.small, SOFT)
    below = [
        *((note, plain, 99) for note in notes),
        *((line, soft, 99) for line in small),
        (write_stamp(joined), soft, 3),
        (f"{write_credit(joined)} Drawn with matplotlib.", soft, 3),
        (DISCLAIMER, replace(soft, bold=True), 3),
    ]
    lines = [
        (line, letters)
        for text, letters, most in below
        for line in sheet.fonts.wrap(text, right - left, size.small, bold=letters.bold, most=most)
    ]
    bottom = size.height - size.margin
    first = bottom - len(lines) * size.small * LEAD
    for place, (line, letters) in enumerate(lines):
        sheet.write(left, first + size.small * (LEAD * place + 1.05), line, letters)
    return Box(left, top + size.text * 0.5, right, first - size.small * 0.6)


def _write_down(sheet: Sheet, text: str, box: Box, letters: Letters, most: int) -> float:
    """Write a paragraph from the top of a box and return where it ends."""
    y = box.top
    for line in sheet.fonts.wrap(text, box.width, letters.size, bold=letters.bold, most=most) if text else []:
        sheet.write(box.left, y + letters.size, line, letters)
        y += letters.size * LEAD
    return y
