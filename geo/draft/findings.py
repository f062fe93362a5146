"""What a clause says of a group in a place: that it is there, that it is not, an attack, or a wish."""

from __future__ import annotations

import re
from itertools import pairwise

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
    NUMBERS,
    PERSONS,
    RESTRICTED,
    SPEECH,
    STRONG,
    VERBS,
    WISHES,
    read_words,
)  # fmt: skip

__all__ = ["FACILITIES", "LOSSES", "is_label", "judge_clause"]

LOSSES = read_words("findings.losses")
LOST_PERSONS = PERSONS | frozenset(["dozens", "hundreds", "scores", "chief", "head", "emir", "ground"])
DENYING = frozenset(["denied", "denies", "deny", "rejected", "rejects", "dismissed", "dismisses", "refuted", "refutes"])
ADVERBS = read_words("findings.adverbs")
UNTOLD = read_words("findings.untold")
"""What is lacking where nobody is said to be: figures, details."""

UNRELATED = read_words("findings.unrelated")
"""What is lacking where two have nothing to do with each other."""

WITHDRAWING = read_words("findings.withdrawing")
KNOWING = frozenset(("know", "note", "aware", "remember"))
THAT = frozenset(("that", "this", "which", "it", "both"))
ACCOUNTS = frozenset(["report", "reports", "claim", "claims", "rumour", "rumours", "rumor", "rumors", "allegations",
                      "allegation", "sighting", "sightings", "accounts"])  # fmt: skip
DEMANDING = frozenset(["should", "must", "need", "ought", "would"])
CONDITIONS = frozenset(["if", "unless", "should", "lest"])
REACHING = frozenset(["extends", "extend", "extended", "stretches", "stretched", "reaches", "reached"])
SUPPOSED = frozenset(["thought", "believed", "presumed", "considered", "assumed", "supposed"])
LEAVING = frozenset(("left", "leaving", "quit", "leave"))
LEFT_PLACES = (["the", "province"], ["the", "area"], ["this", "province"])
SEEN = read_words("findings.seen")
FACILITIES = read_words("findings.facilities")
"""What shows a group only where it has none, or where it uses it."""

TELLING = STRONG | PERSONS | SEEN | LOSSES | ABSENT | EXPELLING | FACILITIES
"""What a clause needs so that its lack is one of presence."""

