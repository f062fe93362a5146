"""What a clause says of a group in a place: that it is there, that it is not, an attack, or a wish."""

from __future__ import annotations

import re
from itertools import pairwise

from geo.draft.clauses import Clause, is_label
from geo.draft.doubts import find_doubt, hangs_on_condition, is_ahead, is_declared, is_denial, is_turned_round
from geo.draft.lacks import FACILITIES, LEAVING, TELLING, find_negation, heads_absent
from geo.draft.scan import PlaceChunk
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import (
    BEING,
    ENDINGS,
    EVENTS,
    MODALS,
    MOVES,
    NEGATIONS,
    PERSONS,
    SPEECH,
    STRONG,
    VERBS,
    WISHES,
    read_words,
)

__all__ = ["judge_clause"]

ADVERBS = read_words("findings.adverbs")
HAVING_NONE = {("has", "none"), ("have", "none"), ("had", "none")}
KNOWING = frozenset(("know", "note", "aware", "remember"))
REACHING = frozenset(["extends", "extend", "extended", "stretches", "stretched", "reaches", "reached"])
HELD = frozenset(["used", "held", "run", "occupied", "home", "controlled"])
KEEPING = frozenset(["has", "have", "keep", "keeps", "rents", "rent", "owns", "own", "opened"])
ASIDE_WORDS = 5
NAMED = 4
YEAR = re.compile(r"(19|20)\d\d")
PAST = frozenset(("once", "formerly", "previously", "previous"))
ASIDE = frozenset(["after", "before", "following", "despite", "because", "amid", "since", "when"])
ARRIVING = MOVES | read_words("findings.arriving") - {"sent"}
BOUND = frozenset(("confined", "restricted", "limited"))


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
    words = sentence.words[clause.first : clause.end]
    if is_turned_round(sentence, clause, place):
        return "ask", "it may be the other way round"
    if role == "expelled" and is_ahead(sentence, clause, place):
        return "ask", "it is said not to have happened yet"
    if is_declared(sentence, clause, place):
        return "ask", "it is only declared"
    if role in ("expelled", "absent"):
        return ("present", "") if find_negation(sentence, clause, place, only_double=True) else ("absent", "")
    if role == "excepted":
        is_alone = not NEGATIONS.isdisjoint(sentence.words[clause.first : max(place.first - 1, clause.first)])
        return ("present" if is_alone else "absent"), ""  # not anywhere except Kunar
    if role == "origin":
        return "ask", "it moved away from there"
    if is_denial(sentence, clause, place):
        return "ask", "a denial"
    if sentence.peek(place.first - 1) in ("outside", "beyond"):
        return "present", ""  # It is a place only where somebody is not said to be outside it.
    if doubt := find_doubt(sentence, clause, place):
        return doubt
    if heads_absent(sentence):
        return "absent", ""
    if words[:1] in (["if"], ["unless"]) and (wish := _find_wish(sentence, clause, place)):
        return wish
    if hangs_on_condition(sentence, clause, place):
        return "ask", "it hangs on a condition"
    if find_negation(sentence, clause, place):
        is_absent = is_list or _tells_presence(sentence, clause) or _follows_copula(sentence, clause, place)
        return ("absent", "") if is_absent else ("ask", "no word of presence")
    if any(word in BOUND for word in words) and any(word in NEGATIONS for word in words):
        return "ask", "it is said to be elsewhere too"
    return _find_wish(sentence, clause, place) or _weigh(sentence, clause, place, is_list)


