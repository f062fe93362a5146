"""What a part comes to, as bytes: so that a run that was stopped need not count again what it had counted."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from datetime import date

import numpy as np

from geo import __version__
from geo.events.count_chunk import GRAIN, Rules
from geo.events.engines import PartCount
from geo.events.files.chunks import Part
from geo.events.periods import UNSURE
from geo.events.stores.addresses import Address
from geo.events.tally import NOTES, REASONS, Counts

__all__ = ["dump_part_count", "name_part", "parse_part_count"]

VERSION = 6
LAST_DAY = date.max.toordinal()
PERIODS = {
    "year": (1, 9999), "quarter": (4, 4 * 10_000 - 1), "month": (12, 12 * 10_000 - 1), "week": (0, LAST_DAY // 7),
    "day": (1, LAST_DAY),
}  # fmt: skip
"""The first and the last period of each length, by `geo.events.periods.number_periods`."""


def name_part(part: Part, rules: Rules) -> str:
    """Name a part, as it is now, counted by some rules: the same only where nothing that matters differs.

    Examples
    --------
    >>> from geo.events.point_in_unit import Units
    >>> from geo.events.files.inspect_file import EventFile
    >>> from geo.events.files.formats import find_format
    >>> part = Part(EventFile("a.csv", find_format("acled"), "text", {}, (), 0, 1, 2))
    >>> name_part(part, Rules(Units((), ()))) == name_part(part, Rules(Units((), ()), by="year"))
    False
    """
    file = part.file
    digest = hashlib.sha256()
    for shape in rules.units.shapes:
        digest.update(shape)
    told = asdict(rules)
    told["units"] = rules.units.codes
    told["actors"] = [list(rules.actors.groups.items()), list(rules.actors.actors.items())] if rules.actors else None
    path = file.path if isinstance(file.path, Address) else os.path.abspath(file.path)  # noqa: PTH100  # follows no link
    place = [path, file.size, file.stamp, part.row_group]
    read = [asdict(file.form), file.kind, sorted(file.columns.items()), file.separator, file.encoding]
    digest.update(json.dumps([VERSION, __version__, told, place, read], sort_keys=True, default=str).encode())
    return digest.hexdigest()


def dump_part_count(tallied: PartCount, name: str) -> bytes:
    """Write what a part of this name comes to, below a seal; the same bytes for the same.

    Examples
    --------
    >>> from geo.events.point_in_unit import Units
    >>> counts = Counts({(None, 3, 24236): (1, 0, 0, 0, 0)}, {"read": 1, "counted": 1})
    >>> tallied = PartCount(counts, np.array([7], np.uint64))
    >>> rules = Rules(Units(tuple("abcd"), ()))
    >>> parse_part_count(dump_part_count(tallied, "a"), "a", rules).counts == tallied.counts
    True
    """
    counts = tallied.counts
    lists = {
        "rows": [[*key, *row] for key, row in counts.rows.items()],
        "tally": counts.tally,
        "actors": counts.actors,
        "samples": counts.samples,
        "notes": counts.notes,
        "places": [[*key, number] for key, number in counts.places.items()],
        "left": [[*key, number] for key, number in counts.left.items()],
        "spans": counts.spans,
        "types": counts.types,
    }
    text = json.dumps(lists, ensure_ascii=False).encode("utf-8", "surrogatepass")
    rest = text + b"\n" + tallied.ids.astype("<u8").tobytes()
    return _seal(rest, name) + b"\n" + rest


def parse_part_count(data: bytes, name: str, rules: Rules) -> PartCount | None:
    """Read what a part of this name comes to; None where it is not what was written of it, or cannot be.

    The seal tells what was damaged or is of another part. Who makes a seal may put in other numbers, but none that do
    not add up and no unit, group or time that there is not.

    Examples
    --------
    >>> from geo.events.point_in_unit import Units
    >>> parse_part_count(b"half", "a", Rules(Units((), ())))
    """
    seal, _, rest = data.partition(b"\n")
    text, _, ids = rest.partition(b"\n")
    if seal != _seal(rest, name) or len(ids) % 8:
        return None
    try:
        lists = json.loads(text.decode("utf-8", "surrogatepass"))
        counts = Counts(
            {(group, unit, period): (*numbers,) for group, unit, period, *numbers in lists["rows"]},
            dict(lists["tally"]),
            dict(lists["actors"]),
            {(lon, lat, group, period): number for lon, lat, group, period, number in lists["places"]},
            {key: tuple((path, row, cell) for path, row, cell in cells) for key, cells in lists["samples"].items()},
            dict(lists["notes"]),
            {(unit, period): number for unit, period, number in lists["left"]},
            {path: (first, last) for path, (first, last) in lists["spans"].items()},
            dict(lists["types"]),
        )
        is_sound = _is_sound(counts, len(ids) // 8, rules)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return PartCount(counts, np.frombuffer(ids, "<u8").astype(np.uint64)) if is_sound else None


def _seal(rest: bytes, name: str) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + rest).hexdigest().encode()


def _is_sound(counts: Counts, ids: int, rules: Rules) -> bool:
    """Whether all that is counted is of a kind that can be, and adds up."""
    first, last = PERIODS.get(rules.by, (UNSURE, UNSURE))
    groups = {None, *(rules.actors.groups if rules.actors else ())}
    periods = [period for *_, period in (*counts.rows, *counts.places, *counts.left)]
    days = [day for span in counts.spans.values() for day in span]
    cells = [cell for shown in counts.samples.values() for cell in shown]
    numbers = [
        *(number for row in counts.rows.values() for number in row), *counts.tally.values(), *counts.actors.values(),
        *counts.places.values(), *counts.notes.values(), *counts.left.values(), *counts.types.values(),
        *(row for _, row, _ in cells),
    ]  # fmt: skip
    tally = dict(counts.tally)
    read = tally.pop("read", 0)
    return (
        all(type(each) is int and each >= 0 for each in numbers)
        and all(type(each) is int and (each == UNSURE or first <= each <= last) for each in periods)
        and all(group in groups and unit in range(len(rules.units.codes)) for group, unit, _ in counts.rows)
        and all(len(row) == 5 and row[2] <= row[0] and row[3] <= row[1] <= row[4] for row in counts.rows.values())
        and all(_is_place(*place) and group in groups for *place, group, _ in counts.places)
        and bool(rules.places or not counts.places)
        and {*tally} <= {"counted", *REASONS}
        and sum(tally.values()) == read >= ids
        and tally.get("counted", 0) == sum(row[0] for key, row in counts.rows.items() if key[0] is None)
        and all(
            type(each) is str
            for each in (*counts.actors, *counts.types, *(text for path, _, cell in cells for text in (path, cell)))
        )
        and {*counts.samples} <= {*REASONS, *NOTES}
        and {*counts.notes} <= {*NOTES}
        and all(unit in range(len(rules.units.codes)) for unit, _ in counts.left)
        and sum(counts.left.values()) <= read - tally.get("counted", 0)
        and all(type(day) is int and abs(day) <= LAST_DAY for day in days)
    )


def _is_place(lon: int, lat: int) -> bool:
    return type(lon) is int and type(lat) is int and abs(lon) <= 360 * GRAIN and abs(lat) <= 90 * GRAIN
