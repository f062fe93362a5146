"""A table written anew from what it holds: no comment, nothing `internal`, no name of a file that its author keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.errors import TableError
from geo.model import Gazetteer
from geo.read.any_table import parse_parts
from geo.read.common.nodes import List, Map, Node, Text
from geo.read.fields.mappings import INTERNAL
from geo.read.fields.scalars import NOTHING
from geo.read.table.reader import parse_presence

__all__ = ["write_anew"]

NO_COPIES: Mapping[str, str] = {}


def write_anew(
    data: bytes, name: str, gazetteer: Gazetteer, allow_empty: bool | None, copies: Mapping[str, str] = NO_COPIES
) -> bytes:
    r"""Write a table anew, and read it again: it has to say the same.

    ``copies`` are where those of sources will be that are published, by source; others are left out.

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
    _place_copies(parsed.root, copies)
    anew = write_table(list_values(parsed.root))
    try:
        again, _ = parse_presence(anew, name, gazetteer, allow_empty=allow_empty)
    except TableError as error:
        raise RuntimeError("the table written anew cannot be read") from error
    if again != parsed.table:
        raise RuntimeError("the table written anew is not the table read")
    return anew


def _place_copies(root: Map, copies: Mapping[str, str]) -> None:
    """Say of each copy where it was published, and nothing of those that were not."""
    sources = root.values.get("sources")
    for name, source in sources.values.items() if isinstance(sources, Map) else ():
        copy = source.values.get("copy") if isinstance(source, Map) else None
        if isinstance(source, Map) and isinstance(copy, Map):
            if name in copies:
                copy.values["file"] = Text(copies[name], False, copy.line, copy.column)
            else:
                del source.values["copy"]


def _drop_internal(node: Node) -> None:
    """Take out what is internal, and what says nothing, which would be a text once it is written in quotes."""
    if isinstance(node, Map):
        node.values = {key: value for key, value in node.values.items() if key != INTERNAL and not _is_nothing(value)}
    inner: Any = node.values.values() if isinstance(node, Map) else node.items if isinstance(node, List) else ()
    for each in inner:
        _drop_internal(each)


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Text) and node.plain and node.text.strip() in NOTHING
