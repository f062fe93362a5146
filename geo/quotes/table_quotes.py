"""The quotes of a table, each with whose it is, and what became of it in the copy of its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geo.model import Evidence, Quoted, Strength, Table
from geo.quotes.find_quote import NO_COPY, Found, find_quote
from geo.quotes.quoted_document import QuotedDocument

__all__ = ["QuoteFinding", "count_quoted_words", "find_quotes", "list_quotes"]


@dataclass(frozen=True)
class QuoteFinding:
    """What became of one quote.

    Parameters
    ----------
    of : str
        Whose it is, such as ``"record 3"``.
    evidence : Evidence
        Its source, its words, and the page and locator given.
    found : Found
        Whether it is ``"found"``, ``"elsewhere"`` or ``"not found"``, or has ``"no copy"`` to be looked for in.
    """

    of: str
    evidence: Evidence
    found: Found

    @property
    def state(self) -> str:
        """That of what was found."""
        return self.found.state


def list_quotes(table: Table) -> Iterator[tuple[str, Evidence]]:
    """List the evidence of a table that quotes something, with whose it is.

    Examples
    --------
    >>> from geo.model import Place, Record
    >>> record = Record(("a",), Place("nationwide"), "l", Evidence("s", quote="They are here."))
    >>> [of for of, _ in list_quotes(Table("t", {}, {}, {}, (record,), ()))]
    ['record 1']
    """
    for of, evidence in _list_evidence(table):
        if evidence.quote:
            yield of, evidence


def _list_evidence(table: Table) -> Iterator[tuple[str, Evidence]]:
    for number, record in enumerate(table.records, 1):
        yield f"record {number}", record.evidence
    for group in table.groups.values():
        if group.part_of:
            yield f"part_of of {group.id}", group.part_of.evidence
        for strength in group.strengths:
            yield from ((f"strength of {group.id}", evidence) for evidence in _list_parts(strength))
        for number, statement in enumerate(group.statements, 1):
            yield f"statement {number} of {group.id}", statement.evidence
    for number, relation in enumerate(table.relations, 1):
        yield f"relation {number}", relation.evidence


def _list_parts(strength: Strength) -> Iterator[Evidence]:
    yield strength.evidence
    for part in strength.of_which:
        yield from _list_parts(part)


def find_quotes(table: Table, documents: Mapping[str, QuotedDocument]) -> tuple[QuoteFinding, ...]:
    """Look for each quote of a table in the document of its source, where there is one.

    Examples
    --------
    >>> find_quotes(Table("t", {}, {}, {}, (), ()), {})
    ()
    """
    known: dict[Quoted, Found] = {}
    findings = []
    for of, evidence in list_quotes(table):
        document = documents.get(evidence.source or "")
        if (key := evidence.quoted) not in known:
            known[key] = find_quote(document, evidence) if document else Found(NO_COPY)
        findings.append(QuoteFinding(of, evidence, known[key]))
    return tuple(findings)


def count_quoted_words(table: Table) -> dict[str, list[tuple[Evidence, int]]]:
    """List by source what is quoted of it, each text once, with how many words that are."""
    found: dict[str, dict[str, tuple[Evidence, int]]] = {}
    for _, evidence in list_quotes(table):
        if evidence.source and evidence.quote:
            words = evidence.quote.split()
            found.setdefault(evidence.source, {}).setdefault(" ".join(words), (evidence, len(words)))
    return {source: list(texts.values()) for source, texts in found.items()}
