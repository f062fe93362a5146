"""The sentences of a source's copy that hold some words, ready for a record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import load_gazetteer
from geo.api.job import Job
from geo.api.quotes.copies import read_copies, refuse_piped
from geo.errors import Problem, TableError
from geo.option_values import DEFAULT_TABLE
from geo.read.common.names import nearest_names
from geo.read.common.nodes import cut, quote
from geo.read.table.reader import read_presence

if TYPE_CHECKING:
    from geo.quotes.quote_search import Quotable

__all__ = ["LookedUp", "look_up_quote"]


@dataclass(frozen=True)
class LookedUp:
    """The sentences found, `geo.quotes.quote_search.MOST_MATCHES` at most, and what is doubtful about the copy."""

    sentences: tuple[Quotable, ...]
    told: tuple[Problem, ...] = ()


def look_up_quote(source: str, words: str, table: Path = Path(DEFAULT_TABLE), job: Job = Job()) -> LookedUp:
    """Find the sentences of the copy of a source that hold some words, folded as quotes are when they are checked.

    Where there is none, or no copy that can be read, that is a `TableError` with the nearest sentence.
    """
    from geo.quotes.find_quote import find_nearest
    from geo.quotes.quote_search import search_quotes

    refuse_piped(table)
    checked, _ = read_presence(table, load_gazetteer(job.boundaries), allow_empty=True)
    known = checked.sources.get(source)
    copied = [each.id for each in checked.sources.values() if each.copy]
    if known is None or known.copy is None:
        found = f"no source {quote(source)}" if known is None else f"the source {cut(source)} without a `copy`"
        near = nearest_names(source, copied) if known is None else ()
        lacked = "that source under `sources`, with a `copy`" if known is None else "`copy` with its `file`"
        expected = f"a source with one: {', '.join(map(cut, copied[:8]))}" if copied else lacked
        raise TableError([Problem(str(table), found, expected, near)])
    if not any(map(str.isalnum, words)):
        raise TableError([Problem(str(table), f"no word in {quote(words)}", "some words of the sentence")])
    copies = read_copies(table, [known], [source], job)
    if source not in copies.documents:
        raise TableError([problem for problem in copies.problems if problem.severity == "error"])
    document = copies.documents[source]
    sentences = search_quotes(document, words)
    if not sentences:
        nearest, place = find_nearest(document, words)
        near = (f"{nearest} ({place})",) if nearest else ()
        found = f"no sentence of {quote(known.copy.file)} holds {quote(words)}"
        raise TableError([Problem(str(table), found, "words as they stand there, letter for letter", near)])
    return LookedUp(sentences, copies.problems)
