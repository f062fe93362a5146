"""Rows of a file as columns of cells: each different text of a column is taken in hand once, however often it stands."""

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

__all__ = ["Cells", "Chunk", "word"]

PLACES = ("lon", "lat")


class Cells:
    """The cells of a column, as Python or Arrow holds them: ``texts`` are what stands there, ``codes`` which in which row.

    A text may stand among the texts twice. ``role`` is what the column is, by the names of `EventFile.columns`.

    Examples
    --------
    >>> cells = Cells(["b", None, 2.0, "b"], "actor0")
    >>> cells.texts, cells.codes.tolist(), cells.ask(len, int).tolist()
    (['b', '', '2', 'b'], [0, 1, 2, 3], [1, 0, 1, 1])
    """

    def __init__(self, values: Any, role: str) -> None:
        self._values, self._role = values, role

    @cached_property
    def _distinct(self) -> tuple[NDArray[np.intp], list[str]]:
        is_id = self._role == "id"
        codes, texts = _number_texts(self._values, differ=is_id)
        texts = empty_nothing(texts, is_place=self._role in PLACES)
        return codes, write_ids(texts) if is_id else texts

    @property
    def codes(self) -> NDArray[np.intp]:
        return self._distinct[0]

    @property
    def texts(self) -> list[str]:
        return self._distinct[1]

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """The cells as numbers, NaN where one is none."""
        found = None if isinstance(self._values, list) else _read_numbers(self._values)
        return self.read(read_numbers) if found is None else found

    def read(self, reader: Callable[[list[str]], NDArray[Any]]) -> NDArray[Any]:
        """Read each cell by what reads a list of texts, those of one text once."""
        return reader(self.texts)[self.codes]

    def ask(self, question: Callable[[str], Any], kind: Any) -> NDArray[Any]:
        """Ask something of each cell, of cells of one text once."""
        return np.array([question(text) for text in self.texts], kind)[self.codes]

    def show(self, rows: NDArray[Any]) -> list[str]:
        """List the texts of some rows, given by their places or by flags."""
        taken = self.take(np.flatnonzero(rows) if rows.dtype == bool else rows)
        return [taken.texts[code] for code in taken.codes.tolist()]

    def take(self, rows: NDArray[Any]) -> Cells:
        """Take some rows, given by their places."""
        values = self._values
        taken = [values[at] for at in rows.tolist()] if isinstance(values, list) else _take(values, rows)
        return Cells(taken, self._role)


def join_cells(columns: Sequence[Cells], sign: str) -> tuple[NDArray[np.intp], list[str]]:
    """Join the cells of each row: places among the different ones, and these.

    Examples
    --------
    >>> codes, texts = join_cells([Cells(["a", "b", "a"], "part0"), Cells(["1", "1", "1"], "part1")], "-")
    >>> texts, codes.tolist()
    (['a-1', 'b-1'], [0, 1, 0])
    """
    codes, texts = columns[0].codes, columns[0].texts
    for each in columns[1:]:
        codes, known = pd.factorize(codes * len(each.texts) + each.codes)
        ends = len(each.texts)
        texts = [texts[pair // ends] + sign + each.texts[pair % ends] for pair in known.tolist()]
    return codes, texts


@dataclass(frozen=True, eq=False)
class Chunk:
    """Rows of a file: in which row of it each stands, the header's is 1, and cells by the names of `EventFile.columns`."""

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

    def is_tagged(self) -> bool:
        """Tell whether the first row is one of HXL hashtags."""
        first = [text for cells in self.take(np.arange(min(len(self), 1))).columns.values() for text in cells.texts]
        return any(first) and all(HASHTAG.match(text) for text in first if text)


def word(value: Any) -> str:
    """Write what a cell holds as a text file would hold it.

    Examples
    --------
    >>> [word(value) for value in (2.0, 2.5, None, date(2020, 7, 1), "2.0")]
    ['2', '2.5', '', '2020-07-01', '2.0']
    """
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return ""
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _number_texts(values: Any, *, differ: bool) -> tuple[NDArray[np.intp], list[str]]:
    """Number the different texts of values; those that differ all but a few are not compared, nor are a few of Python."""
    if isinstance(values, list):
        return np.arange(len(values)), [*map(word, values)]
    import pyarrow

    values = values.dictionary_decode() if pyarrow.types.is_dictionary(values.type) else values
    if not differ:
        try:
            found = values.dictionary_encode(null_encoding="encode")
            return found.indices.to_numpy().astype(np.intp), _word_all(found.dictionary)
        except pyarrow.ArrowNotImplementedError:  # lists and the like
            pass
    return np.arange(len(values)), _word_all(values)


def _word_all(values: Any) -> list[str]:
    import pyarrow

    if pyarrow.types.is_string(values.type):
        return list(values.fill_null("").to_numpy(zero_copy_only=False))
    return [*map(word, values.to_pylist())]


def _take(values: Any, rows: NDArray[Any]) -> Any:
    import pyarrow

    return values.take(pyarrow.array(rows))


def _read_numbers(values: Any) -> NDArray[np.float64] | None:
    """Read numbers by Arrow, which does not take all that pandas takes; None where there are others."""
    import pyarrow
    from pyarrow import compute

    if pyarrow.types.is_string(values.type):
        values = compute.if_else(compute.equal(values, ""), None, values)
    try:
        return np.asarray(values.cast(pyarrow.float64()).to_numpy(zero_copy_only=False))
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError):
        return None
