"""Reference systems that do not exist, and numbers that make no sense in the one that is said to be theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.errors import BoundaryError, Problem
from geo.read.common.nodes import quote

__all__ = ["refuse_unknown", "show_bounds", "tell_extent"]

SMALLEST = 20.0
"""Kilometres; a vendor's numbers under a system in metres make 11 of any country."""

FARTHEST = 10.0
"""Degrees; a country may be wider than the zone that its system was made for."""

FALLBACKS = (None, "", "EPSG:4326", "OGC:CRS84")
"""What GDAL gives where it does not know a system; as GeoJSON has it in degrees, it takes that."""

LONGEST_NAME = 80
LONGEST_SYSTEM = 20_000


def refuse_unknown(source: str, said: str, taken: str | None) -> None:
    """Refuse a file that says which reference system it is in, where nobody knows that one.

    ``said`` is what it says, "" where it says nothing; ``taken`` is what GDAL took it for.

    Examples
    --------
    >>> refuse_unknown("t.geojson", "EPSG:32642", "EPSG:32642")
    >>> refuse_unknown("t.geojson", "EPSG:99999", "EPSG:4326")
    Traceback (most recent call last):
    geo.errors.BoundaryError: t.geojson: a reference system that does not exist, 'EPSG:99999'; expected one that ...
    """
    if said and taken in FALLBACKS and not _is_known(said):
        found = f"a reference system that does not exist, {quote(said)}"
        raise BoundaryError([Problem(source, found, "one that PROJ knows, such as EPSG:4326")])


def _is_known(said: str) -> bool:
    import pyproj
    from pyproj.exceptions import CRSError

    if said.startswith("+"):  # PROJ's own form may lead to files, and belongs into no file of ours.
        return False
    try:
        pyproj.CRS.from_user_input(said[:LONGEST_SYSTEM])
    except (CRSError, ValueError):
        return False
    return True


def tell_extent(source: str, crs: Any, numbers: Sequence[float], bounds: Sequence[float]) -> list[Problem]:
    """Warn of places that would be true only if a country were as small as a town, or lay where its system is not used.

    ``numbers`` are west, south, east and north of all places, as they stand in the file ``source``; ``bounds`` are the
    same in degrees.

    Examples
    --------
    >>> import pyproj
    >>> utm = pyproj.CRS(32642)
    >>> print(tell_extent("t.geojson", utm, (-999, -999, 9851, 8003), (64.5, 0, 64.6, 0.1))[0].found)
    all shapes lie within 11 km of each other in their reference system, 'WGS 84 / UTM zone 42N'
    >>> tell_extent("t.geojson", utm, (-289057, 3260870, 1022930, 4260220), (60.5, 29.4, 74.9, 38.5))
    []
    """
    name, found = quote(crs.name[:LONGEST_NAME]), ""
    expected = "the file's true reference system, with numbers that nobody scaled or shifted"
    if (size := _measure_longer_side(bounds)) < SMALLEST:
        found = f"all shapes lie within {size:.2g} km of each other in their reference system, {name}"
        expected = f"a place that small, or {expected}"
    elif _is_far_away(crs, bounds):
        found = f"places far from where their reference system, {name}, is used ({show_bounds(bounds)} in degrees)"
    elif _is_shifted(crs, numbers):
        found = f"numbers that begin near 0 ({show_bounds(numbers)}), which is outside of {name}"
    return [Problem(source, found, expected, severity="warning")] if found else []


def show_bounds(bounds: Sequence[float]) -> str:
    """Show west, south, east and north.

    Examples
    --------
    >>> show_bounds((-999, 0, 64.5000001, 1e7))
    '-999, 0, 64.5, 1e+07'
    """
    return ", ".join(f"{value:.6g}" for value in map(float, bounds))


def _measure_longer_side(bounds: Sequence[float]) -> float:
    """Measure the longer side of a box in kilometres."""
    import pyproj

    west, south, east, north = map(float, bounds)
    middle = (south + north) / 2
    _, _, sides = pyproj.Geod(ellps="WGS84").inv([west, west], [middle, south], [east, west], [middle, north])
    across = sides[0] if east - west < 180 else float("inf")
    return float(max(across, sides[1])) / 1000


def _is_far_away(crs: Any, bounds: Sequence[float]) -> bool:
    """Tell whether all places lie far outside of where a map projection is used; that of degrees is used anywhere."""
    import pyproj

    if crs.is_projected and crs.area_of_use is None and (known := crs.to_authority()):
        crs = pyproj.CRS.from_authority(*known)
    if not crs.is_projected or crs.area_of_use is None:
        return False
    west, south, east, north = crs.area_of_use.bounds
    east += 360 * (east < west)
    left, bottom, right, top = map(float, bounds)
    beside = all(left + turn > east + FARTHEST or right + turn < west - FARTHEST for turn in (-360, 0, 360))
    return beside or bottom > north + FARTHEST or top < south - FARTHEST


def _is_shifted(crs: Any, numbers: Sequence[float]) -> bool:
    """Tell whether numbers begin at the origin, which in UTM lies beside the zone: a drawing's numbers do."""
    west, south, east, north = map(float, numbers)
    return crs.utm_zone is not None and max(abs(west), abs(south)) < max(east - west, north - south) / 5
