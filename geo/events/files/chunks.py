"""Files of events are read in chunks of rows, a few columns of many; memory holds one chunk at a time.

Text is parsed by Arrow, which stops at a row that has not as many cells as the header: from there Python reads on, and
says whether and why it is refused. What Arrow lets pass is looked for here: bytes that are no letter in columns that
nobody asks for, and a quote that is never closed.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import IO, Any, Literal, cast

import numpy as np

from geo.errors import EventsError
from geo.events.files.cells import Cells, Chunk
from geo.events.files.completeness import is_ended
from geo.events.files.inspect_file import (
    BROKEN,
    EventFile,
    allow_long_cells,
    import_arrow,
    load_objects,
    open_parquet,
    open_text,
    refuse_encoding,
    refuse_event_file,
    say_broken,
)  # fmt: skip
from geo.events.stores.remote_files import give_input

__all__ = ["CHUNK", "Excerpt", "Part", "list_parts", "read_chunks"]

CHUNK = 200_000
"""Rows held at once."""

BLOCK, LEAST = 1 << 20, 1 << 9
"""Bytes that are parsed at once, which stay in a processor's cache; fewer for few rows."""

END = "\x04"
"""A row below the last. Only where a quote is never closed it does not come back by itself."""

WHOLE = 'text with separators or line breaks whole in "quotes"'
UNDAMAGED = "the file as it was published, or --encoding"
COMPLETE = "the file downloaded or saved again, or this row completed or deleted"


@dataclass(frozen=True)
class Excerpt:
    """Whole rows out of a text file; the first of them begin with its header."""

    text: bytes
    is_first: bool


@dataclass(frozen=True)
class Part:
    """What one worker counts: a file, one group of rows of a Parquet file, or the rows in a span of bytes."""

    file: EventFile
    row_group: int | None = None
    span: tuple[int, int] | None = None
    excerpt: Excerpt | None = None
    """What is read instead of the file. Rows of one that is not first are numbered from 1."""


def list_parts(file: EventFile) -> tuple[Part, ...]:
    """Split a file where that costs nothing: a Parquet file into its groups of rows, any other not at all."""
    if file.kind != "parquet":
        return (Part(file),)
    with open_parquet(file.path) as source:
        groups = source.metadata.num_row_groups
    return tuple(Part(file, group) for group in range(groups)) if groups > 1 else (Part(file),)


def read_chunks(part: Part, rows: int = CHUNK) -> Iterator[tuple[Chunk, int]]:
    r"""Read the columns of a part that its format asks for, about so many rows at a time, with the bytes read so far.

    Cells are texts, empty where one is or says so; ids are written in one way. Where a row has too many or too few
    cells, a quote is never closed, or the file is damaged or changes while it is read, that is an `EventsError`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from geo.events.files.inspect_file import inspect_file
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text('id,lat,lon,note\n1,34,69,"two\nlines"\n2,35,70,\n')
    ...     [(chunk.rows.tolist(), chunk["id"].texts) for chunk, _ in read_chunks(Part(inspect_file(file)))]
    [([2, 3], ['1', '2'])]
    """
    readers = {"objects": _read_objects, "workbook": _read_workbook}
    kind, given = part.file.kind, part.file.constants
    may_be_tagged = part.row_group in (None, 0) and (part.excerpt is None or part.excerpt.is_first)
    own = {role: at for role, at in part.file.columns.items() if role not in given}
    file = replace(part.file, columns=own) if given else part.file
    part = replace(part, file=file)
    by_part = {"parquet": _read_parquet, "text": _read_text}
    for chunk, done in by_part[kind](part, rows) if kind in by_part else readers[kind](file, rows):
        taken = chunk.take(np.arange(1, len(chunk))) if may_be_tagged and chunk.is_tagged() else chunk
        yield taken.add(given) if given else taken, done
        may_be_tagged = False
    part.file.check_unchanged()


