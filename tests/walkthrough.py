"""Runs what a document tells its reader to do, from top to bottom, in the folder of a reader.

Run are the lines that call `presence`, in any block, and blocks of Python. A block of ``console`` shows after each
command what it answers, whole, or with ``...`` for lines left out. A block after "Save this as `NAME`:" is saved. What
a person answers who is asked on a terminal stands in a comment before the block: ``<!-- answers: a | 2 | q -->``.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from geo.cli import draft_review
from geo.cli.main import main
from geo.cli.signals import INTERRUPTED

__all__ = ["Block", "expect_exit", "find_blocks", "follow", "matches", "run_command", "split_session"]

BLOCK = re.compile(
    r"^```(?P<language>[^\n]*)\n(?P<fenced>.*?)^```$|(?:(?<=\n\n)|\A)(?P<indented>(?:(?: {4}[^\n]*)?\n)+)",
    re.MULTILINE | re.DOTALL,
)
SAVED = re.compile(r"[Ss]ave\s+this\s+as\s+`([\w.-]+)`[^.`]*:\s*\Z")
ANSWERS = re.compile(r"<!-- answers: ([^\n]*) -->\s*\Z")
INCLUDED = re.compile(r"\{literalinclude\} (\S+)")
CALL = re.compile(r"^(?:- run: |\$ )?(presence .*?)(?:\s{2,}.*)?$")
"""A call, and what stands two blanks after it is said about it."""
LEFT_OUT = r"(?:[^\n]*\n)*"
SIZE = re.compile(r"\(\d+ [kM]B\)")
"""Of a file: it changes with every word of a page, and no reader counts on it."""


@dataclass(frozen=True)
class Block:
    """A block of a document, with its language where that is said, and the name under which it is to be saved.

    ``answers`` are what a person answers to the commands in it.
    """

    language: str
    text: str
    saved_as: str = ""
    answers: tuple[str, ...] = ()


def find_blocks(text: str, folder: Path) -> Iterator[Block]:
    """Find the blocks of a document in its folder, those that it includes from other files too."""
    for found in BLOCK.finditer(text):
        name, answers = SAVED.search(text, 0, found.start()), ANSWERS.search(text, 0, found.start())
        language, block = found["language"] or "", found["fenced"]
        if included := INCLUDED.match(language):
            block = (folder / included[1]).read_text("utf-8")
        elif block is None:
            block = re.sub("^ {4}", "", found["indented"], flags=re.MULTILINE)
        if block.strip():
            answered = tuple(answers[1].split(" | ")) if answers else ()
            yield Block(language, block, name[1] if name else "", answered)


def split_session(block: Block) -> list[tuple[str, list[str] | None]]:
    """Give each command of a block with the lines that it answers; None where the block does not show them."""
    if block.language == "text":  # an answer, or how a command is put together
        return []
    shows = block.language == "console"
    session: list[tuple[str, list[str] | None]] = []
    for line in block.text.splitlines():
        call = CALL.match(line.strip()) if not shows or line.startswith("$ ") else None
        if call:
            session.append((call[1], [] if shows else None))
        elif session and session[-1][1] is not None:
            session[-1][1].append(line)
    return session


def matches(shown: list[str], said: str) -> bool:
    """Tell whether an answer is the one shown, but for the lines left out and the sizes of files."""
    lines = [SIZE.sub("(size)", line.rstrip()) for line in shown]
    pattern = "".join(LEFT_OUT if line == "..." else re.escape(f"{line}\n") for line in lines)
    answer = "".join(f"{line.rstrip()}\n" for line in SIZE.sub("(size)", said).splitlines())
    return re.fullmatch(pattern, answer) is not None


def expect_exit(words: str) -> int:
    """Give the exit code of a command that does what it should: only a person ends `watch` and `edit`."""
    return INTERRUPTED if words.startswith(("presence watch", "presence edit")) else 0


def run_command(words: str, folder: Path, answers: Sequence[str] = ()) -> Result:
    """Run one command as a shell in this folder would: with its patterns of names and its ``>``.

    With ``answers`` somebody sits at a terminal.
    """
    call, _, into = words.partition(" > ")
    arguments = []
    for word in shlex.split(call)[1:]:
        found = sorted(str(path.relative_to(folder)) for path in folder.glob(word)) if "*" in word else []
        arguments += found or [word]
    with pytest.MonkeyPatch.context() as patch:
        if answers:
            patch.setattr(draft_review, "is_terminal", lambda: True)
        done = CliRunner().invoke(main, arguments, input="".join(f"{each}\n" for each in answers))
    if into:
        (folder / into.strip()).write_text(done.stdout, "utf-8")
    return done


def follow(text: str, document: Path, folder: Path) -> list[str]:
    """Do what a document says, in this folder, and tell what came out otherwise than it says."""
    wrong = []
    names: dict[str, Any] = {}
    for block in find_blocks(text, document.parent):
        if block.saved_as:
            (folder / block.saved_as).write_text(block.text, "utf-8")
        elif re.match("(?:import|from) ", block.text):
            exec(compile(block.text, str(document), "exec"), names)
        for words, shown in split_session(block):
            done = run_command(words, folder, block.answers)
            if shown is None and done.exit_code != expect_exit(words):
                wrong.append(f"{words}\nends with {done.exit_code}:\n{done.output}")
            elif shown is not None and not matches(shown, done.output):
                wrong.append(f"{words}\nshould say:\n" + "\n".join(shown) + f"\nbut says:\n{done.output}")
    return wrong
