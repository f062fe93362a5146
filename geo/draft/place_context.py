"""What stands around a unit's name: whether it is the unit, a town in it, or the name of something else."""

from __future__ import annotations

import re

from geo.draft.known_names import NameIndex
from geo.draft.places import DIRECTIONS
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import (
    ACTORS,
    EXPELLING,
    FEATURES,
    FUNCTION,
    NEGATIONS,
    NOT_PRESENCE,
    ROLES,
    SPEECH,
    TITLES,
    VERBS,
    read_words,
)

__all__ = ["judge_place", "stretch_place"]

PROVINCE = frozenset(("province", "provinces", "provincial", "city", "district", "districts", "valley", "area"))
HYPHENS = ("-", "‑", "–")
NEAR = read_words("place_context.near")
EXCEPT = frozenset(["except", "excluding", "excepting", "barring"])
CAPITALS = read_words("place_context.capitals")
WORKING = read_words("place_context.working")
MOVING = read_words("place_context.moving")
MATCHED = read_words("place_context.matched")  # fmt: skip
ADDRESSED = read_words("place_context.addressed")
NAMED_LATER = read_words("place_context.named_later")
"""Words that a newspaper puts behind a unit's name, with a capital."""

QUOTED = re.compile('[:,] ["“‘]')
HEARD = frozenset(["interview", "interviews", "meeting", "meetings", "correspondence", "call", "conversation"])
LONGER = frozenset(["wa", "wo", "aw", "o"])
ENDS = frozenset(["afghanistan", "afghan"])
DATELINE = re.compile(
    r"(?: CITY)?(, (?:Afghanistan|Pakistan))?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"( \([^)]{2,40}\))? ?(?:—|–|--|-|:) "
)
BETWEEN = read_words("place_context.between")
APART = frozenset(("apart", "save", "other", "aside", "except"))
WAYS = frozenset(["road", "route", "highway", "way", "en", "bound", "heading", "headed", "flight"])
GENERIC = frozenset(["organization", "organisation", "group", "movement"])


def judge_place(sentence: Sentence, first: int, last: int, names: NameIndex, is_capital: bool) -> str:
    """Say why a unit's name is none, or in which way nobody is said to be there; nothing where it is a place.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> judge_place(Sentence(join_lines("paragraph", [(1, "along the Kabul River")]), 0, 21), 2, 2, NameIndex(), False)
    'Kabul River: a name of something else'
    """
    return (
        _judge_start(sentence, first, last, names)
        or _judge_following(sentence, first, last, names)
        or _judge_name_before(sentence, first, last, names, is_capital)
        or _judge_words_before(sentence, first, last)
    )


def _judge_start(sentence: Sentence, first: int, last: int, names: NameIndex) -> str:
    """Tell the place from which a report is sent, and a government that is called by its capital."""
    text, end = sentence.text, sentence.ends[last]
    if _is_reference(sentence):
        return f"{sentence.cut(first, last)}: no presence"
    if first == 0 and sentence.start == 0 and sentence.block.kind == "paragraph":
        found = DATELINE.match(text[end : end + 80])
        if found and (found[1] or found[2] or sentence.raw[first].isupper()):
            return "where the report was sent from"
    if first and sentence.peek(first - 1) in ADDRESSED and sentence.read_gap(first - 1) == " ":
        return "a government that is called by its capital"
    following = sentence.peek(last + 1)
    if following in ("has", "have", "had"):
        following = sentence.peek(last + 2)
    before = sentence.read_gap(first - 1) if first else "."
    is_subject = first == 0 or before.strip() != "" or sentence.peek(first - 1) in ("that", "but", "while")
    if (
        is_subject
        and sentence.read_gap(last) == " "
        and following in SPEECH
        and following not in ("maintains", "notes")
    ):
        return "a government that is called by its capital"
    is_beside = sentence.peek(first - 1) == "between" and sentence.peek(last + 1) == "and"
    if is_beside and _names_group(sentence, last + 2, names):
        return "a government that is called by its capital"
    near = (sentence.peek(first - 2), sentence.peek(last + 2))
    linked = (sentence.peek(first - 1), sentence.peek(last + 1))
    if any(city in CAPITALS and link == "and" for city, link in zip(near, linked, strict=True)):
        return "a government that is called by its capital"
    return ""


def _is_reference(sentence: Sentence) -> bool:
    """Tell a note that only says where something was heard: 17. Interview with an official, Kabul, 2 May 2024."""
    words = sentence.words
    at = next((at for at, word in enumerate(words) if not word.isdigit()), 0)
    is_told = {"conducted", "held"}.isdisjoint(words) and any(word in VERBS and word != "may" for word in words)
    return words[at] in HEARD and not is_told


