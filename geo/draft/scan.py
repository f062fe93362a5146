"""One sentence read from left to right: who is in it, which places, and which of their names are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.draft.known_names import NameIndex
from geo.draft.mentions import PEOPLE_WORDS, Mention, find_actors, find_anaphor, find_group, learn_alias
from geo.draft.place_context import judge_place, stretch_place
from geo.draft.places import PLACE_WORDS, Place, RegionWords, find_bordering, find_count, find_direction, find_whole
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import JOINING, PERSONS, read_words

__all__ = ["GroupChunk", "PlaceChunk", "Scan", "scan_sentence"]

NOT_THERE = ("expelled", "excepted", "origin", "absent")
INHERITED = ("not in it", "no presence", "where somebody comes from", "says whose somebody is")
LINKING = read_words("scan.linking")
TELLING = PLACE_WORDS | PEOPLE_WORDS
"""Words that are no name and may begin a place or speak of somebody; most do not."""


@dataclass(frozen=True, slots=True)
class GroupChunk:
    """Groups that stand in one list, from its first word to its last; ``rivals`` are others that it may mean."""

    groups: tuple[str, ...]
    first: int
    last: int
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceChunk:
    """Places that stand in one list; ``is_range`` where they are the ends of a line: from Kunar to Badakhshan."""

    places: tuple[Place, ...]
    first: int
    last: int
    is_range: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What a sentence speaks of; ``left`` are names of places that are left alone, each with the reason."""

    sentence: Sentence
    groups: tuple[GroupChunk, ...]
    others: tuple[Mention, ...]
    places: tuple[PlaceChunk, ...]
    left: tuple[Place, ...]


def scan_sentence(sentence: Sentence, names: NameIndex, words: RegionWords) -> Scan:
    """Find all that a sentence speaks of.

    Examples
    --------
    >>> from geo.draft.known_names import KnownName
    >>> from geo.read.documents.blocks import join_lines
    >>> names = NameIndex()
    >>> names.add("Kunar", KnownName("unit", "AF-KNR"))
    >>> block = join_lines("paragraph", [(1, "It is in Kunar")])
    >>> scan_sentence(Sentence(block, 0, 14), names, RegionWords()).places[0].places[0].key
    'AF-KNR'
    """
    mentions, places = _walk(sentence, names, words)
    groups = [each for each in mentions if each.kind == "group"]
    others = [each for each in mentions if each.kind != "group"]
    left, kept = _part_places(sentence, places)
    taken = frozenset(at for each in mentions if each.kind != "compound" for at in range(each.first, each.last + 1))
    return Scan(sentence, _chunk_groups(sentence, groups), tuple(others), _chunk_places(sentence, kept, taken), left)


def _walk(sentence: Sentence, names: NameIndex, words: RegionWords) -> tuple[list[Mention], list[Place]]:
    mentions: list[Mention] = []
    places: list[Place] = []
    found = {
        at: hit for at in range(len(sentence.words)) if names.holds(sentence, at) and (hit := names.find(sentence, at))
    }
    units = {at: hit[1] for at, hit in found.items() if hit[0].kind in ("unit", "capital")}
    at = 0
    while at < len(sentence.words):
        hit = found.get(at)
        if hit:
            name, last = hit
            if name.kind == "group":
                mention = find_group(sentence, at, last, name)
                mentions.append(mention)
                if mention.kind == "group":
                    learn_alias(sentence, mention, names)
            else:
                places.append(_make_place(sentence, at, last, names, name.kind, name.key))
            at = last + 1
            continue
        if sentence.words[at] in TELLING or (not sentence.words[at].isalpha()) or sentence.raw[at].isupper():
            following = _read_more(sentence, at, words, units, mentions, places)
            if (
                mentions
                and mentions[-1].kind == "anaphor"
                and mentions[-1].first == at
                and found.keys() & set(range(at, following))
            ):
                mentions.pop()
                following = at + 1
            at = following
        else:
            at += 1
    return mentions, places


def _make_place(sentence: Sentence, first: int, last: int, names: NameIndex, kind: str, key: str) -> Place:
    if kind == "region":
        return Place("region", key, first, last)
    role = judge_place(sentence, first, last, names, kind == "capital")
    if role == "loya":
        return Place("unclear", key, first - 1, last, candidates=(key,))
    start, end = stretch_place(sentence, first, last) if ": " not in role else (first, last)
    return Place("unit", key, start, end, role, note="capital" if kind == "capital" else "")


def _read_more(
    sentence: Sentence, at: int, words: RegionWords, units: dict[int, int], mentions: list[Mention], places: list[Place]
) -> int:
    """Read what is no name: a region by its direction, the country, a number of units, or who is spoken of."""
    regions = find_direction(sentence, at, words, units)
    if regions is not None:
        places += regions
        return regions[-1].last + 1 if regions else at + 1
    place = find_whole(sentence, at) or find_bordering(sentence, at, words) or find_count(sentence, at)
    if place:
        places.append(place)
        return place.last + 1
    mention = find_anaphor(sentence, at) or find_actors(sentence, at)
    if mention is None:
        return at + 1
    if not mention.is_other or not _belongs(sentence, mention, mentions):
        mentions.append(mention)
    return mention.last + 1


