"""A row of a table becomes proposals: groups of one cell in the places of another, or marks under a head."""

from __future__ import annotations

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
from geo.draft.words.cue_words import ABSENT, EXPELLING, NEGATIONS, read_words
from geo.read.documents.blocks import Block, join_lines

__all__ = ["propose_row"]

WHO = read_words("table_rows.who")
TELLING = read_words("table_rows.telling")
ABOVE = "the place stands in the head of the column"
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
    chosen = telling or {min(cells)}
    chunks = [chunk for chunk in scan.groups if _find_cell(block, scan, chunk) in chosen]
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
    return result


def _make_clause(scan: Scan) -> Clause:
    return Clause("main", 0, len(scan.sentence.words), places=list(scan.places), groups=list(scan.groups))


def _judge(
    scan: Scan, place: PlaceChunk, subject: Subject, clause: Clause, block: Block, used: set[int] | None = None
) -> Said:
    """Judge a place by its cell, by cells that tell of it, and by the heads above."""
    cells = sorted(used if used is not None else {_find_cell(block, scan, place)})
    own = _find_cell(block, scan, place)
    heads = [word for cell in cells for word in _read_head(block, cell)]
    telling = [
        word
        for cell in range(len(block.cells))
        if TELLING.intersection(_read_head(block, cell))
        for word in _read_cell(block, cell)
    ]
    lacking = {"none", "absent", "expelled", "withdrawn", "cleared", "no", "not", "defeated", "left"}
    if NEGATIONS.intersection(heads) or ABSENT.intersection(heads) or EXPELLING.intersection(heads):
        return Said(subject, place, clause, "absent", "")
    if (
        lacking.intersection(telling[:2])
        or ("no" in telling and "presence" in telling)
        or ("not" in telling and "found" in telling)
    ):
        return Said(subject, place, clause, "absent", "")
    narrow = replace(clause, first=_first_word(scan, block, own), end=_last_word(scan, block, own), places=[place])
    finding, why = judge_clause(scan.sentence, narrow, place, True)
    if finding == "present" and any(word in ("attack", "attacks", "incidents", "casualties") for word in heads):
        finding, why = "ask", "an attack is no presence"
    return Said(subject, place, clause, "ask" if finding == "nothing" else finding, why)


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
    if text in YES or (words and words[0] in YES):
        return True
    return True if any(word in {w.rstrip("s") for phrases in levels.values() for p in phrases for w in p} for word in
                       (each.rstrip("s") for each in words)) else None  # fmt: skip


def _read_marks(scan: Scan, block: Block, heads: Sequence[Scan], levels: Levels) -> list[Said]:
    """Read a row of marks: its place, and groups in the head of its table."""
    place = scan.places[0]
    clause = Clause("main", 0, len(scan.sentence.words), places=[place])
    groups: dict[int, tuple[str, ...]] = {}
    for cell, head in enumerate(heads):
        found = [group for chunk in head.groups if not chunk.rivals for group in chunk.groups]
        if found and _is_marked(block, cell, levels):
            groups[cell] = tuple(found)
    result = []
    for cell, ids in groups.items():
        narrow = replace(clause, first=_first_word(scan, block, cell), end=_last_word(scan, block, cell))
        result.append(Said(Subject(ids, clause=clause), place, narrow, "present", ""))
    return result


def _read_marks_of_group(scan: Scan, block: Block, heads: Sequence[Scan], levels: Levels) -> list[Said]:
    """Read a row of marks: its group, and places in the head of its table."""
    groups = scan.groups[0].groups
    result = []
    for cell, head in enumerate(heads):
        if head.places and _is_marked(block, cell, levels):
            clause = Clause("main", _first_word(scan, block, cell), _last_word(scan, block, cell))
            places = tuple(replace(place, first=0, last=0) for place in head.places[0].places)
            result.append(
                Said(
                    Subject(groups, clause=clause),
                    PlaceChunk(places, clause.first, clause.first),
                    clause,
                    "present",
                    "",
                )
            )
    return result
