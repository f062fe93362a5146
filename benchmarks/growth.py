"""``python -m benchmarks.growth``: what each command that reads a table takes on twice as many records.

CPU of whole processes, less that of the same command on the fewest records; read the ratios, each of one round. Every
record has a day of its own, which is the most steps in time that a table can have.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import click

from benchmarks.event_files import write_events
from benchmarks.processes import Cost, run, spread
from benchmarks.report import table
from benchmarks.tables import read_names

__all__ = ["list_commands", "main", "write_dated"]

ROOT = Path(__file__).resolve().parents[1]
FEWEST, RECORDS = 2, 5_000
"""Two records, since nothing can be compared with nothing."""
FEWEST_EVENTS = 100
"""Of which some lie in a province."""
PLACES = 1, 33
GROUPS, SEED, BAR = 12, 16, 2.3
LEAST = 0.1
"""Seconds of CPU; what takes less at n says nothing by its ratio."""
FIGURES = "choropleth", "overlay", "compare", "small-multiples", "matrix"
FIRST = date(1990, 1, 1)


@click.command(context_settings={"show_default": True})
@click.option("--records", default=RECORDS, help="n; the other is 2 n.")
@click.option("--rounds", default=3, help="Rounds that count.")
@click.option("--only", multiple=True, help="Commands of this beginning; may recur.")
@click.option("--places", type=click.Choice(list(map(str, PLACES))), multiple=True, help="Provinces a record names.")
def main(records: int, rounds: int, only: tuple[str, ...], places: tuple[str, ...]) -> None:
    """Measure and print."""
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as name:
        for number in map(int, places or map(str, PLACES)):
            rows += _measure(Path(name) / str(number), number, records, rounds, only)
    head = ("command", "provinces a record", f"CPU s, {records:,}", f"CPU s, {2 * records:,}", "ratio", "peak MiB")
    sys.stdout.write(table([*head, "bar"], rows) + "\n")


def _measure(folder: Path, places: int, records: int, rounds: int, only: Sequence[str]) -> list[list[str]]:
    sizes = FEWEST, records, 2 * records
    commands = {size: list_commands(folder / str(size), size, places) for size in sizes}
    rows = []
    for name in commands[FEWEST]:
        if only and not name.startswith(only):
            continue
        try:
            costs = [[run(commands[size][name]) for size in sizes] for _ in range(rounds)]
            rows.append([name, str(places), *_tell(costs)])
        except subprocess.CalledProcessError as error:
            rows.append([name, str(places), f"refused at {error.cmd[-3:]}"])
        click.echo("\t".join(rows[-1]), err=True)
    return rows


def _tell(costs: Sequence[Sequence[Cost]]) -> list[str]:
    once, twice = ([costs_of[size].cpu - costs_of[0].cpu for costs_of in costs] for size in (1, 2))
    peaks = (f"{max(costs_of[size].peak for costs_of in costs):.0f}" for size in (0, 1, 2))
    shown = [f"{spread(once).median:.2f}", f"{spread(twice).median:.2f}"]
    if spread(once).median < LEAST:
        return [*shown, "", " ".join(peaks), ""]
    ratio = spread([two / one for one, two in zip(once, twice, strict=True)])
    missed = "" if ratio.median <= BAR else " **missed**"
    return [*shown, f"{ratio.median:.2f} [{ratio.low:.2f}–{ratio.high:.2f}]", " ".join(peaks), f"{BAR}{missed}"]


def list_commands(folder: Path, records: int, places: int) -> Mapping[str, Sequence[str]]:
    """Make what the commands read, and list them by what they are called here."""
    folder.mkdir(parents=True)
    path, newer = folder / "presence.yaml", folder / "newer.yaml"
    write_dated(path, records, places)
    write_dated(newer, records, places, seed=SEED + 1)
    subprocess.run([*_call("fmt", "--ids", "-q", path)], check=True, capture_output=True)
    for form in ("xlsx", "csv"):
        subprocess.run(_call("export", "-q", path, "--format", form, "-o", folder / form), check=True)
    write_events(folder / "events.csv", max(records, FEWEST_EVENTS))
    actors = "".join(f'  g{number}: ["Made-up Group {number}, Branch"]\n' for number in range(1, 40))
    (folder / "groups.yaml").write_text(f"groups:\n{actors}", "utf-8")
    days = (str(FIRST + timedelta(records * share // 2)) for share in (1, 2))
    sheets = {form: sorted((folder / form).glob(f"*.{form}")) for form in ("xlsx", "csv")}
    page = folder / "page.html"
    words: dict[str, Sequence[str | Path]] = {
        "build": ["build", path, "-o", folder / "maps"],
        "build --only report": ["build", path, "--only", "report", "-o", folder / "maps"],
        "choropleth": ["choropleth", path, "-o", page],
        "choropleth --count sources": ["choropleth", path, "--count", "sources", "-o", page],
        "overlay": ["overlay", path, "-o", page],
        "timeline": ["timeline", path, "-o", page],
        "timeline --by observed": ["timeline", path, "--by", "observed", "-o", page],
        "compare": ["compare", "g0", "g1", "--table", path, "-o", page],
        "compare --source": ["compare", "--table", path, "--source", "s0", "--source", "s1", "-o", page],
        **{f"figure {kind}": ["figure", kind, path, "-o", folder / "figure.svg"] for kind in FIGURES},
        "diff": ["diff", path, newer],
        "diff -o": ["diff", path, newer, "-o", page],
        "diff --dates": ["diff", path, "--dates", *days],
        "check": ["check", path],
        "fmt": ["fmt", path],
        "fmt --diff --ids": ["fmt", "--diff", "--ids", newer],
        **{f"export {each}": ["export", path, "--format", each, "-o", folder / "export"]
           for each in ("xlsx", "csv", "markdown", "geojson", "gpkg")},
        **{f"export {each} --of units": ["export", path, "--format", each, "--of", "units", "-o", folder / "export"]
           for each in ("xlsx", "csv", "markdown")},
        **{f"import {form}": ["import", *files, "--force", "-o", folder / "again.yaml"]
           for form, files in sheets.items()},
        "events --to records": ["events", folder / "events.csv", "--groups", folder / "groups.yaml", "--to", "records",
                                "--force", "-o", folder / "events"],
    }  # fmt: skip
    return {name: _call(*each) for name, each in words.items()}


def _call(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "geo", *map(str, words)]


def write_dated(path: Path, records: int, places: int, *, seed: int = SEED) -> Path:
    """Write a table whose records each rest on a source of a day of its own and name so many provinces."""
    chance, names = random.Random(seed), read_names(ROOT / "shapefiles" / "gazetteer.csv")
    days = [FIRST + timedelta(number) for number in range(records)]
    lines = ["version: 1", "title: Dated records made up for measuring", f"as_of: {days[-1]}", "levels:"]
    lines += ["  seen: {name: Seen, rank: 1, valid_for: 6 months}", "  cells: {name: Cells, rank: 2}", "sources:"]
    lines += [f"  s{number}: {{title: Report {number}, date: {day}}}" for number, day in enumerate(days)]
    lines += ["groups:", *(f"  g{number}: {{name: Group {number}}}" for number in range(GROUPS)), "presence:"]
    for number, day in enumerate(days):
        named, level = ", ".join(chance.sample(names, places)), chance.choice(("seen", "cells"))
        lines.append(
            f"  - {{group: g{number % GROUPS}, in: [{named}], level: {level}, source: s{number}, observed: {day}}}"
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


if __name__ == "__main__":
    main()
