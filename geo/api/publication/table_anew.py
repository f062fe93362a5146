"""A table written anew from what it holds: no comment, nothing `internal`, no name of a file of the author's."""

from __future__ import annotations

from typing import Any

from geo.errors import TableError
from geo.model import Gazetteer
from geo.read.any_table import parse_parts
from geo.read.common.nodes import List, Map, Node, Text
from geo.read.fields.mappings import INTERNAL
from geo.read.fields.scalars import NOTHING
from geo.read.table.reader import parse_presence

__all__ = ["write_anew"]


def write_anew(data: bytes, name: str, gazetteer: Gazetteer, allow_empty: bool | None) -> bytes:
    r"""Write a table anew, and read it again: it has to say the same.

    Examples
    --------
    >>> from geo.read.boundaries.gazetteer import read_gazetteer
    >>> table = b"presence: {A: [Kabul]} # told in private\ninternal: by him"
    >>> write_anew(table, "t.yaml", read_gazetteer(), False)
    b'presence:\n  A: [Kabul]\n'
    """
    from geo.export.yaml_table import write_table
    from geo.read.sheets.grids_to_table import list_values

    parsed = parse_parts(data, name, gazetteer, allow_empty=allow_empty)
    _drop_internal(parsed.root)
    anew = write_table(list_values(parsed.root))
    try:
        again, _ = parse_presence(anew, name, gazetteer, allow_empty=allow_empty)
    except TableError as error:
        raise RuntimeError("the table written anew cannot be read") from error
    if again != parsed.table:
        raise RuntimeError("the table written anew is not the table read")
    return anew


def _drop_internal(node: Node) -> None:
    """Take out what is internal, and what says nothing, which would be a text once it is written in quotes."""
    if isinstance(node, Map):
        node.values = {key: value for key, value in node.values.items() if key != INTERNAL and not _is_nothing(value)}
    inner: Any = node.values.values() if isinstance(node, Map) else node.items if isinstance(node, List) else ()
    for each in inner:
        _drop_internal(each)


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Text) and node.plain and node.text.strip() in NOTHING
