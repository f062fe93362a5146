"""Who is spoken of in a sentence: groups of the table, words that stand for one, and others who are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.draft.known_names import KnownName, NameIndex
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import (
    ACTORS,
    ANAPHORS,
    BEFORE_VERBS,
    FUNCTION,
    NUMBERS,
    SPEECH,
    TITLES,
    VERBS,
    read_words,
)

__all__ = ["PEOPLE_WORDS", "Mention", "find_actors", "find_anaphor", "find_group", "learn_alias"]

COMPOUNDS = read_words("mentions.compounds")
AGAINST = frozenset(["anti", "pro", "non", "ex", "counter", "post", "pre", "former", "formerly"])
GROUP_ADJECTIVES = read_words("mentions.group_adjectives")
FOREIGN = read_words("mentions.foreign")
CALLED = frozenset(["known", "called", "or", "abbreviated", "also", "as", "the", "hereafter", "hereinafter"])
KNOWN_ACRONYMS = read_words("mentions.known_acronyms")
ORGANISATIONS = read_words("mentions.organisations")
ACRONYM = re.compile("[A-Z]{3,6}")
COMMON = frozenset(
    [
        "senior",
        "many",
        "several",
        "few",
        "other",
        "top",
        "key",
        "young",
        "foreign",
        "armed",
        "junior",
        "some",
        "more",
        "local",
        "both",
        "new",
    ]
)
GROUP_NOUNS = frozenset(
    ["group", "organisation", "organization", "movement", "outfit", "branch", "affiliate", "faction"]
)
NO_ADJECTIVES = frozenset(
    [
        "working",
        "contact",
        "monitoring",
        "research",
        "first",
        "second",
        "third",
        "other",
        "ethnic",
        "aid",
        "advocacy",
        "rights",
    ]
)
DOUBLE = read_words("mentions.double")
"""They say something only before "that": else they are what a group does, or what is said of it."""

FRONTED = frozenset(("in", "across", "inside", "throughout", "around"))

STARTS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _phrase, _how in ANAPHORS.items():
    STARTS.setdefault(_phrase.split()[0], []).append((tuple(_phrase.split()), _how))
for _list in STARTS.values():
    _list.sort(key=lambda each: -len(each[0]))

PEOPLE_WORDS = frozenset((*STARTS, "the", "this")) | ACTORS | ORGANISATIONS
"""Words that may speak of somebody who is not named."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence from ``first`` to ``last`` that speak of somebody.

    ``kind`` is group, anaphor, actor (troops, officials), body (what has a name and is no group of the table) or
    compound (Taliban-held); ``key`` is the id of a group, how many an anaphor stands for, or the words.
    """

    kind: str
    key: str
    first: int
    last: int
    rivals: tuple[str, ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether it is somebody who is no group of the table."""
        return self.kind in ("actor", "body")


def find_group(sentence: Sentence, first: int, last: int, name: KnownName) -> Mention:
    """Tell what a group's name stands for: the group, somebody who is called like it, or what only speaks of it."""
    before, gap = sentence.peek(first - 1), sentence.read_gap(first - 1) if first else ""
    following, gap_after = sentence.peek(last + 1), sentence.read_gap(last)
    if (gap_after in ("-", "‑", "–") and following in COMPOUNDS) or (before in AGAINST and first):
        return Mention("compound", name.key, first, last)
    if (
        first
        and gap == " "
        and _is_name(sentence, first - 1)
        and not (sentence.is_titled or _follows_place(sentence, first - 1))
    ):
        return Mention("actor", sentence.cut(first - 1, last), first, last)
    if first == 1 and gap == " " and name.is_part and sentence.caps[0] and not _is_common(before):
        return Mention("actor", sentence.cut(0, last), first, last)
    is_foreign = before in ("e", "i") and sentence.peek(first - 2) in FOREIGN
    if is_foreign or (following == "pakistan" and gap_after == " "):
        return Mention("body", sentence.cut(max(first - 2, 0) if is_foreign else first, last), first, last)
    if first and before in FOREIGN:
        return Mention("body", sentence.cut(first - 1, last), first, last)
    return Mention("group", name.key, first, last, name.rivals)


def _is_name(sentence: Sentence, index: int) -> bool:
    """Tell whether a word with a capital makes a person's or another body's name of the one behind it."""
    word = sentence.words[index]
    if not sentence.caps[index] or word in FUNCTION or word in GROUP_ADJECTIVES or word in VERBS:
        return False
    if index == 0 or sentence.read_gap(index - 1).strip(" \"'“‘(") in (":", "-", "–", "—", "•", "|"):
        return word in TITLES or word in FOREIGN
    return len(word) > 1


