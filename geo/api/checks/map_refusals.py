"""What cannot be drawn of a joined table, or would say nothing, and why: the same for commands and library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import BUNDLED, BoundaryFile, write_command
from geo.errors import Problem, TableError
from geo.read.common.names import nearest_names

if TYPE_CHECKING:
    from geo.join.joined_table import JoinedTable

__all__ = ["PAIRED", "check_compared", "limit_groups", "require_dates", "say_why_not", "write_page_command"]

MOST_GROUPS = 50
"""Of a page of all pairs, and of a figure of all groups."""
PAIRED = "compare", "report"
FEWEST = 2
"""Groups of a comparison and steps of a time line; of fewer neither says anything."""


def say_why_not(name: str, joined: JoinedTable, by: str = "published") -> str:
    """Say why a map of this name says nothing of a table; empty where it does.

    Examples
    --------
    >>> from geo.api import join_table
    >>> joined, _ = join_table("presence: {Group A: [Kabul]}")
    >>> [say_why_not(name, joined) for name in ("overlay", "compare", "timeline")]
    ['', 'fewer than two groups are named in provinces', 'no record has a date of publication']
    """
    from geo.join.overlap import list_comparable

    if name in PAIRED and len(joined.shown) > MOST_GROUPS:
        return f"the pairs of {len(joined.shown)} groups have room on no page; --group chooses at most {MOST_GROUPS}"
    if name == "compare" and len(list_comparable(joined.footprints)) < FEWEST:
        return f"fewer than two groups are named in {joined.gazetteer.noun.many}"
    if name == "timeline" and (steps := _count_steps(joined, by)) < FEWEST:
        return "one step in time, at which nothing changes" if steps else _say_undated(by)
    return ""


def require_dates(joined: JoinedTable, source: Path | str, by: str) -> None:
    """Refuse a time line of a table of which no record has a date, with what gives it one."""
    if _count_steps(joined, by):
        return
    expected = "`date` on the sources that records rest on"
    if by == "observed":
        expected += ", or `observed` on records"
    elif _count_steps(joined, "observed"):
        expected += "; --by observed goes by what was observed"
    raise TableError([Problem(str(source), f"{_say_undated(by)}, so there is no step in time", expected)])


def _count_steps(joined: JoinedTable, by: str) -> int:
    from geo.join.timeline import find_steps

    return len(find_steps(joined.table, by).steps)


def _say_undated(by: str) -> str:
    return "no record has a date of publication" if by == "published" else "no record has a date"


def check_compared(joined: JoinedTable, source: Path | str, compared: Sequence[str]) -> None:
    """Refuse to compare what is not two or three different groups, each named in a unit, with those that can be."""
    from geo.join.compared_groups import expect_compared, find_faults
    from geo.join.overlap import list_comparable

    file, known = str(source), list_comparable(joined.footprints)
    problems = [
        Problem(file, f"{group!r} cannot be compared: there is no such group", expect_compared(joined),
                nearest_names(group, known))
        for group in dict.fromkeys(compared)
        if group not in joined.table.groups
    ]  # fmt: skip
    if problems := problems + find_faults(joined, compared, file):
        raise TableError(problems)


WAYS = {"figure": "figure overlay --group ID", "compare": "figure compare --group ID --group ID"}
"""What draws some of too many groups; an overlay of them where nothing stands here."""


def limit_groups(
    joined: JoinedTable, source: Path | str, boundaries: BoundaryFile = BUNDLED, name: str = "overlay"
) -> None:
    """Refuse more groups than a figure can tell apart, or a page has room for the pairs of."""
    if len(joined.shown) > MOST_GROUPS:
        found = f"{len(joined.shown)} groups are too many to tell apart"
        draws = "choose some with --group"
        if isinstance(source, Path):
            command, _, words = WAYS.get(name, "overlay --group ID").partition(" --")
            draws = f"'{write_command(command, source, boundaries)} --{words}' draws some of them"
        raise TableError([Problem(str(source), found, f"at most {MOST_GROUPS}; {draws}")])


def write_page_command(kind: str, source: Path | None = None, boundaries: BoundaryFile = BUNDLED) -> str:
    """Spell what draws all of a table on a page, which has room where no figure has; in Python without a file."""
    name = "choropleth" if kind == "choropleth" else "overlay"
    return f"'{write_command(name, source, boundaries)}'" if source else f"geo.draw_{name}"
