"""Texts become a draft, block by block: what headings and lead-ins say holds for what stands below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from geo.draft.clauses import find_role, is_label
from geo.draft.details.level_words import find_level, index_levels
from geo.draft.known_names import index_names
from geo.draft.lacks import LOSSES
from geo.draft.one_sentence import LeadIn, Outcome, Vocabulary, read_sentence
from geo.draft.places import DIRECTIONS, RegionWords
from geo.draft.proposals import Draft, LeftAlone, RecordProposal, Spot
from geo.draft.scan import PlaceChunk, Scan, scan_sentence
from geo.draft.sentences import WORD, Sentence, split_sentences
from geo.draft.subjects import Context
from geo.draft.words.cue_words import ABSENT, EXPELLING, MONTHS, NEGATIONS
from geo.model import Gazetteer, Table
from geo.read.documents.blocks import Block

__all__ = ["draft_blocks"]

FEW_WORDS = 4
LAST_WORDS = 4
LACKED = frozenset(["presence", "present", "seen", "found", "longer", "active", "reported", "observed", "there"])
MOST_REMEMBERED = 2_000
TELLING = DIRECTIONS | frozenset(("provinces", "province", "nationwide", "countrywide", "country", "afghanistan"))
DATED = re.compile(r"\d{4}")
COLONS = (":", "：")


@dataclass(frozen=True)
class _Section:
    depth: int
    groups: tuple[str, ...]
    places: tuple[PlaceChunk, ...]
    is_negative: bool = False


@dataclass
class _Reader:
    """What reading goes by, and what it has found so far."""

    vocabulary: Vocabulary
    draft: Draft
    text: int
    context: Context
    said: dict[tuple[object, ...], int]
    sections: list[_Section] = field(default_factory=list)
    lead_in: LeadIn | None = None
    known: dict[tuple[object, ...], tuple[list[Outcome], Context]] = field(default_factory=dict)


def draft_blocks(
    texts: Iterable[Iterable[Block]], table: Table, gazetteer: Gazetteer,
    borders: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Draft:  # fmt: skip
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
    draft, said = Draft(), dict[tuple[object, ...], int]()
    names, levels = index_names(table, gazetteer), index_levels(table.levels)
    for number, blocks in enumerate(texts):
        vocabulary = Vocabulary(names.copy(), words, levels)
        context = Context(names={id_: group.name for id_, group in table.groups.items()})
        reader = _Reader(vocabulary, draft, number, context, said)
        for block in blocks:
            _read_block(reader, block)
    return draft


def _read_block(reader: _Reader, block: Block) -> None:
    if block.kind == "heading" and _open_section(reader, block):
        return
    if block.kind == "paragraph":
        reader.context.paragraph = []
        _set_lead(reader)
    if not _is_telling(reader, block):
        reader.context.note((), False)
    else:
        for outcome in _recall(reader, block):
            _keep_outcome(reader, outcome, block)
    if block.kind == "paragraph" and block.text.endswith(COLONS):
        *_, last = split_sentences(block)
        _open_list(reader, scan_sentence(last, reader.vocabulary.names, reader.vocabulary.words))


def _is_telling(reader: _Reader, block: Block) -> bool:
    """Tell whether a block may name a group or a place; most of a long text names neither."""
    names = reader.vocabulary.names
    written = set(WORD.findall(block.text))
    if not block.text.isascii() or not written.isdisjoint(names.strict):
        return True
    folded = set(map(str.lower, written))
    return not (folded.isdisjoint(names.names) and folded.isdisjoint(TELLING))


def _recall(reader: _Reader, block: Block) -> list[Outcome]:
    """Read a block, or take what the same one gave where the same stood before it: texts repeat their headers."""
    learnt = len(reader.vocabulary.names.learnt)
    mark = (block.kind, block.text, block.head, reader.lead_in, learnt, *reader.context.list_state())
    if (known := reader.known.get(mark)) is not None:
        outcomes, after = known
        reader.context = after.copy()
        return outcomes
    outcomes = _read_sentences(reader, block)
    if len(reader.known) >= MOST_REMEMBERED:
        reader.known.clear()
    reader.known[mark] = (outcomes, reader.context.copy())
    return outcomes


def _read_sentences(reader: _Reader, block: Block) -> list[Outcome]:
    vocabulary, outcomes, above = reader.vocabulary, [], reader.context.lead_places
    for sentence in split_sentences(block):
        scan = scan_sentence(sentence, vocabulary.names, vocabulary.words)
        if (
            block.kind in ("item", "paragraph")
            and sentence.start == 0
            and scan.places
            and is_label(sentence, scan.places[0])
        ):
            reader.context.lead_places = scan.places[:1]  # It holds for what else the item says.
        if _is_dateline(scan):
            reader.context.lead_places = scan.places
        if scan.groups or scan.places or scan.others:
            outcomes.append(read_sentence(scan, vocabulary, reader.context, reader.lead_in))
        else:
            reader.context.note((), False)
    reader.context.lead_places = above
    return outcomes


def _is_dateline(scan: Scan) -> bool:
    """Tell a day and a place that stand before what happened: 6 October, Kunar."""
    places = {at for chunk in scan.places for at in range(chunk.first, chunk.last + 1)}
    rest = [word for at, word in enumerate(scan.sentence.words) if at not in places]
    return bool(places) and any(map(str.isdigit, rest)) and all(word.isdigit() or word in MONTHS for word in rest)


def _keep_outcome(reader: _Reader, outcome: Outcome, block: Block) -> None:
    """Keep what a sentence gives, with its place in this text."""
    draft, line = reader.draft, block.find_line(outcome.start)
    for record in outcome.records:
        spot = Spot(record.spot.quote, line, block.page, reader.text)
        _keep(reader, replace(record, spot=spot))
    for text, why in outcome.left:
        draft.left.append(LeftAlone(text, why, line, block.page, reader.text))
    tie = outcome.tie
    mark = ("tie", tie.groups, tie.type, tie.standing) if tie else ()
    if tie and reader.said.setdefault(mark, line) != line:
        tie = None  # A table refuses it twice.
    for rest in (outcome.strength, outcome.statement, tie):
        if rest is not None:
            spot = Spot(rest.spot.quote, line, block.page, reader.text)
            draft.add(replace(rest, spot=spot))


def _open_section(reader: _Reader, block: Block) -> bool:
    """Remember the group or the place that a heading is about; tell whether it says no more than that."""
    scan = scan_sentence(Sentence(block, 0, len(block.text)), reader.vocabulary.names, reader.vocabulary.words)
    while reader.sections and reader.sections[-1].depth >= block.depth:
        reader.sections.pop()
    spans = [(each.first, each.last) for each in scan.groups] + [(each.first, each.last) for each in scan.places]
    named = sum(last - first + 1 for first, last in spans)
    is_bare = len(scan.sentence.words) - named < FEW_WORDS and not DATED.search(block.text)
    groups = tuple(group for chunk in scan.groups for group in chunk.groups if not chunk.rivals) if is_bare else ()
    places = (
        scan.places if is_bare and all(p.kind == "unit" and not p.role for c in scan.places for p in c.places) else ()
    )
    is_negative = is_bare and _says_nobody(scan.sentence.words)
    reader.sections.append(_Section(block.depth, tuple(dict.fromkeys(groups)), places, is_negative))
    reader.context.recent, reader.context.since_lead, reader.context.last_places = [], False, ()
    _set_lead(reader)
    return is_bare or not (scan.groups and scan.places)


def _set_lead(reader: _Reader) -> None:
    reader.context.lead = next((each.groups for each in reversed(reader.sections) if each.groups), ())
    reader.context.lead_places = next((each.places for each in reversed(reader.sections) if each.places), ())
    is_negative = bool(reader.sections) and reader.sections[-1].is_negative
    reader.lead_in = LeadIn(is_negative=True) if is_negative else None


def _says_nobody(words: list[str]) -> bool:
    """Tell a heading that says of all below it that nobody is there: absent in, not seen, no longer present."""
    return not ABSENT.isdisjoint(words) or any(
        word in NEGATIONS and not LACKED.isdisjoint(words[at + 1 : at + 3]) for at, word in enumerate(words)
    )


def _open_list(reader: _Reader, scan: Scan) -> None:
    """Remember who or where a lead-in is about, for the items that follow it."""
    groups = tuple(group for chunk in scan.groups if find_role(scan.sentence, chunk) == "" for group in chunk.groups)
    if groups:
        reader.context.lead = tuple(dict.fromkeys(groups))
        reader.context.since_lead = False
    if scan.places:
        reader.context.lead_places = scan.places
    words = scan.sentence.words
    levels = find_level(words, reader.vocabulary.levels)
    is_negative = not NEGATIONS.isdisjoint(words) and "only" not in words
    is_left = not (EXPELLING | LOSSES).isdisjoint(words[-LAST_WORDS:]) and NEGATIONS.isdisjoint(words)
    is_negative = is_negative or is_left or "absent" in words
    reader.lead_in = LeadIn(levels[0] if len(levels) == 1 else None, is_negative)


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
