"""What a clause takes back: nobody is there, somebody left, and lacks that are of something else."""

from __future__ import annotations

from geo.draft.clauses import Clause, is_label
from geo.draft.scan import PlaceChunk
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import (
    ABSENT,
    BEING,
    EXPELLING,
    NEGATIONS,
    NUMBERS,
    PERSONS,
    RESTRICTED,
    STRONG,
    read_words,
)  # fmt: skip

__all__ = ["FACILITIES", "LEAVING", "LOSSES", "TELLING", "UNRELATED", "find_negation", "heads_absent", "is_clipped"]

LOSSES = read_words("findings.losses")
LOST_PERSONS = PERSONS | frozenset(["dozens", "hundreds", "scores", "chief", "head", "emir", "ground"])
UNTOLD = read_words("findings.untold")
"""What is lacking where nobody is said to be: figures, details."""
UNRELATED = read_words("findings.unrelated")
"""What is lacking where two have nothing to do with each other."""
SEEN = read_words("findings.seen")
FACILITIES = read_words("findings.facilities")
"""What shows a group only where it has none, or where it uses it."""
TELLING = STRONG | PERSONS | SEEN | LOSSES | ABSENT | EXPELLING | FACILITIES
"""What a clause needs so that its lack is one of presence."""
UNDOUBTED = frozenset(["doubts", "doubted", "dispute", "disputes", "disputed", "contest", "contested"])
WITHDRAWN = frozenset(["withdrew", "withdrawn", "retreated"])
SOME = frozenset(["some", "several", "many", "few", "both", "dozens", "hundreds"])
LEAVING = frozenset(("left", "leaving", "quit", "leave"))
LEFT_PLACES = (["the", "province"], ["the", "area"], ["this", "province"])


def find_negation(sentence: Sentence, clause: Clause, place: PlaceChunk, only_double: bool = False) -> bool:
    """Tell whether a clause takes a place back; with ``only_double`` whether it takes back that somebody left."""
    words, start, end = sentence.words, clause.first, clause.end
    later = any(other.first > place.last for other in clause.places)
    for at in range(start, end):
        if not (words[at] in NEGATIONS or is_clipped(sentence, at)) or _is_number(sentence, at):
            continue
        is_bracketed = "(" in sentence.read_gap(at - 1) if at else False
        if is_bracketed and at == place.last + 1 and words[at] == "no" and sentence.read_gap(at)[:1] == ")":
            return not only_double  # Kunar (no)
        if is_bracketed and any(other.last == at - 1 and other.last < place.first for other in clause.places):
            continue  # It is said of the place before the bracket.
        if at > place.last and later:
            continue
        following = words[at + 1 : at + 5]
        if words[at] == "not" and any(chunk.first in (at + 1, at + 2) for chunk in clause.groups):
            continue
        if (
            any(word in RESTRICTED for word in following[: 2 + (following[:1] == ["longer"])])
            or "than" in following[:3]
            or not UNDOUBTED.isdisjoint(following[:3])
        ):
            continue
        if _is_counted_anew(sentence, clause, at, place) or _is_of_road(sentence, clause, at, place):
            continue
        if following[:1] == ["other"] and words[at] == "no" and TELLING.isdisjoint(following[1:3]) and (
            not clause.groups or clause.groups[0].last < at
        ):  # fmt: skip
            continue
        if words[at] in ("no", "nothing", "without") and not UNRELATED.isdisjoint(following[:2]):
            continue
        if words[at] in ("nobody", "none", "nothing", "no") and "left" in following[:3] and (
            at == clause.first or words[at - 1] in BEING
        ):  # fmt: skip
            return not only_double  # nobody is left
        is_double = any(word in LOSSES or word in EXPELLING or word == "absent" for word in following)
        if only_double:
            if is_double:
                return True
            continue
        if at > place.last and _is_of_other(clause, place, at):
            continue
        if is_double or (at > place.last and _is_elsewhere(words, at, end)):
            continue
        return True
    return not only_double and _is_lost(sentence, clause, place)


