"""What one sentence leaves for the next: whom it is about, and the place that it may call there."""

from __future__ import annotations

from dataclasses import replace

from geo.draft.clauses import Clause, find_role, make_whole, split_clauses
from geo.draft.findings import judge_clause
from geo.draft.proposals import RecordProposal, Spot
from geo.draft.scan import GroupChunk, PlaceChunk, Scan
from geo.draft.sentence_records import Levels, Said, build_records, doubt_unplain
from geo.draft.sentences import Sentence
from geo.draft.subjects import Context, Subject, find_subject
from geo.draft.words.cue_words import DETERMINERS, EVENTS, EXPELLING, PERSONS, STRONG, read_words

__all__ = ["place_there", "remember"]

LEADING = DETERMINERS | PERSONS | frozenset(("afghan", "of", "cells", "the", "fighters", "only", "that"))
"""Words before a group's name that are part of the subject."""

THERE = frozenset(("there", "here"))
THERE_WORDS = THERE | {"province", "provinces"}
ALL_OF_THEM = {"both": 2, "two": 2, "three": 3, "four": 4, "these": 0, "those": 0}
IN = frozenset(("in", "of", "across", "inside", "into"))
EXISTING = read_words("whole_text.existing")
PROVINCE = frozenset(("the", "this", "that", "his", "her", "their"))
TOLD = "people there tell it, and it does not say where it is so"
RESIDENTS = "says whose somebody is"
BEFORE = "the place stands before this sentence"


def place_there(scan: Scan, spot: Spot, context: Context, levels: Levels, is_list: bool) -> list[RecordProposal]:
    """Propose records of a sentence that says there, or stands under a heading or lead-in that says where.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "They are there")]), 0, 14)
    >>> place_there(Scan(sentence, (), (), (), ()), Spot("", 1), Context(), {}, False)
    []
    """
    sentence = scan.sentence
    is_led = is_list and bool(context.lead_places)
    is_under = bool(context.lead_places) and not (is_list or scan.places or scan.left)
    if not (is_led or is_under or scan.left) and THERE_WORDS.isdisjoint(sentence.words):
        return []
    if not scan.places and THERE_WORDS.isdisjoint(sentence.words) and (residents := _list_residents(scan)):
        return _place_told(scan, residents[-1], spot, context, levels)
    is_far = bool(context.lead_places) and (is_list or not context.last_places)
    chunks = _list_units(scan) or (context.lead_places if is_far else context.last_places)
    records: list[RecordProposal] = []
    clauses = [make_whole(scan)] if is_led else split_clauses(scan)
    for clause in clauses if chunks else ():
        is_said = is_led or _says_there(sentence, clause)
        if (clause.places and not _says_there_too(sentence, clause)) or not (is_said or is_under):
            continue
        if not is_said:
            found = _place_clause(scan, clause, context.lead_places[-1], spot, context, levels, False)
            records += [each for each in found if each.groups]
        elif clause.groups or clause.before or any(each.kind == "anaphor" for each in clause.others):
            chunk, is_all = _find_meant(scan, clause, chunks)
            if not chunk.places:
                continue
            records += _place_clause(scan, clause, chunk, spot, context, levels, is_list or is_all)
    return records


def _says_there_too(sentence: Sentence, clause: Clause) -> bool:
    """Tell a clause that says there of a place before it and names others: cells there and in Kunar."""
    at = next((at for at in range(clause.first, clause.end - 1) if sentence.words[at] == "there"), None)
    return at is not None and sentence.words[at + 1] == "and" and at < clause.places[0].first


def _find_meant(scan: Scan, clause: Clause, chunks: tuple[PlaceChunk, ...]) -> tuple[PlaceChunk, bool]:
    """Find which places a clause means by there, and whether it means all of them: in both provinces."""
    sentence = scan.sentence
    how = next((sentence.words[at - 1] for at in range(clause.first + 1, clause.end)
                if sentence.words[at] == "provinces" and _is_there(sentence, at)), "")  # fmt: skip
    if not how:
        at = next((at for at in range(clause.first, clause.end) if _is_there(sentence, at)), clause.end)
        own = (chunk for chunk in reversed(chunks) if chunk in scan.places and chunk.last < at)
        return next(own, chunks[-1]), False
    places = tuple(place for chunk in chunks for place in chunk.places)
    is_all = ALL_OF_THEM[how] == len(places)
    held = places if is_all or not ALL_OF_THEM[how] else ()
    return PlaceChunk(held, chunks[0].first, chunks[-1].last), is_all


def _place_told(
    scan: Scan, residents: PlaceChunk, spot: Spot, context: Context, levels: Levels
) -> list[RecordProposal]:
    """Ask whether a group is where people tell of it: residents in Kunar say that Reds are about."""
    for clause in split_clauses(scan):
        if not clause.groups or clause.groups[0].first <= residents.last:
            continue
        own = replace(clause, first=max(clause.first, residents.last + 1))
        records = _place_clause(scan, own, residents, spot, context, levels, False)
        return [replace(each, groups=(), candidates=each.groups or each.candidates, why=each.why or TOLD)
                for each in records]  # fmt: skip
    return []


