"""One sentence read whole: its records, and what else it says of a group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from geo.draft.carried_over import place_there, remember
from geo.draft.clauses import find_role
from geo.draft.details.strengths import find_strength
from geo.draft.details.ties import find_tie
from geo.draft.known_names import NameIndex
from geo.draft.places import RegionWords
from geo.draft.proposals import RecordProposal, Spot, StatementProposal, StrengthProposal, TieProposal
from geo.draft.scan import Scan
from geo.draft.sentence_records import Levels, propose_records
from geo.draft.subjects import Context
from geo.draft.table_rows import propose_row

__all__ = ["LeadIn", "Outcome", "Vocabulary", "read_sentence"]

SHORTEST = 5
UNKNOWN = "not in the table"
ANYBODY = ("people", "men")
"""Whom a group may have, so that they are nobody else."""

UNREAD = "it is not clear what is said of it"


@dataclass(frozen=True)
class Vocabulary:
    """By which names and words a text is read."""

    names: NameIndex
    words: RegionWords
    levels: Levels


@dataclass(frozen=True)
class LeadIn:
    """What the line before a list says of all its items: a level, or that nobody is there."""

    level: str | None = None
    is_negative: bool = False


@dataclass
class Outcome:
    """What a sentence gives; ``start`` is where it begins in its block, ``left`` are words left alone, and why."""

    start: int
    records: list[RecordProposal] = field(default_factory=list)
    strength: StrengthProposal | None = None
    statement: StatementProposal | None = None
    tie: TieProposal | None = None
    left: list[tuple[str, str]] = field(default_factory=list)


def read_sentence(scan: Scan, vocabulary: Vocabulary, context: Context, lead_in: LeadIn | None) -> Outcome:
    """Read a sentence, and remember of it what the next may need.

    Examples
    --------
    >>> from geo.draft.sentences import Sentence
    >>> from geo.read.documents.blocks import join_lines
    >>> scan = Scan(Sentence(join_lines("paragraph", [(1, "Nothing")]), 0, 7), (), (), (), ())
    >>> read_sentence(scan, Vocabulary(NameIndex(), RegionWords(), {}), Context(), None).records
    []
    """
    scan = _settle_rivals(scan, context)
    sentence = scan.sentence
    spot = Spot(sentence.text, sentence.line, sentence.block.page)
    outcome = Outcome(sentence.start, left=_list_left(scan))
    is_list = sentence.block.kind in ("item", "row")
    if sentence.block.kind == "row":
        names, words, levels = vocabulary.names, vocabulary.words, vocabulary.levels
        outcome.records = propose_row(scan, spot, names, words, levels, context.lead)
    else:
        outcome.records, wished = propose_records(scan, spot, context, vocabulary.levels, is_list=is_list)
        outcome.left += [(sentence.cut(place.first, place.last), why) for place, why in wished]
        if not wished:
            led = is_list and not scan.places
            outcome.records += place_there(scan, spot, context, vocabulary.levels, led)
    if sentence.block.kind != "row":
        outcome.records += _ask_unread(scan, spot, context, outcome)
    if is_list and lead_in is not None:
        outcome.records = [_follow(lead_in, each) for each in outcome.records]
    if scan.places and not outcome.records:
        outcome.left += [(each.key, UNKNOWN) for each in scan.others if each.kind == "body"]
    _read_rest(outcome, scan, spot)
    remember(scan, context)
    return outcome


def _ask_unread(scan: Scan, spot: Spot, context: Context, outcome: Outcome) -> Iterator[RecordProposal]:
    """Ask of units that a sentence names beside a group, and of which no rule says anything: nothing is lost unsaid."""
    told = {unit for each in outcome.records for unit in (*each.units, *each.places)}
    told |= {text for text, _ in outcome.left}
    able = [chunk for chunk in scan.groups if find_role(scan.sentence, chunk) != "speaker"]
    groups = tuple(dict.fromkeys(group for chunk in able for group in (*chunk.rivals, *chunk.groups)))
    if not scan.groups and not any(each.kind == "body" for each in scan.others):
        groups = context.lead or context.topic or tuple(dict.fromkeys(context.paragraph))
    for chunk in scan.places if groups else ():
        units = tuple(place.key for place in chunk.places if place.kind == "unit" and not place.role)
        written = scan.sentence.cut(chunk.first, chunk.last)
        fresh = tuple(unit for unit in units if unit not in told)
        before = max((each.last for each in able if each.last < chunk.first), default=-1)
        others = (each for each in scan.others if each.is_other and before < each.first < chunk.first)
        if any(scan.sentence.words[each.last] not in ANYBODY for each in others):
            continue  # It is said of somebody who is not in the table.
        if fresh and not any(scan.sentence.cut(place.first, place.last) in told for place in chunk.places):
            yield RecordProposal((), "in", spot, fresh, candidates=groups, as_written=written, why=UNREAD)


def _settle_rivals(scan: Scan, context: Context) -> Scan:
    """Take a name that several groups go by for the one that the text has named already: IS, once ISIS-K was."""
    if not any(chunk.rivals for chunk in scan.groups):
        return scan
    chunks = []
    for chunk in scan.groups:
        known = tuple(rival for rival in chunk.rivals if rival in context.named)
        chunks.append(replace(chunk, groups=known, rivals=()) if len(known) == len(chunk.groups) == 1 else chunk)
    return replace(scan, groups=tuple(chunks))


def _follow(lead_in: LeadIn, record: RecordProposal) -> RecordProposal:
    finding = "absent" if lead_in.is_negative else record.finding
    return replace(record, level=record.level or lead_in.level, finding=finding)


def _list_left(scan: Scan) -> list[tuple[str, str]]:
    """List the names of units that name none, each with the reason."""
    parts = [(place, place.role.rpartition(": ")) for place in scan.left]
    return [(text or scan.sentence.cut(place.first, place.last), why) for place, (text, _, why) in parts]


def _read_rest(outcome: Outcome, scan: Scan, spot: Spot) -> None:
    """Read how many a group is, which ties it has, and else what a sentence says of it."""
    if not scan.groups or scan.sentence.block.kind == "row":
        return
    outcome.strength, outcome.tie = find_strength(scan, spot), find_tie(scan, spot)
    able = [chunk for chunk in scan.groups if find_role(scan.sentence, chunk) != "compare"]
    groups = tuple(dict.fromkeys(group for chunk in able for group in chunk.groups))
    is_said = outcome.records or outcome.strength or outcome.tie
    if groups and not is_said and len(scan.sentence.words) >= SHORTEST:
        outcome.statement = StatementProposal(groups[0], groups[1:], spot)