class _Utf8(io.RawIOBase):
    """The rows of a text file in UTF-8, whatever it is in, and `END`; what is no text is a `UnicodeError`."""

    def __init__(self, file: EventFile, unpacked: IO[bytes]) -> None:
        self._bytes, self._is_other, self._head = unpacked, file.encoding != "utf-8", file.head
        self._decoder, self._end = codecs.getincrementaldecoder(file.encoding)(), f"\n{END}\n".encode()
        unpacked.read(0 if self._is_other else file.head)

    def readable(self) -> bool:
        """Tell TextIOWrapper that it may read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read at most so many bytes."""
        data = b""
        while not data and self._end:
            taken = data = self._bytes.read(size // 4 if self._is_other else size)
            if self._is_other or not data or not data.isascii() or self._decoder.getstate()[0]:
                text = self._decoder.decode(taken, final=not taken)
                data = text[self._head :].encode() if self._is_other else data
                self._head = max(self._head - len(text), 0)
            if not taken:
                data, self._end = data + self._end, b""
        return data


@contextmanager
def _open(part: Part) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open the text of a part, and the file below it."""
    if part.excerpt:
        file = io.BytesIO(part.excerpt.text)
        yield file, file
    else:
        with open_text(part.file.path) as pair:
            yield pair


def _read_text(part: Part, rows: int) -> Iterator[tuple[Chunk, int]]:
    """Read by Arrow what has as many cells in each row as the header has; the rest by Python, which is slower."""
    file = part.file if part.excerpt is None or part.excerpt.is_first else replace(part.file, head=0, names=())
    done = 1 + bool(file.names)
    can_be_fast = import_arrow() is not None and file.separator.isascii()
    for is_fast in (True, False) if can_be_fast else (False,):
        try:
            with _open(part) as (unpacked, raw):
                source = _Utf8(file, unpacked)
                found = _read_even_rows(file, source, rows) if is_fast else _read_any_rows(file, source, rows, done)
                for columns in found:
                    cells = {role: Cells(columns[at], role) for role, at in file.columns.items()}
                    number = len(columns[file.columns["lon"]])
                    yield Chunk(np.arange(done, done + number), cells), raw.tell()
                    done += number
            return
        except _UnevenError:
            if part.excerpt:  # nobody knows here which row of the file that is
                refuse_event_file(file.path, "rows that are not all of the same number of cells", WHOLE)
        except csv.Error as error:
            refuse_event_file(file.path, f"{error}: after row {done - 1:,}", WHOLE)
        except UnicodeError as error:
            refuse_encoding(file.path, file.encoding, error)
        except BROKEN as error:
            refuse_event_file(file.path, f"the file cannot be read to its end: {say_broken(error)}", UNDAMAGED)


class _UnevenError(Exception):
    """A row has other cells than the header, or no end."""


def _read_even_rows(file: EventFile, source: _Utf8, rows: int) -> Iterator[Mapping[int, Any]]:
    """Read columns by their places."""
    import pyarrow
    from pyarrow import csv as parser

    last = [""]

    def judge(row: Any) -> str:
        last[0] = row.text
        is_nothing = row.actual_columns == 1 and (row.text == END or row.text.isspace())
        return "skip" if is_nothing else "error"

    places, quoted = sorted({*file.columns.values()}), file.form.quoted
    types = {str(place): pyarrow.string() for place in places}
    names, size = [*map(str, range(file.width))], min(BLOCK, rows * LEAST)
    reading = parser.ReadOptions(column_names=names, block_size=size, use_threads=False)
    quotes = {"quote_char": '"' if quoted else False, "newlines_in_values": quoted}
    parsing = parser.ParseOptions(delimiter=file.separator, invalid_row_handler=judge, **quotes)
    taking = parser.ConvertOptions(include_columns=[*types], column_types=types, check_utf8=False)
    held: list[Any] = []
    try:
        with parser.open_csv(source, reading, parsing, taking) as batches:
            for batch in itertools.chain(batches, [None]):
                held += [batch] if batch else []
                if held and (batch is None or sum(map(len, held)) >= rows):
                    columns = pyarrow.Table.from_batches(held).combine_chunks().columns
                    yield {place: column.chunk(0) for place, column in zip(places, columns, strict=True)}
                    held = []
    except pyarrow.ArrowInvalid as error:
        raise _UnevenError from error
    if last[0] != END:
        raise _UnevenError


def _read_any_rows(file: EventFile, source: _Utf8, rows: int, first: int) -> Iterator[Mapping[int, list[str]]]:
    """Read columns by their places from some row on; one may be a note of one cell, or have empty cells too many."""
    places, width, number = sorted({*file.columns.values()}), file.width, int(bool(file.names))
    last, held, pick = [""] * width, list[tuple[str, ...]](), itemgetter(*places)
    quoting: Literal[0, 3] = 0 if file.form.quoted else 3
    lines = io.TextIOWrapper(cast("IO[bytes]", source), "utf-8", newline="")
    with allow_long_cells():
        for row in csv.reader(lines, delimiter=file.separator, quoting=quoting):
            if not row or (len(row) == 1 and (row[0].isspace() or row[0] == END)):
                continue
            last, number = row, number + 1
            if len(row) != width:
                _judge(file, row, number)
            if number >= first:
                held.append(pick(row if len(row) >= width else [*row, *[""] * width]))
            if len(held) == rows:
                yield dict(zip(places, map(list, zip(*held, strict=True)), strict=True))
                held = []
    _judge(file, last, number, is_cut=len(last) < width and not is_ended(file.path))
    if held:
        yield dict(zip(places, map(list, zip(*held, strict=True)), strict=True))


def _judge(file: EventFile, row: Sequence[str], number: int, *, is_cut: bool = False) -> None:
    """Refuse a row that is not as it should be, unless its cells too many are empty or it is of one cell."""
    if row[-1].endswith(f"\n{END}\n"):
        refuse_event_file(file.path, f"a quote that is never closed: row {number:,}", WHOLE)
    if any(row[file.width :]):
        refuse_event_file(file.path, f"a row of more cells than the header has: row {number:,}", WHOLE)
    if 1 < len(row) < file.width or (is_cut and len(row) < file.width):
        told = f"a row of {len(row)} cells, where the header has {file.width}: row {number:,}"
        refuse_event_file(file.path, told, COMPLETE)


def _read_objects(file: EventFile, rows: int) -> Iterator[tuple[Chunk, int]]:
    taken = load_objects(file.path, file.encoding).rows
    for begin in range(0, len(taken), rows):
        part = taken[begin : begin + rows]
        done = begin + len(part)
        yield _make_chunk(range(begin + 1, done + 1), part, file), done * file.size // len(taken)


def _read_workbook(file: EventFile, rows: int) -> Iterator[tuple[Chunk, int]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(give_input(file.path), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        cells = enumerate(sheet.iter_rows(min_row=2, values_only=True), 2)
        done = 0
        while taken := list(itertools.islice(cells, rows)):
            done += len(taken)
            filled = {number: row for number, row in taken if any(cell is not None for cell in row)}
            read = min(file.size, done * file.size // max(sheet.max_row or done, done))
            yield _make_chunk([*filled], [*filled.values()], file), read
        book.close()
    except Exception as error:  # openpyxl lets errors of every class out of a broken file
        if isinstance(error, MemoryError | EventsError):
            raise
        refuse_event_file(file.path, "a damaged workbook", "a workbook saved again as .xlsx, or CSV")


def _make_chunk(numbers: Sequence[int], rows: Sequence[Sequence[Any]], file: EventFile) -> Chunk:
    """Put rows of values into columns; a row may end early."""
    columns = {role: [row[at] if at < len(row) else None for row in rows] for role, at in file.columns.items()}
    return Chunk(np.array(numbers, np.int64), {role: Cells(values, role) for role, values in columns.items()})


def _read_parquet(part: Part, rows: int) -> Iterator[tuple[Chunk, int]]:
    import pyarrow

    file = part.file
    source = open_parquet(file.path)
    names = {role: file.names[at] for role, at in file.columns.items()}
    groups = None if part.row_group is None else [part.row_group]
    total, done = max(source.metadata.num_rows, 1), 0
    before = sum(source.metadata.row_group(group).num_rows for group in range(part.row_group or 0))
    with source:
        batches = source.iter_batches(batch_size=rows, columns=sorted({*names.values()}), row_groups=groups)
        try:
            for batch in batches:
                numbers = np.arange(before + done + 2, before + done + len(batch) + 2)
                done += len(batch)
                cells = {role: Cells(batch.column(name), role) for role, name in names.items()}
                yield Chunk(numbers, cells), done * file.size // total
        except (pyarrow.ArrowException, OSError) as error:
            refuse_event_file(file.path, f"a damaged Parquet file: {str(error).splitlines()[0][:100]}", UNDAMAGED)