CONFIRMED = frozenset(
    ["confirmed", "confirm", "verified", "verify", "corroborated", "independently", "proven", "proved", "substantiated"]
)
UNKNOWN = frozenset(["unclear", "unknown", "whether", "uncertain", "doubtful"])
LITTLE = frozenset(("little", "scant", "few"))
SIGNS = frozenset(
    ["evidence", "sign", "signs", "trace", "traces", "presence", "activity", "influence", "indication", "indications"]
)
WOULD = frozenset(["would", "may", "might"])
TALKS = frozenset(["talks", "meeting", "meetings", "conference", "summit", "negotiations", "consultations", "session"])
QUIET_EVENTS = frozenset(["fighting", "attack", "attacks", "clash", "clashes", "incident", "incidents", "bombings"])
SAYING = frozenset(["say", "tell", "know", "judge", "conclude"])
HARD = frozenset(["cannot", "early", "impossible", "hard", "difficult", "unable"])
UNDOUBTED = frozenset(["doubts", "doubted", "disputes", "disputed"])
HELD = frozenset(["used", "held", "run", "occupied", "home", "controlled"])
CALM = frozenset(["quiet", "calm", "peaceful", "spared"])
TELLERS = frozenset(["source", "sources", "witness", "witnesses", "account", "observer", "observers"])
WITHDRAWN = frozenset(["withdrew", "withdrawn", "retreated"])
KEEPING = frozenset(["has", "have", "keep", "keeps", "rents", "rent", "owns", "own", "opened"])
SOME = frozenset(["some", "several", "many", "few", "both", "dozens", "hundreds"])
ASIDE_WORDS = 5
YEAR = re.compile(r"(19|20)\d\d")
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
    if (
        "unlike" in near
        or _is_instead(sentence, place)
        or (role == "absent" and SUPPOSED.intersection(sentence.words[clause.first : place.first]))
    ):
        return "ask", "it may be the other way round"
    if role in ("expelled", "absent"):
        return ("present", "") if _find_negation(sentence, clause, place, only_double=True) else ("absent", "")
    if role == "excepted":
        is_alone = not NEGATIONS.isdisjoint(sentence.words[clause.first : max(place.first - 1, clause.first)])
        return ("present" if is_alone else "absent"), ""  # not anywhere except Kunar
    if role == "origin":
        return "ask", "it moved away from there"
    words = sentence.words[clause.first : clause.end]
    if any(word in DENYING for word in sentence.words[max(clause.first - 4, 0) : place.first]):
        return "ask", "a denial"
    if sentence.peek(place.first - 1) in ("outside", "beyond"):
        return "present", ""  # It is a place only where somebody is not said to be outside it.
    if _is_open(sentence, clause, place):
        return "ask", "it is not confirmed"
    if _is_doubly_denied(sentence, place):
        return "ask", "it is denied twice"
    if ("yet", "to") in pairwise(sentence.words[clause.first : place.first]):
        return "ask", "it is said not to have happened yet"
    if place.last < len(sentence.words) and sentence.read_gap(place.last).lstrip().startswith("(?"):
        return "ask", "the text puts a question mark to it"
    if _heads_absent(sentence):
        return "absent", ""
    if any(
        word == "no" and not QUIET_EVENTS.isdisjoint(sentence.words[at + 1 : at + 4])
        for at, word in enumerate(sentence.words[clause.first : clause.end], clause.first)
    ):
        return "ask", "that nothing happened is no absence"
    if not CALM.isdisjoint(sentence.words[place.last + 1 : min(place.last + 4, clause.end)]):
        return "ask", "the place is said to be calm"
    if _is_held_talk(sentence, clause, place):
        return "nothing", "talks are no presence"
    if _is_unrelated(sentence, clause, place):
        return "ask", "it has nothing to do with it"
    if _is_withdrawn(sentence, clause, place):
        return "ask", "the text takes it back"
    if _is_feared(sentence, clause, place):
        return "nothing", "a plan, a wish or a fear"
    if words[:1] in (["if"], ["unless"]) and (wish := _find_wish(sentence, clause, place)):
        return wish
    if _hangs_on_condition(sentence, clause, place):
        return "ask", "it hangs on a condition"
    if _find_negation(sentence, clause, place):
        named = _list_named(sentence, clause)
        own = [sentence.words[at] for at in range(clause.first, clause.end) if at not in named]
        is_telling = is_list or not clause.has_verb or any(word in TELLING for word in own)
        is_telling |= not {("has", "none"), ("have", "none"), ("had", "none")}.isdisjoint(pairwise(words))
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
    if _is_past(sentence, clause, place):
        return "ask", "it is said of the past"
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
    is_aside = _stands_aside(sentence, place)
    if is_strong or any(word in PERSONS for word in own) or is_list or is_aside:
        return "present", ""
    if sentence.peek(place.first - 1) in ("in", "across") and _follows_copula(sentence, clause, place):
        return "present", ""
    before = clause.before
    if not clause.has_verb and before is not None:
        earlier = sentence.words[before.first : before.end]
        is_turned = sentence.words[clause.first] == "but" and "not" in earlier and not COPULAS.isdisjoint(earlier)
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
        if words[at] == "no" and not TELLERS.isdisjoint(words[at + 1 : at + 4]):
            return True
        if words[at] in ("not", "cannot") and not CONFIRMED.isdisjoint(words[at + 1 : at + 5]):
            return True
    if any(
        words[at] in LITTLE and words[at + 1 : at + 2] and words[at + 1] in SIGNS
        for at in range(clause.first, clause.end)
    ):
        return True
    if clause.first and sentence.peek(clause.first - 1) in SAYING and not HARD.isdisjoint(
        words[max(clause.first - 7, 0) : clause.first]
    ):  # fmt: skip
        return True
    return any(word in UNKNOWN for word in words[max(clause.first - 6, 0) : place.first])


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


def _is_instead(sentence: Sentence, place: PlaceChunk) -> bool:
    """Tell a place that another takes the turn of: rather than in Kunar."""
    before = sentence.words[max(place.first - 4, 0) : place.first]
    return any(pair in (("rather", "than"), ("instead", "of")) for pair in pairwise(before))


