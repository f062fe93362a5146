"""A row of a table becomes proposals: groups of one cell in the places of another, or marks under a head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.draft.clauses import Clause
from geo.draft.findings import judge_clause
from geo.draft.known_names import NameIndex
from geo.draft.places import RegionWords
from geo.draft.proposals import RecordProposal, Spot
from geo.draft.scan import GroupChunk, PlaceChunk, Scan, scan_sentence
from geo.draft.sentence_records import Levels, Said, build_records
from geo.draft.sentences import Sentence, list_words
from geo.draft.subjects import Subject
from geo.draft.words.cue_words import ABSENT, EXPELLING, NEGATIONS, WISHES, read_words
from geo.read.documents.blocks import Block, join_lines

__all__ = ["propose_row"]

WHO = read_words("table_rows.who")
TELLING = read_words("table_rows.telling")
ABOVE = "the place stands in the head of the column"
NOTES = read_words("table_rows.notes")
"""Heads of what a person adds in words of his own, which tells of a group only where it names one or denies it."""

LACKING = frozenset(["none", "absent", "expelled", "withdrawn", "cleared", "no", "not", "defeated", "left", "gone",
                     "withdrew", "vacated", "departed", "nil"])  # fmt: skip
ASKING = frozenset(["seen", "present", "there", "found", "active", "reported", "observed", "sighted", "spotted"])
"""Heads of a column that is answered by yes or no."""

THERE_IS_NONE = read_words("table_rows.lacked")
ANSWERED = 3
JUDGING = frozenset(["presence", "status", "finding", "assessment", "confirmed"])
WAS = frozenset(["until", "former", "formerly", "previously", "once", "past", "historic", "historically"])
UNSURE = frozenset(["unconfirmed", "unverified", "unknown", "unclear", "disputed", "doubtful", "denied", "n"])
PARTING = re.compile(r"[;,؛،]")
OPEN = frozenset(["confirmed", "verified", "certain", "sure", "clear"])
PARTS = re.compile(r"[;؛]")
YES = read_words("table_rows.yes")
NO = read_words("table_rows.no")


def propose_row(
    scan: Scan, spot: Spot, names: NameIndex, words: RegionWords, levels: Levels, lead: tuple[str, ...]
) -> list[RecordProposal]:
    """Propose records of a row; ``lead`` are the groups of the heading above its table.

    Examples
    --------
    >>> propose_row(Scan(Sentence(Block("row", "a", (0,), (1,)), 0, 1), (), (), (), ()), Spot("a", 1), NameIndex(),
    ...     RegionWords(), {}, ())
    []
    """
    block = scan.sentence.block
    heads = [_scan_text(text, names, words) for text in block.head]
    said: list[Said] = []
    if scan.groups and scan.places:
        said = _pair_cells(scan, block)
    elif scan.places and any(head.groups for head in heads):
        said = _read_marks(scan, block, heads, levels)
    elif scan.groups and any(head.places for head in heads):
        said = _read_marks_of_group(scan, block, heads, levels)
    elif scan.places and lead and block.head and not any(map(WHO.intersection, map(list_words, block.head))):
        clause = _make_clause(scan)
        said = [_judge(scan, chunk, Subject(lead, clause=clause), clause, block) for chunk in scan.places]
    is_above = bool(scan.groups) and not scan.places
    records = [record for each in said for record in build_records(scan.sentence, each, spot, levels)]
    return [replace(each, as_written="", remarks=(ABOVE,)) for each in records] if is_above else records


def _scan_text(text: str, names: NameIndex, words: RegionWords) -> Scan:
    return scan_sentence(Sentence(join_lines("heading", [(0, text)]), 0, len(text)), names, words)


def _find_cell(block: Block, scan: Scan, chunk: GroupChunk | PlaceChunk) -> int:
    at = scan.sentence.starts[chunk.first]
    return next((number for number, (start, end) in enumerate(block.cells) if start <= at < max(end, start + 1)), 0)


def _read_head(block: Block, cell: int) -> list[str]:
    return list_words(block.head[cell]) if cell < len(block.head) else []


def _pair_cells(scan: Scan, block: Block) -> list[Said]:
    """Take the groups of a row for those in its places."""
    cells = {_find_cell(block, scan, chunk) for chunk in scan.groups}
    telling = {cell for cell in cells if WHO.intersection(_read_head(block, cell))}
    noted = {cell for cell in cells - telling if NOTES.intersection(_read_head(block, cell))}
    aside = [each for cell in sorted(noted) for each in _read_note(scan, block, cell)]
    if cells == noted:
        return aside
    chosen = telling or {min(cells - noted)}
    chunks = [chunk for chunk in scan.groups if _find_cell(block, scan, chunk) in chosen]
    parts = {chunk: _read_part(scan, block, chunk) for chunk in chunks}
    aside += [
        _say_part(place, chunk, parts[chunk]) for chunk in chunks if parts[chunk] for place in scan.places
        if _find_cell(block, scan, place) not in chosen
    ]  # fmt: skip
    chunks = [chunk for chunk in chunks if not parts[chunk]]
    if not chunks:
        return aside
    groups = tuple(dict.fromkeys(group for chunk in chunks for group in chunk.groups))
    rivals = tuple(dict.fromkeys(rival for chunk in chunks for rival in chunk.rivals))
    result = []
    for place in scan.places:
        used = {*chosen, _find_cell(block, scan, place)}
        used |= {cell for cell in range(len(block.cells)) if TELLING.intersection(_read_head(block, cell))}
        clause = _make_clause(scan)
        subject = Subject((), (*rivals, *groups), "a name that several groups go by", clause) if rivals else Subject(
            groups, clause=clause)  # fmt: skip
        result.append(_judge(scan, place, subject, clause, block, used))
    return result + aside


def _read_part(scan: Scan, block: Block, chunk: GroupChunk) -> str:
    """Read what a cell says of one of its groups: absent, why it is a question, or nothing."""
    sentence, cell = scan.sentence, _find_cell(block, scan, chunk)
    if any(_find_cell(block, scan, place) == cell for place in scan.places):
        return ""
    start, end = _first_word(scan, block, cell), _last_word(scan, block, cell)
    first, last = chunk.first, chunk.last
    while first > start and not PARTING.search(sentence.read_gap(first - 1)) and sentence.words[first - 1] != "but":
        first -= 1
    while last + 1 < end and not PARTING.search(sentence.read_gap(last)) and sentence.words[last + 1] != "but":
        last += 1
    words = [*sentence.words[first : chunk.first], *sentence.words[chunk.last + 1 : last + 1]]
    lack = next((at for at, word in enumerate(words) if word in LACKING), None)
    if lack is not None:
        return "it is not confirmed" if not OPEN.isdisjoint(words[lack + 1 :]) else "absent"
    if not WAS.isdisjoint(words):
        return "it is said of the past"
    return "a plan, a wish or a fear" if not WISHES.isdisjoint(words) else ""


def _say_part(place: PlaceChunk, chunk: GroupChunk, told: str) -> Said:
    clause = Clause("main", chunk.first, chunk.last + 1)
    is_sure = len(chunk.groups) == 1 and not chunk.rivals and told == "absent"
    if is_sure:
        return Said(Subject(chunk.groups, clause=clause), place, clause, "absent", "")
    why = "of which group it is said" if told == "absent" else told
    return Said(Subject((), (*chunk.rivals, *chunk.groups), why, clause), place, clause, "ask", "")


def _read_note(scan: Scan, block: Block, cell: int) -> list[Said]:
    """Take what a note says of a group that it names for said of the places of its row."""
    own = [chunk for chunk in scan.groups if _find_cell(block, scan, chunk) == cell]
    clause = Clause("main", _first_word(scan, block, cell), _last_word(scan, block, cell), groups=own, has_verb=True)
    words = scan.sentence.words[clause.first : clause.end]
    places = [place for place in scan.places if _find_cell(block, scan, place) != cell]
    if len(places) < len(scan.places):
        return []  # It tells of a place of its own.
    groups = tuple(dict.fromkeys(group for chunk in own for group in (*chunk.rivals, *chunk.groups)))
    result = []
    for place in places:
        at_end = PlaceChunk(place.places, clause.end, clause.end)
        finding, why = judge_clause(scan.sentence, clause, at_end, False)
        is_gone = any(word in ("left", "gone", "withdrew", "expelled", "departed") for word in words)
        if is_gone and finding != "absent" and len(own) == 1 and NEGATIONS.isdisjoint(words):
            finding, why = "absent", ""
        if finding in ("present", "absent") and len(own) == 1 and not own[0].rivals:
            result.append(Said(Subject(groups, clause=clause), place, clause, finding, why))
        elif finding != "nothing":
            result.append(Said(Subject((), groups, "a note names it", clause), place, clause, "ask", why))
    return result


def _make_clause(scan: Scan) -> Clause:
    return Clause("main", 0, len(scan.sentence.words), places=list(scan.places), groups=list(scan.groups))


def _judge(
    scan: Scan, place: PlaceChunk, subject: Subject, clause: Clause, block: Block, used: set[int] | None = None,
) -> Said:  # fmt: skip
    """Judge a place by its cell, by cells that tell of it, and by the heads above."""
    cells = sorted(used if used is not None else {_find_cell(block, scan, place)})
    own = _find_cell(block, scan, place)
    heads = [word for cell in cells for word in _read_head(block, cell)]
    if NEGATIONS.intersection(heads) or ABSENT.intersection(heads) or EXPELLING.intersection(heads):
        return Said(subject, place, clause, "absent", "")
    told = _read_status(block, {_find_cell(block, scan, chunk) for chunk in scan.groups})
    if told == "absent":
        return Said(subject, place, clause, "absent", "")
    narrow = _find_part(scan, place, block, own)
    finding, why = judge_clause(scan.sentence, narrow, place, True)
    if told and finding == "present":
        finding, why = "ask", told
    if finding == "present" and any(word in ("attack", "attacks", "incidents", "casualties") for word in heads):
        finding, why = "ask", "an attack is no presence"
    return Said(subject, place, clause, "ask" if finding == "nothing" else finding, why)


def _read_status(block: Block, named: set[int]) -> str:
    """Read what the cells that name no group say of the whole row: absent, why it is a question, or nothing."""
    for cell in range(len(block.cells)):
        head, words = set(_read_head(block, cell)), _read_cell(block, cell)
        if len(head) < ANSWERED and not ASKING.isdisjoint(head) and (not words or words[0] in NO | LACKING):
            return "absent" if words else "the cell beside says nothing"
        if not JUDGING.isdisjoint(head) and (why := _read_doubt(block, cell, words)):
            return why
        is_note = not NOTES.isdisjoint(head)
        if TELLING.isdisjoint(head) or not words or cell in named:
            continue
        lack = next((at for at, word in enumerate(words) if word in LACKING), None)
        if lack is None or (lack > 1 and words[lack] not in ("no", "not")):
            continue
        following = words[lack + 1 : lack + 3]
        if not OPEN.isdisjoint(following):
            return "it is not confirmed"
        if words[lack] not in ("no", "not"):
            is_plain = lack == 0 or not is_note
            return "absent" if is_plain else "a note may tell that nobody is there"
        if not following or not THERE_IS_NONE.isdisjoint(following):
            return "absent"
    return ""


def _read_doubt(block: Block, cell: int, words: list[str]) -> str:
    """Read why a cell that should say whether somebody is there leaves it open."""
    if not words:
        text = block.text[slice(*block.cells[cell])].strip()
        return "the cell beside says nothing" if text and text not in YES else ""
    if not WAS.isdisjoint(words[:2]):
        return "it is said of the past"
    return "it is not confirmed" if not UNSURE.isdisjoint(words[:1]) else ""


def _find_part(scan: Scan, place: PlaceChunk, block: Block, cell: int) -> Clause:
    """Find the part of a cell between semicolons in which a place stands: what one says is not said of the next."""
    start, end = block.cells[cell] if block.cells else (0, len(block.text))
    at = scan.sentence.starts[place.first]
    signs = [found.start() for found in PARTS.finditer(block.text, start, end)]
    start = max([start, *(sign for sign in signs if sign < at)])
    end = min([end, *(sign for sign in signs if sign > at)])
    inside = [number for number, offset in enumerate(scan.sentence.starts) if start <= offset < end]
    first, last = (inside[0], inside[-1] + 1) if inside else (place.first, place.last + 1)
    places = [each for each in scan.places if first <= each.first < last]
    return Clause(
        "main", first, last, places=places, groups=[each for each in scan.groups if first <= each.first < last]
    )


def _read_cell(block: Block, cell: int) -> list[str]:
    return list_words(block.text[slice(*block.cells[cell])])


def _first_word(scan: Scan, block: Block, cell: int) -> int:
    start = block.cells[cell][0] if block.cells else 0
    return next((at for at, offset in enumerate(scan.sentence.starts) if offset >= start), 0)


def _last_word(scan: Scan, block: Block, cell: int) -> int:
    end = block.cells[cell][1] if block.cells else len(block.text)
    return sum(offset < end for offset in scan.sentence.starts)


def _is_marked(block: Block, cell: int, levels: Levels) -> bool | None:
    """Tell a mark for yes from one for no; None where a cell says neither."""
    if cell >= len(block.cells):
        return None
    text = block.text[slice(*block.cells[cell])].strip().lower()
    words = list_words(text)
    if text in NO or (words and words[0] in NO) or not text:
        return False
    if text in YES or (words and (words[0] in YES or words[0] in ASKING)):
        return True
    return True if any(word in {w.rstrip("s") for phrases in levels.values() for p in phrases for w in p} for word in
                       (each.rstrip("s") for each in words)) else None  # fmt: skip


def _is_denied(block: Block, cell: int) -> bool:
    """Tell whether a cell says in words that nobody is there; no, a dash or a blank may mean that nobody looked."""
    words = _read_cell(block, cell) if cell < len(block.cells) else []
    return words == ["absent"] or (
        words[:1] in (["not"], ["no"], ["never"], ["none"]) and not THERE_IS_NONE.isdisjoint(words[1:3])
    )


def _read_marks(scan: Scan, block: Block, heads: Sequence[Scan], levels: Levels) -> list[Said]:
    """Read a row of marks: its place, and groups in the head of its table."""
    place = scan.places[0]
    clause = Clause("main", 0, len(scan.sentence.words), places=[place])
    groups: dict[int, tuple[str, ...]] = {}
    lacking: set[int] = set()
    for cell, head in enumerate(heads):
        found = [group for chunk in head.groups if not chunk.rivals for group in chunk.groups]
        if found and _is_denied(block, cell):
            lacking.add(cell)
        if found and (cell in lacking or _is_marked(block, cell, levels)):
            groups[cell] = tuple(found)
    result = []
    for cell, ids in groups.items():
        narrow = replace(clause, first=_first_word(scan, block, cell), end=_last_word(scan, block, cell))
        finding = "absent" if cell in lacking else "present"
        result.append(Said(Subject(ids, clause=clause), place, narrow, finding, ""))
    return result


def _read_marks_of_group(scan: Scan, block: Block, heads: Sequence[Scan], levels: Levels) -> list[Said]:
    """Read a row of marks: its group, and places in the head of its table."""
    groups = scan.groups[0].groups
    result = []
    for cell, head in enumerate(heads):
        is_denied = _is_denied(block, cell)
        if head.places and (is_denied or _is_marked(block, cell, levels)):
            clause = Clause("main", _first_word(scan, block, cell), _last_word(scan, block, cell))
            places = tuple(replace(place, first=0, last=0) for place in head.places[0].places)
            result.append(
                Said(
                    Subject(groups, clause=clause),
                    PlaceChunk(places, clause.first, clause.first),
                    clause,
                    "absent" if is_denied else "present",
                    "",
                )
            )
    return result