def _judge_following(sentence: Sentence, first: int, last: int, names: NameIndex) -> str:
    gap, at = sentence.read_gap(last), last + 1
    following = sentence.peek(at)
    if not following:
        return ""
    shown = f"{sentence.cut(first, min(at, len(sentence.words) - 1))}: "
    if gap in HYPHENS and following == "based" and _names_group(sentence, at + 1, names):
        return ""
    if gap in HYPHENS and not (names.holds(sentence, at) and sentence.caps[at]):
        return f"{shown}only describes somebody"
    if gap in HYPHENS and any(word in ("highway", "road", "route", "railway", "motorway")
                              for word in sentence.words[at + 1 : at + 3]):  # fmt: skip
        return f"{shown}a road"
    if gap != " ":
        if gap in ("'s ", "’s ") or (following == "s" and gap in ("'", "’")):
            return _judge_possession(sentence, first, at)
        return ""
    if following in ("provincial", "province") and sentence.peek(at + 1) in FEATURES:
        return f"{shown}says whose somebody is"
    if following in FEATURES:
        return f"{shown}a name of something else"
    if following == "city" and sentence.peek(at + 1) in FEATURES:
        return f"{sentence.cut(first, at + 1)}: a name of something else"
    is_longer = following in LONGER and at + 1 < len(sentence.words) and sentence.caps[at + 1]
    if is_longer or (following in NAMED_LATER and sentence.caps[at] and not sentence.is_titled):
        return f"{sentence.cut(first, at + is_longer)}: a name of something else"
    if sentence.caps[at] and not sentence.is_titled and following not in PROVINCE and following not in FUNCTION:
        found = names.find(sentence, at)
        if found and found[0].kind != "capital":
            return ""
        is_verb = following in VERBS
        return "" if is_verb else f"{shown}a name of something else"
    return ""


def _names_group(sentence: Sentence, first: int, names: NameIndex) -> bool:
    """Tell whether a group is named by one of two words."""
    found = [names.find(sentence, at) for at in range(first, min(first + 2, len(sentence.words)))]
    return any(each and each[0].kind == "group" for each in found)


def _judge_possession(sentence: Sentence, first: int, at: int) -> str:
    """Tell what belongs to a unit from who does."""
    following = sentence.peek(at + 1)
    if following in FEATURES and following not in ("prison", "jail", "bazaar"):
        return f"{sentence.cut(first, at + 1)}: says whose somebody is"
    return ""


def _judge_name_before(sentence: Sentence, first: int, last: int, names: NameIndex, is_capital: bool) -> str:
    """Tell a person or another thing whose name ends like a unit's."""
    if not first or sentence.is_titled:
        return ""
    gap, before = sentence.read_gap(first - 1), sentence.words[first - 1]
    if gap in HYPHENS and not names.holds(sentence, first - 1):
        return "" if is_capital or before in ("mid", "maidan") else f"{sentence.cut(first - 1, last)}: another name"
    if (
        gap not in (" ", ". ")
        or not sentence.caps[first - 1]
        or (gap == ". " and before not in TITLES and len(before) > 1)
    ):
        return ""
    if before == "loya":
        return "loya"
    found = names.find(sentence, first - 1)
    if found and found[0].kind in ("group", "unit"):
        return ""
    if before in TITLES:
        return f"{sentence.cut(first - 1, last)}: a person"
    if before in FUNCTION or before in DIRECTIONS or before in VERBS:
        return ""
    if first == 1 and (before.endswith(("ly", "ing", "ed", "ous", "al")) or before in SPEECH):
        return ""
    return f"{sentence.cut(first - 1, last)}: a name of somebody or something else"


def _judge_words_before(sentence: Sentence, first: int, last: int) -> str:
    at = first - 1
    while at >= 0 and (sentence.words[at] in BETWEEN
                       or sentence.words[at] in DIRECTIONS) and at > first - 4:  # fmt: skip
        if sentence.words[at] == "of":
            break
        at -= 1
    link, before = sentence.peek(at), sentence.peek(at - 1)
    shown = f"{sentence.cut(max(at - 1, 0), last)}: "
    if link == "of" and at == first - 1 and sentence.peek(at - 1) in ("province", "provinces", "city"):
        deeper = sentence.peek(at - 3) if sentence.peek(at - 2) in ("the", "eastern", "southern") else ""
        link, before = (sentence.peek(at - 3), sentence.peek(at - 4)) if deeper else (link, before)
    is_whose = before in ROLES or (link != "of" and before in ACTORS) or _is_quoted(sentence, last)
    is_linked = link in ("of", "from", "for") or (link == "in" and _speaks(sentence, last))
    if is_linked and is_whose and not _is_inside(sentence, at):
        return f"{shown}says whose somebody is"
    return _judge_relation(sentence, link, at, last, shown)


def _is_inside(sentence: Sentence, at: int) -> bool:
    return sentence.peek(at - 2) in ("among", "amongst")


def _speaks(sentence: Sentence, last: int) -> bool:
    return any(word in SPEECH for word in sentence.words[last + 1 : last + 4]) or _is_quoted(sentence, last)


def _is_quoted(sentence: Sentence, last: int) -> bool:
    """Tell somebody in a place whose words follow: a man in Kunar laughed, and then a quotation."""
    ahead = range(last + 1, min(last + 4, len(sentence.words)))
    return any(QUOTED.match(sentence.read_gap(at)) for at in ahead)