def _heads_absent(sentence: Sentence) -> bool:
    """Tell a line that begins with absent, or not seen, and a colon."""
    words = sentence.words
    size = 1 if words[0] in ABSENT else 2 * (words[0] in NEGATIONS and len(words) > 1 and words[1] in SEEN)
    return bool(size) and ":" in sentence.read_gap(size - 1)


def _is_doubly_denied(sentence: Sentence, place: PlaceChunk) -> bool:
    """Tell a lack that is itself doubted: no reason to believe that they are not in Kunar."""
    words = sentence.words[: place.first]
    at = next((at for at, pair in enumerate(pairwise(words)) if pair in (("no", "reason"), ("no", "doubt"))), None)
    return at is not None and not NEGATIONS.isdisjoint(words[at + 2 :]) and "that" in words[at:]


def _is_held_talk(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell talks on a group that are held somewhere from a place that a group holds."""
    start = min((chunk.first for chunk in clause.groups), default=place.first)
    words = sentence.words
    return not TALKS.isdisjoint(words[clause.first : start]) and not {"held", "hosted", "took"}.isdisjoint(
        words[clause.first : clause.end]
    )


def _is_unrelated(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a place of somebody with whom a group has nothing to do."""
    start = min((chunk.last for chunk in clause.groups if chunk.last < place.first), default=place.first)
    return any(
        word in ("no", "nothing") and not UNRELATED.isdisjoint(sentence.words[at + 1 : at + 3])
        for at, word in enumerate(sentence.words[start : place.first], start)
    )


def _is_withdrawn(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a report that the same clause takes back: reports of Reds in Kunar were withdrawn."""
    words = sentence.words
    start = max(clause.first - 6, 0)
    if any(
        word in WITHDRAWING and words[at + 1] == "that" for at, word in enumerate(words[start : place.first - 1], start)
    ):
        return True
    behind = words[place.last + 1 :]
    if any(
        word in THAT and behind[at + 1] in COPULAS and not WITHDRAWING.isdisjoint(behind[at + 2 : at + 5])
        for at, word in enumerate(behind[:-2])
    ):
        return True  # It said that they were in Kunar; that was wrong.
    if any(word in ACCOUNTS and not WITHDRAWING.isdisjoint(behind[at + 1 : at + 4]) for at, word in enumerate(behind)):
        return True
    if (ACCOUNTS | SIGNS).isdisjoint(words[max(clause.first - 3, 0) : place.first]):
        return False
    return not WITHDRAWING.isdisjoint(behind[:4]) or (
        behind[:1] in (["is"], ["was"]) and behind[1:2] in (["over"], ["ended"], ["disputed"])
    )


def _hangs_on_condition(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell camps "if they exist", and what should not be counted."""
    words = sentence.words
    behind = words[place.last + 1 : clause.end]
    is_turned = clause.first == 0 and words[0] in ("had", "were", "should")
    if is_turned:
        return True
    if behind[:1] == ["if"] and behind[1:2] != ["not"]:
        return True
    return any(
        (words[at] == "not" and words[at - 1] in DEMANDING and words[at + 1 : at + 2] == ["be"])
        or (words[at] in NEGATIONS and not WOULD.isdisjoint(words[max(at - 2, clause.first) : at]))
        for at in range(clause.first + 1, clause.end)
    )


def _is_feared(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a fear that begins with a condition, which may hold a word of lack: should no aid come, they may move on."""
    words = sentence.words
    if CONDITIONS.isdisjoint(words[clause.first : clause.first + 1]):
        return False
    ahead = range(clause.first + 1, place.first)
    return any(words[at] in MODALS and not MOVES.isdisjoint(words[at + 1 : at + 5]) for at in ahead)


def _follows_copula(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell whether nothing but adverbs stands between a form of to be and a place."""
    at = place.first - 2
    if at > clause.first and "," in sentence.read_gap(at):  # They are, he said, in Kunar.
        back = next((each for each in range(at, clause.first, -1) if "," in sentence.read_gap(each - 1)), at)
        at = back - 1 if at - back < ASIDE_WORDS and not SPEECH.isdisjoint(sentence.words[back : at + 1]) else at
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
            at == clause.first or words[at - 1] in COPULAS
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
