"""Draws a text's draft beside the pairs that a person expects of it: the bars of issue 24."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from geo.api.drafts import DraftOptions, propose_draft
from geo.draft.proposals import RecordProposal
from geo.read.boundaries.gazetteer import read_gazetteer

Pair = tuple[str, str, str]
TABLE = Path(__file__).parents[2] / "presence.yaml"


@dataclass
class Score:
    """Pairs of a text by what became of them; ``questions`` holds those asked with whether the answer was offered."""

    expected: set[Pair] = field(default_factory=set)
    optional: set[Pair] = field(default_factory=set)
    proposed: set[Pair] = field(default_factory=set)
    questions: dict[Pair, bool] = field(default_factory=dict)
    asked: set[tuple[tuple[str, ...], str]] = field(default_factory=set)

    @property
    def missing(self) -> set[Pair]:
        return {each for each in self.expected if each not in self.proposed and each not in self.questions}

    @property
    def wrong(self) -> set[Pair]:
        return self.proposed - self.expected - self.optional


def read_pairs(path: Path) -> tuple[set[Pair], set[Pair]]:
    """Read what is expected, and what may be proposed or asked without being expected."""
    expected: set[Pair] = set()
    optional: set[Pair] = set()
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            group, place, finding = (part.strip() for part in line.lstrip("? ").split("|"))
            (optional if line.startswith("?") else expected).add((group, place, finding))
    return expected, optional


def name_places(record: RecordProposal) -> list[str]:
    units = read_gazetteer().units
    if record.kind == "unclear":
        return [units[code].name if code in units else code for code in record.places]
    return [units[code].name for code in record.units] or [record.region or record.kind]


def score_text(text: Path, table: Path = TABLE) -> Score:
    """Draft a text and compare it with the file of pairs beside it."""
    expected, optional = read_pairs(text.with_suffix(".pairs"))
    score = Score(expected, optional)
    for record in propose_draft([text], options=DraftOptions(table)).draft.records:
        places = name_places(record)
        if not record.is_question:
            score.proposed |= {(group, place, record.finding) for group in record.groups for place in places}
            continue
        who = record.groups or record.candidates
        score.asked |= {(who, place) for place in places} if record.kind != "unclear" else {(who, record.as_written)}
        for pair in expected - score.proposed:
            if pair[1] in places:
                score.questions[pair] = score.questions.get(pair, False) or pair[0] in who
    score.questions = {pair: known for pair, known in score.questions.items() if pair not in score.proposed}
    return score
