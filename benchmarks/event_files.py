"""Made-up events in the shape of ACLED's export: 31 columns, about 670 bytes a row; no row of anybody's."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

__all__ = ["COLUMNS", "write_events"]

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
BOUNDS = 60.5, 29.4, 74.9, 38.5
"""West, south, east, north in degrees: a box around Afghanistan, of which it fills half."""

AT_ONCE = 100_000
NOTE = 'On {day}, a made-up event, with commas, "quotes" and words enough to be as long as a note is: ' + "word " * 60


def write_events(path: Path, rows: int, *, seed: int = 7, actors: int = 40, breaks: int = 0) -> Path:
    """Write events, the same ones for the same seed.

    Parameters
    ----------
    path : Path
    rows : int
    seed : int
    actors : int
        How many different ones there are.
    breaks : int
        Put a line break into every so many-th note; none without.
    """
    chance = np.random.default_rng(seed)
    days = pd.date_range("2014-01-01", "2023-12-31").strftime("%Y-%m-%d").to_numpy()
    names = np.array(["", *(f"Made-up Group {number}, Branch" for number in range(1, actors))], dtype=object)
    for begin in range(0, rows, AT_ONCE):
        count = min(AT_ONCE, rows - begin)
        frame = pd.DataFrame("", index=range(count), columns=list(COLUMNS), dtype=object)
        day = chance.choice(days, count)
        frame["event_id_cnty"] = [f"AFG{number}" for number in range(begin, begin + count)]
        frame["event_date"], frame["year"] = day, [each[:4] for each in day]
        frame["time_precision"], frame["geo_precision"] = chance.integers(1, 4, (2, count)).astype(str)
        frame["actor1"] = chance.choice(names[1:], count)
        frame["actor2"], frame["assoc_actor_1"] = chance.choice(names, count), chance.choice(names, count)
        frame["longitude"] = np.round(chance.uniform(BOUNDS[0], BOUNDS[2], count), 4).astype(str)
        frame["latitude"] = np.round(chance.uniform(BOUNDS[1], BOUNDS[3], count), 4).astype(str)
        frame["fatalities"] = chance.poisson(1.5, count).astype(str)
        frame["notes"] = [NOTE.format(day=each) for each in day]
        if breaks:
            frame.loc[::breaks, "notes"] += "\nand a second line"
        frame["country"], frame["region"], frame["iso"] = "Afghanistan", "Caucasus and Central Asia", "4"
        frame["disorder_type"], frame["event_type"], frame["sub_event_type"] = "Made up", "Battles", "Armed clash"
        frame["source"], frame["source_scale"], frame["timestamp"] = "Nobody", "Other", "1700000000"
        frame.to_csv(path, mode="a" if begin else "w", header=not begin, index=False, quoting=csv.QUOTE_MINIMAL)
    return path
