"""Values of the model as what JSON knows, JSON as it may stand on a page, and the hash of all of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo.model import Moment, Period, Record, Span

if TYPE_CHECKING:  # What has no geometry becomes JSON without its library.
    import geopandas as gpd

    from geo.join.joined_table import JoinedTable
    from geo.model import Activity

__all__ = ["dump_json", "hash_activity", "hash_data", "to_plain", "to_plain_record"]

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_UNSAFE = re.compile("[<>&{}\u2028\u2029]")


def to_plain(value: object) -> object:
    """Turn a value of the model into what JSON knows: no positions or copies, nothing empty, dates as ISO text.

    Examples
    --------
    >>> from geo.model import Level
    >>> to_plain(Level("cells", "Cells")), to_plain((Moment(2020, 6),))
    ({'id': 'cells', 'name': 'Cells'}, ['2020-06'])
    """
    if value is None or type(value) is str:
        return value
    if isinstance(value, Moment | Period | Span | date):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((name, getattr(value, name)) for name in _list_fields(type(value)))
        return {name: to_plain(each) for name, each in pairs if each is not None and each != () and each != {}}
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(each) for each in value]
    return value


@cache
def _list_fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare)


def to_plain_record(record: Record, stale: bool = False) -> dict[str, object]:
    """Turn a record into what JSON knows, without what is so where nothing is said; ``stale`` where it is out of date.

    Examples
    --------
    >>> from geo.model import Evidence, Place
    >>> to_plain_record(Record(("a",), Place("in", ("AF-KAB",)), "l", Evidence(source="s")))
    {'groups': ['a'], 'place': 'in', 'level': 'l', 'units': ['AF-KAB'], 'source': 's'}
    """
    place = record.place
    built: dict[str, object] = {"groups": list(record.groups), "place": place.kind, "level": record.level}
    if place.units:
        built["units"] = list(place.units)
    optional = {
        "region": place.region,
        "count": to_plain(place.count),
        "finding": None if record.finding == "present" else record.finding,
        "trend": record.trend,
        "as_written": record.as_written,
        "open_list": record.open_list,
        "stale": stale or None,
    }
    marks = {"id": record.id, "changed": to_plain(record.changed)}
    evidence = to_plain(record.evidence)
    assert isinstance(evidence, dict)  # noqa: S101  # a dataclass becomes a dict
    built |= {key: value for key, value in optional.items() if value is not None}
    built |= {key: value for key, value in evidence.items() if (key, value) != ("basis", "reported")}
    return built | {key: value for key, value in marks.items() if value is not None}


@lru_cache(maxsize=1)  # All pages of a run print the same.
def hash_data(joined: JoinedTable) -> str:
    """Return the SHA-256 of the checked table and the full boundaries, as 64 hexadecimal digits.

    Comments, order of keys and layout of the file do not change it; neither does anything ``internal``.
    """
    return _hash(to_plain(joined.table), joined.units)


def hash_activity(activity: Activity, units: gpd.GeoDataFrame) -> str:
    """Return the same of counted events and the boundaries in which they are counted."""
    return _hash(to_plain(activity), units)


def _hash(told: object, units: gpd.GeoDataFrame) -> str:
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode())
    for code, shape in zip(units.index, units.geometry.to_wkb(), strict=True):
        digest.update(code.encode() + shape)
    return digest.hexdigest()


def dump_json(value: object) -> str:
    r"""Write JSON that can stand in a script element and be read by any template engine unharmed.

    Examples
    --------
    >>> dump_json({"a": ["</script>{{1}}", 2]})
    '{"a":["\\u003c/script\\u003e\\u007b\\u007b1\\u007d\\u007d",2]}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _STRING.sub(lambda match: _UNSAFE.sub(lambda mark: f"\\u{ord(mark[0]):04x}", match[0]), text)