def _judge_relation(sentence: Sentence, link: str, at: int, last: int, shown: str) -> str:
    before = sentence.words[max(at - 6, 0) : max(at, 0)]
    near = before[-3:]
    if link in ("outside", "beyond") and not NEGATIONS.isdisjoint(before):
        return ""
    if link in NEAR or (link == "to" and near and near[-1] in ("close", "adjacent", "next", *WAYS)):
        return f"{shown}not in it"
    if link == "of" and near and near[-1] in DIRECTIONS and "the" not in near[-2:] and not near[-1].endswith("ern"):
        return f"{shown}not in it"
    if (
        link in ("with", "of", "to", "into")
        and near
        and near[-1] in ("border", "outskirts" if link == "with" else "borders")
        and not ("from" in near and link == "to")
    ):
        return f"{shown}not in it"
    is_told = sentence.peek(last + 1) == "where" and "," in sentence.read_gap(last)
    is_apart = link in ("from", "for", "than") and near and near[-1] in APART
    if link in ("with", "to") and near and near[-1] == "contrast":
        return f"{shown}only compared"
    if link in EXCEPT or (link == "of" and "exception" in near) or is_apart:
        return "excepted"
    if link in ("in", "from", "at", "to", "to_") and any(word in NOT_PRESENCE for word in near) and not is_told:
        return f"{shown}no presence"
    if link in NOT_PRESENCE and not is_told:
        return f"{shown}no presence"
    if link == "of" and near and near[-1] == "out" and not any(word in EXPELLING for word in before):
        return "" if any(word in WORKING for word in before) else f"{shown}not in it"
    if link in ("from", "of") and (link == "from" or "out" in near):
        return _judge_origin(sentence, at, last, before, shown)
    return ""


def _judge_origin(sentence: Sentence, at: int, last: int, before: list[str], shown: str) -> str:
    """Tell what somebody left from what somebody works from, and from where somebody comes."""
    if any(word in EXPELLING for word in before) or "out" in before[-2:]:
        return "expelled"
    if any(word in WORKING for word in before):
        return ""
    ahead = sentence.words[last + 1 : last + 10]
    is_range = "to" in ahead[:9]
    if any(word in ("absent", "free", "missing") for word in before[-2:]):
        return "absent"
    if is_range and not any(word in MOVING - MATCHED for word in before) and (
        not before or any(word in MATCHED for word in before) or before[-1] in ("afghanistan", "country", "north", "in")
        or at == 0 or sentence.read_gap(at - 1).strip() == ","
    ):  # fmt: skip
        return ""
    if any(word in MOVING for word in before):
        return "origin"
    return f"{shown}where somebody comes from"


def stretch_place(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Take in what belongs to a unit's name in the words of the text: its province, a district or a town in it.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "in Nangarhar’s Achin district, too")]), 0, 34)
    >>> sentence.cut(*stretch_place(sentence, 1, 1))
    'Nangarhar’s Achin district'
    """
    start, end = _stretch_before(sentence, first), last
    if sentence.peek(end + 1) in ("province", "city") and sentence.read_gap(end) == " ":
        end += 1
    if sentence.peek(end + 1) == "s" and sentence.read_gap(end) in ("'", "’"):
        at = end + 2
        while at < len(sentence.words) and at < end + 9 and sentence.read_gap(at - 1).strip() in ("", ",", "-"):
            word = sentence.words[at]
            if word in ("district", "districts", "valley", "valleys", "mountains", "city", "capital", "highlands"):
                return start, at
            if not (sentence.caps[at] or word in ("and", "or", "remote", "mountainous", "provincial", *DIRECTIONS)):
                break
            at += 1
        if sentence.peek(end + 2) in DIRECTIONS and sentence.read_gap(end + 1) == " ":
            return start, end + 2
    return start, end


def _stretch_before(sentence: Sentence, first: int) -> int:
    start = first
    while (
        start
        and start > first - 3
        and sentence.words[start - 1] in DIRECTIONS
        and sentence.read_gap(start - 1) in (" ", "-")
    ):
        start -= 1
    at = start - 1
    while at > 0 and sentence.words[at] in ("of", "in", "the", "province", "provinces", "city") and at > start - 4:
        at -= 1
    if at < start - 1 and sentence.peek(at) in (
        "district",
        "districts",
        "valley",
        "town",
        "village",
        "mountains",
        "parts",
    ):
        back = at - 1
        while back >= 0 and (sentence.caps[back] or sentence.words[back] in ("and",)) and sentence.words[back] not in (
            "in", "the",
        ):  # fmt: skip
            back -= 1
        return back + 1
    if at < start - 1 and sentence.peek(at + 1) == "city" and sentence.peek(at + 2) == "of":
        return at + 1
    if sentence.peek(start - 1) == "of" and sentence.peek(start - 2) == "city":
        return start - 2
    return start
