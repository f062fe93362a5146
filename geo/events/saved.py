"""What a part comes to, as bytes: so that a run that was stopped need not count again what it had counted."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from dataclasses import asdict

import numpy as np

from geo import __version__
from geo.events.chunks import Part
from geo.events.counting import Rules
from geo.events.counts import Counts
from geo.events.engines import Tallied

__all__ = ["dump_tallied", "name_part", "parse_tallied"]

VERSION = 3


def name_part(part: Part, rules: Rules) -> str:
    """Name a part, as it is now, counted by some rules: the same only where nothing that matters differs.

    Examples
    --------
    >>> from geo.events.assignment import Units
    >>> from geo.events.files import EventFile
    >>> from geo.events.formats import find_format
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
    place = [os.path.abspath(file.path), file.size, file.stamp, part.row_group]  # noqa: PTH100  # follows no link
    read = [asdict(file.form), file.kind, sorted(file.columns.items()), file.separator, file.encoding]
    digest.update(json.dumps([VERSION, __version__, told, place, read], sort_keys=True, default=str).encode())
    return digest.hexdigest()


def dump_tallied(tallied: Tallied) -> bytes:
    """Write what a part comes to; the same bytes for the same.

    Examples
    --------
    >>> tallied = Tallied(Counts({(None, 3, 24236): (1, 0, 0)}, {"read": 1}), np.array([7], np.uint64))
    >>> parse_tallied(dump_tallied(tallied)).counts == tallied.counts
    True
    """
    counts = tallied.counts
    lists = {
        "rows": [[*key, *row] for key, row in counts.rows.items()],
        "tally": list(counts.tally.items()),
        "actors": list(counts.actors.items()),
        "samples": list(counts.samples.items()),
        "notes": list(counts.notes.items()),
        "places": [[*key, number] for key, number in counts.places.items()],
    }
    data = io.BytesIO()
    text = np.frombuffer(json.dumps(lists, ensure_ascii=False).encode(), np.uint8)
    np.savez(data, lists=text, ids=tallied.ids)
    return data.getvalue()


def parse_tallied(data: bytes) -> Tallied | None:
    """Read what a part comes to; None where it is not whole, and so has to be counted again.

    Examples
    --------
    >>> parse_tallied(b"half")
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            lists = json.loads(arrays["lists"].tobytes())
            ids = arrays["ids"].astype(np.uint64)
        counts = Counts(
            {(group, unit, period): (*numbers,) for group, unit, period, *numbers in lists["rows"]},
            dict(lists["tally"]),
            dict(lists["actors"]),
            {(lon, lat, group, period): number for lon, lat, group, period, number in lists["places"]},
            {key: tuple((path, row, cell) for path, row, cell in cells) for key, cells in lists["samples"]},
            dict(lists["notes"]),
        )
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, OSError):
        return None
    return Tallied(counts, ids)
