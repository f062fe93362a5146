"""Ids put into the text of a table: one at the head of each record, and no other letter moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geo.errors import Problem, TableError
from geo.read.layout import Source
from geo.read.nodes import List, Map
from geo.read.reading import place_of
from geo.read.source import decode_text
from geo.read.tidy import Edit, apply
from geo.read.tree import parse_tree

__all__ = ["insert_ids"]


def insert_ids(data: bytes, source: str, ids: Iterable[str | None]) -> str:
    r"""Put ids into the records of a good table.

    Parameters
    ----------
    data : bytes
        The content of the file.
    source : str
        Its name, for messages.
    ids : iterable of str or None
        One a record, in the order of the file; None where it has one already.

    Returns
    -------
    str
        The text; its line ends are those of Unix.

    Raises
    ------
    TableError
        If the table has the short form, in which there is no room for an id.

    Examples
    --------
    >>> print(insert_ids(b"presence:\n  - {group: a, in: Kabul}\n  - group: b\n    in: Kabul", "t", ["x", "y"]))
    presence:
      - {id: x, group: a, in: Kabul}
      - id: y
        group: b
        in: Kabul
    """
    root = parse_tree(data, source)
    part = root.values.get("presence") if isinstance(root, Map) else None
    if isinstance(part, Map) and part.values:
        found = "the short form, in which a record has no room for an id"
        raise TableError([Problem(source, found, "a list of records, each with `group` and `in`", (), place_of(part))])
    text = Source(decode_text(data, source).replace("\r\n", "\n").replace("\r", "\n"))
    return apply(text.text, _list_edits(text, part.items if isinstance(part, List) else (), ids))


def _list_edits(text: Source, records: Iterable[object], ids: Iterable[str | None]) -> Iterator[Edit]:
    for record, id_ in zip(records, ids, strict=True):
        if id_ is None or not isinstance(record, Map):
            continue
        first = next(iter(record.keys.values()))
        said = f"id: {id_}" if first.plain else f'"id": "{id_}"'
        place = text.starts[record.line - 1] + record.column - 1
        if record.flow:
            yield place + 1, place + 1, f"{said}, "
        else:
            yield place, place, f"{said}\n{' ' * (record.column - 1)}"
