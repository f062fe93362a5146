"""A file or standard input becomes text, or an error that says where and why not."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from geo.errors import Problem, TableError
from geo.model import CellPosition, Position
from geo.regular_files import FOLDER, IrregularError, LargeError, read_regular

__all__ = ["A_TABLE", "LARGEST_FILE", "Wanted", "check_size", "decode_text", "read_bytes", "refuse_file"]

LARGEST_FILE = 16_000_000
TOO_LARGE = f"the file is larger than {LARGEST_FILE // 1_000_000} MB"
SMALLER = "a smaller table; several tables can be kept side by side"

# Beside C0 and C1 controls: U+2028/9 and U+0085 end a line for YAML but not in most editors, so positions would lie.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
MARK = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
OTHERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"SQLite format 3")
"""How files begin that people take for a table: zip and so .xlsx, .xls and .doc, PDF, PNG, JPEG, gzip, GeoPackage."""


@dataclass(frozen=True)
class Wanted:
    """What a file should be, for messages: a name for it, one such file, and whether ``-`` may stand for it.

    ``smaller`` is what to do about one of more than 16 MB.
    """

    name: str
    example: str
    is_piped: bool = True
    smaller: str = SMALLER


A_TABLE = Wanted("a presence table", "presence.yaml")


def read_bytes(path: Path | str, wanted: Wanted = A_TABLE) -> bytes:
    """Read a table's bytes, at most 16 MB, from a regular file, or from standard input where the path is ``-``.

    ``wanted`` is what the file should be, for messages. Where there is none, it is no regular file, may not be read, or
    is too large, that is a `TableError`.

    Examples
    --------
    >>> read_bytes("no/such.yaml")
    Traceback (most recent call last):
    geo.errors.TableError: no/such.yaml: there is no such file; expected the path of a presence table
    """
    name = str(path)
    try:
        if name != "-":
            return read_regular(path, LARGEST_FILE)
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    except IrregularError as error:
        is_folder = error.found == FOLDER
        beside = f", such as {Path(path) / wanted.example}" if is_folder else ", or - for standard input"
        _stop(name, error.found, "a file" + beside * (is_folder or wanted.is_piped))
    except LargeError:
        _stop(name, TOO_LARGE, wanted.smaller)
    except FileNotFoundError:
        _stop(name, "there is no such file", f"the path of {wanted.name}")
    except PermissionError:
        _stop(name, "the file may not be read", "a file that you have permission to read")
    except (OSError, ValueError) as error:
        _stop(name, f"the file cannot be read: {getattr(error, 'strerror', None) or 'not a path'}", "a readable file")
    if len(data) > LARGEST_FILE:
        _stop("standard input", TOO_LARGE, wanted.smaller)
    return data


def check_size(data: bytes, source: str, what: str = "the file") -> None:
    """Refuse what is larger than a table may be, whether it was read or is yet to be written."""
    if len(data) > LARGEST_FILE:
        _stop(source, TOO_LARGE.replace("the file", what), SMALLER)


def decode_text(data: bytes, source: str) -> str:
    r"""Turn bytes into text: UTF-8 with or without a byte order mark, no control characters.

    A `TableError` names the first byte or character that does not belong, and its place in the file ``source``.

    Examples
    --------
    >>> decode_text(b"\xef\xbb\xbftitle: x\r\n", "t.yaml"), decode_text(b"", "t.yaml")
    ('title: x\r\n', '')
    """
    check_size(data, source)
    if data.startswith(OTHERS):
        _stop(
            source, "the file is a spreadsheet, an archive, a PDF or a picture", "a table in YAML, which is plain text"
        )
    if data.startswith(UTF16) or b"\x00" in data[:4]:
        _stop(source, "the file is not UTF-8 but looks like UTF-16 or a binary file", 'a text file saved as "UTF-8"')
    body = data.removeprefix(MARK)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(body)
        found = f"byte {offset} (0x{data[offset]:02x}) is not UTF-8"
        _stop(source, found, 'a text file saved as "UTF-8"', _locate(body[: error.start].decode()))
    if match := UNWANTED.search(text):
        found = f"the unprintable character U+{ord(match[0]):04X}"
        _stop(source, found, "text without it; delete it", _locate(text[: match.start()]))
    return text


def _locate(before: str) -> Position:
    """Line and column of what follows a text."""
    lines = re.split("\r\n|\r|\n", before)
    return Position(len(lines), len(lines[-1]) + 1)


def _stop(source: str, found: str, expected: str, position: Position | None = None) -> NoReturn:
    raise TableError([Problem(source, found, expected, position=position)]) from None


def refuse_file(source: str, found: str, expected: str, position: CellPosition | None = None) -> NoReturn:
    """Refuse a file for one reason."""
    raise TableError([Problem(source, found, expected, position=position)]) from None
