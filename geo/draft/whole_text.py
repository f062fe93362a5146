"""Texts become a draft, block by block: what headings and lead-ins say holds for what stands below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from geo.draft.clauses import Clause, find_role, split_clauses
from geo.draft.findings import judge_clause
from geo.draft.known_names import NameIndex, index_names
from geo.draft.level_words import find_level, index_levels
from geo.draft.places import DIRECTIONS, RegionWords
from geo.draft.proposals import Draft, LeftAlone, RecordProposal, Spot, StatementProposal
from geo.draft.scan import GroupChunk, PlaceChunk, Scan, scan_sentence
from geo.draft.sentence_records import Levels, Said, build_records, propose_records
from geo.draft.sentences import WORD, Sentence, split_sentences
from geo.draft.strengths import find_strength
from geo.draft.subjects import Context, Subject, find_subject
from geo.draft.table_rows import propose_row
from geo.draft.ties import find_tie
from geo.draft.words.cue_words import DETERMINERS, EVENTS, EXPELLING, NEGATIONS, PERSONS, read_words
from geo.model import Gazetteer, Table
from geo.read.documents.blocks import Block

__all__ = ["draft_blocks"]

FEW_WORDS = 4
SHORTEST = 5
TELLING = DIRECTIONS | frozenset(["provinces", "province", "nationwide", "countrywide", "country", "afghanistan"])
LEADING = DETERMINERS | PERSONS | frozenset(["afghan", "of", "cells", "the", "fighters", "only", "that"])
THERE = frozenset(("there", "here"))
EXISTING = read_words("whole_text.existing")
PROVINCE = frozenset(("the", "this", "that"))


@dataclass
class _Section:
    depth: int
    groups: tuple[str, ...]
    places: tuple[PlaceChunk, ...]


@dataclass
class _Reader:
    """What reading goes by, and what it has found so far."""

    names: NameIndex
    words: RegionWords
    levels: Levels
    draft: Draft
    text: int = 0
    context: Context = field(default_factory=Context)
    sections: list[_Section] = field(default_factory=list)
    lead_in: Scan | None = None
    lead_level: tuple[str, ...] = ()
    lead_negative: bool = False
    said: dict[tuple[object, ...], int] = field(default_factory=dict)


def draft_blocks(
    texts: Iterable[Iterable[Block]],
    table: Table,
    gazetteer: Gazetteer,
    borders: Mapping[str, tuple[str, ...]] = {},
) -> Draft:
    """Draft what texts say of the groups of a table; ``borders`` lists by a country's name the units along it.

    Examples
    --------
    >>> from geo.model import Group, Unit
    >>> from geo.read.documents.blocks import join_lines
    >>> table = Table("", {}, {}, {"reds": Group("reds", "Reds", "Reds")}, (), ())
    >>> gazetteer = Gazetteer({"AF-KNR": Unit("AF-KNR", "", "", "Kunar", "")}, {}, "")
    >>> draft = draft_blocks([[join_lines("paragraph", [(1, "The Reds are active in Kunar.")])]], table, gazetteer)
    >>> draft.records[0].groups, draft.records[0].units
    (('reds',), ('AF-KNR',))
    """
    words = RegionWords.of(gazetteer, dict(borders))
    draft = Draft()
    said: dict[tuple[object, ...], int] = {}
    for number, blocks in enumerate(texts):
        names = index_names(table, gazetteer)
        reader = _Reader(names, words, index_levels(table.levels), draft, number, said=said)
        reader.context.names = {id_: group.name for id_, group in table.groups.items()}
        for block in blocks:
            _read_block(reader, block)
    return draft


def _read_block(reader: _Reader, block: Block) -> None:
    if block.kind == "heading":
        _open_section(reader, block)
        return
    if block.kind == "paragraph":
        reader.lead_in, reader.lead_level, reader.lead_negative = None, (), False
        reader.context.paragraph = []
        _set_lead(reader)
    for sentence in split_sentences(block) if _is_telling(reader, block) else ():
        scan = scan_sentence(sentence, reader.names, reader.words)
        if scan.groups or scan.places or scan.others:
            _read_sentence(reader, scan)
        else:
            reader.context.note((), False)
    if block.kind == "paragraph" and block.text.endswith((":", "：")):
        *_, last = split_sentences(block)
        _open_list(reader, scan_sentence(last, reader.names, reader.words))


def _is_telling(reader: _Reader, block: Block) -> bool:
    """Tell whether a block may name a group or a place; most of a long text names neither."""
    written = set(WORD.findall(block.text))
    if not written.isdisjoint(reader.names.strict) or not block.text.isascii():
        return True
    folded = set(map(str.lower, written))
    if folded.isdisjoint(reader.names.names) and folded.isdisjoint(TELLING):
        reader.context.note((), False)
        return False
    return True


def _open_section(reader: _Reader, block: Block) -> None:
    """Remember the group or the place that a heading is about."""
    scan = scan_sentence(Sentence(block, 0, len(block.text)), reader.names, reader.words)
    while reader.sections and reader.sections[-1].depth >= block.depth:
        reader.sections.pop()
    spans = [(each.first, each.last) for each in scan.groups] + [(each.first, each.last) for each in scan.places]
    named = sum(last - first + 1 for first, last in spans)
    is_bare = len(scan.sentence.words) - named < FEW_WORDS and not any(sign.isdigit() for sign in block.text)
    groups = tuple(group for chunk in scan.groups for group in chunk.groups if not chunk.rivals) if is_bare else ()
    places = (
        scan.places if is_bare and all(p.kind == "unit" and not p.role for c in scan.places for p in c.places) else ()
    )
    reader.sections.append(_Section(block.depth, tuple(dict.fromkeys(groups)), places))
    reader.lead_in, reader.lead_level, reader.lead_negative = None, (), False
    reader.context.recent, reader.context.since_lead = [], False
    _set_lead(reader)


def _set_lead(reader: _Reader) -> None:
    reader.context.lead = next((each.groups for each in reversed(reader.sections) if each.groups), ())
    reader.context.lead_places = next((each.places for each in reversed(reader.sections) if each.places), ())


def _open_list(reader: _Reader, scan: Scan) -> None:
    """Remember who or where a lead-in is about, for the items that follow it."""
    groups = tuple(group for chunk in scan.groups if find_role(scan.sentence, chunk) == "" for group in chunk.groups)
    reader.lead_in = scan
    if groups:
        reader.context.lead = tuple(dict.fromkeys(groups))
        reader.context.since_lead = False
    if scan.places:
        reader.context.lead_places = scan.places
    words = scan.sentence.words
    reader.lead_negative = any(word in NEGATIONS for word in words) and not any(
        word in ("only", "longer") for word in words
    )
    reader.lead_negative |= "no longer" in " ".join(words) or "absent" in words
    reader.lead_level = find_level(words, reader.levels)


def _settle_rivals(scan: Scan, context: Context) -> Scan:
    """Take a name that several groups go by for the one that the text has named already: IS, once ISIS-K was."""
    if not any(chunk.rivals for chunk in scan.groups):
        return scan
    chunks = []
    for chunk in scan.groups:
        known = tuple(rival for rival in chunk.rivals if rival in context.named)
        chunks.append(replace(chunk, groups=known, rivals=()) if len(known) == len(chunk.groups) == 1 else chunk)
    return replace(scan, groups=tuple(chunks))


def _read_sentence(reader: _Reader, scan: Scan) -> None:
    context = reader.context
    scan = _settle_rivals(scan, context)
    sentence = scan.sentence
    spot = Spot(sentence.text, sentence.line, sentence.block.page, reader.text)
    is_list = sentence.block.kind in ("item", "row")
    dropped: list[tuple[object, str]] = []
    if sentence.block.kind == "row":
        records = propose_row(scan, spot, reader.names, reader.words, reader.levels, context.lead)
    else:
        records, wished = propose_records(scan, spot, context, reader.levels, is_list=is_list)
        dropped += wished
        if not dropped:
            records = [*records, *_place_there(reader, scan, spot, is_list and not scan.places)]
    if is_list and reader.lead_in is not None:
        records = [_follow_lead(reader, each) for each in records]
    for record in records:
        _keep(reader, record)
    _note_left(reader, scan, dropped)
    _read_rest(reader, scan, spot, bool(records))
    _remember(reader, scan)


def _follow_lead(reader: _Reader, record: RecordProposal) -> RecordProposal:
    level = record.level or (reader.lead_level[0] if len(reader.lead_level) == 1 else None)
    return replace(record, level=level, finding="absent" if reader.lead_negative else record.finding)


def _place_there(reader: _Reader, scan: Scan, spot: Spot, is_list: bool) -> list[RecordProposal]:
    """Propose records of a sentence that says there, or stands under a heading or lead-in that says where."""
    sentence, context = scan.sentence, reader.context
    chunks = _list_units(scan) or (
        context.lead_places if context.lead_places and (is_list or not context.last_places) else context.last_places
    )
    records: list[RecordProposal] = []
    end = len(sentence.words)
    for clause in split_clauses(scan) if chunks else ():
        if clause.places or not (_says_there(sentence, clause) or (is_list and context.lead_places)):
            continue
        if not (clause.groups or clause.before or any(each.kind == "anaphor" for each in clause.others)):
            continue
        for chunk in chunks[-1:]:
            virtual = PlaceChunk(tuple(replace(place, role="") for place in chunk.places), end, end)
            subject = find_subject(sentence, clause, virtual, context)
            if subject is None:
                continue
            finding, why = judge_clause(sentence, clause, virtual, is_list)
            if finding == "nothing":
                continue
            if len(chunk.places) > 1 and not is_list:
                subject, why = (
                    Subject((), subject.groups or subject.candidates, subject.why),
                    "which of the places before it means",
                )
            records += _build_there(sentence, Said(subject, chunk, clause, finding, why), spot, reader)
    return records


def _says_there(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a clause has there, here or the province for a place that was named before."""
    words = sentence.words
    for at in range(clause.first, clause.end):
        if words[at] in THERE and sentence.peek(at + 1) not in EXISTING:
            return True
        if (
            words[at] == "province"
            and at > 1
            and words[at - 1] in PROVINCE
            and words[at - 2] in ("in", "of", "across", "inside")
        ):
            return True
    return False


