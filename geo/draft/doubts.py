"""What makes a claim of a place doubtful, or none: a denial, a report taken back, a condition, talks held there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from geo.draft.clauses import Clause
from geo.draft.lacks import UNRELATED, is_clipped
from geo.draft.scan import PlaceChunk
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import ABSENT, BEING, EXPELLING, MODALS, MOVES, NEGATIONS, read_words

__all__ = ["find_doubt", "hangs_on_condition", "is_ahead", "is_declared", "is_denial", "is_turned_round"]

Judge = Callable[[Sentence, Clause, PlaceChunk], bool]

WITHDRAWING = read_words("findings.withdrawing")
THAT = frozenset(("that", "this", "which", "it", "both"))
ACCOUNTS = frozenset(["report", "reports", "claim", "claims", "rumour", "rumours", "rumor", "rumors", "allegations",
                      "allegation", "sighting", "sightings", "accounts"])  # fmt: skip
DEMANDING = frozenset(["should", "must", "need", "ought", "would"])
CONDITIONS = frozenset(["if", "unless", "should", "lest"])
CONFIRMED = frozenset(
    ["confirmed", "confirm", "verified", "verify", "corroborated", "independently", "proven", "proved", "substantiated"]
)
MEANING = frozenset(("mean", "imply", "show", "suggest", "prove", "indicate"))
HOLDING = frozenset(
    (
        "held",
        "hold",
        "holds",
        "control",
        "controlled",
        "controls",
        "holds",
        "captured",
        "seized",
        "taken",
        "govern",
        "governs",
    )
)
GROUND = frozenset(
    (
        "territory",
        "territories",
        "ground",
        "position",
        "positions",
        "stronghold",
        "strongholds",
        "villages",
        "districts",
    )
)
UNKNOWN = frozenset(["unclear", "unknown", "whether", "uncertain", "doubtful"])
LITTLE = frozenset(("little", "scant", "few"))
SIGNS = frozenset(
    ["evidence", "sign", "signs", "trace", "traces", "presence", "activity", "influence", "indication", "indications"]
)
WOULD = frozenset(["would", "may", "might"])
TALKS = frozenset(["talks", "meeting", "meetings", "conference", "summit", "negotiations", "consultations", "session"])
SAYING = frozenset(["say", "tell", "know", "judge", "conclude"])
HARD = frozenset(["cannot", "early", "impossible", "hard", "difficult", "unable"])
TELLERS = frozenset(["source", "sources", "witness", "witnesses", "account", "observer", "observers"])
DENYING = frozenset(["denied", "denies", "deny", "rejected", "rejects", "dismissed", "dismisses", "refuted", "refutes"])
OPENING = 80
"""So many letters a correction takes up before it may go on to what holds."""

EARLIER = frozenset(("earlier", "previous", "first", "original"))
VERSIONS = frozenset(("version", "edition", "post", "issue", "draft"))
SUPPOSED = frozenset(["thought", "believed", "presumed", "considered", "assumed", "supposed"])
QUIET_EVENTS = frozenset(["fighting", "attack", "attacks", "clash", "clashes", "incident", "incidents", "bombings"])
HEARSAY = frozenset(["rumour", "rumours", "rumor", "rumors", "rumoured", "forwarded", "video", "tweet", "gossip"])
SPANS = frozenset(["years", "decade", "decades", "generation"])
RETAKING = frozenset(["retook", "retake", "retaken", "recaptured", "recapture", "dismantled", "dismantle"])
PLOTS = frozenset(["plot", "plots", "implicated", "plotting", "plotted"])
CALM = frozenset(["quiet", "calm", "peaceful", "spared"])


def find_doubt(sentence: Sentence, clause: Clause, place: PlaceChunk) -> tuple[str, str] | None:
    """Find what makes a claim of a place doubtful, or no claim: ask or nothing, and why.

    Examples
    --------
    >>> from geo.draft.places import Place
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "Reports of Reds in Kunar were withdrawn")]), 0, 39)
    >>> kunar = PlaceChunk((Place("unit", "AF-KNR", 4, 4),), 4, 4)
    >>> find_doubt(sentence, Clause("main", 0, 7, places=[kunar]), kunar)
    ('ask', 'the text takes it back')
    """
    return next((doubt for is_so, doubt in DOUBTS if is_so(sentence, clause, place)), None)


def is_turned_round(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a place that is only compared, that another takes the turn of, or from which somebody is thought absent."""
    is_supposed = place.places[0].role == "absent" and not SUPPOSED.isdisjoint(
        sentence.words[clause.first : place.first]
    )
    near = (sentence.peek(place.first - 1), sentence.peek(place.first - 2))
    return "unlike" in near or _is_instead(sentence, place) or is_supposed


