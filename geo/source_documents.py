"""Which sources are one document: what their titles name, wherever in it something stands.

A source for each page that is quoted, or the same title typed twice, would look like sources that confirm one another.
What decides is the symbol in a title (``S/2020/717``) or, without one, the title itself but for a page, case, blanks
and punctuation, where date, author and publisher do not tell two documents apart: an annual report has one title and
many dates. A title that names two symbols is about both, and names neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from geo.model import Source

__all__ = ["fold_title", "name_documents"]

YEAR = "(?:19|20)[0-9]{2}"
PARTS = "(?:/[A-Z0-9.]{1,12}){1,6}"
SYMBOL = re.compile(
    r"(?<![\w.])(?:"
    rf"[A-Za-z]{{1,6}}/{YEAR}/[1-9][0-9]{{0,4}}"  # S/2020/717
    rf"|(?:A|E|S|ST){PARTS}/(?:L\.)?[1-9][0-9]{{0,4}}"  # S/RES/2513, E/CN.6/2021/L.1
    rf"|[A-Z]{{2,6}}{PARTS}/(?!{YEAR}\b)[1-9][0-9]{{0,4}}"  # CEDAW/C/AFG/CO/3
    r"|[A-Z]{2,4}/[1-9][0-9]{4,6}"  # SC/14567
    r"|10\.[0-9]{4,9}/[^\s,;()\[\]]*[^\s,;()\[\].]"  # a DOI
    r")(?![A-Za-z0-9])"
)
SLASHES = str.maketrans("\u2044\u2215", "//")
NUMBER = rf"(?!{YEAR}\b)(?:\d+|[ivxlc]+)\b"
WORDS = r"(?:pp?|pg|paras?|ص)(?:\. ?| )|pp(?=\d)|(?:pages?|paragraphs?|صفحه|صفحات|مخ) |[§¶]{1,2} ?"
PAGE = re.compile(rf"(?<![\w§¶])(?:{WORDS}){NUMBER}(?: ?(?:[-\u2013,&]|and|to|و) ?{NUMBER})*", re.IGNORECASE)
"""Where in a document something stands; no year is a page."""

Pair = tuple[Source, Source]


def fold_title(text: str) -> str:
    """Fold a title or the name of an author: case, width, blanks and punctuation make no difference.

    Examples
    --------
    >>> fold_title("The Taliban’s  Allies."), fold_title("the Taliban's allies"), fold_title("?")
    ('the taliban s allies', 'the taliban s allies', '')
    """
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def name_documents(sources: Iterable[Source]) -> dict[str, str]:
    """Find sources whose titles name one document: for each the first of those that do, in the order of the table.

    Sources alone are left out.

    Examples
    --------
    >>> titles = {"a": "Report S/2020/717, p. 12", "b": "S/2020/717", "c": "S/2021/655", "d": "S/2021/655, page 3"}
    >>> name_documents(Source(id, title) for id, title in titles.items())
    {'a': 'a', 'b': 'a', 'c': 'c', 'd': 'c'}
    """
    known = tuple(sources)
    place = {source.id: number for number, source in enumerate(known)}
    parents: dict[str, str] = {}

    def find(id_: str) -> str:
        while (parent := parents.setdefault(id_, id_)) != id_:
            parents[id_] = id_ = parents[parent]
        return id_

    for one, other in _pair_sources(known):
        first, second = sorted((find(one.id), find(other.id)), key=place.__getitem__)
        parents[second] = first
    named = {source.id: find(source.id) for source in known}
    shared = {first for id_, first in named.items() if id_ != first}
    return {id_: first for id_, first in named.items() if first in shared}


def _pair_sources(sources: Iterable[Source]) -> Iterator[Pair]:
    """Pair sources so that all which name one document hang together."""
    symbols: dict[str, Source] = {}
    titles: dict[str, list[Source]] = {}
    for source in sources:
        written = " ".join(unicodedata.normalize("NFKC", source.title).split())
        if found := _find_symbols(written):
            yield from ((symbols.setdefault(symbol, source), source) for symbol in found)
        elif title := fold_title(PAGE.sub(" ", written)):
            titles.setdefault(title, []).append(source)
    for alike in titles.values():
        yield from _pair_alike(alike)


def _find_symbols(title: str) -> tuple[str, ...]:
    """List the symbols of the one document that a title names, some have two with a hyphen between; else none."""
    text = re.sub(" ?/ ?", "/", title.translate(SLASHES))
    found = list(SYMBOL.finditer(text))
    between = {text[one.end() : other.start()].strip() for one, other in pairwise(found)}
    symbols = dict.fromkeys(match[0].upper().removeprefix("UN/") for match in found)
    return tuple(symbols) if len(symbols) == 1 or between <= {"-", "\u2013"} else ()


def _pair_alike(sources: Iterable[Source]) -> Iterator[Pair]:
    """Pair sources of one title that date, author and publisher do not tell apart; a missing one tells nothing."""
    distinct: dict[tuple[date, date, str, str], Source] = {}
    for source in sources:
        day = source.date
        span = (day.first, day.last) if day else (date.min, date.max)
        key = (*span, fold_title(source.author or ""), fold_title(source.publisher or ""))
        yield distinct.setdefault(key, source), source
    running: list[tuple[tuple[date, date, str, str], Source]] = []
    for key, source in sorted(distinct.items(), key=lambda each: each[0]):
        running = [each for each in running if each[0][1] >= key[0]]
        for other, earlier in running:
            if all(one == two or not one or not two for one, two in zip(key[2:], other[2:], strict=True)):
                yield earlier, source
        running.append((key, source))
