"""What a clause says of a group in a place: that it is there, that it is not, an attack, or a wish."""

from __future__ import annotations

from geo.draft.clauses import Clause
from geo.draft.scan import PlaceChunk
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import (
    ABSENT,
    ENDINGS,
    EVENTS,
    EXPELLING,
    MODALS,
    MOVES,
    NEGATIONS,
    PERSONS,
    RESTRICTED,
    STRONG,
    WISHES,
    read_words,
)  # fmt: skip

__all__ = ["is_label", "judge_clause"]

LOSSES = read_words("findings.losses")
LOST_PERSONS = PERSONS | frozenset(["dozens", "hundreds", "scores", "chief", "head", "emir", "ground"])
DENYING = frozenset(["denied", "denies", "deny", "rejected", "rejects", "dismissed", "dismisses", "refuted", "refutes"])
ADVERBS = read_words("findings.adverbs")
UNTOLD = read_words("findings.untold")
"""What is lacking where nobody is said to be: figures, details."""

SUPPOSED = frozenset(["thought", "believed", "presumed", "considered", "assumed", "supposed"])
LEAVING = frozenset(("left", "leaving", "quit", "leave"))
LEFT_PLACES = (["the", "province"], ["the", "area"], ["this", "province"])
SEEN = read_words("findings.seen")
TELLING = STRONG | PERSONS | SEEN | LOSSES | ABSENT | EXPELLING
"""What a clause needs so that its lack is one of presence."""

CONFIRMED = frozenset(["confirmed", "confirm", "verified", "verify", "corroborated", "independently"])
UNKNOWN = frozenset(["unclear", "unknown", "whether", "uncertain", "doubtful"])
LITTLE = frozenset(("little", "scant", "few"))
SIGNS = frozenset(
    ["evidence", "sign", "signs", "trace", "traces", "presence", "activity", "influence", "indication", "indications"]
)
PAST = frozenset(("once", "formerly", "previously", "previous"))
ASIDE = frozenset(["after", "before", "following", "despite", "because", "amid", "since", "when"])
ARRIVING = MOVES | read_words("findings.arriving") - {"sent"}
BOUND = frozenset(("confined", "restricted", "limited"))
COPULAS = frozenset(["is", "are", "was", "were", "be", "been", "being"])


def judge_clause(sentence: Sentence, clause: Clause, place: PlaceChunk, is_list: bool) -> tuple[str, str]:
    """Say what a clause says of a place: present, absent, ask or nothing, and why where it asks or says nothing.

    ``is_list`` is whether a place may stand there without a verb, as in items and rows.

    Examples
    --------
    >>> from geo.draft.places import Place
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "The Reds are not active in Kunar")]), 0, 32)
    >>> kunar = PlaceChunk((Place("unit", "AF-KNR", 6, 6),), 6, 6)
    >>> judge_clause(sentence, Clause("main", 0, 7, places=[kunar]), kunar, False)
    ('absent', '')
    """
    role = place.places[0].role
    near = (sentence.peek(place.first - 1), sentence.peek(place.first - 2))
    if "unlike" in near or (role == "absent" and SUPPOSED.intersection(sentence.words[clause.first : place.first])):
        return "ask", "it may be the other way round"
    if role in ("expelled", "absent"):
        return ("present", "") if _find_negation(sentence, clause, place, only_double=True) else ("absent", "")
    if role == "excepted":
        return "absent", ""
    if role == "origin":
        return "ask", "it moved away from there"
    words = sentence.words[clause.first : clause.end]
    if any(word in DENYING for word in sentence.words[max(clause.first - 4, 0) : place.first]):
        return "ask", "a denial"
    if sentence.peek(place.first - 1) in ("outside", "beyond"):
        return "present", ""  # It is a place only where somebody is not said to be outside it.
    if _is_open(sentence, clause, place):
        return "ask", "it is not confirmed"
    if _find_negation(sentence, clause, place):
        is_telling = is_list or not clause.has_verb or any(word in TELLING for word in words)
        is_absent = is_telling or _follows_copula(sentence, clause, place)
        return ("absent", "") if is_absent else ("ask", "no word of presence")
    if any(word in BOUND for word in words) and any(word in NEGATIONS for word in words):
        return "ask", "it is said to be elsewhere too"
    if wish := _find_wish(sentence, clause, place):
        return wish
    return _weigh(sentence, clause, place, is_list)


def _weigh(sentence: Sentence, clause: Clause, place: PlaceChunk, is_list: bool) -> tuple[str, str]:
    """Weigh the words of a clause that is neither a lack nor a wish."""
    own = _list_own(sentence, clause, place)
    is_event = any(word in EVENTS for word in own)
    is_strong = any(word in STRONG for word in own) and not all(word in EVENTS for word in own if word in STRONG)
    if any(word in PAST for word in sentence.words[clause.first : place.first]):
        return "ask", "it is said of the past"
    if sentence.peek(place.first - 1) == "to" and not place.is_range and not any(word in ARRIVING for word in own):
        return "ask", "on the way there"
    if any(word in ENDINGS for word in own):
        return "ask", "what was there may have ended"
    if sentence.text.endswith(("?", "؟")):
        return "ask", "a question of the text"
    if is_event and not is_strong:
        return "ask", "an attack or a fight is no presence"
    is_aside = _stands_aside(sentence, place)
    if is_strong or any(word in PERSONS for word in own) or is_list or is_aside:
        return "present", ""
    if sentence.peek(place.first - 1) in ("in", "across") and _follows_copula(sentence, clause, place):
        return "present", ""
    before = clause.before
    if not clause.has_verb and before is not None:
        earlier = sentence.words[before.first : before.end]
        if any(word in STRONG or word in PERSONS for word in earlier):
            return "present", ""
    return "ask", "no word of presence"


