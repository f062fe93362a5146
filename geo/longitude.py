"""The same meridian goes by several longitudes: 181 and -179 are one place."""

from __future__ import annotations

from typing import Any

__all__ = ["turn_longitude"]


def turn_longitude(lon: Any, middle: float) -> Any:
    """Give a longitude as it is counted on a map around another one; what is within 180 degrees of it stays as it is.

    Parameters
    ----------
    lon : float or array of float
        From -180 to 180.
    middle : float
        Of the map; beyond 180 where its units lie across the antimeridian.

    Examples
    --------
    >>> turn_longitude(-179.0, 178.5), turn_longitude(179.0, 178.5), turn_longitude(181.0, 0)
    (181.0, 179.0, -179.0)
    """
    return lon - 360 * (lon > middle + 180) + 360 * (lon < middle - 180)
