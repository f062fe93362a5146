"""The words of a sentence that made a proposal of it: who, and where."""

from __future__ import annotations

from dataclasses import dataclass

from geo.draft.entries import Proposal
from geo.draft.known_names import NameIndex, index_names
from geo.draft.places import Place, RegionWords
from geo.draft.proposals import RecordProposal, StatementProposal, StrengthProposal
from geo.draft.scan import scan_sentence
from geo.draft.sentences import Sentence
from geo.model import Gazetteer, Table
from geo.read.documents.blocks import join_lines

__all__ = ["MarkedWords", "Marker"]


@dataclass(frozen=True, order=True, slots=True)
class MarkedWords:
    """Words of a sentence from ``start`` to ``end``, which say ``kind``: who or where."""

    start: int
    end: int
    kind: str


class Marker:
    """Marks words by the names that a draft was made with; they are the same for all proposals."""

    def __init__(self, table: Table, gazetteer: Gazetteer) -> None:
        self.names: NameIndex = index_names(table, gazetteer)
        self.words = RegionWords.of(gazetteer, {})

    def mark(self, proposal: Proposal) -> tuple[MarkedWords, ...]:
        """Mark the words of a proposal's sentence: groups that it has or asks about, places that it has.

        Examples
        --------
        >>> from geo.draft.proposals import Spot
        >>> from geo.model import Group, Unit
        >>> table = Table("", {}, {}, {"reds": Group("reds", "Reds", "Reds")}, (), ())
        >>> gazetteer = Gazetteer({"AF-KNR": Unit("AF-KNR", "", "", "Kunar", "")}, {}, "")
        >>> spot = Spot("The Reds are active in Kunar.", 1)
        >>> marks = Marker(table, gazetteer).mark(RecordProposal(("reds",), "in", spot, units=("AF-KNR",)))
        >>> [(spot.quote[each.start : each.end], each.kind) for each in marks]
        [('Reds', 'who'), ('Kunar', 'where')]
        """
        quote = proposal.spot.quote
        sentence = Sentence(join_lines("paragraph", [(1, quote)]), 0, len(quote))
        if sentence.text != quote:  # whose places would be others
            return ()
        scan = scan_sentence(sentence, self.names.copy(), self.words)
        groups = _list_groups(proposal)
        spans = [(each.first, each.last, "who") for each in scan.groups if groups & {*each.groups, *each.rivals}]
        if not spans:
            spans = [(each.first, each.last, "who") for each in scan.others if each.kind == "anaphor"]
        if isinstance(proposal, RecordProposal):
            places = [place for chunk in scan.places for place in chunk.places]
            spans += [(each.first, each.last, "where") for each in places if _is_meant(each, proposal)]
        marks, end = [], 0
        for first, last, kind in sorted(spans):
            if sentence.starts[first] >= end:
                end = sentence.ends[last]
                marks.append(MarkedWords(sentence.starts[first], end, kind))
        return tuple(marks)


def _list_groups(proposal: Proposal) -> frozenset[str]:
    if isinstance(proposal, RecordProposal):
        return frozenset((*proposal.groups, *proposal.candidates))
    if isinstance(proposal, StrengthProposal):
        return frozenset((proposal.group,))
    if isinstance(proposal, StatementProposal):
        return frozenset((proposal.group, *proposal.about))
    return frozenset(proposal.groups)


def _is_meant(place: Place, record: RecordProposal) -> bool:
    if place.kind == "unit" and record.kind == "in":
        return place.key in record.units
    if record.kind == "unclear":
        return place.kind == "unclear" or place.key in record.places
    return place.kind == record.kind and (place.kind != "region" or place.key == record.region)
