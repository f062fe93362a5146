"""How a remedy is followed: by what the message itself says, without knowing better.

A row is a mistake, the words of the message that offer a remedy, and how they are taken: what is caught by brackets in
those words goes into the file or onto the command line. Afterwards the command must end well.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from geo.cli.main import main

__all__ = ["Case", "Desk", "Mend", "add", "call", "cut", "follow", "make", "put", "quote", "run", "wrap"]

Content = str | bytes | Callable[[Path], object]


@dataclass
class Desk:
    """The folder in which a command runs, and the command itself."""

    folder: Path
    words: list[str]
    given: bytes = b""

    def change(self, file: str, old: str, new: str) -> None:
        """Write something else in a file."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        path.write_text(text.replace(old, new, 1), "utf-8")


Mend = Callable[[re.Match[str], Desk], object]


@dataclass(frozen=True)
class Case:
    """A mistake and what helps: for each step the words that offer it, and what is done with them."""

    name: str
    command: str
    files: Mapping[str, Content]
    steps: tuple[tuple[str, Mend], ...]
    given: bytes = b""
    code: int = 0
    kept: tuple[str, ...] = field(default=())
    """Words of the first message that may stand in what is told at the end."""


def run(desk: Desk) -> Result:
    """Run the command as it now is."""
    return CliRunner().invoke(main, desk.words, input=desk.given)


def write(path: Path, content: Content) -> None:
    """Write a file of a row, and the folder that holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content, "utf-8")


def start(case: Case, folder: Path) -> Desk:
    """Lay the files of a row down."""
    for name, content in case.files.items():
        write(folder / name, content)
    return Desk(folder, shlex.split(case.command), case.given)


def follow(case: Case, folder: Path) -> None:
    """See the message, do what it says, and see the command end well."""
    desk = start(case, folder)
    seen = []
    for says, mend in case.steps:
        done = run(desk)
        assert not re.search("internal error|Traceback", done.output), done.output
        match = re.search(says, done.stderr)
        assert match, f"no such remedy in:\n{done.stderr}"
        seen.append(match)
        mend(match, desk)
    done = run(desk)
    assert done.exit_code == case.code, f"{shlex.join(desk.words)}\n{done.output}"
    for match in seen:
        assert match[0] not in done.stderr, done.stderr


def put(old: str, new: str = r"\1", file: str = "t.yaml") -> Mend:
    """Replace a text of a file by what the message says."""
    return lambda match, desk: desk.change(file, old, match.expand(new))


def cut(old: str, file: str = "t.yaml") -> Mend:
    """Delete a text of a file, as the message says."""
    return lambda _, desk: desk.change(file, old, "")


def wrap(old: str, before: str, after: str, file: str = "t.yaml") -> Mend:
    """Put signs around a text of a file, as the message says."""
    return lambda _, desk: desk.change(file, old, f"{before}{old}{after}")


def quote(old: str, file: str = "t.yaml") -> Mend:
    """Put quotes around a text of a file, as the message says."""
    return wrap(old, '"', '"', file)


def add(words: str = r"\1") -> Mend:
    """Give the command more words, as the message says."""

    def mend(match: re.Match[str], desk: Desk) -> None:
        desk.words += shlex.split(match.expand(words))

    return mend


def instead(old: str, new: str = r"\1") -> Mend:
    """Put other words for some of the command, as the message says; none take them away."""

    def mend(match: re.Match[str], desk: Desk) -> None:
        line = shlex.join(desk.words)
        assert old in line, line
        desk.words = shlex.split(line.replace(old, match.expand(new)))

    return mend


def call(words: str = r"\1", then: str = "") -> Mend:
    """Run the command that the message names, and see it end well; then go on with the first, or another."""

    def mend(match: re.Match[str], desk: Desk) -> None:
        named = shlex.split(match.expand(words))
        assert named[0] == "presence", named
        done = run(Desk(desk.folder, named[1:], desk.given))
        assert done.exit_code == 0, done.output
        desk.words = shlex.split(then) or desk.words

    return mend


def make(file: str, content: Content = r"\1") -> Mend:
    """Write a file that the message asks for."""

    def mend(match: re.Match[str], desk: Desk) -> None:
        write(desk.folder / file, match.expand(content) if isinstance(content, str) else content)

    return mend
