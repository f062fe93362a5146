"""``python -m benchmarks.events``: points into units beside geopandas.sjoin, whole files of made-up events, and Dask.

Read the ratios: each is of two neighbours in time. The frame of points that sjoin wants is made outside the clock.
"""

from __future__ import annotations

import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.processes import Cost, Spread, compare, run, run_rounds, spread
from benchmarks.report import table

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.events.point_in_unit import Units

__all__ = ["main"]

POINTS = (100_000, 1_000_000)
ROWS = (100_000, 1_000_000)
UNITS = 400
SPLIT = 8
BARS = {"points": 10, "units": 2 / 3, "peak": 800, "text": 0.45, "large": 0.4, "parquet": 0.35}
SEED = 7

OURS = "import sys; from benchmarks.events import count_here; count_here(sys.argv[1:])"
PLAIN = "import sys; from benchmarks.events import count_plain; count_plain(sys.argv[1])"
PICKED = "import sys; from benchmarks.events import count_plain; count_plain(sys.argv[1], picks=True)"
PACK = "import sys; from benchmarks.events import pack; pack(*sys.argv[1:])"
DASK = "import sys; from benchmarks.events import count_there; count_there(int(sys.argv[1]), sys.argv[2:])"


@click.command(context_settings={"show_default": True})
@click.option("--rows", default=max(ROWS), help="Rows of the largest file; 10000000 needs 7 GB of disk.")
@click.option("--rounds", default=5, type=click.IntRange(1), help="Rounds of each pair, after one that warms up.")
@click.option("--only", type=click.Choice(["files", "dask", "points"]), multiple=True, help="Parts; all without.")
@click.option("--folder", type=click.Path(path_type=Path, exists=True), help="Where files are made; temporary without.")
def main(rows: int, rounds: int, only: tuple[str, ...], folder: Path | None) -> None:
    """Measure and print."""
    _say(_tell_setting(rounds))
    parts = only or ("files", "dask", "points")
    with tempfile.TemporaryDirectory(dir=folder) as name:
        # First, since what this process holds is counted as memory of its children.
        if "files" in parts:
            _say("## Whole files, in fresh processes\n\n" + _tell_files(Path(name), rows, rounds))
        if "dask" in parts:
            _say(f"## Dask on {SPLIT} files\n\n" + _tell_dask(Path(name), min(rows, max(ROWS)), rounds))
    if "points" in parts:
        _say("## Points into units, one core\n\n" + _tell_points(rounds))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n\n")
    sys.stdout.flush()


def _tell_setting(rounds: int) -> str:
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("pandas", "geopandas", "shapely", "pyarrow", "distributed")
    )
    load = os.getloadavg()[0]
    return (
        f"{date.today().isoformat()}, Python {platform.python_version()}, {packages}; {os.cpu_count()} cores, load "
        f"{load:.1f} at the start; {rounds} rounds after one that warms up: median [least–greatest]."
    )


def _write(values: Spread, form: str) -> str:
    return f"{values.median:{form}} [{values.low:{form}}–{values.high:{form}}]"


# Points -------------------------------------------------------------------------------------------------------------


