"""A Word file becomes the page that its reader sees: headings, paragraphs, lists, tables and notes, no pictures."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NoReturn

from geo.errors import Problem, TableError, name_install
from geo.read.common.safe_zip import Kind, open_archive, read_part

__all__ = ["is_word", "read_word"]

WORD = Kind(
    "a Word file",
    "a Word file saved again as .docx",
    "its pictures taken out, or a part of it: a text can be cut at a heading and drafted in parts",
    most=5_000,
)
MAIN = "word/document.xml"
MARK = re.compile(r'<sup><a href="#(?:foot|end)note-\d+"[^>]*>\[\d+\]</a></sup>')
BACK = re.compile(r'<a href="#(?:foot|end)note-ref-\d+">↑</a>')
"""What leads from a word to its note, and from the note back."""

ENDS = re.compile(r"(</p>|</h\d>)")


def is_word(data: bytes) -> bool:
    """Tell whether the bytes are those of a Word file, as Word has saved them since 2007.

    Examples
    --------
    >>> is_word(b"PK"), is_word(b"")
    (False, False)
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return MAIN in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return False


def read_word(data: bytes, source: str) -> str:
    """Read a Word file as HTML, a paragraph a line; one that is damaged or would not end is a `TableError`.

    What was deleted under "track changes" is not in it, nor are comments, pictures, heads and feet of pages.
    """
    try:
        import mammoth
    except ImportError:
        raise TableError(
            [Problem(source, "a Word file, which mammoth reads, and that is not installed",
                     f"'{name_install('mammoth')}'")]
        ) from None  # fmt: skip
    packed = io.BytesIO()
    with open_archive(data, source, WORD) as archive, zipfile.ZipFile(packed, "w") as parts:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                part = read_part(archive, name, source, WORD)
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                    _stop(source, "a Word file that defines entities", WORD.again)
                parts.writestr(name, part)
    try:
        page = mammoth.convert_to_html(packed, convert_image=lambda _: [], include_embedded_style_map=False).value
    except Exception:  # noqa: BLE001  # mammoth has errors of many kinds on what is damaged
        _stop(source, "a damaged Word file", WORD.again)
    page = ENDS.sub(r"\1\n", BACK.sub("", MARK.sub("", page)))
    if not page.strip():
        _stop(source, "a Word file without text", "sentences that name groups and places")
    return str(page)


def _stop(source: str, found: str, expected: str) -> NoReturn:
    raise TableError([Problem(source, found, expected)]) from None
