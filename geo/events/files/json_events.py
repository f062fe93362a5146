"""Events as JSON: a list of them, what a service answers, one a line, or points as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Rows", "parse_objects"]

UNDER = ("Result", "data", "results", "rows", "records", "events")
"""Where a service puts its list: UCDP, ACLED, others."""

TOTALS = ("TotalCount", "total_count", "count")
DEGREES = ("CRS84", "4326")


@dataclass(frozen=True)
class Rows:
    """Rows of values under names; ``total`` is how many the service says that it has, 0 where it does not say."""

    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int = 0


def parse_objects(text: str) -> Rows:
    r"""Read rows from JSON, where numbers stay as they are written; a `ValueError` says in words what is wrong.

    Examples
    --------
    >>> parse_objects('{"TotalCount": 7, "Result": [{"id": 1.0, "best": 3}]}')
    Rows(names=('id', 'best'), rows=(('1.0', '3'),), total=7)
    >>> parse_objects('{"a": 1}\n{"b": null}').rows
    (('1', None), (None, None))
    """
    data = _parse(text)
    listed = _find_list(data)
    objects = [_flatten(each) for each in listed]
    names = dict.fromkeys(name for each in objects for name in each)
    rows = tuple(tuple(each.get(name) for name in names) for each in objects)
    return Rows(tuple(names), rows, _find_total(data))


def _parse(text: str) -> Any:
    try:
        return _load(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise ValueError(f"no whole JSON: line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise ValueError("JSON that is nested too deeply") from None
    try:
        return [_load(line) for line in text.splitlines() if line.strip()]
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("no whole JSON, and not one event a line") from None


def _load(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_pair)


def _pair(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(key for key in keys if keys.count(key) > 1)!r} twice in one object")
    return found


def _find_list(data: Any) -> list[Mapping[str, Any]]:
    if isinstance(data, dict):
        _check_degrees(data)
        under = "features" if data.get("type") == "FeatureCollection" else None
        data = data.get(under or next((each for each in UNDER if each in data), ""))
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        raise ValueError("JSON that is no list of events")
    return data


def _check_degrees(data: Mapping[str, Any]) -> None:
    if (crs := data.get("crs")) and not any(each in json.dumps(crs) for each in DEGREES):
        raise ValueError("GeoJSON whose coordinates are no degrees")


def _flatten(each: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the point of a feature beside its properties, as columns."""
    if each.get("type") != "Feature" or "geometry" not in each:
        return each
    properties, geometry = each.get("properties") or {}, each["geometry"] or {}
    points = geometry.get("coordinates")
    if geometry.get("type") == "MultiPoint" and isinstance(points, list) and len(points) == 1:
        points = points[0]
    elif geometry.get("type") != "Point":
        points = None
    if not isinstance(points, list) or len(points) < 2:
        return {"longitude": None, "latitude": None, **properties}
    own = {key: value for key, value in properties.items() if key.lower() not in ("longitude", "latitude")}
    return {**own, "longitude": points[0], "latitude": points[1]}


def _find_total(data: Any) -> int:
    totals = [data.get(key, "") for key in TOTALS] if isinstance(data, dict) else []
    return max(
        (int(each) for each in totals if isinstance(each, str) and each.isdecimal() and len(each) < 10), default=0
    )
