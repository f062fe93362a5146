"""A PDF becomes blocks, page by page, where it holds text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NoReturn

from geo.errors import Problem, TableError, name_install
from geo.read.documents.blocks import Block
from geo.read.documents.text_blocks import split_text

__all__ = ["mend_lines", "read_pages", "split_pdf"]

STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ufeff\u00ad\ud800-\udfff]")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
BROKEN = re.compile(r"[^\W\d_]-\s*$")
SOFT, SOFT_END = re.compile("\u00ad"), re.compile("\u00ad(?=[^\\S\n]*\n)")
"""A hyphen that shows only where it ends a line."""

SHORT_LINE = 0.7
FEW_LETTERS = 20


def split_pdf(data: bytes, source: str) -> list[Block]:
    """Part the text of a PDF; one that holds none, is damaged or locked is a `TableError`.

    Examples
    --------
    >>> split_pdf(b"%PDF-1.4 nothing", "a.pdf")
    Traceback (most recent call last):
    geo.errors.TableError: a.pdf: a damaged PDF; expected one that a viewer opens, or its text
    """
    pages, _ = read_pages(data, source)
    return [block for number, page in enumerate(pages, 1) for block in split_text("\n".join(mend_lines(page)), number)]


def read_pages(data: bytes, source: str) -> tuple[list[str], list[str]]:
    """Read the text of each page as it stands there, and what the PDF calls its pages; refuse as `split_pdf` does."""
    try:
        import pypdf
    except ImportError:
        raise TableError(
            [Problem(source, "a PDF, which pypdf reads, and that is not installed", f"'{name_install('pypdf')}'")]
        ) from None
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            _stop(source, "a PDF with a password", "one without, or its text")
        pages = [page.extract_text() for page in reader.pages]
    except TableError:
        raise
    except Exception:  # noqa: BLE001  # pypdf has errors of many kinds on what is damaged
        _stop(source, "a damaged PDF", "one that a viewer opens, or its text")
    if sum(map(len, pages)) < FEW_LETTERS:
        _stop(
            source, "a PDF without text, as a scan is", "one whose text can be marked and copied: run OCR over it first"
        )
    try:
        return pages, list(reader.page_labels)
    except Exception:  # noqa: BLE001  # as above; whoever reads the text can do without
        return pages, []


def mend_lines(page: str) -> Iterator[str]:
    r"""Give the lines of a page, with words that were parted at their ends made whole, and a gap behind a paragraph.

    Examples
    --------
    >>> list(mend_lines("The ﬁghters of Nan-\ngarhar are many and all of them\nare here."))
    ['The fighters of Nangarhar', 'are many and all of them', 'are here.']
    """
    lines = STRANGE.sub(" ", SOFT.sub("", SOFT_END.sub("-", page.translate(LIGATURES)))).split("\n")
    longest = max(map(len, lines), default=0)
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if BROKEN.search(line) and following[:1].islower():
            rest, _, lines[at + 1] = following.partition(" ")
            line = line.rstrip()[:-1] + rest
        yield line
        if line.rstrip().endswith((".", ".”", ":")) and len(line) < SHORT_LINE * longest and following.strip():
            yield ""


def _stop(source: str, found: str, expected: str) -> NoReturn:
    raise TableError([Problem(source, found, expected)]) from None
