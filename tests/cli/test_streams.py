"""The standard streams when they are closed, full, or of an encoding without our letters."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.cli import streams
from geo.errors import WriteError
from geo.write.standard_output import print_bytes

Make = Callable[[type[io.TextIOWrapper], int], io.TextIOWrapper]


class Broken(io.RawIOBase):
    """Bytes that nobody takes."""

    def __init__(self, number: int) -> None:
        self.number = number

    def writable(self) -> bool:
        """Say that it can be tried."""
        return True

    def fileno(self) -> int:
        """Say what a terminal would not."""
        raise io.UnsupportedOperation

    def write(self, data: Any, /) -> int:
        """Refuse."""
        if self.number:
            raise OSError(self.number, "No space left on device")
        return len(data)


@pytest.fixture
def make_stream() -> Iterator[Make]:
    """Return a function that makes a stream of a kind whose every write fails with an error's number."""
    made: list[Broken] = []

    def make(kind: type[io.TextIOWrapper], number: int) -> io.TextIOWrapper:
        made.append(Broken(number))
        return kind(io.BufferedWriter(made[-1]), "utf-8", write_through=True)

    yield make
    for each in made:  # Python writes what is left when it drops a stream.
        each.number = 0


def test_results_that_cannot_be_handed_over_are_an_error_that_names_the_place(make_stream: Make) -> None:
    printer = make_stream(streams.Printer, errno.ENOSPC)
    with pytest.raises(WriteError, match=r"standard output: cannot be written: No space left on device"):
        printer.write("a\n" * 9000)


def test_results_that_wait_in_a_buffer_are_no_less_an_error(make_stream: Make) -> None:
    printer = make_stream(streams.Printer, errno.ENOSPC)
    printer.write("a\n")
    with pytest.raises(WriteError, match="standard output"):
        printer.flush()


def test_a_reader_who_left_is_no_error_to_talk_about(make_stream: Make) -> None:
    printer = make_stream(streams.Printer, errno.EPIPE)
    with pytest.raises(BrokenPipeError):
        printer.write("a\n" * 9000)


def test_a_word_that_nobody_hears_stops_no_work(make_stream: Make) -> None:
    teller = make_stream(streams.Teller, errno.ENOSPC)
    assert teller.write("warning\n") == 8
    teller.flush()


def test_letters_that_a_console_does_not_know_are_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = [(tmp_path / name).open("w", encoding="ascii") for name in ("stdout", "stderr")]
    monkeypatch.setattr(sys, "stdout", theirs[0])
    monkeypatch.setattr(sys, "stderr", theirs[1])
    streams.open_streams()
    ours = sys.stdout, sys.stderr
    print("کابل")
    assert streams.close_streams()
    monkeypatch.undo()
    for stream in ours:
        stream.close()
    assert (tmp_path / "stdout").read_text() == "\\u06a9\\u0627\\u0628\\u0644\n"


def test_a_stream_that_is_no_file_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = io.StringIO()  # as in a notebook or a test
    monkeypatch.setattr(sys, "stdout", theirs)
    monkeypatch.setattr(sys, "stderr", theirs)
    streams.open_streams()
    assert sys.stdout is theirs
    assert streams.close_streams()


@pytest.mark.parametrize(
    ("number", "error", "says"),
    [(errno.ENOSPC, WriteError, "No space left"), (errno.EPIPE, BrokenPipeError, "No space")],
)
def test_a_file_that_cannot_be_handed_over_is_an_error_too(
    make_stream: Make, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception], says: str
) -> None:
    monkeypatch.setattr(sys, "stdout", make_stream(streams.Printer, number))
    with pytest.raises(error, match=says):
        print_bytes(b"a\n" * 9000)
