"""A document in which quotes are looked for: its lines folded, once as they stand and once without margins of pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.model import DocumentLine, DocumentText
from geo.quotes.folded_text import JOINED, FoldedText, fold_text

__all__ = ["FoldedLines", "QuotePlace", "QuotedDocument", "Span", "open_document"]


@dataclass(frozen=True, order=True, slots=True)
class QuotePlace:
    """Where in a document something stands: the line is counted within its page, where there are pages.

    Examples
    --------
    >>> str(QuotePlace(3, 12)), str(QuotePlace(3))
    ('page 12, line 3', 'line 3')
    """

    line: int
    page: int | None = None

    def __str__(self) -> str:
        return f"page {self.page}, line {self.line}" if self.page else f"line {self.line}"


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of the letters of a folded text."""

    first: int
    last: int


class FoldedLines:
    """Lines of a document as one folded text, in which each letter has its place."""

    def __init__(self, lines: Sequence[DocumentLine]) -> None:
        self.lines = lines
        self.folded: FoldedText = fold_text("\n".join(line.text for line in lines))
        self._starts: list[int] = []
        size = 0
        for line in lines:
            self._starts.append(size)
            size += len(line.text) + 1

    def find_place(self, letter: int) -> QuotePlace:
        """Say where a letter of the key stands."""
        return self.find_offset(self.folded.locate(letter))

    def find_offset(self, offset: int) -> QuotePlace:
        """Say where a letter of the text stands."""
        line = self.lines[bisect_right(self._starts, offset) - 1]
        return QuotePlace(line.number, line.page)

    def list_pages(self, span: Span) -> range:
        """List the pages on which a stretch stands, none where there are no pages."""
        first, last = (self.find_place(letter).page for letter in (span.first, span.last - 1))
        return range(first or 0, (last or 0) + 1) if first else range(0)

    def find(self, words: FoldedText, start: int = 0, last: int | None = None) -> Iterator[Span]:
        r"""Find where these words stand, and no part of others.

        Examples
        --------
        >>> lines = FoldedLines([DocumentLine("Reds in Nan-", 1), DocumentLine("garhar, not in Nan", 2)])
        >>> [str(lines.find_place(span.first)) for span in lines.find(fold_text("Nangarhar"))]
        ['line 1']
        >>> list(lines.find(fold_text("garhar"))), list(lines.find(fold_text("Red")))
        ([Span(first=9, last=15)], [])
        """
        text, size = self.folded, len(words.key)
        end = len(text.key) if last is None else last
        at = text.key.find(words.key, start, end) if size else -1
        wanted = dict(words.list_gaps(0, size))
        while at >= 0:
            if text.is_apart(at) and text.is_apart(at + size) and self._fits(wanted, at, size):
                yield Span(at, at + size)
            at = text.key.find(words.key, at + 1, end)

    def _fits(self, wanted: dict[int, tuple[str, ...]], at: int, size: int) -> bool:
        """Tell whether between these letters may stand what stands between those that are looked for."""
        there = {place - at: means for place, means in self.folded.list_gaps(at, at + size)}
        return all(
            not {*there.get(place, JOINED)}.isdisjoint(wanted.get(place, JOINED)) for place in there.keys() | wanted
        )

    def stands_before(self, words: FoldedText, place: int) -> bool:
        """Tell whether these words stand right before a place."""
        size = len(words.key)
        wanted = dict(words.list_gaps(0, size))
        return self.folded.key.startswith(words.key, max(place - size, 0), place) and (
            place >= size and self._fits(wanted, place - size, size)
        )

    def stands_behind(self, words: FoldedText, place: int) -> bool:
        """Tell whether these words stand right behind a place."""
        wanted = dict(words.list_gaps(0, len(words.key)))
        return self.folded.key.startswith(words.key, place) and self._fits(wanted, place, len(words.key))


@dataclass(frozen=True, eq=False)
class QuotedDocument:
    """A document as quotes are looked for in it.

    ``body`` leaves out the heads and feet of pages, over which a sentence runs on; None where there are none.
    """

    given: DocumentText
    whole: FoldedLines
    body: FoldedLines | None = None

    @property
    def texts(self) -> tuple[FoldedLines, ...]:
        """Both, that without margins last."""
        return (self.whole, self.body) if self.body else (self.whole,)

    def count_words(self) -> int:
        """Count its words, what blanks part."""
        return sum(len(line.text.split()) for line in self.whole.lines)


def open_document(given: DocumentText) -> QuotedDocument:
    """Fold the lines of a document.

    Examples
    --------
    >>> open_document(DocumentText((DocumentLine("The Reds are here.", 1),))).count_words()
    4
    """
    kept = [line for line in given.lines if not line.is_margin]
    body = FoldedLines(kept) if len(kept) < len(given.lines) else None
    return QuotedDocument(given, FoldedLines(given.lines), body)
