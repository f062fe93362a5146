"""A draft as YAML in which every proposal is a comment: nothing enters a table without a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.draft.entries import Frame, ask, make_entry, make_record
from geo.draft.proposals import Draft, LeftAlone, RecordProposal, Spot, StatementProposal, TieProposal
from geo.model import Gazetteer
from geo.yaml_words import write_pairs, write_value, write_word

__all__ = ["DraftFrame", "write_record_draft"]

HEAD = """\
## A draft of {texts}: nothing of it is in a table. Lines with one # are proposals; take "# " off those that are right,
## and put them into the table. "?" is a question: who, where or which level. ## explains.
"""
ALONE = "## Left alone: names that are no place of a group, wishes and fears, and what was said before."
MOST_LEFT = 2_000


@dataclass(frozen=True)
class DraftFrame:
    """What a draft is written into: names of the texts, the id of their source, whether the table has several levels.

    ``indent`` are the blanks before an entry of a list in the table; ``title`` is that of a source which the table does
    not define yet.
    """

    texts: tuple[str, ...]
    source: str | None = None
    title: str | None = None
    indent: int = 2
    needs_level: bool = True


def write_record_draft(draft: Draft, gazetteer: Gazetteer, frame: DraftFrame) -> str:
    r"""Write a draft: records a line each, then strengths, statements and ties, then what is left alone.

    Examples
    --------
    >>> record = RecordProposal(("reds",), "nationwide", Spot('The Reds are "active".', 3))
    >>> frame = DraftFrame(("a.txt",), "s", needs_level=False)
    >>> text = write_record_draft(Draft([record]), Gazetteer({}, {}, ""), frame)
    >>> print(text.splitlines()[-1])
    #   - {group: reds, nationwide: true, source: s, quote: "The Reds are \"active\"."}
    """
    make = Frame(gazetteer, frame.source, frame.needs_level)
    lines = [HEAD.format(texts=", ".join(map(_show, frame.texts))).rstrip("\n")]
    lines.append(f"## {_count_all(draft)}")
    if frame.source and frame.title is not None:
        lines += ["", "# sources:", f"#   {write_word(frame.source)}: {write_value({'title': frame.title})}"]
    if draft.records:
        lines += ["", "# presence:", *_list_records(draft.records, make, frame)]
    if draft.strengths or draft.statements:
        lines += ["", "# groups:", *_list_groups(draft, make, frame)]
    if draft.ties:
        lines += ["", "# relations:", *_list_ties(draft.ties, frame, make)]
    if draft.left:
        lines += ["", ALONE, *_list_left(draft.left, frame)]
    return "\n".join(lines) + "\n"


def _count_all(draft: Draft) -> str:
    asked = sum(each.is_question for each in draft.records)
    counts = {
        "record": len(draft.records) - asked, "question": asked, "strength": len(draft.strengths),
        "statement": len(draft.statements), "tie": len(draft.ties),
    }  # fmt: skip
    said = [f"{number} {noun}{'s' * (number != 1)}" for noun, number in counts.items() if number]
    return f"{', '.join(said)}." if said else "Nothing is proposed."


def _list_records(records: Sequence[RecordProposal], make: Frame, frame: DraftFrame) -> Iterator[str]:
    """Write records in the order of the text, those of a sentence under one remark."""
    before: Spot | None = None
    for record in records:
        if record.spot != before:
            yield f"## {_word_spot(record.spot, frame)}"
            before = record.spot
        if asked := ask(record, make.gazetteer):
            yield f"## {_show(f'? {asked}')}"
        for remark in record.remarks:
            yield f"## {_show(remark)}"
        yield f"# {' ' * frame.indent}- {write_value(make_record(record, make))}"


def _word_spot(spot: Spot, frame: DraftFrame) -> str:
    place = f"page {spot.page}, line {spot.line}" if spot.page else f"line {spot.line}"
    return f"{_show(frame.texts[spot.text])}, {place}" if len(frame.texts) > 1 else place


def _list_groups(draft: Draft, make: Frame, frame: DraftFrame) -> Iterator[str]:
    """Write strengths and statements under their groups, in the order in which these come."""
    groups = dict.fromkeys([*(each.group for each in draft.strengths), *(each.group for each in draft.statements)])
    for group in groups:
        yield f"#   {write_word(group)}:"
        if strengths := [each for each in draft.strengths if each.group == group]:
            yield "#     strength:"
            for strength in strengths:
                yield f"## {_word_spot(strength.spot, frame)}"
                yield f"#       - {write_value(make_entry(strength, make).values)}"
        if statements := [each for each in draft.statements if each.group == group]:
            yield "#     statements:"
            for statement in statements:
                yield f"## {_word_spot(statement.spot, frame)}"
                yield from _write_statement(statement, make)


def _write_statement(statement: StatementProposal, make: Frame) -> Iterator[str]:
    dash = "#       - "
    for key, value in write_pairs(make_entry(statement, make).values):
        yield f"{dash}{key}: {value}"
        dash = "#         "


def _list_ties(ties: Iterable[TieProposal], frame: DraftFrame, make: Frame) -> Iterator[str]:
    for tie in ties:
        yield f"## {_word_spot(tie.spot, frame)}"
        dash = f"# {' ' * frame.indent}- "
        for key, value in write_pairs(make_entry(tie, make).values):
            yield f"{dash}{key}: {value}"
            dash = f"# {' ' * frame.indent}  "


def _list_left(left: Sequence[LeftAlone], frame: DraftFrame) -> Iterator[str]:
    for each in left[:MOST_LEFT]:
        spot = _word_spot(Spot("", each.line, each.page, each.file), frame)
        yield f"## {spot}: {_show(each.text)}: {_show(each.why)}"
    if len(left) > MOST_LEFT:
        yield f"## ... and {len(left) - MOST_LEFT} more"


def _show(text: str) -> str:
    """Write for a comment what would end its line as an escape."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