def _is_of_other(clause: Clause, place: PlaceChunk, at: int) -> bool:
    """Tell a lack of another group behind a place: Reds in Kunar report no Blues."""
    return any(at < chunk.first <= at + 3 for chunk in clause.groups) and any(
        chunk.last < place.first for chunk in clause.groups
    )


def _stands_aside(sentence: Sentence, place: PlaceChunk) -> bool:
    """Tell a place in brackets or behind a colon, which needs no verb."""
    at = place.first - 1 - (sentence.peek(place.first - 1) in ("in", "mainly", "mostly"))
    return at >= 0 and any(sign in sentence.read_gap(at) for sign in "(:")


def _is_open(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell what a sentence says to be unknown."""
    words = sentence.words
    for at in range(clause.first, clause.end):
        if words[at] in ("not", "cannot") and not CONFIRMED.isdisjoint(words[at + 1 : at + 5]):
            return True
    if any(
        words[at] in LITTLE and words[at + 1 : at + 2] and words[at + 1] in SIGNS
        for at in range(clause.first, clause.end)
    ):
        return True
    return any(word in UNKNOWN for word in words[max(clause.first - 6, 0) : place.first])


def _list_own(sentence: Sentence, clause: Clause, place: PlaceChunk) -> list[str]:
    """List the words of a clause around a place, without what only says after, before or in spite of what."""
    own: list[str] = []
    is_aside = False
    spans = [(each.first, each.last) for each in clause.others if each.kind == "anaphor"]
    spans += [(each.first, each.last) for each in clause.groups]
    named = {at for first, last in spans for at in range(first, last + 1) if sentence.words[at] not in PERSONS}
    for at in range(clause.first, clause.end):
        if at > clause.first and is_aside and "," in sentence.read_gap(at - 1):
            is_aside = False
        if sentence.words[at] in ASIDE and not place.first <= at <= place.last:
            is_aside = True
        if is_aside and place.first <= at <= place.last:
            is_aside = False
        if not is_aside and at not in named and not place.first <= at <= place.last:
            own.append(sentence.words[at])
    return own


def _follows_copula(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell whether nothing but adverbs stands between a form of to be and a place."""
    at = place.first - 2
    while at >= clause.first and (sentence.words[at] in ADVERBS or sentence.words[at].endswith("ly")):
        at -= 1
    return at >= clause.first and sentence.words[at] in COPULAS


def _find_negation(sentence: Sentence, clause: Clause, place: PlaceChunk, only_double: bool = False) -> bool:
    """Tell whether a clause takes a place back; with ``only_double`` whether it takes back that somebody left."""
    words, start, end = sentence.words, clause.first, clause.end
    later = any(other.first > place.last for other in clause.places)
    for at in range(start, end):
        if not (words[at] in NEGATIONS or _is_clipped(sentence, at)):
            continue
        if at > place.last and later:
            continue
        following = words[at + 1 : at + 5]
        if words[at] == "not" and any(chunk.first in (at + 1, at + 2) for chunk in clause.groups):
            continue
        if (
            any(word in RESTRICTED for word in following[: 2 + (following[:1] == ["longer"])])
            or "than" in following[:3]
        ):
            continue
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


def _is_elsewhere(words: list[str], at: int, end: int) -> bool:
    """Tell a lack that is of something else behind a place: in Kunar but gave no figures."""
    rest = words[at + 1 : end]
    return any(word in UNTOLD for word in rest[:3])


def _is_clipped(sentence: Sentence, at: int) -> bool:
    """Tell the rest of "not" in isn't."""
    return sentence.words[at] == "t" and at > 0 and sentence.words[at - 1].endswith("n") and (
        sentence.read_gap(at - 1) in ("'", "’")
    )  # fmt: skip


def _is_lost(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    words = sentence.words
    for at in range(clause.first, min(clause.end, place.last + 12)):
        if words[at] in ABSENT:
            return not (words[at] == "free" and words[at + 1 : at + 2] == ["to"])
        if words[at] in LOSSES and at < place.first:
            return not any(word in LOST_PERSONS for word in words[at + 1 : at + 4])
        if (
            words[at] in LEAVING
            and NEGATIONS.isdisjoint(words[max(at - 3, 0) : at])
            and (at == place.first - 1 or words[at + 1 : at + 3] in LEFT_PLACES)
        ):
            return True
    return False


def is_label(sentence: Sentence, place: PlaceChunk) -> bool:
    """Tell whether a place stands at the head of an item, with a colon or a dash behind it.

    Examples
    --------
    >>> from geo.draft.places import Place
    >>> from geo.read.documents.blocks import join_lines
    >>> kunar = PlaceChunk((Place("unit", "AF-KNR", 0, 0),), 0, 0)
    >>> is_label(Sentence(join_lines("item", [(1, "Kunar: Reds")]), 0, 11), kunar)
    True
    """
    return place.first == 0 and sentence.read_gap(place.last).lstrip()[:1] in (":", "–", "—", "-")


def _find_wish(sentence: Sentence, clause: Clause, place: PlaceChunk) -> tuple[str, str] | None:
    """Find a plan, a fear or a condition on which a place hangs."""
    words = sentence.words
    for at in range(clause.first, clause.end if is_label(sentence, place) else place.first):
        word, following = words[at], words[at + 1 : at + 6]
        is_modal = word in MODALS and any(each in MOVES for each in following[:4])
        if word in WISHES or is_modal:
            if word in ("sought", "seek", "seeks") and following[:1] == ["refuge"]:
                continue
            between = words[at + 1 : place.first]
            if not is_modal and any(each in STRONG and each not in MOVES for each in between):
                return "ask", "a plan, a wish or a fear"
            return "nothing", "a plan, a wish or a fear"
    return None
