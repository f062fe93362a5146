"""Rows of a file as columns of cells: each different text of a column is taken in hand once, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.events.files.cell_values import HASHTAG, empty_nothing, read_numbers, write_ids

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Cells", "Chunk", "join_cells"]

PLACES = ("lon", "lat")


class Cells:
    """The cells of a column, given as a list or as an array of Arrow.

    Each is the place of a text, in ``codes``, among some in ``texts``, where one may stand twice. A text is empty where
    it says that it is nothing, and ids are written in one way: ``role`` is what the column is for `EventFile.columns`.

    Examples
    --------
    >>> cells = Cells(["b", None, 2.0, "NA"], "actor0")
    >>> cells.texts, cells.codes.tolist(), cells.ask(len, int).tolist()
    (['b', '', '2', ''], [0, 1, 2, 3], [1, 0, 1, 0])
    """

    def __init__(self, values: Any, role: str) -> None:
        self._values, self._role = values, role

    @cached_property
    def _distinct(self) -> tuple[NDArray[np.intp], list[str]]:
        values, is_id = self._values, self._role == "id"
        if is_id:  # hardly one stands twice, and to compare them takes longer than to read each
            codes, texts = np.arange(len(values)), _word_all(values)
        else:
            codes, texts = _compare(values) if isinstance(values, list) else _encode(values)
        texts = empty_nothing(texts, is_place=self._role in PLACES)
        return codes, write_ids(texts) if is_id else texts

    @property
    def codes(self) -> NDArray[np.intp]:
        """The place of each cell's text."""
        return self._distinct[0]

    @property
    def texts(self) -> list[str]:
        """What stands in some cell."""
        return self._distinct[1]

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """The cells as numbers, NaN where one is none."""
        found = None if isinstance(self._values, list) else _cast(self._values)
        return self.read(read_numbers) if found is None else found

    def read(self, reader: Callable[[list[str]], NDArray[Any]]) -> NDArray[Any]:
        """Read each cell by what reads a list of texts."""
        return reader(self.texts)[self.codes]

    def ask(self, question: Callable[[str], Any], kind: Any) -> NDArray[Any]:
        """Ask something of the text of each cell."""
        return self.read(lambda texts: np.array([question(text) for text in texts], kind))

    def show(self, rows: NDArray[Any]) -> list[str]:
        """List the texts of some rows, given by their places or by flags."""
        taken = self.take(np.flatnonzero(rows) if rows.dtype == bool else rows)
        return [taken.texts[code] for code in taken.codes.tolist()]

    def take(self, places: NDArray[Any]) -> Cells:
        """Take some rows."""
        values = self._values
        taken = [values[at] for at in places] if isinstance(values, list) else values.take(places)
        return Cells(taken, self._role)


def join_cells(columns: Sequence[Cells], sign: str) -> tuple[NDArray[np.intp], list[str]]:
    """Join the cells of each row: the place of each among the different ones, and these.

    Examples
    --------
    >>> codes, texts = join_cells([Cells(["a", "b", "a"], "part0"), Cells(["1", "1", "1"], "part1")], "-")
    >>> [texts[code] for code in codes]
    ['a-1', 'b-1', 'a-1']
    """
    codes, texts = columns[0].codes, columns[0].texts
    for each in columns[1:]:
        several = len(each.texts)
        codes, known = pd.factorize(codes * several + each.codes)
        texts = [texts[pair // several] + sign + each.texts[pair % several] for pair in known.tolist()]
    return codes, texts


@dataclass(frozen=True, eq=False)
class Chunk:
    """Rows of a file: their numbers there, where the header's is 1, and cells by the names of `EventFile.columns`."""

    rows: NDArray[np.int64]
    columns: Mapping[str, Cells]

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, role: str) -> bool:
        return role in self.columns

    def __getitem__(self, role: str) -> Cells:
        return self.columns[role]

    def take(self, rows: NDArray[Any]) -> Chunk:
        """Take some rows, given by their places or by flags."""
        places = np.flatnonzero(rows) if rows.dtype == bool else rows
        return Chunk(self.rows[places], {role: cells.take(places) for role, cells in self.columns.items()})

    def add(self, given: Mapping[str, str]) -> Chunk:
        """Add columns that hold the same in each row."""
        more = {role: Cells([text] * len(self), role) for role, text in given.items()}
        return Chunk(self.rows, {**self.columns, **more})

    def is_tagged(self) -> bool:
        """Tell whether the first row is one of HXL hashtags."""
        first = [text for cells in self.columns.values() for text in cells.show(np.arange(min(len(self), 1))) if text]
        return bool(first) and all(HASHTAG.match(text) for text in first)


def _compare(values: list[Any]) -> tuple[NDArray[np.intp], list[str]]:
    codes, known = pd.factorize(np.array(_word_all(values), object))
    return codes, list(known)


def _encode(values: Any) -> tuple[NDArray[np.intp], list[str]]:
    """Number the different values of an array of Arrow."""
    import pyarrow

    try:
        values = values.dictionary_decode() if pyarrow.types.is_dictionary(values.type) else values
        found = values.dictionary_encode("encode")
        return found.indices.to_numpy().astype(np.intp), _word_all(found.dictionary)
    except pyarrow.ArrowNotImplementedError:  # of lists and the like
        return _compare(values.to_pylist())


def _word_all(values: Any) -> list[str]:
    """Write what cells hold as a text file would hold it."""
    if isinstance(values, list):
        return values if {*map(type, values)} <= {str} else [*map(_word, values)]
    if str(values.type) == "string":
        return list(values.fill_null("").to_numpy(zero_copy_only=False))
    return [*map(_word, values.to_pylist())]


def _word(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return ""
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _cast(values: Any) -> NDArray[np.float64] | None:
    """Read numbers by Arrow; None where it does not take all, as pandas takes more."""
    import pyarrow
    from pyarrow import compute

    if str(values.type) == "string":
        values = compute.if_else(compute.equal(values, ""), None, values)
    try:
        return np.asarray(values.cast(pyarrow.float64()).to_numpy(zero_copy_only=False))
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError):
        return None
