"""How a table is cited: by whose names, and by which mark of its data."""

from __future__ import annotations

from geo.model import Table

__all__ = ["list_authors", "shorten_hash"]

MARK = 12
"""Digits of a hash that a page prints and that one cites."""


def shorten_hash(data_hash: str) -> str:
    """Return the head of a hash, as pages print it.

    Examples
    --------
    >>> shorten_hash("72223a2cedc6" + "0" * 52)
    '72223a2cedc6'
    """
    return data_hash[:MARK]


def list_authors(table: Table) -> tuple[str, ...]:
    """List whom one cites: the authors of a table or, without, whom its byline names.

    Examples
    --------
    >>> list_authors(Table("t", {}, {}, {}, (), (), byline="The desk"))
    ('The desk',)
    """
    return table.authors or tuple(filter(None, [table.byline]))
