"""Where a quote stands in a document, whether that is where its record says, and what there is most like it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from geo.model import Evidence, Locator
from geo.option_values import QUOTE_STATES
from geo.quotes.folded_text import MARKS, FoldedText, fold_text
from geo.quotes.plain_words import write_plain
from geo.quotes.quoted_document import FoldedLines, QuotedDocument, QuotePlace, Span

__all__ = ["ELSEWHERE", "FOUND", "NOT_FOUND", "NO_COPY", "Found", "find_nearest", "find_quote"]

FOUND, ELSEWHERE, NOT_FOUND, NO_COPY = QUOTE_STATES
LEFT_OUT = re.compile(r"\s*[\[(](?:\u2026|\.\.\.)[\])]\s*")
"""Where a quote leaves something out, as one writes it: the words on both sides must stand there in this order."""

FARTHEST = 2_000
"""Letters between two such parts."""

PAGES = re.compile(r"(\w+)(?:\s*[-\u2013]\s*(\w+))?")
MOST_SPANS, MOST_PLACES = 1_000, 20
"""At so many places a quote is looked at, and so many are told; a word alone may stand at any number."""

LONGEST_SHOWN = 300
FEWEST_ALIKE = 0.4
"""How many of its words a sentence must share with a quote to be shown in its place."""

STOP = re.compile("[.!?\u061f\u06d4\u2026][\"'\u201d\u2019\u00bb)\\]]*\\s")
MOST_OF = 0.5
TRIM = "\"'.,;:!?()[]\u060c\u061b\u061f\u06d4"


@dataclass(frozen=True)
class Found:
    """What became of a quote in a document.

    ``state`` is `FOUND`, `ELSEWHERE` where its page or locator does not hold, as ``why`` says, or `NOT_FOUND`, with the
    ``nearest`` words that stand there.
    """

    state: str
    places: tuple[QuotePlace, ...] = ()
    why: str = ""
    nearest: str = ""


def find_quote(document: QuotedDocument, evidence: Evidence) -> Found:
    """Look for the quote of some evidence, and for its page and locator.

    Examples
    --------
    >>> from geo.model import DocumentLine, DocumentText
    >>> from geo.quotes.quoted_document import open_document
    >>> said = open_document(DocumentText((DocumentLine("The Reds are here. The Blues are not.", 1),)))
    >>> find_quote(said, Evidence(quote="The Blues are not.")).state
    'found'
    >>> find_quote(said, Evidence(quote="The Blues are gone.")).nearest
    'The Blues are not.'
    """
    parts = [fold_text(part) for part in LEFT_OUT.split(evidence.quote or "")]
    parts = [part for part in parts if part.key]
    read = [(text, list(islice(_find_parts(text, parts), MOST_SPANS))) for text in document.texts] if parts else []
    judged = [_judge(document, text, spans, evidence) for text, spans in read if spans]
    if judged:  # What runs on over the foot of a page stands only where that is left out.
        return next((each for each in judged if each.state == FOUND), judged[0])
    nearest, place = find_nearest(document, evidence.quote or "")
    return Found(NOT_FOUND, (place,) if place else (), nearest=nearest)


def _find_parts(text: FoldedLines, parts: Sequence[FoldedText]) -> Iterator[Span]:
    """Find the parts of a quote in their order; of several ways that with the least between them."""
    for first in text.find(parts[0]):
        last: Span | None = first
        for part in parts[1:]:
            last = last and next(text.find(part, last.last, last.last + FARTHEST), None)
        if last:
            yield Span(first.first, last.last)


def _judge(document: QuotedDocument, text: FoldedLines, spans: list[Span], evidence: Evidence) -> Found:
    held = [span for span in spans if _holds(text, span, evidence.locator)]
    if not held:
        return Found(ELSEWHERE, _list_places(text, spans), "without the words of `locator` around it")
    known = {name.lower() for names in document.given.labels.values() for name in names}
    pages = _list_named(evidence.page, known) if evidence.page else []
    there = [span for span in held if _is_on(document, text.list_pages(span), pages)]
    if not there:
        return Found(ELSEWHERE, _list_places(text, held), f"not on page {evidence.page}")
    return Found(FOUND, _list_places(text, there))


def _list_places(text: FoldedLines, spans: Sequence[Span]) -> tuple[QuotePlace, ...]:
    return tuple(text.find_place(span.first) for span in spans[:MOST_PLACES])


def _holds(text: FoldedLines, span: Span, locator: Locator | None) -> bool:
    before, behind = (fold_text(words or "") for words in (locator.prefix, locator.suffix)) if locator else (None, None)
    return (before is None or text.stands_before(before, span.first)) and (
        behind is None or text.stands_behind(behind, span.last)
    )


def _list_named(page: str, known: Collection[str]) -> list[tuple[str, str]]:
    """List the pages that a record names, from and to, as far as they are numbers or names of pages.

    Examples
    --------
    >>> _list_named("12, 14-16", ()), _list_named("p. xii", ["xii"]), _list_named("A-9", ["a-9"])
    ([('12', '12'), ('14', '16')], [('xii', 'xii')], [('a-9', 'a-9')])
    """
    if (whole := page.strip().lower()) in known:
        return [(whole, whole)]
    named = [(first.lower(), (last or first).lower()) for first, last in PAGES.findall(page)]
    return [(first, last) for first, last in named if first.isdigit() or first in known]


def _is_on(document: QuotedDocument, pages: range, named: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a stretch begins, runs or ends on a page that is named; where nothing tells, it does."""
    called = {name.lower() for page in pages for name in document.given.labels.get(page, frozenset())}
    if not called or not named:
        return True
    return any(_lies_within(name, first, last) for name in called for first, last in named)


