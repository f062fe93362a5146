"""A table as YAML in the style of the example: short mappings in braces, long ones over several lines."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

__all__ = ["write_table"]

LONGEST_LINE = 100
NOTHING = {"", "~", "null", "Null", "NULL"}
"""Words that mean nothing unless they stand in quotes."""

SPREAD = ("groups", "presence", "relations", "changes")
"""Sections whose entries stand over several lines, however short, as in the example."""


class _Writer(yaml.SafeDumper):
    """PyYAML's emitter, with lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # PyYAML's names
        """Indent lists as well."""
        super().increase_indent(flow, False)


def write_table(table: Mapping[str, Any]) -> bytes:
    """Write a table given as plain mappings, lists and texts, numbers too, in this order.

    It is YAML 1.1 in UTF-8, which `geo.read.table.reader` reads.

    Examples
    --------
    >>> print(write_table({"title": "A: b", "presence": [{"group": "a", "in": ["Kabul", "null"]}]}).decode())
    title: 'A: b'
    <BLANKLINE>
    presence:
      - group: a
        in: [Kabul, 'null']
    <BLANKLINE>
    """
    scalars = {key: value for key, value in table.items() if isinstance(value, str)}
    parts = [_emit(scalars, "")] if scalars else []
    parts += [_emit({key: value}, key) for key, value in table.items() if not isinstance(value, str)]
    return "\n".join(parts).encode()


def _emit(value: Mapping[str, Any], section: str) -> str:
    text = io.StringIO()
    events = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False),
              *_list_events(value, 0, 3 if section in SPREAD else 2),
              yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]  # fmt: skip
    yaml.emit(events, text, Dumper=_Writer, allow_unicode=True, width=float("inf"))
    return text.getvalue()


def _list_events(value: Any, depth: int, spread: int, *, in_flow: bool = False) -> Iterator[Any]:
    """Turn a value into events; above the depth ``spread`` no mapping stands in braces."""
    if isinstance(value, str):
        style = "'" if value in NOTHING else "|" if "\n" in value and not in_flow else None
        yield yaml.ScalarEvent(None, None, (True, True), value, style=style)
        return
    is_map = isinstance(value, Mapping)
    may_be_short = depth >= spread if is_map else depth > 0 and not _holds_maps(value)
    flow = in_flow or (may_be_short and _fits(value))
    start, end = (
        (yaml.MappingStartEvent, yaml.MappingEndEvent) if is_map else (yaml.SequenceStartEvent, yaml.SequenceEndEvent)
    )
    yield start(None, None, True, flow_style=flow)
    for each in value:
        if is_map:
            yield yaml.ScalarEvent(None, None, (True, True), each, style="'" if each in NOTHING else None)
        yield from _list_events(value[each] if is_map else each, depth + 1, spread, in_flow=flow)
    yield end()


def _holds_maps(value: Any) -> bool:
    return any(isinstance(each, Mapping) for each in value)


def _fits(value: Any) -> bool:
    """Tell whether a value can stand on one line: short, and no mapping in a mapping in it."""
    size, depth = _measure(value)
    return size <= LONGEST_LINE and depth <= 2


def _measure(value: Any) -> tuple[int, int]:
    if isinstance(value, str):
        return (LONGEST_LINE + 1 if "\n" in value else len(value) + 2), 0
    inner = [_measure(each) for each in (value.values() if isinstance(value, Mapping) else value)]
    keys = sum(len(key) + 2 for key in value) if isinstance(value, Mapping) else 0
    return keys + 2 + sum(size for size, _ in inner), 1 + max((depth for _, depth in inner), default=0)
