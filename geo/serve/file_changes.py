"""When a file was saved: asked for again and again, which works on every system and every kind of disk."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["PAUSE", "Stamp", "read_stamp", "wait_for_change"]

PAUSE = 0.25
"""Seconds between two looks: soon enough for a person, and next to no work."""

MOST_MISSED = 4
"""Looks without a file after which it is gone, and not being saved."""

Stamp = tuple[int, int, int] | None


def read_stamp(path: Path) -> Stamp:
    """Tell a file's state from any other, without reading it; None where there is no file.

    It is the time of the last change in nanoseconds, the size in bytes and the number of the file.

    Examples
    --------
    >>> read_stamp(Path("no/such.yaml")) is None
    True
    """
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def wait_for_change(path: Path, seen: Stamp, at_loss: Callable[[], None], pause: float = PAUSE) -> None:
    """Wait until a file is there, is another than the one `read_stamp` has seen, and has come to rest.

    Editors save in steps: some empty the file first, some put another in its place, so that for a moment there is none.
    Where there has been none for longer, ``at_loss`` is called once, and whatever comes back then is another. ``pause``
    is seconds between two looks.

    Examples
    --------
    >>> wait_for_change(Path(__file__), None, print, pause=0)
    """
    last, missed = seen, 0
    while True:
        now = read_stamp(path)
        if now is not None and now != seen and now == last:
            return
        last, missed = now, 0 if now else missed + 1
        if missed == MOST_MISSED and seen is not None:
            seen = None
            at_loss()
        time.sleep(pause)