def _belongs(sentence: Sentence, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell the forces of a group from others."""
    if not mentions or mentions[-1].kind != "group":
        return False
    between = sentence.words[mentions[-1].last + 1 : mention.first]
    return len(between) < 2 and all(word in ("s", "armed", "special", "elite") for word in between)


def _part_places(sentence: Sentence, places: Sequence[Place]) -> tuple[tuple[Place, ...], list[Place]]:
    """Part names that are no places from places; what stands in one list shares a fate."""
    left: list[Place] = []
    kept: list[Place] = []
    before: Place | None = None
    for each in places:
        place = each
        fate = before.role if before and not place.role and _is_list(sentence, before, place) else ""
        if fate in NOT_THERE[:2] or fate.endswith(INHERITED):
            place = replace(place, role=fate)
        (left if (place.role and place.role not in NOT_THERE) or place.kind == "definite" else kept).append(place)
        before = place
    return tuple(each for each in left if each.kind != "definite"), kept


def _is_list(sentence: Sentence, one: Place, other: Place) -> bool:
    between = sentence.words[one.last + 1 : other.first]
    if between == ["to"] and one.role.endswith("where somebody comes from"):
        return True
    gap = sentence.text[sentence.ends[one.last] : sentence.starts[other.first]]
    return (
        all(word in ("and", "or", "province", "provinces", "nor") for word in between)
        and len(gap) < 24
        and "." not in gap
    )


def _chunk_groups(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[GroupChunk, ...]:
    chunks: list[GroupChunk] = []
    for mention in mentions:
        if chunks and not _is_apart(sentence, chunks[-1]) and _joins_groups(sentence, chunks[-1].last, mention.first):
            last = chunks[-1]
            chunks[-1] = GroupChunk(
                tuple(dict.fromkeys((*last.groups, mention.key))), last.first, mention.last,
                tuple(dict.fromkeys((*last.rivals, *mention.rivals))),
            )  # fmt: skip
        else:
            chunks.append(GroupChunk((mention.key,), mention.first, mention.last, mention.rivals))
    return tuple(chunks)


def _is_apart(sentence: Sentence, chunk: GroupChunk) -> bool:
    """Tell a group with which another is only compared: unlike the Blues, the Reds."""
    at = chunk.first - 1 - (sentence.peek(chunk.first - 1) == "the")
    link = sentence.peek(at)
    return link in ("unlike", "besides", "than") or (link == "from" and sentence.peek(at - 1) == "apart")


def _joins_groups(sentence: Sentence, last: int, first: int) -> bool:
    between = sentence.words[last + 1 : first]
    gap = sentence.text[sentence.ends[last] : sentence.starts[first]]
    if "." in gap or ";" in gap or "|" in gap or ":" in gap or len(between) > 5:
        return False
    if not between:
        return any(sign in gap for sign in ",/&(-–—")
    if all(word in ("s",) for word in between):
        return False
    return all(word in LINKING for word in between) and ("(" in gap or any(
        word in ("and", "or", "with", "plus", "nor", "as", "alongside", "both", "known", "called") for word in between
    ) or (between == ["the"] and "," in gap))  # fmt: skip


def _chunk_places(sentence: Sentence, places: Sequence[Place], taken: frozenset[int]) -> tuple[PlaceChunk, ...]:
    """Put places together that stand in one list; ``taken`` are the words that speak of somebody."""
    chunks: list[PlaceChunk] = []
    for place in places:
        last = chunks[-1] if chunks else None
        if last and last.places[-1].role == place.role and _joins_places(sentence, last.last, place.first, taken):
            is_linked = sentence.words[last.last + 1 : place.first] == ["to"]
            is_range = last.is_range or (is_linked and sentence.peek(last.first - 1) == "from")
            chunks[-1] = PlaceChunk((*last.places, place), last.first, max(place.last, last.last), is_range)
        elif last and place.first == last.first:  # northern and eastern Afghanistan
            chunks[-1] = PlaceChunk((*last.places, place), last.first, max(place.last, last.last))
        else:
            chunks.append(PlaceChunk((place,), place.first, place.last))
    return tuple(chunks)


def _joins_places(sentence: Sentence, last: int, first: int, taken: frozenset[int]) -> bool:
    if first <= last:
        return True
    gap = sentence.text[sentence.ends[last] : sentence.starts[first]]
    between = range(last + 1, first)
    if sentence.words[last + 1 : first] == ["that", "is"]:
        return True
    if "|" in gap or "; in" in gap or not taken.isdisjoint(between):
        return False
    return all(
        (word := sentence.words[at]) in JOINING or (word == "but" and sentence.words[at + 1] == "also")
        or (sentence.caps[at] and word not in PERSONS) for at in between
    )  # fmt: skip
