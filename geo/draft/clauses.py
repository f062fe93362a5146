"""A sentence becomes clauses, each with its groups and places: what one says is not said of the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.draft.mentions import Mention, is_speaker
from geo.draft.scan import GroupChunk, PlaceChunk, Scan
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import DETERMINERS, MONTHS, PERSONS, SPEECH, VERBS, read_words

__all__ = ["Clause", "find_role", "is_label", "make_whole", "split_clauses"]

BREAKING = frozenset(["while", "whereas", "although", "though", "but", "however", "yet", "because", "whilst"])
RELATIVE = frozenset(("which", "who", "whose"))
AUXILIARIES = read_words("clauses.auxiliaries")  # fmt: skip
ADVERBS = read_words("clauses.adverbs")  # fmt: skip
HEADS = PERSONS | read_words("clauses.heads")
NOUNS = frozenset(["centres", "centers", "works", "stands"])
"""Words that are a verb only where no other is."""

KINDS_OF_GROUP = frozenset(
    ("faction", "affiliate", "ally", "offshoot", "branch", "wing", "splinter", "group", "franchise", "front")
)
SWAY = frozenset(["control", "reach", "rule", "grip", "hands"])
BEYOND = frozenset(["outside", "beyond", "out", "free"])
WHEN = read_words("clauses.when")
ROLES = {
    "by": "by", "against": "against", "versus": "against", "on": "against", "toward": "against", "towards": "against",
    "with": "with", "alongside": "with", "unlike": "compare", "than": "compare", "to": "to", "under": "under",
}  # fmt: skip
"""In which way a group stands behind such a word."""


@dataclass
class Clause:
    """Words of a sentence from ``first`` up to ``end``.

    ``kind`` is main, joined (with a verb and the subject of the one before), relative, where or resumed.
    """

    kind: str
    first: int
    end: int
    parent: Clause | None = None
    before: Clause | None = None
    groups: list[GroupChunk] = field(default_factory=list)
    places: list[PlaceChunk] = field(default_factory=list)
    others: list[Mention] = field(default_factory=list)
    has_verb: bool = False


def split_clauses(scan: Scan) -> list[Clause]:
    """Part a sentence where another subject or a turn begins.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "It is here, but it was there")]), 0, 28)
    >>> [sentence.cut(each.first, each.end - 1) for each in split_clauses(Scan(sentence, (), (), (), ()))]
    ['It is here', 'but it was there']
    """
    sentence = scan.sentence
    if not sentence.words:
        return []
    inside = _list_inside(scan)
    subjects = _list_subjects(scan)
    clauses = [Clause("main", 0, len(sentence.words))]
    for at in range(1, len(sentence.words)):
        if at in inside:
            continue
        kind = _find_break(sentence, at, clauses[-1], subjects)
        if kind:
            clauses[-1].end = at
            parent = clauses[-1].parent if kind == "resumed" else clauses[-1]
            clauses.append(Clause(kind, at, len(sentence.words), parent, clauses[-1]))
    _fill(clauses, scan)
    return clauses


def make_whole(scan: Scan) -> Clause:
    """Take a sentence for one clause, as an item of a list is.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> make_whole(Scan(Sentence(join_lines("item", [(1, "Reds: camps")]), 0, 11), (), (), (), ())).end
    2
    """
    groups, places, others = [*scan.groups], [*scan.places], [*scan.others]
    return Clause("main", 0, len(scan.sentence.words), groups=groups, places=places, others=others, has_verb=True)


def _list_inside(scan: Scan) -> set[int]:
    """List the words within a list of groups or places, which no clause begins at."""
    spans = [(each.first, each.last) for each in scan.groups] + [(each.first, each.last) for each in scan.places]
    return {at for first, last in spans for at in range(first + 1, last + 1)}


def _list_subjects(scan: Scan) -> set[int]:
    """List the words at which somebody with a verb of his own begins, articles with him."""
    sentence, found = scan.sentence, set()
    spans = [(each.first, each.last, True) for each in scan.groups]
    spans += [(each.first, each.last, False) for each in scan.others if (each.is_other or each.kind == "anaphor")]
    place_starts = {each.first for each in scan.places}
    for first, last, is_group in spans:
        at, start = last + 1, first
        while sentence.peek(at) in HEADS or sentence.peek(at) in ADVERBS:
            at += 1
        has_verb = sentence.peek(at) in VERBS
        is_gapped = is_group and any(each in place_starts for each in range(last + 1, last + 4))
        while start and sentence.words[start - 1] in DETERMINERS | {"afghan", "local", "neither"}:
            start -= 1
        if (has_verb or is_gapped) and start:
            gap = sentence.read_gap(start - 1)
            if sentence.words[start - 1] in ("and", "or") and start > 1:
                found.add(start - 1)
            elif "," in gap or ";" in gap or ":" in gap or "—" in gap or "–" in gap:
                found.add(start)
    return found


def _find_break(sentence: Sentence, at: int, clause: Clause, subjects: set[int]) -> str:
    word, gap = sentence.words[at], sentence.read_gap(at - 1)
    following = sentence.peek(at + 1)
    if ";" in gap:
        return "main"
    if ":" in gap and any(each in VERBS for each in sentence.words[at:]):
        return "main"
    if word in BREAKING:
        is_aside = following == "not" and (sentence.caps[at + 2] if at + 2 < len(sentence.caps) else False)
        return "" if word == "but" and (is_aside or following in ("also", "one", "rather")) else "main"
    if word == "where" or (word == "which" and sentence.words[at - 1] in ("in", "from")):
        return "where"
    if word == "when" and "," in gap:
        return "main"
    if word in RELATIVE and sentence.words[at - 1] not in ("of", "with", "to", "by", "several"):
        return "relative"
    if word == "that" and _ends_speech(sentence, at - 1):
        return "main"
    is_verb = word in VERBS or word in SPEECH or ((word in ADVERBS or sentence.caps[at]) and following in VERBS)
    if clause.kind in ("relative", "where") and "," in gap and is_verb and clause.first < at - 2:
        return "resumed"
    if at in subjects:
        return "main"
    is_joined = word == "and" and (following in AUXILIARIES or (following in VERBS and following.endswith(("s", "ed"))
                                                               and following not in HEADS))  # fmt: skip
    if is_joined:
        return "joined"
    is_turned = "," in gap and word in ("not", "has", "have", "is", "are", "was", "were") and clause.kind == "main"
    return "joined" if is_turned else ""


def _ends_speech(sentence: Sentence, at: int) -> bool:
    """Tell whether a word says that somebody says something, or says when he said it: reported in January."""
    while at > 0 and (sentence.words[at] in MONTHS or sentence.words[at] in WHEN or sentence.words[at].isdigit()):
        at -= 1
    return sentence.words[at] in SPEECH


def _fill(clauses: list[Clause], scan: Scan) -> None:
    sentence = scan.sentence
    for clause in clauses:
        span = range(clause.first, clause.end)
        clause.groups = [each for each in scan.groups if each.first in span]
        clause.places = [each for each in scan.places if each.first in span]
        clause.others = [each for each in scan.others if each.first in span]
        named = {at for each in clause.groups for at in range(each.first, each.last + 1)}
        verbs = {sentence.words[at] for at in span if at not in named} & VERBS
        if verbs <= NOUNS and any(each.first > clause.first for each in clause.places) and not clause.groups:
            verbs = set()
        is_fronted = sentence.words[clause.first] in ("in", "at", "across") and bool(clause.places)
        clause.has_verb = bool(verbs - SPEECH if is_fronted else verbs)  # In Kunar, he said, they


def find_role(sentence: Sentence, chunk: GroupChunk) -> str:
    """Say in which way a group stands in its clause: "" for one that may be the subject, or speaker, by, with, against.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "a fight against the Reds")]), 0, 24)
    >>> find_role(sentence, GroupChunk(("reds",), 4, 4))
    'against'
    """
    if is_speaker(sentence, chunk.last):
        return "speaker"
    at = chunk.first - 1
    while at >= 0 and (sentence.words[at] in DETERMINERS or sentence.words[at] in ("afghan", "local", "rival", "the")):
        at -= 1
    word = sentence.peek(at)
    if at + 1 < chunk.first and "," in sentence.read_gap(at) and sentence.peek(chunk.last + 1) in KINDS_OF_GROUP:
        return "compare"  # The Reds, a Blue faction
    if word == "of" and sentence.peek(at - 1) in SWAY and not BEYOND.isdisjoint(sentence.words[max(at - 4, 0) : at]):
        return "compare"
    if word in HEADS - {"s"} and sentence.words[at + 1 : at + 2] == ["of"]:
        at -= 1
        word = sentence.peek(at)
    if word == "not" and (sentence.peek(at - 1) in ("but", "and") or "," in sentence.read_gap(at - 1)):
        return "compare"
    if word == "than" and sentence.peek(at - 1) == "other":
        return ""
    if word == "to":
        before = sentence.peek(at - 1)
        if before == "according":
            return "speaker"
        return (
            "" if before in ("loyal", "belonging", "belong", "belongs", "linked", "attributed", "home", "due") else "to"
        )
    if word == "with":
        return "" if sentence.peek(at - 1) in ("together", "along") else "with"
    if word == "on" and sentence.peek(at - 1) in ("report", "reports", "information", "based"):
        return "topic"
    return ROLES.get(word, "")


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
