"""The places of a sentence: units, regions, the whole country, and units that are counted and not named."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import NUMBERS, read_words
from geo.model import Estimate, Gazetteer

__all__ = ["PLACE_WORDS", "Place", "RegionWords", "find_bordering", "find_count", "find_direction", "find_whole"]

DIRECTIONS = read_words("places.directions")  # fmt: skip
ACROSS_HALVES = frozenset(("east", "west", "eastern", "western"))
HALVES = frozenset(("north", "south"))
AREAS = read_words("places.areas")
LANDS = frozenset(("country", "afghanistan", "nation"))
WHOLE = frozenset(["nationwide", "countrywide"])
ACROSS = frozenset(["across", "throughout", "over", "around"])
MOST = frozenset(["much", "most", "large", "parts", "several", "many", "half", "some", "other"])
EACH = frozenset(["all", "every", "each"])
COUNTED = read_words("places.counted")  # fmt: skip
LOWER = (
    "at least",
    "more than",
    "over",
    "no fewer than",
    "no less than",
    "not less than",
    "upwards of",
    "in excess of",
)
UPPER = ("up to", "as many as", "no more than", "at most", "fewer than", "less than", "under", "not more than")
ABROAD = frozenset(["pakistan", "iran", "tajikistan", "uzbekistan", "turkmenistan", "china", "india", "russia"])
MOST_UNITS = 60
PLACE_WORDS = (
    DIRECTIONS
    | WHOLE
    | ACROSS
    | EACH
    | AREAS
    | frozenset(NUMBERS)
    | frozenset(("nation", "country", "whole", "entire"))
)
"""Words that may begin a place that is no name."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a sentence from ``first`` to ``last`` that say where.

    ``kind`` is unit, region, nationwide, unlocated or unclear; ``role`` is "" where somebody may be in it, or why it is
    left alone, or origin, expelled and excepted where somebody is not there.
    """

    kind: str
    key: str
    first: int
    last: int
    role: str = ""
    count: Estimate | None = None
    candidates: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class RegionWords:
    """By which words of direction a region of the gazetteer is meant, and which units lie at a border."""

    regions: dict[str, str] = field(default_factory=dict)
    borders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, gazetteer: Gazetteer, borders: dict[str, tuple[str, ...]]) -> RegionWords:
        """Take them from the names of the regions.

        Examples
        --------
        >>> RegionWords.of(Gazetteer({}, {"North Eastern": ()}, ""), {}).regions
        {'northeastern': 'North Eastern'}
        """
        names = {"".join(name.lower().replace("-", " ").split()): name for name in gazetteer.regions}
        return cls(names, borders)


def _read_direction(sentence: Sentence, index: int) -> tuple[str, int] | None:
    """Read a direction as its adjective, and its last word."""
    word, last = sentence.words[index], index
    if word not in DIRECTIONS:
        return None
    following = sentence.peek(index + 1)
    if word in HALVES and following in ACROSS_HALVES and sentence.read_gap(index).strip(" -‑–") == "":
        word, last = word + following, index + 1
    return word if word.endswith("ern") or word == "central" else f"{word}ern", last


def find_direction(sentence: Sentence, index: int, words: RegionWords, is_unit: dict[int, int]) -> list[Place] | None:
    """Find a region that is called by its direction; an empty list where the words belong to a unit that follows.

    ``is_unit`` holds the first words of units. None where no direction stands here.
    """
    read = _read_direction(sentence, index)
    if read is None:
        return None
    if sentence.peek(index - 1) == "s" and sentence.peek(index - 2) in ABROAD:  # in Pakistan's northwest
        return []
    if sentence.peek(index - 2) == "in" and index - 3 in is_unit.values():  # Farah in the west
        return []
    directions = [read[0]]
    last = read[1]
    while last + 1 < len(sentence.words):
        at = last + 1
        is_linked = sentence.words[at] in ("and", "or", "to", "the") or sentence.read_gap(last).strip() == ","
        while sentence.peek(at) in ("and", "or", "to", "the"):
            at += 1
        further = _read_direction(sentence, at) if is_linked and at < len(sentence.words) else None
        if further is None:
            break
        directions.append(further[0])
        last = further[1]
    end = _close_direction(sentence, index, last, is_unit)
    if end is None:
        return []
    if end < 0:
        return []
    found = []
    for direction in directions:
        name = words.regions.get(direction)
        near = tuple(each for each in words.regions.values() if direction == "central" and "entral" in each)
        if name is None and direction == "central" and sentence.peek(last + 1).startswith("highland"):
            name = next(iter(near), None)
            end = max(end, last + 1)
        kind, key = ("region", name) if name else ("unclear", "")
        found.append(Place(kind, key, index, end, candidates=() if name else (near or tuple(words.regions.values()))))
    return found


def _close_direction(sentence: Sentence, first: int, last: int, is_unit: dict[int, int]) -> int | None:
    """Find the last word of a region that begins with a direction; None where it is none."""
    at = last + 1
    following = sentence.peek(at)
    if following.startswith("highland"):
        return at
    if following in LANDS and following != "country":
        return at
    if following in AREAS:
        if at + 1 in is_unit or (sentence.peek(at + 1) == "of" and _finds_unit(sentence, at + 2, is_unit)):
            return None
        if sentence.peek(at + 1) in ("of", "in"):
            end = at + 3 if sentence.peek(at + 2) == "the" else at + 2
            if sentence.peek(end) in LANDS:
                return end
            return None if sentence.peek(at + 1) == "of" else at
        return at if following not in ("district", "districts", "province") else None
    is_noun = not sentence.words[last].endswith("ern") and sentence.words[last] != "central"
    before = sentence.peek(first - 1)
    if is_noun and before in ("the", "s") and sentence.read_word(last).islower():
        if following == "of":
            end = at + 2 if sentence.peek(at + 1) == "the" else at + 1
            return end if sentence.peek(end) in LANDS else None
        return None if following in ("and", "or") and sentence.peek(at + 1) == "of" else last
    return None


def _finds_unit(sentence: Sentence, index: int, is_unit: dict[int, int]) -> bool:
    return any(at in is_unit for at in range(index, index + 2)) and index < len(sentence.words)


def find_whole(sentence: Sentence, index: int) -> Place | None:
    """Find words for the whole country, or for an unknown part of it.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> find_whole(Sentence(join_lines("paragraph", [(1, "active across the country")]), 0, 25), 1)
    Place(kind='nationwide', key='', first=1, last=3, role='', count=None, candidates=(), note='')
    """
    word = sentence.words[index]
    if word in WHOLE or (word in ("nation", "country") and sentence.peek(index + 1) == "wide"):
        return Place("nationwide", "", index, index + (word not in WHOLE))
    if word in ACROSS:
        return _read_across(sentence, index)
    if word in EACH:
        return _read_each(sentence, index)
    if word in ("whole", "entire") and sentence.peek(index + 1) in LANDS:
        return Place("nationwide", "", index, index + 1)
    return None


def _read_across(sentence: Sentence, index: int) -> Place | None:
    at, is_part = index + 1, False
    while sentence.peek(at) in ("the", "all", "of", "whole", "entire", "rest", *MOST):
        is_part |= sentence.peek(at) in MOST or sentence.peek(at) == "rest"
        at += 1
    if sentence.peek(at) not in LANDS or (
        sentence.words[index] in ("over", "around") and sentence.peek(at) != "country"
    ):
        return None
    if sentence.peek(at + 1) == "s" and sentence.read_gap(at) in ("'", "’"):
        return None
    if is_part:
        return Place("unclear", "", index, at)
    return Place("nationwide", "", index, at)


def _read_each(sentence: Sentence, index: int) -> Place | None:
    at = index + 1
    while sentence.peek(at) in COUNTED and at < index + 7:
        at += 1
    is_many = sentence.words[index] == "all"
    if sentence.peek(at) not in (("provinces",) if is_many else ("province",)) or sentence.peek(index - 1) == "not":
        return None
    if sentence.peek(at + 1) == "of" and not LANDS.intersection(sentence.words[at + 2 : at + 4]):
        return None
    if sentence.peek(at + 1) in ("except", "but", "bordering"):
        return Place("unclear", "", index, at)
    return Place("nationwide", "", index, at)


def _read_number(sentence: Sentence, index: int) -> tuple[int, int] | None:
    word = sentence.peek(index)
    if word.isascii() and word.isdigit() and len(word) < 3:
        return int(word), index
    if word in ("twenty", "thirty") and sentence.peek(index + 1) in NUMBERS and NUMBERS[sentence.words[index + 1]] < 10:
        return NUMBERS[word] + NUMBERS[sentence.words[index + 1]], index + 1
    return (NUMBERS[word], index) if word in NUMBERS else None


def find_count(sentence: Sentence, index: int) -> Place | None:
    """Find a number of units that are not named.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> find_count(Sentence(join_lines("paragraph", [(1, "in at least 15 provinces")]), 0, 24), 3).count
    Estimate(low=15, best=None, high=None)
    """
    read = _read_number(sentence, index)
    if read is None:
        return None
    number, last = read
    upper = None
    at = last + 1
    if sentence.peek(at) in ("to", "or", "and") or sentence.read_gap(last) in ("-", "–"):
        second = _read_number(sentence, at + (sentence.peek(at) in ("to", "or", "and")))
        if second:
            upper, last = second
            at = last + 1
    while sentence.peek(at) in COUNTED and at < last + 9:
        at += 1
    if sentence.peek(at) not in ("province", "provinces") or not 0 < number <= MOST_UNITS:
        return None
    before = sentence.peek(index - 1)
    if before in ("the", "these", "those", "both", "other", "all", "its", "their"):
        return Place("definite", "", index, at)
    words, first = _read_bound(sentence, index)
    if upper:
        estimate = Estimate(low=number, high=upper)
    elif words in LOWER:
        estimate = Estimate(low=number)
    else:
        estimate = Estimate(high=number) if words in UPPER else Estimate(best=number)
    return Place("unlocated", str(number), first, at, count=estimate)


def _read_bound(sentence: Sentence, index: int) -> tuple[str, int]:
    """Read what stands before a number and makes a bound of it."""
    for size in (3, 2, 1):
        words = " ".join(sentence.words[max(index - size, 0) : index])
        if words in LOWER or words in UPPER:
            return words, index - size
    return "", index


def find_bordering(sentence: Sentence, index: int, words: RegionWords) -> Place | None:
    """Find units that are named by the country which they border."""
    if sentence.words[index] not in ("provinces", "province", "areas", "districts", "regions"):
        return None
    window = sentence.words[index + 1 : index + 7]
    if not window or not any(word in ("bordering", "border", "adjoining", "facing", "frontier") for word in window[:4]):
        return None
    for at, word in enumerate(window, index + 1):
        if word in words.borders:
            return Place("unclear", "", index, at, candidates=words.borders[word])
    return None
