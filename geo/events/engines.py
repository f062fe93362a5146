"""Parts are counted one after the other, here; or by any other engine that gives the same two answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from geo.events.count_chunk import Rules, count_chunk
from geo.events.files.cells import Chunk
from geo.events.files.chunks import CHUNK, Part, read_chunks
from geo.events.tally import Counts, add_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

__all__ = ["Engine", "LocalEngine", "PartCount", "count_part", "take_repeated"]


@dataclass(frozen=True, eq=False)
class PartCount:
    """What a part comes to, and 64 bits of the id of each of its events that is in a unit and in time."""

    counts: Counts
    ids: Hashes
    last: int = 0
    """The number of its last row, where rows are numbered."""


def _tell_nobody(rows: int, done: int) -> None:
    """Take progress and do nothing with it."""


def count_part(
    part: Part, rules: Rules, rows: int = CHUNK, tell: Callable[[int, int], None] = _tell_nobody
) -> PartCount:
    """Count one part, so many rows at a time, with the errors of `geo.events.files.chunks.read_chunks`.

    ``tell`` is told after each chunk how many rows it had, and how many bytes of the file are read.
    """
    ids: list[Hashes] = [np.zeros(0, np.uint64)]
    last = 0

    def count_all() -> Iterator[Counts]:
        nonlocal last
        for chunk, done in read_chunks(part, rows):
            counts, _, hashes = count_chunk(chunk, part.file.form, rules)
            ids.append(hashes)
            last = max([last, *chunk.rows[-1:].tolist()])
            tell(len(chunk), done)
            yield counts

    counts = add_counts(count_all())
    return PartCount(counts, np.concatenate(ids), last)


def take_repeated(part: Part, rules: Rules, repeated: Hashes, rows: int = CHUNK) -> Iterator[Chunk]:
    """Take the events of a part whose ids may stand twice, chunk by chunk.

    ``repeated`` are 64 bits of each such id, sorted.
    """
    for chunk, _ in read_chunks(part, rows):
        if "id" in chunk:
            _, found, hashes = count_chunk(chunk, part.file.form, rules)
            yield chunk.take(found[np.isin(hashes, repeated)])


class Engine(Protocol):
    """Counts parts, in whatever order; and takes events that may stand twice, in the order in which they stand."""

    def count(self, parts: Sequence[Part], rules: Rules) -> Iterator[tuple[int, PartCount]]:
        """Count parts; yields the place of each in the list and what it comes to."""

    def take(self, parts: Sequence[Part], rules: Rules, repeated: Hashes) -> Iterator[tuple[int, Chunk]]:
        """Take events whose ids may stand twice; yields the place of their part, and some of them."""


@dataclass(frozen=True)
class LocalEngine:
    """Counts on this machine, a chunk of ``rows`` at a time.

    ``tell`` is told of each chunk: the place of its part, rows, bytes of the file read.
    """

    rows: int = CHUNK
    tell: Callable[[int, int, int], None] | None = None

    def count(self, parts: Sequence[Part], rules: Rules) -> Iterator[tuple[int, PartCount]]:
        """Count parts one after the other."""
        for place, part in enumerate(parts):
            tell = partial(self.tell, place) if self.tell else _tell_nobody
            yield place, count_part(part, rules, self.rows, tell)

    def take(self, parts: Sequence[Part], rules: Rules, repeated: Hashes) -> Iterator[tuple[int, Chunk]]:
        """Read the parts again."""
        for place, part in enumerate(parts):
            for rows in take_repeated(part, rules, repeated, self.rows):
                yield place, rows
