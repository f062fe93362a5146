"""A document becomes lines as they stand there, each with its page: what a quote is looked for in, mark for mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from geo.errors import Problem
from geo.model import DocumentLine, DocumentText
from geo.read.documents.blocks import Block
from geo.read.documents.read_document import decode_document, find_form, read_packed
from geo.read.documents.text_blocks import unmark_lines

__all__ = ["parse_lines"]

STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ufeff\ud800-\udfff]")
NUMBER = re.compile(r"\d+")
EDGE = 2
"""How many lines at the head and at the foot of a page may say what it is of, and its number."""

LONGEST_EDGE = 60
LABEL = re.compile(r"\d+|[ivxlc]+")


def parse_lines(data: bytes, source: str, ending: str = "") -> tuple[DocumentText, tuple[Problem, ...]]:
    r"""Part the bytes of a document into lines, and tell what was guessed; ``ending`` is that of its name.

    What is none, or a PDF without text, is a `TableError`.

    Examples
    --------
    >>> [(line.number, line.text) for line in parse_lines(b"- The Reds\nare here", "a.txt")[0].lines]
    [(1, '- The Reds'), (2, 'are here')]
    """
    if data.lstrip()[:5] == b"%PDF-":
        from geo.read.documents.pdf_pages import read_pages

        pages, labels = read_pages(data, source)
        return _join_pages([STRANGE.sub(" ", page) for page in pages], labels), ()
    if page := read_packed(data, source):
        from geo.read.documents.html_blocks import split_html

        return DocumentText(tuple(_list_lines(split_html(page)))), ()
    text, told = decode_document(data, source)
    form = find_form(text, ending)
    if form == "html":
        from geo.read.documents.html_blocks import split_html

        return DocumentText(tuple(_list_lines(split_html(text)))), told
    if form == "markdown":
        return DocumentText(_number(unmark_lines(text))), told
    pages = text.split("\f")
    return _join_pages(pages, []) if len(pages) > 1 else DocumentText(_number(text.split("\n"))), told


def _number(lines: Iterable[str]) -> tuple[DocumentLine, ...]:
    return tuple(DocumentLine(line, number) for number, line in enumerate(lines, 1))


def _list_lines(blocks: Iterable[Block]) -> Iterator[DocumentLine]:
    """Give the lines of what a reader of a page sees, with an empty one before each block."""
    for block in blocks:
        yield DocumentLine("", block.lines[0] if block.lines else 0)
        for number, start, end in zip(block.lines, block.starts, (*block.starts[1:], None), strict=True):
            yield DocumentLine(block.text[start:end].rstrip(), number)


def _join_pages(pages: Sequence[str], labels: Sequence[str]) -> DocumentText:
    """Join pages, each with what it may be called: its number, its label, and numbers at its head and foot."""
    parted = [page.split("\n") for page in pages]
    edges = [_find_edges(lines) for lines in parted]
    margins = Counter(text for each in edges for text in {_blur(line) for line in each.values()})
    lines: list[DocumentLine] = []
    called: dict[int, frozenset[str]] = {}
    for number, (page, edge) in enumerate(zip(parted, edges, strict=True), 1):
        names = {str(number), *labels[number - 1 : number]}
        filled = [at for at, line in enumerate(page) if line.strip()] or [0]
        within = range(filled[0], filled[-1] + 1)
        for at, line in enumerate(page):
            blurred = _blur(line) if at in edge else ""
            is_margin = bool(blurred) and (margins[blurred] > 1 or not any(map(str.isalpha, line)))
            names |= {part for part in LABEL.findall(line.lower()) if is_margin}
            lines.append(DocumentLine(line, at + 1, number, is_margin or at not in within))
        called[number] = frozenset(names)
    return DocumentText(tuple(lines), called)


def _find_edges(lines: Sequence[str]) -> dict[int, str]:
    """Find the short lines at the head and at the foot of a page."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return {at: lines[at] for at in (*filled[:EDGE], *filled[-EDGE:]) if len(lines[at].strip()) <= LONGEST_EDGE}


def _blur(line: str) -> str:
    """Write a line without its numbers, by which those of two pages differ."""
    return NUMBER.sub("#", " ".join(line.split()))