def _tells_presence(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether what a clause says to be lacking is somebody's presence."""
    named = _list_named(sentence, clause)
    own = [sentence.words[at] for at in range(clause.first, clause.end) if at not in named]
    has_none = not HAVING_NONE.isdisjoint(pairwise(sentence.words[clause.first : clause.end]))
    return has_none or not clause.has_verb or any(word in TELLING for word in own)


def _weigh(sentence: Sentence, clause: Clause, place: PlaceChunk, is_list: bool) -> tuple[str, str]:
    """Weigh the words of a clause that is neither a lack nor a wish."""
    own = _list_own(sentence, clause, place)
    is_event = any(word in EVENTS for word in own)
    is_strong = any(word in STRONG for word in own) and not all(word in EVENTS for word in own if word in STRONG)
    if _is_past(sentence, clause, place):
        return "ask", "it is said of the past"
    if sentence.peek(place.first - 1) in ("reach", "reaching") and sentence.peek(place.first - 2) in ("to", "before"):
        return "ask", "on the way there"
    if sentence.peek(place.first - 1) == "to" and not place.is_range and not any(word in ARRIVING for word in own):
        return "ask", "on the way there"
    if any(word in ENDINGS for word in own):
        return "ask", "what was there may have ended"
    if _is_used(sentence, clause, place) or _is_placed(sentence, clause, place):
        return "present", ""
    if sentence.text.endswith(("?", "؟")):
        return "ask", "a question of the text"
    if is_event and not is_strong:
        return "ask", "an attack or a fight is no presence"
    if _is_left_for(sentence, clause, place) or _is_reached(sentence, clause, place):
        return "present", ""
    is_list = is_list or _is_bare_label(sentence, place)
    is_aside = _stands_aside(sentence, place)
    if is_strong or any(word in PERSONS for word in own) or is_list or is_aside:
        return "present", ""
    if sentence.peek(place.first - 1) in ("in", "across") and _follows_copula(sentence, clause, place):
        return "present", ""
    before = clause.before
    if not clause.has_verb and before is not None:
        earlier = sentence.words[before.first : before.end]
        is_turned = sentence.words[clause.first] == "but" and "not" in earlier and not BEING.isdisjoint(earlier)
        if is_turned or any(word in STRONG or word in PERSONS for word in earlier):
            return "present", ""
    return "ask", "no word of presence"


def _is_past(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell what was: once, until a year, and what somebody remembers of a year "when" it was so."""
    words = sentence.words
    aside = _list_aside(sentence, clause, place)
    if any(words[at] in PAST for at in range(clause.first, place.first) if at not in aside):
        return True
    if any(word in PAST and each in HELD for word, each in pairwise(words[place.last + 1 : clause.end])):
        return True
    for at in range(clause.first, clause.end):
        earlier = words[clause.first : at]
        is_over = not earlier or ("had" in earlier and at > place.last) or not clause.has_verb
        if words[at] == "until" and is_over and not {"not", "only"} & {*earlier}:
            return True
        if words[at : at + 3] == ["in", "the", "past"] or (words[at : at + 2] == ["used", "to"] and at < place.first):
            return True
        if (
            words[at] == "when"
            and at < place.first
            and any(YEAR.fullmatch(word) for word in words[max(at - 3, 0) : at])
        ):
            return True
    return False


def _list_aside(sentence: Sentence, clause: Clause, place: PlaceChunk) -> range:
    """List words between commas that tell of the past, before the verb of a place: the Reds, once feared, hold."""
    commas = [at for at in range(clause.first, place.first - 1) if "," in sentence.read_gap(at)]
    for start in commas:
        if sentence.peek(start + 1) in PAST:
            ends = (
                at
                for at in commas
                if at > start + 1 and (sentence.words[at + 1] in STRONG or sentence.words[at + 1] in VERBS)
            )
            return range(start + 1, next(ends, start) + 1)
    return range(0)


def _is_left_for(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell where somebody went who left another place for it."""
    words = sentence.words
    return sentence.peek(place.first - 1) == "for" and any(
        word in LEAVING or word in ("fled", "quit", "abandoned", "swapped")
        for word in words[clause.first : place.first]
    )


def _is_reached(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a reach or an influence that extends into a place."""
    words = sentence.words
    return any(
        words[at] in REACHING and not {"into", "across", "throughout"}.isdisjoint(words[at + 1 : at + 4])
        for at in range(clause.first, place.first)
    )


def _is_placed(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a group that somebody places somewhere: a report put it in Kunar."""
    starts = {each.first for each in clause.groups} | {each.first for each in clause.others if each.kind == "anaphor"}
    return any(
        sentence.words[at] in ("placed", "places", "put", "puts") and at + 1 in starts
        for at in range(clause.first, place.first - 1)
    )


def _is_used(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell houses and centres that a group uses."""
    words = sentence.words[clause.first : clause.end]
    is_kept = sentence.peek(place.first - 2) in FACILITIES and sentence.peek(place.first - 1) == "in"
    if is_kept and not KEEPING.isdisjoint(sentence.words[clause.first : place.first]):
        return True
    return not FACILITIES.isdisjoint(words) and any(
        pair in (("used", "by"), ("kept", "by"), ("rented", "by")) for pair in pairwise(words)
    )


def _is_bare_label(sentence: Sentence, place: PlaceChunk) -> bool:
    """Tell a place with a colon and hardly more than a name behind it, as notes have it."""
    behind = sentence.words[place.last + 1 :]
    return is_label(sentence, place) and len(behind) <= NAMED and VERBS.isdisjoint(behind)


def _stands_aside(sentence: Sentence, place: PlaceChunk) -> bool:
    """Tell a place in brackets or behind a colon, which needs no verb."""
    at = place.first - 1 - (sentence.peek(place.first - 1) in ("in", "mainly", "mostly"))
    return at >= 0 and any(sign in sentence.read_gap(at) for sign in "(:")


def _list_own(sentence: Sentence, clause: Clause, place: PlaceChunk) -> list[str]:
    """List the words of a clause around a place, without what only says after, before or in spite of what."""
    own: list[str] = []
    is_aside = False
    named = _list_named(sentence, clause)
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


def _list_named(sentence: Sentence, clause: Clause) -> set[int]:
    """List the words that only name somebody: of "the network" none says that there is one."""
    spans = [(each.first, each.last) for each in clause.others if each.kind == "anaphor"]
    spans += [(each.first, each.last) for each in clause.groups]
    return {at for first, last in spans for at in range(first, last + 1) if sentence.words[at] not in PERSONS}


def _follows_copula(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell whether nothing but adverbs stands between a form of to be and a place."""
    at = place.first - 2
    if at > clause.first and "," in sentence.read_gap(at):  # They are, he said, in Kunar.
        back = next((each for each in range(at, clause.first, -1) if "," in sentence.read_gap(each - 1)), at)
        at = back - 1 if at - back < ASIDE_WORDS and not SPEECH.isdisjoint(sentence.words[back : at + 1]) else at
    while at >= clause.first and (sentence.words[at] in ADVERBS or sentence.words[at].endswith("ly")):
        at -= 1
    return at >= clause.first and sentence.words[at] in BEING


def _find_wish(sentence: Sentence, clause: Clause, place: PlaceChunk) -> tuple[str, str] | None:
    """Find a plan, a fear or a condition on which a place hangs."""
    words = sentence.words
    aside = _list_aside(sentence, clause, place)
    for at in range(clause.first, clause.end if is_label(sentence, place) else place.first):
        if at in aside:
            continue
        word, following = words[at], words[at + 1 : at + 6]
        is_modal = word in MODALS and any(each in MOVES for each in following[:4])
        if word in WISHES or is_modal:
            if word == "expected" and sentence.peek(at - 1) == "as":
                continue
            if word == "should" and not KNOWING.isdisjoint(following[:2]):
                continue
            if word in ("sought", "seek", "seeks") and following[:1] == ["refuge"]:
                continue
            between = words[at + 1 : place.first]
            if is_modal and "have" in following[:4]:
                return "ask", "it may have happened"
            if word == "would" and following[:1] and following[0] in MOVES:
                return "nothing", "a plan, a wish or a fear"
            if not is_modal and any(each in STRONG and each not in MOVES for each in between):
                return "ask", "a plan, a wish or a fear"
            return "nothing", "a plan, a wish or a fear"
    return None
