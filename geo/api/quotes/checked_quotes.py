"""The quotes of a table, looked for in the copies of its sources: found there, elsewhere, or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.job import Job
from geo.api.quotes.copies import Copies, list_copied, read_copies, refuse_piped
from geo.errors import Problem
from geo.model import Evidence, Position, Quoted, Table
from geo.read.common.nodes import cut, list_few, quote

if TYPE_CHECKING:
    from geo.quotes.table_quotes import QuoteFinding

__all__ = ["CheckedQuotes", "doubt_quotes", "find_checked", "prove_quotes"]

MOST_WORDS = 300
LARGEST_PART = 10
"""A tenth of a copy may be quoted."""

AS_IT_STANDS = "the words as they stand in the copy; 'presence quote' finds a sentence by some of them"


@dataclass(frozen=True)
class CheckedQuotes:
    """What became of each quote, in the order of the table's parts, and what is wrong or doubtful."""

    findings: tuple[QuoteFinding, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those of the problems that are errors."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """Those that are warnings."""
        return tuple(problem for problem in self.problems if problem.severity != "error")


def prove_quotes(table: Path, checked: Table, job: Job = Job()) -> CheckedQuotes:
    """Look for each quote of a table in the copy of its source.

    A quote that does not stand there is an error, and so is a copy that cannot be read or was changed; one that stands
    elsewhere than its record says is a warning.
    """
    from geo.quotes.table_quotes import find_quotes

    refuse_piped(table)
    copies = _read(table, checked, job)
    findings = find_quotes(checked, copies.documents)
    problems = [*copies.problems, *_doubt_length(table, checked, copies)]
    for finding in findings:
        problems += _judge(table, checked, finding)
    return CheckedQuotes(findings, tuple(dict.fromkeys(problems)))


def doubt_quotes(table: Path, checked: Table, job: Job = Job()) -> tuple[Problem, ...]:
    """Warn of copies that cannot be read or were changed, and of sources of which too much is quoted."""
    if str(table) == "-":
        return tuple(_doubt_length(table, checked, Copies()))
    copies = _read(table, checked, job)
    told = (replace(problem, severity="warning") for problem in copies.problems)
    return (*told, *_doubt_length(table, checked, copies))


def find_checked(table: Path, checked: Table, job: Job = Job()) -> frozenset[Quoted]:
    """Find the quotes that stand where the table says, in copies that are what their SHA-256 says.

    Where no copy can be read, nothing is checked, and that is told.
    """
    if str(table) == "-" or not list_copied(checked):
        return frozenset()
    from geo.quotes.find_quote import FOUND
    from geo.quotes.table_quotes import find_quotes

    copies = _read(table, checked, job)
    for problem in copies.problems:
        if problem.severity == "error":
            job.progress(f"marking no quote of a copy: {problem.found}")
    documents = {source: each for source, each in copies.documents.items() if source not in copies.altered}
    return frozenset(each.evidence.quoted for each in find_quotes(checked, documents) if each.state == FOUND)


def _read(table: Path, checked: Table, job: Job) -> Copies:
    sources = list_copied(checked)
    if not sources:
        return Copies()
    from geo.quotes.table_quotes import list_quotes

    quoted = (evidence.source for _, evidence in list_quotes(checked))
    return read_copies(table, sources, filter(None, quoted), job)


def _doubt_length(table: Path, checked: Table, copies: Copies) -> Iterator[Problem]:
    """Warn of a source of which more is quoted than a few sentences, at the quote that is too many."""
    from geo.quotes.table_quotes import count_quoted_words

    name = "standard input" if str(table) == "-" else str(table)
    for source, quotes in count_quoted_words(checked).items():
        document = copies.documents.get(source)
        words = sum(number for _, number in quotes)
        whole = document.count_words() if document else None
        if words > MOST_WORDS:
            found = f"{words} words quoted of {cut(source)}, more than {MOST_WORDS}"
        elif whole and words * LARGEST_PART > whole:
            found = f"{words} words quoted of {cut(source)}, more than a tenth of the {whole:,} in its copy"
        else:
            continue
        most = min(MOST_WORDS, whole // LARGEST_PART) if whole else MOST_WORDS
        expected = f"shorter quotes, {most} words in all"
        yield Problem(name, found, expected, position=_find_excess(quotes, most), severity="warning")


def _find_excess(quotes: list[tuple[Evidence, int]], most: int) -> Position | None:
    """Find the quote with which there are more words than may be."""
    totals = accumulate(number for _, number in quotes)
    return next(evidence.position for (evidence, _), total in zip(quotes, totals, strict=True) if total > most)


def _judge(table: Path, checked: Table, finding: QuoteFinding) -> Iterator[Problem]:
    from geo.quotes.find_quote import ELSEWHERE, NOT_FOUND

    evidence, found = finding.evidence, finding.found
    source = checked.sources.get(evidence.source or "")
    copy = source.copy.file if source and source.copy else ""
    words = quote(evidence.quote or "")
    if found.state == NOT_FOUND:
        nearest = (f"{found.nearest} ({found.places[0]})",) if found.nearest else ()
        said = f"{words}, which does not stand in {quote(copy)}"
        yield Problem(str(table), said, AS_IT_STANDS, nearest, evidence.position)
    elif found.state == ELSEWHERE:
        places = list_few(list(map(str, found.places)))
        said = f"{words} stands in {quote(copy)}, but {found.why}"
        expected = f"`page` or `locator` of where it stands: {places}"
        yield Problem(str(table), said, expected, (), evidence.position, "warning")
