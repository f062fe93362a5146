"""Run commands as fresh processes in alternating pairs, and compare them pair by pair."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import starmap
from statistics import median

__all__ = ["Cost", "Spread", "compare", "run", "run_rounds", "spread"]


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds on the clock, seconds of all cores, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Spread:
    """Median, least and greatest."""

    median: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """Sum up repeated measurements.

    Examples
    --------
    >>> spread([3, 1, 2])
    Spread(median=2, low=1, high=3)
    """
    return Spread(median(values), min(values), max(values))


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end.

    Peak memory is the kernel's for this one child (``wait4``), which on Linux is no less than what this process
    held when it started the child: so keep this one small, and start no browser in it before.

    Raises
    ------
    subprocess.CalledProcessError
        If it fails.
    """
    # Both sides may keep their compiled modules: installed packages have theirs already.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def run_rounds(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Cost]]:
    """Run each command once a round, every other round in reverse order; the first round only warms up."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name in list(commands)[:: -1 if turn % 2 else 1]:
            cost = run(commands[name])
            if turn:
                costs[name].append(cost)
    return costs


def compare(ours: Sequence[Cost], theirs: Sequence[Cost]) -> tuple[Spread, ...]:
    """Return the ratios ours / theirs of wall time, CPU time and peak memory, each spread over the rounds.

    Examples
    --------
    >>> [ratio.median for ratio in compare([Cost(1, 1, 50)], [Cost(2, 1, 100)])]
    [0.5, 1.0, 0.5]
    """
    ratios = zip(*starmap(_divide, zip(ours, theirs, strict=True)), strict=True)
    return tuple(spread(each) for each in ratios)


def _divide(ours: Cost, theirs: Cost) -> tuple[float, ...]:
    return tuple(mine / other for mine, other in zip(astuple(ours), astuple(theirs), strict=True))
