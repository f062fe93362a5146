"""``python -m benchmarks.publication``: a publication in three languages beside ``presence build`` of the same table.

Fresh processes in alternating turns, both sides compiled; the first turn only warms up.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from benchmarks.processes import compare, run_rounds, spread
from benchmarks.report import table

__all__ = ["main"]

BAR, MOST_MEMORY = 8, 400
LANGUAGES = ("en", "fa", "ps")


@click.command()
@click.argument("presence", default="presence.yaml", type=click.Path(exists=True))
@click.option("--rounds", default=5, show_default=True, help="Turns that count.")
def main(presence: str, rounds: int) -> None:
    """Measure and print."""
    geo = [sys.executable, "-m", "geo"]
    with tempfile.TemporaryDirectory() as name:
        chosen = [part for language in LANGUAGES for part in ("--lang", language)]
        commands = {
            "build": [*geo, "build", presence, "-q", "-o", str(Path(name) / "maps")],
            "publish": [*geo, "publish", presence, "-q", "-o", str(Path(name) / "public"), *chosen],
        }
        costs = run_rounds(commands, rounds)
    wall, cpu, _ = compare(costs["publish"], costs["build"])
    peak = spread([cost.peak for cost in costs["publish"]])
    rows = [
        [f"publish / build, {what}", f"{each.median:.1f} [{each.low:.1f}–{each.high:.1f}]", f"{BAR}"]
        for what, each in (("wall", wall), ("CPU", cpu))
    ]
    rows.append(
        ["peak memory of publish, MiB", f"{peak.median:.0f} [{peak.low:.0f}–{peak.high:.0f}]", f"{MOST_MEMORY}"]
    )
    sys.stdout.write(table(["what", "figure", "bar"], rows) + "\n")


if __name__ == "__main__":
    main()
