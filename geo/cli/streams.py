"""The standard streams: there even where the shell closed them, and no cause of trouble on the way out."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from geo.errors import Problem, WriteError

__all__ = ["close_streams", "open_streams"]


class Printer(io.TextIOWrapper):
    """Standard output: results that cannot be handed over are an error which names it."""

    is_over = False
    """Set when all was handed over: Python flushes once more on its way out, when this module is gone already."""

    def write(self, text: str, /) -> int:
        """Print a text."""
        with _blame_output():
            return super().write(text)

    def flush(self) -> None:
        """Bring what was printed on its way."""
        if self.is_over:
            return
        with _blame_output():
            super().flush()


class Teller(io.TextIOWrapper):
    """Standard error: where nobody listens any more, or its disk is full, the work goes on and its exit code holds."""

    def write(self, text: str, /) -> int:
        """Tell a text if that can be done."""
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Bring what was told on its way if that can be done."""
        with suppress(OSError):
            super().flush()

    def close(self) -> None:
        """Close; Python does it too on its way out, when this module is gone already."""
        try:
            super().close()
        except OSError:
            return


@contextmanager
def _blame_output() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:  # The reader has what it wanted and left: no error to talk about.
            raise
        found = f"cannot be written: {error.strerror or error}"
        raise WriteError([Problem("standard output", found, "a place for the results")]) from error


def open_streams() -> None:
    """Open the standard streams that the process was started without, and have all of them fail as they should.

    Otherwise the first map would be given the number of standard error, and a library that complains there would
    write into it. Standard output is opened so that writing to it fails: results that nobody gets are an error.
    """
    for number, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # takes the lowest number that is free, which is this one
    sys.stdout = _wrap(sys.stdout, 1, Printer)
    sys.stderr = _wrap(sys.stderr, 2, Teller)


def _wrap(stream: TextIO | None, number: int, kind: type[io.TextIOWrapper]) -> TextIO:
    """Put our own stream on top of the bytes; Dari names must not stop a console of another encoding."""
    if stream is None:
        return kind(open(number, "wb", closefd=False), "utf-8")  # a descriptor, no path
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    return kind(stream.buffer, stream.encoding, "backslashreplace", line_buffering=stream.isatty() or number == 2)


def close_streams() -> bool:
    """Bring what was printed to its reader; False where results could not be.

    Afterwards Python finds nothing more to write and so does not end with an exit code of its own.
    """
    is_told = True
    for number, stream in ((1, sys.stdout), (2, getattr(sys.stderr, "buffer", None))):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, WriteError):
            is_told &= number != 1
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    if isinstance(sys.stdout, Printer):
        sys.stdout.is_over = True
    return is_told
