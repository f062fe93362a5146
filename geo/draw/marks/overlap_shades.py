"""Shades for how much two footprints share: five grades of the Jaccard index, the same on the page and in figures."""

from __future__ import annotations

import math

from geo.draw.marks.palette import INK, PAPER, RAMP, pick_ramp
from geo.draw.wording.catalogue import Catalogue

__all__ = ["GRADES", "grade_overlap", "ink_on", "name_grade", "shade_grade"]

GRADES = 5
"""Of equal width, above 0 for "nothing shared"."""

DARK = 5
"""From this step of the ramp on, letters are white."""

_SHADES = {"0": PAPER, **pick_ramp([str(grade) for grade in range(1, GRADES + 1)])}


def grade_overlap(jaccard: float | None) -> int:
    """Grade a Jaccard index: 0 where nothing is shared or the index is not defined, else 1 to 5 in steps of a fifth.

    Examples
    --------
    >>> [grade_overlap(index) for index in (None, 0.0, 0.2, 0.21, 1.0)]
    [0, 0, 1, 2, 5]
    """
    return math.ceil(round((jaccard or 0) * GRADES, 9))


def shade_grade(grade: int) -> str:
    """Return the fill of a grade as ``#rrggbb``; the page's style sheet holds the same as ``.heat-1`` and so on.

    Examples
    --------
    >>> shade_grade(0)
    '#ffffff'
    """
    return _SHADES[str(grade)]


def ink_on(shade: str) -> str:
    """Return the colour in which letters are read on a shade.

    Examples
    --------
    >>> ink_on(shade_grade(5))
    '#ffffff'
    """
    return PAPER if shade in RAMP[DARK:] else INK


def name_grade(phrases: Catalogue, grade: int) -> str:
    """Say which part of the units named for either group both are named in.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> name_grade(phrases, 0), name_grade(phrases, 2)
    ('None shared', 'Over 20, up to 40 % shared')
    """
    width = 100 // GRADES
    key = ("grade_none", "grade_first", "grade")[min(grade, 2)]
    return phrases.say(key, low=phrases.write_number(width * (grade - 1)), high=phrases.write_number(width * grade))
