"""``python -m benchmarks.limits``: how time and memory grow with the number of records, up to 50,000.

Reading and checking a table beside PyYAML's ``CSafeLoader``, which merely loads it, in the same run and in alternating
fresh processes; and a whole ``presence build``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from benchmarks.processes import Cost, compare, run, run_rounds, spread
from benchmarks.report import table
from benchmarks.tables import read_names, write_long

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
NUMBERS = (6_250, 12_500, 25_000, 50_000)
BAR = 0.5
OURS = """
import sys
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import read_presence
read_presence(sys.argv[1], read_gazetteer())
"""
THEIRS = """
import sys, yaml
with open(sys.argv[1], encoding="utf-8") as file:
    yaml.load(file, yaml.CSafeLoader)
"""
MAPS = ("choropleth", "overlay", "compare", "report")


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Rounds of each pair, after one that warms up.")
def main(rounds: int) -> None:
    """Measure and print."""
    names = read_names(ROOT / "shapefiles" / "gazetteer.csv")
    with tempfile.TemporaryDirectory() as folder:
        files = {number: write_long(Path(folder) / f"{number}.yaml", names, number) for number in NUMBERS}
        costs = {number: _read_both(file, rounds) for number, file in files.items()}
        sys.stdout.write(f"{_tell_reading(files, costs)}\n\n")
        sys.stdout.write(f"{_tell_building(files, Path(folder))}\n")


def _read_both(file: Path, rounds: int) -> dict[str, list[Cost]]:
    commands = {name: [sys.executable, "-c", code, str(file)] for name, code in (("ours", OURS), ("theirs", THEIRS))}
    return run_rounds(commands, rounds)


def _tell_reading(files: Mapping[int, Path], costs: Mapping[int, Mapping[str, Sequence[Cost]]]) -> str:
    rows = []
    for number, each in costs.items():
        wall, cpu, peak = compare(each["ours"], each["theirs"])
        seconds, memory = (spread([getattr(cost, name) for cost in each["ours"]]) for name in ("cpu", "peak"))
        rows.append([
            f"{number:,}", f"{files[number].stat().st_size / 1e6:.1f}", f"{seconds.median:.2f}",
            f"{seconds.median / number * 1e6:.0f}", f"{memory.median:.0f}", f"{memory.median / number * 1024:.1f}",
            f"{wall.median:.2f} [{wall.low:.2f}–{wall.high:.2f}]", f"{cpu.median:.2f} [{cpu.low:.2f}–{cpu.high:.2f}]",
            f"{peak.median:.2f}", f"{BAR:g}" + ("" if wall.median < BAR else " **missed**"),
        ])  # fmt: skip
    head = (
        "records", "MB", "CPU s", "µs a record", "peak MiB", "KiB a record", "wall / loader", "CPU / loader",
        "memory / loader", "bar",
    )  # fmt: skip
    return table(head, rows)


def _tell_building(files: Mapping[int, Path], folder: Path) -> str:
    rows = []
    for number, file in files.items():
        out = folder / f"maps-{number}"
        cost = run([sys.executable, "-m", "geo", "build", "-q", str(file), "-o", str(out)])
        sizes = [(out / f"{name}.html").stat().st_size for name in MAPS]
        rows.append([
            f"{number:,}", f"{cost.cpu:.1f}", f"{cost.cpu / number * 1e6:.0f}", f"{cost.peak:.0f}",
            f"{cost.peak / number * 1024:.1f}", f"{max(sizes) / 1e6:.1f}", f"{max(sizes) / number:.0f}",
        ])  # fmt: skip
    head = ("records", "CPU s", "µs a record", "peak MiB", "KiB a record", "largest map, MB", "bytes a record")
    return table(head, rows)


if __name__ == "__main__":
    main()