def _build_there(sentence: Sentence, said: Said, spot: Spot, reader: _Reader) -> list[RecordProposal]:
    """Build records whose place stands before their sentence."""
    zero = tuple(replace(place, first=0, last=0, role="") for place in said.chunk.places)
    built = build_records(sentence, replace(said, chunk=PlaceChunk(zero, 0, 0)), spot, reader.levels)
    return [
        replace(each, as_written="", remarks=(*each.remarks, "the place stands before this sentence")) for each in built
    ]


def _keep(reader: _Reader, record: RecordProposal) -> None:
    """Keep a proposal, without what was said before in the same way: a table refuses it twice."""
    if record.is_question:
        reader.draft.records.append(record)
        return
    keys = (record.level, record.finding, str(record.observed))
    places = record.units or (record.region or f"{record.kind} {record.count}",)
    fresh: dict[tuple[str, ...], list[str]] = {}
    for group in record.groups:
        new = tuple(place for place in places if (group, place, *keys) not in reader.said)
        if old := [place for place in places if place not in new]:
            line = reader.said[(group, old[0], *keys)]
            spot = record.spot
            why = f"said already on line {line}"
            reader.draft.left.append(LeftAlone(f"{group}: {record.as_written}", why, spot.line, spot.page, reader.text))
        for place in new:
            reader.said[(group, place, *keys)] = record.spot.line
        if new:
            fresh.setdefault(new, []).append(group)
    for new, groups in fresh.items():
        reader.draft.records.append(replace(record, groups=tuple(groups), units=new if record.units else ()))


