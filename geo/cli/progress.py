"""How far a long job is: rows, their rate, and the time that is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from geo.cli.terminal import echo

__all__ = ["Progress", "say_pace"]

EVERY = 0.5
"""Seconds between two lines where each takes the place of the one before."""

SELDOM = 10.0
"""Seconds between two lines that stay, in a log."""


def say_pace(rows: int, done: int, total: int, seconds: float) -> str:
    """Say how far a job is by rows and bytes, and after how many seconds.

    Examples
    --------
    >>> say_pace(600_000, 400_000_000, 1_000_000_000, 2.0)
    '600,000 events, 40 %, 300,000 a second, 3 s left'
    """
    share = done / total if total else 0.0
    said = f"{rows:,} events, {share:.0%}, ".replace("%", " %")
    said += f"{rows / seconds if seconds > 0 else 0:,.0f} a second"
    if 0 < share < 1:
        said += f", {_say_time(seconds * (1 - share) / share)} left"
    return said


def _say_time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


class Progress:
    """Tells how far a job is, on standard error: in place on a terminal, a line now and then elsewhere."""

    def __init__(self, *, quiet: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._quiet, self._clock = quiet, clock
        self._begun: float | None = None
        self._said = 0.0
        self._width = 0

    def __call__(self, rows: int, done: int, total: int) -> None:
        """Take how many rows and bytes were read, of how many."""
        now = self._clock()
        if self._begun is None:
            self._begun = self._said = now
        in_place = sys.stderr.isatty()
        if self._quiet or now - self._said < (EVERY if in_place else SELDOM):
            return
        self._said = now
        line = say_pace(rows, done, total, now - self._begun)
        if in_place:
            echo(f"{line:<{self._width}}", err=True, nl=False, over=True)
            self._width = len(line)
        else:
            echo(line, err=True)

    def end(self) -> None:
        """Clear the line that was written in place."""
        if self._width:
            echo(" " * self._width, err=True, nl=False, over=True)
            echo("", err=True, nl=False, over=True)
            self._width = 0
