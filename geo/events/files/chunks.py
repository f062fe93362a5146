"""Files of events are read in chunks of rows, as texts, a few columns of many; memory holds one chunk at a time."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import numpy as np
import pandas as pd

from geo.events.files.cell_values import HASHTAG, empty_nothing, write_ids
from geo.events.files.completeness import find_short_row
from geo.events.files.inspect_file import (
    BROKEN,
    EventFile,
    load_objects,
    open_parquet,
    open_text,
    refuse_event_file,
    say_broken,
)

__all__ = ["CHUNK", "Part", "list_parts", "read_chunks"]

CHUNK = 200_000
"""Rows held at once."""

MARKED = 4
"""Columns kept beyond the last, in which a row with too many cells shows."""

QUOTE_OPEN = re.compile(r"EOF inside string starting at row (\d+)")
TOO_MANY = "a row of more cells than the header has"
WHOLE = 'text with separators or line breaks whole in "quotes"'
UNDAMAGED = "the file as it was published, or --encoding"


@dataclass(frozen=True)
class Part:
    """What one worker counts: a file, or one group of rows of a Parquet file."""

    file: EventFile
    row_group: int | None = None


def list_parts(file: EventFile) -> tuple[Part, ...]:
    """Split a file where that costs nothing: a Parquet file into its groups of rows, any other not at all."""
    if file.kind != "parquet":
        return (Part(file),)
    groups = open_parquet(file.path).metadata.num_row_groups
    return tuple(Part(file, group) for group in range(groups)) if groups > 1 else (Part(file),)


def read_chunks(part: Part, rows: int = CHUNK) -> Iterator[tuple[pd.DataFrame, int]]:
    r"""Read the columns of a part that its format asks for, so many rows at a time, with the bytes read so far.

    Cells are texts, empty where one is or says so; ids are written in one way. Columns are those of
    `EventFile.columns`, the index tells in which row of the file each stands, the header's is 1. Where a row has too
    many cells, a quote is never closed, or the file is damaged or changes while it is read, that is an `EventsError`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from geo.events.files.inspect_file import inspect_file
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text('id,lat,lon,note\n1,34,69,"two\nlines"\n2,35,70,\n')
    ...     [chunk.values.tolist() for chunk, _ in read_chunks(Part(inspect_file(file)))]
    [[['1', '34', '69'], ['2', '35', '70']]]
    """
    file = part.file
    if file.kind == "parquet":
        found = _read_parquet(part, rows)
    elif file.kind == "objects":
        found = _read_objects(file, rows)
    elif file.kind == "workbook":
        found = _read_workbook(file, rows)
    else:
        found = _read_text(file, rows)
    first = True
    for chunk, done in found:
        if first and part.row_group in (None, 0) and _is_tagged(chunk):
            chunk = chunk.iloc[1:]
        first = False
        yield _clean(chunk), done
    file.check_unchanged()


def _is_tagged(chunk: pd.DataFrame) -> bool:
    """Tell whether the first row is one of HXL hashtags."""
    cells = [str(cell) for cell in chunk.iloc[0] if str(cell)] if len(chunk) else []
    return bool(cells) and all(HASHTAG.match(cell) for cell in cells)


def _clean(chunk: pd.DataFrame) -> pd.DataFrame:
    chunk = empty_nothing(chunk)
    return chunk.assign(id=write_ids(chunk["id"])) if "id" in chunk else chunk


class _WithHeader(io.RawIOBase):
    """Bytes after others. pandas takes a row with too many cells only where a header has a column for them."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _read_text(file: EventFile, rows: int) -> Iterator[tuple[pd.DataFrame, int]]:
    order = sorted(file.columns, key=lambda role: file.columns[role])
    places = sorted({*file.columns.values()})
    last, is_whole = str(file.width - 1), False
    start = 1 + bool(file.names)
    try:
        with open_text(file.path) as (unpacked, raw):
            beyond = range(file.width, file.width + MARKED)
            names = file.separator.join(map(str, range(beyond.stop))) + "\n"
            reader = pd.read_csv(
                # As objects, for pandas 3 copies what is str into Arrow, which takes a third as long as to parse it.
                _skip_header(file, unpacked, names), sep=file.separator, dtype=object, na_filter=False, index_col=False,
                usecols=sorted({*places, file.width - 1, *beyond}), chunksize=rows, encoding="utf-8", engine="c",
                quoting=0 if file.form.quoted else 3,
            )  # fmt: skip
            with reader:
                for chunk in reader:
                    extra = np.logical_or.reduce([chunk[str(place)].to_numpy() != "" for place in beyond])
                    if extra.any():
                        refuse_event_file(file.path, f"{TOO_MANY}: row {start + int(extra.argmax()):,}", WHOLE)
                    if not is_whole and (chunk[last].to_numpy() == "").any():
                        _check_whole(file)
                        is_whole = True
                    numbers = range(start, start + len(chunk))
                    start += len(chunk)
                    found = pd.DataFrame({role: chunk[str(file.columns[role])] for role in order})
                    yield found.set_axis(numbers, axis="index"), raw.tell()
    except pd.errors.ParserError as error:
        if match := QUOTE_OPEN.search(str(error)):
            refuse_event_file(
                file.path, f"a quote that is never closed: row {int(match[1]) + bool(file.names):,}", WHOLE
            )
        refuse_event_file(file.path, str(error).splitlines()[0], WHOLE)
    except UnicodeError as error:
        refuse_event_file(
            file.path, f"the file is not {file.encoding}: {error}", "--encoding, such as cp1252 or utf-16"
        )
    except BROKEN as error:
        refuse_event_file(file.path, f"the file cannot be read to its end: {say_broken(error)}", UNDAMAGED)


