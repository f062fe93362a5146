"""Where a sentence ends: one rule for pages, figures and every format."""

from __future__ import annotations

import re

__all__ = ["add_unsaid", "end_sentence", "is_ended"]

ENDS = ".!?\u2026\u061f\u06d4"
"""The last two are the question mark and the full stop of Arabic letters."""

UNSEEN = "\u200e\u200f\u202c\u2069"
"""What turns or keeps apart the direction of a text, and ends nothing."""

QUOTES = "\"'\u2019\u201d\u00bb\u203a"
BRACKETS = {")": "(", "]": "["}


def is_ended(said: str) -> bool:
    """Tell whether a text ends as a sentence does; a sentence in quotation marks or in brackets of its own ends too.

    Examples
    --------
    >>> [is_ended(text) for text in ('He said "no."', "So it is. (See below.)", "Groups (etc.)", "")]
    [True, True, False, False]
    """
    said = said.rstrip().rstrip(UNSEEN + QUOTES).rstrip(UNSEEN)
    if said[-1:] in BRACKETS and said:
        before, bracket, inside = said[:-1].rpartition(BRACKETS[said[-1]])
        return bool(bracket) and is_ended(inside) and (not before.strip() or is_ended(before))
    return bool(said) and said[-1] in ENDS


def end_sentence(said: str, stop: str = ".") -> str:
    """End a text as a sentence does, unless it does already; what says nothing stays empty.

    Examples
    --------
    >>> end_sentence("One"), end_sentence("Two?"), end_sentence("")
    ('One.', 'Two?', '')
    """
    return said if not said or is_ended(said) else f"{said}{stop}"


def add_unsaid(said: str, *sentences: str) -> str:
    """Add to a text those of some sentences that do not stand in it already, whatever their case and end.

    Examples
    --------
    >>> add_unsaid("So it is; presence is not control.", "Presence is not control.", "Silence is not absence.")
    'So it is; presence is not control. Silence is not absence.'
    """
    there = said.casefold()
    kept = [each for each in sentences if not re.search(rf"\b{re.escape(each.rstrip(ENDS).casefold())}\b", there)]
    return " ".join(filter(None, [said, *kept]))