def _follows_place(sentence: Sentence, index: int) -> bool:
    """Tell a place that a sentence begins with, before a group's name: In Kunar Reds are active."""
    return index == 1 and sentence.words[0] in FRONTED and sentence.words[1] not in FOREIGN


def _is_common(word: str) -> bool:
    """Tell a word that is no first name: an article, an adjective, a number."""
    return (
        word in FUNCTION or word in COMMON or word in NUMBERS or word.endswith(("ed", "ing", "al", "ly", "ern", "an"))
    )


def find_anaphor(sentence: Sentence, index: int) -> Mention | None:
    """Find words that stand for a group: the group, they, both groups.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> find_anaphor(Sentence(join_lines("paragraph", [(1, "The group left.")]), 0, 15), 0)
    Mention(kind='anaphor', key='one', first=0, last=1, rivals=())
    """
    for words, how in STARTS.get(sentence.words[index], ()):
        last = index + len(words) - 1
        if tuple(sentence.words[index : last + 1]) != words:
            continue
        phrase = " ".join(words)
        if sentence.words[last + 1 : last + 3] == ["other", "than"]:
            continue
        if sentence.caps[last] and words[-1] in ("group", "team") and not sentence.is_titled and last:
            continue
        if phrase in BEFORE_VERBS and not _stands_alone(sentence, phrase, last):
            continue
        return Mention("anaphor", how, index, last)
    return _find_described(sentence, index)


def _find_described(sentence: Sentence, index: int) -> Mention | None:
    """Find a group that is called by what it is: the Pakistani group."""
    if sentence.words[index] not in ("the", "this") or sentence.peek(index + 2) not in GROUP_NOUNS:
        return None
    adjective = sentence.words[index + 1]
    is_other = (
        adjective in NO_ADJECTIVES or sentence.caps[index + 2] or sentence.peek(index + 3) in (*GROUP_NOUNS, "of")
    )
    return None if is_other else Mention("anaphor", "one", index, index + 2)


def _stands_alone(sentence: Sentence, phrase: str, last: int) -> bool:
    following = sentence.words[last + 1 : last + 6]
    if phrase == "it":
        return not any(word in ("that", "whether", "clear", "unclear") for word in following)
    if phrase in ("the former", "the latter"):
        return not following or not sentence.caps[last + 1]
    return bool(following) and (following[0] in VERBS or following[0] in ("operate", "also", "of"))


def find_actors(sentence: Sentence, index: int) -> Mention | None:
    """Find somebody who is no group of the table: an acronym, a named body, troops or officials."""
    word = sentence.words[index]
    written = sentence.read_word(index)
    if ACRONYM.fullmatch(written) and not (sentence.is_shouted or sentence.is_titled):
        return None if written in KNOWN_ACRONYMS else Mention("body", written, index, index)
    if word in ORGANISATIONS and sentence.caps[index] and index and not sentence.is_titled:
        first = index
        while first and sentence.caps[first - 1] and sentence.read_gap(first - 1) in (" ", "-", "’", "'"):
            first -= 1
        if first < index and not (first == index - 1 and sentence.words[first] in FUNCTION):
            return Mention("body", sentence.cut(first, index), first, index)
    if word in ACTORS:
        return Mention("actor", word, index, index)
    return None


def is_speaker(sentence: Sentence, last: int) -> bool:
    """Tell whether somebody only says what follows."""
    for index in range(last + 1, min(last + 4, len(sentence.words))):
        word = sentence.words[index]
        if word in SPEECH:
            return word not in DOUBLE or sentence.peek(index + 1) == "that"
        if word not in (
            "has",
            "have",
            "had",
            "also",
            "official",
            "officials",
            "spokesman",
            "authorities",
            "leaders",
            "s",
        ):
            return False
    return False


def learn_alias(sentence: Sentence, mention: Mention, index: NameIndex) -> None:
    """Learn the acronym that stands in brackets behind a group's name, for the rest of the text."""
    gap = sentence.read_gap(mention.last)
    if "(" not in gap:
        return
    at = mention.last + 1
    while sentence.peek(at) in CALLED:
        at += 1
    start = sentence.starts[at] if at < len(sentence.starts) else 0
    close = sentence.text.find(")", start)
    if not start or close < 0 or close - start > 12:
        return
    text = sentence.text[start:close].strip(" \"'“”‘’")
    if sum(sign.isupper() for sign in text) > 1 and " " not in text and text not in index.learnt:
        index.learnt.add(text)
        index.add(text, KnownName("group", mention.key, (text,)))