def _place_clause(
    scan: Scan, clause: Clause, chunk: PlaceChunk, spot: Spot, context: Context, levels: Levels, is_list: bool
) -> list[RecordProposal]:
    end = len(scan.sentence.words)
    virtual = PlaceChunk(tuple(replace(place, role="") for place in chunk.places), end, end)
    subject = find_subject(scan.sentence, clause, virtual, context)
    if subject is None:
        return []
    finding, why = judge_clause(scan.sentence, clause, virtual, is_list)
    if finding == "nothing":
        return []
    if len(chunk.places) > 1 and not is_list:
        asked = subject.groups or subject.candidates
        subject = Subject((), asked, subject.why or "which of the places before it means")
    zero = tuple(replace(place, first=0, last=0, role="") for place in chunk.places)
    said = Said(subject, virtual, clause, finding, why)
    said = replace(said if is_list else doubt_unplain(scan.sentence, said), chunk=PlaceChunk(zero, 0, 0))
    built = build_records(scan.sentence, said, spot, levels)
    return [replace(each, as_written="", remarks=(*each.remarks, BEFORE)) for each in built]


def _says_there(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a clause has there, here or the province for a place that was named before."""
    return any(_is_there(sentence, at) for at in range(clause.first, clause.end))


def _is_there(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    if (
        word == "here"
        and at
        and not (
            (before := sentence.words[at - 1]) in STRONG
            or before in PERSONS
            or before in EXISTING
            or before in ("from", "in")
        )
    ):
        return False  # people here, we record it here
    if word == "provinces" and sentence.peek(at - 1) in ALL_OF_THEM:
        return sentence.peek(at - 2) in IN or sentence.peek(at - 3) in IN
    if word in THERE:
        return sentence.peek(at + 1) not in EXISTING
    is_province = word == "province" and sentence.peek(at - 1) in PROVINCE
    return is_province and sentence.peek(at - 2) in IN


def remember(scan: Scan, context: Context) -> None:
    """Remember the groups and places of a sentence for those that follow it.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> context, block = Context(), join_lines("paragraph", [(1, "The Reds left")])
    >>> remember(Scan(Sentence(block, 0, 13), (GroupChunk(("reds",), 1, 1),), (), (), ()), context)
    >>> context.topic
    ('reds',)
    """
    able = [chunk for chunk in scan.groups if find_role(scan.sentence, chunk) not in ("compare", "topic")]
    chosen = [chunk for chunk in able if not _is_lesser(scan.sentence, chunk)] or able
    context.topic = _find_topic(scan, chosen) if chosen else context.topic
    context.named.update(group for chunk in chosen if not chunk.rivals for group in chunk.groups)
    groups = dict.fromkeys(group for chunk in chosen for group in (*chunk.rivals, *chunk.groups))
    context.note(tuple(groups), any(each.kind == "body" for each in scan.others))
    if places := _list_units(scan):
        context.last_places = places


def _is_lesser(sentence: Sentence, chunk: GroupChunk) -> bool:
    """Tell a group that only owns what is spoken of, or says it."""
    return (chunk.first > 2 and sentence.peek(chunk.last + 1) == "s") or find_role(sentence, chunk) == "speaker"


def _find_topic(scan: Scan, chunks: list[GroupChunk]) -> tuple[str, ...]:
    """Find the group that a sentence is about: its subject, where no other group has a part in what is done."""
    sentence = scan.sentence
    if not chunks:
        return ()
    first = chunks[0]
    start = first.first
    while start and sentence.read_gap(start - 1) == " " and sentence.words[start - 1] in LEADING:
        start -= 1
    is_subject = (
        start == 0 or "," in sentence.read_gap(start - 1) or sentence.words[start - 1] in ("that", "while", "although")
    )
    if len(first.groups) != 1 or first.rivals or not is_subject or find_role(sentence, first) != "":
        return ()
    others = [chunk for chunk in chunks[1:] if chunk.groups != first.groups]
    is_deed = any(word in EVENTS or word in EXPELLING for word in sentence.words)
    is_beside = all(_is_beside(sentence, chunk) or _is_between(sentence, chunk) for chunk in others)
    return first.groups if not others or (is_beside and not is_deed) else ()


def _is_beside(sentence: Sentence, chunk: GroupChunk) -> bool:
    """Tell whether a group only belongs to what is said of another."""
    near = (sentence.peek(chunk.first - 1), sentence.peek(chunk.first - 2))
    return "of" in near or find_role(sentence, chunk) in ("with", "to", "under", "by")


def _is_between(sentence: Sentence, chunk: GroupChunk) -> bool:
    """Tell groups that the one spoken of only stands between: a go-between between the Reds and the Blues."""
    return "between" in sentence.words[max(chunk.first - 4, 0) : chunk.first]


def _list_residents(scan: Scan) -> tuple[PlaceChunk, ...]:
    """List the units in which those are who tell something."""
    lone = [place for place in scan.left if place.role.endswith(RESIDENTS) and " in " in place.role]
    return tuple(PlaceChunk((replace(each, role=""),), each.first, each.last) for each in lone)


def _list_units(scan: Scan) -> tuple[PlaceChunk, ...]:
    """List the units of a sentence for which the next may say there, those of its residents too."""
    lone = [PlaceChunk((replace(each, role=""),), each.first, each.last) for each in scan.left
            if each.role.endswith(RESIDENTS)]  # fmt: skip
    chunks = [*(chunk for chunk in scan.places if all(place.kind == "unit" for place in chunk.places)), *lone]
    return tuple(sorted(chunks, key=lambda chunk: chunk.first))
