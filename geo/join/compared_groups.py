"""Which groups can be compared: the same answer for a page, a figure and the library."""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import Problem
from geo.join.joined_table import JoinedTable
from geo.join.overlap import list_comparable

__all__ = ["FEWEST", "MOST", "expect_compared", "find_faults"]

FEWEST, MOST = 2, 3
"""Groups that a comparison takes."""


def find_faults(joined: JoinedTable, compared: Sequence[str], source: str) -> list[Problem]:
    """Say why groups are no comparison of two or three, each named in a unit; of an id of no group nothing is said.

    Without ids, the two that share most are meant. ``source`` is the table as the user named it.

    Examples
    --------
    >>> from geo.api import join_table
    >>> joined, _ = join_table("presence: {A: [Kabul], B: [Kabul]}")
    >>> find_faults(joined, ("a", "b"), "t.yaml"), [each.found for each in find_faults(joined, ("a", "a"), "t.yaml")]
    ([], ["group 'a' is to be compared with itself"])
    """
    known, ids = list_comparable(joined.footprints), dict.fromkeys(compared)
    found = []
    if (not compared and len(known) < FEWEST) or (compared and not FEWEST <= len(compared) <= MOST):
        found.append(f"{len(compared or known)} to compare")
    found += [f"group {group!r} is to be compared with itself" for group in ids if compared.count(group) > 1]
    a_unit = joined.gazetteer.noun.forms["a_unit"]
    found += [
        f"group {group!r} cannot be compared: no record that counts here names {a_unit} for it"
        for group in ids
        if group in joined.table.groups and group not in known
    ]
    return [Problem(source, each, expect_compared(joined)) for each in found]


def expect_compared(joined: JoinedTable) -> str:
    """Say which groups can be compared."""
    groups = joined.gazetteer.noun.fill("two or three groups that a record names {a_unit} for")
    return f"{groups}: {', '.join(list_comparable(joined.footprints)) or 'none'}"
