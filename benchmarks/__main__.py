"""``python -m benchmarks``: measure everything in one run and print the tables."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import click

from benchmarks import report
from benchmarks.browser import Page, find_chromium, put_beside, time_pages
from benchmarks.cdn import fetch_files
from benchmarks.processes import run_rounds
from benchmarks.sizes import MAPS, Size, measure_floor, measure_growth, weigh
from benchmarks.tables import read_names, write_random

ROOT = Path(__file__).resolve().parents[1]
UNITS, GROUPS, MOST = 34, 5, 10
SIZE_BAR, GROWTH_BAR, PAINT_BAR = Size(330_000, 95_000), 5_000, 0.8
COST_BARS = {"default": (1.0, None, None), "34x5": (0.8, None, 1.0)}
FLOORS = {
    code: [sys.executable, "-c", code] for code in ("pass", "import click, yaml, json", "import geopandas, folium")
}


@click.command(context_settings={"show_default": True})
@click.option("--rounds", default=9, type=click.IntRange(7), help="Rounds that count; one more warms up.")
@click.option("--browser/--no-browser", default=find_chromium() is not None, help="Time the first paint as well.")
@click.option(
    "--cache", type=click.Path(path_type=Path), default=Path(tempfile.gettempdir()) / "presence-benchmarks",
    show_default=False, help="Where plain's CDN files are kept between runs; a temporary folder by default.",
)  # fmt: skip
@click.option("--write", is_flag=True, help="Put the results into benchmarks/README.md.")
def main(rounds: int, browser: bool, cache: Path, write: bool) -> None:
    """Measure `presence build` beside plain folium + geopandas: speed, memory, size, growth, first paint."""
    with tempfile.TemporaryDirectory() as name:
        parts = [_tell_processes(Path(name), rounds), _tell_bytes(Path(name))]
        # Last, since the browser's driver makes this process larger and with it every child's peak memory.
        parts += [_tell_browser(Path(name), rounds, cache)] if browser else []
    text = "\n\n".join([_tell_setting(rounds), *parts])
    click.echo(text)
    if write:
        report.write_results(ROOT / "benchmarks" / "README.md", text)


def _command(side: str, table: Path, folder: Path) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    if side == "plain":
        script, boundaries = ROOT / "benchmarks" / "plain.py", ROOT / "shapefiles" / "provinces.shp"
        return [sys.executable, str(script), str(table), str(boundaries), str(folder)]
    only = [part for each in MAPS for part in ("--only", each)]
    return [sys.executable, "-m", "geo", "build", str(table), *only, "-o", str(folder)]


def _read_names() -> list[str]:
    return read_names(ROOT / "shapefiles" / "gazetteer.csv")


def _tell_processes(folder: Path, rounds: int) -> str:
    tables = {"default": ROOT / "presence.yaml", "34x5": write_random(folder / "34x5.yaml", _read_names(), GROUPS)}
    commands: dict[str, Sequence[str]] = {
        f"{side} {name}": _command(side, table, folder / side / name)
        for name, table in tables.items()
        for side in ("ours", "plain")
    }
    costs = run_rounds({**commands, **FLOORS}, rounds)
    floors = report.tell_floors({code: costs[code] for code in FLOORS}, costs["plain default"])
    return f"## Time and memory\n\n{report.tell_costs(costs, COST_BARS)}\n\n## What starting costs\n\n{floors}"


def _tell_bytes(folder: Path) -> str:
    sizes: Mapping[tuple[str, str], tuple[Size, Size]] = {
        (name, each): (
            weigh((folder / "ours" / name / f"{each}.html").read_bytes()),
            weigh((folder / "plain" / name / f"{each}.html").read_bytes()),
        )
        for name in COST_BARS
        for each in MAPS
    }
    leaflet = Path(str(files("xstatic.pkg.leaflet").joinpath("data")))
    floor = measure_floor(leaflet, ROOT / "shapefiles" / "display.topojson", _read_names(), GROUPS)
    ours, plain = (
        measure_growth(partial(_command, side), folder / "full", _read_names(), MOST) for side in ("ours", "plain")
    )
    told = report.tell_sizes(sizes, floor, SIZE_BAR), report.tell_growth(ours, plain, GROWTH_BAR)
    return f"## Size\n\n{told[0]}\n\n## Growth per further group, named in all provinces (2 to {MOST})\n\n{told[1]}"


def _tell_browser(folder: Path, rounds: int, cache: Path) -> str:
    answers = fetch_files(cache)
    pages = {
        f"{name} {each}/{waited}": page
        for name in COST_BARS
        for each in MAPS
        for waited, page in _list_pages(folder, name, each, answers).items()
    }
    chromium, times, missing = time_pages(pages, rounds, answers)
    grouped: dict[str, dict[str, list[float]]] = {}
    for key, values in times.items():
        page, _, waited = key.partition("/")
        grouped.setdefault(page, {})[waited] = values
    bars = {page: PAINT_BAR for page in grouped if pages[f"{page}/plain"].wanted >= UNITS}
    lost = ", ".join(sorted(each.rpartition("/")[2] for each in missing)) or "none"
    return (
        f"## First paint of all units, Chromium {chromium}\n\n{report.tell_paints(grouped, bars)}\n\n"
        f"No bar where plain draws fewer than {UNITS} shapes. Answered with an empty file, which favours plain: {lost}."
    )


def _list_pages(folder: Path, name: str, each: str, answers: Mapping[str, bytes]) -> dict[str, Page]:
    ours, plain = (folder / side / name / f"{each}.html" for side in ("ours", "plain"))
    drawn = plain.read_text("utf-8").count('"Feature"')
    beside = put_beside(plain, answers, plain.with_name(f"{each}-beside.html"))
    return {
        "ours: picture or map": Page(ours, "#static path[data-code], path.unit", UNITS),
        "ours: live map": Page(ours, "path.unit", UNITS),
        "plain": Page(plain, "path.leaflet-interactive", drawn),
        "plain, its CDN files beside it": Page(beside, "path.leaflet-interactive", drawn),
    }


def _tell_setting(rounds: int) -> str:
    said = [f"{name} {version(name)}" for name in ("folium", "geopandas", "pandas", "pyogrio", "click", "PyYAML")]
    load = os.getloadavg()[0]
    return (
        f"{date.today().isoformat()}, Python {platform.python_version()}, {', '.join(said)}; {os.cpu_count()} cores, "
        f"load {load:.1f} at the end; {rounds} rounds after one that warms up: median [least–greatest]; "
        "ratios are of the same round."
    )


if __name__ == "__main__":
    os.chdir(ROOT)
    try:
        main(prog_name="python -m benchmarks")
    except subprocess.CalledProcessError as error:
        sys.exit(f"failed; run it by itself to see why: {' '.join(error.cmd)}")
