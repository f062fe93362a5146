"""Proposals as plain values, as they stand in a table; what a person has to answer is the text ``?``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.draft.proposals import Draft, RecordProposal, Spot, StatementProposal, StrengthProposal, TieProposal
from geo.model import Estimate, Gazetteer, NewEntry, Period
from geo.yaml_words import Value

__all__ = ["ASKED", "Frame", "Proposal", "ask", "list_proposals", "make_entry", "make_record"]

ASKED = "?"
Proposal = RecordProposal | StrengthProposal | StatementProposal | TieProposal


@dataclass(frozen=True)
class Frame:
    """What entries are made for: the units, the id of their source, whether the table has several levels."""

    gazetteer: Gazetteer
    source: str | None = None
    needs_level: bool = True


def list_proposals(draft: Draft) -> list[Proposal]:
    """List all proposals in the order of the texts, those of a sentence in the order of their kinds."""
    kinds = (draft.records, draft.strengths, draft.statements, draft.ties)
    found: list[Proposal] = [each for kind in kinds for each in kind]
    return sorted(found, key=lambda each: (each.spot.text, each.spot.page or 0, each.spot.line))


def make_entry(proposal: Proposal, frame: Frame) -> NewEntry:
    """Make an entry of a proposal; a group that is not known is asked for.

    Examples
    --------
    >>> proposal = StatementProposal("reds", (), Spot("The Reds are skilled.", 1))
    >>> make_entry(proposal, Frame(Gazetteer({}, {}, ""), "un"))
    NewEntry(under=('groups', 'reds', 'statements'), values={'text': 'The Reds are skilled.', 'source': 'un', \
'quote': 'The Reds are skilled.'}, name=None)
    """
    if isinstance(proposal, RecordProposal):
        return NewEntry(("presence",), make_record(proposal, frame))
    if isinstance(proposal, StrengthProposal):
        values = {**_list_figures(proposal.estimate), "counts": proposal.counts}
        evidence = _list_evidence(proposal.spot, frame, proposal.note)
        return NewEntry(("groups", proposal.group or ASKED, "strength"), {**values, **evidence})
    if isinstance(proposal, StatementProposal):
        about: dict[str, Value] = {"about": list(proposal.about)} if proposal.about else {}
        said = {"text": proposal.spot.quote, **about, **_list_evidence(proposal.spot, frame, "")}
        return NewEntry(("groups", proposal.group or ASKED, "statements"), said)
    ends: dict[str, Value] = {"between": list(proposal.groups)}
    if proposal.is_directed:
        ends = {"from": proposal.groups[0], "to": proposal.groups[1]}
    tie = {**ends, "type": proposal.type, "standing": proposal.standing}
    return NewEntry(("relations",), {**tie, **_list_evidence(proposal.spot, frame, proposal.note)})


def ask(record: RecordProposal, gazetteer: Gazetteer) -> str:
    """Say what a question is about, with candidates for its answer; nothing of what is none.

    Examples
    --------
    >>> ask(RecordProposal((), "nationwide", Spot("They are", 1), candidates=("reds",)), Gazetteer({}, {}, ""))
    'who is meant; candidates: reds'
    """
    if not record.is_question:
        return ""
    parts = [record.why or "who is meant"]
    if not record.groups:
        parts.append(f"candidates: {', '.join(record.candidates) or 'none in the table'}")
    if record.kind == "unclear":
        units = [gazetteer.units[key].name if key in gazetteer.units else key for key in record.places]
        parts.append(f"places: {', '.join(units) or 'not named'}")
    return "; ".join(parts)


def make_record(record: RecordProposal, frame: Frame) -> dict[str, Value]:
    """Make the values of a record.

    Examples
    --------
    >>> make_record(RecordProposal((), "nationwide", Spot("They are everywhere.", 3)), Frame(Gazetteer({}, {}, "")))
    {'group': '?', 'nationwide': 'true', 'level': '?', 'quote': 'They are everywhere.'}
    """
    values: dict[str, Value] = {"group": list(record.groups) if len(record.groups) > 1 else (*record.groups, ASKED)[0]}
    values |= _list_place(record, frame.gazetteer)
    if record.level or frame.needs_level:
        values["level"] = record.level or ASKED
    if record.finding != "present":
        values["finding"] = record.finding
    if record.as_written:
        values["as_written"] = record.as_written
    return values | _list_evidence(record.spot, frame, record.note, record.observed)


def _list_place(record: RecordProposal, gazetteer: Gazetteer) -> dict[str, Value]:
    if record.kind == "region":
        return {"region": record.region}
    if record.kind == "nationwide":
        return {"nationwide": "true"}
    if record.kind == "unlocated" and record.count:
        figures = _list_figures(record.count)
        return {"unlocated": figures["best"] if list(figures) == ["best"] else figures}
    if record.kind == "unclear":
        return {"in": ASKED}
    return {"in": [gazetteer.units[code].name for code in record.units]}


def _list_figures(estimate: Estimate) -> dict[str, str]:
    figures = {"low": estimate.low, "best": estimate.best, "high": estimate.high}
    return {name: _write_figure(figure) for name, figure in figures.items() if figure is not None}


def _write_figure(figure: float) -> str:
    return f"{figure:g}" if figure < 1e6 else str(int(figure))


def _list_evidence(spot: Spot, frame: Frame, note: str, observed: Period | None = None) -> dict[str, Value]:
    values: dict[str, Value] = {"observed": _name_period(observed)} if observed else {}
    values |= {"source": frame.source} if frame.source else {}
    values |= {"page": str(spot.page)} if spot.page else {}
    values |= {"note": note} if note else {}
    return values | {"quote": spot.quote}


def _name_period(period: Period) -> str | Mapping[str, Value]:
    if period.start == period.end:
        return str(period.start)
    ends = {"from": period.start, "to": period.end}
    return {name: str(moment) for name, moment in ends.items() if moment}
