"""A file or standard input becomes the blocks of a text, or an error that says why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from geo.errors import Problem, TableError
from geo.read.common.file_text import Wanted, read_bytes
from geo.read.documents.blocks import Block
from geo.read.documents.text_blocks import split_markdown, split_text

__all__ = ["DOCUMENT", "Document", "decode_document", "find_form", "parse_document", "read_document", "read_packed"]

DOCUMENT = Wanted("a text", "report.txt", smaller="a part of it: a text can be cut at a heading and drafted in parts")
MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
         (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
"""How a text begins that says which encoding it has."""

HTML = (".html", ".htm", ".xhtml")
MARKDOWN = (".md", ".markdown", ".mdown")
ZIP = b"PK\x03\x04"
BINARY = {
    ZIP: "a spreadsheet, a zip or a damaged Word file", b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"\x1f\x8b": "a packed file",
    b"SQLite format 3": "a database", b"{\\rtf": "a file in Rich Text Format",
}  # fmt: skip
SAVED = "a text: save it as .docx, PDF, HTML or plain text"
STRANGE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ufeff\ud800-\udfff]"
)
"""Controls, and what could make a line read otherwise than it stands."""

MOST_NULLS = 0.1


@dataclass(frozen=True)
class Document:
    """A text as it was read: its blocks in order, and what is to be told of the reading."""

    source: str
    blocks: tuple[Block, ...]
    told: tuple[Problem, ...] = ()


def read_document(path: Path | str) -> Document:
    """Read a text, or standard input where the path is ``-``: plain text, Markdown, HTML, Word or PDF.

    Examples
    --------
    >>> read_document("no/such.txt")
    Traceback (most recent call last):
    geo.errors.TableError: no/such.txt: there is no such file; expected the path of a text
    """
    source = "standard input" if str(path) == "-" else str(path)
    return parse_document(read_bytes(path, DOCUMENT), source, Path(path).suffix.lower())


def parse_document(data: bytes, source: str, ending: str = "") -> Document:
    r"""Part the bytes of a text into blocks; ``ending`` is that of its name, which says what it is.

    Examples
    --------
    >>> parse_document(b"<html><body><p>The Reds</body></html>", "-").blocks[0].text
    'The Reds'
    """
    if data.lstrip()[:5] == b"%PDF-":
        from geo.read.documents.pdf_pages import split_pdf

        return Document(source, tuple(split_pdf(data, source)))
    if page := read_packed(data, source):
        from geo.read.documents.html_blocks import split_html

        return Document(source, tuple(split_html(page)))
    text, told = decode_document(data, source)
    return Document(source, tuple(_split(text, ending)), told)


def read_packed(data: bytes, source: str) -> str:
    """Read a Word file as HTML; of any other file nothing."""
    if not data.startswith(ZIP):
        return ""
    from geo.read.documents.word_paragraphs import is_word, read_word

    return read_word(data, source) if is_word(data) else ""


def find_form(text: str, ending: str) -> str:
    """Tell what a text is, by the ending of its name or by how it begins: html, markdown or plain.

    Examples
    --------
    >>> find_form("<!DOCTYPE html><p>", ".txt"), find_form("# A", ".md"), find_form("# A", "")
    ('html', 'markdown', 'plain')
    """
    if ending in HTML or text[:500].lstrip().lower().startswith(("<!doctype html", "<html")):
        return "html"
    return "markdown" if ending in MARKDOWN else "plain"


def _split(text: str, ending: str) -> Iterable[Block]:
    form = find_form(text, ending)
    if form == "html":
        from geo.read.documents.html_blocks import split_html

        return split_html(text)
    return split_markdown(text) if form == "markdown" else _split_pages(text)


def _split_pages(text: str) -> Iterable[Block]:
    """Part plain text, in which a form feed begins a page."""
    pages = text.split("\f")
    line = 1
    for number, page in enumerate(pages, 1):
        yield from split_text(page, number if len(pages) > 1 else None, line)
        line += page.count("\n")


def decode_document(data: bytes, source: str) -> tuple[str, tuple[Problem, ...]]:
    r"""Turn bytes into text by their byte order mark, as UTF-8 or as Windows-1252, and tell what was guessed.

    Line ends are those of Unix; controls become blanks, and are told.

    Examples
    --------
    >>> text, told = decode_document(b"caf\xe9", "a.txt")
    >>> text, told[0].found
    ('café', 'the text is not UTF-8 and was read as Windows-1252')
    """
    kind = next((kind for mark, kind in BINARY.items() if data.startswith(mark)), None)
    if kind:
        _stop(source, f"this is {kind}", SAVED)
    text, told = _decode(data, source)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, number = STRANGE.subn(" ", text)
    if number:
        noun = "one character that nobody sees was" if number == 1 else f"{number:,} characters that nobody sees were"
        told = (*told, Problem(source, f"{noun} read as a blank", "", severity="warning"))
    if not text.strip():
        _stop(source, "the text is empty", "sentences that name groups and places")
    return text, told


def _decode(data: bytes, source: str) -> tuple[str, tuple[Problem, ...]]:
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), None)
    if encoding:
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            _stop(
                source,
                f"byte {error.start} is not {encoding.upper()}, which the text begins as",
                'a text saved as "UTF-8"',
            )
        return text, () if encoding == "utf-8" else (_warn(source, f"the text was read as {encoding.upper()}"),)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _guess(data, source)
    if data.count(b"\x00") > MOST_NULLS * len(data):
        return _guess(data, source)
    return text, ()


def _guess(data: bytes, source: str) -> tuple[str, tuple[Problem, ...]]:
    """Read what is no UTF-8 and says not what it is."""
    head = data[:4000]
    if head.count(b"\x00") > MOST_NULLS * len(head):
        order = "le" if head[1::2].count(0) > head[::2].count(0) else "be"
        try:
            return data.decode(f"utf-16-{order}"), (
                _warn(source, "the text was read as UTF-16, without a mark that says so"),
            )
        except UnicodeDecodeError:
            _stop(source, "this is no text", SAVED)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        found = f"byte {error.start} (0x{data[error.start]:02x}) is neither UTF-8 nor Windows-1252"
        _stop(source, found, 'a text saved as "UTF-8"')
    return text, (_warn(source, "the text is not UTF-8 and was read as Windows-1252"),)


def _warn(source: str, found: str) -> Problem:
    return Problem(source, found, 'one saved as "UTF-8" where its letters are wrong', severity="warning")


def _stop(source: str, found: str, expected: str) -> NoReturn:
    raise TableError([Problem(source, found, expected)]) from None
