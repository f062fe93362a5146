"""What single cells of event files hold: nothing, in the words of several programs; ids; whole numbers of things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.read.sheets.null_words import NULLS
from geo.read.table.evidence import UNSEEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

__all__ = ["HASHTAG", "empty_nothing", "read_numbers", "read_whole", "strip", "write_ids"]

NOTHING = ("NaN", "NaT", *sorted({form for word in NULLS for form in (word, word.upper(), word.capitalize())}))
"""What R, pandas, databases and people write where a cell is empty; whole columns are compared with these forms."""

HASHTAG = re.compile(r"#[a-z][a-z0-9_]*\s*(\+|$)")
"""What HXL writes in a second header."""

AROUND = frozenset(f"{before}{word}{after}" for word in NOTHING for before in ("", " ") for after in ("", " "))

IN_PLACES = frozenset(word for word in AROUND if "nan" not in word.lower() and "#" not in word)
"""There "nan" is what a program made of a number, and #N/A an error, and told as such."""

WHOLE = re.compile(r"[+-]?[0-9]+\.0+")
"""A whole number as a float is written."""

SHORT = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]{1,2}")
"""A large number as a float is written."""

ODD = re.compile(rf"[.+\s{UNSEEN}]")
"""Signs by which an id may be written in another way."""

GROUPED = re.compile(r"[0-9]{1,3}(?:[, '\u00a0\u202f][0-9]{3})+(?:\.0+)?")
"""A whole number whose digits stand in groups of three; one with points, 1.200, may be another number."""

MOST = 10_000_000


def empty_nothing(texts: list[str], *, is_place: bool = False) -> list[str]:
    """Empty the texts that say of themselves that they are nothing.

    Examples
    --------
    >>> empty_nothing(["NA", "Nama", "null ", "-", "n/a"])
    ['', 'Nama', '', '', '']
    """
    words = IN_PLACES if is_place else AROUND
    return texts if words.isdisjoint(texts) else ["" if text in words else text for text in texts]


def write_ids(texts: list[str]) -> list[str]:
    """Write ids in one way: a whole number is the same whether a program took it for a text, a number or a float.

    Examples
    --------
    >>> write_ids(["300001.0", " 300001", "3.00001e+05", "AFG\u200b1", "AFG1.0", "007"])
    ['300001', '300001', '300001', 'AFG1', 'AFG1.0', '007']
    """
    return [_write_id(text) for text in texts] if ODD.search("".join(texts)) else texts


def _write_id(text: str) -> str:
    text = re.sub(f"[{UNSEEN}]", "", text).strip()
    if WHOLE.fullmatch(text):
        return text.partition(".")[0]
    if SHORT.fullmatch(text) and (number := float(text)).is_integer():
        return str(int(number))
    return text


def strip(text: str) -> str:
    """Take blanks away, and what a spreadsheet appends to a whole number.

    Examples
    --------
    >>> strip(" 3.0")
    '3'
    """
    return text.strip().removesuffix(".0")


def read_numbers(texts: list[str]) -> Numbers:
    """Read each text as a number, NaN where it is none.

    Examples
    --------
    >>> read_numbers(["34.5", " 1e1 ", "34,5", ""]).tolist()
    [34.5, 10.0, nan, nan]
    """
    return pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(float, copy=True)


def read_whole(texts: list[str]) -> Numbers:
    """Read whole numbers of persons or events, not below nought; NaN for what is none, or more than can be.

    Examples
    --------
    >>> read_whole(["3", "2.0", "1,200", "10+", "2.5", "-99", "1e30", ""]).tolist()
    [3.0, 2.0, 1200.0, nan, nan, nan, nan, nan]
    """
    plain = [re.sub(r"[, '\u00a0\u202f]", "", text) if GROUPED.fullmatch(text.strip()) else text for text in texts]
    numbers = read_numbers(plain)
    with np.errstate(invalid="ignore"):
        return np.where((numbers >= 0) & (numbers <= MOST) & (numbers == np.round(numbers)), numbers, np.nan)
