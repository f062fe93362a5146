"""What a draft proposes: records, strengths, statements and ties, and the names that it leaves alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.model import Estimate, Period

__all__ = ["Draft", "LeftAlone", "RecordProposal", "Spot", "StatementProposal", "StrengthProposal", "TieProposal"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sentence stands, and its words; ``text`` is the number of the text that was read, from 0."""

    quote: str
    line: int
    page: int | None = None
    text: int = 0


@dataclass(frozen=True, slots=True)
class RecordProposal:
    """A record as it may enter a table, or a question: then ``groups`` is empty, and ``candidates`` may be the answer.

    ``kind`` is in, region, nationwide, unlocated, or unclear where it is a question which units are meant, perhaps
    ``places``. ``level`` is an id, or None where the text has no word for one of the table's. ``why`` says what makes a
    question of it; ``remarks`` say what is doubtful besides.
    """

    groups: tuple[str, ...]
    kind: str
    spot: Spot
    units: tuple[str, ...] = ()
    region: str = ""
    count: Estimate | None = None
    candidates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    level: str | None = None
    finding: str = "present"
    observed: Period | None = None
    note: str = ""
    as_written: str = ""
    why: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether a person has to say who or where before it can be a record."""
        return not self.groups or self.kind == "unclear"


@dataclass(frozen=True, slots=True)
class StrengthProposal:
    """How many of what a group is said to have; no group where that is a question."""

    group: str
    estimate: Estimate
    counts: str
    spot: Spot
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatementProposal:
    """A sentence about a group that says no presence; ``about`` are others that it names."""

    group: str
    about: tuple[str, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class TieProposal:
    """A tie between groups; with a direction the first is from, the second to."""

    groups: tuple[str, ...]
    type: str
    is_directed: bool
    standing: str
    spot: Spot
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A name like a unit's, or a thing said again, of which nothing is proposed, and why."""

    text: str
    why: str
    line: int
    page: int | None = None
    file: int = 0


@dataclass
class Draft:
    """All that texts give, in their order."""

    records: list[RecordProposal] = field(default_factory=list)
    strengths: list[StrengthProposal] = field(default_factory=list)
    statements: list[StatementProposal] = field(default_factory=list)
    ties: list[TieProposal] = field(default_factory=list)
    left: list[LeftAlone] = field(default_factory=list)

    def add(self, proposal: StrengthProposal | StatementProposal | TieProposal) -> None:
        """Put a proposal that is no record where those of its kind are."""
        if isinstance(proposal, StrengthProposal):
            self.strengths.append(proposal)
        elif isinstance(proposal, StatementProposal):
            self.statements.append(proposal)
        else:
            self.ties.append(proposal)
