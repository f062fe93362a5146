"""``python -m benchmarks.load``: ten groups in 34 provinces with 1,020 claims beside the default table.

Ratios of the time of a whole ``presence build`` (all maps), and milliseconds from a switch to the frame after it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.browser import ARGUMENTS, SIZE, find_chromium
from benchmarks.processes import run_rounds, spread
from benchmarks.tables import read_names, write_dense

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 9
SWITCH = """() => new Promise((done) => {
  const input = document.querySelector("input[data-group]");
  const start = performance.now();
  input.click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = read_names(ROOT / "shapefiles" / "gazetteer.csv")
        tables = {"default": ROOT / "presence.yaml", "dense": write_dense(folder / "dense.yaml", names)}
        commands = {
            each: [sys.executable, "-m", "geo", "build", str(table), "-o", str(folder / each)]
            for each, table in tables.items()
        }
        costs = run_rounds(commands, ROUNDS)
        for each, found in costs.items():
            wall = spread([cost.wall for cost in found])
            sys.stdout.write(f"build {each}: {wall.median:.2f} s [{wall.low:.2f}-{wall.high:.2f}]\n")
        ratio = spread([ours.wall / base.wall for ours, base in zip(costs["dense"], costs["default"], strict=True)])
        sys.stdout.write(f"dense / default: {ratio.median:.2f} [{ratio.low:.2f}-{ratio.high:.2f}], bar 2\n")
        for page in ("overlay", "report"):
            times = spread(_time_switch(folder / "dense" / f"{page}.html"))
            size = (folder / "dense" / f"{page}.html").stat().st_size / 1000
            sys.stdout.write(
                f"switch in {page} ({size:.0f} kB): {times.median:.0f} ms [{times.low:.0f}-{times.high:.0f}], bar 100\n"
            )


def _time_switch(page: Path) -> list[float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        tab = browser.new_page(viewport=SIZE)
        tab.goto(page.resolve().as_uri())
        tab.locator("input[data-group]").first.wait_for()
        times: list[float] = [tab.evaluate(SWITCH) for _ in range(20)]
        browser.close()
    return times


if __name__ == "__main__":
    main()
