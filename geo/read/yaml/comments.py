"""Comments that may have been meant as text: `Battalion #055` is `Battalion` for YAML.

Only where ``#`` and the next sign touch; with a blank between them it is a comment that somebody wrote as one.
"""

from __future__ import annotations

import re

from geo.read.common.nodes import cut

__all__ = ["find_comments", "find_cut"]

COMMENT = re.compile(r"#+[^\s#]\S*")
AFTER_BLANK = re.compile(r"(?<=[ \t])" + COMMENT.pattern)


def find_comments(text: str) -> dict[int, str]:
    r"""Find the lines, counted from 0, on which a comment might cut a text.

    Examples
    --------
    >>> find_comments("a: b # c\nd: e #5"), find_comments("a: b")
    ({1: 'd: e #5'}, {})
    """
    if not AFTER_BLANK.search(text):
        return {}
    return {number: line for number, line in enumerate(text.splitlines()) if AFTER_BLANK.search(line)}


def find_cut(line: str, end: int) -> tuple[int, str] | None:
    """Find the comment that follows a text which ends at a column: its own column and first word.

    Examples
    --------
    >>> find_cut("name: Battalion #055 of 1999", 15), find_cut("name: Battalion # 055", 15), find_cut("[a]#b", 3)
    ((16, '#055'), None, None)
    """
    rest = line[end:].lstrip(" \t")
    start = len(line) - len(rest)
    match = COMMENT.match(rest) if start > end else None
    return (start, cut(match[0])) if match else None
