"""How surely a sentence says a thing: its hedges, and lists that it leaves open."""

from __future__ import annotations

from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import HEDGES, OPEN_LISTS

__all__ = ["find_hedges", "word_note"]

STARTS: dict[str, list[tuple[str, ...]]] = {}
for _hedge in HEDGES:
    STARTS.setdefault(_hedge.split()[0], []).append(tuple(_hedge.split()))
for _list in STARTS.values():
    _list.sort(key=lambda each: -len(each))


def find_hedges(sentence: Sentence, first: int, end: int) -> tuple[str, ...]:
    """List the hedges between two words, each once.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> text = "It is reportedly in up to 12 places, including Kunar"
    >>> sentence = Sentence(join_lines("paragraph", [(1, text)]), 0, len(text))
    >>> find_hedges(sentence, 0, 10)
    ('reportedly', 'up to', 'including')
    """
    found: list[str] = []
    words, at = sentence.words, first
    while at < end:
        hit = next((each for each in STARTS.get(words[at], ()) if tuple(words[at : at + len(each)]) == each), None)
        if hit and not (hit == ("may",) and sentence.caps[at] and at):
            found.append(" ".join(hit))
        at += len(hit) if hit else 1
    return tuple(dict.fromkeys(found))


def word_note(hedges: tuple[str, ...]) -> str:
    """Word what a record says of its hedges.

    Examples
    --------
    >>> word_note(("reportedly", "including"))
    'the text says: reportedly; including (an open list)'
    """
    said = [f"{hedge} (an open list)" if hedge in OPEN_LISTS else hedge for hedge in hedges]
    return f"the text says: {'; '.join(said)}" if said else ""
