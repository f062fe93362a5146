"""The claims of one of our pages, read from its data block, which anyone may have written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["PageClaim", "count_claims"]

MOST = 1_000_000
DETAILS = ("count", "open_list", "trend", "basis", "observed", "grade", "confidence", "id")
"""What else a record says in no language."""


@dataclass(frozen=True, order=True)
class PageClaim:
    """A claim by the ids and codes of a page, which are the same in every language.

    Examples
    --------
    >>> str(PageClaim("red", "AF-KAB", "cells", "absent", "s", "observed 2020"))
    'red, AF-KAB, cells, absent, source s, observed 2020'
    """

    group: str
    place: str
    level: str
    finding: str = ""
    source: str = ""
    details: str = ""

    def __str__(self) -> str:
        source = f"source {self.source}" if self.source else ""
        return ", ".join(filter(None, (self.group, self.place, self.level, self.finding, source, self.details)))


def count_claims(block: Mapping[str, Any]) -> Counter[PageClaim] | None:
    """Count each claim that the data block of a page holds; None where they cannot be read, or are none of a table.

    Examples
    --------
    >>> record = {"groups": ["red"], "place": "in", "units": ["AF-KAB"], "level": "cells"}
    >>> [str(claim) for claim in count_claims({"records": [record]})]
    ['red, AF-KAB, cells']
    >>> count_claims({"records": [{"groups": "red"}]})
    """
    found: Counter[PageClaim] = Counter()
    try:
        codes = [unit["code"] for unit in block["units"]] if "steps" in block else []
        for record in _list_records(block["records"]):
            for claim in _list_claims(record, codes):
                found[claim] += 1
                if found.total() > MOST:
                    return None
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
        return None
    return found


def _list_records(records: Any) -> Iterator[Mapping[str, Any]]:
    """List records, also of a time line, which writes many as rows below their keys."""
    if isinstance(records, dict):
        for row in records["rows"]:
            yield {key: value for key, value in zip(records["keys"], row, strict=False) if value is not None}
    else:
        yield from records


def _list_claims(record: Mapping[str, Any], codes: Sequence[Any]) -> Iterator[PageClaim]:
    """List the claims of a record; ``codes`` are the units where it has their numbers."""
    units, place = _take(record.get("units", []), list), _take(record.get("place", "in"), str)
    named = [_take(codes[each] if type(each) is int and codes else each, str) for each in units]
    places = [code if place == "in" else f"{code} ({place})" for code in named] or [place]
    level, finding, source = (_take(record.get(key, ""), str) for key in ("level", "finding", "source"))
    details = ", ".join(f"{key} {_write(record[key])}" for key in DETAILS if key in record)
    for group in _take(record["groups"], list):
        for each in places:
            yield PageClaim(_take(group, str), each, level, finding, source, details)


def _write(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _take(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value
