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
    Flags = NDArray[np.bool_]

__all__ = ["HASHTAG", "empty_nothing", "read_whole", "write_ids"]

NOTHING = ("NaN", "NaT", *sorted({form for word in NULLS for form in (word, word.upper(), word.capitalize())}))
"""What R, pandas, databases and people write where a cell is empty; whole columns are compared with these forms."""

HASHTAG = re.compile(r"#[a-z][a-z0-9_]*\s*(\+|$)")
"""What HXL writes in a second header."""

AROUND = [f"{before}{word}{after}" for word in NOTHING for before in ("", " ") for after in ("", " ")]

PLACES = ("lon", "lat")
IN_PLACES = [word for word in AROUND if "nan" not in word.lower() and "#" not in word]
"""There "nan" is what a program made of a number, and #N/A an error, and told as such."""

WHOLE = re.compile(r"[+-]?[0-9]+\.0+")
"""A whole number as a float is written."""

SHORT = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]{1,2}")
"""A large number as a float is written."""

GROUPED = r"[0-9]{1,3}(?:[, '\u00a0\u202f][0-9]{3})+(?:\.0+)?"
"""A whole number whose digits stand in groups of three; one with points, 1.200, may be another number."""

MOST = 10_000_000


def empty_nothing(chunk: pd.DataFrame) -> pd.DataFrame:
    """Empty the cells that say of themselves that they hold nothing.

    Examples
    --------
    >>> empty_nothing(pd.DataFrame({"actor0": ["NA", "Nama", "null ", "-", "n/a"]}))["actor0"].tolist()
    ['', 'Nama', '', '', '']
    """
    found = {name: chunk[name].isin(IN_PLACES if name in PLACES else AROUND).to_numpy(bool) for name in chunk}
    return chunk.assign(**{str(name): chunk[name].mask(each, "") for name, each in found.items() if each.any()})


def write_ids(ids: pd.Series[str]) -> pd.Series[str]:
    """Write ids in one way: a whole number is the same whether a program took it for a text, a number or a float.

    Examples
    --------
    >>> write_ids(pd.Series(["300001.0", " 300001", "3.00001e+05", "AFG\u200b1", "AFG1.0", "007"])).tolist()
    ['300001', '300001', '300001', 'AFG1', 'AFG1.0', '007']
    """
    ids = ids.str.strip()
    odd = ids.str.contains(f"[.+{UNSEEN}]", regex=True).to_numpy(bool)
    return ids.mask(odd, ids[odd].map(_write_id)) if odd.any() else ids


def _write_id(text: str) -> str:
    text = re.sub(f"[{UNSEEN}]", "", text).strip()
    if WHOLE.fullmatch(text):
        return text.partition(".")[0]
    if SHORT.fullmatch(text) and (number := float(text)).is_integer():
        return str(int(number))
    return text


def read_whole(cells: pd.Series[str]) -> Numbers:
    """Read whole numbers of persons or events, not below nought; NaN for what is none, or more than can be.

    Examples
    --------
    >>> read_whole(pd.Series(["3", "2.0", "1,200", "10+", "2.5", "-99", "1e30", ""])).tolist()
    [3.0, 2.0, 1200.0, nan, nan, nan, nan, nan]
    """
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(float, copy=True)
    odd = np.isnan(numbers) & (cells.to_numpy() != "")
    if odd.any():
        texts = cells[odd].str.strip()
        plain = texts.where(texts.str.fullmatch(GROUPED), "").str.replace(r"[, '\u00a0\u202f]", "", regex=True)
        numbers[odd] = pd.to_numeric(plain, errors="coerce").to_numpy(float)
    with np.errstate(invalid="ignore"):
        return np.where((numbers >= 0) & (numbers <= MOST) & (numbers == np.round(numbers)), numbers, np.nan)
