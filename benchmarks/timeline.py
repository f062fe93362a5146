"""``python -m benchmarks.timeline``: 120 months, 34 provinces and 10 groups, every group named anew each month.

The page's size beside folium's TimeSliderChoropleth, which shows one group, and in Chromium the time of a step, from
the slider's event to the next frame that is painted. No comparison by time: that plugin shows one value a province.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from benchmarks.browser import ARGUMENTS, find_chromium
from benchmarks.report import table
from geo.api import MapOptions, build_maps
from geo.read.boundaries.gazetteer import read_gazetteer

__all__ = ["main"]

MONTHS, GROUPS, SHARE, SEED = 120, 10, 0.5, 120
BARS = {"size": 650, "step": 50}
STEP = """async (at) => {
  const slider = document.getElementById("step");
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await frame();
  const begun = performance.now();
  slider.value = at;
  slider.dispatchEvent(new Event("input"));
  const worked = performance.now() - begun;
  await frame();
  return [worked, performance.now() - begun];
}"""


@click.command()
@click.option("--steps", default=60, show_default=True, help="Steps taken.")
def main(steps: int) -> None:
    """Measure and print."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        presence = _write_table(Path(name) / "presence.yaml")
        for by in ("published", "observed"):
            page = Path(name) / f"{by}.html"
            build_maps(presence, {"timeline": page}, options=MapOptions(by=by))
            rows.append([f"page, kB, by what was {by}", f"{page.stat().st_size / 1000:.0f}", f"{BARS['size']}"])
            if find_chromium():
                worked, painted = _take_steps(page, steps)
                rows.append([f"step, ms, by what was {by}: script", worked, f"{BARS['step']}"])
                rows.append([f"step, ms, by what was {by}: to the next frame", painted, ""])
        rows.append(["folium's TimeSliderChoropleth, kB, one group", f"{_weigh_theirs(Path(name)):.0f}", ""])
    sys.stdout.write(table(["what", "figure", "bar"], rows) + "\n")


def _write_table(path: Path) -> Path:
    chance, units = random.Random(SEED), list(read_gazetteer().units)
    months = [f"{2010 + number // 12}-{number % 12 + 1:02}" for number in range(MONTHS)]
    lines = [
        "title: Ten years",
        "as_of: 2019-12",
        "levels: {seen: {name: Seen, rank: 1, valid_for: 3 months}}",
        "sources:",
    ]
    lines += [f"  r{month}: {{title: Report of {month}, date: {month}}}" for month in months]
    lines += ["groups:", *(f"  g{number}: {{name: Group {number}}}" for number in range(GROUPS)), "presence:"]
    for month in months:
        for number in range(GROUPS):
            named = ", ".join(chance.sample(units, round(len(units) * SHARE)))
            lines.append(f"  - {{group: g{number}, in: [{named}], source: r{month}, observed: {month}}}")
    path.write_text("\n".join(lines), "utf-8")
    return path


def _take_steps(page: Path, steps: int) -> tuple[str, str]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.goto(page.as_uri())
        opened.wait_for_selector("html.live path.unit[aria-label]")
        last = int(opened.locator("#step").get_attribute("max") or 0)
        chance = random.Random(SEED)
        times = [opened.evaluate(STEP, chance.randint(0, last)) for _ in range(steps + 5)][5:]
        browser.close()
    return _spread([worked for worked, _ in times]), _spread([painted for _, painted in times])


def _spread(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} [{min(times):.0f}–{max(times):.0f}]"


def _weigh_theirs(folder: Path) -> float:
    """Draw one group with folium's own plugin: each province's colour at each month."""
    import folium
    import geopandas
    from folium.plugins import TimeSliderChoropleth

    frame = geopandas.read_file(Path(__file__).resolve().parents[1] / "shapefiles" / "provinces.shp")[["geometry"]]
    moments = [str(1262304000 + number * 2629800) for number in range(MONTHS)]
    styles = {str(place): {moment: {"color": "#0072b2", "opacity": 0.7} for moment in moments} for place in frame.index}
    drawn = folium.Map(location=[34, 66], zoom_start=6)
    TimeSliderChoropleth(frame.to_json(), styledict=styles).add_to(drawn)
    path = folder / "theirs.html"
    drawn.save(str(path))
    return path.stat().st_size / 1000


if __name__ == "__main__":
    main()
