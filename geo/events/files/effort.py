"""How long a count may take, said before it begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from geo.events.stores.addresses import Address, is_stored

if TYPE_CHECKING:
    from geo.events.files.chunks import Part

__all__ = ["say_effort"]

MUCH = 20_000_000_000
"""Bytes, from which on somebody is asked."""

TEXT, OTHER = 250_000_000, 50_000_000
"""Bytes that one core counts in a second, as benchmarks.events measures it: of text, of what is packed or Parquet."""

NETWORK = 50_000_000
"""Bytes that a store is taken to give in a second."""


def say_effort(parts: Iterable[Part]) -> str:
    """Say how much is to be counted and how long that may take; empty where it is not very much.

    Examples
    --------
    >>> from geo.events.files.chunks import Part
    >>> from geo.events.files.formats import find_format
    >>> from geo.events.files.inspect_file import EventFile
    >>> file = EventFile("a.csv", find_format("acled"), "text", {}, (), 0, 100_000_000_000, 0)
    >>> say_effort([Part(file)]), say_effort([])
    ('100 GB are to be counted on this machine, which may take 7 min', '')
    """
    files = {part.file.path: part.file for part in parts}.values()
    total = sum(file.size for file in files)
    if total < MUCH:
        return ""
    seconds = 0.0
    for file in files:
        plain = file.kind == "text" and not file.path.lower().endswith((".gz", ".zip"))
        is_far = isinstance(file.path, Address) and is_stored(file.path.place)
        seconds += file.size / min(TEXT if plain else OTHER, NETWORK if is_far else TEXT)
    minutes = max(round(seconds / 60), 1)
    time = f"{minutes} min" if minutes < 100 else f"{round(minutes / 60)} h"
    network = (
        f", at {NETWORK // 1_000_000} MB a second from the store"
        if any(isinstance(file.path, Address) and is_stored(file.path.place) for file in files)
        else ""
    )
    return f"{total / 1e9:,.0f} GB are to be counted on this machine, which may take {time}{network}"