def is_ahead(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a place that somebody will be driven out of."""
    return not {"will", "shall"}.isdisjoint(sentence.words[clause.first : place.first])


def is_denial(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a place of which a claim is denied."""
    return not DENYING.isdisjoint(sentence.words[max(clause.first - 4, 0) : place.first])


def _is_loss_of_ground(sentence: Sentence, clause: Clause, _place: PlaceChunk) -> bool:
    """Tell that ground or a town is lost or not held, which is no absence: lost its territory, have not held."""
    words = sentence.words
    for at in range(clause.first, clause.end):
        is_denied = words[at] in ("not", "never") or is_clipped(sentence, at) or words[at : at + 2] == ["no", "longer"]
        if is_denied and not HOLDING.isdisjoint(words[at + 1 : at + 3]):
            return True
        if words[at] in GROUND and not {"lost", "lose", "loses", "losing"}.isdisjoint(
            words[max(at - 5, clause.first) : at + 4]
        ):
            return True
    return False


def _is_kept_out(sentence: Sentence, clause: Clause, _place: PlaceChunk) -> bool:
    """Tell that somebody kept a group out of a place."""
    words = sentence.words
    kept = [at for at in range(clause.first, clause.end) if words[at] in ("keep", "keeps", "kept", "keeping")]
    return any(word == "out" for at in kept for word in words[at + 2 : min(at + 6, clause.end)])


def _is_as_seen(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a place that is an example of what happened: as seen in Kunar."""
    return ("as", "seen") in pairwise(sentence.words[max(place.first - 4, clause.first) : place.first])


def _is_yet_to_come(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    return ("yet", "to") in pairwise(sentence.words[clause.first : place.first])


def _is_queried(sentence: Sentence, _clause: Clause, place: PlaceChunk) -> bool:
    """Tell a question mark in brackets behind a place."""
    return place.last < len(sentence.words) and sentence.read_gap(place.last).lstrip().startswith("(?")


def _is_without_event(sentence: Sentence, clause: Clause, _place: PlaceChunk) -> bool:
    return any(
        word == "no" and not QUIET_EVENTS.isdisjoint(sentence.words[at + 1 : at + 4])
        for at, word in enumerate(sentence.words[clause.first : clause.end], clause.first)
    )


def _is_calm(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    return not CALM.isdisjoint(sentence.words[place.last + 1 : min(place.last + 4, clause.end)])


def _is_instead(sentence: Sentence, place: PlaceChunk) -> bool:
    """Tell a place that another takes the turn of: rather than in Kunar."""
    before = sentence.words[max(place.first - 4, 0) : place.first]
    return any(pair in (("rather", "than"), ("instead", "of")) for pair in pairwise(before))


def _is_open(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell what a sentence says to be unknown."""
    words = sentence.words
    for at in range(clause.first, clause.end):
        if words[at] == "no" and not TELLERS.isdisjoint(words[at + 1 : at + 4]):
            return True
        if (words[at] in ("not", "cannot") or is_clipped(sentence, at)) and (
            not CONFIRMED.isdisjoint(words[at + 1 : at + 5]) or not MEANING.isdisjoint(words[at + 1 : at + 2])
        ):
            return True
    if _follows_no_report(sentence, clause):
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


def _follows_no_report(sentence: Sentence, clause: Clause) -> bool:
    """Tell a clause behind words that nobody reported it: no report that, any claim that."""
    words = sentence.words
    return any(
        words[at] in ("no", "any") and words[at + 1] in ACCOUNTS and words[at + 2] == "that"
        for at in range(max(clause.first - 3, 0), min(clause.end, len(words) - 2))
    )


def _is_doubly_denied(sentence: Sentence, _clause: Clause, place: PlaceChunk) -> bool:
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
    if _is_correction(sentence):
        return True
    start = max(clause.first - 6, 0)
    if any(
        word in WITHDRAWING and words[at + 1] == "that" for at, word in enumerate(words[start : place.first - 1], start)
    ):
        return True
    behind = words[place.last + 1 :]
    if any(
        word in THAT and behind[at + 1] in BEING and not WITHDRAWING.isdisjoint(behind[at + 2 : at + 5])
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


def _is_feared(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a fear that begins with a condition, which may hold a word of lack: should no aid come, they may move on."""
    words = sentence.words
    if CONDITIONS.isdisjoint(words[clause.first : clause.first + 1]):
        return False
    ahead = range(clause.first + 1, place.first)
    return any(words[at] in MODALS and not MOVES.isdisjoint(words[at + 1 : at + 5]) for at in ahead)


def _is_correction(sentence: Sentence) -> bool:
    """Tell what an earlier version said, and what stands in a correction."""
    words = sentence.words
    opening = [word.strip(".:,*") for word in sentence.block.text[:20].lower().split()[:1]]
    is_first = sentence.start < len(opening) * OPENING
    return (is_first and opening in (["correction"], ["corrections"], ["corrects"], ["erratum"])) or any(
        word in EARLIER and following in VERSIONS for word, following in pairwise(words)
    )


def hangs_on_condition(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
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


def _is_possible(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell what only could or might be so: it might rebuild an arm in Kunar."""
    words = sentence.words
    return any(
        words[at] in MODALS
        and (MOVES | {"be", "have"}).isdisjoint(words[at + 1 : at + 3])
        and not (words[at] == "may" and sentence.caps[at])
        for at in range(clause.first, place.first - 1)
    )


def _is_hearsay(sentence: Sentence, _clause: Clause, place: PlaceChunk) -> bool:
    """Tell what rests on a rumour, a video or a message that is passed on."""
    before = sentence.words[: place.first]
    return not HEARSAY.isdisjoint(before) or any(
        word in ("claim", "claims", "allegation", "suggestion") and before[at + 1 : at + 2] == ["that"]
        for at, word in enumerate(before)
    )


def _is_long_ago(sentence: Sentence, clause: Clause, _place: PlaceChunk) -> bool:
    """Tell what was years ago, and no move that lasts."""
    words = sentence.words[clause.first : clause.end]
    return "ago" in words and not SPANS.isdisjoint(words)


def _is_retaken(sentence: Sentence, clause: Clause, _place: PlaceChunk) -> bool:
    """Tell a place that was taken back, or a cell there that was broken up."""
    words = sentence.words[clause.first : clause.end]
    is_broken = any(pair in (("broken", "up"), ("broke", "up")) for pair in pairwise(words))
    return is_broken or not RETAKING.isdisjoint(words)


def _is_accused(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a place against which somebody is said to have plotted."""
    return not PLOTS.isdisjoint(sentence.words[clause.first : place.first])


def is_declared(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell what somebody only declared: the government declared them defeated in Kunar."""
    words = sentence.words
    return any(
        words[at] in ("declared", "declare", "declares", "proclaimed")
        and not (ABSENT | EXPELLING).isdisjoint(words[at + 1 : place.first])
        for at in range(clause.first, place.first)
    )


DOUBTS: tuple[tuple[Judge, tuple[str, str]], ...] = (
    (_is_open, ("ask", "it is not confirmed")),
    (_is_doubly_denied, ("ask", "it is denied twice")),
    (_is_yet_to_come, ("ask", "it is said not to have happened yet")),
    (_is_loss_of_ground, ("ask", "ground lost or not held is no absence")),
    (_is_kept_out, ("ask", "somebody is kept out")),
    (_is_as_seen, ("ask", "an attack or a fight is no presence")),
    (_is_queried, ("ask", "the text puts a question mark to it")),
    (_is_without_event, ("ask", "that nothing happened is no absence")),
    (_is_calm, ("ask", "the place is said to be calm")),
    (_is_held_talk, ("nothing", "talks are no presence")),
    (_is_unrelated, ("ask", "it has nothing to do with it")),
    (_is_withdrawn, ("ask", "the text takes it back")),
    (_is_feared, ("nothing", "a plan, a wish or a fear")),
    (_is_possible, ("ask", "it is said to be possible")),
    (_is_hearsay, ("ask", "a rumour or a message that is passed on")),
    (_is_long_ago, ("ask", "it is said of the past")),
    (_is_retaken, ("ask", "it was taken back or broken up")),
    (_is_accused, ("ask", "a plot is no presence")),
)
"""The first that holds is the reason."""
