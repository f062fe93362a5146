"""Whether a sentence says plainly that a group is in a place, or not there: what is not said plainly is asked."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from geo.draft.clauses import Clause
from geo.draft.lacks import is_clipped
from geo.draft.scan import PlaceChunk
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import BEING, DETERMINERS, MOVES, NEGATIONS, NUMBERS, PERSONS, STRONG, read_words

__all__ = ["find_unplain"]

ABLE = read_words("plain.able")
COURTS = read_words("plain.courts")
UNTRUE = read_words("plain.untrue")
LACKED = STRONG | PERSONS | read_words("findings.seen") | read_words("plain.lacked")
LACKED |= read_words("findings.facilities") | {"cell", "cells", "camp", "camps"}
GONE = read_words("plain.gone")
TOLD = read_words("plain.told")
"""After them "to" says what is so, not what it is for."""

YEARS = re.compile(r"\((?:19|20)\d\d\s*[-–]\s*\d{2,4}\)")
SINCE = frozenset(("now", "longer", "anymore", "today"))
NEAR = 5
BACK = 6


def find_unplain(sentence: Sentence, clause: Clause, place: PlaceChunk, groups: Collection[str], finding: str) -> str:
    """Say why a sentence may not mean what was found of groups in a place; nothing where it says so plainly.

    Examples
    --------
    >>> from geo.draft.places import Place
    >>> from geo.read.documents.blocks import join_lines
    >>> text = "The Reds have the capability to attack towns in Kunar"
    >>> sentence = Sentence(join_lines("paragraph", [(1, text)]), 0, len(text))
    >>> kunar = PlaceChunk((Place("unit", "AF-KNR", 9, 9),), 9, 9)
    >>> find_unplain(sentence, Clause("main", 0, 10, places=[kunar]), kunar, ["reds"], "present")
    'what a group is able to do is no presence'
    """
    if finding == "absent":
        return _doubt_absence(sentence, clause, place)
    return _doubt_presence(sentence, clause, place, groups)


def _doubt_presence(sentence: Sentence, clause: Clause, place: PlaceChunk, groups: Collection[str]) -> str:
    """Say what makes a presence doubtful."""
    words = sentence.words[clause.first : clause.end]
    if sentence.text.endswith(("?", "؟")):
        return "a question of the text"
    if not ABLE.isdisjoint(words):
        return "what a group is able to do is no presence"
    if not COURTS.isdisjoint(words):
        return "a court or a prison is no presence"
    if "until" in words or YEARS.search(sentence.text):
        return "it is said of the past"
    if _is_over(sentence, place):
        return "what was there may have ended"
    if "if" in sentence.words[place.last + 1 : clause.end]:
        return "it hangs on a condition"
    if not UNTRUE.isdisjoint(sentence.words):
        return "it may be false"
    if _is_beside_name(sentence, clause, place, groups):
        return "another group stands before it"
    if _is_aimed(sentence, clause, place):
        return "it may be what they are to do"
    if _stands_behind(sentence, clause, place, groups):
        return "it is not said who is there"
    return ""


def _doubt_absence(sentence: Sentence, clause: Clause, place: PlaceChunk) -> str:
    """Say what makes an absence doubtful."""
    if sentence.text.endswith(("?", "؟")):
        return "a question of the text"
    if any(each.role for each in place.places) or sentence.words[0] in GONE:
        return ""
    words = sentence.words
    for at in range(clause.first, clause.end):
        if words[at] in NEGATIONS or is_clipped(sentence, at):
            named = {each for chunk in clause.groups for each in range(chunk.first, chunk.last + 1)}
            following = [words[each] for each in range(at + 1, clause.end) if each not in named][:NEAR]
            is_lack = not LACKED.isdisjoint(following) or not BEING.isdisjoint(following[:2])
            if is_lack or at + 1 >= place.first - 1:
                return ""
        if words[at] in GONE:
            chunks = [*clause.groups, *(clause.before.groups if clause.before else ())]
            told = [chunk.last for chunk in chunks] + [each.last for each in clause.others if each.kind == "anaphor"]
            if any(at - BACK <= each for each in told if each < at) or any(
                chunk.first > at and (chunk.first - at <= NEAR or words[chunk.first - 1] in ("of", "from"))
                for chunk in clause.groups
            ):
                return ""
    return "what it says is lacking may be something else"


def _is_over(sentence: Sentence, place: PlaceChunk) -> bool:
    """Tell what the rest of a sentence takes back: it had a foothold in Kunar; it has none now."""
    behind = sentence.words[place.last + 1 :]
    if ("an", "end") in pairwise(behind):
        return True
    return any(
        word in NEGATIONS and not SINCE.isdisjoint(behind[at + 1 : at + 3]) and behind[at + 2 : at + 3] != ["in"]
        for at, word in enumerate(behind)
    )


def _is_beside_name(sentence: Sentence, clause: Clause, place: PlaceChunk, groups: Collection[str]) -> bool:
    """Tell a group that only explains another: the Blues, a part of the Reds, are in Kunar."""
    before = [chunk for chunk in clause.groups if chunk.last < place.first]
    own = [chunk for chunk in before if set(chunk.groups) & set(groups)]
    others = [chunk for chunk in before if not set(chunk.groups) & set(groups)]
    return bool(own and others) and others[0].first < own[0].first and "," in sentence.text[
        sentence.starts[others[0].last] : sentence.starts[own[0].first]
    ]  # fmt: skip


def _is_aimed(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell what somebody has men for, wants or is sent to do: men to take Kunar."""
    words = sentence.words
    start = max((chunk.last for chunk in clause.groups if chunk.last < place.first), default=clause.first)
    for at in range(start + 1, place.first - 1):
        following = words[at + 1]
        is_thing = sentence.caps[at + 1] or following in DETERMINERS or following in NUMBERS or following.isdigit()
        if (
            words[at] == "to"
            and words[at - 1] not in TOLD
            and not is_thing
            and following not in STRONG | MOVES | {"be", "have"}
        ):
            return True
    return False


def _stands_behind(sentence: Sentence, clause: Clause, place: PlaceChunk, groups: Collection[str]) -> bool:
    """Tell a group that is named behind a place which does not begin the clause, and by no word for who is there."""
    own = [chunk for chunk in clause.groups if set(chunk.groups) & set(groups)]
    if not own or any(chunk.last < place.first for chunk in own) or place.first - clause.first <= 2:
        return False
    between = sentence.words[place.last + 1 : own[0].first]
    if between[:1] == ["that"]:  # It was in Kunar that the Reds regrouped.
        return False
    return STRONG.isdisjoint(between) and BEING.isdisjoint(between) and "by" not in between and "of" not in between
