"""How many bytes: of each map, of what a map cannot do without, and of one group more."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.cdn import LEAFLET
from benchmarks.processes import run
from benchmarks.tables import write_full

__all__ = ["MAPS", "Size", "measure_floor", "measure_growth", "weigh"]

MAPS = ("choropleth", "overlay")


@dataclass(frozen=True)
class Size:
    """Bytes as written, and after ``gzip -9``."""

    raw: int
    packed: int


def weigh(data: bytes) -> Size:
    """Measure what would be written, and sent over a line.

    Examples
    --------
    >>> weigh(b"") == Size(0, 20)
    True
    """
    return Size(len(data), len(gzip.compress(data, 9, mtime=0)))


def measure_floor(leaflet: Path, topology: Path, names: Sequence[str], groups: int) -> Size:
    """Weigh Leaflet, the thinned geometry and who is where, with no page around them."""
    who = {f"Group {number}": list(names) for number in range(1, groups + 1)}
    parts = [(leaflet / name).read_bytes() for name in LEAFLET]
    return weigh(b"".join([*parts, topology.read_bytes(), json.dumps(who).encode()]))


def measure_growth(
    command: Callable[[Path, Path], Sequence[str]], folder: Path, names: list[str], most: int
) -> dict[str, tuple[float, int]]:
    """Build tables of 1 to ``most`` groups, each named everywhere, and see what each further one adds.

    Parameters
    ----------
    command : callable
        Makes a command of a table and a folder.
    folder : Path
        Where to work.
    names : list of str
        All provinces.
    most : int
        At least 2.

    Returns
    -------
    dict of str to (float, int)
        For each map, bytes per further group: mean and greatest step.
    """
    sizes: dict[str, list[int]] = {name: [] for name in MAPS}
    folder.mkdir(exist_ok=True)
    for groups in range(1, most + 1):
        run(command(write_full(folder / "full.yaml", names, groups), folder))
        for name in MAPS:
            sizes[name].append((folder / f"{name}.html").stat().st_size)
    steps = {name: [after - before for before, after in pairwise(each)] for name, each in sizes.items()}
    return {name: (sum(each) / len(each), max(each)) for name, each in steps.items()}
