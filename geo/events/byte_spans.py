"""A large text file is counted by spans of bytes, side by side: each is whole rows, or the file is counted whole.

A line break within quotes ends no row, and from the middle of a file nobody sees whether it stands within. But quotes
that stand as they should, behind a separator or before one, tell it: they fit in one way only. So a span says how it
took its quotes, how many they are and which rows it counted; together the spans then prove each other from the
beginning of the file on, where it is known. Whatever does not fit, or is refused, is counted or refused by who reads
the file whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

import numpy as np

from geo.events.count_chunk import Rules
from geo.events.engines import PartCount, count_part
from geo.events.files.chunks import Excerpt, Part
from geo.events.files.inspect_file import EventFile, import_arrow
from geo.events.stores.remote_files import open_source
from geo.events.tally import add_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.intp]
    Signs = NDArray[np.uint8]

__all__ = ["SPAN", "SpanCount", "count_span", "join_spans", "list_spans", "take_rows"]

SPAN = 64 << 20
"""Bytes of a span: half a second's work."""

TAIL, LONGEST_ROW = 1 << 20, 16 << 20
QUOTE, LINE_END, BOM = ord('"'), ord("\n"), "\ufeff".encode()


@dataclass(frozen=True)
class SpanCount:
    """What the rows of a span come to: where they begin and end, and what its quotes say."""

    counted: PartCount
    begin: int
    end: int
    is_within: bool
    """Whether the span begins within quotes."""
    quotes: int


def list_spans(part: Part, size: int = SPAN) -> tuple[Part, ...]:
    """Split a part that is a large text file into spans; any other is left whole."""
    file = part.file
    is_plain = file.kind == "text" and file.encoding == "utf-8" and file.separator.isascii() and import_arrow()
    if not is_plain or file.size < 2 * size:
        return (part,)
    with open_source(file.path) as source:
        if source.read(2) in (b"\x1f\x8b", b"PK"):
            return (part,)
    edges = [*range(0, file.size - size // 2, size), file.size]
    return tuple(Part(file, span=pair) for pair in itertools.pairwise(edges))


def count_span(part: Part, rules: Rules, rows: int) -> SpanCount | None:
    """Count the rows that begin in a span, or none of them where it is not clear which these are."""
    found = _read(part)
    if found is None:
        return None
    excerpt, begin, is_within, quotes = found
    counted = count_part(replace(part, excerpt=excerpt), rules, rows)
    return SpanCount(counted, begin, begin + len(excerpt.text), is_within, quotes)


def take_rows(part: Part) -> Part:
    """Take the rows of a span that was counted, which are then read in its stead."""
    found = _read(part) if part.span else None
    return replace(part, excerpt=found[0]) if found else part


def join_spans(file: EventFile, spans: Sequence[SpanCount | None]) -> PartCount | None:
    """Join the counts of all spans of a file, if they prove that each of its rows is in one of them."""
    is_within, end, last = False, 0, 0
    counts, ids = [], []
    for span in spans:
        if span is None or (span.begin, span.is_within) != (end, is_within):
            return None
        is_within ^= bool(span.quotes % 2)
        samples = span.counted.counts.samples.items()
        moved = {key: tuple((path, row + last, cell) for path, row, cell in cells) for key, cells in samples}
        counts.append(replace(span.counted.counts, samples=moved))
        ids.append(span.counted.ids)
        # The first may hold a header alone, which is a row as well.
        end, last = span.end, last + max(span.counted.last, bool(file.names) if not span.begin else 0)
    if is_within or end != file.size:
        return None
    return PartCount(add_counts(counts), np.concatenate(ids), last)


def _read(part: Part) -> tuple[Excerpt, int, bool, int] | None:
    """Read the rows that begin in a span; tell where they do, whether it begins within quotes, and how many it has."""
    begin, end = part.span or (0, 0)
    with open_source(part.file.path) as source:
        source.seek(max(begin - 1, 0))
        before = source.read(1) if begin else b""
        data = _read_bytes(source, end - begin)
        rest = source.read(TAIL)
        quotes = _find(data, QUOTE) if part.file.form.quoted else np.zeros(0, np.intp)
        around = _look_around(data, quotes, before, rest[:1] or b"\n")
        ways = (False, True) if begin else (False,)
        fits = (way for way in ways if _fits(*around, part.file.separator, is_within=way))
        is_within = next(fits, None)
        if is_within is None:
            return None
        start = _find_row(data, quotes, is_within=is_within) if begin else 0
        inside = is_within ^ bool(len(quotes) % 2)
        tail = b""
        while rest and len(tail) < LONGEST_ROW:
            own = _find(rest, QUOTE) if part.file.form.quoted else quotes[:0]
            stop = _find_row(rest, own, is_within=inside)
            tail += rest if stop is None else rest[:stop]
            if stop is not None:
                break
            inside ^= bool(len(own) % 2)
            rest = source.read(TAIL)
        else:
            if rest:
                return None
    if start is None:
        return None
    text = b"".join([memoryview(data)[start:], tail])
    return Excerpt(text, is_first=begin == 0), begin + start, is_within, len(quotes)


def _read_bytes(source: IO[bytes], size: int) -> bytes:
    data = source.read(size)
    while len(data) < size and (more := source.read(size - len(data))):
        data += more
    return data


def _find(data: bytes, sign: int) -> Places:
    return np.flatnonzero(np.frombuffer(data, np.uint8) == sign)


def _look_around(data: bytes, quotes: Places, before: bytes, behind: bytes) -> tuple[Signs, Signs]:
    """Return what stands before each quote and behind it; a mark of the order of bytes is nothing."""
    text = np.frombuffer(data + behind, np.uint8) if len(quotes) and quotes[-1] + 1 == len(data) else None
    text = np.frombuffer(data, np.uint8) if text is None else text
    previous, following = text[quotes - 1], text[quotes + 1]
    if len(quotes) and (quotes[0] == 0 or (not before and data.startswith(BOM) and quotes[0] == len(BOM))):
        previous[0] = before[0] if before else LINE_END
    return previous, following


def _fits(previous: Signs, following: Signs, separator: str, *, is_within: bool) -> bool:
    """Tell whether each quote that opens stands behind a separator, and each that closes before one.

    One that stands for itself is two, which close and open.
    """
    allowed = np.zeros(256, bool)
    allowed[[*map(ord, f'{separator}\r\n"')]] = True
    opening, closing = previous[int(is_within) :: 2], following[int(not is_within) :: 2]
    return bool(allowed[opening].all() and allowed[closing].all())


def _find_row(data: bytes, quotes: Places, *, is_within: bool) -> int | None:
    """Find where the first row begins behind a line end that stands in no quotes."""
    for begin in range(0, len(data), TAIL):
        ends = _find(data[begin : begin + TAIL], LINE_END) + begin
        found = ends[(np.searchsorted(quotes, ends) + is_within) % 2 == 0]
        if len(found):
            return int(found[0]) + 1
    return None