def heads_absent(sentence: Sentence) -> bool:
    """Tell a line that begins with absent, or not seen, and a colon."""
    words = sentence.words
    size = 1 if words[0] in ABSENT else 2 * (words[0] in NEGATIONS and len(words) > 1 and words[1] in SEEN)
    return bool(size) and ":" in sentence.read_gap(size - 1)


def _is_counted_anew(sentence: Sentence, clause: Clause, at: int, place: PlaceChunk) -> bool:
    """Tell a lack that ends before a place, where something else is counted: none in Ghor, two cells in Farah."""
    before = [other for other in clause.places if at < other.first and other.last < place.first]
    if not before:
        return False
    start = before[-1].last
    between = sentence.words[start + 1 : place.first]
    return (
        "," in sentence.read_gap(start)
        and NEGATIONS.isdisjoint(between)
        and any(word in NUMBERS or word.isdigit() or word in SOME for word in between[:2])
    )


def _is_of_road(sentence: Sentence, clause: Clause, at: int, place: PlaceChunk) -> bool:
    """Tell a lack in an item that is of something else than a group: Kunar: Reds active, travel not advised."""
    if not is_label(sentence, place) or clause.end < len(sentence.words):
        return False
    start = next((each for each in range(at, place.last, -1) if sentence.read_gap(each - 1).strip() in (",", ";")), 0)
    end = next((each for each in range(at, clause.end) if sentence.read_gap(each).strip()[:1] in (",", ";", ".")), at)
    following = sentence.words[at + 1 : min(end + 1, at + 4)]
    is_first = at == place.last + 1 and True not in sentence.caps[at + 1 : end + 1]
    is_else = bool(following) and (TELLING | {"longer", "more", "there", "here", "group", "groups"}).isdisjoint(
        following
    )
    return (is_first or place.last + 1 < start < at) and is_else


def _is_of_other(clause: Clause, place: PlaceChunk, at: int) -> bool:
    """Tell a lack of another group behind a place: Reds in Kunar report no Blues."""
    return any(at < chunk.first <= at + 3 for chunk in clause.groups) and any(
        chunk.last < place.first for chunk in clause.groups
    )


def _is_elsewhere(words: list[str], at: int, end: int) -> bool:
    """Tell a lack that is of something else behind a place: in Kunar but gave no figures."""
    rest = words[at + 1 : end]
    return any(word in UNTOLD for word in rest[:3])


def _is_number(sentence: Sentence, at: int) -> bool:
    """Tell the no. of a number from a lack: no. 45."""
    return sentence.words[at] == "no" and sentence.peek(at + 1).isdigit() and "." in sentence.read_gap(at)


def is_clipped(sentence: Sentence, at: int) -> bool:
    """Tell the rest of "not" in isn't."""
    return sentence.words[at] == "t" and at > 0 and sentence.words[at - 1].endswith("n") and (
        sentence.read_gap(at - 1) in ("'", "’")
    )  # fmt: skip


def _is_lost(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    words = sentence.words
    for at in range(clause.first, min(clause.end, place.last + 12)):
        if words[at] in ABSENT:
            return not (words[at] == "free" and words[at + 1 : at + 2] == ["to"])
        if words[at : at + 2] == ["ceased", "to"]:
            return True
        is_fronted = place.first <= clause.first + 1 and at > place.last
        if words[at] in LOSSES and is_fronted and words[at - 1] in ("been", "were", "was"):
            return NEGATIONS.isdisjoint(words[max(at - 4, 0) : at])
        if words[at] in LOSSES and at < place.first:
            if words[at] in WITHDRAWN and sentence.peek(place.first - 1) in ("to", "into"):
                return False
            return not any(word in LOST_PERSONS for word in words[at + 1 : at + 4])
        if words[at] == "gone" and (at + 1 == clause.end or words[at + 1] in ("since", "now", "from")):
            return True
        if (
            words[at] in LEAVING
            and NEGATIONS.isdisjoint(words[max(at - 3, 0) : at])
            and (at == place.first - 1 or words[at + 1 : at + 3] in LEFT_PLACES)
        ):
            return True
    return False
