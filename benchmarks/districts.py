"""``python -m benchmarks.districts``: 400 units of 100,000 corners and 50 groups, overlay only, beside plain folium.

Whole processes in alternating pairs, the page's size, and in Chromium the first paint, the heap and a switch.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks.browser import ARGUMENTS, SIZE, Page, find_chromium, time_pages
from benchmarks.cdn import fetch_files
from benchmarks.load import SWITCH
from benchmarks.processes import compare, run_rounds, spread
from benchmarks.report import table

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
UNITS, GROUPS, CORNERS, SHARE = 400, 50, 100_000, 0.4
SEED = 400
WAVES = ((3, 0.03), (9, 0.012), (27, 0.005), (80, 0.002))
"""Of what bends straight edges, alike on both sides of each: waves a degree, and their height in degrees."""
BARS = {"time": 0.15, "size": 1.0, "paint": 0.25, "heap": 60, "switch": 200}
THEIRS = """
import sys
from pathlib import Path
import geopandas
from benchmarks.plain import draw_overlay, read_groups
draw_overlay(geopandas.read_file(sys.argv[2]), read_groups(Path(sys.argv[1]))).save(sys.argv[3])
"""


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Rounds of each pair, after one that warms up.")
def main(rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        boundaries = _write_boundaries(folder / "districts.geojson")
        presence = _write_table(folder / "presence.yaml")
        ours, theirs = folder / "ours.html", folder / "theirs.html"
        commands = {
            "ours": [sys.executable, "-m", "geo", "overlay", "-q", str(presence), "--boundaries", str(boundaries),
                     "--units", "district", "--key", "code", "--name", "name", "-o", str(ours)],
            "theirs": [sys.executable, "-c", THEIRS, str(presence), str(boundaries), str(theirs)],
        }  # fmt: skip
        wall, cpu, peak = compare(*run_rounds(commands, rounds).values())
        rows = [
            ["wall, ours / plain", f"{wall.median:.3f} [{wall.low:.3f}–{wall.high:.3f}]", f"{BARS['time']:g}"],
            ["CPU, ours / plain", f"{cpu.median:.3f} [{cpu.low:.3f}–{cpu.high:.3f}]", ""],
            ["peak memory, ours / plain", f"{peak.median:.2f}", ""],
            ["page, MB, ours and plain", f"{_weigh(ours):.2f} and {_weigh(theirs):.1f}", f"{BARS['size']:g}"],
        ]
        rows += _tell_browser(ours, theirs, rounds) if find_chromium() else []
        sys.stdout.write(table(["what", "figure", "bar"], rows) + "\n")


def _weigh(page: Path) -> float:
    return page.stat().st_size / 1e6


def _write_boundaries(path: Path) -> Path:
    """Cut the country into cells whose edges bend, as many corners as districts have."""
    import geopandas
    import numpy as np
    import shapely

    land = shapely.union_all(geopandas.read_file(ROOT / "shapefiles" / "provinces.shp").geometry.to_numpy())
    chance, points = random.Random(SEED), list[shapely.Point]()
    west, south, east, north = land.bounds
    while len(points) < UNITS:
        point = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
        points += [point] if land.contains(point) else []
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=land))
    parts = [max(shapely.get_parts(cell), key=shapely.area) for cell in shapely.intersection(cells, land)]
    step = float(sum(map(shapely.length, parts))) / CORNERS

    def bend(corners: np.ndarray) -> np.ndarray:
        x, y, moved = corners[:, 0], corners[:, 1], corners.copy()
        for waves, height in WAVES:
            moved[:, 0] += height * np.sin(waves * y + waves) * np.cos(waves * x * math.e / 4)
            moved[:, 1] += height * np.cos(waves * x + waves) * np.sin(waves * y * math.e / 5)
        return moved

    shapes = [shapely.transform(shapely.segmentize(part, step), bend) for part in parts]
    names = [f"D{number:03d}" for number in range(len(shapes))]
    frame = geopandas.GeoDataFrame({"code": names, "name": names}, geometry=shapes, crs=4326)
    frame.to_file(path)
    return path


def _write_table(path: Path) -> Path:
    chance, codes = random.Random(SEED), [f"D{number:03d}" for number in range(UNITS)]
    lines = ["levels: {reported: {name: Reported}}", "sources: {s: {title: Made up}}", "groups:"]
    lines += [f"  g{number}: {{name: Group {number}}}" for number in range(GROUPS)]
    lines += ["presence:"]
    for number in range(GROUPS):
        chosen = chance.sample(codes, round(SHARE * UNITS)) if number else codes
        lines.append(f"  - {{group: g{number}, in: [{', '.join(chosen)}], level: reported, source: s}}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _tell_browser(ours: Path, theirs: Path, rounds: int) -> list[list[str]]:
    answers = fetch_files(Path(tempfile.gettempdir()) / "presence-benchmarks")
    # Plain draws a path for each district of each group.
    drawn = UNITS + (GROUPS - 1) * round(SHARE * UNITS)
    pages = {
        "ours": Page(ours, "#static path[data-code], path.unit", UNITS),
        "live": Page(ours, "path.unit", UNITS),
        "theirs": Page(theirs, "path.leaflet-interactive", drawn),
    }
    _, times, _ = time_pages(pages, rounds, answers)
    first, live = (_compare_times(times[name], times["theirs"]) for name in ("ours", "live"))
    heap, switch = _try_page(ours)
    return [
        ["first paint, ours / plain", first, f"{BARS['paint']:g}"],
        ["live map painted, ours / plain", live, ""],
        ["heap, MB", f"{heap:.0f}", f"{BARS['heap']}"],
        ["switch, ms", f"{switch.median:.0f} [{switch.low:.0f}–{switch.high:.0f}]", f"{BARS['switch']}"],
    ]


def _compare_times(ours: Sequence[float], theirs: Sequence[float]) -> str:
    ratio = spread([one / other for one, other in zip(ours, theirs, strict=True)])
    return f"{ratio.median:.2f} [{ratio.low:.2f}–{ratio.high:.2f}] ({spread(ours).median:.0f} ms)"


def _try_page(page: Path) -> tuple[float, object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        tab = browser.new_page(viewport=SIZE)
        tab.goto(page.resolve().as_uri())
        tab.locator("input[data-group]").first.wait_for()
        session = tab.context.new_cdp_session(tab)
        session.send("HeapProfiler.collectGarbage")
        heap = float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6
        times: list[float] = [tab.evaluate(SWITCH) for _ in range(20)]
        browser.close()
    return heap, spread(times)


if __name__ == "__main__":
    main()