def _note_left(reader: _Reader, scan: Scan, dropped: list[tuple[object, str]]) -> None:
    sentence = scan.sentence
    for place in scan.left:
        text, _, why = place.role.rpartition(": ")
        reader.draft.left.append(LeftAlone(
            text or sentence.cut(place.first, place.last), why, sentence.line, sentence.block.page, reader.text
        ))  # fmt: skip
    for dropped_place, why in dropped:
        first, last = getattr(dropped_place, "first", 0), getattr(dropped_place, "last", 0)
        reader.draft.left.append(
            LeftAlone(sentence.cut(first, last), why, sentence.line, sentence.block.page, reader.text)
        )


def _read_rest(reader: _Reader, scan: Scan, spot: Spot, has_records: bool) -> None:
    """Read how many a group is, which ties it has, and else what a sentence says of it."""
    if not scan.groups or scan.sentence.block.kind == "row":
        return
    strength = find_strength(scan, spot)
    if strength:
        reader.draft.strengths.append(strength)
    tie = find_tie(scan, spot)
    if tie:
        reader.draft.ties.append(tie)
    able = [chunk for chunk in scan.groups if find_role(scan.sentence, chunk) != "compare"]
    groups = tuple(dict.fromkeys(group for chunk in able for group in chunk.groups))
    if groups and not (has_records or strength or tie) and len(scan.sentence.words) >= SHORTEST:
        reader.draft.statements.append(StatementProposal(groups[0], groups[1:], spot))


def _remember(reader: _Reader, scan: Scan) -> None:
    able = [chunk for chunk in scan.groups if find_role(scan.sentence, chunk) not in ("compare", "topic")]
    unknown = any(each.kind == "body" for each in scan.others)
    lesser = [chunk for chunk in able if (chunk.first > 2 and scan.sentence.peek(chunk.last + 1) == "s")
              or find_role(scan.sentence, chunk) == "speaker"]  # fmt: skip
    chosen = [chunk for chunk in able if chunk not in lesser] or able
    reader.context.topic = _find_topic(scan, chosen)
    groups = [rival for chunk in chosen for rival in (*chunk.rivals, *chunk.groups)]
    named = tuple(dict.fromkeys(group for chunk in chosen if not chunk.rivals for group in chunk.groups))
    for group in named:
        reader.context.named.add(group)
    reader.context.note(tuple(dict.fromkeys(groups)), unknown)
    if places := _list_units(scan):
        reader.context.last_places = places


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
    is_beside = all(_is_beside(sentence, chunk) for chunk in others)
    return first.groups if not others or (is_beside and not is_deed) else ()


def _is_beside(sentence: Sentence, chunk: GroupChunk) -> bool:
    """Tell whether a group only belongs to what is said of another."""
    near = (sentence.peek(chunk.first - 1), sentence.peek(chunk.first - 2))
    return "of" in near or find_role(sentence, chunk) in ("with", "to", "under", "by")


def _list_units(scan: Scan) -> tuple[PlaceChunk, ...]:
    """List the units of a sentence for which the next may say there, those of its residents too."""
    lone = [PlaceChunk((replace(each, role=""),), each.first, each.last) for each in scan.left
            if each.role.endswith("says whose somebody is")]  # fmt: skip
    chunks = [*(chunk for chunk in scan.places if all(place.kind == "unit" for place in chunk.places)), *lone]
    return tuple(sorted(chunks, key=lambda chunk: chunk.first))