def _tell_points(rounds: int) -> str:
    import geopandas
    import numpy as np

    from benchmarks.event_files import BOUNDS
    from geo.events.point_in_unit import assign_points, gather_units
    from geo.read.boundaries.bundled import read_boundaries

    provinces = read_boundaries()[["geometry"]]
    named = provinces.reset_index(drop=True)
    many = _split_units(provinces)
    rows = []
    for number in POINTS:
        chance = np.random.default_rng(SEED)
        lon, lat = chance.uniform(BOUNDS[0], BOUNDS[2], number), chance.uniform(BOUNDS[1], BOUNDS[3], number)

        def ask(units: Units, lon: Any = lon, lat: Any = lat) -> Way:
            return Way(lambda: None, lambda _: np.bincount(assign_points(units, lon, lat) + 1)[1:].tolist())

        def join(predicate: str, lon: Any = lon, lat: Any = lat) -> Way:
            # A new frame each time: geopandas would keep the index of its points.
            return Way(
                lambda: geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=provinces.crs),
                lambda frame: np.bincount(geopandas.sjoin(frame, named, predicate=predicate)["index_right"]).tolist(),
            )

        ways = {
            "ours": ask(gather_units(provinces)),
            "many": ask(gather_units(many)),
            "within": join("within"),
            "intersects": join("intersects"),
        }
        times, counts = _time_rounds(ways, rounds)
        # No point that was drawn by chance lies on a border.
        if not counts["ours"] == counts["within"] == counts["intersects"] or sum(counts["many"]) != sum(counts["ours"]):
            raise AssertionError("the counts differ")
        speeds = {name: _write(spread([number / each / 1e6 for each in times[name]]), ".2f") for name in ways}
        within, intersects, kept = (_divide(times, one, other) for one, other in RATIOS)
        passed = within.median >= BARS["points"], kept.median > BARS["units"]
        figures = [
            ["`assign_points`, 34 provinces, M points/s", speeds["ours"], ""],
            ["geopandas.sjoin within, M points/s", speeds["within"], ""],
            ["ours, as many times as fast", _judge(within, ".1f", passed[0]), f"{BARS['points']}"],
            ["sjoin intersects, which keeps points on borders, M points/s", speeds["intersects"], ""],
            ["ours, as many times as fast", _write(intersects, ".1f"), ""],
            [f"`assign_points`, {len(many)} units, M points/s", speeds["many"], ""],
            ["its speed, of that with 34", _judge(kept, ".2f", passed[1]), f"{BARS['units']:.2f}"],
        ]
        rows += [[f"{number:,}", *each] for each in figures]
    return table(["points", "what", "figure", "bar"], rows)


RATIOS = (("within", "ours"), ("intersects", "ours"), ("ours", "many"))


@dataclass(frozen=True)
class Way:
    """One way to count points: what is made outside the clock, and what is timed with it."""

    make: Callable[[], Any]
    count: Callable[[Any], list[int]]


def _divide(times: Mapping[str, Sequence[float]], one: str, other: str) -> Spread:
    return spread([mine / theirs for mine, theirs in zip(times[one], times[other], strict=True)])


def _judge(values: Spread, form: str, passed: bool) -> str:
    return _write(values, form) + ("" if passed else " **missed**")


