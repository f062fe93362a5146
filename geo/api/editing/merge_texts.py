"""Two texts that were one, made one again line by line; where both changed the same lines nobody can say."""

from __future__ import annotations

from difflib import SequenceMatcher

__all__ = ["merge_texts"]


def merge_texts(base: str, mine: str, theirs: str) -> str | None:
    r"""Put what two texts each changed of a third into one; None where they changed the same lines, or such as touch.

    Examples
    --------
    >>> merge_texts("a\nb\nc\n", "A\nb\nc\n", "a\nb\nc\nd\n")
    'A\nb\nc\nd\n'
    >>> merge_texts("a\nb\n", "A\nb\n", "x\nb\n") is None
    True
    """
    if mine == theirs:
        return mine
    lines, one, other = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    merged: list[str] = []
    at = at_one = at_other = 0
    for start, in_one, in_other, size in _list_shared(lines, one, other):
        was, mine_now, theirs_now = lines[at:start], one[at_one:in_one], other[at_other:in_other]
        if mine_now in (was, theirs_now):
            merged += theirs_now
        elif theirs_now == was:
            merged += mine_now
        else:
            return None
        merged += lines[start : start + size]
        at, at_one, at_other = start + size, in_one + size, in_other + size
    return "".join(merged)


def _list_shared(lines: list[str], one: list[str], other: list[str]) -> list[tuple[int, int, int, int]]:
    """List the runs of lines that all three have: where each begins in each, and how many lines it has."""
    first = SequenceMatcher(None, lines, one, autojunk=False).get_matching_blocks()
    second = SequenceMatcher(None, lines, other, autojunk=False).get_matching_blocks()
    found = []
    for block in first:
        for beside in second:
            start = max(block.a, beside.a)
            size = min(block.a + block.size, beside.a + beside.size) - start
            if size > 0:
                found.append((start, block.b + start - block.a, beside.b + start - beside.a, size))
    return [*sorted(found), (len(lines), len(one), len(other), 0)]
