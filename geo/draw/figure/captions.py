"""The words around the body of a figure: kicker, headline and deck above; whose and of what it is made below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.draw.figure.canvas import SOFT, Box, Letters, Sheet
from geo.draw.figure.fonts import END, ISOLATE
from geo.draw.wording.captions import MapHead, say_disclaimer, write_about, write_credit, write_kicker, write_stamp
from geo.draw.wording.localised_names import LocalisedTable

__all__ = ["write_captions"]

LEAD = 1.34

MOST_LINES = 2
"""Of a headline; a longer one is set smaller."""


def write_captions(
    sheet: Sheet, joined: LocalisedTable, head: MapHead, notes: Sequence[str] = (), small: Sequence[str] = ()
) -> Box:
    """Write what stands above and below, whole, and return the room between.

    ``notes`` and ``small`` stand below the body, before the rest.
    """
    size, phrases = sheet.size, joined.phrases
    left, right = size.margin, size.width - size.margin
    about = write_about(joined)
    about = f"{ISOLATE}{about}{END}" if about and phrases.is_right_to_left else about
    foot = about, write_stamp(joined), write_credit(joined), phrases.say("drawn_with")
    plain, soft = Letters(size.small), Letters(size.small, SOFT)
    top = _write_down(sheet, write_kicker(joined), Box(left, size.margin, right, 0), Letters(size.text, SOFT))
    top = _write_down(sheet, head.headline, Box(left, top, right, 0), _size_headline(sheet, head.headline))
    top = _write_deck(sheet, head.deck, say_disclaimer(phrases), Box(left, top, right, 0), Letters(size.text))
    below = [
        *((note, plain) for note in notes),
        *((line, soft) for line in small),
        (" ".join(filter(None, foot)), soft),
        (say_disclaimer(phrases), replace(soft, bold=True)),
    ]
    lines = [
        (line, letters)
        for text, letters in below
        for line in (sheet.fonts.wrap(text, right - left, size.small, bold=letters.bold) if text else [])
    ]
    bottom = size.height - size.margin
    first = bottom - len(lines) * size.small * LEAD
    for place, (line, letters) in enumerate(lines):
        sheet.typeset(left, first + size.small * (LEAD * place + 1.05), line, letters)
    return Box(left, top + size.text * 0.5, right, first - size.small * 0.6)


def _size_headline(sheet: Sheet, headline: str) -> Letters:
    """Find the largest letters in which a headline is no longer than it should be; text is the smallest."""
    size, wide = sheet.size, sheet.size.width - 2 * sheet.size.margin
    steps = (size.title + (size.text - size.title) * step / 4 for step in range(5))
    fits = (each for each in steps if len(sheet.fonts.wrap(headline, wide, each, bold=True)) <= MOST_LINES)
    return Letters(next(fits, size.text), bold=True)


def _write_down(sheet: Sheet, text: str, box: Box, letters: Letters) -> float:
    """Write a paragraph from the top of a box and return where it ends."""
    y = box.top
    for line in sheet.fonts.wrap(text, box.width, letters.size, bold=letters.bold) if text else []:
        sheet.typeset(box.left, y + letters.size, line, letters)
        y += letters.size * LEAD
    return y


def _write_deck(sheet: Sheet, text: str, disclaimer: str, box: Box, letters: Letters) -> float:
    """Write a deck and, in its last line or below it, bold what it ends with; return where that ends."""
    bold, lines = replace(letters, bold=True), sheet.fonts.wrap(text, box.width, letters.size)
    end = _write_down(sheet, text, box, letters)
    start = box.left + sheet.fonts.measure(lines[-1], letters.size) + letters.size * 0.4
    if start + sheet.fonts.measure(sheet.fonts.admit(disclaimer), letters.size, bold=True) > box.right:
        return _write_down(sheet, disclaimer, replace(box, top=end), bold)
    sheet.typeset(start, end - letters.size * (LEAD - 1), disclaimer, bold)
    return end
