"""Ids given to the records of a table: one put at the head of each, and no other letter moves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import count

from geo.errors import Problem, TableError
from geo.model import Gazetteer, Record
from geo.read.common.file_text import decode_text
from geo.read.common.nodes import List, Map, Node
from geo.read.fields.table_context import find_position
from geo.read.table.reader import parse_presence
from geo.read.yaml.indent import Source
from geo.read.yaml.parse import parse_tree
from geo.read.yaml.tidy import Edit, apply

__all__ = ["assign_record_ids", "insert_ids", "list_ids", "word_record"]

SHORTEST = 4
LONGEST_ID = 64


def assign_record_ids(data: bytes, source: str, gazetteer: Gazetteer) -> tuple[str, int]:
    r"""Give each record of a table an id that has none, and say how many were given.

    It is made of the record's first group and of what it says. No number counts records: one that is deleted would
    leave its id to the next, which would be taken for it. And no place is in it: that is what may be corrected. The
    text has the line ends of Unix. Beside the errors of the table, its short form is a `TableError`: it has no room for
    an id.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> text = b"groups: {a: {name: A}}\npresence:\n  - {group: a, in: Kabul}\n  - {id: x, group: a, in: Kunar}"
    >>> print(assign_record_ids(text, "t.yaml", read_gazetteer())[0])
    groups: {a: {name: A}}
    presence:
      - {id: a-902b, group: a, in: Kabul}
      - {id: x, group: a, in: Kunar}
    """
    table, _ = parse_presence(data, source, gazetteer, allow_empty=True)
    root = parse_tree(data, source)
    part = root.values.get("presence") if isinstance(root, Map) else None
    if isinstance(part, Map) and part.values:
        found = "the short form, in which a record has no room for an id"
        raise TableError(
            [Problem(source, found, "a list of records, each with `group` and `in`", (), find_position(part))]
        )
    ids = tuple(_choose_ids(table.records))
    text = insert_ids(decode_text(data, source), part.items if isinstance(part, List) else (), ids)
    again, _ = parse_presence(text.encode(), source, gazetteer, allow_empty=True)
    if replace(again, records=tuple(map(_forget_id, again.records))) != replace(
        table, records=tuple(map(_forget_id, table.records))
    ):
        raise RuntimeError("the table with ids is not the table without")
    return text, sum(each is not None for each in ids)


def _forget_id(record: Record) -> Record:
    return replace(record, id=None, position=None)


def _choose_ids(records: tuple[Record, ...]) -> Iterator[str | None]:
    """Choose an id for each record that has none; None for the others."""
    taken = {record.id for record in records}
    for record in records:
        id_ = None if record.id else next(each for each in list_ids(record) if each not in taken)
        taken.add(id_)
        yield id_


def _drop_empty(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Keep what is said: a key that the format will have one day changes no id."""
    return {name: value for name, value in pairs if value not in (None, ())}


def word_record(record: Record) -> str:
    """Write all that a record says but its id: two that say the same are worded alike.

    Examples
    --------
    >>> from geo.model import Evidence, Place
    >>> word_record(Record(("a",), Place("nationwide"), "b", Evidence(), id="c"))[:40]
    '{"evidence": {"basis": "reported"}, "fin'
    """
    return json.dumps(asdict(_forget_id(record), dict_factory=_drop_empty), sort_keys=True)


def list_ids(record: Record) -> Iterator[str]:
    """List the ids that a record may get, without end and ever longer: of its first group and of what it says.

    Examples
    --------
    >>> from geo.model import Evidence, Place
    >>> next(list_ids(Record(("a",), Place("nationwide"), "b", Evidence())))
    'a-a118'
    """
    said, group = word_record(record), record.groups[0]
    for length in count(SHORTEST):
        digest = hashlib.sha256(f"{length} {said}".encode()).hexdigest()[:length]
        yield f"{group[: LONGEST_ID - length - 1]}-{digest}"


def insert_ids(text: str, records: Iterable[Node], ids: Iterable[str | None]) -> str:
    r"""Put ids into the text of a table, one a record of its tree, None where that has one.

    The text then has the line ends of Unix.

    Examples
    --------
    >>> text = "presence:\n  - {group: a, in: Kabul}\n  - group: b\n    in: Kabul"
    >>> print(insert_ids(text, parse_tree(text.encode(), "t").values["presence"].items, ["x", "y"]))
    presence:
      - {id: x, group: a, in: Kabul}
      - id: y
        group: b
        in: Kabul
    """
    place = Source(text.replace("\r\n", "\n").replace("\r", "\n"))
    return apply(place.text, _list_edits(place, records, ids))


def _list_edits(place: Source, records: Iterable[Node], ids: Iterable[str | None]) -> Iterator[Edit]:
    for record, id_ in zip(records, ids, strict=True):
        if id_ is None or not isinstance(record, Map):
            continue
        first = next(iter(record.keys.values()))
        said = f"id: {id_}" if first.plain else f'"id": "{id_}"'
        start = place.starts[record.line - 1] + record.column - 1
        if record.flow:
            yield start + 1, start + 1, f"{said}, "
        else:
            yield start, start, f"{said}\n{' ' * (record.column - 1)}"
