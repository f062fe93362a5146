"""Standard output as the place of one file, which - names."""

from __future__ import annotations

import errno
import re
import sys
from pathlib import Path

from geo.errors import Problem, WriteError

__all__ = ["OUTPUT", "print_bytes"]

OUTPUT = Path("-")

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal obeys, but for tabs and ends of lines; binary files are full of it."""


def print_bytes(data: bytes) -> None:
    """Hand the bytes of a file, all of them, to whoever reads standard output.

    If nobody takes them, or it is a terminal and they are no text for it, that is a `WriteError`; if the reader has
    gone, a `BrokenPipeError`.

    Examples
    --------
    >>> import io
    >>> from contextlib import redirect_stdout
    >>> with redirect_stdout(io.TextIOWrapper(io.BytesIO())) as there:
    ...     print_bytes(b"<svg/>")
    >>> there.buffer.getvalue()
    b'<svg/>'
    """
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise WriteError([_blame("takes no bytes here")])
    if sys.stdout.isatty() and OBEYED.search(data.decode(errors="replace")):
        raise WriteError([_blame("is a terminal, which can show no such file")])
    sys.stdout.flush()
    try:
        stream.write(data)
        stream.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:  # The reader has what it wanted and left.
            raise
        raise WriteError([_blame(f"cannot be written: {error.strerror or error}")]) from error


def _blame(found: str) -> Problem:
    return Problem("standard output", found, "the name of a file, or > FILE")
