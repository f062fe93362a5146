"""Units of one name, told apart: in their codes, and in what a table may write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from geo.read.boundaries.bundled import read_boundaries
from geo.read.boundaries.layers import Layer
from geo.read.boundaries.unit_fields import CODE
from geo.read.common.names import fold_name

__all__ = ["list_places", "list_provinces", "make_code", "make_codes", "tell_apart"]

DECIMALS = (1, 3, 5)


def make_code(text: str) -> str:
    """Make a code of a text that is none, which an address can hold.

    Examples
    --------
    >>> make_code("Sar-e Pol / North")
    'sar-e-pol-north'
    """
    return re.sub(r"[\W_]+", "-", fold_name(text)).strip("-")


def make_codes(names: Sequence[str], areas: Sequence[str]) -> tuple[list[str], str]:
    """Make a code of each name: with its larger area where several have it, with its number in the file at last.

    Where all names can be codes as they stand, they are. Then comes what was needed: ``names``, ``areas`` or
    ``numbers``.

    Examples
    --------
    >>> make_codes(("Nawa", "Nawa", "Gizab"), ("Ghazni", "Helmand", ""))
    (['nawa-ghazni', 'nawa-helmand', 'gizab'], 'areas')
    >>> make_codes(("Nawa", "Nawa", ""), ("", "", "")), make_codes(("Nawa", "Gizab"), ("", ""))
    ((['nawa-1', 'nawa-2', '3'], 'numbers'), (['Nawa', 'Gizab'], 'names'))
    """
    codes, numbers = list(map(make_code, names)), [str(place) for place in range(1, len(names) + 1)]
    how = "names"
    if len(set(codes)) == len(codes) and all(map(CODE.fullmatch, names)):
        return list(names), how
    for kind, further in (("areas", areas), ("numbers", numbers)):
        counts = Counter(codes)
        if max(counts.values(), default=0) > 1 or not all(codes):
            how = kind
            codes = [
                make_code(f"{code} {more}") if counts[code] > 1 or not code else code
                for code, more in zip(codes, further, strict=True)
            ]
    return (codes, how) if len(set(codes)) == len(codes) else (numbers, how)


def tell_apart(names: Sequence[str], schemes: Iterable[Callable[[], Sequence[str]]]) -> dict[int, str]:
    """Give each of several shapes of one name a name of its own, by the first scheme that differs for all of those.

    Examples
    --------
    >>> tell_apart(("Nawa", "nawa", "Gizab"), [lambda: ("", "", "x"), lambda: ("Ghazni", "Helmand", "Uruzgan")])
    {0: 'Nawa (Ghazni)', 1: 'nawa (Helmand)'}
    """
    folded = list(map(fold_name, names))
    counts = Counter(folded)
    twins: dict[str, list[int]] = {}
    for place, name in enumerate(folded):
        if name and counts[name] > 1:
            twins.setdefault(name, []).append(place)
    apart: dict[int, str] = {}
    for scheme in schemes if twins else ():
        said = scheme()
        for name, places in list(twins.items()):
            marks = {fold_name(said[place]) for place in places} - {""}
            if len(marks) == len(places):
                apart |= {place: f"{names[place]} ({said[place]})" for place in twins.pop(name)}
        if not twins:
            break
    return apart


def list_provinces(layer: Layer) -> list[str]:
    """Name the bundled province that holds each shape; nothing where there is none."""
    provinces = read_boundaries()
    points = layer.geometry.representative_point().to_numpy()
    names = [""] * len(points)
    for place, province in zip(*provinces.sindex.query(points, predicate="intersects"), strict=True):
        names[place] = str(provinces["name"].iloc[province])
    return names


def list_places(layer: Layer) -> Iterator[Callable[[], list[str]]]:
    """Give ways to say where each shape is, ever more precisely."""
    points = [(point.y, point.x) for point in layer.geometry.representative_point()]

    def say(decimals: int) -> list[str]:
        return [_say_place(lat, lon, decimals) for lat, lon in points]

    yield from (partial(say, decimals) for decimals in DECIMALS)


def _say_place(lat: float, lon: float, decimals: int) -> str:
    """Say a place without a comma, which would part two names in a list."""
    turned = (lon + 180) % 360 - 180
    sides = "N" if lat >= 0 else "S", "E" if turned >= 0 else "W"
    return f"{abs(lat):.{decimals}f} {sides[0]} {abs(turned):.{decimals}f} {sides[1]}"
