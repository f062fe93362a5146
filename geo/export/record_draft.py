"""A draft as YAML in which every proposal is a comment: nothing enters a table without a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.draft.proposals import Draft, LeftAlone, RecordProposal, Spot, StatementProposal, StrengthProposal, TieProposal
from geo.model import Estimate, Gazetteer, Period

__all__ = ["DraftFrame", "write_record_draft"]

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_ ][A-Za-z0-9]+)*")
UNSURE = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])
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
    lines = [HEAD.format(texts=", ".join(map(_show, frame.texts))).rstrip("\n")]
    lines.append(f"## {_count_all(draft)}")
    if frame.source and frame.title is not None:
        lines += ["", "# sources:", f"#   {_word(frame.source)}: {{title: {_quote(frame.title)}}}"]
    if draft.records:
        lines += ["", "# presence:", *_list_records(draft.records, gazetteer, frame)]
    if draft.strengths or draft.statements:
        lines += ["", "# groups:", *_list_groups(draft, frame)]
    if draft.ties:
        lines += ["", "# relations:", *_list_ties(draft.ties, frame)]
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


def _list_records(records: Sequence[RecordProposal], gazetteer: Gazetteer, frame: DraftFrame) -> Iterator[str]:
    """Write records in the order of the text, those of a sentence under one remark."""
    before: Spot | None = None
    for record in records:
        if record.spot != before:
            yield f"## {_word_spot(record.spot, frame)}"
            before = record.spot
        if asked := _ask(record, gazetteer):
            yield f"## {asked}"
        for remark in record.remarks:
            yield f"## {_show(remark)}"
        yield f"# {' ' * frame.indent}- {_write_record(record, gazetteer, frame)}"


def _word_spot(spot: Spot, frame: DraftFrame) -> str:
    place = f"page {spot.page}, line {spot.line}" if spot.page else f"line {spot.line}"
    return f"{_show(frame.texts[spot.text])}, {place}" if len(frame.texts) > 1 else place


def _ask(record: RecordProposal, gazetteer: Gazetteer) -> str:
    if not record.is_question:
        return ""
    parts = [record.why or "who is meant"]
    if not record.groups:
        parts.append(f"candidates: {', '.join(record.candidates) or 'none in the table'}")
    if record.kind == "unclear":
        units = [gazetteer.units[key].name if key in gazetteer.units else key for key in record.places]
        parts.append(f"places: {', '.join(units) or 'not named'}")
    return _show(f"? {'; '.join(parts)}")


def _write_record(record: RecordProposal, gazetteer: Gazetteer, frame: DraftFrame) -> str:
    pairs = {
        "group": _list(record.groups) if len(record.groups) > 1 else _word(record.groups[0] if record.groups else "?")
    }
    pairs |= _write_place(record, gazetteer)
    if record.level or frame.needs_level:
        pairs["level"] = _word(record.level or "?")
    if record.finding != "present":
        pairs["finding"] = record.finding
    pairs |= {"as_written": _quote(record.as_written)} if record.as_written else {}
    pairs |= _write_evidence(record.spot, frame, record.note, record.observed)
    return _brace(pairs)


def _write_place(record: RecordProposal, gazetteer: Gazetteer) -> dict[str, str]:
    if record.kind == "region":
        return {"region": _word(record.region)}
    if record.kind == "nationwide":
        return {"nationwide": "true"}
    if record.kind == "unlocated" and record.count:
        return {"unlocated": _write_estimate(record.count)}
    if record.kind == "unclear":
        return {"in": '"?"'}
    return {"in": _list(gazetteer.units[code].name for code in record.units)}


def _write_evidence(spot: Spot, frame: DraftFrame, note: str, observed: Period | None = None) -> dict[str, str]:
    pairs = {"observed": _write_period(observed)} if observed else {}
    pairs |= {"source": _word(frame.source)} if frame.source else {}
    pairs |= {"page": _quote(str(spot.page))} if spot.page else {}
    pairs |= {"note": _quote(note)} if note else {}
    return pairs | {"quote": _quote(spot.quote)}


def _write_period(period: Period) -> str:
    if period.start == period.end:
        return str(period.start)
    ends = {"from": period.start, "to": period.end}
    return _brace({name: str(moment) for name, moment in ends.items() if moment})


def _write_estimate(estimate: Estimate) -> str:
    figures = {"low": estimate.low, "best": estimate.best, "high": estimate.high}
    given = {
        name: f"{figure:g}" if figure < 1e6 else str(int(figure))
        for name, figure in figures.items()
        if figure is not None
    }
    return given["best"] if list(given) == ["best"] else _brace(given)


def _list_groups(draft: Draft, frame: DraftFrame) -> Iterator[str]:
    """Write strengths and statements under their groups, in the order in which these come."""
    groups = dict.fromkeys([*(each.group for each in draft.strengths), *(each.group for each in draft.statements)])
    for group in groups:
        yield f"#   {_word(group)}:"
        if strengths := [each for each in draft.strengths if each.group == group]:
            yield "#     strength:"
            for strength in strengths:
                yield f"## {_word_spot(strength.spot, frame)}"
                yield f"#       - {_write_strength(strength, frame)}"
        if statements := [each for each in draft.statements if each.group == group]:
            yield "#     statements:"
            for statement in statements:
                yield f"## {_word_spot(statement.spot, frame)}"
                yield from _write_statement(statement, frame)


def _write_strength(strength: StrengthProposal, frame: DraftFrame) -> str:
    estimate = strength.estimate
    figures = {"low": estimate.low, "best": estimate.best, "high": estimate.high}
    pairs = {name: str(int(figure)) for name, figure in figures.items() if figure is not None}
    return _brace(pairs | {"counts": _word(strength.counts)} | _write_evidence(strength.spot, frame, strength.note))


def _write_statement(statement: StatementProposal, frame: DraftFrame) -> Iterator[str]:
    yield f"#       - text: {_quote(statement.spot.quote)}"
    if statement.about:
        yield f"#         about: {_list(statement.about)}"
    for key, value in _write_evidence(statement.spot, frame, "").items():
        yield f"#         {key}: {value}"


def _list_ties(ties: Iterable[TieProposal], frame: DraftFrame) -> Iterator[str]:
    dash = f"# {' ' * frame.indent}- "
    for tie in ties:
        yield f"## {_word_spot(tie.spot, frame)}"
        ends = (
            {"from": _word(tie.groups[0]), "to": _word(tie.groups[1])}
            if tie.is_directed
            else {"between": _list(tie.groups)}
        )
        pairs = ends | {"type": tie.type, "standing": _word(tie.standing)} | _write_evidence(tie.spot, frame, tie.note)
        for number, (key, value) in enumerate(pairs.items()):
            yield f"{'#' + ' ' * (len(dash) - 1) if number else dash}{key}: {value}"


def _list_left(left: Sequence[LeftAlone], frame: DraftFrame) -> Iterator[str]:
    for each in left[:MOST_LEFT]:
        spot = _word_spot(Spot("", each.line, each.page, each.file), frame)
        yield f"## {spot}: {_show(each.text)}: {_show(each.why)}"
    if len(left) > MOST_LEFT:
        yield f"## ... and {len(left) - MOST_LEFT} more"


def _brace(pairs: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in pairs.items())}}}"


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_word, words))}]"


def _word(text: str) -> str:
    """Write a word as it is where nothing else could be read of it, else in quotes."""
    return text if PLAIN.fullmatch(text) and text.lower() not in UNSURE else _quote(text)


def _quote(text: str) -> str:
    """Write a text in quotes, on one line whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _show(text: str) -> str:
    """Write for a comment what would end its line as an escape."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
