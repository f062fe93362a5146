"""Rows of text in columns."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["align"]


def align(rows: Sequence[Sequence[str]]) -> list[str]:
    """Pad cells so that columns stand under each other.

    Parameters
    ----------
    rows : sequence of sequence of str
        Rows of equally many cells.

    Returns
    -------
    list of str
        One line a row, without blanks at its end.

    Examples
    --------
    >>> align([("CODE", "NAME"), ("AF-KAB", "Kabul")])
    ['CODE    NAME', 'AF-KAB  Kabul']
    >>> align([])
    []
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
