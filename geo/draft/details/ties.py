"""Which tie between groups a sentence speaks of."""

from __future__ import annotations

from geo.draft.clauses import find_role
from geo.draft.details.hedges import find_hedges, word_note
from geo.draft.proposals import Spot, TieProposal
from geo.draft.scan import Scan
from geo.draft.words.cue_words import NEGATIONS

__all__ = ["find_tie"]

DIRECTED = ("affiliate", "splinter", "support")
WORDS = {
    word: type_
    for type_, words in {
        "splinter": "splinter splintered breakaway split defected offshoot",
        "affiliate": "affiliate affiliated allegiance franchise branch subsidiary",
        "alliance": "alliance alliances allied ally allies cooperate cooperates cooperated cooperation collaborate "
                    "collaborates collaboration partnership partners coordinate coordinates coordination joint jointly",
        "rivalry": "rival rivals rivalry enemy enemies hostile hostility feud feuding competes compete competition",
        "support": "supports supported shelters sheltered finances funds financed funded bankrolls backs backed aids",
    }.items()
    for word in words.split()
}  # fmt: skip
ENDED = frozenset(["ended", "former", "formerly", "collapsed", "dissolved", "broke", "broken", "severed"])
DISCUSSED = frozenset(
    ["discussed", "discussing", "discussions", "proposed", "considering", "considered", "negotiated", "negotiating"]
)
EMERGING = frozenset(["emerging", "growing", "nascent", "evolving", "deepening", "forming"])


def find_tie(scan: Scan, spot: Spot) -> TieProposal | None:
    """Find a word for a tie in a sentence that names two groups or more.

    Examples
    --------
    >>> from geo.draft.scan import GroupChunk
    >>> from geo.draft.sentences import Sentence
    >>> from geo.read.documents.blocks import join_lines
    >>> text = "Reds and Blues are allied"
    >>> sentence = Sentence(join_lines("paragraph", [(1, text)]), 0, len(text))
    >>> tie = find_tie(Scan(sentence, (GroupChunk(("reds", "blues"), 0, 2),), (), (), ()), Spot(text, 1))
    >>> tie.groups, tie.type
    (('reds', 'blues'), 'alliance')
    """
    sentence = scan.sentence
    able = [chunk for chunk in scan.groups if find_role(sentence, chunk) not in ("speaker", "compare", "topic")]
    groups = tuple(dict.fromkeys(group for chunk in able for group in chunk.groups))
    if len(groups) < 2 or any(chunk.rivals for chunk in able):
        return None
    inside = {at for chunk in scan.groups for at in range(chunk.first, chunk.last + 1)}
    type_ = next((WORDS[word] for at, word in enumerate(sentence.words) if word in WORDS and at not in inside), None)
    if type_ is None:
        return None
    note = word_note(find_hedges(sentence, 0, len(sentence.words)))
    is_directed = type_ in DIRECTED and len(groups) == 2
    if type_ in DIRECTED and not is_directed:
        return None
    return TieProposal(groups, type_, is_directed, _find_standing(sentence.words), spot, note)


def _find_standing(words: list[str]) -> str:
    """Say whether a tie stands; a question where the sentence takes something back."""
    if any(word in NEGATIONS for word in words):
        return "?"
    for standing, said in (("ended", ENDED), ("discussed", DISCUSSED), ("emerging", EMERGING)):
        if any(word in said for word in words):
            return standing
    return "existing"