def _check_whole(file: EventFile) -> None:
    """Refuse a file with a row that ends early: pandas fills it up, so that cells of others might be missing unseen."""
    if found := find_short_row(file):
        number, cells = found
        told = f"a row of {cells} cells, where the header has {file.width}: row {number:,}"
        refuse_event_file(file.path, told, "the file downloaded or saved again, or this row completed or deleted")


def _skip_header(file: EventFile, unpacked: IO[bytes], names: str) -> Any:
    """Put a header with a column more in place of the file's own."""
    if file.encoding == "utf-8":
        unpacked.read(file.head)
        return io.BufferedReader(_WithHeader(names.encode(), unpacked))
    text = io.TextIOWrapper(unpacked, file.encoding, newline="")
    text.read(file.head)
    return _TextWithHeader(names, text)


class _TextWithHeader(io.TextIOBase):
    """Letters after others."""

    def __init__(self, head: str, rest: IO[str]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        head, self._head = self._head, ""
        return head or self._rest.read(-1 if size is None else size)


def _read_objects(file: EventFile, rows: int) -> Iterator[tuple[pd.DataFrame, int]]:
    taken = load_objects(file.path, file.encoding).rows
    for begin in range(0, len(taken), rows):
        part = dict(enumerate(taken[begin : begin + rows], begin + 1))
        yield word_rows(part, file.columns), (begin + len(part)) * file.size // len(taken)


def _read_workbook(file: EventFile, rows: int) -> Iterator[tuple[pd.DataFrame, int]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(file.path, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        cells = enumerate(sheet.iter_rows(min_row=2, values_only=True), 2)
        done = 0
        while taken := list(itertools.islice(cells, rows)):
            done += len(taken)
            filled = {number: row for number, row in taken if any(cell is not None for cell in row)}
            yield word_rows(filled, file.columns), min(file.size, done * file.size // max(sheet.max_row or done, done))
        book.close()
    except Exception as error:  # openpyxl lets errors of every class out of a broken file
        if isinstance(error, MemoryError):
            raise
        refuse_event_file(file.path, "a damaged workbook", "a workbook saved again as .xlsx, or CSV")


def word_rows(rows: Mapping[int, Sequence[Any]], columns: Mapping[str, int]) -> pd.DataFrame:
    """Write rows of values, by their numbers, as a text file would hold them; a row may end early."""
    cells = {role: [_word(row[at] if at < len(row) else None) for row in rows.values()] for role, at in columns.items()}
    return pd.DataFrame(cells, index=list(rows), dtype=object)


def _word(value: Any) -> str:
    """Write what a cell holds as a text file would hold it."""
    if value is None or value != value:
        return ""
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read_parquet(part: Part, rows: int) -> Iterator[tuple[pd.DataFrame, int]]:
    import pyarrow

    file = part.file
    source = open_parquet(file.path)
    names = {role: file.names[at] for role, at in file.columns.items()}
    groups = None if part.row_group is None else [part.row_group]
    total, done = max(source.metadata.num_rows, 1), 0
    before = sum(source.metadata.row_group(group).num_rows for group in range(part.row_group or 0))
    with source:
        batches = source.iter_batches(batch_size=rows, columns=sorted({*names.values()}), row_groups=groups)
        while True:
            try:
                batch = next(batches, None)
            except (pyarrow.ArrowException, OSError) as error:
                refuse_event_file(file.path, f"a damaged Parquet file: {str(error).splitlines()[0][:100]}", UNDAMAGED)
            if batch is None:
                return
            numbers = range(before + done + 2, before + done + len(batch) + 2)
            done += len(batch)
            found = pd.DataFrame({role: _word_all(batch.column(name)) for role, name in names.items()})
            yield found.set_axis(numbers, axis="index"), done * file.size // total


def _word_all(column: Any) -> pd.Series[str]:
    """Write a column of Arrow, by Arrow where it can: in pandas a whole number beside nothing would become a float."""
    import pyarrow
    from pyarrow import compute

    kind, types = column.type, pyarrow.types
    if types.is_floating(kind):
        column = compute.if_else(compute.is_nan(column), None, column)
    elif types.is_timestamp(kind) or types.is_date(kind):
        column = compute.strftime(column, "%Y-%m-%d")
    elif not (types.is_integer(kind) or types.is_string(kind) or types.is_large_string(kind)):
        return pd.Series([_word(value) for value in column.to_pylist()], dtype=object)
    words: pd.Series[str] = column.cast(pyarrow.string()).fill_null("").to_pandas()
    return words
