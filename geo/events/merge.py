"""All parts become one count: each event once, however often its id stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import EventsError, Problem
from geo.events.count_chunk import Rules, count_chunk
from geo.events.engines import Engine, PartCount
from geo.events.files.cells import Chunk
from geo.events.files.chunks import Part
from geo.events.files.formats import EventFormat
from geo.events.files.inspect_file import EventFile
from geo.events.periods import find_days
from geo.events.tally import Counts, add_counts, name_file, subtract_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Repeats", "Totals", "count_all"]

AT_ONCE = 16
"""Counts of parts kept before they are added up."""


@dataclass(frozen=True)
class Repeats:
    """Events whose id stood before, by the file of the first and that of the other.

    ``differing`` counts those among them that have another place, date or actor; where rows bear a stamp, by which the
    ``newest`` is taken, those of the same stamp.
    """

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    differing: Mapping[tuple[str, str], int] = field(default_factory=dict)
    newest: bool = False


@dataclass(frozen=True)
class Totals:
    """What all events come to.

    ``unnumbered`` are files without ids, in which what stands twice cannot be seen; ``blank`` counts events without
    one in the others.
    """

    counts: Counts
    repeats: Repeats
    unnumbered: tuple[str, ...]
    blank: int = 0


def count_all(
    parts: Sequence[Part], rules: Rules, engine: Engine, *, known: Mapping[int, PartCount] | None = None,
    keep: Callable[[int, PartCount], None] | None = None,
) -> Totals:  # fmt: skip
    """Count all parts; an event whose id stands in several rows counts once, as the first that counts has it.

    Where rows bear a stamp, it is the one with the highest.

    ``known`` are parts that were counted before, by their place; ``keep`` is given the place of each part and what it
    comes to. Besides what `geo.events.files.chunks.read_chunks` raises, it is an `EventsError` where most ids that
    stand twice are of different events.
    """
    known = known or {}
    counted = [name_file(each.counts, parts[place].file.path) for place, each in known.items()]
    ids = {place: each.ids for place, each in known.items()}
    left = [place for place in range(len(parts)) if place not in known]
    for turn, tallied in engine.count([_drop_stamp(parts[place]) for place in left], rules):
        counted.append(name_file(tallied.counts, parts[left[turn]].file.path))
        ids[left[turn]] = tallied.ids
        if keep:
            keep(left[turn], tallied)
        if len(counted) >= AT_ONCE:
            counted = [add_counts(counted)]
    counts = add_counts(counted)
    twice = _find_repeated(list(ids.values()))
    counts, repeats = _drop_repeats(counts, twice, ids, parts, rules, engine)
    unnumbered = dict.fromkeys(part.file.path for part in parts if "id" not in part.file.columns)
    return Totals(counts, repeats, tuple(unnumbered), counts.notes.get("no_id", 0))


def _find_repeated(ids: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Find what stands more than once in some arrays."""
    found = np.concatenate([*ids, np.zeros(0, np.uint64)])
    found.sort()
    return np.unique(found[1:][found[1:] == found[:-1]])


def _drop_repeats(
    counts: Counts, twice: NDArray[np.uint64], ids: Mapping[int, NDArray[np.uint64]], parts: Sequence[Part],
    rules: Rules, engine: Engine,
) -> tuple[Counts, Repeats]:  # fmt: skip
    """Read again the parts that hold ids which stand twice, and take all but the first of each out of the counts."""
    again = [place for place in sorted(ids) if len(twice) and np.isin(ids[place], twice).any()]
    taken = engine.take([parts[place] for place in again], rules, twice)
    is_stamped = any("stamp" in parts[place].file.columns for place in again)
    held = [*taken] if is_stamped else []
    seen = _Seen(_find_newest(chunk for _, chunk in held) if is_stamped else None)
    for turn, chunk in held or taken:
        part = parts[again[turn]]
        extra = count_chunk(chunk.take(seen.find_known(chunk, part.file)), part.file.form, rules)[0]
        counts = subtract_counts(counts, extra) if extra.tally.get("read") else counts
    repeats = Repeats(dict(sorted(seen.repeats.items())), dict(sorted(seen.differing.items())), is_stamped)
    _check_same(repeats)
    return counts, repeats


def _drop_stamp(part: Part) -> Part:
    """Leave the stamp out, which is needed only of what stands twice."""
    columns = {role: at for role, at in part.file.columns.items() if role != "stamp"}
    return replace(part, file=replace(part.file, columns=columns))


def _read_stamps(chunk: Chunk) -> list[float]:
    return np.nan_to_num(chunk["stamp"].numbers, nan=-1.0).tolist() if "stamp" in chunk else [-1.0] * len(chunk)


def _find_newest(chunks: Iterable[Chunk]) -> dict[str, float]:
    """Find the highest stamp of each id."""
    newest: dict[str, float] = {}
    for chunk in chunks:
        for id_, stamp in zip(chunk["id"].show(np.arange(len(chunk))), _read_stamps(chunk), strict=True):
            newest[id_] = max(stamp, newest.get(id_, stamp))
    return newest


class _Seen:
    """The first event of each id, or its newest: its file, and what its row says of place, date and actors."""

    def __init__(self, newest: Mapping[str, float] | None) -> None:
        self._newest = newest
        self._first: dict[str, tuple[str, int]] = {}
        self.repeats: Counter[tuple[str, str]] = Counter()
        self.differing: Counter[tuple[str, str]] = Counter()

    def find_known(self, chunk: Chunk, file: EventFile) -> NDArray[np.bool_]:
        """Tell which events have an id that stood before, and note them."""
        ids = chunk["id"].show(np.arange(len(chunk)))
        stamps = _read_stamps(chunk) if self._newest else [0.0] * len(ids)
        rows = zip(ids, _tell(chunk, file.form), stamps, strict=True)
        return np.array([self._is_old(id_, stamp, file.path) or self._is_known(id_, hash(said), file.path)
                         for id_, said, stamp in rows], bool)  # fmt: skip

    def _is_old(self, id_: str, stamp: float, path: str) -> bool:
        """Tell whether there is a newer row, and note it."""
        is_old = self._newest is not None and stamp < self._newest[id_]
        if is_old:
            self.repeats[path, path] += 1
        return is_old

    def _is_known(self, id_: str, said: int, path: str) -> bool:
        if id_ not in self._first:
            self._first[id_] = path, said
            return False
        first, before = self._first[id_]
        self.repeats[first, path] += 1
        self.differing[first, path] += before != said
        return True


def _tell(chunk: Chunk, form: EventFormat) -> Iterator[tuple[object, ...]]:
    """Tell of each event place, days and actors, in the same way however its file writes numbers and dates."""
    places = [chunk[name].numbers.tolist() for name in ("lon", "lat")]
    days = [each.tolist() for each in find_days(chunk, form)]
    cells = [each for name, each in chunk.columns.items() if name.startswith(("actor", "list"))]
    actors = [[text.strip() for text in each.show(np.arange(len(chunk)))] for each in cells]
    return zip(*places, *days, *actors, strict=True)


def _check_same(repeats: Repeats) -> None:
    """Refuse files in which an id does not mean an event: most of what stands twice differs."""
    problems = [
        Problem(
            second,
            f"{number:,} ids that stand {'twice' if first == second else f'in {first} too'}, "
            f"{differing:,} of them with another place, date or actor",
            "ids that mean an event, one row each; a format .toml without `id` counts every row",
        )
        for (first, second), number in repeats.counts.items()
        if (differing := repeats.differing.get((first, second), 0)) * 2 > number
    ]
    if problems:
        raise EventsError(problems)