def _time_rounds(ways: Mapping[str, Way], rounds: int) -> tuple[dict[str, list[float]], dict[str, list[int]]]:
    """Time each way once a round in CPU, every other round in reverse order; the first only warms up."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    counts = {}
    for turn in range(rounds + 1):
        for name in list(ways)[:: -1 if turn % 2 else 1]:
            made = ways[name].make()
            begun = time.process_time()
            counts[name] = ways[name].count(made)
            if turn:
                times[name].append(time.process_time() - begun)
    return times, counts


def _split_units(provinces: GeoDataFrame) -> GeoDataFrame:
    """Cut provinces along a grid into about as many units as the country has districts; they share exact borders."""
    import geopandas
    import shapely

    west, south, east, north = provinces.total_bounds
    shapes: list[Any] = []
    parts = 10
    while len(shapes) < UNITS:
        parts += 1
        step = (east - west) / parts
        cells = [
            shapely.box(west + x * step, south + y * step, west + (x + 1) * step, south + (y + 1) * step)
            for x in range(parts)
            for y in range(math.ceil((north - south) / step))
        ]
        pieces = shapely.intersection(provinces.geometry.to_numpy()[:, None], [cells]).ravel()
        shapes = [each for each in pieces if each.area > 0]
    names = [f"U{number:03d}" for number in range(len(shapes))]
    return geopandas.GeoDataFrame(index=names, geometry=shapes, crs=provinces.crs)


# Files --------------------------------------------------------------------------------------------------------------


def _tell_files(folder: Path, most: int, rounds: int) -> str:
    rows = []
    for number in sorted({*(each for each in ROWS if each <= most), most}):
        file = _write_file(folder / f"{number}.csv", number)
        what = f"{number:,} ({file.stat().st_size / 1e9:.2f} GB)"
        ours = [sys.executable, "-c", OURS, str(file)]
        if number > max(ROWS):
            # Once, for it is for its memory, and takes a minute.
            rows.append([what, "ours", *_tell_cost([run(ours)], number)])
            file.unlink()
            continue
        packed = folder / f"{number}.parquet"
        run([sys.executable, "-c", PACK, str(file), str(packed)])
        commands = {
            "ours": ours,
            "plain": [sys.executable, "-c", PLAIN, str(file)],
            "plain, columns picked": [sys.executable, "-c", PICKED, str(file)],
            "ours, Parquet": [sys.executable, "-c", OURS, str(packed)],
            "plain, Parquet": [sys.executable, "-c", PLAIN, str(packed)],
        }
        if len({_answer(command) for command in commands.values()}) > 1:
            raise AssertionError("the counts differ")
        costs = run_rounds(commands, rounds)
        rows += [[what, name, *_tell_cost(each, number)] for name, each in costs.items()]
        for kind in ("", ", Parquet"):
            ratios = compare(costs[f"ours{kind}"], costs[f"plain{kind}"])
            rows.append([what, f"ours / plain{kind}", "", *(_write(each, ".2f") for each in ratios)])
    head = (
        f"Bars: of plain's CPU {BARS['text']} at 1,000,000 rows of text, {BARS['large']} at 3,000,000, "
        f"{BARS['parquet']} of Parquet; peak of ours below {BARS['peak']} MiB.\n\n"
    )
    return head + table(["rows", "who", "M rows / CPU s", "wall s", "CPU s", "peak MiB"], rows)


def _write_file(path: Path, number: int) -> Path:
    """Make events in a process of their own, so that this one stays small."""
    code = "import sys; from pathlib import Path; from benchmarks.event_files import write_events; "
    code += "write_events(Path(sys.argv[1]), int(sys.argv[2]))"
    run([sys.executable, "-c", code, str(path), str(number)])
    return path


def _tell_cost(costs: Sequence[Cost], number: int) -> list[str]:
    walls, cpus, peaks = (spread([getattr(cost, field) for cost in costs]) for field in ("wall", "cpu", "peak"))
    return [f"{number / cpus.median / 1e6:.2f}", _write(walls, ".2f"), _write(cpus, ".2f"), _write(peaks, ".0f")]


def _answer(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def pack(source: str, target: str) -> None:
    """Write a CSV as Parquet, a group of rows for every chunk."""
    import pandas as pd
    import pyarrow
    import pyarrow.parquet

    from geo.events.files.chunks import CHUNK

    writer = None
    for chunk in pd.read_csv(source, chunksize=CHUNK):
        rows = pyarrow.Table.from_pandas(chunk, writer.schema if writer else None, preserve_index=False)
        writer = writer or pyarrow.parquet.ParquetWriter(target, rows.schema)
        writer.write_table(rows)
    if writer:
        writer.close()


def _make_job(paths: Sequence[str]) -> tuple[Any, Any]:
    """Return the parts of files, and rules as a user would have them: by province and month, for two groups."""
    from geo.events.count_chunk import Rules
    from geo.events.files.chunks import list_parts
    from geo.events.files.inspect_file import inspect_file
    from geo.events.point_in_unit import gather_units
    from geo.read.boundaries.bundled import read_boundaries

    parts = [part for path in paths for part in list_parts(inspect_file(path))]
    return parts, Rules(gather_units(read_boundaries()), _name_groups())


def _name_groups() -> Any:
    from geo.read.actor_list import Actors

    return Actors(
        {"one": "One", "two": "Two"},
        {f"Made-up Group {number}, Branch": ("one", "two")[number % 2] for number in range(1, 30)},
    )


def count_here(paths: Sequence[str]) -> None:
    """Count files with `LocalEngine`, and print a sum that tells whether another way gives the same."""
    from geo.events.engines import LocalEngine
    from geo.events.merge import count_all

    parts, rules = _make_job(paths)
    counts = count_all(parts, rules, LocalEngine()).counts
    _print_sum({(group, unit, period): row[:2] for (group, unit, period), row in counts.rows.items() if group})


def count_plain(path: str, *, picks: bool = False) -> None:
    """Count a file as one would without us: pandas of all columns or of those that are needed, sjoin, melt, groupby."""
    import geopandas
    import pandas as pd

    from geo.read.boundaries.bundled import read_boundaries

    actors = ["actor1", "actor2", "assoc_actor_1"]
    needed = ["event_id_cnty", "event_date", "time_precision", "longitude", "latitude", "fatalities", "geo_precision"]
    columns = [*needed, *actors] if picks else None
    frame = pd.read_parquet(path, columns=columns) if path.endswith("parquet") else pd.read_csv(path, usecols=columns)
    frame = frame[frame["geo_precision"] <= 3].drop_duplicates("event_id_cnty")
    points = geopandas.points_from_xy(frame["longitude"], frame["latitude"])
    units = read_boundaries()[["geometry"]].reset_index(drop=True)
    found = geopandas.sjoin(
        geopandas.GeoDataFrame(frame, geometry=points, crs=units.crs), units, predicate="within"
    ).drop(columns="geometry")
    day = pd.to_datetime(found["event_date"])
    week = pd.to_timedelta(6 * (found["time_precision"] == 2), unit="D")  # one of the days around it
    month = day.dt.year * 12 + day.dt.month - 1
    found = pd.DataFrame(found).assign(period=month.where((day - week).dt.month == (day + week).dt.month, -1))
    keys = ["event_id_cnty", "index_right", "period", "fatalities"]
    long = found.melt(keys, actors, value_name="actor").dropna(subset=["actor"])
    long["group"] = long["actor"].map(_name_groups().actors)
    long = long.dropna(subset=["group"]).drop_duplicates(["event_id_cnty", "group"])
    sums = long.groupby(["group", "index_right", "period"])["fatalities"].agg(["count", "sum"])
    _print_sum({key: tuple(row) for key, row in zip(sums.index, sums.to_numpy().tolist(), strict=True)})


def _print_sum(rows: Mapping[Any, Any]) -> None:
    import hashlib

    text = repr(
        sorted((str(group), int(unit), int(period), *map(int, row)) for (group, unit, period), row in rows.items())
    )
    sys.stdout.write(hashlib.sha256(text.encode()).hexdigest() + "\n")


# Dask ---------------------------------------------------------------------------------------------------------------


def _tell_dask(folder: Path, number: int, rounds: int) -> str:
    files = _split_file(_write_file(folder / "whole.csv", number), folder / "split")
    ways = {"`LocalEngine`": 0, "Dask, 1 worker": 1, "Dask, 2 workers": 2}
    commands = {name: [sys.executable, "-c", DASK, str(workers), *files] for name, workers in ways.items()}
    times: dict[str, list[list[float]]] = {name: [] for name in ways}
    sums = set()
    for turn in range(rounds + 1):
        for name in list(ways)[:: -1 if turn % 2 else 1]:
            *seconds, digest = _answer(commands[name]).split()
            sums.add(digest)
            if turn:
                times[name].append([float(each) for each in seconds])
    if len(sums) > 1:
        raise AssertionError("the counts differ")
    base = [work for _, work in times["`LocalEngine`"]]
    rows = []
    for name, each in times.items():
        starts, works = (spread(values) for values in zip(*each, strict=True))
        ratio = spread([here / work for here, (_, work) in zip(base, each, strict=True)])
        rows.append([name, _write(starts, ".1f"), _write(works, ".2f"), f"{number / works.median / 1e6:.2f}",
                     _write(ratio, ".2f")])  # fmt: skip
    return table(["engine", "start s", f"{number:,} rows, s", "M rows/s", "as many times as fast"], rows)


def _split_file(file: Path, folder: Path) -> list[str]:
    """Deal the lines of a file without line breaks in quotes to several, each with its header."""
    folder.mkdir()
    paths = [folder / f"{number}.csv" for number in range(SPLIT)]
    with file.open("rb") as source:
        header = source.readline()
        lines = [path.open("wb") for path in paths]
        for each in lines:
            each.write(header)
        for number, line in enumerate(source):
            lines[number % SPLIT].write(line)
        for each in lines:
            each.close()
    return [str(path) for path in paths]


def count_there(workers: int, paths: Sequence[str]) -> None:
    """Count files with so many workers of Dask, or none; print seconds of the start, of the work, and the sum."""
    from contextlib import nullcontext

    from geo.events.dask_cluster import DaskEngine, connect
    from geo.events.engines import Engine, LocalEngine
    from geo.events.merge import count_all

    parts, rules = _make_job(paths)
    begun = time.perf_counter()
    with connect(workers=workers) if workers else nullcontext() as client:
        started = time.perf_counter()
        engine: Engine = DaskEngine(client) if client else LocalEngine()
        counts = count_all(parts, rules, engine).counts
        done = time.perf_counter()
        sys.stdout.write(f"{started - begun} {done - started} ")
    _print_sum({key: row[:2] for key, row in counts.rows.items() if key[0]})


if __name__ == "__main__":
    main()
