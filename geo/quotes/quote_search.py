"""The sentences of a document that hold some words, as quotes ready for a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.draft.sentences import split_sentences
from geo.model import Evidence, Locator
from geo.quotes.find_quote import find_quote
from geo.quotes.folded_text import fold_text
from geo.quotes.plain_words import write_plain
from geo.quotes.quoted_document import FoldedLines, QuotedDocument, QuotePlace, Span
from geo.read.documents.blocks import Block

__all__ = ["MOST_MATCHES", "Quotable", "search_quotes"]

MOST_MATCHES = 20
FEWEST_AROUND, MOST_AROUND = 3, 12
"""Words on each side by which a place is told from others."""

FAR = 3_000
APART = re.compile(r"\n[^\S\n]*\n|^[^\S\n]*[-*\u2022\u25aa\u2023]\s+|^#{1,6}\s.*\n", re.MULTILINE)
"""Between paragraphs, the mark of an item of a list, and a heading of Markdown."""


@dataclass(frozen=True)
class Quotable:
    """A sentence as a record may quote it: its words, its place, and the words around it where it stands twice."""

    quote: str
    place: QuotePlace
    locator: Locator | None = None
    last_page: int | None = None

    @property
    def page(self) -> str | None:
        """As a record names it, from and to where it runs on.

        Examples
        --------
        >>> Quotable("They are here.", QuotePlace(40, 12), last_page=13).page
        '12-13'
        """
        first, last = self.place.page, self.last_page
        return f"{first}-{last}" if last and last != first else str(first) if first else None


def search_quotes(document: QuotedDocument, words: str) -> tuple[Quotable, ...]:
    """Find the sentences that hold some words, in their order, `MOST_MATCHES` at most.

    Examples
    --------
    >>> from geo.model import DocumentLine, DocumentText
    >>> from geo.quotes.quoted_document import open_document
    >>> said = DocumentText((DocumentLine("Gen. Red is here. They are not in Nan-", 1), DocumentLine("garhar.", 2)))
    >>> [(each.quote, str(each.place)) for each in search_quotes(open_document(said), "in Nangarhar")]
    [('They are not in Nangarhar.', 'line 1')]
    """
    text, folded = document.texts[-1], fold_text(words)
    found: dict[tuple[int, int], None] = {}
    for span in text.find(folded):
        found[_find_sentence(text, span)] = None
        if len(found) > MOST_MATCHES:
            break
    return tuple(_make_quotable(document, text, *ends) for ends in list(found)[:MOST_MATCHES])


def _find_sentence(text: FoldedLines, span: Span) -> tuple[int, int]:
    """Find where the sentence, or the sentences, begin and end in which a stretch stands."""
    raw = text.folded.text
    first, last = text.folded.locate(span.first), text.folded.locate(span.last - 1) + 1
    low, high = max(first - FAR, 0), min(last + FAR, len(raw))
    low = max((found.end() for found in APART.finditer(raw, low, first)), default=low)
    high = next((found.start() for found in APART.finditer(raw, last, high)), high)
    # Signs of one blank each, so that places stay as they are.
    flat = re.sub(r"\s", " ", raw[low:high])
    starts = [low + each.start for each in split_sentences(Block("paragraph", flat, (0,), (1,)))]
    start = max((each for each in starts if each <= first), default=low)
    end = min((each for each in starts if each >= last), default=high)
    lead = len(raw[start:end]) - len(raw[start:end].lstrip())
    return start + lead, start + len(raw[start:end].rstrip())


def _make_quotable(document: QuotedDocument, text: FoldedLines, first: int, last: int) -> Quotable:
    quote, place = write_plain(text.folded.text, first, last), text.find_offset(first)
    folded = fold_text(quote)
    spans = list(text.find(folded))
    made = Quotable(quote, place, last_page=text.find_offset(last - 1).page)
    if len(spans) < 2:
        return made
    mine = next((span for span in spans if text.folded.locate(span.first) == first), spans[0])
    return replace(made, locator=next(_list_locators(document, text, mine, made), None))


def _list_locators(document: QuotedDocument, text: FoldedLines, span: Span, made: Quotable) -> Iterator[Locator]:
    """List locators that lead to this place alone, the shortest first."""
    raw = text.folded.text
    first, last = text.folded.locate(span.first), text.folded.locate(span.last - 1) + 1
    for number in range(FEWEST_AROUND, MOST_AROUND + 1, 3):
        before = list(re.finditer(r"\S+", raw[max(first - FAR, 0) : first]))[-number:]
        behind = list(re.finditer(r"\S+", raw[last : last + FAR]))[:number]
        low = max(first - FAR, 0) + before[0].start() if before else first
        high = last + behind[-1].end() if behind else last
        sides = write_plain(raw, low, first) or None, write_plain(raw, last, high) or None
        locator = Locator(*sides)
        found = find_quote(document, Evidence(quote=made.quote, locator=locator))
        if any(sides) and found.places == (made.place,):
            yield locator
