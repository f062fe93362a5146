"""How many fighters a sentence gives a group."""

from __future__ import annotations

import re

from geo.draft.clauses import find_role
from geo.draft.details.hedges import find_hedges, word_note
from geo.draft.proposals import Spot, StrengthProposal
from geo.draft.scan import Scan
from geo.draft.words.cue_words import EVENTS, PERSONS, read_words
from geo.model import Estimate

__all__ = ["find_strength"]

FIGURE = re.compile(
    r"(?<![\w.,-])(\d{1,3}(?:[,.  ]\d{3})+|\d{2,6})(?:\s*(?:-|–|to|and)\s*(\d{1,3}(?:[,.  ]\d{3})+|\d{2,6}))?(?![\w%])"
)
LOWER = re.compile(r"(at least|more than|over|no fewer than|no less than|upwards of)\s*$", re.IGNORECASE)
UPPER = re.compile(r"(up to|as many as|no more than|at most|fewer than|less than)\s*$", re.IGNORECASE)
COUNTED = PERSONS - read_words("strengths.counted")
NEAR = 5


def find_strength(scan: Scan, spot: Spot) -> StrengthProposal | None:
    """Find a number of persons that a sentence gives one group; none in sentences of attacks and losses.

    Examples
    --------
    >>> from geo.draft.known_names import KnownName, NameIndex
    >>> from geo.draft.places import RegionWords
    >>> from geo.draft.scan import scan_sentence
    >>> from geo.draft.sentences import Sentence
    >>> from geo.read.documents.blocks import join_lines
    >>> names = NameIndex()
    >>> names.add("Reds", KnownName("group", "reds"))
    >>> text = "The Reds have up to 2,200 fighters"
    >>> scan = scan_sentence(Sentence(join_lines("paragraph", [(1, text)]), 0, len(text)), names, RegionWords())
    >>> find_strength(scan, Spot(text, 1)).estimate
    Estimate(low=None, best=None, high=2200)
    """
    sentence = scan.sentence
    words = sentence.words
    if not any(word in COUNTED for word in words) or any(word in EVENTS for word in words):
        return None
    for found in FIGURE.finditer(sentence.text):
        at = next((index for index, start in enumerate(sentence.starts) if start >= found.end()), len(words))
        noun = next((word for word in words[at : at + NEAR] if word in COUNTED), "")
        before = words[max(at - 12, 0) : at]
        is_sum = any(word in ("strength", "numbers", "numbering", "number", "force") for word in before)
        if not noun and not is_sum:
            continue
        chunk = _find_owner(scan, found.start())
        if chunk is None:
            return None
        estimate = _read_estimate(found, sentence.text[: found.start()])
        note = word_note(find_hedges(sentence, max(at - 6, 0), min(at + NEAR, len(words))))
        return StrengthProposal(chunk, estimate, noun or "fighters", spot, note)
    return None


def _find_owner(scan: Scan, offset: int) -> str | None:
    """Find the one group that a figure belongs to; "?" where several stand beside it."""
    sentence = scan.sentence
    able = [chunk for chunk in scan.groups if find_role(sentence, chunk) not in ("speaker", "compare", "against")]
    if not able:
        return None
    before = [chunk for chunk in able if sentence.starts[chunk.first] < offset]
    chunk = before[-1] if before else able[0]
    return chunk.groups[0] if len(chunk.groups) == 1 and not chunk.rivals else "?"


def _read_estimate(found: re.Match[str], before: str) -> Estimate:
    first, second = (int(re.sub(r"\D", "", part)) if part else None for part in found.groups())
    if second is not None and first is not None and first < second:
        return Estimate(low=first, high=second)
    if LOWER.search(before):
        return Estimate(low=first)
    return Estimate(high=first) if UPPER.search(before) else Estimate(best=first)