def _lies_within(name: str, first: str, last: str) -> bool:
    if name.isdigit() and first.isdigit() and last.isdigit():
        start = int(first)
        # "121-4" is from page 121 to 124.
        end = int(last) if len(last) >= len(first) else int(first[: -len(last)] + last)
        return start <= int(name) <= end
    return name in (first, last)


def find_nearest(document: QuotedDocument, quote: str) -> tuple[str, QuotePlace | None]:
    """Find the sentence that shares most words with a quote; none where all share few.

    A window as long as the quote runs over the text and counts the words that both have.
    """
    wanted = Counter(map(_fold_word, quote.split()))
    size, text = sum(wanted.values()), document.texts[-1].folded.text
    spans, words = _list_words(text)
    if not size or not words:
        return "", None
    best, best_at, shared = 0, 0, 0
    left = Counter(wanted)
    for at, word in enumerate(words):
        shared += left[word] > 0
        left[word] -= 1
        if at >= size:
            gone = words[at - size]
            left[gone] += 1
            shared -= left[gone] > 0
        if shared > best:
            best, best_at = shared, max(at - size + 1, 0)
    if best < FEWEST_ALIKE * size:
        return "", None
    first, last = spans[best_at][0], spans[min(best_at + size, len(spans)) - 1][1]
    first, last = _choose_sentences(text, first, last, wanted)
    shown = write_plain(text, first, last)
    shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN].rsplit(' ', 1)[0]} \u2026"
    return shown, document.texts[-1].find_offset(first)


@lru_cache(maxsize=2)  # Many quotes are looked for in one text.
def _list_words(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    spans = [found.span() for found in re.finditer(r"\S+", text)]
    return spans, [_fold_word(text[start:end]) for start, end in spans]


def _fold_word(word: str) -> str:
    return word.translate(MARKS).strip(TRIM).casefold()


def _choose_sentences(text: str, first: int, last: int, wanted: Counter[str]) -> tuple[int, int]:
    """Choose of the sentences in a stretch the one with most of the words, or all, where no one has most of them."""
    low, high = max(first - LONGEST_SHOWN, 0), min(last + LONGEST_SHOWN, len(text))
    stops = [low, *(found.end() for found in STOP.finditer(text, low, high)), high]
    parts = [(start, end) for start, end in pairwise(stops) if start < last and end > first]
    shared = [sum((Counter(map(_fold_word, text[start:end].split())) & wanted).values()) for start, end in parts]
    most = max(shared)
    if most >= MOST_OF * sum(shared):
        return parts[shared.index(most)]
    return parts[0][0], parts[-1][1]
